"""A server that may be restarted on its database, and the scans in it that a schedule moves."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import STAGES, RepoId, ScanId, ScanRow
from tests.lab.faults import Fault, Shape
from tests.lab.generations import PRESENT, Generation
from tests.lab.lab_database import LabDatabase
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker
from tests.state_machine.steps import Alter, Cancel, Complete, Find, Forward

EMAIL = "analyst@example.test"
ATTEMPTS = 3  # protocol.md 3.8
FAILED_RETURNS_S = 25.0  # sooner than the app believes a failure, T-26
CANCELLED_RETURNS_S = 55.0
MOST_DUPLICATED = 300
CROWDED_ANSWER_S = 0.01  # of real time, so that requests meet at all
NO_KEEPALIVE_S = 3600.0  # the proxy sends them, by the time that is turned
TERMINAL = frozenset({"completed", "failed", "cancelled"})


class House:
    """The server of many schedules; `server` is another one after a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.generation = PRESENT
        self._hits: Counter[str] = Counter()
        self.server = self._started()
        self.server.add_account(EMAIL, "a password of some length")

    @property
    def database(self) -> LabDatabase:
        """Its rows."""
        return self.server.database

    @property
    def port(self) -> int:
        """Where it listens now."""
        return int(self.server.url.rpartition(":")[2])

    def close(self) -> None:
        """End the server."""
        self.server.__exit__()

    def restart(self, generation: Generation) -> None:
        """End the server, and with it all connections, and start another on its database."""
        crowd = self.server.faults.crowd()
        self._hits += self.server.faults.hits
        self.close()
        self.generation = generation
        self.server = self._started()
        self.crowd(None if crowd is None else crowd.threads)

    def crowd(self, threads: int | None) -> None:
        """Let each of so many threads drop the second of two requests; None ends that."""
        self.server.faults.clear()
        if threads is not None:
            self.server.faults.add(
                Fault(Shape.SECOND_OF_TWO, threads=threads, times=None),
                Fault(Shape.LATE, delay_s=CROWDED_ANSWER_S, times=None),
            )

    def take_hits(self) -> Counter[str]:
        """Return how many requests were dropped since this was asked last."""
        hits = self._hits + self.server.faults.hits
        self._hits.clear()
        self.server.faults.hits.clear()
        return hits

    def new_scan(self, name: str, *, is_silent: bool) -> "HouseScan":
        """Make a queued scan in a repository of its own."""
        made = self.server.script_scan(name)
        row = self.database.scan(made.id)
        assert row is not None
        return HouseScan(self, row, is_silent=is_silent)

    def _started(self) -> LabServer:
        return LabServer(
            self._folder,
            generation=self.generation,
            keepalive_s=NO_KEEPALIVE_S,
            worker=lambda _database, _broadcaster: IdleWorker(),
        ).__enter__()


class _Now:
    """Proxy for a part of the server as it is at each call, so that scripts outlive restarts."""

    def __init__(self, part: Callable[[], object]) -> None:
        self._part = part

    def __getattr__(self, name: str) -> Any:
        return getattr(self._part(), name)


class HouseScan:
    """One scan and how far it has come. Each method returns whether it made sense now."""

    def __init__(self, house: House, row: ScanRow, *, is_silent: bool) -> None:
        self._house = house
        silence = Broadcaster()
        self.id: ScanId = row.id
        self.repo_id: RepoId = row.repo_id
        self._script = ScriptedScan(
            cast(Database, _Now(lambda: house.database)),
            cast(Broadcaster, _Now(lambda: silence if is_silent else house.server.broadcaster)),
            row,
            lambda function: house.server.call(function),  # noqa: PLW0108 - of the server there is
        )
        self._stage: int | None = None
        self._attempt = 0
        self._halts = False
        self._ended_at_s = 0.0

    @property
    def status(self) -> str:
        """What the database says; "gone" if it says nothing."""
        row = self._house.database.scan(self.id)
        return "gone" if row is None else row.status

    @property
    def finding_ids(self) -> list[str]:
        """Ids of all rows it ever had."""
        return [str(each) for each in self._script.finding_ids]

    def forward(self, step: Forward) -> bool:
        """Work through stages."""
        if self.status in TERMINAL | {"gone"}:
            return False
        left = step.stages
        if self._stage is None:
            self._begin()
            left -= 1
        assert self._stage is not None
        wanted = min(self._stage + left, len(STAGES) - 1)
        if wanted > self._stage:
            self._script.run_until(STAGES[wanted])
            self._stage = wanted
        return True

    def find(self, step: Find) -> bool:
        """Add rows; only a scan that runs has any."""
        if self._stage is None or self.status in TERMINAL | {"gone"}:
            return False
        self._script.add_findings(step.count, step.severity)
        return True

    def duplicate(self) -> bool:
        """Find all rows again."""
        ids = self._script.finding_ids
        if not 0 < len(ids) <= MOST_DUPLICATED or self.status in TERMINAL | {"gone"}:
            return False
        self._script.add_duplicates()
        return True

    def hazards(self) -> bool:
        """Find rows that are hard to show."""
        if self._stage is None or self.status in TERMINAL | {"gone"}:
            return False
        self._script.add_hazards()
        return True

    def alter(self, step: Alter) -> bool:
        """Change a row silently, also after the end: people triage then."""
        ids = self._script.finding_ids
        if not ids or self.status == "gone":
            return False
        self._script.change_finding(ids[step.nth % len(ids)], **{step.field: step.word})
        return True

    def burst(self) -> bool:
        """Announce all rows."""
        if self.status in TERMINAL | {"gone"}:
            return False
        self._script.burst()
        return True

    def note(self) -> bool:
        """Write a line of the log, and repeat the event of the stage."""
        if self._stage is None or self.status in TERMINAL | {"gone"}:
            return False
        self._script.activity("Looking at it").repeat_stage()
        return True

    def complete(self, step: Complete) -> bool:
        """End well, in one go or in two."""
        if self.status == "completed" and self._halts:
            self._halts = False
            counts = self._house.database.refresh_counters(self.id)
            self._script.send("scan_complete", finding_count=counts.total)
            return True
        if self.status in TERMINAL | {"gone"}:
            return False
        self._script.reach_completed()
        self._house.database.set_scan_completed_at(self.id)  # at once; the rest may take minutes
        self._stage, self._halts = None, step.stops
        if not step.stops:
            self._script.announce_completed()
        return True

    def fail(self, now_s: float) -> bool:
        """Fail in the running stage."""
        if self._stage is None or self.status in TERMINAL | {"gone"}:
            return False
        self._script.fail()
        self._stage, self._ended_at_s = None, now_s
        return True

    def cancel(self, step: Cancel, now_s: float) -> bool:
        """End by hand."""
        if self._stage is None or self.status in TERMINAL | {"gone"}:
            return False
        self._script.cancel(stage_first=step.stage_first)
        self._stage, self._ended_at_s = None, now_s
        return True

    def come_back(self, now_s: float) -> bool:
        """Begin another attempt, if the end is fresh and attempts are left."""
        passed_s, status = now_s - self._ended_at_s, self.status
        if status == "cancelled" and passed_s < CANCELLED_RETURNS_S:
            self._script.revive()
            self._begin()
            return True
        if status == "failed" and passed_s < FAILED_RETURNS_S and self._attempt < ATTEMPTS:
            self._begin()
            return True
        return False

    def end_streams(self) -> bool:
        """End the streams of this scan."""
        self._script.end_streams()
        return True

    def delete(self) -> bool:
        """Delete the repository under it."""
        if self.status == "gone":
            return False
        self._house.database.delete_repo(self.repo_id)
        return True

    def _begin(self) -> None:
        self._script.start_stage(STAGES[0])
        self._stage = 0
        self._attempt += 1

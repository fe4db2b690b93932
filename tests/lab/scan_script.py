"""A scan that follows a script: what a server would have told of it, in readable steps.

The gallery shows the window in states that are hard to bring about; tests use it as well. The store
folds these facts as it folds those of a server.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Self

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.comparison import ScanComparison, compare
from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingId,
    FindingStatus,
    RepoId,
    ScanId,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.listed_rows import FindingHinted, announced_row
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.domain.proposals import Proposal
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.presentation.time_text import DAY_S

#: What may keep us from a server.
NAME_NOT_FOUND = errors.ServerUnreachable(
    errors.Reason.NAME_NOT_FOUND, host="heimdall.corp.example"
)
NOT_TRUSTED = errors.CertificateUntrusted(
    errors.Reason.CERTIFICATE_UNTRUSTED, host="heimdall.corp.example", flaw="unknown issuer"
)
LOCKED = errors.KeyringLocked(errors.Reason.KEYRING_LOCKED)
NO_KEYRING = errors.KeyringMissing(errors.Reason.KEYRING_SILENT)
SERVER = ServerUrl("https://heimdall.corp.example")
MISSING_ROWS = 24  # of a listing that is not whole
RETRY_S = 4.0  # after which it is read again
_SEVERITIES = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.OTHER)
_TITLES = {
    Severity.CRITICAL: ("SQL built from request parameter in order search", "shop/api/orders.py"),
    Severity.HIGH: ("Open redirect after login", "shop/auth/login.py"),
    Severity.MEDIUM: ("Error page shows the stack trace to the client", "shop/api/errors.py"),
    Severity.LOW: ("Missing Content-Security-Policy header", "shop/middleware.py"),
    Severity.OTHER: ("A severity word we do not know is shown as sent", "shop/hooks/relay.py"),
}


class ScriptedTime:
    """Both clocks, which stand still until they are moved."""

    def __init__(self) -> None:
        self.clock_s = 100_000.0
        self.at = datetime(2026, 7, 4, 12, 7, 29, tzinfo=UTC)

    def clock(self) -> float:
        return self.clock_s

    def now(self) -> datetime:
        return self.at

    def pass_s(self, seconds: float) -> None:
        self.clock_s += seconds
        self.at += timedelta(seconds=seconds)


class ScanScript:
    """One scan of a store; moments are told as seconds ago.

    Args:
        store: takes what is told.
        time: the moment the script is about.
        name: of the repository.
        branch: None for none.
        number: tells its ids from those of other scans.
    """

    def __init__(
        self,
        store: Store,
        time: ScriptedTime,
        name: str,
        branch: str | None = "main",
        number: int = 1,
    ) -> None:
        self.time = time
        self._store = store
        self._keys = count()
        self._findings = count(number * 100_000)
        self._asked = count(1)
        self.repo_id = RepoId(f"{number:08x}-7c1d-4f0e-8b1a-1f6e2d3c4b5a")
        self.scan = Scan(ScanId(f"{number:08x}-2f0e-4a0c-9a77-6a3c1b0d4e21"), SERVER)
        store.add(self.scan)
        store.observe(observation.RepoRead(self.scan.id, name, branch))

    def asked_s(self) -> float:
        """A moment for the next answer: now, and later than the last one."""
        return self.time.clock_s + next(self._asked) * 1e-6

    def doubt(self, seconds: float) -> Self:
        """Let its end be doubted for so long from now on."""
        until_s = self.time.clock_s + seconds
        self._store.observe(
            observation.Settled(self.scan.id, is_settled=False, looks_until_s=until_s)
        )
        return self

    def ask_to_cancel(
        self, answer: observation.CancelAnswer = observation.CancelAnswer.AWAITED
    ) -> Self:
        self._store.observe(observation.CancelAsked(self.scan.id, self.asked_s(), answer))
        return self

    def hear(
        self,
        connection: observation.Connection,
        since_s: float = 0,
        next_s: float | None = None,
        error: errors.HeimdallError | None = None,
        *,
        is_answered: bool = True,
    ) -> Self:
        """Hear of it in one way since some seconds ago."""
        clock_s = self.time.clock_s
        next_try = None if next_s is None else clock_s + next_s
        seen = observation.ConnectionSeen(
            self.scan.id, connection, clock_s - since_s, next_try, error, is_answered=is_answered
        )
        self._store.observe(seen)
        return self

    def remember(self, *scans: Sequence[float]) -> Self:
        """Let earlier scans of the same repository have taken so long, stage by stage."""
        for number, durations_s in enumerate(scans):
            durations = tuple(zip(STAGE_NAMES, map(float, durations_s), strict=False))
            scan_id = ScanId(f"past {number} of {self.scan.id}")
            ended_at = self.time.at - timedelta(days=number + 1)
            self._store.times.learn(ScanTimes(SERVER, self.repo_id, scan_id, ended_at, durations))
        return self

    def read(
        self, status: str, *, began_s: float | None = None, ended_s: float | None = None
    ) -> Self:
        """Read the scan itself; moments are given as seconds ago."""
        at = self.time.at
        self._store.observe(
            observation.ScanRead(
                scan_id=self.scan.id,
                asked_at_s=self.asked_s(),
                repo_id=self.repo_id,
                status=status,
                commit_sha=None,
                error=None,
                created_at=self._ago(began_s if began_s is not None else 200) or at,
                started_at=None if status == "queued" else self._ago(began_s),
                completed_at=self._ago(ended_s),
                updated_at=self._ago(ended_s) or at,
            )
        )
        return self

    def live(
        self,
        status: str,
        rows: Sequence[observation.StageRow] = (),
        activities: Iterable[observation.Activity] = (),
        *,
        error: str | None = None,
        total: int | None = None,
        not_scanned: int | None = None,
    ) -> Self:
        """Read `/live`, which counts those findings that were read if it is not told a total."""
        by_name = {row.name: row for row in rows}
        stages = [
            by_name.get(name, observation.StageRow(name, "pending", None, None))
            for name in STAGE_NAMES
        ]
        counts = observation.Counts(total=len(self.scan.findings) if total is None else total)
        self._store.observe(
            observation.LiveRead(
                self.scan.id,
                self.asked_s(),
                status,
                error,
                self.time.at,
                counts,
                tuple(stages),
                tuple(activities),
                not_scanned=not_scanned,
            )
        )
        return self

    def run(
        self,
        durations_s: Sequence[float],
        running_s: float = 0.0,
        *,
        status: str = "hunting",
        end: str = "running",
        error: str | None = None,
        ended_s: float = 0.0,
        skipped: Iterable[str] = (),
        total: int | None = None,
    ) -> Self:
        """Run stages in order: those with a duration are over, the next one is in state `end`.

        Args:
            durations_s: of the stages that are over.
            running_s: how long the next one runs, or ran.
            status: of the whole scan.
            end: how the next stage stands; with all nine over there is none.
            error: of the next stage.
            ended_s: how long ago all this was.
            skipped: stages that were left out.
            total: how many findings the server counts, if not as many as were read.
        """
        at = self.time.at - timedelta(seconds=ended_s + sum(durations_s) + running_s)
        self.read("running", began_s=(self.time.at - at).total_seconds())
        rows: list[observation.StageRow] = []
        for name, duration_s in zip(STAGE_NAMES, durations_s, strict=False):
            self.live("running", [*rows, observation.StageRow(name, "running", None, at)])
            at += timedelta(seconds=duration_s)
            state = "skipped" if name in skipped else "completed"
            rows.append(observation.StageRow(name, state, None, at))
        if len(rows) < len(STAGE_NAMES):
            name = STAGE_NAMES[len(rows)]
            self.live("running", [*rows, observation.StageRow(name, "running", None, at)])
            if end not in ("running", "cancelled"):  # whose row keeps its start (T-62)
                at += timedelta(seconds=running_s)
            rows.append(observation.StageRow(name, end, error, at))
        return self.live(status, rows, error=error, total=total)

    def log(self, *activities: observation.Activity) -> Self:
        """Read new lines of the log; nothing else changes."""
        scan = self.scan
        stages = tuple(
            observation.StageRow(
                stage.name, stage.state.value, stage.error, stage.ended_at or stage.started_at
            )
            for stage in scan.stages
        )
        return self.live(scan.status, stages, activities, error=scan.error)

    def line(
        self,
        title: str,
        detail: str | None = None,
        *,
        stage: str | None = "hunt",
        task: str | None = None,
        status: str = "completed",
        tone: str = "",
        ago_s: float = 0.0,
        event_type: str = "task",
        progress: int | None = None,
    ) -> observation.Activity:
        tones = {"completed": "success", "failed": "error", "running": "active"}
        return observation.Activity(
            key=f"{self.scan.id}-{next(self._keys)}",
            event_type=event_type,
            tone=tone or tones.get(status, "neutral"),
            status=status,
            stage=stage,
            task_key=task,
            title=title,
            detail=detail,
            progress_pct=progress,
            timestamp=self.time.at - timedelta(seconds=ago_s),
        )

    def find(self, *numbers: int, is_whole: bool = True) -> Self:
        """List new findings: so many critical, high, medium, low and odd ones."""
        found = [
            self.finding(next(self._findings), severity)
            for severity, number in zip(_SEVERITIES, numbers, strict=False)
            for _ in range(number)
        ]
        asked_s = self.asked_s()
        self._store.observe(observation.FindingsListed(self.scan.id, asked_s, tuple(found)))
        read = len(self.scan.findings)
        total = read if is_whole else read + MISSING_ROWS
        retry_at_s = None if is_whole else self.time.clock_s + RETRY_S
        ended = observation.ListingEnded(
            self.scan.id, asked_s, total, read, is_whole, retry_at_s=retry_at_s
        )
        self._store.observe(ended)
        return self

    def list_row(self, finding: Finding) -> Self:
        self._store.observe(observation.FindingsListed(self.scan.id, self.asked_s(), (finding,)))
        return self

    def propose(self, proposals: Mapping[FindingId, Proposal]) -> Self:
        """Propose decisions of an earlier scan."""
        self._store.keep_proposals(self.scan.id, proposals)
        return self

    def offer(self, source: observation.ScanSource) -> Self:
        self._store.observe(observation.SourceSeen(self.scan.id, self.asked_s(), source))
        return self

    def hear_stage(self, name: str, status: str, ago_s: float) -> Self:
        at = self.time.at - timedelta(seconds=ago_s)
        self._store.observe(
            observation.StageSeen(self.scan.id, self.asked_s(), at, name, status, None)
        )
        word = "hunting" if name == "hunt" else "ingesting"
        self._store.observe(observation.StatusSeen(self.scan.id, self.asked_s(), at, word))
        return self

    def announce(self, title: str, severity: Severity, ago_s: float) -> Self:
        at, stage = self.time.at - timedelta(seconds=ago_s), self.scan.running_stage
        reported = self.finding(next(self._findings), severity)
        words = (severity, title, reported.severity_text)
        hinted = FindingHinted(self.scan.id, self.asked_s(), reported.id, *words)
        made = announced_row(hinted, at, "" if stage is None else stage.name)
        self._store.observe(observation.FindingsListed(self.scan.id, hinted.heard_at_s, (made,)))
        return self

    def lose(self, *times_s: tuple[float, float], lag_s: float | None = None) -> Self:
        """Let announcements have been lost between moments so many seconds ago, and at one."""
        at = self.time.at
        gaps = [
            observation.Gap(at - timedelta(seconds=a), at - timedelta(seconds=b))
            for a, b in times_s
        ]
        if lag_s is not None:
            moment = at - timedelta(seconds=lag_s)
            gaps.append(observation.Gap(moment, moment, is_lag=True))
        self._store.observe(observation.GapsSeen(self.scan.id, self.asked_s(), tuple(gaps)))
        return self

    def hear_end(self, ago_s: float, total: int | None, *, is_complete: bool = True) -> Self:
        """Let the stream tell of an end, with so many findings counted by the server."""
        at = self.time.at - timedelta(seconds=ago_s)
        counts = None if total is None else observation.Counts(total=total)
        self._store.observe(
            observation.EndSeen(self.scan.id, self.asked_s(), is_complete, at, counts)
        )
        return self

    def finding(self, number: int, severity: Severity) -> Finding:
        title, path = _TITLES[severity]
        found_at = self.time.at - timedelta(seconds=60 + number * 37 % 540)
        word = "notice" if severity is Severity.OTHER else severity.value
        return Finding(
            id=FindingId(f"00000000-0000-4000-8000-{number:012x}"),
            scan_id=self.scan.id,
            repo_id=self.repo_id,
            source=Source.AI,
            source_text=Source.AI.value,
            status=FindingStatus.OPEN,
            status_text=FindingStatus.OPEN.value,
            severity=severity,
            severity_text=word,
            confidence=Confidence.MEDIUM,
            confidence_text=Confidence.MEDIUM.value,
            title=title,
            file_path=path,
            line_start=number % 400 + 1,
            line_end=number % 400 + 3,
            fingerprint=f"{number:064x}",
            created_at=found_at,
            updated_at=found_at,
        )

    def list_again(self) -> Self:
        """Read the whole list once more, without news."""
        return self.find()

    def compare(self, *before: Finding) -> Self:
        """Compare it with a scan of its repository of the day before, which had found these."""
        earlier = ScanScript(self._store, self.time, self.scan.repo_name, self.scan.branch, 2)
        earlier.repo_id = self.repo_id
        for row in before:
            earlier.list_row(
                replace(
                    row, id=FindingId(f"{row.id[:-12]}b{row.id[-11:]}"), scan_id=earlier.scan.id
                )
            )
        earlier.read("completed", began_s=DAY_S, ended_s=DAY_S - 980).list_again().settle().hear(
            observation.Connection.ENDED, DAY_S
        )
        rows = earlier.scan.findings.values(), self.scan.findings.values()
        self._store.keep_comparison(
            ScanComparison(earlier.scan.id, self.scan.id, compare(*rows), True, True)
        )
        return self

    def skip_events(self, *, is_unreadable: bool = False) -> Self:
        """The server drops events for us, or sends one that cannot be understood."""
        seen = observation.EventsSkipped(self.scan.id, self.asked_s(), is_unreadable=is_unreadable)
        self._store.observe(seen)
        return self

    def settle(self) -> Self:
        self._store.observe(observation.Settled(self.scan.id, is_settled=True))
        return self

    def age(self, seconds: float) -> Self:
        """Make the newest answer of REST so old, and the newest listing of a scan that runs."""
        at_s = self.time.clock_s - seconds
        self.scan.last_answer_at_s = at_s
        if self.scan.is_live and self.scan.sync_status.checked_at_s is not None:
            self.scan.sync_status = replace(self.scan.sync_status, checked_at_s=at_s)
        return self

    def _ago(self, seconds: float | None) -> datetime | None:
        return None if seconds is None else self.time.at - timedelta(seconds=seconds)

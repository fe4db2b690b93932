"""A life of a scan that chance writes, told as a watch tells it: answers of REST, events, troubles.

It keeps to protocol.md, so that each answer is one a server could give at that moment.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.alerts.alert import Decision, Withdrawal
from heimdall_desktop.domain.facts import finding, observation
from heimdall_desktop.domain.facts.errors import Reason, ServerBusy, ServerUnreachable
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.presentation.alerts.inbox import Inbox
from tests.fakes.findings import REPO_ID, SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line

SERVER = server_url("https://heimdall.example")
STATUSES = dict(
    zip(
        STAGE_NAMES,
        ("ingesting", "modeling", "static_analysis", "taint_analyzing", "config_scanning",
         "hunting", "verifying", "validating", "reporting"),
        strict=True,
    )
)  # fmt: skip
TICKS = 64  # of the clocks in a second: so that sums of times are exact
ANSWER_ROWS = 80  # of the log, the newest
ERRORS = (
    None,
    ServerUnreachable(Reason.NAME_NOT_FOUND, host="heimdall.example"),
    ServerBusy(Reason.SERVER_BUSY, wait_s=30.0, host="heimdall.example"),
)


class Life:
    """A scan, its inbox and both clocks, moved step by step.

    Args:
        chance: writes the story.
    """

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.store, self.inbox = Store(), Inbox(self.now)
        self.clock_s = float(chance.randint(0, 10**6))
        self.at = datetime(2026, 5, 12, 13, 48, tzinfo=UTC)
        self._source = chance.choice(
            [
                *[observation.ScanSource.LIVE] * 4,
                observation.ScanSource.LISTING,
                observation.ScanSource.STREAM,
            ]
        )
        self._status = "queued"
        self._error: str | None = None
        self._created_at = self._updated_at = self.at
        self._started_at: datetime | None = None
        self._completed_at: datetime | None = None
        self._stages: dict[str, observation.StageRow] = {}
        self._log: list[observation.Activity] = []
        self._rows: dict[finding.FindingId, finding.Finding] = {}
        self._known_before = 0
        self.store.add(Scan(SCAN_ID, SERVER))
        for number in range(chance.randint(0, 4)):
            self._learn(number)
        self._tell(observation.SourceSeen(SCAN_ID, self.clock_s, self._source))
        self._connect()

    def now(self) -> datetime:
        return self.at

    def clock(self) -> float:
        return self.clock_s

    def pass_s(self, seconds: float) -> None:
        self.clock_s += seconds
        self.at += timedelta(seconds=seconds)

    def step(self) -> None:
        """Let some time pass, and one thing happen at the server, in the stream or here."""
        self.pass_s(self._chance.choice((1, 25, 200, 3_000)) * self._chance.randint(1, 3) / TICKS)
        server: Sequence[Callable[[], None]] = (
            self._find, self._find, self._judge, self._write, self._write, self._move, self._move,
        )  # fmt: skip
        rest = (
            self._read_scan,
            self._read_live,
            self._read_live,
            self._list,
            self._list,
            self._look,
        )
        stream = (self._announce, self._hear_stage, self._hear_status, self._skip)
        here = (self._connect, self._alert, self._alert, self._snooze, self._cancel, self._settle)
        rare = (self._vanish, self._lose, lambda: self._learn(self._chance.randint(5, 30)))
        kinds = [server, server, rest, rest, stream, here]
        kind = rare if self._chance.random() < 0.02 else self._chance.choice(kinds)
        if kind is rest and self._source is observation.ScanSource.STREAM:
            kind = stream
        self._chance.choice(kind)()

    def _tell(self, fact: observation.Observation) -> None:
        self.store.observe(fact)

    def _find(self) -> None:
        for _ in range(self._chance.randint(1, 4)):
            number = len(self._rows) + 1
            print_of = self._chance.randint(1, number)  # sometimes one that a retry finds again
            row = make_finding(
                number,
                severity=self._chance.choice(list(finding.Severity)),
                confidence=self._chance.choice(list(finding.Confidence)),
                fingerprint=f"{print_of:064x}",
                agent_reasoning=self._chance.choice([None, "Not reachable."]),
                created_at=self.at,
                updated_at=self.at,
            )
            self._rows[row.id] = row

    def _judge(self) -> None:
        for row in self._some_rows():
            status = self._chance.choice(list(finding.FindingStatus))
            severity = self._chance.choice(list(finding.Severity))
            confidence = self._chance.choice(list(finding.Confidence))
            reasoning = self._chance.choice([row.agent_reasoning, "Read again: it is."])
            self._rows[row.id] = replace(
                row,
                status=status,
                status_text=status.value,
                severity=severity,
                severity_text=severity.value,
                confidence=confidence,
                confidence_text=confidence.value,
                agent_reasoning=reasoning,
                updated_at=self.at,
            )

    def _some_rows(self) -> list[finding.Finding]:
        rows = list(self._rows.values())
        return self._chance.sample(rows, min(len(rows), self._chance.randint(1, 3)))

    def _write(self) -> None:
        for _ in range(self._chance.choice((1, 2, 3, 90))):
            self._add_line("task", self._chance.choice(("running", "completed")), "Reading")

    def _add_line(self, kind: str, status: str, title: str, task: str | None = None) -> None:
        number = len(self._log)
        task = task or self._chance.choice(("read", "look", None))
        stage = None if task == "scan-start" else self._running or "hunt"
        row = observation.Activity(
            str(number), kind, "active", status, stage, task, title, None, None, self.at
        )
        self._log.append(row)

    @property
    def _running(self) -> str | None:
        running = [row.name for row in self._stages.values() if row.status == "running"]
        return running[-1] if running else None

    def _move(self) -> None:
        """Go a step on, or fail, be cancelled, start again."""
        ended = self._status in ("completed", "failed", "cancelled")
        if self._status == "queued" or (ended and self._chance.random() < 0.3):
            self._begin()
        elif not ended and self._chance.random() < 0.15:
            self._end(self._chance.choice(("failed", "cancelled")))
        elif not ended:
            self._go_on()
        self._updated_at = self.at

    def _begin(self) -> None:
        self._started_at, self._completed_at, self._error = self.at, None, None
        self._add_line("scan", "running", "Scan started", "scan-start")
        self._start_stage(STAGE_NAMES[0])

    def _start_stage(self, name: str) -> None:
        self._stages[name] = observation.StageRow(name, "running", None, self.at)
        self._status = STATUSES[name]

    def _go_on(self) -> None:
        name = self._running or STAGE_NAMES[0]
        self._stages[name] = observation.StageRow(name, "completed", None, self.at)
        following = STAGE_NAMES.index(name) + 1
        if following == len(STAGE_NAMES):
            self._status, self._completed_at = "completed", self.at
            self._add_line("scan", "completed", "Scan finished", "scan-finished")
        else:
            self._start_stage(STAGE_NAMES[following])

    def _end(self, status: str) -> None:
        name = self._running or STAGE_NAMES[0]
        since = self._stages[name].timestamp if name in self._stages else self.at
        self._error = "worker ran out of memory" if status == "failed" else None
        at = self.at if status == "failed" else since
        self._stages[name] = observation.StageRow(name, status, self._error, at)
        self._add_line("stage", status, f"{name} {status}")
        self._status = status

    def _read_scan(self) -> None:
        self._tell(
            observation.ScanRead(
                SCAN_ID,
                self.clock_s,
                REPO_ID,
                self._status,
                "abc",
                self._error,
                self._created_at,
                self._started_at,
                self._completed_at,
                self._updated_at,
            )
        )
        self._tell(observation.RepoRead(SCAN_ID, "shop", self._chance.choice(("main", None))))

    def _read_live(self) -> None:
        if self._source is not observation.ScanSource.LIVE:
            return
        rows = tuple(reversed(self._log[-ANSWER_ROWS:]))
        words = (self._status, self._error, self._updated_at)
        fallback = self._chance.choice((None, None, "another provider"))
        self._tell(
            observation.LiveRead(
                SCAN_ID,
                self.clock_s,
                *words,
                self._counts(),
                tuple(self._stages.values()),
                rows,
                fallback,
                None if fallback is None else self.at,
                has_report=True,
                not_scanned=self._chance.choice((None, 0, 4)),
            )
        )

    def _counts(self) -> observation.Counts:
        severities = [row.severity for row in self._rows.values()]
        reported = (
            finding.Severity.CRITICAL,
            finding.Severity.HIGH,
            finding.Severity.MEDIUM,
            finding.Severity.LOW,
        )
        return observation.Counts(len(severities), *map(severities.count, reported))

    def _list(self) -> None:
        asked_at_s, rows = self.clock_s, list(self._rows.values())
        missed = self._chance.choice((0, 0, 0, 1)) if rows else 0
        self._chance.shuffle(rows)
        read = rows[missed:]
        for first in range(0, len(read), 5):
            self._tell(
                observation.FindingsListed(SCAN_ID, asked_at_s, tuple(read[first : first + 5]))
            )
            self.pass_s(2 / TICKS)
        retry_at_s = self.clock_s + 4.125 if missed else None
        recovered = self._chance.choice((0, 0, min(2, len(read))))
        self._tell(
            observation.ListingEnded(SCAN_ID, asked_at_s, len(rows), len(read), is_whole=not missed,
                         retry_at_s=retry_at_s, recovered=recovered)
        )  # fmt: skip

    def _look(self) -> None:
        """Read some rows singly, as after a decision or an announcement."""
        for row in self._some_rows():
            self._tell(observation.FindingsListed(SCAN_ID, self.clock_s, (row,)))

    def _announce(self) -> None:
        for row in self._some_rows():
            announced = replace(
                row, is_announced=True, status=finding.FindingStatus.OTHER, status_text="",
                file_path="", confidence=finding.Confidence.OTHER, confidence_text="",
                agent_reasoning=None, fingerprint="", announced_in=self._running or "",
            )  # fmt: skip
            self._tell(observation.FindingsListed(SCAN_ID, self.clock_s, (announced,)))

    def _hear_stage(self) -> None:
        for row in self._stages.values():
            if row.name == self._running or self._chance.random() < 0.3:
                reported = (row.timestamp or self.at, row.name, row.status, row.error)
                self._tell(observation.StageSeen(SCAN_ID, self.clock_s, *reported))

    def _hear_status(self) -> None:
        counts = self._chance.choice((None, self._counts()))
        self._tell(
            observation.StatusSeen(SCAN_ID, self.clock_s, self._updated_at, self._status, counts)
        )
        if self._status in ("completed", "failed", "cancelled"):
            ended = (self._status == "completed", self._updated_at, counts, self._error)
            self._tell(observation.EndSeen(SCAN_ID, self.clock_s, *ended))

    def _skip(self) -> None:
        self._tell(
            observation.EventsSkipped(SCAN_ID, self.clock_s, self._chance.choice((True, False)))
        )
        if self._source is observation.ScanSource.STREAM:
            gap = observation.Gap(self.at - timedelta(seconds=5), self.at, is_lag=True)
            known = self.store.scan(SCAN_ID)
            gaps = (*(known.gaps if known else ()), gap)
            self._tell(observation.GapsSeen(SCAN_ID, self.clock_s, gaps))

    def _connect(self) -> None:
        state = self._chance.choice(
            [*observation.Connection, observation.Connection.LIVE, observation.Connection.LIVE]
        )
        error = self._chance.choice(ERRORS)
        next_s = self._chance.choice((None, self.clock_s + 8.125))
        since_s = self.clock_s - self._chance.choice((0.0, 1.0, 90.0))
        self._tell(observation.ConnectionSeen(SCAN_ID, state, since_s, next_s, error))

    def _alert(self) -> None:
        line = make_line(self._chance.randint(1, 9), raised_at=self.at)
        known = self.inbox.line(line.key)
        if known is not None:
            line = replace(
                known,
                withdrawal=self._chance.choice((None, Withdrawal.FALSE_POSITIVE)),
                decision=self._chance.choice(list(Decision)),
            )
        self.inbox.put(line)

    def _snooze(self) -> None:
        scan = self.store.scan(SCAN_ID)
        if scan is None or not scan.findings:
            return
        ids = tuple(self._chance.sample(sorted(scan.findings), 1))
        until = self._chance.choice((None, self.at + timedelta(hours=1)))
        is_over = until is None and self._chance.random() < 0.5
        self._tell(observation.Snoozed(SCAN_ID, ids, until, is_over))

    def _cancel(self) -> None:
        answer = self._chance.choice(list(observation.CancelAnswer))
        if answer is observation.CancelAnswer.DONE:
            self._end("cancelled")
        self._tell(observation.CancelAsked(SCAN_ID, self.clock_s, answer))

    def _settle(self) -> None:
        is_settled = self._chance.choice((True, False))
        looks_until_s = None if is_settled else self.clock_s + 30.125
        self._tell(observation.Settled(SCAN_ID, is_settled, looks_until_s))

    def _lose(self) -> None:
        scan = self.store.scan(SCAN_ID)
        for finding_id in list(scan.announced if scan else ())[:2]:
            self._tell(observation.RowMissing(SCAN_ID, self.clock_s, finding_id))

    def _vanish(self) -> None:
        self._tell(observation.ScanGone(SCAN_ID, self.clock_s))

    def _learn(self, number: int) -> None:
        took = tuple((name, self._chance.uniform(5.0, 500.0)) for name in STAGE_NAMES)
        times = ScanTimes(SERVER, REPO_ID, finding.ScanId(f"other {number}"), self.at, took)
        self.store.times.learn(times)

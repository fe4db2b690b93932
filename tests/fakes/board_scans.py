"""Scans as the board shows them, made by folding what a server would have told of them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.finding import RepoId, ScanId, Severity
from heimdall_desktop.domain.observation import (
    Activity,
    Connection,
    ConnectionSeen,
    Counts,
    EventsSkipped,
    FindingsListed,
    ListingEnded,
    LiveRead,
    Obstacle,
    RepoRead,
    ScanRead,
    Settled,
    StageRow,
)
from heimdall_desktop.domain.scan import Scan
from heimdall_desktop.domain.server import ServerUrl
from heimdall_desktop.domain.silence import Pace, pace_of
from heimdall_desktop.domain.stage import STAGE_NAMES
from heimdall_desktop.domain.stage_times import ScanTimes
from tests.fakes.findings import make_finding

SERVER = ServerUrl("https://heimdall.corp.example")
_SEVERITIES = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.OTHER)


class FakeTime:
    """Both clocks, moved by hand."""

    def __init__(self) -> None:
        self.clock_s = 100_000.0
        self.at = datetime(2026, 7, 4, 12, 7, 29, tzinfo=UTC)

    def clock(self) -> float:
        """The monotonic clock."""
        return self.clock_s

    def now(self) -> datetime:
        """The clock on the wall, in UTC."""
        return self.at

    def pass_s(self, seconds: float) -> None:
        """Let both clocks run on."""
        self.clock_s += seconds
        self.at += timedelta(seconds=seconds)


class ScanStory:
    """One scan of a store and what the server tells of it, in readable steps."""

    def __init__(
        self, store: Store, time: FakeTime, name: str, branch: str | None = "main", number: int = 1
    ) -> None:
        self.time = time
        self._store = store
        self._keys = count()
        self._findings = count(number * 100_000)
        self._asked = count(1)
        self.repo_id = RepoId(f"{number:08x}-7c1d-4f0e-8b1a-1f6e2d3c4b5a")
        self.scan = Scan(ScanId(f"{number:08x}-2f0e-4a0c-9a77-6a3c1b0d4e21"), SERVER)
        store.add(self.scan)
        store.observe(RepoRead(self.scan.id, name, branch))

    def asked_s(self) -> float:
        """A moment for the next answer: now, and later than the last one."""
        return self.time.clock_s + next(self._asked) * 1e-6

    def hear(
        self,
        connection: Connection,
        since_s: float = 0,
        next_s: float | None = None,
        reason: str = "",
        *,
        obstacle: Obstacle = Obstacle.NONE,
        brief: str = "",
        is_answered: bool = True,
    ) -> "ScanStory":
        """Hear of it in one way since some seconds ago."""
        clock_s = self.time.clock_s
        next_try = None if next_s is None else clock_s + next_s
        seen = ConnectionSeen(
            self.scan.id,
            connection,
            clock_s - since_s,
            next_try,
            reason,
            obstacle=obstacle,
            brief=brief,
            is_answered=is_answered,
        )
        self._store.observe(seen)
        return self

    def read(
        self, status: str, *, began_s: float | None = None, ended_s: float | None = None
    ) -> "ScanStory":
        """Read the scan itself; moments are given as seconds ago."""
        at = self.time.at
        self._store.observe(
            ScanRead(
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
        rows: Sequence[StageRow] = (),
        activities: Iterable[Activity] = (),
        *,
        error: str | None = None,
    ) -> "ScanStory":
        """Read `/live`."""
        by_name = {row.name: row for row in rows}
        stages = [by_name.get(name, StageRow(name, "pending", None, None)) for name in STAGE_NAMES]
        counts = Counts(total=len(self.scan.findings))
        self._store.observe(
            LiveRead(
                self.scan.id,
                self.asked_s(),
                status,
                error,
                self.time.at,
                counts,
                tuple(stages),
                tuple(activities),
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
    ) -> "ScanStory":
        """Run stages in order: those with a duration are over, the next one is in state `end`.

        Args:
            durations_s: of the stages that are over.
            running_s: how long the next one runs, or ran.
            status: of the whole scan.
            end: how the next stage stands; with all nine over there is none.
            error: of the next stage.
            ended_s: how long ago all this was.
            skipped: stages that were left out.
        """
        at = self.time.at - timedelta(seconds=ended_s + sum(durations_s) + running_s)
        self.read("running", began_s=(self.time.at - at).total_seconds())
        rows: list[StageRow] = []
        for name, duration_s in zip(STAGE_NAMES, durations_s, strict=False):
            self.live("running", [*rows, StageRow(name, "running", None, at)])
            at += timedelta(seconds=duration_s)
            state = "skipped" if name in skipped else "completed"
            rows.append(StageRow(name, state, None, at))
        if len(rows) < len(STAGE_NAMES):
            name = STAGE_NAMES[len(rows)]
            self.live("running", [*rows, StageRow(name, "running", None, at)])
            if end != "running":
                at += timedelta(seconds=running_s)
            rows.append(StageRow(name, end, error, at))
        return self.live(status, rows, error=error)

    def log(self, *activities: Activity) -> "ScanStory":
        """Read new lines of the log; nothing else changes."""
        scan = self.scan
        stages = tuple(
            StageRow(stage.name, stage.state.value, stage.error, stage.ended_at or stage.started_at)
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
    ) -> Activity:
        """Make a line of the log."""
        tones = {"completed": "success", "failed": "error", "running": "active"}
        return Activity(
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

    def remember(self, *scans: Sequence[float]) -> "ScanStory":
        """Let earlier scans of the same repository have taken so long, stage by stage."""
        for number, durations_s in enumerate(scans):
            durations = tuple(zip(STAGE_NAMES, map(float, durations_s), strict=False))
            scan_id = ScanId(f"past {number} of {self.scan.id}")
            ended_at = self.time.at - timedelta(days=number + 1)
            self._store.times.learn(ScanTimes(SERVER, self.repo_id, scan_id, ended_at, durations))
        return self

    def pace(self, silent_s: float = 0.0) -> Pace:
        """How it gets on, after so long without news."""
        usual = self._store.times.usual(self.scan)
        return pace_of(self.scan, usual, silent_s, self.time.clock_s)

    def find(self, *numbers: int, is_whole: bool = True) -> "ScanStory":
        """List new findings: so many critical, high, medium, low and odd ones."""
        found = [
            make_finding(
                next(self._findings), scan_id=self.scan.id, severity=severity, severity_text="x"
            )
            for severity, number in zip(_SEVERITIES, numbers, strict=False)
            for _ in range(number)
        ]
        asked_s = self.asked_s()
        self._store.observe(FindingsListed(self.scan.id, asked_s, tuple(found)))
        total = len(self.scan.findings) + (0 if is_whole else 24)
        ended = ListingEnded(self.scan.id, asked_s, total, len(self.scan.findings), is_whole)
        self._store.observe(ended)
        return self

    def list_again(self) -> "ScanStory":
        """Read the whole list once more, without news."""
        return self.find()

    def skip_events(self, *, is_unreadable: bool = False) -> "ScanStory":
        """The server drops events for us, or sends one that cannot be understood."""
        seen = EventsSkipped(self.scan.id, self.asked_s(), is_unreadable=is_unreadable)
        self._store.observe(seen)
        return self

    def settle(self) -> "ScanStory":
        """The end has stayed."""
        self._store.observe(Settled(self.scan.id, is_settled=True))
        return self

    def age(self, seconds: float) -> "ScanStory":
        """Make the newest answer of REST so old."""
        self.scan.last_answer_at_s = self.time.clock_s - seconds
        return self

    def _ago(self, seconds: float | None) -> datetime | None:
        return None if seconds is None else self.time.at - timedelta(seconds=seconds)


def twelve_scans(store: Store, time: FakeTime) -> dict[str, ScanStory]:
    """Fill a store with twelve scans in as many states, by name."""
    stories: dict[str, ScanStory] = {}

    def story(name: str, branch: str = "main") -> ScanStory:
        stories[name] = ScanStory(store, time, name, branch, len(stories) + 1)
        return stories[name]

    _troubled(story("mobile-gateway"), story("legacy-crm", "release/4.2"))
    lost = story("billing-core").run([30, 150, 90, 60, 20], 252).find(3, 12, 40, 27)
    lost.hear(Connection.RECONNECTING, 12, 8).age(12)
    quiet = story("data-pipeline", "develop").run([45, 170, 110, 60, 25], 700).find(0, 4, 31, 52)
    quiet.hear(Connection.QUIET, 372).age(2)
    _payments(story("payments-api"))
    plain = story("auth-service").run([30, 150, 90, 60, 20], 252).find(2, 11, 18, 5)
    plain.hear(Connection.LIVE).age(3)
    shop = story("web-shop", "checkout-v3").run([25, 90], 48, status="static_analysis")
    shop.find(0, 3, 12, 9).hear(Connection.LIVE).age(2)
    infra = story("infra-terraform").run([25, 90, 60, 70], 9, status="config_scanning")
    infra.find(0, 7, 26, 14).hear(Connection.LIVE).age(0)
    queued = story("search-indexer").read("queued", began_s=200).live("queued")
    queued.hear(Connection.LIVE).age(4)
    _ended(story("notify-hub"), "completed", 1560, (1, 9, 33, 40))
    _ended(story("admin-console", "sso"), "cancelled", 2840, (0, 2, 8, 11))
    _ended(story("docs-site"), "completed", 4260, (0, 0, 0, 0))
    return stories


def _troubled(retried: ScanStory, signed_out: ScanStory) -> None:
    first = retried.line("Scan started", stage=None, task="scan-start", ago_s=400)
    failed = retried.line(
        "Taint analysis failed", "worker ran out of memory", stage="taint_analysis",
        status="failed", event_type="stage", ago_s=120,
    )  # fmt: skip
    second = retried.line("Scan started", stage=None, task="scan-start", ago_s=63)
    retried.run([38], 22, status="modeling").log(first, failed, second).find(1, 6, 19, 8)
    retried.hear(Connection.LIVE).age(2)
    signed_out.run([30, 150, 90, 60, 20], 300).find(2, 17, 44, 31)
    signed_out.hear(Connection.SIGNED_OUT, 420).age(420)


def _payments(story: ScanStory) -> None:
    story.run([41, 156, 108, 65, 22, 564], 192, status="verifying").find(9, 58, 219, 126)
    line = story.line
    title = "Challenging: Race between balance check and withdrawal"
    where = "14 of 61 findings, shop/ledger/withdraw.py:155"
    story.log(
        line("Hunt finished", "23 surfaces, 61 findings", ago_s=190),
        line("Pattern scan finished", "two rules were left out", stage="static_analysis",
             status="completed_with_errors", ago_s=760),
        line("AI provider switched", "first choice answered 529, second one is in use",
             stage="hunt", status="running", tone="warning", ago_s=74),
        line("Withdrawn: Open redirect after login", "allow-list found in middleware.py",
             stage="vidarr", status="skipped", ago_s=41),
        line("Confirmed: Refund endpoint trusts the account id", stage="vidarr", ago_s=27),
        line("Confirmed: SQL built from request parameter", "confidence medium to high",
             stage="vidarr", ago_s=8),
        line(title, where, stage="vidarr", task="challenge-17", status="running", ago_s=41),
    )  # fmt: skip
    story.hear(Connection.LIVE).age(1)


def _ended(story: ScanStory, status: str, ended_s: float, numbers: tuple[int, ...]) -> None:
    if status == "completed":
        story.run([30, 90, 60, 30, 15, 400, 200, 20, 10], status=status, ended_s=ended_s)
        began_s = ended_s + 855
    else:
        story.run([30, 90, 60, 30, 15], 70, status=status, end="cancelled", ended_s=ended_s)
        began_s = ended_s + 295
    story.read(status, began_s=began_s, ended_s=ended_s).find(*numbers).settle()
    story.hear(Connection.ENDED).age(ended_s)

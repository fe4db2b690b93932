"""A day of a program, its servers and its user, whose clocks and events are the test's.

The program is the real store, policy of alerts and inbox. Servers, desktop and history are the
simplest things that behave like them; the desktop shows alerts as `application/output/alerting.py`
has them shown. A step that makes no sense at the moment (to retry a scan that runs) does nothing.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.alerts.alert import (
    Action,
    Alert,
    Decision,
    InboxLine,
    LogEntry,
    NotifiedRecord,
    Retraction,
)
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.choices import MUTE_FOR, AlertChoices
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.finding import Severity as Level
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.domain.stages.stage_display import STEADY, ScanProgress
from heimdall_desktop.presentation.alerts.inbox import Inbox
from tests.fakes.findings import REPO_ID, make_finding

SERVERS = (server_url("http://127.0.0.1:8080"), server_url("http://127.0.0.2:8080"))
SCANS = tuple(ScanId(f"{number}0000000-2f0e-4a0c-9a77-6a3c1b0d4e21") for number in range(1, 4))
DOUBT_S = {"failed": 30.0, "cancelled": 60.0, "completed": 5.0}  # T-26, T-36, T-38
STALE_S = 50.0  # behaviour.md 2.10: freeze detection
LATE_S = 15.0  # so long a computer sleeps before that counts as an absence
ENDS = frozenset(DOUBT_S)


def server_of(scan_id: ScanId) -> ServerUrl:
    """Return where a scan is: the last one is on the second server."""
    return SERVERS[SCANS.index(scan_id) == len(SCANS) - 1]


class Run(Struct):
    """A scan as its server has it."""

    started_at: datetime
    status: str = "hunting"
    completed_at: datetime | None = None
    rows: dict[FindingId, Finding] = field(default_factory=dict)
    is_stalled: bool = False
    is_gone: bool = False


class Known(Struct):
    """What the program was reported of a scan; kept beside the program's own knowledge of it.

    Attributes:
        ended_s: since when its end is known.
    """

    updated_s: float
    rows: dict[FindingId, Finding] = field(default_factory=dict)
    status: str = ""
    started_at: datetime | None = None
    ended_s: float = 0.0
    is_settled: bool = False
    lost_s: float | None = None
    has_listed: bool = False
    is_stalled: bool = False
    how: observation.Connection = observation.Connection.CONNECTING


class Shown(Struct, frozen=True):
    """An alert that was reported, and how.

    Attributes:
        before: what stood under the same key.
    """

    at_s: float
    alert: Alert
    decision: Decision
    before: Alert | None


class Day:
    """Runs a program, step by step.

    Args:
        began_at: when, aware.
        zone: where the user lives.

    Attributes:
        on_step: called with all that was reported or withdrawn in a moment.
        looked_at: the scan that the window shows; the window has the focus then.
        desktop: the notifications that are shown, by key.
        strips: the same inside the window.
    """

    def __init__(self, began_at: datetime, zone: ZoneInfo) -> None:
        self.zone = zone
        self.now = began_at.astimezone(UTC)
        self.clock_s = 10_000.0
        self.on_step: Callable[[list[Action]], None] = lambda _actions: None
        self.runs = {scan_id: Run(self.now) for scan_id in SCANS}
        self.known: dict[ScanId, Known] = {}
        self.lost: set[ScanId] = set()
        self.down: set[ServerUrl] = set()
        self.signed_out: set[ServerUrl] = set()
        self.choices = AlertChoices()
        self.looked_at: ScanId | None = None
        self.has_daemon = True
        self.desktop: dict[str, Alert] = {}
        self.strips: dict[str, Alert] = {}
        self.shown: list[Shown] = []
        self.records: list[NotifiedRecord] = []
        self.lines: dict[str, InboxLine] = {}
        self.sessions = 0
        self._found = 0
        self._begin()

    def _begin(self) -> None:
        self.sessions += 1
        self.began_s = self.clock_s
        self.store = Store()
        self.inbox = Inbox(lambda: self.now)
        self.inbox.server_of = self.store.server_of
        self.policy = AlertPolicy(
            lambda: self.clock_s,
            self.store.name_of,
            self.store.has_listed_once,
            self.store,
            self.store.attempt_starts,
            f"{self.sessions}-",
            pace=self._pace,
            local_now=lambda: self.now.astimezone(self.zone),
        )
        self.policy.notifications.is_on_desktop = self.desktop.__contains__
        self.policy.notifications.is_on_strip = self.strips.__contains__
        self.policy.notifications.is_in_view = lambda scan_id: scan_id == self.looked_at
        self.policy.delivery.choices = self.choices
        self._opened: set[str] = set()
        self.inbox.restore(self.lines.values())
        self.policy.recall(self.records, list(self.lines.values()))
        self.inbox.on_put = lambda line: self.lines.update({line.key: line})
        for scan_id in self.known:
            self.policy.restore(scan_id, is_remembered=True)
        for scan_id, known in self.known.items():
            self.store.add(Scan(scan_id, server_of(scan_id)))
            if known.has_listed:
                self._observe(scan_id, known.updated_s, is_kept=True)
            self.store.observe(
                observation.ConnectionSeen(scan_id, observation.Connection.CONNECTING, self.clock_s)
            )
        self._flush()

    def _pace(self, scan: Scan) -> ScanProgress:
        known = self.known.get(scan.id)
        is_quiet = known is not None and known.is_stalled and known.status not in ENDS
        return ScanProgress(quiet_s=300) if is_quiet else STEADY

    def _observe(self, scan_id: ScanId, at_s: float, *, is_kept: bool = False) -> None:
        known, rows = self.known[scan_id], tuple(self.known[scan_id].rows.values())
        run, observe = self.runs[scan_id], self.store.observe
        moments = (run.started_at, known.started_at, run.completed_at, self.now)
        observe(observation.ScanRead(scan_id, at_s, REPO_ID, known.status, None, None, *moments))
        observe(self._live(scan_id, at_s))
        observe(observation.Settled(scan_id, known.is_settled))
        observe(observation.FindingsListed(scan_id, at_s, rows, is_kept=is_kept))
        observe(observation.ListingEnded(scan_id, at_s, len(rows), len(rows), is_whole=True))

    def _live(self, scan_id: ScanId, at_s: float) -> observation.LiveRead:
        known = self.known[scan_id]
        counts = observation.Counts(len(known.rows))
        return observation.LiveRead(scan_id, at_s, known.status, None, self.now, counts, (), ())

    def _flush(self) -> None:
        self._plan(self.policy.take(self.store.drain()))
        self.records += self.policy.take_silenced()

    def _plan(self, emitted: Iterable[LogEntry | Action]) -> None:
        emitted = list(emitted)
        self.inbox.take(emitted)
        actions = [each for each in emitted if isinstance(each, Action)]
        for action in actions:
            if isinstance(action, Retraction):
                self._opened.discard(action.key)
                self.desktop.pop(action.key, None)
                self.strips.pop(action.key, None)
            else:
                self._show(action)
        self.on_step(actions)

    def _show(self, alert: Alert) -> None:
        """Tell an alert as `Alerting` does."""
        key = alert.key
        before = self.desktop.get(key) or self.strips.get(key)
        if not alert.news and key in self._opened and before is None:
            return
        self._opened.add(key)
        self.records += alert.records
        decision = self._decision(alert)
        self.desktop.pop(key, None)
        self.strips.pop(key, None)
        if decision is Decision.NOTIFIED:
            self.desktop[key] = alert
        elif decision is not Decision.IN_FOCUS:
            self.strips[key] = alert
        self.inbox.decide(alert, decision)
        self.shown.append(Shown(self.clock_s, alert, decision, before))

    def _decision(self, alert: Alert) -> Decision:
        if alert.rule.is_for_away and self.looked_at is not None:
            return Decision.IN_FOCUS
        if all(scan_id == self.looked_at for scan_id in alert.scan_ids):
            return Decision.IN_VIEW
        return Decision.NOTIFIED if self.has_daemon else Decision.REFUSED

    def wait(self, seconds: float) -> None:
        """Let time pass while the program runs: it looks often at first, then seldom."""
        passed = 0.0
        while passed < seconds:
            beat_s = min(1.0 if passed < 15 else 15.0 if passed < 300 else 40.0, seconds - passed)
            passed += beat_s
            self.clock_s += beat_s
            self.now += timedelta(seconds=beat_s)
            self.look()

    def look(self) -> None:
        """Ask the servers, take in what they say, and let the second pass."""
        self.clock_s += 0.01  # no two answers are asked for in one moment
        for scan_id in list(self.known):
            self._ask(scan_id)
        self._flush()
        self._plan(self.policy.tick())

    def is_reached(self, scan_id: ScanId) -> bool:
        """Whether the server of a scan answers."""
        server = server_of(scan_id)
        return not (scan_id in self.lost or server in self.down or server in self.signed_out)

    def _ask(self, scan_id: ScanId) -> None:
        known, run, observe = self.known[scan_id], self.runs[scan_id], self.store.observe
        if run.is_gone:
            return
        if not self.is_reached(scan_id):
            if known.is_settled and server_of(scan_id) not in self.signed_out:
                return  # it is not asked often enough to be missed
            if known.lost_s is None:
                known.lost_s = self.clock_s
            lost_s = known.lost_s
            is_out = server_of(scan_id) in self.signed_out
            is_stale = self.clock_s - lost_s >= STALE_S
            how = observation.Connection.STALE if is_stale else observation.Connection.RECONNECTING
            how = known.how = observation.Connection.SIGNED_OUT if is_out else how
            failing_s = None if is_out else lost_s
            observe(observation.ConnectionSeen(scan_id, how, lost_s, failing_since_s=failing_s))
            return
        known.lost_s, known.updated_s = None, self.clock_s
        seen = (known.rows, known.status, known.started_at, known.is_stalled)
        if run.status != known.status or run.started_at != known.started_at:
            known.ended_s, known.is_settled = self.clock_s, False
        known.status, known.started_at = run.status, run.started_at
        known.is_stalled = run.is_stalled
        doubt_s = DOUBT_S.get(run.status, float("inf"))
        was_settled, known.is_settled = known.is_settled, self.clock_s - known.ended_s >= doubt_s
        known.rows, had_listed, known.has_listed = dict(run.rows), known.has_listed, True
        now = (known.rows, known.status, known.started_at, known.is_stalled)
        if seen != now or not had_listed or was_settled != known.is_settled or known.ended_s == 0:
            self._observe(scan_id, self.clock_s)
        else:
            observe(self._live(scan_id, self.clock_s))
            count = len(known.rows)
            observe(observation.ListingEnded(scan_id, self.clock_s, count, count, is_whole=True))
        how = known.how = (
            observation.Connection.ENDED if known.is_settled else observation.Connection.LIVE
        )
        observe(observation.ConnectionSeen(scan_id, how, 0.0))

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.clock_s += seconds
        if seconds >= LATE_S:
            self.policy.wake()
        for scan_id in self.known:
            self._reconnect(scan_id)

    def _reconnect(self, scan_id: ScanId) -> None:
        self.store.observe(
            observation.ConnectionSeen(scan_id, observation.Connection.CONNECTING, self.clock_s)
        )

    def restart(self) -> None:
        """End the program, which takes its notifications back, and start it again."""
        self.desktop.clear()
        self.strips.clear()
        self._begin()

    def find(self, scan_id: ScanId, count: int, level: Level = Level.CRITICAL) -> None:
        run = self.runs[scan_id]
        for _ in range(count):
            row = self._row(scan_id, level)
            run.rows[row.id] = row

    def _row(self, scan_id: ScanId, level: Level) -> Finding:
        self._found += 1
        number, at = self._found, self.now + timedelta(microseconds=self._found)
        words = {"title": f"Hole {number}", "fingerprint": f"print-{number}"}
        moments = {"created_at": at, "updated_at": at}
        return make_finding(number, scan_id=scan_id, severity=level, **words, **moments)

    def find_again(self, scan_id: ScanId, chosen: int) -> None:
        """Let a retry write a row again, under another id (T-9)."""
        run = self.runs[scan_id]
        older = [row for row in run.rows.values() if row.created_at < run.started_at]
        if older:
            row = older[chosen % len(older)]
            again = self._row(scan_id, row.severity)
            title, fingerprint = row.title, row.fingerprint
            again = replace(again, title=title, fingerprint=fingerprint)
            run.rows[again.id] = replace(again, poc_validated=row.poc_validated)

    def change(self, scan_id: ScanId, chosen: int, **fields: Any) -> None:
        """Let the server, or another analyst, change a row."""
        rows = self.runs[scan_id].rows
        if rows:
            row = list(rows.values())[-1 - chosen % len(rows)]
            rows[row.id] = replace(row, **fields)

    def end(self, scan_id: ScanId, status: str) -> None:
        run = self.runs[scan_id]
        if run.status not in ENDS:
            run.status, run.is_stalled = status, False
            run.completed_at = self.now if status == "completed" else None

    def run_again(self, scan_id: ScanId) -> None:
        """Let the server start a scan again that had ended (T-26, T-58, T-61)."""
        run = self.runs[scan_id]
        if run.status in ENDS:
            run.status, run.started_at = "hunting", self.now

    def announce_nothing(self, scan_id: ScanId) -> None:
        """Let the stream announce a critical row that the server turns out not to have (T-3)."""
        if scan_id in self.known and self.is_reached(scan_id) and self.known[scan_id].has_listed:
            row = self._row(scan_id, Level.CRITICAL)
            ghost, known = replace(row, is_announced=True), self.known[scan_id]
            known.rows[ghost.id] = ghost
            self.store.observe(observation.FindingsListed(scan_id, self.clock_s, (ghost,)))
            self._flush()
            self.clock_s += 0.5
            del known.rows[ghost.id]
            self.store.observe(observation.RowMissing(scan_id, self.clock_s, ghost.id))
            self._flush()

    def add(self, scan_id: ScanId) -> None:
        if scan_id not in self.known and not self.runs[scan_id].is_gone:
            self.known[scan_id] = Known(self.clock_s)
            self.store.add(Scan(scan_id, server_of(scan_id)))
            self._reconnect(scan_id)
            self._flush()

    def remove(self, scan_id: ScanId) -> None:
        if self.known.pop(scan_id, None) is not None:
            self.store.remove(scan_id)
            self._flush()

    def choose(self, choices: AlertChoices) -> None:
        self.choices = self.policy.delivery.choices = choices

    def mute(self, scan_id: ScanId) -> None:
        self.choose(self.choices.with_mute(scan_id, self.now + MUTE_FOR))

    def close_notification(self, chosen: int) -> None:
        if self.desktop:
            del self.desktop[list(self.desktop)[chosen % len(self.desktop)]]

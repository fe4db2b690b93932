"""Every empty, loading and error state of the window as a script (behaviour.md 2.6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts import errors, server
from heimdall_desktop.domain.facts.choices import MUTE_FOR, AlertChoices, QuietSpan
from heimdall_desktop.domain.facts.finding import FindingStatus, ScanId, Severity, Source
from heimdall_desktop.domain.facts.observation import Connection, ScanSource
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.proposals import Doubt, EarlierDecision, Proposal
from heimdall_desktop.presentation.export.contents import Format
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.time_text import DAY_S, HOUR_S, MINUTE_S
from heimdall_desktop.presentation.window.setting import Page
from heimdall_desktop.widgets.export.export_dialog import Wanted
from heimdall_desktop.widgets.export.exporter import FOLDER, ExportOutcome
from heimdall_desktop.widgets.settings.settings_window import SettingsWindow
from heimdall_desktop.widgets.window.wallboard import Wallboard
from heimdall_desktop.widgets.window.workspace import shown_dialog
from tests.fakes.past_scans import show_replay
from tests.fakes.shown_window import ShownWindow
from tests.lab import scan_script

_RUN = (30, 150, 90, 60, 20)  # seconds of the stages before the hunt
_WHOLE = (30, 150, 90, 60, 20, 400, 200, 20, 10)
_COUNTS = (3, 12, 40, 27)
_PAST = tuple(
    [seconds * pace for seconds in (30, 150, 90, 60, 20, 540, 360, 240, 120)]
    for pace in (0.8, 1.0, 1.3)
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One state of the window.

    Attributes:
        title: what behaviour.md or the picture calls it.
        play: tells the store of a scan that is in this state; None for a board without scans.
        words: what has to be read in the window.
        filter_text: what the findings are filtered by.
        trouble: what the window tells besides.
        has_inbox: whether a morning's alerts were told before.
        keys: what is pressed then, one after the other, as `QKeySequence` writes them.
        last_filter: what the findings are filtered by at last.
        then: what happens after that.
        session_left_s: how much is left of the session.
        standing: how the server itself is heard of.
        token: what is known of the token in use.
    """

    title: str
    play: Callable[[scan_script.ScanScript], object] | None
    words: tuple[str, ...]
    filter_text: str = ""
    problem: errors.HeimdallError | None = None
    has_inbox: bool = False
    keys: tuple[str, ...] = ()
    last_filter: str = ""
    then: Callable[[ShownWindow], object] | None = None
    session_left_s: float = 6.5 * DAY_S
    standing: server.Standing = server.Standing.GOOD
    token: server.TokenStanding = server.TokenStanding.GOOD

    def tell(self, store: Store, time: scan_script.ScriptedTime) -> None:
        for scan in list(store):
            store.remove(scan.id)
        if self.play is not None:
            self.play(scan_script.ScanScript(store, time, "payments-api").remember(*_PAST))


def _on_the_wall(shown: ShownWindow) -> None:
    """Show the scan on a wall, as large as the window is."""
    shown.window.open_wallboard()
    wall = wallboard()
    if wall is not None:
        wall.showNormal()
        wall.resize(shown.window.size())


def wallboard() -> QWidget | None:
    tops = QApplication.topLevelWidgets()
    return next((top for top in tops if top.isVisible() and isinstance(top, Wallboard)), None)


def _running(scan: scan_script.ScanScript) -> scan_script.ScanScript:
    return scan.run(_RUN, 252).find(*_COUNTS)


def _live(scan: scan_script.ScanScript) -> None:
    _running(scan).hear(Connection.LIVE).age(3)


def _cut_off(
    scan: scan_script.ScanScript,
    error: errors.HeimdallError,
    connection: Connection = Connection.STALE,
    ago_s: float = 300,
    **how: Any,
) -> None:
    _running(scan).hear(connection, ago_s, 8, error, **how).age(ago_s)


def _start_again(scan: scan_script.ScanScript, *agos_s: float) -> None:
    """Let the server have started it so many times, so many seconds ago."""
    starts = [scan.line("Scan started", stage=None, task="scan-start", ago_s=s) for s in agos_s]
    scan.log(*starts)


def _end(scan: scan_script.ScanScript, ago_s: float) -> None:
    """Let what was told so far have been told so long ago, and nothing since."""
    scan.time.pass_s(ago_s)
    scan.hear(Connection.ENDED, ago_s).age(ago_s)


def _retried(scan: scan_script.ScanScript) -> None:
    scan.run((30,), 22, status="modeling")
    _start_again(scan, 900, 52)
    scan.find(*_COUNTS).hear(Connection.LIVE).age(2)


def _failed(scan: scan_script.ScanScript, *, is_over: bool) -> None:
    scan.run((30, 150, 90), 40, status="failed", end="failed", error="worker ran out of memory")
    scan.find(*_COUNTS)
    if is_over:
        _start_again(scan, 1400, 800, 310)
        scan.read("failed", began_s=310, ended_s=0).settle()
        _end(scan, 60)
    else:
        scan.hear(Connection.LIVE).age(1)


def _cancelled(scan: scan_script.ScanScript, *, is_over: bool) -> None:
    scan.run(_RUN, 70, status="cancelled", end="cancelled", ended_s=20)
    scan.read("cancelled", began_s=440, ended_s=20).find(0, 2, 8, 11)
    if is_over:
        scan.settle()
        _end(scan, 80)
    else:
        scan.hear(Connection.LIVE).age(1)


def _may_return(scan: scan_script.ScanScript) -> None:
    _cancelled(scan, is_over=False)
    scan.time.pass_s(8)
    scan.read("cancelled", began_s=448, ended_s=28).doubt(52).hear(Connection.LIVE).age(1)


def _cancelled_and_back(scan: scan_script.ScanScript) -> None:
    scan.run((30,), 22, status="modeling")
    cancelled = scan.line(
        "Hunt cancelled", stage="hunt", status="cancelled", event_type="stage", ago_s=58
    )
    scan.log(cancelled)
    _start_again(scan, 420, 52)
    scan.find(*_COUNTS).hear(Connection.LIVE).age(2)


def _cancelled_for_good(scan: scan_script.ScanScript) -> None:
    scan.run(_RUN, 70, status="failed", end="cancelled")
    _start_again(scan, 1400, 800, 440)
    scan.read("failed", began_s=440, ended_s=0).find(0, 2, 8, 11).settle()
    _end(scan, 80)


def _goes_on(scan: scan_script.ScanScript) -> None:
    scan.run(_WHOLE, status="completed", ended_s=60)
    scan.log(
        scan.line("Scan finished", stage=None, task="scan-finished", ago_s=60),
        scan.line("Investigating the login", task="agent", status="running", ago_s=4),
    )
    scan.find().list_again().hear(Connection.LIVE).age(1)


def _not_picked_up(scan: scan_script.ScanScript) -> None:
    scan.read("queued", began_s=0).live("queued").find()
    scan.time.pass_s(1860)
    scan.read("queued", began_s=1860, ended_s=1860).hear(Connection.LIVE)


def _completed(scan: scan_script.ScanScript, *counts: int) -> None:
    scan.run(_WHOLE, status="completed", skipped=("garmr",))
    scan.read("completed", began_s=980, ended_s=0).find(*counts).list_again().settle()
    _end(scan, 300)


def _stopped(scan: scan_script.ScanScript) -> None:
    scan.run((30,), 90, status="failed", end="failed", error="no model answered")
    scan.read("failed", began_s=120, ended_s=0).find().settle()
    _end(scan, 200)


_ANNOUNCED = (
    ("SQL injection in the order search", Severity.CRITICAL, 324),
    ("Server-side request forgery through a callback", Severity.HIGH, 279),
    ("Token accepted without audience check", Severity.HIGH, 111),
    ("MD5 used for cache keys", Severity.MEDIUM, 89),
    ("Path traversal in the invoice download", Severity.CRITICAL, 18),
    ("Framework version in a header", Severity.LOW, 2),
)


def _by_stream(scan: scan_script.ScanScript) -> scan_script.ScanScript:
    """A scan that nothing but its stream tells of, which was away for two minutes."""
    scan.offer(ScanSource.STREAM).hear_stage("ingest", "running", 400)
    scan.hear_stage("ingest", "completed", 370).hear_stage("hunt", "running", 369)
    for title, severity, ago_s in _ANNOUNCED:
        scan.announce(title, severity, ago_s)
    return scan.lose((261, 120)).hear(Connection.LIVE)


def _by_stream_ended(scan: scan_script.ScanScript) -> None:
    _by_stream(scan)
    for number in range(31):
        scan.announce(f"Finding {number + 7}, as it was announced", Severity.MEDIUM, 1)
    scan.hear_stage("hunt", "completed", 1).hear_end(1, 42).settle()
    _end(scan, 60)


def _documented(scan: scan_script.ScanScript) -> None:
    scan.offer(ScanSource.LISTING).read("hunting", began_s=400)
    scan.hear_stage("ingest", "running", 400).hear_stage("ingest", "completed", 370)
    scan.hear_stage("hunt", "running", 369).find(5, 12, 18, 7).hear(Connection.LIVE).age(1)


def _not_scanned(scan: scan_script.ScanScript) -> None:
    _completed(scan)
    scan.live("completed", scan.scan.stage_rows, not_scanned=4)


def _unlisted(scan: scan_script.ScanScript) -> None:
    _completed(scan)
    scan.live("completed", scan.scan.stage_rows, total=3).hear(Connection.ENDED)


def _explained(scan: scan_script.ScanScript) -> None:
    _live(scan)
    finding = scan.finding(900, Severity.CRITICAL)
    now = scan.time.at
    scan.list_row(replace(finding, created_at=now, updated_at=now, **_EVIDENCE))


def _proposed(scan: scan_script.ScanScript) -> None:
    """A scan of which 20 findings were decided in the one before it, and one with evidence."""
    _completed(scan, 2, 12, 16, 8)
    rows = sorted(scan.scan.findings.values(), key=lambda row: row.id)
    shown = replace(rows[0], created_at=scan.time.at, updated_at=scan.time.at, **_EVIDENCE)
    for row in (*rows[1:], shown):  # those of the language model are never certain
        scan.list_row(replace(row, source=Source.STATIC, source_text="static"))
    statuses = (FindingStatus.DISMISSED, FindingStatus.FALSE_POSITIVE, FindingStatus.DISMISSED)
    proposals = {}
    for number, row in enumerate([shown, *rows[1::2][:23]]):
        decided_at = scan.time.at - timedelta(days=1 + number % 5, hours=number)
        is_read, is_probable = number % 4 != 3, number % 5 == 2
        earlier = EarlierDecision(
            ScanId("earlier"),
            row.id,
            decided_at - timedelta(days=1),
            decided_at if is_read else None,
            is_here=number % 3 == 0,
            is_own=True if is_read else None,
            is_reading=not is_read,
        )
        proposals[row.id] = Proposal(
            row.id,
            statuses[number % 3],
            reason=tuple(Reason)[number % 5] if is_read else None,
            text="only the fixtures of the tests use it" if number % 6 == 0 else "",
            earlier=earlier,
            doubts=(Doubt.MATCH,) if is_probable else (),
        )
    scan.propose(proposals)


def _reviewed(shown: ShownWindow) -> None:
    """Accept the first three proposals, as if the server had confirmed them."""
    press_button(shown, "Review")
    QApplication.processEvents()
    _accept(shown, 3)


def _all_reviewed(shown: ShownWindow) -> None:
    press_button(shown, "Review")
    QApplication.processEvents()
    _accept(shown, 100)


def _accept(shown: ShownWindow, count: int) -> None:
    (scan,) = shown.store
    left = [*shown.store.proposals.known.of_scan(scan.id).items()][count:]
    shown.store.keep_proposals(scan.id, dict(left))
    shown.ticker.flush()


def _accept_all(shown: ShownWindow) -> None:
    press_button(shown, "Review")
    QApplication.processEvents()
    press_button(shown, "Accept all\u2026")


def press_button(shown: ShownWindow, text: str) -> None:
    shown.findings.proposals.action_requested.emit(tr(text))


def _compared(scan: scan_script.ScanScript) -> None:
    """A scan that has ended, and the one before it: three are new, four changed, two fixed."""
    _completed(scan, 1, 5, 9, 6)
    for number, row in enumerate([*scan.scan.findings.values()]):
        scan.list_row(replace(row, code_snippet=f"step({number})"))
    rows = list(scan.scan.findings.values())
    old = [
        replace(row, line_start=row.line_start + 8) if n % 3 else row for n, row in enumerate(rows)
    ]
    old[3] = replace(old[3], severity=Severity.CRITICAL, severity_text="critical")
    old[7] = replace(old[7], severity=Severity.HIGH, severity_text="high")
    old[12] = replace(old[12], severity=Severity.LOW, severity_text="low")
    old[8] = replace(old[8], status=FindingStatus.DISMISSED, status_text="dismissed")
    old[16] = replace(old[16], code_snippet="step()")
    gone = [scan.finding(990 + n, Severity.MEDIUM) for n in range(2)]
    gone = [replace(row, title="Debug mode is on in production") for row in gone]
    scan.compare(*old[3:], *gone)


_EVIDENCE: Mapping[str, Any] = {
    "description": "The `order` parameter reaches the query **unescaped**:\n\n- read all orders",
    "cwe_text": "CWE-89",
    "code_snippet": 'def orders(order):\n    run(f"SELECT * FROM orders {order}")\n    log(order)',
    "suggested_patch": "--- a/shop/api/orders.py\n+++ b/shop/api/orders.py\n@@ -1,2 +1,2 @@\n"
    ' def orders(order):\n-    run(f"SELECT * {order}")\n+    run("SELECT * ORDER BY ?", order)\n',
    "fix_summary": "Bind the order as a parameter.",
    "references": ("https://cwe.mitre.org/data/definitions/89.html",),
    "agent_reasoning": "The handler passes the value on without a check.",
}


def _asked_for_file(shown: ShownWindow) -> None:
    shown.memory.keep(FOLDER, "/")
    shown.window.exporter().ask()


def _not_exported(shown: ShownWindow) -> None:
    contents = shown.requests.exports.contents([], [])
    wanted = Wanted(Path("/payments-api 2026-05-12.html"), Format.HTML, contents)
    error = errors.NoSpaceForFile(errors.Reason.FILE_NO_SPACE, file=wanted.path.name)
    ExportOutcome(wanted, shown.window).end(error)


def _mute(shown: ShownWindow) -> None:
    preferences, [scan] = shown.requests.preferences, shown.store
    alerts = preferences.settings.alerts.with_mute(scan.id, shown.time.now() + MUTE_FOR)
    preferences.change_setting("alerts", alerts)


def _settings(page: Page, width_px: int = 936, zoom: int = 100) -> Callable[[ShownWindow], object]:
    """Open a page of the settings, with quiet hours, mutes and a self-test."""

    def show(shown: ShownWindow) -> None:
        now, preferences = shown.time.now(), shown.requests.preferences
        weekend = QuietSpan((5, 6), 0, 1440)
        alerts = AlertChoices(is_quiet=True, quiet_hours=(QuietSpan((0, 1, 2, 3, 4)), weekend))
        for scan in shown.store:
            alerts = alerts.with_mute(scan.id, None)
            if scan.repo is not None:
                alerts = alerts.with_repo_mute(scan.repo, now + MUTE_FOR)
        preferences.change(replace(preferences.settings, alerts=alerts))
        notifications, name = server.SelfTestPart.NOTIFICATIONS, "org.freedesktop.Notifications"
        shown.requests.self_test.answers = (
            server.SelfTestAnswer(notifications, name, 0.004, at=now),
        )
        shown.findings.table_state.change(lambda layout: replace(layout, zoom=zoom))
        _know_servers(shown)
        shown.window.open_settings(page)
        window = shown_dialog(shown.window, SettingsWindow)  # one of an earlier scene may be left
        assert window is not None
        window.resize(width_px * zoom // 100, 852)

    return show


_HOST = "heimdall.corp.example"


def _know_servers(shown: ShownWindow) -> None:
    """Know two servers: one is reached through a proxy, the other has an expired certificate."""
    good, bad = server.ServerUrl(f"https://{_HOST}"), server.ServerUrl("https://scans.lab.example")
    requests, at = shown.requests, shown.time.now()
    left_s = 6.5 * DAY_S
    requests.known_servers = (
        server.KnownServer(good, "m.okafor@corp.example", True, True, left_s),
        server.KnownServer(bad, "", False, False),
    )
    shown.window.show_keyring("Secret Service", is_available=True)
    connections, proxy = requests.connections, "proxy.corp.example:3128"
    connections.routes = {
        good: server.Route(server.Detour.PROXY, proxy, "HTTPS_PROXY"),
        bad: server.Route(server.Detour.EXCLUDED, proxy, "NO_PROXY"),
    }
    connections.versions = {good: "TLSv1.3"}
    step, result = server.Step, server.StepResult
    tls = {"version": "TLS 1.3", "issuer": "Corp CA", "ends": "2027-03-01T12:00:00+00:00"}
    by_name = {"host": "proxy.corp.example", "address": "10.4.0.2"}
    error = errors.CertificateUntrusted(
        errors.Reason.CERTIFICATE_UNTRUSTED,
        host=server.Peer("scans.lab.example"),
        flaw="certificate has expired",
    )
    connections.tests = {
        good: server.ConnectionTest(
            (
                result(step.NAME, by_name, 0.003, proxy=proxy),
                result(step.CONNECTION, {"address": "10.4.0.2:3128"}, 0.001, proxy=proxy),
                result(step.PROXY, {"host": _HOST}, 0.012, proxy=proxy),
                result(step.TLS, tls, 0.041),
                result(step.HEALTH, {"status": "healthy"}, 0.009),
                result(step.SIGN_IN, {"account": "m.okafor@corp.example"}, 0.024),
            ),
            ended_at=at,
        ),
        bad: server.ConnectionTest(
            (
                result(step.NAME, {"host": "scans.lab.example", "address": "10.7.1.9"}, 0.002),
                result(step.CONNECTION, {"address": "10.7.1.9:443"}, 0.001),
                result(step.TLS, {}, 0.018, error),
            ),
            ended_at=at,
        ),
    }


SCENES: Mapping[str, Scene] = {
    "first-start": Scene("Getting started", None, ("No scans watched yet.",)),
    "loading": Scene("Loading",
        lambda scan: scan.run(_RUN, 252, total=4000).hear(Connection.LIVE).age(1),
        ("Loading findings for payments-api",
         f"0 of {grouped(4000)}. Rows appear as they arrive.")),
    "no-findings-yet": Scene("No findings yet",
        lambda scan: scan.run((30,), 40, status="modeling").find().hear(Connection.LIVE).age(1),
        ("Scan is in stage 2 of 9", "The first findings usually come from static analysis.")),
    "finished-none": Scene("No findings, finished", _completed,
        ("with no findings.", "All stages ran except Garmr (skipped).", "Open report")),
    "finished-not-scanned": Scene("No findings, not all scanned", _not_scanned,
        ("4 files were not scanned.", "This does not mean the code is clean.")),
    "finished-unlisted": Scene("No findings, but the server counts some", _unlisted,
        ("The server counts 3 findings, but lists none.", "This does not mean the code is clean.")),
    "stopped-none": Scene("No findings, stopped", _stopped,
        ("before it found anything.", "This does not mean the code is clean.")),
    "incomplete": Scene("Incomplete",
        lambda scan: scan.run(_RUN, 252).find(*_COUNTS, is_whole=False)
            .hear(Connection.LIVE).age(1),
        ("82 of 106 findings loaded.", "Retrying in 4 s.")),
    "filter-hides-all": Scene("Filter hides all", _live,
        ("82 findings are hidden by this filter", "Clear filter"), filter_text="file:*.tf"),
    "live": Scene("Live", _live, ("Live.",)),
    "quiet": Scene("Quiet",
        lambda scan: scan.run(_RUN, 700).find(*_COUNTS).hear(Connection.QUIET, 130).age(2),
        ("Connected, no updates for 2 min.", "The hunt stage usually takes 9 min.")),
    "connecting": Scene("Connecting", lambda scan: scan.run(_RUN, 252).hear(Connection.CONNECTING),
        ("Connecting",)),
    "reconnecting": Scene("Reconnecting",
        lambda scan: _running(scan).hear(Connection.RECONNECTING, 12, 8).age(12),
        ("Connection lost 12 s ago.", "Retrying in 8 s.", "Retry now")),
    "stale": Scene("Stale", lambda scan: _running(scan).hear(Connection.STALE, 180).age(180),
        ("No data for 3 min.", "Counts may be out of date.", "Retry now")),
    "polling-only": Scene("Polling only",
        lambda scan: _running(scan).hear(Connection.POLLING_ONLY, 60).age(2),
        ("Events aren't arriving.",)),
    "resynchronising": Scene("Resynchronising",
        lambda scan: scan.run(_RUN, 252, total=412).find(*_COUNTS).hear(Connection.LIVE)
            .skip_events().age(1),
        ("The server dropped some events.", "Checking against the full list, 82 of 412.")),
    "signed-out": Scene("Signed out",
        lambda scan: _running(scan).hear(Connection.SIGNED_OUT, 420).age(420),
        (f"Your session on {_HOST} ended", "Watching is paused.", "Sign in")),
    "signed-out-idle": Scene("Signed out, and every scan has ended",
        lambda scan: _completed(scan, *_COUNTS),
        ("Signed out at", "New scans aren't being watched.", "Sign in"),
        standing=server.Standing.SIGNED_OUT),
    "token-uncheckable": Scene("Signed in with a token that the server cannot check",
        lambda scan: _completed(scan, *_COUNTS),
        (f"{_HOST} can't check tokens.", f"Token for {_HOST}, not checked yet"),
        token=server.TokenStanding.UNCHECKABLE),
    "token-refused": Scene("A token that the server does not accept",
        lambda scan: _completed(scan, *_COUNTS),
        (f"{_HOST} doesn't accept the token.", "Token not accepted at", "Sign in"),
        standing=server.Standing.SIGNED_OUT, token=server.TokenStanding.REFUSED),
    "unreachable-idle": Scene("Server gone, and every scan has ended",
        lambda scan: _completed(scan, *_COUNTS),
        ("No response since", f"Can't reach {_HOST}", "New scans aren't being watched.",
         "Retry now"), standing=server.Standing.UNREACHABLE),
    "session-ends-soon": Scene("Session ends soon", _live,
        (f"Your session on {_HOST} expires in 3 h 10 min.",
         "Watching then pauses until you sign in again."),
        session_left_s=3 * HOUR_S + 10 * MINUTE_S),
    "no-access": Scene("No access or gone",
        lambda scan: _running(scan).hear(Connection.GONE, 60).age(60),
        ("No longer visible to your account.", "Stop watching")),
    "busy": Scene("Busy", lambda scan: _running(scan).hear(Connection.BUSY, 5, 40).age(5),
        ("The server is busy; retrying in 40 s.",)),
    "cannot-reach": Scene("Name, route or proxy",
        lambda scan: _cut_off(scan, scan_script.NAME_NOT_FOUND),
        (f"Can't reach {_HOST}: name not found.",)),
    "certificate": Scene("Certificate", lambda scan: _cut_off(scan, scan_script.NOT_TRUSTED),
        (f"The certificate of {_HOST} isn't trusted: unknown issuer.", "Nothing was sent.")),
    "keyring-locked": Scene("Keyring locked",
        lambda scan: _cut_off(scan, scan_script.LOCKED, Connection.SIGNED_OUT),
        ("The token is safe but can't be read: the keyring is locked.",)),
    "keyring-fails": Scene("Keyring absent or slow",
        lambda scan: _cut_off(scan, scan_script.NO_KEYRING, Connection.SIGNED_OUT),
        ("This system has no usable keyring: none responds.",)),
    "keyring-missing": Scene("Keyring missing at the sign-in", None,
        ("This system has no usable keyring: none responds.",),
        problem=errors.KeyringMissing(errors.Reason.KEYRING_SILENT)),
    "bad-data": Scene("Bad data",
        lambda scan: _running(scan).skip_events(is_unreadable=True).list_again()
            .hear(Connection.LIVE).age(1),
        ("One event couldn't be parsed.", "Everything else continues.")),
    "disk-full": Scene("Disk full", _live,
        ("Can't save history: no space left for heimdall.sqlite3.", "Live view continues."),
        problem=errors.HistoryError(errors.Reason.HISTORY_NO_SPACE, path="heimdall.sqlite3")),
    "settings-damaged": Scene("Settings damaged", _live,
        ("settings.toml couldn't be parsed and was kept as settings.toml.damaged-1.",),
        problem=errors.SettingsError(
            errors.Reason.SETTINGS_RESTORED, path="settings.toml", file="settings.toml",
            error=errors.SettingsError(errors.Reason.SETTINGS_TOO_DEEP),
            name="settings.toml.damaged-1")),
    "local-server": Scene("Embedded server gone", _live, ("The embedded server has stopped.",),
        problem=errors.LocalServerError(errors.Reason.LOCAL_SERVER_GONE)),
    "may-retry": Scene("Failed, may retry", lambda scan: _failed(scan, is_over=False),
        ("Scan stopped in taint analysis: worker ran out of memory.", "The server may retry")),
    "failed": Scene("Failed for good", lambda scan: _failed(scan, is_over=True),
        ("Scan failed in taint analysis after 3 attempts.",
         "82 findings from earlier stages are kept.")),
    "cancelling": Scene("Cancelling", lambda scan: _cancelled(scan, is_over=False),
        ("Cancelling", "The server may restart it. Checking whether it does.")),
    "may-return": Scene("Cancelled, may return", _may_return,
        ("Rechecking.", "may restart", "The server may restart it. Checking whether it does.")),
    "cancelled-and-back": Scene("Cancelled and back", _cancelled_and_back,
        ("running again as attempt 2.", "Cancel again", "was cancelled")),
    "third-cancel": Scene("Cancelled a third time", _cancelled_for_good,
        ("Stopped by a cancel request in hunt.", "Scan again")),
    "goes-on": Scene("Completed, works on", _goes_on,
        ("The server reports this scan as completed, but is still working on it.",
         "This does not mean the code is clean.")),
    "not-picked-up": Scene("Not picked up", _not_picked_up,
        ("Queued for 31 min, not picked up yet.", "Cancel scan", "Scan again")),
    "cancelled": Scene("Cancelled", lambda scan: _cancelled(scan, is_over=True),
        ("in hunt.", "21 findings from earlier stages are kept.")),
    "retried": Scene("Retried", _retried, ("attempt 2 of 3",)),
    "completed": Scene("Completed", lambda scan: _completed(scan, *_COUNTS), ("Completed",)),
    "queued": Scene("Queued",
        lambda scan: scan.read("queued", began_s=200).live("queued").find().hear(Connection.LIVE),
        ("The scan is waiting for its turn.",)),
    "stream-only": Scene("Stream only", _by_stream,
        ("Stream only.", "Findings the server doesn't announce can't be shown here.",
         "6 findings seen.")),
    "stream-only-ended": Scene("Stream only, ended", _by_stream_ended,
        ("Stream only.", "37 of 42 seen.", "The server counts 42; 5 not received.")),
    "stream-only-none": Scene("Stream only, nothing announced",
        lambda scan: scan.offer(ScanSource.STREAM).hear_stage("hunt", "completed", 20)
            .hear_end(10, 0).settle().hear(Connection.ENDED, 5),
        ("The server announced 0 findings (stream only).",
         "This does not mean the code is clean.")),
    "stream-only-failed": Scene("Stream only, failed or cancelled",
        lambda scan: _by_stream(scan).hear_end(0, None, is_complete=False).settle()
            .hear(Connection.ENDED),
        ("failed or cancelled", "6 findings from earlier stages are kept.")),
    "documented": Scene("Documented API", _documented,
        ("Documented API.", "All findings are listed; the log isn't offered.", "42 of 42 loaded.")),
    "offline": Scene("Offline, history",
        lambda scan: _cut_off(scan, scan_script.NAME_NOT_FOUND, ago_s=3600, is_answered=False),
        (f"Can't reach {_HOST}: name not found.", "Showing data saved", "Retry now")),
    "finding": Scene("A finding is open", _explained, ("CWE-89", "Suggested fix"), keys=("End",)),
    "selected": Scene("Many findings are selected", _live,
        ("12 selected", "3 more hidden", "Selected."),
        keys=("Home", *["Down"] * 13, *["Shift+Down"] * 13, *["Ctrl+Down"] * 2, "Ctrl+Space"),
        last_filter="-sev:high"),
    "replay": Scene("Replay", _live,
        ("payments-api, 4 Jul", "19:08", "of 31:40", "Replay 10\u00d7", "Leave", "Step"),
        then=lambda shown: show_replay(shown, "payments-api")),
    "wallboard": Scene("Wallboard", _live, ("payments-api",), then=_on_the_wall),
    "export": Scene("Export", _live, ("Export 82 findings", "Leave out"), then=_asked_for_file),
    "not-exported": Scene("Export failed", _live, ("no space left", "Choose another location"),
        then=_not_exported),
    "inbox": Scene("Inbox, and a muted scan", _live,
        ("31 critical findings in notify-hub", "Held back: scan muted", "Muted until"),
        has_inbox=True, keys=("Ctrl+I",), then=_mute),
    "log": Scene("Log", _live, ("Log",), keys=("Ctrl+L",)),
    "completion": Scene("Filter completed", _live, ("sev",), keys=("Ctrl+F", "S", "E")),
    "palette": Scene("Commands", _live, ("Filter", "actions"), keys=("Ctrl+K",)),
    "shortcuts": Scene("Keyboard shortcuts", _live, ("Keyboard shortcuts",), keys=("F1",)),
    "add-scans": Scene("Add scans", _live, ("Loading running scans…",), keys=("Ctrl+N",)),
    "compared": Scene("Compared with the scan before", _compared,
        ("How the 18 pairs were matched", "10 moved, not new; 1 probably the same"),
        then=lambda shown: shown.window.open_comparison()),
    "proposed": Scene("Decided before", _proposed,
        ("20 findings were decided before.", "16 certain, 4 probable.", "Review"), keys=("End",)),
    "reviewing": Scene("Proposed decisions are reviewed", _proposed,
        ("3 of 20 reviewed.", "Accept all", "Accept", "Reject"), then=_reviewed),
    "accept-all": Scene("All proposed decisions are accepted", _proposed,
        ("Accept proposed decisions", "The least certain first", "Accept 16"), then=_accept_all),
    "reviewed": Scene("All proposed decisions are reviewed", _proposed,
        ("20 of 20 reviewed.", "All proposed decisions are reviewed."), then=_all_reviewed),
    "settings-alerts": Scene("Settings, alerts", _live,
        ("no view notifies yet", "all day", "until it ends", "All scans of payments-api",
         "accepted in 4 ms."),
        then=_settings(Page.ALERTS)),
    "settings-alerts-narrow": Scene("Settings, alerts, narrow", _live,
        ("Critical finding confirmed", "the next day"), then=_settings(Page.ALERTS, width_px=640)),
    "settings-alerts-large": Scene("Settings, alerts, 150 %", _live,
        ("Critical finding confirmed", "the next day"),
        then=_settings(Page.ALERTS, width_px=800, zoom=150)),
    "settings-keyboard": Scene("Settings, keyboard", _live,
        ("Single-letter shortcuts", "Reset all"), then=_settings(Page.KEYBOARD)),
    "settings-account": Scene("Settings, account", _live,
        ("Signed in as m.okafor@corp.example.", "The session expires in 6 d"),
        then=_settings(Page.ACCOUNT)),
    "settings-findings": Scene("Settings, findings", _live,
        ("Confirm bulk actions", "Columns"), then=_settings(Page.FINDINGS)),
    "settings-network": Scene("Settings, network", _live,
        ("from the environment variable HTTPS_PROXY", "it has expired"),
        then=_settings(Page.NETWORK)),
}  # fmt: skip

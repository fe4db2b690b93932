"""Alerts reach the desktop or the window, and the inbox says which of them and why."""

import asyncio
import importlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.output import alerting
from heimdall_desktop.application.output.alerting import Alerting
from heimdall_desktop.domain.alerts.alert import NotifiedRecord
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.facts import finding, observation
from heimdall_desktop.domain.facts.change import FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.errors import HistoryError, NotifierUnavailable, Reason
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.alerts.alert_text import outcome
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.services.notifier import choice
from heimdall_desktop.services.notifier.protocol import Notification
from tests.fakes.alert_policy import SERVER, fail
from tests.fakes.findings import FOUND_AT, REPO_ID, finding_id, make_finding
from tests.fakes.native_notifications import NativeSystem
from tests.fakes.notification_daemons import (
    NOTIFICATIONS,
    PrivateBus,
    ScriptedDaemon,
    scripted_daemon,
)
from tests.fakes.waiting import WAIT_LIMIT_S, until


class Desk:
    """An alerting whose window writes down what it is reported."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.strips: list[str] = []
        self.withdrawn: list[str] = []
        self.has_strip = False
        self.scans: list[Scan] = []
        self.opened: list[tuple[finding.ScanId, finding.FindingId | None]] = []
        self.unread: list[int] = []
        self.defects: list[str] = []
        self.tasks = Tasks(lambda _name, error: self.defects.append(str(error)))
        inbox = Inbox(lambda: FOUND_AT)
        self.policy = AlertPolicy(
            lambda: self.now_s, lambda _scan_id: "payments-api", lambda _scan_id: True, self.scans
        )
        self.alerting = Alerting(self.policy, self.tasks, inbox)
        self.alerting.on_strip = lambda shown, _scan_id: self.strips.append(shown.title)
        self.alerting.on_strip_withdrawn = self.withdrawn.append
        self.alerting.is_on_strip = lambda _key: self.has_strip
        self.alerting.on_wanted = self._open
        self.alerting.on_inbox_moved = self._look
        self._moved = asyncio.Event()

    def _open(self, scan_id: finding.ScanId, finding_id: finding.FindingId | None) -> None:
        self.opened.append((scan_id, finding_id))
        self._moved.set()

    def _look(self) -> None:
        self.unread.append(self.alerting.inbox.unread)
        self._moved.set()

    def find(self, *numbers: int) -> None:
        self.alerting.take(FindingAdded(critical(number)) for number in numbers)

    def find_elsewhere(self, *numbers: int, scan: str = "b") -> None:
        scan_id = finding.ScanId(scan)
        self.alerting.take(FindingAdded(critical(n, scan_id=scan_id)) for n in numbers)

    async def notify(self, *numbers: int, scan: str = "") -> None:
        """Find something critical, and wait until the desktop shows it, after all before."""
        if scan:
            self.find_elsewhere(*numbers, scan=scan)
        else:
            self.find(*numbers)
        await self.until_newest("Shown on the desktop")

    def pass_s(self, seconds: float) -> None:
        self.now_s += seconds
        self.alerting.tick()

    def fail(self) -> Scan:
        """Watch a scan that runs, and then has failed for good."""
        scan = Scan(critical(1).scan_id, SERVER)
        self.scans.append(scan)
        self.run(scan)
        self.now_s += 1
        self.alerting.take(fail(scan, self.now_s, error="No space left", is_settled=True))
        return scan

    def finish(self, scan: Scan | None = None, at: datetime = FOUND_AT) -> Scan:
        """Let a scan that ran complete for good."""
        if scan is None:
            scan = Scan(critical(1).scan_id, SERVER)
            self.scans.append(scan)
            self.run(scan)
        self.now_s += 1
        moments = (FOUND_AT, FOUND_AT, at, at)
        read = observation.ScanRead(scan.id, self.now_s, REPO_ID, "completed", None, None, *moments)
        changes = scan.observe(read)
        self.alerting.take([*changes, *scan.observe(observation.Settled(scan.id, is_settled=True))])
        return scan

    def run_until(self, how: observation.Connection) -> Scan:
        """Watch a scan that runs and responds, and then changes its connection."""
        scan = Scan(critical(1).scan_id, SERVER)
        self.scans.append(scan)
        self.run(scan)
        for each in (observation.Connection.LIVE, how):
            scan.observe(observation.ConnectionSeen(scan.id, each, self.now_s))
            self.alerting.tick()
        return scan

    def run(self, scan: Scan) -> None:
        self.now_s += 1
        read = observation.LiveRead(
            scan.id, self.now_s, "hunting", None, FOUND_AT, observation.Counts(0), (), ()
        )
        self.alerting.take(scan.observe(read))

    def find_in_three_scans(self) -> None:
        found = [critical(n, scan_id=finding.ScanId(scan)) for n, scan in enumerate("abc")]
        self.alerting.take(map(FindingAdded, found))

    def outcomes(self) -> list[str]:
        return [outcome(line) for line in self.alerting.inbox.lines]

    async def until_newest(self, outcome: str) -> None:
        """Wait until the newest line says this."""
        await self.until(lambda: self.outcomes()[:1] == [outcome])

    async def until(self, holds: Callable[[], bool]) -> None:
        await until(holds, news=self._moved)

    async def aclose(self) -> None:
        await self.alerting.aclose()
        await self.tasks.aclose()
        assert self.defects == []


@asynccontextmanager
async def shown_desk(
    bus: PrivateBus, *capabilities: str, is_inhibited: bool = False
) -> AsyncIterator[tuple[Desk, ScriptedDaemon]]:
    """Start the alerting beside a daemon."""
    desk = Desk()
    async with scripted_daemon(bus.address, *capabilities) as daemon:
        daemon.can_close = True
        if is_inhibited:
            daemon.properties[NOTIFICATIONS, "Inhibited"] = ("b", True)
        await desk.alerting.start()
        yield desk, daemon
        await desk.aclose()


@pytest.fixture
async def lone_desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk without a daemon: the window shows all."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    desk = Desk()
    await desk.alerting.start()
    yield desk
    await desk.aclose()


def critical(
    number: int, status: finding.FindingStatus = finding.FindingStatus.OPEN, **fields: Any
) -> finding.Finding:
    return make_finding(number, severity=finding.Severity.CRITICAL, status=status, **fields)


async def test_what_the_desktop_shows_is_written_down(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        await desk.notify(1)
        desk.find(2, 3)
        assert desk.outcomes()[:2] == ["Inbox only so far"] * 2
        desk.pass_s(11)
        await desk.until_newest("Shown on the desktop")
        assert desk.outcomes()[1] == "Merged into “3 new critical findings in payments-api”"
        assert len(daemon.shown) == 2
    assert desk.strips == []
    assert desk.unread[-1] == 3


async def test_a_burst_is_shown_three_times_in_place_with_one_sound(bus: PrivateBus) -> None:
    async with shown_desk(bus, "sound") as (desk, daemon):
        for second in range(40):
            numbers = range(75 * second, 75 * second + 75) if second < 20 else ()
            found = (replace(critical(number), poc_validated=True) for number in numbers)
            desk.alerting.take(map(FindingAdded, found))
            desk.pass_s(1)
            await daemon.until_shown(1 + (second >= 9) + (second >= 29))
    assert [(shown[1], shown[3]) for shown in daemon.shown] == [
        (0, "75 confirmed critical findings in payments-api"),
        (1, "750 confirmed critical findings in payments-api"),
        (2, "1 500 confirmed critical findings in payments-api"),
    ]
    assert ["sound-name" in shown[6] for shown in daemon.shown] == [True, False, False]


async def test_three_notifications_are_shown_and_all_are_in_the_inbox(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        for number in range(1, 7):
            await desk.notify(number, scan=f"s{number}")
            desk.pass_s(20)
        replaced = [shown[1] for shown in daemon.shown]
        assert replaced == [0, 0, 0, 1, 2, 3], "the numbers of the oldest ones"
        titles = [shown[3] for shown in daemon.shown[3:]]
        assert titles == ["2 new critical findings in 2 scans"] * 3
    assert desk.outcomes() == ["Shown on the desktop"] * 6


async def test_dismissed_notifications_are_not_counted_among_those_shown(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        for number in range(1, 6):
            await desk.notify(number, scan=f"s{number}")
            await daemon.close(number)
            await desk.alerting.prove()  # its answer comes after the news of the closing
            desk.pass_s(20)
        alerts = [shown for shown in daemon.shown if shown[3].startswith("Critical")]
        assert [shown[1] for shown in alerts] == [0] * 5


@pytest.mark.parametrize("is_on_wallboard", [False, True])
async def test_a_scan_in_view_needs_only_a_strip(bus: PrivateBus, is_on_wallboard: bool) -> None:
    async with shown_desk(bus) as (desk, daemon):
        desk.alerting.is_looked_at = lambda _scan_id: True
        desk.alerting.is_on_wallboard = lambda: is_on_wallboard
        desk.find(1)
        await desk.until_newest("Held back: scan in view")
        assert daemon.shown == []
    assert len(desk.strips) == (0 if is_on_wallboard else 1)


async def test_a_scan_that_failed_is_notified_and_opens_from_there(bus: PrivateBus) -> None:
    recorded: list[NotifiedRecord] = []

    async def record(records: Sequence[NotifiedRecord]) -> None:
        recorded.extend(records)

    async with shown_desk(bus, "actions") as (desk, daemon):
        desk.alerting.record = record
        scan = desk.fail()
        await desk.until_newest("Shown on the desktop")
        [shown] = daemon.shown
        assert shown[3:5] == ("Scan of payments-api stopped", "Attempt 1. No space left.")
        assert shown[5] == ["default", "Show scan", "mute", "Mute scan for 1 h"]
        assert (shown[6]["urgency"], shown[7]) == (("y", 2), 0)
        assert recorded == [NotifiedRecord(scan.id, finding.FindingId("failed"), str(FOUND_AT))]
        await daemon.act(1, "default")
        await desk.until(lambda: bool(desk.opened))
        await desk.notify(2, scan="b")  # is reported after that
        assert (desk.opened, daemon.closed) == ([(scan.id, None)], [1])
    assert desk.unread[-1] == 1, "the other one"


async def test_muting_from_a_notification_takes_it_off_the_desktop(bus: PrivateBus) -> None:
    muted = asyncio.Queue[finding.ScanId]()
    async with shown_desk(bus, "actions") as (desk, daemon):
        desk.alerting.on_mute_wanted = muted.put_nowait
        await desk.notify(1)
        assert daemon.shown[0][5] == ["default", "Show finding", "mute", "Mute scan for 1 h"]
        await daemon.act(1, "mute")
        async with asyncio.timeout(WAIT_LIMIT_S):
            assert await muted.get() == critical(1).scan_id
        await desk.notify(2, scan="b")  # is reported after that
        assert (desk.opened, daemon.closed) == ([], [1])
    assert desk.unread[-1] == 2, "its line is not read"


async def test_news_of_several_scans_offers_no_mute(bus: PrivateBus) -> None:
    async with shown_desk(bus, "actions") as (desk, daemon):
        desk.find_in_three_scans()
        await desk.until_newest("Shown on the desktop")
        assert "mute" not in daemon.shown[0][5]


async def test_alerts_that_the_desktop_holds_back_say_so(bus: PrivateBus) -> None:
    async with shown_desk(bus, is_inhibited=True) as (desk, daemon):
        desk.find(1)
        await desk.until_newest("Held by the system")
        assert (len(daemon.shown), daemon.closed, desk.strips) == (1, [], [])
    assert desk.unread[-1] == 1


async def test_a_failure_leaves_the_desktop_when_the_scan_runs_again(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        scan = desk.fail()
        await desk.until_newest("Shown on the desktop")
        desk.run(scan)
        assert desk.outcomes() == ["Withdrawn: the scan is running again"]
        await desk.notify(2, scan="b")  # is reported after that
        assert daemon.closed == [1]


async def test_a_failure_of_a_scan_in_view_needs_only_a_strip(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        desk.alerting.is_looked_at = critical(1).scan_id.__eq__
        desk.fail()
        await desk.until_newest("Held back: scan in view")
        assert daemon.shown == []
    assert desk.strips == ["Scan of payments-api stopped"]


async def test_an_end_is_notified_only_where_no_window_has_the_focus(bus: PrivateBus) -> None:
    has_focus = True
    async with shown_desk(bus) as (desk, daemon):
        desk.alerting.has_focus = lambda: has_focus
        scan = desk.finish()
        await desk.until_newest("Held back: window in focus")
        desk.run(scan)
        assert desk.outcomes() == ["Withdrawn: the scan is running again"]
        has_focus = False
        desk.finish(scan, FOUND_AT + timedelta(minutes=5))
        await desk.until_newest("Shown on the desktop")
        assert [shown[3] for shown in daemon.shown] == ["Scan of payments-api finished"]
        assert daemon.shown[0][6]["urgency"] == ("y", 1)
    assert desk.strips == []


async def test_the_tray_shows_alerts_that_the_desktop_refuses(bus: PrivateBus) -> None:
    desk = Desk()
    in_tray: list[str] = []

    def show(shown: Notification) -> bool:
        in_tray.append(shown.title)
        return True

    desk.alerting.on_tray = show
    await desk.alerting.start()
    desk.find(1)
    await desk.until_newest("Shown in the tray: no desktop notifications")
    assert len(in_tray) == 1
    assert desk.strips == []
    desk.alerting.is_looked_at = lambda _scan_id: True
    desk.pass_s(11)
    desk.find(2)
    await desk.until_newest("Held back: scan in view")
    await desk.aclose()
    assert (len(in_tray), len(desk.strips)) == (1, 1)


async def test_a_desktop_that_refuses_is_named(bus: PrivateBus) -> None:
    desk = Desk()
    async with scripted_daemon(bus.address):
        await desk.alerting.start()
    desk.find(1)
    await desk.until_newest("Window only: refused by the desktop")
    await desk.aclose()
    assert len(desk.strips) == 1


async def test_without_notifications_the_window_shows_all(lone_desk: Desk) -> None:
    lone_desk.find(1)
    await lone_desk.until_newest("Window only: no desktop notifications")
    now = critical(1, finding.FindingStatus.FALSE_POSITIVE)
    lone_desk.alerting.take([FindingReplaced(now, critical(1))])
    assert lone_desk.outcomes() == ["Withdrawn: false positive"]
    assert len(lone_desk.strips) == 1


@pytest.mark.parametrize(
    ("system", "outcome_text"),
    [
        (NativeSystem(), "Shown on the desktop"),
        (NativeSystem(is_sending=False), "Window only: refused by the desktop"),
        (NativeSystem(capabilities=frozenset()), "Window only: no desktop notifications"),
        (
            NativeSystem(constructor_error=OSError("no toasts")),
            "Window only: no desktop notifications",
        ),
    ],
)
async def test_inbox_says_shown_only_where_windows_or_macos_showed_it(
    system: NativeSystem, outcome_text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    system.install(monkeypatch)
    native = importlib.import_module("heimdall_desktop.services.notifier.native")
    monkeypatch.setattr(choice, "SystemNotifier", native.NativeNotifier)
    desk = Desk()
    await desk.alerting.start()
    desk.find(1)
    await desk.until_newest(outcome_text)
    await desk.aclose()
    assert len(system.sent) == (outcome_text == "Shown on the desktop")
    assert len(desk.strips) == (outcome_text != "Shown on the desktop")


async def test_opening_an_alert_reads_its_line(lone_desk: Desk) -> None:
    lone_desk.find(1)
    await lone_desk.until_newest("Window only: no desktop notifications")
    lone_desk.alerting.open("alert-1")
    lone_desk.alerting.open("alert-9")
    assert lone_desk.opened == [(critical(1).scan_id, finding_id(1))]
    assert lone_desk.unread[-1] == 0


async def test_a_server_that_is_silent_opens_a_scan_of_it(lone_desk: Desk) -> None:
    scan = lone_desk.run_until(observation.Connection.STALE)
    lone_desk.pass_s(61)
    await lone_desk.until_newest("Window only: no desktop notifications")
    lone_desk.alerting.open("alert-1")
    assert lone_desk.strips == ["No response from 127.0.0.1:8080 for a minute"]
    assert lone_desk.opened == [(scan.id, None)]


async def test_a_summary_opens_the_inbox_and_a_lost_session_the_sign_in(bus: PrivateBus) -> None:
    wanted: asyncio.Queue[str] = asyncio.Queue()
    async with shown_desk(bus, "actions") as (desk, daemon), asyncio.timeout(WAIT_LIMIT_S):
        desk.alerting.on_inbox_wanted = lambda: wanted.put_nowait("inbox")
        desk.alerting.on_sign_in_wanted = wanted.put_nowait
        desk.run_until(observation.Connection.SIGNED_OUT)
        await desk.until_newest("Shown on the desktop")
        desk.policy.delivery.choices = AlertChoices(is_quiet=True)  # it is midnight
        desk.alerting.tick()
        desk.find(1, 2)
        desk.policy.delivery.choices = AlertChoices()
        desk.alerting.tick()
        digest = "While you were away: 2 critical"
        await desk.until_newest(f"Held back: quiet hours, then shown in “{digest}”")
        shown = {tuple(each[5]): number for number, each in enumerate(daemon.shown, 1)}
        await daemon.act(shown["default", "Sign in"], "default")
        assert await wanted.get() == SERVER
        await daemon.act(shown["default", "Show inbox"], "default")
        assert await wanted.get() == "inbox"
    assert desk.opened == []


async def test_at_the_end_the_desktop_keeps_no_notification(bus: PrivateBus) -> None:
    seen: list[bool] = []
    async with shown_desk(bus) as (desk, daemon):
        desk.alerting.announce("It continues", "", seen.append, ("Show", desk.defects.clear))
        await desk.notify(1)
        assert [shown[3] for shown in daemon.shown[:1]] == ["It continues"]
    assert sorted(daemon.closed) == [1, 2]
    assert seen == [True]


async def test_an_announcement_reports_whether_it_was_seen(bus: PrivateBus) -> None:
    desk = Desk()
    seen, clicked = asyncio.Queue[bool](), asyncio.Event()
    offer = "Show", clicked.set
    async with asyncio.timeout(WAIT_LIMIT_S):
        desk.alerting.announce("It continues", "", seen.put_nowait, offer)
        assert not await seen.get(), "there is no daemon"
        async with scripted_daemon(bus.address, "actions") as daemon:
            daemon.properties[NOTIFICATIONS, "Inhibited"] = ("b", True)
            await desk.alerting.start()
            desk.alerting.announce("It continues", "", seen.put_nowait, offer)
            assert not await seen.get(), "the daemon keeps it back"
            daemon.properties[NOTIFICATIONS, "Inhibited"] = ("b", False)
            desk.alerting.announce("It continues", "", seen.put_nowait, offer)
            assert await seen.get()
            await daemon.act(2, "default")
            await clicked.wait()
            await desk.aclose()


async def test_an_alert_opened_or_shown_in_the_window_leaves_the_desktop(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        await desk.notify(1)
        desk.alerting.open("alert-1")
        await desk.notify(2, scan="b")  # is reported after that
        assert daemon.closed == [1]
        assert desk.withdrawn[0] == "alert-1"
        desk.alerting.is_looked_at = lambda _scan_id: True
        desk.find_elsewhere(3)
        desk.pass_s(11)
        await desk.until_newest("Held back: scan in view")
        assert daemon.closed == [1, 2]
    assert len(desk.strips) == 1


async def test_a_dismissed_notification_does_not_come_back(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        await desk.notify(1, 2, 3)
        await daemon.close(1)
        await desk.notify(4, scan="b")  # the answer to this one comes after the news of the closing
        dismissed = critical(1, finding.FindingStatus.DISMISSED)
        desk.alerting.take([FindingReplaced(dismissed, critical(1))])
        desk.now_s = 11
        desk.find_elsewhere(5)
        desk.alerting.tick()
        await desk.until_newest("Shown on the desktop")
    assert [shown[3].split()[0] for shown in daemon.shown] == ["3", "Critical:", "2"]
    assert [shown[1] for shown in daemon.shown] == [0, 0, 2]


@pytest.mark.parametrize("has_strip", [True, False])
async def test_a_strip_says_less_while_it_is_there(*, has_strip: bool, lone_desk: Desk) -> None:
    lone_desk.find(1, 2, 3)
    await lone_desk.until_newest("Window only: no desktop notifications")
    lone_desk.has_strip = has_strip
    dismissed = critical(1, finding.FindingStatus.DISMISSED)
    lone_desk.alerting.take([FindingReplaced(dismissed, critical(1))])
    lone_desk.pass_s(11)
    lone_desk.find(4)
    await lone_desk.until_newest("Window only: no desktop notifications")
    assert len(lone_desk.strips) == (3 if has_strip else 2)


async def test_an_alert_is_recorded_before_it_is_shown(bus: PrivateBus) -> None:
    recorded: list[tuple[list[finding.FindingId], int]] = []
    is_recording, may_continue = asyncio.Event(), asyncio.Event()
    async with shown_desk(bus) as (desk, daemon):

        async def record(records: Sequence[NotifiedRecord]) -> None:
            is_recording.set()
            await may_continue.wait()
            recorded.append(([each.finding_id for each in records], len(daemon.shown)))

        desk.alerting.record = record
        desk.find(1)
        await is_recording.wait()
        assert daemon.shown == []
        may_continue.set()
        await desk.until_newest("Shown on the desktop")
        desk.find(2)
        desk.pass_s(11)
        await desk.until_newest("Shown on the desktop")
    assert recorded == [([finding_id(1)], 0), ([finding_id(2)], 1)]


async def test_a_failure_is_notified_in_the_words_of_its_moment(bus: PrivateBus) -> None:
    may_continue = asyncio.Event()

    async def record(_records: Sequence[NotifiedRecord]) -> None:
        await may_continue.wait()

    async with shown_desk(bus) as (desk, daemon):
        desk.alerting.record = record
        scan = desk.fail()
        desk.run(scan)
        may_continue.set()
        await desk.notify(2, scan="b")
        assert daemon.shown[0][4] == "Attempt 1. No space left."
        assert daemon.closed == [1]


@pytest.mark.parametrize("how", ["no space", "a defect", "endless"])
async def test_an_alert_that_is_not_recorded_is_shown(
    bus: PrivateBus, how: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def record(_records: Sequence[NotifiedRecord]) -> None:
        if how == "no space":
            raise HistoryError(Reason.HISTORY_NO_SPACE, path="history")
        if how == "a defect":
            raise ValueError(how)
        await asyncio.Event().wait()

    if how == "endless":
        monkeypatch.setattr(alerting, "RECORD_LIMIT_S", 0.01)
    async with shown_desk(bus) as (desk, _):
        desk.alerting.record = record
        with caplog.at_level(logging.CRITICAL, "heimdall"):
            await desk.notify(1)
        assert desk.defects == (["a defect"] if how == "a defect" else [])
        desk.defects.clear()


async def test_several_scans_are_in_view_only_if_all_of_them_are(bus: PrivateBus) -> None:
    async with shown_desk(bus) as (desk, daemon):
        desk.alerting.is_looked_at = lambda scan_id: scan_id == "c"
        desk.find_in_three_scans()
        await desk.until_newest("Shown on the desktop")
    [shown] = daemon.shown
    assert shown[3] == "3 new critical findings in 3 scans"


async def test_a_row_whose_finding_another_row_reports_says_so() -> None:
    desk = Desk()
    repeat = critical(2, is_repeat=True)
    desk.alerting.take([FindingAdded(repeat)])
    assert desk.outcomes() == ["Reported with another row of the same finding"]
    assert desk.unread == [1]
    desk.alerting.take([FindingReplaced(repeat, critical(2))])
    assert len(desk.unread) == 1, "nothing new was said"
    await desk.aclose()


async def test_findings_that_count_as_known_are_recorded_silently() -> None:
    desk = Desk()
    recorded: asyncio.Queue[Sequence[NotifiedRecord]] = asyncio.Queue()
    desk.alerting.record = recorded.put
    desk.policy.restore(critical(1).scan_id, is_remembered=False)
    desk.alerting.take([FindingAdded(critical(1), is_first_read=True)])
    async with asyncio.timeout(WAIT_LIMIT_S):
        [record] = await recorded.get()
    assert record.finding_id == finding_id(1)
    assert desk.outcomes() == []
    await desk.aclose()


async def test_a_self_test_shows_a_notification_or_says_why_not(bus: PrivateBus) -> None:
    desk = Desk()
    async with scripted_daemon(bus.address) as daemon:
        await desk.alerting.start()
        assert "org.freedesktop.Notifications" in await desk.alerting.prove()
        assert len(daemon.shown) == 1
    with pytest.raises(NotifierUnavailable):
        await desk.alerting.prove()
    with pytest.raises(NotifierUnavailable):
        await Desk().alerting.prove()  # one that has found no notifier
    await desk.aclose()

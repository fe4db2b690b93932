"""The core of a run: what it leaves for the next one, and that it does without a window."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.runs.core import Core, Kept, utc_now
from heimdall_desktop.application.runs.unattended import (
    Ending,
    Exit,
    Limits,
    Result,
    StartupTargets,
    Stop,
    see_to_the_end,
    watch_all,
)
from heimdall_desktop.domain.alerts import policy
from heimdall_desktop.domain.facts.choices import MUTE_FOR, AlertChoices, WatchedScan
from heimdall_desktop.domain.facts.decision import Field, snooze_value
from heimdall_desktop.domain.facts.errors import HeimdallError, NoSpaceForHistory, Reason
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import FindingsListed, Settled
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.scan_link import read_links
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.services.credentials import MemoryStore
from heimdall_desktop.services.log import Redaction
from heimdall_desktop.services.notifier.protocol import Notification
from tests.fakes.findings import finding_id, make_finding
from tests.fakes.raw_server import AttendedServer
from tests.fakes.waiting import WAIT_LIMIT_S

SERVER = server_url("http://127.0.0.1:8080")
SHORT, LONG, GONE = map(ScanId, ("short", "long", "gone"))


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Leave the desktop of the tests alone."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no-bus'}")


@pytest.fixture(scope="module")
def server() -> Iterator[AttendedServer]:
    with AttendedServer() as running:
        yield running


class Shop:
    """A running scan with three critical findings, and the profile of who watches it."""

    def __init__(self, server: AttendedServer, profile: Path) -> None:
        email, token = server.new_account()
        self.server, self.profile = server, profile
        self.scan = server.script_scan("shop", email).run_until("hunt")
        self.scan.add_findings(3, "critical")
        links = tuple(part.link for part in read_links(self.scan.id) if part.link is not None)
        self.wanted = StartupTargets(server_url(server.url), token, links, (), is_demo=False)

    def complete(self) -> None:
        """Let the scan be one that ended long ago."""
        self.scan.complete()
        self.server.age(self.scan)


@pytest.fixture
def shop(server: AttendedServer, tmp_path: Path) -> Shop:
    return Shop(server, tmp_path)


def core(
    profile: Path, *, is_alerting: bool = False, now: Callable[[], datetime] = utc_now
) -> Core:
    made = Core(Kept(profile, profile, MemoryStore()), Redaction(), now=now)
    made.is_alerting = is_alerting
    return made


@asynccontextmanager
async def running(made: Core) -> AsyncIterator[Limits]:
    """Let a core do what it does without a window."""
    try:
        made.tasks.spawn(made.follow(), name="take in what changes")
        await made.bring_back()
        await made.begin()
        yield Limits(made.clock(), WAIT_LIMIT_S, WAIT_LIMIT_S)
    finally:
        await made.aclose()


async def run(made: Core, what: StartupTargets, stop: Stop | None = None) -> Result:
    """Run as a program without a window does."""
    async with running(made) as limits:
        return await see_to_the_end(made, what, limits, Ending(stop or Stop()))


async def test_a_run_watches_its_scans_to_their_end_and_keeps_them(shop: Shop) -> None:
    shop.complete()

    result = await run(core(shop.profile), shop.wanted)

    assert (result.status, result.line) == (Exit.DONE, "")
    assert result.answer is not None
    assert '"critical": 3' in result.answer
    later = core(shop.profile)
    await later.bring_back()
    assert later.history is not None
    kept = await later.history.rows(ScanId(shop.scan.id), "", 10)
    await later.aclose()
    assert [str(each.id) for each in later.store] == [shop.scan.id]
    [listed] = kept.rows
    assert len(listed.findings) == 3


async def test_a_scan_that_was_removed_long_ago_holds_only_ids_that_the_inbox_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "LEFT_LIMIT", 1)
    made = core(tmp_path, is_alerting=True)
    for number, scan_id in enumerate((SHORT, LONG, GONE)):
        made.store.add(Scan(scan_id, SERVER))
        critical = make_finding(number, scan_id=scan_id, severity=Severity.CRITICAL)
        made.store.observe(FindingsListed(scan_id, made.clock(), (critical,)))
        made.flush()
        made.inbox.clear()
        made.store.remove(scan_id)
        made.flush()
    assert made.policy.forgotten == {SHORT, LONG}
    claim, other = made.store.identities.claim_finding, ScanId("other")
    assert [claim(other, finding_id(number)) == finding_id(number) for number in range(3)] == [
        True,
        True,
        False,
    ]


async def test_changes_of_a_silent_run_are_alerted_by_the_next_run(shop: Shop) -> None:
    shop.complete()
    quiet = core(shop.profile)
    await run(quiet, shop.wanted)
    assert quiet.inbox.lines == []

    loud = core(shop.profile, is_alerting=True)
    reported: list[str] = []
    has_shown = asyncio.Event()

    def note(shown: Notification, _scan_id: ScanId) -> None:
        reported.append(shown.title)
        has_shown.set()

    loud.alerting.on_strip = note
    async with running(loud) as limits:
        await watch_all(loud, shop.wanted, limits, [], asyncio.Event())
        await asyncio.wait_for(has_shown.wait(), WAIT_LIMIT_S)

    [title] = reported
    assert title == "While you were away: 3 critical"


async def test_snoozes_outlive_a_restart_and_are_back_marked_at_their_time(shop: Shop) -> None:
    shop.complete()
    until = utc_now() + timedelta(hours=1)
    first = core(shop.profile, is_alerting=True)
    async with running(first) as limits:
        await see_to_the_end(first, shop.wanted, limits, Ending(Stop()))
        snoozed = next(iter(first.store)).findings[FindingId(shop.scan.finding_ids[0])]
        run = first.controller.decisions.decide(Field.SNOOZE, snooze_value(until), [snoozed.id])
        await run.over.wait()

    async def again(*, hours: int = 0, is_alerting: bool = True) -> Finding:
        """Begin once more, and return the finding as it is then."""
        made = core(
            shop.profile, is_alerting=is_alerting, now=lambda: utc_now() + timedelta(hours=hours)
        )
        back = asyncio.Event()
        await made.bring_back()
        made.controller.bring_back_rows()
        made.earlier.when_restored(ScanId(shop.scan.id), back.set)
        await asyncio.wait_for(back.wait(), WAIT_LIMIT_S)
        made.flush()
        made.tick()
        made.flush()
        found = made.store.finding(snoozed.id)
        await made.aclose()
        assert found is not None
        return found

    assert (await again()).snoozed_until == until
    unattended = await again(is_alerting=False, hours=2)  # which leaves it to the next window
    assert (unattended.snoozed_until, unattended.is_back) == (None, False)
    late = await again(hours=2)
    assert (late.snoozed_until, late.is_back) == (None, True)
    once = await again(hours=2)
    assert (once.snoozed_until, once.is_back) == (None, False)


async def test_a_run_stopped_while_starting_ends_at_once(shop: Shop) -> None:
    stop = Stop()
    stop.because("stopped")
    stop.because("of several causes the first one counts")
    result = await run(core(shop.profile), shop.wanted, stop)
    assert (result.status, result.line) == (Exit.TIMEOUT, "stopped")


async def test_mutes_that_are_over_are_forgotten(tmp_path: Path) -> None:
    moment = utc_now()
    made = core(tmp_path, is_alerting=True, now=lambda: moment)
    preferences = made.controller.preferences
    made.store.add(Scan(SHORT, SERVER))
    muted = AlertChoices(muted_to_the_end=(LONG, GONE)).with_mute(SHORT, moment + MUTE_FOR)
    watched = (WatchedScan(SERVER, LONG),)
    preferences.change(replace(preferences.settings, watched=watched, alerts=muted))
    made.tick()
    alerts = preferences.settings.alerts
    assert (alerts.muted, alerts.muted_to_the_end) == (muted.muted, (LONG,))
    moment += MUTE_FOR
    made.tick()
    assert preferences.settings.alerts == AlertChoices(muted_to_the_end=(LONG,))
    made.store.add(Scan(LONG, SERVER))
    made.store.observe(Settled(LONG, is_settled=True))
    made.tick()
    assert preferences.settings.alerts == AlertChoices()
    await made.aclose()


async def test_a_full_disk_is_reported_once(tmp_path: Path) -> None:
    made = core(tmp_path)
    reported: list[HeimdallError] = []
    made.on_problem = reported.append
    full = NoSpaceForHistory(Reason.HISTORY_NO_SPACE, path="history")
    made.report(full)
    made.report(full)
    await made.aclose()
    assert reported == [full]


async def test_a_defect_of_a_task_ends_the_run_as_failed(shop: Shop) -> None:
    async def break_down() -> None:
        raise LookupError("nothing there")

    made = core(shop.profile)
    defects: list[BaseException] = []
    made.on_defect = defects.append
    made.tasks.spawn(break_down(), name="break down")
    result = await run(made, shop.wanted)
    assert result.status is Exit.FAILED
    assert [str(defect) for defect in defects] == ["nothing there"]


async def test_notifications_of_the_demo_say_so(tmp_path: Path) -> None:
    made = core(tmp_path)
    played, real = ScanId("1"), ScanId("2")
    made.store.tag(played, Tag.DEMO)
    assert made.alerting.titled("Critical: Hole", [played]) == "Demo: Critical: Hole"
    assert made.alerting.titled("Critical: Hole", [played, real]) == "Critical: Hole"
    assert made.alerting.titled("Signed out", []) == "Signed out"
    await made.aclose()

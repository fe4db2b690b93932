"""A watch against real servers: its start, its errors and its end; see also tests/traps."""

import time
from collections.abc import AsyncIterator, Iterator
from functools import partial

import pytest

from heimdall_desktop.application.watching.poller import AWAY_S
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.stages.stage_display import STEADY, notes_of
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.presentation import time_text
from heimdall_desktop.presentation.error_text import reason_text
from heimdall_desktop.presentation.panel.timeline import MOST_TICKS, timeline_of
from heimdall_desktop.presentation.window.empty_table import Cause, empty_table
from tests.fakes.hand_server import FAULT, SCAN_ID, HandServer, busy
from tests.fakes.shown_words import all_words, card
from tests.fakes.watch_desk import EMAIL, HandDesk, LabDesk, WatchDesk, connection, outcome, rested
from tests.lab.server import LabServer
from tests.traps.test_stale_state import event
from tests.traps.waiting import time_passes


async def test_a_completion_after_a_failure_is_listed_once_more(desk: HandDesk) -> None:
    desk.hand.status, desk.hand.updated_at = "failed", desk.now().isoformat()
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: desk.turned_s > 20)  # a failure stays for 30 s
    desk.hand.status = "completed"
    desk.hand.add_rows("late")
    await desk.pass_until(lambda: scan.is_settled)
    assert scan.is_checked_to_the_end
    assert list(scan.findings) == ["late"]


@pytest.mark.parametrize(
    ("status", "waits_s"), [("completed", 0.0), ("cancelled", 0.0), ("failed", 7.0)]
)
async def test_an_end_of_the_embedded_server(desk: HandDesk, status: str, waits_s: float) -> None:
    desk.link.retry_limit_s = 7.0
    desk.hand.add_rows("a")
    scan = await desk.rested_scan()
    before_s = desk.turned_s
    desk.hand.add_rows("late")
    desk.hand.status, desk.hand.updated_at = status, desk.now().isoformat()
    desk.watches.refresh()
    await desk.pass_until(lambda: not scan.is_live, step_s=0.25)
    ended_s, passed_s = desk.turned_s, desk.passed_s
    await desk.pass_until(lambda: scan.is_settled, step_s=0.25)
    assert ended_s - before_s < 3
    assert desk.passed_s - passed_s > waits_s - 1  # on a busy machine, real time counts too
    assert desk.turned_s - ended_s < waits_s + 3
    assert list(scan.findings) == ["a", "late"]
    assert scan.is_checked_to_the_end is (status == "completed")


async def test_a_completed_embedded_scan_stays_settled(desk: HandDesk) -> None:
    desk.link.retry_limit_s = 7.0
    scan = await desk.rested_scan()
    desk.hand.status, desk.hand.updated_at = "completed", desk.now().isoformat()
    await desk.hand.send(event("status_change", status="completed"))
    await desk.pass_until(lambda: scan.is_settled, step_s=0.25)
    asked = desk.hand.asked.count("live")
    await desk.hand.send(event("scan_complete"))
    await time_passes(desk, 3)
    assert scan.is_settled
    assert desk.hand.asked.count("live") == asked


async def test_a_scan_that_ended_long_ago_is_read_once_and_settles_at_once(desk: HandDesk) -> None:
    desk.hand.status = "completed"
    desk.hand.add_rows("a", "b")
    desk.link.has_live = True
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: scan.is_settled)
    assert desk.turned_s == 0
    assert scan.is_checked_to_the_end
    assert desk.hand.asked.count("findings") == 1
    assert desk.hand.asked.count("stream") == 0


async def test_a_failed_last_poll_is_retried(desk: HandDesk) -> None:
    desk.hand.status = "completed"
    desk.hand.holds.add("findings")
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: "findings" in desk.hand.asked)
    desk.hand.refusals |= {"live": FAULT, "scan": FAULT}
    desk.hand.release()
    await desk.pass_until(lambda: scan.has_listed_once and desk.hand.asked.count("live") > 2)
    desk.hand.refusals.clear()
    await desk.pass_until(lambda: scan.is_settled)


async def test_unreadable_rows_do_not_keep_a_scan_from_settling(desk: HandDesk) -> None:
    desk.hand.status = "completed"
    desk.hand.add_rows("a")
    desk.hand.rows.append({"title": "no id at all"})
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: scan.is_settled)
    assert (scan.sync_status.read, scan.sync_status.total, scan.sync_status.unreadable) == (1, 2, 1)
    assert not scan.is_checked_to_the_end


async def test_unreadable_rows_of_a_running_scan_are_not_listed_for_ever(desk: HandDesk) -> None:
    desk.hand.rows.append({"title": "no id at all"})
    scan = await desk.rested_scan()
    listed_at_s = scan.sync_status.asked_at_s
    await desk.pass_until(lambda: desk.turned_s > 40)
    assert scan.sync_status.asked_at_s == listed_at_s


async def test_a_scan_of_another_user_is_gone(lab: LabDesk) -> None:
    lab.server.add_account("other@example.test", "long enough")
    scan = lab.watch(lab.server.script_scan("secret", "other@example.test").id)
    await lab.until(lambda: connection(scan) is Connection.GONE)


async def test_after_a_rest_a_request_of_before_is_not_waited_for(desk: HandDesk) -> None:
    await desk.rested_scan()
    desk.hand.holds = {"live"}  # what is under way is never answered, as over a line that has died
    asked = desk.hand.asked.count("live")
    await desk.pass_until(lambda: desk.hand.asked.count("live") > asked)
    desk.hand.holds = set()
    asked, woken_s = desk.hand.asked.count("live"), desk.turned_s
    desk.watches.refresh()
    await desk.pass_until(lambda: desk.hand.asked.count("live") > asked, step_s=0.25)
    assert desk.turned_s - woken_s < 5


async def test_rows_of_an_earlier_watch_are_read_again(desk: HandDesk) -> None:
    desk.hand.add_rows("a")
    scan = desk.watch(SCAN_ID)
    desk.watches.set_in_view(ScanId("another"))
    await rested(desk, scan)
    desk.watches.pause(scan.id)
    desk.hand.rows[0]["severity"] = "low"
    desk.watches.start(scan, desk.link)
    await desk.pass_until(lambda: scan.findings[FindingId("a")].severity is Severity.LOW)


async def test_rows_are_read_again_after_a_long_outage(desk: HandDesk) -> None:
    desk.hand.add_rows("a")
    scan = desk.watch(SCAN_ID)
    desk.watches.set_in_view(ScanId("another"))
    await rested(desk, scan)
    desk.hand.refusals |= dict.fromkeys(("live", "scan", "findings", "stream"), FAULT)
    desk.hand.end_streams()
    await desk.pass_until(lambda: connection(scan) is Connection.STALE)
    desk.turn(AWAY_S)
    desk.hand.rows[0]["severity"] = "low"
    desk.hand.refusals.clear()
    await desk.pass_until(lambda: scan.findings[FindingId("a")].severity is Severity.LOW)


async def test_a_server_that_is_gone_makes_the_scan_stale(desk: WatchDesk) -> None:
    with LabServer() as other:
        other.add_account(EMAIL, "long enough")
        scripted = other.script_scan("shop", EMAIL).run_until("tyr").add_findings(1)
        lonely = WatchDesk(other.url, other.new_session(EMAIL))
        scan = lonely.watch(scripted.id)
        await lonely.until(lambda: len(scan.findings) == 1)
    lonely.watches.refresh()
    await lonely.until(lambda: connection(scan) is Connection.RECONNECTING)
    lonely.turn(46)
    await lonely.until(lambda: connection(scan) is Connection.STALE and _reason(scan) != "")
    assert len(scan.findings) == 1
    await lonely.aclose()


async def test_a_busy_server_is_left_alone_until_the_wait_is_over(desk: HandDesk) -> None:
    scan = await desk.rested_scan()
    desk.hand.refusals = dict.fromkeys(("live", "findings", "scan", "stream"), busy(40))
    desk.watches.refresh()
    await desk.until(lambda: connection(scan) is Connection.BUSY)
    assert scan.connection is not None
    assert scan.connection.next_try_at_s is not None
    nearly_over_s = scan.connection.next_try_at_s - 10.0
    await desk.be_still()  # what else was under way comes to the server as well
    asked = len(desk.hand.asked)
    desk.hand.end_streams()
    await desk.hand.send("event: error\ndata: {}\n\n")
    desk.watches.refresh()
    await desk.pass_until(lambda: desk.clock() > nearly_over_s)
    assert desk.hand.asked[asked:] == []
    desk.hand.refusals.clear()
    await desk.pass_until(lambda: connection(scan) is Connection.LIVE)


async def test_a_failed_listing_is_reported_and_retried(desk: HandDesk) -> None:
    desk.hand.refusals["findings"] = FAULT
    desk.hand.add_rows("a")
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: desk.hand.asked.count("findings") > 2)
    assert scan.connection is not None
    assert scan.connection.error is not None
    assert scan.connection.failing_since_s is not None
    desk.hand.refusals.clear()
    await desk.pass_until(lambda: len(scan.findings) == 1)
    await desk.pass_until(lambda: _reason(scan) == "")
    assert scan.connection.failing_since_s is None


async def test_a_scan_that_is_watched_again_is_no_longer_settled(desk: HandDesk) -> None:
    desk.hand.status = "failed"
    scan = desk.watch(SCAN_ID)
    await desk.until(lambda: scan.is_settled)
    desk.hand.status = "hunting"
    desk.watches.refresh(scan.id)
    await desk.pass_until(lambda: outcome(scan) is Outcome.NONE_YET)
    assert not scan.is_settled


async def test_an_end_that_settled_before_the_sign_in_stays_settled(desk: HandDesk) -> None:
    desk.hand.status, desk.hand.updated_at = "failed", desk.now().isoformat()
    scan = await desk.ended_scan()
    turned_s, asked = desk.turned_s, desk.hand.asked.count("findings")
    seen: set[Outcome] = set()

    def is_over_again() -> bool:
        seen.add(scan.outcome)
        is_listed = desk.hand.asked.count("findings") > asked
        return is_listed and connection(scan) is Connection.ENDED

    desk.watches.start(scan, desk.link)  # as after a new sign-in
    await desk.pass_until(is_over_again)
    assert seen == {Outcome.FAILED}
    assert desk.turned_s - turned_s < 10, "what is settled needs no doubt"


async def test_an_end_that_is_another_after_the_sign_in_is_doubted(desk: HandDesk) -> None:
    desk.hand.status, desk.hand.updated_at = "failed", desk.now().isoformat()
    scan = await desk.ended_scan()
    desk.hand.updated_at = desk.now().isoformat()
    desk.watches.start(scan, desk.link)
    await desk.pass_until(lambda: scan.outcome is Outcome.FAILED_MAY_RETRY)
    desk.hand.status = "hunting"
    await desk.pass_until(lambda: scan.outcome is Outcome.NONE_YET)


def _reason(scan: Scan) -> str:
    return reason_text(scan.connection)


async def test_findings_that_are_counted_and_never_listed_are_no_all_clear(desk: HandDesk) -> None:
    desk.hand.status, desk.hand.counted = "completed", 3
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: scan.is_settled)
    assert (scan.sync_status.is_whole, len(scan.findings), scan.unlisted) == (True, 0, 3)
    assert not scan.is_checked_to_the_end
    said = empty_table([scan], 0, "", now=desk.now())
    assert said.cause is Cause.NOT_SCANNED
    assert said.fact == "The server counts 3 findings, but lists none."


async def test_rows_are_listed_again_once_rest_confirms_a_completion(desk: HandDesk) -> None:
    desk.link.retry_limit_s = 7.0
    desk.hand.add_rows("a")
    scan = await desk.rested_scan()
    desk.hand.holds, asked = {"live"}, len(desk.hand.asked)
    desk.turn(10)
    await desk.pass_until(lambda: "live" in desk.hand.asked[asked:], step_s=0.0)
    await desk.hand.send(event("status_change", status="completed"))
    await desk.pass_until(lambda: not scan.is_live, step_s=0.0)
    desk.hand.refusals["scan"] = FAULT  # so only the answer requested before the event arrives
    desk.hand.release()
    desk.hand.holds = {"live"}
    await desk.pass_until(lambda: scan.looks_until_s is not None, step_s=0.0)
    await desk.be_still()
    desk.hand.refusals.clear()
    desk.hand.status, desk.hand.updated_at = "completed", desk.now().isoformat()
    desk.hand.release()
    await desk.pass_until(lambda: scan.is_settled, step_s=0.25)
    assert scan.is_checked_to_the_end


STAMPS = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "1900-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "2200-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "9999-12-31T23:59:59-23:59",
]


@pytest.fixture(params=["America/New_York", "Asia/Tokyo"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
async def zone_desk(hand: HandServer, _zone: None) -> AsyncIterator[WatchDesk]:
    made = WatchDesk(hand.url, "token")
    yield made
    await made.aclose()


@pytest.mark.parametrize("status", ["hunting", "completed"])
@pytest.mark.parametrize("stamp", STAMPS)
async def test_a_scan_of_any_year_has_words(desk: HandDesk, stamp: str, status: str) -> None:
    desk.hand.status, desk.hand.scan_at, desk.hand.updated_at = status, stamp, stamp
    desk.hand.stages = [
        {"stage": "ingest", "status": "running", "timestamp": stamp},
        {"stage": "ingest", "status": "completed", "timestamp": "2026-07-04T08:00:00Z"},
        {"stage": "hunt", "status": "running", "timestamp": stamp},
    ]
    desk.hand.activity = [
        {"key": "a", "event_type": "stage", "stage": "hunt", "title": "A", "timestamp": stamp}
    ]
    desk.hand.add_rows("a", created_at=stamp, updated_at=stamp)
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: len(scan.findings) == 1 and scan.has_listed_once)
    await desk.pass_until(lambda: scan.started_at is not None)
    assert all_words(desk, scan)
    assert card(desk, scan).sentence
    assert len(scan.activities) == 1
    stopwatch = Stopwatch()
    stopwatch.see(scan, desk.clock(), desk.now())
    shown = timeline_of(scan, notes_of(scan), stopwatch, desk.clock(), desk.now(), STEADY)
    assert len(list(shown.ticks())) <= MOST_TICKS + 1
    at, now = scan.findings[FindingId("a")].created_at, desk.now()
    for words in (
        time_text.at_text,
        time_text.day_text,
        partial(time_text.day_text, is_narrow=True),
        time_text.moment_text,
        time_text.second_text,
    ):
        assert words(at, now)
        assert words(now, at)
    assert time_text.full_words(at)
    desk.hand.add_rows("later", created_at=stamp, severity="critical")
    await desk.pass_until(lambda: FindingId("later") in scan.findings)

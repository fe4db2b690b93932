"""A watch against real servers: its beginning, its troubles and its end; see also tests/traps."""

import time
from collections.abc import AsyncIterator, Iterator

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
from tests.fakes.raw_server import answer
from tests.fakes.told_words import all_words, card
from tests.fakes.watch_desk import EMAIL, WatchDesk, connection, outcome, rested
from tests.lab.server import LabServer
from tests.traps.test_stale_state import event
from tests.traps.waiting import time_passes


async def test_a_completion_after_a_failure_is_listed_once_more_before_it_is_believed(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status, hand.updated_at = "failed", hand_desk.now().isoformat()
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: hand_desk.turned_s > 20)  # a failure stays for 30 s
    hand.status = "completed"
    hand.add_rows("late")
    await hand_desk.pass_until(lambda: scan.is_settled)
    assert scan.is_checked_to_the_end
    assert list(scan.findings) == ["late"]


@pytest.mark.parametrize(
    ("status", "waits_s"), [("completed", 0.0), ("cancelled", 0.0), ("failed", 7.0)]
)
async def test_end_of_the_embedded_server_is_final_once_no_retry_can_follow(
    hand: HandServer, hand_desk: WatchDesk, status: str, waits_s: float
) -> None:
    hand_desk.link.retry_limit_s = 7.0
    hand.add_rows("a")
    scan = hand_desk.watch(SCAN_ID)
    await rested(hand_desk, scan)
    before_s = hand_desk.turned_s
    hand.add_rows("late")
    hand.status, hand.updated_at = status, hand_desk.now().isoformat()
    hand_desk.watches.refresh()
    await hand_desk.pass_until(lambda: not scan.is_live, step_s=0.25)
    ended_s, passed_s = hand_desk.turned_s, hand_desk.passed_s
    await hand_desk.pass_until(lambda: scan.is_settled, step_s=0.25)
    assert ended_s - before_s < 3
    assert hand_desk.passed_s - passed_s > waits_s - 1  # on a busy machine, real time counts too
    assert hand_desk.turned_s - ended_s < waits_s + 3
    assert list(scan.findings) == ["a", "late"]
    assert scan.is_checked_to_the_end is (status == "completed")


async def test_completed_scan_of_the_embedded_server_stays_settled_as_its_stream_ends(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand_desk.link.retry_limit_s = 7.0
    scan = hand_desk.watch(SCAN_ID)
    await rested(hand_desk, scan)
    hand.status, hand.updated_at = "completed", hand_desk.now().isoformat()
    await hand.send(event("status_change", status="completed"))
    await hand_desk.pass_until(lambda: scan.is_settled, step_s=0.25)
    asked = hand.asked.count("live")
    await hand.send(event("scan_complete"))
    await time_passes(hand_desk, 3)
    assert scan.is_settled
    assert hand.asked.count("live") == asked


async def test_a_scan_that_ended_long_ago_is_read_once_and_settles_at_once(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status = "completed"
    hand.add_rows("a", "b")
    hand_desk.link.has_live = True
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.until(lambda: scan.is_settled)
    assert hand_desk.turned_s == 0
    assert scan.is_checked_to_the_end
    assert hand.asked.count("findings") == 1
    assert hand.asked.count("stream") == 0


async def test_a_failed_last_poll_is_retried(hand: HandServer, hand_desk: WatchDesk) -> None:
    hand.status = "completed"
    hand.holds.add("findings")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: "findings" in hand.asked)
    hand.refusals |= {"live": FAULT, "scan": FAULT}
    hand.let_go()
    await hand_desk.pass_until(lambda: scan.has_listed_once and hand.asked.count("live") > 2)
    hand.refusals.clear()
    await hand_desk.pass_until(lambda: scan.is_settled)


async def test_rows_that_cannot_be_understood_do_not_keep_a_scan_from_settling(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status = "completed"
    hand.add_rows("a")
    hand.rows.append({"title": "no id at all"})
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: scan.is_settled)
    assert (scan.ledger.read, scan.ledger.total, scan.ledger.unreadable) == (1, 2, 1)
    assert not scan.is_checked_to_the_end


async def test_rows_that_never_come_do_not_keep_a_scan_from_settling(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status, hand.total = "completed", 5
    hand.add_rows("a")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: scan.is_settled)
    assert not scan.is_checked_to_the_end
    assert scan.ledger.total == 5


async def test_unreadable_rows_of_a_running_scan_are_not_listed_for_ever(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.rows.append({"title": "no id at all"})
    scan = hand_desk.watch(SCAN_ID)
    await rested(hand_desk, scan)
    listed_at_s = scan.ledger.asked_at_s
    await hand_desk.pass_until(lambda: hand_desk.turned_s > 40)
    assert scan.ledger.asked_at_s == listed_at_s


async def test_a_scan_of_another_user_is_gone(server: LabServer, desk: WatchDesk) -> None:
    server.add_account("other@example.test", "long enough")
    scan = desk.watch(server.script_scan("secret", "other@example.test").id)
    await desk.until(lambda: connection(scan) is Connection.GONE)


async def test_after_a_rest_a_request_of_before_is_not_waited_for(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    scan = hand_desk.watch(SCAN_ID)
    await rested(hand_desk, scan)
    hand.holds = {"live"}  # what is under way is never answered, as over a line that has died
    asked = hand.asked.count("live")
    await hand_desk.pass_until(lambda: hand.asked.count("live") > asked)
    hand.holds = set()
    asked, woken_s = hand.asked.count("live"), hand_desk.turned_s
    hand_desk.watches.refresh()
    await hand_desk.pass_until(lambda: hand.asked.count("live") > asked, step_s=0.25)
    assert hand_desk.turned_s - woken_s < 5


async def test_rows_of_an_earlier_watch_are_read_again_despite_an_equal_count(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.add_rows("a")
    scan = hand_desk.watch(SCAN_ID)
    hand_desk.watches.set_in_view(ScanId("another"))
    await rested(hand_desk, scan)
    hand_desk.watches.pause(scan.id)
    hand.rows[0]["severity"] = "low"
    hand_desk.watches.start(scan, hand_desk.link)
    await hand_desk.pass_until(lambda: scan.findings[FindingId("a")].severity is Severity.LOW)


async def test_rows_are_read_again_after_a_long_outage(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.add_rows("a")
    scan = hand_desk.watch(SCAN_ID)
    hand_desk.watches.set_in_view(ScanId("another"))
    await rested(hand_desk, scan)
    hand.refusals |= dict.fromkeys(("live", "scan", "findings", "stream"), FAULT)
    hand.end_streams()
    await hand_desk.pass_until(lambda: connection(scan) is Connection.STALE)
    hand_desk.turn(AWAY_S)
    hand.rows[0]["severity"] = "low"
    hand.refusals.clear()
    await hand_desk.pass_until(lambda: scan.findings[FindingId("a")].severity is Severity.LOW)


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


async def test_a_busy_server_is_left_alone_until_the_wait_is_over(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    scan = hand_desk.watch(SCAN_ID)
    await rested(hand_desk, scan)
    hand.refusals = dict.fromkeys(("live", "findings", "scan", "stream"), busy(40))
    hand_desk.watches.refresh()
    await hand_desk.until(lambda: connection(scan) is Connection.BUSY)
    assert scan.connection is not None
    assert scan.connection.next_try_at_s is not None
    nearly_over_s = scan.connection.next_try_at_s - 10.0
    await hand_desk.be_still()  # what else was under way comes to the server as well
    asked = len(hand.asked)
    hand.end_streams()
    await hand.send("event: error\ndata: {}\n\n")
    hand_desk.watches.refresh()
    await hand_desk.pass_until(lambda: hand_desk.clock() > nearly_over_s)
    assert hand.asked[asked:] == []
    hand.refusals.clear()
    await hand_desk.pass_until(lambda: connection(scan) is Connection.LIVE)


async def test_a_failed_listing_is_reported_and_retried(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.refusals["findings"] = FAULT
    hand.add_rows("a")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: hand.asked.count("findings") > 2)
    assert scan.connection is not None
    assert scan.connection.error is not None
    assert scan.connection.failing_since_s is not None
    hand.refusals.clear()
    await hand_desk.pass_until(lambda: len(scan.findings) == 1)
    await hand_desk.pass_until(lambda: _reason(scan) == "")
    assert scan.connection.failing_since_s is None


async def test_a_repository_that_cannot_be_understood_costs_only_its_name(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.refusals["repo"] = answer(200, "application/json", "[]")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.until(lambda: connection(scan) is Connection.LIVE)
    assert scan.name == SCAN_ID[:8]


async def test_a_scan_that_is_watched_again_is_no_longer_settled(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status = "failed"
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.until(lambda: scan.is_settled)
    hand.status = "hunting"
    hand_desk.watches.refresh(scan.id)
    await hand_desk.pass_until(lambda: outcome(scan) is Outcome.NONE_YET)
    assert not scan.is_settled


async def test_an_end_that_settled_before_the_sign_in_stays_settled(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status, hand.updated_at = "failed", hand_desk.now().isoformat()
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: connection(scan) is Connection.ENDED)
    turned_s, asked = hand_desk.turned_s, hand.asked.count("findings")
    seen: set[Outcome] = set()

    def is_over_again() -> bool:
        seen.add(scan.outcome)
        is_listed = hand.asked.count("findings") > asked
        return is_listed and connection(scan) is Connection.ENDED

    hand_desk.watches.start(scan, hand_desk.link)  # as after a new sign-in
    await hand_desk.pass_until(is_over_again)
    assert seen == {Outcome.FAILED}
    assert hand_desk.turned_s - turned_s < 10, "what is settled needs no doubt"


async def test_an_end_that_is_another_after_the_sign_in_is_doubted(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status, hand.updated_at = "failed", hand_desk.now().isoformat()
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: connection(scan) is Connection.ENDED)
    hand.updated_at = hand_desk.now().isoformat()
    hand_desk.watches.start(scan, hand_desk.link)
    await hand_desk.pass_until(lambda: scan.outcome is Outcome.FAILED_MAY_RETRY)
    hand.status = "hunting"
    await hand_desk.pass_until(lambda: scan.outcome is Outcome.NONE_YET)


def _reason(scan: Scan) -> str:
    return reason_text(scan.connection)


async def test_findings_that_are_counted_and_never_listed_are_no_all_clear(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status, hand.counted = "completed", 3
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: scan.is_settled)
    assert (scan.ledger.is_whole, len(scan.findings), scan.unlisted) == (True, 0, 3)
    assert not scan.is_checked_to_the_end
    said = empty_table([scan], 0, "", now=hand_desk.now())
    assert said.cause is Cause.NOT_SCANNED
    assert said.fact == "The server counts 3 findings, but lists none."


async def test_rows_are_listed_again_once_rest_confirms_a_completion_that_the_stream_reported(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand_desk.link.retry_limit_s = 7.0
    hand.add_rows("a")
    scan = hand_desk.watch(SCAN_ID)
    await rested(hand_desk, scan)
    hand.holds, asked = {"live"}, len(hand.asked)
    hand_desk.turn(10)
    await hand_desk.pass_until(lambda: "live" in hand.asked[asked:], step_s=0.0)
    await hand.send(event("status_change", status="completed"))
    await hand_desk.pass_until(lambda: not scan.is_live, step_s=0.0)
    hand.refusals["scan"] = FAULT  # so only the answer requested before the event arrives
    hand.let_go()
    hand.holds = {"live"}
    await hand_desk.pass_until(lambda: scan.looks_until_s is not None, step_s=0.0)
    await hand_desk.be_still()
    hand.refusals.clear()
    hand.status, hand.updated_at = "completed", hand_desk.now().isoformat()
    hand.let_go()
    await hand_desk.pass_until(lambda: scan.is_settled, step_s=0.25)
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
async def test_a_scan_of_any_year_is_watched_and_worded(
    hand: HandServer, zone_desk: WatchDesk, stamp: str, status: str
) -> None:
    hand.status, hand.scan_at, hand.updated_at = status, stamp, stamp
    hand.stages = [
        {"stage": "ingest", "status": "running", "timestamp": stamp},
        {"stage": "ingest", "status": "completed", "timestamp": "2026-07-04T08:00:00Z"},
        {"stage": "hunt", "status": "running", "timestamp": stamp},
    ]
    hand.activity = [
        {"key": "a", "event_type": "stage", "stage": "hunt", "title": "A", "timestamp": stamp}
    ]
    hand.add_rows("a", created_at=stamp, updated_at=stamp)
    scan = zone_desk.watch(SCAN_ID)
    await zone_desk.pass_until(lambda: len(scan.findings) == 1 and scan.has_listed_once)
    await zone_desk.pass_until(lambda: scan.started_at is not None)
    assert all_words(zone_desk, scan)
    assert card(zone_desk, scan).sentence
    assert len(scan.activities) == 1
    stopwatch = Stopwatch()
    stopwatch.see(scan, zone_desk.clock(), zone_desk.now())
    shown = timeline_of(scan, notes_of(scan), stopwatch, zone_desk.clock(), zone_desk.now(), STEADY)
    assert len(list(shown.ticks())) <= MOST_TICKS + 1
    at, now = scan.findings[FindingId("a")].created_at, zone_desk.now()
    for words in (
        time_text.at_text,
        time_text.day_text,
        time_text.moment_text,
        time_text.narrow_day_text,
        time_text.second_text,
    ):
        assert words(at, now)
        assert words(now, at)
    assert time_text.full_words(at)
    hand.add_rows("later", created_at=stamp, severity="critical")
    await zone_desk.pass_until(lambda: FindingId("later") in scan.findings)

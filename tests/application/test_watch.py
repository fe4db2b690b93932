"""A watch against the embedded server: nothing missed, whatever the stream does."""

from collections.abc import AsyncIterator, Iterator

import pytest

from heimdall_desktop.domain.change import FindingAdded
from heimdall_desktop.domain.finding import FindingId, FindingStatus, Severity, Verdict
from heimdall_desktop.domain.observation import Connection
from heimdall_desktop.domain.scan import Outcome, Scan
from heimdall_desktop.domain.stage import StageState
from heimdall_desktop.local.server import EmbeddedServer
from tests.fakes.hand_server import FAULT, SCAN_ID, HandServer, busy, hand_server
from tests.fakes.raw_server import answer
from tests.fakes.watch_desk import WatchDesk, connection, outcome

EMAIL = "analyst@example.test"


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    with EmbeddedServer() as running:
        running.add_account(EMAIL, "long enough")
        yield running


@pytest.fixture
async def desk(server: EmbeddedServer) -> AsyncIterator[WatchDesk]:
    made = WatchDesk(server.url, server.new_session(EMAIL))
    yield made
    await made.aclose()


@pytest.fixture
async def hand() -> AsyncIterator[HandServer]:
    async with hand_server() as made:
        yield made


@pytest.fixture
async def hand_desk(hand: HandServer) -> AsyncIterator[WatchDesk]:
    made = WatchDesk(hand.url, "token")
    yield made
    await made.aclose()


async def rested(desk: WatchDesk, scan: Scan) -> None:
    """Wait until the first listing is over, and let the pauses after it pass."""
    await desk.until(lambda: connection(scan) is Connection.LIVE and scan.has_listed_once)
    desk.turn(6)


async def test_t01_rows_are_there_before_any_event(server: EmbeddedServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("static_analysis")
    scan = desk.watch(scripted.id)
    await rested(desk, scan)
    scripted.add_findings(3)
    await desk.pass_until(lambda: len(scan.findings) == 3)
    assert scan.name == "shop"
    assert scan.running_stage is not None
    assert scan.running_stage.name == "static_analysis"


async def test_t02_a_burst_over_the_ring_is_read_whole(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scan = desk.watch(scripted.id)
    await rested(desk, scan)
    for severity in ("critical", "high", "medium", "low"):
        scripted.add_findings(75, severity)
    scripted.finish_stage()
    await desk.pass_until(lambda: len(scan.findings) == 300)
    assert [scan.severities[severity] for severity in Severity] == [75, 75, 75, 75, 0]
    added = [change.finding.id for change in desk.changes if isinstance(change, FindingAdded)]
    assert len(added) == len(set(added)) == 300


async def test_a_few_announced_rows_are_read_at_once(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE and scan.has_listed_once)
    scripted.add_findings(2).burst()
    await desk.until(lambda: len(scan.findings) == 2)
    assert desk.turned_s == 0


async def test_t03_verdicts_that_nobody_announced_are_seen_at_the_end_of_the_stage(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(2, "critical")
    scripted.finish_stage().start_stage("vidarr")
    scan = desk.watch(scripted.id)
    await rested(desk, scan)
    await desk.pass_until(lambda: desk.turned_s > 12)
    withdrawn = scripted.finding_ids[0]
    row_id = FindingId(withdrawn)
    scripted.change_finding(withdrawn, status="false_positive", confidence="low").finish_stage()
    await desk.until(lambda: scan.findings[row_id].verdict is Verdict.WITHDRAWN)
    assert scan.findings[row_id].status is FindingStatus.FALSE_POSITIVE


async def test_t10_t38_an_end_is_believed_after_a_listing_that_began_after_it(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report")
    scan = desk.watch(scripted.id)
    await rested(desk, scan)
    assert not scan.is_checked_to_the_end
    scripted.complete()
    await desk.until(lambda: scan.is_checked_to_the_end)
    assert not scan.is_settled
    await desk.pass_until(lambda: scan.is_settled)
    assert outcome(scan) is Outcome.COMPLETED
    assert connection(scan) is Connection.ENDED


async def test_t19_t33_a_scan_that_has_ended_opens_no_stream(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr").cancel()
    scan = desk.watch(scripted.id)
    await rested(desk, scan)
    assert outcome(scan) is Outcome.CANCELLED_MAY_RETURN
    await desk.pass_until(lambda: scan.is_settled)
    assert desk.passed_s >= 60
    assert outcome(scan) is Outcome.CANCELLED
    assert server.call(lambda: server.broadcaster.subscriber_count(scripted.id)) == 0


async def test_t20_a_scan_that_runs_elsewhere_ends_without_an_event(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL, is_silent=True).run_until("static_analysis")
    scan = desk.watch(scripted.id)
    await rested(desk, scan)
    scripted.add_findings(130).run_until("report").complete()
    await desk.pass_until(lambda: scan.is_checked_to_the_end)
    assert len(scan.findings) == 130


async def test_t26_a_failed_scan_revives(server: EmbeddedServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1)
    scan = desk.watch(scripted.id)
    await rested(desk, scan)
    first_started_at = scan.started_at
    scripted.fail("the model did not answer")
    await desk.until(lambda: outcome(scan) is Outcome.FAILED_MAY_RETRY)
    assert scan.error == "the model did not answer"
    scripted.start_stage("ingest")
    await desk.pass_until(lambda: scan.started_at != first_started_at)
    await desk.pass_until(lambda: scan.stages[0].state is StageState.RUNNING)
    assert scan.attempt == 2
    assert outcome(scan) is Outcome.NONE_YET
    hunt = next(stage for stage in scan.stages if stage.name == "hunt")
    assert hunt.state is StageState.PENDING
    scripted.run_until("report").complete()
    await desk.pass_until(lambda: scan.is_settled)
    assert len(scan.findings) == 1


async def test_t26_a_failure_that_stays_is_believed(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1).fail()
    scan = desk.watch(scripted.id)
    await rested(desk, scan)
    assert outcome(scan) is Outcome.FAILED_MAY_RETRY
    await desk.pass_until(lambda: scan.is_settled)
    assert desk.passed_s >= 30
    assert outcome(scan) is Outcome.FAILED
    assert len(scan.findings) == 1


async def test_t26_a_failure_that_is_written_anew_is_doubted_anew(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status, hand.updated_at = "failed", hand_desk.now().isoformat()
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: hand_desk.turned_s > 25)
    hand.updated_at = hand_desk.now().isoformat()
    await hand_desk.pass_until(lambda: scan.is_settled)
    assert hand_desk.passed_s >= 55


async def test_a_completion_after_a_failure_is_listed_once_more_before_it_is_believed(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status, hand.updated_at = "failed", hand_desk.now().isoformat()
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: hand_desk.turned_s > 29)
    hand.status = "completed"
    hand.add_rows("late")
    await hand_desk.pass_until(lambda: scan.is_settled)
    assert scan.is_checked_to_the_end
    assert list(scan.findings) == ["late"]


async def test_a_scan_that_ended_long_ago_is_read_once_and_settles_at_once(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status = "completed"
    hand.add_rows("a", "b")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.until(lambda: scan.is_settled)
    assert hand_desk.turned_s == 0
    assert scan.is_checked_to_the_end
    assert hand.asked.count("findings") == 1
    assert hand.asked.count("stream") == 0


async def test_a_last_look_that_fails_is_tried_again(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
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
    assert hand.asked.count("findings") == 1


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


async def test_t48_a_refused_token_pauses_the_watch(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr").add_findings(1)
    scan = desk.watch(scripted.id)
    await desk.until(lambda: len(scan.findings) == 1)
    server.expire_sessions(EMAIL)
    desk.watches.again()
    await desk.until(lambda: connection(scan) is Connection.SIGNED_OUT)
    assert len(scan.findings) == 1
    desk.link.use_token(server.new_session(EMAIL), EMAIL)
    desk.watches.start(scan, desk.link)
    await desk.until(lambda: connection(scan) is Connection.LIVE)


async def test_a_scan_of_somebody_else_is_gone(server: EmbeddedServer, desk: WatchDesk) -> None:
    server.add_account("other@example.test", "long enough")
    scan = desk.watch(server.script_scan("secret", "other@example.test").id)
    await desk.until(lambda: connection(scan) is Connection.GONE)


async def test_t21_t45_a_stream_that_ends_is_opened_again(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    scripted.end_streams()
    await desk.until(lambda: connection(scan) is Connection.RECONNECTING)
    assert scan.connection is not None
    assert scan.connection.next_try_at_s is not None
    desk.turn(1)
    await desk.until(lambda: connection(scan) is Connection.LIVE)


async def test_a_server_that_is_gone_makes_the_scan_stale(desk: WatchDesk) -> None:
    with EmbeddedServer() as other:
        other.add_account(EMAIL, "long enough")
        scripted = other.script_scan("shop", EMAIL).run_until("tyr").add_findings(1)
        lonely = WatchDesk(other.url, other.new_session(EMAIL))
        scan = lonely.watch(scripted.id)
        await lonely.until(lambda: len(scan.findings) == 1)
    lonely.watches.again()
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
    hand_desk.watches.again()
    await hand_desk.until(lambda: connection(scan) is Connection.BUSY)
    assert scan.connection is not None
    assert scan.connection.next_try_at_s is not None
    asked = len(hand.asked)
    hand.end_streams()
    await hand.send("event: error\ndata: {}\n\n")
    hand_desk.watches.again()
    await hand_desk.pass_until(lambda: hand_desk.turned_s > 30)
    assert hand.asked[asked:] == []
    hand.refusals.clear()
    await hand_desk.pass_until(lambda: connection(scan) is Connection.LIVE)


async def test_a_listing_that_fails_is_told_and_wanted_again(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.refusals["findings"] = FAULT
    hand.add_rows("a")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: hand.asked.count("findings") > 2)
    assert scan.connection is not None
    assert scan.connection.reason
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


async def test_t18_a_frozen_stream_is_dropped_and_opened_again(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.until(lambda: connection(scan) is Connection.LIVE)
    await hand_desk.pass_until(lambda: connection(scan) is not Connection.LIVE)
    assert hand_desk.turned_s <= 50
    await hand_desk.pass_until(lambda: connection(scan) is Connection.LIVE)
    assert len(hand.streams) == 2


async def test_t46_a_stream_without_a_byte_leaves_polling_only(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.is_mute = True
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: connection(scan) is Connection.POLLING_ONLY)
    hand.add_rows("a")
    await hand_desk.pass_until(lambda: len(scan.findings) == 1)


async def test_a_scan_that_is_watched_again_is_no_longer_settled(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status = "failed"
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.until(lambda: scan.is_settled)
    hand.status = "hunting"
    hand_desk.watches.again(scan.id)
    await hand_desk.pass_until(lambda: outcome(scan) is Outcome.NONE_YET)
    assert not scan.is_settled


def _reason(scan: Scan) -> str:
    return "" if scan.connection is None else scan.connection.reason

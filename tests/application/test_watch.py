"""A watch against the embedded server: nothing missed, whatever the stream does."""

from collections.abc import AsyncIterator, Iterator

import pytest

from heimdall_desktop.domain.change import FindingAdded
from heimdall_desktop.domain.finding import FindingId, FindingStatus, Severity, Verdict
from heimdall_desktop.domain.observation import Connection
from heimdall_desktop.domain.scan import Outcome
from heimdall_desktop.domain.stage import StageState
from heimdall_desktop.local.server import EmbeddedServer
from tests.fakes.watch_desk import WatchDesk, connection, outcome

EMAIL = "analyst@example.test"


@pytest.fixture
def server() -> Iterator[EmbeddedServer]:
    with EmbeddedServer() as running:
        running.add_account(EMAIL, "long enough")
        yield running


@pytest.fixture
async def desk(server: EmbeddedServer) -> AsyncIterator[WatchDesk]:
    made = WatchDesk(server.url, server.new_session(EMAIL))
    yield made
    await made.aclose()


async def test_t01_rows_are_there_before_any_event(server: EmbeddedServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("static_analysis")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    scripted.add_findings(3)
    await desk.until(lambda: len(scan.findings) == 3)
    assert scan.name == "shop"
    assert scan.running_stage is not None
    assert scan.running_stage.name == "static_analysis"


async def test_t02_a_burst_over_the_ring_is_read_whole(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    for severity in ("critical", "high", "medium", "low"):
        scripted.add_findings(75, severity)
    scripted.finish_stage()
    await desk.until(lambda: len(scan.findings) == 300)
    assert [scan.severities[severity] for severity in Severity] == [75, 75, 75, 75, 0]
    added = [change.finding.id for change in desk.changes if isinstance(change, FindingAdded)]
    assert len(added) == len(set(added)) == 300


async def test_t03_verdicts_that_nobody_announced_are_seen_at_the_end_of_the_stage(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(2, "critical")
    scripted.finish_stage().start_stage("vidarr")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: len(scan.findings) == 2)
    withdrawn = scripted.finding_ids[0]
    scripted.change_finding(withdrawn, status="false_positive", confidence="low").finish_stage()
    row_id = FindingId(withdrawn)
    await desk.until(lambda: scan.findings[row_id].verdict is Verdict.WITHDRAWN)
    assert scan.findings[row_id].status is FindingStatus.FALSE_POSITIVE


async def test_t10_t38_an_end_is_believed_after_a_listing_that_began_after_it(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    assert not scan.is_checked_to_the_end
    scripted.complete()
    await desk.until(lambda: scan.is_checked_to_the_end)
    assert not scan.is_settled
    desk.turn(6)
    await desk.until(lambda: scan.is_settled)
    assert outcome(scan) is Outcome.COMPLETED
    assert connection(scan) is Connection.ENDED


async def test_t19_t33_a_scan_cancelled_long_ago_opens_no_stream(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("tyr").cancel()
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    assert outcome(scan) is Outcome.CANCELLED_MAY_RETURN
    desk.turn(61)
    await desk.until(lambda: scan.is_settled)
    assert outcome(scan) is Outcome.CANCELLED
    assert server.call(lambda: server.broadcaster.subscriber_count(scripted.id)) == 0


async def test_t20_a_scan_that_runs_elsewhere_ends_without_an_event(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL, is_silent=True).run_until("static_analysis")
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    scripted.add_findings(130).run_until("report").complete()
    await desk.until(lambda: scan.is_checked_to_the_end)
    assert len(scan.findings) == 130


async def test_t26_a_failed_scan_revives(server: EmbeddedServer, desk: WatchDesk) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1)
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    scripted.fail("the model did not answer")
    await desk.until(lambda: outcome(scan) is Outcome.FAILED_MAY_RETRY)
    assert scan.error == "the model did not answer"
    scripted.start_stage("ingest")
    await desk.until(lambda: outcome(scan) is Outcome.NONE_YET)
    await desk.until(lambda: scan.stages[0].state is StageState.RUNNING)
    await desk.until(lambda: scan.attempt == 2)
    hunt = next(stage for stage in scan.stages if stage.name == "hunt")
    assert hunt.state is StageState.PENDING
    scripted.run_until("report").complete()
    desk.turn(6)
    await desk.until(lambda: scan.is_settled)
    assert len(scan.findings) == 1


async def test_t26_a_failure_that_stays_is_believed(
    server: EmbeddedServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1).fail()
    scan = desk.watch(scripted.id)
    await desk.until(lambda: connection(scan) is Connection.LIVE)
    assert outcome(scan) is Outcome.FAILED_MAY_RETRY
    desk.turn(31)
    await desk.until(lambda: scan.is_settled)
    assert outcome(scan) is Outcome.FAILED
    assert len(scan.findings) == 1


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
    await lonely.until(lambda: connection(scan) is Connection.STALE)
    assert scan.connection is not None
    assert scan.connection.reason
    assert len(scan.findings) == 1
    await lonely.aclose()

"""Rows that nobody announced: of scans in view, out of view, over, and gone."""

from heimdall_desktop.domain.facts.change import ScanEmptied
from heimdall_desktop.domain.facts.finding import Confidence, FindingId, FindingStatus, Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.hand_server import NOT_FOUND, SCAN_ID, UNAUTHORIZED, HandServer
from tests.fakes.watch_desk import WatchDesk, connection
from tests.fakes.watch_fixtures import EMAIL
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer


async def listed(desk: WatchDesk, scripted: ScriptedScan) -> Scan:
    """Watch a scan until what it holds has been read, and let the pauses after that pass."""
    scan = desk.watch(scripted.id)
    count = len(scripted.finding_ids)
    await desk.pass_until(lambda: scan.has_listed_once and len(scan.findings) == count)
    return scan


async def test_a_change_that_only_the_row_shows_is_found_in_the_scan_in_view(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(3)
    scan = await listed(desk, scripted)
    changed = FindingId(scripted.finding_ids[1])
    scripted.change_finding(
        scripted.finding_ids[1], confidence="high", agent_reasoning="Seen in staging."
    )
    turned_s = desk.turned_s

    await desk.pass_until(lambda: scan.findings[changed].confidence is Confidence.HIGH)

    assert scan.findings[changed].agent_reasoning == "Seen in staging."
    assert desk.turned_s - turned_s <= 10


async def test_triage_by_others_is_found_in_a_scan_out_of_view(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(3)
    looked_at = server.script_scan("forum", EMAIL).run_until("hunt")
    scan = await listed(desk, scripted)
    desk.watches.look_at((await listed(desk, looked_at)).id)
    await desk.pass_until(lambda: desk.turned_s > 20)
    triaged = FindingId(scripted.finding_ids[0])
    scripted.change_finding(scripted.finding_ids[0], status="dismissed")
    turned_s = desk.turned_s

    await desk.pass_until(lambda: scan.findings[triaged].status is FindingStatus.DISMISSED)

    assert desk.turned_s - turned_s <= 10


async def test_a_scan_that_is_over_is_read_again_while_it_is_in_view(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("report").add_findings(3).complete()
    scan = desk.watch(scripted.id)
    await desk.pass_until(lambda: connection(scan) is Connection.ENDED)
    triaged = FindingId(scripted.finding_ids[0])
    scripted.change_finding(scripted.finding_ids[0], status="fixed")

    await desk.pass_until(lambda: scan.findings[triaged].status is FindingStatus.FIXED)

    assert connection(scan) is Connection.ENDED


async def test_t50_a_scan_that_is_over_is_left_alone_while_nobody_looks(hand: HandServer) -> None:
    hand.status = "completed"
    hand.add_rows("a")
    desk = WatchDesk(hand.url, "token")
    try:
        scan = desk.watch(SCAN_ID)
        await desk.pass_until(lambda: connection(scan) is Connection.ENDED)
        desk.watch("9c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e22")  # so that neither is alone
        own = [target for target in hand.targets if SCAN_ID in target]
        turned_s = desk.turned_s
        await desk.pass_until(lambda: desk.turned_s - turned_s > 60)
        assert [target for target in hand.targets if SCAN_ID in target] == own
    finally:
        await desk.aclose()


async def test_more_rows_in_a_scan_that_is_over_wake_its_watch(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status = "failed"
    hand.add_rows("a", severity="low")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: scan.is_settled)
    hand.status = "ingesting"
    hand.add_rows("b", severity="critical")

    await hand_desk.pass_until(lambda: scan.status == "ingesting")
    await hand_desk.pass_until(lambda: connection(scan) is Connection.LIVE)

    assert not scan.is_settled
    assert scan.severities[Severity.CRITICAL] == 1


async def test_a_scan_that_is_over_rests_though_some_of_its_rows_never_came(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status, hand.total = "completed", 5
    hand.add_rows("a")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: connection(scan) is Connection.ENDED)
    polls, turned_s = hand.asked.count("live"), hand_desk.turned_s
    await hand_desk.pass_until(lambda: hand_desk.turned_s - turned_s > 30)
    assert hand.asked.count("live") == polls
    assert connection(scan) is Connection.ENDED


async def test_a_token_that_runs_out_under_a_scan_that_is_over_is_told(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.status = "completed"
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: connection(scan) is Connection.ENDED)
    hand.refusals["findings"] = UNAUTHORIZED

    await hand_desk.pass_until(lambda: connection(scan) is Connection.SIGNED_OUT)

    asked = len(hand.asked)
    await hand_desk.pass_until(lambda: hand_desk.turned_s > 60)
    assert len(hand.asked) == asked


# -- gone --


async def test_one_answer_that_knows_no_such_scan_takes_nothing_away(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.add_rows("a")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: len(scan.findings) == 1)
    hand.refusals["live"] = NOT_FOUND
    asked = hand.asked.count("live")
    await hand_desk.pass_until(lambda: hand.asked.count("live") > asked, step_s=0.5)
    hand.refusals.clear()

    await hand_desk.pass_until(lambda: hand_desk.turned_s > 30)

    assert connection(scan) is Connection.LIVE
    assert len(scan.findings) == 1


async def test_a_deleted_scan_loses_its_rows_and_says_how_many(
    server: LabServer, desk: WatchDesk
) -> None:
    scripted = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(3)
    scan = await listed(desk, scripted)
    server.call(lambda: server.database.delete_repo(scripted.repo_id))

    await desk.pass_until(lambda: connection(scan) is Connection.GONE)

    await desk.pass_until(lambda: ScanEmptied(scan.id) in desk.changes)
    assert scan.findings == {}
    assert scan.severities.total() == 0
    assert scan.lost_rows == 3


async def test_a_scan_that_is_visible_again_has_its_rows_again(
    hand: HandServer, hand_desk: WatchDesk
) -> None:
    hand.add_rows("a", "b")
    scan = hand_desk.watch(SCAN_ID)
    await hand_desk.pass_until(lambda: len(scan.findings) == 2)
    hand.refusals = dict.fromkeys(("live", "findings", "scan", "stream"), NOT_FOUND)
    await hand_desk.pass_until(lambda: connection(scan) is Connection.GONE)
    hand.refusals = {}

    hand_desk.watches.again(SCAN_ID)
    await hand_desk.pass_until(lambda: scan.has_listed_once)

    assert len(scan.findings) == 2
    assert scan.lost_rows == 0

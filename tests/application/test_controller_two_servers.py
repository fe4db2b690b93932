"""What one server says never reaches a scan of another, whatever ids it uses."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.facts.change import FindingAdded
from heimdall_desktop.domain.facts.choices import WatchedScan
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from tests.fakes.controller_desk import ControllerDesk
from tests.fakes.findings import make_finding
from tests.fakes.hand_server import SCAN_ID, HandServer, hand_server
from tests.fakes.raw_server import answer
from tests.fakes.scan_links import scan_links

HOLE = "c5b6a0c2-7d2e-4c0b-8f1a-90d1e2f3a4b5"
OTHER_SCAN = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[ControllerDesk]:
    desk = ControllerDesk(tmp_path)
    await desk.begin()
    yield desk
    await desk.aclose()


@pytest.fixture
async def servers() -> AsyncIterator[tuple[HandServer, HandServer]]:
    """Two servers, each with a scan of the same id and a finding of the same id in it."""
    async with hand_server(status="completed") as good, hand_server(status="completed") as evil:
        good.add_rows(HOLE, severity="critical", title="Good's hole")
        evil.add_rows(HOLE, severity="low", title="Evil's nothing", status="dismissed")
        yield good, evil


async def watch(desk: ControllerDesk, server: HandServer) -> Scan:
    link = desk.controller.use_server(server.url, "0" * 64)
    [scan_id] = await desk.controller.watch_links(link, scan_links(SCAN_ID))
    scan = desk.scan(scan_id)
    await desk.until(lambda: bool(scan.findings))
    return scan


def told(scan: Scan) -> list[tuple[str, Severity]]:
    return [(finding.title, finding.severity) for finding in scan.findings.values()]


@pytest.mark.parametrize("is_evil_first", [False, True])
async def test_the_same_ids_on_two_servers_are_two_scans_and_two_findings(
    servers: tuple[HandServer, HandServer], desk: ControllerDesk, is_evil_first: bool
) -> None:
    good, evil = servers
    order = (evil, good) if is_evil_first else (good, evil)
    scans = {server.url: await watch(desk, server) for server in order}
    mine, other = scans[good.url], scans[evil.url]

    assert len(desk.store) == 2
    assert told(mine) == [("Good's hole", Severity.CRITICAL)]
    assert told(other) == [("Evil's nothing", Severity.LOW)]
    [hole], [nothing] = mine.findings, other.findings
    assert desk.store.finding(hole) is mine.findings[hole]
    assert desk.store.finding(nothing) is other.findings[nothing]
    for server in (good, evil):
        assert all("@" not in target for target in server.targets)


async def test_to_stop_one_leaves_the_other(
    servers: tuple[HandServer, HandServer], desk: ControllerDesk
) -> None:
    good, evil = servers
    mine, other = await watch(desk, good), await watch(desk, evil)
    desk.controller.request_stop(other.id)
    assert list(desk.store) == [mine]
    assert told(mine) == [("Good's hole", Severity.CRITICAL)]
    assert desk.controller.preferences.settings.watched == (WatchedScan(good.url, SCAN_ID),)


async def test_late_answers_of_one_say_nothing_of_the_other(
    servers: tuple[HandServer, HandServer], desk: ControllerDesk
) -> None:
    good, evil = servers
    await watch(desk, evil)
    evil.holds |= {"live", "findings", "scan"}
    desk.controller.request_again(SCAN_ID)
    asked = len(evil.asked)
    await evil.until_asked(asked + 1)
    await desk.answer(lambda answer: desk.controller.request_sign_out(evil.url, answer))
    desk.controller.request_stop(SCAN_ID)
    mine = await watch(desk, good)
    evil.let_go()
    await evil.aclose()
    assert told(mine) == [("Good's hole", Severity.CRITICAL)]
    assert [scan.server for scan in desk.store] == [good.url]


async def test_each_comes_back_as_what_it_was(
    tmp_path: Path, servers: tuple[HandServer, HandServer]
) -> None:
    good, evil = servers
    first = ControllerDesk(tmp_path)
    await first.begin()
    known = {server.url: (await watch(first, server)).id for server in servers}
    await first.aclose()

    second = ControllerDesk(tmp_path)
    await second.begin()
    assert {scan.server: scan.id for scan in second.store} == known
    await second.until(lambda: all(scan.findings for scan in second.store))
    assert told(second.scan(known[good.url])) == [("Good's hole", Severity.CRITICAL)]
    assert told(second.scan(known[evil.url])) == [("Evil's nothing", Severity.LOW)]
    await second.aclose()


async def test_what_an_earlier_session_told_of_one_is_not_taken_for_the_other(
    tmp_path: Path, servers: tuple[HandServer, HandServer]
) -> None:
    good, evil = servers
    first = ControllerDesk(tmp_path)
    await first.begin()
    other = await watch(first, evil)
    hole = make_finding(1, id=FindingId(HOLE), scan_id=other.id, severity=Severity.CRITICAL)
    first.write_down([FindingAdded(hole)])
    first.controller.request_stop(other.id)
    await first.aclose()

    second = ControllerDesk(tmp_path)
    await second.begin()
    [line] = second.inbox.lines
    mine = await watch(second, good)
    second.write_down([FindingAdded(each) for each in mine.findings.values()])
    assert line in second.inbox.lines
    assert [each.title for each in second.inbox.lines if each != line] == ["Critical: Good's hole"]
    assert second.store.finding(line.finding_id) is None
    await second.aclose()

    third = ControllerDesk(tmp_path)
    await third.begin()
    assert [(scan.server, scan.id) for scan in third.store] == [(good.url, mine.id)]
    await third.aclose()


async def test_a_line_of_the_inbox_stays_that_of_its_own_scan(
    servers: tuple[HandServer, HandServer], desk: ControllerDesk
) -> None:
    good, evil = servers
    desk.on_changes = desk.write_down
    mine = await watch(desk, good)
    [hole] = mine.findings
    line = InboxLine(hole, "Critical: Good's hole", "", mine.id, "shop", hole, desk.now())
    desk.inbox.put(line)
    desk.policy.recall((), [line])
    await watch(desk, evil)
    desk.store.observe(FindingsListed(mine.id, 0.0, ()))
    assert desk.inbox.line(hole) == line


async def test_an_answer_about_another_scan_is_none_about_this_one(
    servers: tuple[HandServer, HandServer], desk: ControllerDesk
) -> None:
    good, evil = servers
    mine = await watch(desk, good)
    foreign = answer(
        200,
        "application/json",
        f'{{"success": true, "data": {{"id": "{OTHER_SCAN}", "repo_id": "r", "status": "failed",'
        ' "created_at": "2026-07-04T08:00:09Z", "updated_at": "2026-07-04T08:00:09Z"}}}',
        {"Connection": "close"},
    )
    evil.refusals["scan"] = foreign
    evil.rows = [{"id": HOLE, "scan_id": OTHER_SCAN, "severity": "low"}]
    link = desk.controller.use_server(evil.url, "0" * 64)
    [scan_id] = await desk.controller.watch_links(link, scan_links(SCAN_ID))
    other = desk.scan(scan_id)
    await desk.until(lambda: other.ledger.unreadable > 0 or evil.asked.count("findings") > 3)
    assert other.status != "failed"
    assert not other.findings
    assert told(mine) == [("Good's hole", Severity.CRITICAL)]


async def test_two_scans_of_one_server_keep_findings_of_one_id_apart(desk: ControllerDesk) -> None:
    one, two = (
        Scan(ScanId(each), ServerUrl("https://one.example")) for each in (SCAN_ID, OTHER_SCAN)
    )
    for scan, severity in ((one, "critical"), (two, "low")):
        desk.store.add(scan)
        row = make_finding(1, scan_id=scan.id, severity=Severity(severity))
        desk.store.observe(FindingsListed(scan.id, 1.0, (row,)))
    [first], [second] = one.findings, two.findings
    assert first != second
    assert id_on_server(second) == first
    assert one.findings[first].severity is Severity.CRITICAL
    desk.store.observe(FindingsListed(two.id, 2.0, (make_finding(1, scan_id=two.id),)))
    assert len(two.findings) == 1
    desk.store.remove(one.id)
    assert desk.store.finding(FindingId(second)) is two.findings[second]

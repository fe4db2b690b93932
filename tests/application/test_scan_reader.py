"""A scan for a list: what is read of it, and what is not asked for twice."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from heimdall_desktop.application.scan_reader import ScanReader, described, refusal, scan_id_of
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.domain.facts.finding import FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.observation import Counts, FoundRepo
from heimdall_desktop.domain.facts.scan_link import ScanLink
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.stages.stage_times import NO_TIMES
from heimdall_desktop.presentation.error_text import cause
from tests.lab.faults import Fault, Shape
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker

EMAIL = "mira@example.test"
DESCRIBE = partial(
    described, clock=lambda: 0.0, now=lambda: datetime.now(UTC), usual=lambda _scan: NO_TIMES
)


@pytest.fixture(scope="module")
def server() -> Iterator[LabServer]:
    with LabServer(worker=lambda *_: IdleWorker()) as running:
        running.add_account(EMAIL, "long enough")
        yield running


@pytest.fixture
async def link(server: LabServer) -> AsyncIterator[ServerSession]:
    link = ServerSession(server_url(server.url), lambda: 0.0)
    link.use_token(server.new_session(EMAIL), EMAIL)
    server.requests.reset()
    yield link
    await link.aclose()


async def test_the_counts_of_a_completed_scan_need_no_snapshot(
    server: LabServer, link: ServerSession
) -> None:
    done = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(2, "low")
    done.run_until("report").complete()
    failed = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1).fail_finally()
    reader = ScanReader(link, DESCRIBE)
    found = [await reader.read(ScanId(scan.id)) for scan in (done, failed)]
    assert [scan and scan.counts for scan in found] == [Counts(2, low=2), Counts(1, high=1)]
    kinds = dict(server.requests.by_kind)
    assert kinds == {"scan": 2, "live": 1, "repo": 1}


async def test_what_a_server_does_not_offer_is_left_out(
    server: LabServer, link: ServerSession
) -> None:
    scan = server.script_scan("shop", EMAIL).run_until("hunt")
    server.faults.add(
        Fault(Shape.PAGE, "live", status=404), Fault(Shape.ENVELOPE, "repo", status=404)
    )
    found = await ScanReader(link, DESCRIBE).read(ScanId(scan.id))
    assert found is not None
    assert (found.repo.name, found.counts) == (scan.repo_id, None)


async def test_a_scan_of_another_repository_is_none_of_its_scans(
    server: LabServer, link: ServerSession
) -> None:
    shop, web = (server.script_scan(name, EMAIL) for name in ("shop", "web"))
    reader = ScanReader(link, DESCRIBE, FoundRepo(RepoId(shop.repo_id), "shop"))
    assert await reader.read(ScanId(web.id)) is None
    assert await reader.read(ScanId(shop.id)) is not None
    assert server.requests.by_kind["repo"] == 0


async def test_a_finding_leads_to_its_scan(server: LabServer, link: ServerSession) -> None:
    scan = server.script_scan("shop", EMAIL).run_until("hunt").add_findings(1)
    named = ScanLink(None, None, FindingId(scan.finding_ids[0]))
    assert await scan_id_of(link, named) == ScanId(scan.id)
    assert await scan_id_of(link, ScanLink(None, ScanId(scan.id))) == ScanId(scan.id)


def test_a_refusal_says_how_many() -> None:
    assert cause(refusal(1, 1)).startswith("This scan doesn't exist or belongs to another account.")
    assert cause(refusal(2, 5)).startswith("2 of 5 scans")

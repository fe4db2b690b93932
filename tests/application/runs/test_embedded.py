"""The embedded server: one process, started when wanted, started again after it died."""

import asyncio
import os
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.application.runs.embedded import RECORDINGS, Embedded
from heimdall_desktop.application.servers.server_session import ServerSession
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.reason import COMMENT, Reason, reason_of
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.local.steps import recording
from heimdall_desktop.local.worker import LONGEST_RETRY_DELAY_S
from heimdall_desktop.services import local_process
from tests.fakes.desk_parts import raises_saying
from tests.fakes.fault_proxy import Fault, FaultKind, FaultProxy, fault_proxy
from tests.fakes.waiting import WAIT_LIMIT_S


class Desk:
    """An embedded server, the processes it started, and its deaths."""

    def __init__(self) -> None:
        self.servers: list[local_process.LocalServer] = []
        self.links: list[ServerSession] = []
        self.deaths: asyncio.Queue[errors.HeimdallError] = asyncio.Queue()
        self.lets_in = True
        self.proxy: FaultProxy | None = None
        self.tasks = Tasks(lambda _name, error: pytest.fail(str(error)))
        self.embedded = Embedded(
            self.tasks,
            speed=1000,
            clock=time.monotonic,
            on_death=self.deaths.put_nowait,
            start=self.start,
        )

    async def start(self, order: local_process.LocalServerOrder) -> local_process.LocalServer:
        """Start a real one; unless it is to let us in, it has another password than it says."""
        server = await local_process.start_local_server(order)
        if self.proxy is not None:
            self.proxy.upstream = urlsplit(server.url).port or 0
            server.url = server_url(self.proxy.url)
        server.password += "" if self.lets_in else "?"
        self.servers.append(server)
        return server

    async def link(self) -> ServerSession:
        """Return the link of the embedded server; it is closed at the end."""
        link = await self.embedded.link()
        self.links.append(link)
        return link

    async def aclose(self) -> None:
        for link in self.links:
            await link.aclose()
        await self.embedded.aclose()
        await self.tasks.aclose()


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    yield made
    await made.aclose()


async def test_two_wishes_at_once_start_one_process(desk: Desk) -> None:
    first, second = await asyncio.gather(desk.link(), desk.link())
    assert first is second
    assert first.is_embedded
    assert first.retry_limit_s == LONGEST_RETRY_DELAY_S / 1000 + 2
    assert len(desk.servers) == 1
    assert await first.api.me() == desk.servers[0].account
    await desk.embedded.aclose()
    assert not desk.servers[0].is_running
    assert desk.deaths.empty()


async def test_nothing_is_started_before_it_is_wanted(desk: Desk) -> None:
    await desk.embedded.aclose()
    assert desk.servers == []


async def test_recordings_come_in_their_order(desk: Desk) -> None:
    link = await desk.link()
    reads = [await link.api.scan(scan_id) for scan_id in await desk.embedded.play_recordings()]
    repos = [await link.api.repo(read.scan_id, read.repo_id) for read in reads]
    assert [repo.name for repo in repos] == [recording(name).repository for name in RECORDINGS]
    assert len({repo.name for repo in repos}) == 6


async def test_the_last_recording_is_a_later_scan_of_what_the_first_one_scanned(desk: Desk) -> None:
    link = await desk.link()
    first, *_, last = await desk.embedded.play_recordings()
    earlier, later = await link.api.scan(first), await link.api.scan(last)
    assert (earlier.status, earlier.repo_id) == ("completed", later.repo_id)
    assert earlier.created_at < later.created_at
    assert list((await link.pages.repo(earlier.repo_id, 1)).scans) == [last, first]

    played_again = await desk.embedded.play_recordings()
    assert played_again[0] == first, "what has ended is not played again"
    assert not {*played_again[1:]} & {last}
    assert set((await link.pages.repo(earlier.repo_id, 1)).scans) == {
        *(first, last, played_again[-1])
    }


async def test_its_decisions_are_ours_or_not_and_only_our_reasons_count(desk: Desk) -> None:
    link = await desk.link()
    first, *_ = await desk.embedded.play_recordings()
    rows = [
        row for page in range(1, 4) for row in (await link.api.findings_page(first, page)).findings
    ]
    events = {row.id: await link.finding_events(row.id) for row in rows}
    decided = [history for history in events.values() if history]
    assert len(decided) == 60
    last_changes = [
        [event for event in history if event.event_type != COMMENT][-1] for history in decided
    ]
    assert Counter(event.is_own for event in last_changes) == {True: 52, False: 8}
    reasons = Counter(
        given.reason for history in decided if (given := reason_of(history)) is not None
    )
    assert reasons == {
        Reason.TEST_CODE: 3,
        Reason.NOT_REACHABLE: 3,
        Reason.MITIGATED: 3,
        Reason.ACCEPTED: 5,
        Reason.DUPLICATE: 2,
        Reason.OTHER: 2,
    }


async def test_a_folder_with_an_odd_name_is_scanned(desk: Desk, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xffb\nc"))
    folder.mkdir()  # noqa: ASYNC240 - no one waits
    link = await desk.link()
    read = await link.api.scan(await desk.embedded.scan_folder(folder))
    reported = await link.api.repo(read.scan_id, read.repo_id)
    assert reported.name.isprintable()


async def test_t55_after_lost_answers_a_folder_is_scanned_once(desk: Desk, tmp_path: Path) -> None:
    async with fault_proxy(0) as desk.proxy:
        link = await desk.link()
        for _ in range(2):
            desk.proxy.arm(Fault(FaultKind.DROP, "repo"))
        scan_id = await desk.embedded.scan_folder(tmp_path)
        assert desk.proxy.hits["closed at a byte (answer)"] == 2
        repos = (await link.pages.repos(1)).repos
        names = {repo_id: (await link.api.found_repo(repo_id)).name for repo_id in repos}
        [repo_id] = [repo_id for repo_id, name in names.items() if name == tmp_path.name]
        assert (await link.pages.repo(repo_id, 1)).scans == (scan_id,)


async def test_a_process_that_died_is_reported_and_started_again(desk: Desk) -> None:
    former = await desk.link()
    desk.servers[0]._process.kill()
    async with asyncio.timeout(WAIT_LIMIT_S):
        assert isinstance(await desk.deaths.get(), errors.LocalServerError)
    link = await desk.link()
    assert link is not former
    assert await link.api.me()


async def test_what_listens_where_a_dead_process_did_learns_no_secret(desk: Desk) -> None:
    link = await desk.link()
    desk.servers[0]._process.kill()
    async with asyncio.timeout(WAIT_LIMIT_S):
        await desk.deaths.get()
    with socket.socket() as impostor:
        impostor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        impostor.bind(("127.0.0.1", int(link.url.rpartition(":")[2])))
        impostor.listen()
        impostor.setblocking(False)
        with raises_saying(errors.ServerUnreachable, match="has stopped"):
            await link.api.me()
        with pytest.raises(BlockingIOError):
            impostor.accept()


async def test_a_process_that_refuses_the_sign_in_is_ended(desk: Desk) -> None:
    desk.lets_in = False
    with pytest.raises(errors.SignedOut):
        await desk.link()
    assert not desk.servers[0].is_running
    desk.lets_in = True
    link = await desk.link()
    assert await link.api.me()


async def test_a_process_that_does_not_come_up_is_reported() -> None:
    async def fail(_order: local_process.LocalServerOrder) -> local_process.LocalServer:
        raise errors.LocalServerError(errors.Reason.LOCAL_ENDED_AT_ONCE)

    tasks = Tasks(lambda _name, error: pytest.fail(str(error)))
    embedded = Embedded(
        tasks, speed=1, clock=time.monotonic, on_death=lambda _error: None, start=fail
    )
    with pytest.raises(errors.LocalServerError):
        await embedded.link()
    await embedded.aclose()

"""So many scans are watched as the window can follow; one more is refused with a sentence."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from heimdall_desktop.application import watches
from heimdall_desktop.domain.facts.errors import TooManyScans
from heimdall_desktop.domain.facts.finding import RepoId
from heimdall_desktop.local.worker import IdleWorker
from heimdall_desktop.presentation.error_text import error_text
from tests.fakes.controller_desk import ControllerDesk
from tests.fakes.scan_links import scan_links
from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer

EMAIL, PASSWORD = "mira@example.test", "long enough"
MOST = 2


@pytest.fixture
def server() -> Iterator[LabServer]:
    with LabServer(auth_burst=1_000, worker=lambda *_: IdleWorker()) as running:
        running.add_account(EMAIL, PASSWORD)
        yield running


@pytest.fixture
async def full(
    server: LabServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ControllerDesk]:
    """A desk with as many scans as there is room for."""
    monkeypatch.setattr(watches, "MOST_WATCHED", MOST)
    desk = ControllerDesk(tmp_path)
    await desk.begin()
    assert await desk.sign_in(server.url, EMAIL, PASSWORD) is None
    for number in range(MOST):
        assert await desk.watch(running(server, number).id) is None
    yield desk
    await desk.aclose()


def running(server: LabServer, number: int) -> ScriptedScan:
    return server.script_scan(f"service-{number}", EMAIL).run_until("hunt")


async def test_one_more_is_refused_wherever_it_comes_from(
    server: LabServer, full: ControllerDesk, tmp_path: Path
) -> None:
    more, controller = running(server, 9), full.controller
    link = full.accounts.in_use
    assert link is not None
    refused = [
        await full.watch(more.id),
        await full.watch(f"{server.url}/scans/{more.id}"),
        await full.answer(lambda answer: controller.request_folder_scan(tmp_path, answer)),
        await full.answer(
            lambda answer: controller.scans.request_repo_scan(RepoId(more.repo_id), answer)
        ),
    ]
    for error in refused:
        assert isinstance(error, TooManyScans)
        assert error_text(error) == (
            "2 scans are watched. More would slow down the window. "
            "Stop watching some of them first."
        )
    with pytest.raises(TooManyScans):
        await controller.watch_links(link, scan_links(more.id))
    assert len(full.store) == MOST


async def test_what_is_watched_already_may_be_named_again(full: ControllerDesk) -> None:
    [first, _] = full.store
    assert await full.watch(first.id) is None


async def test_there_is_room_again_once_one_is_stopped(
    server: LabServer, full: ControllerDesk
) -> None:
    more, [first, _] = running(server, 9), full.store
    full.controller.request_stop(first.id)
    assert await full.watch(more.id) is None
    assert len(full.store) == MOST


async def test_new_scans_that_find_no_room_are_told_once(
    server: LabServer, full: ControllerDesk
) -> None:
    for number in range(5, 9):
        running(server, number)
    full.watch_new_scans(is_on=True)
    await full.until(lambda: bool(full.problems))
    full.controller.request_again(None)
    states = len(full.server_states)
    await full.until(lambda: len(full.server_states) > states)
    assert [type(problem) for problem in full.problems] == [TooManyScans]
    assert len(full.store) == MOST


async def test_a_board_of_an_earlier_session_comes_back_whole(
    full: ControllerDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await full.aclose()
    monkeypatch.setattr(watches, "MOST_WATCHED", MOST - 1)
    again = ControllerDesk(tmp_path, full.keyring)
    await again.begin()
    assert len(again.store) == MOST
    await again.aclose()

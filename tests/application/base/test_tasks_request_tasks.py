"""A request gives its answer whatever comes of it."""

import asyncio

import pytest

from heimdall_desktop.application.base.tasks import RequestTasks, Tasks
from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, Reason


class Answers:
    """Requests whose answers are waited for."""

    def __init__(self) -> None:
        self.defects: list[BaseException] = []
        self.tasks = Tasks(lambda _name, error: self.defects.append(error))
        self.requests = RequestTasks(self.tasks)
        self.given: asyncio.Queue[int | HeimdallError | None] = asyncio.Queue()


@pytest.fixture
async def answers() -> Answers:
    return Answers()


async def test_what_was_read_is_the_answer(answers: Answers) -> None:
    async def work() -> int:
        return 42

    answers.requests.start(work, answers.given.put_nowait, name="work")
    assert await answers.given.get() == 42


async def test_done_is_answered_by_nothing(answers: Answers) -> None:
    async def work() -> None:
        pass

    answers.requests.start(work, answers.given.put_nowait, name="work")
    assert await answers.given.get() is None


async def test_an_expected_trouble_is_the_answer(answers: Answers) -> None:
    async def work() -> None:
        raise LinkError(Reason.NO_SCAN_IN_TEXT)

    answers.requests.start(work, answers.given.put_nowait, name="work")
    assert isinstance(await answers.given.get(), LinkError)
    assert answers.defects == []


async def test_a_defect_is_answered_too_and_reported(answers: Answers) -> None:
    async def work() -> None:
        raise ZeroDivisionError

    answers.requests.start(work, answers.given.put_nowait, name="work")
    assert isinstance(await answers.given.get(), HeimdallError)
    await answers.requests.aclose()
    await asyncio.sleep(0)
    assert [type(defect) for defect in answers.defects] == [ZeroDivisionError]


async def test_closing_ends_what_is_under_way_without_an_answer(answers: Answers) -> None:
    ended: list[bool] = []
    begun = asyncio.Event()

    async def work() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    answers.requests.start(work, answers.given.put_nowait, name="work")
    await begun.wait()
    await answers.requests.aclose()
    assert ended == [True]
    assert answers.given.empty()


async def test_a_request_that_never_began_leaves_nothing_behind(answers: Answers) -> None:
    async def work() -> None:
        raise AssertionError

    answers.requests.start(work, answers.given.put_nowait, name="work")
    await answers.requests.aclose()
    assert answers.given.empty()
    assert answers.defects == []

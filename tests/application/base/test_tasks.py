"""Tasks: kept alive, named, their errors reported, all of them ended by aclose."""

import asyncio
import gc
import logging
from contextlib import suppress

import pytest

from heimdall_desktop.application.base.tasks import RequestTasks, Tasks
from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, Reason
from tests.fakes.waiting import WAIT_LIMIT_S


class ErrorSink:
    """Remembers what was reported and says when the first report came."""

    def __init__(self) -> None:
        self.reports: list[tuple[str, BaseException]] = []
        self.reported = asyncio.Event()

    def __call__(self, name: str, error: BaseException) -> None:
        self.reports.append((name, error))
        self.reported.set()


@pytest.fixture
async def sink() -> ErrorSink:
    return ErrorSink()


@pytest.fixture
async def tasks(sink: ErrorSink) -> Tasks:
    return Tasks(sink)


async def test_gives_back_the_result_under_the_name(tasks: Tasks, sink: ErrorSink) -> None:
    async def answer() -> int:
        return 42

    task = tasks.spawn(answer(), name="answer")

    assert task.get_name() == "answer"
    assert await task == 42
    assert sink.reports == []


async def test_an_error_is_reported_with_the_name_and_logged(
    tasks: Tasks, sink: ErrorSink, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        raise ValueError("no such scan")

    tasks.spawn(fail(), name="watch of a scan")
    with caplog.at_level(logging.ERROR, "heimdall.tasks"):
        await sink.reported.wait()

    [(name, error)] = sink.reports
    assert (name, str(error)) == ("watch of a scan", "no such scan")
    assert "watch of a scan" in caplog.text


async def test_a_task_that_is_held_nowhere_survives_garbage_collection(tasks: Tasks) -> None:
    done = asyncio.Event()

    async def work() -> None:
        await asyncio.get_running_loop().run_in_executor(None, gc.collect)
        done.set()

    tasks.spawn(work(), name="work")
    gc.collect()

    await done.wait()


async def test_aclose_ends_a_task_that_is_just_cancelling_itself(tasks: Tasks) -> None:
    started = asyncio.Event()

    async def work() -> None:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()  # as a library does that connects by two ways at once
        started.set()
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(0)
        task.uncancel()
        await asyncio.Event().wait()

    task = tasks.spawn(work(), name="work")
    await started.wait()
    assert task.cancelling() == 1
    async with asyncio.timeout(WAIT_LIMIT_S):
        await tasks.aclose()
    assert task.cancelled()


async def test_aclose_waits_until_each_task_has_cleaned_up(tasks: Tasks, sink: ErrorSink) -> None:
    cleaned: list[str] = []
    started = asyncio.Semaphore(0)

    async def work(name: str) -> None:
        try:
            started.release()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.append(name)

    for name in ("first", "second"):
        tasks.spawn(work(name), name=name)
        await started.acquire()
    await tasks.aclose()

    assert sorted(cleaned) == ["first", "second"]
    assert sink.reports == []


async def test_aclose_ends_what_a_task_starts_while_it_cleans_up(tasks: Tasks) -> None:
    started = asyncio.Event()
    late: list[asyncio.Task[bool]] = []

    async def work() -> None:
        try:
            started.set()
            await asyncio.Event().wait()
        finally:
            late.append(tasks.spawn(asyncio.Event().wait(), name="late"))

    tasks.spawn(work(), name="work")
    await started.wait()
    await tasks.aclose()

    assert late[0].cancelled()


async def test_aclose_may_be_called_from_a_task_of_its_own(tasks: Tasks) -> None:
    other = tasks.spawn(asyncio.Event().wait(), name="other")

    await tasks.spawn(tasks.aclose(), name="closing")

    assert other.cancelled()


async def test_aclose_does_not_break_into_cleaning_up(tasks: Tasks) -> None:
    cleaning, may_end = asyncio.Event(), asyncio.Event()
    ended: list[bool] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cleaning.set()
            await may_end.wait()
            ended.append(True)

    task = tasks.spawn(work(), name="work")
    await asyncio.sleep(0)
    task.cancel()
    await cleaning.wait()
    asyncio.get_running_loop().call_soon(may_end.set)
    await tasks.aclose()

    assert ended == [True]


# -- a request gives its answer whatever comes of it --


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


@pytest.mark.parametrize("result", [42, None, LinkError(Reason.NO_SCAN_IN_TEXT)])
async def test_the_result_or_an_expected_error_is_the_answer(
    answers: Answers, result: int | HeimdallError | None
) -> None:
    async def work() -> int | None:
        if isinstance(result, HeimdallError):
            raise result
        return result

    answers.requests.start(work, answers.given.put_nowait, name="work")
    assert await answers.given.get() == result
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
    started = asyncio.Event()

    async def work() -> None:
        try:
            started.set()
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    answers.requests.start(work, answers.given.put_nowait, name="work")
    await started.wait()
    await answers.requests.aclose()
    assert ended == [True]
    started.clear()
    answers.requests.start(work, answers.given.put_nowait, name="late")
    await asyncio.sleep(0)
    assert not started.is_set()
    assert answers.given.empty()


async def test_a_request_that_never_began_leaves_nothing_behind(answers: Answers) -> None:
    async def work() -> None:
        raise AssertionError

    answers.requests.start(work, answers.given.put_nowait, name="work")
    await answers.requests.aclose()
    assert answers.given.empty()
    assert answers.defects == []

"""Places for requests: first come, first served; fewer after losses, more after quiet minutes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import httpx
import pytest

from heimdall_desktop.services.transport import limiter
from heimdall_desktop.services.transport.limiter import (
    FIRST_AT_ONCE,
    GROWS_AFTER_READS,
    GROWS_AFTER_S,
    Deadlines,
)
from heimdall_desktop.services.transport.purpose import asking_for


class Queue:
    """Requests with names, each of which holds its place until it is released."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.no_wait = partial(patch.setattr, limiter, value=0.0)
        self.now_s = 0.0
        self.deadlines = Deadlines()
        self.limiter = limiter.Limiter(lambda: self.now_s, self.deadlines)
        self.begun: list[str] = []
        self.places: dict[str, limiter.Place] = {}
        self._ends: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, *names: str, **how: Any) -> None:
        """Ask for a place for each, and give it the time to begin."""
        for name in names:
            self._ends[name] = asyncio.Event()
            work = self._hold(name, **how)
            self.tasks[name] = asyncio.get_running_loop().create_task(work)
        await rest()

    async def end(self, *names: str) -> None:
        """Let requests end."""
        for name in names:
            self._ends[name].set()
        await rest()

    async def _hold(self, name: str, **how: Any) -> None:
        async with self.limiter.place(**how) as self.places[name]:
            self.begun.append(name)
            await self._ends[name].wait()


async def rest() -> None:
    """Let all tasks do what they can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def look() -> None:
    """Let whatever is due be done."""
    for _ in range(3):
        await asyncio.sleep(0.001)
    await rest()


@pytest.fixture
async def queue(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Queue]:
    made = Queue(monkeypatch)
    made.no_wait("LOOK_S")
    yield made
    for task in made.tasks.values():
        task.cancel()
    await asyncio.gather(*made.tasks.values(), return_exceptions=True)
    made.deadlines.close()
    assert made.limiter.free == made.limiter.limit


async def test_those_that_came_first_have_their_turn_first(queue: Queue) -> None:
    await queue.ask("a", "b", "c", "d")
    assert queue.begun == ["a", "b"]
    await queue.end("b")
    assert queue.begun == ["a", "b", "c"]
    await queue.end("a")
    assert queue.begun == ["a", "b", "c", "d"]


async def test_a_repeat_goes_before_what_was_never_sent(queue: Queue) -> None:
    await queue.ask("a", "b", "c")
    await queue.ask("again", is_repeat=True)
    await queue.end("a")
    assert queue.begun == ["a", "b", "again"]


async def test_what_is_patient_lets_pass_what_comes_a_little_later(queue: Queue) -> None:
    await queue.ask("a", "b")
    await queue.ask("page", patience_s=3.0)
    queue.now_s = 2.9
    await queue.ask("poll")
    queue.now_s = 3.1
    await queue.ask("late")
    await queue.end("a", "b", "poll")
    assert queue.begun == ["a", "b", "poll", "page", "late"]


async def test_a_cancelled_request_blocks_no_other(queue: Queue) -> None:
    await queue.ask("a", "b", "c", "d")
    queue.tasks["c"].cancel()
    queue.tasks["a"].cancel()
    await rest()
    assert queue.begun == ["a", "b", "d"]


async def test_a_place_given_to_one_that_is_called_off_at_once_is_free(queue: Queue) -> None:
    async with queue.limiter.place():
        await queue.ask("a", "b")
    queue.tasks["b"].cancel()  # its turn has come, and it does not know yet
    await rest()
    assert queue.begun == ["a"]
    assert queue.limiter.free == FIRST_AT_ONCE - 1


async def test_t54_the_limit_is_halved_at_a_loss_and_grows_by_the_minute(queue: Queue) -> None:
    limits = []
    for _ in range(4):
        queue.now_s += GROWS_AFTER_S
        limits.append(queue.limiter.limit)
    assert limits == [3, 4, limiter.MOST_AT_ONCE, limiter.MOST_AT_ONCE]
    queue.limiter.lost(queue.now_s)
    assert queue.limiter.limit == 2
    queue.now_s += GROWS_AFTER_S - 1
    assert queue.limiter.limit == 2
    queue.limiter.lost(queue.now_s)
    queue.limiter.lost(queue.now_s)
    assert queue.limiter.limit == 1
    queue.now_s += GROWS_AFTER_S
    assert queue.limiter.limit == 2


async def test_t54_the_limit_grows_by_many_good_reads_in_a_row(queue: Queue) -> None:
    limits = []
    for number in range(3 * GROWS_AFTER_READS):
        queue.limiter.note_read(is_good=True)
        if number % GROWS_AFTER_READS >= GROWS_AFTER_READS - 2:
            limits.append(queue.limiter.limit)
    assert limits == [2, 3, 3, 4, 4, limiter.MOST_AT_ONCE]


async def test_t54_a_refused_read_ends_the_row(queue: Queue) -> None:
    for _ in range(3):
        for _ in range(GROWS_AFTER_READS - 1):
            queue.limiter.note_read(is_good=True)
        queue.limiter.note_read(is_good=False)
    assert queue.limiter.limit == FIRST_AT_ONCE


async def test_t54_where_a_request_was_lost_only_quiet_minutes_count(queue: Queue) -> None:
    queue.limiter.lost(queue.now_s)
    for _ in range(4 * GROWS_AFTER_READS):
        queue.limiter.note_read(is_good=True)
    assert queue.limiter.limit == 1
    queue.now_s += GROWS_AFTER_S
    assert queue.limiter.limit == 2


async def test_requests_lost_together_count_once(queue: Queue) -> None:
    queue.now_s = 2 * GROWS_AFTER_S
    assert [queue.limiter.limit, queue.limiter.limit] == [3, 3]
    queue.now_s *= 2
    assert queue.limiter.limit == 4
    asked_at_s = queue.now_s
    queue.now_s += 1
    for _ in range(3):
        queue.limiter.lost(asked_at_s)
    assert queue.limiter.limit == 2


async def test_t55_a_write_waits_for_the_reads_before_it_and_holds_the_next(queue: Queue) -> None:
    await queue.ask("a", "b")
    await queue.ask("write", is_write=True)
    await queue.ask("c")
    await queue.end("a")
    assert queue.begun == ["a", "b"]
    await queue.end("b")
    assert queue.begun == ["a", "b", "write"]
    assert queue.limiter.writes == 1
    await queue.end("write")
    assert queue.begun == ["a", "b", "write", "c"]
    assert queue.limiter.writes == 0


async def test_t55_two_writes_go_at_once_until_the_server_has_lost_something(queue: Queue) -> None:
    await queue.ask("one", "two", "three", is_write=True)
    assert queue.begun == ["one", "two"]
    queue.limiter.lost(queue.now_s)
    await queue.end("one")
    assert queue.begun == ["one", "two"]
    await queue.end("two")
    assert queue.begun == ["one", "two", "three"]
    await queue.ask("four", is_write=True)
    assert queue.begun == ["one", "two", "three"]
    await queue.end("three")
    assert queue.begun == ["one", "two", "three", "four"]


async def test_t55_no_second_write_goes_beside_a_write_and_a_read(queue: Queue) -> None:
    queue.no_wait("WRITE_ALONE_S")
    await queue.ask("read")
    await queue.ask("one", is_write=True)
    await look()
    await queue.ask("two", is_write=True, alone_s=60.0)
    await look()
    assert queue.begun == ["read", "one"]
    await queue.end("read")
    assert queue.begun == ["read", "one", "two"]


async def test_between_many_writes_the_reads_that_are_due_have_their_turn(queue: Queue) -> None:
    queue.limiter.lost(queue.now_s)
    await queue.ask("write 0", is_write=True)
    await queue.ask("poll")
    for number in range(1, 9):
        queue.now_s += 1.0
        await queue.ask(f"write {number}", is_write=True)
        await queue.end(f"write {number - 1}")
        if "poll" in queue.begun:
            break
    assert queue.begun == [*(f"write {number}" for number in range(5)), "poll"]
    await queue.end("poll")
    assert queue.begun[-1] == "write 5"


async def test_a_write_does_not_wait_for_ever(queue: Queue) -> None:
    queue.no_wait("WRITE_ALONE_S")
    await queue.ask("a")
    await queue.ask("write", is_write=True)
    await look()
    assert queue.begun == ["a", "write"]


async def test_a_write_that_takes_long_keeps_no_read_waiting(queue: Queue) -> None:
    async with queue.limiter.place(is_write=True, longest_s=0.0):
        await queue.ask("a", "b")
        await look()
        assert queue.begun == ["a", "b"]
        assert queue.limiter.writes == 1


async def test_an_answer_that_trickles_gives_its_place_back_after_its_head(queue: Queue) -> None:
    queue.no_wait("BODY_S")
    await queue.ask("a", "b", "c")
    await look()
    assert queue.begun == ["a", "b"]  # whose threads are still at work
    queue.places["a"].note_head()
    await look()
    assert queue.begun == ["a", "b", "c"]
    await queue.ask("d")
    await queue.end("a")  # it has no place to give any more
    assert queue.begun == ["a", "b", "c"]
    await queue.end("b")
    assert queue.begun == ["a", "b", "c", "d"]


async def test_few_answers_trickle_beside_those_with_a_place(queue: Queue) -> None:
    queue.no_wait("BODY_S")
    names = [f"trickle {number}" for number in range(limiter.SLOW_AT_ONCE + FIRST_AT_ONCE)]
    await queue.ask(*names)
    for _ in names:
        for place in queue.places.values():
            place.note_head()
        await look()
    await queue.ask("next")
    assert queue.begun == names
    await queue.end(names[0])  # so that another one may go on without its place
    await look()
    assert queue.begun == [*names, "next"]


async def test_t54_answers_without_a_head_and_those_given_up_are_four_at_most(queue: Queue) -> None:
    queue.no_wait("HEADLESS_S")
    await queue.ask("a", "b", "c", "d", "e")
    await look()
    assert queue.begun == ["a", "b", "c", "d"]
    await queue.end("a")
    await look()
    assert queue.begun == ["a", "b", "c", "d", "e"]


async def test_a_request_waits_for_its_turn_only_so_long(queue: Queue) -> None:
    await queue.ask("a", "b", "c", "d")
    queue.now_s = limiter.QUEUE_S
    queue.limiter.lost(queue.now_s)
    await queue.ask("e")
    with pytest.raises(limiter.QueueTooLong):
        await queue.tasks["c"]
    await queue.end("a", "b")
    assert queue.begun == ["a", "b", "e"]


async def for_ever(deadlines: Deadlines, longest_s: float, *, is_repeatable: bool = True) -> None:
    async with deadlines.bound(longest_s, is_repeatable=is_repeatable):
        await asyncio.Event().wait()


async def test_what_may_take_less_ends_first_whenever_it_began() -> None:
    deadlines = Deadlines()
    ended: list[float] = []

    async def noted(longest_s: float) -> None:
        with pytest.raises(httpx.ReadTimeout):
            await for_ever(deadlines, longest_s)
        ended.append(longest_s)

    await asyncio.gather(noted(0.3), noted(0.1), noted(0.2))
    assert ended == [0.1, 0.2, 0.3]


async def test_many_requests_arm_one_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, armed = asyncio.get_running_loop(), 0
    call_later = loop.call_later

    def counting(
        delay: float, callback: Callable[..., object], *args: object
    ) -> asyncio.TimerHandle:
        nonlocal armed
        armed += 1
        return call_later(delay, callback, *args)

    monkeypatch.setattr(loop, "call_later", counting)
    monkeypatch.setattr(limiter, "LOOK_S", 60.0)
    deadlines = Deadlines()
    for _ in range(100):
        async with deadlines.bound(60.0, is_repeatable=True):
            await asyncio.sleep(0)
    deadlines.close()
    assert armed == 1


async def test_an_end_that_is_moved_is_another_one() -> None:
    deadlines = Deadlines()

    async def moved() -> None:
        async with deadlines.bound(3600.0, is_repeatable=True) as end:
            end.at_s = 0.0
            await asyncio.Event().wait()

    with pytest.raises(httpx.ReadTimeout):
        await moved()


async def test_only_what_may_be_repeated_is_hung_up() -> None:
    deadlines = Deadlines()
    reading = for_ever(deadlines, 60.0)
    writing = for_ever(deadlines, 0.2, is_repeatable=False)

    async def hang_up() -> None:
        deadlines.hang_up()

    reported = await asyncio.gather(reading, writing, hang_up(), return_exceptions=True)
    assert [type(error) for error in reported[:2]] == [limiter.BrokenOff, httpx.ReadTimeout]
    deadlines.close()


async def test_of_what_is_asked_for_a_purpose_only_that_is_hung_up() -> None:
    deadlines = Deadlines()

    async def ask(purpose: str, longest_s: float) -> None:
        with asking_for(purpose):
            await asyncio.gather(for_ever(deadlines, longest_s))  # also by tasks that begin within

    async def hang_up() -> None:
        await asyncio.sleep(0)
        deadlines.hang_up("this")

    reported = await asyncio.gather(
        ask("this", 60.0),
        ask("other", 0.2),
        for_ever(deadlines, 0.2),
        hang_up(),
        return_exceptions=True,
    )
    kinds = [type(error) for error in reported[:3]]
    assert kinds == [limiter.BrokenOff, httpx.ReadTimeout, httpx.ReadTimeout]
    deadlines.close()

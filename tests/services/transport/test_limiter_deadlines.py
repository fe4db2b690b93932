"""The ends of requests: the earliest comes first, and one timer does for all."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from heimdall_desktop.services.transport import limiter as deadlines_module
from heimdall_desktop.services.transport.limiter import BrokenOff, Deadlines
from heimdall_desktop.services.transport.purpose import asking_for


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
    monkeypatch.setattr(deadlines_module, "LOOK_S", 60.0)
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

    told = await asyncio.gather(reading, writing, hang_up(), return_exceptions=True)
    assert [type(error) for error in told[:2]] == [BrokenOff, httpx.ReadTimeout]
    deadlines.close()


async def test_of_what_is_asked_for_a_purpose_only_that_is_hung_up() -> None:
    deadlines = Deadlines()

    async def ask(purpose: str, longest_s: float) -> None:
        with asking_for(purpose):
            await asyncio.gather(for_ever(deadlines, longest_s))  # also by tasks that begin within

    async def hang_up() -> None:
        await asyncio.sleep(0)
        deadlines.hang_up("this")

    told = await asyncio.gather(
        ask("this", 60.0),
        ask("other", 0.2),
        for_ever(deadlines, 0.2),
        hang_up(),
        return_exceptions=True,
    )
    kinds = [type(error) for error in told[:3]]
    assert kinds == [BrokenOff, httpx.ReadTimeout, httpx.ReadTimeout]
    deadlines.close()

"""A sweep continues past failed items, retries them, and names the rest; a list of pages too."""

import asyncio
from collections.abc import Iterable

import pytest

from heimdall_desktop.application.discovery import scan_listing
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    PageUnreadable,
    Reason,
    ServerBusy,
    ServerFault,
    ServerUnreachable,
    SignedOut,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.services.page_links import PageLinks

FAULT, LOST = (
    ServerFault(Reason.SERVER_FAILED, host="h.test", answer="HTTP 500"),
    ServerUnreachable(Reason.CONNECTION_BROKE, host="h.test"),
)


class Reader:
    """Reads numbers, and fails as often as a test wants.

    Attributes:
        errors: what a number raises, one after the other.
        asked: the numbers in the order they were asked for.
        waits_s: the pauses that were made.
    """

    def __init__(self, errors: dict[int, list[HeimdallError]]) -> None:
        self.errors = errors
        self.asked: list[int] = []
        self.waits_s: list[float] = []

    async def read(self, number: int) -> None:
        self.asked.append(number)
        if waiting := self.errors.get(number):
            raise waiting.pop(0)

    async def pause(self, seconds: float) -> None:
        self.waits_s.append(seconds)

    def sweep(self, *, at_once: int = 1, is_there: bool = True) -> scan_listing.Sweep[int]:
        return scan_listing.Sweep(self.read, at_once=at_once, pause=self.pause, is_there=is_there)


async def swept(
    errors: dict[int, list[HeimdallError]],
    items: Iterable[int],
    *,
    at_once: int = 1,
    is_there: bool = True,
) -> tuple[Reader, scan_listing.Sweep[int]]:
    reader = Reader(errors)
    sweep = reader.sweep(at_once=at_once, is_there=is_there)
    await sweep.run(items)
    return reader, sweep


def always(error: HeimdallError) -> list[HeimdallError]:
    return [error] * 100


async def test_failed_items_are_retried_after_the_others() -> None:
    reader, sweep = await swept({2: [FAULT]}, [1, 2, 3])
    assert reader.asked == [1, 2, 3, 2]
    assert (sweep.unread, reader.waits_s) == ({}, [scan_listing.AGAIN_AFTER_S[0]])


async def test_unanswered_items_are_retried_after_growing_waits_and_named() -> None:
    reader, sweep = await swept({2: always(FAULT)}, [1, 2, 3])
    assert reader.asked == [1, 2, 3, *[2] * len(scan_listing.AGAIN_AFTER_S)]
    assert sweep.unread == {2: FAULT}
    assert tuple(reader.waits_s) == scan_listing.AGAIN_AFTER_S
    assert sorted(scan_listing.AGAIN_AFTER_S) == list(scan_listing.AGAIN_AFTER_S)


async def test_a_final_response_is_not_retried() -> None:
    unreadable = PageUnreadable(Reason.PAGE_TOO_LONG, host="h.test")
    reader, sweep = await swept({2: always(unreadable)}, [1, 2])
    assert (reader.asked, sweep.unread) == ([1, 2], {2: unreadable})


@pytest.mark.parametrize(
    "error",
    [
        SignedOut(Reason.TOKEN_REFUSED, host="h.test"),
        ServerBusy(Reason.SERVER_BUSY, host="h.test", wait_s=scan_listing.BUSY_LIMIT_S + 1),
    ],
    ids=["signed out", "busy"],
)
@pytest.mark.parametrize("at_once", [1, 2])
async def test_what_concerns_the_whole_server_ends_it(error: HeimdallError, at_once: int) -> None:
    reader = Reader({2: [error]})
    sweep = reader.sweep(at_once=at_once)
    with pytest.raises(type(error)):
        await sweep.run(range(1, 9))
    assert len(reader.asked) <= 1 + at_once
    assert set(sweep.unread) >= set(range(4, 9))


async def test_a_short_wait_the_server_asks_for_is_kept_and_all_is_read() -> None:
    busy = ServerBusy(Reason.SERVER_BUSY, host="h.test", wait_s=7.0)
    reader, sweep = await swept({1: [busy]}, [1, 2, 3])
    assert reader.waits_s == [7.0]
    assert sorted(reader.asked) == [1, 1, 2, 3]
    assert sweep.unread == {}


async def test_a_silent_server_ends_the_round() -> None:
    numbers = range(1, 40)
    reader, sweep = await swept({number: always(LOST) for number in numbers if number > 5}, numbers)
    assert len(reader.asked) == 5 + scan_listing.LOST_IN_A_ROW * (
        1 + len(scan_listing.AGAIN_AFTER_S)
    )
    assert set(sweep.unread) == set(range(6, 40))
    assert len(set(reader.asked)) == len(reader.asked)  # the rest comes before what has failed


async def test_a_server_that_is_not_there_is_no_list_that_lacks_something() -> None:
    reader = Reader({1: always(LOST)})
    with pytest.raises(ServerUnreachable):
        await reader.sweep(is_there=False).run([1])
    assert (reader.asked, reader.waits_s) == ([1], [])


async def test_a_server_that_answers_with_a_fault_is_there() -> None:
    reader, sweep = await swept({1: [FAULT]}, [1], is_there=False)
    assert (reader.asked, sweep.unread) == ([1, 1], {})


async def test_each_is_read_once_by_several_at_a_time() -> None:
    reader, _ = await swept({3: [FAULT], 4: [LOST]}, [1, 2, 3, 4, 5, 1], at_once=2)
    assert sorted(reader.asked) == [1, 2, 3, 3, 4, 4, 5]


async def test_a_defect_is_no_answer_that_lacks() -> None:
    async def read(_number: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ExceptionGroup):
        await scan_listing.Sweep(read).run([1])


async def test_a_page_whose_request_is_cancelled_is_read_the_next_time() -> None:
    ids = {1: ("a",), 2: ("b",), 3: ("c",)}
    hangs = {2}

    async def page(number: int) -> PageLinks:
        if number in hangs:
            await asyncio.Event().wait()
        return PageLinks(
            tuple(map(ScanId, ids.get(number, ()))), (), is_heimdall=True, is_whole=True
        )

    paged = scan_listing.PagedIds(page, lambda links: links.scans, asyncio.Semaphore(1))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await paged.read()
    assert (paged.ids, paged.has_failed) == (["a"], True)
    hangs.clear()
    await paged.read()
    assert (paged.ids, paged.is_whole) == (["a", "b", "c"], True)

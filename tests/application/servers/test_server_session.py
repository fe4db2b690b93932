"""A server with its token, and the turns in which its watches send extra requests."""

import asyncio
import time
from collections import Counter

import pytest

from heimdall_desktop.application.servers.server_session import (
    WAITS_S,
    RequestBudget,
    ServerSession,
)
from heimdall_desktop.domain.facts.errors import SignedOut
from heimdall_desktop.domain.facts.server import ServerProfile
from tests.fakes.hand_server import SCAN_ID, hand_server
from tests.fakes.raw_server import Asked, answer, answering, raw_server

ACCOUNT = answer(200, "application/json", '{"success": true, "data": {"email": "a@b.test"}}')


async def test_the_token_in_use_is_sent_until_it_is_forgotten() -> None:
    async with raw_server(answering(ACCOUNT)) as server:
        link = ServerSession(server.url, time.monotonic)
        assert not link.is_signed_in
        link.use_token("first", "a@b.test")
        await link.api.me()
        link.use_token("second", "a@b.test")
        await link.api.me()
        link.forget_token()
        await link.api.me()
        await link.aclose()
        sent = [asked.headers.get("authorization") for asked in server.asked]
    assert sent == ["Bearer first", "Bearer second", None]
    assert link.profile == ServerProfile(server.url, "a@b.test")
    assert not link.is_signed_in


async def test_a_token_that_no_header_can_carry_is_never_sent() -> None:
    async with raw_server(answering(ACCOUNT)) as server:
        link = ServerSession(server.url, time.monotonic)
        link.use_token("a token", "")
        with pytest.raises(SignedOut):
            await link.api.me()
        await link.aclose()
        assert server.asked == []


async def test_a_stream_is_made_but_not_opened() -> None:
    async with hand_server() as hand:
        link = ServerSession(hand.url, time.monotonic)
        assert not link.stream(SCAN_ID).is_open
        await link.aclose()
        assert hand.asked == []


@pytest.mark.parametrize("is_replaced", [False, True])
async def test_a_refusal_counts_for_the_token_it_is_about(is_replaced: bool) -> None:
    refusals: list[str] = []
    link: ServerSession

    async def refuse(_: Asked, writer: asyncio.StreamWriter) -> None:
        if is_replaced:
            link.use_token("second", "")
        writer.write(answer(401, "application/json", '{"success": false, "error": {}}'))

    async with raw_server(refuse) as server:
        link = ServerSession(server.url, time.monotonic)
        link.use_token("first", "")
        link.on_refused = lambda: refusals.append("refused")
        with pytest.raises(SignedOut):
            await link.prove_scan(SCAN_ID)
        await link.aclose()
    assert refusals == ([] if is_replaced else ["refused"])


class Clock:
    """A clock that changes only when it is set."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_after_a_rest_there_are_some_turns_and_then_no_more() -> None:
    clock = Clock()
    budget = RequestBudget(clock, 2.0)
    assert [budget.take_turn(who) for who in "abc"] == [True, True, False]


def test_no_watch_gets_a_second_turn_before_all_have_one() -> None:
    clock = Clock()
    budget = RequestBudget(clock, 4.0)
    taken: Counter[int] = Counter()
    for _ in range(4 * 100):
        clock.now_s += 0.25
        taken.update(who for who in range(50) if budget.take_turn(who))

    assert set(taken) == set(range(50))
    assert max(taken.values()) - min(taken.values()) <= 1
    assert sum(taken.values()) <= 4 * 100 + 4


def test_a_watch_that_left_does_not_block_others() -> None:
    clock = Clock()
    budget = RequestBudget(clock, 1.0)
    assert budget.take_turn("a")
    assert not budget.take_turn("gone")
    clock.now_s += WAITS_S

    assert budget.take_turn("b")


def test_a_clock_set_back_gives_no_turns_and_takes_none() -> None:
    clock = Clock()
    budget = RequestBudget(clock, 1.0)
    clock.now_s -= 50.0

    assert budget.take_turn("a")
    assert not budget.take_turn("b")

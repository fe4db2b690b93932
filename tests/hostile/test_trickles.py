"""Scans whose answers trickle for ever keep no other scan of their server waiting."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from heimdall_desktop.services.transport.limiter import FIRST_AT_ONCE
from tests.fakes.program import Program
from tests.hostile.attack import Attack, Sane, head
from tests.hostile.server import TOKEN, HostileServer
from tests.hostile.trial import notified_ids

FIRST_BYTES = {"a head": b"HTTP/1.1 200 OK\r\nX: ", "a body": head("Content-Length: 4000")}
LIMIT_S = 60.0  # for each step; a trickle that kept its place would keep it for longer


async def a_byte_a_second(first: bytes) -> AsyncIterator[bytes]:
    yield first
    while True:  # until the client has had enough
        await asyncio.sleep(1.0)
        yield b" "


@pytest.mark.timeout(180)
@pytest.mark.parametrize("part", FIRST_BYTES)
def test_a_critical_finding_of_another_scan_is_told_meanwhile(part: str, tmp_path: Path) -> None:
    def give(_: Sane) -> AsyncIterator[bytes]:
        return a_byte_a_second(FIRST_BYTES[part])

    trickling = [
        Attack(f"{number}: {part} trickles", "live", give, times=1_000)
        for number in range(FIRST_AT_ONCE + 1)
    ]
    sane = Attack("none", "live", times=0)
    profile = tmp_path / "profile"
    with HostileServer([*trickling, sane]) as server:
        *others, story = server.stories
        program = Program(
            tmp_path,
            *("--server", server.url, "--profile-dir", profile),
            *(part for each in server.stories for part in ("--watch", each.id)),
            token=TOKEN,
        )
        try:
            assert server.until(lambda: story.status == "completed", LIMIT_S)
            assert server.until(lambda: story.rows[-1]["id"] in notified_ids(profile), LIMIT_S)
        finally:
            program.kill()
        assert all(each.given for each in others)

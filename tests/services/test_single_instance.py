"""One process has a profile; what later starts hand over arrives, and nothing else does harm."""

import asyncio
import os
import socket
import stat
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heimdall_desktop.services import single_instance
from heimdall_desktop.services.single_instance import Answer, Claim, Handover, claim, hand_over

SECRET = "hmd_not_for_others"  # noqa: S105 - of nothing
ASKED = Handover(server="https://h.test", token=SECRET, watch=("a",), folders=(b"/tmp/\xff",))
TAKEN = Answer(is_taken=True)


def held(folder: Path) -> Claim:
    """Return the hold on a profile that is free."""
    own = claim(folder)
    assert own is not None
    return own


@asynccontextmanager
async def open_window(folder: Path, why_not: str = "") -> AsyncIterator[list[Handover]]:
    """A program that is open with a profile; gives what was handed over to it."""
    taken: list[Handover] = []

    def take(asked: Handover) -> str:
        taken.append(asked)
        return why_not

    own = held(folder)
    server = single_instance.HandoverServer(own, take)
    await server.start()
    try:
        yield taken
    finally:
        server.close()
        own.close()


async def asking(folder: Path, asked: Handover = ASKED) -> Answer | None:
    return await asyncio.to_thread(hand_over, folder, asked, 20.0)


def reported(folder: Path, message: bytes) -> bytes:
    """What a program answers to a message of any kind; nothing where it closes without."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(folder / "instance" / "socket"))
        line.settimeout(20.0)
        try:
            line.sendall(message)
            line.shutdown(socket.SHUT_WR)
            return line.recv(4096)
        except (ConnectionError, BrokenPipeError):
            return b""


async def test_what_is_handed_over_arrives_whole(tmp_path: Path) -> None:
    async with open_window(tmp_path) as taken:
        assert await asking(tmp_path) == TAKEN
    assert taken == [ASKED]
    assert SECRET not in repr(ASKED)


async def test_a_refused_request_is_answered_with_the_reason(tmp_path: Path) -> None:
    async with open_window(tmp_path, "It cannot.") as taken:
        assert await asking(tmp_path) == Answer(
            single_instance.VERSION, is_taken=False, why_not="It cannot."
        )
    assert len(taken) == 1


async def test_what_arrives_after_the_end_is_left_to_the_next_window(tmp_path: Path) -> None:
    taken: list[Handover] = []

    def take(asked: Handover) -> str:
        taken.append(asked)
        return ""

    own = held(tmp_path)
    server = single_instance.HandoverServer(own, take)
    await server.start()
    reader, writer = await asyncio.open_unix_connection(tmp_path / "instance" / "socket")
    assert await asking(tmp_path, Handover()) == TAKEN  # so the one before is connected
    server.close()
    writer.write(msgspec.json.encode(ASKED) + b"\n")
    assert await reader.read() == b""
    assert taken == [Handover()]
    writer.close()
    own.close()


async def test_only_the_user_reaches_the_socket(tmp_path: Path) -> None:
    async with open_window(tmp_path):
        folder = tmp_path / "instance"
        modes = [stat.S_IMODE(each.stat().st_mode) for each in (folder, folder / "socket")]
    assert modes == [0o700, 0o600]
    assert not (folder / "socket").exists()


async def test_a_profile_deep_in_the_tree_has_a_socket_too(tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 20) / ("er" * 40)
    async with open_window(folder) as taken:
        assert await asking(folder) == TAKEN
    assert taken == [ASKED]


async def test_no_message_harms_the_window(tmp_path: Path) -> None:
    hostile = (
        b"",
        b"\n",
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        b"{}" * single_instance.LONGEST + b"\n",
        b'{"version": 1, "watch": "all"}\n',
        b'{"version": 1, "run": "rm"}\n',
        b'{"version": 2}\n',
        b'{"version": 1, "activation": "a\\nb"}\n',
        b'{"version": 1, "activation": "%s"}\n' % (b"a" * 1000),
        b'{"version": 1, "watch": ["a"]',
        b'{"version": 1, "server": "https://h.test", "token": "a token"}\n',
        b'{"version": 1, "server": "https://h.test", "token": "a\\r\\nHost: b"}\n',
        b'{"version": 1, "server": "https://h.test", "token": "%s"}\n' % (b"a" * 5000),
        b'{"version": 1, "folders": ["Li4vLi4="]}\n',  # ../..
        b'{"version": 1, "folders": ["L3RtcA==", ""]}\n',  # /tmp and the current folder
    )
    async with open_window(tmp_path) as taken:
        answers = [await asyncio.to_thread(reported, tmp_path, message) for message in hostile]
        assert all(b'"is_taken":true' not in answer for answer in answers)
        assert taken == []
        assert await asking(tmp_path) == TAKEN
    assert taken == [ASKED]


async def test_a_newer_message_is_answered_with_the_known_version(tmp_path: Path) -> None:
    async with open_window(tmp_path):
        assert await asking(tmp_path, Handover(version=single_instance.VERSION + 1)) == Answer(
            single_instance.VERSION
        )


async def test_too_much_is_not_sent(tmp_path: Path) -> None:
    async with open_window(tmp_path) as taken:
        with pytest.raises(ValueError, match=r"^$"):
            await asking(tmp_path, Handover(watch=("a" * single_instance.LONGEST,)))
    assert taken == []


def test_a_window_that_gives_no_answer_is_found_out(tmp_path: Path) -> None:
    own = held(tmp_path)
    with pytest.raises(TimeoutError):
        hand_over(tmp_path, ASKED, 0.05)
    own.close()


def test_the_socket_of_a_dead_window_keeps_no_start_away(tmp_path: Path) -> None:
    assert hand_over(tmp_path, ASKED, 1.0) is None
    held(tmp_path).close()
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(tmp_path / "instance" / "socket"))
    assert hand_over(tmp_path, ASKED, 1.0) is None

    own = held(tmp_path)
    assert own.listening is not None
    assert claim(tmp_path) is None
    own.stop_listening()
    assert hand_over(tmp_path, ASKED, 1.0) is None
    assert claim(tmp_path) is None
    own.close()
    held(tmp_path).close()


async def test_no_token_goes_to_a_socket_that_others_may_have_put_there(tmp_path: Path) -> None:
    async with open_window(tmp_path) as taken:
        (tmp_path / "instance").chmod(0o770)
        assert await asking(tmp_path) is None
        (tmp_path / "instance").chmod(0o700)
        assert await asking(tmp_path) == TAKEN
    assert taken == [ASKED]


def test_a_profile_that_cannot_hold_a_socket_is_claimed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "instance").touch()
    own = held(tmp_path)
    assert own.listening is None
    assert claim(tmp_path) is None
    own.close()


def test_of_two_starts_at_once_one_has_the_profile(tmp_path: Path) -> None:
    """Twenty times; the lock belongs to an open file, so two threads race as two processes do."""
    with ThreadPoolExecutor(2) as pool:
        for _ in range(20):
            both = threading.Barrier(2)

            def start(both: threading.Barrier = both) -> Claim | None:
                both.wait()
                return claim(tmp_path)

            claims = [each.result() for each in (pool.submit(start), pool.submit(start))]
            winners = [each for each in claims if each is not None]
            assert len(winners) == 1
            assert winners[0].listening is not None
            assert os.path.exists(tmp_path / "instance" / "socket")
            winners[0].close()


def test_a_windows_pipe_can_be_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair of sockets replaces the pipe, which has two ends, too."""
    ours, theirs = socket.socketpair()

    def opened(name: str, mode: str, buffering: int) -> Any:
        if name == "pipe":
            return theirs.makefile("rwb", buffering=buffering)
        return open(name, mode, buffering=buffering)

    monkeypatch.setattr(single_instance, "open", opened, raising=False)
    with ours, theirs:
        with ThreadPoolExecutor(1) as thread:
            answer = thread.submit(single_instance.ask_by_pipe, "pipe", b"asked\n", 20.0)
            assert ours.recv(100) == b"asked\n"
            ours.sendall(b"told\n")
            assert answer.result() == b"told\n"
        with pytest.raises(TimeoutError):
            single_instance.ask_by_pipe("pipe", b"asked\n", 0.01)
    assert single_instance.ask_by_pipe(str(tmp_path / "none"), b"asked\n", 20.0) == b""

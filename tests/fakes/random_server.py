"""The second Heimdall behind bad luck: what it sends breaks now and then, as a seed says.

It shares no code with the embedded server or the fault proxy, so that what both understand wrongly
shows here. After so many faults as chance has given it, nothing breaks any more.
"""

import asyncio
import socket
import struct
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.fakes.random_story import RandomStory
from tests.fakes.second_story import LAGGED, Generation, Story
from tests.fakes.server_process import SecondServer, chunk

PIECES = 7
MOST_FAULTS = 45
PART_OF_PAGES = 0.25  # one broken page of many breaks a listing
HTML = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>"
ANSWER_FAULTS = (
    "answer dropped",
    "answer reset",
    "answer slow",
    "answer in pieces",
    "answer truncated",
    "answer cut",
    "500",
    "503 with a wait",
    "429 with a wait",
    "502 as HTML",
    "200 as HTML",
    "404 as HTML",
    "closed after the answer",
)
STREAM_FAULTS = (
    "stream dropped",
    "stream reset",
    "stream ended",
    "stream frozen",
    "frame twice",
    "frame slow",
    "frame in pieces",
    "frame garbled",
    "lag comment",
)


class RandomServer(SecondServer):
    """Breaks what it sends, and counts how.

    Args:
        seed: settles generation, story and faults.

    Attributes:
        hits: how often each fault has been sent.
    """

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        generation = self._chance.choice(tuple(Generation))
        super().__init__(generation, self._make_story)
        self._often = self._chance.choice((0.1, 0.25, 0.4))
        self._left = self._chance.randint(5, MOST_FAULTS)
        self._failed: set[str] = set()  # what failed goes well the next time, or programs give up
        self.hits: Counter[str] = Counter()

    def _make_story(self, generation: Generation, send: Callable[[str], None]) -> Story:
        story = RandomStory(generation, send, Random(self._chance.random()))
        story.end_streams = self._end_streams
        self.did = story.did
        return story

    async def _give(self, answer: bytes, path: str, writer: asyncio.StreamWriter) -> None:
        part = PART_OF_PAGES if path.endswith("/findings") else 1.0
        fault = None if path in self._failed else self._next_fault(ANSWER_FAULTS, part)
        self._failed -= {path}
        self._failed |= {path} if fault else set()
        at = self._chance.randrange(len(answer))
        match fault:
            case None:
                writer.write(answer)
            case "answer dropped" | "answer reset":
                await self._leave(answer[:at], writer, is_rude=fault.endswith("reset"))
            case "answer cut":
                await self._leave(answer[: max(at, _body_at(answer) + 1)], writer)
            case "closed after the answer":
                await self._leave(answer, writer)
            case "answer slow":
                await asyncio.sleep(self._chance.uniform(0.2, 3.0))
                writer.write(answer)
            case "answer in pieces":
                await self._give_pieces(answer, writer)
            case "answer truncated":
                writer.write(_with_length(answer[: max(at, _body_at(answer) + 1)]))
            case _:
                writer.write(_refusal(fault, self._chance.randint(0, 2)))

    async def _give_chunk(self, content: bytes, writer: asyncio.StreamWriter) -> None:
        fault = self._next_fault(STREAM_FAULTS, 0.2)
        at = self._chance.randrange(len(content))
        match fault:
            case None:
                writer.write(content)
            case "stream dropped" | "stream reset":
                await self._leave(content[:at], writer, is_rude=fault.endswith("reset"))
            case "stream ended":
                await self._leave(content + b"0\r\n\r\n", writer)
            case "stream frozen":
                writer.write(content[:at])
                await self._over.wait()
                raise ConnectionError
            case "frame twice":
                writer.write(content * 2)
            case "frame slow":
                await asyncio.sleep(self._chance.uniform(0.2, 2.0))
                writer.write(content)
            case "frame in pieces":
                await self._give_pieces(content, writer)
            case "frame garbled":
                text = content.split(b"\r\n")[1].decode()
                writer.write(chunk(text[: at % len(text)] + "\n\n"))
            case _:
                writer.write(chunk(LAGGED) + content)

    def _next_fault(self, faults: tuple[str, ...], part: float = 1.0) -> str | None:
        if not self._left or self._chance.random() >= self._often * part:
            return None
        self._left -= 1
        fault = self._chance.choice(faults)
        self.hits[fault] += 1
        return fault

    async def _give_pieces(self, whole: bytes, writer: asyncio.StreamWriter) -> None:
        size = len(whole) // PIECES + 1
        for start in range(0, len(whole), size):
            writer.write(whole[start : start + size])
            await writer.drain()
            await asyncio.sleep(self._chance.uniform(0.0, 0.2))

    async def _leave(
        self, part: bytes, writer: asyncio.StreamWriter, *, is_rude: bool = False
    ) -> None:
        """Send a part and go, kindly or by a reset."""
        writer.write(part)
        await writer.drain()
        if is_rude:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.close()
        raise ConnectionError


def _body_at(answer: bytes) -> int:
    return answer.index(b"\r\n\r\n") + 4


def _with_length(answer: bytes) -> bytes:
    """Say the length an answer really has."""
    body_at = _body_at(answer)
    lines = answer[: body_at - 4].decode().split("\r\n")
    kept = [line for line in lines if not line.startswith("content-length")]
    kept.append(f"content-length: {len(answer) - body_at}")
    return "\r\n".join([*kept, "", ""]).encode() + answer[body_at:]


def _refusal(fault: str, wait_s: int) -> bytes:
    status, words = int(fault[:3]), f"Too many requests, retry in {wait_s}s"
    kind, body, more = "text/html", HTML, ""
    if fault == "500":
        kind, body = "application/json", '{"success": false, "error": {"code": 500, "message": ""}}'
    elif "wait" in fault:
        kind, body = "text/plain", words
        more = f"retry-after: {wait_s}\r\nx-ratelimit-after: {wait_s}\r\n"
    head = f"HTTP/1.1 {status} Said\r\ncontent-type: {kind}\r\n{more}content-length: {len(body)}"
    return f"{head}\r\n\r\n{body}".encode()

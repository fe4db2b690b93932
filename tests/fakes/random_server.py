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

from tests.fakes import second_story
from tests.fakes.server_process import SecondServer, chunk

#: Each stage with what the scan's status is while it runs and after it (3.5).
PLAN = {
    "ingest": ("ingesting", "ingested"),
    "tyr": ("modeling", "modeled"),
    "static_analysis": ("static_analysis", "static_analysis"),
    "hunt": ("hunting", "hunted"),
    "vidarr": ("verifying", "verified"),
    "garmr": ("validating", "validated"),
    "report": ("reporting", "completed"),
}
FINDING_STAGES = ("static_analysis", "hunt")
JUDGING_STAGES = ("vidarr", "garmr", "report")
WORDS = (*second_story.RANKS, "Apocalyptic")
VERDICTS = (("false_positive", "low"), ("open", "high"), ("confirmed", "high"), ("odd", "certain"))
MOST_FOUND = 90  # at once
LONGEST_PAUSE_S = 0.35
MOST_DRIFTS = 12  # listings of the whole story that are given while rows change places


class RandomStory(second_story.Story):
    """Plays what chance says.

    Attributes:
        end_streams: ends every open stream, as the server does after `error` (3.7).
    """

    def __init__(
        self, generation: second_story.Generation, send: Callable[[str], None], chance: Random
    ) -> None:
        super().__init__(generation, send)
        self._chance = chance
        self._status = "queued"
        self._stages = {}
        self._error: str | None = None
        self._drifts = chance.randint(0, MOST_DRIFTS)
        self.end_streams: Callable[[], None] = lambda: None
        self.did: Counter[str] = Counter()

    async def play(self) -> None:
        """Fail now and then, and start again under the same id (3.8); end well."""
        for _ in range(self._chance.choice((0, 0, 1, 2))):
            await self._attempt(self._chance.choice(tuple(PLAN)[1:]))
            self.did["retry under the same id"] += 1
        await self._attempt(None)
        await self._pause()
        self._change_some()  # in the window before `scan_complete`
        self._tell("scan_complete", **self._counts("finding_count"), timestamp=second_story.now())

    def initial_state(self) -> str:
        """What a new subscriber hears first (3.3)."""
        frames = [
            second_story.frame(
                "stage_update", self._of_scan(stage=name, status=status, timestamp=moment)
            )
            for name, (status, moment) in self._stages.items()
        ]
        state = self._of_scan(timestamp=self._updated_at)
        counts = self._counts("finding_count")
        frames.append(
            second_story.frame("status_change", state | {"status": self._status} | counts)
        )
        if self._status == "completed":
            frames.append(second_story.frame("scan_complete", state | counts))
        elif self._status == "failed":
            frames.append(second_story.frame("error", state | {"error": self._error}))
        return "".join(frames)

    async def _attempt(self, failing: str | None) -> None:
        for stage, (running, done) in PLAN.items():
            self._move(stage, "running", running)
            await self._work(stage)
            if stage == failing:
                await self._fail(stage)
                return
            self._move(stage, "completed", done)
            if stage == "hunt":
                self._announce_all()
            if self._chance.random() < 0.3:
                self._change_some()

    async def _work(self, stage: str) -> None:
        for _ in range(self._chance.randint(1, 3)):
            await self._pause()
            if stage in FINDING_STAGES:
                self._find(self._chance.randint(0, MOST_FOUND), self._chance.choice(WORDS))
            if stage in JUDGING_STAGES:
                self._change_some()
            if stage == "ingest":
                self._tell(
                    "stage_update", stage=stage, status="running", timestamp=second_story.now()
                )

    async def _fail(self, stage: str) -> None:
        self._error = self._chance.choice((None, "the model said nothing"))
        self._stages[stage] = ("failed", second_story.now())
        self._status, self._updated_at = "failed", second_story.now()
        reported = {"error": self._error or "unknown", "timestamp": second_story.now()}
        self._tell("stage_update", stage=stage, status="failed", **reported)
        self._tell("error", **reported)
        self.end_streams()
        await asyncio.sleep(self._chance.uniform(0.0, 1.5))
        self._error = None

    async def _pause(self) -> None:
        await asyncio.sleep(self._chance.uniform(0.0, LONGEST_PAUSE_S))

    def _change_some(self) -> None:
        """Let verdicts fall and rows come that nothing announces."""
        rows = list(self.rows.values())
        for row in self._chance.sample(rows, len(rows) // 8):
            status, confidence = self._chance.choice(VERDICTS)
            severity = self._chance.choice((row["severity"], *WORDS))
            changed = {"status": status, "confidence": confidence, "severity": severity}
            row.update(changed, updated_at=second_story.now())
            self.did["silent change"] += 1
        self._find(self._chance.choice((0, 0, 1)), self._chance.choice(WORDS))

    def _announce_all(self) -> None:
        """Send the burst; who is slower than the ring is long gets its end only (3.6)."""
        rows = self._in_order()
        is_lapped = len(rows) > second_story.RING_EVENTS and self._chance.random() < 0.5
        if is_lapped:
            self.did["lapped ring"] += 1
            self._send(second_story.LAGGED)
        for row in rows[-second_story.RING_EVENTS :] if is_lapped else rows:
            reported = {"finding_id": row["id"], "title": row["title"], "severity": row["severity"]}
            self._tell("finding_added", **reported)

    def _live(self) -> second_story.Row:
        live = super()._live()
        is_live = self._status not in ("completed", "failed")
        live["scan"] |= {"is_live": is_live, "error_message": self._error}
        return live

    def _page(self, query: dict[str, list[str]]) -> second_story.Row:
        """One page; ties change places now and then (4.4)."""
        rows, statuses = self._in_order(), query.get("status")
        if statuses:
            rows = [row for row in rows if row["status"] == statuses[0]]
        is_long = second_story.page_of(rows, query)["total_pages"] > 1
        if self._drifts and is_long and self._chance.random() < 0.3:
            self._drifts -= 1
            self.did["drifting page"] += 1
            self._chance.shuffle(rows)
            rows.sort(key=lambda row: (row["status"], second_story.RANKS.get(row["severity"], 4)))
        return second_story.page_of(rows, query)

    def _of_scan(self, **data: object) -> second_story.Row:
        return {"scan_id": self.scan_id, **data}


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
    """

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        generation = self._chance.choice(tuple(second_story.Generation))
        super().__init__(generation, self._make_story)
        self._often = self._chance.choice((0.1, 0.25, 0.4))
        self._left = self._chance.randint(5, MOST_FAULTS)
        self._failed: set[str] = set()  # what failed goes well the next time, or programs give up
        self.hits: Counter[str] = Counter()

    def _make_story(
        self, generation: second_story.Generation, send: Callable[[str], None]
    ) -> second_story.Story:
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
                writer.write(chunk(second_story.LAGGED) + content)

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

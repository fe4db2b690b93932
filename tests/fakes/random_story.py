"""A story of the second Heimdall that chance writes: attempts, finds, verdicts, a failure, an end.

It keeps to protocol.md; what goes wrong between server and client is not its business.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.fakes.second_story import LAGGED, RANKS, RING_EVENTS, Generation, Row, Story, frame, now

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
WORDS = (*RANKS, "Apocalyptic")
VERDICTS = (("false_positive", "low"), ("open", "high"), ("confirmed", "high"), ("odd", "certain"))
MOST_FOUND = 90  # at once
LONGEST_PAUSE_S = 0.35
MOST_DRIFTS = 12  # listings of the whole story that are given while rows change places


class RandomStory(Story):
    """Plays what chance says.

    Attributes:
        end_streams: ends every open stream, as the server does after `error` (3.7).
        did: what happened, counted.
    """

    def __init__(self, generation: Generation, send: Callable[[str], None], chance: Random) -> None:
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
        self._tell("scan_complete", **self._counts("finding_count"), timestamp=now())

    def initial_state(self) -> str:
        """What a new subscriber hears first (3.3)."""
        frames = [
            frame("stage_update", self._of_scan(stage=name, status=status, timestamp=moment))
            for name, (status, moment) in self._stages.items()
        ]
        state = self._of_scan(timestamp=self._updated_at)
        counts = self._counts("finding_count")
        frames.append(frame("status_change", state | {"status": self._status} | counts))
        if self._status == "completed":
            frames.append(frame("scan_complete", state | counts))
        elif self._status == "failed":
            frames.append(frame("error", state | {"error": self._error}))
        return "".join(frames)

    # -- one attempt --

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
                self._tell("stage_update", stage=stage, status="running", timestamp=now())

    async def _fail(self, stage: str) -> None:
        self._error = self._chance.choice((None, "the model said nothing"))
        self._stages[stage] = ("failed", now())
        self._status, self._updated_at = "failed", now()
        reported = {"error": self._error or "unknown", "timestamp": now()}
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
            row.update(changed, updated_at=now())
            self.did["silent change"] += 1
        self._find(self._chance.choice((0, 0, 1)), self._chance.choice(WORDS))

    def _announce_all(self) -> None:
        """Send the burst; who is slower than the ring is long gets its end only (3.6)."""
        rows = self._in_order()
        is_lapped = len(rows) > RING_EVENTS and self._chance.random() < 0.5
        if is_lapped:
            self.did["lapped ring"] += 1
            self._send(LAGGED)
        for row in rows[-RING_EVENTS:] if is_lapped else rows:
            reported = {"finding_id": row["id"], "title": row["title"], "severity": row["severity"]}
            self._tell("finding_added", **reported)

    # -- what is read --

    def _live(self) -> Row:
        live = super()._live()
        is_live = self._status not in ("completed", "failed")
        live["scan"] |= {"is_live": is_live, "error_message": self._error}
        return live

    def _page(self, query: dict[str, list[str]]) -> Row:
        """One page; ties change places now and then (4.4)."""
        rows, statuses = self._in_order(), query.get("status")
        if statuses:
            rows = [row for row in rows if row["status"] == statuses[0]]
        page = max(int(query.get("page", ["1"])[0]), 1)
        per_page = min(int(query.get("per_page", ["25"])[0]), 100)
        if self._drifts and len(rows) > per_page and self._chance.random() < 0.3:
            self._drifts -= 1
            self.did["drifting page"] += 1
            self._chance.shuffle(rows)
            rows.sort(key=lambda row: (row["status"], RANKS.get(row["severity"], 4)))
        first, pages = (page - 1) * per_page, max(-(-len(rows) // per_page), 1)
        reported = {"total": len(rows), "page": page, "per_page": per_page, "total_pages": pages}
        return {"items": rows[first : first + per_page], **reported}

    def _of_scan(self, **data: object) -> Row:
        return {"scan_id": self.scan_id, **data}

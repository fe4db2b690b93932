"""What the second Heimdall knows, and the story it plays, written from protocol.md alone.

One repository with one scan, played as fast as the client follows: a burst too long for the ring,
rows that move while they are listed, verdicts and rows that nothing announces, odd words.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from uuid import uuid4

Row = dict[str, Any]
STAGES = (
    "ingest",
    "tyr",
    "static_analysis",
    "taint_analysis",
    "config_scan",
    "hunt",
    "vidarr",
    "garmr",
)
STAGES_OF_A = ("ingest", "tyr", "static_analysis", "hunt", "garmr")
NEWER_KEYS = ("fix_type", "fix_summary", "references_json", "manifest_coordinates_json")
NULL_KEYS = (
    "cwe_id",
    "cve_id",
    "description",
    "code_snippet",
    "suggested_patch",
    "poc_exploit_json",
)
SCAN_NULL_KEYS = (
    "commit_sha",
    "base_commit_sha",
    "parent_scan_id",
    "triggered_by",
    "completed_at",
    "error_message",
)
RANKS = {"critical": 0, "high": 1, "medium": 2, "low": 3}
RING_EVENTS = 128
PAGE_ROWS = 100
MOVING_PAGES = 3  # so many pages are answered while rows still move
LAGGED = ": lagged \u2014 events were dropped\n\n"


class Generation(Enum):
    """Which server it is (section 0)."""

    A = "lacks keys and stages"
    B = "is the one the contract describes"
    C = "has keys nobody knows"


class Story:
    """The state of the server; `play` moves it on.

    Args:
        generation: which server it is.
        send: writes text into every open stream.
    """

    def __init__(self, generation: Generation, send: Callable[[str], None]) -> None:
        self.scan_id, self.repo_id = str(uuid4()), str(uuid4())
        self.rows: dict[str, Row] = {}
        self._generation = generation
        self._send = send
        self._status = "hunting"
        self._stages = {"ingest": ("completed", now()), "hunt": ("running", now())}
        self._updated_at = self._created_at = now()
        self._pages = 0
        self._listed = asyncio.Event()

    async def play(self) -> None:
        """Find 300, announce them, judge them in silence, end."""
        for severity in RANKS:
            self._find(75, severity)
        self._move("hunt", "completed", "hunted")
        self._announce_all()
        await self._listing_from_now()
        self._move("vidarr", "running", "pondering deeply")
        for number, row in enumerate(self.rows.values()):
            if number % 10 == 0:
                row |= {"status": "false_positive", "confidence": "low", "updated_at": now()}
            elif number % 10 == 1:
                row |= {"severity": "Apocalyptic", "status": "under review", "updated_at": now()}
        self._find(1, "critical")
        self._move("vidarr", "completed", "verified")
        await self._listing_from_now()
        self._find(1, "low")
        self._move("garmr", "pensive", "completed")
        first, *_, last = self.rows.values()
        first["severity"], last["severity"] = "low", "critical"  # which no count tells
        self._tell("scan_complete", **self._counts("finding_count"), timestamp=now())

    def answer(self, path: str, query: dict[str, list[str]]) -> object:
        """Return what is asked for.

        Raises:
            LookupError: there is no such thing.
        """
        match path.strip("/").split("/"):
            case ["api", "scans", self.scan_id]:
                return self._scan()
            case ["api", "scans", self.scan_id, "live"]:
                return self._live()
            case ["api", "scans", self.scan_id, "findings"]:
                return self._page(query)
            case ["api", "findings", finding_id]:
                return self.rows[finding_id]
            case ["api", "repos", self.repo_id]:
                return {"id": self.repo_id, "name": "web-shop", "source_type": "git_url"}
            case _:
                raise LookupError

    def initial_state(self) -> str:
        counts = self._counts("finding_count")
        state = {"scan_id": self.scan_id, "status": self._status, "timestamp": self._updated_at}
        return frame("status_change", state | counts)

    async def _listing_from_now(self) -> None:
        """Wait until the client has begun and ended a listing after the news of this moment."""
        self._pages = 0
        self._listed.clear()
        await self._listed.wait()

    def _find(self, count: int, severity: str) -> None:
        for _ in range(count):
            row = self._finding(len(self.rows), severity)
            self.rows[row["id"]] = row

    def _finding(self, number: int, severity: str) -> Row:
        row: Row = {
            "id": str(uuid4()),
            "scan_id": self.scan_id,
            "repo_id": self.repo_id,
            "source": "oracle" if number % 7 == 0 else "ai",
            "status": "open",
            "severity": severity,
            "confidence": "certain" if number % 5 == 0 else "medium",
            "title": f"Finding {number}\n<b>\u2028bold</b>",
            "file_path": "",
            "line_start": 9,
            "line_end": 3,
            "poc_validated": False,
            "fingerprint": f"{number % 9:064x}",
            "agent_reasoning": None,
            "created_at": now(),
            "updated_at": now(),
        } | dict.fromkeys(NULL_KEYS)
        if self._generation is not Generation.A:
            row |= dict.fromkeys(NEWER_KEYS)
        if self._generation is Generation.C:
            row |= {"exploitability": 0.7, "tags": ["a", {"b": None}], "owner": {"name": "Mira"}}
        return row

    def _move(self, stage: str, stage_status: str, status: str) -> None:
        self._stages[stage] = (stage_status, now())
        self._status, self._updated_at = status, now()
        self._tell("stage_update", stage=stage, status=stage_status, timestamp=now())
        self._tell("status_change", status=status, timestamp=now())

    def _announce_all(self) -> None:
        """Send the burst as a subscriber gets it that is slower than the ring is long (3.6)."""
        self._send(LAGGED)
        for row in self._in_order()[-RING_EVENTS:]:
            reported = {"finding_id": row["id"], "title": row["title"], "severity": row["severity"]}
            self._tell("finding_added", **reported)

    def _tell(self, name: str, **data: object) -> None:
        self._send(frame(name, {"scan_id": self.scan_id, **data}))
        if self._generation is Generation.C:
            self._send(frame("stage_rumour", {"scan_id": self.scan_id, "what": None}))

    def _scan(self) -> Row:
        return {
            "id": self.scan_id,
            "repo_id": self.repo_id,
            "scan_type": "full",
            "status": self._status,
            "started_at": self._created_at,
            "created_at": self._created_at,
            "updated_at": self._updated_at,
            **dict.fromkeys((f"{name}_count" for name in ("finding", *RANKS)), 0),
            **dict.fromkeys(SCAN_NULL_KEYS),
        }

    def _live(self) -> Row:
        is_a, is_c = self._generation is Generation.A, self._generation is Generation.C
        fallback = {"used": True, "provider_label": "Other", "detail": "Quota", "timestamp": None}
        return {
            "scan": {
                "id": self.scan_id,
                "status": self._status,
                "status_label": self._status.title(),
                "is_live": self._status != "completed",
                "updated_at": self._updated_at,
                "error_message": None,
            },
            "counts": self._counts("total"),
            "current_task": self._activity(),
            "stages": [self._stage(name) for name in (STAGES_OF_A if is_a else STAGES)],
            "activity": [self._activity()],
            "agent_calls": [],
        } | ({"fallback": fallback, "weather": "fine"} if is_c else {})

    def _stage(self, name: str) -> Row:
        status, moment = self._stages.get(name, ("pending", None))
        reported = {"stage": name, "label": name.title(), "status": status, "timestamp": moment}
        return reported | {"attempt": int(name in self._stages), "error": None}

    def _activity(self) -> Row:
        return {
            "key": self.repo_id,
            "event_type": "task",
            "tone": "warning" if self._generation is Generation.C else "active",
            "status": "musing",
            "stage": "hunt",
            "task_key": "surface-login",
            "title": "Thinking",
            "detail": None,
            "progress_pct": None,
            "timestamp": self._created_at,
        }

    def _counts(self, total: str) -> dict[str, int]:
        severities = [row["severity"] for row in self.rows.values()]
        return {total: len(severities), **{name: severities.count(name) for name in RANKS}}

    def _in_order(self) -> list[Row]:
        newest_first = reversed(self.rows.values())
        return sorted(newest_first, key=lambda row: (row["status"], RANKS.get(row["severity"], 4)))

    def _page(self, query: dict[str, list[str]]) -> Row:
        """One page; after news, rows move on for a while between the pages (T-4)."""
        rows = self._in_order()
        answer = page_of(rows, query)
        self._pages += 1
        if self._pages <= MOVING_PAGES:
            moved = 7 * answer["page"]
            return page_of(rows[-moved:] + rows[:-moved], query)
        if answer["page"] >= answer["total_pages"]:
            self._listed.set()
        return answer


def page_of(rows: list[Row], query: dict[str, list[str]]) -> Row:
    page = max(int(query.get("page", ["1"])[0]), 1)
    per_page = min(int(query.get("per_page", ["25"])[0]), PAGE_ROWS)
    first, pages = (page - 1) * per_page, max(-(-len(rows) // per_page), 1)
    reported = {"total": len(rows), "page": page, "per_page": per_page, "total_pages": pages}
    return {"items": rows[first : first + per_page], **reported}


def frame(name: str, data: Row) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def now() -> str:
    """The present moment as the REST models write it."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")

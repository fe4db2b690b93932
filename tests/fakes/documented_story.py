"""A scan as the published documentation tells it, moved step by step, and stories ready to play.

Written from protocol.md 7 (left column) and 13; shares no code with the embedded server. What
is found is announced one by one, a stage is told once when it begins and once when it ends, every
`status_change` carries counts, and the stream ends with `scan_complete` or `error` (D1-D4, D24).
"""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from tests.fakes.waiting import WAIT_LIMIT_S

Row = dict[str, Any]
SEVERITIES = ("critical", "high", "medium", "low")
FORTY_TWO = {"critical": 5, "high": 12, "medium": 18, "low": 7}
_STATUSES = {
    "ingest": ("ingesting", "ingested"),
    "tyr": ("modeling", "modeled"),
    "hunt": ("hunting", "hunted"),
    "garmr": ("validating", "validated"),
}
_ENDS = ("scan_complete", "error")


class DocumentedStory:
    """One scan: what it has found, and what its stream has said.

    One thread moves it, another may read it.

    Attributes:
        rows: the findings by id, announced or not.
        announced: ids of the announced ones, in order.
        frames: all the stream has said; None where its connections broke.
        first_frame: where a stream opened from now on begins.
        on_news: called after each change of `frames`.
        patience_s: how long `until_listened` waits; None without end.
    """

    def __init__(self) -> None:
        self.scan_id, self.repo_id = str(uuid4()), str(uuid4())
        self.status = "queued"
        self.error: str | None = None
        self.rows: dict[str, Row] = {}
        self.announced: list[str] = []
        self.frames: list[tuple[str, Row] | None] = []
        self.first_frame = 0
        self.events: dict[str, list[Row]] = {}
        self.on_news: Callable[[], None] = lambda: None
        self.patience_s: float | None = WAIT_LIMIT_S
        self._created_at = self._updated_at = now()
        self.opened = 0
        self._has_opened = threading.Condition()

    def stage(self, name: str, status: str) -> None:
        """Let a stage be `running` or `completed`, and the scan with it."""
        self._tell("stage_update", stage=name, status=status, timestamp=now())
        running, done = _STATUSES.get(name, (name, name))
        self._move(running if status == "running" else done)
        self._tell("status_change", status=self.status, timestamp=now(), **self.counts())

    def find(self, severity: str, title: str = "") -> str:
        """Let the scan have one finding more, without a word; return its id."""
        row = self._finding(len(self.rows), severity, title)
        self.rows[row["id"]] = row
        return str(row["id"])

    def announce(self, severity: str, title: str = "") -> str:
        """Let the scan have one finding more and say so; return its id."""
        found = self.find(severity, title)
        self.announced.append(found)
        reported = {"severity": severity, "title": self.rows[found]["title"]}
        self._tell("finding_added", finding_id=found, **reported)
        return found

    def complete(self, *, has_counts: bool = True) -> None:
        self._move("completed")
        counts = self.counts() if has_counts else {}
        self._tell("scan_complete", **counts, timestamp=now())

    def fail(self, message: str) -> None:
        self._move("failed")
        self.error = message
        self._tell("error", error=message, timestamp=now())

    def drop(self) -> None:
        """Break the connections of all open streams in mid-body."""
        self.frames.append(None)
        self.on_news()

    def forget(self) -> None:
        """Let streams opened from now on hear nothing of what was said before."""
        self.first_frame = len(self.frames)

    def until_listened(self, times: int = 1) -> None:
        """Wait until so many streams have been opened in all."""
        with self._has_opened:
            self._has_opened.wait_for(lambda: self.opened >= times, self.patience_s)
            assert self.opened >= times, f"{self.opened} of {times} streams were opened"

    def listen(self) -> int:
        """Note that a stream was opened, and return which frame it begins with."""
        with self._has_opened:
            self.opened += 1
            self._has_opened.notify_all()
        return self.first_frame

    def is_over_at(self, place: int) -> bool:
        """Whether a stream that has said all before `place` ends there."""
        last = self.frames[place - 1] if place else None
        return place == len(self.frames) and last is not None and last[0] in _ENDS

    def counts(self) -> Row:
        """The counts of a `status_change`, out of all rows."""
        found = [row["severity"] for row in list(self.rows.values())]
        by_severity = {severity: found.count(severity) for severity in SEVERITIES}
        return {"finding_count": len(found), **by_severity}

    def scan(self) -> Row:
        """The scan as `GET /api/scans/{id}` has it."""
        counts = self.counts()
        return {
            "id": self.scan_id,
            "repo_id": self.repo_id,
            "scan_type": "full",
            "status": self.status,
            "commit_sha": None,
            "base_commit_sha": None,
            "parent_scan_id": None,
            "triggered_by": None,
            "finding_count": counts["finding_count"],
            **{f"{severity}_count": counts[severity] for severity in SEVERITIES},
            "started_at": self._created_at,
            "completed_at": self._updated_at if self.status == "completed" else None,
            "error_message": self.error,
            "created_at": self._created_at,
            "updated_at": self._updated_at,
        }

    def listed(self, severity: str | None, status: str | None) -> list[Row]:
        rows = [
            row
            for row in list(self.rows.values())
            if severity in (None, row["severity"]) and status in (None, row["status"])
        ]
        return sorted(rows, key=lambda row: (SEVERITIES.index(row["severity"]), row["id"]))

    def triage(self, finding_id: str, key: str, value: str, comment: str | None) -> Row:
        """Change a finding, note that, and return the whole of it (D14)."""
        row = self.rows[finding_id]
        event = {
            "id": str(uuid4()),
            "finding_id": finding_id,
            "user_id": None,
            "event_type": f"{key}_change",
            "old_value": row[key],
            "new_value": value,
            "comment": comment,
            "metadata": None,
            "created_at": now(),
        }
        self.events.setdefault(finding_id, []).append(event)
        row |= {key: value, "updated_at": now()}
        return row

    def _move(self, status: str) -> None:
        self.status, self._updated_at = status, now()

    def _tell(self, name: str, **data: object) -> None:
        self.frames.append((name, {"scan_id": self.scan_id, **data}))
        self.on_news()

    def _finding(self, number: int, severity: str, title: str) -> Row:
        """One of 22 fields; proof and patch as the documentation has them (D16-D18)."""
        proof = {"payload": "' OR 1=1 --", "description": "All orders are listed."}
        return {
            "id": str(uuid4()),
            "scan_id": self.scan_id,
            "repo_id": self.repo_id,
            "source": "ai",
            "status": "open",
            "severity": severity,
            "confidence": "medium",
            "title": title or f"Finding {number} ({severity})",
            "description": "A request parameter reaches a statement.",
            "cwe_id": "CWE-89",
            "cve_id": None,
            "file_path": f"shop/module_{number}.py",
            "line_start": number + 1,
            "line_end": number + 2,
            "code_snippet": "run(query)",
            "suggested_patch": "Bind the parameter.",
            "poc_exploit_json": proof if severity == "critical" else None,
            "poc_validated": severity == "critical",
            "fingerprint": f"{number:064x}",
            "agent_reasoning": None,
            "created_at": now(),
            "updated_at": now(),
        }


def frame(name: str, data: Row) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def now() -> str:
    """The present moment in whole seconds (D20)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Play = Callable[[DocumentedStory], Iterator[None]]


def published(story: DocumentedStory) -> Iterator[None]:
    """The example of the documentation: ingest, hunt, one critical finding."""
    yield from _hunting(story)
    story.announce("critical", "SQL injection in the order search")
    yield
    yield from _ending(story)


def forty_two(story: DocumentedStory) -> Iterator[None]:
    """42 findings, all announced."""
    yield from _hunting(story)
    for severity, count in FORTY_TWO.items():
        for _ in range(count):
            story.announce(severity)
            yield
    yield from _ending(story)


def thirty_seven_of_forty_two(story: DocumentedStory) -> Iterator[None]:
    """42 findings, of which five of low severity are never announced."""
    yield from _hunting(story)
    for severity, count in (FORTY_TWO | {"low": 2}).items():
        for _ in range(count):
            story.announce(severity)
            yield
    for _ in range(5):
        story.find("low")
    yield from _ending(story)


def nothing_found(story: DocumentedStory) -> Iterator[None]:
    yield from _hunting(story)
    yield from _ending(story)


def replayed(story: DocumentedStory) -> Iterator[None]:
    """The connection breaks while hunting; the next one tells all from the start."""
    yield from _broken(story, is_forgotten=False)


def gap(story: DocumentedStory) -> Iterator[None]:
    """The connection breaks while hunting; what was said before the next one is never said again.

    Of 42 findings, 20 are announced before and 5 while nothing listens.
    """
    yield from _broken(story, is_forgotten=True)


def failed(story: DocumentedStory) -> Iterator[None]:
    """A scan that ends with `error`, with one finding."""
    yield from _hunting(story)
    story.announce("high")
    yield
    story.fail("The model provider gave no answer")


def uncounted(story: DocumentedStory) -> Iterator[None]:
    """One finding, and an end that carries no counts."""
    yield from _hunting(story)
    story.announce("high")
    yield
    story.stage("hunt", "completed")
    story.complete(has_counts=False)


def silent(_: DocumentedStory) -> Iterator[None]:
    """A stream that opens and says nothing."""
    yield from ()


STORIES: dict[str, Play] = {
    play.__name__.replace("_", "-"): play
    for play in (
        published,
        forty_two,
        thirty_seven_of_forty_two,
        nothing_found,
        replayed,
        gap,
        failed,
        uncounted,
        silent,
    )
}


def _hunting(story: DocumentedStory) -> Iterator[None]:
    for name, status in (("ingest", "running"), ("ingest", "completed"), ("hunt", "running")):
        story.stage(name, status)
        yield


def _ending(story: DocumentedStory) -> Iterator[None]:
    story.stage("hunt", "completed")
    yield
    story.complete()


def _broken(story: DocumentedStory, *, is_forgotten: bool) -> Iterator[None]:
    severities = [severity for severity, count in FORTY_TWO.items() for _ in range(count)]
    yield from _hunting(story)
    story.until_listened()
    for severity in severities[:20]:
        story.announce(severity)
        yield
    times = story.opened
    story.drop()  # and at once, before any client is back:
    for severity in severities[20:25]:
        story.announce(severity)
    if is_forgotten:
        story.forget()
    story.until_listened(times + 1)
    for severity in severities[25:]:
        story.announce(severity)
        yield
    yield from _ending(story)

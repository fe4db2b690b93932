"""Scans to run: plans written out in full, a queued scan, a broadcaster that keeps its events."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from heimdall_desktop.local.broadcaster import Broadcaster, StreamEvent
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import NewFinding, ScanId, ScanRow
from heimdall_desktop.local.steps import Activity, Step


class WrittenPlan:
    """Yields the steps that a test wrote down for each stage, the same in every attempt.

    A callable among them is called when its turn comes.
    """

    def __init__(self, stages: Mapping[str, Sequence[Step | Callable[[], None]]] | None = None):
        self._stages = stages or {}
        self.attempts: list[int] = []

    async def steps(self, stage: str, attempt: int) -> AsyncGenerator[Step, None]:
        if stage == "ingest":
            self.attempts.append(attempt)
        for step in self._stages.get(stage, ()):
            if callable(step):
                step()
            else:
                yield step


class StuckPlan(WrittenPlan):
    """Never leaves one stage; `reached` is set once it is there."""

    def __init__(
        self, stage: str, stages: Mapping[str, Sequence[Step | Callable[[], None]]] | None = None
    ) -> None:
        super().__init__(stages)
        self._stage = stage
        self.reached = asyncio.Event()

    async def steps(self, stage: str, attempt: int) -> AsyncGenerator[Step, None]:
        """Wait for ever in the chosen stage, take the written steps of the others."""
        if stage == self._stage:
            self.reached.set()
            await asyncio.Event().wait()
        async for step in super().steps(stage, attempt):
            yield step


class KeepingBroadcaster(Broadcaster):
    """A broadcaster that keeps every event sent through it, however many there are."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[StreamEvent] = []

    def send(self, scan_id: ScanId, event_name: str, data: Mapping[str, object]) -> None:
        self.events.append(StreamEvent(event_name, data))
        super().send(scan_id, event_name, data)

    @property
    def names(self) -> list[str]:
        """The events in short: `stage_update hunt running`, `status_change hunted`, `error`."""
        parts = (
            (event.name, event.data.get("stage"), event.data.get("status")) for event in self.events
        )
        return [" ".join(str(part) for part in three if part) for three in parts]


class WatchedDatabase(Database):
    """A database that notifies when a line about a task is written; used on one loop only."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._noted: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def until_noted(self, task_key: str) -> None:
        """Wait until the execution log has a line about a task."""
        await self._noted[task_key].wait()

    def add_activity(self, scan_id: ScanId, stage: str | None, activity: Activity) -> None:
        """Append the line, and wake those who wait for it."""
        super().add_activity(scan_id, stage, activity)
        self._noted[activity.task_key].set()


def queue_scan(database: Database, remote_url: str = "scripted:") -> ScanRow:
    """Queue a scan of a new repository of a new account."""
    user = database.add_user(f"{uuid4()}@example.test", "no hash")
    repo = database.add_repo(user.id, "shop", remote_url)
    return database.add_scan(repo.id, user.id)


def scan_row(database: Database, scan_id: ScanId) -> ScanRow:
    row = database.scan(scan_id)
    assert row is not None
    return row


def a_new_finding(fingerprint: str = "f1", **fields: Any) -> NewFinding:
    values: dict[str, Any] = {
        "source": "static",
        "severity": "high",
        "confidence": "high",
        "title": "[CWE-78] Shell",
        "file_path": "a.py",
        "line_start": 3,
    }
    return NewFinding(fingerprint=fingerprint, **(values | fields))

"""The progress stream of a scan: its initial state, live events, comments, and its end.

Source: heimdall-api.md §3.1-3.4 and 3.7.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from starlette.responses import StreamingResponse
from starlette.types import Send

from heimdall_desktop.local.broadcaster import Broadcaster, Lagged
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.moments import offset_form
from heimdall_desktop.local.rows import STAGES, Counts, ScanId, ScanRow, StageRow

KEEPALIVE_S = 15.0
KEEPALIVE = b": keepalive\n\n"
LAGGED = ": lagged — events were dropped\n\n".encode()
_HEADERS = {
    "content-type": "text/event-stream",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
}


class ProgressStream(StreamingResponse):
    """Streams one scan to one subscriber, until a live end, a removed channel or a disconnect."""

    def __init__(
        self,
        database: Database,
        broadcaster: Broadcaster,
        scan_id: ScanId,
        keepalive_s: float = KEEPALIVE_S,
    ) -> None:
        self._chunks = _chunks(database, broadcaster, scan_id, keepalive_s)
        super().__init__(self._chunks, headers=_HEADERS)

    async def stream_response(self, send: Send) -> None:
        """Send the chunks, and let go of the subscription at once when the peer is gone."""
        async with aclosing(self._chunks):
            await super().stream_response(send)


async def _chunks(
    database: Database, broadcaster: Broadcaster, scan_id: ScanId, keepalive_s: float
) -> AsyncGenerator[bytes, None]:
    """Yield the initial state, then a chunk for each live event; subscribes before it reads."""
    with broadcaster.subscribe(scan_id) as subscription:
        yield await initial_state(database, scan_id)
        while True:
            try:
                event = await asyncio.wait_for(subscription.next(), keepalive_s)
            except TimeoutError:
                yield KEEPALIVE
                continue
            if event is None:
                return
            yield LAGGED if isinstance(event, Lagged) else frame(event.name, event.data)


async def initial_state(database: Database, scan_id: ScanId) -> bytes:
    """Write what the database knows of a scan as frames: nothing if it was deleted just now.

    The scan may move between reading it and reading its stages, which stand above it.
    """
    scan = database.scan(scan_id)
    counts = database.counts(scan_id)
    await asyncio.sleep(0)
    stages = database.latest_stages(scan_id)
    if scan is None:
        return b""
    frames = [_stage_frame(stages[name]) for name in STAGES if name in stages]
    frames.append(frame("status_change", _status_data(scan) | _count_data(counts)))
    if scan.status in {"completed", "cancelled"}:
        frames.append(frame("scan_complete", _scan_data(scan) | _count_data(counts)))
    elif scan.status == "failed":
        frames.append(frame("error", _scan_data(scan) | {"error": scan.error_message}))
    return b"".join(frames)


def frame(event_name: str, data: Mapping[str, object]) -> bytes:
    """Write one event: LF only, JSON on one line, non-ASCII as it is."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event_name}\ndata: {text}\n\n".encode()


def _stage_frame(row: StageRow) -> bytes:
    data: dict[str, object] = {
        "scan_id": row.scan_id,
        "stage": row.stage,
        "status": row.status,
        "timestamp": offset_form(row.moment),
    }
    if row.error is not None:
        data["error"] = row.error
    return frame("stage_update", data)


def _scan_data(scan: ScanRow) -> dict[str, object]:
    return {"scan_id": scan.id, "timestamp": offset_form(scan.updated_at)}


def _status_data(scan: ScanRow) -> dict[str, object]:
    return _scan_data(scan) | {"status": scan.status}


def _count_data(counts: Counts) -> dict[str, object]:
    return {
        "finding_count": counts.total,
        "critical": counts.critical,
        "high": counts.high,
        "medium": counts.medium,
        "low": counts.low,
    }

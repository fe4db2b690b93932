"""The live events of each scan: one ring for all subscribers, each with its own position.

Nothing is kept for later. Without a channel a scan's events are dropped; the first subscriber
creates the channel. A subscriber that falls behind the ring loses the oldest events and is only
notified of the loss. All of it belongs to one asyncio loop. Source: protocol.md 3.6-3.9.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, closing
from dataclasses import dataclass, field

from starlette.responses import StreamingResponse
from starlette.types import Send

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import STAGES, ScanId, moment_form

RING_EVENTS = 128
_ENDING = frozenset({"scan_complete", "error"})


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One live event: its name on the wire and its data."""

    name: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Lagged:
    """The subscriber fell behind and the ring has overwritten events that it never saw."""


@dataclass(slots=True)
class _Channel:
    """The ring of one scan; `sent` counts all events ever sent into it."""

    ring: deque[StreamEvent] = field(default_factory=lambda: deque(maxlen=RING_EVENTS))
    sent: int = 0
    is_removed: bool = False
    subscriptions: "set[Subscription]" = field(default_factory=set)

    def wake_subscribers(self) -> None:
        for subscription in self.subscriptions:
            subscription.news.set()


class Subscription:
    """One reader of a scan's live events; close it when it stops reading.

    Attributes:
        news: set when there may be an event.
        owed_notices: how many notices of lag come before anything else.
    """

    def __init__(self, channel: _Channel) -> None:
        self._channel = channel
        self._position = channel.sent
        self._has_ended = False
        self.news = asyncio.Event()
        self.owed_notices = 0
        channel.subscriptions.add(self)

    async def next(self) -> StreamEvent | Lagged | None:
        """Wait for the next event. Cancelling the wait loses nothing.

        Returns:
            None at the end: after a live `scan_complete` or `error`, or when the channel was
            removed and its remaining events are read.
        """
        channel = self._channel
        while not self._has_ended:
            oldest = channel.sent - len(channel.ring)
            if self.owed_notices:
                self.owed_notices -= 1
                return Lagged()
            if self._position < oldest:
                self._position = oldest
                return Lagged()
            if self._position < channel.sent:
                event = channel.ring[self._position - oldest]
                self._position += 1
                self._has_ended = event.name in _ENDING
                return event
            if channel.is_removed:
                break
            self.news.clear()
            await self.news.wait()
        return None

    def close(self) -> None:
        self._has_ended = True
        self._channel.subscriptions.discard(self)
        self.news.set()


class Broadcaster:
    """The channels of all scans that have or had a subscriber."""

    def __init__(self) -> None:
        self._channels: dict[ScanId, _Channel] = {}

    def subscribe(self, scan_id: ScanId) -> Subscription:
        return Subscription(self._channels.setdefault(scan_id, _Channel()))

    def send(self, scan_id: ScanId, event_name: str, data: Mapping[str, object]) -> None:
        """Send an event to the subscribers; without one it is dropped."""
        if channel := self._channels.get(scan_id):
            channel.ring.append(StreamEvent(event_name, data))
            channel.sent += 1
            channel.wake_subscribers()

    def close(self, scan_id: ScanId) -> None:
        """Remove a scan's channel: its streams end after what the ring still holds."""
        if channel := self._channels.pop(scan_id, None):
            channel.is_removed = True
            channel.wake_subscribers()

    def close_later(self, scan_id: ScanId, delay_s: float) -> None:
        """Remove a scan's channel after a while; until then late subscribers get only an end."""
        asyncio.get_running_loop().call_later(delay_s, self.close, scan_id)

    def close_all(self) -> None:
        for scan_id in list(self._channels):
            self.close(scan_id)

    def subscriptions(self, scan_id: ScanId) -> frozenset[Subscription]:
        channel = self._channels.get(scan_id)
        return frozenset(channel.subscriptions) if channel else frozenset()


# The progress stream of a scan: its initial state, live events, comments, and its end.
#
# Source: protocol.md 3.1-3.4 and 3.7.


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
        """Send the chunks, and close the subscription as soon as the peer disconnects."""
        async with aclosing(self._chunks):
            await super().stream_response(send)


async def _chunks(
    database: Database, broadcaster: Broadcaster, scan_id: ScanId, keepalive_s: float
) -> AsyncGenerator[bytes, None]:
    """Yield the initial state, then a chunk for each live event; subscribe before reading."""
    with closing(broadcaster.subscribe(scan_id)) as subscription:
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
    """Return the database's state of a scan as frames: nothing if it was just deleted.

    The scan may change between reading it and reading its stages, which come first in the frames.
    """
    scan = database.scan(scan_id)
    counts = database.counts(scan_id)
    await asyncio.sleep(0)
    stages = database.latest_stages(scan_id)
    if scan is None:
        return b""
    frames = []
    for row in (stages[name] for name in STAGES if name in stages):
        data = {"scan_id": row.scan_id, "stage": row.stage, "status": row.status}
        error = {} if row.error is None else {"error": row.error}
        frames.append(frame("stage_update", data | {"timestamp": moment_form(row.moment)} | error))
    about: dict[str, object] = {"scan_id": scan.id, "timestamp": moment_form(scan.updated_at)}
    numbers: dict[str, object] = {
        "finding_count": counts.total,
        "critical": counts.critical,
        "high": counts.high,
        "medium": counts.medium,
        "low": counts.low,
    }
    frames.append(frame("status_change", about | {"status": scan.status} | numbers))
    if scan.status in {"completed", "cancelled"}:
        frames.append(frame("scan_complete", about | numbers))
    elif scan.status == "failed":
        frames.append(frame("error", about | {"error": scan.error_message}))
    return b"".join(frames)


def frame(event_name: str, data: Mapping[str, object]) -> bytes:
    """Return one event as text: LF only, JSON on one line, non-ASCII unescaped."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event_name}\ndata: {text}\n\n".encode()

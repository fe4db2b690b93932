"""The live events of each scan: one ring for all subscribers, each at its own place in it.

Nothing is kept for later: while a scan has no channel its events are dropped, and the first
subscriber makes the channel. A subscriber that falls behind the ring loses the oldest events and
learns only that it did. All of it belongs to one asyncio loop. Source: heimdall-api.md §3.6-3.9.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Self

from heimdall_desktop.local.rows import ScanId

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


class _Channel:
    """The ring of one scan; positions count all events ever sent into it."""

    def __init__(self) -> None:
        self.ring: deque[StreamEvent] = deque(maxlen=RING_EVENTS)
        self.sent = 0
        self.is_removed = False
        self.subscriptions: set[Subscription] = set()

    @property
    def oldest(self) -> int:
        return self.sent - len(self.ring)

    def send(self, event: StreamEvent) -> None:
        self.ring.append(event)
        self.sent += 1
        self.wake()

    def remove(self) -> None:
        self.is_removed = True
        self.wake()

    def wake(self) -> None:
        for subscription in self.subscriptions:
            subscription.wake()


class Subscription:
    """One reader of a scan's live events, to be closed when it stops reading.

    Iterating ends after a live `scan_complete` or `error`, or when the channel was removed and all
    that it still held is read.
    """

    def __init__(self, channel: _Channel) -> None:
        self._channel = channel
        self._position = channel.sent
        self._news = asyncio.Event()
        self._has_ended = False
        self._owed_notices = 0
        channel.subscriptions.add(self)

    async def next(self) -> StreamEvent | Lagged | None:
        """Wait for the next event; None is the end. Cancelling the wait loses nothing."""
        while not self._has_ended:
            channel = self._channel
            if self._owed_notices:
                self._owed_notices -= 1
                return Lagged()
            if self._position < channel.oldest:
                self._position = channel.oldest
                return Lagged()
            if self._position < channel.sent:
                event = channel.ring[self._position - channel.oldest]
                self._position += 1
                self._has_ended = event.name in _ENDING
                return event
            if channel.is_removed:
                break
            self._news.clear()
            await self._news.wait()
        return None

    async def __aiter__(self) -> AsyncIterator[StreamEvent | Lagged]:
        while (event := await self.next()) is not None:
            yield event

    def lag(self, times: int) -> None:
        """Give so many notices of lag before anything else."""
        self._owed_notices += times
        self.wake()

    def wake(self) -> None:
        """Let a waiting `next` look again."""
        self._news.set()

    def close(self) -> None:
        """Stop receiving."""
        self._has_ended = True
        self._channel.subscriptions.discard(self)
        self.wake()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Broadcaster:
    """The channels of all scans that anybody listens to or has listened to."""

    def __init__(self) -> None:
        self._channels: dict[ScanId, _Channel] = {}

    def subscribe(self, scan_id: ScanId) -> Subscription:
        """Listen to a scan from now on."""
        return Subscription(self._channels.setdefault(scan_id, _Channel()))

    def send(self, scan_id: ScanId, event_name: str, data: Mapping[str, object]) -> None:
        """Send an event to those who listen; without a listener it is dropped."""
        if channel := self._channels.get(scan_id):
            channel.send(StreamEvent(event_name, data))

    def lag(self, scan_id: ScanId, times: int) -> None:
        """Tell those who listen now that they fell behind, so many times."""
        if channel := self._channels.get(scan_id):
            for subscription in channel.subscriptions:
                subscription.lag(times)

    def close(self, scan_id: ScanId) -> None:
        """Remove a scan's channel: its streams end after what the ring still holds."""
        if channel := self._channels.pop(scan_id, None):
            channel.remove()

    def close_later(self, scan_id: ScanId, delay_s: float) -> None:
        """Remove a scan's channel after a while; late subscribers until then see a bare end."""
        asyncio.get_running_loop().call_later(delay_s, self.close, scan_id)

    def close_all(self) -> None:
        """End all streams."""
        for scan_id in list(self._channels):
            self.close(scan_id)

    def subscriber_count(self, scan_id: ScanId) -> int:
        """Return how many listen to a scan."""
        channel = self._channels.get(scan_id)
        return len(channel.subscriptions) if channel else 0

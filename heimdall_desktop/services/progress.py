"""One open progress stream of a scan: observations and signs of life, in order.

Each of its events is only a hint to poll (protocol.md 8.1). The stream may end, or not end,
without saying anything about the scan (3.7).
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import EventsSkipped
from heimdall_desktop.domain.facts.server import id_on_server
from heimdall_desktop.services.transport import event_stream
from heimdall_desktop.services.transport.clients import Clients
from heimdall_desktop.services.wire import Heartbeat, StreamEvent, stream_event

Heard = StreamEvent | Heartbeat


class ProgressStream:
    """A progress stream, opened by `async with` and iterated once.

    Opening has no separate timeout: `last_byte_at_s` starts when this object is created, so that
    one watchdog can limit the silence of both (protocol.md T-18).

    Attributes:
        bad_frames: unreadable events; each also yields an `EventsSkipped`.
    """

    def __init__(
        self,
        clients: Clients,
        scan_id: ScanId,
        clock: Callable[[], float],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.bad_frames = 0
        self._now = now
        self._clients = clients
        self._scan_id = scan_id
        self._clock = clock
        self._made_at_s = clock()
        self._stream: event_stream.EventStream | None = None

    @property
    def last_byte_at_s(self) -> float:
        """When the newest bytes came; before any, when this object was created."""
        return self._made_at_s if self._stream is None else self._stream.last_byte_at_s

    @property
    def is_open(self) -> bool:
        """Whether the server has accepted the request."""
        return self._stream is not None

    async def __aenter__(self) -> Self:
        """Open the stream.

        Raises:
            ServerUnreachable: no connection, or a broken one.
            SignedOut: the token is missing or no longer valid.
            NotVisible: the scan does not exist, or belongs to another account.
            WrongServer: the answer is not from a Heimdall.
            ServerBusy: the server requests a wait.
            ServerFault: it failed.
            RequestRefused: any other refusal.
        """
        path = f"/api/scans/{id_on_server(self._scan_id)}/progress/stream"
        self._stream = await self._clients.open_stream(path, self._clock)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._stream is not None:
            await self._stream.aclose()

    async def __aiter__(self) -> AsyncGenerator[Heard, None]:
        """Yield the server's events until it ends the stream.

        Raises:
            ServerUnreachable: the connection broke.
            WireError: the bytes are not an event stream.
        """
        if self._stream is None:
            raise RuntimeError("the stream is not open")
        async with aclosing(aiter(self._stream)) as parts:
            async for part in parts:
                yield self._observed(part)

    def _observed(self, part: event_stream.StreamPart) -> Heard:
        now_s = self._clock()
        match part:
            case event_stream.Frame(event, data):
                with suppress(WireError):
                    seen = stream_event(event, data, self._scan_id, now_s, self._now())
                    return Heartbeat(now_s) if seen is None else seen
            case event_stream.Comment(is_lagged=is_lagged):
                return EventsSkipped(self._scan_id, now_s) if is_lagged else Heartbeat(now_s)
            case event_stream.BadFrame():
                pass
        self.bad_frames += 1
        return EventsSkipped(self._scan_id, now_s, is_unreadable=True)

"""How we hear of a scan: one state out of what its watch has noticed so far.

The states and their order are those of ux.md 2.6; the first that fits is the one.
"""

from dataclasses import dataclass

from heimdall_desktop.domain.finding import ScanId
from heimdall_desktop.domain.observation import Connection, ConnectionSeen

CONNECTING_S = 10.0  # so long a new watch may take without being called stale
STALE_S = 45.0  # without a good answer of REST
FIRST_BYTE_S = 20.0  # heimdall-api.md T-46
SILENCE_S = 45.0  # three keep-alives, T-18
QUIET_S = 120.0  # without an event or a change in /live


@dataclass(slots=True)
class Health:
    """What a watch has noticed; all moments are of the monotonic clock.

    Attributes:
        is_stream_wanted: the scan is live, so there should be a stream.
        stream_open_at_s: when the stream was asked for; None while it is down.
        stream_lost_at_s: when it was lost; None before the first loss and once it gives bytes.
        next_try_at_s: when the next attempt is due, after a failed one.
        holds_back: a stream was open for long without a byte: something on the way keeps it.
        reason: the last trouble in one sentence; "" once all is well.
    """

    scan_id: ScanId
    began_at_s: float
    answered_at_s: float | None = None
    news_at_s: float | None = None
    busy_until_s: float | None = None
    is_signed_out: bool = False
    is_gone: bool = False
    is_ended: bool = False
    is_stream_wanted: bool = True
    stream_open_at_s: float | None = None
    stream_lost_at_s: float | None = None
    last_byte_at_s: float | None = None
    next_try_at_s: float | None = None
    holds_back: bool = False
    reason: str = ""

    def state(self, now_s: float) -> ConnectionSeen:
        """Return the state at a moment."""
        connection, since_s = self._connection(now_s)
        waits = connection in (Connection.RECONNECTING, Connection.STALE, Connection.BUSY)
        next_try_at_s = self.next_try_at_s if waits else None
        if connection is Connection.BUSY:
            next_try_at_s = self.busy_until_s
        reason = "" if connection in (Connection.LIVE, Connection.QUIET) else self.reason
        return ConnectionSeen(self.scan_id, connection, since_s, next_try_at_s, reason)

    def is_silent(self, now_s: float) -> bool:
        """Whether an open stream has been without a byte for so long that it counts as dead."""
        if self.stream_open_at_s is None:
            return False
        heard = max(self.last_byte_at_s or 0.0, self.stream_open_at_s)
        return now_s - heard >= SILENCE_S

    def _connection(self, now_s: float) -> tuple[Connection, float]:
        began = self.began_at_s
        ends = {
            Connection.SIGNED_OUT: self.is_signed_out,
            Connection.GONE: self.is_gone,
            Connection.ENDED: self.is_ended,
        }
        for connection, holds in ends.items():
            if holds:
                return connection, self.answered_at_s or began
        if self.busy_until_s is not None and now_s < self.busy_until_s:
            return Connection.BUSY, self.answered_at_s or began
        if self.answered_at_s is None and now_s - began < CONNECTING_S:
            return Connection.CONNECTING, began
        if now_s - (self.answered_at_s or began) >= STALE_S or self.answered_at_s is None:
            return Connection.STALE, self.answered_at_s or began
        return self._stream_state(now_s)

    def _stream_state(self, now_s: float) -> tuple[Connection, float]:
        if self.is_stream_wanted:
            trouble = self._stream_trouble(now_s)
            if trouble is not None:
                return trouble
        news = self.news_at_s or self.began_at_s
        if now_s - news >= QUIET_S:
            return Connection.QUIET, news
        return Connection.LIVE, self.began_at_s

    def _stream_trouble(self, now_s: float) -> tuple[Connection, float] | None:
        opened = self.stream_open_at_s
        if self.holds_back or self._is_held_back(now_s):
            return Connection.POLLING_ONLY, opened or self.began_at_s
        if opened is not None and (self.last_byte_at_s or 0.0) >= opened:
            return None
        if self.stream_lost_at_s is not None:
            return Connection.RECONNECTING, self.stream_lost_at_s
        return Connection.CONNECTING, self.began_at_s

    def _is_held_back(self, now_s: float) -> bool:
        opened, heard = self.stream_open_at_s, self.last_byte_at_s
        if opened is None:
            return False
        if heard is None or heard < opened:
            return now_s - opened >= FIRST_BYTE_S
        return now_s - heard >= SILENCE_S

"""The connection state of a scan, derived from what its watch has noticed.

ux.md 2.6 defines the states and their order; the first one that matches applies.
"""

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import HeimdallError, Reason, ServerError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection, ConnectionSeen

CONNECTING_S = 10.0  # a new watch is not stale for this long
STALE_S = 45.0  # without a successful REST response
FIRST_BYTE_S = 20.0  # heimdall-api.md T-46
THERE_S = 15.0  # a server silent for longer may be unreachable for every scan
SILENCE_S = 45.0  # three keep-alives, T-18
QUIET_S = 120.0  # without an event or a change in /live
REFUSED_S = 5.0  # how long REST may fail beside a working stream (T-57)
HANGS_S = 15.0  # and how long a poll may hang


class Trouble(Struct, frozen=True):
    """A repeated failure.

    Attributes:
        since_s: when the first of the failures started.
        next_try_at_s: when the next attempt is due.
        error: the newest failure.
    """

    since_s: float
    next_try_at_s: float
    error: HeimdallError

    def after(self, former: "Trouble | None") -> "Trouble":
        """Return this failure as the continuation of a former one, if there was any."""
        return self if former is None else replace(self, since_s=former.since_s)


class Health(Struct):
    """What a watch has noticed; all times are monotonic.

    Attributes:
        is_stream_wanted: the scan is live, so there should be a stream.
        is_stream_only: the stream is the only source for the scan, so it counts as the response.
        mute_since_s: since when the scan has only a stream, and that is silent; None otherwise.
        stream_open_at_s: when the stream was requested; None while it is down.
        accepted_at_s: when the server last accepted a stream.
        server_answered_at_s: when the server last responded at all, also for other scans (T-56).
        answered_before_s: when an earlier session had its last good response, if there was one.
        holds_back: a stream was open for long without a byte: something on the route buffers it.
        asking_since_s: when the current poll was sent; None between polls.
        polling: failures of polls; None once one succeeds.
        listing: failures of listings; None once one succeeds.
        streaming: failures of the stream; None before the first loss and once bytes arrive.
        refusal: the refusal that ended the watch, if any.
    """

    scan_id: ScanId
    began_at_s: float
    answered_at_s: float | None = None
    server_answered_at_s: float | None = None
    answered_before_s: float | None = None
    news_at_s: float | None = None
    busy_until_s: float | None = None
    is_signed_out: bool = False
    is_gone: bool = False
    is_ended: bool = False
    is_stream_wanted: bool = False
    is_stream_only: bool = False
    mute_since_s: float | None = None
    stream_open_at_s: float | None = None
    accepted_at_s: float | None = None
    last_byte_at_s: float | None = None
    holds_back: bool = False
    asking_since_s: float | None = None
    polling: Trouble | None = None
    listing: Trouble | None = None
    streaming: Trouble | None = None
    refusal: HeimdallError | None = None

    def state(self, now_s: float) -> ConnectionSeen:
        """Return the state at a given time."""
        connection, since_s = self._connection(now_s)
        trouble = self._trouble_of(connection)
        error = trouble.error if trouble else self.refusal
        if connection is Connection.STALE and self._is_server_there(now_s):
            error = ServerError(Reason.SCAN_NOT_ANSWERED)
        is_rest_alone = self._is_rest_alone(connection, now_s)
        if is_rest_alone and error is None:
            error = ServerError(Reason.STREAM_SPEAKS_ALONE)
        next_try_at_s = trouble.next_try_at_s if trouble else None
        failing = [trouble.since_s for trouble in (self.polling, self.listing) if trouble]
        return ConnectionSeen(
            self.scan_id,
            connection,
            since_s,
            self.busy_until_s if connection is Connection.BUSY else next_try_at_s,
            error,
            min(failing, default=None),
            self.last_told_s is not None,
            self.mute_since_s,
            is_rest_alone,
        )

    @property
    def last_told_s(self) -> float | None:
        """When the source of the scan last reported on it; None if it never has."""
        if not self.is_stream_only:
            return self.answered_at_s
        times = (self.answered_at_s, self.accepted_at_s, self.last_byte_at_s)
        return max((at_s for at_s in times if at_s is not None), default=None)

    def _is_server_there(self, now_s: float) -> bool:
        """Return whether the server has recently responded to any request."""
        answered_at_s = self.server_answered_at_s
        return answered_at_s is not None and now_s - answered_at_s < THERE_S

    def is_busy(self, now_s: float) -> bool:
        """Return whether the server requested a wait that has not expired."""
        return self.busy_until_s is not None and now_s < self.busy_until_s

    def has_heard(self) -> bool:
        """Return whether the open stream has delivered a byte."""
        return (
            self.stream_open_at_s is not None
            and self.last_byte_at_s is not None
            and self.last_byte_at_s >= self.stream_open_at_s
        )

    def silence_s(self, now_s: float) -> float:
        """Return for how long the open stream has delivered no byte; 0 while it is down."""
        if self.stream_open_at_s is None:
            return 0.0
        heard = self.last_byte_at_s if self.has_heard() else None
        return now_s - (self.stream_open_at_s if heard is None else heard)

    def is_silent(self, now_s: float) -> bool:
        """Return whether the open stream has been silent long enough to count as dead."""
        return self.silence_s(now_s) >= SILENCE_S

    def _trouble_of(self, connection: Connection) -> Trouble | None:
        """Return the failure behind a state; that of listings also when all else is well."""
        match connection:
            case Connection.SIGNED_OUT | Connection.GONE | Connection.ENDED | Connection.BUSY:
                return None
            case Connection.RECONNECTING:
                return self.streaming or self.polling
            case _:
                return self.polling or self.listing

    def _connection(self, now_s: float) -> tuple[Connection, float]:
        told_s = self.last_told_s
        answered = self.began_at_s if told_s is None else told_s
        if self.is_signed_out:
            return Connection.SIGNED_OUT, answered
        if self.is_gone:
            return Connection.GONE, answered
        if self.is_ended:
            return Connection.ENDED, answered
        if self.is_busy(now_s):
            return Connection.BUSY, answered
        if told_s is None:
            is_new = now_s - self.began_at_s < CONNECTING_S
            if is_new:
                return Connection.CONNECTING, self.began_at_s
            before = self.answered_before_s
            return Connection.STALE, self.began_at_s if before is None else before
        if now_s - answered >= STALE_S:
            return Connection.STALE, answered
        trouble = self._stream_trouble(now_s) if self.is_stream_wanted else None
        return self._rest_trouble(now_s, trouble) or trouble or self._well(now_s)

    def _rest_trouble(
        self, now_s: float, trouble: tuple[Connection, float] | None
    ) -> tuple[Connection, float] | None:
        """Return a REST failure behind a working stream: the worse of the two shows (T-57)."""
        is_worse = trouble is None or trouble[0] is not Connection.RECONNECTING
        if not is_worse:
            return None
        if self.polling is not None and now_s - self.polling.since_s >= REFUSED_S:
            return Connection.RECONNECTING, self.polling.since_s
        since_s = self.asking_since_s
        if since_s is not None and now_s - since_s >= HANGS_S and not self._is_server_there(now_s):
            return Connection.RECONNECTING, since_s
        return None

    def _is_rest_alone(self, connection: Connection, now_s: float) -> bool:
        """Return whether only REST fails, while the stream continues (T-57)."""
        is_cut_off = connection in (Connection.RECONNECTING, Connection.STALE)
        is_heard = self.is_stream_wanted and self.has_heard() and not self.is_stream_only
        return is_cut_off and is_heard and self._stream_trouble(now_s) is None

    def _is_accepted(self) -> bool:
        opened, accepted = self.stream_open_at_s, self.accepted_at_s
        return opened is not None and accepted is not None and accepted >= opened

    def _well(self, now_s: float) -> tuple[Connection, float]:
        news = self.began_at_s if self.news_at_s is None else self.news_at_s
        if now_s - news >= QUIET_S:
            return Connection.QUIET, news
        return Connection.LIVE, self.began_at_s

    def _stream_trouble(self, now_s: float) -> tuple[Connection, float] | None:
        opened = self.stream_open_at_s
        limit_s = SILENCE_S if self.has_heard() or self.is_stream_only else FIRST_BYTE_S
        if self.holds_back or self.silence_s(now_s) >= limit_s:
            since_s = self.began_at_s if opened is None else opened
            if self.is_stream_only:  # no polls here
                return Connection.RECONNECTING, since_s
            return Connection.POLLING_ONLY, since_s
        if self.has_heard() or (self.is_stream_only and self._is_accepted()):
            return None
        if self.streaming is not None:
            return Connection.RECONNECTING, self.streaming.since_s
        return Connection.CONNECTING, self.began_at_s

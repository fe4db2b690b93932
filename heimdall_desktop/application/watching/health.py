"""The connection state of a scan, derived from what its watch has noticed.

behaviour.md 2.6 defines the states and their order; the first one that matches applies.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import HeimdallError, Reason, ServerError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection, ConnectionSeen, Observation
from heimdall_desktop.domain.facts.scan import Scan

if TYPE_CHECKING:
    from heimdall_desktop.application.servers.server_session import ServerSession

CONNECTING_S = 10.0  # a new watch is not stale for this long
STALE_S = 45.0  # without a successful REST response
FIRST_BYTE_S = 20.0  # protocol.md T-46
THERE_S = 15.0  # a server silent for longer may be unreachable for every scan
SILENCE_S = 45.0  # three keep-alives, T-18
QUIET_S = 120.0  # without an event or a change in /live
BUSY_S = 8.0  # how long a server may let a scan wait: its next poll would be no earlier (T-50)
REFUSED_S = 5.0  # how long REST may fail beside a working stream (T-57)
HANGS_S = 15.0  # and how long a poll may hang


class Failure(Struct, frozen=True):
    """A repeated failure.

    Attributes:
        since_s: when the first of the failures started.
        next_try_at_s: when the next attempt is due.
        error: the newest failure.
    """

    since_s: float
    next_try_at_s: float
    error: HeimdallError

    def after(self, former: Failure | None) -> Failure:
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
        busy_since_s: when the server requested the first of the waits that followed each other.
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
    busy_until_s: float = float("-inf")
    busy_since_s: float = 0.0
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
    polling: Failure | None = None
    listing: Failure | None = None
    streaming: Failure | None = None
    refusal: HeimdallError | None = None

    def state(self, now_s: float) -> ConnectionSeen:
        connection, since_s = self._connection(now_s)
        match connection:  # a failure of listings also shows when all else is well
            case Connection.SIGNED_OUT | Connection.GONE | Connection.ENDED | Connection.BUSY:
                failure = None
            case Connection.RECONNECTING:
                failure = self.streaming or self.polling
            case _:
                failure = self.polling or self.listing
        error = failure.error if failure else self.refusal
        if connection is Connection.STALE and self._is_server_there(now_s):
            error = ServerError(Reason.SCAN_NOT_ANSWERED)
        # whether only REST fails, while the stream continues (T-57)
        is_cut_off = connection in (Connection.RECONNECTING, Connection.STALE)
        is_streaming = self.is_stream_wanted and self.has_received() and not self.is_stream_only
        is_rest_alone = is_cut_off and is_streaming and self._stream_failure(now_s) is None
        if is_rest_alone and error is None:
            error = ServerError(Reason.STREAM_SPEAKS_ALONE)
        next_try_at_s = failure.next_try_at_s if failure else None
        failing = [each.since_s for each in (self.polling, self.listing) if each]
        return ConnectionSeen(
            self.scan_id,
            connection,
            since_s,
            self.busy_until_s if connection is Connection.BUSY else next_try_at_s,
            error,
            min(failing, default=None),
            self.last_report_s is not None,
            self.mute_since_s,
            is_rest_alone,
        )

    @property
    def last_report_s(self) -> float | None:
        """When the source of the scan last reported on it; None if it never has."""
        if not self.is_stream_only:
            return self.answered_at_s
        times = (self.answered_at_s, self.accepted_at_s, self.last_byte_at_s)
        return max((at_s for at_s in times if at_s is not None), default=None)

    def wait_for(self, wait_s: float, now_s: float) -> None:
        """Take up a wait that the server requests; soon after another, it continues that one."""
        if now_s - self.busy_until_s >= BUSY_S:
            self.busy_since_s = now_s
        self.busy_until_s = now_s + wait_s

    def is_busy(self, now_s: float) -> bool:
        """Return whether the server requested a wait that has not expired."""
        return now_s < self.busy_until_s

    def has_received(self) -> bool:
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
        received_at_s = self.last_byte_at_s if self.has_received() else None
        return now_s - (self.stream_open_at_s if received_at_s is None else received_at_s)

    def _connection(self, now_s: float) -> tuple[Connection, float]:
        reported_s = self.last_report_s
        answered_s = self.began_at_s if reported_s is None else reported_s
        if self.is_signed_out:
            return Connection.SIGNED_OUT, answered_s
        if self.is_gone:
            return Connection.GONE, answered_s
        if self.is_ended:
            return Connection.ENDED, answered_s
        if self.is_busy(now_s) and self.busy_until_s - self.busy_since_s > BUSY_S:
            return Connection.BUSY, answered_s
        if reported_s is None:
            if now_s - self.began_at_s < CONNECTING_S:
                return Connection.CONNECTING, self.began_at_s
            before_s = self.answered_before_s
            return Connection.STALE, self.began_at_s if before_s is None else before_s
        if now_s - answered_s >= STALE_S:
            return Connection.STALE, answered_s
        failed = self._stream_failure(now_s) if self.is_stream_wanted else None
        # a REST failure behind a working stream: the worse of the two shows (T-57)
        is_reconnecting = failed is not None and failed[0] is Connection.RECONNECTING
        rest_failed_s = None if is_reconnecting else self._rest_failed_since_s(now_s)
        if rest_failed_s is not None:
            return Connection.RECONNECTING, rest_failed_s
        if failed is not None:
            return failed
        news_s = self.began_at_s if self.news_at_s is None else self.news_at_s
        if now_s - news_s >= QUIET_S:
            return Connection.QUIET, news_s
        return Connection.LIVE, self.began_at_s

    def _rest_failed_since_s(self, now_s: float) -> float | None:
        """Return since when polls have failed or hung for too long; None if they work."""
        if self.polling is not None and now_s - self.polling.since_s >= REFUSED_S:
            return self.polling.since_s
        since_s = self.asking_since_s
        if since_s is None or now_s - since_s < HANGS_S or self._is_server_there(now_s):
            return None
        return since_s

    def _is_server_there(self, now_s: float) -> bool:
        """Return whether the server has recently responded to any request."""
        answered_at_s = self.server_answered_at_s
        return answered_at_s is not None and now_s - answered_at_s < THERE_S

    def _stream_failure(self, now_s: float) -> tuple[Connection, float] | None:
        """Return the state that a failing stream causes; None if it works."""
        opened_s, accepted_s = self.stream_open_at_s, self.accepted_at_s
        limit_s = SILENCE_S if self.has_received() or self.is_stream_only else FIRST_BYTE_S
        if self.holds_back or self.silence_s(now_s) >= limit_s:
            since_s = self.began_at_s if opened_s is None else opened_s
            # where the stream is the only source, there are no polls
            is_polled = not self.is_stream_only
            return Connection.POLLING_ONLY if is_polled else Connection.RECONNECTING, since_s
        is_accepted = opened_s is not None and accepted_s is not None and accepted_s >= opened_s
        if self.has_received() or (self.is_stream_only and is_accepted):
            return None
        if self.streaming is not None:
            return Connection.RECONNECTING, self.streaming.since_s
        return Connection.CONNECTING, self.began_at_s


class WatchContext(Struct, frozen=True):
    """What all parts of a watch share.

    Attributes:
        scan: as the store holds it; read here, written only through `observe`.
        link: its server.
        health: what the parts have noticed.
        observe: folds in every fact.
        clock: monotonic seconds.
        now: the wall clock, aware UTC; only compared with the server's own times.
        random: spreads many watches apart.
    """

    scan: Scan
    link: ServerSession
    health: Health
    observe: Callable[[Observation], None]
    clock: Callable[[], float]
    now: Callable[[], datetime]
    random: Random

"""Decides which source a scan has on its server: snapshot, scan and listing, or a stream alone.

The poller tries the upper rungs itself. This module handles the case that neither exists: a
fresh stream shows whether there is such a scan. The decision is made for each scan, and again at
each reconnect, never by a guess. Source: heimdall-api.md 13, T-86, T-87.
"""

from collections.abc import Callable
from datetime import datetime

from heimdall_desktop.application.health import Health, Trouble
from heimdall_desktop.application.listener import Listener
from heimdall_desktop.application.poller import ABSENT_S, GONE_CHECK_S, Poller
from heimdall_desktop.application.stream_only import StreamOnly
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    NotVisible,
    Reason,
    RouteMissing,
    ServerError,
)
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.observation import (
    EndSeen,
    EventsSkipped,
    Observation,
    ScanSource,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl, host_name
from heimdall_desktop.services.wire import StreamEvent


class Ladder:
    """Decides from REST and stream responses which source of a scan is used.

    Args:
        scan: read here, written only through `observe`.
        server: the server of the scan.
        health: records whether the stream is the only source.
        poller: polls the upper rungs.
        listener: keeps the stream open.
        observe: folds in every fact.
        clock: monotonic seconds.
        now: the wall clock, aware UTC.
    """

    def __init__(
        self,
        scan: Scan,
        server: ServerUrl,
        health: Health,
        poller: Poller,
        listener: Listener,
        observe: Callable[[Observation], None],
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._scan, self._server, self._health = scan, server, health
        self._poller, self._listener, self._clock = poller, listener, clock
        self._stream_only = StreamOnly(scan, observe, listener.want, clock=clock, now=now)
        self._absent_since_s: float | None = None
        self._missing_at_s: float | None = None
        self._decided_from_s = clock()
        self._event_at_s = float("-inf")
        health.is_stream_only = scan.is_stream_only

    def again(self) -> None:
        """Decide again from what arrives next: the server may be another one."""
        self._decided_from_s = self._clock()

    def tick(self, now_s: float) -> bool:
        """Check now and then whether an ended scan runs again; return whether it is done."""
        return self._scan.is_stream_only and self._stream_only.tick(now_s)

    # -- REST responses --

    def meet_answer(self) -> None:
        """Handle a REST response that reports the scan."""
        self._missing_at_s = self._absent_since_s = self._health.mute_since_s = None
        self._health.is_stream_only = False
        if self._scan.source is ScanSource.LIVE or self._scan.has_listed_once:
            self._stream_only.forget()

    def meet_absence(self, error: HeimdallError) -> None:
        """Handle a missing `/live` and scan: only a fresh stream can report it now."""
        if self._absent_since_s is None:
            self._absent_since_s = self._clock()
            if self._scan.source in (ScanSource.LIVE, ScanSource.LISTING):
                self._decided_from_s = self._absent_since_s  # an open stream proves nothing
                self._listener.again()
        if not self._scan.is_stream_only or self._scan.is_live:
            self._listener.want(True)
        self._decide(error)

    def miss_listing(self) -> None:
        """Handle a scan without a listing: its rows are the findings the stream announces."""
        self._poller.miss_listing()
        self._stream_only.begin()

    def is_gone_for_good(self) -> bool:
        """Return whether the scan was absent long enough: one odd response removes no rows."""
        now_s = self._clock()
        if self._missing_at_s is None:
            self._missing_at_s = now_s
        if now_s - self._missing_at_s >= GONE_CHECK_S:
            return True
        self._poller.poll_at(self._missing_at_s + GONE_CHECK_S)
        return False

    # -- stream events --

    def meet_open_stream(self) -> bool:
        """Handle a new stream; return whether the server may offer something else now."""
        self._stream_only.hear_again()
        may_differ = self._absent_since_s is not None or self._scan.source is ScanSource.LISTING
        if may_differ:
            self._poller.decide_again()
        self._decide()
        return may_differ

    def lose_stream(self) -> None:
        """Handle the loss of the stream."""
        self._stream_only.lose()

    def refusal_of_stream(self, error: ServerError) -> NotVisible | None:
        """Return `NotVisible` if the refused stream proves that the scan is absent; else None."""
        is_known = bool(self._scan.findings) or self._scan.source is not None
        is_odd = is_known and isinstance(error, RouteMissing)  # it may be a proxy's
        has_ended = self._scan.is_stream_only and not self._scan.is_live
        if self._absent_since_s is None or is_odd or has_ended:
            return None
        self._health.mute_since_s = None
        return NotVisible(error.reason, **error.fields)

    def hear(self, seen: StreamEvent) -> None:
        """Handle an event that may be the only source, when there is no snapshot."""
        if self._scan.source is ScanSource.LIVE:
            return
        match seen:
            case EventsSkipped():
                self._stream_only.skip()
                return
            case FindingHinted():
                self._stream_only.hint(seen)
            case EndSeen():
                self._stream_only.hear_end()
            case _:
                pass
        opened_s = self._health.stream_open_at_s
        if opened_s is not None and opened_s >= self._decided_from_s:
            self._event_at_s = self._clock()
        if not self._scan.is_stream_only:
            self._decide()

    # -- inside --

    def _decide(self, error: HeimdallError | None = None) -> None:
        """Use the stream as the source of the scan, once it has delivered an event."""
        absent_since_s = self._absent_since_s
        if absent_since_s is None:
            return
        health, now_s = self._health, self._clock()
        if self._event_at_s >= self._decided_from_s:
            health.polling = health.mute_since_s = self._missing_at_s = None
            health.is_stream_only = True
            self._stream_only.begin()
            return
        accepted_s = health.accepted_at_s
        if accepted_s is not None and accepted_s >= self._decided_from_s:
            if health.mute_since_s is None:
                health.mute_since_s = now_s
            error = ServerError(Reason.SCAN_NOT_TOLD, host=host_name(self._server))
        if error is not None:
            trouble = Trouble(absent_since_s, now_s + ABSENT_S, error.kept())
            health.polling = trouble.after(health.polling)

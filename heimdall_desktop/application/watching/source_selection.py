"""Decides which source a scan has on its server: snapshot, scan and listing, or a stream alone.

The poller tries the first two itself. This module handles the case that neither exists: a fresh
stream shows whether there is such a scan. The decision is made for each scan, and again at each
reconnect, never by a guess. If the stream is the only source, its announcements are the rows, and
lost ones leave gaps. Source: protocol.md 13, T-86, T-87.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct, field

from heimdall_desktop.application.watching.health import Failure, WatchContext
from heimdall_desktop.application.watching.poller import ABSENT_S, GONE_CHECK_S, Poller
from heimdall_desktop.application.watching.stream_listener import Listener
from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.listed_rows import FindingHinted, announced_row
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import host_name
from heimdall_desktop.services.wire import StreamEvent

log = logging.getLogger("heimdall.stream")

HELD = 20_000  # announcements that wait until the other sources are known
SETTLE_S = 5.0  # after `scan_complete`, which the stream may revert at once (T-38)
CHECK_GAP_S = 10.0  # between two checks whether an ended scan runs again
CHECK_S = 10.0  # how long a check waits for news
CHECKS = 3
LAG_S = 5.0  # notices of dropped events closer together are one gap (T-68)


class _OpenGap(Struct):
    """A gap, and what would show that the server has sent all of it again.

    Attributes:
        before: what was announced before it.
        is_open: the stream is still down.
    """

    gap: observation.Gap
    before: frozenset[FindingId] = field(default_factory=frozenset)
    is_open: bool = False


class StreamOnly:
    """Handles a watch while the stream is the only source.

    Until that is known, announcements are held, since rows that REST lists are better.

    Args:
        now: the wall clock, aware UTC: announcements have no time stamp.
    """

    def __init__(
        self,
        scan: Scan,
        observe: Callable[[observation.Observation], None],
        want_stream: Callable[[bool], None],
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._scan, self._observe, self._want_stream = scan, observe, want_stream
        self._clock, self._now = clock, now
        self._held: dict[FindingId, observation.FindingsListed] = {}
        self._repeated: set[FindingId] = set()  # announced since the stream was opened
        self._is_connected = self._has_ended = False
        self._next_at_s: float | None = None
        self._ended_at_s = 0.0
        self._checks = 0
        self._is_checking = False
        self._gaps: list[_OpenGap] = []
        if scan.is_stream_only:  # the gaps of an earlier watch, and the one since
            self._gaps += map(_OpenGap, scan.gaps)
            if scan.is_live and scan.last_update_at_s is not None:
                at = now() - timedelta(seconds=max(clock() - scan.last_update_at_s, 0.0))
                self._gaps.append(
                    _OpenGap(observation.Gap(at, at), frozenset(scan.findings), is_open=True)
                )

    def start(self) -> None:
        """Start: the stream is the only source of the scan, so its announcements are the rows."""
        if not self._scan.is_stream_only:
            log.info("scan %s is stream only", self._scan.id)
            self._observe(
                observation.SourceSeen(self._scan.id, self._clock(), observation.ScanSource.STREAM)
            )
            if not self._scan.is_live and self._gaps and self._gaps[-1].is_open:
                self._gaps.pop()  # it was down because the scan had ended
            self._report_gaps()
        held, self._held = self._held, {}
        for row in held.values():
            self._observe(row)

    def forget(self) -> None:
        """Stop: REST lists the findings, so announcements are only hints."""
        self._held.clear()
        self._gaps.clear()

    def hint(self, hinted: FindingHinted) -> None:
        """Handle an announcement: a row, or held until it is known whether it is one."""
        self._repeated.add(hinted.finding_id)
        known, stage = self._scan.findings.get(hinted.finding_id), self._scan.running_stage
        at, announced_in = hinted.arrived_at or self._now(), "" if stage is None else stage.name
        if known is not None and known.is_announced:  # the first time counts
            at, announced_in = known.created_at, known.announced_in
        finding = announced_row(hinted, at, announced_in)
        row = observation.FindingsListed(self._scan.id, hinted.heard_at_s, (finding,))
        if not self._scan.is_stream_only:
            if len(self._held) < HELD:
                self._held.setdefault(hinted.finding_id, row)
            return
        self._observe(row)
        still_open = [
            gap
            for gap in self._gaps
            if not gap.before or gap.is_open or not gap.before <= self._repeated
        ]
        if len(still_open) < len(self._gaps):  # all that was announced before is sent again
            self._gaps = still_open
            self._report_gaps()

    def skip(self) -> None:
        """Handle events that the server has dropped, or one that could not be parsed."""
        at = self._now()
        newest = self._gaps[-1].gap if self._gaps else None
        if newest is not None and newest.is_lag and (at - newest.ended_at).total_seconds() < LAG_S:
            self._gaps[-1].gap = observation.Gap(newest.began_at, at, is_lag=True)
        else:
            self._gaps.append(_OpenGap(observation.Gap(at, at, is_lag=True)))
        self._report_gaps()

    def handle_loss(self) -> None:
        """Handle a lost stream: announcements from now on are lost."""
        if self._is_checking:
            self._next_at_s = self._clock()  # this check has brought all it can
        is_down = bool(self._gaps) and self._gaps[-1].is_open
        if is_down or self._has_ended or not (self._is_connected and self._scan.is_live):
            return
        at = self._now()
        before = frozenset(self._scan.findings if self._scan.is_stream_only else self._held)
        self._gaps.append(_OpenGap(observation.Gap(at, at), before, is_open=True))
        self._report_gaps()

    def handle_new_stream(self) -> None:
        """Handle a new stream, which may send everything once more."""
        self._repeated.clear()
        self._is_connected, self._has_ended = True, False
        if self._gaps and self._gaps[-1].is_open:
            newest = self._gaps[-1]
            newest.gap, newest.is_open = observation.Gap(newest.gap.began_at, self._now()), False
            self._report_gaps()

    def handle_end(self) -> None:
        """Handle an end in the stream: a check that receives it again is finished."""
        self._has_ended = True
        if self._is_checking and not self._scan.is_live:
            self._next_at_s = self._clock()

    def tick(self, now_s: float) -> bool:
        """Check a few times whether an ended scan runs again; return whether it is done."""
        if self._scan.is_live:
            if self._next_at_s is not None:
                self._next_at_s, self._checks, self._is_checking = None, 0, False
                self._settle(is_settled=False)
                self._want_stream(True)
            return False
        if self._next_at_s is None:
            self._ended_at_s, self._next_at_s = now_s, now_s + CHECK_GAP_S
            self._want_stream(False)
        if self._scan.status == "completed" and now_s - self._ended_at_s >= SETTLE_S:
            self._settle(is_settled=True)
        if now_s < self._next_at_s:
            return False
        if not self._is_checking:
            self._is_checking, self._next_at_s = True, now_s + CHECK_S
            self._want_stream(True)
            return False
        self._want_stream(False)
        self._is_checking, self._next_at_s = False, now_s + CHECK_GAP_S
        self._checks += 1
        if self._checks < CHECKS:
            return False
        self._settle(is_settled=True)
        return True

    def _settle(self, *, is_settled: bool) -> None:
        if self._scan.is_settled != is_settled:
            self._observe(observation.Settled(self._scan.id, is_settled=is_settled))

    def _report_gaps(self) -> None:
        if self._scan.is_stream_only:
            gaps = tuple(gap.gap for gap in self._gaps)
            self._observe(observation.GapsSeen(self._scan.id, self._clock(), gaps))


class SourceSelection:
    """Decides from REST and stream responses which source of a scan is used.

    Args:
        context: its health records whether the stream is the only source.
        poller: polls the snapshot or the scan.
        listener: keeps the stream open.

    Attributes:
        stream_only: handles the case that the stream is the only source.
    """

    def __init__(self, context: WatchContext, poller: Poller, listener: Listener) -> None:
        self._scan, self._server = context.scan, context.link.url
        self._health, self._clock = context.health, context.clock
        self._poller, self._listener = poller, listener
        self.stream_only = StreamOnly(
            context.scan, context.observe, listener.want, clock=context.clock, now=context.now
        )
        self._absent_since_s: float | None = None
        self._missing_at_s: float | None = None
        self._decided_from_s = self._clock()
        self._event_at_s = float("-inf")
        self._health.is_stream_only = self._scan.is_stream_only

    def decide_again(self) -> None:
        """Decide again from what arrives next: the server may be another one."""
        self._decided_from_s = self._clock()

    # -- REST responses --

    def handle_answer(self) -> None:
        self._missing_at_s = self._absent_since_s = self._health.mute_since_s = None
        self._health.is_stream_only = False
        if self._scan.source is observation.ScanSource.LIVE or self._scan.has_listed_once:
            self.stream_only.forget()

    def handle_absence(self, error: errors.HeimdallError) -> None:
        """Handle a missing `/live` and scan: only a fresh stream can report it now."""
        if self._absent_since_s is None:
            self._absent_since_s = self._clock()
            if self._scan.source in (observation.ScanSource.LIVE, observation.ScanSource.LISTING):
                self._decided_from_s = self._absent_since_s  # an open stream proves nothing
                self._listener.reconnect()
        if not self._scan.is_stream_only or self._scan.is_live:
            self._listener.want(True)
        self._decide(error)

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

    def handle_open_stream(self) -> bool:
        """Handle a new stream; return whether the server may offer something else now."""
        self.stream_only.handle_new_stream()
        may_differ = (
            self._absent_since_s is not None or self._scan.source is observation.ScanSource.LISTING
        )
        if may_differ:
            self._poller.decide_again()
        self._decide()
        return may_differ

    def refusal_of_stream(self, error: errors.ServerError) -> errors.NotVisible | None:
        """Return `NotVisible` if the refused stream proves that the scan is absent; else None."""
        is_known = bool(self._scan.findings) or self._scan.source is not None
        is_odd = is_known and isinstance(error, errors.RouteMissing)  # it may be a proxy's
        has_ended = self._scan.is_stream_only and not self._scan.is_live
        if self._absent_since_s is None or is_odd or has_ended:
            return None
        self._health.mute_since_s = None
        return errors.NotVisible(error.reason, **error.fields)

    def handle_event(self, seen: StreamEvent) -> None:
        """Handle an event that may be the only source, when there is no snapshot."""
        if self._scan.source is observation.ScanSource.LIVE:
            return
        match seen:
            case observation.EventsSkipped():
                self.stream_only.skip()
                return
            case FindingHinted():
                self.stream_only.hint(seen)
            case observation.EndSeen():
                self.stream_only.handle_end()
            case _:
                pass
        opened_s = self._health.stream_open_at_s
        if opened_s is not None and opened_s >= self._decided_from_s:
            self._event_at_s = self._clock()
        if not self._scan.is_stream_only:
            self._decide()

    # -- inside --

    def _decide(self, error: errors.HeimdallError | None = None) -> None:
        """Use the stream as the source of the scan, once it has delivered an event."""
        absent_since_s = self._absent_since_s
        if absent_since_s is None:
            return
        health, now_s = self._health, self._clock()
        if self._event_at_s >= self._decided_from_s:
            health.polling = health.mute_since_s = self._missing_at_s = None
            health.is_stream_only = True
            self.stream_only.start()
            return
        accepted_s = health.accepted_at_s
        if accepted_s is not None and accepted_s >= self._decided_from_s:
            if health.mute_since_s is None:
                health.mute_since_s = now_s
            error = errors.ServerError(errors.Reason.SCAN_NOT_TOLD, host=host_name(self._server))
        if error is not None:
            failure = Failure(absent_since_s, now_s + ABSENT_S, error.kept())
            health.polling = failure.after(health.polling)

"""A scan whose only source is its stream: announcements become rows, lost ones leave gaps.

Another module finds out whether there is more than the stream. Until then announcements are
held, since rows that REST lists are better. Source: heimdall-api.md 13.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct, field

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.facts.listed_rows import FindingHinted, announced_row
from heimdall_desktop.domain.facts.observation import (
    FindingsListed,
    Gap,
    GapsSeen,
    Observation,
    ScanSource,
    Settled,
    SourceSeen,
)
from heimdall_desktop.domain.facts.scan import Scan

log = logging.getLogger("heimdall.stream")

HELD = 20_000  # announcements that wait until the other sources are known
SETTLE_S = 5.0  # after `scan_complete`, which the stream may revert at once (T-38)
LOOK_GAP_S = 10.0  # between two checks whether an ended scan runs again
LOOK_S = 10.0  # how long a check waits for news
LOOKS = 3
LAG_S = 5.0  # notices of dropped events closer together are one gap (T-68)


class _OpenGap(Struct):
    """A gap, and what would show that the server has sent all of it again.

    Attributes:
        before: what was announced before it.
        is_open: the stream is still down.
    """

    gap: Gap
    before: frozenset[FindingId] = field(default_factory=frozenset)
    is_open: bool = False


class StreamOnly:
    """Handles a watch while the stream is the only source.

    Args:
        scan: read here, written only through `observe`.
        observe: folds in every fact.
        want_stream: opens the stream, or closes it.
        clock: monotonic seconds.
        now: the wall clock, aware UTC: announcements have no time stamp.
    """

    def __init__(
        self,
        scan: Scan,
        observe: Callable[[Observation], None],
        want_stream: Callable[[bool], None],
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        self._scan = scan
        self._observe = observe
        self._want_stream = want_stream
        self._clock = clock
        self._now = now
        self._held: dict[FindingId, FindingsListed] = {}
        self._gaps = self._earlier_gaps()
        self._told_again: set[FindingId] = set()
        self._has_heard = self._has_ended = False
        self._next_at_s: float | None = None
        self._ended_at_s = 0.0
        self._looks = 0
        self._is_looking = False

    def _earlier_gaps(self) -> list[_OpenGap]:
        """Return the gaps of an earlier watch, and the one since, if the scan was running then."""
        if not self._scan.is_stream_only:
            return []
        gaps, told_at_s = [_OpenGap(gap) for gap in self._scan.gaps], self._scan.last_update_at_s
        if self._scan.is_live and told_at_s is not None:
            at = self._now() - timedelta(seconds=max(self._clock() - told_at_s, 0.0))
            gaps.append(_OpenGap(Gap(at, at), frozenset(self._scan.findings), is_open=True))
        return gaps

    def begin(self) -> None:
        """Start: the stream is the only source of the scan, so its announcements are the rows."""
        if not self._scan.is_stream_only:
            log.info("scan %s is stream only", self._scan.id)
            self._observe(SourceSeen(self._scan.id, self._clock(), ScanSource.STREAM))
            if not self._scan.is_live and self._gaps and self._gaps[-1].is_open:
                self._gaps.pop()  # it was down because the scan had ended
            self._tell_gaps()
        held, self._held = self._held, {}
        for row in held.values():
            self._observe(row)

    def forget(self) -> None:
        """Stop: REST lists the findings, so announcements are only hints."""
        self._held.clear()
        self._gaps.clear()

    def hint(self, hinted: FindingHinted) -> None:
        """Handle an announcement: a row, or held until it is known whether it is one."""
        self._told_again.add(hinted.finding_id)
        row = FindingsListed(self._scan.id, hinted.heard_at_s, (self._row(hinted),))
        if self._scan.is_stream_only:
            self._observe(row)
            self._close_told_gaps()
        elif len(self._held) < HELD:
            self._held.setdefault(hinted.finding_id, row)

    def skip(self) -> None:
        """Handle events that the server has dropped, or one that could not be parsed."""
        at = self._now()
        newest = self._gaps[-1].gap if self._gaps else None
        if newest is not None and newest.is_lag and (at - newest.ended_at).total_seconds() < LAG_S:
            self._gaps[-1].gap = Gap(newest.began_at, at, is_lag=True)
        else:
            self._gaps.append(_OpenGap(Gap(at, at, is_lag=True)))
        self._tell_gaps()

    def lose(self) -> None:
        """Handle a lost stream: announcements from now on are lost."""
        if self._is_looking:
            self._next_at_s = self._clock()  # this check has brought all it can
        is_down = bool(self._gaps) and self._gaps[-1].is_open
        if is_down or self._has_ended or not (self._has_heard and self._scan.is_live):
            return
        at = self._now()
        before = frozenset(self._scan.findings if self._scan.is_stream_only else self._held)
        self._gaps.append(_OpenGap(Gap(at, at), before, is_open=True))
        self._tell_gaps()

    def hear_again(self) -> None:
        """Handle a new stream, which may send everything once more."""
        self._told_again.clear()
        self._has_heard, self._has_ended = True, False
        if self._gaps and self._gaps[-1].is_open:
            newest = self._gaps[-1]
            newest.gap, newest.is_open = Gap(newest.gap.began_at, self._now()), False
            self._tell_gaps()

    def tick(self, now_s: float) -> bool:
        """Check a few times whether an ended scan runs again; return whether it is done."""
        if self._scan.is_live:
            if self._next_at_s is not None:
                self._next_at_s, self._looks, self._is_looking = None, 0, False
                self._settle(is_settled=False)
                self._want_stream(True)
            return False
        if self._next_at_s is None:
            self._ended_at_s, self._next_at_s = now_s, now_s + LOOK_GAP_S
            self._want_stream(False)
        if self._scan.status == "completed" and now_s - self._ended_at_s >= SETTLE_S:
            self._settle(is_settled=True)
        if now_s < self._next_at_s:
            return False
        if not self._is_looking:
            self._is_looking, self._next_at_s = True, now_s + LOOK_S
            self._want_stream(True)
            return False
        self._want_stream(False)
        self._is_looking, self._next_at_s = False, now_s + LOOK_GAP_S
        self._looks += 1
        if self._looks < LOOKS:
            return False
        self._settle(is_settled=True)
        return True

    def hear_end(self) -> None:
        """Handle an end in the stream: a check that receives it again is finished."""
        self._has_ended = True
        if self._is_looking and not self._scan.is_live:
            self._next_at_s = self._clock()

    def _settle(self, *, is_settled: bool) -> None:
        if self._scan.is_settled != is_settled:
            self._observe(Settled(self._scan.id, is_settled=is_settled))

    def _row(self, hinted: FindingHinted) -> Finding:
        """Return the row of an announcement; if it is repeated, the first time counts."""
        known, stage = self._scan.findings.get(hinted.finding_id), self._scan.running_stage
        at = hinted.arrived_at or self._now()
        if known is not None and known.is_announced:
            at, announced_in = known.created_at, known.announced_in
        else:
            announced_in = "" if stage is None else stage.name
        return announced_row(hinted, at, announced_in)

    def _close_told_gaps(self) -> None:
        """Drop the gaps whose earlier announcements have all been sent again."""
        closed = [
            gap
            for gap in self._gaps
            if gap.before and not gap.is_open and gap.before <= self._told_again
        ]
        if closed:
            self._gaps = [gap for gap in self._gaps if gap not in closed]
            self._tell_gaps()

    def _tell_gaps(self) -> None:
        if self._scan.is_stream_only:
            gaps = tuple(gap.gap for gap in self._gaps)
            self._observe(GapsSeen(self._scan.id, self._clock(), gaps))

"""What a stream tells of a scan by itself, for servers that offer nothing else.

Where REST answers, all of it is but a hint. Source: heimdall-api.md 13, T-31 to T-33.
"""

from datetime import datetime

from msgspec import Struct, field

from heimdall_desktop.domain.facts.end_readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingId,
    FindingStatus,
    RepoId,
    ScanId,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.latest_value import LatestValue
from heimdall_desktop.domain.facts.observation import (
    Counts,
    EndSeen,
    Gap,
    GapsSeen,
    StatusSeen,
)

ENDED = "ended"  # our own word: after `error` failed and cancelled look alike


class FindingHinted(Struct, frozen=True):
    """A `finding_added` of the stream: a hint that there is a row to read (T-3).

    No observation, since it changes nothing that is known of a scan: the watch reads the row, or
    makes an announced one where there is nothing but the stream.

    Attributes:
        arrived_at: when it arrived, by our own clock: the event has no time stamp.
    """

    scan_id: ScanId
    heard_at_s: float
    finding_id: FindingId
    severity: Severity
    title: str
    severity_text: str = ""
    arrived_at: datetime | None = None


class Announced(Struct):
    """The newest of each thing that was announced.

    Attributes:
        end: the newest `scan_complete` or `error`; None before any.
        gaps: when announcements were lost, oldest first.
        gaps_heard_s: when they were told.
    """

    end: EndSeen | None = None
    gaps: tuple[Gap, ...] = ()
    gaps_heard_s: float = float("-inf")
    _counts: LatestValue[Counts | None] = field(default_factory=lambda: LatestValue(None))

    def see_status(self, seen: StatusSeen) -> None:
        """Take the counts of a `status_change`, if it has any."""
        if seen.counts is not None:
            self._counts.by_stream(seen.stamped_at, seen.heard_at_s, seen.counts)

    def see_end(self, seen: EndSeen) -> None:
        """Take an end in."""
        if self.end is None or seen.heard_at_s > self.end.heard_at_s:
            self.end = seen

    def see_gaps(self, seen: GapsSeen) -> None:
        """Take the gaps in."""
        if seen.heard_at_s >= self.gaps_heard_s:
            self.gaps_heard_s, self.gaps = seen.heard_at_s, seen.gaps

    def status(self, told: LatestValue[str]) -> str:
        """Return the status of a scan that only its stream tells of.

        Args:
            told: what `status_change` events, and REST where it answers, say of the status.
        """
        end = self.end
        if end is None or told.asked_at_s > end.heard_at_s or _is_taken_back(end, told):
            return told.value
        if told.event in TERMINAL_STATUSES:
            return told.event  # `scan_complete` comes after a cancel too (T-33)
        return "completed" if end.is_complete else ENDED

    @property
    def counts_so_far(self) -> Counts | None:
        """What the newest `status_change` with counts says."""
        return self._counts.value

    def counts(self, status: str) -> Counts | None:
        """Return what the server says it has announced: at the end, before it so far."""
        if self.end is not None and (status in TERMINAL_STATUSES or status == ENDED):
            return self.end.counts
        return self._counts.value


def _is_taken_back(end: EndSeen, told: LatestValue[str]) -> bool:
    """Whether the scan has moved on after an end; a replay has the stamps of before."""
    if told.stamped_at is None or told.heard_at_s <= end.heard_at_s:
        return False
    is_newer = end.stamped_at is None or told.stamped_at > end.stamped_at
    return is_newer and told.event not in TERMINAL_STATUSES


def announced_row(hinted: FindingHinted, at: datetime, announced_in: str) -> Finding:
    """Return what an announcement tells of a finding; all else is unknown.

    Args:
        hinted: the announcement.
        at: when it came, aware.
        announced_in: the stage that ran then; "" for none.
    """
    return Finding(
        id=hinted.finding_id,
        scan_id=hinted.scan_id,
        repo_id=RepoId(""),
        source=Source.OTHER,
        source_text="",
        status=FindingStatus.OTHER,
        status_text="",
        severity=hinted.severity,
        severity_text=hinted.severity_text,
        confidence=Confidence.OTHER,
        confidence_text="",
        title=hinted.title,
        file_path="",
        line_start=0,
        line_end=None,
        fingerprint="",
        created_at=at,
        updated_at=at,
        is_announced=True,
        announced_in=announced_in,
    )

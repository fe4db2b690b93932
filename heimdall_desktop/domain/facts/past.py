"""What is kept of a scan for the next session: the observations that rebuild it.

A restored scan is folded like a watched one, from old answers. So no other code handles the past:
age, order and newness follow from when each answer was requested.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.known_scan import CANCELLING_S
from heimdall_desktop.domain.facts.observation import (
    Activity,
    FindingsListed,
    GapsSeen,
    ListingEnded,
    LiveRead,
    Observation,
    RepoRead,
    ScanRead,
    ScanSource,
    Settled,
    SourceSeen,
    StageSeen,
)
from heimdall_desktop.domain.facts.retold import EARLIER_STATUS
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl


class KeptHistory(Struct, frozen=True):
    """How much is kept of earlier sessions, and of this one."""

    scans: int = 0
    findings: int = 0
    size_bytes: int = 0


class PastScan(Struct, frozen=True):
    """A scan, or its new parts, as observations.

    Attributes:
        head: everything but findings and log; replaces an earlier head as a whole.
        rows: findings by id, each with the moment it was requested; added to earlier ones.
        activities: lines of the server's log by key; added to earlier ones.
        is_partial: more rows will follow, so an earlier head stays valid until then: a head must
            never describe rows that are missing.
    """

    server: ServerUrl
    scan_id: ScanId
    head: tuple[Observation, ...]
    rows: tuple[FindingsListed, ...] = ()
    activities: tuple[Activity, ...] = ()
    is_partial: bool = False

    @property
    def asked_at_s(self) -> float | None:
        """When the newest answer in the head was requested; None if it has no answer."""
        asked = [o.asked_at_s for o in self.head if isinstance(o, ScanRead | LiveRead)]
        found = [o.found_at_s for o in self.head if isinstance(o, SourceSeen)]
        return max([*asked, *found], default=None)

    def opening(self) -> Iterator[Observation]:
        """Yield the observations to fold before the rows."""
        yield from (o for o in self.head if not isinstance(o, ListingEnded | Settled))

    def closing(self, rows: int) -> Iterator[Observation]:
        """Yield the observations to fold after the rows: listing results, and whether it settled.

        Yield nothing if a listing had read more rows than these: then some were not restored, and
        only a new listing can describe the whole.
        """
        ends = [o for o in self.head if isinstance(o, ListingEnded | Settled)]
        read = [ended.read for ended in ends if isinstance(ended, ListingEnded)]
        if max(read, default=0) <= rows:
            yield from ends


def log_of(past: PastScan, activities: tuple[Activity, ...]) -> Iterator[LiveRead]:
    """Yield the answer of a scan that holds its log, if there was one."""
    reads = [o for o in past.head if isinstance(o, LiveRead)]
    if reads and activities:
        newest_first = sorted(activities, key=lambda row: row.timestamp, reverse=True)
        yield replace(reads[-1], activities=tuple(newest_first))


def head_of(scan: Scan) -> tuple[Observation, ...]:
    """Return the observations that rebuild a scan, except its findings and its log.

    Empty until something is received: nothing is kept of a scan that was never read.
    """
    head = [*_announced_head(scan), *_answered_head(scan)]
    if head:
        head += filter(None, (scan.status_seen, scan.end_seen))
    if head and scan.is_settled:
        head.append(Settled(scan.id, is_settled=True))
    return tuple(head)


def row_of(scan: Scan, finding_id: FindingId) -> FindingsListed:
    """Return a finding as the answer that reported it.

    Raises:
        KeyError: the scan has no such finding.
    """
    readings = scan.readings_of(finding_id)
    seen = ((finding_id, readings),) if readings else ()
    return FindingsListed(scan.id, scan.asked_at_s(finding_id), (scan.findings[finding_id],), seen)


def _answered_head(scan: Scan) -> Iterator[Observation]:
    """Yield what REST reported, perhaps earlier, for a scan that now only streams."""
    asked_at_s = scan.last_answer_at_s
    if asked_at_s is None:
        return
    reported = scan.told_scan(asked_at_s, scan.status)
    if reported is None:
        return
    read = replace(reported, completed_at=scan.completed_at)
    since_s = _status_since_s(scan, asked_at_s)
    earlier_s = since_s - 1.0
    if since_s < asked_at_s:
        yield replace(read, asked_at_s=since_s)
    for started_at in sorted(scan.attempt_starts - {scan.started_at}):
        earlier = replace(read, asked_at_s=earlier_s, status=EARLIER_STATUS)
        yield replace(earlier, started_at=started_at)
    yield read
    yield RepoRead(scan.id, scan.repo_name, scan.branch)
    if scan.told_counts is not None:
        live = scan.told_live(asked_at_s, scan.status, scan.told_counts)
        live = replace(live, updated_at=read.updated_at)
        earlier_live = replace(live, asked_at_s=earlier_s, status=EARLIER_STATUS)
        yield replace(earlier_live, stages=scan.stage_starts)
        yield live
    is_unchecked = scan.status == "completed" and not scan.is_checked_to_the_end
    # Before the listing, perhaps only a stream event said so; then it checked nothing (T-10).
    yield from _listings(scan, asked_at_s - 0.5 if is_unchecked else float("inf"))


def _announced_head(scan: Scan) -> Iterator[Observation]:
    """Yield what the stream reported of a scan whose server does not report all by REST."""
    told_at_s, source = scan.last_told_at_s, scan.source
    if told_at_s is None or source not in (ScanSource.STREAM, ScanSource.LISTING):
        return
    yield SourceSeen(scan.id, told_at_s, source)
    if scan.repo_name:
        yield RepoRead(scan.id, scan.repo_name, scan.branch)
    for rows, heard_at_s in (
        (scan.announced_starts, told_at_s - 1.0),
        (scan.stage_rows, told_at_s),
    ):
        for row in rows:
            if row.timestamp is not None:
                words = (row.name, row.status, row.error)
                yield StageSeen(scan.id, heard_at_s, row.timestamp, *words)
    if scan.is_stream_only and scan.gaps:
        yield GapsSeen(scan.id, told_at_s, scan.gaps)


def _status_since_s(scan: Scan, asked_at_s: float) -> float:
    """Return since when the status was reported at least, as far as anything depends on it."""
    checked_at_s = scan.ledger.checked_at_s
    if scan.is_checked_to_the_end and checked_at_s is not None:
        return min(asked_at_s, checked_at_s)  # `completed` was reported before this listing
    is_cancelled = scan.status == "cancelled" and not scan.is_cancelling
    return asked_at_s - CANCELLING_S if is_cancelled else asked_at_s


def _listings(scan: Scan, latest_s: float) -> Iterator[ListingEnded]:
    ledger = scan.ledger
    if ledger.total is None or ledger.asked_at_s is None:
        return
    listed_at_s = min(ledger.asked_at_s, latest_s)
    if ledger.checked_at_s is not None and not ledger.is_whole:
        known, checked_at_s = len(scan.findings), min(ledger.checked_at_s, listed_at_s - 0.1)
        yield ListingEnded(scan.id, checked_at_s, known, known, is_whole=True)
    yield ListingEnded(
        scan.id,
        listed_at_s,
        ledger.total,
        ledger.read,
        ledger.is_whole,
        ledger.unreadable,
    )

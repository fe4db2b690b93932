"""Facts about a scan, as the fold receives them.

Each has its age: REST answers have the moment they were requested (`asked_at_s`, seconds of our
monotonic clock). Stream events have the server's own stamp (`stamped_at`) and the moment we
received them (`heard_at_s`). Source: architecture.md "Order by age", protocol.md 3.10.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Finding, FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.readings import Reading
from heimdall_desktop.domain.facts.snooze import Snooze


class Connection(Enum):
    """The state of our connection to a scan; worst first.

    For exact meanings see behaviour.md 2.6.
    """

    __hash__ = object.__hash__  # a third of the time of Enum's own, many times a second

    SIGNED_OUT = "signed out"
    GONE = "gone"
    STALE = "stale"
    RECONNECTING = "reconnecting"
    BUSY = "busy"
    POLLING_ONLY = "polling only"
    QUIET = "quiet"
    CONNECTING = "connecting"
    LIVE = "live"
    ENDED = "ended"


class ScanSource(Enum):
    """The source of a scan's data, by what its server offers. Source: protocol.md 13."""

    LIVE = "live"
    """`/live` and the listing: everything."""
    LISTING = "listing"
    """The scan and the listing: every finding, no log."""
    STREAM = "stream"
    """The progress stream alone: what it does not announce is unknown."""


class CancelAnswer(Enum):
    """The server's answer to a request to cancel a scan."""

    AWAITED = "no answer yet"
    DONE = "cancelled"
    REFUSED = "refused: the scan has ended, or is between two attempts"
    UNKNOWN = "no answer"


class Counts(Struct, frozen=True):
    """Findings by severity, counted one after the other: they may not add up (T-8, T-67)."""

    total: int = 0
    critical: int = 0
    high: int = 0
    medium: int = 0
    low: int = 0

    @property
    def least(self) -> int:
        return max(self.total, self.critical + self.high + self.medium + self.low)


class StageRow(Struct, frozen=True):
    """A stage in a `/live` answer; `timestamp` is its end, else its start."""

    name: str
    status: str
    error: str | None
    timestamp: datetime | None


class Activity(Struct, frozen=True):
    """A line of the server's execution log; `key` is unique."""

    key: str
    event_type: str
    tone: str
    status: str
    stage: str | None
    task_key: str | None
    title: str
    detail: str | None
    progress_pct: int | None
    timestamp: datetime


class ScanRead(Struct, frozen=True):
    """`GET /api/scans/{id}`.

    Attributes:
        counts: as the report stage left them, None before it; no fold uses them (T-7).
    """

    scan_id: ScanId
    asked_at_s: float
    repo_id: RepoId
    status: str
    commit_sha: str | None
    error: str | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    updated_at: datetime
    counts: Counts | None = None


class FoundRepo(Struct, frozen=True):
    """A repository of the account."""

    repo_id: RepoId
    name: str
    branch: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.name}, {self.branch}" if self.branch else self.name


class RepoRead(Struct, frozen=True):
    """`GET /api/repos/{id}`, the part that the board shows."""

    scan_id: ScanId
    name: str
    branch: str | None


class LiveRead(Struct, frozen=True):
    """`GET /api/scans/{id}/live`.

    Attributes:
        has_report: the server makes reports: its answers mention fallbacks, even if there are none
            (protocol.md 0, generation C).
        cut_at: the keys of log rows before which some may be missing, as an earlier session knew;
            None in an answer of the server.
        not_scanned: files that a scanner supports but did not scan to the end, and
        not_taken: files that no scanner supports; None if the server does not report them.
    """

    scan_id: ScanId
    asked_at_s: float
    status: str
    error: str | None
    updated_at: datetime | None
    counts: Counts
    stages: tuple[StageRow, ...]
    activities: tuple[Activity, ...]
    fallback: str | None = None
    fallback_at: datetime | None = None
    has_report: bool = False
    cut_at: tuple[str, ...] | None = None
    not_scanned: int | None = None
    not_taken: int | None = None


class SourceSeen(Struct, frozen=True):
    """The source of a scan was determined, or has changed."""

    scan_id: ScanId
    found_at_s: float
    source: ScanSource


class StageSeen(Struct, frozen=True):
    """A `stage_update` of the stream."""

    scan_id: ScanId
    heard_at_s: float
    stamped_at: datetime
    stage: str
    status: str
    error: str | None


class StatusSeen(Struct, frozen=True):
    """A `status_change` of the stream.

    Attributes:
        counts: None if the event has none, which is not the same as 0 (T-31).
    """

    scan_id: ScanId
    heard_at_s: float
    stamped_at: datetime
    status: str
    counts: Counts | None = None


class EndSeen(Struct, frozen=True):
    """A `scan_complete` or `error` of the stream: a hint to poll REST, if available (T-32).

    Attributes:
        is_complete: it was `scan_complete`.
        stamped_at: None if the event has no time stamp.
        counts: None if the event has none.
        error: the reason, if an `error` gives one.
    """

    scan_id: ScanId
    heard_at_s: float
    is_complete: bool = True
    stamped_at: datetime | None = None
    counts: Counts | None = None
    error: str | None = None


class Gap(Struct, frozen=True):
    """A period in which announcements were lost, by our own clock.

    Attributes:
        is_lag: the stream was open, but the server dropped events, or sent one that could not be
            understood.
    """

    began_at: datetime
    ended_at: datetime
    is_lag: bool = False


class GapsSeen(Struct, frozen=True):
    """The gaps of a scan that is known by its stream alone, all of them, oldest first."""

    scan_id: ScanId
    heard_at_s: float
    gaps: tuple[Gap, ...]


class FindingsListed(Struct, frozen=True):
    """Rows read from a listing page, or one row read separately.

    Attributes:
        seen_before: what earlier sessions read of rows that have changed.
        is_kept: an earlier session knew them, so they are not new.
    """

    scan_id: ScanId
    asked_at_s: float
    findings: tuple[Finding, ...]
    seen_before: tuple[tuple[FindingId, tuple[Reading, ...]], ...] = ()
    is_kept: bool = False


class ListingEnded(Struct, frozen=True):
    """A listing of all pages has ended.

    Attributes:
        asked_at_s: when its first page was requested.
        total: the server's own total on the last page.
        is_whole: every row of `total` has been read.
        read: rows this listing read, by id.
        unreadable: rows that cannot be understood; reading again does not help.
        retry_at_s: when the next one is due because rows are missing; None if none are.
        recovered: rows this listing found behind events that the server had dropped.
    """

    scan_id: ScanId
    asked_at_s: float
    total: int
    read: int
    is_whole: bool
    unreadable: int = 0
    retry_at_s: float | None = None
    recovered: int = 0

    @property
    def is_worth_repeating(self) -> bool:
        return self.read + self.unreadable < self.total


# How far the rows of a scan have been checked against the server.


class SyncStatus(Struct, frozen=True):
    """The result of the listings so far.

    Attributes:
        total: findings the server counted in the last listing; None before the first one.
        read: findings of it that were read.
        is_whole: every one was read.
        checked_at_s: monotonic moment the last whole listing was requested; None without one.
        has_skips: the server has dropped stream events for us, or one was unreadable.
        recovered: rows that listings found behind such gaps.
        unreadable: rows of the last listing that cannot be understood; a retry does not help.
        exhausted_at_s: monotonic moment a listing was requested that read all readable rows.
        asked_at_s: monotonic moment the last listing was requested.
        retry_at_s: monotonic moment the next one is due because rows are missing.
    """

    total: int | None = None
    read: int = 0
    is_whole: bool = False
    checked_at_s: float | None = None
    has_skips: bool = False
    unreadable: int = 0
    exhausted_at_s: float | None = None
    asked_at_s: float | None = None
    retry_at_s: float | None = None
    recovered: int = 0

    def endings(self, scan_id: ScanId) -> Iterator[ListingEnded]:
        if self.total is None or self.asked_at_s is None:
            return
        ended = ListingEnded(
            scan_id,
            self.asked_at_s,
            self.total,
            self.read,
            self.is_whole,
            self.unreadable,
            self.retry_at_s,
            self.recovered,
        )
        earlier = replace(ended, total=self.read, unreadable=0, retry_at_s=None, recovered=0)
        for at_s, is_whole in ((self.exhausted_at_s, False), (self.checked_at_s, True)):
            if at_s is not None and at_s < self.asked_at_s:
                yield replace(earlier, asked_at_s=at_s, is_whole=is_whole)
        yield ended

    def after(self, ended: ListingEnded) -> Self:
        asked_at_s = ended.asked_at_s
        sync_status = self
        if ended.is_whole:
            sync_status = replace(sync_status, checked_at_s=_later(self.checked_at_s, asked_at_s))
        if not ended.is_worth_repeating:
            sync_status = replace(
                sync_status, exhausted_at_s=_later(self.exhausted_at_s, asked_at_s)
            )
        if self.asked_at_s is not None and asked_at_s <= self.asked_at_s:
            return sync_status
        return replace(
            sync_status,
            total=ended.total,
            read=ended.read,
            is_whole=ended.is_whole,
            unreadable=ended.unreadable,
            asked_at_s=asked_at_s,
            retry_at_s=ended.retry_at_s,
        )


def _later(known_s: float | None, at_s: float) -> float:
    return at_s if known_s is None else max(known_s, at_s)


class CountsCompared(Struct, frozen=True):
    """The severities that `/live` counts were compared with those of the rows.

    Attributes:
        asked_at_s: when the newest of these answers was requested.
        recount_at_s: when the findings are listed again because the two still differ after a
            listing; None if they agree.
    """

    scan_id: ScanId
    asked_at_s: float
    recount_at_s: float | None


class RowMissing(Struct, frozen=True):
    """A row that the server does not have, though its stream announced it (T-3).

    Attributes:
        asked_at_s: when the whole listing that lacks it was requested.
    """

    scan_id: ScanId
    asked_at_s: float
    finding_id: FindingId


class EventsSkipped(Struct, frozen=True):
    """The server reported dropped stream events (`: lagged`), or one was unreadable."""

    scan_id: ScanId
    heard_at_s: float
    is_unreadable: bool = False


class ConnectionSeen(Struct, frozen=True):
    """The connection to the scan has changed.

    Attributes:
        since_s: monotonic moment the state started.
        next_try_at_s: monotonic moment of the next attempt, if one is pending.
        error: the problem, if there is one.
        failing_since_s: monotonic moment of the first request that has failed since the last good
            answer; None while requests succeed.
        is_answered: the server has sent something about the scan in this session.
        mute_since_s: monotonic moment since which the stream is the only source of the scan, and is
            open but silent; None if it sends something, or there is another source.
        is_rest_alone: only REST fails, the stream continues (T-57).
    """

    scan_id: ScanId
    connection: Connection
    since_s: float
    next_try_at_s: float | None = None
    error: HeimdallError | None = None
    failing_since_s: float | None = None
    is_answered: bool = True
    mute_since_s: float | None = None
    is_rest_alone: bool = False


class CancelAsked(Struct, frozen=True):
    """This program requested a cancel of the scan, or the server has answered.

    Attributes:
        at_s: monotonic moment of the request, or of the answer.
    """

    scan_id: ScanId
    at_s: float
    answer: CancelAnswer


class Settled(Struct, frozen=True):
    """The scan's end has lasted long enough to be believed, or not yet, or no longer.

    Attributes:
        looks_until_s: monotonic moment until which an end is doubted; None once it is believed.
        has_stayed: the end has lasted as long as an end is doubted, whatever rows still arrive.
    """

    scan_id: ScanId
    is_settled: bool
    looks_until_s: float | None = None
    has_stayed: bool = False


class Snoozed(Struct, frozen=True):
    """Findings are snoozed here, or no longer are; no server reports this.

    Attributes:
        until: when they come back, aware UTC; None for immediately.
        is_over: they come back because the snooze expired.
        snooze: their state when they were snoozed; None for their current state.
    """

    scan_id: ScanId
    finding_ids: tuple[FindingId, ...]
    until: datetime | None
    is_over: bool = False
    snooze: Snooze | None = None


class ScanGone(Struct, frozen=True):
    """The server reported more than once that this account has no such scan.

    Attributes:
        lost_rows: how many findings were removed with it, if they cannot be counted here.
    """

    scan_id: ScanId
    asked_at_s: float
    lost_rows: int = 0


Observation = (
    ScanRead
    | RepoRead
    | LiveRead
    | SourceSeen
    | StageSeen
    | StatusSeen
    | EndSeen
    | GapsSeen
    | FindingsListed
    | ListingEnded
    | CountsCompared
    | RowMissing
    | EventsSkipped
    | ConnectionSeen
    | CancelAsked
    | Settled
    | Snoozed
    | ScanGone
)

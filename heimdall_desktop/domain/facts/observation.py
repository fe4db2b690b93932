"""Facts about a scan, as the fold takes them.

Each says how old it is: REST answers by the moment they were asked for (`asked_at_s`, seconds of
our monotonic clock), stream events by the server's own stamp (`stamped_at`) and the moment we heard
them (`heard_at_s`). Source: style.md 1, heimdall-api.md 3.10.
"""

from datetime import datetime
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Finding, FindingId, RepoId, ScanId
from heimdall_desktop.domain.facts.readings import Reading
from heimdall_desktop.domain.facts.snooze import Snooze


class Connection(Enum):
    """How we hear of a scan; worst first. The exact meaning of each is in ux.md 2.6."""

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
    """What a scan is known by, out of what its server offers. Source: heimdall-api.md 13."""

    LIVE = "live"
    """`/live` and the listing: all there is."""
    LISTING = "listing"
    """The scan and the listing: every finding, no log."""
    STREAM = "stream"
    """The progress stream alone: what it does not announce is unknown."""


class CancelAnswer(Enum):
    """What a server answered when it was asked to cancel a scan."""

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
        """How many there are at least."""
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
        counts: as the report stage left them, None before it; no fold takes them (T-7).
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
        """The row read aloud."""
        return f"{self.name}, {self.branch}" if self.branch else self.name


class RepoRead(Struct, frozen=True):
    """`GET /api/repos/{id}`, what the board shows of it."""

    scan_id: ScanId
    name: str
    branch: str | None


class LiveRead(Struct, frozen=True):
    """`GET /api/scans/{id}/live`.

    Attributes:
        has_report: the server is one that makes reports: it tells of fallbacks, if only of none
            (heimdall-api.md 0, generation C).
        cut_at: the keys of rows of the log before which some may be missing, as an earlier session
            knew; None in an answer of the server.
        unlooked: files that a scanner takes but did not come to the end of, and
        not_taken: files that no scanner takes; None from a server that does not tell.
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
    unlooked: int | None = None
    not_taken: int | None = None


class SourceSeen(Struct, frozen=True):
    """What the scan is known by has been found out, or is another now."""

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
        counts: None where the event has none, which is not the same as 0 (T-31).
    """

    scan_id: ScanId
    heard_at_s: float
    stamped_at: datetime
    status: str
    counts: Counts | None = None


class EndSeen(Struct, frozen=True):
    """A `scan_complete` or `error` of the stream: a hint to ask REST, where there is any (T-32).

    Attributes:
        is_complete: it was `scan_complete`.
        stamped_at: None where the event has no time stamp.
        counts: None where the event has none.
        error: the reason, where an `error` gives one.
    """

    scan_id: ScanId
    heard_at_s: float
    is_complete: bool = True
    stamped_at: datetime | None = None
    counts: Counts | None = None
    error: str | None = None


class Gap(Struct, frozen=True):
    """A time in which announcements were lost, by our own clock.

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
    """Rows read from a listing page, or one read singly.

    Attributes:
        seen_before: what earlier sessions saw of rows that were not always the same.
        is_kept: an earlier session knew them, so they are no news.
    """

    scan_id: ScanId
    asked_at_s: float
    findings: tuple[Finding, ...]
    seen_before: tuple[tuple[FindingId, tuple[Reading, ...]], ...] = ()
    is_kept: bool = False


class ListingEnded(Struct, frozen=True):
    """A listing of all pages has ended.

    Attributes:
        asked_at_s: when its first page was asked for.
        total: the server's own total on the last page.
        is_whole: every row of `total` has been read.
        read: rows this listing read, by id.
        unreadable: rows that cannot be understood, so that reading again is no help.
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
        """Whether reading again may bring rows that are missing."""
        return self.read + self.unreadable < self.total


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
        asked_at_s: when the whole listing was asked for that lacks it.
    """

    scan_id: ScanId
    asked_at_s: float
    finding_id: FindingId


class EventsSkipped(Struct, frozen=True):
    """The server said that it dropped stream events for us (`: lagged`), or one was unreadable."""

    scan_id: ScanId
    heard_at_s: float
    is_unreadable: bool = False


class ConnectionSeen(Struct, frozen=True):
    """How we hear of the scan has changed.

    Attributes:
        since_s: monotonic moment the state began.
        next_try_at_s: monotonic moment of the next attempt, where one is waited for.
        error: the trouble, if there is any.
        failing_since_s: monotonic moment the first of the requests was asked for that have failed
            since the last good answer; None while they succeed.
        is_answered: the server has told something of the scan in this session.
        mute_since_s: monotonic moment since which nothing but a stream is there for the scan, and
            that is open and says nothing; None where something is said, or more is there.
        is_rest_alone: only REST is in trouble, the stream goes on (T-57).
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
    """The server was asked from here to cancel the scan, or has answered.

    Attributes:
        at_s: monotonic moment it was asked, or had answered.
    """

    scan_id: ScanId
    at_s: float
    answer: CancelAnswer


class Settled(Struct, frozen=True):
    """The scan's end has stayed long enough to be believed, or not yet, or no more.

    Attributes:
        looks_until_s: monotonic moment up to which an end is doubted; None once it is believed.
        has_stayed: the end has stayed for as long as an end is doubted, whatever rows still arrive.
    """

    scan_id: ScanId
    is_settled: bool
    looks_until_s: float | None = None
    has_stayed: bool = False


class Snoozed(Struct, frozen=True):
    """Findings are snoozed here, or are no more; no server tells that.

    Attributes:
        until: when they come back, aware UTC; None for now.
        is_over: they come back because their time has come.
        snooze: what they were like when they were snoozed; None for as they are now.
    """

    scan_id: ScanId
    finding_ids: tuple[FindingId, ...]
    until: datetime | None
    is_over: bool = False
    snooze: Snooze | None = None


class ScanGone(Struct, frozen=True):
    """The server says, more than once, that there is no such scan for this account.

    Attributes:
        lost_rows: how many findings left with it, where they are not there to be counted.
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

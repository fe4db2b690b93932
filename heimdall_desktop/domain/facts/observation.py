"""Facts about a scan, as the fold takes them.

Each says how old it is: REST answers by the moment they were asked for (`asked_at_s`, seconds of
our monotonic clock), stream events by the server's own stamp (`stamped_at`) and the moment we heard
them (`heard_at_s`). Source: style.md 1, heimdall-api.md 3.10.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from heimdall_desktop.domain.facts.finding import Finding, FindingId, RepoId, ScanId, Severity
from heimdall_desktop.domain.facts.seen_changes import Reading


class Connection(Enum):
    """How we hear of a scan; worst first. The exact meaning of each is in ux.md 2.6."""

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


class Obstacle(Enum):
    """What keeps us from a server, where that is known more exactly than "no answer"."""

    NONE = "none"
    NETWORK = "name, route or proxy"
    CERTIFICATE = "certificate not trusted"
    KEYRING_LOCKED = "keyring locked"
    KEYRING = "keyring does not give the token"


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by severity; `total` may exceed the sum of the four (heimdall-api.md T-8)."""

    total: int = 0
    critical: int = 0
    high: int = 0
    medium: int = 0
    low: int = 0


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage in a `/live` answer; `timestamp` is its end, else its start."""

    name: str
    status: str
    error: str | None
    timestamp: datetime | None


@dataclass(frozen=True, slots=True)
class Activity:
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


@dataclass(frozen=True, slots=True)
class ScanRead:
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


@dataclass(frozen=True, slots=True)
class RepoRead:
    """`GET /api/repos/{id}`, what the board shows of it."""

    scan_id: ScanId
    name: str
    branch: str | None


@dataclass(frozen=True, slots=True)
class LiveRead:
    """`GET /api/scans/{id}/live`.

    Attributes:
        has_report: the server is one that makes reports: it tells of fallbacks, if only of none
            (heimdall-api.md 0, generation C).
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


@dataclass(frozen=True, slots=True)
class StageSeen:
    """A `stage_update` of the stream."""

    scan_id: ScanId
    heard_at_s: float
    stamped_at: datetime
    stage: str
    status: str
    error: str | None


@dataclass(frozen=True, slots=True)
class StatusSeen:
    """A `status_change` of the stream."""

    scan_id: ScanId
    heard_at_s: float
    stamped_at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class EndSeen:
    """A `scan_complete` or `error` of the stream: a hint to ask REST (T-32, T-33)."""

    scan_id: ScanId
    heard_at_s: float


@dataclass(frozen=True, slots=True)
class FindingHinted:
    """A `finding_added` of the stream: a hint that there is a row to read (T-3)."""

    scan_id: ScanId
    heard_at_s: float
    finding_id: FindingId
    severity: Severity
    title: str


@dataclass(frozen=True, slots=True)
class FindingsListed:
    """Rows read from a listing page, or one read singly.

    Attributes:
        seen_before: what earlier sessions saw of rows that were not always the same.
    """

    scan_id: ScanId
    asked_at_s: float
    findings: tuple[Finding, ...]
    seen_before: tuple[tuple[FindingId, tuple[Reading, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ListingEnded:
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


@dataclass(frozen=True, slots=True)
class EventsSkipped:
    """The server said that it dropped stream events for us (`: lagged`), or one was unreadable."""

    scan_id: ScanId
    heard_at_s: float
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class ConnectionSeen:
    """How we hear of the scan has changed.

    Attributes:
        since_s: monotonic moment the state began.
        next_try_at_s: monotonic moment of the next attempt, where one is waited for.
        reason: one sentence on the trouble, "" if there is none.
        failing_since_s: monotonic moment the first of the requests was asked for that have failed
            since the last good answer; None while they succeed.
        obstacle: what keeps us from the server.
        brief: the same in a few words, such as "name not found"; "" where nobody knows.
        is_answered: REST has answered in this session.
    """

    scan_id: ScanId
    connection: Connection
    since_s: float
    next_try_at_s: float | None = None
    reason: str = ""
    failing_since_s: float | None = None
    obstacle: Obstacle = Obstacle.NONE
    brief: str = ""
    is_answered: bool = True


@dataclass(frozen=True, slots=True)
class Settled:
    """The scan's end has stayed long enough to be believed, or no more (`is_settled` False)."""

    scan_id: ScanId
    is_settled: bool


@dataclass(frozen=True, slots=True)
class ScanGone:
    """The server says, more than once, that there is no such scan for this account."""

    scan_id: ScanId
    asked_at_s: float


Observation = (
    ScanRead
    | RepoRead
    | LiveRead
    | StageSeen
    | StatusSeen
    | EndSeen
    | FindingHinted
    | FindingsListed
    | ListingEnded
    | EventsSkipped
    | ConnectionSeen
    | Settled
    | ScanGone
)

"""A watched scan: folds observations in, in any order and any number of times.

`Scan.observe` is the one place where facts meet. It is idempotent (an observation it knows changes
nothing), tolerant (unknown stages, words and ids) and ordered by what the observation says of its
age, never by arrival:

* of two REST answers the one asked for later wins (heimdall-api.md T-27);
* of two stream events the one the server stamped later wins (3.10);
* a REST answer wins over an event if it was asked for after the event was heard.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from heimdall_desktop.domain.facts.activity_log import CLOCK_SLACK, ActivityLog, LogGap
from heimdall_desktop.domain.facts.announced import ENDED, Announced
from heimdall_desktop.domain.facts.change import (
    ActivityAdded,
    Change,
    ConnectionMoved,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanMoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.end_readings import TERMINAL_STATUSES, EndReadings
from heimdall_desktop.domain.facts.finding import Finding, FindingId, RepoId, ScanId, Severity
from heimdall_desktop.domain.facts.ledger import Ledger
from heimdall_desktop.domain.facts.listed_rows import ListedRows
from heimdall_desktop.domain.facts.observation import (
    Activity,
    CancelAnswer,
    CancelAsked,
    ConnectionSeen,
    Counts,
    EndSeen,
    EventsSkipped,
    FindingHinted,
    FindingsListed,
    Gap,
    GapsSeen,
    ListingEnded,
    LiveRead,
    Observation,
    RepoRead,
    RowMissing,
    ScanGone,
    ScanRead,
    ScanSource,
    Settled,
    SourceSeen,
    StageRow,
    StageSeen,
    StatusSeen,
)
from heimdall_desktop.domain.facts.seen_changes import Reading, SeenChange
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, Stage, StageState
from heimdall_desktop.domain.facts.stage_rows import StageRows
from heimdall_desktop.domain.facts.told import Told

CANCELLING_S = 3.0  # so long the server's word for a cancel is not final (T-36)


class Outcome(Enum):
    """What became of a scan; shown beside the connection. Source: ux.md 2.6, T-26, T-36."""

    NONE_YET = "running"
    COMPLETED = "completed"
    FAILED_MAY_RETRY = "failed, may be retried"
    FAILED = "failed"
    CANCELLED_MAY_RETURN = "cancelled, may return"
    CANCELLED = "cancelled"
    ENDED = "failed or cancelled"
    """Known by a stream alone, which does not tell the two apart (heimdall-api.md 13)."""


@dataclass(slots=True)
class Scan:
    """Everything known of one watched scan.

    Attributes:
        source: what the scan is known by; None while nothing has told of it.
        has_report: its server makes reports of scans.
        is_local: its server is our own process, which has no pages for people.
        told_counts: the server's own counts, shown only as a sign of what is still to be read.
        has_listed_once: a listing has ended, so rows that come from now on are news.
        looks_until_s: monotonic moment up to which its end is doubted, while it is.
        lost_rows: how many findings left with the scan when the server knew it no more.
        last_answer_at_s: monotonic moment the newest good REST answer was asked for. It moves
            without a change: ages are read once a second.
    """

    id: ScanId
    server: ServerUrl
    repo_id: RepoId | None = None
    repo_name: str = ""
    branch: str | None = None
    commit_sha: str | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    updated_at: datetime | None = None
    error: str | None = None
    fallback: str | None = None
    fallback_at: datetime | None = None
    source: ScanSource | None = None
    has_report: bool = False
    is_local: bool = False
    is_settled: bool = False
    connection: ConnectionSeen | None = None
    ledger: Ledger = field(default_factory=Ledger)
    told_counts: Counts | None = None
    stages: tuple[Stage, ...] = tuple(Stage(name) for name in STAGE_NAMES)
    has_listed_once: bool = False
    looks_until_s: float | None = None
    lost_rows: int = 0
    last_answer_at_s: float | None = None
    _status: Told[str] = field(default_factory=lambda: Told("queued"))
    _rows: ListedRows = field(default_factory=ListedRows)
    _stage_rows: StageRows = field(default_factory=StageRows)
    _log: ActivityLog = field(default_factory=ActivityLog)
    _asked: dict[str, float] = field(default_factory=dict)
    _attempts: set[datetime] = field(default_factory=set)
    _completed_at: datetime | None = None
    _skipped_at_s: float | None = None
    _unread_at_s: set[float] = field(default_factory=set)
    _recovered: dict[float, int] = field(default_factory=dict)
    _gone_at_s: float = float("-inf")
    _ends: EndReadings = field(default_factory=EndReadings)
    _announced: Announced = field(default_factory=Announced)
    _cancel: CancelAsked | None = None

    # -- what is shown --

    @property
    def name(self) -> str:
        """The repository's name, or the beginning of the id until it is known."""
        return self.repo_name or self.id[:8]

    @property
    def findings(self) -> dict[FindingId, Finding]:
        """Every row ever read, by id."""
        return self._rows.findings

    @property
    def announced(self) -> Iterable[FindingId]:
        """What the stream has announced and REST has not told of, in the order it came."""
        return self._rows.announced

    @property
    def severities(self) -> Counter[Severity]:
        """How many rows have each severity."""
        return self._rows.severities

    @property
    def activities(self) -> dict[str, Activity]:
        """The server's log, merged by key, longer than the server's own 80 rows."""
        return self._log.rows

    @property
    def status(self) -> str:
        """The server's word for where the scan is, or "ended" where it gives none for its end."""
        if self.is_stream_only:
            return self._announced.status(self._status)
        return self._status.value

    @property
    def is_stream_only(self) -> bool:
        """Whether no more is known of its findings than what a stream announces."""
        return self.source is ScanSource.STREAM

    @property
    def announced_counts(self) -> Counts | None:
        """What the stream says it has announced: at the end, before it so far; None if nothing."""
        return self._announced.counts(self.status)

    @property
    def end_seen(self) -> EndSeen | None:
        """The newest end the stream has told of."""
        return self._announced.end

    @property
    def status_seen(self) -> StatusSeen | None:
        """The newest `status_change`, with the newest counts that one had."""
        told, counts = self._status, self._announced.counts_so_far
        if told.event is None or told.stamped_at is None:
            return None
        return StatusSeen(self.id, told.heard_at_s, told.stamped_at, told.event, counts)

    @property
    def last_told_at_s(self) -> float | None:
        """Monotonic moment it was last told of: by REST, or by the stream where that is all."""
        if not self.is_stream_only:
            return self.last_answer_at_s
        end, status = self.end_seen, self.status_seen
        heard = [seen.heard_at_s for seen in (end, status) if seen is not None]
        asked = [] if self.last_answer_at_s is None else [self.last_answer_at_s]
        return max([*heard, *asked], default=None)

    @property
    def announced_starts(self) -> tuple[StageRow, ...]:
        """Rows that tell when each stage started, as the stream announced it."""
        return self._stage_rows.announced_starts

    @property
    def status_stamped_at(self) -> datetime | None:
        """The server's stamp of the newest `status_change`."""
        return self._status.stamped_at

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """When announcements of a scan that is known by its stream alone were lost."""
        return self._announced.gaps

    @property
    def is_live(self) -> bool:
        """Whether the server still works on it."""
        status = self.status
        return status not in TERMINAL_STATUSES and not (self.is_stream_only and status == ENDED)

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        match self.status:
            case "completed":
                return Outcome.COMPLETED
            case "failed":
                return Outcome.FAILED if self.is_settled else Outcome.FAILED_MAY_RETRY
            case "cancelled":
                return Outcome.CANCELLED if self.is_settled else Outcome.CANCELLED_MAY_RETURN
            case _:
                return Outcome.NONE_YET if self.is_live else Outcome.ENDED

    @property
    def completed_at(self) -> datetime | None:
        """When it was completed; never of an earlier attempt, nor of one cancelled since (T-63)."""
        at, started_at = self._completed_at, self.started_at
        is_of_before = at is not None and started_at is not None and at < started_at
        return at if self.status == "completed" and not is_of_before else None

    @property
    def is_checked_to_the_end(self) -> bool:
        """Whether a whole listing was asked for after the server said `completed` (T-10)."""
        checked, completed = self.ledger.checked_at_s, self._ends.since_s("completed")
        if self.status != "completed" or completed is None or checked is None:
            return False
        return self.ledger.is_whole and checked >= completed and not self.goes_on

    @property
    def goes_on(self) -> bool:
        """Whether the server says `completed`, but its log shows that it works on (T-61)."""
        return self.status == "completed" and self._log.goes_on_after(self.completed_at)

    @property
    def is_cancelling(self) -> bool:
        """Whether a cancel is on its way, or was not confirmed for long (T-36)."""
        if self.is_live:
            return self._cancel is not None and self._cancel.answer is CancelAnswer.AWAITED
        since_s = self._ends.since_s("cancelled")
        if self.status != "cancelled" or self.is_settled:
            return False
        return since_s is None or (self.last_answer_at_s or since_s) - since_s < CANCELLING_S

    @property
    def is_cancel_refused(self) -> bool:
        """Whether the server refused a cancel, and the scan runs again since (3.8)."""
        asked = self._cancel
        is_refused = asked is not None and asked.answer is CancelAnswer.REFUSED
        return is_refused and self.is_live

    @property
    def was_cancelled(self) -> bool:
        """Whether it ended by a cancel; the third time that is told as `failed` (T-58)."""
        if self.status != "failed":
            return self.status == "cancelled"
        stage = next((s for s in reversed(self.stages) if s.state is not StageState.PENDING), None)
        return stage is not None and stage.state is StageState.CANCELLED

    @property
    def returned_from(self) -> str | None:
        """The end this scan has come back from, if it runs again after one (3.8).

        REST tells it, unless it lasted shorter than a look; then the log does.
        """
        if not self.is_live:
            return None
        told, row = self._ends.returned_from, self._log.former_end
        if row is None or told is None:
            return told if row is None else row.status
        told_at = self._ends.ended_at(told)
        return row.status if told_at is not None and row.timestamp > told_at else told

    @property
    def returned_at(self) -> datetime | None:
        """When the end was told it has come back from, by the server's clock."""
        end, row = self.returned_from, self._log.former_end
        moments = [self._ends.ended_at(end)] if end else []
        moments += [row.timestamp] if row is not None and row.status == end else []
        return max((at for at in moments if at is not None), default=None)

    @property
    def is_resynchronising(self) -> bool:
        """Whether the server dropped events and not all was listed since that can be read."""
        if self._skipped_at_s is None:
            return False
        listed = self.ledger.exhausted_at_s
        return listed is None or listed <= self._skipped_at_s

    @property
    def unread_events(self) -> int:
        """How many events of the stream could not be understood."""
        return len(self._unread_at_s)

    @property
    def is_event_unread(self) -> bool:
        """Whether the newest gap in the stream is an event that could not be understood."""
        return self._skipped_at_s == self.unread_at_s is not None

    @property
    def unread_at_s(self) -> float | None:
        """Monotonic moment of the newest event that could not be understood."""
        return max(self._unread_at_s, default=None)

    @property
    def attempt(self) -> int:
        """Which attempt this is, counted by us (T-28)."""
        return max(1, len(self._attempts), self._log.attempt_starts)

    @property
    def attempt_starts(self) -> frozenset[datetime]:
        """When each attempt we know of began, by the server's clock."""
        return frozenset(self._attempts)

    def is_of_earlier_attempt(self, made_at: datetime) -> bool:
        """Whether something was made before this attempt; nothing follows from the opposite (T-59).

        Args:
            made_at: by the clock of the server's database, which is not that of its attempts.
        """
        return self.started_at is not None and made_at < self.started_at - CLOCK_SLACK

    @property
    def newest_at(self) -> datetime | None:
        """When the server last did anything for it, by the server's clock (T-23)."""
        stages = [row.timestamp for row in self.stage_rows]
        told = [*stages, self.started_at, self.updated_at, self._log.newest_at]
        return max((at for at in told if at is not None), default=None)

    @property
    def stage_rows(self) -> tuple[StageRow, ...]:
        """The newest row of each stage as it was told, not as it is shown."""
        return self._stage_rows.told

    @property
    def stage_starts(self) -> tuple[StageRow, ...]:
        """Rows that tell when each stage was seen to start."""
        return self._stage_rows.starts

    def asked_at_s(self, finding_id: FindingId) -> float:
        """Return when a finding we have was last asked for, monotonic seconds.

        Raises:
            KeyError: it is none of ours.
        """
        return self._rows.asked_at_s(finding_id)

    def changes_of(self, finding_id: FindingId) -> tuple[SeenChange, ...]:
        """Return what was seen to change of a finding while it was watched, oldest first."""
        return self._rows.changes_of(finding_id)

    def readings_of(self, finding_id: FindingId) -> tuple[Reading, ...]:
        """Return what a later session needs to tell the same changes of a finding."""
        return self._rows.readings_of(finding_id)

    @property
    def running_stage(self) -> Stage | None:
        """The last stage that runs, if any does."""
        running = [stage for stage in self.stages if stage.state is StageState.RUNNING]
        return running[-1] if running else None

    @property
    def current_task(self) -> Activity | None:
        """The newest task that has not ended (heimdall-api.md 4.3); None once the scan has."""
        return next(iter(self.open_tasks), None)

    @property
    def open_tasks(self) -> Iterator[Activity]:
        """The tasks at work, newest first: none of a stage that has ended or not begun (T-65)."""
        if not self.is_live:
            return iter(())
        running = {row.name for row in self.stage_rows if row.status == StageState.RUNNING.value}
        idle = {stage.name for stage in self.stages if stage.state is not StageState.RUNNING}
        tasks = self._log.open_tasks
        return (row for row in tasks if row.stage is None or row.stage in running - idle)

    def log(self) -> list[Activity]:
        """Return the server's log, newest first."""
        return self._log.newest_first()

    @property
    def activity_rows(self) -> Sequence[Activity]:
        """The server's log, oldest first; not to be changed."""
        return self._log.oldest_first()

    @property
    def log_gaps(self) -> tuple[LogGap, ...]:
        """Where lines of the server's log may be missing, oldest first."""
        return self._log.gaps

    # -- the fold --

    def observe(self, observation: Observation) -> list[Change]:
        """Fold one fact in and return what it changed; nothing, if it was no news."""
        if isinstance(observation, ScanRead | LiveRead | FindingsListed):
            known_s = self.last_answer_at_s
            asked_at_s = observation.asked_at_s  # below 0 if an earlier session asked
            self.last_answer_at_s = asked_at_s if known_s is None else max(known_s, asked_at_s)
        match observation:
            case FindingsListed():
                return self._read_findings(observation)
            case RowMissing():
                return self._drop_announced(observation)
            case ConnectionSeen():
                return self._see_connection(observation)
            case ScanGone():
                return self._empty(observation)
            case FindingHinted():
                return []
            case _:
                before, stages = self._header(), self.stages
                added = self._fold(observation)
                changes: list[Change] = [ActivityAdded(self.id, activity) for activity in added]
                if self.stages != stages:
                    changes.append(StagesMoved(self.id))
                if added or self._header() != before:
                    changes.append(ScanMoved(self.id))
                return changes

    def _header(self) -> tuple[object, ...]:
        return (
            self.status,
            self.is_settled,
            self.repo_name,
            self.branch,
            self.commit_sha,
            self.started_at,
            self.completed_at,
            self.updated_at,
            self.error,
            self.fallback,
            self.fallback_at,
            self.has_report,
            self.ledger,
            self.told_counts,
            self.is_checked_to_the_end,
            self.is_cancelling,
            self.source,
            self.gaps,
            self.announced_counts,
            self.is_cancel_refused,
            self.looks_until_s,
        )

    def _fold(
        self,
        observation: ScanRead
        | RepoRead
        | LiveRead
        | StageSeen
        | StatusSeen
        | EndSeen
        | SourceSeen
        | GapsSeen
        | ListingEnded
        | EventsSkipped
        | CancelAsked
        | Settled,
    ) -> list[Activity]:
        match observation:
            case ScanRead():
                self._read_scan(observation)
            case RepoRead():
                self.repo_name = observation.name or self.repo_name
                self.branch = observation.branch
            case LiveRead():
                return self._read_live(observation)
            case StageSeen():
                self._stage_rows.see(observation)
                self._show_stages()
            case StatusSeen():
                seen = observation
                self._status.by_stream(seen.stamped_at, seen.heard_at_s, seen.status)
                self._ends.note(seen.status, seen.stamped_at)
                self._announced.see_status(seen)
            case EndSeen():
                self._announced.see_end(observation)
            case SourceSeen():
                if self._is_newer("source", observation.found_at_s):
                    self.source = observation.source
                    self._show_stages()
            case GapsSeen():
                self._announced.see_gaps(observation)
            case ListingEnded():
                self._end_listing(observation)
            case EventsSkipped():
                known_s, heard_at_s = self._skipped_at_s, observation.heard_at_s
                self._skipped_at_s = heard_at_s if known_s is None else max(known_s, heard_at_s)
                if observation.is_unreadable:
                    self._unread_at_s.add(heard_at_s)
                self.ledger = replace(self.ledger, has_skips=True)
            case CancelAsked():
                self._ask_to_cancel(observation)
            case Settled():
                self.is_settled = observation.is_settled
                self.looks_until_s = observation.looks_until_s
        return []

    def _read_scan(self, read: ScanRead) -> None:
        self._read_status(read.asked_at_s, read.status, read.updated_at)
        self._stage_rows.read_status(read)
        if read.started_at is not None:
            self._attempts.add(read.started_at)
        if not self._is_newer("scan", read.asked_at_s):
            return
        self.repo_id = read.repo_id
        self.commit_sha = read.commit_sha
        self.created_at = read.created_at
        self.started_at = read.started_at
        self._completed_at = read.completed_at
        if self._is_newer("words", read.asked_at_s):
            self.error, self.updated_at = read.error, read.updated_at
        self._show_stages()

    def _read_live(self, read: LiveRead) -> list[Activity]:
        if self._is_newer("source", read.asked_at_s):
            self.source = ScanSource.LIVE
        self._read_status(read.asked_at_s, read.status, read.updated_at)
        self._stage_rows.read(read)
        self._show_stages()
        if self._is_newer("words", read.asked_at_s):
            self.error, self.updated_at = read.error, read.updated_at or self.updated_at
        if self._is_newer("live", read.asked_at_s):
            self.told_counts, self.fallback = read.counts, read.fallback
            self.fallback_at, self.has_report = read.fallback_at, read.has_report
        return self._log.merge(read.activities, read.cut_at)

    def _show_stages(self) -> None:
        is_whole = self.source is None or self.source is ScanSource.LIVE
        self.stages = self._stage_rows.shown(self.started_at, None if is_whole else self._status)

    def _read_status(self, asked_at_s: float, status: str, at: datetime | None = None) -> None:
        self._status.by_rest(asked_at_s, status)
        self._ends.read(asked_at_s, status)
        self._ends.note(status, at)

    def _ask_to_cancel(self, asked: CancelAsked) -> None:
        """Take what became of a cancel; the server's yes is an answer of REST like any other."""
        if self._cancel is None or asked.at_s > self._cancel.at_s:
            self._cancel = asked
        if asked.answer is CancelAnswer.DONE:
            self._read_status(asked.at_s, "cancelled")

    def _empty(self, gone: ScanGone) -> list[Change]:
        """Let the rows go: only the end of the scan itself takes any away."""
        self._gone_at_s = max(self._gone_at_s, gone.asked_at_s)
        moved: list[Change] = [] if self.ledger == Ledger() else [ScanMoved(self.id)]
        self.ledger, self.has_listed_once = Ledger(), False
        if not self.findings:
            return moved
        self.lost_rows = len(self.findings)
        self._rows.clear()
        return [ScanEmptied(self.id), ScanMoved(self.id)]

    def _read_findings(self, listed: FindingsListed) -> list[Change]:
        if listed.asked_at_s <= self._gone_at_s:
            return []
        changes: list[Change] = []
        for finding_id, readings in listed.seen_before:
            self._rows.recall(finding_id, readings)
        for row in listed.findings:
            for newest, known in self._rows.read(listed.asked_at_s, row):
                changes.append(self._row_change(newest, known, is_kept=listed.is_kept))
        if changes:
            changes.append(ScanMoved(self.id))
        return changes

    def _row_change(self, newest: Finding, known: Finding | None, *, is_kept: bool) -> Change:
        if known is None:
            is_first_read = is_kept or not (self.has_listed_once or newest.is_announced)
            return FindingAdded(newest, is_first_read=is_first_read)
        return FindingReplaced(newest, known)

    def _drop_announced(self, missing: RowMissing) -> list[Change]:
        if self.is_stream_only:
            return []
        dropped = self._rows.drop_announced(missing.finding_id, missing.asked_at_s)
        return [] if dropped is None else [FindingDropped(dropped), ScanMoved(self.id)]

    def _end_listing(self, ended: ListingEnded) -> None:
        if ended.asked_at_s <= self._gone_at_s:
            return
        if ended.recovered:
            self._recovered[ended.asked_at_s] = ended.recovered
            self.ledger = replace(self.ledger, recovered=sum(self._recovered.values()))
        if not self.has_listed_once:
            self.has_listed_once, self.lost_rows = True, 0
        self.ledger = self.ledger.after(ended)

    def _see_connection(self, seen: ConnectionSeen) -> list[Change]:
        if seen == self.connection:
            return []
        self.connection = seen
        return [ConnectionMoved(self.id)]

    def _is_newer(self, what: str, asked_at_s: float) -> bool:
        if asked_at_s <= self._asked.get(what, float("-inf")):
            return False
        self._asked[what] = asked_at_s
        return True

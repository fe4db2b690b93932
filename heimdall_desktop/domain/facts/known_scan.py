"""The known state of a watched scan, and values derived from it.

Nothing here changes a scan: only the facts that `domain/facts/scan.py` folds in do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum

from msgspec import Struct, field

from heimdall_desktop.domain.facts import finding, observation, readings
from heimdall_desktop.domain.facts.activity_log import CLOCK_SLACK, ActivityLog, LogGap
from heimdall_desktop.domain.facts.listed_rows import ENDED, Announced, ListedRows
from heimdall_desktop.domain.facts.server import Repo, ServerUrl
from heimdall_desktop.domain.facts.stage import (
    REVIEW_STAGE,
    STAGE_NAMES,
    Stage,
    StageRows,
    StageState,
)

CANCELLING_S = 3.0  # how long a reported cancel is not final (T-36)


class Outcome(Enum):
    """The outcome of a scan; shown beside the connection. Source: behaviour.md 2.6, T-26, T-36."""

    NONE_YET = "running"
    COMPLETED = "completed"
    FAILED_MAY_RETRY = "failed, may be retried"
    FAILED = "failed"
    CANCELLED_MAY_RETURN = "cancelled, may return"
    CANCELLED = "cancelled"
    ENDED = "failed or cancelled"
    """Known by a stream alone, which does not distinguish the two (protocol.md 13)."""


class KnownScan(Struct):
    """Everything known of one watched scan; read-only.

    Attributes:
        source: where the known data comes from; None until something is received.
        has_report: its server makes reports of scans.
        is_local: its server is our own process, which serves only this program.
        replay_pace: how much faster than recorded it is replayed; 0 for a scan that is watched.
        reported_counts: the server's own counts, shown only to indicate what is still to be read.
        recount_at_s: monotonic moment of the next listing, while the server's counts and the rows
            differ by severity; None while they agree.
        not_scanned: files that a scanner supports but did not scan to the end, and
        not_taken: files that no scanner supports; None if the server does not report them.
        has_listed_once: a listing has ended, so rows that arrive from now on are new.
        looks_until_s: monotonic moment until which its end is doubted; None if it is not.
        has_stayed: its end is old enough to be reported, though rows may still arrive.
        lost_rows: how many findings were removed when the server no longer knew the scan.
        last_answer_at_s: monotonic moment the newest good REST answer was requested. It moves
            without a change: ages are read once a second.
    """

    id: finding.ScanId
    server: ServerUrl
    repo_id: finding.RepoId | None = None
    repo_name: str = ""
    branch: str | None = None
    commit_sha: str | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    updated_at: datetime | None = None
    error: str | None = None
    fallback: str | None = None
    fallback_at: datetime | None = None
    source: observation.ScanSource | None = None
    has_report: bool = False
    is_local: bool = False
    replay_pace: float = 0.0
    is_settled: bool = False
    connection: observation.ConnectionSeen | None = None
    sync_status: observation.SyncStatus = field(default_factory=observation.SyncStatus)
    reported_counts: observation.Counts | None = None
    recount_at_s: float | None = None
    not_scanned: int | None = None
    not_taken: int | None = None
    stages: tuple[Stage, ...] = tuple(Stage(name) for name in STAGE_NAMES)
    has_listed_once: bool = False
    looks_until_s: float | None = None
    has_stayed: bool = False
    lost_rows: int = 0
    last_answer_at_s: float | None = None
    _status: readings.LatestValue[str] = field(
        default_factory=lambda: readings.LatestValue("queued")
    )
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
    _ends: readings.EndReadings = field(default_factory=readings.EndReadings)
    _announced: Announced = field(default_factory=Announced)
    _cancel: observation.CancelAsked | None = None

    @property
    def name(self) -> str:
        """The repository's name, or the first part of the id until it is known."""
        return self.repo_name or self.id[:8]

    @property
    def repo(self) -> Repo | None:
        """Its repository, which its rows may report before the scan itself; None if unknown."""
        row = None if self.repo_id else next(iter(self.findings.values()), None)
        repo_id = self.repo_id if row is None else row.repo_id
        return (self.server, repo_id) if repo_id else None

    @property
    def connection_state(self) -> observation.Connection | None:
        return None if self.connection is None else self.connection.connection

    @property
    def findings(self) -> dict[finding.FindingId, finding.Finding]:
        return self._rows.findings

    @property
    def is_full(self) -> bool:
        return self._rows.is_full

    @property
    def announced(self) -> Iterable[finding.FindingId]:
        """The findings that the stream announced and REST did not list, in order of arrival."""
        return self._rows.announced

    @property
    def severities(self) -> Counter[finding.Severity]:
        """How many rows have each severity, as the server counts them."""
        return self._rows.severities

    @property
    def statuses(self) -> Counter[finding.FindingStatus]:
        """How many rows have each status, as the server counts them."""
        return self._rows.statuses

    @property
    def counted(self) -> Counter[finding.Severity]:
        """How many findings cards and chips count under each severity."""
        return self._rows.counted

    @property
    def not_counted(self) -> Counter[finding.NotCounted]:
        """How many findings cards and chips leave out, by reason."""
        return self._rows.not_counted

    @property
    def activities(self) -> dict[str, observation.Activity]:
        return self._log.rows

    @property
    def status(self) -> str:
        """The server's word for the scan's status, or "ended" if it has none for the end."""
        if self.is_stream_only:
            return self._announced.status(self._status)
        return self._status.value

    @property
    def is_stream_only(self) -> bool:
        return self.source is observation.ScanSource.STREAM

    @property
    def announced_counts(self) -> observation.Counts | None:
        return self._announced.counts(self.status)

    @property
    def end_seen(self) -> observation.EndSeen | None:
        return self._announced.end

    @property
    def status_seen(self) -> observation.StatusSeen | None:
        """The newest `status_change`, with the newest counts any of them had."""
        reported, counts = self._status, self._announced.counts_so_far.value
        if reported.event is None or reported.stamped_at is None:
            return None
        return observation.StatusSeen(
            self.id, reported.heard_at_s, reported.stamped_at, reported.event, counts
        )

    @property
    def last_update_at_s(self) -> float | None:
        """Monotonic moment of the last update by REST, or by the stream if that is all."""
        if not self.is_stream_only:
            return self.last_answer_at_s
        end, status = self.end_seen, self.status_seen
        heard = [seen.heard_at_s for seen in (end, status) if seen is not None]
        asked = [] if self.last_answer_at_s is None else [self.last_answer_at_s]
        return max([*heard, *asked], default=None)

    @property
    def status_stamped_at(self) -> datetime | None:
        return self._status.stamped_at

    @property
    def gaps(self) -> tuple[observation.Gap, ...]:
        """When announcements were lost, for a scan that is known by its stream alone."""
        return self._announced.gaps

    @property
    def is_live(self) -> bool:
        status = self.status
        return status not in readings.TERMINAL_STATUSES and not (
            self.is_stream_only and status == ENDED
        )

    @property
    def outcome(self) -> Outcome:
        match status := self.status:
            case "completed":
                return Outcome.COMPLETED
            case "failed":
                return Outcome.FAILED if self.is_settled else Outcome.FAILED_MAY_RETRY
            case "cancelled":
                return Outcome.CANCELLED if self.is_settled else Outcome.CANCELLED_MAY_RETURN
            case _:
                is_over = status == ENDED and self.is_stream_only
                return Outcome.ENDED if is_over else Outcome.NONE_YET

    @property
    def completed_at(self) -> datetime | None:
        """When it completed; None for an earlier attempt, or for one cancelled since (T-63)."""
        at, started_at = self._completed_at, self.started_at
        is_of_before = at is not None and started_at is not None and at < started_at
        return at if self.status == "completed" and not is_of_before else None

    @property
    def completed_since_s(self) -> float | None:
        """Monotonic moment of the first request REST answered with `completed`; None if none."""
        return self._ends.since_s("completed")

    @property
    def is_checked_to_the_end(self) -> bool:
        """Whether a whole listing was requested after the server reported `completed` (T-10)."""
        if self.status != "completed" or self.unlisted or self.recount_at_s is not None:
            return False
        return self.is_read_to_the_end

    @property
    def is_read_to_the_end(self) -> bool:
        """Whether a whole listing was requested after the server reported its end, of any kind."""
        checked, ended = self.sync_status.checked_at_s, self._ends.since_s(self.status)
        if self.status not in readings.TERMINAL_STATUSES or ended is None or checked is None:
            return False
        return self.sync_status.is_whole and checked >= ended and not self.is_still_active

    @property
    def is_clear(self) -> bool:
        """Whether an empty list means the code is clean: all was scanned, and all was listed."""
        stopped = (StageState.FAILED, StageState.CANCELLED)
        has_stopped = any(stage.state in stopped for stage in self.stages)
        return self.is_checked_to_the_end and not self.not_scanned and not has_stopped

    @property
    def unlisted(self) -> int:
        """How many findings the server counts beyond its list, though the list was read whole."""
        if self.is_stream_only or self.reported_counts is None or not self.sync_status.is_whole:
            return 0
        return max(0, self.reported_counts.least - len(self.findings))

    @property
    def is_unread(self) -> bool:
        """Whether no finding is known because none was read yet; zeros would be untrue then."""
        if self.findings:
            return False
        counts = self.announced_counts if self.is_stream_only else self.reported_counts
        if counts is None:
            return not self.is_stream_only and self.sync_status.total is None
        return counts.total > 0

    @property
    def differs_from_counts(self) -> bool:
        """Whether the server's count of some severity differs from the rows it has sent.

        Missing or unreadable rows are detected without this. An answer that counts findings, but
        none of a known severity, doesn't count by severity.
        """
        text, sync_status = self.reported_counts, self.sync_status
        if self.source is not observation.ScanSource.LIVE or text is None:
            return False
        if not sync_status.is_whole or sync_status.unreadable or self._rows.is_full:
            return False
        counted = (text.critical, text.high, text.medium, text.low)
        if text.total and not any(counted):
            return False
        announced = Counter(self.findings[each].severity for each in self.announced)
        known = zip(counted, finding.Severity, strict=False)  # the server doesn't count the others
        return any(self.severities[each] - announced[each] != count for count, each in known)

    @property
    def finished_at(self) -> datetime | None:
        """When the newest successful run wrote its last row into the log."""
        return self._log.finished_at

    @property
    def is_still_active(self) -> bool:
        """Whether the server reports `completed`, but its log shows further work (T-61)."""
        return self.status == "completed" and self._log.goes_on_after(self.completed_at)

    @property
    def is_cancelling(self) -> bool:
        """Whether a cancel is pending, or was confirmed only recently (T-36)."""
        if self.is_live:
            return (
                self._cancel is not None and self._cancel.answer is observation.CancelAnswer.AWAITED
            )
        since_s = self._ends.since_s("cancelled")
        if self.status != "cancelled" or self.is_settled:
            return False
        return since_s is None or (self.last_answer_at_s or since_s) - since_s < CANCELLING_S

    @property
    def is_cancel_refused(self) -> bool:
        """Whether the server refused a cancel, and the scan runs again (3.8)."""
        asked = self._cancel
        is_refused = asked is not None and asked.answer is observation.CancelAnswer.REFUSED
        return is_refused and self.is_live

    @property
    def was_cancelled(self) -> bool:
        """Whether it ended by a cancel; the server reports the third one as `failed` (T-58)."""
        if self.status != "failed":
            return self.status == "cancelled"
        stage = next((s for s in reversed(self.stages) if s.state is not StageState.PENDING), None)
        return stage is not None and stage.state is StageState.CANCELLED

    @property
    def returned_from(self) -> str | None:
        """The end this scan returned from, if it runs again after one (3.8).

        It is read from REST, or from the log if the end lasted less than one poll.
        """
        if not self.is_live:
            return None
        reported, row = self._ends.returned_from, self._log.former_end
        if row is None or reported is None:
            return reported if row is None else row.status
        ended_at = self._ends.ended_at(reported)
        return row.status if ended_at is not None and row.timestamp > ended_at else reported

    @property
    def returned_at(self) -> datetime | None:
        """When the end that it returned from was reported, by the server's clock."""
        end, row = self.returned_from, self._log.former_end
        moments = [self._ends.ended_at(end)] if end else []
        moments += [row.timestamp] if row is not None and row.status == end else []
        return max((at for at in moments if at is not None), default=None)

    @property
    def is_resynchronising(self) -> bool:
        """Whether the server dropped events and no listing has read all readable rows since."""
        if self._skipped_at_s is None:
            return False
        listed = self.sync_status.exhausted_at_s
        return listed is None or listed <= self._skipped_at_s

    @property
    def unread_events(self) -> int:
        return len(self._unread_at_s)

    @property
    def is_event_unread(self) -> bool:
        return self._skipped_at_s == self.unread_at_s is not None

    @property
    def unread_at_s(self) -> float | None:
        return max(self._unread_at_s, default=None)

    @property
    def attempt(self) -> int:
        """The number of this attempt, counted by us (T-28)."""
        return max(1, len(self._attempts), self._log.attempt_starts)

    @property
    def attempt_starts(self) -> frozenset[datetime]:
        return frozenset(self._attempts)

    def is_of_earlier_attempt(self, made_at: datetime) -> bool:
        """Return whether something was made before this attempt; False proves nothing (T-59).

        Args:
            made_at: by the clock of the server's database, which is not that of its attempts.
        """
        return self.started_at is not None and made_at < self.started_at - CLOCK_SLACK

    @property
    def newest_at(self) -> datetime | None:
        """When the server last worked on it, by the server's clock (T-23)."""
        moments = [row.timestamp for row in self.stage_rows]
        moments += [self.started_at, self.updated_at, self._log.newest_at, self._rows.newest_at]
        return max((at for at in moments if at is not None), default=None)

    @property
    def stage_rows(self) -> tuple[observation.StageRow, ...]:
        """The newest row of each stage as reported, not as shown."""
        return self._stage_rows.reported

    @property
    def has_reviewed(self) -> bool:
        return self._stage_rows.has_run(REVIEW_STAGE)

    def asked_at_s(self, finding_id: finding.FindingId) -> float:
        """Return when a known finding was last requested, monotonic seconds.

        Raises:
            KeyError: the scan has no such finding.
        """
        return self._rows.asked_s[finding_id]

    def changes_of(self, finding_id: finding.FindingId) -> tuple[readings.SeenChange, ...]:
        return self._rows.seen.of(finding_id)

    @property
    def running_stage(self) -> Stage | None:
        running = [stage for stage in self.stages if stage.state is StageState.RUNNING]
        return running[-1] if running else None

    @property
    def current_task(self) -> observation.Activity | None:
        """The newest task that has not ended (protocol.md 4.3); None once the scan has."""
        return next(iter(self.open_tasks), None)

    @property
    def open_tasks(self) -> Iterator[observation.Activity]:
        """The running tasks, newest first: none of a stage that ended or has not started (T-65)."""
        if not self.is_live:
            return iter(())
        running = {row.name for row in self.stage_rows if row.status == StageState.RUNNING.value}
        idle = {stage.name for stage in self.stages if stage.state is not StageState.RUNNING}
        tasks = self._log.open_tasks
        return (row for row in tasks if row.stage is None or row.stage in running - idle)

    @property
    def activity_rows(self) -> Sequence[observation.Activity]:
        """The rows of its log, oldest first."""
        return self._log.oldest_first

    @property
    def log_gaps(self) -> tuple[LogGap, ...]:
        return self._log.gaps

"""The nine stages of a scan, as the window shows them: state, times and errors.

Source: protocol.md 3.5 (order), 4.3 (contents of `/live`), 5.1-5.3 (words), T-27 to T-29.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum

from msgspec import Struct, field
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import LiveRead, ScanRead, StageRow, StageSeen
from heimdall_desktop.domain.facts.readings import LatestValue

STAGE_NAMES = (
    "ingest",
    "tyr",
    "static_analysis",
    "taint_analysis",
    "config_scan",
    "hunt",
    "vidarr",
    "garmr",
    "report",
)
REVIEW_STAGE = "vidarr"


class StageState(Enum):
    """The state of a stage; `OTHER` is any unknown word."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    OTHER = "other"
    NOT_REPORTED = "not reported"
    """The server reports only some stages and never named this one (protocol.md 13)."""

    @classmethod
    def of(cls, text: str) -> "StageState":
        try:
            return cls(text)
        except ValueError:
            return cls.OTHER

    @property
    def has_begun(self) -> bool:
        """Whether the stage is known to have done anything in this attempt."""
        return self not in (StageState.PENDING, StageState.NOT_REPORTED)

    @property
    def has_ended(self) -> bool:
        return self.has_begun and self not in (StageState.RUNNING, StageState.OTHER)


class Stage(Struct, frozen=True):
    """One stage in its newest attempt.

    Attributes:
        started_at, ended_at: server times; None if the server does not report them. No server
            reports when a stage was cancelled: its row keeps its start.
        is_start_inferred: `started_at` is the end of the previous stage, because the watch started
            later.
    """

    name: str
    state: StageState = StageState.PENDING
    error: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    is_start_inferred: bool = False

    @property
    def duration_s(self) -> float | None:
        """The duration; None while the stage runs, or if its start or end is unknown."""
        if self.started_at is None or self.ended_at is None:
            return None
        return max((self.ended_at - self.started_at).total_seconds(), 0.0)


def shown_stages(
    rows: Sequence[StageRow], starts: Mapping[str, datetime], scan_started_at: datetime | None
) -> tuple[Stage, ...]:
    """Build all nine stages from the newest row of each.

    Rows of an earlier attempt are shown as pending (T-29): those that ended before this attempt,
    and those after the first running stage that are older than it.

    Args:
        rows: the newest row of each stage, unknown and missing ones allowed.
        starts: the newest start seen of each stage, by name.
        scan_started_at: when this attempt of the scan started, if known.
    """
    by_name = {row.name: row for row in rows}
    stages: list[Stage] = []
    attempt_began = scan_started_at  # one clock stamps both, protocol.md 6
    previous_end = scan_started_at
    has_running = False
    for name in STAGE_NAMES:
        row = by_name.get(name)
        stage = Stage(name)
        began, at = attempt_began, None if row is None else row.timestamp
        is_former = began is not None and (at is None or at < began)
        if row is not None and not is_former:
            stage = _stage(row, starts.get(name), attempt_began, previous_end)
        if stage.state is StageState.RUNNING and not has_running:
            has_running, attempt_began = True, stage.started_at or attempt_began
        previous_end = stage.ended_at
        stages.append(stage)
    return tuple(stages)


def _stage(
    row: StageRow,
    start: datetime | None,
    attempt_began: datetime | None,
    previous_end: datetime | None,
) -> Stage:
    state = StageState.of(row.status)
    stage = Stage(row.name, state, row.error)
    is_start_known = start and row.timestamp and (attempt_began or start) <= start <= row.timestamp
    if state is StageState.RUNNING:
        return replace(stage, started_at=start if is_start_known else row.timestamp)
    if not state.has_ended:
        return stage
    if state is StageState.CANCELLED and not (is_start_known and start != row.timestamp):
        return replace(stage, started_at=row.timestamp)  # T-62
    ended = replace(stage, ended_at=row.timestamp)
    if row.timestamp is None:
        return ended
    if is_start_known:
        return replace(ended, started_at=start)
    if previous_end and previous_end <= row.timestamp:
        return replace(ended, started_at=previous_end, is_start_inferred=True)
    return ended


# The newest row of each stage from `/live` answers and stream events, in any order.


#: The stage and state that each scan status implies. Source: protocol.md 3.5.
STATUS_STAGES = {
    "ingesting": ("ingest", StageState.RUNNING),
    "ingested": ("ingest", StageState.COMPLETED),
    "modeling": ("tyr", StageState.RUNNING),
    "modeled": ("tyr", StageState.COMPLETED),
    "static_analysis": ("static_analysis", StageState.RUNNING),
    "taint_analyzing": ("taint_analysis", StageState.RUNNING),
    "taint_analyzed": ("taint_analysis", StageState.COMPLETED),
    "config_scanning": ("config_scan", StageState.RUNNING),
    "config_scanned": ("config_scan", StageState.COMPLETED),
    "hunting": ("hunt", StageState.RUNNING),
    "hunted": ("hunt", StageState.COMPLETED),
    "verifying": ("vidarr", StageState.RUNNING),
    "verified": ("vidarr", StageState.COMPLETED),
    "validating": ("garmr", StageState.RUNNING),
    "validated": ("garmr", StageState.COMPLETED),
    "reporting": ("report", StageState.RUNNING),
}


_RAN = (StageState.RUNNING, StageState.COMPLETED, StageState.FAILED)
STAGES_LIMIT = 50  # names that are kept; the server's are nine
STARTS_LIMIT = 1_000  # statuses whose start is kept; an attempt has up to 15


class StageRows(Struct):
    """What the server reported of each stage, by name; names beyond `STAGES_LIMIT` are ignored.

    A `/live` row has only one timestamp: its end, or else its start. So the starts are kept
    separately: without them a stage that has ended would have no duration.

    Attributes:
        status_since: since when REST reported each status that implies a stage, by attempt.
    """

    status_since: dict[tuple[datetime | None, str], datetime] = field(default_factory=dict)
    _reported: dict[str, LatestValue[StageRow | None]] = field(default_factory=dict)
    _starts: dict[str, datetime] = field(default_factory=dict)
    _announced_starts: dict[str, datetime] = field(default_factory=dict)
    _announced_ends: dict[str, datetime] = field(default_factory=dict)

    def read_live(self, live: LiveRead) -> None:
        for row in live.stages:
            if not self._is_kept(row.name):
                continue
            self._of(row.name).by_rest(live.asked_at_s, row)
            if row.status == StageState.RUNNING.value and row.timestamp is not None:
                known = self._starts.get(row.name, row.timestamp)
                self._starts[row.name] = max(known, row.timestamp)

    def read_status(self, read: ScanRead) -> None:
        """Note the stage that a scan's status implies, for use where `/live` is not available."""
        if read.status in STATUS_STAGES and len(self.status_since) < STARTS_LIMIT:
            since = self.status_since.get((read.started_at, read.status), read.updated_at)
            self.status_since[read.started_at, read.status] = min(since, read.updated_at)

    def see_update(self, seen: StageSeen) -> None:
        """Apply a stream event.

        Its stamp is not a start: the server sends `running` repeatedly (3.5). If only the stream
        reports stages, the first stamp of an attempt counts as the start.
        """
        if not self._is_kept(seen.stage):
            return
        name, at = seen.stage, seen.stamped_at
        row = StageRow(name, seen.status, seen.error, at)
        self._of(name).by_stream(at, seen.heard_at_s, row)
        # the first start since the stage last ended is kept; a replay sends earlier ones too
        ended_at, known = self._announced_ends.get(name), self._announced_starts.get(name)
        if StageState.of(seen.status).has_ended:
            self._announced_ends[name] = at if ended_at is None else max(ended_at, at)
        if seen.status != StageState.RUNNING.value:
            return
        is_later_run = ended_at is not None and at > ended_at
        if known is None or (is_later_run and ended_at is not None and known <= ended_at):
            self._announced_starts[name] = at
        elif ended_at is None or is_later_run:
            self._announced_starts[name] = min(known, at)

    @property
    def reported(self) -> tuple[StageRow, ...]:
        return tuple(
            row for reported in self._reported.values() if (row := reported.value) is not None
        )

    def has_run(self, name: str) -> bool:
        row = self._reported[name].value if name in self._reported else None
        statuses = {status for _, status in self.status_since}
        return (
            (row is not None and StageState.of(row.status) in _RAN)
            or name in self._starts
            or name in self._announced_starts
            or any(STATUS_STAGES[status][0] == name for status in statuses)
        )

    @property
    def answers(self) -> tuple[StageRow, ...]:
        return tuple(
            row for reported in self._reported.values() if (row := reported.rest) is not None
        )

    def events(self, scan_id: ScanId) -> Iterator[StageSeen]:
        """Yield events that restore what the stream reported, the newest of each stage last."""
        for name, reported in self._reported.items():
            if reported.event is None or reported.stamped_at is None:
                continue
            newest = StageSeen(
                scan_id,
                reported.heard_at_s,
                reported.stamped_at,
                name,
                reported.event.status,
                reported.event.error,
            )
            for moments, state in (
                (self._announced_ends, StageState.COMPLETED),
                (self._announced_starts, StageState.RUNNING),
            ):
                if name in moments:
                    yield replace(
                        newest,
                        heard_at_s=reported.heard_at_s - 1.0,
                        stamped_at=moments[name],
                        status=state.value,
                        error=None,
                    )
            yield newest

    @property
    def starts(self) -> tuple[StageRow, ...]:
        """A running row for each kept start; reading these rows again restores the starts."""
        running = StageState.RUNNING.value
        return tuple(StageRow(name, running, None, at) for name, at in self._starts.items())

    def shown(
        self, scan_started_at: datetime | None, status: LatestValue[str] | None = None
    ) -> tuple[Stage, ...]:
        """Return the nine stages as the window shows them; see `shown_stages`.

        Args:
            scan_started_at: when this attempt of the scan started, if known.
            status: the reported status of the scan, if no source reports all nine stages.
        """
        if status is None:
            return shown_stages(list(self.reported), self._starts, scan_started_at)
        rows = {row.name: row for row in self.reported}
        since = self.status_since.get((scan_started_at, status.rest or ""))
        if since is not None and status.rest is not None:
            name, state = STATUS_STAGES[status.rest]
            inferred = {}
            if name not in rows or rows[name].status != state.value:
                inferred[name] = StageRow(name, state.value, None, since)
            for earlier in STAGE_NAMES[: STAGE_NAMES.index(name)]:
                if earlier in rows and rows[earlier].status == StageState.RUNNING.value:
                    inferred[earlier] = StageRow(earlier, StageState.COMPLETED.value, None, since)
            asked_at_s = status.asked_at_s
            rows |= {n: row for n, row in inferred.items() if self._of(n).heard_at_s <= asked_at_s}
        starts = self._announced_starts | self._starts
        stages = shown_stages(list(rows.values()), starts, scan_started_at)
        return tuple(
            stage if stage.name in rows else replace(stage, state=StageState.NOT_REPORTED)
            for stage in stages
        )

    def _is_kept(self, name: str) -> bool:
        is_known = name in self._reported or name in STAGE_NAMES
        return is_known or len(self._reported) < STAGES_LIMIT - len(STAGE_NAMES)

    def _of(self, name: str) -> LatestValue[StageRow | None]:
        return self._reported.setdefault(name, LatestValue(None))

"""The nine stages of a scan, as they are shown: state, times and what went wrong.

Source: heimdall-api.md 3.5 (order), 4.3 (what `/live` tells), 5.1-5.3 (words), T-27 to T-29.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.observation import StageRow

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
    """What a stage does; `OTHER` stands for an unforeseen word."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    OTHER = "other"
    NOT_REPORTED = "not reported"
    """The server tells only of some stages, and never named this one (heimdall-api.md 13)."""

    @classmethod
    def of(cls, text: str) -> "StageState":
        """Return the member for the server's word."""
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
        """Whether nothing more comes of this stage in this attempt."""
        return self.has_begun and self not in (StageState.RUNNING, StageState.OTHER)


class Stage(Struct, frozen=True):
    """One stage in its newest attempt.

    Attributes:
        started_at, ended_at: server times; None where they are not told. No server tells when a
            stage was cancelled: its row keeps its start.
        is_start_inferred: `started_at` is the end of the stage before, because we came later.
    """

    name: str
    state: StageState = StageState.PENDING
    error: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    is_start_inferred: bool = False

    @property
    def duration_s(self) -> float | None:
        """How long it took; None while it runs or where an end is unknown."""
        if self.started_at is None or self.ended_at is None:
            return None
        return max((self.ended_at - self.started_at).total_seconds(), 0.0)


def shown_stages(
    rows: Sequence[StageRow], starts: Mapping[str, datetime], scan_started_at: datetime | None
) -> tuple[Stage, ...]:
    """Return all nine stages out of the newest row of each.

    Rows of a former attempt are shown as pending (T-29): those that ended before this attempt,
    and those after the first running stage that are older than it.

    Args:
        rows: the newest row of each stage, unknown and missing ones allowed.
        starts: the newest start seen of each stage, by name.
        scan_started_at: when this attempt of the scan began, if known.
    """
    by_name = {row.name: row for row in rows}
    stages: list[Stage] = []
    attempt_began = scan_started_at  # one clock stamps both, heimdall-api.md 6
    previous_end = scan_started_at
    has_running = False
    for name in STAGE_NAMES:
        row = by_name.get(name)
        stage = Stage(name)
        if row is not None and not _is_of_former_attempt(row, attempt_began):
            stage = _stage(row, starts.get(name), attempt_began, previous_end)
        if stage.state is StageState.RUNNING and not has_running:
            has_running, attempt_began = True, stage.started_at or attempt_began
        previous_end = stage.ended_at
        stages.append(stage)
    return tuple(stages)


def _is_of_former_attempt(row: StageRow, attempt_began: datetime | None) -> bool:
    if attempt_began is None:
        return False
    return row.timestamp is None or row.timestamp < attempt_began


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

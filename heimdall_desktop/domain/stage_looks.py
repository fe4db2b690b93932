"""How each of the nine stages looks: its state, and what the server's log adds to it.

`/live` tells neither warnings, nor reasons for skipping, nor what failed in an earlier attempt; the
log does (heimdall-api.md 5.11). Reading the log is the slow part, so `notes_of` is called when a
scan has changed and its answer is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from heimdall_desktop.domain.finding import one_line
from heimdall_desktop.domain.observation import Activity
from heimdall_desktop.domain.scan import Scan
from heimdall_desktop.domain.silence import Pace
from heimdall_desktop.domain.stage import Stage, StageState

TROUBLE_STATUSES = frozenset({"warning", "completed_with_errors", "failed"})


class StageLook(Enum):
    """How a stage is drawn, in the strip of a card and on the time axis. Source: design.md 5."""

    DONE = auto()
    WARNING = auto()
    RUNNING = auto()
    QUIET = auto()
    PENDING = auto()
    FAILED = auto()
    FAILED_BEFORE = auto()
    SKIPPED = auto()
    CANCELLED = auto()

    @property
    def is_running(self) -> bool:
        """Whether the stage is at work, with or without news."""
        return self in (StageLook.RUNNING, StageLook.QUIET)


@dataclass(frozen=True, slots=True)
class StageNotes:
    """What the log says of a scan's stages.

    Attributes:
        warned: stages of this attempt in which something went wrong.
        skip_reasons: why a stage was left out, in one line.
        failed_before: what failed in an earlier attempt, by stage.
        attempt: which attempt this is.
    """

    warned: frozenset[str] = frozenset()
    skip_reasons: Mapping[str, str] = field(default_factory=dict)
    failed_before: Mapping[str, str] = field(default_factory=dict)
    attempt: int = 1


def notes_of(scan: Scan) -> StageNotes:
    """Read the log of a scan once."""
    began_at = _attempt_began_at(scan)
    warned: set[str] = set()
    skipped: dict[str, str] = {}
    failed_before: dict[str, str] = {}
    for row in sorted(scan.activities.values(), key=lambda row: row.timestamp):
        if row.stage is None:
            continue
        is_of_before = began_at is not None and row.timestamp < began_at
        if is_of_before and row.status == "failed":
            failed_before[row.stage] = _reason(row)
        elif not is_of_before and row.status == "skipped" and _speaks_of_stage(row):
            skipped[row.stage] = _reason(row)
        elif not is_of_before and (row.status in TROUBLE_STATUSES or row.tone == "warning"):
            warned.add(row.stage)
    return StageNotes(frozenset(warned), skipped, failed_before, scan.attempt)


def stage_looks(scan: Scan, notes: StageNotes, pace: Pace) -> tuple[StageLook, ...]:
    """Return the look of all nine stages, in order."""
    return tuple(_look(scan, stage, notes, pace) for stage in scan.stages)


def failed_stage(scan: Scan) -> Stage | None:
    """Return the stage in which the scan stopped, if one says so."""
    failed = [stage for stage in scan.stages if stage.state is StageState.FAILED]
    return failed[-1] if failed else None


def last_touched_stage(scan: Scan) -> Stage | None:
    """Return the last stage that did anything in this attempt."""
    touched = [stage for stage in scan.stages if stage.state is not StageState.PENDING]
    return touched[-1] if touched else None


def _attempt_began_at(scan: Scan) -> datetime | None:
    starts = [row.timestamp for row in scan.activities.values() if row.task_key == "scan-start"]
    return max(starts) if len(starts) > 1 else None


def _speaks_of_stage(row: Activity) -> bool:
    return row.event_type == "stage" or row.task_key in (None, row.stage)


def _reason(row: Activity) -> str:
    return one_line(row.detail or row.title)


def _look(scan: Scan, stage: Stage, notes: StageNotes, pace: Pace) -> StageLook:
    match stage.state:
        case StageState.COMPLETED:
            return StageLook.WARNING if stage.name in notes.warned else StageLook.DONE
        case StageState.RUNNING:
            return _running_look(scan, pace)
        case StageState.FAILED:
            return StageLook.FAILED
        case StageState.SKIPPED:
            return StageLook.SKIPPED
        case StageState.CANCELLED:
            return StageLook.CANCELLED
        case StageState.PENDING | StageState.OTHER:
            is_marked = scan.is_live and stage.name in notes.failed_before
            return StageLook.FAILED_BEFORE if is_marked else StageLook.PENDING


def _running_look(scan: Scan, pace: Pace) -> StageLook:
    """A stage that was never closed takes the look of the scan's end."""
    ends = {
        "completed": StageLook.DONE,
        "failed": StageLook.FAILED,
        "cancelled": StageLook.CANCELLED,
    }
    if not scan.is_live:
        return ends[scan.status]
    return StageLook.RUNNING if pace.quiet_s is None else StageLook.QUIET

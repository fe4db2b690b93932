"""The nine stages of a scan on one time axis, in seconds since this attempt began.

Starts and ends are the server's own and fit together; how long the running stage has run is
measured by us, so that the "now" line moves evenly whatever the server's clock says.
Source: design.md 5 (Stages panel).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from heimdall_desktop.domain.card import ATTEMPTS
from heimdall_desktop.domain.finding import one_line
from heimdall_desktop.domain.scan import Scan
from heimdall_desktop.domain.silence import STEADY, Pace
from heimdall_desktop.domain.stage import Stage
from heimdall_desktop.domain.stage_looks import StageLook, StageNotes, stage_looks
from heimdall_desktop.domain.stopwatch import QUEUE, SCAN, Stopwatch
from heimdall_desktop.domain.time_words import (
    HOUR_S,
    MINUTE_S,
    clock_words,
    rough_words,
    second_words,
)

TICKS_S = (5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
MOST_TICKS = 6
ROOM_AHEAD = 1.15  # so that a running bar has somewhere to grow to
ROOM_BEHIND = 1.06  # so that the mark behind the last bar has its place
SHORTEST_AXIS_S = 30.0
ERROR_LIMIT = 2000  # characters of an error among the details; the whole of it can be copied


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One stage.

    Attributes:
        start_s, end_s: on the axis; None where nobody told us.
        started: local time of its start, "about" before it where we came later; "" if unknown.
        value: its duration, or the word that stands for it.
        note: more on that, in one line: a reason, an error.
        error: the server's whole text on what went wrong.
    """

    name: str
    label: str
    look: StageLook
    start_s: float | None
    end_s: float | None
    value: str
    note: str = ""
    error: str = ""
    started: str = ""

    @property
    def sentence(self) -> str:
        """The row read aloud."""
        state = self.look.name.replace("_", " ").lower()
        parts = (self.label, state, self.value, self.note)
        return ", ".join(part for part in parts if part)

    @property
    def details(self) -> tuple[str, ...]:
        """All there is to say of the stage, line by line."""
        duration = " ".join(filter(None, (self.value, self.note)))
        started = f"Started {self.started}" if self.started else ""
        lines = (self.label, started, duration, self.error[:ERROR_LIMIT])
        return tuple(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All stages and their axis.

    Attributes:
        now_s: where the "now" line stands; None once the scan is over or before it began.
        total_s: the length of the axis.
        tick_s: from one line of the grid to the next.
        elapsed: "19:08 elapsed", "took 19:08", "queued 3:20", or "".
    """

    rows: tuple[TimelineRow, ...]
    now_s: float | None
    total_s: float
    tick_s: float
    elapsed: str

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield place and label of each line of the grid, but for the very end of the axis."""
        for number in range(math.ceil(self.total_s / self.tick_s)):
            yield number * self.tick_s, _tick_label(number * self.tick_s, self.tick_s)


def timeline_of(
    scan: Scan,
    notes: StageNotes,
    stopwatch: Stopwatch,
    clock_s: float,
    pace: Pace = STEADY,
) -> Timeline:
    """Return the timeline of a scan at a moment of the monotonic clock.

    Args:
        scan: what is known.
        notes: what its log says.
        stopwatch: has seen the scan.
        clock_s: the moment.
        pace: how the scan gets on.
    """
    zero_at = _zero_at(scan)
    looks = stage_looks(scan, notes, pace)
    rows = tuple(
        _row(scan, stage, look, notes, zero_at, stopwatch.elapsed_s(scan.id, stage.name, clock_s))
        for stage, look in zip(scan.stages, looks, strict=True)
    )
    now_s = _now_s(scan, rows, stopwatch, clock_s)
    last_s = max([now_s or 0.0, *(row.end_s or 0.0 for row in rows)])
    total_s, tick_s = _axis(last_s, is_running=now_s is not None)
    return Timeline(rows, now_s, total_s, tick_s, _elapsed(scan, notes, now_s, stopwatch, clock_s))


def _zero_at(scan: Scan) -> datetime | None:
    starts = [stage.started_at for stage in scan.stages if stage.started_at]
    began = [scan.started_at] if scan.started_at else []
    return min(began + starts, default=None)


def _row(
    scan: Scan,
    stage: Stage,
    look: StageLook,
    notes: StageNotes,
    zero_at: datetime | None,
    elapsed_s: float | None,
) -> TimelineRow:
    start_s = _offset_s(stage.started_at or stage.ended_at, zero_at)
    duration_s = elapsed_s if look.is_running else stage.duration_s
    end_s = None if start_s is None else start_s + (duration_s or 0.0)
    value = "" if duration_s is None else clock_words(duration_s)
    error = stage.error or ""
    note = _note(scan, stage, look, notes)
    if look is StageLook.SKIPPED:
        value = "Skipped"
    elif not value and look in (StageLook.FAILED, StageLook.CANCELLED):
        value = look.name.capitalize()
        note = note.removeprefix(value.lower()).removeprefix(": ")
    started = _started(stage)
    return TimelineRow(stage.name, stage.label, look, start_s, end_s, value, note, error, started)


def _started(stage: Stage) -> str:
    if stage.started_at is None:
        return ""
    about = "about " if stage.is_start_inferred else ""
    return f"{about}{second_words(stage.started_at)}"


def _note(scan: Scan, stage: Stage, look: StageLook, notes: StageNotes) -> str:
    error = one_line(stage.error or "")
    match look:
        case StageLook.WARNING:
            return f"with warnings: {error}" if error else "with warnings"
        case StageLook.FAILED:
            return f"failed: {error}" if error else "failed"
        case StageLook.CANCELLED:
            return "cancelled"
        case StageLook.SKIPPED:
            return notes.skip_reasons.get(stage.name, error)
        case StageLook.FAILED_BEFORE:
            return f"failed before: {notes.failed_before[stage.name]}"
        case _:
            return error


def _offset_s(at: datetime | None, zero_at: datetime | None) -> float | None:
    if at is None or zero_at is None:
        return None
    return max((at - zero_at).total_seconds(), 0.0)


def _now_s(
    scan: Scan, rows: tuple[TimelineRow, ...], stopwatch: Stopwatch, clock_s: float
) -> float | None:
    if not scan.is_live:
        return None
    running = [row.end_s for row in rows if row.look.is_running and row.end_s is not None]
    return max(running) if running else stopwatch.elapsed_s(scan.id, SCAN, clock_s)


def _axis(last_s: float, *, is_running: bool) -> tuple[float, float]:
    """Return length and tick. While a scan runs the axis grows by whole ticks, not all the time."""
    wanted_s = max(last_s * (ROOM_AHEAD if is_running else ROOM_BEHIND), SHORTEST_AXIS_S)
    tick_s = float(next((tick for tick in TICKS_S if wanted_s / tick <= MOST_TICKS), TICKS_S[-1]))
    if not is_running:
        return wanted_s, tick_s
    return math.ceil(wanted_s / tick_s) * tick_s, tick_s


def _tick_label(at_s: float, tick_s: float) -> str:
    if at_s == 0:
        return "0"
    if tick_s >= HOUR_S:
        return f"{at_s / HOUR_S:.0f} h"
    return f"{at_s / MINUTE_S:.0f} min" if tick_s >= MINUTE_S else rough_or_clock(at_s)


def rough_or_clock(at_s: float) -> str:
    """Return "30 s" below a minute, "1:30" from there on."""
    return rough_words(at_s) if at_s < MINUTE_S else clock_words(at_s)


def _elapsed(
    scan: Scan, notes: StageNotes, now_s: float | None, stopwatch: Stopwatch, clock_s: float
) -> str:
    queued_s = stopwatch.elapsed_s(scan.id, QUEUE, clock_s)
    if queued_s is not None:
        return f"queued {clock_words(queued_s)}"
    attempt = f", attempt {notes.attempt} of {max(notes.attempt, ATTEMPTS)}"
    behind = attempt if notes.attempt > 1 else ""
    if now_s is not None:
        return f"{clock_words(now_s)} elapsed{behind}"
    if scan.started_at and scan.completed_at and not scan.is_live:
        took_s = (scan.completed_at - scan.started_at).total_seconds()
        return f"took {clock_words(took_s)}{behind}"
    return behind.removeprefix(", ")

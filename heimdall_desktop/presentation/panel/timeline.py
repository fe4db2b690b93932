"""The nine stages of a scan on one time axis, in seconds since the start of its first attempt.

Starts and ends are the server's own and fit together. The running time of the current stage is
measured here, so that the "now" line moves evenly whatever the server's clock says.
Source: look.md 5 (Stages panel).
"""

import math
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages import stage_display
from heimdall_desktop.domain.stages.stage_times import QUEUE, SCAN, Stopwatch, UsualTime
from heimdall_desktop.presentation import stage_text
from heimdall_desktop.presentation.board.card import ATTEMPTS
from heimdall_desktop.presentation.board.card_words import ended_at
from heimdall_desktop.presentation.board.scan_status import age_s, is_dimmed
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import stage_label
from heimdall_desktop.presentation.time_text import DAY_S, HOUR_S, MINUTE_S, clock_text, rough_text

# The texts of a whole timeline: how long the scan has run or took, and the labels of its axis.
#
# Source: look.md 5 (Stages panel), picture 6.


def elapsed_text(
    scan: Scan,
    notes: stage_display.StageNotes,
    now_s: float | None,
    stopwatch: Stopwatch,
    clock_s: float,
    pace: stage_display.ScanProgress,
) -> str:
    """Return how long a scan has run and how much is left, how long it took, or how long it waits.

    Args:
        now_s: the position of "now" on the axis; None unless the scan runs.
    """
    queued_s = stopwatch.elapsed_s(scan.id, QUEUE, clock_s)
    if queued_s is not None:
        return tr("Queued {time}").format(time=clock_text(queued_s))
    is_retried = notes.attempt > 1
    attempt = tr("Attempt {number} of {all}").format(
        number=notes.attempt, all=max(notes.attempt, ATTEMPTS)
    )
    if now_s is not None:
        running = scan.running_stage
        elapsed_s = stopwatch.elapsed_s(scan.id, running.name, clock_s) if running else None
        since = tr("{attempt}. {time} since the start") if is_retried else tr("{time} elapsed")
        text = since.format(attempt=attempt, time=clock_text(now_s))
        return f"{text}, {stage_text.left_text(scan, pace.usual, elapsed_s)}"
    took, end = "", ended_at(scan)  # if it did not complete, until its last change
    if not scan.is_live and scan.started_at and end and end >= scan.started_at:
        words = tr("Took {time}") if scan.completed_at else tr("Took about {time}")
        took = words.format(time=clock_text((end - scan.started_at).total_seconds()))
    if is_retried:
        return ". ".join(part for part in (attempt, took) if part)
    return took


STAGES_BASIS = tr_noop("Stages come from the stream (dots: not reported).")
TICKS_S = (5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
MOST_TICKS = 6
MOST_ATTEMPTS = 9  # the newest attempts, whose starts are marked; a server makes three
ROOM_AHEAD = 1.15  # room for a running bar to grow
ROOM_BEHIND = 1.06  # room for the mark behind the last bar
SHORTEST_AXIS_S = 30.0
LONGEST_WHISKER = 1.6  # one scan that took a day must not squeeze all others into a corner


class Span(Struct, frozen=True):
    """A part of the axis; in an earlier attempt it may have failed."""

    start_s: float
    end_s: float
    has_failed: bool = False


class Expected(Struct, frozen=True):
    """The usual, earliest and latest end of a stage on the axis."""

    median_s: float
    shortest_s: float
    longest_s: float

    @classmethod
    def behind(cls, start_s: float, usual: UsualTime) -> "Expected":
        """Return the ends of a stage that starts at a position."""
        times = (usual.median_s, usual.shortest_s, usual.longest_s)
        return cls(*(start_s + time_s for time_s in times))


class TimelineRow(Struct, frozen=True):
    """One stage.

    Attributes:
        start_s, end_s: on the axis; None if unknown. Of a waiting stage, its expected start.
        last_update_s: the position of the last update while the stage is quiet or cut off.
        expected: where it usually ends; None without an estimate and once it has ended.
        earlier: what it did in earlier attempts.
        attempt: in how many attempts it ran, from the second on; else 0.
        value: its duration, or the word in place of it.
        note: more on that, in one line: a reason, an error.
        short_note: the text if the note does not fit; "" if it may be cut then.
        error: the server's whole error text.
        details: the text beside its error, line by line; the first is its name.
        shown_error: the error as it is shown.
    """

    name: str
    label: str
    display: stage_display.StageDisplay
    start_s: float | None
    end_s: float | None
    value: str
    note: str = ""
    short_note: str = ""
    error: str = ""
    last_update_s: float | None = None
    expected: Expected | None = None
    earlier: tuple[Span, ...] = ()
    attempt: int = 0
    details: tuple[str, ...] = ()
    shown_error: tuple[str, ...] = ()

    @property
    def whole_text(self) -> str:
        return "\n".join([*self.details, self.error] if self.error else self.details)

    @property
    def sentence(self) -> str:
        state = tr(stage_text.STATE_WORDS[self.display])
        attempt = tr("attempt {number}").format(number=self.attempt) if self.attempt else ""
        text = ", ".join(filter(None, (self.label, attempt, state, self.value)))
        return ". ".join(filter(None, (text, self.note)))


class Timeline(Struct, frozen=True):
    """All stages and their axis.

    Attributes:
        now_s: the position of the "now" line; None after the scan has ended or before it started.
        total_s: the length of the axis.
        tick_s: from one line of the grid to the next.
        elapsed: "19:08 elapsed, about 12 min left (5 to 17)", "took 19:08", "queued 3:20", or "".
        basis: the basis of the estimates, in one sentence; "" without any.
        attempts: where later attempts started, and their names.
    """

    rows: tuple[TimelineRow, ...]
    now_s: float | None
    total_s: float
    tick_s: float
    elapsed: str
    basis: str = ""
    attempts: tuple[tuple[float, str], ...] = ()

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield position and label of each grid line, except at the very end of the axis.

        An empty axis has no times, because the scan has not started.
        """
        if self.now_s is None and all(row.start_s is None for row in self.rows):
            return
        if self.tick_s > DAY_S:
            unit_s, form = DAY_S, tr("{number} d")
        elif self.tick_s >= HOUR_S:
            unit_s, form = HOUR_S, tr("{number} h")
        else:
            unit_s, form = MINUTE_S, tr("{number} min")
        for number in range(math.ceil(self.total_s / self.tick_s)):
            at_s = number * self.tick_s
            if not number:
                label = "0"
            elif self.tick_s >= MINUTE_S:
                label = form.format(number=round(at_s / unit_s))
            else:
                label = rough_text(at_s) if at_s < MINUTE_S else clock_text(at_s)
            yield at_s, label


def timeline_of(
    scan: Scan,
    notes: stage_display.StageNotes,
    stopwatch: Stopwatch,
    clock_s: float,
    now: datetime,
    pace: stage_display.ScanProgress = stage_display.STEADY,
) -> Timeline:
    """Return the timeline of a scan at a moment."""
    starts = [stage.started_at for stage in scan.stages if stage.started_at]
    began = [scan.started_at] if scan.started_at else []
    earlier = [run.started_at for runs in notes.earlier.values() for run in runs]
    zero_at = min([*notes.starts, *earlier, *began, *starts], default=None)
    is_cut_off = is_dimmed(scan, clock_s)
    facts: list[stage_text.StageFacts] = []
    for stage, display in zip(
        scan.stages, stage_display.stage_displays(scan, notes, pace), strict=True
    ):
        running_s = stopwatch.elapsed_s(scan.id, stage.name, clock_s)
        elapsed_s = running_s if display.is_running else stage.duration_s
        unheard_s = age_s(scan, clock_s) if is_cut_off and display.is_running else None
        facts.append(
            stage_text.StageFacts(scan, stage, display, notes, pace, now, elapsed_s, unheard_s)
        )
    rows = [_row(scan, each, zero_at) for each in facts]
    now_s = _now_s(scan, rows, zero_at, stopwatch, clock_s)
    if now_s is not None:
        rows = _with_what_is_to_come(rows, facts, now_s)
    total_s, tick_s = _axis(rows, now_s)
    elapsed = elapsed_text(scan, notes, now_s, stopwatch, clock_s, pace)
    basis = stage_text.scans_text(pace.usual) if pace.usual.stages and now_s is not None else ""
    first = notes.attempt - len(notes.starts) + 1
    attempts = [
        (offset_s, tr("Attempt {number}").format(number=number))
        for number, at in enumerate(notes.starts, start=first)
        if number > max(1, notes.attempt - MOST_ATTEMPTS)
        and (offset_s := _offset_s(at, zero_at)) is not None
    ]
    return Timeline(tuple(rows), now_s, total_s, tick_s, elapsed, basis, tuple(attempts))


def _row(scan: Scan, facts: stage_text.StageFacts, zero_at: datetime | None) -> TimelineRow:
    stage, display, task = facts.stage, facts.display, scan.current_task
    start_s = _offset_s(stage.started_at or stage.ended_at, zero_at)
    end_s = None if start_s is None else start_s + (facts.elapsed_s or 0.0)
    value, note = stage_text.value_text(facts)
    quiet_s = facts.pace.quiet_s if display is stage_display.StageDisplay.QUIET else None
    silent_s = max((each for each in (quiet_s, facts.unheard_s) if each is not None), default=None)
    last_update_s = expected = None
    if start_s is not None and end_s is not None and silent_s is not None:
        last_update_s = max(end_s - silent_s, start_s)
    if start_s is not None and facts.usual is not None and display.is_running:
        expected = Expected.behind(start_s, facts.usual)
    earlier = [
        Span(run_start_s, run_end_s, run.has_failed)
        for run in facts.notes.earlier.get(stage.name, ())
        if (run_start_s := _offset_s(run.started_at, zero_at)) is not None
        and (run_end_s := _offset_s(run.ended_at, zero_at)) is not None
    ]
    is_current = task is not None and task.stage == stage.name and display.is_running
    task_text = one_line(task.detail or task.title) if task and is_current else ""
    return TimelineRow(
        stage.name,
        stage_label(stage.name),
        display,
        start_s,
        end_s,
        value,
        note.text,
        note.short_text,
        stage.error or "",
        last_update_s,
        expected,
        tuple(earlier),
        facts.attempt if facts.attempt > 1 else 0,
        stage_text.detail_lines(facts, task_text),
        stage_text.error_lines(stage),
    )


def _with_what_is_to_come(
    rows: list[TimelineRow], facts: list[stage_text.StageFacts], now_s: float
) -> list[TimelineRow]:
    """Place waiting stages where they are expected, one after the other."""
    at_s, shown = now_s, list(rows)
    for number, (row, each) in enumerate(zip(rows, facts, strict=True)):
        if row.expected is not None:
            at_s = max(at_s, row.expected.median_s)
        if row.display.is_waiting and each.usual is not None:
            expected = Expected.behind(at_s, each.usual)
            shown[number] = replace(row, start_s=at_s, end_s=at_s, expected=expected)
            at_s = expected.median_s
    return shown


def _offset_s(at: datetime | None, zero_at: datetime | None) -> float | None:
    if at is None or zero_at is None:
        return None
    return max((at - zero_at).total_seconds(), 0.0)


def _now_s(
    scan: Scan,
    rows: list[TimelineRow],
    zero_at: datetime | None,
    stopwatch: Stopwatch,
    clock_s: float,
) -> float | None:
    if not scan.is_live:
        return None
    running = [row.end_s for row in rows if row.display.is_running and row.end_s is not None]
    if running:
        return max(running)
    elapsed_s = stopwatch.elapsed_s(scan.id, SCAN, clock_s)
    return None if elapsed_s is None else elapsed_s + (_offset_s(scan.started_at, zero_at) or 0.0)


def _axis(rows: list[TimelineRow], now_s: float | None) -> tuple[float, float]:
    """Return length and tick. While a scan runs, the axis grows only by whole ticks."""
    ends = [row.end_s for row in rows if row.end_s is not None]
    ends += [span.end_s for row in rows for span in row.earlier]
    last_s = max([now_s or 0.0, *ends])
    wanted_s = last_s * ROOM_BEHIND
    if now_s is not None:  # with room for what still grows
        medians = [row.expected.median_s for row in rows if row.expected]
        longest = [row.expected.longest_s for row in rows if row.expected]
        likely_s = min(max(longest, default=0.0), max(medians, default=0.0) * LONGEST_WHISKER)
        wanted_s = max(last_s * ROOM_AHEAD, likely_s)
    wanted_s = max(wanted_s, SHORTEST_AXIS_S)
    fitting = (tick for tick in TICKS_S if wanted_s / tick <= MOST_TICKS)
    days = math.ceil(wanted_s / MOST_TICKS / DAY_S)  # by a server's clock it may be centuries
    tick_s = float(next(fitting, days * DAY_S))
    if now_s is None:
        return wanted_s, tick_s
    return math.ceil(wanted_s / tick_s) * tick_s, tick_s

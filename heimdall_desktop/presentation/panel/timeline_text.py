"""What is said of a timeline as a whole: how long the scan has run or took; the labels of its axis.

Source: design.md 5 (Stages panel), picture 6.
"""

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.progress import ScanProgress
from heimdall_desktop.domain.stages.stage_display import StageNotes
from heimdall_desktop.domain.stages.stopwatch import QUEUE, Stopwatch
from heimdall_desktop.presentation.board.card import ATTEMPTS
from heimdall_desktop.presentation.board.end_text import ended_at
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.stages.estimate_text import left_text
from heimdall_desktop.presentation.time_text import (
    DAY_S,
    HOUR_S,
    MINUTE_S,
    clock_text,
    rough_text,
)


def elapsed_text(
    scan: Scan,
    notes: StageNotes,
    now_s: float | None,
    stopwatch: Stopwatch,
    clock_s: float,
    pace: ScanProgress,
) -> str:
    """Return how long a scan has run and how much is left, how long it took, or how long it waits.

    Args:
        scan: what is known.
        notes: what its log says.
        now_s: where "now" stands on the axis; None unless the scan runs.
        stopwatch: has seen the scan.
        clock_s: the moment.
        pace: how the scan gets on.
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
        told = since.format(attempt=attempt, time=clock_text(now_s))
        return f"{told}, {left_text(scan, pace.usual, elapsed_s)}"
    took = _took(scan)
    if is_retried:
        return ". ".join(part for part in (attempt, took) if part)
    return took


def _took(scan: Scan) -> str:
    """How long an ended scan took; of one that did not complete only its last change is told."""
    end = ended_at(scan)
    if scan.is_live or scan.started_at is None or end is None or end < scan.started_at:
        return ""
    took = clock_text((end - scan.started_at).total_seconds())
    words = tr("Took {time}") if scan.completed_at else tr("Took about {time}")
    return words.format(time=took)


def tick_text(at_s: float, tick_s: float) -> str:
    """Return the label of a moment on the axis, in the unit its lines are apart in."""
    if at_s == 0:
        return "0"
    if tick_s > DAY_S:
        return tr("{number} d").format(number=round(at_s / DAY_S))
    if tick_s >= HOUR_S:
        return tr("{number} h").format(number=round(at_s / HOUR_S))
    if tick_s >= MINUTE_S:
        return tr("{number} min").format(number=round(at_s / MINUTE_S))
    return rough_text(at_s) if at_s < MINUTE_S else clock_text(at_s)

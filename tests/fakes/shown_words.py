"""What the window says of a scan that is watched on a desk: its card, its problem, its task."""

from datetime import UTC, datetime

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_display import notes_of, progress_of
from heimdall_desktop.domain.stages.stage_times import NO_TIMES, Stopwatch
from heimdall_desktop.presentation.board.card import Card, card_of
from heimdall_desktop.presentation.board.card_words import waits_in_vain
from heimdall_desktop.presentation.board.problems import problem_of
from heimdall_desktop.presentation.board.scan_status import Problem, ScanStatus, status_of
from heimdall_desktop.presentation.panel.log_lines import TaskWords, task_text
from heimdall_desktop.presentation.window.empty_table import EmptyTable, empty_table
from tests.fakes.watch_desk import WatchDesk


def card(desk: WatchDesk, scan: Scan) -> Card:
    pace = progress_of(scan, NO_TIMES, 0.0, desk.clock())
    return card_of(
        scan,
        notes_of(scan),
        _seen(desk, scan),
        desk.clock(),
        desk.now(),
        pace,
        is_not_picked_up=waits_in_vain(scan, desk.store, desk.now()),
    )


def problem(desk: WatchDesk, scan: Scan) -> Problem | None:
    is_waiting = waits_in_vain(scan, desk.store, desk.now())
    attempt = notes_of(scan).attempt
    return problem_of(scan, desk.clock(), desk.now(), attempt, is_not_picked_up=is_waiting)


def task(desk: WatchDesk, scan: Scan) -> TaskWords:
    return task_text(scan, _seen(desk, scan), desk.clock(), desk.now())


def empty(scan: Scan) -> EmptyTable:
    return empty_table([scan], 0, "", now=datetime.now(UTC))


def all_words(desk: WatchDesk, scan: Scan) -> str:
    """Return every sentence there is about a scan."""
    strip, now = problem(desk, scan), task(desk, scan)
    table = empty(scan)
    parts = [card(desk, scan).sentence, now.title, now.detail, table.fact, table.consequence]
    if strip is not None:
        parts += [strip.fact, strip.consequence]
    return " ".join(parts)


def is_healthy(scan: Scan) -> bool:
    """Whether a scan is shown as followed live or as well ended."""
    return status_of(scan) in (ScanStatus.LIVE, ScanStatus.ENDED)


def _seen(desk: WatchDesk, scan: Scan) -> Stopwatch:
    stopwatch = Stopwatch()
    stopwatch.see(scan, desk.clock(), desk.now())
    return stopwatch

"""The server's log of a scan as lines to read, newest first, and the current task of the scan.

The log is append-only: a finished task leaves its "running" line behind, so only open tasks are
shown as running (protocol.md 4.3, T-65). Where lines may be missing, a line says so.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from enum import Enum, auto

from msgspec import Struct

from heimdall_desktop.domain.facts.activity_log import KEPT_LIMIT, LogGap
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.observation import Activity
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.domain.stages import stage_display
from heimdall_desktop.domain.stages.stage_times import TASK, Stopwatch
from heimdall_desktop.presentation.all_clear import not_scanned_text, unlisted_text
from heimdall_desktop.presentation.board.card_words import end_text
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.i18n import filled, grouped, tr
from heimdall_desktop.presentation.labels import not_counted_words, stage_in_text, stage_label
from heimdall_desktop.presentation.time_text import clock_text, second_text


class LogMark(Enum):
    """The meaning of a line."""

    RUNNING = auto()
    STARTED = auto()
    """It ran then, and a newer line shows how it continued."""
    DONE = auto()
    SKIPPED = auto()
    WARNING = auto()
    FAILED = auto()
    CANCELLED = auto()
    NOTE = auto()
    GAP = auto()
    """Lines may be missing here."""


_BY_STATUS = {
    "completed": LogMark.DONE,
    "failed": LogMark.FAILED,
    "cancelled": LogMark.CANCELLED,
    "skipped": LogMark.SKIPPED,
    "completed_with_errors": LogMark.WARNING,
    "warning": LogMark.WARNING,
}
_BY_TONE = {"success": LogMark.DONE, "error": LogMark.FAILED, "warning": LogMark.WARNING}


PROBLEM_MARKS = (LogMark.WARNING, LogMark.FAILED)
FALLBACK_KEY = "fallback of the scan"  # no row of the server's has a key with blanks


class LogLine(Struct, frozen=True):
    """One line of the log.

    Attributes:
        stage: its label.
        stage_name: its name as the server writes it.
        gap_stages: of a gap, the stages that missing lines may be of.
    """

    key: str
    time: str
    mark: LogMark
    stage: str
    title: str
    detail: str
    stage_name: str = ""
    gap_stages: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        detail = f" {self.detail}" if self.detail else ""
        stage = f"{self.stage}: " if self.stage else ""
        return f"{self.time} {stage}{self.title}.{detail}".lstrip()

    @property
    def is_gap(self) -> bool:
        return self.mark is LogMark.GAP


class LogFilter(Struct, frozen=True):
    """The lines to show.

    Attributes:
        stage: only those of this stage; "" for all.
        is_problems_only: only those that report a problem.
    """

    stage: str = ""
    is_problems_only: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.stage and not self.is_problems_only

    def takes(self, line: LogLine) -> bool:
        """Return whether a line is shown; a gap may hide wanted ones."""
        if line.is_gap:
            return not self.stage or self.stage in line.gap_stages
        if self.stage and line.stage_name != self.stage:
            return False
        return line.mark in PROBLEM_MARKS or not self.is_problems_only


class TaskWords(Struct, frozen=True):
    """What the scan does now, or how it ended.

    Attributes:
        time: how long the task has run; "" if that means nothing.
        error: the server's whole text on a failure.
    """

    mark: LogMark
    title: str
    detail: str = ""
    time: str = ""
    error: str = ""


class LogBook:
    """Writes each line of a scan's log once: it is shown many times a second, and grows long.

    Args:
        scan: whose log it is.
        now: the wall clock; times of another day than today are shown with their day.
    """

    def __init__(self, scan: Scan, now: Callable[[], datetime] | None = None) -> None:
        self.scan = scan
        self._now = now
        self._today: date | None = None
        self._lines: tuple[LogLine, ...] = ()
        self._written: dict[tuple[str, bool], LogLine] = {}
        self._state: tuple[object, ...] | None = None

    def lines(self) -> tuple[LogLine, ...]:
        """Return the whole log, newest first; the same tuple while nothing has changed."""
        scan, now = self.scan, None if self._now is None else self._now()
        today = None if now is None else now.astimezone().date()
        if today != self._today:
            self._today = today
            self._written.clear()
        running = frozenset(row.key for row in scan.open_tasks)
        text = (len(scan.activities), running, scan.fallback, scan.fallback_at)
        state = (*text, scan.log_gaps, today)
        if state != self._state:
            self._state, self._lines = state, tuple(self._read(now, running))
        return self._lines

    @property
    def count_text(self) -> str:
        kept = sum(not line.is_gap for line in self.lines())
        gaps = self.scan.log_gaps
        if not gaps:
            return grouped(kept) if kept else ""
        missing = sum(gap.likely or 0 for gap in gaps)
        if not missing:
            return tr("{kept} kept").format(kept=grouped(kept))
        words = tr("{kept} of ~{all} kept")
        return words.format(kept=grouped(kept), all=grouped(kept + missing))

    def _read(self, now: datetime | None, running: frozenset[str]) -> Iterator[LogLine]:
        """Yield the lines; those of the current tasks are shown as running."""
        scan = self.scan
        gaps = {gap.newer.key: gap for gap in scan.log_gaps}
        if len(self._written) > 2 * KEPT_LIMIT:
            self._written.clear()
        switch = _fallback_row(scan)
        for row in reversed(scan.activity_rows):
            if switch is not None and switch.timestamp >= row.timestamp:
                yield _line(switch, now, is_running=False)
                switch = None
            key = (row.key, row.key in running)
            line = self._written.get(key)
            if line is None:
                line = self._written[key] = _line(row, now, is_running=row.key in running)
            yield line
            if row.key in gaps:
                yield _gap_line(gaps[row.key])
        if switch is not None:
            yield _line(switch, now, is_running=False)


def matching(lines: Iterable[LogLine], text: str) -> tuple[int, ...]:
    """Return the indexes of the lines that contain a text, in any case; none for no text."""
    wanted = text.casefold().strip()
    if not wanted:
        return ()
    return tuple(n for n, line in enumerate(lines) if wanted in line.sentence.casefold())


def _fallback_row(scan: Scan) -> Activity | None:
    """Return the switch to another AI provider that `/live` reports if the log does not."""
    if not scan.fallback or scan.fallback_at is None:
        return None
    if any(row.event_type == stage_display.FALLBACK_EVENT for row in scan.activity_rows):
        return None
    title = tr("AI provider switched")
    return Activity(
        FALLBACK_KEY,
        stage_display.FALLBACK_EVENT,
        "warning",
        "warning",
        stage_display.stage_at(scan, scan.fallback_at),
        None,
        title,
        scan.fallback,
        None,
        scan.fallback_at,
    )


def task_text(scan: Scan, stopwatch: Stopwatch, clock_s: float, now: datetime) -> TaskWords:
    """Return the words for the current activity of a scan."""
    if (
        scan.last_answer_at_s is None and not scan.is_stream_only
    ):  # its assumed state until then is no news of it
        return TaskWords(LogMark.STARTED, tr("No data yet"))
    if not scan.is_live:
        return _end_text(scan, now)
    task = scan.current_task
    if task is not None:
        elapsed_s = stopwatch.elapsed_s(scan.id, TASK, clock_s)
        time = "" if elapsed_s is None else clock_text(elapsed_s)
        parts = (stage_label(task.stage or ""), _detail(task))
        detail = ", ".join(part for part in parts if part)
        return TaskWords(LogMark.RUNNING, one_line(task.title) or tr("(no title)"), detail, time)
    if scan.running_stage is not None:
        return TaskWords(
            LogMark.RUNNING,
            stage_label(scan.running_stage.name),
            lacks(scan, Feature.LOG) or tr("No task reported."),
        )
    if scan.status == "queued":
        return TaskWords(
            LogMark.STARTED, tr("Queued"), tr("It starts when the server has capacity.")
        )
    return TaskWords(LogMark.STARTED, one_line(scan.status.replace("_", " ")).capitalize())


def _end_text(scan: Scan, now: datetime) -> TaskWords:
    at = end_text(scan, now, is_in_sentence=True)
    if scan.outcome in (Outcome.FAILED, Outcome.FAILED_MAY_RETRY):
        stage, error = stage_display.failed_stage(scan), stage_display.error_text(scan)
        fact = filled(
            tr("Failed {at} in {stage}"),
            tr("Failed {at}"),
            tr("Failed in {stage}"),
            tr("Failed"),
            at=at,
            stage="" if stage is None else stage_in_text(stage.name),
        )
        detail = one_line(error) or tr("The server gave no reason.")
        return TaskWords(LogMark.FAILED, fact, detail, error=error)
    count = scan.counted.total()
    findings = tr("%n findings", "", count, one="%n finding")
    if left_out := not_counted_words(scan.not_counted):
        findings = tr("{findings}, {left_out}").format(findings=findings, left_out=left_out)
    if scan.is_cancelling:
        return TaskWords(
            LogMark.CANCELLED, tr("Cancelling…"), tr("{findings} so far.").format(findings=findings)
        )
    if scan.status == "cancelled":
        return TaskWords(
            LogMark.CANCELLED,
            filled(tr("Cancelled {at}"), tr("Cancelled"), at=at),
            tr("{findings} so far.").format(findings=findings),
        )
    if scan.is_stream_only:
        return _stream_end_text(scan, at)
    if not scan.is_checked_to_the_end:
        doing = (
            tr("The server is still working on it.")
            if scan.is_still_active
            else tr("The list is being checked.")
        )
        if scan.unlisted and scan.is_settled:
            doing = unlisted_text(scan)
        elif scan.replay_pace:
            doing = tr("{findings} so far.").format(findings=findings)
        return TaskWords(LogMark.STARTED, filled(tr("Ended {at}"), tr("Ended"), at=at), doing)
    mark = LogMark.DONE if scan.is_clear else LogMark.WARNING
    detail = " ".join(filter(None, (f"{findings}.", not_scanned_text(scan))))
    return TaskWords(mark, filled(tr("Completed {at}"), tr("Completed"), at=at), detail)


def _stream_end_text(scan: Scan, at: str) -> TaskWords:
    """Describe an end that only a stream reports; it does not prove that this was all."""
    if scan.outcome is Outcome.ENDED:
        error = "" if scan.end_seen is None else scan.end_seen.error or ""
        detail = one_line(error) or tr("The server gave no reason.")
        fact = filled(
            tr("Ended {at}, failed or cancelled"), tr("Ended, failed or cancelled"), at=at
        )
        return TaskWords(LogMark.WARNING, fact, detail, error=error)
    seen = tr("%n findings seen.", "", len(scan.findings), one="%n finding seen.")
    return TaskWords(LogMark.NOTE, filled(tr("Completed {at}"), tr("Completed"), at=at), seen)


def _gap_line(gap: LogGap) -> LogLine:
    """Return the line for a place where lines may be missing."""
    if gap.older is None:
        title = tr("Earlier lines are missing")
        detail = tr("The server returns only the newest lines.")
    else:
        title = tr("Lines may be missing here")
        if gap.likely:
            one = "About %n line may be missing here"
            title = tr("About %n lines may be missing here", "", gap.likely, one=one)
        detail = tr("More log lines arrived between two checks than the server returns at once.")
    key = f"gap before {gap.newer.key}"
    places = {name: place for place, name in enumerate(STAGE_NAMES)}
    first = places.get((gap.older and gap.older.stage) or "", 0)
    last = places.get(gap.newer.stage or "", len(STAGE_NAMES) - 1)
    # from before the gap to after it; all if a retry is between
    stages = STAGE_NAMES[first : last + 1] if first <= last else STAGE_NAMES
    return LogLine(key, "", LogMark.GAP, "", title, detail, gap_stages=stages)


def _line(row: Activity, now: datetime | None, *, is_running: bool) -> LogLine:
    mark = _BY_STATUS.get(row.status) or _BY_TONE.get(row.tone, LogMark.NOTE)
    if row.tone == "warning":
        mark = LogMark.WARNING
    elif row.status == "running":
        mark = LogMark.RUNNING if is_running else LogMark.STARTED
    return LogLine(
        row.key,
        second_text(row.timestamp, now),
        mark,
        stage_label(row.stage or ""),
        one_line(row.title) or tr("(no title)"),
        _detail(row),
        row.stage or "",
    )


def _detail(row: Activity) -> str:
    detail = one_line(row.detail or "")
    if row.progress_pct is None:
        return detail
    return f"{detail} {row.progress_pct} %".lstrip()

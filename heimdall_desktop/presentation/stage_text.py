"""The texts of the stages: of one beside its bar or in full, and of all in a line.

Source: look.md 5 (Stages panel), behaviour.md 1 (25, 26).
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, Stage, StageState
from heimdall_desktop.domain.stages import stage_times
from heimdall_desktop.domain.stages.stage_display import ScanProgress, StageDisplay, StageNotes
from heimdall_desktop.presentation import time_text
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import shown_text, stage_in_text, stage_label

# How long stages usually take and how much is left, in the words of cards and panel.
#
# Source: look.md 5 (Scan card, Stages panel), behaviour.md 1 (25).


_SHORT_FORMS = {
    1: tr_noop("~{number} s"),
    time_text.MINUTE_S: tr_noop("~{number} m"),
    time_text.HOUR_S: tr_noop("~{number} h"),
}
_FORMS = {
    1: tr_noop("{number} s"),
    time_text.MINUTE_S: tr_noop("{number} min"),
    time_text.HOUR_S: tr_noop("{number} h"),
}


def time_words(usual: stage_times.UsualTime, *, is_short: bool = False) -> str:
    """Return "9 min", or "~9 m", which is short enough for a card."""
    unit_s = _unit_s(usual.median_s)
    form = tr((_SHORT_FORMS if is_short else _FORMS)[unit_s])
    return form.format(number=_rounded(usual.median_s, unit_s))


def usual_text(usual: stage_times.UsualTime) -> str:
    """Return "~4 min (2 to 7)"; without the range if there is none."""
    unit_s = _unit_s(usual.median_s)
    words, shown_range = f"~{time_words(usual)}", _range(usual, unit_s)
    return f"{words} ({shown_range})" if shown_range else words


def usual_sentence(usual: stage_times.UsualTime) -> str:
    """Return "Usual 6 min, shortest 5, longest 9"."""
    unit_s = _unit_s(usual.median_s)
    return tr("Usually {time}, shortest {shortest}, longest {longest}").format(
        time=time_words(usual),
        shortest=_rounded(usual.shortest_s, unit_s),
        longest=_rounded(usual.longest_s, unit_s),
    )


def scans_text(usual: stage_times.UsualTimes) -> str:
    """Return the basis of the estimates: "From 6 past scans of this repository."."""
    return tr(
        "Based on %n past scans of this repository.",
        "",
        usual.scans,
        one="Based on %n past scan of this repository.",
    )


def no_estimate_text() -> str:
    """Return the replacement for a missing estimate: "No estimate (needs 3 past scans)"."""
    return tr("No estimate (needs %n past scans)", "", stage_times.LEAST_SCANS)


def left_text(scan: Scan, usual: stage_times.UsualTimes, elapsed_s: float | None) -> str:
    """Return "about 12 min left (5 to 17)", or why that is unknown.

    Args:
        scan: a live scan.
        elapsed_s: how long its running stage has run, if one runs.
    """
    running = scan.running_stage
    known = usual.of(running.name) if running else None
    if known is not None and (elapsed_s or 0.0) > known.longest_s:
        return tr("{stage} is taking longer than ever").format(
            stage=stage_label(running.name) if running else ""
        )
    left = stage_times.time_left(scan, usual, elapsed_s)
    if left is None:
        return tr("no estimate yet")
    if left.median_s < time_text.MINUTE_S:
        return tr("less than a minute left")
    unit_s = _unit_s(left.median_s)
    number = _rounded(left.median_s, unit_s)
    about = (
        tr("about {number} min left")
        if unit_s == time_text.MINUTE_S
        else tr("about {number} h left")
    )
    words, shown_range = about.format(number=number), _range(left, unit_s)
    return f"{words} ({shown_range})" if shown_range else words


def _unit_s(median_s: float) -> int:
    if median_s < time_text.MINUTE_S:
        return 1
    return time_text.MINUTE_S if median_s < 2 * time_text.HOUR_S else time_text.HOUR_S


def _rounded(time_s: float, unit_s: int) -> int:
    return max(round(time_s / unit_s), 1) if time_s > 0 else 0


def _range(usual: stage_times.UsualTime, unit_s: int) -> str:
    shortest, longest = _rounded(usual.shortest_s, unit_s), _rounded(usual.longest_s, unit_s)
    if shortest == longest:
        return ""
    return tr("{shortest} to {longest}").format(shortest=shortest, longest=longest)


ERROR_LIMIT = 2000  # characters of an error among the details; the full text can be copied
_BY = re.compile(r"(?:the )?(?:scan )?(?:was )?cancell?ed by (.+?)\.?", re.IGNORECASE)


class StageFacts(Struct, frozen=True):
    """A stage at a moment, and everything known about it.

    Attributes:
        now: the moment, by the wall clock; times of another day are shown with their day.
        elapsed_s: how long it runs, or took; None if unknown.
        unheard_s: for how long it could not be checked whether it still runs; None while it can.
    """

    scan: Scan
    stage: Stage
    display: StageDisplay
    notes: StageNotes
    pace: ScanProgress
    now: datetime
    elapsed_s: float | None
    unheard_s: float | None = None

    @property
    def usual(self) -> stage_times.UsualTime | None:
        return self.pace.usual.of(self.stage.name)

    @property
    def will_not_run(self) -> bool:
        """Whether the scan has ended for good before this stage started."""
        has_ended = self.scan.outcome in (Outcome.FAILED, Outcome.CANCELLED, Outcome.ENDED)
        return has_ended and self.stage.state is StageState.PENDING

    @property
    def attempt(self) -> int:
        """In how many attempts the stage ran, this one included; 0 if it waits."""
        if not self.stage.state.has_begun or self.stage.state is StageState.OTHER:
            return 0
        return len(self.notes.earlier.get(self.stage.name, ())) + 1


class StageNote(Struct, frozen=True):
    """The text after a stage's duration.

    Attributes:
        text: all of it, in one line.
        short_text: the text if that does not fit; "" if `text` may be cut then.
    """

    text: str = ""
    short_text: str = ""


def value_text(facts: StageFacts) -> tuple[str, StageNote]:
    """Return a stage's duration, or the word in place of it, and the text after it."""
    took = "" if facts.elapsed_s is None else time_text.clock_text(facts.elapsed_s)
    display, usual = facts.display, facts.usual
    if display is StageDisplay.SKIPPED:
        return tr("Skipped"), StageNote(_reason(facts))
    if display is StageDisplay.NOT_REPORTED:
        return tr("Not reported"), StageNote()
    if display.is_waiting:
        expected = "" if usual is None else usual_text(usual)
        if facts.will_not_run:
            expected = tr("Not run")
        return expected, _with_end_before(facts, StageNote(_reason(facts)))
    if display is StageDisplay.FAILED:
        error = one_line(facts.stage.error or "")
        if not took:
            return tr("Failed"), StageNote(error)
        words = tr("Failed: {reason}").format(reason=error) if error else tr("Failed")
        return took, StageNote(words)
    if display is StageDisplay.ENDED:
        words = tr("Failed or cancelled")
        return (took, StageNote(words)) if took else (words, StageNote())
    if display is StageDisplay.CANCELLED:
        words = _cancelled_text(facts)
        return (took, StageNote(words)) if took else (words, StageNote())
    if display.is_running:
        return took, _running_note(facts)
    warning = _warning_text(facts)
    return took, _with_end_before(facts, StageNote(warning, warning and tr("With warnings")))


def detail_lines(facts: StageFacts, task_text: str = "") -> tuple[str, ...]:
    """Return the text about a stage other than its error, line by line; first its name.

    Args:
        task_text: what it does right now.
    """
    stage, notes = facts.stage, facts.notes
    name = stage_label(stage.name)
    if facts.attempt and notes.attempt > 1:
        name = tr("{stage}, attempt {number}").format(stage=name, number=notes.attempt)
    started = ""
    if stage.started_at is not None:
        form = tr("Started about {time}") if stage.is_start_inferred else tr("Started {time}")
        started = form.format(time=time_text.second_text(stage.started_at, facts.now))
    lines = [name, started, _taken_text(facts), _silence_line(facts)]
    if facts.usual is not None:
        lines.append(usual_sentence(facts.usual))
    elif facts.display.is_running or (
        facts.display is StageDisplay.PENDING and not facts.will_not_run
    ):
        lines.append(no_estimate_text())
    runs = notes.earlier.get(stage.name, ())
    lines += [_end_text(run) for run in runs if run.has_failed or run.was_cancelled]
    lines += [_warning_text(facts), task_text]
    if facts.display is StageDisplay.SKIPPED:
        lines.append(_reason(facts))
    return tuple(line for line in lines if line)


def error_lines(stage: Stage) -> tuple[str, ...]:
    """Return the error of a stage as it is shown: harmless, and cut if it is too long."""
    error, rest = shown_text(stage.error or "", ERROR_LIMIT)
    if not rest:
        return (error,) if error else ()
    more = tr("%n more characters", "", rest, one="%n more character")
    return (error, tr("{more}; copying includes everything").format(more=more))


def quiet_text(facts: StageFacts) -> str:
    """Return "No updates for 6 min, twice its usual time"; "" while updates arrive."""
    quiet_s, usual = facts.pace.quiet_s, facts.usual
    if quiet_s is None or facts.display is not StageDisplay.QUIET:
        return ""
    time = time_text.rough_text(quiet_s)
    if usual is None:
        return tr("No updates for {time}").format(time=time)
    if facts.pace.is_longer_than_usual(facts.stage.name):
        return tr("No updates for {time}, twice its usual time").format(time=time)
    usually = usual_text(usual)
    return tr("No updates for {time}, usually takes {usually}").format(time=time, usually=usually)


def _running_note(facts: StageFacts) -> StageNote:
    if facts.unheard_s is not None:
        time = time_text.rough_text(facts.unheard_s)
        return StageNote(tr("No contact for {time}").format(time=time))
    if facts.display is StageDisplay.QUIET and facts.pace.quiet_s is not None:
        time = time_text.rough_text(facts.pace.quiet_s)
        return StageNote(quiet_text(facts), tr("No updates for {time}").format(time=time))
    if facts.usual is None:
        return StageNote(no_estimate_text(), tr("No estimate yet"))
    of = tr("of {time}")
    short = of.format(time=f"~{time_words(facts.usual)}")
    return StageNote(of.format(time=usual_text(facts.usual)), short)


def _taken_text(facts: StageFacts) -> str:
    value, note = value_text(facts)
    if facts.elapsed_s is None:
        if facts.display is StageDisplay.CANCELLED:  # the server stores no end for it (T-62)
            words = tr("{cancelled}. The server doesn't report when.")
            return words.format(cancelled=_cancelled_text(facts))
        return "" if facts.display.is_waiting else value
    if facts.display.is_running:
        return tr("Running for {time}").format(time=value)
    if facts.display in (StageDisplay.FAILED, StageDisplay.CANCELLED, StageDisplay.ENDED):
        return tr("Took {time}. {end}").format(time=value, end=note.text)
    return value if facts.display is StageDisplay.SKIPPED else tr("Took {time}").format(time=value)


def _silence_line(facts: StageFacts) -> str:
    quiet_s, started_at = facts.pace.quiet_s, facts.stage.started_at
    if quiet_s is None or facts.display is not StageDisplay.QUIET:
        return ""
    if started_at is None or facts.elapsed_s is None:
        return quiet_text(facts)
    since = started_at + timedelta(seconds=max(facts.elapsed_s - quiet_s, 0.0))
    return tr("Quiet since {time}").format(time=time_text.second_text(since, facts.now))


def _warning_text(facts: StageFacts) -> str:
    if facts.stage.name not in facts.notes.warned or facts.display not in (
        StageDisplay.WARNING,
        StageDisplay.RUNNING,
        StageDisplay.QUIET,
    ):
        return ""
    reason = facts.notes.warned[facts.stage.name]
    if reason is None:
        reason = tr("provider switched")
    reason = reason or one_line(facts.stage.error or "")
    return tr("With warnings: {reason}").format(reason=reason) if reason else tr("With warnings")


def _end_text(run: stage_times.EarlierRun, *, is_short: bool = False) -> str:
    """Describe how an earlier attempt ended in this stage."""
    if not run.has_failed:
        return tr("Attempt {number} was cancelled").format(number=run.attempt)
    if is_short or not run.reason:
        return tr("Attempt {number} failed").format(number=run.attempt)
    return tr("Attempt {number} failed: {reason}").format(number=run.attempt, reason=run.reason)


def _with_end_before(facts: StageFacts, note: StageNote) -> StageNote:
    """Append the result of an earlier attempt to the note of this one."""
    run = facts.notes.end_before(facts.stage.name)
    if run is None:
        return note
    words = _end_text(run)
    short = note.short_text or note.text or _end_text(run, is_short=True)
    return StageNote(". ".join(part for part in (note.text, words) if part), short)


def _cancelled_text(facts: StageFacts) -> str:
    """Name who cancelled it, if the server reports it."""
    text = one_line(facts.stage.error or "") or one_line(facts.scan.error or "")
    by = _BY.fullmatch(text)
    if by is not None and by.group(1) == "user":
        return tr("Cancelled by user")
    if by is not None:
        return tr("Cancelled by {who}").format(who=by.group(1))
    is_said = text.strip(" .").lower() in ("", "cancelled", "canceled", "scan cancelled")
    return tr("Cancelled") if is_said else tr("Cancelled: {reason}").format(reason=text)


def _reason(facts: StageFacts) -> str:
    return facts.notes.skip_reasons.get(facts.stage.name, "") or one_line(facts.stage.error or "")


# -- all stages of a scan in a line --


STATE_WORDS = {
    StageDisplay.DONE: tr_noop("done"),
    StageDisplay.WARNING: tr_noop("done, with warnings"),
    StageDisplay.RUNNING: tr_noop("running"),
    StageDisplay.QUIET: tr_noop("running, no updates"),
    StageDisplay.PENDING: tr_noop("not started"),
    StageDisplay.NOT_REPORTED: tr_noop("not reported"),
    StageDisplay.FAILED: tr_noop("failed"),
    StageDisplay.FAILED_BEFORE: tr_noop("not started, failed in an earlier attempt"),
    StageDisplay.CANCELLED_BEFORE: tr_noop("not started, cancelled in an earlier attempt"),
    StageDisplay.SKIPPED: tr_noop("skipped"),
    StageDisplay.CANCELLED: tr_noop("cancelled"),
    StageDisplay.ENDED: tr_noop("failed or cancelled"),
}
_STOPPED = (StageDisplay.FAILED, StageDisplay.CANCELLED, StageDisplay.ENDED)


def stage_text(number: int, displays: Sequence[StageDisplay], elapsed: str = "") -> str:
    """Return the state of one stage.

    Args:
        number: which one, from 0.
        displays: of all stages.
        elapsed: how long the running one has run, such as "4:12"; "" if unknown.
    """
    display = displays[number]
    label = stage_in_text(STAGE_NAMES[number])
    text = tr("stage {number} of {total}, {stage}, {state}").format(
        number=number + 1, total=len(displays), stage=label, state=tr(STATE_WORDS[display])
    )
    return f"{text} {elapsed}" if elapsed and display.is_running else text


def next_stage(displays: Sequence[StageDisplay], stage: int | None, step: int) -> int:
    """Return the stage that is a step away from another one; stop at the ends.

    From None, start at the running stage, else at an end of the strip.
    """
    last = len(displays) - 1
    if stage is not None:
        return min(max(stage + step, 0), last)
    running = [number for number, display in enumerate(displays) if display.is_running]
    return running[-1] if running else 0 if step > 0 else last


def strip_text(displays: Sequence[StageDisplay], elapsed: str = "") -> str:
    """Return the state of a scan: its running stage, else where it stopped, else its progress."""
    running = [number for number, display in enumerate(displays) if display.is_running]
    stopped = [number for number, display in enumerate(displays) if display in _STOPPED]
    for number in [*running[-1:], *stopped[-1:]]:
        return stage_text(number, displays, elapsed)
    pending = sum(display.is_waiting for display in displays)
    return tr("{done} of {total} stages finished").format(
        done=len(displays) - pending, total=len(displays)
    )

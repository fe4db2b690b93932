"""The content of a scan card, rebuilt when the scan changes and every second.

The wording follows look.md 5 (Scan card) and behaviour.md 2.6.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from heimdall_desktop.domain.comparison import ChangeKind
from heimdall_desktop.domain.facts.finding import NotCounted, ScanId, Severity, one_line
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.stages import stage_display
from heimdall_desktop.domain.stages.stage_times import QUEUE, Stopwatch, UsualTime
from heimdall_desktop.presentation import labels
from heimdall_desktop.presentation.board import card_words
from heimdall_desktop.presentation.board.scan_status import (
    ConnectionText,
    Mood,
    ScanStatus,
    age_s,
    connection_text,
    has_nothing_more,
    is_dimmed,
    status_of,
)
from heimdall_desktop.presentation.board.source_text import source_text
from heimdall_desktop.presentation.i18n import filled, grouped, tr, tr_noop
from heimdall_desktop.presentation.proposal_text import count_words
from heimdall_desktop.presentation.seen_text import news_counts
from heimdall_desktop.presentation.stage_text import strip_text, time_words
from heimdall_desktop.presentation.time_text import clock_text, day_text, number_text, rough_text

COUNTED = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)
_SINCE_KINDS = (ChangeKind.NEW, ChangeKind.FIXED, ChangeKind.CHANGED)
ATTEMPTS = 3  # protocol.md 3.8
UNKNOWN_COUNT = "\u2013"


class StageLine(Struct, frozen=True):
    """The last line of a card.

    Attributes:
        fact: "Taint analysis 0:48".
        short_fact: "Taint 0:48", for a narrow board.
        note: a quieter addition: "7 min old", "may retry".
        attempt: "2 of 3" from the second attempt on.
        usual: "of ~9 m": how long the stage usually takes; dropped first when space is short.
    """

    fact: str
    short_fact: str
    note: str = ""
    mood: Mood = Mood.PLAIN
    attempt: str = ""
    usual: str = ""


class CardStatus(Struct, frozen=True):
    """The status of a scan: a glyph, and its words from the longest to the shortest."""

    icon: str
    mood: Mood
    words: str
    word: str
    short_word: str


class Card(Struct, frozen=True):
    """Everything a card shows.

    Attributes:
        branch: the scan's branch, with the mark if it is a different one.
        mark: distinguishes it from others of the same name; "" if there are none.
        since_last: for a completed scan, the changes since the previous completed scan: full and
            short form; "" and "" if the scans are not compared.
        proposed: how many of its findings were decided before, if that is still to be reviewed.
        connection: None if the connection no longer matters.
        counts: findings by the severity they count under, from critical to low.
        other: findings with an unknown severity.
        uncounted: what else the server counts, in words; "" for nothing.
        is_unread: no finding was read yet, so the counts are unknown instead of 0.
        is_dimmed: the shown data may be out of date.
        fraction: progress of the running stage relative to its usual time; None without an
            estimate.
        none_text: the text if no finding is known; an all-clear only if that is proven.
        is_clear: the scan has ended, and everything was scanned and read.
        source: what the data is based on, if the server does not provide everything.
        elapsed: how long the running stage has run, such as "4:12", or "".
        mute: until when it is muted, longest form first; empty if it is not muted.
        news: how many findings are new or have changed since they were seen, longest form first;
            empty for none.
    """

    scan_id: ScanId
    name: str
    branch: str
    connection: ConnectionText | None
    displays: tuple[stage_display.StageDisplay, ...]
    line: StageLine
    counts: tuple[int, ...]
    other: int
    is_dimmed: bool
    none_text: str = tr_noop("No findings yet")
    fraction: float | None = None
    elapsed: str = ""
    source: str = ""
    uncounted: str = ""
    is_unread: bool = False
    is_clear: bool = False
    mark: str = ""
    since_last: tuple[str, str] = ("", "")
    proposed: str = ""
    tags: tuple[card_words.Tag, ...] = ()
    mute: tuple[str, ...] = ()
    news: tuple[str, ...] = ()

    @property
    def strip_text(self) -> str:
        return strip_text(self.displays, self.elapsed)

    @property
    def status(self) -> CardStatus:
        """Return the status in one line: its own problem comes before that of its connection."""
        line, seen = self.line, self.connection
        if line.mood is Mood.ERROR:
            words = (line.fact, line.short_fact, line.short_fact)
            return CardStatus("stage-failed", Mood.ERROR, *words)
        if seen is None:
            icon = ScanStatus.ENDED.icon(is_clear=self.is_clear)
            return CardStatus(icon, Mood.CALM, line.fact, line.short_fact, line.short_fact)
        words = (seen.text, seen.status.word, seen.status.short_word)
        return CardStatus(seen.status.icon(is_clear=self.is_clear), seen.mood, *words)

    def count_of(self, severity: Severity) -> int:
        """Return how many findings count under a severity. A click on it shows the same number."""
        return self.counts[COUNTED.index(severity)] if severity in COUNTED else self.other

    def count_text(self, column: int) -> str:
        """Return one of `counts`, as narrow as its column; a dash while it is unknown."""
        return UNKNOWN_COUNT if self.is_unread else number_text(self.counts[column])

    @property
    def sentence(self) -> str:
        """Return the card as read aloud, without ages, which would change constantly."""
        branch = f", {self.branch}" if self.branch else ""
        stage = " ".join(filter(None, (self.line.fact, self.line.note, self.line.usual)))
        if self.line.attempt:
            form = tr("{stage}, attempt {number}")
            stage = form.format(stage=stage, number=self.line.attempt)
        connection = f" {self.connection.status.word}." if self.connection else ""
        uncounted = f" {self.uncounted}" if self.uncounted else ""
        since = f" {self.since_last[0]}." if self.since_last[0] else ""
        proposed = f" {self.proposed}." if self.proposed else ""
        tags = "".join(f", {tag.word}" for tag in self.tags)
        mute = f" {self.mute[0]}." if self.mute else ""
        news = f" {self.news[0]}." if self.news else ""
        head = f"{self.name}{branch}{tags}. {stage}.{connection}"
        words = [labels.word_in_text(severity) for severity in COUNTED]
        counts = [*zip(self.counts, words, strict=True), (self.other, tr("other"))]
        counted = ", ".join(f"{count} {word}" for count, word in counts if count)
        more = f"{uncounted}{since}{news}{proposed}{mute}"
        return f"{head} {counted or self.none_text}.{more}"


def card_of(
    scan: Scan,
    notes: stage_display.StageNotes,
    stopwatch: Stopwatch,
    clock_s: float,
    now: datetime,
    pace: stage_display.ScanProgress = stage_display.STEADY,
    *,
    is_not_picked_up: bool = False,
    mark: str = "",
    since_last: Mapping[ChangeKind, int] | None = None,
    proposed: int = 0,
    tags: Collection[card_words.Tag] = (),
    mute: tuple[str, ...] = (),
    news: int = 0,
) -> Card:
    """Return the card of a scan at a moment.

    Args:
        notes: the notes from its log, read when it last changed.
        is_not_picked_up: the scan is queued and is not picked up.
        mark: distinguishes it from others of the same name.
        since_last: how many findings are new, changed and fixed since the previous scan.
        proposed: how many of its findings have a proposed decision.
        mute: until when it is muted, longest form first.
        news: how many findings are new or have changed since they were seen.
    """
    words = connection_text(scan, clock_s)
    is_over = has_nothing_more(scan)
    stage = scan.running_stage
    is_replay = words.status is ScanStatus.REPLAY
    elapsed_s = stopwatch.elapsed_s(scan.id, stage.name if stage else QUEUE, clock_s)
    usual = pace.usual.of(stage.name) if stage else None
    displays = stage_display.stage_displays(scan, notes, pace)
    if (
        words.status is ScanStatus.QUIET
    ):  # as quiet as the words beside it. Source: design picture 3
        quiet = {stage_display.StageDisplay.RUNNING: stage_display.StageDisplay.QUIET}
        displays = tuple(quiet.get(display, display) for display in displays)
    fraction = None
    if scan.is_live and usual is not None and elapsed_s is not None:
        fraction = elapsed_s / max(usual.median_s, 1.0)
    return Card(
        scan_id=scan.id,
        name=one_line(scan.name),
        branch=", ".join(dict.fromkeys(filter(None, (one_line(scan.branch or ""), mark)))),
        connection=words if is_replay or scan.is_stream_only or not is_over else None,
        displays=displays,
        line=_line(
            scan, notes.attempt, elapsed_s, usual, clock_s, now, is_waiting=is_not_picked_up
        ),
        counts=tuple(scan.counted[severity] for severity in COUNTED),
        other=scan.counted[Severity.OTHER],
        is_dimmed=not is_over and is_dimmed(scan, clock_s),
        none_text=_none_text(scan),
        fraction=fraction,
        elapsed=clock_text(elapsed_s) if stage and elapsed_s is not None else "",
        source=source_text(scan),
        uncounted=_uncounted_words(scan),
        is_unread=scan.is_unread,
        is_clear=scan.is_clear,
        mark=mark,
        since_last=_since_last(scan, since_last),
        proposed=count_words(proposed),
        tags=tuple(
            tag
            for tag in card_words.Tag
            if tag in tags and not (is_replay and tag is card_words.Tag.REPLAY)
        ),
        mute=mute,
        news=news_counts(news),
    )


def _since_last(scan: Scan, counts: Mapping[ChangeKind, int] | None) -> tuple[str, str]:
    """Return "since last scan: 3 new, 7 fixed" and "3 new, 7 fixed" for a completed scan."""
    if counts is None or scan.outcome is not Outcome.COMPLETED or not has_nothing_more(scan):
        return "", ""
    new, fixed, changed = (counts.get(kind, 0) for kind in _SINCE_KINDS)
    short = tr("%n changed", "", changed) if changed else tr("no changes")
    if new or fixed:
        form = tr("{new} new, {fixed} fixed")
        short = form.format(new=grouped(new), fixed=grouped(fixed))
    return tr("since last scan: {changes}").format(changes=short), short


def _uncounted_words(scan: Scan) -> str:
    """Explain why the server counts more findings than the card; "" if it does not."""
    left_out = labels.not_counted_words(scan.not_counted)
    if not left_out:
        return ""
    known = len(scan.findings)
    total = max(known, scan.reported_counts.total) if scan.reported_counts else known
    text = tr(
        "The server counts %n findings. Not counted here: {left_out}.",
        "",
        total,
        one="The server counts %n finding. Not counted here: {left_out}.",
    )
    return text.format(left_out=left_out)


def _none_text(scan: Scan) -> str:
    """Return the text for a scan without counted findings: "No findings" only if proven (T-10)."""
    if scan.findings:
        only_withdrawn = set(+scan.not_counted) == {NotCounted.WITHDRAWN}
        if only_withdrawn:
            return tr("All findings are withdrawn")
        return tr("All withdrawn, fixed or snoozed")
    if scan.is_stream_only:
        return announced_none_text(scan)
    if scan.is_unread:
        counts = scan.reported_counts
        if counts is None:
            return tr("Findings not loaded yet")
        return tr("%n findings, not loaded yet", "", counts.total, one="%n finding, not loaded yet")
    if scan.is_checked_to_the_end:
        return tr("No findings") if scan.is_clear else tr("No findings, not a clean result")
    if scan.outcome is Outcome.COMPLETED:
        return tr("Findings not checked yet")
    return tr("No findings yet") if scan.is_live else tr("Found nothing before it stopped")


def announced_none_text(scan: Scan) -> str:
    """Return the text if a stream alone has reported no finding; never an all-clear."""
    if scan.is_live:
        return tr("No findings announced yet")
    counts = scan.announced_counts
    if counts is not None and counts.total:
        text = tr("0 of {total} findings seen (stream only)")
        return text.format(total=grouped(counts.total))
    if scan.outcome is Outcome.COMPLETED:
        return tr("The server announced 0 findings (stream only)")
    return tr("No findings were announced before it ended (stream only)")


def _line(
    scan: Scan,
    attempt: int,
    elapsed_s: float | None,
    usual: UsualTime | None,
    clock_s: float,
    now: datetime,
    *,
    is_waiting: bool,
) -> StageLine:
    """Return the last line of a card.

    Args:
        elapsed_s: how long its stage runs, or how long it is queued.
        usual: how long that stage usually takes.
        is_waiting: it is queued and is not picked up.
    """
    if status_of(scan) is ScanStatus.NO_ACCESS and not has_nothing_more(scan):
        return StageLine(tr("Not visible"), tr("Not visible"), mood=Mood.CALM)
    if scan.is_cancelling:
        return StageLine(tr("Cancelling…"), tr("Cancelling"), mood=Mood.CALM)
    if not scan.is_live:
        return _end_line(scan, now)
    if is_dimmed(scan, clock_s):
        stage, age = scan.running_stage, age_s(scan, clock_s)
        if age is None and not scan.is_stream_only:
            return StageLine(tr("No data yet"), tr("No data"), mood=Mood.CALM)
        word = labels.stage_label(stage.name) if stage else _status_word(scan)
        short = labels.short_stage_label(stage.name) if stage else word
        if age is None:
            return StageLine(word, short, mood=Mood.CALM)
        note = tr("{age} old").format(age=rough_text(age))
        if status_of(scan) is ScanStatus.READ_ONLY:
            note = tr("as of {time}").format(time=day_text(now - timedelta(seconds=age), now))
        return StageLine(word, short, note, Mood.CALM)
    stage, time = scan.running_stage, "" if elapsed_s is None else clock_text(elapsed_s)
    if stage is None and is_waiting:
        return StageLine(tr("Not picked up"), tr("Not picked up"), time, Mood.ATTENTION)
    note = tr("was cancelled") if scan.returned_from == "cancelled" else ""
    counted = ""
    if attempt > 1:
        form = tr("{number} of {most}") if attempt <= ATTEMPTS else "{number}"
        counted = form.format(number=attempt, most=ATTEMPTS)
    if stage is None:
        if scan.last_answer_at_s is None and not scan.is_stream_only:
            return StageLine(tr("No data yet"), tr("No data"), mood=Mood.CALM)
        word = f"{_status_word(scan)} {time}".rstrip()
        return StageLine(word, word, note, attempt=counted)
    return StageLine(
        f"{labels.stage_label(stage.name)} {time}".rstrip(),
        f"{labels.short_stage_label(stage.name)} {time}".rstrip(),
        note,
        attempt=counted,
        usual=tr("of {time}").format(time=time_words(usual, is_short=True)) if usual else "",
    )


def _end_line(scan: Scan, now: datetime) -> StageLine:
    outcome, ended, word = scan.outcome, card_words.ended_text(scan, now), card_words.end_word(scan)
    if outcome is Outcome.FAILED_MAY_RETRY:
        stage = stage_display.failed_stage(scan)
        fact = tr("Failed")
        if stage:
            fact = tr("{stage} failed").format(stage=labels.short_stage_label(stage.name))
        note = tr("was cancelled") if scan.was_cancelled else tr("may retry")
        return StageLine(fact, tr("Failed"), note, Mood.ERROR)
    if outcome is Outcome.ENDED:
        return StageLine(ended, tr("Ended"), tr("failed or cancelled"), Mood.ATTENTION)
    if outcome is Outcome.COMPLETED:
        if not has_nothing_more(scan):
            ended = filled(tr("Ended {at}"), tr("Ended"), at=card_words.end_text(scan, now))
            note = tr("still active") if scan.is_still_active else ""
            return StageLine(ended, tr("Ended"), note, Mood.CALM)
        if scan.is_clear or scan.is_stream_only:
            return StageLine(ended, word)
        note = tr("a stage failed")
        if scan.not_scanned:  # a card has little room
            note = tr("%n not scanned", "", scan.not_scanned)
        return StageLine(ended, word, note, Mood.ATTENTION)
    is_failed = outcome is Outcome.FAILED
    stage = (
        stage_display.failed_stage(scan) if is_failed else stage_display.last_touched_stage(scan)
    )
    note, moment = labels.short_stage_label(stage.name) if stage else "", card_words.ended_at(scan)
    if is_failed and scan.was_cancelled:
        note = tr("was cancelled")
    elif outcome is Outcome.CANCELLED_MAY_RETURN:
        note = tr("may restart")
        word = f"{word} {day_text(moment, now)}" if moment else word
    return StageLine(ended, word, note, Mood.ERROR if is_failed else Mood.PLAIN)


def _status_word(scan: Scan) -> str:
    if scan.status == "queued":
        return tr("Queued")
    return one_line(scan.status.replace("_", " ")).capitalize()

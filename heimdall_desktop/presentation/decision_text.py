"""The words of decisions: the choices, the progress of a write, and the result of an action.

Source: look.md 10 ("Triage", "Bulk and undo"), pictures 10 and 11; behaviour.md 2.6 ("Triage
refused").
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts import decision, errors
from heimdall_desktop.domain.facts.choices import ReasonsShown
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity, one_line
from heimdall_desktop.domain.facts.reason import Known, KnownReasons, Reason
from heimdall_desktop.domain.facts.snooze import SnoozeTime, snooze_times
from heimdall_desktop.presentation import time_text
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import UNKNOWN, shortened, word_of

# The words of snoozes: for how long, until when, and what follows.


SNOOZE_KEY = "S"
TIMES = {
    SnoozeTime.ONE_HOUR: tr_noop("In 1 hour"),
    SnoozeTime.TOMORROW: tr_noop("Tomorrow"),
    SnoozeTime.NEXT_MONDAY: tr_noop("Next Monday"),
    SnoozeTime.FOUR_WEEKS: tr_noop("In 4 weeks"),
}
BACK_WORDS = tr_noop("Snooze ended.")
UNSNOOZE = tr_noop("Unsnooze")
#: What ends a snooze before its time.
SNOOZE_CONSEQUENCE = tr_noop(
    "Findings that are confirmed or raised in severity return immediately."
)


class SnoozeOffer(Struct, frozen=True):
    """A moment to choose: in a word, as it is read, and as it is decided."""

    text: str
    at_text: str
    value: str


def snooze_offers(now: datetime) -> list[SnoozeOffer]:
    """Return the available moments, the nearest first."""
    return [
        SnoozeOffer(tr(TIMES[time]), time_text.moment_text(at, now), decision.snooze_value(at))
        for time, at in snooze_times(now).items()
    ]


def until_texts(at: datetime, now: datetime) -> tuple[str, str]:
    """Return "Until tomorrow 09:00" for a row, and the moment alone for a narrow one."""
    return tr("Until {time}").format(time=_moment(at, now)), time_text.moment_text(at, now)


def snoozed_text(at: datetime, now: datetime) -> str:
    """Return "Snoozed until tomorrow 09:00." for a finding."""
    return tr("Snoozed until {time}.").format(time=_moment(at, now))


def snooze_word(value: str) -> str:
    """Return the name of a snooze among actions, the same on every day."""
    until = decision.snooze_end(value)
    if until is None:
        return tr("Unsnoozed")
    time = f"{time_text.dated_words(until, has_year=False)} {time_text.minute_text(until)}"
    return tr("Snoozed until {time}").format(time=time)


def _moment(at: datetime, now: datetime) -> str:
    days = (at.astimezone().date() - now.astimezone().date()).days
    return (
        tr("tomorrow {time}").format(time=time_text.minute_text(at))
        if days == 1
        else time_text.moment_text(at, now)
    )


# The words of reasons: what is known of one.


NO_REASON = tr_noop("No reason")
UNREAD_REASON = tr_noop("Not loaded")

REASONS_SHOWN = {
    ReasonsShown.SECONDS: tr_noop("For 3 seconds"),
    ReasonsShown.NEXT_KEY: tr_noop("Until the next key"),
    ReasonsShown.NEVER: tr_noop("Never"),
}
#: The keys of the reasons, in their order, while the strip with them is shown.
REASON_KEYS = {reason: str(place) for place, reason in enumerate(Reason, 1)}
DECIDED_SHOWN = 60  # characters of a title beside the reasons


def reason_choice(reason: Reason) -> str:
    """Return the label of what gives a reason; the last one opens a dialog."""
    word = word_of(reason)
    return f"{word}\u2026" if reason is Reason.OTHER else word


def decided_words(value: str, count: int, title: str) -> tuple[str, str]:
    """Return what was just decided, for the strip with the reasons: "Dismissed", and of what."""
    word = value_word(decision.Field.STATUS, value)
    if count > 1:
        return word, tr("%n findings", "", count, one="%n finding")
    return word, shortened(title, DECIDED_SHOWN)


def reasons_running_words(
    result: decision.Result, held: errors.HeimdallError | None, left_s: float | None
) -> tuple[str, str]:
    """Return how many reasons are saved, and what slows it or how fast it is."""
    fact, more = running_words(result, held, left_s)
    done = result.done + result.failed
    if held is None:
        fact = tr("Saving {done} of {total} reasons").format(done=done, total=result.total)
    return fact, more


def unsaved_words(
    reasons: Sequence[errors.HeimdallError | None], title: str
) -> tuple[str, str, tuple[tuple[int, str], ...]]:
    """Return that reasons were not saved, what follows, and why how many were not.

    Args:
        reasons: why each was not; None if it was cancelled.
        title: of the only finding; "" if there are several.
    """
    fact = tr("%n reasons weren't saved.", "", len(reasons), one="One reason wasn't saved.")
    if len(reasons) == 1 and title:
        fact = tr("Reason not saved: {title}.").format(title=title.rstrip("."))
    counts = Counter("" if error is None else cause(error) for error in reasons)
    lines = tuple((count, text or tr("Cancelled.")) for text, count in counts.most_common())
    kept = tr("The decisions are saved.", "", len(reasons), one="The decision is saved.")
    if len(reasons) == 1:
        return fact, f"{lines[0][1]} {kept}", ()
    return fact, kept, lines


def unread_words(error: errors.HeimdallError) -> str:
    """Return why reasons could not be loaded."""
    return tr("Couldn't load them. {error}").format(error=cause(error))


def reason_text(finding: Finding, known: KnownReasons) -> str:
    """Return the reason of a finding, or what is known of it; "" if it needs none."""
    word = known.word(finding)
    if isinstance(word, Reason):
        return word_of(word)
    if word is Known.UNKNOWN:
        return tr(UNREAD_REASON) if known.is_unread(finding) else tr(UNKNOWN)
    return "" if word is None else tr(NO_REASON)


def reason_sentence(finding: Finding, known: KnownReasons) -> str:
    """Return the reason of a finding as one sentence; "" if none is known."""
    word = known.word(finding)
    if not isinstance(word, Reason):
        return ""
    return tr("Reason: {word}").format(word=word_of(word)) + "."


def reasons_known_text(counts: Mapping[Reason | Known, int]) -> str:
    """Return for how many findings a reason is known, and which; "" if none needs one."""
    total = sum(counts.values())
    if not total:
        return ""
    known = total - counts.get(Known.UNKNOWN, 0)
    text = tr(
        "The reason is known for {known} of %n dismissed or false-positive findings",
        "",
        total,
        one="The reason is known for {known} of %n dismissed or false-positive finding",
    ).format(known=grouped(known))
    parts = [f"{word_of(each)} {grouped(counts[each])}" for each in Reason if counts.get(each)]
    if counts.get(Known.NONE):
        parts.append(f"{tr(NO_REASON)} {grouped(counts[Known.NONE])}")
    return f"{text}: {', '.join(parts)}." if parts else f"{text}."


LEFT_FROM_S = 2.0  # shorter actions show no time left
ID_SHOWN = 8  # characters of an account's id; the server provides no names
_STATUS_CODE = re.compile(r"HTTP (\d{3})")


class Choice(Struct, frozen=True):
    """A status that can be set.

    Attributes:
        value: the server's word.
        text: the label of the button that sets it.
        key: does the same.
    """

    value: str
    text: str
    key: str


#: In the order of the keys. Source: behaviour.md 2.7.
CHOICES = (
    Choice(FindingStatus.CONFIRMED.value, tr_noop("Confirm"), "C"),
    Choice(FindingStatus.DISMISSED.value, tr_noop("Dismiss"), "D"),
    Choice(FindingStatus.FALSE_POSITIVE.value, tr_noop("False positive"), "F"),
    Choice(FindingStatus.FIXED.value, tr_noop("Fixed"), "X"),
    Choice(FindingStatus.OPEN.value, tr_noop("Reopen"), "O"),
)
SEVERITY_KEY = "V"
COMMENT_KEY = "M"
UNDO_KEYS = ("Ctrl+Z",)
REDO_KEYS = ("Ctrl+Y", "Ctrl+Shift+Z")

_RUNNING: Mapping[str, str] = {
    "confirmed": tr_noop("Confirming {done} of {total}"),
    "dismissed": tr_noop("Dismissing {done} of {total}"),
    "false_positive": tr_noop("Marking {done} of {total} as false positive"),
    "fixed": tr_noop("Marking {done} of {total} as fixed"),
    "open": tr_noop("Reopening {done} of {total}"),
}


def value_word(what: decision.Field, value: str) -> str:
    """Return a decision as read: "Confirmed"; an unknown word as it came."""
    if what is decision.Field.SNOOZE:
        return snooze_word(value)
    if value == decision.MIXED:
        return tr("Different decisions")
    known = FindingStatus.of(value) if what is decision.Field.STATUS else Severity.of(value)
    return one_line(value) if known.value == "other" else word_of(known)


class NoteWords(Struct, frozen=True):
    """The note that replaces the status and moment in a row.

    Attributes:
        icon: shown before the text; "" for none.
        text: what has happened or will.
        more: what is at work, or the key that undoes it.
        can_undo: the text ends with the word that undoes it.
        can_retry: the text ends with the word that sends the reason again.
    """

    icon: str
    text: str
    more: str = ""
    can_undo: bool = False
    can_retry: bool = False

    @property
    def sentence(self) -> str:
        return ", ".join(filter(None, (self.text, self.more)))


def note_words(note: decision.WriteNote) -> NoteWords:
    word = value_word(note.field, note.value)
    if note.field is decision.Field.SNOOZE and note.value:
        word = tr("Snoozed")  # there is no room for the moment
    if note.is_reason:
        return NoteWords("ui-warning", tr("Reason not saved"), can_retry=True)
    match note.state:
        case decision.WriteState.SENDING:
            return NoteWords("", word, tr("Sending\u2026"))
        case decision.WriteState.SAVED:
            return NoteWords("ui-check", word, UNDO_KEYS[0], can_undo=True)
        case decision.WriteState.UNKNOWN:
            return NoteWords("conn-quiet", tr("Unknown, checking"))
        case _:
            why = short_reason(note.error) if note.error else tr("refused")
            return NoteWords("ui-close", tr("Not saved: {why}").format(why=why))


def short_reason(error: errors.HeimdallError) -> str:
    """Return why something was not saved, in two or three words."""
    if error.reason is errors.Reason.NOT_CHANGED:
        return short_reason(error.fields["error"])
    if error.reason is errors.Reason.READ_ONLY:
        return tr("read-only")
    for kind, words in _SHORT:
        if isinstance(error, kind):
            return tr(words)
    code = _STATUS_CODE.match(str(error.fields.get("answer", "")))
    return tr("error {code}").format(code=code[1]) if code else tr("refused")


_SHORT: tuple[tuple[type[errors.HeimdallError], str], ...] = (
    (errors.SignedOut, tr_noop("signed out")),
    (errors.NotVisible, tr_noop("not found")),
    (errors.RouteMissing, tr_noop("not offered")),
    (errors.OutcomeUnknown, tr_noop("no response")),
    (errors.ServerUnreachable, tr_noop("no connection")),
)


def spoken(what: decision.Field, value: str, place: int, count: int) -> str:
    """Return the announcement after a decision was confirmed: "Confirmed, 12 of 50".

    Args:
        what: what was decided.
        value: the server's word.
        place: of the row among those shown, from 1; 0 if it is not shown.
        count: how many rows are shown.
    """
    word = value_word(what, value)
    if not place:
        return word
    return tr("{word}, {place} of {count}").format(word=word, place=place, count=count)


def step_text(what: decision.Field, value: str, count: int, title: str = "") -> str:
    """Return the name of an action in the undo list: "Dismissed 47 findings".

    Args:
        what: what was decided.
        value: the server's word.
        count: of how many findings.
        title: of the only one; "" if it is not known.
    """
    word = value_word(what, value)
    if count == 1:
        return f"{word}: {title}" if title else word
    if what is decision.Field.SEVERITY:
        return tr("Severity {word}, %n findings", "", count).format(word=word.lower())
    return tr("{word}, %n findings", "", count).format(word=word)


def step_note(at: str, scans: Sequence[str], changed: int, count: int, *, is_undone: bool) -> str:
    """Return the note of a step in the undo history, below the action.

    Args:
        at: when it was done, or undone.
        scans: the names of the scans it concerns, each once.
        changed: how many of its findings were changed from elsewhere since.
        count: of how many.
        is_undone: whether it was undone.
    """
    if changed and count == 1:
        return tr("{time}, changed elsewhere since then").format(time=at)
    if changed:
        one = "{time}, %n changed elsewhere since then"
        text = tr("{time}, %n changed elsewhere since then", "", changed, one=one)
        return text.format(time=at)
    if is_undone:
        return tr("{time}, undone").format(time=at)
    if len(scans) > 1:
        return tr("{time}, %n scans", "", len(scans)).format(time=at)
    return ", ".join((at, *scans))


def actor_text(touch: decision.Touch) -> str:
    """Return who has changed something from elsewhere. Servers provide no names."""
    if touch.is_own:
        return tr("You (elsewhere)")
    if touch.user_id is None:
        return tr("The scan")
    return tr("Another account ({id})").format(id=one_line(touch.user_id)[:ID_SHOWN])


def elsewhere_text(
    what: decision.Field, value: str, before: str, touch: decision.Touch | None, at: str
) -> tuple[str, str]:
    """Return who has changed a finding while it is open, and what its value was.

    Args:
        what: what was changed.
        value: the server's word for its current value.
        before: for the one before.
        touch: by whom; None while the history has not been read.
        at: when, as used inside a sentence; "" if that is not known.
    """
    word, was = value_word(what, value), tr("Was {word}.").format(word=value_word(what, before))
    if touch is None:
        return tr("This was changed to {word} elsewhere.").format(word=word), was
    fact = tr("{who} changed this to {word} {at}.") if at else tr("{who} changed this to {word}.")
    return fact.format(who=actor_text(touch), word=word, at=at), was


def read_only_text() -> str:
    """Return why no decision is possible if nothing may be changed."""
    return tr("Read-only: nothing is changed on the server.")


def similar_act(what: decision.Field, value: str, count: int) -> str:
    """Return the label of the button that makes the same decision for them: what it will write."""
    match value if what is decision.Field.STATUS else "":
        case "confirmed":
            return tr("Confirm all %n", "", count, one="Confirm it too")
        case "dismissed":
            return tr("Dismiss all %n", "", count, one="Dismiss it too")
        case "false_positive":
            return tr(
                "Mark all %n as false positive", "", count, one="Mark it as false positive too"
            )
        case "fixed":
            return tr("Mark all %n as fixed", "", count, one="Mark it as fixed too")
        case "open":
            return tr("Reopen all %n", "", count, one="Reopen it too")
        case _:
            word = value_word(what, value)
            whole = tr("Set all %n to {word}", "", count, one="Set it to {word}")
            return whole.format(word=word)


def running_words(
    result: decision.Result, held: errors.HeimdallError | None, left_s: float | None
) -> tuple[str, str]:
    """Return the action in progress on many findings, and what slows it or how fast it is.

    Args:
        result: its result until now.
        held: why it is paused; None while it runs.
        left_s: how long the rest will take; None while that is unknown.
    """
    done = result.done + result.failed + len(result.touches)
    if held is not None:
        text = tr("Paused at {done} of {total}")
    elif result.act is decision.Act.UNDO:
        text = tr("Undoing {done} of {total}")
    elif result.act is decision.Act.REDO:
        text = tr("Redoing {done} of {total}")
    elif result.what is decision.Field.SEVERITY:
        text = tr("Setting the severity of {done} of {total}")
    else:
        text = tr(_RUNNING.get(result.value, tr_noop("Changing {done} of {total}")))
    more = ""
    if isinstance(held, errors.ServerBusy):
        more = tr("server busy, waiting {wait}").format(wait=time_text.wait_text(held.wait_s))
    elif held is not None:
        more = tr("waiting for you to sign in")
    elif result.unknown:
        more = tr("%n unknown, checking", "", result.unknown)
    elif left_s is not None and left_s > LEFT_FROM_S:
        rate, time = round((result.total - done) / left_s), time_text.left_text(left_s)
        more = tr("{time} left").format(time=time)
        if (result.total - done) / left_s >= 1:
            more = tr("{rate} per second, {time} left").format(rate=rate, time=time)
    return text.format(done=done, total=result.total), more


class ResultWords(Struct, frozen=True):
    """The result of a finished action.

    Attributes:
        fact: what was done and what not.
        consequence: what that means.
        lines: why, and how many findings for each reason; empty if the consequence says it.
        retries: how many findings a retry would affect.
        touched: how many were left because they were changed from elsewhere.
    """

    fact: str
    consequence: str = ""
    lines: tuple[tuple[int, str], ...] = ()
    retries: int = 0
    touched: int = 0


def result_words(result: decision.Result, title: str = "", steps: int = 1) -> ResultWords:
    """Return the words for a finished action.

    Args:
        result: its result.
        title: of its only finding; "" if there are several.
        steps: how many actions in sequence were undone or redone with it.
    """
    retries, touched = result.failed + result.unsent, len(result.touches)
    lines = tuple((count, cause(error)) for error, count in result.reasons)
    if result.total == 1 and result.reasons:
        error = result.reasons[0][0]
        fact = tr("One change wasn't saved: {why}.").format(why=short_reason(error))
        is_looked_up = error.reason is errors.Reason.NOT_CHANGED
        text = tr("Checked again: not changed.") if is_looked_up else cause(error)
        return ResultWords(fact, text, retries=retries)
    if touched and result.act is not decision.Act.DO:
        is_undo = result.act is decision.Act.UNDO
        fact = tr("{done} of {total} undone.") if is_undo else tr("{done} of {total} redone.")
        fact = fact.format(done=result.done, total=result.total)
        text = _touched_words(result.touches)
        return ResultWords(fact, text, lines, retries, touched)
    if result.is_whole:
        words = {decision.Act.UNDO: tr("Undone: {step}."), decision.Act.REDO: tr("Redone: {step}.")}
        step = step_text(result.what, result.value, result.total, title)
        fact = words.get(result.act, tr("{step}.")).format(step=step)
        if steps < 2:
            return ResultWords(fact, _unlogged_words(result))
        is_undo = result.act is decision.Act.UNDO
        whole = (
            tr("%n actions undone.", "", steps) if is_undo else tr("%n actions redone.", "", steps)
        )
        return ResultWords(whole, f"{fact} {_unlogged_words(result)}".rstrip())
    fact = tr("{done} done, {failed} failed.").format(done=result.done, failed=result.failed)
    if result.unsent:
        fact = tr("{done} done, {failed} failed, {unsent} not sent.").format(
            done=result.done, failed=result.failed, unsent=result.unsent
        )
        if not result.failed:
            fact = tr("{done} done, {unsent} not sent.").format(
                done=result.done, unsent=result.unsent
            )
    kept = tr("%n findings stay selected.", "", retries, one="%n finding stays selected.")
    unknown = tr("%n unknown, checking.", "", result.unknown) if result.unknown else ""
    said = (unknown, _unlogged_words(result), kept if retries else "")
    consequence = " ".join(filter(None, said))
    return ResultWords(fact, consequence, lines, retries)


def _unlogged_words(result: decision.Result) -> str:
    """Report that a server may have changed a value without an entry in the history (4.6)."""
    if not result.unlogged:
        return ""
    return tr(
        "%n were changed but may not have been logged.",
        "",
        result.unlogged,
        one="It was changed but may not have been logged.",
    )


def _touched_words(touches: tuple[decision.Touch, ...]) -> str:
    """Report who has changed findings since, and that they were left unchanged."""
    if len(touches) > 1:
        return tr(
            "%n were changed elsewhere since then and were left as they are.", "", len(touches)
        )
    text = tr("{who} changed it since then; it was left as it is.")
    return text.format(who=actor_text(touches[0]))

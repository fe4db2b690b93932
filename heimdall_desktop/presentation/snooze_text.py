"""The words of snoozes: for how long, until when, and what comes of it."""

from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.decision import snooze_end, snooze_value
from heimdall_desktop.domain.facts.snooze import SnoozeTime, snooze_times
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.time_text import dated_minute_words, minute_text, moment_text

SNOOZE_KEY = "S"
TIMES = {
    SnoozeTime.ONE_HOUR: tr_noop("In 1 hour"),
    SnoozeTime.TOMORROW: tr_noop("Tomorrow"),
    SnoozeTime.NEXT_MONDAY: tr_noop("Next Monday"),
    SnoozeTime.FOUR_WEEKS: tr_noop("In 4 weeks"),
}
BACK_WORDS = tr_noop("Snooze ended.")


class SnoozeOffer(Struct, frozen=True):
    """A moment to choose: in a word, as it is read, and as it is decided."""

    text: str
    at_text: str
    value: str


def snooze_offers(now: datetime) -> list[SnoozeOffer]:
    """Return what can be chosen now, the nearest first."""
    return [
        SnoozeOffer(tr(TIMES[time]), moment_text(at, now), snooze_value(at))
        for time, at in snooze_times(now).items()
    ]


def until_texts(at: datetime, now: datetime) -> tuple[str, str]:
    """Return "Until tomorrow 09:00" for a row, and the moment alone for a narrow one."""
    return tr("Until {time}").format(time=_moment(at, now)), moment_text(at, now)


def snoozed_text(at: datetime, now: datetime) -> str:
    """Return "Snoozed until tomorrow 09:00." for a finding."""
    return tr("Snoozed until {time}.").format(time=_moment(at, now))


def snooze_consequence() -> str:
    """Return what ends a snooze before its time."""
    return tr("Findings that are confirmed or raised in severity return immediately.")


def unsnooze_text() -> str:
    """Return what ends a snooze now."""
    return tr("Unsnooze")


def snooze_word(value: str) -> str:
    """Return a snooze as it is named among actions, the same on every day."""
    until = snooze_end(value)
    if until is None:
        return tr("Unsnoozed")
    return tr("Snoozed until {time}").format(time=dated_minute_words(until))


def _moment(at: datetime, now: datetime) -> str:
    days = (at.astimezone().date() - now.astimezone().date()).days
    return tr("tomorrow {time}").format(time=minute_text(at)) if days == 1 else moment_text(at, now)

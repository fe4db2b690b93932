"""The texts of the alert settings: events, quiet hours, mutes, and who shows notifications.

Source: behaviour.md 2.5; look.md 10 ("Alerts").
"""

import re
from collections.abc import Sequence
from datetime import datetime

from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.choices import DAY_MIN, QuietSpan, Redaction
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import SelfTestAnswer
from heimdall_desktop.presentation.alerts.event_text import EVENTS
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.i18n import both, filled, tr, tr_noop
from heimdall_desktop.presentation.labels import shortened
from heimdall_desktop.presentation.time_text import WEEKDAYS, at_text, minute_text, moment_text

EVENING = 18  # from this hour on it is "tonight"
MOST_NAMED = 2  # views
NAME_LIMIT = 80  # a desktop service can have any name
REDACTIONS = {
    Redaction.NEVER: tr_noop("Never"),
    Redaction.LOCKED: tr_noop("When locked"),
    Redaction.ALWAYS: tr_noop("Always"),
}
#: The days of the week from Monday on, for a small button.
SHORT_DAYS = (
    *(tr_noop("Mo"), tr_noop("Tu"), tr_noop("We"), tr_noop("Th")),
    *(tr_noop("Fr"), tr_noop("Sa"), tr_noop("Su")),
)
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?")


def event_setting(event: Event, views: Sequence[str]) -> tuple[str, str]:
    """Return the name of an event in the settings, and when it alerts.

    Args:
        event: the event.
        views: the names of the saved views that notify.
    """
    words = EVENTS[event]
    remark = tr(words.setting_help) if words.setting_help else ""
    if event is Event.VIEW:
        remark = both([tr("“{name}”").format(name=name) for name in views])
        if not views:
            remark = tr("no view notifies yet")
        elif len(views) > MOST_NAMED:
            remark = tr("%n views notify", "", len(views))
    return tr(words.setting), remark


def clock_time(minute: int) -> str:
    """Return a minute of the day as a clock shows it, such as "07:00"; its end is "24:00"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def read_clock_time(text: str) -> int | None:
    """Return the minute of the day that was typed, such as "7", "7:30" or "0730"; None for none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    whole = hour * 60 + minute
    return whole if minute < 60 and whole <= DAY_MIN else None


def span_note(span: QuietSpan) -> str:
    if span.end_min - span.start_min == DAY_MIN:
        return tr("all day")
    return tr("the next day") if span.end_min <= span.start_min else ""


def span_words(span: QuietSpan) -> str:
    days = both([tr(WEEKDAYS[day]) for day in sorted(span.days)]) or tr("No days")
    hours = tr("{days}, {start} to {end}, {note}."), tr("{days}, {start} to {end}.")
    start, end = clock_time(span.start_min), clock_time(span.end_min)
    return filled(*hours, days=days, start=start, end=end, note=span_note(span))


def quiet_text(*, is_on: bool, is_quiet: bool, change: datetime | None, now: datetime) -> str:
    """Return what quiet hours do, and when they start or end.

    Args:
        is_on: whether they are enabled.
        is_quiet: whether they are active now.
        change: when they end, or else start, by the wall clock; None for never.
        now: aware.
    """
    does = tr("Desktop notifications are held until quiet hours end, then shown as one summary.")
    if not is_on:
        return does
    if change is None:
        stays = (
            tr("With these settings, quiet hours never end.")
            if is_quiet
            else tr("No days are selected.")
        )
        return f"{does} {stays}"
    if is_quiet:
        until = tr("Quiet until {time}.").format(time=_end(change, now))
        return f"{does} {until}"
    local, days = change.astimezone(), _days(change, now)
    if days == 0:
        form = tr("tonight at {time}") if local.hour >= EVENING else tr("today at {time}")
    else:
        form = tr("tomorrow at {time}") if days == 1 else tr("on {day} at {time}")
    when = form.format(time=minute_text(change), day=tr(WEEKDAYS[local.weekday()]))
    starts = tr("Next: {time}.").format(time=when)
    return f"{does} {starts}"


def mute_text(until: datetime | None, now: datetime) -> str:
    """Return how long a scan is muted; None for the end of the scan."""
    if until is None:
        return tr("until it ends")
    return tr("until {time}").format(time=_end(until, now))


def delivery_text(shown_by: str, tested: SelfTestAnswer | None, now: datetime) -> str:
    """Return who shows notifications, and its last response.

    Args:
        shown_by: its own name; "" if the desktop shows none.
        tested: the last answer.
        now: aware.
    """
    who = tr("{name}.").format(name=shortened(one_line(shown_by), NAME_LIMIT))
    if not shown_by:
        who = tr("The desktop shows no notifications. Alerts are shown in the window.")
    if tested is None or tested.at is None:
        return who
    when, ms = at_text(tested.at, now), round(tested.took_s * 1000)
    if tested.error is not None:
        text = tr("Self-test {at}: not shown. {cause}")
        return f"{who} {text.format(at=when, cause=cause(tested.error))}"
    text = tr("Self-test {at}: accepted in {ms} ms.")
    return f"{who} {text.format(at=when, ms=ms)}"


def _end(at: datetime, now: datetime) -> str:
    local, days = at.astimezone(), _days(at, now)
    if not 1 <= days < len(WEEKDAYS):
        return moment_text(at, now)
    text = tr("tomorrow {time}") if days == 1 else tr("{day} {time}")
    return text.format(time=minute_text(at), day=tr(WEEKDAYS[local.weekday()]))


def _days(at: datetime, now: datetime) -> int:
    return (at.astimezone().date() - now.astimezone().date()).days

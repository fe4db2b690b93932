"""Durations, ages and moments, in short forms for a card, a strip or a time axis.

This is the only module that formats moments. Moments are shown in local time.
Source: look.md 5 (Scan card, Stages panel), behaviour.md 2.6, 2.9.
"""

from datetime import datetime

from heimdall_desktop.presentation.i18n import decimal, tr, tr_noop

MINUTE_S = 60
HOUR_S = 60 * MINUTE_S
DAY_S = 24 * HOUR_S
NEAR_S = HOUR_S
_UNITS = (
    (DAY_S, tr_noop("{number} d")),
    (HOUR_S, tr_noop("{number} h")),
    (MINUTE_S, tr_noop("{number} min")),
)
_MONTHS = (
    *(tr_noop("Jan"), tr_noop("Feb"), tr_noop("Mar"), tr_noop("Apr"), tr_noop("May")),
    *(tr_noop("Jun"), tr_noop("Jul"), tr_noop("Aug"), tr_noop("Sep"), tr_noop("Oct")),
    *(tr_noop("Nov"), tr_noop("Dec")),
)
#: From Monday on.
WEEKDAYS = (
    *(tr_noop("Monday"), tr_noop("Tuesday"), tr_noop("Wednesday"), tr_noop("Thursday")),
    *(tr_noop("Friday"), tr_noop("Saturday"), tr_noop("Sunday")),
)


def clock_text(duration_s: float) -> str:
    """Return "0:41", "11:40" or "1:02:09"; a negative duration is "0:00"."""
    whole_s = max(int(duration_s), 0)
    minutes, seconds = divmod(whole_s, MINUTE_S)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def rough_text(duration_s: float) -> str:
    """Return "40 s", "7 min", "3 h" or "2 d", never more than has passed."""
    whole_s = max(int(duration_s), 0)
    for unit_s, form in _UNITS:
        if whole_s >= unit_s:
            return tr(form).format(number=whole_s // unit_s)
    return tr("{number} s").format(number=whole_s)


def left_text(left_s: float, *, is_likely: bool = False) -> str:
    """Return "6 d", "3 h 10 min" or "42 min", never more than is left; "≈ 6 d" if only likely."""
    if is_likely:
        return tr("≈ {time}").format(time=left_text(left_s))
    hours, rest_s = divmod(max(int(left_s), 0), HOUR_S)
    minutes = rest_s // MINUTE_S
    if hours and minutes and left_s < DAY_S:
        return tr("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return rough_text(left_s)


def wait_text(duration_s: float) -> str:
    """Return "8 s" for a countdown: never less than is left to wait."""
    return rough_text(-int(-max(duration_s, 0.0) // 1))


def day_text(at: datetime, now: datetime, *, is_narrow: bool = False) -> str:
    """Return "13:41" of a moment today or in the last hour, else the day, "4 Jul" or "4 Jul 2025".

    For a column `is_narrow`: then it is "Jul 2025" for a day of another year.
    """
    if _is_today(at, now) or 0 <= (now - at).total_seconds() < NEAR_S:
        return minute_text(at)
    local = at.astimezone()
    if not is_narrow or local.year == now.astimezone().year:
        return _day(at, now)
    return tr("{month} {year}").format(month=_month(local), year=local.year)


def moment_text(at: datetime, now: datetime) -> str:
    """Return "13:41" of today, else "4 Jul 13:41", with the year if it is another one."""
    minute = minute_text(at)
    if _is_today(at, now):
        return minute
    return tr("{day} {time}").format(day=_day(at, now), time=minute)


def past_text(at: datetime, now: datetime) -> str:
    """Return "16:20" of today, "Friday 16:20" of the last six days, else "4 Jul 16:20"."""
    local, today = at.astimezone(), now.astimezone().date()
    if 0 < (today - local.date()).days < len(WEEKDAYS):
        weekday = tr(WEEKDAYS[local.weekday()])
        return tr("{day} {time}").format(day=weekday, time=minute_text(at))
    return moment_text(at, now)


def at_text(at: datetime, now: datetime, about: str = "") -> str:
    """Return a moment inside a sentence: "at 14:01", or "on 4 Jul 14:01" for another day."""
    form = tr("at {time}") if _is_today(at, now) else tr("on {time}")
    return form.format(time=f"{about}{moment_text(at, now)}")


def _day(at: datetime, now: datetime) -> str:
    return dated_words(at, has_year=at.astimezone().year != now.astimezone().year)


def _month(local: datetime) -> str:
    """Return the month in the language of the texts; `%b` would use the system's language."""
    return tr(_MONTHS[local.month - 1])


def _is_today(at: datetime, now: datetime) -> bool:
    return at.astimezone().date() == now.astimezone().date()


def full_words(at: datetime) -> str:
    """Return "2026-07-04 14:01:10 +02:00": date, time and zone."""
    whole = at.astimezone().isoformat(" ", "seconds")
    return f"{whole[:19]} {whole[19:]}"


def minute_text(at: datetime) -> str:
    """Return the local time, "14:02"."""
    return f"{at.astimezone():%H:%M}"


def second_text(at: datetime, now: datetime | None = None) -> str:
    """Return the local time to the second, "14:02:31"; "4 Jul 14:02:31" of another day than now."""
    second = f"{at.astimezone():%H:%M:%S}"
    if now is None or _is_today(at, now):
        return second
    return tr("{day} {time}").format(day=_day(at, now), time=second)


def dated_words(at: datetime, *, has_year: bool = True) -> str:
    """Return a day, "12 May 2025" or "12 May", for text that is read at another time."""
    local = at.astimezone()
    form = tr("{day} {month} {year}") if has_year else tr("{day} {month}")
    return form.format(day=local.day, month=_month(local), year=local.year)


def weekday_words(at: datetime) -> str:
    """Return "Saturday 4 Jul", for text that is read from afar."""
    local = at.astimezone()
    weekday = tr(WEEKDAYS[local.weekday()])
    form = tr("{weekday} {day} {month}")
    return form.format(weekday=weekday, day=local.day, month=_month(local))


def file_moment(at: datetime) -> str:
    """Return the local minute for the name of a file, "2026-07-04-1402"."""
    return f"{at.astimezone():%Y-%m-%d-%H%M}"


def zone_text(at: datetime) -> str:
    """Return the name of the local time zone, and its offset from UTC."""
    local = at.astimezone()
    offset = local.isoformat()[-6:]
    return f"{local:%Z} (UTC{offset})" if local.utcoffset() else "UTC"


def number_text(number: int) -> str:
    """Return a count as narrow as its column: "999", "1.2k", "56k"."""
    if number < 1000:
        return str(number)
    if number < 10_000:
        return f"{decimal(number // 100 / 10)}k"
    return f"{number // 1000}k" if number < 1_000_000 else f"{decimal(number // 100_000 / 10)}M"

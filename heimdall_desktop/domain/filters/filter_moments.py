"""The moments of the filter language: how `new:10m` and `since:14:00` are read.

A moment stays a text, because it means another time every minute. Times of day and days are those
of this computer; findings carry the server's time.
"""

import re
from datetime import UTC, datetime, time, timedelta

TODAY, YESTERDAY = "today", "yesterday"
_SPAN = re.compile(r"([0-9]{1,5})([smhdw])")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_EARLIEST_YEAR = 1971  # before it, some systems cannot reckon local time
_LONGEST = timedelta(days=365 * 50)
_STEPS = 600  # of a span until it has passed
_DAY_PACE_S = 30.0
_ANY_DAY = datetime(2026, 7, 4, tzinfo=UTC)


def is_span(text: str) -> bool:
    """Whether a text is a span of time back from now, such as "10m"."""
    return _SPAN.fullmatch(text.casefold()) is not None


def is_moment(text: str) -> bool:
    """Whether a text is a time of day, a day, or both."""
    try:
        _moment_of(text.casefold(), _ANY_DAY)
    except ValueError:
        return False
    return True


def begin_of(text: str, now: datetime) -> datetime:
    """Return when a span or a moment begins; a time of day that is still to come was yesterday.

    Raises:
        ValueError: it is neither.
    """
    span = _SPAN.fullmatch(text.casefold())
    if span is not None:
        return now.astimezone(UTC) - min(int(span[1]) * _UNITS[span[2]], _LONGEST)
    return _moment_of(text.casefold(), now).astimezone(UTC)  # as findings: compared much faster


def pace_s(text: str) -> float:
    """Return how often a span or a moment must be computed again to stay right."""
    span = _SPAN.fullmatch(text.casefold())
    if span is None:
        return _DAY_PACE_S
    return max(1.0, int(span[1]) * _UNITS[span[2]].total_seconds() / _STEPS)


def _moment_of(text: str, now: datetime) -> datetime:
    local = now.astimezone()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    if text == TODAY:
        return midnight.astimezone()
    if text == YESTERDAY:
        return (midnight - timedelta(days=1)).astimezone()
    found = _CLOCK.fullmatch(text)
    if found is not None:
        clock = time(int(found[1]), int(found[2]), int(found[3] or 0))
        moment = datetime.combine(midnight.date(), clock).astimezone()
        return moment if moment <= now else (moment - timedelta(days=1))
    if _DAY.match(text) is None:
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    if moment.year < _EARLIEST_YEAR:
        raise ValueError(text)
    return moment.astimezone()

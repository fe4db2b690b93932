"""The server's clock and the three forms in which it writes a moment.

Moments are aware UTC datetimes in the code and whole microseconds since the epoch in the database.
Source: heimdall-api.md §6.
"""

import time
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NANOSECONDS_PER_S = 1_000_000_000


def now() -> datetime:
    """Return the present moment, to the microsecond."""
    return datetime.now(UTC)


def to_micros(moment: datetime) -> int:
    """Return whole microseconds since the epoch."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """Return the moment that lies `micros` microseconds after the epoch."""
    return _EPOCH + timedelta(microseconds=micros)


def z_form(moment: datetime) -> str:
    """Write a moment as the REST models do: `2026-07-04T08:00:09.551020Z`."""
    return _whole_seconds(moment) + _fraction(moment.microsecond, 6) + "Z"


def offset_form(moment: datetime) -> str:
    """Write a moment as `/live` and the initial stream state do: with `+00:00`."""
    return _whole_seconds(moment) + _fraction(moment.microsecond, 6) + "+00:00"


def live_form(epoch_ns: int | None = None) -> str:
    """Write a moment as live stream events do: `+00:00` and up to nine digits.

    Args:
        epoch_ns: nanoseconds since the epoch; the present moment if left out.
    """
    seconds, nanoseconds = divmod(
        time.time_ns() if epoch_ns is None else epoch_ns, _NANOSECONDS_PER_S
    )
    return _whole_seconds(from_micros(seconds * 1_000_000)) + _fraction(nanoseconds, 9) + "+00:00"


def _whole_seconds(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _fraction(value: int, digits: int) -> str:
    """Write a fraction of a second in groups of three digits, without trailing zero groups."""
    text = f"{value:0{digits}d}"
    while text.endswith("000"):
        text = text[:-3]
    return f".{text}" if text else ""

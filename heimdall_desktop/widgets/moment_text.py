"""Moments as people read them: local time, with the zone where it is asked for (ux.md 2.9)."""

from datetime import datetime

from heimdall_desktop.domain.wording import tr


def short_moment(at: datetime, now: datetime | None = None) -> str:
    """Return "14:01" for today, else "4 Jul 14:01", with the year if it is another one."""
    local = at.astimezone()
    today = (now or datetime.now(at.tzinfo)).astimezone()
    if local.date() == today.date():
        return f"{local:%H:%M}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local.day} {local:%b}{year} {local:%H:%M}"


def at_words(at: datetime, now: datetime | None = None) -> str:
    """Return a moment inside a sentence: "at 14:01", or "on 4 Jul 14:01" for another day."""
    words = short_moment(at, now)
    is_today = " " not in words
    return (tr("at {time}") if is_today else tr("on {time}")).format(time=words)


def full_moment(at: datetime) -> str:
    """Return "2026-07-04 14:01:10 +02:00": date, time and zone."""
    return f"{at.astimezone().replace(microsecond=0).isoformat(sep=' ')[:19]} {_zone(at)}"


def _zone(at: datetime) -> str:
    offset = f"{at.astimezone():%z}"
    return f"{offset[:3]}:{offset[3:5]}"

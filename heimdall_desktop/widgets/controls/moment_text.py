"""Moments to be read: local time, with the zone where it is asked for (ux.md 2.9)."""

from datetime import datetime

from heimdall_desktop.presentation import time_text
from heimdall_desktop.presentation.time_text import full_words, moment_text


def short_moment(at: datetime, now: datetime | None = None) -> str:
    """Return "14:01" for today, else "4 Jul 14:01", with the year if it is another one."""
    return moment_text(at, now or datetime.now(at.tzinfo))


def at_text(at: datetime, now: datetime | None = None) -> str:
    """Return a moment inside a sentence: "at 14:01", or "on 4 Jul 14:01" for another day."""
    return time_text.at_text(at, now or datetime.now(at.tzinfo))


def full_moment(at: datetime) -> str:
    """Return "2026-07-04 14:01:10 +02:00": date, time and zone."""
    return full_words(at)

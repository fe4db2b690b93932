"""When a scan ended, in words; only success has its own moment. Source: heimdall-api.md T-37."""

from datetime import datetime

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.words.time_text import at_text, day_text


def ended_at(scan: Scan) -> datetime | None:
    """Return when a scan ended, as far as the server tells: a failed one by its last change."""
    if scan.is_stream_only:
        return None if scan.end_seen is None else scan.end_seen.stamped_at
    return scan.completed_at or scan.updated_at


def end_text(scan: Scan, now: datetime) -> str:
    """Return "13:41", or "≈ 13:41" where the server gives no moment of the end; "" for neither."""
    moment = ended_at(scan)
    if moment is None:
        return ""
    return f"{_about(scan)}{day_text(moment, now)}"


def at_the_end(scan: Scan, now: datetime) -> str:
    """Return the same behind a word of a sentence, " at 13:41" or " on 4 Jul 13:41"."""
    moment = ended_at(scan)
    return "" if moment is None else f" {at_text(moment, now, _about(scan))}"


def _about(scan: Scan) -> str:
    return "" if scan.completed_at or scan.is_stream_only else "≈ "

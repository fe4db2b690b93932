"""When a scan ended, in words; only success has its own moment. Source: heimdall-api.md T-37."""

from datetime import datetime

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.words.time_words import day_words


def ended_at(scan: Scan) -> datetime | None:
    """Return when a scan ended, as far as the server tells: a failed one by its last change."""
    return scan.completed_at or scan.updated_at


def end_words(scan: Scan, now: datetime) -> str:
    """Return "13:41", or "≈ 13:41" where the server gives no moment of the end; "" for neither."""
    moment = ended_at(scan)
    if moment is None:
        return ""
    about = "" if scan.completed_at else "≈ "
    return f"{about}{day_words(moment, now)}"

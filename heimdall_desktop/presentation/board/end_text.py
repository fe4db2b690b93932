"""When a scan ended, in words; only success has its own moment. Source: heimdall-api.md T-37."""

from datetime import datetime

from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.presentation.i18n import filled, tr, tr_noop
from heimdall_desktop.presentation.time_text import at_text, day_text

_CANCELLED = (tr_noop("Cancelled {at}"), tr_noop("Cancelled"))
_FORMS = {
    Outcome.COMPLETED: (tr_noop("Completed {at}"), tr_noop("Completed")),
    Outcome.FAILED: (tr_noop("Failed {at}"), tr_noop("Failed")),
    Outcome.ENDED: (tr_noop("Ended {at}"), tr_noop("Ended")),
}


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
    """Return the same inside a sentence, "at 13:41" or "on 4 Jul 13:41"; "" for neither."""
    moment = ended_at(scan)
    return "" if moment is None else at_text(moment, now, _about(scan))


def ended_text(scan: Scan, now: datetime) -> str:
    """Return "Completed 13:41", "Failed 4 Jul", or the word alone where no moment is known."""
    timed, alone = _FORMS.get(scan.outcome, _CANCELLED)
    return filled(tr(timed), tr(alone), at=end_text(scan, now))


def end_word(scan: Scan) -> str:
    """Return the word of that alone."""
    return tr(_FORMS.get(scan.outcome, _CANCELLED)[1])


def _about(scan: Scan) -> str:
    return "" if scan.completed_at or scan.is_stream_only else "≈ "

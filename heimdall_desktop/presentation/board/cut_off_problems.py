"""Problems of a server that sends nothing new: stale, unreachable, not trusted, no token.

Source: ux.md 2.6, design picture 3.
"""

from datetime import datetime, timedelta

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.observation import ConnectionSeen
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.board.connection_text import age_s, sign_of
from heimdall_desktop.presentation.board.sign import Problem, Sign
from heimdall_desktop.presentation.error_text import brief, reason_text
from heimdall_desktop.presentation.hosts import host_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import at_text, rough_text


def cut_off_problem(scan: Scan, clock_s: float, now: datetime) -> Problem | None:
    """Return why no news of a scan arrives; None if it does, or if the scan is gone.

    Args:
        scan: its known state.
        clock_s: the moment on the monotonic clock.
        now: the same moment in UTC.
    """
    seen = scan.connection
    if seen is None:
        return None
    match sign_of(scan):
        case Sign.STALE:
            return _stale(scan, seen, clock_s)
        case Sign.CANNOT_REACH:
            fact = _unreachable(scan, seen)
            return Problem(scan.id, Sign.CANNOT_REACH, fact, _counts_text(scan))
        case Sign.NOT_TRUSTED:
            fact = tr("The certificate of {host} isn't trusted: {reason}.").format(
                host=host_text(scan.server), reason=_reason(seen)
            )
            consequence = tr("Nothing was sent.")
            return Problem(scan.id, Sign.NOT_TRUSTED, fact, consequence)
        case Sign.SIGNED_OUT:
            return _signed_out(scan, seen, clock_s, now)
        case Sign.KEYRING_LOCKED:
            fact = tr("The token is safe but can't be read: the keyring is locked.")
            consequence = tr("Watching is paused.")
            return Problem(scan.id, Sign.KEYRING_LOCKED, fact, consequence)
        case Sign.UNREAD_KEYRING:
            fact = reason_text(seen)
            consequence = tr("Watching is paused.")
            return Problem(scan.id, Sign.UNREAD_KEYRING, fact, consequence)
        case Sign.READ_ONLY:
            return _read_only(scan, seen, clock_s, now)
        case _:
            return None


def _stale(scan: Scan, seen: ConnectionSeen, clock_s: float) -> Problem:
    return Problem(
        scan.id,
        Sign.STALE,
        tr("No data for {time}.").format(time=rough_text(clock_s - seen.since_s)),
        " ".join(filter(None, (reason_text(seen), _counts_text(scan)))),
    )


def _counts_text(scan: Scan) -> str:
    if scan.last_answer_at_s is None:
        return tr("Nothing has been loaded yet.")
    return tr("Counts may be out of date.")


def _signed_out(scan: Scan, seen: ConnectionSeen, clock_s: float, now: datetime) -> Problem:
    host = host_text(scan.server)
    at = at_text(now - timedelta(seconds=clock_s - seen.since_s), now)
    fact = reason_text(seen) or tr("You're not signed in to {host}.").format(host=host)
    if seen.is_answered:  # otherwise it is unknown when the session ended, or whether there was one
        fact = tr("Your session on {host} ended {at}.").format(host=host, at=at)
    return Problem(
        scan.id,
        Sign.SIGNED_OUT,
        fact,
        tr("Watching is paused. The displayed data is kept."),
    )


def _read_only(scan: Scan, seen: ConnectionSeen, clock_s: float, now: datetime) -> Problem:
    saved = now - timedelta(seconds=age_s(scan, clock_s) or 0.0)
    consequence = tr("Showing data saved {at}, read-only until the connection is restored.")
    return Problem(
        scan.id,
        Sign.READ_ONLY,
        _unreachable(scan, seen),
        consequence.format(at=at_text(saved, now)),
    )


def _unreachable(scan: Scan, seen: ConnectionSeen) -> str:
    fact = tr("Can't reach {host}: {reason}.")
    return fact.format(host=host_text(scan.server), reason=_reason(seen))


def _reason(seen: ConnectionSeen) -> str:
    short = "" if seen.error is None else one_line(brief(seen.error))
    return (short or reason_text(seen)).rstrip(".")

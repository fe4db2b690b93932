"""The connection state of a scan, in the words of a card: "Live 2 s", "Reconnecting in 8 s".

Ages and countdowns use the monotonic clock, so a changed system time makes nothing look fresh.
Source: ux.md 2.6, heimdall-api.md T-10.
"""

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import (
    NO_CONNECTION,
    CertificateUntrusted,
    CredentialError,
    HeimdallError,
    KeyringLocked,
)
from heimdall_desktop.domain.facts.observation import (
    Connection,
    ConnectionSeen,
    ScanSource,
)
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.presentation.board.sign import Mood, Sign
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import rough_text, wait_text

OLD_S = 10.0  # data older than this is dimmed while the connection is down


_SIGNS = {
    Connection.SIGNED_OUT: Sign.SIGNED_OUT,
    Connection.GONE: Sign.NO_ACCESS,
    Connection.STALE: Sign.STALE,
    Connection.RECONNECTING: Sign.RECONNECTING,
    Connection.BUSY: Sign.WAITING,
    Connection.POLLING_ONLY: Sign.POLLING,
    Connection.QUIET: Sign.QUIET,
    Connection.CONNECTING: Sign.CONNECTING,
    Connection.LIVE: Sign.LIVE,
    Connection.ENDED: Sign.ENDED,
}
_HEALTHY = frozenset({Sign.LIVE, Sign.DOCUMENTED, Sign.QUIET, Sign.POLLING})
_UNHEARD = frozenset({Connection.STALE, Connection.RECONNECTING, Connection.SIGNED_OUT})


class ConnectionText(Struct, frozen=True):
    """The text a card shows for its connection."""

    sign: Sign
    text: str

    @property
    def mood(self) -> Mood:
        """The mood of the text."""
        return self.sign.spec.mood


def sign_of(scan: Scan) -> Sign:
    """Return the kind of state; a scan with unchecked rows is never live or ended (T-10)."""
    if scan.replay_pace and scan.connection_state is not Connection.GONE:
        return Sign.REPLAY
    if scan.connection is None:
        return Sign.CONNECTING
    sign = _obstructed(scan, scan.connection) or _SIGNS[scan.connection.connection]
    if sign is Sign.QUIET and scan.status == "queued":  # no updates arrive before it starts
        sign = Sign.LIVE
    if scan.is_stream_only:  # there is no list to check
        return Sign.STREAM_ONLY if sign in (Sign.LIVE, Sign.ENDED) else sign
    if sign is Sign.LIVE and scan.source is ScanSource.LISTING:
        sign = Sign.DOCUMENTED
    is_unchecked = scan.outcome is Outcome.COMPLETED and not scan.is_checked_to_the_end
    if is_unchecked and sign is Sign.ENDED:
        return Sign.NOT_CHECKED
    if sign in _HEALTHY and scan.outcome is Outcome.CANCELLED_MAY_RETURN:
        return sign if scan.is_cancelling else Sign.LOOKING
    if sign in _HEALTHY and (is_unchecked or scan.is_resynchronising):
        return Sign.CHECKING
    return sign


def _obstructed(scan: Scan, seen: ConnectionSeen) -> Sign | None:
    """Return the known obstacle to reaching the server; a network gets time to recover."""
    is_stale = seen.connection is Connection.STALE
    is_waiting = seen.connection in (Connection.RECONNECTING, Connection.CONNECTING)
    is_signed_out = seen.connection is Connection.SIGNED_OUT
    match seen.error:
        case CertificateUntrusted() if is_stale or is_waiting:
            return Sign.NOT_TRUSTED
        case HeimdallError(reason=reason) if is_stale and reason in NO_CONNECTION:
            is_of_before = not seen.is_answered and scan.last_answer_at_s is not None
            return Sign.READ_ONLY if is_of_before else Sign.CANNOT_REACH
        case KeyringLocked() if is_signed_out:
            return Sign.KEYRING_LOCKED
        case CredentialError() if is_signed_out:
            return Sign.UNREAD_KEYRING
        case _:
            return None


def connection_text(scan: Scan, clock_s: float) -> ConnectionText:
    """Return sign and text at a moment of the monotonic clock."""
    sign = sign_of(scan)
    return ConnectionText(sign, _text(sign, scan, clock_s))


def age_s(scan: Scan, clock_s: float) -> float | None:
    """Return the age of the newest successful REST response; None before the first.

    If only the stream reports the scan, this is the time since the stream went silent; None while
    it still reports.
    """
    seen = scan.connection
    if scan.is_stream_only:
        is_unheard = seen is not None and seen.connection in _UNHEARD
        return max(clock_s - seen.since_s, 0.0) if seen is not None and is_unheard else None
    return None if scan.last_answer_at_s is None else max(clock_s - scan.last_answer_at_s, 0.0)


def is_dimmed(scan: Scan, clock_s: float) -> bool:
    """Return whether the data may be out of date; at startup it is of an earlier session."""
    sign = sign_of(scan)
    if sign.spec.is_cut_off:
        return True
    is_waiting = sign in (Sign.RECONNECTING, Sign.CONNECTING)
    return is_waiting and (age_s(scan, clock_s) or 0.0) >= OLD_S


def wait_s(seen: ConnectionSeen | None, clock_s: float) -> float | None:
    """Return the time until the next attempt; None if none is planned or it is due."""
    if seen is None or seen.next_try_at_s is None or seen.next_try_at_s <= clock_s:
        return None
    return seen.next_try_at_s - clock_s


def _text(sign: Sign, scan: Scan, clock_s: float) -> str:
    age, wait = age_s(scan, clock_s), wait_s(scan.connection, clock_s)
    match sign:
        case Sign.REPLAY:
            return tr("Replay {pace}\u00d7").format(pace=f"{scan.replay_pace:g}")
        case Sign.LIVE if age is not None:
            return tr("Live {time}").format(time=rough_text(age))
        case Sign.POLLING if age is not None:
            return tr("Polling {time}").format(time=rough_text(age))
        case Sign.DOCUMENTED if age is not None:
            return tr("Polled {time} ago").format(time=rough_text(age))
        case Sign.LOOKING if scan.looks_until_s is not None:
            left_s = max(scan.looks_until_s - clock_s, 0.0)
            return tr("Rechecking, {time}").format(time=wait_text(left_s))
        case Sign.QUIET:
            return tr("Quiet for {time}").format(time=rough_text(_since_s(scan, clock_s)))
        case Sign.STALE:
            return tr("Stale for {time}").format(time=rough_text(_since_s(scan, clock_s)))
        case Sign.RECONNECTING if wait is not None:
            return tr("Reconnecting in {time}").format(time=wait_text(wait))
        case Sign.WAITING if wait is not None:
            return tr("Waiting {time}").format(time=wait_text(wait))
        case _:
            return sign.word


def _since_s(scan: Scan, clock_s: float) -> float:
    return clock_s - scan.connection.since_s if scan.connection else 0.0

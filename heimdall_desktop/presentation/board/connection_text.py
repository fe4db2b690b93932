"""How we hear of a scan, in the words of a card: "Live 2 s", "Reconnecting in 8 s", "Checking".

Ages and countdowns are of the monotonic clock, so a changed system time makes nothing look fresh.
Source: ux.md 2.6, heimdall-api.md T-10.
"""

from dataclasses import dataclass
from enum import Enum, auto

from heimdall_desktop.domain.facts.observation import (
    Connection,
    ConnectionSeen,
    Obstacle,
    ScanSource,
)
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.domain.words.i18n import tr, tr_noop
from heimdall_desktop.domain.words.time_text import rough_text, wait_text

OLD_S = 10.0  # data older than this is dimmed while the connection is down


class Mood(Enum):
    """How a text is meant; widgets choose the ink."""

    PLAIN = auto()
    CALM = auto()
    WORKING = auto()
    ATTENTION = auto()
    TROUBLE = auto()


class Sign(Enum):
    """What stands before the words: the kind of state, worst first."""

    __hash__ = object.__hash__  # as of `Connection`

    STALE = tr_noop("stale")
    CANNOT_REACH = tr_noop("cannot reach")
    NOT_TRUSTED = tr_noop("not trusted")
    SIGNED_OUT = tr_noop("signed out")
    KEYRING_LOCKED = tr_noop("keyring locked")
    UNREAD_KEYRING = tr_noop("keyring fails")
    READ_ONLY = tr_noop("read-only")
    NO_ACCESS = tr_noop("no access")
    NOT_CHECKED = tr_noop("not checked")
    RECONNECTING = tr_noop("reconnecting")
    QUIET = tr_noop("quiet")
    WAITING = tr_noop("waiting")
    LOOKING = tr_noop("looking")
    POLLING = tr_noop("polling only")
    CHECKING = tr_noop("checking")
    CONNECTING = tr_noop("connecting")
    STREAM_ONLY = tr_noop("stream only")
    DOCUMENTED = tr_noop("documented API")
    LIVE = tr_noop("live")
    ENDED = tr_noop("ended")


MOODS = {
    Sign.STALE: Mood.TROUBLE,
    Sign.CANNOT_REACH: Mood.TROUBLE,
    Sign.NOT_TRUSTED: Mood.TROUBLE,
    Sign.SIGNED_OUT: Mood.ATTENTION,
    Sign.KEYRING_LOCKED: Mood.ATTENTION,
    Sign.UNREAD_KEYRING: Mood.ATTENTION,
    Sign.NO_ACCESS: Mood.TROUBLE,
    Sign.NOT_CHECKED: Mood.ATTENTION,
    Sign.RECONNECTING: Mood.ATTENTION,
    Sign.QUIET: Mood.ATTENTION,
    Sign.WAITING: Mood.ATTENTION,
    Sign.LOOKING: Mood.ATTENTION,
    Sign.CHECKING: Mood.WORKING,
}
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
CUT_OFF = frozenset(
    {
        Sign.STALE,
        Sign.CANNOT_REACH,
        Sign.NOT_TRUSTED,
        Sign.SIGNED_OUT,
        Sign.KEYRING_LOCKED,
        Sign.UNREAD_KEYRING,
        Sign.READ_ONLY,
        Sign.NO_ACCESS,
    }
)  # nothing new comes, so what is shown may be out of date
_SHORT_WORDS = {
    Sign.CANNOT_REACH: tr_noop("Cut off"),
    Sign.NOT_TRUSTED: tr_noop("Untrusted"),
    Sign.SIGNED_OUT: tr_noop("Paused"),
    Sign.KEYRING_LOCKED: tr_noop("Locked"),
    Sign.UNREAD_KEYRING: tr_noop("Keyring"),
    Sign.NOT_CHECKED: tr_noop("Unchecked"),
    Sign.RECONNECTING: tr_noop("Lost"),
    Sign.POLLING: tr_noop("Polling"),
    Sign.STREAM_ONLY: tr_noop("Stream"),
    Sign.DOCUMENTED: tr_noop("API"),
}
_HEALTHY = frozenset({Sign.LIVE, Sign.DOCUMENTED, Sign.QUIET, Sign.POLLING})
_UNHEARD = frozenset({Connection.STALE, Connection.RECONNECTING, Connection.SIGNED_OUT})


@dataclass(frozen=True, slots=True)
class ConnectionText:
    """What a card says of its connection."""

    sign: Sign
    text: str

    @property
    def mood(self) -> Mood:
        """How it is meant."""
        return MOODS.get(self.sign, Mood.CALM)

    @property
    def word(self) -> str:
        """The state alone, for where ages and countdowns have no room."""
        return tr(self.sign.value).capitalize()

    @property
    def short_word(self) -> str:
        """The shortest word for the state, beside a glyph that says the same."""
        return tr(_SHORT_WORDS.get(self.sign, self.word))


def sign_of(scan: Scan) -> Sign:
    """Return the kind of state; a scan whose rows aren't checked is never live or ended (T-10)."""
    if scan.connection is None:
        return Sign.CONNECTING
    sign = _obstructed(scan, scan.connection) or _SIGNS[scan.connection.connection]
    if scan.is_stream_only:  # there is no list that could be checked
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
    """What keeps us from the server, where that is known; a network is given time to come back."""
    is_stale = seen.connection is Connection.STALE
    is_waiting = seen.connection in (Connection.RECONNECTING, Connection.CONNECTING)
    is_signed_out = seen.connection is Connection.SIGNED_OUT
    match seen.obstacle:
        case Obstacle.CERTIFICATE if is_stale or is_waiting:
            return Sign.NOT_TRUSTED
        case Obstacle.NETWORK if is_stale:
            is_of_before = not seen.is_answered and scan.last_answer_at_s is not None
            return Sign.READ_ONLY if is_of_before else Sign.CANNOT_REACH
        case Obstacle.KEYRING_LOCKED if is_signed_out:
            return Sign.KEYRING_LOCKED
        case Obstacle.KEYRING if is_signed_out:
            return Sign.UNREAD_KEYRING
        case _:
            return None


def connection_text(scan: Scan, clock_s: float) -> ConnectionText:
    """Return sign and text at a moment of the monotonic clock."""
    sign = sign_of(scan)
    return ConnectionText(sign, _text(sign, scan, clock_s))


def age_s(scan: Scan, clock_s: float) -> float | None:
    """Return how old the newest good answer of REST is; None before the first.

    Where only the stream tells of the scan, that is since when it tells nothing; None while it may.
    """
    seen = scan.connection
    if scan.is_stream_only:
        is_unheard = seen is not None and seen.connection in _UNHEARD
        return max(clock_s - seen.since_s, 0.0) if seen is not None and is_unheard else None
    return None if scan.last_answer_at_s is None else max(clock_s - scan.last_answer_at_s, 0.0)


def is_dimmed(scan: Scan, clock_s: float) -> bool:
    """Whether what is shown of a scan may be out of date; at a start it is of another session."""
    sign = sign_of(scan)
    if sign in CUT_OFF:
        return True
    is_waiting = sign in (Sign.RECONNECTING, Sign.CONNECTING)
    return is_waiting and (age_s(scan, clock_s) or 0.0) >= OLD_S


def wait_s(seen: ConnectionSeen | None, clock_s: float) -> float | None:
    """Return how long it is to the next try; None where no try is planned or it is due."""
    if seen is None or seen.next_try_at_s is None or seen.next_try_at_s <= clock_s:
        return None
    return seen.next_try_at_s - clock_s


def _text(sign: Sign, scan: Scan, clock_s: float) -> str:
    word = tr(sign.value).capitalize()
    match sign:
        case Sign.LIVE | Sign.POLLING:
            age = age_s(scan, clock_s)
            short = tr("Live") if sign is Sign.LIVE else tr("Polling")
            told = tr("{state} {time}")
            return word if age is None else told.format(state=short, time=rough_text(age))
        case Sign.DOCUMENTED:
            age = age_s(scan, clock_s)
            told = tr("Asked {time} ago")
            return word if age is None else told.format(time=rough_text(age))
        case Sign.LOOKING if scan.looks_until_s is not None:
            left_s = max(scan.looks_until_s - clock_s, 0.0)
            return tr("{state}, {time}").format(state=word, time=wait_text(left_s))
        case Sign.QUIET | Sign.STALE:
            return tr("{state} for {time}").format(
                state=word, time=rough_text(_since_s(scan, clock_s))
            )
        case Sign.RECONNECTING | Sign.WAITING:
            wait = wait_s(scan.connection, clock_s)
            if wait is None:
                return word
            form = tr("{state} in {time}") if sign is Sign.RECONNECTING else tr("{state} {time}")
            return form.format(state=word, time=wait_text(wait))
        case _:
            return word


def _since_s(scan: Scan, clock_s: float) -> float:
    return clock_s - scan.connection.since_s if scan.connection else 0.0

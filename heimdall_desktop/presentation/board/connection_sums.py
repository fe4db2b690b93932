"""How all watched scans are heard of, in one line: "6 live, 1 reconnecting in 8 s, 3 ended".

The overall state is the worst of all, never healthy while one scan is stale. Source: ux.md 2.6.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from heimdall_desktop.domain.facts.all_clear import is_clear
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.words.i18n import tr, tr_noop
from heimdall_desktop.domain.words.time_text import wait_text
from heimdall_desktop.presentation.board.card import has_nothing_more
from heimdall_desktop.presentation.board.connection_text import MOODS, Mood, Sign, sign_of, wait_s

SHOWN_ORDER = (
    Sign.LIVE,
    Sign.DOCUMENTED,
    Sign.STREAM_ONLY,
    Sign.CONNECTING,
    Sign.CHECKING,
    Sign.POLLING,
    Sign.WAITING,
    Sign.LOOKING,
    Sign.QUIET,
    Sign.RECONNECTING,
    Sign.READ_ONLY,
    Sign.STALE,
    Sign.CANNOT_REACH,
    Sign.NOT_TRUSTED,
    Sign.NOT_CHECKED,
    Sign.NO_ACCESS,
    Sign.KEYRING_LOCKED,
    Sign.UNREAD_KEYRING,
    Sign.SIGNED_OUT,
    Sign.ENDED,
)
_SUM_WORDS = {
    Sign.CANNOT_REACH: tr_noop("out of reach"),
    Sign.UNREAD_KEYRING: tr_noop("without keyring"),
}


def sum_word(sign: Sign) -> str:
    """Return the word for several scans that are heard of in one way: "2 out of reach"."""
    return tr(_SUM_WORDS.get(sign, sign.value))


@dataclass(frozen=True, slots=True)
class ConnectionSum:
    """How many scans are heard of in one way.

    Attributes:
        is_clear: all of them have ended, and everything was looked at and read.
    """

    sign: Sign
    text: str
    count: int
    is_clear: bool = False

    @property
    def mood(self) -> Mood:
        """How it is meant."""
        return MOODS.get(self.sign, Mood.CALM)


def connection_sums(scans: Iterable[Scan], clock_s: float) -> tuple[ConnectionSum, ...]:
    """Return a sum for each state that some scan is in, the calm ones first."""
    watched = list(scans)
    counts = Counter(_sum_sign(scan) for scan in watched)
    sums: list[ConnectionSum] = []
    for sign in SHOWN_ORDER:
        if counts[sign]:
            wait = _soonest_text(sign, watched, clock_s)
            text = f"{counts[sign]} {sum_word(sign)}{wait}"
            concerned = (scan for scan in watched if _sum_sign(scan) is sign)
            has_no_doubt = sign is Sign.ENDED and all(map(is_clear, concerned))
            sums.append(ConnectionSum(sign, text, counts[sign], has_no_doubt))
    return tuple(sums)


def worst_sign(sums: Sequence[ConnectionSum]) -> Sign | None:
    """Return the overall state: the worst there is; None without a scan."""
    present = {part.sign for part in sums}
    return next((sign for sign in Sign if sign in present), None)


def _sum_sign(scan: Scan) -> Sign:
    is_over = has_nothing_more(scan) and not scan.is_stream_only  # whose end proves little
    return Sign.ENDED if is_over else sign_of(scan)


def _soonest_text(sign: Sign, scans: Iterable[Scan], clock_s: float) -> str:
    if sign not in (Sign.RECONNECTING, Sign.WAITING):
        return ""
    concerned = (scan for scan in scans if _sum_sign(scan) is sign)
    waits = [wait for scan in concerned if (wait := wait_s(scan.connection, clock_s)) is not None]
    form = tr(" in {time}") if sign is Sign.RECONNECTING else " {time}"
    return form.format(time=wait_text(min(waits))) if waits else ""

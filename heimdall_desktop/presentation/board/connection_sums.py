"""The connection states of all watched scans in one line: "6 live, 1 reconnecting in 8 s, 3 ended".

The overall state is the worst of all, never healthy while one scan is stale. Source: ux.md 2.6.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.presentation.board.card import has_nothing_more
from heimdall_desktop.presentation.board.connection_text import connection_text, sign_of, wait_s
from heimdall_desktop.presentation.board.sign import Mood, Sign
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import wait_text

_SHOWN = sorted(Sign, key=lambda sign: sign.spec.shown)


class ConnectionSum(Struct, frozen=True):
    """The number of scans in one connection state.

    Attributes:
        is_clear: all of them have ended, and everything was scanned and read.
    """

    sign: Sign
    text: str
    count: int
    is_clear: bool = False

    @property
    def mood(self) -> Mood:
        """The mood of the state."""
        return self.sign.spec.mood


def connection_sums(scans: Iterable[Scan], clock_s: float) -> tuple[ConnectionSum, ...]:
    """Return a sum for each state that some scan is in, the calm ones first."""
    watched = list(scans)
    counts = Counter(_sum_sign(scan) for scan in watched)
    sums: list[ConnectionSum] = []
    for sign in _SHOWN:
        if counts[sign]:
            text = _counted_text(sign, counts[sign], watched, clock_s)
            concerned = (scan for scan in watched if _sum_sign(scan) is sign)
            has_no_doubt = sign is Sign.ENDED and all(scan.is_clear for scan in concerned)
            sums.append(ConnectionSum(sign, text, counts[sign], has_no_doubt))
    return tuple(sums)


def worst_sign(sums: Sequence[ConnectionSum]) -> Sign | None:
    """Return the overall state, which is the worst one; None without a scan."""
    present = {part.sign for part in sums}
    return next((sign for sign in Sign if sign in present), None)


def _sum_sign(scan: Scan) -> Sign:
    sign = sign_of(scan)
    is_over = has_nothing_more(scan) and not scan.is_stream_only  # their end proves little
    return Sign.ENDED if is_over and sign is not Sign.REPLAY else sign


def _counted_text(sign: Sign, count: int, scans: Iterable[Scan], clock_s: float) -> str:
    """Return "3 live", or "2 reconnecting in 8 s", the time until the next attempt."""
    concerned = [scan for scan in scans if _sum_sign(scan) is sign]
    if sign is Sign.REPLAY:  # there is only one
        return connection_text(concerned[0], clock_s).text
    waits = [wait for scan in concerned if (wait := wait_s(scan.connection, clock_s)) is not None]
    forms = {
        Sign.RECONNECTING: tr("{count} reconnecting in {time}"),
        Sign.WAITING: tr("{count} waiting {time}"),
    }
    if not waits or sign not in forms:
        return sign.counted(count)
    return forms[sign].format(count=count, time=wait_text(min(waits)))

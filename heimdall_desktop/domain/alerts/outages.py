"""Servers that are out of reach or have signed us out, each as one incident for all its scans.

Source: ux.md 2.5 ("Signed out, or stale for over 60 s: once per incident").
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import CredentialError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl

STALE_S = 60.0
KEYRING_S = 60.0  # so long a keyring may be locked or silent as a session of the desktop begins
_BAD = (Connection.SIGNED_OUT, Connection.STALE, Connection.RECONNECTING)
_WELL = (Connection.LIVE, Connection.QUIET, Connection.POLLING_ONLY, Connection.BUSY)


class Server(Struct, frozen=True):
    """A server as its watched scans hear of it.

    Attributes:
        id: its address.
        scan_id: a scan that shows the trouble, or the last one that did.
        scans: how many are cut off from it.
        is_watched: scans of it are watched still.
        is_signed_out: it answers, and knows our session no more.
        is_stale: it has not answered for `STALE_S`; None of both while that is in doubt.
        incident: names the trouble that there is, or was last.
        keyring: why its token can't be read, if that is why no account is signed in.
    """

    id: ServerUrl
    scan_id: ScanId
    scans: int = 0
    is_watched: bool = True
    is_signed_out: bool | None = None
    is_stale: bool | None = None
    incident: str = ""
    keyring: CredentialError | None = None


class Outages:
    """Tells of each server whether there is trouble, and names it until it is over.

    Args:
        clock: monotonic seconds.
        scans: all watched scans; looked through again each time.
        session: tells the incidents of this session from those of earlier ones.
    """

    def __init__(self, clock: Callable[[], float], scans: Iterable[Scan], session: str) -> None:
        self._clock, self._scans, self._session = clock, scans, session
        self._count = 0
        self._woken_s = float("-inf")
        self._incidents: dict[ServerUrl, str] = {}
        self._watched_since_s: dict[ServerUrl, float] = {}
        self._cut_since_s: dict[ServerUrl, float] = {}
        self._shown_by: dict[ServerUrl, ScanId] = {}
        self._recalled: set[ServerUrl] = set()

    def recall(self, url: ServerUrl, incident: str, scan_id: ScanId) -> None:
        """An earlier session ended in an incident; what trouble there is goes on with it."""
        self._incidents[url] = incident
        self._shown_by[url] = scan_id
        self._recalled.add(url)

    def wake(self) -> None:
        """The machine was away: silence counts from now on."""
        self._woken_s = self._clock()

    def look(self) -> Iterator[Server]:
        """Yield how each server stands, once more for one that is watched no longer."""
        watched: dict[ServerUrl, list[Scan]] = {}
        for scan in self._scans:
            if scan.connection_state not in (None, Connection.GONE, Connection.ENDED):
                watched.setdefault(scan.server, []).append(scan)
        now_s = self._clock()
        self._watched_since_s = {url: self._watched_since_s.get(url, now_s) for url in watched}
        for url, scans in watched.items():
            yield self._judge(url, scans)
        known = {scan.server for scan in self._scans}
        unsure = {scan.server for scan in self._scans if scan.connection_state is None}
        for url in [each for each in self._shown_by if each not in watched.keys() | unsure]:
            over = self._over(url, self._shown_by.pop(url))  # what has ended is asked, and answers
            yield over if url in known else replace(over, is_watched=False)

    def _judge(self, url: ServerUrl, scans: list[Scan]) -> Server:
        states = {scan.connection_state for scan in scans}
        bad = [scan for scan in scans if scan.connection_state in _BAD]
        if not bad:
            if states.isdisjoint(_WELL):
                return Server(url, scans[0].id, incident=self._incidents.get(url, ""))
            return self._over(url, self._shown_by.get(url, scans[0].id))
        if url not in self._incidents:
            self._count += 1
            self._incidents[url] = f"{self._session}{self._count}"
        self._shown_by[url] = bad[0].id
        is_signed_out: bool | None = Connection.SIGNED_OUT in states
        is_stale = not is_signed_out and self._is_stale(url, bad)
        keyring, since_s = _keyring_problem(bad)
        if keyring is not None and self._clock() - since_s < KEYRING_S:
            is_signed_out = None
        may_go_on = None if url in self._recalled else False  # until it is heard of
        return Server(
            url,
            bad[0].id,
            len(bad if is_signed_out is False else scans),  # without a session, none is watched
            is_signed_out=may_go_on if is_signed_out is False else is_signed_out,
            is_stale=is_stale or may_go_on,
            incident=self._incidents[url],
            keyring=keyring,
        )

    def _is_stale(self, url: ServerUrl, cut_off: list[Scan]) -> bool:
        """Whether it has not answered for long.

        A stream that is down says nothing of that where answers come all the same. Of a scan that
        only the stream tells of, it says all; trying again begins no new silence.
        """
        known = [scan.last_answer_at_s for scan in cut_off if not scan.is_stream_only]
        answered = [at_s for at_s in known if at_s is not None]
        if answered:
            since_s = min(answered)
        else:
            seen = (scan.connection for scan in cut_off)
            since_s = min(each.since_s for each in seen if each is not None)
            since_s = self._cut_since_s[url] = min(since_s, self._cut_since_s.get(url, since_s))
        begin_s = max(since_s, self._woken_s, self._watched_since_s[url])
        return self._clock() - begin_s > STALE_S

    def _over(self, url: ServerUrl, scan_id: ScanId) -> Server:
        self._cut_since_s.pop(url, None)
        self._recalled.discard(url)
        incident = self._incidents.pop(url, "")
        return Server(url, scan_id, is_signed_out=False, is_stale=False, incident=incident)


def _keyring_problem(bad: Iterable[Scan]) -> tuple[CredentialError | None, float]:
    """Return why the token of a server can't be read, and since when."""
    for scan in bad:
        seen = scan.connection
        if seen is not None and seen.connection is Connection.SIGNED_OUT:
            if isinstance(seen.error, CredentialError):
                return seen.error, seen.since_s
            return None, 0.0
    return None, 0.0

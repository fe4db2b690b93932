"""Puts scans on the board, and says of each how we hear of it: at once, later, or not at all."""

from collections.abc import Callable
from functools import partial

from heimdall_desktop.application.accounts import Accounts
from heimdall_desktop.application.history_loader import HistoryLoader
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.watches import Watches
from heimdall_desktop.domain.facts.errors import LinkError, Reason, TooManyScans
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection, ConnectionSeen
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl

#: Measured by `tests/benchmarks/many_watches.py`, all scans running, on two cores that had other
#: work too: 200 are read within 15 s, and the window waits 0.26 s at most; of 300 most are not read
#: after 60 s, since their polls leave the server no time for listings, and it waits 0.6 s.
MOST_WATCHED = 200


class WatchStarter:
    """Watches scans whose server we have a token for; the others wait on the board for one.

    Args:
        store: All watched scans.
        watches: Ask the servers.
        accounts: The servers and their tokens.
        earlier: Brings back what an earlier session knew of a scan.
        clock: Our monotonic clock.
    """

    def __init__(
        self,
        store: Store,
        watches: Watches,
        accounts: Accounts,
        earlier: HistoryLoader,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._watches, self._accounts = store, watches, accounts
        self._earlier, self._clock = earlier, clock

    @property
    def is_full(self) -> bool:
        """Whether there is no room for one more."""
        return len(self._store) >= MOST_WATCHED

    def require_room(self) -> None:
        """Refuse one more scan where the window could not follow it.

        Raises:
            TooManyScans: that is so.
        """
        if self.is_full:
            raise TooManyScans(Reason.TOO_MANY_SCANS, most=MOST_WATCHED)

    def add(self, link: ServerSession, scan_id: ScanId) -> ScanId:
        """Watch a scan of a server that may be new here, and return what it is called here.

        Raises:
            TooManyScans: it is not watched yet, and there is no room for one more.
        """
        if not self._store.watches(link.url, scan_id):
            self.require_room()
        return self.take_up(link, scan_id)

    def take_up(self, link: ServerSession, scan_id: ScanId) -> ScanId:
        """Watch a scan that is on the board, or was in the last session, however many are."""
        scan_id = self._store.identities.claim_scan(link.url, scan_id)
        scan = self._store.scan(scan_id) or Scan(scan_id, link.url, is_local=link.is_embedded)
        self._store.add(scan)
        if link.is_signed_in:
            seen = ConnectionSeen(scan_id, Connection.CONNECTING, self._clock())
            self._store.observe(seen)  # findings that come back may take a while
            self._earlier.when_back(scan_id, partial(self._start_watch, link, scan))
        else:
            self.sign_out(scan_id)
        return scan_id

    def leave_stale(self, scan: Scan) -> None:
        """Show what was kept of a scan whose server's address cannot be used at present."""
        since_s = self._clock() if scan.last_answer_at_s is None else scan.last_answer_at_s
        seen = ConnectionSeen(
            scan.id, Connection.STALE, since_s, error=LinkError(Reason.SCAN_SERVER_UNUSABLE)
        )
        self._store.observe(seen)

    def sign_out(self, scan_id: ScanId) -> None:
        """Hear of a scan no more, as we have no token for its server."""
        self._watches.pause(scan_id)
        self._store.observe(self._signed_out(scan_id))

    def resume(self, link: ServerSession) -> None:
        """Go on with the scans of a server that has a token again."""
        for scan in self._scans_of(link.url):
            if scan.connection_state is not Connection.ENDED:
                self.take_up(link, scan.id)

    def sign_out_all(self, server: ServerUrl) -> None:
        """Hear no more of the scans of a server."""
        for scan in self._scans_of(server):
            self.sign_out(scan.id)

    def _start_watch(self, link: ServerSession, scan: Scan) -> None:
        if link.is_signed_in:
            self._watches.start(scan, link)
        else:
            self.sign_out(scan.id)

    def _signed_out(self, scan_id: ScanId) -> ConnectionSeen:
        """How we hear of a scan whose server we have no token for, and whose fault that is."""
        scan = self._store.scan(scan_id)
        link = None if scan is None else self._accounts.known(scan.server)
        trouble = None if link is None else link.keyring_trouble
        before = None if scan is None else scan.connection
        has_answered = before is not None and before.is_answered
        error = None if trouble is None else trouble.kept()
        return ConnectionSeen(
            scan_id, Connection.SIGNED_OUT, self._clock(), error=error, is_answered=has_answered
        )

    def _scans_of(self, url: ServerUrl) -> list[Scan]:
        return [scan for scan in self._store if scan.server == url]

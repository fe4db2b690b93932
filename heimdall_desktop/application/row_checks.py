"""Everything that is read of one scan's findings: listings, pages in view again, totals by status.

One request at a time. A listing goes first, because it settles what the others only hint at.
"""

from collections.abc import Callable

from heimdall_desktop.application.finding_sync import FindingSync
from heimdall_desktop.application.server_session import ServerSession
from heimdall_desktop.application.status_totals import StatusTotals
from heimdall_desktop.application.visible_page_refresher import VisiblePageRefresher
from heimdall_desktop.domain.facts.observation import ListingEnded, Observation
from heimdall_desktop.domain.facts.scan import Scan


class RowChecks:
    """Knows what is due, and reads it.

    Attributes:
        sync: the listings.
        rereading: the rounds over the pages in view.
        is_in_view: the analyst looks at this scan.
    """

    def __init__(
        self,
        scan: Scan,
        link: ServerSession,
        observe: Callable[[Observation], None],
        clock: Callable[[], float],
    ) -> None:
        self._scan = scan
        self._budget = link.request_budget
        self._clock = clock
        self.sync = FindingSync(scan, link.api, observe, clock)
        self.rereading = VisiblePageRefresher(scan, link.api, observe, clock)
        self._looks = StatusTotals(scan, link.api, clock)
        self.is_in_view = False
        self._has_turn = False
        self._is_reading = False

    def is_due(self, now_s: float) -> bool:
        """Whether there is something to read; may take a turn of the server's extra looks."""
        if self._scan.source is None or self._scan.is_stream_only:
            return False
        if self.sync.is_due(now_s):
            return True
        if self._is_reading:
            return False
        return self._is_page_due(now_s) or (self._scan.is_live and self._is_look_due(now_s))

    async def read(self) -> ListingEnded | None:
        """Read what is due; return how a listing ended, if there was one.

        Raises:
            ServerError, WireError: as the API does; what failed is due again later.
        """
        self._is_reading = True
        try:
            return await self._read(self._clock())
        finally:
            self._is_reading = False

    async def _read(self, now_s: float) -> ListingEnded | None:
        if self.sync.is_due(now_s):
            ended = await self.sync.read_due()
            if ended is not None:
                self.rereading.restart()
            return ended
        if self._is_page_due(now_s):
            is_news = await self.rereading.read_page()
        elif self._has_turn:
            self._has_turn = False
            is_news = await self._looks.look()
        else:
            return None
        if is_news:
            self.sync.want(self._clock())
        return None

    def _is_page_due(self, now_s: float) -> bool:
        return self.is_in_view and self._scan.has_listed_once and self.rereading.is_due(now_s)

    def _is_look_due(self, now_s: float) -> bool:
        """Whether a total may be asked for; a short round over the rows in view makes it idle."""
        if self.is_in_view and self.rereading.is_quick:
            return False
        if not self._has_turn and self._looks.is_due(now_s):
            self._has_turn = self._budget.take(self._scan.id)
        return self._has_turn

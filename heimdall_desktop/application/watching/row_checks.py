"""All reads of one scan's findings: listings, refreshed pages in view, totals by status.

One request at a time. A listing goes first, because it settles what the others only hint at.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from heimdall_desktop.application.watching.finding_sync import PAGE_ROWS, FindingSync
from heimdall_desktop.application.watching.health import WatchContext
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus
from heimdall_desktop.domain.facts.observation import FindingsListed, ListingEnded, Observation
from heimdall_desktop.domain.facts.scan import Scan

if TYPE_CHECKING:
    from heimdall_desktop.services.api import HeimdallApi


PAGE_GAP_S = 2.5
FEW_PAGES = 4  # this many are read again within ten seconds
TOTAL_GAP_S = 8.0  # between two readings of the same total, like two polls of a scan out of view
STATUSES = (  # a move between two of the five changes one of these; nearly all moves, the first
    FindingStatus.OPEN,
    FindingStatus.FALSE_POSITIVE,
    FindingStatus.CONFIRMED,
    FindingStatus.DISMISSED,
)


class VisiblePageRefresher:
    """Reads the findings in view again, one page for each call, round and round.

    A verdict, a proof, a patch or another person's triage appears only in the row itself
    (protocol.md 4.4). A round that has read every row counts as a listing spread over time, so
    that the sync status shows the age of its oldest page. Times are monotonic seconds.
    """

    def __init__(
        self,
        scan: Scan,
        api: "HeimdallApi",
        observe: Callable[[Observation], None],
        clock: Callable[[], float],
    ) -> None:
        self._scan, self._api, self._observe, self._clock = scan, api, observe, clock
        self._next_at_s = clock()
        self._page = 1
        self._began_s = 0.0
        self._seen: set[FindingId] = set()

    @property
    def is_quick(self) -> bool:
        """Whether a round is so short that no other check for changed rows is needed."""
        total = self._scan.sync_status.total
        return total is not None and total <= FEW_PAGES * PAGE_ROWS

    def is_due(self, now_s: float) -> bool:
        """Return whether it is time for the next page."""
        return now_s >= self._next_at_s

    def restart(self) -> None:
        """Start a new round: all rows have just been read by other means."""
        self._page = 1
        self._next_at_s = self._clock() + PAGE_GAP_S

    def postpone(self, wait_s: float) -> None:
        self._next_at_s = self._clock() + wait_s

    async def read_page(self) -> bool:
        """Read the next page; return whether there are more or fewer rows than were listed.

        Raises:
            ServerError, WireError: as the API does; the page is due again then.
        """
        asked_at_s = self._clock()
        self._next_at_s = asked_at_s + PAGE_GAP_S
        if self._page == 1:
            self._began_s, self._seen = asked_at_s, set()
        listed = await self._api.findings_page(self._scan.id, self._page, PAGE_ROWS)
        self._observe(FindingsListed(self._scan.id, asked_at_s, listed.findings))
        known = len(self._seen)
        is_full, kept = self._scan.is_full, self._scan.findings
        self._seen.update(row.id for row in listed.findings if not is_full or row.id in kept)
        total = self._scan.sync_status.total if listed.is_cut else listed.total
        if total is None:  # until a page brings nothing new (protocol.md 13)
            is_last, total = len(self._seen) == known, len(self._seen)
            is_news = is_last and total != self._scan.sync_status.total
        else:
            is_last = self._page * max(listed.per_page, 1) >= total or not listed.findings
            is_news = total != self._scan.sync_status.total
        self._page = 1 if is_last else self._page + 1
        read = len(self._seen)
        if is_last and read >= total:  # a listing repairs a round that missed something
            self._observe(ListingEnded(self._scan.id, self._began_s, total, read, is_whole=True))
        return is_news


class StatusTotals:
    """Reads how many findings have each status, one status at a time.

    A finding that gets another status moves no count of `/live` and no timestamp of its scan; only
    the totals of filtered listings show it (protocol.md 4.4). They are a hint to list, and
    settle nothing (T-5). Out of view only the total of `open` is read: a move that leaves it as it
    is shows when the scan comes into view, or in the next listing.
    """

    def __init__(self, scan: Scan, api: "HeimdallApi", clock: Callable[[], float]) -> None:
        self._scan, self._api, self._clock = scan, api, clock
        self._read_at_s = dict.fromkeys(STATUSES, float("-inf"))
        self._known: dict[FindingStatus, tuple[int, int]] = {}  # the last total, and our rows then

    def due(self, now_s: float, *, is_in_view: bool) -> FindingStatus | None:
        """Return the status whose total was read the longest ago, if that is long enough ago."""
        statuses = STATUSES if is_in_view else STATUSES[:1]
        status = min(statuses, key=self._read_at_s.__getitem__)
        is_due = now_s - self._read_at_s[status] >= TOTAL_GAP_S
        return status if self._scan.has_listed_once and is_due else None

    async def read(self, status: FindingStatus) -> bool:
        """Request a total; return whether it has changed otherwise than our rows.

        Raises:
            ServerError, WireError: as the API does.
        """
        self._read_at_s[status] = self._clock()
        total = await self._api.findings_total(self._scan.id, status)
        if total is None:
            return False
        rows = sum(each.status is status for each in self._scan.findings.values())
        known_total, known_rows = self._known.get(status, (rows, rows))
        self._known[status] = total, rows
        return total != known_total and total - known_total != rows - known_rows


class RowChecks:
    """Knows what is due, and reads it.

    Attributes:
        sync: the listings.
        rereading: the rounds over the pages in view.
        is_in_view: the analyst views this scan.
    """

    def __init__(self, context: WatchContext) -> None:
        scan, api, clock = context.scan, context.link.api, context.clock
        self._scan, self._clock, self._budget = scan, clock, context.link.request_budget
        self.sync = FindingSync(scan, api, context.observe, clock)
        self.rereading = VisiblePageRefresher(scan, api, context.observe, clock)
        self._totals = StatusTotals(scan, api, clock)
        self.is_in_view = False
        self._has_turn = False
        self._is_reading = False

    def is_due(self, now_s: float) -> bool:
        """Return whether a read is due; may take a turn of the server's extra requests."""
        if self._scan.source is None or self._scan.is_stream_only:
            return False
        if self.sync.is_due(now_s):
            return True
        if self._is_reading:
            return False
        if self._is_page_due(now_s):
            return True
        return self._due_total(now_s) is not None

    async def read(self) -> ListingEnded | None:
        """Read what is due; return how a listing ended, if there was one.

        Raises:
            ServerError, WireError: as the API does; what failed is due again later.
        """
        self._is_reading, now_s, is_news = True, self._clock(), False
        try:
            if self.sync.is_due(now_s):
                ended = await self.sync.read_due()
                if ended is not None:
                    self.rereading.restart()
                return ended
            if self._is_page_due(now_s):
                is_news = await self.rereading.read_page()
            elif (status := self._due_total(now_s)) is not None:
                self._has_turn = False
                is_news = await self._totals.read(status)
            if is_news:
                self.sync.want(self._clock())
            return None
        finally:
            self._is_reading = False

    def _is_page_due(self, now_s: float) -> bool:
        return self.is_in_view and self._scan.has_listed_once and self.rereading.is_due(now_s)

    def _due_total(self, now_s: float) -> FindingStatus | None:
        """Return the status whose total is due; out of view, only when it is this scan's turn."""
        if not self._scan.is_live or (self.is_in_view and self.rereading.is_quick):
            return None  # a short round over the rows in view replaces the totals
        status = self._totals.due(now_s, is_in_view=self.is_in_view)
        if status is not None and not (self.is_in_view or self._has_turn):
            self._has_turn = self._budget.take_turn(self._scan.id)
        return status if self.is_in_view or self._has_turn else None

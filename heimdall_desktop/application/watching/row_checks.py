"""All reads of one scan's findings: listings, refreshed pages in view, totals, the last check.

One request at a time. A listing goes first, because it settles what the others only hint at.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from heimdall_desktop.application.watching import poller
from heimdall_desktop.application.watching.finding_sync import PAGE_ROWS, FindingSync
from heimdall_desktop.application.watching.health import WatchContext
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus
from heimdall_desktop.domain.facts.observation import (
    FindingsListed,
    ListingEnded,
    Observation,
    ScanSource,
)
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
        rows = self._scan.statuses[status]
        known_total, known_rows = self._known.get(status, (rows, rows))
        self._known[status] = total, rows
        return total != known_total and total - known_total != rows - known_rows


class EndChecked(Struct, frozen=True):
    """The rows of a completed scan agree with the server's totals and its first page.

    Attributes:
        asked_at_s: when the first total was requested.
        is_worth_repeating: never; a check that shows a difference causes a listing instead.
    """

    asked_at_s: float
    is_worth_repeating: bool = False


class RowChecks:
    """Knows what is due, and reads it.

    The rows of a completed scan that were listed in one round are not listed a second time: four
    totals by status and the first page are compared with them (T-38). Rows that differ, and a
    server that can't report this, cause a listing.

    Attributes:
        sync: the listings.
        rereading: the rounds over the pages in view.
        is_in_view: the analyst views this scan.
    """

    def __init__(self, context: WatchContext) -> None:
        scan, api, clock = context.scan, context.link.api, context.clock
        self._scan, self._clock, self._budget = scan, clock, context.link.request_budget
        self._api, self._observe = api, context.observe
        self._check_at_s: float | None = None
        self.sync = FindingSync(scan, api, context.observe, clock)
        self.rereading = VisiblePageRefresher(scan, api, context.observe, clock)
        self._totals = StatusTotals(scan, api, clock)
        self.is_in_view = False
        self._has_turn = False
        self._is_reading = False

    @property
    def can_check(self) -> bool:
        """Whether a check is enough: all rows were listed in one round, and nothing moved since."""
        has_all = self._scan.is_checked_to_the_end and self.sync.rounds == 1
        is_counted = self._scan.source is ScanSource.LIVE
        return has_all and is_counted and not self.sync.is_wished(self._clock())

    def check_end(self, at_s: float) -> None:
        """Request the check of a completed scan at a moment, or when one is requested already."""
        self._check_at_s = at_s if self._check_at_s is None else max(self._check_at_s, at_s)

    def renew(self, at_s: float, *, is_urgent: bool = False) -> None:
        """Request what shows changed rows: the check where it is enough, else a listing."""
        if self.can_check:
            self.check_end(at_s)
        else:
            self.sync.want(at_s, is_urgent=is_urgent)

    def is_owed(self, now_s: float) -> bool:
        """Return whether a listing or a check that was requested by now has not ended."""
        is_listed = not self.sync.is_listing and not self.sync.is_wished(now_s)
        return not is_listed or self._is_check_due(now_s)

    def is_due(self, now_s: float) -> bool:
        """Return whether a read is due; may take a turn of the server's extra requests."""
        if self._scan.source is None or self._scan.is_stream_only:
            return False
        if self.sync.is_due(now_s):
            return True
        if self._is_reading:
            return False
        if self._is_check_due(now_s) or self._is_page_due(now_s):
            return True
        return self._due_total(now_s) is not None

    async def read(self) -> ListingEnded | EndChecked | None:
        """Read what is due; return how a listing ended, or the check that replaces one.

        Raises:
            ServerError, WireError: as the API does; what failed is due again later.
        """
        self._is_reading, now_s, is_news = True, self._clock(), False
        try:
            if self.sync.is_due(now_s):
                ended = await self.sync.read_due()
                if ended is not None:
                    self.rereading.restart()
                    if self._is_check_due(ended.asked_at_s):
                        self._check_at_s = None  # the listing has read more
                return ended
            if self._is_check_due(now_s):
                return await self._check_end()
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

    async def _check_end(self) -> EndChecked | None:
        """Compare the rows with the server; list them again if they differ, or can't be compared.

        Raises:
            ServerError, WireError: as the API does.
        """
        asked_at_s, check_at_s = self._clock(), self._check_at_s
        try:
            is_same = self.can_check and await self._is_as_held()
        except (errors.ServerUnreachable, errors.ServerBusy):
            self.check_end(self._clock() + poller.INCOMPLETE_RETRY_S)
            raise
        except (errors.ServerError, errors.WireError):  # it may lack totals by status
            self.sync.want(self._clock() + poller.INCOMPLETE_RETRY_S)
            raise
        finally:
            if self._check_at_s == check_at_s:
                self._check_at_s = None
        if is_same and self.can_check:
            return EndChecked(asked_at_s)
        self.sync.want(self._clock())
        return None

    async def _is_as_held(self) -> bool:
        scan = self._scan
        for status in STATUSES:
            if await self._api.findings_total(scan.id, status) != scan.statuses[status]:
                return False
        page_at_s = self._clock()
        listed = await self._api.findings_page(scan.id, 1, PAGE_ROWS)
        is_same = listed.total == scan.sync_status.total
        for row in listed.findings:
            known = scan.findings.get(row.id)
            is_same = is_same and known is not None and row.updated_at <= known.updated_at
        self._observe(FindingsListed(scan.id, page_at_s, listed.findings))
        return is_same

    def _is_check_due(self, now_s: float) -> bool:
        return self._check_at_s is not None and now_s >= self._check_at_s

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

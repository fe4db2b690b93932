"""Reads the findings in view again, one page at a time, round and round.

A verdict, a proof, a patch or somebody else's triage shows nowhere but in the row itself
(heimdall-api.md 4.4). A round that has read every row counts as a listing spread over time, so that
the ledger tells the age of its oldest page.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from heimdall_desktop.application.finding_sync import PAGE_ROWS
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.observation import FindingsListed, ListingEnded, Observation
from heimdall_desktop.domain.facts.scan import Scan

if TYPE_CHECKING:  # `application/server_session.py` loads it
    from heimdall_desktop.services.api import HeimdallApi

PAGE_GAP_S = 2.5
FEW_PAGES = 4  # so many are read again within ten seconds


class VisiblePageRefresher:
    """One scan's rounds; reads one page when told to. Moments are monotonic seconds."""

    def __init__(
        self,
        scan: Scan,
        api: "HeimdallApi",
        observe: Callable[[Observation], None],
        clock: Callable[[], float],
    ) -> None:
        self._scan = scan
        self._api = api
        self._observe = observe
        self._clock = clock
        self._next_at_s = clock()
        self._page = 1
        self._began_s = 0.0
        self._seen: set[FindingId] = set()

    @property
    def is_quick(self) -> bool:
        """Whether a round takes so little time that nothing else need look for changed rows."""
        total = self._scan.ledger.total
        return total is not None and total <= FEW_PAGES * PAGE_ROWS

    def is_due(self, now_s: float) -> bool:
        """Whether it is time for the next page."""
        return now_s >= self._next_at_s

    def restart(self) -> None:
        """Begin a new round: all rows have just been read by other means."""
        self._page = 1
        self._next_at_s = self._clock() + PAGE_GAP_S

    def put_off(self, wait_s: float) -> None:
        """Read nothing for a while."""
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
        total = listed.total
        if total is None:  # until a page brings nothing new (heimdall-api.md 13)
            is_last, total = len(self._seen) == known, len(self._seen)
            is_news = is_last and total != self._scan.ledger.total
        else:
            is_last = self._page * max(listed.per_page, 1) >= total or not listed.findings
            is_news = total != self._scan.ledger.total
        if is_last:
            self._end_round(total)
        self._page = 1 if is_last else self._page + 1
        return is_news

    def _end_round(self, total: int) -> None:
        """Tell of a round that missed nothing; one that did is for a listing to mend."""
        read = len(self._seen)
        if read >= total:
            self._observe(ListingEnded(self._scan.id, self._began_s, total, read, is_whole=True))

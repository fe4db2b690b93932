"""Reads a scan's findings until the list agrees with the server's own total.

Source: heimdall-api.md T-1 to T-6 and 8.1 step 4. A listing drifts while rows come and move, so
rows are collected by id over at most three rounds; what was read is kept whatever comes of it.
"""

from collections.abc import Callable, Collection

from heimdall_desktop.application.pace import INCOMPLETE_RETRY_S, listing_rest_s
from heimdall_desktop.domain.errors import NotVisible
from heimdall_desktop.domain.finding import FindingId, ScanId
from heimdall_desktop.domain.observation import FindingsListed, ListingEnded, Observation
from heimdall_desktop.services.api import HeimdallApi

PAGE_ROWS = 100  # the server's cap; more is cut without a word (T-6)
ROUNDS = 3  # T-4


class FindingSync:
    """Decides when a listing is due, and runs one at a time.

    `want` asks for one; `is_due` says when it may begin. All moments are monotonic seconds.
    """

    def __init__(
        self,
        scan_id: ScanId,
        api: HeimdallApi,
        observe: Callable[[Observation], None],
        clock: Callable[[], float],
    ) -> None:
        self._scan_id = scan_id
        self._api = api
        self._observe = observe
        self._clock = clock
        self._wanted_at_s: float | None = None
        self._allowed_at_s = float("-inf")

    def want(self, at_s: float, *, is_urgent: bool = False) -> None:
        """Ask for a listing at a moment; the earliest wish counts.

        Args:
            at_s: not before this moment.
            is_urgent: do not wait for the pause after the listing before.
        """
        self._wanted_at_s = at_s if self._wanted_at_s is None else min(at_s, self._wanted_at_s)
        if is_urgent:
            self._allowed_at_s = float("-inf")

    def is_due(self, now_s: float) -> bool:
        """Whether a listing should begin now."""
        return self._wanted_at_s is not None and now_s >= max(self._wanted_at_s, self._allowed_at_s)

    async def list_all(self) -> ListingEnded:
        """Read every page, again if the rows do not add up, and say how it ended.

        Raises:
            ServerError, WireError: as the API does; a listing is wanted again then.
        """
        began_s = self._clock()
        self._wanted_at_s = None
        try:
            ended = await self._rounds(began_s)
        except BaseException:
            self.want(self._clock() + INCOMPLETE_RETRY_S)
            raise
        finally:
            now_s = self._clock()
            self._allowed_at_s = now_s + listing_rest_s(now_s - began_s)
        self._observe(ended)
        if not ended.is_whole:
            self.want(self._clock() + INCOMPLETE_RETRY_S)
        return ended

    async def read(self, finding_ids: Collection[FindingId]) -> None:
        """Read a few findings singly, so that they show at once.

        Raises:
            ServerError, WireError: as the API does.
        """
        for finding_id in finding_ids:
            asked_at_s = self._clock()
            try:
                finding = await self._api.finding(finding_id)
            except NotVisible:
                continue
            if finding.scan_id == self._scan_id:
                self._observe(FindingsListed(self._scan_id, asked_at_s, (finding,)))

    async def _rounds(self, began_s: float) -> ListingEnded:
        ids: set[FindingId] = set()
        total = 0
        for _ in range(ROUNDS):
            total = await self._pages(ids)
            if len(ids) >= total:
                break
        return ListingEnded(self._scan_id, began_s, total, len(ids), is_whole=len(ids) >= total)

    async def _pages(self, ids: set[FindingId]) -> int:
        """Read one round of pages into `ids` and return the total the last page told."""
        page = 1
        while True:
            asked_at_s = self._clock()
            listed = await self._api.findings_page(self._scan_id, page, PAGE_ROWS)
            ids.update(finding.id for finding in listed.findings)
            self._observe(FindingsListed(self._scan_id, asked_at_s, listed.findings))
            is_empty = not listed.findings and not listed.bad_rows
            if is_empty or page * max(listed.per_page, 1) >= listed.total:
                return listed.total
            page += 1

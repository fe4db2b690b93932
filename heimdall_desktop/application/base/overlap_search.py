"""Searches scans for findings of two sources with other verdicts, once their rows rest."""

import asyncio
from collections.abc import Iterable

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.disagreements import search_overlaps
from heimdall_desktop.domain.facts.change import Change, RowChange, ScanEmptied
from heimdall_desktop.domain.facts.finding import ScanId

REST_S = 0.5  # without a change of a row, before a scan is searched
MOST_S = 5.0  # a scan whose rows never rest is searched after that


class OverlapSearch:
    """Keeps the overlaps in a store up to date; it does nothing while no row changes.

    Args:
        rest_s, most_s: see `REST_S` and `MOST_S`.
    """

    def __init__(
        self, store: Store, tasks: Tasks, *, rest_s: float = REST_S, most_s: float = MOST_S
    ) -> None:
        self._store, self._tasks = store, tasks
        self._rest_s, self._most_s = rest_s, most_s
        self._waiting: dict[ScanId, None] = {}
        self._has_news = self._is_working = False

    def take(self, changes: Iterable[Change]) -> None:
        """Note the scans whose findings have changed."""
        moved: dict[ScanId, None] = {}
        for change in changes:
            if isinstance(change, RowChange):
                moved[change.finding.scan_id] = None
            elif isinstance(change, ScanEmptied):
                moved[change.scan_id] = None
        if moved:
            self._waiting |= moved
            self._has_news = True
            if not self._is_working:
                self._is_working = True
                self._tasks.spawn(self._work(), name="search for disagreements")

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                began_s = loop.time()
                while self._has_news and loop.time() - began_s < self._most_s:
                    self._has_news = False
                    await asyncio.sleep(self._rest_s)
                scan_id = next(iter(self._waiting))
                del self._waiting[scan_id]
                scan = self._store.scan(scan_id)
                if scan is None:
                    continue
                for overlaps in search_overlaps(scan.findings.values()):
                    if overlaps is not None:
                        self._store.keep_overlaps(scan_id, overlaps)
                    await asyncio.sleep(0)
        finally:
            self._is_working = False

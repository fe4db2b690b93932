"""Compares scans of one repository: two chosen ones, and automatically each with the one before.

Scans that are not watched are read by `RepoScans`. Source: protocol.md 4.0, 4.4, T-5.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Reply, RequestTasks
from heimdall_desktop.application.requests.repo_scans import RepoScans, age
from heimdall_desktop.domain.comparison import ScanComparison, compare
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.change import Change, RowChange
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.scan import Outcome, Scan

log = logging.getLogger("heimdall.comparison")

CHOICES = 20  # scans of a repository that one can choose among
REST_S = 5.0  # without new rows for this long, a scan is compared automatically
PATIENCE_S = 60.0  # a limit, because some scan always has news
MOST_BY_ITSELF = 5_000  # findings of a scan that is compared automatically
AGAIN_S = 600.0  # a failed comparison is retried no sooner


class ComparisonRequests:
    """Compares scans, and keeps the results in the store.

    Args:
        rest_s: Seconds without other reads before a scan is compared automatically.

    Attributes:
        is_automatic: Each ended scan is compared automatically with the one before it.
    """

    def __init__(
        self,
        store: Store,
        scans: RepoScans,
        tasks: RequestTasks,
        *,
        clock: Callable[[], float],
        rest_s: float = REST_S,
    ) -> None:
        self._store, self._scans, self._tasks = store, scans, tasks
        self._clock, self._rest_s = clock, rest_s
        self.is_automatic = False
        self._due: dict[ScanId, None] = {}
        self._tried_at_s: dict[ScanId, float] = {}
        self._read_at_s = float("-inf")
        self._is_working = False

    # -- requests of the window --

    def request_scans(self, scan_id: ScanId, on_answer: Reply[tuple[Scan, ...]]) -> None:
        """Read which scans of the repository of a scan have ended, newest first."""

        async def read() -> tuple[Scan, ...]:
            scan = self._scans.require(scan_id)
            others = await self._scans.others_of(scan)
            ended = [each for each in (scan, *others) if each.status in TERMINAL_STATUSES]
            return tuple(sorted(ended, key=age, reverse=True)[:CHOICES])

        self._tasks.start(read, on_answer, name="read scans of a repository")

    def request_last(self, scan_id: ScanId, on_answer: Reply[ScanComparison]) -> None:
        """Compare a scan with the last one that completed before it."""
        self._tasks.start(
            partial(self._compare_with_last, scan_id), on_answer, name="compare with the last scan"
        )

    def request_comparison(
        self, before: ScanId, after: ScanId, on_answer: Reply[ScanComparison]
    ) -> None:
        """Compare two scans of one repository."""
        compare_both = partial(self._compare_both, before, after)
        self._tasks.start(compare_both, on_answer, name="compare two scans")

    def request_refresh(
        self, before: ScanId, after: ScanId, on_answer: Reply[ScanComparison]
    ) -> None:
        """Compare two scans again, both as they are on the server now."""
        compare_both = partial(self._compare_both, before, after, is_fresh=True)
        self._tasks.start(compare_both, on_answer, name="compare two scans again")

    def is_old(self, comparison: ScanComparison) -> bool:
        """Return whether either scan may have changed unseen: not watched, and not read recently.

        A large comparison is never old: it takes hundreds of requests, which the user must start.
        """
        since_s = self._clock() - AGAIN_S
        return len(comparison.findings.rows) <= MOST_BY_ITSELF and any(
            self._store.scan(each) is None and self._scans.read_s.get(each, since_s) <= since_s
            for each in (comparison.before, comparison.after)
        )

    def scan(self, scan_id: ScanId) -> Scan | None:
        """Return a scan that is watched, or was read for a comparison."""
        return self._scans.scan(scan_id)

    # -- automatic comparisons --

    def take(self, changes: Sequence[Change]) -> None:
        """Follow changes, and compare scans that have ended."""
        if not self.is_automatic:
            return
        moved: set[ScanId] = set()
        seen: dict[ScanId, None] = {}
        for change in changes:
            if isinstance(change, RowChange):
                moved.add(change.finding.scan_id)
            else:
                seen[change.scan_id] = None
        if moved:
            self._read_at_s = self._clock()
        comparisons, tried_before_s = self._store.comparisons, self._clock() - AGAIN_S
        for scan in self._store:
            known = comparisons.of(scan.id)
            is_other = known is not None and not moved.isdisjoint((known.before, known.after))
            is_first = scan.id in seen and scan.id not in comparisons.since_last
            is_first &= len(scan.findings) <= MOST_BY_ITSELF  # else the one before is large as well
            is_first &= self._tried_at_s.get(scan.id, float("-inf")) <= tried_before_s
            if (is_other or is_first) and is_comparable(scan):
                self._due[scan.id] = None
        if self._due and not self._is_working:
            self._is_working = True
            self._tasks.start(self._work, lambda _answer: None, name="compare ended scans")

    async def _work(self) -> None:
        """Compare due scans, one at a time, whenever nothing else is read.

        Each is compared as its findings are now: with the last one, then with a chosen one.
        """
        try:
            while self._due:
                began_s = self._clock()
                while True:
                    rests_at_s = min(self._read_at_s + self._rest_s, began_s + PATIENCE_S)
                    wait_s = rests_at_s - self._clock()
                    if wait_s <= 0:
                        break
                    await asyncio.sleep(wait_s)
                scan_id = next(iter(self._due))
                del self._due[scan_id]
                self._tried_at_s[scan_id] = self._clock()
                known = self._store.comparisons.of(scan_id)
                try:
                    if known is None or not known.is_usual:
                        await self._compare_with_last(scan_id)
                    if known is not None:
                        await self._compare_both(known.before, scan_id, is_usual=known.is_usual)
                except errors.HeimdallError as error:
                    log.info("couldn't compare a scan: %s", error)
                self._read_at_s = self._clock()  # so that the server rests as well
        finally:
            self._is_working = False

    # -- comparing --

    async def _compare_with_last(self, scan_id: ScanId) -> ScanComparison:
        scan = self._scans.require(scan_id)
        for other in await self._scans.others_of(scan):
            if age(other) < age(scan) and other.outcome is Outcome.COMPLETED:
                return await self._compare_both(other.id, scan_id, is_usual=True)
        raise errors.NotVisible(errors.Reason.NO_EARLIER_SCAN)

    async def _compare_both(
        self, before: ScanId, after: ScanId, *, is_usual: bool | None = None, is_fresh: bool = False
    ) -> ScanComparison:
        if is_usual is None:  # both were chosen
            known = self._store.comparisons.of(after)
            is_usual = known is not None and known.before == before and known.is_usual
        old = await self._scans.with_rows(before, after, is_fresh=is_fresh)
        new = await self._scans.with_rows(after, before, is_fresh=is_fresh)
        rows = list(old.findings.values()), list(new.findings.values())
        found = await asyncio.to_thread(compare, *rows)  # 200,000 rows take a second or two
        is_whole = all(map(is_comparable, (old, new)))
        comparison = ScanComparison(before, after, found, is_whole, is_usual)
        self._store.keep_comparison(comparison)
        return comparison


def is_comparable(scan: Scan) -> bool:
    """Return whether a scan completed, and all its findings were read."""
    is_known = scan.repo_id is not None and not scan.is_stream_only
    return is_known and scan.is_checked_to_the_end and not scan.not_scanned

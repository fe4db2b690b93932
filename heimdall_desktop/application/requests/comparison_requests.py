"""Compares scans of one repository: two chosen ones, and automatically each with the one before.

A scan that is not watched comes from the history. Otherwise it is read once, as a watched one is,
and read again only on request. It stays here and never appears on the board.
Source: protocol.md 4.0, 4.4, T-5.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Reply, RequestTasks
from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.requests.scan_requests import refuse_missing, require_link
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.domain.comparison import ScanComparison, compare
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.change import Change, RowChange
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.listed_rows import LONG_BYTES, TextRoom
from heimdall_desktop.domain.facts.observation import RepoRead, ScanRead
from heimdall_desktop.domain.facts.readings import TERMINAL_STATUSES
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.presentation.board.source_text import Feature

log = logging.getLogger("heimdall.comparison")

PAGES = 5  # of a repository's scans that are searched for a scan and those before it
LOOKED_AT = 100  # of these, whose details are read: no page has to list the newest first
READS_KEPT = 1_000  # of scans that had ended when they were read
CHOICES = 20  # scans of a repository that one can choose among
OTHERS_KEPT = 20  # scans that are read but not watched
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
        accounts: Accounts,
        tasks: RequestTasks,
        earlier: HistoryLoader,
        *,
        clock: Callable[[], float],
        rest_s: float = REST_S,
    ) -> None:
        self._store, self._accounts, self._tasks = store, accounts, tasks
        self._earlier, self._clock, self._rest_s = earlier, clock, rest_s
        self.is_automatic = False
        self._room = TextRoom()
        self._room.long = LONG_BYTES  # pairs are found by the short texts alone
        self._others: dict[ScanId, Scan] = {}
        self._heads: dict[ScanId, ScanRead] = {}  # of scans that have ended
        self._read_s: dict[ScanId, float] = {}  # when scans that are not watched were read
        self._due: dict[ScanId, None] = {}
        self._tried_at_s: dict[ScanId, float] = {}
        self._read_at_s = float("-inf")
        self._is_working = False

    # -- requests of the window --

    def request_scans(self, scan_id: ScanId, on_answer: Reply[tuple[Scan, ...]]) -> None:
        """Read which scans of the repository of a scan have ended, newest first."""

        async def read() -> tuple[Scan, ...]:
            scan = self._require(scan_id)
            others = await self._scans_of(scan)
            ended = [each for each in (scan, *others) if each.status in TERMINAL_STATUSES]
            return tuple(sorted(ended, key=_age, reverse=True)[:CHOICES])

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
            self._store.scan(each) is None and self._read_s.get(each, since_s) <= since_s
            for each in (comparison.before, comparison.after)
        )

    def scan(self, scan_id: ScanId) -> Scan | None:
        """Return a scan that is watched, or was read for a comparison."""
        return self._store.scan(scan_id) or self._others.get(scan_id)

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
        scan = self._require(scan_id)
        for other in await self._scans_of(scan):
            if _age(other) < _age(scan) and other.outcome is Outcome.COMPLETED:
                return await self._compare_both(other.id, scan_id, is_usual=True)
        raise errors.NotVisible(errors.Reason.NO_EARLIER_SCAN)

    async def _compare_both(
        self, before: ScanId, after: ScanId, *, is_usual: bool | None = None, is_fresh: bool = False
    ) -> ScanComparison:
        if is_usual is None:  # both were chosen
            known = self._store.comparisons.of(after)
            is_usual = known is not None and known.before == before and known.is_usual
        old = await self._with_rows(before, after, is_fresh=is_fresh)
        new = await self._with_rows(after, before, is_fresh=is_fresh)
        rows = list(old.findings.values()), list(new.findings.values())
        found = await asyncio.to_thread(compare, *rows)  # 200,000 rows take a second or two
        is_whole = all(map(is_comparable, (old, new)))
        comparison = ScanComparison(before, after, found, is_whole, is_usual)
        self._store.keep_comparison(comparison)
        return comparison

    def _require(self, scan_id: ScanId) -> Scan:
        """Return a known scan whose server offers comparisons, or raise why there is none."""
        scan = self.scan(scan_id)
        if scan is None or scan.repo_id is None:
            raise errors.NotVisible(errors.Reason.SCAN_NOT_WATCHED)
        refuse_missing(scan, Feature.COMPARISON)
        return scan

    # -- the other scans of a repository --

    async def _scans_of(self, scan: Scan) -> list[Scan]:
        """Return other scans of the repository of a scan, the newest first."""
        found = []
        for scan_id in (await self._ids_of(scan))[:LOOKED_AT]:
            if scan_id == scan.id:
                continue
            try:
                other = await self._read(scan_id, scan)
            except errors.NotVisible:
                continue
            if other.repo_id == scan.repo_id:
                found.append(other)
        return sorted(found, key=_age, reverse=True)

    async def _ids_of(self, scan: Scan) -> list[ScanId]:
        """Return the scans of its repository as its pages list them, then other known ones.

        Known are scans that are watched, were read, or were kept.
        """
        at: dict[ScanId, datetime] = {}
        for past in self._earlier.past.scans:
            for read in past.head if past.server == scan.server else ():
                if isinstance(read, ScanRead) and read.repo_id == scan.repo_id:
                    at[past.scan_id] = read.created_at
        for other in (*self._store, *self._others.values()):
            if other.repo_id == scan.repo_id and other.server == scan.server and other.created_at:
                at[other.id] = other.created_at
        known = sorted(at, key=lambda each: at[each], reverse=True)
        link = self._accounts.known(scan.server)
        if link is None or not link.is_signed_in or scan.repo_id is None:
            return known
        ids: dict[ScanId, None] = {}
        try:
            for page in range(1, PAGES + 1):
                listed = (await link.pages.repo(scan.repo_id, page)).scans
                reported = [self._store.identities.scan_id(link.url, each) for each in listed]
                is_over = not set(reported) - set(ids) or scan.id in ids
                ids |= dict.fromkeys(reported)
                if is_over or scan.id in reported[:-1]:
                    break
        except errors.HeimdallError as error:
            log.info("couldn't list the scans of a repository: %s", error)
        return [*ids, *(each for each in known if each not in ids)]

    async def _read(self, scan_id: ScanId, like: Scan) -> Scan:
        """Return a scan of another scan's repository, with its description but not its rows."""
        known = self.scan(scan_id) or await self._earlier.kept_scan(scan_id, self._room)
        if known is None:
            read = self._heads.get(scan_id) or await require_link(self._accounts, like).api.scan(
                scan_id
            )
            if read.status in TERMINAL_STATUSES and len(self._heads) < READS_KEPT:
                self._heads[scan_id] = read
            known = Scan(scan_id, like.server, is_local=like.is_local, source=like.source)
            known.share(self._room)
            known.observe(read)
            known.observe(RepoRead(scan_id, like.repo_name, like.branch))
        if self._store.scan(scan_id) is None and known.status in TERMINAL_STATUSES:
            self._keep(known)
        return known

    def _keep(self, scan: Scan) -> None:
        self._others.pop(scan.id, None)
        self._others[scan.id] = scan
        while len(self._others) > OTHERS_KEPT:
            removed = self._others.pop(next(iter(self._others)))
            removed.share(TextRoom())
            self._read_s.pop(removed.id, None)

    async def _with_rows(self, scan_id: ScanId, other_id: ScanId, *, is_fresh: bool) -> Scan:
        """Return a scan with all its findings; read them now if it is neither watched nor read.

        One of both scans is known. `is_fresh` reads them now in any case, if the server has them.
        """
        other = self.scan(other_id)
        if other is not None and self.scan(scan_id) is None:  # it has left the board
            await self._read(scan_id, other)
        scan = self._require(scan_id)
        is_known = scan.sync_status.is_whole
        if self._store.scan(scan_id) is None and (is_fresh or not is_known):
            from heimdall_desktop.application.watching.finding_sync import FindingSync  # noqa: PLC0415 - main.LATE

            self._read_s[scan_id] = self._clock()
            link = require_link(self._accounts, scan)
            sync = FindingSync(scan, link.api, scan.observe, self._clock)
            sync.want(self._clock(), is_urgent=True)
            try:
                await sync.read_due()
                with suppress(*errors.ABSENT):  # reports files that were not scanned
                    scan.observe(await link.api.live(scan_id))
                self._keep(scan)
            except errors.NotVisible:
                if not is_known:
                    raise
        return scan


def is_comparable(scan: Scan) -> bool:
    """Return whether a scan completed, and all its findings were read."""
    is_known = scan.repo_id is not None and not scan.is_stream_only
    return is_known and scan.is_checked_to_the_end and not scan.not_scanned


def _age(scan: Scan) -> tuple[datetime, ScanId]:
    if scan.created_at is None:
        raise AssertionError("a scan whose repository is known was read")
    return scan.created_at, scan.id

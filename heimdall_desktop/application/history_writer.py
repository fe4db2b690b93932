"""Keeps the history up to date: collects changes and writes them about once a second.

Nothing waits for it and a failure loses nothing: what a save could not write waits for the next
one, while the live view continues. Scans of the embedded server are not kept: it ends with us.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from heimdall_desktop.application.pending_writes import PendingWrites
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.domain.alerts.alert import InboxLine, ToldRecord
from heimdall_desktop.domain.facts.change import (
    ActivityAdded,
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanMoved,
    ScanRemoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.errors import HistoryError
from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.stages.stage_times import ScanTimes, times_of
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.services.history import History
from heimdall_desktop.services.history_writing import Batch

SAVE_S = 1.0
BATCHES_AT_ONCE = 5  # 5,000 rows a second take a tenth of a core
AGE_S = 15.0  # how far the kept age may lag behind while nothing changes
RETRY_S = 10.0  # pause after a failed write
CLOSE_S = 5.0


class HistoryWriter:
    """Decides what is kept, and when it is written.

    Args:
        store: the current scans; read at each save.
        inbox: its lines are kept as they change.
        history: the destination of all writes; closed at the end.
        clock: monotonic seconds.
        is_kept: whether scans of a server are kept.

    Attributes:
        on_problem: receives a lasting problem once.
    """

    def __init__(
        self,
        store: Store,
        inbox: Inbox,
        history: History,
        *,
        clock: Callable[[], float],
        is_kept: Callable[[ServerUrl], bool],
    ) -> None:
        self._store = store
        self._history = history
        self._clock = clock
        self._is_server_kept = is_kept
        self._pending = PendingWrites(store)
        self._known_lines: set[str] = set()
        self._saved: dict[ScanId, float] = {}
        self._kept_times: dict[ScanId, ScanTimes] = {}
        self._saving = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._began_s = self._aged_at_s = clock()
        self._rest_until_s = float("-inf")
        self._told = ""
        self.on_problem: Callable[[HistoryError], None] = lambda _error: None
        self._inbox = inbox
        inbox.on_put = self._take_line

    # -- life --

    def start(self, tasks: Tasks, brought_back: Iterable[ScanId]) -> None:
        """Start to save; call this after the history was read and before anything is watched.

        The lines already in the inbox come from the history, and stay there whatever is watched.

        Args:
            tasks: runs the work.
            brought_back: the scans that come from the history.
        """
        self._began_s = self._aged_at_s = self._clock()
        self._saved = dict.fromkeys(brought_back, self._began_s)
        self._known_lines.update(line.key for line in self._inbox.lines)
        self._task = tasks.spawn(self._save_forever(), name="keep the history")

    async def aclose(self) -> None:
        """Save the rest, for a few seconds at most, and close the history."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        self._mark_ages()
        self._rest_until_s = float("-inf")
        with suppress(TimeoutError):  # missing data is read from the server again
            async with asyncio.timeout(CLOSE_S):
                await self.save()
        with suppress(TimeoutError):  # a disk that hangs must not block the program
            async with asyncio.timeout(CLOSE_S):
                await self._history.aclose()

    # -- collecting changes --

    def take(self, changes: Iterable[Change]) -> None:
        """Note what must be saved."""
        for change in changes:
            match change:
                case FindingAdded(finding) | FindingReplaced(finding):
                    self._take_row(finding)
                    self._take_snooze(change)
                case FindingDropped(finding):
                    self._drop_row(finding)
                case ScanRemoved(scan_id):
                    self._saved.pop(scan_id, None)
                    self._kept_times.pop(scan_id, None)
                    self._pending.forget(scan_id)
                case ScanEmptied(scan_id) if self._kept_scan(scan_id):
                    self._pending.empty(scan_id)
                case ActivityAdded(scan_id, activity) if self._kept_scan(scan_id):
                    self._pending.mark_activity(scan_id, activity)
                case ScanMoved(scan_id) | StagesMoved(scan_id):
                    self._take_move(scan_id)
                case _:
                    pass

    def keep_threat_model(self, kept: KeptThreatModel) -> None:
        """Note a threat model that was read."""
        if self._kept_scan(kept.model.scan_id):
            self._pending.mark_threat_model(kept)

    async def record(self, reported: Sequence[ToldRecord]) -> None:
        """Record what the user is about to be notified of; await this before the alert.

        Errors are not raised: sending the alert matters more than sending it only once.
        """
        kept = tuple(each for each in reported if self._kept_scan(each.scan_id))
        if not kept:
            return
        async with self._saving:
            batch = self._pending.telling(kept)
            if self._is_resting:
                self._pending.put_back(batch)
            else:
                await self._write(batch)

    async def save(self) -> None:
        """Save everything that is not saved yet, until an error occurs."""
        while await self._save_some():
            pass

    def _take_row(self, finding: Finding) -> None:
        scan = self._kept_scan(finding.scan_id)
        if scan is None or finding.id not in scan.findings:
            return
        if scan.asked_at_s(finding.id) > self._began_s:  # else it comes from the history
            self._pending.mark_row(scan.id, finding.id)

    def _take_snooze(self, change: FindingAdded | FindingReplaced) -> None:
        finding = change.finding
        known = change.previous if isinstance(change, FindingReplaced) else None
        before = None if known is None else known.snoozed_until
        has_moved = finding.snoozed_until != before or (known is None and finding.is_back)
        if has_moved and self._kept_scan(finding.scan_id):
            self._pending.mark_snooze(finding.scan_id, finding.id)

    def _drop_row(self, finding: Finding) -> None:
        """Write all rows of the scan again, without the removed one."""
        scan = self._kept_scan(finding.scan_id)
        if scan is not None:
            self._pending.empty(scan.id)
            for finding_id in scan.findings:
                self._pending.mark_row(scan.id, finding_id)

    def _take_move(self, scan_id: ScanId) -> None:
        scan = self._kept_scan(scan_id)
        if scan is None or (scan.last_told_at_s or self._began_s) <= self._began_s:
            return
        self._pending.mark(scan_id)
        times = times_of(scan)
        if times is not None and self._kept_times.get(scan_id) != times:
            self._kept_times[scan_id] = times
            self._pending.mark_times(times)

    def _take_line(self, line: InboxLine) -> None:
        if line.key in self._known_lines or self._kept_scan(line.scan_id):
            self._known_lines.add(line.key)
            self._pending.mark_line(line)

    def _kept_scan(self, scan_id: ScanId) -> Scan | None:
        scan = self._store.scan(scan_id)
        return scan if scan is not None and self._is_server_kept(scan.server) else None

    def _mark_ages(self) -> None:
        """Record good responses that changed nothing."""
        self._aged_at_s = self._clock()
        for scan in self._store:
            answered_at_s = scan.last_told_at_s or self._began_s
            if answered_at_s > self._saved.get(scan.id, self._began_s) and self._kept_scan(scan.id):
                self._pending.mark(scan.id)

    # -- saving --

    @property
    def _is_resting(self) -> bool:
        return self._clock() < self._rest_until_s

    async def _save_forever(self) -> None:
        while True:
            await asyncio.sleep(SAVE_S)
            if self._clock() - self._aged_at_s >= AGE_S:
                self._mark_ages()
            for _ in range(BATCHES_AT_ONCE):
                if not await self._save_some():
                    break

    async def _save_some(self) -> bool:
        """Write one batch; return whether there was one and it is written."""
        async with self._saving:
            if self._is_resting:
                return False
            batch = self._pending.next_batch()
            return not batch.is_empty and await self._write(batch)

    async def _write(self, batch: Batch) -> bool:
        try:
            missing = await self._history.save(batch)
        except HistoryError as error:
            self._pending.put_back(batch)
            self._meet(error)
            return False
        except BaseException:
            self._pending.put_back(batch)
            raise
        self._told = ""
        self._note_saved(batch, missing)
        return True

    def _note_saved(self, batch: Batch, missing: frozenset[ScanId]) -> None:
        """Note what the history has; a scan that it lost meanwhile is saved again in full."""
        for past in batch.scans:
            scan = self._store.scan(past.scan_id)
            if scan is not None and past.scan_id in missing and past.scan_id in self._saved:
                self._pending.mark_all(scan)
            self._saved[past.scan_id] = past.asked_at_s or self._began_s

    def _meet(self, error: HistoryError) -> None:
        self._rest_until_s = self._clock() + RETRY_S
        self.tell(error)

    def tell(self, error: HistoryError) -> None:
        """Report a problem with the history, but not the same one repeatedly."""
        if str(error) != self._told:
            self._told = str(error)
            self.on_problem(error)

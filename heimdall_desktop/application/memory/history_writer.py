"""Keeps the history up to date: collects changes and writes them about once a second.

Nothing waits for it and a failure loses nothing: what a save could not write waits for the next
one, while the live view continues. Scans of the embedded server are not kept: it ends with us.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress

from msgspec import Struct, field

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks, rest
from heimdall_desktop.domain.alerts.alert import InboxLine, NotifiedRecord
from heimdall_desktop.domain.facts.change import (
    ActivityAdded,
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanMoved,
    ScanRemoved,
    SeenMoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.errors import HistoryError
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, text_bytes
from heimdall_desktop.domain.facts.observation import Activity, FindingsListed
from heimdall_desktop.domain.facts.recorded import PastScan
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.seen import KeptSeen
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.pairing import KeptDecision, Owner
from heimdall_desktop.domain.stages.stage_times import ScanTimes, times_of
from heimdall_desktop.presentation.alerts.inbox import Inbox
from heimdall_desktop.services.history import History
from heimdall_desktop.services.history_tables import Batch

SAVE_S = 1.0
BATCHES_AT_ONCE = 5  # 5,000 rows a second take a tenth of a core
LISTING_S = 20.0  # how long writing waits for a listing, which it would slow down by a tenth
AGE_S = 15.0  # how far the kept age may lag behind while nothing changes
RETRY_S = 10.0  # pause after a failed write
BATCH_CLOSE_S = 5.0  # for each write at the end: a disk that hangs must not block the program
CLOSE_S = 60.0  # for all of them; 100,000 rows take some 5 s
ROW_BYTES = 4096  # of texts; an ordinary row has a third of it
ROWS_AT_ONCE = 1000  # of one batch, so that no transaction and no turn of the loop is long


class HistoryWriter:
    """Decides what is kept, and when it is written.

    Args:
        store: read at each save.
        history: closed at the end.
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
        self._saving, self._has_news = asyncio.Lock(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._began_s = self._aged_at_s = clock()
        self._rest_until_s = float("-inf")
        self._saved_at_s, self._rows_taken = clock(), 0
        self._reported_problem = ""
        self.on_problem: Callable[[HistoryError], None] = lambda _error: None
        self._inbox = inbox
        inbox.on_put = self._take_line

    # -- life --

    def start(self, tasks: Tasks, restored: Iterable[ScanId]) -> None:
        """Start to save; call this after the history was read and before anything is watched.

        The lines already in the inbox come from the history, and stay there whatever is watched;
        the `restored` scans come from there, too.
        """
        self._began_s = self._aged_at_s = self._clock()
        self._saved = dict.fromkeys(restored, self._began_s)
        self._known_lines.update(line.key for line in self._inbox.lines)
        self._task = tasks.spawn(self._save_forever(), name="keep the history")

    async def aclose(self) -> None:
        """Save the rest as long as each write is quick, and close the history."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        self._mark_ages()
        self._rest_until_s = float("-inf")
        with suppress(TimeoutError):  # missing data is read from the server again
            async with asyncio.timeout(CLOSE_S):
                while await asyncio.wait_for(self._save_some(), BATCH_CLOSE_S):
                    pass
        with suppress(TimeoutError):
            async with asyncio.timeout(BATCH_CLOSE_S):
                await self._history.aclose()

    # -- collecting changes --

    def take(self, changes: Iterable[Change]) -> None:
        self._has_news.set()
        for change in changes:
            match change:
                case FindingAdded(finding):
                    self._take_row(finding)
                case FindingReplaced(finding, previous):
                    self._take_row(finding, previous)
                case FindingDropped(finding) if scan := self._kept_scan(finding.scan_id):
                    self._pending.empty(scan.id)  # then all others are written again
                    self._pending.of_scan(scan.id).rows.update(dict.fromkeys(scan.findings))
                case ScanRemoved(scan_id):
                    self._saved.pop(scan_id, None)
                    self._kept_times.pop(scan_id, None)
                    self._pending.forget(scan_id)
                case ScanEmptied(scan_id) if self._kept_scan(scan_id):
                    self._pending.empty(scan_id)
                case SeenMoved(scan_id) if self._kept_scan(scan_id):
                    due = self._store.seen.take_unsaved(scan_id)
                    self._pending.seen.update(dict.fromkeys(due, scan_id))
                    if due:
                        self._pending.of_scan(scan_id)
                case ActivityAdded(scan_id, activity) if self._kept_scan(scan_id):
                    self._pending.of_scan(scan_id).activities[activity.key] = activity
                case ScanMoved(scan_id) | StagesMoved(scan_id) if scan := self._kept_scan(scan_id):
                    if (scan.last_update_at_s or self._began_s) > self._began_s:
                        self._pending.of_scan(scan_id)
                        times = times_of(scan)
                        if times is not None and self._kept_times.get(scan_id) != times:
                            self._kept_times[scan_id] = self._pending.times[scan_id] = times
                case _:
                    pass

    def keep_threat_model(self, kept: KeptThreatModel) -> None:
        if self._kept_scan(scan_id := kept.model.scan_id):
            self._pending.threat_models[scan_id] = kept
            self._pending.of_scan(scan_id)
            self._has_news.set()

    def keep_decisions(self, decisions: Iterable[KeptDecision]) -> None:
        """Keep decisions that outlive their scans; those that are open again are deleted."""
        self._pending.decisions.update({(each.owner, each.finding): each for each in decisions})
        self._has_news.set()

    def forget_decisions(self) -> None:
        """Write none of the decisions that are still to be written."""
        self._pending.decisions.clear()

    async def record(self, reported: Sequence[NotifiedRecord]) -> None:
        """Record what the user is about to be notified of; await this before the alert.

        Errors are not raised: sending the alert matters more than sending it only once.
        """
        kept = tuple(each for each in reported if self._kept_scan(each.scan_id))
        if not kept:
            return
        async with self._saving:
            batch = self._pending.alert_batch(kept)
            if self._clock() < self._rest_until_s:
                self._pending.put_back(batch)
            else:
                await self._write(batch)

    async def save(self) -> None:
        """Save everything that is not saved yet, until an error occurs."""
        while await self._save_some():
            pass

    def _take_row(self, finding: Finding, known: Finding | None = None) -> None:
        scan = self._kept_scan(finding.scan_id)
        if scan is None:
            return
        is_listed = finding.id in scan.findings
        if is_listed and scan.asked_at_s(finding.id) > self._began_s:  # else from the history
            self._pending.of_scan(scan.id).rows[finding.id] = None
            self._rows_taken += 1
        before = None if known is None else known.snoozed_until
        if finding.snoozed_until != before or (known is None and finding.is_back):
            self._pending.snoozes[finding.id] = scan.id
            self._pending.of_scan(scan.id)

    def _take_line(self, line: InboxLine) -> None:
        if line.key in self._known_lines or self._kept_scan(line.scan_id):
            self._known_lines.add(line.key)
            self._pending.lines[line.key] = line
            self._has_news.set()

    def _kept_scan(self, scan_id: ScanId) -> Scan | None:
        scan = self._store.scan(scan_id)
        return scan if scan is not None and self._is_server_kept(scan.server) else None

    def _mark_ages(self) -> None:
        """Record good responses that changed nothing."""
        self._aged_at_s = self._clock()
        for scan in self._store:
            answered_at_s = scan.last_update_at_s or self._began_s
            if answered_at_s > self._saved.get(scan.id, self._began_s) and self._kept_scan(scan.id):
                self._pending.of_scan(scan.id)

    # -- saving --

    async def _save_forever(self) -> None:
        while True:
            await rest(AGE_S, self._has_news)
            await rest(SAVE_S)
            rows, self._rows_taken = self._rows_taken, 0
            if rows > ROWS_AT_ONCE and self._clock() - self._saved_at_s < LISTING_S:
                continue
            self._has_news.clear()
            self._saved_at_s = self._clock()
            if self._clock() - self._aged_at_s >= AGE_S:
                self._mark_ages()
            for _ in range(BATCHES_AT_ONCE):
                if not await self._save_some():
                    break
            else:
                self._has_news.set()
            if self._clock() < self._rest_until_s:
                self._has_news.set()

    async def _save_some(self) -> bool:
        """Write one batch; return whether there was one and it is written."""
        async with self._saving:
            if self._clock() < self._rest_until_s:
                return False
            batch = self._pending.next_batch()
            return not batch.is_empty and await self._write(batch)

    async def _write(self, batch: Batch) -> bool:
        try:
            missing = await self._history.save(batch)
        except HistoryError as error:
            self._pending.put_back(batch)
            self._rest_until_s = self._clock() + RETRY_S
            self.report(error)
            return False
        except BaseException:
            self._pending.put_back(batch)
            raise
        self._reported_problem = ""
        for past in batch.scans:
            scan = self._store.scan(past.scan_id)
            if scan is not None and past.scan_id in missing and past.scan_id in self._saved:
                self._pending.mark_all(scan)  # the history has lost it meanwhile
            self._saved[past.scan_id] = past.asked_at_s or self._began_s
        return True

    def report(self, error: HistoryError) -> None:
        """Report a problem with the history, but not the same one repeatedly."""
        if str(error) != self._reported_problem:
            self._reported_problem = str(error)
            self.on_problem(error)


class _New(Struct):
    """New data of a scan; its head is always included."""

    rows: dict[FindingId, None] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)


class PendingWrites:
    """Notes what must be saved, and returns it as it is in the store at the time of saving.

    Attributes:
        lines: those of the inbox that are new or changed, by their keys.
        times: how long the stages of scans took.
        threat_models: those that were read; the head of their scans is needed as well.
        snoozes: findings that were snoozed or have come back; the same.
        seen: findings of which something was seen; the same.
        decisions: those that are new or changed, by owner and hash of the finding.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._scans: dict[ScanId, _New] = {}
        self._emptied: dict[ScanId, None] = {}
        self._forgotten: dict[ScanId, None] = {}
        self._notified: dict[NotifiedRecord, None] = {}
        self.lines: dict[str, InboxLine] = {}
        self.times: dict[ScanId, ScanTimes] = {}
        self.threat_models: dict[ScanId, KeptThreatModel] = {}
        self.snoozes: dict[FindingId, ScanId] = {}
        self.seen: dict[FindingId, ScanId] = {}
        self.decisions: dict[tuple[Owner, str], KeptDecision] = {}

    # -- noting --

    def of_scan(self, scan_id: ScanId) -> _New:
        """Note that a scan has changed, and return what else is new of it."""
        return self._scans.setdefault(scan_id, _New())

    def mark_all(self, scan: Scan) -> None:
        """Note that nothing of a scan is saved."""
        self._scans[scan.id] = _New(dict.fromkeys(scan.findings), dict(scan.activities))

    def empty(self, scan_id: ScanId) -> None:
        """Note that the findings of a scan were removed."""
        self._emptied[scan_id] = None
        self.threat_models.pop(scan_id, None)
        self.of_scan(scan_id).rows.clear()

    def forget(self, scan_id: ScanId) -> None:
        """Note that nothing of a scan is kept, except how long its stages took."""
        self._scans.pop(scan_id, None)
        self._emptied.pop(scan_id, None)
        self.threat_models.pop(scan_id, None)
        self.snoozes = {found: scan for found, scan in self.snoozes.items() if scan != scan_id}
        self.seen = {found: scan for found, scan in self.seen.items() if scan != scan_id}
        self._forgotten[scan_id] = None

    # -- saving --

    def next_batch(self) -> Batch:
        """Take out the next batch; it is empty if nothing is pending or writable yet."""
        forgotten, emptied = tuple(self._forgotten), tuple(self._emptied)
        reported, times = tuple(self._notified), tuple(self.times.values())
        lines = tuple(self.lines.values())
        for pending in (self._forgotten, self._emptied, self._notified, self.times, self.lines):
            pending.clear()
        scans = self._next_scans()
        ids, models = {past.scan_id for past in scans}, self.threat_models
        taken = tuple(models.pop(scan_id) for scan_id in list(models) if scan_id in ids)
        kept = self._store.snoozes.kept
        snoozed = self._due(self.snoozes, ids)
        snoozes = tuple(kept(scan_id, found) for found, scan_id in snoozed.items())
        looked = self._due(self.seen, ids)
        states = (
            (scan_id, found, self._store.seen.state_of(scan_id, found))
            for found, scan_id in looked.items()
        )
        seen = tuple(KeptSeen(scan_id, found, state) for scan_id, found, state in states if state)
        due_decisions = list(self.decisions)[:ROWS_AT_ONCE]
        decisions = tuple(self.decisions.pop(each) for each in due_decisions)
        heads = (forgotten, emptied, scans, reported, lines, times, taken, snoozes)
        return Batch(*heads, seen, decisions)

    def _due(
        self, pending: dict[FindingId, ScanId], ids: Collection[ScanId]
    ) -> dict[FindingId, ScanId]:
        """Take out what is pending of some scans; the rest of many waits for the next batch."""
        due = [found for found, scan_id in pending.items() if scan_id in ids]
        for found in due[ROWS_AT_ONCE:]:
            self.of_scan(pending[found])
        return {found: pending.pop(found) for found in due[:ROWS_AT_ONCE]}

    def alert_batch(self, reported: tuple[NotifiedRecord, ...]) -> Batch:
        """Return what must be written before the user is notified of findings: with their lines."""
        lines, self.lines = tuple(self.lines.values()), {}
        return Batch(notified=reported, lines=lines)

    def put_back(self, batch: Batch) -> None:
        """Restore a batch that could not be written; later changes take precedence."""
        self._forgotten = dict.fromkeys(batch.forgotten) | self._forgotten
        self._emptied = dict.fromkeys(batch.emptied) | self._emptied
        self._notified = dict.fromkeys(batch.notified) | self._notified
        self.lines = {line.key: line for line in batch.lines} | self.lines
        self.times = {times.scan_id: times for times in batch.times} | self.times
        models = {kept.model.scan_id: kept for kept in batch.threat_models}
        self.threat_models = models | self.threat_models
        self.snoozes |= {each.finding_id: each.scan_id for each in batch.snoozes}
        self.seen |= {each.finding_id: each.scan_id for each in batch.seen}
        decisions = {(each.owner, each.finding): each for each in batch.decisions}
        self.decisions = decisions | self.decisions
        for past in batch.scans:
            new = self.of_scan(past.scan_id)
            new.rows.update((row.id, None) for listed in past.rows for row in listed.findings)
            new.activities.update((activity.key, activity) for activity in past.activities)

    def _next_scans(self) -> tuple[PastScan, ...]:
        """Take out the new data of scans, as many rows as fit into one batch."""
        taken: list[PastScan] = []
        room = ROWS_AT_ONCE
        for scan_id in list(self._scans):
            scan = self._store.scan(scan_id)
            if scan is None:
                del self._scans[scan_id]
                continue
            head = scan.kept_facts() if room > 0 else ()
            if not head:
                continue
            new = self._scans.pop(scan_id)
            rows: list[FindingsListed] = []
            for finding_id in list(new.rows):
                if room <= 0:
                    break
                del new.rows[finding_id]
                if finding_id in scan.findings:
                    rows.append(row := scan.kept_row(finding_id))
                    # A row with long texts counts as several ordinary ones.
                    room -= 1 + sum(text_bytes(row.findings[0])) // ROW_BYTES
            if new.rows:
                self._scans[scan_id] = _New(new.rows)
            scan_data = (scan.server, scan_id, scan.last_update_at_s, head, tuple(rows))
            activities = tuple(new.activities.values())
            taken.append(PastScan(*scan_data, activities, is_partial=bool(new.rows)))
        return tuple(taken)

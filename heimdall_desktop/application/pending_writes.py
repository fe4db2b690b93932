"""What the history does not have yet, and the batches in which it is written."""

import asyncio
from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.alerts.alert import InboxLine, ToldRecord
from heimdall_desktop.domain.facts.decision import Act, Field, Result, Touch
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, text_bytes
from heimdall_desktop.domain.facts.observation import Activity, FindingsListed
from heimdall_desktop.domain.facts.past import PastScan, head_of, row_of
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.snooze import KeptSnooze
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.services.history_writing import Batch

ROW_BYTES = 4096  # of texts; an ordinary row has a third of it
ROWS_AT_ONCE = 1000  # of one batch, so that no transaction and no turn of the loop is long


class _New(Struct):
    """New data of a scan; its head is always included."""

    rows: dict[FindingId, None] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)


class PendingWrites:
    """Notes what must be saved, and returns it as it is in the store at the time of saving."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._scans: dict[ScanId, _New] = {}
        self._emptied: dict[ScanId, None] = {}
        self._forgotten: dict[ScanId, None] = {}
        self._told: dict[ToldRecord, None] = {}
        self._lines: dict[str, InboxLine] = {}
        self._times: dict[ScanId, ScanTimes] = {}
        self._threat_models: dict[ScanId, KeptThreatModel] = {}
        self._snoozes: dict[FindingId, ScanId] = {}

    # -- noting --

    def mark(self, scan_id: ScanId) -> None:
        """Note that a scan has changed."""
        self._scans.setdefault(scan_id, _New())

    def mark_row(self, scan_id: ScanId, finding_id: FindingId) -> None:
        """Note that a finding is new or changed."""
        self._scans.setdefault(scan_id, _New()).rows[finding_id] = None

    def mark_activity(self, scan_id: ScanId, activity: Activity) -> None:
        """Note a line of the server's log."""
        self._scans.setdefault(scan_id, _New()).activities[activity.key] = activity

    def mark_all(self, scan: Scan) -> None:
        """Note that nothing of a scan is saved."""
        self._scans[scan.id] = _New(dict.fromkeys(scan.findings), dict(scan.activities))

    def mark_line(self, line: InboxLine) -> None:
        """Note a line of the inbox that is new or changed."""
        self._lines[line.key] = line

    def mark_times(self, times: ScanTimes) -> None:
        """Note how long the stages of a scan took."""
        self._times[times.scan_id] = times

    def mark_threat_model(self, kept: KeptThreatModel) -> None:
        """Note a threat model that was read; the head of its scan is included."""
        self._threat_models[kept.model.scan_id] = kept
        self.mark(kept.model.scan_id)

    def mark_snooze(self, scan_id: ScanId, finding_id: FindingId) -> None:
        """Note that a finding was snoozed or has come back; the head of its scan is included."""
        self._snoozes[finding_id] = scan_id
        self.mark(scan_id)

    def empty(self, scan_id: ScanId) -> None:
        """Note that the findings of a scan were removed."""
        self._emptied[scan_id] = None
        self._threat_models.pop(scan_id, None)
        self._scans.setdefault(scan_id, _New()).rows.clear()

    def forget(self, scan_id: ScanId) -> None:
        """Note that nothing of a scan is kept, except how long its stages took."""
        self._scans.pop(scan_id, None)
        self._emptied.pop(scan_id, None)
        self._threat_models.pop(scan_id, None)
        self._snoozes = {found: scan for found, scan in self._snoozes.items() if scan != scan_id}
        self._forgotten[scan_id] = None

    # -- saving --

    def next_batch(self) -> Batch:
        """Take out the next batch; it is empty if nothing is pending or writable yet."""
        forgotten, emptied = tuple(self._forgotten), tuple(self._emptied)
        reported, times = tuple(self._told), tuple(self._times.values())
        for kept in (self._forgotten, self._emptied, self._told, self._times):
            kept.clear()
        scans = tuple(self._next_scans())
        lines, models = self._next_lines(), self._next_threat_models(scans)
        snoozes = self._next_snoozes(scans)
        return Batch(forgotten, emptied, scans, reported, lines, times, models, snoozes)

    def telling(self, reported: tuple[ToldRecord, ...]) -> Batch:
        """Return what must be written before the user is notified of findings: with their lines."""
        return Batch(told=reported, lines=self._next_lines())

    def put_back(self, batch: Batch) -> None:
        """Restore a batch that could not be written; later changes take precedence."""
        self._forgotten = dict.fromkeys(batch.forgotten) | self._forgotten
        self._emptied = dict.fromkeys(batch.emptied) | self._emptied
        self._told = dict.fromkeys(batch.told) | self._told
        self._lines = {line.key: line for line in batch.lines} | self._lines
        self._times = {times.scan_id: times for times in batch.times} | self._times
        models = {kept.model.scan_id: kept for kept in batch.threat_models}
        self._threat_models = models | self._threat_models
        self._snoozes |= {each.finding_id: each.scan_id for each in batch.snoozes}
        for past in batch.scans:
            new = self._scans.setdefault(past.scan_id, _New())
            new.rows.update((row.id, None) for listed in past.rows for row in listed.findings)
            new.activities.update((activity.key, activity) for activity in past.activities)

    def _next_lines(self) -> tuple[InboxLine, ...]:
        lines = tuple(self._lines.values())
        self._lines.clear()
        return lines

    def _next_threat_models(self, scans: tuple[PastScan, ...]) -> tuple[KeptThreatModel, ...]:
        """Take out those whose scans are saved with them."""
        ids = {past.scan_id for past in scans}
        models = self._threat_models
        return tuple(models.pop(scan_id) for scan_id in list(models) if scan_id in ids)

    def _next_snoozes(self, scans: tuple[PastScan, ...]) -> tuple[KeptSnooze, ...]:
        """Take out those whose scans are saved with them, in their current state."""
        ids, kept = {past.scan_id for past in scans}, self._store.snoozes.kept
        due = [found for found, scan_id in self._snoozes.items() if scan_id in ids]
        taken = tuple(kept(self._snoozes.pop(found), found) for found in due[:ROWS_AT_ONCE])
        for found in due[ROWS_AT_ONCE:]:
            self.mark(self._snoozes[found])
        return taken

    def _next_scans(self) -> list[PastScan]:
        taken: list[PastScan] = []
        room = ROWS_AT_ONCE
        for scan_id in list(self._scans):
            scan = self._store.scan(scan_id)
            if scan is None:
                del self._scans[scan_id]
            elif room > 0 and head_of(scan):
                past = self._next_of(scan, room)
                room -= sum(_size(row) for row in past.rows)
                taken.append(past)
        return taken

    def _next_of(self, scan: Scan, room: int) -> PastScan:
        """Take out the new data of a scan, as many rows as fit."""
        new = self._scans.pop(scan.id)
        rows: list[FindingsListed] = []
        taken: list[FindingId] = []
        for finding_id in new.rows:
            if room <= 0:
                break
            taken.append(finding_id)
            if finding_id in scan.findings:
                rows.append(row_of(scan, finding_id))
                room -= _size(rows[-1])
        for finding_id in taken:
            del new.rows[finding_id]
        is_partial = bool(new.rows)
        if is_partial:
            self._scans[scan.id] = _New(new.rows)
        activities = tuple(new.activities.values())
        return PastScan(scan.server, scan.id, head_of(scan), tuple(rows), activities, is_partial)


def _size(row: FindingsListed) -> int:
    """Return how many ordinary rows one row counts as in a batch."""
    return 1 + sum(text_bytes(row.findings[0])) // ROW_BYTES


# Actions on findings while they run, and their steps that can be undone.


class StepItem(Struct, frozen=True):
    """One finding of a step: its new value, and what undoes it.

    Attributes:
        before: the server's word to write.
        after: the server's word as it was left.
        place: the position of the write that set `after`, among those of this finding.
        server: its server, whether or not its scan is still watched.
    """

    before: str
    after: str
    place: int
    server: ServerUrl


class Target(Struct, frozen=True):
    """What must be written for one finding: its server, and the word."""

    server: ServerUrl
    value: str


class Step(Struct, eq=False):
    """One action that can be undone or redone, however many findings it has.

    Attributes:
        value: the decision, by the server's word.
        count: how many findings it was meant for.
        made_s: when it was decided, undone or redone, by our clock.
        items: the changed findings that are still as they were left, as far as is known.
    """

    what: Field
    value: str
    count: int
    made_s: float
    items: dict[FindingId, StepItem] = field(default_factory=dict)


class Pauses:
    """Waits that can be ended together."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    async def take(self, longest_s: float | None) -> None:
        """Wait this long at most."""
        pause = asyncio.get_running_loop().create_future()
        self._waiting.add(pause)
        try:
            await asyncio.wait([pause], timeout=longest_s)
        finally:
            self._waiting.discard(pause)

    def end(self) -> None:
        """End all current waits."""
        for pause in self._waiting:
            if not pause.done():
                pause.set_result(None)


class Run(Struct, eq=False):
    """One action while it runs, and its results.

    Attributes:
        act: whether it decides, undoes a decision, or redoes it.
        step: what can be undone of it, or redone once it was undone.
        targets: what must be written, in order.
        began_s, held_s: when it started, by our clock, and how long it has had to wait since.
        origin: the step it undoes or redoes; None for a decision.
        is_forced: whether it also undoes changes made elsewhere since.
        done: findings that were changed, as the server has confirmed.
        same: findings that had the value already; nothing was sent.
        failed: findings that were not changed, and why.
        touched: findings that were changed elsewhere since, and so were left as they are.
        unknown: findings whose response was lost and that cannot be read; they are checked again.
        unsent: findings for which nothing was sent, and why; None for a cancelled run.
        unlogged: of those done, the ones whose change may have left no entry in the history.
        held: why it waits, while it does: for a sign-in, or for as long as the server requests.
        is_cancelled: nothing more is sent.
    """

    act: Act
    step: Step
    targets: dict[FindingId, Target]
    began_s: float
    origin: Step | None = None
    is_forced: bool = False
    done: dict[FindingId, None] = field(default_factory=dict)
    same: dict[FindingId, None] = field(default_factory=dict)
    failed: dict[FindingId, HeimdallError] = field(default_factory=dict)
    touched: dict[FindingId, tuple[Touch, StepItem]] = field(default_factory=dict)
    unknown: dict[FindingId, HeimdallError] = field(default_factory=dict)
    unsent: dict[FindingId, HeimdallError | None] = field(default_factory=dict)
    unlogged: set[FindingId] = field(default_factory=set)
    held: HeimdallError | None = None
    held_s: float = 0.0
    is_cancelled: bool = False
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _known: asyncio.Event = field(default_factory=asyncio.Event)
    _pauses: Pauses = field(default_factory=Pauses)

    @property
    def total(self) -> int:
        """How many findings it has."""
        return len(self.targets)

    @property
    def settled(self) -> int:
        """How many of its findings have a known result."""
        return len(self.done) + len(self.same) + len(self.failed) + len(self.touched)

    @property
    def left(self) -> tuple[FindingId, ...]:
        """The findings that a retry would touch."""
        return (*self.failed, *self.unsent)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is written, and all results are known or no longer awaited."""
        return self._over.is_set()

    @property
    def result(self) -> Result:
        """The result so far."""
        return Result(
            self.act,
            self.step.what,
            self.step.value,
            self.total,
            len(self.done) + len(self.same),
            len(self.same),
            tuple(Counter(self.failed.values()).most_common()),
            tuple(touch for touch, _ in self.touched.values()),
            len(self.unsent),
            len(self.unknown),
            len(self.unlogged),
        )

    def left_s(self, now_s: float) -> float | None:
        """Return how long the rest will take, in seconds; None while that is unknown."""
        worked_s = now_s - self.began_s - self.held_s
        if not self.settled or worked_s <= 0 or self.held is not None:
            return None
        return (self.total - self.settled) * worked_s / self.settled

    def cancel(self) -> None:
        """Send nothing more, and stop all waits."""
        if not self.is_over:
            self.is_cancelled = True
            self._pauses.end()
            self._known.set()

    def note_known(self) -> None:
        """Note that all findings that were sent have a known result."""
        self._known.set()

    async def until_known(self) -> None:
        """Wait until no response is awaited any longer, or the run was cancelled."""
        while self.unknown and not self.is_cancelled:
            self._known.clear()
            await self._known.wait()

    async def until_over(self) -> None:
        """Wait until it is finished."""
        await self._over.wait()

    async def pause(self, longest_s: float | None = None) -> None:
        """Wait this long, or until it is cancelled or woken; None waits without limit."""
        if not self.is_cancelled:
            await self._pauses.take(longest_s)

    def wake(self) -> None:
        """End its pauses."""
        self._pauses.end()

    def end(self) -> None:
        """Note that the run produces nothing more."""
        self.held = None
        self._over.set()


def targets(items: Mapping[FindingId, StepItem]) -> dict[FindingId, Target]:
    """Return what undoes the findings of a step."""
    return {each: Target(item.server, item.before) for each, item in items.items()}

"""What the history does not have yet, and in which portions it gets it."""

from msgspec import Struct, field

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.alerts.alert import InboxLine, ToldRecord
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, text_bytes
from heimdall_desktop.domain.facts.observation import Activity, FindingsListed
from heimdall_desktop.domain.facts.past import PastScan, head_of, row_of
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.snooze import KeptSnooze
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel
from heimdall_desktop.domain.stages.stage_times import ScanTimes
from heimdall_desktop.services.history_writing import Batch

ROW_BYTES = 4096  # of texts; an ordinary row has a third of it
ROWS_AT_ONCE = 1000  # of one batch, so that no transaction and no turn of the loop is long


class _New(Struct):
    """What is new of a scan; its head always goes along."""

    rows: dict[FindingId, None] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)


class PendingWrites:
    """Notes what is to be saved, and says it as it is in the store at the time of saving."""

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
        """Note that a scan has moved."""
        self._scans.setdefault(scan_id, _New())

    def mark_row(self, scan_id: ScanId, finding_id: FindingId) -> None:
        """Note that a finding is new or another one."""
        self._scans.setdefault(scan_id, _New()).rows[finding_id] = None

    def mark_activity(self, scan_id: ScanId, activity: Activity) -> None:
        """Note a line of the server's log."""
        self._scans.setdefault(scan_id, _New()).activities[activity.key] = activity

    def mark_all(self, scan: Scan) -> None:
        """Note that nothing of a scan is saved."""
        self._scans[scan.id] = _New(dict.fromkeys(scan.findings), dict(scan.activities))

    def mark_line(self, line: InboxLine) -> None:
        """Note a line of the inbox that is new or says something else."""
        self._lines[line.key] = line

    def mark_times(self, times: ScanTimes) -> None:
        """Note how long the stages of a scan took."""
        self._times[times.scan_id] = times

    def mark_threat_model(self, kept: KeptThreatModel) -> None:
        """Note a threat model that was read; the head of its scan goes along."""
        self._threat_models[kept.model.scan_id] = kept
        self.mark(kept.model.scan_id)

    def mark_snooze(self, scan_id: ScanId, finding_id: FindingId) -> None:
        """Note that a finding was snoozed or has come back; the head of its scan goes along."""
        self._snoozes[finding_id] = scan_id
        self.mark(scan_id)

    def empty(self, scan_id: ScanId) -> None:
        """Note that the findings of a scan have left."""
        self._emptied[scan_id] = None
        self._threat_models.pop(scan_id, None)
        self._scans.setdefault(scan_id, _New()).rows.clear()

    def forget(self, scan_id: ScanId) -> None:
        """Note that nothing of a scan is to be kept, but for how long its stages took."""
        self._scans.pop(scan_id, None)
        self._emptied.pop(scan_id, None)
        self._threat_models.pop(scan_id, None)
        self._snoozes = {found: scan for found, scan in self._snoozes.items() if scan != scan_id}
        self._forgotten[scan_id] = None

    # -- saving --

    def next_batch(self) -> Batch:
        """Take out what is to be written next; it is empty if nothing is, or nothing can be yet."""
        forgotten, emptied = tuple(self._forgotten), tuple(self._emptied)
        told, times = tuple(self._told), tuple(self._times.values())
        for kept in (self._forgotten, self._emptied, self._told, self._times):
            kept.clear()
        scans = tuple(self._next_scans())
        lines, models = self._next_lines(), self._next_threat_models(scans)
        snoozes = self._next_snoozes(scans)
        return Batch(forgotten, emptied, scans, told, lines, times, models, snoozes)

    def telling(self, told: tuple[ToldRecord, ...]) -> Batch:
        """Return what must be written before the user is told of findings: with their lines."""
        return Batch(told=told, lines=self._next_lines())

    def put_back(self, batch: Batch) -> None:
        """Take back what could not be written; what has become of it since then counts."""
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
        """Take out those whose scans are saved with them, as they stand now."""
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
        """Take out what is new of a scan, as many rows as there is room for."""
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
    """For how many ordinary rows one counts in a batch."""
    return 1 + sum(text_bytes(row.findings[0])) // ROW_BYTES

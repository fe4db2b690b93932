"""Who lives on the changes alone: a copy of the rows, and the desk of alerts."""

from collections.abc import Callable, Iterable

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.alerts.absence import Absence
from heimdall_desktop.domain.alerts.desk import Alert, AlertDesk, is_alarming
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from tests.fakes.watch_desk import WatchDesk


class Onlookers:
    """Take the changes as the window does, and complain of what cannot be true."""

    def __init__(self, desk: WatchDesk, is_gone: Callable[[ScanId], bool]) -> None:
        self._is_gone = is_gone
        self._store: Store = desk.store
        self._rows: dict[FindingId, Finding] = {}
        self._alarming: set[FindingId] = set()
        self._told: set[FindingId] = set()
        self.complaints: list[str] = []
        absence = Absence(desk.clock, desk.store)
        self._alerts = AlertDesk(desk.clock, str, self._has_listed, absence)

    def take(self, changes: Iterable[Change]) -> None:
        """Look at a batch."""
        changes = list(changes)
        for change in changes:
            self._follow(change)
        for action in [*self._alerts.take(changes), *self._alerts.tick()]:
            if isinstance(action, Alert):
                self._hear(action)

    def check(self) -> list[str]:
        """Return what was wrong, at the end."""
        rows = {row.id: row for scan in self._store for row in scan.findings.values()}
        if rows != self._rows:
            self.complaints.append("the rows told by changes are not those of the store")
        return self.complaints

    def _follow(self, change: Change) -> None:
        match change:
            case FindingAdded(finding):
                if finding.id in self._rows:
                    self.complaints.append(f"{finding.id} was added twice")
                self._keep(finding)
            case FindingReplaced(finding, previous):
                if self._rows.get(finding.id) != previous:
                    self.complaints.append(f"{finding.id} was not what it is said to have been")
                self._keep(finding)
            case FindingDropped(finding):
                if self._rows.pop(finding.id, finding) != finding or not finding.is_announced:
                    self.complaints.append(f"{finding.id} left, but was read")
            case ScanEmptied(scan_id) | ScanRemoved(scan_id):
                if isinstance(change, ScanEmptied) and not self._is_gone(scan_id):
                    self.complaints.append(f"{scan_id} lost its rows, but is there")
                self._rows = {
                    each: row for each, row in self._rows.items() if row.scan_id != scan_id
                }
            case _:
                pass

    def _keep(self, finding: Finding) -> None:
        self._rows[finding.id] = finding
        if is_alarming(finding):
            self._alarming.add(finding.id)

    def _hear(self, alert: Alert) -> None:
        for told in alert.told:
            if told.finding_id in self._told:
                self.complaints.append(f"{told.finding_id} alerted twice")
            if told.finding_id not in self._alarming:
                self.complaints.append(f"{told.finding_id} alerted, but was never critical")
            self._told.add(told.finding_id)

    def _has_listed(self, scan_id: ScanId) -> bool:
        scan = self._store.scan(scan_id)
        return scan is not None and scan.has_listed_once

"""Who lives on the changes alone: a copy of the rows, and the policy of alerts."""

from collections.abc import Callable, Iterable

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.alerts.finding_alerts import RETURN_S
from heimdall_desktop.domain.alerts.policy import AlertPolicy
from heimdall_desktop.domain.alerts.rules import Event, is_alarming
from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from tests.fakes.watch_desk import WatchDesk


class Onlookers:
    """Take the changes as the window does, and complain of what cannot be true."""

    def __init__(self, desk: WatchDesk, is_gone: Callable[[ScanId], bool]) -> None:
        self._is_gone = is_gone
        self._store: Store = desk.store
        self._rows: dict[FindingId, Finding] = {}
        self._alarming: set[FindingId] = set()
        self._clock = desk.clock
        self._notified_at_s: dict[tuple[ScanId, str, str], float] = {}
        self.complaints: list[str] = []
        self._alerts = AlertPolicy(desk.clock, str, self._has_listed, desk.store)

    def take(self, changes: Iterable[change.Change]) -> None:
        """Look at a batch."""
        changes = list(changes)
        for each in changes:
            self._follow(each)
        for action in [*self._alerts.take(changes), *self._alerts.tick()]:
            if isinstance(action, Alert):
                self._hear(action)

    def check(self) -> list[str]:
        """Return what was wrong, at the end."""
        rows = {row.id: row for scan in self._store for row in scan.findings.values()}
        if rows != self._rows:
            self.complaints.append("the rows reported by changes are not those of the store")
        return self.complaints

    def _follow(self, each: change.Change) -> None:
        match each:
            case change.FindingAdded(finding):
                if finding.id in self._rows:
                    self.complaints.append(f"{finding.id} was added twice")
                self._keep(finding)
            case change.FindingReplaced(finding, previous):
                if self._rows.get(finding.id) != previous:
                    self.complaints.append(f"{finding.id} was not what it is said to have been")
                self._keep(finding)
            case change.FindingDropped(finding):
                if self._rows.pop(finding.id, finding) != finding or not finding.is_announced:
                    self.complaints.append(f"{finding.id} left, but was read")
            case change.ScanEmptied(scan_id) | change.ScanRemoved(scan_id):
                if isinstance(each, change.ScanEmptied) and not self._is_gone(scan_id):
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
        for reported in alert.records:
            scan_id, finding_id, incident = reported
            about = (scan_id, finding_id, incident if reported.is_of_scan else "")
            passed_s = self._clock() - self._notified_at_s.get(about, float("-inf"))
            if passed_s < (float("inf") if reported.is_of_scan else RETURN_S):
                self.complaints.append(f"{about} alerted twice")
            self._notified_at_s[about] = self._clock()
            if not reported.is_of_scan:
                if reported.subject_id not in self._alarming:
                    self.complaints.append(f"{finding_id} alerted, but was never critical")
                continue
            scan = self._store.scan(scan_id)
            status = "failed" if reported.event is Event.FAILED else "completed"
            if scan is None or scan.status != status:
                self.complaints.append(f"{scan_id} alerted, but has not {reported.event.value}")
            elif not (scan.is_settled or scan.has_stayed or alert.is_digest):
                self.complaints.append(f"{scan_id} alerted before its end had stayed")

    def _has_listed(self, scan_id: ScanId) -> bool:
        scan = self._store.scan(scan_id)
        return scan is not None and scan.has_listed_once

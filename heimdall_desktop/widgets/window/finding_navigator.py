"""Opens findings in the main window, whatever it shows and whether they were read or not."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Verdict
from heimdall_desktop.widgets.controls.come_forward import come_forward
from heimdall_desktop.widgets.window.detail_controller import DetailController
from heimdall_desktop.widgets.window.scan_windows import ScanWindows
from heimdall_desktop.widgets.window.scope import Scope
from heimdall_desktop.widgets.window.workspace_panes import WorkspacePanes


class FindingNavigator:
    """Finds the window and the scope in which a finding can be seen.

    Args:
        window: The main window.
        store: All watched scans.
        looked_at: What the window looks at.
        reading: Its table and its detail.
        reader: Joins both.
        scan_windows: The windows of scans that were torn off.
    """

    def __init__(
        self,
        window: QWidget,
        store: Store,
        looked_at: Scope,
        reading: WorkspacePanes,
        reader: DetailController,
        scan_windows: ScanWindows,
    ) -> None:
        self._window, self._store, self._looked_at = window, store, looked_at
        self._reading, self._reader, self._scan_windows = reading, reader, scan_windows
        self._awaited: FindingId | None = None

    def open(self, finding_id: FindingId) -> None:
        """Raise the window with that finding open; one that is still to be read, once it is."""
        finding = self._store.finding(finding_id)
        torn_off = None if finding is None else self._scan_windows.window_of(finding.scan_id)
        if torn_off is not None:
            torn_off.open_finding(finding_id)
            return
        come_forward(self._window)
        if finding is None:
            self._reader.show(finding_id)
            self._awaited = finding_id
            return
        if self._looked_at.scope not in (None, finding.scan_id):
            self._looked_at.look_at(finding.scan_id)
        self._reader.show(finding_id)
        self._reading.findings.reveal(finding_id)

    def open_scan(self, scan_id: ScanId) -> None:
        """Raise the window that shows the findings of a scan."""
        self.stop_waiting()
        torn_off = self._scan_windows.window_of(scan_id)
        come_forward(torn_off or self._window)
        if torn_off is None and self._looked_at.scope != scan_id:
            self._looked_at.look_at(scan_id)

    def open_worst(self) -> None:
        """Open the worst finding if none is open, for a picture that shows everything."""
        model = self._reading.findings.model
        rows = [model.finding_at(row) for row in range(model.rowCount())]
        findings = [finding for finding in rows if finding is not None]
        if findings and self._reading.detail.finding_id is None:
            self.open(min(findings, key=_badness).id)

    def open_awaited(self) -> None:
        """Open the finding that was still to be read, if it has been by now."""
        awaited = self._awaited
        if awaited is not None and self._store.finding(awaited) is not None:
            self.open(awaited)

    def stop_waiting(self) -> None:
        """Leave what is open, as somebody has opened something else."""
        self._awaited = None


def _badness(finding: Finding) -> tuple[bool, int, bool]:
    """Order findings from the worst down: what still stands, by severity, confirmed ones first."""
    return (
        finding.verdict is Verdict.WITHDRAWN,
        finding.severity.rank,
        finding.verdict is not Verdict.CONFIRMED,
    )

"""What the main window looks at: one scan or all of them, and whose findings are in view."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.filters.filter import ALL_STAGES, FINDING_STAGES, FindingStage
from heimdall_desktop.domain.filters.filter_writing import with_words
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.widgets.board.board import Board
from heimdall_desktop.widgets.window.detail_controller import DetailController
from heimdall_desktop.widgets.window.workspace_panes import WorkspacePanes


class Scope(QObject):
    """Lets all parts look at the same, and tells which scan is to be asked most often.

    Args:
        store: All watched scans.
        requests: Told which scan is looked at.
        board: The scans to choose from.
        reading: What follows the choice.
        reader: Knows which finding is open.
        parent: The owner.

    Signals:
        scope_changed: another scan, or all of them, are looked at now.
    """

    scope_changed = Signal()

    def __init__(
        self,
        store: Store,
        requests: Requests,
        board: Board,
        reading: WorkspacePanes,
        reader: DetailController,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store, self._requests = store, requests
        self._board, self._reading, self._reader = board, reading, reader
        self._scope: ScanId | None = None
        self._in_view: ScanId | None = None

    @property
    def scope(self) -> ScanId | None:
        """The scan that is looked at; None for all of them."""
        return self._scope

    def look_at(self, scan_id: ScanId | None) -> None:
        """Look at one scan everywhere, or at all of them."""
        if scan_id is not None and self._store.scan(scan_id) is None:
            scan_id = None
        if scan_id == self._scope:
            return
        self._scope = scan_id
        self._board.set_scope(scan_id)
        self._reading.findings.set_scope(scan_id)
        self._reading.strip.set_scope(scan_id)
        self.tell_what_is_in_view()
        self.scope_changed.emit()

    def tell_what_is_in_view(self) -> None:
        """Among the findings of all scans, the scan of the one that is open is looked at.

        The panel goes by the one that is selected, and keeps its scan while none is.
        """
        selected = self._scan_of(self._reading.findings.table.selected_id)
        self._reading.panel.set_scope(self._scope or selected)
        in_view = self._scope or self._scan_of(self._reader.open_id)
        if in_view != self._in_view:
            self._in_view = in_view
            self._requests.look_at(in_view)

    def _scan_of(self, finding_id: FindingId | None) -> ScanId | None:
        finding = None if finding_id is None else self._store.finding(finding_id)
        return None if finding is None else finding.scan_id

    def scope_text(self) -> str:
        """Return what is looked at, as people say it."""
        return self.name_of(self._scope) or tr("all scans")

    def name_of(self, scan_id: ScanId | None) -> str:
        """Return what a scan is called beside the others; "" for none."""
        return "" if scan_id is None else self._store.name_of(scan_id)

    def jump_to(self, place: int) -> None:
        """Look at the scan at a place of the board, counted from 1."""
        scans = self._board.scan_ids
        if place <= len(scans):
            self.look_at(scans[place - 1])

    def is_heard_of(self, scan_id: ScanId) -> bool:
        """Whether the progress of a scan is said aloud: it is in view, or the only one."""
        return scan_id == self._in_view or len(self._store) == 1

    def filter_to(self, scan_id: str, severity: Severity) -> None:
        """Show the findings a card counts under a severity: these, whatever was asked before."""
        self.look_at(ScanId(scan_id))
        self._reading.findings.filter_state.set_text(with_words("", "sev", {severity}))

    def show_stages(self, scan_id: str) -> None:
        """Show the stages of a scan."""
        self.look_at(ScanId(scan_id))
        self._reading.panel.open_stages()

    def show_stage(self, scan_id: str, stage: str) -> None:
        """Show a stage of a scan: its log, and its findings if it finds any (ux.md 2.2)."""
        self.show_stages(scan_id)
        self._reading.panel.pick_stage(stage)
        wanted = {FindingStage(stage)} if stage in FINDING_STAGES else ALL_STAGES
        self._reading.findings.filter_state.set_words("stage", wanted)

"""Lets the selection go to the newest row of its finding once that is found again.

The finding was selected, not one reading of it, and what is done next is meant for the row
that is shown. Nothing scrolls by it, and no closed detail opens: they have not asked.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QObject, Signal

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.change import Change, FindingReplaced
from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.facts.repeats import readings_of
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.findings.findings_table import FindingsTable


class RetrySelection(QObject):
    """Follows the changes of one table.

    Args:
        table: Where the finding is selected.
        model: Its rows.
        store: Knows all readings of a finding.
        ticker: Tells what has changed.
    """

    finding_selected = Signal(str)
    """Another finding was selected; its id."""

    def __init__(
        self, table: FindingsTable, model: FindingsModel, store: Store, ticker: Ticker
    ) -> None:
        super().__init__(table)
        self._table, self._model, self._store = table, model, store
        self._is_quiet = False
        table.finding_selected.connect(self._tell)
        ticker.changed.connect(self._follow)

    def _follow(self, changes: list[Change]) -> None:
        selected_id = self._table.selected_id
        for change in changes:
            if isinstance(change, FindingReplaced) and change.finding.id == selected_id:
                if change.finding.is_repeat and not change.previous.is_repeat:
                    self._select(self._newest_of(change.finding).id)
                return

    def _newest_of(self, finding: Finding) -> Finding:
        scan = self._store.scan(finding.scan_id)
        return finding if scan is None else readings_of(finding, scan.findings.values())[0]

    def _select(self, finding_id: FindingId) -> None:
        row = self._model.row_of(finding_id)
        if row is None:
            return
        flags = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, max(self._table.currentIndex().column(), 0))
        self._is_quiet = True
        self._table.setAutoScroll(False)
        self._table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._table.setAutoScroll(True)
        self._is_quiet = False

    def _tell(self, finding_id: str) -> None:
        if not self._is_quiet:
            self.finding_selected.emit(finding_id)

"""The threat model of one scan as Qt sees it: heads of its parts and a row for each thing."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from heimdall_desktop.domain.facts.threat_model import ThreatModel
from heimdall_desktop.models.list_model import Index, ListModel
from heimdall_desktop.presentation.panel.threat_rows import AnyRow, ThreatRow, threat_rows

THREAT_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


class ThreatRowsModel(ListModel[AnyRow]):
    """Rows of a threat model. `THREAT_ROLE` gives the `ThreatHead` or `ThreatRow`.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model: ThreatModel | None = None
        self._rows: tuple[AnyRow, ...] = ()

    def show_model(self, model: ThreatModel | None) -> bool:
        """Show another threat model, or none; return whether there is anything new."""
        if model == self._model:
            return False
        self.beginResetModel()
        self._model, self._rows = model, () if model is None else threat_rows(model)
        self.endResetModel()
        return True

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        if role == THREAT_ROLE:
            return row
        if role == _DISPLAY:
            return row.name if isinstance(row, ThreatRow) else row.title
        return row.sentence if role == _ACCESSIBLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row(index.row()), ThreatRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

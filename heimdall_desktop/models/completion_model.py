"""What may come next in the filter field, as a list."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from heimdall_desktop.presentation.filters.filter_completion import Completion, Offer
from heimdall_desktop.presentation.i18n import grouped

OFFER_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_NO_PARENT = QModelIndex()


class CompletionModel(QAbstractListModel):
    """Holds one completion."""

    completion = Completion()

    def show(self, completion: Completion) -> None:
        """List other offers."""
        self.beginResetModel()
        self.completion = completion
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.completion.offers)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        offer = self.completion.offers[index.row()]
        if role == OFFER_ROLE:
            return offer
        if role == _DISPLAY:
            return offer.shown
        if role == _ACCESSIBLE:
            return _spoken(offer)
        return None


def _spoken(offer: Offer) -> str:
    count = "" if offer.count is None else grouped(offer.count)
    return ", ".join(filter(None, (offer.shown, offer.note, count)))

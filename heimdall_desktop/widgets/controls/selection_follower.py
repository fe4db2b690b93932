"""Makes the row current that was only selected, as assistive technology does it."""

from PySide6.QtCore import QItemSelectionModel, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView


class SelectionFollower(QObject):
    """Keys and the mouse move the current row, and the selection with it; a screen reader selects.

    It looks a turn of the loop later: on the way to a new current row, Qt selects first.

    Args:
        view: Selects one row at a time; has its model already.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._follow)
        view.selectionModel().selectionChanged.connect(lambda *_: self._turn.start())

    def _follow(self) -> None:
        selected, current = self._view.selectedIndexes(), self._view.currentIndex()
        if selected and all(index.row() != current.row() for index in selected):
            flags = QItemSelectionModel.SelectionFlag
            self._view.selectionModel().setCurrentIndex(selected[0], flags.NoUpdate)

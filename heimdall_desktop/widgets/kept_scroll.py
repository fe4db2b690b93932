"""Keeps the findings on screen in their places while rows come, go and change order.

Places are remembered by finding id. A view at its tail that is sorted by first seen goes with the
newest rows instead; any other view moves only when its reader moves it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTableView

from heimdall_desktop.domain.finding import FindingId
from heimdall_desktop.domain.order import NEWEST_LAST
from heimdall_desktop.models.findings_model import FindingsModel


class KeptScroll(QObject):
    """Call `keep` before the rows change and `restore` after it.

    Args:
        view: Scrolls by pixels and has rows of one height.
        model: Its rows.
    """

    following_changed = Signal(bool)
    """Whether new rows are followed."""

    def __init__(self, view: QTableView, model: FindingsModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._bar = view.verticalScrollBar()
        self._places: list[tuple[FindingId, int]] = []
        self._is_at_tail = True
        self._was_following = True
        self._is_held = False
        self._has_left = False  # for a finding, though the view may still stand at its tail
        self._bar.valueChanged.connect(self._take_move)
        self._bar.rangeChanged.connect(self._stay_at_tail)

    @property
    def is_following(self) -> bool:
        """Whether the view goes with the newest rows."""
        return self._is_at_tail and self._model.order == NEWEST_LAST

    def leave_tail(self) -> None:
        """Stay here, even at the tail, until somebody scrolls there anew."""
        self._has_left = True
        self._note_tail()

    def return_to_tail(self) -> None:
        """Go to the newest rows, and with them from now on."""
        self._has_left = False
        self._view.scrollToBottom()
        self._note_tail()

    def keep(self, first: FindingId | None) -> None:
        """Remember which findings are on screen and how high, one of them before all others."""
        self._is_held = True
        self._view.executeDelayedItemsLayout()
        height, top = self._view.rowHeight(0) or 1, self._bar.value()
        start, count = top // height, self._view.viewport().height() // height + 2
        findings = ((row, self._model.finding_at(row)) for row in range(start, start + count))
        self._places = [(f.id, row * height - top) for row, f in findings if f is not None]
        self._places.sort(key=lambda place: place[0] != first)

    def restore(self) -> None:
        """Scroll so that the first remembered finding that is still shown is where it was."""
        self._view.executeDelayedItemsLayout()
        if self.is_following:
            self._view.scrollToBottom()
        else:
            self._restore_place()
        self._is_held = False
        self._note_tail()

    def _restore_place(self) -> None:
        for finding_id, y in self._places:
            row = self._model.row_of(finding_id)
            if row is not None:
                self._bar.setValue(row * self._view.rowHeight(row) - y)
                return

    def _take_move(self) -> None:
        if not self._is_held:
            self._has_left = False
            self._note_tail()

    def _note_tail(self) -> None:
        self._is_at_tail = not self._has_left and self._bar.value() >= self._bar.maximum()
        if self._was_following != self.is_following:
            self._was_following = self.is_following
            self.following_changed.emit(self.is_following)

    def _stay_at_tail(self) -> None:
        if self.is_following and not self._is_held:
            self._bar.setValue(self._bar.maximum())

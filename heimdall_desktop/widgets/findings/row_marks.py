"""Marks two rows of the findings table: the one under the pointer, and where the keyboard is."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QTableView

from heimdall_desktop.widgets.findings.findings_delegate import FindingsDelegate
from heimdall_desktop.widgets.findings.viewport_rows import ViewportRows


class RowMarks:
    """Call `follow` whenever rows may have moved.

    Args:
        view: The table.
        delegate: Draws the marks.
        sight: Knows where the keyboard begins while no row is current.
    """

    def __init__(self, view: QTableView, delegate: FindingsDelegate, sight: ViewportRows) -> None:
        self._view, self._delegate, self._sight = view, delegate, sight
        self._is_by_keyboard = False
        self._pointer_y: int | None = None

    def use_keyboard(self, *, is_used: bool) -> None:
        """Take note whether people are at the keyboard: for the mouse no ring is drawn."""
        self._is_by_keyboard = is_used
        self.ring()

    def point(self, y: int | None) -> None:
        """Take note of how high the pointer is; None once it has left."""
        self._pointer_y = y
        self.follow()

    def follow(self) -> None:
        """Mark the row under the pointer, whichever has moved."""
        row = -1 if self._pointer_y is None else self._view.rowAt(self._pointer_y)
        before, self._delegate.hovered_row = self._delegate.hovered_row, row
        self._update(before, row)

    def ring(self) -> None:
        """Draw the ring where the keyboard is, if it is here."""
        current = self._view.currentIndex()
        place = current.row() if current.isValid() else self._sight.first
        row = place if self._view.hasFocus() and self._is_by_keyboard else -1
        before, self._delegate.ringed_row = self._delegate.ringed_row, row
        self._update(before, row)

    def _update(self, before: int, row: int) -> None:
        viewport = self._view.viewport()
        for changed in {before, row} - {-1} if before != row else ():
            top, height = self._view.rowViewportPosition(changed), self._view.rowHeight(changed)
            viewport.update(QRect(0, top, viewport.width(), height))

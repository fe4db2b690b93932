"""Which rows of the findings table can be seen, and which are marked by pointer and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractItemView, QTableView

from heimdall_desktop.widgets.controls.row_delegate import RowDelegate
from heimdall_desktop.widgets.findings.group_row import StickyHead


class ViewportRows:
    """Scrolls to the edges of rows, so that the one at the top is whole.

    Args:
        view: The table, with rows of one height.
        sticky: The head of a group that may cover the row at the top.
    """

    def __init__(self, view: QTableView, sticky: StickyHead) -> None:
        self._view, self._sticky = view, sticky
        self._bar = view.verticalScrollBar()

    @property
    def first(self) -> int:
        """The topmost row; 0 if there is none."""
        return max(self._view.rowAt(0), 0)

    @property
    def rows(self) -> range:
        """All rows that can be seen, be it in part."""
        view = self._view
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        if first < 0:
            return range(0)
        return range(first, (view.model().rowCount() - 1 if last < 0 else last) + 1)

    def holds(self, row: int) -> bool:
        """Return whether a row can be seen, whole."""
        return self._free().contains(self._rect(row))

    def show(self, row: int) -> None:
        """Scroll a row that is out of sight to the middle."""
        if self.holds(row):
            return
        index, across = self._view.model().index(row, 0), self._view.horizontalScrollBar()
        before = across.value()
        self._view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._bar.setValue(self._bar.value() - self._bar.value() % self._view.rowHeight(row))
        self._view.scrollTo(index)
        across.setValue(before)

    def keep(self, row: int) -> None:
        """Scroll back to a row that has just left the view, at the edge where it left."""
        if self.holds(row):
            return
        height = self._view.rowHeight(row)
        if self._view.rowViewportPosition(row) < 0:
            self._bar.setValue(row * height)
        else:
            whole_rows = max(1, self._view.viewport().height() // height)
            self._bar.setValue((row + 1 - whole_rows) * height)
        self.uncover(row)

    @contextmanager
    def whole_rows(self) -> Iterator[None]:
        """Let scrolling by keys end with a whole row at the top, not only at the bottom."""
        before, height = self._bar.value(), self._view.verticalHeader().defaultSectionSize()
        try:
            yield
        finally:
            if self._bar.value() != before:
                self._bar.setValue(-(-self._bar.value() // height) * height)

    def uncover(self, row: int) -> None:
        """Let no head that sticks to the top cover a row."""
        rect, free = self._rect(row), self._free()
        if -rect.height() < rect.top() < free.top():
            self._bar.setValue(self._bar.value() - (free.top() - rect.top()))

    def _rect(self, row: int) -> QRect:
        """Return where a row lies, whichever columns are scrolled into view."""
        view = self._view
        return QRect(0, view.rowViewportPosition(row), view.viewport().width(), view.rowHeight(row))

    def _free(self) -> QRect:
        """Return the part of the viewport that no head of a group covers."""
        rect = self._view.viewport().rect()
        if self._sticky.group is not None:
            rect.setTop(self._view.rowHeight(0))
        return rect


class RowMarks:
    """Call `follow` whenever rows may have moved.

    Args:
        view: The table.
        delegate: Draws the marks.
        sight: Knows where the keyboard begins while no row is current.
        is_wanted: Tells whether the ring is wanted for the mouse too.
    """

    def __init__(
        self,
        view: QTableView,
        delegate: RowDelegate,
        sight: ViewportRows,
        is_wanted: Callable[[], bool],
    ) -> None:
        self._view, self._delegate, self._sight = view, delegate, sight
        self._is_wanted = is_wanted
        self._is_by_keyboard = False
        self._pointer_y: int | None = None

    def use_keyboard(self, *, is_used: bool) -> None:
        """Take note whether the keyboard is in use: the mouse needs no ring for one row."""
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
        is_wanted = self._is_by_keyboard or self._is_wanted()
        row = place if self._view.hasFocus() and is_wanted else -1
        before, self._delegate.ringed_row = self._delegate.ringed_row, row
        self._update(before, row)

    def _update(self, before: int, row: int) -> None:
        viewport = self._view.viewport()
        for changed in {before, row} - {-1} if before != row else ():
            top, height = self._view.rowViewportPosition(changed), self._view.rowHeight(changed)
            viewport.update(QRect(0, top, viewport.width(), height))

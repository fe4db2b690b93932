"""The head of the group one reads in, at the top of the table while its own row is out of sight.

A child of the table over its rows; a click closes the group, as on the row itself.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table.group import Group, group_sentence
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.findings.group_row import GroupRow


class StickyHead(QWidget):
    """Call `follow` whenever rows or scroll may have moved.

    Args:
        view: The table, with rows of one height.
        model: Its rows.
        painter: Draws heads of groups.
    """

    clicked = Signal(object)
    """Somebody clicked the head; the key of its group."""

    def __init__(self, view: QTableView, model: FindingsModel, painter: GroupRow) -> None:
        super().__init__(view)
        self._view, self._model, self._painter = view, model, painter
        self._group: Group | None = None
        self.setObjectName("sticky_head")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    @property
    def group(self) -> Group | None:
        """Whose head is shown; None for none."""
        return None if self.isHidden() else self._group

    def follow(self) -> None:
        """Show the head that belongs to the top of the view."""
        self._group = self._group_at_top()
        self.setVisible(self._group is not None)
        if self._group is None:
            return
        viewport, height = self._view.viewport().geometry(), self._view.rowHeight(0)
        top = viewport.top() + self._shift(height)
        self.setGeometry(viewport.left(), top, viewport.width(), height)
        names, has_many = self._model.names, self._model.has_many_scans
        self.setAccessibleName(group_sentence(self._group, names, has_many_scans=has_many))
        self.raise_()
        self._view.horizontalHeader().raise_()  # a head that is pushed up goes under it
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._group is not None and event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit(self._group.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._group is not None:
            rect = QRectF(self.rect())
            with QPainter(self) as painter:
                self._painter.draw(painter, rect, self._group, self.layoutDirection())

    def _group_at_top(self) -> Group | None:
        """Return the group of the topmost row unless its own head is in sight."""
        row = self._view.rowAt(0)
        stands = self._model.row_at(row)
        if isinstance(stands, Finding):
            return self._model.group_of(stands.id)
        if not isinstance(stands, Group):
            return None
        is_cut = self._view.rowViewportPosition(row) < 0
        return stands if is_cut and stands.is_open else None

    def _shift(self, height: int) -> int:
        """Return how far the next head pushes this one up."""
        assert self._group is not None  # noqa: S101 - asked by `follow` alone
        start = self._model.row_of_group(self._group.key)
        if start is None:
            return 0
        next_head = start + self._group.size
        if self._model.row_at(next_head) is None:
            return 0
        return min(0, self._view.rowViewportPosition(next_head) - height)

"""Lays small parts side by side and begins a new line where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Keeps its parts at the size they ask for.

    Args:
        parent: The widget it lays out.
        gap_px: Between two parts of a line.
        line_gap_px: Between two lines.
    """

    def __init__(self, parent: QWidget, gap_px: int, line_gap_px: int) -> None:
        super().__init__(parent)
        self._parts: list[QLayoutItem] = []
        self._gap_px, self._line_gap_px = gap_px, line_gap_px
        self.setContentsMargins(0, 0, 0, 0)

    def set_gaps(self, gap_px: int, line_gap_px: int) -> None:
        """Use other gaps from now on."""
        self._gap_px, self._line_gap_px = gap_px, line_gap_px
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(item)

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index) if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_moving=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for part in self._parts:
            size = size.expandedTo(part.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, is_moving: bool) -> int:
        """Place the parts, or only find out how high they would stand."""
        widget = self.parentWidget()
        mirrors = widget is not None and widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, top, line_height = 0, rect.top(), 0
        for part in self._parts:
            if part.isEmpty():
                continue
            size = part.sizeHint().boundedTo(QSize(max(1, rect.width()), part.sizeHint().height()))
            if left and left + size.width() > rect.width():
                left, top, line_height = 0, top + line_height + self._line_gap_px, 0
            if is_moving:
                x = rect.right() + 1 - left - size.width() if mirrors else rect.left() + left
                part.setGeometry(QRect(QPoint(x, top), size))
            left += size.width() + self._gap_px
            line_height = max(line_height, size.height())
        return top + line_height - rect.top()

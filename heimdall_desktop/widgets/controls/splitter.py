"""A splitter that shows one hairline and is still easy to grab.

Source: design.md §7 (Style and palette).
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import fill, horizontal_hairline, vertical_hairline

GRAB_PX = 7


class HairlineSplitter(QSplitter):
    """Divides regions by a strong hairline; the handle reaches 3 px over both neighbours.

    Args:
        orientation: Which way the regions lie.
        parent: Its owner.
    """

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    """Wider than what it shows. Qt places a handle by its contents, so the margins overlap."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._theme = theme_of(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep Qt from masking the handle down to five pixels."""
        margin = (GRAB_PX - 1) // 2
        if self.orientation() is Qt.Orientation.Horizontal:
            self.setContentsMargins(margin, 0, margin, 0)
        else:
            self.setContentsMargins(0, margin, 0, margin)
        QWidget.resizeEvent(self, event)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        with QPainter(self) as painter:
            line = QRectF(self.contentsRect())
            if self.underMouse():
                fill(painter, line, tokens.control)
            elif self.orientation() is Qt.Orientation.Horizontal:
                vertical_hairline(painter, line.left(), 0, line.height(), tokens.hairline_strong)
            else:
                horizontal_hairline(painter, 0, line.top(), line.width(), tokens.hairline_strong)

"""A flat surface with hairlines on the sides where another region begins."""

from __future__ import annotations

from enum import Flag, auto

from PySide6.QtCore import QEvent, QMargins, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget

from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import fill, horizontal_hairline, vertical_hairline
from heimdall_desktop.widgets.look.tokens import Ground


class Edge(Flag):
    """Sides of a pane. `START` is left where lines run from left to right."""

    NONE = 0
    TOP = auto()
    BOTTOM = auto()
    START = auto()
    END = auto()


class MeasuredWidget(QWidget):
    """Has measures that go with the font: `_measure` is called for another font or direction.

    Args:
        parent: Its owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._measure()

    def _measure(self) -> None:
        """Set margins, gaps and heights."""


class Pane(MeasuredWidget):
    """Paints its ground and its hairlines; everything else is its layout's.

    Args:
        ground: The surface.
        edges: The sides that carry a hairline.
        is_strong: Take the strong hairline, as beside splits and under headers.
        parent: Its owner.
    """

    def __init__(
        self,
        ground: Ground = Ground.SURFACE,
        edges: Edge = Edge.NONE,
        *,
        is_strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground = ground
        self._edges = edges
        self._is_strong = is_strong

    def set_edges(self, edges: Edge) -> None:
        """Carry hairlines on other sides from now on."""
        self._edges = edges
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            tokens, rect = self._theme.tokens, QRectF(self.rect())
            fill(painter, rect, tokens.ground(self._ground))
            colour = tokens.hairline_strong if self._is_strong else tokens.hairline
            if Edge.TOP in self._edges:
                horizontal_hairline(painter, 0, 0, rect.width(), colour)
            if Edge.BOTTOM in self._edges:
                horizontal_hairline(painter, 0, rect.height() - 1, rect.width(), colour)
            is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left, right = (Edge.END, Edge.START) if is_mirrored else (Edge.START, Edge.END)
            if left in self._edges:
                vertical_hairline(painter, 0, 0, rect.height(), colour)
            if right in self._edges:
                vertical_hairline(painter, rect.width() - 1, 0, rect.height(), colour)


def set_row_margins(
    widget: QWidget, layout: QLayout, *, start: int, end: int, top: int = 0, bottom: int = 0
) -> None:
    """Set margins by where a line begins, unlike Qt; call again when the direction changes.

    Args:
        widget: Whose direction counts.
        layout: Of that widget.
        start: Pixels before the first part.
        end: Pixels behind the last part.
        top: Pixels above.
        bottom: Pixels below.
    """
    is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left, right = (end, start) if is_mirrored else (start, end)
    layout.setContentsMargins(QMargins(left, top, right, bottom))

"""An icon beside a text; it says nothing that the text does not."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from heimdall_desktop.widgets.look.painting import draw_icon
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import Tone


class IconMark(QWidget):
    """Paints one icon.

    Args:
        theme: The look.
        icon: Its name.
        size_px: Its edge before scaling.
        tone: Its ink.
        parent: The owner.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str = "",
        size_px: int = 14,
        tone: Tone = Tone.MUTED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self._size_px, self._tone = size_px, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_icon(self, icon: str, tone: Tone) -> None:
        """Show another icon."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        edge = self._theme.scale(self._size_px)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._icon:
            ink = self._theme.tokens.ink(self._tone)
            edge = self._theme.scale(self._size_px)
            with QPainter(self) as painter:
                draw_icon(painter, self._theme, self._icon, QPointF(0, 0), edge, ink)

"""A path with lines in one line: only its folders give way, never the file's name.

Source: design.md §5 (Detail).
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.look.painting import draw_text, elided
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Tone


class PathLabel(QLabel):
    """Shows "shop/api/orders.py:88-92"; all of it is in the tool tip.

    Args:
        theme: The look.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._folder, self._file = "", ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        theme.changed.connect(self._dress)
        self._dress()

    def show_path(self, folder: str, file: str) -> None:
        """Show a folder ("" for none) and a file with its lines, both harmless already."""
        self._folder, self._file = folder, file
        self.setText(f"{folder}/{file}" if folder else file)
        show_tip(self, self.text())
        self.updateGeometry()
        self.update()

    def shown_text(self) -> str:
        """Return what is visible at the present width."""
        metrics, width = self._theme.metrics(Role.MONO), self.width()
        middle = Qt.TextElideMode.ElideMiddle
        if metrics.horizontalAdvance(self.text()) <= width + 1 or not self._folder:
            return elided(self.text(), metrics, width, middle)
        tail = f"/{self._file}"
        room = width - metrics.horizontalAdvance(tail)
        if room < metrics.horizontalAdvance("\u2026"):
            return elided(self._file, metrics, width, middle)
        return elided(self._folder, metrics, room, middle) + tail

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics(Role.MONO)
        width = round(metrics.horizontalAdvance(self.text())) + 2
        return QSize(width, self._theme.scale(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        font = self._theme.font(Role.MONO)
        shown = self.shown_text()
        with QPainter(self) as painter:
            draw_text(painter, QRectF(self.rect()), shown, font, tokens.ink(Tone.TEXT))

    def _dress(self) -> None:
        self.setFont(self._theme.font(Role.MONO))
        self.updateGeometry()

"""A text of any length to read, select and copy, as high as it is; always plain.

A label would guess HTML in it, load its images, and could not break words without blanks.
Source: ux.md 2.9, heimdall-api.md T-15.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import focus_ring
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone

RING_RADIUS_PX = 3
LINE_PX = {Role.BODY: 18, Role.MONO: 18, Role.SMALL: 17}  # design.md §3


class ReadText(QTextBrowser):
    """Shows a text without scrolling by itself; its height follows its width.

    Args:
        role: The kind of text.
        tone: Its ink.
        parent: The owner.
    """

    def __init__(
        self, role: Role = Role.BODY, tone: Tone = Tone.TEXT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._tone = theme_of(self), role, tone
        self._text = ""
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self._theme.changed.connect(self._dress)
        self._dress()

    def set_text(self, text: str) -> None:
        """Show another text, harmless already; the same one keeps its selection."""
        if text != self._text:
            self._text = text
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            place = QRectF(self.viewport().rect())
            with QPainter(self.viewport()) as painter:
                focus_ring(painter, place, RING_RADIUS_PX, self._theme)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to what holds this text."""
        event.ignore()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, self._theme.tokens.ink(self._tone))
        palette.setColor(QPalette.ColorRole.Link, self._theme.tokens.accent)
        inactive, line = QPalette.ColorGroup.Inactive, self._theme.tokens.hairline_strong
        palette.setColor(inactive, QPalette.ColorRole.WindowText, line)  # rules between paragraphs
        self.setPalette(palette)
        self.setFont(self._theme.font(self._role))
        self._lay_out()

    def _lay_out(self) -> None:
        """Show the text in the present look."""
        self._fill()
        self._fit()

    def _fill(self) -> None:
        """Put the text into the document."""
        self.setPlainText(self._text)
        spacing = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.MinimumHeight.value
        spacing.setLineHeight(self._theme.scale(LINE_PX.get(self._role, 18)), kind)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(max(1, math.ceil(self.document().size().height())))

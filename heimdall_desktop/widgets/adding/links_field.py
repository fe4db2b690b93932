"""The field for scan links and ids: one line at first, as high as what is pasted, up to a limit."""

import math

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from heimdall_desktop.widgets.controls.fields import FORM_PX, FieldFrame
from heimdall_desktop.widgets.look.theme import Theme

MAX_LINES = 6
SPARE_PX = 1  # where lines fill the height to the pixel, Qt shows a scroll bar


class LinksField(FieldFrame):
    """Return submits, Shift and Return begin a line, Tab leaves. The text is in `edit`.

    Args:
        theme: The look.
        name: What belongs into it, for assistive technology.
        placeholder: An example.
        parent: The owner.

    Signals:
        submitted: Return was pressed.
    """

    submitted = Signal()

    def __init__(
        self, theme: Theme, name: str, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, icon="ui-link", height_px=FORM_PX, parent=parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as all addresses
        self.edit = QPlainTextEdit(self)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setTabChangesFocus(True)
        option = QTextOption(self.edit.document().defaultTextOption())
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        self.edit.document().setDefaultTextOption(option)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.viewport().setAutoFillBackground(False)
        self.edit.document().setDocumentMargin(0)
        self.edit.textChanged.connect(self._fit)
        self.set_input(self.edit)
        theme.changed.connect(self._dress)
        self._dress()
        self._fit()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        lines = min(MAX_LINES, self.edit.document().blockCount())
        return QSize(hint.width(), hint.height() + (lines - 1) * self._line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._return(event.modifiers())
            return True
        return super().eventFilter(watched, event)

    def _return(self, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.edit.insertPlainText("\n")  # Qt's own would be a break within the paragraph
        else:
            self.submitted.emit()

    def _fit(self) -> None:
        """Follow the number of lines; only what is more than fits needs to be scrolled."""
        is_full = self.edit.document().blockCount() > MAX_LINES
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if is_full else policy.ScrollBarAlwaysOff
        self.edit.setVerticalScrollBarPolicy(bar)
        self.updateGeometry()

    def _line_height(self) -> int:
        return math.ceil(self._theme.metrics().lineSpacing())

    def _dress(self) -> None:
        tokens, palette = self._theme.tokens, self.edit.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        palette.setColor(QPalette.ColorRole.Text, tokens.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, tokens.faint)
        self.edit.setPalette(palette)
        self.edit.setFont(self._theme.font())
        room = max(0, self._theme.scale(FORM_PX) - 4 - self._line_height())
        below = room - room // 2 - SPARE_PX
        self.edit.setViewportMargins(0, room // 2, 0, max(0, below))

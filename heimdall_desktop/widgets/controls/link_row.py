"""One reference: a link if it may be opened, a text to copy if not."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.controls.text_block import TextBlock
from heimdall_desktop.widgets.controls.web_address import web_address
from heimdall_desktop.widgets.look.painting import draw_text, focus_ring
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone


class _ElidedLink(LinkButton):
    """A link as wide as there is room, elided in its middle, so that host and end stay."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            font = self._theme.font(Role.SMALL, Weight.REGULAR)
            middle = Qt.TextElideMode.ElideMiddle
            draw_text(painter, rect, self.label, font, self._ink(), mode=middle)
            if self.hasFocus():
                focus_ring(painter, rect, 4, self._theme)


class LinkRow(QWidget):
    """Shows one line of text.

    Args:
        theme: The look.
        parent: The owner.

    Signals:
        page_wanted: address of a page; ask before opening it.
    """

    page_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = _ElidedLink(theme, self)
        self._link.setObjectName("link")
        self._link.clicked.connect(lambda: self.page_wanted.emit(self._link.label))
        self._text = TextBlock(theme, Role.SMALL, Tone.MUTED, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._link)
        self._stack.addWidget(self._text)

    def show_text(self, line: str) -> None:
        """Show a harmless line, as a link if it is a web address."""
        is_address = web_address(line) is not None
        self._link.set_label(line if is_address else "")
        show_tip(self._link, line)
        self._text.set_text("" if is_address else line)
        self._stack.setCurrentWidget(self._link if is_address else self._text)

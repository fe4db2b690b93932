"""The placeholder of an empty view: a fact, its consequence, and one next step.

No illustrations. Source: look.md 5 (Empty table); behaviour.md 2.6.
"""

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from heimdall_desktop.widgets.controls.buttons import SMALL_PX, HelpLink, OutlineButton
from heimdall_desktop.widgets.controls.focus import KEY_REASONS
from heimdall_desktop.widgets.controls.text_labels import IconMark, Paragraph, ProgressLine
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import focus_ring
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

ICON_PX = 20
BAR_WIDTH_PX = 220
BAR_HEIGHT_PX = 4
TEXT_WIDTH_PX = 360


class Emptiness(Struct, frozen=True):
    """Why a view is empty.

    Attributes:
        fraction: Loading progress, 0 to 1; None shows no bar.
        help: The entry of its reason in the manual; "" for none.
    """

    icon: str
    fact: str
    consequence: str = ""
    action: str = ""
    tone: Tone = Tone.MUTED
    fraction: float | None = None
    help: str = ""


class EmptyState(QWidget):
    """One centred block of glyph, fact, consequence, progress and button.

    It takes the focus only when it replaces the widget that had it. A ring shows the focus after
    keyboard navigation.
    """

    action_requested = Signal()
    """The button was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._has_ring = False
        self._glyph = IconMark(size_px=ICON_PX, parent=self)
        self._fact = Paragraph("", Role.BODY, Weight.SEMIBOLD, parent=self)
        self._consequence = Paragraph("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._bar = ProgressLine(BAR_WIDTH_PX, BAR_HEIGHT_PX, self)
        self._bar.setContentsMargins(0, 2, 0, 2)
        self._button = OutlineButton("", height_px=SMALL_PX, parent=self)
        self._button.clicked.connect(self.action_requested)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(self._theme.scale(6))
        column.addStretch(1)
        column.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        for text in (self._fact, self._consequence):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            text.setMinimumWidth(min(self._theme.scale(TEXT_WIDTH_PX), 200))
            column.addWidget(text)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(self._theme.scale(6))
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._help = HelpLink(self)
        column.addWidget(self._help, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_state(self, state: Emptiness) -> None:
        self._glyph.show_icon(state.icon, state.tone)
        self._fact.setText(state.fact)
        self._consequence.setText(state.consequence)
        self._consequence.setVisible(bool(state.consequence))
        self._bar.setVisible(state.fraction is not None)
        self._bar.show_fraction(state.fraction)
        if self._button.hasFocus() and not state.action:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # otherwise Qt moves the focus anywhere
        self._button.set_label(state.action)
        self._button.setVisible(bool(state.action))
        if self.hasFocus() and state.action:
            self.take_keyboard()  # otherwise Tab skips the next step
        self._help.show_entry(state.help)
        self.setAccessibleName(state.fact)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(0, self._hidden_px())

    def _make_room(self) -> None:
        """Hide the glyph if the texts need its space."""
        needed = self._column.totalHeightForWidth(self.width()) + self._hidden_px()
        self._glyph.setVisible(self.height() >= needed)

    def _hidden_px(self) -> int:
        """Return the height that the glyph would take if it is hidden."""
        is_hidden = self._glyph.isHidden()
        return self._glyph.sizeHint().height() + self._column.spacing() if is_hidden else 0

    def take_keyboard(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Take the focus from the replaced widget: to the button, or to the block without one."""
        taker = self._button if self._button.isVisibleTo(self) else self
        taker.setFocus(reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)  # repaints it, like the same for a lost focus
        self._has_ring = event.reason() in KEY_REASONS

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() and self._has_ring:
            with QPainter(self) as painter:
                focus_ring(painter, QRectF(self.rect()), 0, self._theme)

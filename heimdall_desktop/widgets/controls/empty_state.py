"""The placeholder of an empty view: a fact, its consequence, and one next step.

No illustrations. Source: design.md §5 (Empty table); ux.md §2.6.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from heimdall_desktop.widgets.controls.buttons import SMALL_PX, OutlineButton
from heimdall_desktop.widgets.controls.focus import KEY_REASONS
from heimdall_desktop.widgets.controls.labels import Paragraph
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import draw_icon, focus_ring, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

ICON_PX = 20
BAR_WIDTH_PX = 220
BAR_HEIGHT_PX = 4
TEXT_WIDTH_PX = 360


class Emptiness(Struct, frozen=True):
    """Why a view is empty.

    Attributes:
        icon: Name of the glyph.
        fact: One sentence.
        consequence: One more; may be empty.
        action: Text of the button; empty for none.
        tone: The glyph's ink.
        fraction: Loading progress, 0 to 1; None shows no bar.
    """

    icon: str
    fact: str
    consequence: str = ""
    action: str = ""
    tone: Tone = Tone.MUTED
    fraction: float | None = None


class EmptyState(QWidget):
    """One centred block of glyph, fact, consequence, progress and button.

    It takes the focus only when it replaces the widget that had it. A ring shows the focus after
    keyboard navigation.

    Args:
        parent: Its owner.
    """

    action_requested = Signal()
    """The button was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._has_ring = False
        self._glyph = _Glyph(self)
        self._fact = Paragraph("", Role.BODY, Weight.SEMIBOLD, parent=self)
        self._consequence = Paragraph("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._bar = _ProgressBar(self)
        self._button = OutlineButton("", height_px=SMALL_PX, parent=self)
        self._button.clicked.connect(self.action_requested)
        column = QVBoxLayout(self)
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
        column.addStretch(1)

    def show_state(self, state: Emptiness) -> None:
        """Show why the view is empty."""
        self._glyph.show_icon(state.icon, state.tone)
        self._fact.setText(state.fact)
        self._consequence.setText(state.consequence)
        self._consequence.setVisible(bool(state.consequence))
        self._bar.setVisible(state.fraction is not None)
        self._bar.show_fraction(state.fraction or 0.0)
        if self._button.hasFocus() and not state.action:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # otherwise Qt moves the focus anywhere
        self._button.set_label(state.action)
        self._button.setVisible(bool(state.action))
        if self.hasFocus() and state.action:
            self.take_keyboard()  # otherwise Tab skips the next step
        self.setAccessibleName(state.fact)

    def take_keyboard(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Take the focus from the replaced widget: to the button, or to the block without one."""
        taker = self._button if self._button.isVisibleTo(self) else self
        taker.setFocus(reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._has_ring = event.reason() in KEY_REASONS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() and self._has_ring:
            with QPainter(self) as painter:
                focus_ring(painter, QRectF(self.rect()), 0, self._theme)


class _Glyph(QWidget):
    """An icon of 20 px."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._icon = ""
        self._tone = Tone.MUTED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        edge = self._theme.scale(ICON_PX)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._icon:
            return
        theme = self._theme
        with QPainter(self) as painter:
            ink = theme.tokens.ink(self._tone)
            draw_icon(painter, theme, self._icon, QPointF(0, 0), theme.scale(ICON_PX), ink)


class _ProgressBar(QWidget):
    """The loading progress."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._fraction = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_fraction(self, fraction: float) -> None:
        self._fraction = min(max(fraction, 0.0), 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(BAR_WIDTH_PX), self._theme.scale(BAR_HEIGHT_PX) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        with QPainter(self) as painter:
            rect = QRectF(self.rect()).adjusted(0, 2, 0, -2)
            radius = rect.height() / 2
            rounded_box(painter, rect, radius, ground=tokens.accent_soft)
            done = QRectF(rect.left(), rect.top(), rect.width() * self._fraction, rect.height())
            if done.width() > 0:
                rounded_box(painter, done, radius, ground=tokens.accent)

"""Texts on a surface: one line, a paragraph, a key cap, an icon beside them. Plain text always.

Qt guesses rich text otherwise and would load files that a finding's title names.
Source: design.md §3, §7 (Text); ux.md §2.9.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from heimdall_desktop.presentation.shown_text import safe_tip
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import (
    CENTRED,
    draw_icon,
    draw_text,
    elided,
    rounded_box,
)
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Tone

KEY_CAP_PX = 18
KEY_CAP_PADDING_PX = 5
KEY_CAP_RADIUS_PX = 4


def show_tip(widget: QWidget, text: str) -> None:
    """Say something where the pointer rests, and as it is to assistive technology.

    Qt would hand it the tool tip, with its markup, for want of a description.
    """
    widget.setToolTip(safe_tip(text))
    widget.setAccessibleDescription(text)


def sub_menu(menu: QMenu, title: str) -> QMenu:
    """Add a menu to another one; Qt itself tells its title to eyes only."""
    inner = menu.addMenu(title)
    inner.setAccessibleName(title)
    return inner


class Label(QLabel):
    """One line of plain text, as wide as its text unless it may be elided.

    Args:
        text: What it says.
        role: Its size.
        weight: How heavy it is.
        tone: Its ink.
        elide: Where it is cut when room is short; `ElideNone` never cuts.
        parent: Its owner.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        weight: Weight = Weight.REGULAR,
        tone: Tone = Tone.TEXT,
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideNone,
        is_tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._role = role
        self._weight = weight
        self._tone = tone
        self._elide = elide
        self._is_tabular = is_tabular
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        if elide is not Qt.TextElideMode.ElideNone:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._theme.changed.connect(self._dress)
        self._dress()

    def set_weight(self, weight: Weight) -> None:
        """Be as heavy as this from now on."""
        self._weight = weight
        self._dress()

    def set_tone(self, tone: Tone) -> None:
        """Take another ink from now on."""
        self._tone = tone
        self._dress()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._elide is not Qt.TextElideMode.ElideNone:
            hint.setWidth(0)
        return hint

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setWidth(math.ceil(self.fontMetrics().horizontalAdvance(self.text())) + 1)
        return hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._elide is Qt.TextElideMode.ElideNone:
            super().paintEvent(event)
            return
        alignment = QLabel.alignment(self) | Qt.AlignmentFlag.AlignVCenter
        colour = self._theme.tokens.ink(self._tone)
        with QPainter(self) as painter:
            rect = QRectF(self.contentsRect())
            draw_text(painter, rect, self.text(), self.font(), colour, alignment, self._elide)

    def shown_text(self) -> str:
        """Return what is visible of the text at the present width."""
        metrics = self._theme.metrics(self._role, self._weight, is_tabular=self._is_tabular)
        return elided(self.text(), metrics, self.width(), self._elide)

    def _dress(self) -> None:
        font = self._theme.font(self._role, self._weight, is_tabular=self._is_tabular)
        self.setFont(font)
        tokens, palette = self._theme.tokens, self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, tokens.ink(self._tone))
        if self._tone in (Tone.INVERSE_TEXT, Tone.INVERSE_MUTED):
            palette.setColor(QPalette.ColorRole.Window, tokens.inverse)  # what it lies on
        self.setPalette(palette)


class Paragraph(Label):
    """Plain text that wraps, and that mouse and keyboard can select."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        weight: Weight = Weight.REGULAR,
        tone: Tone = Tone.TEXT,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, weight, tone, parent=parent)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def sizeHint(self) -> QSize:
        return QLabel.sizeHint(self)


class KeyCap(QWidget):
    """A key or chord as it stands on the keyboard, such as `Ctrl+F`."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.show_keys(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_keys(self, keys: str) -> None:
        """Show other keys."""
        self.keys = keys
        self.setAccessibleName(keys)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return key_cap_size(self._theme, self.keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_key_cap(painter, QRectF(self.rect()), self.keys, self._theme)


def key_cap_size(theme: Theme, keys: str) -> QSize:
    """Return how large a key cap is, in pixels."""
    height = theme.scale(KEY_CAP_PX)
    width = theme.text_width(keys, Role.MICRO, Weight.MEDIUM) + 2 * theme.scale(KEY_CAP_PADDING_PX)
    return QSize(max(height, math.ceil(width)), height)


def draw_key_cap(painter: QPainter, rect: QRectF, keys: str, theme: Theme) -> None:
    """Draw a key cap that fills the rectangle."""
    tokens = theme.tokens
    rounded_box(painter, rect, theme.scale(KEY_CAP_RADIUS_PX), line=tokens.hairline_strong)
    draw_text(painter, rect, keys, theme.font(Role.MICRO, Weight.MEDIUM), tokens.muted, CENTRED)


class IconMark(QWidget):
    """Paints an icon beside a text; it says nothing that the text does not.

    Args:
        icon: Its name.
        size_px: Its edge before scaling.
        tone: Its ink.
        parent: The owner.
    """

    def __init__(
        self,
        icon: str = "",
        size_px: int = 14,
        tone: Tone = Tone.MUTED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme_of(self), icon
        self._size_px, self._tone = size_px, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, tone: Tone) -> None:
        """Show another icon."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        edge = self._theme.scale(self._size_px)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._icon:
            ink = self._theme.tokens.ink(self._tone)
            edge = self._theme.scale(self._size_px)
            with QPainter(self) as painter:
                draw_icon(painter, self._theme, self._icon, QPointF(0, 0), edge, ink)

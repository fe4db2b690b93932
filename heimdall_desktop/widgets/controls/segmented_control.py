"""A few exclusive choices side by side on one track, such as "Unified" and "Split"."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import CENTRED, draw_text, focus_ring, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight

TRACK_RADIUS_PX = 6
SEGMENT_RADIUS_PX = 4
TRACK_PADDING_PX = 2
SEGMENT_PADDING_PX = 9
SMALL_FROM_PX = 28  # lower controls use the micro size


class SegmentedControl(QWidget):
    """Offers the choice of one of a few words; arrow keys move it.

    Args:
        options: The words.
        name: What is chosen, for assistive technology.
        height_px: Before scaling; 22 in section heads, 30 in forms.
        parent: Its owner.
    """

    chosen = Signal(int)
    """The index of the word that the user, not the program, chose."""

    def __init__(
        self,
        options: Sequence[str],
        *,
        name: str,
        height_px: int = 30,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._group = QButtonGroup(self)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        margin = self._theme.scale(TRACK_PADDING_PX)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(0)
        for index, option in enumerate(options):
            segment = _Segment(option, height_px - 2 * TRACK_PADDING_PX, self)
            self._group.addButton(segment, index)
            layout.addWidget(segment)
            segment.toggled.connect(segment.follow_choice)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)

    @property
    def current(self) -> int:
        """The index of the chosen word."""
        return self._group.checkedId()

    def set_current(self, index: int) -> None:
        """Choose a word without telling anyone."""
        self._group.button(index).setChecked(True)

    def offer(self, index: int, *, is_offered: bool, reason: str = "") -> None:
        """Let a word be chosen, or grey it and say why in its tool tip."""
        button = self._group.button(index)
        button.setEnabled(is_offered)
        show_tip(button, "" if is_offered else reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        radius = self._theme.scale(TRACK_RADIUS_PX)
        ground = self._theme.tokens.track
        with QPainter(self) as painter:
            rounded_box(painter, QRectF(self.rect()), radius, ground=ground)


class _Segment(QRadioButton):
    """One word on the track; the chosen one stands on a small raised plate."""

    def __init__(self, text: str, height_px: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._label = text
        self._height_px = height_px
        self._role = Role.SMALL if height_px + 4 >= SMALL_FROM_PX else Role.MICRO
        self.setAccessibleName(text)
        self.follow_choice(is_chosen=False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def follow_choice(self, is_chosen: bool) -> None:
        """Let the Tab key come here only while this is the word that arrow keys start from."""
        policies = Qt.FocusPolicy
        self.setFocusPolicy(policies.TabFocus if is_chosen else policies.NoFocus)

    def sizeHint(self) -> QSize:
        theme = self._theme
        text = theme.text_width(self._label, self._role, Weight.SEMIBOLD)
        width = math.ceil(text) + 2 * theme.scale(SEGMENT_PADDING_PX)
        return QSize(width, theme.scale(self._height_px))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            is_chosen, radius = self.isChecked(), theme.scale(SEGMENT_RADIUS_PX)
            if is_chosen:
                line = tokens.hairline_strong
                rounded_box(painter, rect, radius, ground=tokens.surface, line=line)
            font = theme.font(self._role, Weight.SEMIBOLD if is_chosen else Weight.MEDIUM)
            draw_text(painter, rect, self._label, font, self._ink(), CENTRED)
            if self.hasFocus():
                focus_ring(painter, rect, radius, theme)

    def _ink(self) -> QColor:
        tokens = self._theme.tokens
        if not self.isEnabled():
            return tokens.disabled
        return tokens.text if self.isChecked() else tokens.muted

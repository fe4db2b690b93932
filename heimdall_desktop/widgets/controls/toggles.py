"""Switch, check box and radio row, painted.

To the keyboard and to assistive technology they are Qt's own. Source: design.md §5; ux.md §2.8.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QWidget

from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import draw_icon, focus_ring, rounded_box
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Theme

TARGET_PX = 24
SWITCH_WIDTH_PX = 30
SWITCH_HEIGHT_PX = 18
BOX_PX = 16
BOX_RADIUS_PX = 3
TICK_PX = 12
RADIO_PX = 18
LABEL_GAP_PX = 10
ROW_GAP_PX = 2  # between the label of a radio row and the line below


class Switch(QCheckBox):
    """Something that is on or off at once, without a button to confirm.

    Args:
        name: What it switches; the visible words stand beside it.
        parent: Its owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(SWITCH_WIDTH_PX) + 4, self._theme.scale(TARGET_PX))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        with QPainter(self) as painter:
            track = QRectF(0, 0, theme.scale(SWITCH_WIDTH_PX), theme.scale(SWITCH_HEIGHT_PX))
            track.moveCenter(QRectF(self.rect()).center())
            is_on, is_enabled = self.isChecked(), self.isEnabled()
            if is_on:
                ground, knob = (tokens.accent if is_enabled else tokens.disabled), tokens.on_accent
                rounded_box(painter, track, track.height() / 2, ground=ground)
            else:
                knob = tokens.control if is_enabled else tokens.hairline_strong
                rounded_box(painter, track, track.height() / 2, ground=tokens.field, line=knob)
            edge = track.height() - (6 if is_on else 8)
            dot = QRectF(0, 0, edge, edge)
            reach = (track.width() - track.height()) / 2
            is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            side = reach if is_on is not is_mirrored else -reach
            dot.moveCenter(track.center() + QPointF(side, 0))
            rounded_box(painter, dot, edge / 2, ground=knob)
            if self.hasFocus():
                ring = track.adjusted(-2, -2, 2, 2)
                focus_ring(painter, ring, ring.height() / 2, theme)


class CheckBox(QCheckBox):
    """A box to tick, with a label; half ticked where it stands for several."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._label = text
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = float(theme.scale(BOX_PX) + 4)
        if self._label:
            width += theme.scale(8) + theme.text_width(self._label) + 1
        height = max(theme.scale(TARGET_PX), math.ceil(theme.metrics().height()) + 4)
        return QSize(max(height, math.ceil(width)), height)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        with QPainter(self) as painter:
            row = RowCursor(theme, painter, rect, self.layoutDirection())
            edge = theme.scale(BOX_PX)
            row.skip(2)
            place = row.take(edge)
            box = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
            draw_check_box(painter, box, self.checkState(), theme, is_enabled=self.isEnabled())
            if self._label:
                row.skip(theme.scale(8))
                ink = theme.tokens.text if self.isEnabled() else theme.tokens.disabled
                row.text(self._label, theme.font(), ink)
            if self.hasFocus():
                focus_ring(painter, box.adjusted(-2, -2, 2, 2), BOX_RADIUS_PX + 2, theme)


class RadioRow(QRadioButton):
    """One of several choices, with a line below that says what it means.

    Args:
        text: The choice.
        detail: The muted line below it; may be empty.
        parent: Its owner; choices of one parent exclude each other.
    """

    def __init__(self, text: str, detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._label = text
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_detail(detail)

    def set_detail(self, detail: str) -> None:
        """Change the line below."""
        self._detail = detail
        self.setAccessibleDescription(detail)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        text = max(theme.text_width(self._label), theme.text_width(self._detail, Role.SMALL))
        width = theme.scale(RADIO_PX + LABEL_GAP_PX) + math.ceil(text) + 4
        height = max(theme.scale(TARGET_PX), self._label_height() + self._detail_height())
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(RADIO_PX), self.sizeHint().height())

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        with QPainter(self) as painter:
            line = QRectF(0, 0, self.width(), self._label_height())
            row = RowCursor(theme, painter, line, self.layoutDirection())
            place = row.take(theme.scale(RADIO_PX))
            circle = draw_radio(painter, place, self, theme)
            row.skip(theme.scale(LABEL_GAP_PX))
            ink = tokens.text if self.isEnabled() else tokens.disabled
            row.text(self._label, theme.font(), ink)
            if self._detail:
                below = QRectF(0, line.bottom(), self.width(), self._detail_height())
                row = RowCursor(theme, painter, below, self.layoutDirection())
                row.skip(theme.scale(RADIO_PX + LABEL_GAP_PX))
                ink = tokens.muted if self.isEnabled() else tokens.disabled
                row.text(self._detail, theme.font(Role.SMALL), ink)
            if self.hasFocus():
                focus_ring(painter, circle, circle.height() / 2, theme)

    def _label_height(self) -> int:
        return max(self._theme.scale(20), math.ceil(self._theme.metrics().height()) + 2)

    def _detail_height(self) -> int:
        if not self._detail:
            return 0
        return math.ceil(self._theme.metrics(Role.SMALL).height()) + self._theme.scale(ROW_GAP_PX)


def draw_radio(painter: QPainter, place: QRectF, button: QRadioButton, theme: Theme) -> QRectF:
    """Draw the circle of a radio button in the middle of a place; return the ring around it."""
    tokens, edge = theme.tokens, place.width()
    ring = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
    circle = ring.adjusted(1, 1, -1, -1)
    on = tokens.accent if button.isEnabled() else tokens.disabled
    line, line_px = (on, 1.5) if button.isChecked() else (tokens.control, 1.0)
    radius = circle.height() / 2
    rounded_box(painter, circle, radius, ground=tokens.field, line=line, line_px=line_px)
    if button.isChecked():
        inset = edge / 4
        dot = ring.adjusted(inset, inset, -inset, -inset)
        rounded_box(painter, dot, dot.height() / 2, ground=on)
    return ring


def draw_check_box(
    painter: QPainter,
    box: QRectF,
    state: Qt.CheckState,
    theme: Theme,
    *,
    is_enabled: bool = True,
) -> None:
    """Draw the box of a check box, for the widget and for the check column of tables."""
    tokens = theme.tokens
    if state is Qt.CheckState.Unchecked:
        line = tokens.control if is_enabled else tokens.disabled
        rounded_box(painter, box, BOX_RADIUS_PX, ground=tokens.field, line=line)
        return
    ground = tokens.accent if is_enabled else tokens.disabled
    rounded_box(painter, box, BOX_RADIUS_PX, ground=ground)
    if state is Qt.CheckState.PartiallyChecked:
        dash = QRectF(0, 0, box.width() / 2, 2)
        dash.moveCenter(box.center())
        rounded_box(painter, dash, 1, ground=tokens.on_accent)
        return
    edge = min(round(box.width()) - 2, theme.scale(TICK_PX))
    top_left = QPointF(box.center().x() - edge / 2, box.center().y() - edge / 2)
    draw_icon(painter, theme, "ui-check", top_left, edge, tokens.on_accent)

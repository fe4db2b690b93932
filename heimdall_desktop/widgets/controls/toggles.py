"""Switch, check box and radio row, painted.

To the keyboard and to assistive technology they are Qt's own. Source: look.md 5; behaviour.md 2.8.
"""

import math
from collections.abc import Sequence

from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

from heimdall_desktop.widgets.controls.buttons import GhostIconButton
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE, command_key_text
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.text_labels import Label, show_tip
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

TARGET_PX = 24
SWITCH_WIDTH_PX = 30
SWITCH_HEIGHT_PX = 18
BOX_PX = 16
BOX_RADIUS_PX = 3
TICK_PX = 12
RADIO_PX = 18
LABEL_GAP_PX = 10
ROW_GAP_PX = 2  # between the label of a radio row and the line below


def _prepare(button: QtWidgets.QAbstractButton, name: str) -> Theme:
    """Set name, focus and size of a painted button, and return its theme."""
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setSizePolicy(QtWidgets.QSizePolicy.Policy.Fixed, QtWidgets.QSizePolicy.Policy.Fixed)
    return theme_of(button)


class Switch(QtWidgets.QCheckBox):
    """An option that applies at once, without a button to confirm."""

    def __init__(self, name: str, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = _prepare(self, name)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(SWITCH_WIDTH_PX) + 4, self._theme.scale(TARGET_PX))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        is_on, is_enabled = self.isChecked(), self.isEnabled()
        track = QRectF(0, 0, theme.scale(SWITCH_WIDTH_PX), theme.scale(SWITCH_HEIGHT_PX))
        track.moveCenter(QRectF(self.rect()).center())
        edge = track.height() - (6 if is_on else 8)
        dot = QRectF(0, 0, edge, edge)
        reach = (track.width() - track.height()) / 2
        is_at_right = is_on is not (self.layoutDirection() is Qt.LayoutDirection.RightToLeft)
        dot.moveCenter(track.center() + QPointF(reach if is_at_right else -reach, 0))
        with QPainter(self) as painter:
            if is_on:
                ground, knob = (tokens.accent if is_enabled else tokens.disabled), tokens.on_accent
                painting.rounded_box(painter, track, track.height() / 2, ground=ground)
            else:
                knob = tokens.control if is_enabled else tokens.hairline_strong
                painting.rounded_box(
                    painter, track, track.height() / 2, ground=tokens.field, line=knob
                )
            painting.rounded_box(painter, dot, edge / 2, ground=knob)
            if self.hasFocus():
                ring = track.adjusted(-2, -2, 2, 2)
                painting.focus_ring(painter, ring, ring.height() / 2, theme)


class CheckBox(QtWidgets.QCheckBox):
    """A box to tick, with a label; half ticked if it represents several in different states."""

    def __init__(self, text: str = "", parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._label = _prepare(self, text), text

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
        theme, edge = self._theme, self._theme.scale(BOX_PX)
        with QPainter(self) as painter:
            row = painting.RowCursor(theme, painter, QRectF(self.rect()), self.layoutDirection())
            row.skip(2)
            place = row.take(edge)
            box = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
            draw_check_box(painter, box, self.checkState(), theme, is_enabled=self.isEnabled())
            if self._label:
                row.skip(theme.scale(8))
                ink = theme.tokens.text if self.isEnabled() else theme.tokens.disabled
                row.text(self._label, theme.font(), ink)
            if self.hasFocus():
                painting.focus_ring(painter, box.adjusted(-2, -2, 2, 2), BOX_RADIUS_PX + 2, theme)


class RadioRow(QtWidgets.QRadioButton):
    """One of several choices, with an explanation below.

    Args:
        text: The choice.
        detail: The muted line below it; may be empty.
        parent: Its owner; choices of one parent exclude each other.
    """

    def __init__(
        self, text: str, detail: str = "", parent: QtWidgets.QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._label = _prepare(self, text), text
        self.setSizePolicy(
            QtWidgets.QSizePolicy.Policy.Preferred, QtWidgets.QSizePolicy.Policy.Fixed
        )
        self.set_detail(detail)

    def set_detail(self, detail: str) -> None:
        self._detail = detail
        self.setAccessibleDescription(detail)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        text = max(theme.text_width(self._label), theme.text_width(self._detail, Role.SMALL))
        width = theme.scale(RADIO_PX + LABEL_GAP_PX) + math.ceil(text) + 4
        return QSize(width, max(theme.scale(TARGET_PX), sum(self._heights())))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(RADIO_PX), self.sizeHint().height())

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, is_enabled = self._theme, self._theme.tokens, self.isEnabled()
        label_px, detail_px = self._heights()
        with QPainter(self) as painter:
            line = QRectF(0, 0, self.width(), label_px)
            row = painting.RowCursor(theme, painter, line, self.layoutDirection())
            circle = draw_radio(painter, row.take(theme.scale(RADIO_PX)), self, theme)
            row.skip(theme.scale(LABEL_GAP_PX))
            row.text(self._label, theme.font(), tokens.text if is_enabled else tokens.disabled)
            below = QRectF(0, label_px, self.width(), detail_px)
            row = painting.RowCursor(theme, painter, below, self.layoutDirection())
            row.skip(theme.scale(RADIO_PX + LABEL_GAP_PX))
            ink = tokens.muted if is_enabled else tokens.disabled
            row.text(self._detail, theme.font(Role.SMALL), ink)
            if self.hasFocus():
                painting.focus_ring(painter, circle, circle.height() / 2, theme)

    def _heights(self) -> tuple[int, int]:
        theme = self._theme
        label = max(theme.scale(20), math.ceil(theme.metrics().height()) + 2)
        below = math.ceil(theme.metrics(Role.SMALL).height()) + theme.scale(ROW_GAP_PX)
        return label, below if self._detail else 0


def draw_radio(
    painter: QPainter, place: QRectF, button: QtWidgets.QRadioButton, theme: Theme
) -> QRectF:
    """Draw the circle of a radio button centred in a rectangle; return the ring around it."""
    tokens, edge = theme.tokens, place.width()
    ring = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
    circle = ring.adjusted(1, 1, -1, -1)
    on = tokens.accent if button.isEnabled() else tokens.disabled
    line, line_px = (on, 1.5) if button.isChecked() else (tokens.control, 1.0)
    radius = circle.height() / 2
    painting.rounded_box(painter, circle, radius, ground=tokens.field, line=line, line_px=line_px)
    if button.isChecked():
        inset = edge / 4
        dot = ring.adjusted(inset, inset, -inset, -inset)
        painting.rounded_box(painter, dot, dot.height() / 2, ground=on)
    return ring


def draw_check_box(
    painter: QPainter, box: QRectF, state: Qt.CheckState, theme: Theme, *, is_enabled: bool = True
) -> None:
    """Draw the box of a check box, for the widget and for the check column of tables."""
    tokens = theme.tokens
    if state is Qt.CheckState.Unchecked:
        line = tokens.control if is_enabled else tokens.disabled
        painting.rounded_box(painter, box, BOX_RADIUS_PX, ground=tokens.field, line=line)
        return
    ground = tokens.accent if is_enabled else tokens.disabled
    painting.rounded_box(painter, box, BOX_RADIUS_PX, ground=ground)
    if state is Qt.CheckState.PartiallyChecked:
        dash = QRectF(0, 0, box.width() / 2, 2)
        dash.moveCenter(box.center())
        painting.rounded_box(painter, dash, 1, ground=tokens.on_accent)
        return
    edge = min(round(box.width()) - 2, theme.scale(TICK_PX))
    top_left = QPointF(box.center().x() - edge / 2, box.center().y() - edge / 2)
    painting.draw_icon(painter, theme, "ui-check", top_left, edge, tokens.on_accent)


TRACK_RADIUS_PX = 6
SEGMENT_RADIUS_PX = 4
TRACK_PADDING_PX = 2
SEGMENT_PADDING_PX = 9
SMALL_FROM_PX = 28  # lower controls use the micro size


class SegmentedControl(QtWidgets.QWidget):
    """Offers one of a few words on one track; arrow keys move the choice.

    Args:
        height_px: Before scaling; 22 in section heads, 30 in forms.
    """

    chosen = Signal(int)
    """The index of the word that the user, not the program, chose."""

    def __init__(
        self,
        options: Sequence[str],
        *,
        name: str,
        height_px: int = 30,
        parent: QtWidgets.QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._group = QtWidgets.QButtonGroup(self)
        self.setAccessibleName(name)
        self.setSizePolicy(QtWidgets.QSizePolicy.Policy.Fixed, QtWidgets.QSizePolicy.Policy.Fixed)
        layout = QtWidgets.QHBoxLayout(self)
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
        return self._group.checkedId()

    def set_current(self, index: int) -> None:
        """Choose a word without emitting a signal."""
        self._group.button(index).setChecked(True)

    def offer(self, index: int, *, is_offered: bool, reason: str = "") -> None:
        """Enable a word, or disable it and show the reason in its tool tip."""
        button = self._group.button(index)
        button.setEnabled(is_offered)
        show_tip(button, "" if is_offered else reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        radius = self._theme.scale(TRACK_RADIUS_PX)
        ground = self._theme.tokens.track
        with QPainter(self) as painter:
            painting.rounded_box(painter, QRectF(self.rect()), radius, ground=ground)


class _Segment(QtWidgets.QRadioButton):
    """One word on the track; the chosen one is on a small raised plate."""

    def __init__(self, text: str, height_px: int, parent: QtWidgets.QWidget) -> None:
        super().__init__(parent)
        self._theme, self._label, self._height_px = _prepare(self, text), text, height_px
        self._role = Role.SMALL if height_px + 4 >= SMALL_FROM_PX else Role.MICRO
        self.follow_choice(is_chosen=False)

    def follow_choice(self, is_chosen: bool) -> None:
        """Accept Tab focus only while this is the word that arrow keys start from."""
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
        theme, tokens, rect = self._theme, self._theme.tokens, QRectF(self.rect())
        radius, is_chosen = theme.scale(SEGMENT_RADIUS_PX), self.isChecked()
        with QPainter(self) as painter:
            if is_chosen:
                line = tokens.hairline_strong
                painting.rounded_box(painter, rect, radius, ground=tokens.surface, line=line)
            font = theme.font(self._role, Weight.SEMIBOLD if is_chosen else Weight.MEDIUM)
            ink = tokens.text if is_chosen else tokens.muted
            if not self.isEnabled():
                ink = tokens.disabled
            painting.draw_text(painter, rect, self._label, font, ink, painting.CENTRED)
            if self.hasFocus():
                painting.focus_ring(painter, rect, radius, theme)


UPRIGHT_PX = 40
LYING_PX = 28
BUTTON_PX = 24
MARGIN_PX = 8


class FoldedBar(Pane):
    """A collapsed part of the window: a button, with name and key if horizontal.

    A click anywhere opens the part again. Source: behaviour.md 2.1.
    """

    opened = Signal()
    """The part must be shown again."""

    def __init__(
        self,
        icon: str,
        name: str,
        open_words: str,
        key: str,
        ground: Ground = Ground.SURFACE,
        parent: QtWidgets.QWidget | None = None,
    ) -> None:
        super().__init__(ground, is_strong=True, parent=parent)
        self._orientation = Qt.Orientation.Vertical
        self._button = GhostIconButton(icon, open_words, key=key, height_px=BUTTON_PX, parent=self)
        self._button.clicked.connect(self.opened)
        self._name = Label(name, Role.SMALL, tone=Tone.MUTED, parent=self)
        self._command_key = key
        self._key = Label("", Role.MICRO, tone=Tone.FAINT, parent=self)
        self._row = QtWidgets.QBoxLayout(QtWidgets.QBoxLayout.Direction.TopToBottom, self)
        self._row.addWidget(self._button)
        self._row.addWidget(self._name)
        self._row.addStretch(1)
        self._row.addWidget(self._key)
        KEYS_IN_USE.changed.connect(self._show_key)
        self._show_key()
        self._measure()

    def lie(self, orientation: Qt.Orientation, edges: Edge) -> None:
        """Lie vertically beside the other parts or below them, with lines at these edges."""
        self._orientation = orientation
        self.set_edges(edges)
        self._measure()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_inside:
            self.opened.emit()

    def _show_key(self) -> None:
        self._key.setText(command_key_text(self._command_key))

    def _measure(self) -> None:
        scale, directions = self._theme.scale, QtWidgets.QBoxLayout.Direction
        is_upright = self._orientation is Qt.Orientation.Vertical
        self._row.setDirection(directions.TopToBottom if is_upright else directions.LeftToRight)
        margin = scale(MARGIN_PX)
        self._name.setVisible(not is_upright)
        self._key.setVisible(not is_upright)
        unlimited = 16_777_215  # QWIDGETSIZE_MAX, which PySide6 does not export
        self.setMinimumSize(0, 0)
        self.setMaximumSize(unlimited, unlimited)
        if is_upright:
            self._row.setContentsMargins(margin, margin, margin, margin)
            self.setFixedWidth(scale(UPRIGHT_PX))
        else:
            self._row.setContentsMargins(margin + scale(4), 1, 2 * margin, 0)
            self.setFixedHeight(scale(LYING_PX))

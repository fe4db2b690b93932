"""The choices of the export dialog: findings as boxes, formats as rows. Source: picture 13."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from heimdall_desktop.widgets.controls.toggles import draw_radio
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, focus_ring, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight

BOX_PX, ROW_PX = 60, 34
WIDTH_PX, LEAST_PX = 213, 120
RADIO_PX, RADIUS_PX, INSET_PX = 18, 6, 12
PURPOSE_PX = 133  # start of the purpose column of all formats


class _PaintedChoice(QRadioButton):
    """One of several exclusive choices; subclasses paint it.

    Args:
        name: its title.
        note: its description.
        height_px: Before scaling.
        parent: Its owner.
    """

    def __init__(self, name: str, note: str, height_px: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._height_px = theme_of(self), height_px
        self._name, self._note = name, note
        self.setAccessibleName(name)
        self.setAccessibleDescription(note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(WIDTH_PX), self._theme.scale(self._height_px))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(LEAST_PX), self.sizeHint().height())

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def _begin(self, painter: QPainter, line: QRectF, start_px: int) -> RowCursor:
        """Draw the circle at the start of a line, and continue after it."""
        row = RowCursor(self._theme, painter, line, self.layoutDirection())
        row.skip(self._theme.scale(start_px))
        draw_radio(painter, row.take(self._theme.scale(RADIO_PX)), self, self._theme)
        row.skip(self._theme.scale(10))
        return row


class ChoiceBox(_PaintedChoice):
    """A choice of findings in a box: name and number, with a description below."""

    def __init__(self, name: str, count: str, note: str, parent: QWidget) -> None:
        super().__init__(name, note, BOX_PX, parent)
        self._count = count
        self.setAccessibleName(f"{name}, {count}")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        rect, is_on = QRectF(self.rect()), self.isChecked()
        with QPainter(self) as painter:
            rounded_box(
                painter,
                rect,
                scale(RADIUS_PX),
                ground=tokens.selection if is_on else None,
                line=tokens.accent if is_on else tokens.hairline_strong,
                line_px=1.5 if is_on else 1.0,
            )
            half = rect.height() / 2
            row = self._begin(painter, QRectF(0, scale(5), rect.width(), half - scale(2)), INSET_PX)
            row.text(self._name, theme.font(weight=Weight.SEMIBOLD), tokens.text)
            row.skip(scale(8))
            row.text(self._count, theme.font(is_tabular=True), tokens.muted)
            below = QRectF(0, half - scale(1), rect.width(), half - scale(5))
            row = RowCursor(theme, painter, below, self.layoutDirection())
            row.skip(scale(INSET_PX + RADIO_PX + 10))
            row.skip_at_end(scale(INSET_PX))
            row.text(self._note, theme.font(Role.SMALL), tokens.muted)
            if self.hasFocus():
                focus_ring(painter, rect.adjusted(1, 1, -1, -1), scale(RADIUS_PX), theme)


class FormRow(_PaintedChoice):
    """A file format: its name and purpose, and the suffix at the end."""

    def __init__(self, name: str, purpose: str, suffix: str, parent: QWidget) -> None:
        super().__init__(name, purpose, ROW_PX, parent)
        self._suffix = suffix

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        rect, is_on = QRectF(self.rect()), self.isChecked()
        with QPainter(self) as painter:
            if is_on:
                ground = rect.adjusted(0, 1, 0, -1)
                rounded_box(painter, ground, scale(4), ground=tokens.selection)
            row = self._begin(painter, rect, INSET_PX)
            row.skip_at_end(scale(INSET_PX))
            mono, width = theme.font(Role.MONO), theme.text_width(self._suffix, Role.MONO)
            row.text_at_end(self._suffix, width, mono, tokens.muted)
            weight = Weight.SEMIBOLD if is_on else Weight.REGULAR
            row.text(self._name, theme.font(weight=weight), tokens.text)
            note = RowCursor(theme, painter, rect, self.layoutDirection())
            note.skip(scale(INSET_PX + PURPOSE_PX))
            note.skip_at_end(width + scale(2 * INSET_PX))
            note.text(self._note, theme.font(Role.SMALL), tokens.muted)
            if self.hasFocus():
                focus_ring(painter, rect, scale(4), theme)

"""One step of a flow as a row to choose: its number, what it is, what is said of it, and where.

A radio button underneath: arrow keys go from step to step, and assistive technology reads it as one
of several. Source: ux.md #15, 2.8.
"""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.detail.flow import FlowStep
from heimdall_desktop.widgets.controls.labels import show_tip
from heimdall_desktop.widgets.look.painting import (
    CENTRED,
    draw_text,
    fill,
    focus_ring,
    mirrored,
    rounded_box,
)
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

ROW_PX = 40
BAR_PX = 3
NUMBER_PX = 18
INSET_PX = 10
GAP_PX = 8


class FlowStepRow(QRadioButton):
    """Two lines: role and words above, the place below.

    Args:
        theme: The look.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._step: FlowStep | None = None
        self._number = 0
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_step(self, step: FlowStep, number: int, count: int) -> None:
        """Show a step, counted from 1."""
        self._step, self._number = step, number
        words = tr("Step {number} of {count}: {role}, {text}, {path}, line {line}")
        name = words.format(
            number=number,
            count=count,
            role=step.role.word.lower(),
            text=step.text or tr("nothing said"),
            path=step.path,
            line=step.line,
        )
        self.setAccessibleName(name)
        show_tip(self, f"{step.text}\n{step.path}:{step.line}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(200), self._theme.row_height(ROW_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._step is None:
            return
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            if self.isChecked():
                fill(painter, rect, tokens.selection)
                bar = QRectF(rect.left(), rect.top(), scale(BAR_PX), rect.height())
                fill(painter, mirrored(bar, rect, self.layoutDirection()), tokens.accent)
            elif self.underMouse():
                fill(painter, rect, tokens.hover)
            self._draw_number(painter, rect)
            start, edge = scale(INSET_PX + NUMBER_PX + GAP_PX), scale(INSET_PX)
            half = rect.height() / 2
            inner = mirrored(rect.adjusted(start, 0, -edge, 0), rect, self.layoutDirection())
            self._draw_words(painter, inner.adjusted(0, scale(4), 0, -half), self._step)
            place, mono = inner.adjusted(0, half, 0, -scale(4)), theme.font(Role.MONO)
            where, middle = f"{self._step.path}:{self._step.line}", Qt.TextElideMode.ElideMiddle
            draw_text(painter, place, where, mono, tokens.muted, mode=middle)
            if self.hasFocus():
                focus_ring(painter, rect, 2, theme)

    def _draw_number(self, painter: QPainter, rect: QRectF) -> None:
        theme, tokens, edge = self._theme, self._theme.tokens, self._theme.scale(NUMBER_PX)
        top = rect.top() + (rect.height() - edge) / 2
        place = QRectF(rect.left() + theme.scale(INSET_PX), top, edge, edge)
        circle = mirrored(place, rect, self.layoutDirection())
        is_chosen = self.isChecked()
        ground, line = (tokens.accent, None) if is_chosen else (None, tokens.control)
        rounded_box(painter, circle, edge / 2, ground=ground, line=line)
        ink = tokens.on_accent if is_chosen else tokens.text
        font = theme.font(Role.MICRO, Weight.SEMIBOLD)
        draw_text(painter, circle, str(self._number), font, ink, CENTRED)

    def _draw_words(self, painter: QPainter, rect: QRectF, step: FlowStep) -> None:
        theme = self._theme
        row = RowCursor(theme, painter, rect, self.layoutDirection())
        font = theme.font(Role.SMALL, Weight.SEMIBOLD)
        row.text(step.role.word, font, theme.tokens.text)
        if step.text:
            row.skip(theme.scale(6))
            row.text(step.text, theme.font(Role.SMALL), theme.tokens.text)

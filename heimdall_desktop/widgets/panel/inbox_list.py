"""The lines of the inbox as a list, for mouse and keyboard.

A click or Enter opens a line, arrows only move, Space toggles read. Lines that arrive while the
list is scrolled down move nothing on screen. A row has an unread dot, shape, text, scan, outcome
of the alert, and time. If space is short it omits the scan first, then the outcome, but never text
or time.
Source: ux.md 2.2, 2.7, 2.8; design.md 5 ("Inbox"), 7.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QMenu, QStyleOptionViewItem, QWidget

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.alerts.rules import SERVER_EVENTS
from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.models.inbox_model import LINE_ROLE, MOMENT_ROLE, InboxModel
from heimdall_desktop.presentation.alerts.alert_text import (
    action_of,
    copied_text,
    outcome,
)
from heimdall_desktop.presentation.alerts.event_text import EVENTS, finding_words
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.choice_list import ChoiceList
from heimdall_desktop.widgets.controls.key_names import copy_text, key_text
from heimdall_desktop.widgets.controls.list_marks import ListMarks
from heimdall_desktop.widgets.controls.row_delegate import Cell, Index, RowDelegate
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import (
    RowCursor,
    draw_icon,
    mirrored,
    rounded_box,
)
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

READ_KEY, COPY_KEY = "Space", "Ctrl+C"
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}

ROW_PX = 30
DOT_INSET_PX = 8
DOT_PX = 6
SHAPE_INSET_PX = 22
SHAPE_PX = 16
TEXT_INSET_PX = 48
GAP_PX = 16
SCAN_PX = 114
OUTCOME_PX = 258
MOMENT_PX = 60  # "Sep 2025"
OUTCOME_FROM_PX = 600  # narrower views omit it
SCAN_FROM_PX = 800


class InboxDelegate(RowDelegate):
    """Draws lines of `InboxModel`."""

    height_px = ROW_PX
    start_px = TEXT_INSET_PX

    def draw_row(
        self, painter: QPainter, row: RowCursor, option: QStyleOptionViewItem, index: Index
    ) -> None:
        line: InboxLine | None = index.data(LINE_ROLE)
        if line is None:
            return
        self._draw_marks(painter, QRectF(option.rect).adjusted(0, 0, 0, -1), line, option.direction)
        tokens = self._theme.tokens
        weight = Weight.SEMIBOLD if line.is_unread else Weight.REGULAR
        ink, muted = tokens.muted if line.withdrawal else tokens.text, tokens.muted
        start = [Cell(line.title, ink, Role.BODY, weight)]
        end = [
            Cell(line.scan_name, muted, column_px=SCAN_PX, gap_px=GAP_PX, from_px=SCAN_FROM_PX),
            Cell(
                outcome(line), muted, column_px=OUTCOME_PX, gap_px=GAP_PX, from_px=OUTCOME_FROM_PX
            ),
            Cell(
                index.data(MOMENT_ROLE),
                muted,
                is_tabular=True,
                is_trailing=True,
                column_px=MOMENT_PX,
                gap_px=GAP_PX,
            ),
        ]
        self.draw_cells(painter, row, option.rect.width(), start, end)

    def _draw_marks(
        self, painter: QPainter, rect: QRectF, line: InboxLine, direction: Qt.LayoutDirection
    ) -> None:
        if line.is_unread:
            dot = mirrored(self._square(rect, DOT_INSET_PX, DOT_PX), rect, direction)
            rounded_box(painter, dot, dot.width() / 2, ground=self._theme.tokens.accent)
        shape = mirrored(self._square(rect, SHAPE_INSET_PX, SHAPE_PX), rect, direction)
        corner, edge = QPointF(shape.left(), shape.top()), round(shape.width())
        words, is_hollow = EVENTS[line.event], bool(line.withdrawal)
        if words.icon:
            ink = self._theme.tokens.ink(Tone.MUTED if is_hollow else Tone[words.tone])
            draw_icon(painter, self._theme, words.icon, corner, edge, ink)
        else:
            severity = finding_words(line.event).severity or Severity.OTHER
            self._badges.draw_shape(painter, severity, corner, edge, is_hollow=is_hollow)

    def _square(self, rect: QRectF, inset_px: int, edge_px: int) -> QRectF:
        edge = self._theme.scale(edge_px)
        top = rect.top() + (rect.height() - edge) / 2
        return QRectF(rect.left() + self._theme.scale(inset_px), top, edge, edge)


class InboxList(ChoiceList):
    """The lines, with mouse, keyboard and menu.

    Args:
        model: The lines.
        mutes: Mutes the scan of a line.
        parent: Its owner.
    """

    line_opened = Signal(str)
    """Show the subject of a line; its key."""
    read_changed = Signal(str, bool)
    """Mark a line as read, or as unread again; its key."""
    all_read = Signal()
    """Mark all lines as read."""

    def __init__(self, model: InboxModel, mutes: ScanMutes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._model, self._mutes = model, mutes
        self.setObjectName("inbox_list")
        self.setAccessibleName(tr("Alerts"))
        self.setUniformItemSizes(True)
        self.setModel(model)
        self._marks = ListMarks(self, InboxDelegate(self))
        self.index_chosen.connect(self._open)

    def refresh(self) -> None:
        """Apply changes; a reader further down keeps the same lines in view."""
        bar, before = self.verticalScrollBar(), self.verticalScrollBar().value()
        come = self._model.refresh()
        if come and before > 0:
            self.executeDelayedItemsLayout()
            bar.setValue(before + come * self._theme.row_height(ROW_PX))

    @property
    def current_scan(self) -> ScanId | None:
        """The scan of the line that has the keyboard; None if the line is about a server."""
        line = self._line(self.currentIndex())
        return None if line is None or line.event in SERVER_EVENTS else line.scan_id

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self._marks.menu_place(event)
        line = self._line(index)
        if line is not None:
            self._make_menu(line).popup(place)

    def _make_menu(self, line: InboxLine) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("inbox_menu")
        menu.setAccessibleName(tr("Alert"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(action_of(line)).triggered.connect(lambda: self.line_opened.emit(line.key))
        menu.addSeparator()
        mark = menu.addAction(f"{_mark_text(line)}\t{key_text(READ_KEY)}")
        mark.setEnabled(not line.withdrawal)
        mark.triggered.connect(lambda: self._turn_read(line))
        menu.addAction(tr("Mark all read")).triggered.connect(self.all_read)
        copy = menu.addAction(
            self._theme.icon("ui-copy"), f"{tr('Copy alert')}\t{key_text(COPY_KEY)}"
        )
        copy.triggered.connect(lambda: _copy(line))
        if line.event not in SERVER_EVENTS:
            menu.addSeparator()
            self._mutes.add_to(menu, line.scan_id)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._line(self.currentIndex())
        if event.key() in _ENTER:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and line is not None:
            self._turn_read(line)
        elif event.matches(QKeySequence.StandardKey.Copy) and line is not None:
            _copy(line)
        else:
            super().keyPressEvent(event)

    def _turn_read(self, line: InboxLine) -> None:
        """Mark a line as read or unread; ignore withdrawn alerts, which need no reading."""
        if not line.withdrawal:
            self.read_changed.emit(line.key, line.is_unread)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md 2.7)."""

    def _open(self, index: Index) -> None:
        line = self._line(index)
        if line is not None:
            self.line_opened.emit(line.key)

    @staticmethod
    def _line(index: Index) -> InboxLine | None:
        line: InboxLine | None = index.data(LINE_ROLE)
        return line


def _mark_text(line: InboxLine) -> str:
    return tr("Mark read") if line.is_unread or line.withdrawal else tr("Mark unread")


def _copy(line: InboxLine) -> None:
    copy_text(copied_text(line))

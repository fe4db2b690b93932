"""The inbox of alerts: its list, an explanation while it is empty, and its tools.

Opening the subject of a line counts as reading it. The foot shows how much is kept. The tools
filter the alerts and mark all as read. They are at the end of the panel's tabs, or in the foot if
there is no space.
In the list, a click or Enter opens a line, arrows only move, and Space toggles read. Lines that
arrive while it is scrolled down move nothing on screen. A row has an unread dot, shape, text, scan,
outcome of the alert, and time. If space is short it omits the scan first, then the outcome.
Source: behaviour.md 2.2, 2.5, 2.7, 2.8; look.md 5 ("Inbox"), 7, picture 7a.
"""

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter

from heimdall_desktop.domain.alerts.alert import InboxLine
from heimdall_desktop.domain.alerts.rules import SERVER_EVENTS
from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.models.panel_models import MOMENT_ROLE, InboxModel
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.alerts.alert_text import action_of, copied_text, outcome
from heimdall_desktop.presentation.alerts.event_text import EVENTS, finding_words
from heimdall_desktop.presentation.alerts.inbox import Inbox, InboxPart
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.mask import Mask
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostButton
from heimdall_desktop.widgets.controls.empty_state import Emptiness
from heimdall_desktop.widgets.controls.key_names import copy_text, key_text
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.scan_marks import ScanMutes
from heimdall_desktop.widgets.controls.text_labels import Label, add_commands, new_menu
from heimdall_desktop.widgets.controls.toggles import SegmentedControl
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, draw_icon, mirrored, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone
from heimdall_desktop.widgets.panel.panel_bar import ItemsPage, PanelList

READ_KEY, COPY_KEY = "Space", "Ctrl+C"
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}

ROW_PX = 30
DOT_INSET_PX = 8
DOT_PX = 6
SHAPE_INSET_PX = 22
SHAPE_PX = 16
TEXT_INSET_PX = 48
CELL_GAP_PX = 16
SCAN_PX = 114
OUTCOME_PX = 258
MOMENT_PX = 60  # "Sep 2025"
OUTCOME_FROM_PX = 600  # narrower views omit it
SCAN_FROM_PX = 800


class InboxDelegate(row_delegate.RowDelegate):
    """Draws lines of `InboxModel`."""

    height_px = ROW_PX
    start_px = TEXT_INSET_PX

    def draw_row(
        self,
        painter: QPainter,
        row: RowCursor,
        option: QtWidgets.QStyleOptionViewItem,
        index: row_delegate.Index,
    ) -> None:
        line: InboxLine | None = index.data(ROW_ROLE)
        if line is None:
            return
        self._draw_marks(painter, QRectF(option.rect).adjusted(0, 0, 0, -1), line, option.direction)
        tokens = self._theme.tokens
        weight = Weight.SEMIBOLD if line.is_unread else Weight.REGULAR
        ink, muted = tokens.muted if line.withdrawal else tokens.text, tokens.muted
        start = [row_delegate.Cell(line.title, ink, Role.BODY, weight)]
        end = [
            row_delegate.Cell(
                line.scan_name, muted, column_px=SCAN_PX, gap_px=CELL_GAP_PX, from_px=SCAN_FROM_PX
            ),
            row_delegate.Cell(
                outcome(line),
                muted,
                column_px=OUTCOME_PX,
                gap_px=CELL_GAP_PX,
                from_px=OUTCOME_FROM_PX,
            ),
            row_delegate.Cell(
                index.data(MOMENT_ROLE),
                muted,
                is_tabular=True,
                is_trailing=True,
                column_px=MOMENT_PX,
                gap_px=CELL_GAP_PX,
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


class InboxList(PanelList):
    """The lines, with mouse, keyboard and menu.

    Args:
        model: The lines.
        mutes: Mutes the scan of a line.
    """

    line_opened = Signal(str)
    """Show the subject of a line; its key."""
    read_changed = Signal(str, bool)
    """Mark a line as read, or as unread again; its key."""

    def __init__(
        self, model: InboxModel, mutes: ScanMutes, parent: QtWidgets.QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._model, self._mutes = model, mutes
        self.setObjectName("inbox_list")
        self.setAccessibleName(tr("Alerts"))
        self.setUniformItemSizes(True)
        self.show_model(model, InboxDelegate(self))
        self.mark_all = QAction(tr("Mark all read"), self)
        self.index_chosen.connect(self._open)

    def refresh(self) -> None:
        """Apply changes; a reader further down keeps the same lines in view."""
        bar, before = self.verticalScrollBar(), self.verticalScrollBar().value()
        come = self._model.refresh()
        if come and before > 0:
            self.executeDelayedItemsLayout()
            bar.setValue(before + come * self._theme.row_height(ROW_PX))

    def make_menu(self, index: row_delegate.Index) -> QtWidgets.QMenu | None:
        line = self._line(index)
        if line is None:
            return None
        menu = new_menu(self, tr("Alert"), "inbox_menu")
        menu.addAction(action_of(line)).triggered.connect(lambda: self.line_opened.emit(line.key))
        menu.addSeparator()
        can_be_read = line.is_unread or line.withdrawal
        mark_text = tr("Mark read") if can_be_read else tr("Mark unread")
        mark = menu.addAction(f"{mark_text}\t{key_text(READ_KEY)}")
        mark.setEnabled(not line.withdrawal)
        mark.triggered.connect(lambda: self._turn_read(line))
        menu.addAction(self.mark_all)
        copy = menu.addAction(
            self._theme.icon("ui-copy"), f"{tr('Copy alert')}\t{key_text(COPY_KEY)}"
        )
        copy.triggered.connect(lambda: copy_text(copied_text(line)))
        if line.event not in SERVER_EVENTS:
            menu.addSeparator()
            add_commands(menu, self._mutes.commands_for(line.scan_id))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._line(self.currentIndex())
        if event.key() in _ENTER:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and line is not None:
            self._turn_read(line)
        elif event.matches(QKeySequence.StandardKey.Copy) and line is not None:
            copy_text(copied_text(line))
        else:
            super().keyPressEvent(event)

    def _turn_read(self, line: InboxLine) -> None:
        """Mark a line as read or unread; ignore withdrawn alerts, which need no reading."""
        if not line.withdrawal:
            self.read_changed.emit(line.key, line.is_unread)

    def _open(self, index: row_delegate.Index) -> None:
        line = self._line(index)
        if line is not None:
            self.line_opened.emit(line.key)

    @staticmethod
    def _line(index: row_delegate.Index) -> InboxLine | None:
        line: InboxLine | None = index.data(ROW_ROLE)
        return line


ICON = "ui-inbox"

CHOICE_PX = 22
FOOT_PX = 28
GAP_PX = 8


class InboxTools(QtWidgets.QWidget):
    """A choice and a button.

    Attributes:
        choice: the parts of the inbox.
        mark_all: marks all lines as read.
    """

    part_chosen = Signal(object)
    """List this `InboxPart`."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        words = [tr(part.value) for part in InboxPart]
        self.choice = SegmentedControl(words, name=tr("Alerts"), height_px=CHOICE_PX, parent=self)
        self.choice.setObjectName("inbox_parts")
        self.mark_all = GhostButton(tr("Mark all read"), height_px=SMALL_PX, parent=self)
        self.mark_all.setObjectName("inbox_mark_all")
        row = QtWidgets.QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme_of(self).scale(GAP_PX))
        row.addWidget(self.choice)
        row.addWidget(self.mark_all)
        self.choice.chosen.connect(lambda number: self.part_chosen.emit(list(InboxPart)[number]))


class InboxView(ItemsPage):
    """Shows the lines of the inbox. Call `refresh` whenever they have changed.

    Args:
        inbox: The lines; it records reading.
        mutes: Mutes the scan of a line.
        mask: Which parts of the lines may be seen.

    Attributes:
        tools: The actions for the whole inbox; placed where there is space.
    """

    subject_wanted = Signal(object)
    """Show the subject of an `InboxLine`."""
    unread_changed = Signal(int)
    """The number of unread lines changed."""

    def __init__(self, inbox: Inbox, mutes: ScanMutes, mask: Mask) -> None:
        super().__init__()
        self._inbox = inbox
        self.unread = inbox.unread
        self._model = InboxModel(inbox, mask, self)
        self._list = InboxList(self._model, mutes, self)
        self.tools = InboxTools(self)
        self._foot = Pane(Ground.WINDOW, Edge.TOP, is_strong=True, parent=self)
        elide = Qt.TextElideMode.ElideRight
        self._kept = Label("", Role.MICRO, tone=Tone.MUTED, elide=elide, parent=self._foot)
        self._kept.setObjectName("inbox_kept")
        self._foot_tools = InboxTools(self._foot)
        self._foot_tools.hide()
        row = QtWidgets.QHBoxLayout(self._foot)
        row.addWidget(self._kept, 1)
        row.addWidget(self._foot_tools)
        inset = row_delegate.INSET_PX
        self._foot.keep_spaces(row, inset, 0, inset, gap=GAP_PX, lines=Edge.TOP, height=FOOT_PX)
        self.tools.installEventFilter(self)
        self.setObjectName("inbox")
        self.setAccessibleName(tr("Inbox"))
        self._add_body(self._list, self._list)
        self._whole.addWidget(self._foot)
        self._list.line_opened.connect(self.open_line)
        self._list.read_changed.connect(self._mark)
        self._list.mark_all.triggered.connect(self.mark_all_read)
        for tools in (self.tools, self._foot_tools):
            tools.mark_all.clicked.connect(self.mark_all_read)
            tools.part_chosen.connect(self._show_part)
        self._empty.action_requested.connect(lambda: self._show_part(InboxPart.ALL))
        self.refresh()

    def present(self) -> None:
        self._model.refresh_all()

    def refresh(self) -> None:
        self._list.refresh()
        self._empty.show_state(_emptiness(self._model.part))
        self._kept.setText(self._inbox.kept_text)
        self._foot.setVisible(bool(self._kept.text()))
        self._show_body(is_wanted=self._model.rowCount() > 0)
        unread = self._inbox.unread
        for tools in (self.tools, self._foot_tools):
            tools.mark_all.setEnabled(unread > 0)
        if unread != self.unread:
            self.unread = unread
            self.unread_changed.emit(unread)

    @property
    def meant_scan(self) -> ScanId | None:
        """The scan that a key acts on: that of the line with the keyboard, if it is about one."""
        line: InboxLine | None = self._list.currentIndex().data(ROW_ROLE)
        if line is None or line.event in SERVER_EVENTS or not self._list.hasFocus():
            return None
        return line.scan_id

    def mark_all_read(self) -> None:
        if self._inbox.mark_all_read():
            self.refresh()

    def _show_part(self, part: InboxPart) -> None:
        self._model.show_part(part)
        for tools in (self.tools, self._foot_tools):
            tools.choice.set_current(list(InboxPart).index(part))
        self.refresh()

    def _mark(self, key: str, is_read: bool) -> None:
        if self._inbox.mark_read(key, is_read=is_read):
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._foot_tools.setVisible(self.tools.isHidden())
        return super().eventFilter(watched, event)

    def open_line(self, key: str) -> None:
        line = self._inbox.line(key)
        if line is not None:
            self._mark(key, is_read=True)
            self.subject_wanted.emit(line)


def _emptiness(part: InboxPart) -> Emptiness:
    if part is InboxPart.UNREAD:
        return Emptiness(ICON, tr("No unread alerts."), action=tr("Show all"))
    if part is InboxPart.HELD_BACK:
        consequence = tr(
            "Alerts held back by quiet hours, a mute or an open window are listed here."
        )
        return Emptiness(ICON, tr("Nothing was held back."), consequence, tr("Show all"))
    consequence = tr("Every alert is listed here, even if the desktop didn't show it.")
    return Emptiness(ICON, tr("No alerts yet."), consequence)

"""The full log of a scan: its lines, and a row above for search and filters.

Matches are marked among the other lines; new lines arrive on top meanwhile.
Source: behaviour.md 1 (37), issue "Stages": searchable, filterable by stage and to problems.

The log is a list, newest first; a scrolled list keeps its place. A row has time, glyph, optional
stage, title, and muted detail.
"""

from collections.abc import Collection, Iterable
from functools import partial

from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent

from heimdall_desktop.models.panel_models import LogModel
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import STAGE_LABELS, stage_label
from heimdall_desktop.presentation.panel.log_lines import LogFilter, LogLine
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.buttons import CopyButton, GhostIconButton, LinkButton
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.pane import Edge, Pane, named, tight
from heimdall_desktop.widgets.controls.scan_marks import LOG_MARKS
from heimdall_desktop.widgets.controls.text_labels import add_choice, new_menu
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, draw_text
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Ground

TOP_PX = 6

LINE_PX = 22
LINE_END_PX = 12
TIME_PX = 48
DAY_TIME_PX = 96  # "26 Nov 23:41:02"
GLYPH_PX = 13
GLYPH_GAP_PX = 7
STAGE_PX = 104
LINE_GAP_PX = 8
LEAST_DETAIL_PX = 40


class LogDelegate(row_delegate.RowDelegate):
    """Draws lines of the log's model.

    Args:
        view: The list.
        has_stages: Show the stage of each line.

    Attributes:
        matches: The rows that contain the search text.
    """

    height_px = LINE_PX
    height_role = Role.SMALL
    end_px = LINE_END_PX
    has_line = False

    def __init__(self, view: QtWidgets.QAbstractItemView, *, has_stages: bool) -> None:
        super().__init__(view)
        self._has_stages = has_stages
        self.matches: frozenset[int] = frozenset()

    def is_lit(self, index: row_delegate.Index) -> bool:
        return index.row() in self.matches

    def draw_row(
        self,
        painter: QPainter,
        row: RowCursor,
        option: QtWidgets.QStyleOptionViewItem,
        index: row_delegate.Index,
    ) -> None:
        line: LogLine | None = index.data(ROW_ROLE)
        if line is None:
            return
        tokens, (icon, tone) = self._theme.tokens, LOG_MARKS[line.mark]
        time_px = DAY_TIME_PX if " " in line.time else TIME_PX
        cells = [
            row_delegate.Cell(
                line.time,
                tokens.muted,
                Role.MICRO,
                is_tabular=True,
                is_whole=True,
                column_px=time_px,
                gap_px=LINE_GAP_PX,
            ),
            row_delegate.Cell(
                icon, tokens.ink(tone), is_icon=True, column_px=GLYPH_PX, gap_px=GLYPH_GAP_PX
            ),
            row_delegate.Cell(line.title, tokens.text, gap_px=LINE_GAP_PX),
        ]
        if self._has_stages:
            cells.insert(
                2,
                row_delegate.Cell(line.stage, tokens.muted, column_px=STAGE_PX, gap_px=LINE_GAP_PX),
            )
        if line.detail:
            cells.append(row_delegate.Cell(line.detail, tokens.muted, least_px=LEAST_DETAIL_PX))
        self.draw_cells(painter, row, option.rect.width(), cells)


class LogView(QtWidgets.QListView):
    """Shows a log's model.

    Args:
        model: The lines.
        name: The name for assistive technology.
        has_stages: Show the stage of each line.
    """

    def __init__(
        self, model: LogModel, name: str, *, has_stages: bool = False, parent: QtWidgets.QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._log = model
        self._empty_text = ""
        self._delegate = LogDelegate(self, has_stages=has_stages)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QtWidgets.QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self._marks = row_delegate.ListMarks(self, self._delegate)
        model.rowsInserted.connect(self._keep_place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self._marks.menu_place(event)
        if index.isValid():
            self.make_menu().popup(place)

    def set_empty_text(self, words: str) -> None:
        """Set the text shown while nothing is listed because of a filter."""
        self._empty_text = words
        self.viewport().update()

    def show_matches(self, rows: Collection[int]) -> None:
        self._delegate.matches = frozenset(rows)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty_text and self._log.rowCount() == 0:
            theme, rect = self._theme, QRectF(self.viewport().rect())
            font, inset = theme.font(Role.SMALL), theme.scale(row_delegate.INSET_PX)
            place = rect.adjusted(inset, theme.scale(TOP_PX), -inset, 0)
            place.setHeight(theme.row_height(LINE_PX, Role.SMALL))
            with QPainter(self.viewport()) as painter:
                draw_text(painter, place, self._empty_text, font, theme.tokens.muted)

    def make_menu(self) -> QtWidgets.QMenu:
        menu = new_menu(self, tr("Lines"), "log_menu")
        icon = self._theme.icon("ui-copy")
        menu.addAction(icon, tr("Copy lines")).triggered.connect(self.copy_lines)
        menu.addAction(tr("Copy all lines")).triggered.connect(self.copy_all)
        return menu

    def copy_lines(self) -> None:
        self._copy(sorted(index.row() for index in self.selectedIndexes()))

    def copy_all(self) -> None:
        self._copy(range(self._log.rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_lines()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (behaviour.md 2.7)."""

    def _copy(self, rows: Iterable[int]) -> None:
        lines = [line.sentence for row in rows if (line := self._log.row(row)) is not None]
        if lines:
            copy_text("\n".join(lines))

    def _keep_place(self, _parent: row_delegate.Index, first: int, last: int) -> None:
        bar = self.verticalScrollBar()
        if bar.value() == 0:
            return
        wanted = bar.value() + (last - first + 1) * self.sizeHintForRow(0)
        self.executeDelayedItemsLayout()
        bar.setValue(wanted)


ROW_PX = 40
END_PX = 8
GAP_PX = 6
FIELD_LEAST_PX = 120  # the whole row fits beside the board at 200 %
FIELD_MOST_PX = 360
BUTTON_PX = 26
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LogSearch(Pane):
    """Field, steps and chips; the owner does the search.

    Attributes:
        field: holds the search text.
        problems: shows only lines about problems, or all.
        show_all: shows every line, without a filter.
        copy_button: copies all shown lines as text.
    """

    step_wanted = Signal(int)
    """Go to the next match, 1, or to the previous one, -1."""
    stage_wanted = Signal(str)
    """Show only lines of this stage; "" for all."""
    left = Signal()
    """Move the focus to the lines."""

    def __init__(self, parent: QtWidgets.QWidget) -> None:
        super().__init__(Ground.SURFACE, Edge.BOTTOM, parent=parent)
        self._stage = ""
        self.setObjectName("log_search")
        self.field = SearchField(
            tr("Find in the log"), placeholder=tr("Find in the log"), parent=self
        )
        self.field.edit.setObjectName("log_find")
        self._steps: list[GhostIconButton] = []
        for step, icon, name, object_name in (
            (-1, "ui-chevron-up", tr("Previous match"), "log_find_previous"),
            (1, "ui-chevron-down", tr("Next match"), "log_find_next"),
        ):
            button = GhostIconButton(icon, name, height_px=BUTTON_PX, parent=self)
            button.setObjectName(object_name)
            button.clicked.connect(lambda _=False, step=step: self.step_wanted.emit(step))
            self._steps.append(button)
        self._stages = named(Chip(tr("Stage"), has_menu=True, parent=self), "log_stage")
        self._stages.clicked.connect(self._open_stages)
        self.problems = Chip(tr("Problems only"), icon="ui-warning", parent=self)
        self.problems.setObjectName("log_problems")
        self.show_all = named(LinkButton(tr("Show all"), self), "log_show_all")
        self.copy_button = CopyButton("ui-copy", tr("Copy all lines shown"), parent=self)
        self.copy_button.setObjectName("log_copy")
        row = QtWidgets.QHBoxLayout(self)
        row.addWidget(self.field, 1)
        for widget in (*self._steps, self._stages, self.problems, self.show_all):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.copy_button)
        inset, line = row_delegate.INSET_PX, Edge.BOTTOM
        self.keep_spaces(row, inset, 0, END_PX, gap=GAP_PX, lines=line, height=ROW_PX)
        self._measure()
        self.show_matches(0, 0)
        self.show_filter(LogFilter())

    def show_filter(self, wanted: LogFilter) -> None:
        self._stage = wanted.stage
        label = stage_label(wanted.stage)
        shown = tr("Stage: {name}").format(name=label) if wanted.stage else tr("Stage")
        self._stages.set_label(shown)
        self._stages.setChecked(bool(wanted.stage))
        self.problems.setChecked(wanted.is_problems_only)
        self.show_all.setVisible(not wanted.is_empty)

    def show_matches(self, number: int, count: int) -> None:
        words = tr("{number} of {count}").format(number=number, count=count)
        self.field.set_result(words if count else tr("no match"))
        for button in self._steps:
            button.setEnabled(count > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle keys that the input ignores: Return steps on, Escape clears, Down moves on."""
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _RETURN:
            self.step_wanted.emit(-1 if is_back else 1)
        elif event.key() == Qt.Key.Key_Escape and self.field.edit.text():
            self.field.edit.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def make_menu(self) -> QtWidgets.QMenu:
        menu = new_menu(self, tr("Stage"), "log_stage_menu")
        for name in ("", *STAGE_LABELS):
            text = stage_label(name) if name else tr("All stages")
            act = partial(self.stage_wanted.emit, name)
            add_choice(menu, text, act, is_on=name == self._stage)
        return menu

    def _open_stages(self) -> None:
        self._stages.setChecked(bool(self._stage))
        menu = self.make_menu()
        place = QPoint(0, self._stages.height() + 2)
        menu.popup(self._stages.mapToGlobal(place))

    def _measure(self) -> None:
        self.field.setMinimumWidth(self._theme.scale(FIELD_LEAST_PX))
        self.field.setMaximumWidth(self._theme.scale(FIELD_MOST_PX))


class LogPage(QtWidgets.QWidget):
    """Search above, lines below.

    Args:
        model: The lines.
    """

    def __init__(self, model: LogModel, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._log = model
        self._text = ""
        self._matches: tuple[int, ...] = ()
        self.search = LogSearch(self)
        self.view = named(LogView(model, tr("Log"), has_stages=True, parent=self), "log_list")
        self.search.field.edit.textChanged.connect(self._look_for)
        self.search.step_wanted.connect(self._step)
        self.search.copy_button.clicked.connect(self._copy_all)
        self.search.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        model.lines_changed.connect(self._find)
        column = tight(QtWidgets.QVBoxLayout(self))
        column.addWidget(self.search)
        column.addWidget(self.view, 1)
        self._find()

    def take_keyboard(self) -> None:
        self.search.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.field.edit.selectAll()

    def _look_for(self, text: str) -> None:
        self._text = text
        self._find()
        if self._matches and self.view.currentIndex().row() not in self._matches:
            self._go(0)

    def _copy_all(self) -> None:
        self.view.copy_all()
        self.search.copy_button.confirm()

    def _find(self) -> None:
        """Search again after the lines or the search text changed."""
        self.search.copy_button.setEnabled(self._log.rowCount() > 0)
        self._matches = self._log.find(self._text)
        self.view.show_matches(self._matches)
        self._show_place()

    def _step(self, step: int) -> None:
        """Go to the next match below or above the current line, and wrap at the ends."""
        if not self._matches:
            return
        row = self.view.currentIndex().row()
        if step > 0:
            number = next((n for n, match in enumerate(self._matches) if match > row), 0)
        else:
            above = [n for n, match in enumerate(self._matches) if match < row]
            number = above[-1] if above else len(self._matches) - 1
        self._go(number)

    def _go(self, number: int) -> None:
        index = self._log.index(self._matches[number])
        is_in_sight = self.view.viewport().rect().contains(self.view.visualRect(index))
        self.view.setCurrentIndex(index)
        if not is_in_sight:
            self.view.scrollTo(index, QtWidgets.QAbstractItemView.ScrollHint.PositionAtCenter)
        self._show_place()

    def _show_place(self) -> None:
        row = self.view.currentIndex().row()
        number = self._matches.index(row) + 1 if row in self._matches else 0
        self.search.show_matches(number, len(self._matches))

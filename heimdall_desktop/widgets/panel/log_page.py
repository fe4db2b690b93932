"""The full log of a scan: its lines, and a row above for search and filters.

Matches are marked among the other lines; new lines arrive on top meanwhile.
Source: ux.md 1 (37), issue "Stages": searchable, filterable by stage and to problems.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from heimdall_desktop.models.log_model import LogModel
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import STAGE_LABELS, stage_label
from heimdall_desktop.presentation.panel.log_lines import LogFilter
from heimdall_desktop.widgets.controls.buttons import CopyButton, GhostIconButton, LinkButton
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.pane import Edge, Pane, set_row_margins
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.look.tokens import Ground
from heimdall_desktop.widgets.panel.log_view import LogView

ROW_PX = 40
END_PX = 8
GAP_PX = 6
FIELD_LEAST_PX = 120  # the whole row fits beside the board at 200 %
FIELD_MOST_PX = 360
BUTTON_PX = 26
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LogSearch(Pane):
    """Field, steps and chips; the owner does the search.

    Args:
        parent: Its owner.

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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, Edge.BOTTOM, parent=parent)
        self._stage = ""
        self.setObjectName("log_search")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.field = SearchField(
            tr("Find in the log"), placeholder=tr("Find in the log"), parent=self
        )
        self.field.edit.setObjectName("log_find")
        self._before = self._button("ui-chevron-up", tr("Previous match"), "log_find_previous")
        self._before.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._after = self._button("ui-chevron-down", tr("Next match"), "log_find_next")
        self._after.clicked.connect(lambda: self.step_wanted.emit(1))
        self._stages = Chip(tr("Stage"), has_menu=True, parent=self)
        self._stages.setObjectName("log_stage")
        self._stages.clicked.connect(self._open_stages)
        self.problems = Chip(tr("Problems only"), icon="ui-warning", parent=self)
        self.problems.setObjectName("log_problems")
        self.show_all = LinkButton(tr("Show all"), self)
        self.show_all.setObjectName("log_show_all")
        self.copy_button = CopyButton("ui-copy", tr("Copy all lines shown"), parent=self)
        self.copy_button.setObjectName("log_copy")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.field, 1)
        for widget in (self._before, self._after, self._stages, self.problems, self.show_all):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.copy_button)
        self._measure()
        self.show_matches(0, 0)
        self.show_filter(LogFilter())

    def show_filter(self, wanted: LogFilter) -> None:
        """Show the current filter."""
        self._stage = wanted.stage
        label = stage_label(wanted.stage)
        shown = tr("Stage: {name}").format(name=label) if wanted.stage else tr("Stage")
        self._stages.set_label(shown)
        self._stages.setChecked(bool(wanted.stage))
        self.problems.setChecked(wanted.is_problems_only)
        self.show_all.setVisible(not wanted.is_empty)

    def show_matches(self, number: int, count: int) -> None:
        """Show the current match's number, counted from 1."""
        words = tr("{number} of {count}").format(number=number, count=count)
        self.field.set_result(words if count else tr("no match"))
        for button in (self._before, self._after):
            button.setEnabled(count > 0)

    def offer_copy(self, *, is_offered: bool) -> None:
        """Enable copying lines, if there are any."""
        self.copy_button.setEnabled(is_offered)

    def confirm_copy(self) -> None:
        """Show that the lines were copied."""
        self.copy_button.confirm()

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

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.scale(ROW_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._theme.scale(ROW_PX))

    def make_menu(self) -> QMenu:
        """Return the menu of stages; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setObjectName("log_stage_menu")
        menu.setAccessibleName(tr("Stage"))
        menu.aboutToHide.connect(menu.deleteLater)
        for name, label in (("", tr_noop("All stages")), *STAGE_LABELS.items()):
            action = menu.addAction(tr(label))
            action.setCheckable(True)
            action.setChecked(name == self._stage)
            action.triggered.connect(lambda _, name=name: self.stage_wanted.emit(name))
        return menu

    def _open_stages(self) -> None:
        self._stages.setChecked(bool(self._stage))
        menu = self.make_menu()
        place = QPoint(0, self._stages.height() + 2)
        menu.popup(self._stages.mapToGlobal(place))

    def _button(self, icon: str, name: str, object_name: str) -> GhostIconButton:
        button = GhostIconButton(icon, name, height_px=BUTTON_PX, parent=self)
        button.setObjectName(object_name)
        return button

    def _measure(self) -> None:
        scale = self._theme.scale
        set_row_margins(self, self._row, start=scale(INSET_PX), end=scale(END_PX), bottom=1)
        self._row.setSpacing(scale(GAP_PX))
        self.field.setMinimumWidth(scale(FIELD_LEAST_PX))
        self.field.setMaximumWidth(scale(FIELD_MOST_PX))
        self.updateGeometry()


class LogPage(QWidget):
    """Search above, lines below.

    Args:
        model: The lines.
        parent: Its owner.
    """

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._log = model
        self._text = ""
        self._matches: tuple[int, ...] = ()
        self.search = LogSearch(self)
        self.view = LogView(model, tr("Log"), has_stages=True, parent=self)
        self.view.setObjectName("log_list")
        self.search.field.edit.textChanged.connect(self._look_for)
        self.search.step_wanted.connect(self._step)
        self.search.copy_button.clicked.connect(self._copy_all)
        self.search.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        model.lines_changed.connect(self._find)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.search)
        column.addWidget(self.view, 1)
        self._find()

    def take_keyboard(self) -> None:
        """Focus the search field."""
        self.search.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.field.edit.selectAll()

    def _look_for(self, text: str) -> None:
        self._text = text
        self._find()
        if self._matches and self.view.currentIndex().row() not in self._matches:
            self._go(0)

    def _copy_all(self) -> None:
        self.view.copy_all()
        self.search.confirm_copy()

    def _find(self) -> None:
        """Search again after the lines or the search text changed."""
        self.search.offer_copy(is_offered=self._log.rowCount() > 0)
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
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._show_place()

    def _show_place(self) -> None:
        row = self.view.currentIndex().row()
        number = self._matches.index(row) + 1 if row in self._matches else 0
        self.search.show_matches(number, len(self._matches))

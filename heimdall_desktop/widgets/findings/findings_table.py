"""The findings table: the cursor and the scroll position stay by finding id.

The model delivers rows in batches while the user reads. The cursor and the rows on screen keep
their places through every insert, removal, sort, filter and grouping. Only a view at its tail,
sorted by first seen, follows the newest rows, until a row is selected there.
Source: behaviour.md 2.2, 2.7, 2.8; look.md 5.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace
from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.table.group import GroupKey
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.domain.table.ordered_rows import GapRow
from heimdall_desktop.models.filter_state import TableState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.focus import KEY_REASONS
from heimdall_desktop.widgets.controls.row_delegate import Index
from heimdall_desktop.widgets.controls.scroll_anchor import ScrollAnchor
from heimdall_desktop.widgets.findings import findings_delegate, row_selection
from heimdall_desktop.widgets.findings.column_plan import ColumnLayout
from heimdall_desktop.widgets.findings.finding_menu import RowMenu
from heimdall_desktop.widgets.findings.findings_header import FindingsHeader
from heimdall_desktop.widgets.findings.group_row import GroupFolding, StickyHead
from heimdall_desktop.widgets.look.app_style import theme_of

_BEGINS = {QtCore.Qt.Key.Key_Down, QtCore.Qt.Key.Key_Up}
_ENTER = {QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter}
_MODIFIERS = {
    QtCore.Qt.Key.Key_Shift,
    QtCore.Qt.Key.Key_Control,
    QtCore.Qt.Key.Key_Alt,
    QtCore.Qt.Key.Key_Meta,
}
_SIDES = {QtCore.Qt.Key.Key_Left, QtCore.Qt.Key.Key_Right}
_MOVES = {
    QtCore.Qt.Key.Key_Down,
    QtCore.Qt.Key.Key_Up,
    QtCore.Qt.Key.Key_PageDown,
    QtCore.Qt.Key.Key_PageUp,
}
_FLAGS = QtCore.QItemSelectionModel.SelectionFlag


class FindingsTable(QTableView):
    """Shows the findings of a model.

    Args:
        state: Its saved appearance; without one nothing is saved.

    Attributes:
        anchor: keeps the scroll position, or follows the newest rows.
        header: its head, which requests menus of columns.
    """

    finding_selected = QtCore.Signal(str)
    """The cursor is on another finding; its id."""
    finding_activated = QtCore.Signal(str)
    """Enter or a double click on a finding; its id."""

    def __init__(
        self,
        model: FindingsModel,
        parent: QWidget | None = None,
        *,
        state: TableState | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self._model = model
        self._state = state or TableState(parent=self)
        self._is_changing, self._acts_on_changes = False, True
        self._round = (model.filter, 0, dict[FindingId, None]())  # through what is news
        self._pressed, self._pressed_at = row_selection.Reach.ALONE, QtCore.QPointF()
        # alone, unless it is dragged first
        self._to_select: QtCore.QPersistentModelIndex | None = None
        self.anchor = ScrollAnchor(self, model)
        self._delegate = findings_delegate.FindingsDelegate(model, self)
        self.setObjectName("findings_table")
        self.setAccessibleName(tr("Findings"))
        self._configure()
        self.setModel(model)
        header = self.header = FindingsHeader(model, self)
        self.setHorizontalHeader(header)
        header.setFirstSectionMovable(False)  # only now: a table makes all of them movable
        self.setItemDelegate(self._delegate)
        badge_px = lambda: self._delegate.badge_px  # noqa: E731 - it changes with the theme
        self.columns = ColumnLayout(self, model, self._state, badge_px)
        self._sticky = StickyHead(self, model, self._delegate.group_row)
        self.sight = findings_delegate.ViewportRows(self, self._sticky)
        self.selection = row_selection.RowSelection(self, model, lambda: self.sight.rows)
        self.menu = RowMenu(model, self, self.selection)
        self.drag = row_selection.RowDrag(
            self, lambda: len(model.grouped.passing(self.selection.ids))
        )
        self.drag.obstacle = lambda: model.mask.obstacle
        self._marks = findings_delegate.RowMarks(
            self, self._delegate, self.sight, lambda: self.selection.is_apart
        )
        self._folding = GroupFolding(self, model, self._go_to)
        self._seeing = QtCore.QTimer(self)
        self._seeing.setSingleShot(True)
        self._seeing.timeout.connect(self._see)
        self._connect(header)
        self._apply_layout()
        self._dress()

    def _connect(self, header: FindingsHeader) -> None:
        model = self._model
        model.about_to_change.connect(self._keep)
        model.changed.connect(self._restore)
        model.counts_changed.connect(self.columns.plan)
        model.counts_changed.connect(self._show_checks)
        self.verticalScrollBar().valueChanged.connect(self._follow_scroll)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self.doubleClicked.connect(self._activate)
        self.clicked.connect(self._fold)
        self.selection.row_wanted.connect(self._select_row)
        self.selection.changed.connect(self._place_cursor)
        self.selection.changed.connect(self._show_checks)
        header.check_clicked.connect(self._check_all)
        self._sticky.clicked.connect(self._close_sticky_group)
        header.sort_wanted.connect(self.sort_by)
        self._state.changed.connect(self._apply_layout)
        for signal in (model.order_changed, model.grouping_changed):
            signal.connect(self._save_layout)
            signal.connect(self._scroll_to_start)
        self._theme.changed.connect(self._dress)

    # -- requests of keys, menus and other widgets --

    @property
    def selected_id(self) -> FindingId | None:
        """The finding at the cursor, shown or hidden by the filter."""
        return self.selection.finding

    def is_note_clicked(self, index: Index) -> bool:
        """Return whether a row was clicked on the note about its last decision."""
        rect = self.visualRect(index)
        place = self._delegate.note_rect(rect.top(), rect.height())
        return place is not None and place.contains(self._pressed_at)

    @property
    def selected_row(self) -> int | None:
        """The row of the finding at the cursor; None if it is hidden or there is none."""
        return self.selection.finding_row

    def show_finding(self, finding_id: FindingId) -> bool:
        """Select a finding and keep it visible, also while rows arrive.

        Returns:
            False if the finding is hidden by the filter or unknown.
        """
        self._model.open_group_of(finding_id)
        row = self._model.row_of(finding_id)
        if row is None:
            return False
        with self._without_scrolling():
            self._select_row(row)
        self.bring_into_sight()
        self.anchor.leave_tail()
        return True

    def bring_into_sight(self, finding_id: FindingId | None = None) -> None:
        """Scroll to a finding, or to the selected one, if it is shown but not visible."""
        row = self.selected_row if finding_id is None else self._model.row_of(finding_id)
        self.executeDelayedItemsLayout()
        if row is not None:
            with self.anchor.staying():
                self.sight.show(row)

    def step(self, rows: int, *, begins_in_sight: bool = False) -> None:
        """Select the finding this many rows further down, skipping group heads.

        Args:
            rows: how many; negative ones go up.
            begins_in_sight: without a selection, start at the first visible one, not of all.
        """
        first = self.sight.first if begins_in_sight else 0
        row = self.selection.cursor_row
        wanted = first if row is None else row + rows
        start = min(max(wanted, 0), self._model.rowCount() - 1)
        ahead = range(start, self._model.rowCount()) if rows >= 0 else range(start, -1, -1)
        findings = (at for at in ahead if self._model.finding_at(at) is not None)
        target = next(findings, None)
        if target is not None:
            with self.sight.whole_rows():
                self._go_to(target)
            self.anchor.leave_tail()
        self._marks.use_keyboard(is_used=True)

    def next_news(self, step: int) -> FindingId | None:
        """Return the next or previous new or changed finding; None at the end of the round.

        A round leads to each of them once. Another direction or filter, or another selected
        finding, starts another round.
        """
        row = self.selection.cursor_row
        before_first = self.sight.first - 1 if step > 0 else self.sight.first
        start = before_first if row is None else row
        return self._model.next_news(start, step, self._passed(step))

    def step_to_news(self, step: int) -> None:
        """Select the next or previous new or changed finding, and open its group."""
        found, passed = self.next_news(step), self._passed(step)
        if found is not None:
            self._round = (self._model.filter, step, {**passed, found: None})
            self.show_finding(found)
        self._marks.use_keyboard(is_used=True)

    def _passed(self, step: int) -> dict[FindingId, None]:
        """Return the findings of this round, in the order in which they were stepped to."""
        wanted, direction, passed = self._round
        is_same = wanted is self._model.filter and direction == step
        is_here = bool(passed) and next(reversed(passed)) == self.selected_id
        return passed if is_same and is_here else {}

    def follow(self) -> None:
        """Scroll to the tail and follow it from now on."""
        self.executeDelayedItemsLayout()
        self.anchor.return_to_tail()

    def sort_by(self, column: Column, is_further: bool = False) -> None:
        """Sort by a column, or reverse its direction; or add it as a further key."""
        if not column.spec.is_sorted:
            return
        order, descends_first = self._model.order, column.spec.descends_first
        by = order.also_by if is_further else order.by
        self._model.set_order(by(column, descends_first=descends_first))

    def in_view(self) -> Iterator[Finding]:
        """Yield the findings of the rows in view."""
        return filter(None, map(self._model.finding_at, self.sight.rows))

    def sizeHintForColumn(self, section: int) -> int:
        column, widths = COLUMNS[section], [0]
        for row in self.sight.rows:
            finding = self._model.finding_at(row)
            if finding is not None:
                text = self._model.index(row, section).data()
                widths.append(self._delegate.text_px(column, finding, text))
        return max(widths)

    # -- keeping places --

    def _keep(self) -> None:
        self._is_changing = True
        self.anchor.keep(self.selected_id)

    def _restore(self) -> None:
        self._place_cursor()
        self.anchor.restore()
        self._is_changing = False
        self._follow_scroll()  # others may be visible now

    def _scroll_to_start(self) -> None:
        """Scroll to the start or end of reordered rows, unless the selected one is visible."""
        row = self.selected_row
        self.executeDelayedItemsLayout()
        if row is None or not self.sight.holds(row):
            self.anchor.begin()

    def _follow_scroll(self) -> None:
        if not self._is_changing:
            self._sticky.follow()
            self._marks.follow()
            self.selection.update_qt_selection()

    @contextmanager
    def _without_scrolling(self) -> Iterator[None]:
        self.setAutoScroll(False)
        try:
            yield
        finally:
            self.setAutoScroll(True)

    # -- selecting --

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._acts_on_changes and not self._is_changing and current.isValid():
            self._arrive()

    def selectionCommand(self, index: Index, event: QtCore.QEvent | None = None) -> _FLAGS:
        return _FLAGS.NoUpdate

    def selectAll(self) -> None:
        self.selection.choose_all()

    def _arrive(self, reach: row_selection.Reach = row_selection.Reach.ALONE) -> None:
        """Use the current row as the place of the keyboard, and select accordingly."""
        before = self.selected_id
        self.selection.go_to(self.currentIndex().row(), reach)
        self._marks.ring()
        found = self.selected_id
        if found is not None and found != before:
            self._seeing.start(0)  # rows may be removed by that, which Qt does not tolerate here
            self.anchor.leave_tail()  # the row being read must not move away
            self.finding_selected.emit(found)

    def _place_cursor(self) -> None:
        """Set Qt's current row to the one at the cursor, without scrolling or selecting."""
        row = self.selection.cursor_row
        if row is None:
            self.selectionModel().clearCurrentIndex()
        elif row != self.currentIndex().row():
            with self._without_scrolling():
                self._set_current(row)
        self._marks.ring()

    def _see(self) -> None:
        if self.selected_id is not None:
            self._model.see(self.selected_id)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (behaviour.md 2.7)."""

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        key, reach = QtCore.Qt.Key(event.key()), row_selection.reach_of_keys(event.modifiers())
        with self.sight.whole_rows():
            if not self._take_key(event, key, reach):
                with self._ignoring_changes():
                    super().keyPressEvent(event)
                if key in _MOVES and reach is not None and self.currentIndex().isValid():
                    self._arrive(reach)
        if self.currentIndex().isValid():
            self.sight.uncover(self.currentIndex().row())
        if key not in _MODIFIERS:  # with Shift a click sorts
            self._marks.use_keyboard(is_used=True)

    def _take_key(
        self, event: QtGui.QKeyEvent, key: QtCore.Qt.Key, reach: row_selection.Reach | None
    ) -> bool:
        keypad = QtCore.Qt.KeyboardModifier.KeypadModifier
        has_modifiers = bool(event.modifiers() & ~keypad)
        if key == QtCore.Qt.Key.Key_Space and event.modifiers() == row_selection.TOGGLE_WITH:
            self._arrive(row_selection.Reach.TOGGLED)
        elif key in _SIDES and self._model.grouped_by is not None:
            self._folding.turn(key, of_all=has_modifiers)
        elif reach is None:
            return False
        elif key in _BEGINS and not self.currentIndex().isValid():
            self._go_to(self.sight.first, reach)
        elif key == QtCore.Qt.Key.Key_Home:
            self._go_to(0, reach)
        elif key == QtCore.Qt.Key.Key_End:
            self._go_to(self._model.rowCount(), reach)
            if reach is row_selection.Reach.ALONE:
                self.follow()
        elif has_modifiers:
            return False
        elif self._folding.at_cursor is not None and key in {*_ENTER, QtCore.Qt.Key.Key_Space}:
            self._folding.toggle(self.currentIndex().row())
        elif key in _ENTER:
            self._activate(self.currentIndex())
        else:
            return False
        return True

    def _go_to(self, row: int, reach: row_selection.Reach = row_selection.Reach.ALONE) -> None:
        rows = self._model.rowCount()
        if rows:
            wanted, row_at = min(max(row, 0), rows - 1), self._model.row_at
            both_ways = (wanted + step * sign for step in range(rows) for sign in (1, -1))
            within = (at for at in both_ways if 0 <= at < rows)
            chosen = (at for at in within if not isinstance(row_at(at), GapRow))
            self._select_row(next(chosen, wanted), reach)  # a gap in the stream can't be chosen
            self.scrollTo(self.currentIndex())
            self.sight.uncover(self.currentIndex().row())

    def _select_row(self, row: int, reach: row_selection.Reach = row_selection.Reach.ALONE) -> None:
        self._set_current(row)
        self._arrive(reach)

    def _set_current(self, row: int) -> None:
        index = self._model.index(row, max(self.currentIndex().column(), 0))
        with self._ignoring_changes():
            self.selectionModel().setCurrentIndex(index, _FLAGS.NoUpdate)

    @contextmanager
    def _ignoring_changes(self) -> Iterator[None]:
        """Treat changes of the current row as no request; the caller handles them afterwards."""
        did_act, self._acts_on_changes = self._acts_on_changes, False
        try:
            yield
        finally:
            self._acts_on_changes = did_act

    def _activate(self, index: Index) -> None:
        finding = self._model.finding_at(index.row()) if index.isValid() else None
        if finding is not None:
            self.finding_activated.emit(finding.id)

    # -- the mouse, the focus --

    def _close_sticky_group(self, key: GroupKey) -> None:
        self._marks.use_keyboard(is_used=False)
        self._folding.go_to_head(key)
        self._model.toggle_group(key)

    def contextMenuEvent(self, event: QtGui.QContextMenuEvent) -> None:
        if self.selection.cursor_row is None and not self.selection.is_many:
            return
        is_by_key = event.reason() is QtGui.QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).bottomLeft() if is_by_key else event.pos()
        self.menu.make().popup(self.viewport().mapToGlobal(place))

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        """Select only afterwards; one of many selected rows only when the button is released.

        Qt checks twice what is under the pointer, and rows may move when the detail opens.
        """
        self._marks.use_keyboard(is_used=False)
        index, self._pressed_at = self.indexAt(event.position().toPoint()), event.position()
        self._pressed = self._reach_of_press(event, index.row())
        with self._ignoring_changes():
            super().mousePressEvent(event)
        self._to_select = None
        if index.isValid() and self._model.flags(index) & QtCore.Qt.ItemFlag.ItemIsEnabled:
            self.drag.press(event)
            is_one_of_many = self.selection.is_many and self.selection.holds(index.row())
            if self._pressed is row_selection.Reach.ALONE and is_one_of_many:
                self._to_select = QtCore.QPersistentModelIndex(index)
            else:
                self._arrive(self._pressed)

    def mouseReleaseEvent(self, event: QtGui.QMouseEvent) -> None:
        pressed, self._to_select = self._to_select, None
        if pressed is not None and pressed.isValid():
            self._select_row(pressed.row())
        super().mouseReleaseEvent(event)

    def _reach_of_press(self, event: QtGui.QMouseEvent, row: int) -> row_selection.Reach:
        """Return what a press selects; a menu applies to the whole selection, or one other row."""
        reaches = row_selection.Reach
        if event.button() is QtCore.Qt.MouseButton.RightButton:
            return reaches.NOTHING if self.selection.holds(row) else reaches.ALONE
        reach, boxes = row_selection.reach_of_click(event.modifiers()), self.header.check_rect()
        x = event.position().toPoint().x()
        is_on_box = boxes.left() <= x <= boxes.right() and self._model.finding_at(row) is not None
        return reaches.TOGGLED if reach is reaches.ALONE and is_on_box else reach

    def _show_checks(self) -> None:
        """Show a box in all rows while several are selected one by one."""
        room = self._theme.scale(findings_delegate.CHECK_PX) if self.selection.is_apart else 0
        is_whole, states = bool(room) and self.selection.has_all, QtCore.Qt.CheckState
        self.header.show_check(states.Checked if is_whole else states.PartiallyChecked, room)
        if room != self._delegate.check_px:
            self._delegate.check_px = self.columns.check_px = room
            self.columns.plan()

    def _check_all(self) -> None:
        if self.selection.has_all:
            self.selection.clear()
        else:
            self.selection.choose_all()

    def mouseDoubleClickEvent(self, event: QtGui.QMouseEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        if self._reach_of_press(event, row) is row_selection.Reach.ALONE:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def _fold(self, index: Index) -> None:
        if self._pressed is row_selection.Reach.ALONE:
            self._folding.toggle(index.row())

    def mouseMoveEvent(self, event: QtGui.QMouseEvent) -> None:
        """Mark the row under the pointer; with a button held, drag the selected rows."""
        if event.buttons() == QtCore.Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
        elif self.drag.begins(event):
            self._to_select = None
        self._marks.point(event.position().toPoint().y())

    def viewportEvent(self, event: QtCore.QEvent) -> bool:
        if event.type() is QtCore.QEvent.Type.Leave:
            self._marks.point(None)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QtGui.QFocusEvent) -> None:
        had_place = self.currentIndex().isValid()
        with self._ignoring_changes():
            super().focusInEvent(event)
        if not had_place:  # Qt has made the first row the current one on its own
            self.selectionModel().clearCurrentIndex()
        if event.reason() in KEY_REASONS:
            self._marks.use_keyboard(is_used=True)
            row = self.selection.cursor_row  # where keys act
            if row is not None and not self.anchor.is_following and not self.sight.holds(row):
                self.sight.show(row)
                self.anchor.leave_tail()
        self._marks.ring()

    def focusOutEvent(self, event: QtGui.QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._marks.ring()

    # -- looks --

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        with self._cursor_in_sight(event.oldSize().height()):
            super().resizeEvent(event)
            self.columns.plan()
            self._sticky.follow()
        self.selection.update_qt_selection()

    @contextmanager
    def _cursor_in_sight(self, before_px: int) -> Iterator[None]:
        """Keep a visible cursor row visible while the view's height changes."""
        row = self.selection.cursor_row
        y = -1 if row is None else self.rowViewportPosition(row)
        try:
            yield
        finally:
            if row is not None and 0 <= y < before_px:
                with self.anchor.staying():
                    self.sight.keep(row)

    def updateGeometries(self) -> None:
        with self.anchor.measuring():
            super().updateGeometries()

    def _configure(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        corner = QWidget()  # between the scroll bars, where the style would draw a frame
        corner.setBackgroundRole(QtGui.QPalette.ColorRole.Base)
        corner.setAutoFillBackground(True)
        self.setCornerWidget(corner)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _apply_layout(self) -> None:
        """Apply the saved order, groups and row height."""
        table_layout = self._state.table_layout
        self._model.set_order(table_layout.order)
        self._model.group_by(table_layout.group)
        if table_layout.density is not self._delegate.density:
            self._delegate.density = table_layout.density
            self._dress()

    def _save_layout(self) -> None:
        """Save order and groups, however they were changed."""
        order, group = self._model.order, self._model.grouped_by
        self._state.change(lambda table_layout: replace(table_layout, order=order, group=group))

    def _dress(self) -> None:
        height = self._delegate.row_px
        self._show_checks()
        self.verticalScrollBar().setSingleStep(height)
        before_px = self.viewport().height()
        with self._cursor_in_sight(before_px), self.anchor.standing(self.selected_id):
            self.verticalHeader().setMinimumSectionSize(height)
            self.verticalHeader().setDefaultSectionSize(height)
        palette = self.palette()
        palette.setColor(QtGui.QPalette.ColorRole.Base, self._theme.tokens.surface)
        self.setPalette(palette)
        self.columns.plan()
        self._sticky.follow()
        self.selection.update_qt_selection()
        self.viewport().update()

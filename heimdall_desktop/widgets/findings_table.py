"""The findings table: what is selected and where one looks stay by finding id, whatever happens.

Rows come from the model in batches, while people read. The selection and the rows on screen keep
their places through every insert, removal, sort, filter and grouping; only a view at its tail,
sorted by first seen, goes with the newest rows. Source: ux.md 2.2, 2.7, 2.8; design.md 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from heimdall_desktop.domain.columns import COLUMNS, Column
from heimdall_desktop.domain.finding import Finding, FindingId
from heimdall_desktop.domain.group import Group, GroupKey
from heimdall_desktop.domain.wording import tr
from heimdall_desktop.models.findings_model import DESCENDING_FIRST, FindingsModel
from heimdall_desktop.models.table_state import TableState
from heimdall_desktop.widgets.column_layout import ColumnLayout
from heimdall_desktop.widgets.findings_delegate import FindingsDelegate, Index
from heimdall_desktop.widgets.findings_header import FindingsHeader
from heimdall_desktop.widgets.kept_scroll import KeptScroll
from heimdall_desktop.widgets.selection_follower import SelectionFollower
from heimdall_desktop.widgets.sticky_head import StickyHead
from heimdall_desktop.widgets.theme import Theme

_BEGINS = {Qt.Key.Key_Down, Qt.Key.Key_Up}
_KEY_REASONS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_SIDES = {Qt.Key.Key_Left, Qt.Key.Key_Right}


class FindingsTable(QTableView):
    """Shows the findings of a model.

    Args:
        theme: Colours, fonts and measures.
        model: The rows.
        parent: Its owner.
        state: How people want it to look; nothing is kept without one.
    """

    finding_selected = Signal(str)
    """Another finding is selected; its id."""
    finding_activated = Signal(str)
    """Enter or a double click on a finding; its id."""
    following_changed = Signal(bool)
    """Whether new rows are followed."""
    column_menu_wanted = Signal(object, QPoint)
    """What can be done with a column, or with all of them; where."""

    def __init__(
        self,
        theme: Theme,
        model: FindingsModel,
        parent: QWidget | None = None,
        *,
        state: TableState | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._state = state or TableState(parent=self)
        self._selected_id: FindingId | None = None
        self._head: GroupKey | None = None  # the group whose head the keyboard is on
        self.add_copies: Callable[[QMenu, Finding], None] = lambda _menu, _finding: None
        self._is_changing = False
        self._is_by_keyboard = self._is_pressed = False
        self._pointer_y: int | None = None
        self._scroll = KeptScroll(self, model)
        self._delegate = FindingsDelegate(theme, model, self)
        self.setObjectName("findings_table")
        self.setAccessibleName(tr("Findings"))
        self._configure()
        self.setModel(model)
        header = FindingsHeader(theme, model, self)
        self.setHorizontalHeader(header)
        header.setFirstSectionMovable(False)  # only now: a table lets its header move all of them
        self.setItemDelegate(self._delegate)
        badge_px = lambda: self._delegate.badge_px  # noqa: E731 - it changes with the theme
        self.columns = ColumnLayout(theme, self, model, self._state, badge_px)
        self._sticky = StickyHead(self, model, self._delegate.group_row)
        self._seeing = QTimer(self)
        self._seeing.setSingleShot(True)
        self._seeing.timeout.connect(self._see)
        self._connect(header)
        SelectionFollower(self)
        self._take_looks()
        self._dress()

    def _connect(self, header: FindingsHeader) -> None:
        model = self._model
        model.about_to_change.connect(self._keep)
        model.changed.connect(self._restore)
        model.counts_changed.connect(self.columns.plan)
        self._scroll.following_changed.connect(self.following_changed)
        self.verticalScrollBar().valueChanged.connect(self._follow_scroll)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self.doubleClicked.connect(self._activate)
        self.clicked.connect(self._toggle_head)
        self._sticky.clicked.connect(self._close_from_afar)
        header.sort_wanted.connect(self.sort_by)
        header.menu_wanted.connect(self.column_menu_wanted)
        self._state.changed.connect(self._take_looks)
        for signal in (model.order_changed, model.grouping_changed):
            signal.connect(self._note_looks)
            signal.connect(self._begin_anew)
        self._theme.changed.connect(self._dress)

    # -- what people and colleagues ask for --

    @property
    def selected_id(self) -> FindingId | None:
        """The selected finding, shown or hidden by the filter."""
        return self._selected_id

    @property
    def is_following(self) -> bool:
        """Whether the view goes with the newest rows."""
        return self._scroll.is_following

    @property
    def can_follow(self) -> bool:
        """Whether the newest rows come at the tail."""
        return self._scroll.can_follow

    @property
    def is_paused(self) -> bool:
        """Whether the view could go with the newest rows and does not."""
        return self._scroll.is_paused

    @property
    def selected_row(self) -> int | None:
        """Where the selected finding is shown; None if it is hidden or nothing is selected."""
        return None if self._selected_id is None else self._model.row_of(self._selected_id)

    def show_finding(self, finding_id: FindingId) -> bool:
        """Select a finding and keep it in sight, also while rows arrive.

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
        self._scroll.leave_tail()
        return True

    def bring_into_sight(self) -> None:
        """Scroll to the selected finding, if it is shown and out of sight."""
        row = self.selected_row
        self.executeDelayedItemsLayout()
        if row is None:
            return
        index = self._model.index(row, 0)
        if not self._is_in_sight(row):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - bar.value() % self.rowHeight(row))
            self.scrollTo(index)

    def step(self, rows: int, *, begins_in_sight: bool = False) -> None:
        """Select the finding so many rows further down, past the heads of groups.

        Args:
            rows: how many; negative ones lead up.
            begins_in_sight: if none is selected, begin at the first one in sight, not of all.
        """
        self._is_by_keyboard = True
        first = self._first_row_in_sight() if begins_in_sight else 0
        row = self._cursor_row()
        wanted = first if row is None else row + rows
        target = self._finding_row(min(max(wanted, 0), self._model.rowCount() - 1), rows)
        if target is not None:
            self._go_to(target)
        self._ring()

    def step_to_new(self, step: int) -> None:
        """Select the next new finding, or the previous one, and open its group for it."""
        self._is_by_keyboard = True
        row = self._cursor_row()
        before_first = self._first_row_in_sight() - 1 if step > 0 else self._first_row_in_sight()
        found = self._model.next_new(before_first if row is None else row, step)
        if found is not None:
            self.show_finding(found)
        self._ring()

    def follow(self) -> None:
        """Go to the tail, and with it from now on."""
        self.executeDelayedItemsLayout()
        self._scroll.return_to_tail()

    def sort_by(self, column: Column, is_further: bool = False) -> None:
        """Sort by a column, or turn its direction; as a further key beside those there are."""
        order, descends_first = self._model.order, column in DESCENDING_FIRST
        by = order.also_by if is_further else order.by
        self._model.set_order(by(column, descends_first=descends_first))

    def rows_in_sight(self) -> range:
        """Return the rows that can be seen."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return range(0)
        return range(first, (self._model.rowCount() - 1 if last < 0 else last) + 1)

    def sizeHintForColumn(self, section: int) -> int:
        """Return how wide a column must be for what it says in sight, and nowhere else."""
        column, widths = COLUMNS[section], [0]
        for row in self.rows_in_sight():
            finding = self._model.finding_at(row)
            if finding is not None:
                text = self._model.index(row, section).data()
                widths.append(self._delegate.text_px(column, finding, text))
        return max(widths)

    # -- keeping places --

    def _keep(self) -> None:
        self._is_changing = True
        self._scroll.keep(self._selected_id)

    def _restore(self) -> None:
        row = self._cursor_row()
        with self._without_scrolling():
            if row is None:
                self.selectionModel().clear()
            elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
                self._select_row(row)
        self._scroll.restore()
        self._is_changing = False
        self._ring()
        self._sticky.follow()
        self._hover_again()

    def _begin_anew(self) -> None:
        """Show where rows that stand otherwise begin, or end, unless the selected one is here."""
        row = self.selected_row
        if row is not None and self._is_in_sight(row):
            return
        if self._scroll.can_follow:
            self.follow()
        else:
            self.scrollToTop()

    def _cursor_row(self) -> int | None:
        """Return where the keyboard is: on the head of a group, or on the selected finding."""
        head = None if self._head is None else self._model.row_of_group(self._head)
        return self.selected_row if head is None else head

    def _follow_scroll(self) -> None:
        if not self._is_changing:
            self._sticky.follow()
            self._hover_again()

    @contextmanager
    def _without_scrolling(self) -> Iterator[None]:
        self.setAutoScroll(False)
        yield
        self.setAutoScroll(True)

    # -- selecting --

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        stands = self._model.row_at(current.row()) if current.isValid() else None
        if self._is_changing or stands is None:
            return
        self._ring()
        self._head = stands.key if isinstance(stands, Group) else None
        if isinstance(stands, Finding) and stands.id != self._selected_id:
            self._selected_id = stands.id
            self._seeing.start(0)  # rows may leave by that, which Qt does not bear here
            if not self._is_pressed:
                self.finding_selected.emit(stands.id)

    def _uncover(self) -> None:
        """Let no head that sticks to the top cover the row the keyboard is on."""
        index, covered = self.currentIndex(), self._free_rect().top()
        top = self.visualRect(index).top()
        if index.isValid() and -self.rowHeight(0) < top < covered:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - (covered - top))

    def _see(self) -> None:
        if self._selected_id is not None:
            self._model.see(self._selected_id)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md 2.7)."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._is_by_keyboard = True
        if not self._take_key(event):
            super().keyPressEvent(event)
        self._uncover()
        self._ring()

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_row()
        elif key in _SIDES and self._model.grouped_by is not None:
            self._turn_group(key, of_all=_has_modifiers(event))
        elif _has_modifiers(event):
            return False
        elif key in _BEGINS and not self.currentIndex().isValid():
            self._go_to(self._first_row_in_sight())
        elif key == Qt.Key.Key_Home:
            self._go_to(0)
        elif key == Qt.Key.Key_End:
            self._go_to(self._model.rowCount())
            self.follow()
        elif key in _ENTER or (key == Qt.Key.Key_Space and self._group_at_cursor() is not None):
            self._enter()
        else:
            return False
        return True

    def _go_to(self, row: int) -> None:
        rows = self._model.rowCount()
        if rows:
            self._select_row(min(max(row, 0), rows - 1))
            self.scrollTo(self.currentIndex())
            self._uncover()

    def _select_row(self, row: int) -> None:
        index = self._model.index(row, max(self.currentIndex().column(), 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _finding_row(self, row: int, step: int) -> int | None:
        """Return the nearest row of a finding, from a row on in a direction."""
        rows = range(row, self._model.rowCount()) if step >= 0 else range(row, -1, -1)
        return next((place for place in rows if self._model.finding_at(place) is not None), None)

    def _enter(self) -> None:
        if self._group_at_cursor() is None:
            self._activate(self.currentIndex())
        else:
            self._toggle_head(self.currentIndex())

    def _activate(self, index: Index) -> None:
        finding = self._model.finding_at(index.row()) if index.isValid() else None
        if finding is not None:
            self.finding_activated.emit(finding.id)

    # -- groups --

    def _group_at_cursor(self) -> Group | None:
        stands = self._model.row_at(self.currentIndex().row())
        return stands if isinstance(stands, Group) else None

    def _toggle_head(self, index: Index) -> None:
        stands = self._model.row_at(index.row()) if index.isValid() else None
        if isinstance(stands, Group):
            self._model.toggle_group(stands.key)

    def _close_from_afar(self, key: GroupKey) -> None:
        """Close a group whose head is out of sight, and show that head."""
        self._go_to_head(key)
        self._model.toggle_group(key)

    def _go_to_head(self, key: GroupKey) -> None:
        row = self._model.row_of_group(key)
        if row is not None:
            self._go_to(row)

    def _turn_group(self, key: Qt.Key, *, of_all: bool) -> None:
        """Close or open the group at the keyboard, or all; from a finding go to its head first."""
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        opens = (key == Qt.Key.Key_Right) is not is_mirrored
        if of_all:
            inside = None if self._selected_id is None else self._model.group_of(self._selected_id)
            if not opens and inside is not None and self._head is None:
                self._go_to_head(inside.key)
            self._model.set_groups_open(are_open=opens)
            return
        group = self._group_at_cursor()
        if group is not None:
            if group.is_open is not opens:
                self._model.toggle_group(group.key)
            elif opens:
                self._go_to(self.currentIndex().row() + 1)
        elif self._selected_id is not None and not opens:
            inside = self._model.group_of(self._selected_id)
            if inside is not None:
                self._go_to_head(inside.key)

    # -- copying --

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._cursor_row() is None:
            return
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).bottomLeft() if is_by_key else event.pos()
        self._make_menu().popup(self.viewport().mapToGlobal(place))

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("findings_menu")
        menu.setAccessibleName(tr("Row"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icon = self._theme.icon("ui-copy", self._theme.scale(16))
        copy_row = menu.addAction(icon, tr("Copy row"))
        copy_row.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy_row.triggered.connect(self._copy_row)
        finding = self._model.finding_at(self.currentIndex().row())
        if finding is not None:
            self.add_copies(menu, finding)
        menu.addSeparator()
        seen = menu.addAction(tr("Mark all as seen"))
        seen.setEnabled(self._model.new > 0)
        seen.triggered.connect(self._model.see_all)
        return menu

    def _copy_row(self) -> None:
        row = self._cursor_row()
        if row is not None:
            QGuiApplication.clipboard().setText(self._model.row_text(row))

    # -- hovering, ring --

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell what is selected only afterwards.

        Qt looks twice at what lies under the pointer, and rows may move when the detail opens.
        """
        self._is_by_keyboard, self._is_pressed = False, True
        before = self._selected_id
        super().mousePressEvent(event)
        self._is_pressed = False
        if self._selected_id not in (None, before):
            self.finding_selected.emit(self._selected_id)
        self._ring()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the row under the pointer; dragging selects nothing, not even a little."""
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
        self._pointer_y = event.position().toPoint().y()
        self._hover_again()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer_y = None
        self._hover_again()

    def _hover_again(self) -> None:
        """Mark the row under the pointer, whichever has moved."""
        self._hover(-1 if self._pointer_y is None else self.rowAt(self._pointer_y))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._is_by_keyboard = self._is_by_keyboard or event.reason() in _KEY_REASONS
        had_place = self.currentIndex().isValid()
        was_changing, self._is_changing = self._is_changing, True
        super().focusInEvent(event)
        if not had_place:  # Qt has made the first row the current one, which nobody chose
            self.selectionModel().clearCurrentIndex()
        self._is_changing = was_changing
        self._ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring()

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            before, self._delegate.hovered_row = self._delegate.hovered_row, row
            self._update_row(before)
            self._update_row(row)

    def _ring(self) -> None:
        """Draw the ring where the keyboard is, if it is here."""
        has_ring = self.hasFocus() and self._is_by_keyboard
        current = self.currentIndex()
        place = current.row() if current.isValid() else self._first_row_in_sight()
        row = place if has_ring else -1
        if row != self._delegate.ringed_row:
            before, self._delegate.ringed_row = self._delegate.ringed_row, row
            self._update_row(before)
            self._update_row(row)

    def _first_row_in_sight(self) -> int:
        """Where the keyboard begins while nothing is selected."""
        return max(self.rowAt(0), 0)

    def _update_row(self, row: int) -> None:
        if row >= 0:
            y = self.rowViewportPosition(row)
            self.viewport().update(QRect(0, y, self.viewport().width(), self.rowHeight(row)))

    def _free_rect(self) -> QRect:
        """Return the part of the viewport that no head of a group covers."""
        rect = self.viewport().rect()
        if self._sticky.group is not None:
            rect.setTop(self.rowHeight(0))
        return rect

    def _is_in_sight(self, row: int) -> bool:
        return self._free_rect().contains(self.visualRect(self._model.index(row, 0)))

    def _stay_in_sight(self, row: int) -> None:
        """Scroll no further than it takes to show a row whole, to the edge of a row."""
        if self._is_in_sight(row):
            return
        bar, height = self.verticalScrollBar(), self.rowHeight(row)
        if self.rowViewportPosition(row) < 0:
            bar.setValue(row * height)
        else:
            whole_rows = max(1, self.viewport().height() // height)
            bar.setValue((row + 1 - whole_rows) * height)
        self._uncover()

    # -- looks --

    def resizeEvent(self, event: QResizeEvent) -> None:
        before_px = event.oldSize().height()
        row = self._cursor_row()
        y = -1 if row is None else self.rowViewportPosition(row)
        super().resizeEvent(event)
        self.columns.plan()
        self._sticky.follow()
        if row is not None and 0 <= y < before_px:
            self._stay_in_sight(row)

    def updateGeometries(self) -> None:
        """Let the view end with a whole row at its top; what is left over stays free below."""
        with self._scroll.measuring():
            super().updateGeometries()
            bar, height = self.verticalScrollBar(), self.verticalHeader().defaultSectionSize()
            bar.setMaximum(-(-bar.maximum() // height) * height)
            bar.setPageStep(max(height, bar.pageStep() // height * height))

    def _configure(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _take_looks(self) -> None:
        """Let order, groups and height of rows be as people want them."""
        looks = self._state.looks
        self._model.set_order(looks.order)
        self._model.group_by(looks.group)
        if looks.density is not self._delegate.density:
            self._delegate.density = looks.density
            self._dress()

    def _note_looks(self) -> None:
        """Keep order and groups, whoever has changed them."""
        order, group = self._model.order, self._model.grouped_by
        self._state.change(lambda looks: replace(looks, order=order, group=group))

    def _dress(self) -> None:
        height = self._delegate.row_px
        self.verticalScrollBar().setSingleStep(height)
        with self._scroll.standing(self._selected_id):
            self.verticalHeader().setMinimumSectionSize(height)
            self.verticalHeader().setDefaultSectionSize(height)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._theme.tokens.surface)
        self.setPalette(palette)
        self.columns.plan()
        self._sticky.follow()
        self.viewport().update()


def _has_modifiers(event: QKeyEvent) -> bool:
    ignored = Qt.KeyboardModifier.KeypadModifier
    return bool(event.modifiers() & ~ignored)

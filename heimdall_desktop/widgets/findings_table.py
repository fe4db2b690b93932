"""The findings table: what is selected and where one looks stay by finding id, whatever happens.

Rows come from the model in batches, while people read. The selection and the rows on screen keep
their places through every insert, removal, sort and filter; only a view at its tail, sorted by
first seen, goes with the newest rows. Source: ux.md 2.2, 2.7, 2.8; design.md 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, Qt, Signal
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
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.column_plan import plan_columns
from heimdall_desktop.widgets.findings_delegate import ROW_PX, FindingsDelegate, Index
from heimdall_desktop.widgets.findings_header import FindingsHeader
from heimdall_desktop.widgets.kept_scroll import KeptScroll
from heimdall_desktop.widgets.theme import Theme

_BEGINS = {Qt.Key.Key_Down, Qt.Key.Key_Up}
_KEY_REASONS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindingsTable(QTableView):
    """Shows the findings of a model.

    Args:
        theme: Colours, fonts and measures.
        model: The rows.
        parent: Its owner.

    Attributes:
        add_copies: appends to a menu what else can be copied of a finding.
    """

    finding_selected = Signal(str)
    """Another finding is selected; its id."""
    finding_activated = Signal(str)
    """Enter or a double click on a finding; its id."""
    following_changed = Signal(bool)
    """Whether new rows are followed."""

    def __init__(self, theme: Theme, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._selected_id: FindingId | None = None
        self.add_copies: Callable[[QMenu, Finding], None] = lambda _menu, _finding: None
        self._is_changing = False
        self._is_by_keyboard = False
        self._scroll = KeptScroll(self, model)
        self._delegate = FindingsDelegate(theme, self)
        self.setObjectName("findings_table")
        self.setAccessibleName("Findings")
        self._configure()
        self.setModel(model)
        self.setHorizontalHeader(FindingsHeader(theme, self))
        self.setItemDelegate(self._delegate)
        self.sortByColumn(COLUMNS.index(Column.FIRST_SEEN), Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        model.about_to_change.connect(self._keep)
        model.changed.connect(self._restore)
        model.counts_changed.connect(self._plan_columns)
        self._scroll.following_changed.connect(self.following_changed)
        self.doubleClicked.connect(self._activate)
        theme.changed.connect(self._dress)
        self._dress()

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
    def selected_row(self) -> int | None:
        """Where the selected finding is shown; None if it is hidden or nothing is selected."""
        return None if self._selected_id is None else self._model.row_of(self._selected_id)

    def show_finding(self, finding_id: FindingId) -> bool:
        """Select a finding and keep it in sight, also while rows arrive.

        Returns:
            False if the finding is hidden by the filter or unknown.
        """
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
        if not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def step(self, rows: int, *, begins_in_sight: bool = False) -> None:
        """Select the finding so many rows further down.

        Args:
            rows: how many; negative ones lead up.
            begins_in_sight: if none is selected, begin at the first one in sight, not of all.
        """
        self._is_by_keyboard = True
        first = self._first_row_in_sight() if begins_in_sight else 0
        row = self.selected_row
        self._go_to(first if row is None else row + rows)
        self._ring()

    def follow(self) -> None:
        """Go to the tail, and with it from now on."""
        self.executeDelayedItemsLayout()
        self._scroll.return_to_tail()

    # -- keeping places --

    def _keep(self) -> None:
        self._is_changing = True
        self._scroll.keep(self._selected_id)

    def _restore(self) -> None:
        row = self.selected_row
        with self._without_scrolling():
            if row is None:
                self.selectionModel().clear()
            elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
                self._select_row(row)
        self._scroll.restore()
        self._is_changing = False
        self._ring()

    @contextmanager
    def _without_scrolling(self) -> Iterator[None]:
        self.setAutoScroll(False)
        yield
        self.setAutoScroll(True)

    # -- selecting --

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        finding = self._model.finding_at(current.row()) if current.isValid() else None
        if self._is_changing or finding is None:
            return
        self._ring()
        if finding.id != self._selected_id:
            self._selected_id = finding.id
            self.finding_selected.emit(finding.id)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are shortcuts (ux.md 2.7)."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._is_by_keyboard = True
        if not self._take_key(event):
            super().keyPressEvent(event)
        self._ring()

    def _take_key(self, event: QKeyEvent) -> bool:
        key, has_modifiers = Qt.Key(event.key()), _has_modifiers(event)
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_row()
        elif has_modifiers:
            return False
        elif key in _BEGINS and not self.currentIndex().isValid():
            self._go_to(self._first_row_in_sight())
        elif key == Qt.Key.Key_Home:
            self._go_to(0)
        elif key == Qt.Key.Key_End:
            self._go_to(self._model.shown)
            self.follow()
        elif key in _ENTER:
            self._activate(self.currentIndex())
        else:
            return False
        return True

    def _go_to(self, row: int) -> None:
        if self._model.shown:
            self._select_row(min(max(row, 0), self._model.shown - 1))
            self.scrollTo(self.currentIndex())

    def _select_row(self, row: int) -> None:
        index = self._model.index(row, max(self.currentIndex().column(), 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _activate(self, index: Index) -> None:
        finding = self._model.finding_at(index.row()) if index.isValid() else None
        if finding is not None:
            self.finding_activated.emit(finding.id)

    # -- copying --

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._selected_finding() is None:
            return
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).bottomLeft() if is_by_key else event.pos()
        self._make_menu().popup(self.viewport().mapToGlobal(place))

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("findings_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icon = self._theme.icon("ui-copy", self._theme.scale(16))
        copy_row = menu.addAction(icon, "Copy row")
        copy_row.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy_row.triggered.connect(self._copy_row)
        finding = self._selected_finding()
        if finding is not None:
            self.add_copies(menu, finding)
        return menu

    def _copy_row(self) -> None:
        row = self.selected_row
        if row is not None:
            QGuiApplication.clipboard().setText(self._model.row_text(row))

    def _selected_finding(self) -> Finding | None:
        row = self.selected_row
        return None if row is None else self._model.finding_at(row)

    # -- hovering, ring --

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_by_keyboard = False
        super().mousePressEvent(event)
        self._ring()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

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

    # -- looks --

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._plan_columns()

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

    def _plan_columns(self) -> None:
        plan = plan_columns(
            self.viewport().width(),
            self._theme.scale,
            outer_width=self.width(),
            badge_px=self._delegate.badge_px,
            has_many_scans=self._model.has_many_scans,
        )
        for section, column in enumerate(COLUMNS):
            self.setColumnHidden(section, column not in plan)
            if column in plan:
                self.setColumnWidth(section, plan[column])

    def _dress(self) -> None:
        height = self._theme.row_height(ROW_PX)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._theme.tokens.surface)
        self.setPalette(palette)
        self._plan_columns()
        self.viewport().update()


def _has_modifiers(event: QKeyEvent) -> bool:
    ignored = Qt.KeyboardModifier.KeypadModifier
    return bool(event.modifiers() & ~ignored)

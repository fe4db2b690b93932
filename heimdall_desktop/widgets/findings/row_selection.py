"""The selected rows of the findings table: what keys and clicks select, and what Qt knows of it.

Qt's own selection cannot hold them. It knows rows, not findings. When assistive technology is
active, the table also creates an index of every selected cell on each change: a million at
100,000 rows. So Qt is given only the visible selected rows, again on every scroll. Only those
rows are painted and read out. The sentence of a row says whether it is selected, wherever it is.
Source: behaviour.md 2.2, 2.8.
"""

from collections.abc import Callable, Iterable, Set
from enum import Enum, auto
from itertools import count

from PySide6 import QtCore
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QTableView, QToolTip, QWidget

from heimdall_desktop.domain.facts.change import (
    Change,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.domain.table.order import COLUMNS
from heimdall_desktop.domain.table.selection import Head, Place, Selection
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.widgets.controls.key_names import IS_MAC
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import CENTRED, draw_text, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight

_SHIFT = QtCore.Qt.KeyboardModifier.ShiftModifier
_CONTROL = QtCore.Qt.KeyboardModifier.ControlModifier
_FLAGS = QtCore.QItemSelectionModel.SelectionFlag
# On a Mac the system takes Command and Space, and Qt calls Control "Meta".
TOGGLE_WITH = QtCore.Qt.KeyboardModifier.MetaModifier if IS_MAC else _CONTROL
TOGGLE_KEYS = "Meta+Space" if IS_MAC else "Ctrl+Space"


class Reach(Enum):
    """How moving to a row changes the selection."""

    ALONE = auto()  # only that row is selected
    TOGGLED = auto()  # that row is added or removed
    RANGE = auto()  # all from the anchor to that row
    RANGE_TOO = auto()  # those are added
    NOTHING = auto()  # only the cursor moves


def reach_of_keys(modifiers: QtCore.Qt.KeyboardModifier) -> Reach | None:
    """Return what a key that moves the cursor selects; None if the key means something else."""
    return _KEYS.get(modifiers & ~QtCore.Qt.KeyboardModifier.KeypadModifier)


def reach_of_click(modifiers: QtCore.Qt.KeyboardModifier) -> Reach:
    reach = _KEYS.get(modifiers & (_SHIFT | _CONTROL), Reach.ALONE)
    return Reach.TOGGLED if reach is Reach.NOTHING else reach


_KEYS = {
    QtCore.Qt.KeyboardModifier.NoModifier: Reach.ALONE,
    _SHIFT: Reach.RANGE,
    _CONTROL: Reach.NOTHING,
    _CONTROL | _SHIFT: Reach.RANGE_TOO,
}


class RowSelection(QtCore.QObject):
    """Owns the selection of one table.

    Args:
        rows_in_sight: Returns which rows are visible.
    """

    changed = QtCore.Signal()
    """The set of selected findings changed."""
    row_wanted = QtCore.Signal(int, Reach)
    """Assistive technology goes to a row; the reach says what that selects."""

    def __init__(
        self, view: QTableView, model: FindingsModel, rows_in_sight: Callable[[], Iterable[int]]
    ) -> None:
        super().__init__(view)
        self._view, self._model, self._rows_in_sight = view, model, rows_in_sight
        self._selection = Selection()
        self._newest: dict[FindingId, FindingId] = {}  # of selected rows, while rows are frozen
        self._is_reporting, self._reach = False, Reach.ALONE
        self._reported: set[int] = set()
        self._is_emptied = False
        self._outside = QtCore.QTimer(self)
        self._outside.setSingleShot(True)
        self._outside.setInterval(0)
        self._outside.timeout.connect(self._apply_outside_change)
        view.selectionModel().selectionChanged.connect(self._note_outside_change)
        model.about_to_change.connect(self._wait)
        model.freeze_changed.connect(self._catch_up)

    # -- what is selected --

    @property
    def ids(self) -> Set[FindingId]:
        """The selected findings, shown or hidden; to be read only."""
        return self._selection.ids

    @property
    def is_many(self) -> bool:
        return self._selection.is_many

    @property
    def has_all(self) -> bool:
        """Whether everything shown is selected, in closed groups too."""
        return self._selection.has_all(self._model.all_ids(), self._model.shown)

    @property
    def is_apart(self) -> bool:
        """Whether the cursor may be on a row that does not differ from the selected ones."""
        return self.is_many and self._reach is not Reach.ALONE

    @property
    def finding(self) -> FindingId | None:
        """The finding at the cursor, or the last one before it moved to a group head."""
        return self._selection.finding

    @property
    def finding_row(self) -> int | None:
        """The row where that finding is shown; None if it is not."""
        return self._row_of(self._selection.finding)

    @property
    def cursor_row(self) -> int | None:
        """The row of the keyboard: on an existing group head, else on that finding."""
        row = self._row_of(self._selection.cursor)
        return self.finding_row if row is None else row

    def holds(self, row: int) -> bool:
        return self._selection.holds(self._model.row_at(row))

    # -- what keys and clicks do --

    def go_to(self, row: int, reach: Reach) -> None:
        """Move the cursor to a row and select accordingly."""
        entry = self._model.row_at(row)
        if not isinstance(entry, Finding | Group):
            return
        if reach is Reach.NOTHING:
            self._selection.move_to(entry)
            self.update_qt_selection()
            return
        self._reach = reach
        match reach:
            case Reach.ALONE:
                self._selection.choose(entry)
            case Reach.TOGGLED:
                self._selection.toggle(entry)
            case Reach.RANGE | Reach.RANGE_TOO:
                places = (self._selection.anchor, self._selection.cursor)
                known = (self._row_in_sight_of(place) for place in places)
                start = next((found for found in known if found is not None), row)
                rows = self._model.rows_between(start, row)
                self._selection.extend(rows, adds=reach is Reach.RANGE_TOO)
        self._report_change()

    def choose_all(self) -> None:
        """Select everything that passes the filter, in closed groups too, and nothing else."""
        self._reach = Reach.RANGE
        self._selection.choose_all(self._model.all_ids())
        self._report_change()

    def choose_these(self, finding_ids: Iterable[FindingId]) -> None:
        """Select only these findings; the cursor stays."""
        self._reach = Reach.RANGE
        self._selection.choose_all(finding_ids)
        self._report_change()

    def clear(self) -> None:
        """Select only the finding at the cursor."""
        self._selection.clear()
        self._report_change()

    def _row_in_sight_of(self, place: Place | None) -> int | None:
        """Return the row of a place; for a finding in a closed group, the row of its head."""
        row = self._row_of(place)
        if row is not None or place is None or isinstance(place, Head):
            return row
        group = self._model.grouped.group_of(place)
        return None if group is None else self._model.grouped.row_of_group(group.key)

    def _row_of(self, place: Place | None) -> int | None:
        if place is None:
            return None
        if isinstance(place, Head):
            return self._model.grouped.row_of_group(place.key)
        return self._model.row_of(place)

    # -- what happens to the rows --

    def follow(self, changes: list[Change]) -> None:
        """Drop removed findings, and move to the newest rows of findings that a retry found again.

        This does not scroll and opens no closed detail: the user did not request it.
        """
        gone = (FindingDropped, ScanEmptied, ScanRemoved)
        if any(isinstance(change, gone) for change in changes) and self._selection.keep(
            self._model.listing.knows
        ):
            self._report_change()
        here = (self._selection.finding, *self._newest.values())
        older = [
            change.finding
            for change in changes
            if isinstance(change, FindingReplaced)
            and change.finding.is_repeat
            and not change.previous.is_repeat
            and (change.finding.id in self._selection.ids or change.finding.id in here)
        ]
        if older:
            self._newest |= self._model.newest_readings(older)
            self._catch_up()

    def _catch_up(self) -> None:
        if self._model.frozen_at is not None or not self._newest:
            return
        for older, newer in self._newest.items():
            self._selection.replace(older, newer)
        self._newest.clear()
        self._report_change()

    # -- what Qt knows --

    def update_qt_selection(self) -> None:
        """Set Qt's selection to the visible selected rows and the row at the cursor, silently.

        Call this after rows moved or others became visible. It is not a selection by the user.
        """
        if self._outside.isActive():
            return  # Qt gets them once that request is handled
        rows = self._rows_for_qt()
        if rows != self._rows_in_qt():
            with QtCore.QSignalBlocker(self._view.selectionModel()):
                self._select(rows)
            self._view.viewport().update()
        self._reported, self._is_reporting = rows, False

    def _report_change(self) -> None:
        selection = self._selection
        self._model.words.selected = selection.ids if selection.is_many else frozenset()
        self._reported, self._is_reporting = self._rows_for_qt(), True
        self._select(self._reported)
        self._is_reporting = False
        self._view.viewport().update()
        self.changed.emit()

    def _rows_for_qt(self) -> set[int]:
        current = self._view.currentIndex().row()
        return {row for row in (current, *self._rows_in_sight()) if self.holds(row)}

    def _rows_in_qt(self) -> set[int]:
        ranges = self._view.selectionModel().selection().toList()
        return {row for text in ranges for row in range(text.top(), text.bottom() + 1)}

    def _select(self, rows: set[int]) -> None:
        index, last, found = self._model.index, len(COLUMNS) - 1, QtCore.QItemSelection()
        for row in rows:
            if row - 1 not in rows:
                end = next(end for end in count(row) if end + 1 not in rows)
                found.append(QtCore.QItemSelectionRange(index(row, 0), index(end, last)))
        self._view.selectionModel().select(found, _FLAGS.ClearAndSelect)

    def _wait(self) -> None:
        """Ignore changes to rows as user requests until Qt's selection is set again."""
        self._outside.stop()
        self._is_emptied, self._is_reporting = False, True

    def _note_outside_change(self) -> None:
        if not self._is_reporting:
            self._is_emptied |= not self._view.selectionModel().hasSelection()
            self._outside.start()

    def _apply_outside_change(self) -> None:
        """Select what assistive technology has selected, bypassing keys and mouse.

        One request may cause several changes, so this runs one loop turn later. If nothing was
        selected in between, rows out of sight are not included either.
        """
        now, text = self._rows_in_qt(), self._reported
        if self._is_emptied:
            self._is_emptied, text = False, set()
            self._selection.choose_all(())
            self._report_change()
        for row in sorted(now ^ text):
            self.row_wanted.emit(row, Reach.TOGGLED)


# Drags the selected rows out of the window, as a table for other programs.
#
# Qt drags in a nested event loop (`QDrag.exec`), the only one in the program. Streams, polls and
# writes continue in it, because Qt also serves the timers and sockets of asyncio there. The drag
# starts from a timer, never inside a task, and touches nothing afterwards: the window may be gone.


MOST = 500  # rows; the dragged data is created at once
HEIGHT_PX, PADDING_PX, RADIUS_PX = 28, 12, 6


class RowDrag(QtCore.QObject):
    """Starts a drag once the pointer has moved far enough from a pressed, selected row.

    Args:
        view: Contains the rows.
        count: Returns how many rows would be dragged.

    Attributes:
        make: Creates the dragged data, in all formats that other programs may accept.
        obstacle: Why nothing can be dragged now; "" if something can.
    """

    def __init__(self, view: QWidget, count: Callable[[], int]) -> None:
        super().__init__(view)
        self._theme, self._view, self._count = theme_of(view), view, count
        self._pressed_at: QtCore.QPoint | None = None
        self.make: Callable[[], QtCore.QMimeData] = QtCore.QMimeData
        self.obstacle: Callable[[], str] = lambda: ""

    def press(self, event: QMouseEvent) -> None:
        """Note a press on a row that is selected, or will be."""
        is_left = event.button() is QtCore.Qt.MouseButton.LeftButton
        self._pressed_at = event.position().toPoint() if is_left else None

    def begins(self, event: QMouseEvent) -> bool:
        """Return whether a move with a button held starts a drag."""
        at, is_held = self._pressed_at, event.buttons() & QtCore.Qt.MouseButton.LeftButton
        if at is None or not is_held:
            return False
        way_px = (event.position().toPoint() - at).manhattanLength()
        if way_px < QApplication.startDragDistance():
            return False
        self._pressed_at = None
        text = self.obstacle()
        if not text and self._count() > MOST:
            text = tr("You can drag at most %n rows. Export them instead.", "", MOST)
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), safe_tip(text), self._view)
            return False
        QtCore.QTimer.singleShot(0, self, self._start)
        return True

    def _start(self) -> None:
        if not QGuiApplication.mouseButtons() & QtCore.Qt.MouseButton.LeftButton:
            return  # otherwise Qt would drag until the next click
        drag = QDrag(self._view)
        drag.setMimeData(self.make())
        text = tr("%n findings", "", self._count(), one="%n finding")
        theme, tokens, density = self._theme, self._theme.tokens, self._view.devicePixelRatioF()
        width = theme.text_width(text, Role.SMALL, Weight.SEMIBOLD) + 2 * theme.scale(PADDING_PX)
        size = QtCore.QSize(round(width), theme.scale(HEIGHT_PX))
        picture = QPixmap(size * density)
        picture.setDevicePixelRatio(density)
        picture.fill(QtCore.Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            rect = QtCore.QRectF(0, 0, size.width(), size.height())
            font = theme.font(Role.SMALL, Weight.SEMIBOLD)
            rounded_box(painter, rect, theme.scale(RADIUS_PX), ground=tokens.inverse)
            draw_text(painter, rect, text, font, tokens.inverse_text, CENTRED)
        drag.setPixmap(picture)
        drag.exec(QtCore.Qt.DropAction.CopyAction)

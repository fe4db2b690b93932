"""Lists and tables: the rows, the marks of pointer and keyboard, and choosing."""

from collections.abc import Iterator

import pytest
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.look.painting import RowCursor
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from tests.fakes.accessible_tree import select, toggle
from tests.fakes.pixels import around, places
from tests.fakes.shown_window import ShownWindow
from tests.widgets.conftest import Owned

ICON, COLUMN, REST, LAST = map(QtGui.QColor, ("#ff0000", "#0000ff", "#008000", "#000000"))
STATE = QtWidgets.QStyle.StateFlag
SELECTED, ACTIVE = STATE.State_Selected, STATE.State_Active


class Painted:
    """One row, painted by a delegate."""

    def __init__(self, theme: Theme) -> None:
        self._view, self._model = QtWidgets.QListView(), QtCore.QStringListModel(["one"])
        self._model.setParent(self._view)
        self.delegate, self.view = row_delegate.RowDelegate(self._view), self._view
        self._theme = theme

    def colour(self, x: int, y: int, *states: QtWidgets.QStyle.StateFlag) -> QtGui.QColor:
        option = QtWidgets.QStyleOptionViewItem()
        option.rect = QtCore.QRect(0, 0, 100, 30)
        for state in states:
            option.state |= state
        image = QtGui.QImage(100, 30, QtGui.QImage.Format.Format_ARGB32)
        image.fill(self._theme.tokens.surface)
        painter, index = QtGui.QPainter(image), self._model.index(0)
        self.delegate.paint(painter, option, index)
        painter.end()
        return image.pixelColor(x, y)


@pytest.fixture
def painted(theme: Theme, qtbot: QtBot) -> Painted:
    painted = Painted(theme)
    qtbot.addWidget(painted.view)
    return painted


def test_a_row_shows_pointer_selection_and_keyboard(painted: Painted, theme: Theme) -> None:
    tokens = theme.tokens
    assert painted.colour(50, 15) == tokens.surface
    painted.delegate.ringed_row = 0
    assert (painted.colour(50, 1), painted.colour(50, 15)) == (tokens.accent, tokens.surface)
    painted.delegate.ringed_row, painted.delegate.hovered_row = -1, 0
    assert painted.colour(50, 15) == tokens.hover
    for states, fill, bar in (
        ((SELECTED, ACTIVE), tokens.selection, tokens.accent),
        ((SELECTED,), tokens.selection_inactive, tokens.control),
    ):
        assert (painted.colour(50, 15, *states), painted.colour(1, 15, *states)) == (fill, bar)


class Parts(row_delegate.RowDelegate):
    """A row of an icon and three texts, each longer than its room."""

    def draw_row(
        self,
        painter: QtGui.QPainter,
        row: RowCursor,
        option: QtWidgets.QStyleOptionViewItem,
        index: row_delegate.Index,
    ) -> None:
        long = "M" * 100
        start = [
            row_delegate.Cell("ui-check", ICON, is_icon=True, column_px=16, gap_px=4),
            row_delegate.Cell(long, COLUMN, column_px=60, gap_px=10),
            row_delegate.Cell(long, REST, least_px=40),
        ]
        end = [row_delegate.Cell(long, LAST, column_px=50, gap_px=10, from_px=250)]
        self.draw_cells(painter, row, option.rect.width(), start, end)


@pytest.mark.parametrize("direction", list(QtCore.Qt.LayoutDirection)[:2])
@pytest.mark.parametrize(
    ("width", "rest", "last"),
    [(300, (106, 224), (234, 284)), (240, (106, 224), None), (150, None, None)],
)
def test_cells_are_in_their_columns_and_omitted_in_narrow_rows(
    theme: Theme,
    painted: Painted,
    direction: QtCore.Qt.LayoutDirection,
    width: int,
    rest: tuple[int, int] | None,
    last: tuple[int, int] | None,
) -> None:
    image = QtGui.QImage(width, 30, QtGui.QImage.Format.Format_RGB32)
    image.fill(theme.tokens.surface)
    option = QtWidgets.QStyleOptionViewItem()
    option.rect, option.direction = image.rect(), direction
    with QtGui.QPainter(image) as painter:
        Parts(painted.view).paint(painter, option, QtCore.QModelIndex())
    wanted = [(ICON, (16, 32)), (COLUMN, (36, 96)), (REST, rest), (LAST, last)]
    for colour, place in wanted:
        ink = around(places(image, colour, near=40))
        if place is None:
            assert ink.isNull(), colour.name()
            continue
        left, right = place
        if direction is QtCore.Qt.LayoutDirection.RightToLeft:
            left, right = width - right, width - left
        assert left <= ink.left() <= ink.right() < right, colour.name()
        assert ink.width() > (right - left) / 2, colour.name()


LEFT = QtCore.Qt.MouseButton.LeftButton


class Shown:
    """Three rows, of which the first cannot be chosen."""

    def __init__(self) -> None:
        self.view = QtWidgets.QListView()
        self.model = QtGui.QStandardItemModel(self.view)
        for name in ("head", "one", "two"):
            self.model.appendRow(QtGui.QStandardItem(name))
        self.model.item(0).setFlags(QtCore.Qt.ItemFlag.NoItemFlags)
        self.view.setModel(self.model)
        self.delegate = row_delegate.RowDelegate(self.view)
        ground = QtGui.QPalette.ColorRole.Light
        self.marks = row_delegate.ListMarks(self.view, self.delegate, ground)
        self.view.resize(200, 200)
        self.view.show()
        self.view.activateWindow()
        QTest.qWaitForWindowActive(self.view)
        self.view.clearFocus()

    def place(self, row: int) -> QtCore.QPoint:
        return self.view.visualRect(self.model.index(row, 0)).center()


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.view.close()
    shown.view.deleteLater()


def test_keyboard_focus_selects_a_row_and_shows_a_ring(shown: Shown) -> None:
    shown.view.setFocus(QtCore.Qt.FocusReason.TabFocusReason)
    assert (shown.view.currentIndex().row(), shown.delegate.ringed_row) == (1, 1)
    QTest.keyClick(shown.view, QtCore.Qt.Key.Key_Down)
    assert shown.delegate.ringed_row == 2
    shown.view.clearFocus()
    assert shown.delegate.ringed_row == -1


def test_a_click_shows_no_ring_and_removes_it(shown: Shown) -> None:
    QTest.mouseClick(shown.view.viewport(), LEFT, pos=shown.place(2))
    assert (shown.view.currentIndex().row(), shown.delegate.ringed_row) == (2, -1)
    QTest.keyClick(shown.view, QtCore.Qt.Key.Key_Up)
    assert shown.delegate.ringed_row == 1
    QTest.mouseClick(shown.view.viewport(), LEFT, pos=shown.place(2))
    assert shown.delegate.ringed_row == -1


def test_returning_to_the_window_restores_the_ring(shown: Shown) -> None:
    shown.view.setFocus(QtCore.Qt.FocusReason.TabFocusReason)
    shown.view.clearFocus()
    shown.view.setFocus(QtCore.Qt.FocusReason.ActiveWindowFocusReason)
    assert shown.delegate.ringed_row == 1


def test_hover_follows_the_pointer_until_it_leaves_or_rows_change(shown: Shown) -> None:
    moves: list[int] = []
    shown.marks.moved.connect(lambda: moves.append(shown.delegate.hovered_row))
    QTest.mouseMove(shown.view.viewport(), shown.place(1))
    QTest.mouseMove(shown.view.viewport(), shown.place(2))
    QtWidgets.QApplication.sendEvent(shown.view.viewport(), QtCore.QEvent(QtCore.QEvent.Type.Leave))
    assert moves == [1, 2, -1]
    QTest.mouseMove(shown.view.viewport(), shown.place(1))
    shown.model.insertRow(0, QtGui.QStandardItem("more"))
    assert shown.delegate.hovered_row == -1


def test_a_menu_belongs_to_the_row_of_the_pointer_or_of_the_keyboard(shown: Shown) -> None:
    shown.view.setCurrentIndex(shown.model.index(1, 0))
    for reason, row in (
        (QtGui.QContextMenuEvent.Reason.Mouse, 2),
        (QtGui.QContextMenuEvent.Reason.Keyboard, 1),
    ):
        place = shown.place(2)
        event = QtGui.QContextMenuEvent(reason, place, shown.view.viewport().mapToGlobal(place))
        index, spot = shown.marks.menu_place(event)
        assert index.row() == row
        assert shown.view.visualRect(index).contains(shown.view.viewport().mapFromGlobal(spot))


def test_the_ground_follows_the_theme(shown: Shown, theme: Theme, qtbot: QtBot) -> None:
    def ground() -> QtGui.QColor:
        viewport = shown.view.viewport()
        return viewport.grab().toImage().pixelColor(viewport.rect().bottomRight())

    for mode in (ThemeMode.DARK, ThemeMode.LIGHT):
        theme.set_mode(mode)
        qtbot.waitUntil(lambda: ground() == theme.tokens.raised)


FLAGS = QtCore.QItemSelectionModel.SelectionFlag


@pytest.fixture
def rows(qtbot: QtBot, owned: Owned) -> row_delegate.ChoiceList:
    rows = owned(row_delegate.ChoiceList())
    rows.setModel(QtCore.QStringListModel(["a", "b", "c", "d"], rows))
    rows.resize(200, 200)
    rows.show()
    qtbot.waitExposed(rows)
    return rows


@pytest.fixture
def received(rows: row_delegate.ChoiceList) -> list[str]:
    received: list[str] = []
    rows.index_chosen.connect(lambda index: received.append(index.data()))
    return received


def click(rows: row_delegate.ChoiceList, row: int) -> None:
    place = rows.visualRect(rows.model().index(row, 0)).center()
    QTest.mouseClick(rows.viewport(), QtCore.Qt.MouseButton.LeftButton, pos=place)
    QtWidgets.QApplication.processEvents()


def test_a_click_chooses_once_each_time(rows: row_delegate.ChoiceList, received: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    for row in (1, 2, 2):
        click(rows, row)
    assert received == ["b", "c", "c"]


def test_arrows_and_code_only_move(rows: row_delegate.ChoiceList, received: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(0, 0))
    for key in (QtCore.Qt.Key.Key_Down, QtCore.Qt.Key.Key_Down, QtCore.Qt.Key.Key_Up):
        QTest.keyClick(rows, key)
        QtWidgets.QApplication.processEvents()
    assert rows.currentIndex().row() == 1
    assert received == []


def test_assistive_technology_chooses_and_arrows_continue_from_there(
    rows: row_delegate.ChoiceList, received: list[str]
) -> None:
    select(rows, 2)
    assert (received, rows.currentIndex().row()) == (["c"], 2)
    toggle(rows, 0)
    assert (received, rows.currentIndex().row()) == (["c", "a"], 0)
    QTest.keyClick(rows, QtCore.Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1


def test_the_current_row_is_chosen_too_but_nothing_by_clearing(
    rows: row_delegate.ChoiceList, received: list[str]
) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    QtWidgets.QApplication.processEvents()
    rows.clearSelection()
    QtWidgets.QApplication.processEvents()
    assert received == []
    select(rows, 1)
    assert received == ["b"]


# -- outside choice --


class ChosenList:
    """A list in which the window itself says what is selected, as the board does."""

    def __init__(self) -> None:
        self.view = QtWidgets.QListView()
        self.model = QtCore.QStringListModel(["a", "b", "c", "d"], self.view)
        self.view.setModel(self.model)
        self.view.setSelectionMode(QtWidgets.QAbstractItemView.SelectionMode.ExtendedSelection)
        self.outside = row_delegate.OutsideChoice(self.view)
        self.received: list[str] = []
        self.outside.chosen.connect(lambda index: self.received.append(index.data()))
        self.view.show()

    def mark(self, row: int) -> None:
        with self.outside.expecting():
            self.view.selectionModel().select(self.model.index(row), FLAGS.ClearAndSelect)
        QtWidgets.QApplication.processEvents()


@pytest.fixture
def chosen(qtbot: QtBot) -> ChosenList:
    chosen = ChosenList()
    qtbot.addWidget(chosen.view)
    return chosen


def test_a_row_is_chosen_by_selecting_it_or_by_its_action(chosen: ChosenList) -> None:
    chosen.mark(3)
    assert chosen.received == [], "the window has selected it"
    toggle(chosen.view, 3)
    assert chosen.received == ["d"], "its action chooses it again"
    select(chosen.view, 2)
    toggle(chosen.view, 1)
    assert chosen.received == ["d", "c", "b"]
    chosen.mark(1)
    chosen.model.removeRow(1)
    QtWidgets.QApplication.processEvents()
    assert chosen.received == ["d", "c", "b"], "a removed row is no choice"


def test_a_row_that_moves_in_the_same_turn_is_the_one_that_is_chosen(chosen: ChosenList) -> None:
    chosen.view.selectionModel().select(chosen.model.index(2), FLAGS.Select)
    chosen.model.insertRow(0)
    QtWidgets.QApplication.processEvents()
    assert chosen.received == ["c"]


def test_choices_are_reported_again_after_an_error(chosen: ChosenList) -> None:
    with pytest.raises(ZeroDivisionError), chosen.outside.expecting():
        raise ZeroDivisionError
    select(chosen.view, 2)
    assert chosen.received == ["c"]


# -- the findings table --


@pytest.fixture
def window(theme: Theme) -> Iterator[ShownWindow]:
    window = ShownWindow().watch_twelve().show()
    window.read("payments-api")
    yield window
    window.close()


def select_row(window: ShownWindow, row: int) -> None:
    """As Qt carries out the wish of assistive technology: the current row stays."""
    table = window.findings.table
    table.clearSelection()
    table.selectionModel().select(window.findings.model.index(row, 0), FLAGS.Select | FLAGS.Rows)
    QtWidgets.QApplication.processEvents()


def test_a_selected_row_opens_and_keys_continue_from_it(window: ShownWindow) -> None:
    table, model = (window.findings.table, window.findings.model)
    received: list[str] = []
    table.finding_selected.connect(received.append)
    for row in (5, 2):
        select_row(window, row)
        finding = model.finding_at(row)
        assert finding is not None
        assert table.selected_id == finding.id
        assert received[-1] == finding.id
        table.clearSelection()
        QtWidgets.QApplication.processEvents()
        assert table.selected_id == finding.id, "clearing chooses no other row"
    assert window.visible("detail_pane")
    table.setFocus()
    window.press(QtCore.Qt.Key.Key_Down)
    assert table.selected_row == 3

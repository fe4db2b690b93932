"""A row is chosen by a click or by assistive technology; arrows only move."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.choice_list import ChoiceList, OutsideChoice
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.accessible_tree import select, toggle
from tests.fakes.shown_window import ShownWindow
from tests.widgets.conftest import Owned

FLAGS = QItemSelectionModel.SelectionFlag


@pytest.fixture
def rows(qtbot: QtBot, owned: Owned) -> ChoiceList:
    rows = owned(ChoiceList())
    rows.setModel(QStringListModel(["a", "b", "c", "d"], rows))
    rows.resize(200, 200)
    rows.show()
    qtbot.waitExposed(rows)
    return rows


@pytest.fixture
def received(rows: ChoiceList) -> list[str]:
    received: list[str] = []
    rows.index_chosen.connect(lambda index: received.append(index.data()))
    return received


def click(rows: ChoiceList, row: int) -> None:
    place = rows.visualRect(rows.model().index(row, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def test_a_click_chooses_once_each_time(rows: ChoiceList, received: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    for row in (1, 2, 2):
        click(rows, row)
    assert received == ["b", "c", "c"]


def test_arrows_and_code_only_move(rows: ChoiceList, received: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(0, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(rows, key)
        QApplication.processEvents()
    assert rows.currentIndex().row() == 1
    assert received == []


def test_assistive_technology_chooses_and_arrows_continue_from_there(
    rows: ChoiceList, received: list[str]
) -> None:
    select(rows, 2)
    assert (received, rows.currentIndex().row()) == (["c"], 2)
    toggle(rows, 0)
    assert (received, rows.currentIndex().row()) == (["c", "a"], 0)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1


def test_the_current_row_can_be_chosen_too(rows: ChoiceList, received: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    QApplication.processEvents()
    select(rows, 1)
    assert received == ["b"]


def test_clearing_the_selection_chooses_nothing(rows: ChoiceList, received: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    QApplication.processEvents()
    rows.clearSelection()
    QApplication.processEvents()
    assert received == []


# -- outside choice --


class Shown:
    """A list in which the window itself says what is selected, as the board does."""

    def __init__(self) -> None:
        self.view = QListView()
        self.model = QStringListModel(["a", "b", "c", "d"], self.view)
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.outside = OutsideChoice(self.view)
        self.received: list[str] = []
        self.outside.chosen.connect(lambda index: self.received.append(index.data()))
        self.view.show()

    def mark(self, row: int) -> None:
        with self.outside.expecting():
            self.view.selectionModel().select(self.model.index(row), FLAGS.ClearAndSelect)
        QApplication.processEvents()


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    shown = Shown()
    qtbot.addWidget(shown.view)
    return shown


def test_a_row_is_chosen_by_selecting_it_or_by_its_action(shown: Shown) -> None:
    select(shown.view, 2)
    assert shown.received == ["c"]
    toggle(shown.view, 1)
    assert shown.received == ["c", "b"]


def test_the_action_of_a_row_that_is_selected_chooses_it_again(shown: Shown) -> None:
    shown.mark(3)
    toggle(shown.view, 3)
    assert shown.received == ["d"]


def test_a_selection_by_the_window_is_no_choice(shown: Shown) -> None:
    shown.mark(1)
    assert shown.received == []
    select(shown.view, 2)
    assert shown.received == ["c"]


def test_a_removed_row_is_no_choice(shown: Shown) -> None:
    shown.mark(1)
    shown.model.removeRow(1)
    QApplication.processEvents()
    assert shown.received == []


def test_a_row_that_moves_in_the_same_turn_is_the_one_that_is_chosen(shown: Shown) -> None:
    shown.view.selectionModel().select(shown.model.index(2), FLAGS.Select)
    shown.model.insertRow(0)
    QApplication.processEvents()
    assert shown.received == ["c"]


def test_choices_are_reported_again_after_an_error(shown: Shown) -> None:
    with pytest.raises(ZeroDivisionError), shown.outside.expecting():
        raise ZeroDivisionError
    select(shown.view, 2)
    assert shown.received == ["c"]


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
    table.selectionModel().select(
        window.findings.model.index(row, 0),
        FLAGS.Select | FLAGS.Rows,
    )
    QApplication.processEvents()


def test_a_selected_row_opens_and_keys_continue_from_it(
    window: ShownWindow,
) -> None:
    table, model = (
        window.findings.table,
        window.findings.model,
    )
    received: list[str] = []
    table.finding_selected.connect(received.append)
    for row in (5, 2):
        select_row(window, row)
        finding = model.finding_at(row)
        assert finding is not None
        assert table.selected_id == finding.id
        assert received[-1] == finding.id
    assert window.visible("detail_pane")
    table.setFocus()
    window.press(Qt.Key.Key_Down)
    assert table.selected_row == 3


def test_clearing_the_selection_of_the_table_chooses_no_other_row(
    window: ShownWindow,
) -> None:
    table = window.findings.table
    select_row(window, 5)
    chosen = table.selected_id
    table.clearSelection()
    QApplication.processEvents()
    assert table.selected_id == chosen

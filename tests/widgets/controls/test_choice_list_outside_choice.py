"""What assistive technology selects in a list counts as a click; keys, mouse and code do not."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QStringListModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.choice_list import OutsideChoice
from tests.fakes.accessible_rows import select, toggle

FLAGS = QItemSelectionModel.SelectionFlag


class Shown:
    """A list in which the window itself says what is selected, as the board does."""

    def __init__(self) -> None:
        self.view = QListView()
        self.model = QStringListModel(["a", "b", "c", "d"], self.view)
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.outside = OutsideChoice(self.view)
        self.told: list[str] = []
        self.outside.chosen.connect(lambda index: self.told.append(index.data()))
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
    assert shown.told == ["c"]
    toggle(shown.view, 1)
    assert shown.told == ["c", "b"]


def test_the_action_of_a_row_that_is_selected_chooses_it_again(shown: Shown) -> None:
    shown.mark(3)
    toggle(shown.view, 3)
    assert shown.told == ["d"]


def test_what_the_window_selects_is_no_choice(shown: Shown) -> None:
    shown.mark(1)
    assert shown.told == []
    select(shown.view, 2)
    assert shown.told == ["c"]


def test_a_row_that_goes_away_is_no_choice(shown: Shown) -> None:
    shown.mark(1)
    shown.model.removeRow(1)
    QApplication.processEvents()
    assert shown.told == []


def test_a_row_that_moves_in_the_same_turn_is_the_one_that_is_chosen(shown: Shown) -> None:
    shown.view.selectionModel().select(shown.model.index(2), FLAGS.Select)
    shown.model.insertRow(0)
    QApplication.processEvents()
    assert shown.told == ["c"]


def test_a_choice_is_told_again_after_an_error(shown: Shown) -> None:
    with pytest.raises(ZeroDivisionError), shown.outside.expecting():
        raise ZeroDivisionError
    select(shown.view, 2)
    assert shown.told == ["c"]

"""A row is chosen by a click or by assistive technology; arrows only move."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.choice_list import ChoiceList
from tests.fakes.accessible_rows import select, toggle


@pytest.fixture
def rows(qtbot: QtBot) -> ChoiceList:
    rows = ChoiceList()
    qtbot.addWidget(rows)
    rows.setModel(QStringListModel(["a", "b", "c", "d"], rows))
    rows.resize(200, 200)
    rows.show()
    qtbot.waitExposed(rows)
    return rows


@pytest.fixture
def told(rows: ChoiceList) -> list[str]:
    told: list[str] = []
    rows.index_chosen.connect(lambda index: told.append(index.data()))
    return told


def click(rows: ChoiceList, row: int) -> None:
    place = rows.visualRect(rows.model().index(row, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def test_a_click_chooses_once_each_time(rows: ChoiceList, told: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    for row in (1, 2, 2):
        click(rows, row)
    assert told == ["b", "c", "c"]


def test_arrows_and_code_only_move(rows: ChoiceList, told: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(0, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(rows, key)
        QApplication.processEvents()
    assert rows.currentIndex().row() == 1
    assert told == []


def test_assistive_technology_chooses_and_arrows_go_on_from_there(
    rows: ChoiceList, told: list[str]
) -> None:
    select(rows, 2)
    assert (told, rows.currentIndex().row()) == (["c"], 2)
    toggle(rows, 0)
    assert (told, rows.currentIndex().row()) == (["c", "a"], 0)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1


def test_the_current_row_can_be_chosen_too(rows: ChoiceList, told: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    QApplication.processEvents()
    select(rows, 1)
    assert told == ["b"]


def test_a_selection_that_is_taken_away_chooses_nothing(rows: ChoiceList, told: list[str]) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    QApplication.processEvents()
    rows.clearSelection()
    QApplication.processEvents()
    assert told == []

"""The head of a group stays at the top while one reads in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.widgets.findings.sticky_head import StickyHead
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part
from tests.fakes.shown_table import LEFT, ShownTable, aged


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable(theme)
    qtbot.addWidget(shown.pane)
    shown.read(aged(n, file_path=f"shop/{n // 30}.py") for n in range(90))
    shown.model.group_by(GroupBy.FILE)
    shown.settle()
    return shown


def head(shown: ShownTable) -> StickyHead:
    return part(shown.pane, StickyHead, "sticky_head")


def scroll(shown: ShownTable, rows: float) -> None:
    shown.table.verticalScrollBar().setValue(round(rows * shown.table.rowHeight(0)))


def test_says_in_which_group_one_reads(shown: ShownTable) -> None:
    scroll(shown, 0)
    assert not head(shown).isVisible()
    scroll(shown, 5)
    group = head(shown).group
    assert group is not None
    assert group.title({}) == "0.py"
    assert head(shown).geometry().topLeft() == shown.table.viewport().geometry().topLeft()
    assert head(shown).accessibleName().startswith("Group 0.py")
    scroll(shown, 31)
    assert not head(shown).isVisible()
    shown.model.group_by(None)
    assert not head(shown).isVisible()


def test_the_next_head_pushes_it_away(shown: ShownTable) -> None:
    scroll(shown, 30.5)
    top = shown.table.viewport().geometry().top()
    assert head(shown).geometry().top() == top - shown.table.rowHeight(0) // 2
    header = shown.table.horizontalHeader()
    covered = head(shown).geometry().intersected(header.geometry()).center()
    assert shown.table.childAt(covered) is header.viewport()


def test_a_click_closes_its_group(shown: ShownTable) -> None:
    scroll(shown, 40)
    QTest.mouseClick(head(shown), LEFT)
    shown.settle()
    assert "1.py" in shown.outline()
    assert len(shown.outline()) == 63
    row = shown.table.currentIndex().row()
    assert row == 31
    rect = shown.table.visualRect(shown.model.index(row, 0))
    assert shown.table.viewport().rect().contains(rect)


def test_it_covers_no_row_the_keyboard_comes_to(shown: ShownTable) -> None:
    scroll(shown, 40)
    shown.table.step(1, begins_in_sight=True)
    for _ in range(4):
        shown.press(Qt.Key.Key_Up)
        rect = shown.table.visualRect(shown.table.currentIndex())
        assert rect.top() >= shown.table.rowHeight(0)

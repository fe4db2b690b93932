"""Groups close and open at their heads, by keys and all at once."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import finding_id
from tests.fakes.shown_table import ShownTable, aged


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable(theme)
    qtbot.addWidget(shown.pane)
    files = ("shop/a.py", "shop/b.py")
    shown.read(aged(n, file_path=files[n % 2], severity=Severity.LOW) for n in range(4))
    shown.model.group_by(GroupBy.FILE)
    shown.settle()
    return shown


def test_rows_stand_in_groups_that_close_and_open(shown: ShownTable) -> None:
    assert shown.outline() == ["a.py", "00", "02", "b.py", "01", "03"]
    shown.click_row(0)
    assert shown.outline() == ["a.py", "b.py", "01", "03"]
    shown.press(Qt.Key.Key_Right)
    assert shown.outline() == ["a.py", "00", "02", "b.py", "01", "03"]
    shown.press(Qt.Key.Key_Right)  # on to the first of its findings
    assert shown.table.selected_id == finding_id(0)
    shown.press(Qt.Key.Key_Left)  # back to the head
    shown.press(Qt.Key.Key_Left)
    assert shown.outline() == ["a.py", "b.py", "01", "03"]
    shown.press(Qt.Key.Key_Return)
    shown.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert shown.outline() == ["a.py", "b.py"]
    shown.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert len(shown.outline()) == 6


def test_left_and_right_change_sides_where_people_read_so(shown: ShownTable) -> None:
    shown.table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown.press(Qt.Key.Key_Home)
    shown.press(Qt.Key.Key_Right)
    assert shown.outline() == ["a.py", "b.py", "01", "03"]


def test_the_head_at_the_keyboard_is_seen_once_all_groups_are_open(shown: ShownTable) -> None:
    """It then stands below more rows than there is room for."""
    shown.read(aged(n, file_path=f"shop/{n:02}.py") for n in range(10, 70))
    shown.settle()
    shown.press(Qt.Key.Key_Home)
    shown.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    shown.press(Qt.Key.Key_End)
    shown.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    shown.settle()
    assert shown.table.sight.holds(shown.table.currentIndex().row())

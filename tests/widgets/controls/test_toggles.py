"""Switches, boxes, radio rows, segments and folded bars behave like Qt's and show their state."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.toggles import (
    CheckBox,
    FoldedBar,
    RadioRow,
    SegmentedControl,
    Switch,
)
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.pixels import places
from tests.widgets.conftest import Owned


@pytest.mark.parametrize("kind", [Switch, CheckBox, RadioRow])
def test_state_is_visible_and_changes_by_click(
    theme: Theme, qtbot: QtBot, kind: type[Switch] | type[CheckBox] | type[RadioRow]
) -> None:
    toggle: QAbstractButton = kind("Watch new scans")
    qtbot.addWidget(toggle)
    toggle.resize(toggle.sizeHint())
    off = toggle.grab().toImage()
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert toggle.isChecked()
    assert not places(off, theme.tokens.accent)
    assert len(places(toggle.grab().toImage(), theme.tokens.accent)) > 20
    assert toggle.accessibleName() == "Watch new scans"
    assert toggle.sizeHint().height() >= 24


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (Switch, QAccessible.Role.CheckBox),
        (CheckBox, QAccessible.Role.CheckBox),
        (RadioRow, QAccessible.Role.RadioButton),
    ],
)
def test_assistive_technology_gets_the_right_role(
    theme: Theme,
    qtbot: QtBot,
    kind: type[Switch] | type[CheckBox] | type[RadioRow],
    role: QAccessible.Role,
) -> None:
    toggle: QWidget = kind("Watch new scans")
    qtbot.addWidget(toggle)
    assert QAccessible.queryAccessibleInterface(toggle).role() == role


def test_arrow_keys_move_between_radio_rows(qtbot: QtBot, owned: Owned) -> None:
    window = owned(QWidget())
    column = QVBoxLayout(window)
    first, second = RadioRow("Keyring", "Unlocked"), RadioRow("This session")
    column.addWidget(first)
    column.addWidget(second)
    with qtbot.waitExposed(window):
        window.show()
    first.setChecked(True)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.isChecked()
    assert not first.isChecked()


def test_the_line_below_is_the_description(owned: Owned) -> None:
    row = owned(RadioRow("Keyring", "Secret Service, unlocked"))
    height = row.sizeHint().height()
    assert row.accessibleDescription() == "Secret Service, unlocked"
    row.set_detail("")
    assert row.sizeHint().height() < height


# -- segmented control --


@pytest.fixture
def control(owned: Owned) -> SegmentedControl:
    return owned(SegmentedControl(["Unified", "Split"], name="Diff", height_px=22))


def test_the_first_word_is_the_default(control: SegmentedControl) -> None:
    assert control.current == 0


def test_a_click_chooses_and_reports_it(control: SegmentedControl, qtbot: QtBot) -> None:
    split = control.findChildren(QRadioButton)[1]
    with qtbot.waitSignal(control.chosen) as received:
        QTest.mouseClick(split, Qt.MouseButton.LeftButton)
    assert received.args == [1]
    assert control.current == 1


def test_the_program_chooses_silently(control: SegmentedControl, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(control.chosen):
        control.set_current(1)
    assert control.current == 1


def test_arrow_keys_choose(control: SegmentedControl, qtbot: QtBot) -> None:
    with qtbot.waitExposed(control):
        control.show()
    first = control.findChildren(QRadioButton)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert control.current == 1


def test_the_tab_key_comes_to_the_chosen_word_from_both_sides(qtbot: QtBot, owned: Owned) -> None:
    """Arrow keys choose from there; beside it they would only move."""
    box = owned(QWidget())
    column = QVBoxLayout(box)
    control = SegmentedControl(["All", "Unread", "Held back"], name="Which alerts")
    before, after = QPushButton(), QPushButton()
    for part in (before, control, after):
        column.addWidget(part)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    words = control.findChildren(QRadioButton)
    for chosen in (0, 1):
        control.set_current(chosen)
        after.setFocus()
        QTest.keyClick(after, Qt.Key.Key_Backtab)
        assert words[chosen].hasFocus()
        before.setFocus()
        QTest.keyClick(before, Qt.Key.Key_Tab)
        assert words[chosen].hasFocus()
        QTest.keyClick(words[chosen], Qt.Key.Key_Tab)
        assert after.hasFocus()


# -- segmented control folded bar --


@pytest.fixture
def bar(owned: Owned) -> FoldedBar:
    bar = owned(FoldedBar("ui-detail", "Detail", "Open detail", "Ctrl+D"))
    bar.resize(400, 300)
    bar.show()
    return bar


def test_its_button_says_what_it_does(bar: FoldedBar, qtbot: QtBot) -> None:
    [button] = bar.findChildren(QPushButton)
    assert button.accessibleName() == "Open detail"
    assert "Ctrl+D" in button.toolTip()
    with qtbot.waitSignal(bar.opened):
        button.click()


def test_a_click_anywhere_opens(bar: FoldedBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.opened):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(20, 200))

"""Switch, box and radio behave as Qt's own and show their state."""

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.toggles import CheckBox, RadioRow, Switch
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.pixels import around, places


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
def test_assistive_technology_hears_the_right_role(
    theme: Theme,
    qtbot: QtBot,
    kind: type[Switch] | type[CheckBox] | type[RadioRow],
    role: QAccessible.Role,
) -> None:
    toggle: QWidget = kind("Watch new scans")
    qtbot.addWidget(toggle)
    assert QAccessible.queryAccessibleInterface(toggle).role() == role


def test_half_ticked_looks_different_from_ticked(theme: Theme, qtbot: QtBot) -> None:
    box = CheckBox()
    qtbot.addWidget(box)
    box.setTristate(True)
    marks = {}
    for state in Qt.CheckState:
        box.setCheckState(state)
        image = box.grab().toImage()
        ground = around(places(image, theme.tokens.accent)).marginsRemoved(QMargins(3, 3, 3, 3))
        mark = places(image, theme.tokens.on_accent, ground, near=40) if ground.isValid() else set()
        marks[state] = around(mark).height()
    assert marks[Qt.CheckState.Unchecked] == 0
    assert 1 <= marks[Qt.CheckState.PartiallyChecked] <= 3  # a dash
    assert marks[Qt.CheckState.Checked] > 4  # a tick


def test_arrow_keys_move_between_radio_rows(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
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


def test_the_line_below_is_the_description(theme: Theme, qtbot: QtBot) -> None:
    row = RadioRow("Keyring", "Secret Service, unlocked")
    qtbot.addWidget(row)
    height = row.sizeHint().height()
    assert row.accessibleDescription() == "Secret Service, unlocked"
    row.set_detail("")
    assert row.sizeHint().height() < height

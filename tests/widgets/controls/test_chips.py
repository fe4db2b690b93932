"""Chips toggle, count, and leave menus to their owner."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.pixels import places


def test_a_click_turns_a_chip_on_and_off(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip("High", severity=Severity.HIGH)
    qtbot.addWidget(chip)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert not chip.isChecked()


def test_a_count_belongs_to_the_name(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip("High", severity=Severity.HIGH)
    qtbot.addWidget(chip)
    width = chip.sizeHint().width()
    chip.set_count(58)
    assert chip.accessibleName() == "High, 58"
    assert chip.sizeHint().width() > width
    chip.set_count(None)
    assert chip.accessibleName() == "High"


def test_a_chip_with_a_menu_does_not_toggle_itself(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip("Status", has_menu=True)
    qtbot.addWidget(chip)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not chip.isChecked()
    chip.setChecked(True)
    assert chip.isChecked()


def test_a_chip_is_24_pixels_high_and_shows_its_state(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip("Low", severity=Severity.LOW)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    off = chip.grab().toImage()
    chip.setChecked(True)
    assert chip.sizeHint().height() == 24
    soft = theme.tokens.accent_soft
    assert not places(off, soft)
    assert len(places(chip.grab().toImage(), soft)) > chip.width() * chip.height() / 2


def test_a_chip_with_a_menu_is_no_box_to_be_ticked_but_tells_that_it_is_on(
    theme: Theme, qtbot: QtBot
) -> None:
    chip = Chip("Status", has_menu=True)
    qtbot.addWidget(chip)
    told = QAccessible.queryAccessibleInterface(chip)
    assert told.role() is QAccessible.Role.Button
    chip.setChecked(True)
    assert chip.isChecked()
    assert told.text(QAccessible.Text.Description) == "on"
    chip.setChecked(False)
    assert not chip.isChecked()
    assert told.text(QAccessible.Text.Description) == ""

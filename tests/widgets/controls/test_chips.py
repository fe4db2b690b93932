"""Chips toggle, count, and leave menus to their owner; parts flow to the next line."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.widgets.controls.chips import Chip, FlowLayout
from tests.widgets.conftest import Owned


def test_a_click_turns_a_chip_on_and_off(owned: Owned) -> None:
    chip = owned(Chip("High", severity=Severity.HIGH))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert not chip.isChecked()


def test_a_count_belongs_to_the_name(owned: Owned) -> None:
    chip = owned(Chip("High", severity=Severity.HIGH))
    width = chip.sizeHint().width()
    chip.set_count(58)
    assert chip.accessibleName() == "High, 58"
    assert chip.sizeHint().width() > width
    chip.set_count(None)
    assert chip.accessibleName() == "High"


def test_a_chip_with_a_menu_does_not_toggle_itself(owned: Owned) -> None:
    chip = owned(Chip("Status", has_menu=True))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not chip.isChecked()
    chip.setChecked(True)
    assert chip.isChecked()


def test_a_chip_with_a_menu_is_a_button_described_as_on(owned: Owned) -> None:
    chip = owned(Chip("Status", has_menu=True))
    interface = QAccessible.queryAccessibleInterface(chip)
    assert interface.role() is QAccessible.Role.Button
    chip.setChecked(True)
    assert chip.isChecked()
    assert interface.text(QAccessible.Text.Description) == "on"
    chip.setChecked(False)
    assert not chip.isChecked()
    assert interface.text(QAccessible.Text.Description) == ""


# -- flow layout --


@pytest.fixture
def holder(owned: Owned) -> Iterator[QWidget]:
    window = owned(QWidget())
    yield QWidget(window)
    window.close()


def filled(holder: QWidget) -> list[QWidget]:
    """Put three parts of 50 x 10 px into the holder."""
    flow = FlowLayout(holder, gap_px=10, line_gap_px=5)
    parts = [QWidget(holder) for _ in range(3)]
    for part in parts:
        part.setMinimumSize(50, 10)
        flow.addWidget(part)
    return parts


def test_all_fit_on_one_line(holder: QWidget) -> None:
    parts = filled(holder)
    holder.resize(170, 50)
    holder.window().show()
    assert [part.x() for part in parts] == [0, 60, 120]
    assert holder.heightForWidth(170) == 10


def test_the_rest_goes_to_the_next_line(holder: QWidget) -> None:
    parts = filled(holder)
    holder.resize(120, 50)
    holder.window().show()
    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (60, 0), (0, 15)]
    assert holder.heightForWidth(120) == 25


def test_hidden_parts_take_no_room(holder: QWidget) -> None:
    parts = filled(holder)
    parts[0].hide()
    holder.resize(170, 50)
    holder.window().show()
    assert [part.x() for part in parts[1:]] == [0, 60]


def test_starts_at_the_right_in_right_to_left_layouts(holder: QWidget) -> None:
    parts = filled(holder)
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    holder.resize(170, 50)
    holder.window().show()
    assert [part.x() for part in parts] == [120, 60, 0]

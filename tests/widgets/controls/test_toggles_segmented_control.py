"""One of a few words is chosen, by mouse, by keys or by the program."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.toggles import SegmentedControl
from heimdall_desktop.widgets.look.theme import Theme


def _control(qtbot: QtBot) -> SegmentedControl:
    control = SegmentedControl(["Unified", "Split"], name="Diff", height_px=22)
    qtbot.addWidget(control)
    return control


def test_the_first_word_is_chosen_at_first(theme: Theme, qtbot: QtBot) -> None:
    assert _control(qtbot).current == 0


def test_a_click_chooses_and_tells(theme: Theme, qtbot: QtBot) -> None:
    control = _control(qtbot)
    split = control.findChildren(QRadioButton)[1]
    with qtbot.waitSignal(control.chosen) as told:
        QTest.mouseClick(split, Qt.MouseButton.LeftButton)
    assert told.args == [1]
    assert control.current == 1


def test_the_program_chooses_silently(theme: Theme, qtbot: QtBot) -> None:
    control = _control(qtbot)
    with qtbot.assertNotEmitted(control.chosen):
        control.set_current(1)
    assert control.current == 1


def test_arrow_keys_choose(theme: Theme, qtbot: QtBot) -> None:
    control = _control(qtbot)
    with qtbot.waitExposed(control):
        control.show()
    first = control.findChildren(QRadioButton)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert control.current == 1


def test_the_tab_key_comes_to_the_chosen_word_from_both_sides(theme: Theme, qtbot: QtBot) -> None:
    """Arrow keys choose from there; beside it they would only move."""
    box = QWidget()
    qtbot.addWidget(box)
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

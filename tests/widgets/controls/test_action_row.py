"""The row that does something."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.action_row import ActionRow
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, press_key


def test_it_is_a_button_for_mouse_keys_and_assistive_technology(theme: Theme, qtbot: QtBot) -> None:
    row = ActionRow(theme, "ui-demo", "Play the demo", "Without a network")
    qtbot.addWidget(row)
    row.resize(row.sizeHint())
    row.show()
    assert (row.accessibleName(), row.accessibleDescription()) == (
        "Play the demo",
        "Without a network",
    )
    with qtbot.waitSignal(row.clicked):
        click(row)
    with qtbot.waitSignal(row.clicked):
        press_key(row, Qt.Key.Key_Space)


def test_it_can_say_something_else_and_looks_off_when_it_is(theme: Theme, qtbot: QtBot) -> None:
    row = ActionRow(theme, "ui-demo", "Play the demo", "Without a network")
    qtbot.addWidget(row)
    row.resize(row.sizeHint())
    before = row.grab().toImage()
    row.set_detail("Starting")
    assert row.detail == row.accessibleDescription() == "Starting"
    changed = row.grab().toImage()
    row.setEnabled(False)
    assert before != changed != row.grab().toImage()

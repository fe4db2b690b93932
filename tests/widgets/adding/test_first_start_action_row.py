"""The row that does something."""

from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.adding.first_start import ActionRow
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, press_key
from tests.fakes.pixels import around, places


def test_it_is_a_button_for_mouse_keys_and_assistive_technology(theme: Theme, qtbot: QtBot) -> None:
    row = ActionRow("ui-demo", "Play the demo", "Without a network")
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
    row = ActionRow("ui-demo", "Play the demo", "Without a network")
    qtbot.addWidget(row)
    row.resize(row.sizeHint())
    tokens, word = (
        theme.tokens,
        QRect(0, row.height() // 2, row.width() - 40, row.height() // 2 - 2),
    )
    before = around(places(row.grab().toImage(), tokens.muted, word, near=40)).width()
    row.set_detail("Now")
    assert row.detail == row.accessibleDescription() == "Now"
    changed = row.grab().toImage()
    assert 0 < around(places(changed, tokens.muted, word, near=40)).width() < before / 2
    assert places(changed, tokens.accent)
    row.setEnabled(False)
    off = row.grab().toImage()
    assert not places(off, tokens.accent)
    assert places(off, tokens.disabled)

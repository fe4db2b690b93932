"""What the table can do is a command too: by key, in the palette, on the sheet."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import By, Column
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.widgets.controls.buttons import GhostButton
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.finding_commands import arranging, moving
from tests.fakes.hands import click, part
from tests.fakes.shown_window import ShownWindow

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow(1366, 768)
    shown.watch("web-shop")
    shown.show()
    shown.read("web-shop", 30)
    shown.findings.table.setFocus()
    yield shown
    shown.close()


def test_p_and_the_button_freeze(shown: ShownWindow) -> None:
    button = part(shown.window, GhostButton, "freeze")
    shown.press(KEY.Key_P)
    assert (button.isChecked(), button.label) == (True, "Frozen")
    state = part(shown.window, Label, "findings_foot_state")
    assert state.text().startswith("Frozen at ")
    shown.read("web-shop", 42)
    assert state.text().endswith(", 42 changes held. 2 new critical")
    click(button)
    assert (button.isChecked(), button.label) == (False, "Freeze")
    assert not state.isVisible()
    assert shown.findings.model.rowCount() == 42


def test_the_window_is_zoomed_by_keys_and_stays_so(shown: ShownWindow, theme: Theme) -> None:
    usual = theme.scale(100)
    shown.press(KEY.Key_Plus, CTRL)
    assert theme.scale(100) == round(usual * 1.1)
    shown.press(KEY.Key_0, CTRL)
    shown.press(KEY.Key_Minus, CTRL)
    assert theme.scale(100) == round(usual * 0.9)
    theme.set_zoom(1)
    again = ShownWindow(memory=shown.memory)
    assert theme.scale(100) == round(usual * 0.9)
    again.close()


@pytest.mark.parametrize("zoom", [80, 200])
def test_every_control_is_reachable_at_every_size(theme: Theme, zoom: int) -> None:
    memory = WindowMemory()
    memory.keep("findings-table", f'{{"zoom": {zoom}}}')
    shown = ShownWindow(1366, 768, memory)
    shown.watch("web-shop")
    shown.show()
    shown.read("web-shop", 30)
    QApplication.processEvents()
    assert (shown.window.width(), shown.window.height()) == (1366, 768)
    shown.panel.set_collapsed(True)
    QApplication.processEvents()
    for name in ("freeze", "views-button", "group_button", "columns_button"):
        button = part(shown.window, QPushButton, name)
        assert button.isVisible(), name
        place = button.mapTo(shown.window, button.rect().bottomRight())
        assert shown.window.rect().contains(place), name
    assert shown.findings.table.viewport().height() > shown.findings.table.rowHeight(0)
    shown.close()


def test_commands_know_what_is_on_and_what_cannot_be_done(shown: ShownWindow) -> None:
    pane = shown.findings
    commands = {command.title: command for command in arranging(pane)}
    assert commands["Mark all as seen"].obstacle() == "No new findings."
    commands["Group by: CWE"].act()
    commands["Row height: compact"].act()
    assert pane.model.grouped_by is GroupBy.CWE
    assert pane.table_state.table_layout.density is Density.COMPACT
    for is_descending in (False, True):
        commands["Sort by: Location"].act()
        assert pane.model.order.keys[0] == By(Column.LOCATION, is_descending)
    on = [title for title, command in commands.items() if command.is_on and command.is_on()]
    assert on == ["Row height: compact", "Sort by: Location", "Group by: CWE"]
    assert [command.keys for command in moving(pane)] == [
        ("/",),
        ("J",),
        ("K",),
        ("N",),
        ("Shift+N",),
        ("P",),
    ]

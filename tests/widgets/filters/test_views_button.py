"""The button names the view in use, and its menu switches, saves and updates."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.views_state import ViewsState
from heimdall_desktop.widgets.filters.views_button import ViewsButton
from heimdall_desktop.widgets.look.theme import Theme


@pytest.fixture
def state(qapp: object) -> FilterState:
    return FilterState()


@pytest.fixture
def views(state: FilterState) -> ViewsState:
    return ViewsState(state, WindowMemory())


@pytest.fixture
def button(theme: Theme, views: ViewsState, qtbot: QtBot) -> ViewsButton:
    button = ViewsButton(theme, views)
    qtbot.addWidget(button)
    button.show()
    return button


def actions(button: ViewsButton) -> dict[str, QAction]:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = button.findChildren(QMenu, "views-menu")[-1]
    found = {action.text(): action for action in menu.actions() if action.text()}
    menu.hide()
    return found


def test_a_view_is_chosen_named_and_marked_as_changed(
    button: ViewsButton, state: FilterState, views: ViewsState
) -> None:
    assert (button.label, button.accessibleName()) == ("Views", "Views")
    actions(button)["Confirmed"].trigger()
    assert (state.text, button.label) == ("is:confirmed", "Confirmed")
    state.set_text("is:confirmed sql")
    assert button.accessibleName() == "View Confirmed, changed"
    menu = actions(button)
    assert menu["Confirmed"].isChecked()
    menu["Update view Confirmed"].trigger()
    assert not views.is_changed
    assert "Update view Confirmed" not in actions(button)


def test_saving_and_managing_are_asked_for(
    button: ViewsButton, state: FilterState, qtbot: QtBot
) -> None:
    menu = actions(button)
    with qtbot.waitSignals([button.saving_wanted, button.managing_wanted]):
        menu["Save as a view…"].trigger()
        menu["Manage views…"].trigger()
    state.set_text("fil:x")
    assert not actions(button)["Save as a view…"].isEnabled()


def test_a_hostile_name_is_only_a_text(button: ViewsButton, views: ViewsState) -> None:
    views.add("<b>R&D\tx</b>", has_scope=False)
    assert button.label.startswith("<b>R&D")
    assert "&lt;b&gt;" in button.toolTip()
    assert "<b>R&&D x</b>" in actions(button)


def test_the_palette_finds_every_view(button: ViewsButton, state: FilterState) -> None:
    found = {command.title: command for command in button.commands()}
    found["Show view New"].act()
    assert state.text == "is:new"

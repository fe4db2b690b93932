"""The named views: the button with its menu, and the dialog for all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.models.filter_state import FilterState, TableState, ViewsState
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.filters.views_control import (
    ManageViewsDialog,
    SaveViewDialog,
    ViewList,
    ViewsControl,
)
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow
from tests.widgets.conftest import Owned


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownWindow:
    shown = ShownWindow()
    qtbot.addWidget(shown.window)
    shown.watch("payments-api")
    shown.watch("web-shop")
    return shown.show()


def choose(shown: ShownWindow, text: str) -> None:
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    shown.press(Qt.Key.Key_V, control)
    menu = shown.window.findChildren(QMenu, "views-menu")[-1]
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.hide()


def test_a_view_with_a_scope_leads_back_to_it(shown: ShownWindow) -> None:
    shown.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    scope = shown.scope()
    assert scope is not None
    shown.findings.filter_state.set_text("sql")
    choose(shown, "Save as a view…")
    dialog = part(shown.window, SaveViewDialog, "save-view")
    QTest.keyClicks(dialog.name.edit, "Mine")
    dialog.scope.click()
    click(dialog, "view-save")
    shown.press(Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    choose(shown, "Confirmed")
    assert shown.scope() is None
    choose(shown, "Mine")
    assert (shown.scope(), shown.findings.filter_state.text) == (scope, "sql")
    assert part(shown.window, QPushButton, "views-button").accessibleName() == "View Mine"
    assert '"Mine"' in shown.memory.text("views")


def test_views_are_managed_over_the_window(shown: ShownWindow) -> None:
    choose(shown, "Manage views…")
    assert isinstance(part(shown.window, QDialog, "manage-views"), ManageViewsDialog)


@pytest.fixture
def state(qapp: object) -> FilterState:
    return FilterState()


@pytest.fixture
def button(state: FilterState, owned: Owned) -> ViewsControl:
    window, table = owned(QWidget()), TableState()
    button = owned(ViewsControl(state, WindowMemory(), table, lambda: "", window))
    button.show()
    return button


@pytest.fixture
def views(button: ViewsControl) -> ViewsState:
    return button.views


def actions(button: ViewsControl) -> dict[str, QAction]:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = button.findChildren(QMenu, "views-menu")[-1]
    found = {action.text(): action for action in menu.actions() if action.text()}
    menu.hide()
    return found


def test_a_view_is_chosen_named_and_marked_as_changed(
    button: ViewsControl, state: FilterState, views: ViewsState
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


def test_a_filter_with_an_error_is_not_saved(button: ViewsControl, state: FilterState) -> None:
    assert actions(button)["Save as a view…"].isEnabled()
    state.set_text("fil:x")
    assert not actions(button)["Save as a view…"].isEnabled()


def test_a_hostile_name_is_only_a_text(button: ViewsControl, views: ViewsState) -> None:
    views.add("<b>R&D\tx</b>", has_scope=False)
    assert button.label.startswith("<b>R&D")
    assert "&lt;b&gt;" in button.toolTip()
    assert "<b>R&&D x</b>" in actions(button)


def test_the_palette_finds_every_view(button: ViewsControl, state: FilterState) -> None:
    found = {command.title: command for command in button.commands()}
    found["Show view New"].act()
    assert state.text == "is:new"


def test_a_view_keeps_name_and_scope(views: ViewsState, state: FilterState, owned: Owned) -> None:
    state.set_text("sql")
    state.set_scope(ScanId("one"))
    dialog = owned(SaveViewDialog(views, "sql", "payments-api"))
    dialog.open()
    assert not part(dialog, QPushButton, "view-save").isEnabled()
    QTest.keyClicks(dialog.name.edit, "Mine")
    dialog.scope.click()
    dialog.table_layout.click()
    QTest.keyClick(dialog.name.edit, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    view = views.views[-1]
    assert (view.name, view.text, view.has_scope, view.scan_id) == ("Mine", "sql", True, "one")
    assert view.table_layout


@pytest.fixture
def saved(state: FilterState) -> ViewsState:
    return ViewsState(state, WindowMemory())


@pytest.fixture
def manage(saved: ViewsState, owned: Owned) -> ManageViewsDialog:
    dialog = owned(ManageViewsDialog(saved))
    dialog.open()
    return dialog


def click(dialog: QWidget, *names: str) -> None:
    for name in names:
        QTest.mouseClick(part(dialog, QPushButton, name), Qt.MouseButton.LeftButton)


def names(saved: ViewsState) -> list[str]:
    return [view.name for view in saved.views]


def test_views_move_with_the_selection(manage: ManageViewsDialog, saved: ViewsState) -> None:
    manage.list.setCurrentRow(3)
    click(manage, "views-up", "views-up")
    assert names(saved)[1] == "With a fix"
    assert manage.list.currentRow() == 1
    click(manage, "views-down")
    assert names(saved)[2] == "With a fix"


def test_a_view_notifies_and_still_does_after_a_restart(state: FilterState, owned: Owned) -> None:
    memory = WindowMemory()
    dialog = owned(ManageViewsDialog(ViewsState(state, memory)))
    dialog.open()
    switch = part(dialog, Switch, "views-notify")
    dialog.list.setCurrentRow(2)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    spoken = dialog.list.item(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert (dialog.list.currentRow(), spoken) == (2, "Confirmed, notifications on")
    dialog.list.setCurrentRow(0)
    assert not switch.isChecked()
    later = ViewsState(state, memory)
    assert [view.name for view in later.views if view.notifies] == ["Confirmed"]
    later.notify("Confirmed", is_on=False)
    assert not any(view.notifies for view in ViewsState(state, memory).views)


def test_a_deleted_view_comes_back(manage: ManageViewsDialog, saved: ViewsState) -> None:
    before = names(saved)
    manage.list.setCurrentRow(1)
    QTest.keyClick(manage.list, Qt.Key.Key_Delete)
    assert names(saved) == [before[0], *before[2:]]
    click(manage, "views-undo")
    assert names(saved) == before
    click(manage, *["views-delete"] * len(before))
    assert names(saved) == []
    click(manage, *["views-undo"] * len(before))
    assert names(saved) == before
    click(manage, *["views-delete"] * len(before))
    assert manage.list.count() == 0
    QTest.keyClick(manage.list, Qt.Key.Key_Delete)
    QTest.keyClick(manage.list, Qt.Key.Key_Return)


def test_a_name_is_edited_in_place(
    manage: ManageViewsDialog, saved: ViewsState, theme: Theme, qtbot: QtBot
) -> None:
    manage.list.setCurrentRow(1)
    QTest.keyClick(manage.list, Qt.Key.Key_Return)
    editor = part(manage.list, QLineEdit, "")
    assert editor.textMargins().left() == theme.scale(12) - 2, "the name stays in place"
    editor.selectAll()
    QTest.keyClicks(editor, "Confirmed")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(saved)[1] == "Confirmed 2")
    assert manage.isVisible()
    assert manage.list.item(1).text() == "Confirmed 2"


def test_the_current_view_is_kept_by_name_else_by_index(saved: ViewsState, owned: Owned) -> None:
    shown, (first, second, *_) = owned(ViewList(saved)), names(saved)
    shown.show_views()
    shown.setCurrentRow(1)
    saved.move(second, -1)
    shown.show_views()
    assert shown.name == second
    saved.delete(second)
    shown.show_views()
    assert shown.name == first
    for name in names(saved):
        saved.delete(name)
    shown.show_views()
    assert shown.name == ""

"""Views are renamed, ordered, deleted and brought back by keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.models.filter_state import FilterState, ViewsState
from heimdall_desktop.widgets.controls.toggles import Switch
from heimdall_desktop.widgets.filters.manage_views_dialog import ManageViewsDialog, ViewList
from heimdall_desktop.widgets.look.theme import Theme
from tests.widgets.conftest import Owned


@pytest.fixture
def state(qapp: QApplication) -> FilterState:
    return FilterState()


@pytest.fixture
def views(state: FilterState) -> ViewsState:
    return ViewsState(state, WindowMemory())


@pytest.fixture
def manage(views: ViewsState, owned: Owned) -> ManageViewsDialog:
    dialog = owned(ManageViewsDialog(views))
    dialog.open()
    return dialog


def click(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def names(views: ViewsState) -> list[str]:
    return [view.name for view in views.views]


def test_views_are_ordered_and_the_selection_follows(
    manage: ManageViewsDialog, views: ViewsState
) -> None:
    manage.list.setCurrentRow(3)
    click(manage, "views-up")
    click(manage, "views-up")
    assert names(views)[1] == "With a fix"
    assert manage.list.currentRow() == 1
    click(manage, "views-down")
    assert names(views)[2] == "With a fix"


def test_a_view_notifies_and_still_does_after_a_restart(state: FilterState, owned: Owned) -> None:
    memory = WindowMemory()
    dialog = owned(ManageViewsDialog(ViewsState(state, memory)))
    dialog.open()
    switch = dialog.findChild(Switch, "views-notify")
    assert switch is not None
    dialog.list.setCurrentRow(2)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    spoken = dialog.list.item(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert (dialog.list.currentRow(), spoken) == (2, "Confirmed, notifications on")
    dialog.list.setCurrentRow(0)
    assert not switch.isChecked()
    later = ViewsState(state, memory)
    assert [view.notifies for view in later.views] == [False, False, True, False]
    later.notify("Confirmed", is_on=False)
    assert not any(view.notifies for view in ViewsState(state, memory).views)


def test_a_deleted_view_comes_back(manage: ManageViewsDialog, views: ViewsState) -> None:
    before = names(views)
    manage.list.setCurrentRow(1)
    QTest.keyClick(manage.list, Qt.Key.Key_Delete)
    assert names(views) == [before[0], *before[2:]]
    click(manage, "views-undo")
    assert names(views) == before
    for _ in before:
        click(manage, "views-delete")
    assert names(views) == []
    for _ in before:
        click(manage, "views-undo")
    assert names(views) == before
    for _ in before:
        click(manage, "views-delete")
    assert manage.list.count() == 0
    QTest.keyClick(manage.list, Qt.Key.Key_Delete)
    QTest.keyClick(manage.list, Qt.Key.Key_Return)


def test_a_name_is_edited_in_place(
    manage: ManageViewsDialog, views: ViewsState, qtbot: QtBot
) -> None:
    manage.list.setCurrentRow(1)
    QTest.keyClick(manage.list, Qt.Key.Key_Return)
    editor = manage.list.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "Confirmed")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(views)[1] == "Confirmed 2")
    assert manage.isVisible()
    assert manage.list.item(1).text() == "Confirmed 2"


def test_the_current_view_is_kept_by_name_else_by_index(views: ViewsState, owned: Owned) -> None:
    shown, (first, second, *_) = owned(ViewList(views)), names(views)
    shown.show_views()
    shown.setCurrentRow(1)
    views.move(second, -1)
    shown.show_views()
    assert shown.name == second
    views.delete(second)
    shown.show_views()
    assert shown.name == first
    for name in names(views):
        views.delete(name)
    shown.show_views()
    assert shown.name == ""


def test_a_name_is_written_over(
    views: ViewsState, theme: Theme, qtbot: QtBot, owned: Owned
) -> None:
    shown = owned(ViewList(views))
    shown.show()
    shown.show_views()
    shown.setCurrentRow(0)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    editor = shown.findChild(QLineEdit)
    assert editor is not None
    assert editor.textMargins().left() == theme.scale(12) - 2, "the name stays in place"
    editor.selectAll()
    QTest.keyClicks(editor, "z")
    with qtbot.waitSignal(views.changed):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert names(views)[0] == "z"

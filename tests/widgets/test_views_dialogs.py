"""Views get their names, and are renamed, ordered, deleted and brought back by keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.finding import ScanId
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.views_state import ViewsState
from heimdall_desktop.widgets.theme import Theme
from heimdall_desktop.widgets.views_dialogs import ManageViewsDialog, SaveViewDialog


@pytest.fixture
def state(qapp: QApplication) -> FilterState:
    return FilterState()


@pytest.fixture
def views(state: FilterState) -> ViewsState:
    return ViewsState(state, WindowMemory())


@pytest.fixture
def manage(theme: Theme, views: ViewsState, qtbot: QtBot) -> ManageViewsDialog:
    dialog = ManageViewsDialog(theme, views)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def click(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def names(views: ViewsState) -> list[str]:
    return [view.name for view in views.views]


def test_a_view_is_saved_under_a_name_with_its_scope(
    theme: Theme, views: ViewsState, state: FilterState, qtbot: QtBot
) -> None:
    state.set_text("sql")
    state.set_scope(ScanId("one"))
    dialog = SaveViewDialog(theme, views, "sql", "payments-api")
    qtbot.addWidget(dialog)
    dialog.open()
    save = dialog.findChild(QPushButton, "view-save")
    assert save is not None
    assert not save.isEnabled()
    QTest.keyClicks(dialog.name.edit, "Mine")
    dialog.scope.click()
    QTest.keyClick(dialog.name.edit, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    view = views.views[-1]
    assert (view.name, view.text, view.has_scope, view.scan_id) == ("Mine", "sql", True, "one")


def test_views_are_ordered_and_the_choice_goes_with_them(
    manage: ManageViewsDialog, views: ViewsState
) -> None:
    manage.list.setCurrentRow(3)
    click(manage, "views-up")
    click(manage, "views-up")
    assert names(views)[1] == "With a fix"
    assert manage.list.currentRow() == 1
    click(manage, "views-down")
    assert names(views)[2] == "With a fix"


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
    assert manage.list.count() == 0
    QTest.keyClick(manage.list, Qt.Key.Key_Delete)
    QTest.keyClick(manage.list, Qt.Key.Key_Return)


def test_a_name_is_edited_where_it_stands(
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

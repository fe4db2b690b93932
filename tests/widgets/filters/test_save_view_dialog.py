"""What is looked at becomes a view under a name, with its scope if that is wanted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.views_state import ViewsState
from heimdall_desktop.widgets.filters.save_view_dialog import SaveViewDialog
from heimdall_desktop.widgets.look.theme import Theme


@pytest.fixture
def state(qapp: QApplication) -> FilterState:
    return FilterState()


@pytest.fixture
def views(state: FilterState) -> ViewsState:
    return ViewsState(state, WindowMemory())


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
    dialog.table_layout.click()
    QTest.keyClick(dialog.name.edit, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    view = views.views[-1]
    assert (view.name, view.text, view.has_scope, view.scan_id) == ("Mine", "sql", True, "one")
    assert view.table_layout

"""Views are reached from the whole window: by button, key and dialogs, scope included."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.filters.manage_views_dialog import ManageViewsDialog
from heimdall_desktop.widgets.filters.save_view_dialog import SaveViewDialog
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownWindow:
    shown = ShownWindow(theme)
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
    QTest.mouseClick(part(dialog, QPushButton, "view-save"), Qt.MouseButton.LeftButton)
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

"""A window with one scan, and the settings opened by their keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.settings.settings_window import SettingsWindow
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().unpainted()
    shown.watch("shop")
    shown.show().read("shop", 3)
    yield shown
    shown.close()


@pytest.fixture
def settings(shown: ShownWindow) -> SettingsWindow:
    shown.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    window = part(shown.window, SettingsWindow, "settings-window")
    QTest.qWaitForWindowActive(window)
    return window

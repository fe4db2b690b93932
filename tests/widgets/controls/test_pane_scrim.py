"""A veil lies over a window while a dialog of it is open, however the dialog ends."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.pane import Scrim
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    Scrim(window)
    window.resize(300, 200)
    with qtbot.waitExposed(window):
        window.show()
    return window


def _middle(window: QWidget) -> QColor:
    return window.grab().toImage().pixelColor(150, 100)


def _open(dialog: QDialog) -> None:
    dialog.open()
    QApplication.processEvents()


def _is_veiled(window: QWidget) -> bool:
    return part(window, QWidget, "scrim").isVisible()


ENDINGS: list[Callable[[QDialog], object]] = [
    QDialog.accept,
    QDialog.reject,
    QDialog.close,
    QDialog.deleteLater,
]


@pytest.mark.parametrize("end", ENDINGS)
def test_it_comes_with_a_dialog_and_goes_with_it(
    theme: Theme, window: QMainWindow, qtbot: QtBot, end: Callable[[QDialog], object]
) -> None:
    bare = _middle(window)
    dialog = DialogFrame("Question", 200, window)
    _open(dialog)
    assert _middle(window).lightness() < bare.lightness() * 0.85
    end(dialog)
    qtbot.waitUntil(lambda: not _is_veiled(window))
    assert _middle(window) == bare


def test_it_lies_under_dialogs_of_qt_too(window: QMainWindow) -> None:
    box = QMessageBox(window)
    _open(box)
    assert _is_veiled(window)
    box.reject()
    assert not _is_veiled(window)


def test_it_stays_until_the_last_dialog_is_gone(theme: Theme, window: QMainWindow) -> None:
    first = DialogFrame("First", 200, window)
    second = DialogFrame("Second", 200, window)
    _open(first)
    _open(second)
    first.reject()
    assert _is_veiled(window)
    second.reject()
    assert not _is_veiled(window)


def test_it_does_not_come_for_a_dialog_that_is_gone_at_once(
    theme: Theme, window: QMainWindow
) -> None:
    dialog = DialogFrame("Question", 200, window)
    dialog.open()
    dialog.reject()
    QApplication.processEvents()
    assert not _is_veiled(window)


def test_it_covers_a_window_that_becomes_larger(theme: Theme, window: QMainWindow) -> None:
    _open(DialogFrame("Question", 200, window))
    window.resize(500, 400)
    scrim = part(window, QWidget, "scrim")
    assert scrim.geometry() == window.rect()


def test_it_takes_the_colours_of_the_theme(theme: Theme, window: QMainWindow) -> None:
    _open(DialogFrame("Question", 200, window))
    light = _middle(window)
    theme.set_mode(ThemeMode.DARK)
    assert _middle(window).lightness() < light.lightness()


def test_both_kinds_of_window_have_one(theme: Theme) -> None:
    shown = ShownWindow().watch_twelve().show()
    shown.window.scan_windows.tear_off(shown.id("payments-api"))
    torn = next(each for each in QApplication.topLevelWidgets() if isinstance(each, ScanWindow))
    for window, other in ((shown.window, torn), (torn, shown.window)):
        box = QMessageBox(window)
        _open(box)
        assert _is_veiled(window)
        assert not _is_veiled(other), "it goes on"
        box.reject()
    shown.close()

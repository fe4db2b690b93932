"""Keys are chosen by pressing them; they hold at once, and are named so wherever they are named."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from heimdall_desktop.domain.facts.choices import KeyChoice
from heimdall_desktop.presentation.window.setting import Page
from heimdall_desktop.widgets.controls.buttons import OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE
from heimdall_desktop.widgets.controls.labels import KeyCap
from heimdall_desktop.widgets.settings.editor_rows import KeysButton
from heimdall_desktop.widgets.settings.setting_rows import SettingRow
from heimdall_desktop.widgets.settings.settings_window import SettingsWindow
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from tests.fakes.hands import click, part
from tests.fakes.shown_window import ShownWindow

KEY = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def page(settings: SettingsWindow) -> None:
    settings.turn_to(Page.KEYBOARD)


def button(settings: SettingsWindow, command: str) -> KeysButton:
    return part(settings, KeysButton, f"set-keys {command}")


def choose(
    settings: SettingsWindow, command: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE
) -> None:
    click(button(settings, command))
    QTest.keyClick(button(settings, command), key, modifiers)


def press_in(window: QWidget, key: Qt.Key) -> None:
    """Press a key together with Ctrl in a window that is brought to the front."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, key, CTRL)


def chosen(shown: ShownWindow) -> dict[str, tuple[str, ...]]:
    return {each.command: each.keys for each in shown.requests.preferences.settings.keys}


def says(settings: SettingsWindow, command: str) -> str:
    row = part(settings, SettingRow, f"setting-keys {command}")
    return " ".join(label.text() for label in row.findChildren(QLabel))


def answer(settings: SettingsWindow, name: str) -> str:
    """Answer the question, and return what it was."""
    question = part(settings, QuestionDialog, "question")
    asked = question.accessibleDescription()
    click(part(question, QPushButton, name))
    question.deleteLater()
    QApplication.sendPostedEvents(question, QEvent.Type.DeferredDelete)
    return asked


def test_keys_hold_at_once_in_all_windows_and_are_named_so(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    inbox = part(shown.window, QPushButton, "inbox-button")
    shown.window.scan_windows.tear_off(shown.id("shop"))
    [torn_off] = [w for w in QApplication.topLevelWidgets() if isinstance(w, ScanWindow)]
    field = shown.findings.filter_field
    cap = next(cap for cap in field.findChildren(KeyCap) if cap.keys == "Ctrl+F")
    for command, key in (
        ("inbox", KEY.Key_U),
        ("command-palette", KEY.Key_J),
        ("filter", KEY.Key_G),
    ):
        choose(settings, command, key, CTRL)
    assert chosen(shown) == {
        "inbox": ("Ctrl+U",),
        "command-palette": ("Ctrl+J",),
        "filter": ("Ctrl+G",),
    }
    assert button(settings, "inbox").label == "Ctrl+U"
    assert "Default: Ctrl+I." in says(settings, "inbox")
    assert "Ctrl+U" in inbox.toolTip()
    assert cap.keys == "Ctrl+G"
    palette = part(shown.window, OutlineButton, "palette-button")
    assert (palette.label, palette.accessibleName()) == ("Ctrl J", "Command palette")
    click(part(settings, SettingRow, "setting-reset-keys").control)
    assert chosen(shown) == {}
    assert cap.keys == "Ctrl+F"
    assert KEYS_IN_USE.of("Ctrl+K") == "Ctrl+K"
    choose(settings, "command-palette", KEY.Key_J, CTRL)
    settings.close()
    for window in (shown.window, torn_off):
        keys = {command.id: command.keys for command in window.commands.commands()}
        assert keys["command-palette"] == ("Ctrl+J",)
        press_in(window, KEY.Key_J)
        assert window.command_palette.isVisible()
    torn_off.close()


def test_keys_of_another_command_are_taken_after_a_question(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    first = [keys for command in shown.window.commands.keyed() for keys in command.keys]
    assert len(first) == len(set(first))
    choose(settings, "export", KEY.Key_K, CTRL)
    asked = answer(settings, "question-keep")
    assert asked.startswith("Ctrl+K is assigned to “Command palette”. Reassign it to “Export")
    assert chosen(shown) == {}
    choose(settings, "export", KEY.Key_R, CTRL)
    assert "“Refresh” keeps F5." in answer(settings, "question-do")
    assert chosen(shown) == {"refresh": ("F5",), "export": ("Ctrl+R",)}
    click(part(settings, QPushButton, "reset-keys refresh"))
    assert "\u201cExport findings\u201d will have no shortcut." in answer(settings, "question-do")
    assert chosen(shown) == {"export": ()}
    click(part(settings, QPushButton, "reset-keys export"))
    assert chosen(shown) == {}


def test_what_cannot_be_a_key_is_refused_and_escape_leaves_all_as_it_was(
    shown: ShownWindow, settings: SettingsWindow
) -> None:
    choose(settings, "export", KEY.Key_Left, CTRL)
    assert "is reserved for “Collapse or expand all groups”." in says(settings, "export")
    choose(settings, "export", KEY.Key_PageDown)
    assert "PgDown alone is used to move or type. Add Ctrl or Alt." in says(settings, "export")
    click(button(settings, "export"))
    assert button(settings, "export").accessibleName() == "Export findings: Press the new keys"
    QTest.keyClick(button(settings, "export"), KEY.Key_Control, CTRL)
    QTest.keyClick(button(settings, "export"), KEY.Key_Escape)
    assert settings.isVisible()
    assert button(settings, "export").label == "Ctrl+E"
    choose(settings, "export", KEY.Key_Question, SHIFT)
    answer(settings, "question-keep")  # the sheet has it, without Shift
    choose(settings, "export", KEY.Key_Backspace)
    assert chosen(shown) == {"export": ()}
    assert button(settings, "export").label == "None"


def test_keys_of_the_last_session_come_back(shown: ShownWindow, settings: SettingsWindow) -> None:
    preferences = shown.requests.preferences
    keys = (KeyChoice("jump Alt+1", ("Ctrl+1",)), KeyChoice("of a later version", ("Ctrl+2",)))
    preferences.change(replace(preferences.settings, keys=keys))
    choose(settings, "inbox", KEY.Key_U, CTRL)
    assert chosen(shown)["of a later version"] == ("Ctrl+2",)
    settings.close()
    shown.watch("other")
    press_in(shown.window, KEY.Key_1)
    assert shown.scope() is not None
    commands = {command.id: command.keys for command in shown.window.commands.commands()}
    assert commands[f"scan {shown.scope()}"] == ("Ctrl+1",)

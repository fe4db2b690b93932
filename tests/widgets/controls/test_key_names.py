"""Keys have the names printed on them, here and on a Mac; what is copied is safe to paste."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

import heimdall_desktop
from heimdall_desktop.widgets.controls.key_names import (
    copy_exactly,
    copy_line,
    copy_text,
    key_caps,
    key_text,
)


@pytest.mark.parametrize(
    ("keys", "here", "mac"),
    [
        ("Ctrl+N", "Ctrl+N", "⌘N"),
        ("Ctrl+Shift+Z", "Ctrl+Shift+Z", "⇧⌘Z"),
        ("Alt+1", "Alt+1", "⌥1"),
        ("Alt+Down", "Alt+↓", "⌥↓"),
        ("Return", "Enter", "↩"),
        ("Ctrl++", "Ctrl++", "⌘+"),
        ("Ctrl+-", "Ctrl+-", "⌘-"),
        ("?", "?", "?"),
        ("F5", "F5", "F5"),
        ("+", "+", "+"),
        ("", "", ""),
    ],
)
def test_keys_are_one_text(keys: str, here: str, mac: str) -> None:
    assert key_text(keys, is_mac=False) == here
    assert key_text(keys, is_mac=True) == mac


def test_each_key_has_a_cap() -> None:
    assert key_caps("Ctrl+Shift+Z", is_mac=False) == ["Ctrl", "Shift", "Z"]
    assert key_caps("Ctrl+Shift+Z", is_mac=True) == ["⇧", "⌘", "Z"]


# -- clipboard --


HOSTILE = "a\tb\r\nc\rd\x00\x07\x1b]0;x\x07\x7f\x9be\u202ef\n"


@pytest.mark.parametrize(
    ("copy", "copied"),
    [
        (copy_line, "a b c d\ufffd\ufffd\ufffd]0;x\ufffd\ufffd\ufffde\ufffdf"),
        (copy_text, "a\tb\nc\nd]0;xe\u202ef\n"),
        (copy_exactly, HOSTILE),
    ],
)
def test_what_is_copied(copy: Callable[[str], None], copied: str, qapp: object) -> None:
    copy(HOSTILE)
    assert QGuiApplication.clipboard().text() == copied


def test_nothing_else_of_the_program_writes_to_the_clipboard() -> None:
    root = Path(heimdall_desktop.__file__).parent
    users = [file.name for file in root.rglob("*.py") if "clipboard()" in file.read_text("utf-8")]
    assert users == ["key_names.py"]

"""Keys are called what stands on them, here and on a Mac."""

import pytest

from heimdall_desktop.widgets.controls.key_names import key_caps, key_text


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

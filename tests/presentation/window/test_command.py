"""Commands are told by id, and single letters are told from chords."""

import pytest

from heimdall_desktop.presentation.window.command import Command, Group, is_letter


def test_a_title_may_change_while_the_command_stays_the_same() -> None:
    unread = 0
    command = Command("inbox", lambda: f"Inbox, {unread} unread", print)
    assert command.title == "Inbox, 0 unread"
    unread = 3
    assert (command.title, command.id) == ("Inbox, 3 unread", "inbox")


def test_a_group_has_a_heading() -> None:
    assert Group.GO_TO.title == "Go to"


@pytest.mark.parametrize("keys", ["J", "/", "?", "Shift+N", "+"])
def test_one_character_alone_is_a_letter(keys: str) -> None:
    assert is_letter(keys)


@pytest.mark.parametrize("keys", ["Ctrl+F", "F5", "Esc", "Alt+1", "Ctrl++", "Shift+F6"])
def test_chords_and_named_keys_are_not(keys: str) -> None:
    assert not is_letter(keys)

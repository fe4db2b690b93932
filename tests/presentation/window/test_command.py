"""Commands are told by id, and single letters are told from chords."""

import pytest

from heimdall_desktop.domain.facts.choices import KeyChoice
from heimdall_desktop.presentation.window.command import (
    Command,
    Group,
    has_free_key,
    is_letter,
    with_keys,
)


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


@pytest.mark.parametrize(
    "keys", ["Ctrl+K", "Alt+1", "F7", "Shift+F7", "J", "Shift+J", "?", "Ctrl++"]
)
def test_keys_that_neither_type_nor_move_are_free(keys: str) -> None:
    assert has_free_key(keys)


@pytest.mark.parametrize(
    "keys", ["Space", "Return", "Shift+Return", "Home", "Del", "Tab", "Up", ""]
)
def test_keys_that_type_or_move_are_not(keys: str) -> None:
    assert not has_free_key(keys)


def test_what_is_chosen_as_it_was_at_first_is_no_choice() -> None:
    add, find = (
        Command(id_, id_, lambda: None, (key,)) for id_, key in (("add", "A"), ("find", "F"))
    )
    choices = with_keys((), add, ("Ctrl+A",))
    choices = with_keys(choices, find, ())
    assert choices == (KeyChoice("add", ("Ctrl+A",)), KeyChoice("find", ()))
    assert with_keys(choices, add, ("A",)) == (KeyChoice("find", ()),)

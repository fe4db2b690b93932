"""Commands: their keys, and finding them by a few letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.choices import KeyChoice
from heimdall_desktop.presentation.window.command import (
    Command,
    Group,
    has_free_key,
    is_letter,
    ranked,
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


# -- A few letters find a command, the likeliest first --


NAMES = ["Add scans", "payments-api", "Resynchronise payments-api", "Play the demo", "Víðarr"]


def found(wanted: str, recent: tuple[int, ...] = ()) -> list[str]:
    return [NAMES[place] for place in ranked(wanted, NAMES, recent)]


def test_the_beginning_of_a_name_comes_before_that_of_a_word() -> None:
    assert found("pay") == ["payments-api", "Resynchronise payments-api"]


def test_words_are_found_in_any_order_and_all_of_them_have_to_be() -> None:
    assert found("api resync") == ["Resynchronise payments-api"]
    assert found("api demo") == []


def test_letters_are_found_in_pieces_that_begin_words() -> None:
    assert found("pld") == ["Play the demo"]
    assert found("asc") == ["Add scans"]
    assert found("dd") == ["Add scans"]
    assert found("plmo") == []


def test_capitals_and_accents_make_no_difference() -> None:
    assert found("VI") == ["Víðarr"]


def test_equals_stay_in_their_order_unless_one_was_used_of_late() -> None:
    names = ["Sort by file", "Sort by severity", "Sort by scan"]
    assert ranked("sort", names) == [0, 1, 2]
    assert ranked("sort", names, [2, 1]) == [2, 1, 0]


def test_nothing_typed_finds_everything() -> None:
    assert found("  ") == NAMES


@given(st.text(), st.lists(st.text()))
def test_each_name_is_found_by_itself_and_no_place_comes_twice(
    wanted: str, names: list[str]
) -> None:
    places = ranked(wanted, [*names, wanted])
    assert len(names) in places
    assert len(set(places)) == len(places)

"""A few letters find a command, the likeliest first."""

from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.presentation.window.command import ranked

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

"""Texts for people: plurals in English, and the hook for other languages."""

from collections.abc import Iterator

import pytest

from heimdall_desktop.presentation.i18n import (
    NO_NUMBER,
    both,
    either,
    filled,
    grouped,
    tr,
    tr_noop,
    translate_with,
)


@pytest.fixture
def asked() -> Iterator[list[tuple[str, str, int]]]:
    """What is asked of a translation that shouts."""
    asked: list[tuple[str, str, int]] = []

    def shout(text: str, disambiguation: str, number: int) -> str:
        asked.append((text, disambiguation, number))
        return text.upper().replace("%N", "%n")

    translate_with(shout)
    yield asked
    translate_with(None)


def test_english_needs_no_translation() -> None:
    assert tr("Clear filter") == "Clear filter"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 findings"), (1, "1 finding"), (2, "2 findings"), (1_088, "1\u00a0088 findings")],
)
def test_english_plurals(count: int, words: str) -> None:
    assert tr("%n findings", "", count, one="%n finding") == words


def test_texts_go_through_the_translation(asked: list[tuple[str, str, int]]) -> None:
    assert tr("Open", "a file") == "OPEN"
    assert tr("%n findings", "", 1, one="%n finding") == "1 FINDINGS"
    assert asked == [("Open", "a file", NO_NUMBER), ("%n findings", "", 1)]


def test_a_marked_text_is_translated_where_it_is_used(asked: list[tuple[str, str, int]]) -> None:
    marked = tr_noop("Severity")
    assert (marked, asked) == ("Severity", [])
    assert tr(marked) == "SEVERITY"


def test_thousands_stand_apart() -> None:
    assert [grouped(number) for number in (0, 999, 1_234_567)] == [
        "0",
        "999",
        "1\u00a0234\u00a0567",
    ]


def test_the_first_form_whose_facts_are_known_is_filled_in() -> None:
    forms = ("Ended {at} in {stage}.", "Ended {at}.", "Ended in {stage}.", "Ended.")
    assert filled(*forms, at="at 9:00", stage="hunt") == "Ended at 9:00 in hunt."
    assert filled(*forms, at="at 9:00", stage="") == "Ended at 9:00."
    assert filled(*forms, at="", stage="hunt") == "Ended in hunt."
    assert filled(*forms, at="", stage="") == "Ended."


@pytest.mark.parametrize(
    ("words", "told"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_are_joined_by_one_form(words: list[str], told: str) -> None:
    assert both(words) == told
    assert either(words) == told.replace("and", "or")

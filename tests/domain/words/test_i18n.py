"""Texts for people: plurals in English, and the hook for other languages."""

from collections.abc import Iterator

import pytest

from heimdall_desktop.domain.words.i18n import NO_NUMBER, grouped, tr, tr_noop, translate_with


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

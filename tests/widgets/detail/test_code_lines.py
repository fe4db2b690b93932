"""Code is shown without tricks, and copied as it came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.widgets.detail.code_lines import (
    CHARACTERS_LIMIT,
    LINE_LIMIT,
    LINES_LIMIT,
    shown_line,
    shown_lines,
)


def test_common_indentation_is_taken_away_and_copied_back() -> None:
    lines = shown_lines("    if x:\n\n        return 1\n")
    assert [line.text for line in lines] == ["if x:", "", "    return 1"]
    assert [line.original_part(0, len(line.text)) for line in lines] == [
        "    if x:",
        "",
        "        return 1",
    ]


def test_a_part_of_a_line_is_copied_without_its_indentation() -> None:
    line = shown_lines("\tcur.execute(q)")[0]
    assert line.text == "cur.execute(q)"
    assert line.original_part(4, 11) == "execute"


def test_tabs_become_blanks_and_stay_tabs_in_copies() -> None:
    line = shown_line("a\tb")
    assert line.text == "a   b"
    assert line.original_part(0, 5) == "a\tb"


@pytest.mark.parametrize(
    ("character", "shown"),
    [("\u202e", "<U+202E>"), ("\u200b", "<U+200B>"), ("\x1b", "\u241b"), ("\x7f", "\u2421")],
)
def test_what_one_would_not_see_becomes_visible(character: str, shown: str) -> None:
    line = shown_line(f"a{character}b")
    assert line.text == f"a{shown}b"
    assert line.hidden == ((1, 1 + len(shown)),)
    assert line.original_part(0, len(line.text)) == f"a{character}b"


def test_an_endless_line_is_folded_but_copied_whole() -> None:
    original = "x" * 5000
    line = shown_line(original)
    assert line.text.endswith(" … 3\u00a0000 more characters")
    assert len(line.text) < LINE_LIMIT + 40
    assert line.original_part(0, len(line.text)) == original


def test_endless_code_ends_in_a_line_that_is_copied_whole() -> None:
    lines = shown_lines("\n".join(["x"] * LINES_LIMIT + ["y", "z"]))
    assert len(lines) == LINES_LIMIT + 1
    assert lines[-1].text == "… 2 more lines"
    assert lines[-1].original_part(0, len(lines[-1].text)) == "y\nz"


def test_lines_of_any_length_end_together() -> None:
    lines = shown_lines("\n".join(["x" * LINE_LIMIT] * 1000))
    assert sum(len(line.text) for line in lines) < CHARACTERS_LIMIT + 2 * LINE_LIMIT
    assert lines[-1].text.endswith("more lines")


def test_what_stands_for_hidden_characters_makes_no_line_longer() -> None:
    original = "\u202e" * LINE_LIMIT
    line = shown_line(original)
    assert len(line.text) < LINE_LIMIT + 40
    assert line.hidden == ((0, len(line.text)),)
    assert line.original_part(0, len(line.text)) == original


def test_line_ends_of_every_system() -> None:
    assert [line.text for line in shown_lines("a\r\nb\rc\n")] == ["a", "b", "c"]
    assert [line.text for line in shown_lines("")] == [""]


@given(st.text(max_size=200))
def test_every_line_can_be_read_and_copied_whole(text: str) -> None:
    for line in shown_lines(text):
        assert line.text.isprintable()
        assert len(line.offsets) == len(line.text) + 1
        assert line.original_part(0, len(line.text)) == line.original

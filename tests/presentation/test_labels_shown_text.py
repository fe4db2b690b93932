"""What is made of a hostile text before it is shown."""

from heimdall_desktop.presentation.labels import (
    LINE_COST,
    LINE_LIMIT,
    harmless,
    safe_tip,
    shown_text,
)


def test_an_ordinary_text_stays_as_it_is() -> None:
    assert shown_text("one\n\ttwo", 100) == ("one\n\ttwo", 0)


def test_every_kind_of_line_end_is_one() -> None:
    assert shown_text("a\r\nb\rc\nd", 100) == ("a\nb\nc\nd", 0)


def test_a_direction_override_becomes_visible() -> None:
    assert harmless("file\u202egnp.exe") == "file\ufffdgnp.exe"


def test_joiners_and_wide_blanks_are_no_threat() -> None:
    assert harmless("\u0645\u06cc\u200c\u062e a\u00a0b") == "\u0645\u06cc\u200c\u062e a\u00a0b"


def test_an_endless_line_is_folded_and_counted() -> None:
    shown, rest = shown_text("x" * 1_000_000 + "\nafter", 20_000)
    first, second = shown.split("\n")
    assert first == "x" * LINE_LIMIT + "\u2026 (998\u00a0000 more characters in this line)"
    assert (second, rest) == ("after", 0)


def test_an_endless_text_is_cut_behind_a_line_and_counted() -> None:
    text = "\n".join(["twelve chars"] * 1000)
    shown, rest = shown_text(text, 10 * LINE_COST)
    assert shown.count("\n") == 9
    assert len(shown) + 1 + rest == len(text)


def test_empty_lines_without_end_count_as_well() -> None:
    shown, rest = shown_text("\n" * 100_000, 12_000)
    assert len(shown) < 12_000 / LINE_COST
    assert len(shown) + 1 + rest == 100_000


def test_a_tip_shows_markup_as_text() -> None:
    assert safe_tip("<b>&</b>") == "<qt>&lt;b&gt;&amp;&lt;/b&gt;</qt>"
    assert safe_tip("") == ""


def test_a_tip_keeps_its_lines_and_shows_what_would_hide_or_reorder_them() -> None:
    assert safe_tip("app\u202egpj.exe\x07\nsecond") == "<qt>app\ufffdgpj.exe\ufffd<br>second</qt>"

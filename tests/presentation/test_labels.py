"""Values of the server have names, and what a finding lacks is said."""

from collections.abc import Iterator
from enum import Enum

import pytest

from heimdall_desktop.domain.facts import finding
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.domain.filters.filter import FindingStage
from heimdall_desktop.presentation import labels
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
from tests.fakes.findings import make_finding

KINDS = (
    finding.Severity,
    finding.FindingStatus,
    finding.Confidence,
    finding.Source,
    finding.Verdict,
    FindingStage,
)


@pytest.mark.parametrize("value", [value for kind in KINDS for value in kind], ids=str)
def test_every_value_has_a_name(value: Enum) -> None:
    assert labels.word_of(value)[0].isupper()


@pytest.mark.parametrize(
    "value", [*finding.Severity, *finding.FindingStatus, *finding.Verdict], ids=str
)
def test_words_inside_a_sentence_are_those_of_a_cell(value: Enum) -> None:
    assert labels.word_in_text(value) == labels.word_of(value).lower()


def test_names() -> None:
    assert labels.word_of(finding.FindingStatus.FALSE_POSITIVE) == "False positive"
    assert (labels.word_of(finding.Source.AI), labels.word_of(FindingStage.CONFIG_SCAN)) == (
        "AI",
        "Config scan",
    )


def test_stages() -> None:
    assert tuple(labels.STAGE_LABELS) == STAGE_NAMES
    assert (labels.stage_label("vidarr"), labels.stage_label("o\nther")) == ("Víðarr", "o ther")
    assert [labels.stage_in_text(name) for name in STAGE_NAMES] == [
        labels.stage_label(name).lower() for name in STAGE_NAMES
    ]
    assert (labels.short_stage_label("taint_analysis"), labels.short_stage_label("hunt")) == (
        "Taint",
        "Hunt",
    )


def test_what_a_finding_lacks_is_said() -> None:
    bare = make_finding(file_path="", title=" \n ", description=None)
    assert (labels.file_line_text(bare), labels.title_text(bare)) == ("(no file)", "(no title)")
    assert labels.description_text(bare) == ""
    announced = make_finding(is_announced=True, file_path="")
    assert (labels.file_line_text(announced), labels.status_word(announced)) == (
        "location unknown",
        "unknown",
    )
    cut = make_finding(description=None, is_cut=True)
    assert labels.description_text(cut).startswith(
        "The text of this finding is too long to keep in full. It is loaded when you open the "
        "finding."
    )


def test_a_word_that_is_not_known_is_shown_as_sent() -> None:
    row = make_finding(severity=finding.Severity.OTHER, severity_text="very\nbad_one")
    assert labels.severity_word(row) == "Very bad one"


# -- what is made of a hostile text before it is shown --


def test_what_would_hide_or_reorder_a_text_becomes_visible() -> None:
    assert labels.shown_text("one\n\ttwo", 100) == ("one\n\ttwo", 0)
    assert labels.shown_text("a\r\nb\rc\nd", 100) == ("a\nb\nc\nd", 0)
    assert labels.harmless("file\u202egnp.exe") == "file\ufffdgnp.exe"
    joined = "\u0645\u06cc\u200c\u062e a\u00a0b"  # joiners and wide blanks
    assert labels.harmless(joined) == joined
    assert labels.safe_tip("<b>&</b>") == "<qt>&lt;b&gt;&amp;&lt;/b&gt;</qt>"
    assert labels.safe_tip("") == ""
    tip = labels.safe_tip("app\u202egpj.exe\x07\nb")
    assert tip == "<qt>app\ufffdgpj.exe\ufffd<br>b</qt>"


def test_an_endless_line_is_folded_and_counted() -> None:
    shown, rest = labels.shown_text("x" * 1_000_000 + "\nafter", 20_000)
    first, second = shown.split("\n")
    assert first == "x" * labels.LINE_LIMIT + "\u2026 (998\u00a0000 more characters in this line)"
    assert (second, rest) == ("after", 0)


def test_an_endless_text_is_cut_behind_a_line_and_counted() -> None:
    text = "\n".join(["twelve chars"] * 1000)
    shown, rest = labels.shown_text(text, 10 * labels.LINE_COST)
    assert shown.count("\n") == 9
    assert len(shown) + 1 + rest == len(text)


def test_empty_lines_without_end_count_as_well() -> None:
    shown, rest = labels.shown_text("\n" * 100_000, 12_000)
    assert len(shown) < 12_000 / labels.LINE_COST
    assert len(shown) + 1 + rest == 100_000


# -- Texts for people: plurals in English, and the hook for other languages. --


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


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 findings"), (1, "1 finding"), (2, "2 findings"), (1_088, "1\u00a0088 findings")],
)
def test_english_plurals(count: int, words: str) -> None:
    assert tr("%n findings", "", count, one="%n finding") == words
    assert tr("Clear filter") == "Clear filter"


def test_texts_go_through_the_translation(asked: list[tuple[str, str, int]]) -> None:
    assert tr("Open", "a file") == "OPEN"
    assert tr("%n findings", "", 1, one="%n finding") == "1 FINDINGS"
    assert asked == [("Open", "a file", NO_NUMBER), ("%n findings", "", 1)]


def test_a_marked_text_is_translated_where_it_is_used(asked: list[tuple[str, str, int]]) -> None:
    marked = tr_noop("Severity")
    assert (marked, asked) == ("Severity", [])
    assert tr(marked) == "SEVERITY"


def test_thousands_are_separated() -> None:
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
    ("words", "reported"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_are_joined_by_one_form(words: list[str], reported: str) -> None:
    assert both(words) == reported
    assert either(words) == reported.replace("and", "or")

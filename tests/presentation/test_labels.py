"""Values of the server have names, and what a finding lacks is said."""

from enum import Enum

import pytest

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    FindingStatus,
    Severity,
    Source,
    Verdict,
)
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.domain.filters.filter import FindingStage
from heimdall_desktop.presentation.labels import (
    STAGE_LABELS,
    description_text,
    file_line_text,
    severity_word,
    short_stage_label,
    stage_in_text,
    stage_label,
    status_word,
    title_text,
    word_in_text,
    word_of,
)
from tests.fakes.findings import make_finding

KINDS = (Severity, FindingStatus, Confidence, Source, Verdict, FindingStage)


@pytest.mark.parametrize("value", [value for kind in KINDS for value in kind], ids=str)
def test_every_value_has_a_name(value: Enum) -> None:
    assert word_of(value)[0].isupper()


@pytest.mark.parametrize("value", [*Severity, *FindingStatus, *Verdict], ids=str)
def test_words_inside_a_sentence_are_those_of_a_cell(value: Enum) -> None:
    assert word_in_text(value) == word_of(value).lower()


def test_names() -> None:
    assert word_of(FindingStatus.FALSE_POSITIVE) == "False positive"
    assert (word_of(Source.AI), word_of(FindingStage.CONFIG_SCAN)) == ("AI", "Config scan")


def test_stages() -> None:
    assert tuple(STAGE_LABELS) == STAGE_NAMES
    assert (stage_label("vidarr"), stage_label("o\nther")) == ("Víðarr", "o ther")
    assert [stage_in_text(name) for name in STAGE_NAMES] == [
        stage_label(name).lower() for name in STAGE_NAMES
    ]
    assert (short_stage_label("taint_analysis"), short_stage_label("hunt")) == ("Taint", "Hunt")


def test_what_a_finding_lacks_is_said() -> None:
    bare = make_finding(file_path="", title=" \n ", description=None)
    assert (file_line_text(bare), title_text(bare)) == ("(no file)", "(no title)")
    assert description_text(bare) == ""
    announced = make_finding(is_announced=True, file_path="")
    assert (file_line_text(announced), status_word(announced)) == ("location unknown", "unknown")
    cut = make_finding(description=None, is_cut=True)
    assert description_text(cut).startswith(
        "The text of this finding is too long to keep in full. It is loaded when you open the "
        "finding."
    )


def test_a_word_that_is_not_known_is_shown_as_sent() -> None:
    row = make_finding(severity=Severity.OTHER, severity_text="very\nbad_one")
    assert severity_word(row) == "Very bad one"

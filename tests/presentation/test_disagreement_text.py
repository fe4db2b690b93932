"""Disagreements in words, in a row and as sentences."""

from typing import Any

import pytest

from heimdall_desktop.domain.disagreements import Disagreement, Found
from heimdall_desktop.domain.facts.decision import Field
from heimdall_desktop.domain.facts.finding import FindingStatus, Source
from heimdall_desktop.domain.histories import DecidedBy, DecisionChange
from heimdall_desktop.presentation.disagreement_text import sentences, short_text
from tests.fakes.findings import FOUND_AT, make_finding

DISMISSED = make_finding(status=FindingStatus.DISMISSED)


def change(**overrides: Any) -> DecisionChange:
    fields: dict[str, Any] = {
        "what": Field.STATUS,
        "old": "false_positive",
        "new": "open",
        "at": FOUND_AT,
        "by": DecidedBy.OTHER,
    }
    return DecisionChange(**fields | overrides)


@pytest.mark.parametrize(
    ("found", "short", "sentence"),
    [
        (
            Found(Disagreement.PROOF),
            "Proven, but dismissed",
            "The proof of concept succeeded, but the status is \u201cDismissed\u201d.",
        ),
        (
            Found(Disagreement.UNPROVEN),
            "Upheld, but proof unconfirmed",
            "The proof of concept didn't confirm it, but it is confirmed or of high confidence.",
        ),
        (
            Found(Disagreement.OVERRIDE, change=change()),
            "Person overrode V\u00ed\u00f0arr",
            "A person overrode V\u00ed\u00f0arr: false positive \u2192 open.",
        ),
        (
            Found(Disagreement.OVERRIDE, change=change(by=DecidedBy.OWN, new="evil\u202e")),
            "Person overrode V\u00ed\u00f0arr",
            "You overrode V\u00ed\u00f0arr: false positive \u2192 unknown.",
        ),
        (
            Found(Disagreement.OVERLAP, other=make_finding(2, source=Source.STATIC)),
            "Static unverified at line 88",
            "Static analysis found the same weakness at line 88: that finding is unverified, "
            "this one is withdrawn.",
        ),
        (
            Found(Disagreement.OVERLAP, other=make_finding(2)),
            "AI unverified at line 88",
            "The AI found the same weakness at line 88: that finding is unverified, this one is "
            "withdrawn.",
        ),
    ],
)
def test_each_kind_is_said_in_plain_words(found: Found, short: str, sentence: str) -> None:
    assert short_text(DISMISSED, [found]) == short
    assert sentences(DISMISSED, [found]) == (sentence,)


def test_several_are_side_by_side_and_none_is_nothing() -> None:
    found = [Found(Disagreement.PROOF), Found(Disagreement.OVERRIDE, change=change())]
    assert short_text(DISMISSED, found) == "Proven, but dismissed; Person overrode V\u00ed\u00f0arr"
    assert short_text(DISMISSED, ()) == ""
    assert sentences(DISMISSED, ()) == ()

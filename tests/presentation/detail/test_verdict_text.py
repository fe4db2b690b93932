"""The verdict in words: who, what it rests on, and when, as far as anybody knows."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    FindingEvent,
    FindingStatus,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.readings import SeenChange, Watched
from heimdall_desktop.presentation.detail.verdict_text import VerdictWords, verdict_text
from tests.fakes.findings import FOUND_AT, make_event, make_finding

AT = FOUND_AT + timedelta(minutes=1)
ROSE = SeenChange(Watched.CONFIDENCE, "medium", "high", AT)
FELL = SeenChange(Watched.CONFIDENCE, "medium", "low", AT)
LEFT = SeenChange(Watched.STATUS, "open", "false_positive", AT)
WITHDRAWN = {"status": FindingStatus.FALSE_POSITIVE}


def set_to(status: str, at: datetime = AT, *, is_own: bool = False) -> FindingEvent:
    fields: dict[str, Any] = {
        "event_type": "status_change",
        "old_value": "open",
        "new_value": status,
        "is_own": is_own,
    }
    return make_event(**fields, created_at=at)


@pytest.mark.parametrize(
    ("fields", "fact", "reason"),
    [
        ({}, "Unverified.", "No check has confirmed or refuted it yet."),
        ({"status": FindingStatus.FIXED}, "Unverified, marked as fixed.", ""),
        ({"status": FindingStatus.CONFIRMED}, "Confirmed by a person.", "According to its status."),
        ({"poc_validated": True}, "Confirmed by Garmr.", "The proof of concept succeeded."),
        (
            {"confidence": Confidence.HIGH},
            "Confirmed by Víðarr.",
            "Derived from its confidence, which is high; AI findings start lower.",
        ),
        (
            {"source": Source.STATIC, "confidence": Confidence.HIGH, "has_risen": True},
            "Confirmed by Víðarr.",
            "Confidence rose to high.",
        ),
        (
            {"source": Source.STATIC, "confidence": Confidence.HIGH, "is_reviewed": True},
            "Upheld by Víðarr.",
            "It reviewed the finding and left the confidence high. See its reasoning.",
        ),
        (
            {"is_reviewed": True},
            "Unverified.",
            "V\u00ed\u00f0arr reviewed it but neither confirmed nor refuted it.",
        ),
        (WITHDRAWN, "Withdrawn.", "Marked as a false positive. It was high."),
        (
            {"status": FindingStatus.DISMISSED, "severity": Severity.CRITICAL},
            "Dismissed by a person.",
            "It was critical.",
        ),
    ],
)
def test_without_having_seen_it_the_row_itself_is_what_it_rests_on(
    fields: dict[str, Any], fact: str, reason: str
) -> None:
    assert verdict_text(make_finding(**fields), has_reviewed=True) == VerdictWords(fact, reason)


@pytest.mark.parametrize(
    ("fields", "changes", "fact"),
    [
        ({"confidence": Confidence.HIGH}, (), "High confidence."),
        ({"confidence": Confidence.HIGH}, (ROSE,), "High confidence."),
        ({"confidence": Confidence.HIGH, "poc_validated": True}, (), "Confirmed by Garmr."),
        ({"status": FindingStatus.CONFIRMED}, (), "Confirmed by a person."),
        ({"confidence": Confidence.HIGH, "is_reviewed": True}, (), "Confirmed by Víðarr."),
    ],
)
def test_vidarr_has_confirmed_only_where_it_is_known_to_have_run(
    fields: dict[str, Any], changes: tuple[SeenChange, ...], fact: str
) -> None:
    assert verdict_text(make_finding(**fields), changes).fact == fact


@pytest.mark.parametrize(
    ("fields", "changes", "events", "expected"),
    [
        (
            {"confidence": Confidence.HIGH},
            (ROSE,),
            None,
            VerdictWords("Confirmed by Víðarr {at}.", "Confidence medium → high.", AT),
        ),
        (
            WITHDRAWN | {"confidence": Confidence.LOW},
            (LEFT, FELL),
            (),
            VerdictWords("Withdrawn by Víðarr {at}.", "Confidence medium → low. It was high.", AT),
        ),
        (
            WITHDRAWN | {"confidence": Confidence.LOW},
            (LEFT,),
            None,
            VerdictWords("Withdrawn {at}.", "Marked as a false positive. It was high.", AT),
        ),
        (
            WITHDRAWN,
            (),
            (set_to("false_positive"),),
            VerdictWords(
                "Withdrawn by a person {at}.", "Status open → false positive. It was high.", AT
            ),
        ),
        (
            {"status": FindingStatus.CONFIRMED},
            (),
            (set_to("confirmed"),),
            VerdictWords("Confirmed by a person {at}.", "Status open → confirmed.", AT),
        ),
        (
            {"status": FindingStatus.CONFIRMED},
            (),
            (set_to("confirmed", is_own=True),),
            VerdictWords("Confirmed by you {at}.", "Status open → confirmed.", AT),
        ),
        (
            {"status": FindingStatus.DISMISSED},
            (),
            (set_to("dismissed", is_own=True),),
            VerdictWords("Dismissed by you {at}.", "Status open → dismissed. It was high.", AT),
        ),
        (
            WITHDRAWN,
            (),
            (set_to("false_positive", is_own=True),),
            VerdictWords(
                "Withdrawn by you {at}.", "Status open → false positive. It was high.", AT
            ),
        ),
        (
            {"poc_validated": True},
            (SeenChange(Watched.PROOF, "", "yes", AT),),
            (),
            VerdictWords("Confirmed by Garmr {at}.", "The proof of concept succeeded.", AT),
        ),
        (
            {},
            (SeenChange(Watched.SEVERITY, "critical", "high", AT),),
            (),
            VerdictWords("Unverified.", "Severity critical → high."),
        ),
    ],
)
def test_what_was_seen_or_noted_is_told_with_its_moment(
    fields: dict[str, Any],
    changes: tuple[SeenChange, ...],
    events: tuple[FindingEvent, ...] | None,
    expected: VerdictWords,
) -> None:
    words = verdict_text(make_finding(**fields), changes, events, has_reviewed=True)
    assert words == expected


def test_an_entry_about_an_earlier_status_explains_nothing() -> None:
    events = (set_to("confirmed"), set_to("open", AT + timedelta(minutes=1)))
    assert verdict_text(make_finding(), (), events).fact == "Unverified."


def test_a_change_that_was_taken_back_is_none() -> None:
    back = SeenChange(Watched.CONFIDENCE, "high", "medium", AT + timedelta(minutes=1))
    words = verdict_text(make_finding(), (ROSE, back), ())
    assert words.reason == "No check has confirmed or refuted it yet."

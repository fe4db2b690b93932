"""The history of a finding: entries of persons, and what only watching shows."""

from datetime import timedelta

import pytest

from heimdall_desktop.domain.facts.readings import SeenChange, Watched
from heimdall_desktop.presentation.detail.finding_history import (
    HistoryLine,
    event_heading,
    history_lines,
)
from tests.fakes.findings import FOUND_AT, make_event

EARLY, LATE = FOUND_AT + timedelta(minutes=1), FOUND_AT + timedelta(minutes=2)
PERSON = "5f0c7f0e-6f5b-4f6b-9d53-0d3c2d7f7a11"


def test_entries_and_seen_changes_are_one_list_oldest_first() -> None:
    events = (make_event(created_at=LATE, user_id=PERSON),)
    changes = (SeenChange(Watched.CONFIDENCE, "medium", "high", EARLY),)
    assert history_lines(events, changes) == (
        HistoryLine(EARLY, "Confidence", "medium → high", "Víðarr", is_seen=True),
        HistoryLine(LATE, "Severity", "high → medium", "User 5f0c7f0e"),
    )


def test_the_account_signed_in_is_called_you() -> None:
    (line,) = history_lines((make_event(user_id=PERSON, is_own=True),), ())
    assert line.who == "You"


def test_a_change_with_an_entry_is_listed_once() -> None:
    changes = (SeenChange(Watched.SEVERITY, "high", "medium", LATE),)
    assert [line.is_seen for line in history_lines((make_event(created_at=LATE),), changes)] == [
        False
    ]
    assert [line.is_seen for line in history_lines((), changes)] == [True]


@pytest.mark.parametrize(
    ("field", "new", "who"),
    [
        (Watched.STATUS, "false_positive", "Víðarr"),
        (Watched.STATUS, "fixed", "Unknown"),
        (Watched.SEVERITY, "low", "Víðarr"),
        (Watched.PROOF, "yes", "Garmr"),
    ],
)
def test_only_a_certain_author_is_named(field: Watched, new: str, who: str) -> None:
    (line,) = history_lines((), (SeenChange(field, "", new, EARLY),))
    assert line.who == who


def test_a_comment_keeps_its_words_and_has_no_values() -> None:
    said = make_event(event_type="comment", comment="Seen\nso", old_value=None, new_value=None)
    (line,) = history_lines((said,), ())
    assert (line.heading, line.change, line.comment) == ("Comment", "", "Seen\nso")
    assert line.who == "The server"


def test_a_missing_value_is_none() -> None:
    (line,) = history_lines((make_event(old_value=None, new_value="low"),), ())
    assert line.change == "none → low"


def test_an_unknown_kind_of_entry_still_has_a_heading() -> None:
    assert event_heading(make_event(event_type="moon_phase_seen")) == "Moon phase seen"
    assert event_heading(make_event(event_type=" ")) == "Changed"


def test_t64_says_when_a_later_attempt_overrides_a_person() -> None:
    set_by_person = make_event(created_at=EARLY, user_id=PERSON)
    changes = (SeenChange(Watched.SEVERITY, "medium", "critical", LATE),)
    lines = history_lines((set_by_person,), changes)
    assert [line.who for line in lines] == [
        "User 5f0c7f0e",
        "V\u00ed\u00f0arr, overriding a value set by a person",
    ]
    [_, by_server] = history_lines((make_event(created_at=EARLY),), changes)
    assert by_server.who == "Víðarr"

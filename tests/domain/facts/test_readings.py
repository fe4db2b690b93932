"""Readings of values, ends, changed rows and reviews: age decides, never the order of arrival."""

import itertools
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.comparison import ChangeKind, compare
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    Severity,
    Source,
    Verdict,
    without_long_texts,
)
from heimdall_desktop.domain.facts.listed_rows import ListedRows
from heimdall_desktop.domain.facts.readings import (
    READINGS_KEPT,
    EndReadings,
    LatestValue,
    SeenChange,
    Watched,
)
from tests.fakes.findings import FOUND_AT, finding_id, make_finding

EARLY = datetime(2026, 7, 4, 8, 0, 1, tzinfo=UTC)
LATE = datetime(2026, 7, 4, 8, 0, 2, tzinfo=UTC)


Answer = tuple[float, str]  # moment and value
Event = tuple[datetime, float, str]


@pytest.mark.parametrize(
    ("answers", "events", "value"),
    [
        ([], [], "queued"),
        ([(2.0, "hunting"), (1.0, "modeling")], [], "hunting"),
        ([], [(LATE, 1.0, "hunting"), (EARLY, 2.0, "modeling")], "hunting"),
        ([(2.0, "failed")], [(LATE, 1.0, "hunting")], "failed"),
        ([(1.0, "modeling")], [(EARLY, 2.0, "hunting")], "hunting"),
    ],
    ids=["initial", "later request", "later stamp", "request after event", "event after request"],
)
def test_t27_t35_the_newest_value_counts(
    answers: list[Answer], events: list[Event], value: str
) -> None:
    reported = LatestValue("queued")
    for event in events:
        reported.by_stream(*event)
    for answer in answers:
        reported.by_rest(*answer)
    assert reported.value == value


def test_the_order_of_arrival_makes_no_difference() -> None:
    def after(order: tuple[int, ...]) -> str:
        reported = LatestValue("queued")
        steps = [
            lambda: reported.by_rest(1.0, "a"),
            lambda: reported.by_rest(4.0, "b"),
            lambda: reported.by_stream(EARLY, 5.0, "c"),
            lambda: reported.by_stream(LATE, 3.0, "d"),
        ]
        for step in order:
            steps[step]()
        return reported.value

    assert {after(order) for order in itertools.permutations(range(4))} == {"b"}


def readings(*seen_changes: tuple[float, str]) -> EndReadings:
    made = EndReadings()
    for asked_at_s, status in seen_changes:
        made.read_status(asked_at_s, status)
    return made


def test_an_end_counts_since_it_is_reported_without_a_break() -> None:
    assert readings((1, "hunting")).since_s("failed") is None
    assert readings((1, "hunting"), (2, "failed"), (3, "failed")).since_s("failed") == 2
    assert readings((2, "failed"), (3, "hunting"), (4, "failed")).since_s("failed") == 4
    assert readings((2, "failed"), (3, "cancelled")).since_s("failed") is None


def test_a_scan_returns_from_the_end_reported_last() -> None:
    assert readings().returned_from is None
    assert readings((1, "cancelled")).returned_from is None
    assert readings((1, "failed"), (2, "cancelled"), (3, "ingesting")).returned_from == "cancelled"
    assert readings((1, "ingesting"), (2, "cancelled")).returned_from is None


def test_the_newest_moment_of_an_end_counts_in_any_order() -> None:
    made, at = EndReadings(), datetime(2026, 7, 4, 12, 4, tzinfo=UTC)
    made.note("cancelled", at)
    made.note("cancelled", at - timedelta(minutes=3))
    made.note("cancelled", None)
    made.note("hunting", at + timedelta(minutes=1))
    assert made.ended_at("cancelled") == at
    assert made.ended_at("hunting") is None


def test_the_order_of_arrival_does_not_matter() -> None:
    reported = [(1.0, "cancelled"), (2.0, "hunting"), (3.0, "failed"), (4.0, "failed")]
    made = [readings(*order) for order in permutations(reported)]
    assert {each.since_s("failed") for each in made} == {3.0}
    assert {each.since_s("cancelled") for each in made} == {None}
    assert {each.returned_from for each in made} == {None}


LATER = FOUND_AT + timedelta(minutes=6)
EVEN_LATER = FOUND_AT + timedelta(minutes=9)


def row(minutes: int = 0, **fields: Any) -> Finding:
    return make_finding(1, updated_at=FOUND_AT + timedelta(minutes=minutes), **fields)


def listed(*rows: Finding) -> ListedRows:
    made = ListedRows()
    for asked_at_s, each in enumerate(rows):
        made.read_row(float(asked_at_s), each)
    return made


def changes(*rows: Finding) -> tuple[SeenChange, ...]:
    return listed(*rows).seen.of(finding_id(1))


def test_a_row_that_stays_as_it_is_has_no_changes() -> None:
    assert changes(row(), row(), row(3, title="Another")) == ()


def test_each_changed_field_has_the_moment_of_the_change() -> None:
    fields = {"confidence": Confidence.LOW, "status": FindingStatus.FALSE_POSITIVE}
    assert changes(row(), row(6, **fields)) == (
        SeenChange(Watched.STATUS, "open", "false_positive", LATER),
        SeenChange(Watched.CONFIDENCE, "medium", "low", LATER),
    )


def test_a_proof_that_succeeded_is_a_change() -> None:
    proven = SeenChange(Watched.PROOF, "", "yes", LATER)
    assert changes(row(), row(6, poc_validated=True)) == (proven,)


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_the_order_of_changes_does_not_matter(order: tuple[int, ...]) -> None:
    rows = (row(), row(6, confidence=Confidence.HIGH), row(9, severity=Severity.LOW))
    reported = changes(*(rows[place] for place in order), rows[2])
    assert [(change.field, change.at) for change in reported] == [
        (Watched.CONFIDENCE, LATER),
        (Watched.SEVERITY, EVEN_LATER),
        (Watched.CONFIDENCE, EVEN_LATER),
    ]


def test_they_leave_with_the_rows() -> None:
    rows = listed(row(), row(6, severity=Severity.LOW))
    rows.clear()
    assert rows.seen.of(finding_id(1)) == ()


def test_of_a_row_that_never_rests_the_newest_readings_are_kept() -> None:
    minutes = range(READINGS_KEPT + 10)
    rows = listed(*(row(minute, severity_text=f"word {minute}") for minute in minutes))
    kept = rows.seen.readings_of(finding_id(1))
    assert len(kept) == READINGS_KEPT
    assert kept[-1][2] == f"word {READINGS_KEPT + 9}"


def test_kept_readings_of_an_earlier_session_are_restored() -> None:
    before, later = listed(row(), row(6, severity=Severity.LOW)), ListedRows()
    later.seen.recall(finding_id(1), before.seen.readings_of(finding_id(1)))
    assert later.seen.of(finding_id(1)) == before.seen.of(finding_id(1)) != ()


TEXT = "No guard found between the source and the sink."
DIVIDED = f"Traced from the route.\n\n--- V\u00ed\u00f0arr Review ---\n{TEXT}"
RULE: dict[str, Any] = {"source": Source.STATIC, "fingerprint": "3f1b"}
PACKAGE: dict[str, Any] = {"source": Source.DEPENDENCIES, "fingerprint": "deps-npm-lodash"}
CONFIG: dict[str, Any] = {"source": Source.CONFIG, "fingerprint": "57ab"}
TAINT: dict[str, Any] = {"source": Source.STATIC, "fingerprint": "taint-shop/api"}
HUNT: dict[str, Any] = {"source": Source.AI}


def reviewed_row(text: str | None, *, is_changed: bool = True, **fields: Any) -> Finding:
    at = LATER if is_changed else FOUND_AT
    wanted = {"confidence": Confidence.HIGH, **fields}
    return make_finding(1, agent_reasoning=text, created_at=FOUND_AT, updated_at=at, **wanted)


def read(*rows: Finding) -> Finding:
    return listed(*rows).findings[finding_id(1)]


def review_of(finding: Finding) -> tuple[bool, bool]:
    return finding.is_reviewed, finding.is_finder_silent


@pytest.mark.parametrize("producer", [RULE, PACKAGE, CONFIG, TAINT, HUNT])
def test_a_text_that_comes_to_a_row_without_one_is_a_review(producer: dict[str, Any]) -> None:
    for blank in (None, "  \n"):
        before = reviewed_row(blank, is_changed=False, **producer)
        assert review_of(read(before, reviewed_row(TEXT, **producer))) == (True, True)
        assert review_of(read(before)) == (False, False)


@pytest.mark.parametrize("producer", [PACKAGE, CONFIG, TAINT])
def test_so_is_a_first_text_of_a_producer_that_writes_none(producer: dict[str, Any]) -> None:
    assert review_of(read(reviewed_row(TEXT, **producer))) == (True, True)


def test_a_text_of_the_hunt_is_its_own_until_a_divider_follows() -> None:
    assert review_of(read(reviewed_row(TEXT, **HUNT))) == (False, False)
    assert review_of(read(reviewed_row(DIVIDED, **HUNT))) == (True, False)
    renamed = reviewed_row(DIVIDED, title="Another", **HUNT)
    assert review_of(read(reviewed_row(DIVIDED, **HUNT), renamed)) == (True, False)


def test_a_rule_that_writes_as_it_finds_is_not_taken_for_a_review() -> None:
    own = reviewed_row(TEXT, is_changed=False, **RULE)
    assert review_of(read(own)) == (False, False)
    assert review_of(read(own, reviewed_row(TEXT, **RULE))) == (False, False), "triaged since"
    assert review_of(read(own, reviewed_row(DIVIDED, **RULE))) == (True, False)


@pytest.mark.parametrize("has_read_before", [True, False])
def test_triage_moves_updated_at_and_makes_no_review(*, has_read_before: bool) -> None:
    own = reviewed_row(TEXT, is_changed=False, **RULE)
    dismissed = reviewed_row(TEXT, status=FindingStatus.DISMISSED, **RULE)
    reopened = replace(reviewed_row(TEXT, **RULE), updated_at=LATER + timedelta(minutes=1))
    readings = (own, dismissed, reopened) if has_read_before else (dismissed, reopened)
    assert review_of(read(*readings)) == (False, False)
    assert read(*readings).verdict is Verdict.UNVERIFIED
    assert compare([read(own)], [read(reopened)]).counts == {ChangeKind.STILL: 1}


@pytest.mark.parametrize("text", [TEXT, DIVIDED])
def test_a_review_that_was_watched_is_no_change_from_one_that_was_not(text: str) -> None:
    watched = read(reviewed_row(None, is_changed=False, **RULE), reviewed_row(text, **RULE))
    assert watched.verdict is Verdict.CONFIRMED
    assert compare([watched], [read(reviewed_row(text, **RULE))]).counts == {ChangeKind.STILL: 1}


def test_a_row_kept_without_its_long_texts_keeps_its_verdict() -> None:
    kept = without_long_texts(read(reviewed_row(DIVIDED, **RULE)))
    assert review_of(read(kept)) == (True, False)
    own = reviewed_row(TEXT, **RULE)
    assert review_of(read(own, without_long_texts(read(own)))) == (False, False)


def test_upheld_findings_of_every_producer_are_confirmed() -> None:
    for producer in (RULE, PACKAGE, CONFIG, TAINT):
        before = reviewed_row(None, is_changed=False, **producer)
        assert read(before, reviewed_row(TEXT, **producer)).verdict is Verdict.CONFIRMED
    assert read(reviewed_row(DIVIDED, **RULE)).verdict is Verdict.CONFIRMED
    undecided = reviewed_row(TEXT, **{**RULE, "confidence": Confidence.MEDIUM})
    assert read(undecided).verdict is Verdict.UNVERIFIED


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_the_order_of_reviews_does_not_matter(order: tuple[int, ...]) -> None:
    silent = reviewed_row(None, is_changed=False, **HUNT)
    rows = (silent, reviewed_row(TEXT, **HUNT), reviewed_row(TEXT, title="x", **HUNT))
    assert review_of(read(*(rows[place] for place in order), rows[2])) == (True, True)
    first, renamed = reviewed_row(TEXT, **RULE), reviewed_row(TEXT, title="x", **RULE)
    own = (first, renamed, reviewed_row(DIVIDED, **RULE))
    assert review_of(read(*(own[place] for place in order), own[2])) == (True, False)


def test_what_was_only_announced_had_no_reasoning_to_be_silent_in() -> None:
    announced = reviewed_row(None, is_announced=True, **HUNT)
    assert review_of(read(announced, reviewed_row(TEXT, **HUNT))) == (False, False)
    assert review_of(read(announced, reviewed_row(DIVIDED, **HUNT))) == (True, False)


def test_what_an_earlier_session_saw_is_kept() -> None:
    kept = replace(reviewed_row(TEXT, **HUNT), is_reviewed=True, is_finder_silent=True)
    assert review_of(read(kept, reviewed_row(TEXT, **HUNT))) == (True, True)


def test_reviews_leave_with_the_rows() -> None:
    rows = listed(reviewed_row(None, is_changed=False, **HUNT), reviewed_row(TEXT, **HUNT))
    rows.clear()
    rows.read_row(2.0, reviewed_row(TEXT, **HUNT))
    assert review_of(rows.findings[finding_id(1)]) == (False, False)

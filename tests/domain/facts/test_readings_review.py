"""A review is known by a divider, or by when a text appeared; never by what the text says."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.comparison import ChangeKind, compare
from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    Source,
    Verdict,
    without_long_texts,
)
from heimdall_desktop.domain.facts.listed_rows import ListedRows
from tests.fakes.findings import FOUND_AT, finding_id, make_finding

LATER = FOUND_AT + timedelta(minutes=6)
TEXT = "No guard found between the source and the sink."
DIVIDED = f"Traced from the route.\n\n--- V\u00ed\u00f0arr Review ---\n{TEXT}"
RULE: dict[str, Any] = {"source": Source.STATIC, "fingerprint": "3f1b"}
PACKAGE: dict[str, Any] = {"source": Source.DEPENDENCIES, "fingerprint": "deps-npm-lodash"}
CONFIG: dict[str, Any] = {"source": Source.CONFIG, "fingerprint": "57ab"}
TAINT: dict[str, Any] = {"source": Source.STATIC, "fingerprint": "taint-shop/api"}
HUNT: dict[str, Any] = {"source": Source.AI}


def row(text: str | None, *, is_changed: bool = True, **fields: Any) -> Finding:
    at = LATER if is_changed else FOUND_AT
    wanted = {"confidence": Confidence.HIGH, **fields}
    return make_finding(1, agent_reasoning=text, created_at=FOUND_AT, updated_at=at, **wanted)


def read(*rows: Finding) -> Finding:
    listed = ListedRows()
    for asked_at_s, each in enumerate(rows):
        listed.read_row(float(asked_at_s), each)
    return listed.findings[finding_id(1)]


def told(finding: Finding) -> tuple[bool, bool]:
    return finding.is_reviewed, finding.is_finder_silent


@pytest.mark.parametrize("producer", [RULE, PACKAGE, CONFIG, TAINT, HUNT])
def test_a_text_that_comes_to_a_row_without_one_is_a_review(producer: dict[str, Any]) -> None:
    for blank in (None, "  \n"):
        before = row(blank, is_changed=False, **producer)
        assert told(read(before, row(TEXT, **producer))) == (True, True)
        assert told(read(before)) == (False, False)


@pytest.mark.parametrize("producer", [PACKAGE, CONFIG, TAINT])
def test_so_is_one_first_seen_of_who_writes_none(producer: dict[str, Any]) -> None:
    assert told(read(row(TEXT, **producer))) == (True, True)


def test_a_text_of_the_hunt_is_its_own_until_a_divider_follows() -> None:
    assert told(read(row(TEXT, **HUNT))) == (False, False)
    assert told(read(row(DIVIDED, **HUNT))) == (True, False)
    assert told(read(row(DIVIDED, **HUNT), row(DIVIDED, title="Another", **HUNT))) == (True, False)


def test_a_rule_that_writes_as_it_finds_is_not_taken_for_a_review() -> None:
    own = row(TEXT, is_changed=False, **RULE)
    assert told(read(own)) == (False, False)
    assert told(read(own, row(TEXT, **RULE))) == (False, False), "triaged since"
    assert told(read(own, row(DIVIDED, **RULE))) == (True, False)


@pytest.mark.parametrize("has_read_before", [True, False])
def test_triage_moves_updated_at_and_makes_no_review(*, has_read_before: bool) -> None:
    own = row(TEXT, is_changed=False, **RULE)
    dismissed = row(TEXT, status=FindingStatus.DISMISSED, **RULE)
    reopened = replace(row(TEXT, **RULE), updated_at=LATER + timedelta(minutes=1))
    readings = (own, dismissed, reopened) if has_read_before else (dismissed, reopened)
    assert told(read(*readings)) == (False, False)
    assert read(*readings).verdict is Verdict.UNVERIFIED
    assert compare([read(own)], [read(reopened)]).counts == {ChangeKind.STILL: 1}


@pytest.mark.parametrize("text", [TEXT, DIVIDED])
def test_a_review_that_was_watched_is_no_change_from_one_that_was_not(text: str) -> None:
    watched = read(row(None, is_changed=False, **RULE), row(text, **RULE))
    assert watched.verdict is Verdict.CONFIRMED
    assert compare([watched], [read(row(text, **RULE))]).counts == {ChangeKind.STILL: 1}


def test_a_row_kept_without_its_long_texts_keeps_its_verdict() -> None:
    kept = without_long_texts(read(row(DIVIDED, **RULE)))
    assert told(read(kept)) == (True, False)
    assert told(read(row(TEXT, **RULE), without_long_texts(read(row(TEXT, **RULE))))) == (
        False,
        False,
    )


def test_upheld_findings_of_every_producer_are_confirmed() -> None:
    for producer in (RULE, PACKAGE, CONFIG, TAINT):
        before = row(None, is_changed=False, **producer)
        assert read(before, row(TEXT, **producer)).verdict is Verdict.CONFIRMED
    assert read(row(DIVIDED, **RULE)).verdict is Verdict.CONFIRMED
    undecided = row(TEXT, **{**RULE, "confidence": Confidence.MEDIUM})
    assert read(undecided).verdict is Verdict.UNVERIFIED


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_the_order_of_arrival_does_not_matter(order: tuple[int, ...]) -> None:
    rows = (row(None, is_changed=False, **HUNT), row(TEXT, **HUNT), row(TEXT, title="x", **HUNT))
    assert told(read(*(rows[place] for place in order), rows[2])) == (True, True)
    own = (row(TEXT, **RULE), row(TEXT, title="x", **RULE), row(DIVIDED, **RULE))
    assert told(read(*(own[place] for place in order), own[2])) == (True, False)


def test_what_was_only_announced_had_no_reasoning_to_be_silent_in() -> None:
    announced = row(None, is_announced=True, **HUNT)
    assert told(read(announced, row(TEXT, **HUNT))) == (False, False)
    assert told(read(announced, row(DIVIDED, **HUNT))) == (True, False)


def test_what_an_earlier_session_saw_is_kept() -> None:
    kept = replace(row(TEXT, **HUNT), is_reviewed=True, is_finder_silent=True)
    assert told(read(kept, row(TEXT, **HUNT))) == (True, True)


def test_reviews_leave_with_the_rows() -> None:
    listed = ListedRows()
    listed.read_row(0.0, row(None, is_changed=False, **HUNT))
    listed.read_row(1.0, row(TEXT, **HUNT))
    listed.clear()
    listed.read_row(2.0, row(TEXT, **HUNT))
    assert told(listed.findings[finding_id(1)]) == (False, False)

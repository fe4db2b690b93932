"""What was seen to change of a row: by the server's clock, whatever came first."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import Confidence, Finding, FindingStatus, Severity
from heimdall_desktop.domain.facts.listed_rows import ListedRows
from heimdall_desktop.domain.facts.readings import READINGS_KEPT, SeenChange, Watched
from tests.fakes.findings import FOUND_AT, finding_id, make_finding

LATER = FOUND_AT + timedelta(minutes=6)
EVEN_LATER = FOUND_AT + timedelta(minutes=9)


def row(minutes: int = 0, **fields: Any) -> Finding:
    return make_finding(1, updated_at=FOUND_AT + timedelta(minutes=minutes), **fields)


def changes(*rows: Finding) -> tuple[SeenChange, ...]:
    listed = ListedRows()
    for asked_at_s, each in enumerate(rows):
        listed.read_row(float(asked_at_s), each)
    return listed.changes_of(finding_id(1))


def test_a_row_that_stays_as_it_is_has_no_changes() -> None:
    assert changes(row(), row(), row(3, title="Another")) == ()


def test_each_field_is_told_with_the_moment_the_row_changed() -> None:
    fields = {"confidence": Confidence.LOW, "status": FindingStatus.FALSE_POSITIVE}
    assert changes(row(), row(6, **fields)) == (
        SeenChange(Watched.STATUS, "open", "false_positive", LATER),
        SeenChange(Watched.CONFIDENCE, "medium", "low", LATER),
    )


def test_a_proof_that_succeeded_is_a_change() -> None:
    assert changes(row(), row(6, poc_validated=True)) == (
        SeenChange(Watched.PROOF, "", "yes", LATER),
    )


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_the_order_of_arrival_does_not_matter(order: tuple[int, ...]) -> None:
    rows = (row(), row(6, confidence=Confidence.HIGH), row(9, severity=Severity.LOW))
    told = changes(*(rows[place] for place in order), rows[2])
    assert [(change.field, change.at) for change in told] == [
        (Watched.CONFIDENCE, LATER),
        (Watched.SEVERITY, EVEN_LATER),
        (Watched.CONFIDENCE, EVEN_LATER),
    ]


def test_they_leave_with_the_rows() -> None:
    listed = ListedRows()
    listed.read_row(0.0, row())
    listed.read_row(1.0, row(6, severity=Severity.LOW))
    listed.clear()
    assert listed.changes_of(finding_id(1)) == ()


def test_of_a_row_that_never_rests_the_newest_readings_are_kept() -> None:
    listed = ListedRows()
    for minutes in range(READINGS_KEPT + 10):
        listed.read_row(float(minutes), row(minutes, severity_text=f"word {minutes}"))
    kept = listed.readings_of(finding_id(1))
    assert len(kept) == READINGS_KEPT
    assert kept[-1][2] == f"word {READINGS_KEPT + 9}"


def test_what_an_earlier_session_has_kept_is_told_again() -> None:
    before, listed = ListedRows(), ListedRows()
    before.read_row(0.0, row())
    before.read_row(1.0, row(6, severity=Severity.LOW))
    listed.recall(finding_id(1), before.readings_of(finding_id(1)))
    assert listed.changes_of(finding_id(1)) == before.changes_of(finding_id(1)) != ()

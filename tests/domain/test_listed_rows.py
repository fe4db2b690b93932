"""Rows merged by id: nothing dropped, nothing twice, counts that always add up."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.finding import Confidence, Finding, Severity
from heimdall_desktop.domain.listed_rows import ListedRows
from tests.fakes.findings import finding_id, make_finding

READINGS = st.lists(
    st.builds(
        lambda number, severity, confidence: make_finding(
            number, severity=severity, confidence=confidence
        ),
        st.integers(1, 4),
        st.sampled_from(Severity),
        st.sampled_from(Confidence),
    ),
    max_size=12,
)


def test_a_new_row_replaces_none() -> None:
    row = make_finding(1)
    assert ListedRows().read(1.0, row) == (row, None)


def test_a_row_that_says_the_same_is_no_news() -> None:
    rows = ListedRows()
    rows.read(1.0, make_finding(1))
    assert rows.read(2.0, make_finding(1)) is None


def test_a_changed_row_comes_with_the_one_it_replaces() -> None:
    rows = ListedRows()
    before, after = make_finding(1), make_finding(1, severity=Severity.LOW)
    rows.read(1.0, before)
    assert rows.read(2.0, after) == (after, before)
    assert +rows.severities == Counter({Severity.LOW: 1})


def test_t27_an_older_reading_changes_nothing() -> None:
    rows = ListedRows()
    rows.read(2.0, make_finding(1, severity=Severity.LOW))
    assert rows.read(1.0, make_finding(1, severity=Severity.HIGH)) is None
    assert rows.findings[finding_id(1)].severity is Severity.LOW


def test_a_rise_is_seen_even_if_the_lower_reading_comes_late() -> None:
    rows = ListedRows()
    rows.read(2.0, make_finding(1, confidence=Confidence.HIGH))
    changed = rows.read(1.0, make_finding(1, confidence=Confidence.LOW))
    assert changed is not None
    assert changed[0].has_risen
    assert changed[0].confidence is Confidence.HIGH


@given(READINGS, st.randoms(use_true_random=False))
def test_any_order_of_readings_makes_the_same_rows(
    readings: list[Finding], random: st.DataObject
) -> None:
    aged = list(enumerate(readings))
    in_order, shuffled = ListedRows(), ListedRows()
    for moment, row in aged:
        in_order.read(float(moment), row)
    random.shuffle(aged)  # type: ignore[attr-defined]
    for moment, row in aged:
        shuffled.read(float(moment), row)
    assert shuffled.findings == in_order.findings
    assert +shuffled.severities == +in_order.severities
    assert shuffled.severities.total() == len(shuffled.findings)

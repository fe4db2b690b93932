"""Rows are sorted by one column after the other, each in its own direction, and ties go by age."""

from datetime import UTC, datetime
from functools import cmp_to_key
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    Severity,
    Source,
)
from heimdall_desktop.domain.table.order import KEYS_LIMIT, By, Column, Order, Sorting, column_key
from tests.fakes.findings import SCAN_ID, make_finding
from tests.fakes.steps import all_steps

columns = st.sampled_from([column for column in Column if column is not Column.SCAN])
findings = st.builds(
    lambda number, severity, status, title, day: make_finding(
        number,
        severity=severity,
        status=status,
        title=title,
        created_at=datetime(2026, 1, day, tzinfo=UTC),
    ),
    st.integers(0, 99),
    st.sampled_from([Severity.LOW, Severity.HIGH]),
    st.sampled_from([FindingStatus.OPEN, FindingStatus.FIXED]),
    st.sampled_from("ab"),
    st.integers(1, 3),
)
keys = st.lists(st.builds(By, columns, st.booleans()), min_size=1, max_size=3)


def compared(one: Finding, other: Finding, by: list[By]) -> int:
    for key in by:
        mine, others = (column_key(key.column, {})(finding) for finding in (one, other))
        if mine != others:
            return 1 if ((mine,) > (others,)) is not key.is_descending else -1
    is_older = (one.created_at, one.id) < (other.created_at, other.id)
    return -1 if is_older is not by[-1].is_descending else 1


@given(st.lists(findings, max_size=20, unique_by=lambda finding: finding.id), keys)
def test_rows_are_sorted_by_each_key_in_its_direction(rows: list[Finding], by: list[By]) -> None:
    sorting = Sorting(Order(by[0].column, by[0].is_descending, tuple(by[1:])), {})
    aged = sorted(rows, key=lambda finding: (finding.created_at, finding.id))
    ordered = sorting.sorted(aged)
    assert all_steps(sorting.sorted_in_steps(aged)) == ordered

    def compare(one: Finding, other: Finding) -> int:
        return compared(one, other, by)

    assert ordered == sorted(rows, key=cmp_to_key(compare))
    assert [sorting.position(ordered, finding) for finding in ordered] == list(range(len(ordered)))
    assert all(sorting.key(one) != sorting.key(other) for one, other in pairwise(ordered))


def test_a_click_sorts_and_a_second_one_turns() -> None:
    by_severity = Order().by(Column.SEVERITY, descends_first=True)
    assert by_severity == Order(Column.SEVERITY, is_descending=True)
    assert by_severity.by(Column.SEVERITY) == Order(Column.SEVERITY)
    assert by_severity.also_by(Column.CWE).by(Column.STATUS) == Order(Column.STATUS)


def test_a_further_key_is_added_and_turned() -> None:
    order = Order(Column.SEVERITY, is_descending=True).also_by(Column.CWE)
    assert order.further == (By(Column.CWE),)
    assert order.also_by(Column.CWE).further == (By(Column.CWE, is_descending=True),)
    assert order.also_by(Column.SEVERITY).keys == (By(Column.SEVERITY), By(Column.CWE))
    assert (order.place_of(Column.CWE), order.place_of(Column.SCAN)) == (1, None)


def test_there_are_not_endless_keys() -> None:
    order = Order()
    for column in Column:
        order = order.also_by(column)
    assert len(order.keys) == KEYS_LIMIT


# -- rows sort by what a column means --


NAMES = {SCAN_ID: "payments-api"}


@pytest.mark.parametrize(
    ("column", "lesser", "greater"),
    [
        (Column.SEVERITY, {"severity": Severity.OTHER}, {"severity": Severity.CRITICAL}),
        (Column.FINDING, {"title": "a"}, {"title": "B"}),
        (Column.LOCATION, {"line_start": 9}, {"line_start": 10}),
        (Column.SOURCE, {"source": Source.AI}, {"source": Source.STATIC}),
        (Column.SOURCE, {"source": Source.OTHER, "source_text": "fuzz"}, {"source": Source.STATIC}),
        (Column.SOURCE, {"source": Source.STATIC}, {"is_announced": True}),
        (Column.CWE, {"cwe_text": None}, {"cwe_text": "CWE-9"}),
        (Column.CWE, {"cwe_text": "CWE-9"}, {"cwe_text": "CWE-10"}),
        (Column.CONFIDENCE, {"confidence": Confidence.LOW}, {"confidence": Confidence.HIGH}),
        (Column.STATUS, {"status": FindingStatus.OPEN}, {"status": FindingStatus.FIXED}),
        (Column.SCAN, {"scan_id": "x"}, {"scan_id": SCAN_ID}),
    ],
)
def test_columns_sort_by_meaning(
    column: Column, lesser: dict[str, object], greater: dict[str, object]
) -> None:
    key = column_key(column, NAMES)
    assert (key(make_finding(2, **lesser)),) < (key(make_finding(1, **greater)),)

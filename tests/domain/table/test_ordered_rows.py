"""Rows stay in order whatever comes and goes, and the edits tell a view the same."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity
from heimdall_desktop.domain.table.order import NEWEST_LAST, Column, Order, Sorting
from heimdall_desktop.domain.table.ordered_rows import (
    Edit,
    OrderedRows,
    Row,
    RowMoved,
    RowsInserted,
    RowsRemoved,
    RowsReplaced,
    RowsReset,
)
from tests.fakes.findings import FOUND_AT, make_finding
from tests.fakes.replay import replay

BY_AGE = Sorting(NEWEST_LAST, {})
BY_SEVERITY = Sorting(Order(Column.SEVERITY, is_descending=True), {})
MANY = 100


def aged(number: int, seconds: int | None = None, scan: str = "one") -> Finding:
    at = FOUND_AT + timedelta(seconds=number if seconds is None else seconds)
    return make_finding(number, created_at=at, scan_id=ScanId(scan))


def filled(*numbers: int) -> OrderedRows:
    shown = OrderedRows(BY_AGE)
    list(shown.insert(map(aged, numbers), MANY))
    return shown


def test_neighbours_come_as_one_edit() -> None:
    shown = filled(0, 5)
    edits = list(shown.insert([aged(7), aged(2), aged(3)], MANY))
    assert edits == [RowsInserted(1, [aged(2), aged(3)]), RowsInserted(4, [aged(7)])]
    assert list(shown.rows) == [aged(n) for n in (0, 2, 3, 5, 7)]
    assert list(shown.insert([], MANY)) == []


def test_neighbours_go_as_one_edit() -> None:
    shown = filled(*range(6))
    assert list(shown.delete_all([0, 1, 4], MANY)) == [
        RowsRemoved(4, 1, [aged(4)]),
        RowsRemoved(0, 2, [aged(0), aged(1)]),
    ]
    assert list(shown.rows) == [aged(n) for n in (2, 3, 5)]


def test_what_is_scattered_is_told_as_all_rows() -> None:
    shown = filled(0, 2, 4, 6)
    assert list(shown.insert([aged(1), aged(3), aged(5)], 2)) == [
        RowsReset(tuple(aged(n) for n in range(7)))
    ]
    assert list(shown.delete_all([0, 2, 4], 2)) == [RowsReset(tuple(aged(n) for n in (1, 3, 5, 6)))]


def test_a_scan_goes_with_its_rows() -> None:
    shown = OrderedRows(BY_AGE)
    other = aged(1, scan="two")
    list(shown.insert([aged(0), other, aged(2)], MANY))
    assert list(shown.drop_scan(ScanId("two"), MANY)) == [RowsRemoved(1, 1, [other])]
    assert list(shown.rows) == [aged(0), aged(2)]


def test_a_row_that_says_something_new_moves_only_if_its_key_is_another() -> None:
    shown = filled(0, 1, 2)
    titled = make_finding(1, created_at=aged(1).created_at, scan_id=ScanId("one"), title="New")
    assert shown.renew(1, titled) is None
    assert shown.rows[1] == titled
    assert shown.renew(0, aged(0, 9)) == RowMoved(0, 2, aged(0, 9), aged(0))
    assert shown.is_at(2, aged(0).id)
    assert not shown.is_at(3, aged(0).id)


def test_rows_that_say_something_new_are_told_with_what_they_said() -> None:
    shown = filled(0, 1, 2, 3)
    before = {aged(n).id: aged(n, 99) for n in range(4)}
    told = list(shown.replaced([3, 0, 1, 1], before))
    assert told == [
        RowsReplaced(0, (aged(0), aged(1)), (aged(0, 99), aged(1, 99))),
        RowsReplaced(3, (aged(3),), (aged(3, 99),)),
    ]


@pytest.mark.parametrize("limit", [0, 2, MANY])
@given(steps=st.lists(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(Severity)))))
def test_a_view_that_replays_the_edits_shows_the_same(
    limit: int, steps: list[list[tuple[int, Severity]]]
) -> None:
    shown, seen = OrderedRows(BY_SEVERITY), list[Row]()
    for step in steps:
        found = {number: make_finding(number, severity=severity) for number, severity in step}
        ids = {finding.id for finding in found.values()}
        gone = [row for row, finding in enumerate(shown.rows) if finding.id in ids]
        edits: list[Edit] = list(shown.delete_all(gone, limit))
        edits += shown.insert(found.values(), limit)
        seen = replay(seen, edits)
        assert seen == list(shown.rows)
        oldest_first = sorted(shown.rows, key=lambda finding: (finding.created_at, finding.id))
        assert list(shown.rows) == BY_SEVERITY.sorted(oldest_first)

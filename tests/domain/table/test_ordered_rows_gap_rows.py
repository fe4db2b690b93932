"""A gap stands between what was announced before it and what was announced after it."""

from datetime import timedelta

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.facts.observation import Gap
from heimdall_desktop.domain.table.order import NEWEST_LAST, Column, Order
from heimdall_desktop.domain.table.ordered_rows import GapRow, can_hold_gaps, placed
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding


def row(number: int) -> Finding:
    return make_finding(number, created_at=FOUND_AT + timedelta(seconds=number))


def gap(began_s: float, ended_s: float, *, is_lag: bool = False) -> GapRow:
    began, ended = FOUND_AT + timedelta(seconds=began_s), FOUND_AT + timedelta(seconds=ended_s)
    return GapRow(SCAN_ID, Gap(began, ended, is_lag))


def places(gaps: list[GapRow], rows: list[Finding], order: Order) -> list[int]:
    return [place for place, _ in placed(gaps, rows, order)]


def test_gaps_stand_in_their_place_by_time() -> None:
    rows, gaps = [row(number) for number in (0, 10, 20)], [gap(-5, -4), gap(12, 18), gap(30, 31)]
    assert places(gaps, rows, NEWEST_LAST) == [0, 2, 3]
    newest_first = Order(Column.FIRST_SEEN, is_descending=True)
    assert places(gaps, rows[::-1], newest_first) == [0, 1, 3]
    assert placed(gaps, rows[::-1], newest_first)[0][1] is gaps[2]


def test_rows_in_another_order_hold_none() -> None:
    assert can_hold_gaps(NEWEST_LAST)
    assert not can_hold_gaps(Order(Column.SEVERITY))

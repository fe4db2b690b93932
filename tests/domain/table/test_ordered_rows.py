"""Rows stay in order whatever comes and goes, and the edits tell a view the same."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Gap
from heimdall_desktop.domain.filters.filter import ANY_NEWS, ONLY_CHANGED, ONLY_NEW
from heimdall_desktop.domain.table import ordered_rows
from heimdall_desktop.domain.table.order import NEWEST_LAST, Column, Order, Sorting
from tests.fakes.announced_scans import by_stream
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.fakes.past_scans import replay
from tests.lab.scan_script import ScriptedTime

BY_AGE = Sorting(NEWEST_LAST, {})
BY_SEVERITY = Sorting(Order(Column.SEVERITY, is_descending=True), {})
MANY = 100


def aged(number: int, seconds: int | None = None, scan: str = "one") -> Finding:
    at = FOUND_AT + timedelta(seconds=number if seconds is None else seconds)
    return make_finding(number, created_at=at, scan_id=ScanId(scan))


def filled(*numbers: int) -> ordered_rows.OrderedRows:
    shown = ordered_rows.OrderedRows(BY_AGE)
    list(shown.insert(map(aged, numbers), MANY))
    return shown


def test_neighbours_come_as_one_edit() -> None:
    shown = filled(0, 5)
    first, second = shown.insert([aged(7), aged(2), aged(3)], MANY)
    assert first == ordered_rows.RowsInserted(1, [aged(2), aged(3)])
    assert second == ordered_rows.RowsInserted(4, [aged(7)])
    assert list(shown.rows) == [aged(n) for n in (0, 2, 3, 5, 7)]
    assert list(shown.insert([], MANY)) == []


def test_neighbours_go_as_one_edit() -> None:
    shown = filled(*range(6))
    first, second = shown.delete_all([0, 1, 4], MANY)
    assert first == ordered_rows.RowsRemoved(4, 1, [aged(4)])
    assert second == ordered_rows.RowsRemoved(0, 2, [aged(0), aged(1)])
    assert list(shown.rows) == [aged(n) for n in (2, 3, 5)]


def test_scattered_rows_reset_all_rows() -> None:
    shown = filled(0, 2, 4, 6)
    (edit,) = shown.insert([aged(1), aged(3), aged(5)], 2)
    assert edit == ordered_rows.RowsReset(tuple(aged(n) for n in range(7)))
    (edit,) = shown.delete_all([0, 2, 4], 2)
    assert edit == ordered_rows.RowsReset(tuple(aged(n) for n in (1, 3, 5, 6)))


def test_a_changed_row_moves_only_if_its_key_differs() -> None:
    shown = filled(0, 1, 2)
    titled = make_finding(1, created_at=aged(1).created_at, scan_id=ScanId("one"), title="New")
    assert shown.renew(1, titled) is None
    assert shown.rows[1] == titled
    assert shown.renew(0, aged(0, 9)) == ordered_rows.RowMoved(0, 2, aged(0, 9), aged(0))
    assert shown.rows[2].id == aged(0).id


def test_replaced_rows_come_with_their_earlier_content() -> None:
    shown = filled(0, 1, 2, 3)
    before = {aged(n).id: aged(n, 99) for n in range(4)}
    first, second = shown.replaced([3, 0, 1, 1], before)
    assert first == ordered_rows.RowsReplaced(0, (aged(0), aged(1)), (aged(0, 99), aged(1, 99)))
    assert second == ordered_rows.RowsReplaced(3, (aged(3),), (aged(3, 99),))


@pytest.mark.parametrize("limit", [0, 2, MANY])
@given(steps=st.lists(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(Severity)))))
def test_a_view_that_replays_the_edits_shows_the_same(
    limit: int, steps: list[list[tuple[int, Severity]]]
) -> None:
    shown, seen = ordered_rows.OrderedRows(BY_SEVERITY), list[ordered_rows.Row]()
    for step in steps:
        found = {number: make_finding(number, severity=severity) for number, severity in step}
        ids = {finding.id for finding in found.values()}
        gone = [row for row, finding in enumerate(shown.rows) if finding.id in ids]
        edits: list[ordered_rows.Edit] = list(shown.delete_all(gone, limit))
        edits += shown.insert(found.values(), limit)
        seen = replay(seen, edits)
        assert seen == list(shown.rows)
        oldest_first = sorted(shown.rows, key=lambda finding: (finding.created_at, finding.id))
        assert list(shown.rows) == BY_SEVERITY.sorted(oldest_first)


def gap(began_s: float, ended_s: float, *, is_lag: bool = False) -> ordered_rows.GapRow:
    began, ended = FOUND_AT + timedelta(seconds=began_s), FOUND_AT + timedelta(seconds=ended_s)
    return ordered_rows.GapRow(SCAN_ID, Gap(began, ended, is_lag))


def places(gaps: list[ordered_rows.GapRow], rows: list[Finding], order: Order) -> list[int]:
    return [place for place, _ in ordered_rows.placed(gaps, rows, order)]


def test_gaps_are_placed_by_time() -> None:
    rows, gaps = [aged(number) for number in (0, 10, 20)], [gap(-5, -4), gap(12, 18), gap(30, 31)]
    assert places(gaps, rows, NEWEST_LAST) == [0, 2, 3]
    newest_first = Order(Column.FIRST_SEEN, is_descending=True)
    assert places(gaps, rows[::-1], newest_first) == [0, 1, 3]
    assert ordered_rows.placed(gaps, rows[::-1], newest_first)[0][1] is gaps[2]


def test_rows_in_another_order_hold_none() -> None:
    store = Store()
    by_stream(store, ScriptedTime())
    assert len(ordered_rows.gaps_of(store, NEWEST_LAST)) == 1
    assert ordered_rows.gaps_of(store, Order(Column.SEVERITY)) == []


# -- marks come with news, go with a look, and outlive the session --


def marked(count: int) -> ordered_rows.NewMarks:
    marks = ordered_rows.NewMarks()
    for number in range(count):
        marks.read(finding_id(number), SCAN_ID, is_news=True)
    return marks


def test_only_news_is_new() -> None:
    marks = ordered_rows.NewMarks()
    assert not marks.read(finding_id(1), SCAN_ID, is_news=False)
    assert marks.read(finding_id(2), SCAN_ID, is_news=True)
    assert list(marks) == [finding_id(2)]


def test_a_look_takes_the_mark_away_and_stays_until_the_next_look() -> None:
    marks = marked(3)
    assert marks.see(finding_id(0))
    assert (finding_id(0) in marks, marks.staying, len(marks)) == (False, finding_id(0), 2)
    assert not marks.see(finding_id(0))
    assert marks.staying == finding_id(0)
    marks.see(finding_id(1))
    assert marks.staying == finding_id(1)
    assert not marks.see(finding_id(0))
    assert marks.staying is None


def test_what_was_new_is_new_again_once_it_is_read() -> None:
    later = ordered_rows.NewMarks(marked(2).remembered())
    assert (len(later), later.remembered()) == (0, [finding_id(0), finding_id(1)])
    assert later.read(finding_id(1), SCAN_ID, is_news=False)
    assert list(later) == [finding_id(1)]
    later.see(finding_id(1))
    assert later.remembered() == [finding_id(0)]


def test_only_the_newest_marks_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordered_rows, "REMEMBERED_LIMIT", 2)
    assert marked(4).remembered() == [finding_id(2), finding_id(3)]


def test_a_scan_that_leaves_takes_its_marks() -> None:
    marks = marked(2)
    marks.see_all([finding_id(0)])
    assert len(marks) == 1
    marks.drop_scan(SCAN_ID)
    assert len(marks) == 0


def test_news_of_a_finding_fits_the_request() -> None:
    marks, asked = marked(1), (ONLY_NEW, ANY_NEWS - ONLY_NEW, ANY_NEWS)
    assert [marks.fit(finding_id(0), news) for news in asked] == [True, False, True]
    assert [marks.fit(finding_id(2), news) for news in asked] == [False, True, True]
    marks.see(finding_id(0))
    assert marks.fit(finding_id(0), ONLY_NEW), "while it is selected"
    assert not marks.fit(finding_id(0), ONLY_CHANGED)

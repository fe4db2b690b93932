"""Groups equal groups from scratch, and their edits replay to them."""

from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.change import Change, FindingAdded, ScanRemoved
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table import group, ordered_rows
from heimdall_desktop.domain.table import grouping as module
from heimdall_desktop.domain.table.finding_index import FilterCache, FindingIndex
from heimdall_desktop.domain.table.group import GROUP_KEYS, Fingerprints, Group, GroupBy, GroupKey
from heimdall_desktop.domain.table.grouped_listing import GroupedListing
from heimdall_desktop.domain.table.grouping import REBUILD_FROM, Grouping, Preparation
from heimdall_desktop.domain.table.listing import Listing
from heimdall_desktop.domain.table.order import NEWEST_LAST, Column, Order, Sorting
from heimdall_desktop.presentation.table_text import group_title
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.fakes.past_scans import replay
from tests.fakes.steps import all_steps

BY_SEVERITY = Order(Column.SEVERITY, is_descending=True)


def aged(number: int, path: str, seconds: int = 0, **fields: object) -> Finding:
    created_at = FOUND_AT + timedelta(seconds=seconds or number)
    return make_finding(number, file_path=path, created_at=created_at, **fields)


findings = st.builds(
    lambda number, path, seconds, severity, status, scan: aged(
        number,
        path,
        seconds,
        severity=severity,
        status=status,
        scan_id=ScanId(scan),
        fingerprint=path * (number % 3),
    ),
    st.integers(0, 14),
    st.sampled_from(["a", "b", "c"]),
    st.integers(1, 4),
    st.sampled_from(Severity),
    st.sampled_from([FindingStatus.OPEN, FindingStatus.FIXED]),
    st.sampled_from(["one", "two"]),
)
changes = st.one_of(findings.map(FindingAdded), st.just(ScanRemoved(ScanId("one"))))
orders = st.sampled_from([NEWEST_LAST, BY_SEVERITY, Order(Column.STATUS)])


def outline(rows: Sequence[ordered_rows.Row]) -> list[object]:
    """Return what the table shows: ids, and heads with their numbers."""
    return [
        row.id if isinstance(row, Finding) else (row.key, len(row.rows), dict(row.severities))
        for row in rows
    ]


@given(
    orders,
    st.sampled_from([GroupBy.FILE, GroupBy.FINGERPRINT]),
    st.lists(st.tuples(st.lists(changes, max_size=6), st.sampled_from(["a", "b"])), max_size=8),
)
def test_equal_groups_from_scratch_after_any_changes(
    order: Order, by: GroupBy, steps: list[tuple[list[Change], str]]
) -> None:
    listing = Listing(order=order)
    grouping = Grouping(by, listing.get)
    closed: set[GroupKey] = set()
    shown: list[ordered_rows.Row] = list(grouping.build(listing.rows, listing.sorting).rows)
    for batch, path in steps:
        shown = replay(shown, grouping.replay(listing.apply(batch), listing.rows))
        key = (ScanId("one"), path) if by is GroupBy.FILE else path
        if grouping.row_of_group(key) is not None:
            closed ^= {key}
            shown = replay(shown, grouping.toggle(key))
        scratch = Grouping(by, listing.get)
        expected = list(scratch.build(listing.rows, listing.sorting).rows)
        for closed_key in closed:
            expected = replay(expected, scratch.toggle(closed_key))
        assert outline(shown) == outline(expected)
        for row, entry in enumerate(shown):
            if isinstance(entry, Finding):
                assert grouping.row_of(entry.id) == row
            else:
                assert grouping.row_of_group(entry.key) == row
        places = [grouping.position_of(finding.id) for finding in grouping.findings()]
        assert places == list(range(len(places)))


@given(
    st.lists(findings, min_size=4, max_size=12),
    orders,
    st.sampled_from(list(GroupBy)),
    st.lists(st.lists(findings.map(FindingAdded), min_size=1, max_size=4), min_size=1, max_size=4),
    st.booleans(),
)
def test_groups_prepared_slice_by_slice_equal_groups_from_scratch(
    first: list[Finding],
    order: Order,
    by: GroupBy,
    batches: list[list[FindingAdded]],
    is_for_filter: bool,
) -> None:
    rows, scratch = GroupedListing(), GroupedListing()
    wanted = parse_filter("sev>=medium") if is_for_filter else rows.listing.filter
    for arrangement in (rows, scratch):
        arrangement.apply(map(FindingAdded, first))
        if is_for_filter:
            arrangement.show(arrangement.listing.filter, order, by)
    with mock.patch.object(group, "SLICE", 3):
        work = rows.listing.prepare(wanted, order, by)
        for batch in batches:
            next(work, None)
            for arrangement in (rows, scratch):
                arrangement.apply(batch)
        deque(work, maxlen=0)
    shown, expected = (each.show(wanted, order, by) for each in (rows, scratch))
    assert outline_of(shown) == outline_of(expected)


def test_a_row_that_gives_up_its_fingerprint_during_preparation_appears_once() -> None:
    rows = GroupedListing()
    rows.apply([FindingAdded(aged(2, "b", fingerprint="b")), FindingAdded(aged(0, "a"))])
    deque(rows.listing.prepare(by=GroupBy.FINGERPRINT), maxlen=0)
    news = (aged(1, "b", fingerprint="b"), aged(2, "a", fingerprint="a"))
    rows.apply(map(FindingAdded, news))
    shown = rows.show(rows.listing.filter, NEWEST_LAST, GroupBy.FINGERPRINT)
    rows_of_all = [finding_id(n) for n in (0, 1, 2)]
    assert [row for row in outline_of(shown) if isinstance(row, str)] == rows_of_all


def outline_of(edits: Sequence[ordered_rows.Edit]) -> list[object]:
    (reset,) = edits
    assert isinstance(reset, ordered_rows.RowsReset)
    return outline(reset.rows)


def grouped(*rows: Finding, order: Order = BY_SEVERITY) -> tuple[Listing, Grouping]:
    listing = Listing(order=order)
    grouping = Grouping(GroupBy.FILE, listing.get)
    listing.apply([FindingAdded(finding) for finding in rows])
    grouping.build(listing.rows, listing.sorting)
    return listing, grouping


def test_an_arrival_updates_its_group_in_place() -> None:
    listing, grouping = grouped(aged(1, "a"), aged(2, "b"))
    news = aged(3, "b", severity=Severity.LOW)
    replayed = grouping.replay(listing.apply([FindingAdded(news)]), listing.rows)
    group = grouping.group_of(news.id)
    assert group is not None
    first, second = replayed
    assert first == ordered_rows.RowsInserted(2, (news,))
    assert second == ordered_rows.RowsReplaced(0, (group,))
    assert group.severities == {Severity.HIGH: 1, Severity.LOW: 1}


def test_a_group_goes_where_its_best_row_belongs() -> None:
    listing, grouping = grouped(aged(1, "a"), aged(2, "b"))
    worst = aged(3, "a", severity=Severity.CRITICAL)
    replayed = grouping.replay(listing.apply([FindingAdded(worst)]), listing.rows)
    group = grouping.group_of(worst.id)
    assert group is not None
    assert replayed[1] == ordered_rows.RowsRemoved(2, 3)
    assert replayed[2:] == [ordered_rows.RowsInserted(0, (group, worst, aged(1, "a")))]


def test_a_closed_group_shows_its_head_alone() -> None:
    listing, grouping = grouped(aged(1, "a"), aged(2, "b"))
    key = (SCAN_ID, "b")
    replayed = grouping.toggle(key)
    assert replayed[1] == ordered_rows.RowsRemoved(1, 1)
    assert (grouping.row_of(finding_id(2)), grouping.row_of(finding_id(1))) == (None, 2)
    assert grouping.position_of(finding_id(2)) == 0
    grouping.replay(listing.apply([FindingAdded(aged(3, "b"))]), listing.rows)
    assert grouping.row_of(finding_id(3)) is None
    grouping.build(listing.rows, listing.sorting)
    assert grouping.row_of(finding_id(3)) is None
    assert len(grouping.set_all_open(are_open=True).rows) == 5
    assert len(grouping.set_all_open(are_open=False).rows) == 2


def test_many_changes_rebuild_the_groups() -> None:
    listing, grouping = grouped(aged(1, "a"))
    news = [FindingAdded(aged(n, "b")) for n in range(2, REBUILD_FROM + 3)]
    replayed = grouping.replay(listing.apply(news), listing.rows)
    assert isinstance(replayed[0], ordered_rows.RowsReset)
    assert len(replayed[0].rows) == REBUILD_FROM + 4


def test_a_finding_whose_group_is_another_goes_there() -> None:
    first = aged(1, "a")
    listing, grouping = grouped(first, aged(2, "b"))
    moved = replace(first, file_path="b")
    grouping.replay(listing.apply([FindingAdded(moved)]), listing.rows)
    group = grouping.group_of(first.id)
    assert isinstance(group, Group)
    assert len(group.rows) == 2
    assert grouping.row_of_group((SCAN_ID, "a")) is None


def test_only_fingerprints_that_are_shared_make_groups() -> None:
    listing = Listing()
    grouping = Grouping(GroupBy.FINGERPRINT, listing.get)
    listing.apply([FindingAdded(aged(n, "a", fingerprint=f"{n}")) for n in range(1, 4)])
    (alone, *_) = grouping.build(listing.rows, listing.sorting).rows
    assert isinstance(alone, Group)
    assert (group_title(alone, {}), len(alone.rows)) == ("Unique fingerprints", 3)
    grouping.replay(listing.apply([FindingAdded(aged(9, "b", fingerprint="2"))]), listing.rows)
    shared = grouping.group_of(finding_id(2))
    assert shared is not None
    assert (group_title(shared, {}), len(shared.rows), len(alone.rows)) == ("2", 2, 2)
    gone = replace(aged(9, "b"), fingerprint="3")
    grouping.replay(listing.apply([FindingAdded(gone)]), listing.rows)
    assert grouping.group_of(finding_id(2)) is alone
    assert grouping.group_of(finding_id(3)) is not alone


# -- rows in order stay right while they wait, as long as few change --


WANTED = parse_filter("sev>=medium")
ORDER = Order(Column.SEVERITY, is_descending=True)
puts = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(Severity)), max_size=9)


def put(findings: FindingIndex, number: int, severity: Severity) -> None:
    findings.put(make_finding(number, severity=severity))


def ready(findings: FindingIndex) -> Preparation:
    passing = list(filter(WANTED.matches, findings.oldest_first()))
    prepared = Preparation(WANTED, ORDER, FilterCache(WANTED), findings.get)
    for _ in prepared.put_in_order(passing, Sorting(ORDER, {})):
        pass
    return prepared


@given(puts, puts)
def test_equals_sorting_again(
    first: list[tuple[int, Severity]], later: list[tuple[int, Severity]]
) -> None:
    findings = FindingIndex()
    for number, severity in first:
        put(findings, number, severity)
    prepared = ready(findings)
    for number, severity in later:
        finding_id = make_finding(number).id
        before = findings.get(finding_id)
        put(findings, number, severity)
        prepared.note(finding_id, before)
    assert prepared.is_for(WANTED, ORDER)
    passing = list(filter(WANTED.matches, findings.oldest_first()))
    assert prepared.rows() == Sorting(ORDER, {}).sorted(passing)


def test_it_is_for_one_filter_in_one_order() -> None:
    prepared = ready(FindingIndex())
    assert prepared.is_for(WANTED, ORDER)
    assert not prepared.is_for(Filter(), ORDER)
    assert not prepared.is_for(WANTED, Order())


def test_it_is_of_no_use_once_much_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 2)
    prepared = ready(FindingIndex())
    for number in range(3):
        assert prepared.is_for(WANTED, ORDER)
        prepared.note(make_finding(number).id, None)
    assert not prepared.is_for(WANTED, ORDER)


# -- groups have something in common, and are counted --


def test_the_same_file_of_two_scans_is_two_files() -> None:
    key = GROUP_KEYS[GroupBy.FILE]
    assert key(make_finding(1)) == key(make_finding(2))
    assert key(make_finding(1)) != key(make_finding(2, scan_id=ScanId("other")))


def test_weaknesses_are_one_however_they_are_written() -> None:
    key = GROUP_KEYS[GroupBy.CWE]
    assert key(make_finding(1, cwe_text="cwe-089")) == key(make_finding(1, cwe_text="CWE-89: SQL"))


def test_a_group_counts_what_is_withdrawn_apart() -> None:
    withdrawn = make_finding(2, severity=Severity.CRITICAL, status=FindingStatus.DISMISSED)
    rows = [make_finding(1, severity=Severity.CRITICAL), withdrawn]
    files = Group(GroupBy.FILE, GROUP_KEYS[GroupBy.FILE](withdrawn), rows)
    assert files.severities == {Severity.CRITICAL: 1}


# -- fingerprints are shared by several findings, or belong to one --


def test_only_what_several_have_is_a_key() -> None:
    prints = Fingerprints()
    one, two, other = (make_finding(n, fingerprint="ab"[n // 2]) for n in range(3))
    none = make_finding(9, fingerprint="")
    found = all_steps(prints.put_together([one, two, other, none]))
    assert list(found.items()) == [("a", [one, two]), (None, [other]), ("", [none])]
    assert [prints.key(finding) for finding in (one, other, none)] == ["a", None, ""]
    assert (prints.alone("b"), prints.alone("a"), prints.alone("")) == (finding_id(2), None, None)


def test_findings_with_own_fingerprints_are_one_group() -> None:
    one, two = (make_finding(n, fingerprint="ab"[n]) for n in range(2))
    assert all_steps(Fingerprints().put_together([two, one])) == {None: [two, one]}
    assert all_steps(Fingerprints().put_together([])) == {}


def test_the_last_one_left_is_alone_again() -> None:
    prints = Fingerprints()
    finding = make_finding(1, fingerprint="a")
    prints.be_alone(finding)
    prints.share("a")
    assert (prints.key(finding), prints.alone("a")) == ("a", None)
    prints.be_alone(finding)
    assert (prints.key(finding), prints.alone("a")) == (None, finding.id)
    prints.leave(finding)
    assert prints.alone("a") is None

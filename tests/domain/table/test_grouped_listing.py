"""Rows do not change while they are frozen, and nothing is lost by that."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts import change, finding
from heimdall_desktop.domain.facts.change import FindingAdded, FindingReplaced
from heimdall_desktop.domain.facts.finding import FindingStatus, Severity
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table import finding_index, group
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.domain.table.grouped_listing import GroupedListing
from heimdall_desktop.domain.table.order import NEWEST_LAST, Column, Order
from heimdall_desktop.domain.table.ordered_rows import Edit, Row, RowsReset
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.fakes.past_scans import replay


def aged(number: int, **fields: object) -> finding.Finding:
    return make_finding(number, created_at=FOUND_AT + timedelta(seconds=number), **fields)


def filled(count: int) -> GroupedListing:
    arrangement = GroupedListing()
    arrangement.apply(FindingAdded(aged(n), is_first_read=True) for n in range(count))
    return arrangement


def ids(edits: list[Edit]) -> list[str]:
    (reset,) = edits
    assert isinstance(reset, RowsReset)
    return [row.id if isinstance(row, finding.Finding) else str(row.key) for row in reset.rows]


def test_changes_wait_while_frozen_and_all_are_shown_after() -> None:
    rows = filled(3)
    rows.freeze()
    assert rows.thaw() == [], "nothing has changed"
    rows.freeze()
    fixed = aged(1, status=FindingStatus.CONFIRMED)
    worst = aged(9, severity=Severity.CRITICAL)
    news = (FindingAdded(worst), FindingReplaced(fixed, aged(1)), change.ScanMoved(SCAN_ID))
    assert rows.apply(news) == []
    assert (rows.held, rows.held_criticals) == (2, 1)
    assert rows.listing.counts.severities == {Severity.HIGH: 3, Severity.CRITICAL: 1}
    assert (rows.row_of(finding_id(9)), rows.row_of(finding_id(2))) == (None, 2)
    assert ids(rows.thaw()) == [finding_id(n) for n in (0, 1, 2, 9)]
    assert (rows.is_frozen, rows.held) == (False, 0)
    assert rows.thaw() == []


def test_a_critical_finding_hidden_by_the_filter_is_counted() -> None:
    rows = filled(1)
    rows.show(parse_filter("sev:high"), rows.listing.order, rows.grouped_by)
    rows.freeze()
    rows.apply([FindingAdded(aged(9, severity=Severity.CRITICAL))])
    assert (rows.held, rows.held_criticals) == (0, 1)


def test_another_request_shows_the_current_rows() -> None:
    rows = filled(2)
    rows.freeze()
    rows.apply([FindingAdded(aged(9))])
    order = Order(Column.FIRST_SEEN, is_descending=True)
    assert ids(rows.show(rows.listing.filter, order, None)) == [finding_id(n) for n in (9, 1, 0)]
    assert (rows.is_frozen, rows.held, rows.row_of(finding_id(9))) == (True, 0, 0)
    rows.apply([FindingAdded(aged(10))])
    assert rows.held == 1


@pytest.mark.parametrize("gone", [change.ScanEmptied(SCAN_ID), change.FindingDropped(aged(1))])
def test_a_removed_scan_leaves_frozen_rows_but_what_is_gone_is_held_back(
    gone: change.Change,
) -> None:
    rows = filled(2)
    rows.freeze()
    assert rows.apply([gone]) == []
    assert rows.held == 1
    assert ids(rows.apply([change.ScanRemoved(SCAN_ID)])) == []


def test_frozen_groups_can_be_opened_and_closed() -> None:
    rows = filled(2)
    (reset,) = rows.show(rows.listing.filter, NEWEST_LAST, GroupBy.FILE)
    assert isinstance(reset, RowsReset)
    group = reset.rows[0]
    assert isinstance(group, Group)
    rows.freeze()
    assert rows.apply([FindingAdded(aged(9))]) == []
    assert len(group.rows) == 2
    assert len(rows.toggle(group.key)) == 2
    assert (rows.row_of(finding_id(1)), rows.position_of(finding_id(1))) == (None, 1)
    assert len(rows.open_for(finding_id(1))) == 2
    assert rows.open_for(finding_id(1)) == []
    assert rows.row_of_group(group.key) == 0
    assert len(ids(rows.thaw())) == 4


def test_groups_follow_the_listing() -> None:
    rows = filled(2)
    rows.show(rows.listing.filter, NEWEST_LAST, GroupBy.SCAN)
    assert rows.show(rows.listing.filter, NEWEST_LAST, GroupBy.SCAN) == []
    assert rows.apply([FindingAdded(aged(9, scan_id=finding.ScanId("other")))]) != []
    assert rows.row_of(finding_id(9)) == 4
    assert len(ids(rows.set_all_open(are_open=False))) == 2
    assert rows.grouped_by is GroupBy.SCAN
    shown = ids(rows.show(rows.listing.filter, NEWEST_LAST, None))
    assert shown == [finding_id(n) for n in (0, 1, 9)]
    assert rows.set_all_open(are_open=True) == rows.toggle("key") == []
    assert rows.row_of_group("key") is None


def test_groups_prepared_for_one_question_are_not_the_answer_to_another() -> None:
    rows = filled(4)
    rows.apply([FindingAdded(aged(9, severity=Severity.LOW))])
    order = Order(Column.FIRST_SEEN, is_descending=True)
    work = rows.listing.prepare(rows.listing.filter, order, GroupBy.SCAN)
    next(work)
    next(rows.listing.prepare(parse_filter("sev:low"), NEWEST_LAST, GroupBy.SCAN))
    for _ in work:
        pass
    shown = ids(rows.show(rows.listing.filter, order, GroupBy.SCAN))
    assert shown[1:] == [finding_id(n) for n in (9, 3, 2, 1, 0)]


def test_a_finding_seen_while_frozen_stays() -> None:
    rows = GroupedListing()
    rows.apply([FindingAdded(aged(n)) for n in range(3)])
    rows.show(parse_filter("sev:high"), rows.listing.order, rows.grouped_by)
    rows.freeze()
    rows.follow(rows.listing.see(finding_id(0)))
    assert rows.see_all() == []
    assert len(rows.listing.marks) == 0


class Looks(set[finding.FindingId]):
    """Ids that count how many rows are held against them."""

    looks = 0

    def __contains__(self, finding_id: object) -> bool:
        self.looks += 1
        return super().__contains__(finding_id)


@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("by", [None, GroupBy.FILE])
def test_few_of_many_rows_are_found_without_a_look_at_all(
    by: GroupBy | None, is_frozen: bool
) -> None:
    rows = GroupedListing()
    files = [aged(n, file_path=f"{n % 2}.py") for n in range(1_000)]
    rows.apply(FindingAdded(row, is_first_read=True) for row in files)
    rows.show(parse_filter("sev:high"), NEWEST_LAST, by)
    if is_frozen:
        rows.freeze()
    confirmed = replace(files[703], status=FindingStatus.CONFIRMED)
    lowered = replace(files[500], severity=Severity.LOW)
    changes = [FindingReplaced(confirmed, files[703]), FindingReplaced(lowered, files[500])]
    rows.apply([*changes, FindingAdded(aged(2_000, file_path="0.py"))])
    wanted = Looks(finding_id(n) for n in (703, 500, 2_000, 402))
    came = [] if is_frozen else [2_000]
    numbers = [402, 703, *came] if by is None else [402, *came, 703]
    found = rows.passing(wanted)
    assert [row.id for row in found] == [finding_id(n) for n in numbers]
    assert confirmed in found
    assert rows.first_passing(wanted) == found[0]
    assert wanted.looks == 0


@pytest.mark.parametrize("is_frozen", [False, True])
def test_the_first_of_many_is_found_before_the_others(is_frozen: bool) -> None:
    rows = filled(1_000)
    rows.show(parse_filter("sev:high"), NEWEST_LAST, None)
    if is_frozen:
        rows.freeze()
    rows.apply([FindingReplaced(aged(7, severity=Severity.LOW), aged(7))])
    wanted = Looks(finding_id(n) for n in range(7, 1_000))
    first = rows.first_passing(wanted)
    assert (first, wanted.looks < 20) == (aged(8), True)
    assert rows.first_passing({finding_id(7)}) is None
    assert rows.first_passing(set()) is None
    assert rows.passing(wanted)[0] == first


Step = Callable[["Pair"], None]

FILTERS = [parse_filter(text) for text in ("", "title1", "sev>=high -title2")]
ORDERS = [NEWEST_LAST, Order(Column.SEVERITY, is_descending=True)]
GROUPS = [None, GroupBy.FILE, GroupBy.FINGERPRINT]


def found(number: int, severity: finding.Severity, title: str, seconds: int) -> finding.Finding:
    return make_finding(
        number,
        severity=severity,
        title=title,
        file_path=title,
        fingerprint=f"{number % 4}",
        scan_id=finding.ScanId("one" if number % 2 else "two"),
        created_at=FOUND_AT + timedelta(seconds=seconds),
    )


class Pair:
    """The same is asked of two arrangements; only one of them prepares for it."""

    def __init__(self) -> None:
        self.prepared, self.plain = GroupedListing(), GroupedListing()
        self.shown: list[Row] = []
        self.works: list[Iterator[None]] = []

    def ask(self, question: Callable[[GroupedListing], list[Edit]]) -> None:
        self.shown = replay(self.shown, question(self.prepared))
        question(self.plain)

    def both_show_the_same(self) -> None:
        expected: list[Row] = []
        expected = replay(expected, self.plain.renew())
        assert outline(self.shown) == outline(expected)


def outline(rows: Sequence[Row]) -> list[object]:
    return [
        row.id if isinstance(row, finding.Finding) else (row.key, len(row.rows), row.is_open)
        for row in rows
    ]


def changing(changes: Sequence[change.Change]) -> Step:
    return lambda pair: pair.ask(lambda rows: rows.apply(changes))


def filtering(number: int) -> Step:
    return lambda pair: pair.ask(
        lambda rows: rows.show(FILTERS[number], rows.listing.order, rows.grouped_by)
    )


def arranging(order: Order, by: GroupBy | None) -> Step:
    return lambda pair: pair.ask(lambda rows: rows.show(rows.listing.filter, order, by))


def naming(name: str) -> Step:
    names = {finding.ScanId("one"): name}
    return lambda pair: pair.ask(lambda rows: rows.follow(rows.listing.set_names(names)))


def seeing(number: int) -> Step:
    return lambda pair: pair.ask(lambda rows: rows.follow(rows.listing.see(finding_id(number))))


def opening(number: int) -> Step:
    def close_or_open(rows: GroupedListing) -> list[Edit]:
        group = rows.group_of(finding_id(number))
        return [] if group is None else rows.toggle(group.key)

    return lambda pair: pair.ask(close_or_open)


def preparing(number: int, order: Order, by: GroupBy | None) -> Step:
    return lambda pair: pair.works.append(pair.prepared.listing.prepare(FILTERS[number], order, by))


def going_on(number: int) -> Step:
    def go_on(pair: Pair) -> None:
        if pair.works:
            work = pair.works[number % len(pair.works)]
            for _ in range(1 + number // 3):
                next(work, None)

    return go_on


numbers = st.integers(0, 9)
few = st.integers(0, len(FILTERS) - 1)
rows = st.builds(
    found,
    numbers,
    st.sampled_from(finding.Severity),
    st.sampled_from(["title1", "title2"]),
    numbers,
)
news = rows.map(FindingAdded)
leaving: st.SearchStrategy[change.Change] = st.sampled_from(
    [change.ScanRemoved(finding.ScanId("one")), change.ScanEmptied(finding.ScanId("two"))]
)
steps = st.one_of(
    st.lists(news, min_size=1, max_size=4).map(changing),
    leaving.map(lambda change: changing([change])),
    few.map(filtering),
    st.builds(arranging, st.sampled_from(ORDERS), st.sampled_from(GROUPS)),
    st.builds(preparing, few, st.sampled_from(ORDERS), st.sampled_from(GROUPS)),
    numbers.map(going_on),
    numbers.map(going_on),
    st.sampled_from(["ab", "cd"]).map(naming),
    numbers.map(seeing),
    numbers.map(opening),
)


@settings(max_examples=400)
@given(st.lists(rows, min_size=4, max_size=12), st.lists(steps, min_size=4, max_size=24))
def test_preparations_change_nothing_of_what_is_shown(
    first: list[finding.Finding], asked: list[Step]
) -> None:
    pair = Pair()
    changing([FindingAdded(row) for row in first])(pair)
    with mock.patch.object(group, "SLICE", 3), mock.patch.object(finding_index, "SLICE", 3):
        for step in asked:
            step(pair)
            pair.both_show_the_same()

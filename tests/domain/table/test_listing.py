"""A listing equals filter and sort from scratch, and its edits replay to it."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanAdded,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.filters.filter import (
    ANY_NEWS,
    EITHER,
    ONLY_CHANGED,
    ONLY_NEW,
    UNSEEN,
    Filter,
)
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table import finding_index, ordered_rows
from heimdall_desktop.domain.table import listing as module
from heimdall_desktop.domain.table.finding_index import ListingCounts
from heimdall_desktop.domain.table.listing import Listing
from heimdall_desktop.domain.table.order import By, Column, Order, Sorting
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding
from tests.fakes.past_scans import replay

FILTERS = [
    *("", "sev>=high", "status:open", "-status:open sev:low", "title1"),
    *("is:repeat", "show:repeats sev>=high", "-is:repeat title1"),
    *("has:fix", "-has:fix title1 sev:low", "has:fix -has:fix"),
    *("is:snoozed", "is:snoozed sev>=high", "-is:snoozed status:open", "is:snoozed show:repeats"),
]


def aged(number: int, seconds: int = 0, **fields: object) -> Finding:
    return make_finding(number, created_at=FOUND_AT + timedelta(seconds=seconds), **fields)


findings = st.builds(
    lambda number, seconds, severity, status, title, is_repeat, patch, snooze: aged(
        number,
        seconds,
        severity=severity,
        status=status,
        title=title,
        scan_id=ScanId("one" if number % 2 else "two"),  # no finding ever goes to another scan
        is_repeat=is_repeat,
        suggested_patch=patch,
        snoozed_until=snooze,
        is_back=snooze is None and seconds > 3,
    ),
    st.integers(0, 12),
    st.integers(0, 5),
    st.sampled_from(Severity),
    st.sampled_from([FindingStatus.OPEN, FindingStatus.CONFIRMED]),
    st.sampled_from(["title1", "title2"]),
    st.booleans(),
    st.sampled_from([None, "+"]),
    st.sampled_from([None, None, FOUND_AT]),
)
changes = st.one_of(
    st.builds(FindingAdded, findings, st.booleans()),
    findings.map(lambda finding: FindingReplaced(finding, finding)),
    findings.map(FindingDropped),
    st.sampled_from(["one", "two"]).map(lambda scan: ScanRemoved(ScanId(scan))),
    st.just(ScanAdded(ScanId("one"))),
)
filters = st.builds(
    lambda text, scan, news: replace(
        parse_filter(text), scan_id=ScanId(scan) if scan else None, news=news
    ),
    st.sampled_from(FILTERS),
    st.sampled_from([None, "one", "two"]),
    st.sampled_from([ANY_NEWS, ANY_NEWS, ONLY_NEW, ONLY_CHANGED, UNSEEN, ANY_NEWS - UNSEEN]),
)
columns = st.sampled_from(Column)
further = st.lists(st.builds(By, columns, st.booleans()), max_size=2)
orders = st.builds(Order, columns, st.booleans(), further.map(tuple))
looks = st.lists(st.integers(0, 12), max_size=4)


class Scratch:
    """Filters and sorts everything again each time."""

    def __init__(self) -> None:
        self.known: dict[FindingId, Finding] = {}

    def apply(self, batch: Sequence[Change]) -> None:
        for change in batch:
            match change:
                case FindingAdded() | FindingReplaced():
                    self.known[change.finding.id] = change.finding
                case FindingDropped(finding):
                    self.known.pop(finding.id, None)
                case ScanRemoved(scan_id):
                    self.known = {k: f for k, f in self.known.items() if f.scan_id != scan_id}
                case _:
                    pass

    def rows(
        self, wanted: Filter, order: Order, names: dict[ScanId, str], marks: ordered_rows.NewMarks
    ) -> list[Finding]:
        passing = [
            finding
            for finding in self.known.values()
            if wanted.matches(finding) and marks.fit(finding.id, wanted.news)
        ]
        aged = sorted(passing, key=lambda finding: (finding.created_at, finding.id))
        return Sorting(order, names).sorted(aged)


@given(
    st.lists(st.tuples(st.lists(changes, max_size=20), filters, orders, looks, looks), max_size=6)
)
def test_equals_filter_and_sort_from_scratch_after_any_changes(
    steps: list[tuple[list[Change], Filter, Order, list[int], list[int]]],
) -> None:
    listing, scratch, shown = Listing(), Scratch(), list[ordered_rows.Row]()
    names = {ScanId("one"): "b", ScanId("two"): "a"}
    seen = listing.marks.seen
    seen.find = scratch.known.get
    for batch, wanted, order, looked_at, looked_at_elsewhere in steps:
        listing.set_names(names)
        edits = listing.apply(batch[::3])
        scratch.apply(batch[::3])
        shown = replay(shown, edits)
        assert shown == list(listing.rows)
        for part, slices in (
            (batch[1::3], listing.prepare(wanted)),
            (batch[2::3], listing.prepare(wanted, order)),
        ):
            for _ in slices:
                listing.apply(part)
            scratch.apply(part)
            listing.apply(part)
            listing.show(wanted)
        listing.show(order=order)
        listing.set_names(names)
        shown = list(listing.rows)
        for number in looked_at:
            shown = replay(shown, listing.see(finding_id(number)))
        assert shown == list(listing.rows)
        assert shown == scratch.rows(wanted, order, names, listing.marks)
        _assert_counts(listing, scratch, wanted, listing.marks)
        found = [scratch.known.get(finding_id(number)) for number in looked_at_elsewhere]
        seen.see([replace(row, severity_text="x") for row in found[::2] if row], FOUND_AT)
        seen.see(filter(None, found[1::3]), FOUND_AT)
        again = [FindingReplaced(row, row) for row in filter(None, found)]
        seen.take(again, FOUND_AT, lambda *_: False)  # it is not as it was seen
        shown = replay(shown, listing.apply([]))
        assert shown == list(listing.rows) == scratch.rows(wanted, order, names, listing.marks)
        _assert_counts(listing, scratch, wanted, listing.marks)


def _assert_counts(
    listing: Listing, scratch: Scratch, wanted: Filter, marks: ordered_rows.NewMarks
) -> None:
    counts = listing.counts
    assert counts.new == sum(wanted.matches(scratch.known[found]) for found in listing.marks)
    scope = [finding for finding in scratch.known.values() if wanted.is_in_scope(finding)]
    assert counts.total == len(scope)
    repeats = [finding for finding in scope if finding.is_repeat]
    assert counts.repeats == len(repeats)
    assert counts.folded == (0 if True in wanted.repeats else len(repeats))
    passing = Counter(
        f.severity
        for f in scope
        if wanted.matches_but_for_severity(f) and marks.fit(f.id, wanted.news)
    )
    assert +counts.severities == passing
    unfolded = [f for f in scope if not (f.is_repeat and wanted.folds_repeats)]
    shown = {f.id for f in listing.rows}
    hidden = [f for f in unfolded if f.severity is Severity.CRITICAL and f.id not in shown]
    assert counts.hidden_criticals == len(hidden)
    snoozed = [f for f in unfolded if f.snoozed_until is not None]
    assert counts.hidden_snoozed == (len(snoozed) if True not in wanted.snoozed else 0)
    assert True in wanted.snoozed or not shown & {f.id for f in snoozed}
    any_fix = replace(wanted, fixes=EITHER)
    with_fix = [f for f in scope if f.has_fix and any_fix.matches(f)]
    assert counts.fixes == sum(marks.fit(f.id, wanted.news) for f in with_fix)
    for finding in scratch.known.values():
        row = listing.row_of(finding.id)
        assert (row is None) is (finding not in listing.rows)
        assert row is None or listing.rows[row] == finding


def filled(*rows: Finding, text: str = "") -> Listing:
    listing = Listing(parse_filter(text))
    listing.apply([FindingAdded(finding) for finding in rows])
    return listing


def test_new_rows_at_the_end_are_one_edit() -> None:
    listing = filled(aged(1))
    news = [aged(n, n) for n in range(2, 300)]
    edits = listing.apply([FindingAdded(finding) for finding in reversed(news)])
    assert edits == [ordered_rows.RowsInserted(1, news)]
    assert listing.apply([FindingAdded(aged(1))]) == [], "it is known"


def test_neighbours_that_change_are_one_edit() -> None:
    rows = [aged(n, n) for n in range(5)]
    fixed = [aged(n, n, status=FindingStatus.CONFIRMED) for n in (3, 1, 2)]
    edits = filled(*rows).apply([FindingReplaced(finding, rows[0]) for finding in fixed])
    assert edits == [ordered_rows.RowsReplaced(1, (fixed[1], fixed[2], fixed[0]), tuple(rows[1:4]))]


def test_a_row_that_sorts_elsewhere_moves() -> None:
    rows = [aged(n, severity=Severity.LOW) for n in range(4)]
    listing = filled(*rows)
    listing.show(order=Order(Column.SEVERITY, is_descending=True))
    risen = aged(2, severity=Severity.CRITICAL)
    edits = listing.apply([FindingReplaced(risen, rows[2])])
    assert edits == [ordered_rows.RowMoved(1, 0, risen, rows[2])]


def test_a_row_that_stops_matching_leaves() -> None:
    listing = filled(aged(1), aged(2), text="status:open")
    edits = listing.apply([FindingReplaced(aged(1, status=FindingStatus.CONFIRMED), aged(1))])
    assert edits == [ordered_rows.RowsRemoved(0, 1, [aged(1)])]
    assert (listing.counts.total, len(listing.rows)) == (2, 1)


def test_a_row_that_is_dropped_leaves_and_one_that_is_not_there_is_no_matter() -> None:
    listing = filled(aged(1), aged(2), aged(3))
    edits = listing.apply([FindingDropped(aged(2)), FindingDropped(aged(9))])
    assert edits == [ordered_rows.RowsRemoved(1, 1, [aged(2)])]
    assert [row.id for row in listing.rows] == [finding_id(1), finding_id(3)]
    assert (listing.counts.total, finding_id(2) in listing.marks) == (2, False)
    assert listing.apply([FindingAdded(aged(4)), FindingDropped(aged(4))]) == []


def test_t09_a_row_that_becomes_a_repeat_is_folded_until_all_are_shown() -> None:
    rows = [aged(n, n) for n in range(3)]
    listing = filled(*rows)
    repeat = replace(rows[1], is_repeat=True)
    edits = listing.apply([FindingReplaced(repeat, rows[1])])
    assert edits == [ordered_rows.RowsRemoved(1, 1, [rows[1]])]
    assert (listing.counts.total, listing.counts.repeats, listing.counts.folded) == (3, 1, 1)
    assert listing.show(parse_filter("show:repeats"))
    assert list(listing.rows) == [rows[0], repeat, rows[2]]
    assert (listing.counts.total, listing.counts.repeats, listing.counts.folded) == (3, 1, 0)
    assert listing.show(parse_filter("is:repeat"))
    assert list(listing.rows) == [repeat]
    listing.show(Filter(scan_id=ScanId("another")))
    assert (listing.counts.repeats, listing.counts.folded) == (0, 0)


def test_a_scan_leaves_in_runs() -> None:
    scans = [ScanId("one"), ScanId("one"), ScanId("two"), ScanId("one")]
    rows = [aged(n, n, scan_id=scan) for n, scan in enumerate(scans)]
    listing = filled(*rows)
    runs = [ordered_rows.RowsRemoved(3, 1, rows[3:]), ordered_rows.RowsRemoved(0, 2, rows[:2])]
    assert listing.apply([ScanRemoved(ScanId("one"))]) == runs
    assert listing.row_of(finding_id(0)) is None


def test_scattered_new_rows_reset_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EDIT_LIMIT", 3)
    listing = filled(*(aged(n, 2 * n) for n in range(8)))
    news = [FindingAdded(aged(100 + n, 2 * n + 1)) for n in range(5)]
    (edit,) = listing.apply(news)
    assert isinstance(edit, ordered_rows.RowsReset)
    assert list(edit.rows) == list(listing.rows)
    moments = [row.created_at for row in edit.rows if isinstance(row, Finding)]
    assert moments == sorted(moments)


def test_many_removed_rows_reset_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EDIT_LIMIT", 3)
    rows = [aged(n, n) for n in range(6)]
    listing = filled(*rows, text="status:open")
    fixed = [FindingReplaced(aged(n, n, status=FindingStatus.CONFIRMED), rows[n]) for n in range(4)]
    assert listing.apply(fixed) == [ordered_rows.RowsReset((rows[4], rows[5]))]


def test_an_unchanged_request_resets_nothing() -> None:
    listing = filled(aged(1))
    assert not listing.show(Filter())
    assert not listing.show(order=Order())
    assert listing.set_names({SCAN_ID: "payments-api"}) == []
    assert listing.show(Filter(scan_id=ScanId("unknown")))
    assert list(listing.rows) == []
    assert listing.counts.total == 0


def test_a_filter_for_new_findings_keeps_the_one_that_is_looked_at() -> None:
    listing = filled(*(aged(n, n) for n in range(3)))
    listing.show(Filter(news=ONLY_NEW))
    assert listing.see(finding_id(1)) == []
    assert (len(listing.rows), listing.counts.new, finding_id(1) in listing.marks) == (3, 2, False)
    assert listing.see(finding_id(2)) == [ordered_rows.RowsRemoved(1, 1, [aged(1, 1)])]
    assert (len(listing.rows), listing.counts.new) == (2, 1)


def test_what_a_listing_read_first_is_not_new() -> None:
    listing = Listing()
    listing.apply([FindingAdded(aged(1), is_first_read=True), FindingAdded(aged(2))])
    assert list(listing.marks) == [finding_id(2)]
    listing.apply([ScanRemoved(SCAN_ID)])
    assert (len(listing.marks), listing.counts.new) == (0, 0)


def test_t09_a_finding_that_is_found_again_is_as_new_as_it_was() -> None:
    rows = [aged(n, n, fingerprint=f"{n}") for n in range(2)]
    listing = filled(*rows)
    listing.see(finding_id(0))
    repeats = [FindingReplaced(replace(row, is_repeat=True), row) for row in rows]
    again = [FindingAdded(replace(row, id=finding_id(10 + n))) for n, row in enumerate(rows)]
    listing.apply([*repeats, *again])
    assert (finding_id(10) in listing.marks, finding_id(11) in listing.marks) == (False, True)


def test_all_that_is_shown_can_be_seen_at_once() -> None:
    listing = filled(aged(1), aged(2, severity=Severity.LOW), text="sev:low")
    assert listing.see_all() == []
    assert list(listing.marks) == [finding_id(1)]
    listing.show(Filter(news=ONLY_NEW))
    assert listing.see_all() == [ordered_rows.RowsReset(())]


def test_what_was_seen_elsewhere_leaves_a_filter_for_new_ones_with_the_next_changes() -> None:
    listing = filled(*(aged(n, n) for n in range(3)))
    listing.show(Filter(news=ONLY_NEW))
    listing.marks.seen.see([aged(1, 1)], FOUND_AT)
    assert listing.row_of(finding_id(1)) is None
    assert len(listing.apply([])) == 1
    assert ([row.id for row in listing.rows], listing.counts.new) == (
        [finding_id(0), finding_id(2)],
        2,
    )


def test_a_changed_finding_stays_in_its_filter_while_it_is_open() -> None:
    listing = filled(aged(1), aged(2))
    seen = listing.marks.seen
    seen.find = listing.get
    seen.see([aged(1), aged(2)], FOUND_AT)
    worse = [aged(n, severity=Severity.CRITICAL) for n in (1, 2)]
    changed = [FindingReplaced(row, aged(n)) for n, row in enumerate(worse, 1)]
    listing.apply(changed)
    seen.take(changed, FOUND_AT, lambda *_: False)
    listing.show(Filter(news=ONLY_CHANGED))
    assert list(listing.rows) == worse
    listing.see(finding_id(1))
    seen.see(worse[:1], FOUND_AT)
    listing.apply([])
    assert list(listing.rows) == worse, "it is being read"
    listing.see(finding_id(2))
    assert list(listing.rows) == worse[1:]


def test_time_that_passes_takes_old_rows_out_or_brings_them() -> None:
    rows, wanted = [aged(n, 10 * n) for n in range(6)], parse_filter("new:1m")
    listing, others = filled(*rows), filled(*rows[:4])
    listing.show(wanted.under(FOUND_AT + timedelta(seconds=60), {}))
    assert list(listing.rows) == rows
    later = wanted.under(FOUND_AT + timedelta(seconds=85), {})
    assert later.is_later(listing.filter)
    assert listing.let_time_pass(later) == [ordered_rows.RowsRemoved(0, 3, rows[:3])]
    assert (list(listing.rows), listing.counts.severities.total()) == (rows[3:], 3)
    unwanted = parse_filter("-new:1m")
    others.show(unwanted.under(FOUND_AT + timedelta(seconds=60), {}))
    assert list(others.rows) == []
    later = unwanted.under(FOUND_AT + timedelta(seconds=75), {})
    assert others.let_time_pass(later) == [ordered_rows.RowsInserted(0, rows[:2])]


def test_words_are_counted_under_another_filter() -> None:
    confirmed, low = aged(2, status=FindingStatus.CONFIRMED), aged(3, severity=Severity.LOW)
    listing = filled(aged(1), confirmed, low)
    expected = {FindingStatus.OPEN: 1, FindingStatus.CONFIRMED: 1}
    for wanted in map(parse_filter, ("sev>=high", "-has:fix sev>=high")):
        assert listing.count_words(wanted, lambda finding: finding.status) == expected
        listing.show(wanted)
        assert listing.count_words(wanted, lambda finding: finding.status) == expected
    only_new = replace(listing.filter, news=ONLY_NEW)
    listing.see(finding_id(1))
    listing.see(finding_id(2))
    counts = listing.count_words(only_new, lambda finding: finding.status)
    assert counts == {FindingStatus.CONFIRMED: 1}


def test_what_stays_under_the_eyes_is_counted_until_it_goes() -> None:
    listing = filled(*(aged(n, suggested_patch="+") for n in range(3)))
    listing.show(Filter(news=ONLY_NEW))
    for number, count in ((0, 3), (1, 2), (2, 1)):
        listing.see(finding_id(number))
        assert (listing.counts.severities.total(), listing.counts.fixes) == (count, count)


def test_a_filter_that_was_prepared_half_way_shows_all_that_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding_index, "SLICE", 2)
    listing = filled(*(aged(n, n, title="title1") for n in range(5)))
    wanted = parse_filter("title1")
    next(listing.prepare(wanted))
    listing.show(wanted)
    assert len(listing.rows) == 5


def test_a_scan_that_leaves_while_a_filter_is_prepared_leaves_its_rows_nowhere() -> None:
    row = aged(0, 0, title="title1")
    listing, wanted = filled(row), parse_filter("title1")
    for _ in listing.prepare(wanted):
        listing.apply([ScanRemoved(row.scan_id)])
    listing.show(wanted)
    assert list(listing.rows) == []


def test_changes_during_preparation_are_in_the_prepared_order() -> None:
    rows = [aged(n, n, severity=severity) for n, severity in enumerate(Severity)]
    listing, order = filled(*rows), Order(Column.SEVERITY)
    for _ in listing.prepare(listing.filter, order):
        ids = [row.id for row in listing.rows]
        assert ids[: len(rows)] == [row.id for row in rows], "nothing moves yet"
        listing.apply([FindingReplaced(aged(0, 0, severity=Severity.LOW), rows[0])])
        listing.apply([FindingAdded(aged(9, 9, severity=Severity.CRITICAL))])
    assert listing.show(order=order)
    shown = [row.severity for row in listing.rows]
    assert shown == sorted(shown, key=lambda severity: -severity.rank)
    assert [row.id for row in listing.rows].count(finding_id(0)) == 1
    assert listing.row_of(finding_id(9)) == len(rows)


def test_what_changes_while_a_filter_is_prepared_is_tested_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding_index, "SLICE", 2)
    rows = [aged(n, n, title="title1") for n in range(5)]
    listing, wanted = filled(*rows), parse_filter("title1")
    steps = 0
    for _ in listing.prepare(wanted):
        steps += 1
        if steps == 3:
            listing.apply([FindingReplaced(aged(0, 0, title="other"), rows[0])])
            listing.apply([FindingAdded(aged(9, 9, title="title1"))])
    assert steps == 4, "three slices, and their order"
    listing.show(wanted)
    assert [row.id for row in listing.rows] == [finding_id(n) for n in (1, 2, 3, 4, 9)]


def test_of_two_preparations_at_once_the_later_one_counts_and_no_finding_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding_index, "SLICE", 2)
    listing = filled(*(aged(n, n, title="title1") for n in range(5)))
    wanted, order = parse_filter("title1"), Order(Column.SEVERITY)
    filtering = listing.prepare(wanted)
    next(filtering)
    sorting = listing.prepare(listing.filter, order)
    next(sorting)
    listing.apply([FindingAdded(aged(9, 9, title="title1"))])
    for work in (filtering, sorting):
        for _ in work:
            pass
    listing.show(wanted)
    assert len(listing.rows) == 6


# -- counts kept up one by one are those of a count of everything --


FINDINGS = (
    make_finding(0, severity=Severity.CRITICAL, suggested_patch="+"),
    make_finding(1, severity=Severity.CRITICAL, is_repeat=True),
    make_finding(2, severity=Severity.HIGH),
    make_finding(3, severity=Severity.LOW, suggested_patch="+"),
    make_finding(4, severity=Severity.LOW, scan_id=ScanId("another")),
)
WITHDRAWN = (
    make_finding(5, severity=Severity.CRITICAL, status=FindingStatus.FALSE_POSITIVE),
    make_finding(6, severity=Severity.HIGH, status=FindingStatus.DISMISSED, suggested_patch="+"),
)


def marks_of(*numbers: int) -> ordered_rows.NewMarks:
    marks = ordered_rows.NewMarks()
    for number in numbers:
        marks.read(finding_id(number), SCAN_ID, is_news=True)
    return marks


def all_counts(counts: ListingCounts) -> dict[str, Any]:
    names = ("total", "repeats", "folded", "new", "fixes", "hidden_criticals", "hidden_closed")
    by = {"by": +counts.severities, "by former": +counts.former}
    return {name: getattr(counts, name) for name in names} | by


@pytest.mark.parametrize(
    "wanted",
    [
        *(Filter(), Filter(scan_id=SCAN_ID), Filter(news=ONLY_NEW)),
        *map(parse_filter, ("sev>=high", "-has:fix", "has:fix sev:low", "show:repeats", "nowhere")),
        *map(parse_filter, ("is:withdrawn", "is:withdrawn sev:critical", "status:open")),
        parse_filter("sev!=low"),
    ],
)
def test_one_by_one_as_all_at_once(wanted: Filter) -> None:
    marks, rows = marks_of(0, 3), (*FINDINGS, *WITHDRAWN)
    kept, recounted = ListingCounts(wanted, marks), ListingCounts(Filter(), marks)
    for finding in (*rows, FINDINGS[0]):
        kept.count(finding, 1)
        recounted.count(finding, 1)
    kept.count(FINDINGS[0], -1)
    recounted.count(FINDINGS[0], -1)
    recounted.wanted = wanted
    scope = [finding for finding in rows if wanted.is_in_scope(finding)]
    passing = [row for row in scope if wanted.matches_but_for_severity(row)]
    passing = [row for row in passing if marks.fit(row.id, wanted.news)]
    recounted.count_new([FINDINGS[0], FINDINGS[3]])
    recounted.count_all(passing, [row for row in passing if wanted.matches(row)], lambda: scope)
    assert all_counts(kept) == all_counts(recounted)


def counted(wanted: Filter, *rows: Finding) -> ListingCounts:
    counts = ListingCounts(wanted, ordered_rows.NewMarks())
    for finding in rows:
        counts.count(finding, 1)
    return counts


def test_scopes_are_counted_each() -> None:
    counts = counted(Filter(), *FINDINGS)
    assert (counts.total, counts.repeats) == (5, 1)
    counts.wanted = Filter(scan_id=ScanId("another"))
    assert (counts.total, counts.repeats) == (1, 0)


def test_hidden_criticals_are_those_in_scope_that_do_not_pass() -> None:
    counts = counted(parse_filter("sev:low"), *FINDINGS)
    assert (counts.hidden_criticals, counts.folded) == (1, 1)
    counts.wanted = parse_filter("sev:low show:repeats")
    assert (counts.hidden_criticals, counts.folded) == (2, 0)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        *(("", 0), ("sev:critical", 2), ("sev>=low", 2), ("has:fix", 1), ("is:withdrawn", 0)),
        *(("is:withdrawn sev:critical", 1), ("status:dismissed sev:critical", 2)),
    ],
)
def test_withdrawn_findings_count_under_no_severity(text: str, hidden: int) -> None:
    counts = counted(parse_filter(text), FINDINGS[0], *WITHDRAWN)
    assert counts.hidden_closed == hidden
    assert set(+counts.severities) <= {Severity.CRITICAL}
    assert counts.severities[Severity.CRITICAL] == ("is:" not in text and "status" not in text)


def test_a_seen_finding_is_not_new() -> None:
    counts = ListingCounts(Filter(), marks_of(0, 3))
    counts.count_new([FINDINGS[0], FINDINGS[3]])
    counts.see([FINDINGS[3]])
    assert counts.new == 1

"""An arrangement that prepares what is asked of it shows what one shows that does not."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.change import Change, FindingAdded, ScanEmptied, ScanRemoved
from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table import finding_index, group
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.grouped_listing import GroupedListing
from heimdall_desktop.domain.table.order import NEWEST_LAST, Column, Order
from heimdall_desktop.domain.table.ordered_rows import Edit, Row
from tests.fakes.findings import FOUND_AT, finding_id, make_finding
from tests.fakes.replay import replay

Step = Callable[["Pair"], None]

FILTERS = [parse_filter(text) for text in ("", "title1", "sev>=high -title2")]
ORDERS = [NEWEST_LAST, Order(Column.SEVERITY, is_descending=True)]
GROUPS = [None, GroupBy.FILE, GroupBy.FINGERPRINT]


def found(number: int, severity: Severity, title: str, seconds: int) -> Finding:
    return make_finding(
        number,
        severity=severity,
        title=title,
        file_path=title,
        fingerprint=f"{number % 4}",
        scan_id=ScanId("one" if number % 2 else "two"),
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
        row.id if isinstance(row, Finding) else (row.key, len(row.rows), row.is_open)
        for row in rows
    ]


def changing(changes: Sequence[Change]) -> Step:
    return lambda pair: pair.ask(lambda rows: rows.apply(changes))


def filtering(number: int) -> Step:
    return lambda pair: pair.ask(
        lambda rows: rows.show(FILTERS[number], rows.listing.order, rows.grouped_by)
    )


def arranging(order: Order, by: GroupBy | None) -> Step:
    return lambda pair: pair.ask(lambda rows: rows.show(rows.listing.filter, order, by))


def naming(name: str) -> Step:
    names = {ScanId("one"): name}
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
    found, numbers, st.sampled_from(Severity), st.sampled_from(["title1", "title2"]), numbers
)
news = rows.map(FindingAdded)
leaving: st.SearchStrategy[Change] = st.sampled_from(
    [ScanRemoved(ScanId("one")), ScanEmptied(ScanId("two"))]
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
    first: list[Finding], asked: list[Step]
) -> None:
    pair = Pair()
    changing([FindingAdded(row) for row in first])(pair)
    with mock.patch.object(group, "SLICE", 3), mock.patch.object(finding_index, "SLICE", 3):
        for step in asked:
            step(pair)
            pair.both_show_the_same()

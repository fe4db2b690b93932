"""A selection is what was chosen, whatever happens to the rows between two choices."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId, Severity
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.domain.table.grouped_listing import GroupedListing
from heimdall_desktop.domain.table.order import NEWEST_LAST, Column, Order
from heimdall_desktop.domain.table.ordered_rows import Edit, Row
from heimdall_desktop.domain.table.selection import Chosen, Head, Selection
from tests.fakes.findings import FOUND_AT, finding_id, make_finding
from tests.fakes.past_scans import replay

SCANS = (ScanId("one"), ScanId("two"))


def finding(number: int, **fields: Any) -> Finding:
    return make_finding(number, created_at=FOUND_AT + timedelta(seconds=number), **fields)


ROWS = [finding(n) for n in range(6)]
IDS = [row.id for row in ROWS]


def group(*numbers: int, is_open: bool = True) -> Group:
    return Group(GroupBy.FILE, "a.py", [ROWS[n] for n in numbers], is_open)


def chosen(*rows: Finding | Group) -> Selection:
    """Return a selection of rows that were toggled one after the other."""
    selection = Selection()
    for row in rows:
        selection.toggle(row)
    return selection


def test_one_row_is_chosen_alone() -> None:
    selection = chosen(ROWS[0], ROWS[1])
    selection.choose(ROWS[4])
    assert selection.ids == {IDS[4]}
    assert (selection.cursor, selection.anchor, selection.finding) == (IDS[4], IDS[4], IDS[4])
    assert not selection.is_many


def test_a_row_is_toggled_beside_the_others() -> None:
    selection = chosen(ROWS[0], ROWS[1], ROWS[0])
    assert (selection.ids, selection.cursor, selection.anchor) == ({IDS[1]}, IDS[0], IDS[0])


def test_a_range_takes_the_place_of_what_was_selected_or_is_added() -> None:
    selection = chosen(ROWS[5], ROWS[1])
    selection.extend(ROWS[1:4])
    assert selection.ids == set(IDS[1:4])
    assert (selection.anchor, selection.cursor) == (IDS[1], IDS[3])
    selection.toggle(ROWS[5])
    selection.extend([ROWS[5], ROWS[4]], adds=True)
    assert selection.ids == set(IDS[1:])
    assert (selection.anchor, selection.cursor) == (IDS[5], IDS[4])


def test_the_cursor_moves_alone() -> None:
    selection = chosen(ROWS[0])
    selection.move_to(ROWS[3])
    assert (selection.ids, selection.anchor) == ({IDS[0]}, IDS[0])
    assert (selection.cursor, selection.finding) == (IDS[3], IDS[3])


def test_the_head_of_a_group_means_its_rows_and_keeps_the_finding() -> None:
    head, selection = group(1, 2, 3, is_open=False), chosen(ROWS[0])
    selection.choose(head)
    assert selection.ids == set(IDS[1:4])
    assert (selection.cursor, selection.finding) == (Head("a.py"), IDS[0])
    assert selection.holds(head)
    selection.toggle(ROWS[2])
    assert not selection.holds(head)
    selection.toggle(head)  # what is selected in part is selected whole first
    assert selection.holds(head)
    selection.toggle(head)
    assert selection.ids == set()


def test_a_head_within_a_range_means_its_rows_only_if_they_cannot_be_seen() -> None:
    selection = chosen(ROWS[0])
    selection.extend([ROWS[0], group(1, 2, 3), ROWS[1]])
    assert selection.ids == set(IDS[:2])
    selection.extend([ROWS[0], group(1, 2, 3, is_open=False), ROWS[4]])
    assert selection.ids == set(IDS[:5])
    selection.extend([ROWS[0], group(1, 2, 3)])
    assert selection.ids == set(IDS[:4])


def test_clearing_leaves_the_finding_at_the_cursor() -> None:
    selection = chosen(ROWS[0], ROWS[1], ROWS[2])
    selection.clear()
    assert (selection.ids, selection.anchor) == ({IDS[2]}, IDS[2])
    nothing = Selection()
    nothing.choose_all(IDS)
    nothing.clear()
    assert nothing.ids == set()


def test_what_has_left_goes_out_of_set_cursor_and_anchor() -> None:
    selection = chosen(ROWS[0], ROWS[1])
    assert not selection.keep(lambda _: True)
    assert selection.keep(lambda found: found == IDS[0])
    assert selection.ids == {IDS[0]}
    assert (selection.cursor, selection.anchor, selection.finding) == (None, None, None)


def test_t09_the_newest_row_takes_the_place_of_an_older_one() -> None:
    selection = chosen(ROWS[0], ROWS[1])
    assert selection.replace(IDS[1], IDS[5])
    assert selection.ids == {IDS[0], IDS[5]}
    assert (selection.cursor, selection.anchor, selection.finding) == (IDS[5], IDS[5], IDS[5])
    assert not selection.replace(IDS[2], IDS[3])


def test_what_is_hidden_is_counted_with_what_is_shown() -> None:
    assert Chosen((IDS[0], IDS[1]), 3).total == 5


class Desk:
    """A table without Qt, in which everything may happen that happens to a selection."""

    def __init__(self) -> None:
        self.listing, self.selection = GroupedListing(), Selection()
        self.rows: list[Row] = []
        self.apply(*(change.FindingAdded(self.make(number)) for number in range(8)))

    def make(self, number: int, severity: int = 1) -> Finding:
        place = {"scan_id": SCANS[number % 2], "file_path": f"{number % 3}.py"}
        return finding(number, severity=list(Severity)[severity], **place)

    def see(self, edits: list[Edit]) -> None:
        self.rows = replay(self.rows, edits)

    def apply(self, *changes: change.Change) -> None:
        self.see(self.listing.apply(changes))

    def row(self, number: int) -> Row | None:
        return self.rows[number % len(self.rows)] if self.rows else None

    def start_of_range(self) -> int | None:
        """Return where the anchor is on the screen, as the table finds it."""
        anchor = self.selection.anchor
        if anchor is None:
            return None
        if isinstance(anchor, Head):
            return self.listing.row_of_group(anchor.key)
        return self.listing.row_of(anchor)

    # -- what is chosen; each returns the ids that are to be selected then --

    def choose(self, number: int) -> set[FindingId]:
        row = self.row(number)
        if row is None:
            return set(self.selection.ids)
        self.selection.choose(row)
        return rows_of(row)

    def toggle(self, number: int) -> set[FindingId]:
        row, before = self.row(number), set(self.selection.ids)
        if row is None:
            return before
        self.selection.toggle(row)
        return before - rows_of(row) if rows_of(row) <= before else before | rows_of(row)

    def extend(self, number: int, *, adds: bool = False) -> set[FindingId]:
        start, before = self.start_of_range(), set(self.selection.ids)
        if start is None or not self.rows:
            return before
        end = number % len(self.rows)
        low, high = sorted((start, end))
        between = self.rows[low : high + 1]
        self.selection.extend(between if start == low else between[::-1], adds=adds)
        wanted = before if adds else set()
        for place, row in enumerate(between, low):
            is_whole = isinstance(row, Finding) or place in (start, end) or not row.is_open
            wanted |= rows_of(row) if is_whole else set()
        return wanted

    def add_range(self, number: int) -> set[FindingId]:
        return self.extend(number, adds=True)

    def move(self, number: int) -> set[FindingId]:
        row = self.row(number)
        if row is not None:
            self.selection.move_to(row)
        return set(self.selection.ids)

    def choose_all(self, _number: int) -> set[FindingId]:
        self.selection.choose_all(row.id for row in self.listing.rows())
        if self.listing.is_frozen:
            return {row.id for row in self.listing.rows()}
        return {row.id for row in self.listing.listing.rows}

    # -- what happens; none of it may change what is selected, but for what leaves --

    def sort(self, number: int) -> None:
        orders = (NEWEST_LAST, Order(Column.SEVERITY, is_descending=True), Order(Column.LOCATION))
        self.ask(order=orders[number % 3])

    def filter(self, number: int) -> None:
        self.ask(text=("", "sev:high", "file:1.py", "sev:low")[number % 4])

    def group(self, number: int) -> None:
        self.ask(by=(None, GroupBy.FILE, GroupBy.SCAN)[number % 3])

    def ask(
        self, text: str | None = None, order: Order | None = None, **by: GroupBy | None
    ) -> None:
        listing = self.listing.listing
        wanted = listing.filter if text is None else parse_filter(text)
        group_by = by.get("by", self.listing.grouped_by)
        self.see(self.listing.show(wanted, order or listing.order, group_by))

    def fold(self, number: int) -> None:
        row = self.row(number)
        if isinstance(row, Group):
            self.see(self.listing.toggle(row.key))

    def freeze(self, _number: int) -> None:
        if self.listing.is_frozen:
            self.see(self.listing.thaw())
        else:
            self.listing.freeze()

    def arrive(self, number: int) -> None:
        known = self.listing.listing.get(finding_id(number))
        if known is None:
            self.apply(change.FindingAdded(self.make(number)))

    def worsen(self, number: int) -> None:
        known = self.listing.listing.get(finding_id(number))
        if known is not None:
            self.apply(change.FindingReplaced(self.make(number, severity=number % 4), known))

    def drop(self, number: int) -> None:
        known = self.listing.listing.get(finding_id(number))
        if known is not None:
            self.apply(change.FindingDropped(known))
            self.selection.keep(self.listing.listing.knows)

    def release(self, number: int) -> None:
        self.apply(change.ScanRemoved(SCANS[number % 2]))
        self.selection.keep(self.listing.listing.knows)


def rows_of(row: Row) -> set[FindingId]:
    return {row.id} if isinstance(row, Finding) else {found.id for found in row.rows}


CHOICES = (Desk.choose, Desk.toggle, Desk.extend, Desk.add_range, Desk.move, Desk.choose_all)
EVENTS = (Desk.sort, Desk.filter, Desk.group, Desk.fold, Desk.freeze, Desk.arrive, Desk.worsen)
LEAVINGS = (Desk.drop, Desk.release)
NUMBERS = st.integers(0, 15)
STEPS = st.lists(
    st.tuples(st.sampled_from((*CHOICES, *EVENTS, *EVENTS, *LEAVINGS)), NUMBERS), min_size=8
)


@given(STEPS)
def test_only_a_choice_selects_and_removed_findings_are_deselected(
    steps: list[tuple[Callable[[Desk, int], set[FindingId] | None], int]],
) -> None:
    desk = Desk()
    wanted: set[FindingId] = set()
    for do, number in steps:
        selection = desk.selection
        before = (selection.cursor, selection.anchor, selection.finding)
        selected = do(desk, number)
        wanted = wanted if selected is None else selected
        if do in LEAVINGS:
            wanted = set(filter(desk.listing.listing.knows, wanted))
        elif do in EVENTS:
            assert (selection.cursor, selection.anchor, selection.finding) == before
        assert selection.ids == wanted
        found = selection.finding
        is_known = found is None or desk.listing.listing.knows(found)
        assert is_known or desk.listing.is_frozen, "a frozen row may be chosen that has left"
        passing = {row.id for row in desk.listing.listing.rows}
        rows = [row.id for row in desk.listing.rows()]
        chosen_rows = [row.id for row in desk.listing.passing(selection.ids)]
        assert chosen_rows == [found for found in rows if found in wanted & passing]

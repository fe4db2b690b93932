"""Groups of the rows of a listing, and how they change with it.

Groups are in the order of their best row, so the worst file comes first where the worst finding
does. They are built in one pass over sorted rows. A few changes are reported as edits of the rows
on screen, heads included; many are reported as a reset of all rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.table import ordered_rows
from heimdall_desktop.domain.table.finding_index import FilterCache
from heimdall_desktop.domain.table.group import (
    GROUP_KEYS,
    Fingerprints,
    Group,
    GroupBy,
    GroupKey,
    put_together,
)
from heimdall_desktop.domain.table.order import Order, Sorting

REBUILD_FROM = 24  # findings changing at once; each takes a millisecond among 10,000 groups


class Grouping:
    """Owns the groups, which of them are open, and where each row is.

    Args:
        by: what findings of a group have in common.
        find: returns the current finding; called instead of keeping another 100,000 entries by id.
    """

    def __init__(self, by: GroupBy, find: Callable[[FindingId], Finding | None]) -> None:
        self.by = by
        self._find = find
        self._still: dict[FindingId, Finding] | None = None
        self._key = GROUP_KEYS[by]
        self._sorting: Sorting | None = None
        self._groups: list[Group] = []
        self._by_key: dict[GroupKey, Group] = {}
        self.largest = 0  # most findings that a group has had since the groups were built
        self._starts: list[int] | None = None  # positions of heads, until anything moves
        self._prints = Fingerprints()
        if by is GroupBy.FINGERPRINT:
            self._key = self._prints.key
        self._is_open_first = True
        self._others: set[GroupKey] = set()  # groups that differ from `_is_open_first`

    # -- positions --

    def row_of(self, finding_id: FindingId) -> int | None:
        """Return where a finding is shown; None if it is not, or its group is closed."""
        found = self._look_up(self._current(finding_id))
        if found is None or not found[0].is_open:
            return None
        group, place = found
        return self._start(self._groups.index(group)) + 1 + place

    def row_of_group(self, key: GroupKey) -> int | None:
        group = self._by_key.get(key)
        return None if group is None else self._start(self._groups.index(group))

    def position_of(self, finding_id: FindingId) -> int | None:
        found = self._look_up(self._current(finding_id))
        if found is None:
            return None
        group, place = found
        before = self._groups[: self._groups.index(group)]
        return sum([len(other.rows) for other in before]) + place

    def group_of(self, finding_id: FindingId) -> Group | None:
        found = self._look_up(self._current(finding_id))
        return None if found is None else found[0]

    @property
    def number(self) -> int:
        return len(self._groups)

    def findings(self) -> Iterator[Finding]:
        for group in self._groups:
            yield from group.rows

    # -- changes --

    def hold(self) -> None:
        """Freeze the groups until they are built again; findings continue to change."""
        self._still = {finding.id: finding for finding in self.findings()}

    def build(self, rows: Sequence[Finding], sorting: Sorting) -> ordered_rows.RowsReset:
        for _ in self.put_together(rows, sorting):
            pass
        return self.all_rows()

    def put_together(self, rows: Sequence[Finding], sorting: Sorting) -> Iterator[None]:
        self._sorting = sorting
        self._still = None
        is_by_print = self.by is GroupBy.FINGERPRINT
        together = yield from (
            self._prints.put_together(rows) if is_by_print else put_together(rows, self._key)
        )
        self._groups = [
            Group(self.by, key, found, self._is_open(key)) for key, found in together.items()
        ]
        self._by_key = {group.key: group for group in self._groups}
        self.largest = max(map(len, together.values()), default=0)

    def catch_up(
        self, changed: Mapping[FindingId, Finding | None], passes: Callable[[Finding], bool]
    ) -> bool:
        """Apply the changes since the rows were grouped; return False if there are too many.

        Args:
            changed: the findings as they were then; None for one that had not arrived.
            passes: returns whether a finding is shown.
        """
        if len(changed) > REBUILD_FROM:
            return False
        try:
            for before in changed.values():
                if self._look_up(before) is not None:
                    _run(self._remove(before))
            for finding in filter(None, map(self._find, changed)):  # none of them is here now
                if passes(finding):
                    _run(self._add(finding))
        except _LostError:
            return False
        return True

    def open_like(self, other: "Grouping") -> None:
        self._is_open_first, self._others = other._is_open_first, set(other._others)
        for group in self._groups:
            group.is_open = self._is_open(group.key)
        self._starts = None

    def replay(
        self, edits: Iterable[ordered_rows.Edit], rows: Sequence[Finding]
    ) -> list[ordered_rows.Edit]:
        """Apply the edits of a listing; return the resulting edits of the rows on screen."""
        edits = list(edits)
        assert self._sorting is not None  # noqa: S101 - built before anything happens
        if sum(map(_weight, edits)) > REBUILD_FROM:
            return [self.build(rows, self._sorting)]
        try:
            return [change for edit in edits for change in self._take(edit)]
        except _LostError:
            return [self.build(rows, self._sorting)]

    def toggle(self, key: GroupKey) -> list[ordered_rows.Edit]:
        group = self._by_key.get(key)
        if group is None:
            return []
        self._others ^= {key}
        first = self._start(self._groups.index(group)) + 1
        group.is_open, self._starts = not group.is_open, None
        head = ordered_rows.RowsReplaced(first - 1, (group,))
        if group.is_open:
            return [head, ordered_rows.RowsInserted(first, tuple(group.rows))]
        return [head, ordered_rows.RowsRemoved(first, len(group.rows))]

    def set_all_open(self, *, are_open: bool) -> ordered_rows.RowsReset:
        self._is_open_first = are_open
        self._others.clear()
        for group in self._groups:
            group.is_open = are_open
        return self.all_rows()

    # -- single findings --

    def _take(self, edit: ordered_rows.Edit) -> Iterator[ordered_rows.Edit]:
        match edit:
            case ordered_rows.RowsInserted(_, findings):
                for finding in _findings(findings):
                    yield from self._add(finding)
            case ordered_rows.RowsRemoved():
                for finding in _findings(edit.rows):
                    yield from self._remove(finding)
            case ordered_rows.RowMoved(_, _, finding):
                yield from self._remove(edit.previous)
                yield from self._add(finding)
            case ordered_rows.RowsReplaced(_, findings):
                for finding, before in zip(_findings(findings), edit.previous, strict=True):
                    yield from self._replace(finding, before)
            case ordered_rows.RowsReset():
                pass  # weighs too much to come here

    def _add(self, finding: Finding) -> Iterator[ordered_rows.Edit]:
        """Add a finding; one that was alone with its fingerprint joins its group too."""
        other = None
        if self.by is GroupBy.FINGERPRINT and self._prints.key(finding) is None:
            other = self._prints.alone(finding.fingerprint)
            if other is None:
                self._prints.be_alone(finding)
        if other is not None:
            joined = self._find(other)
            yield from self._take_out(joined)
            self._prints.share(finding.fingerprint)
            yield from self._put(joined or finding)
        yield from self._put(finding)

    def _remove(self, finding: Finding | None) -> Iterator[ordered_rows.Edit]:
        """Remove a finding; if only one is left of its fingerprint, that one is alone again."""
        yield from self._take_out(finding)
        if finding is None or self.by is not GroupBy.FINGERPRINT:
            return
        self._prints.leave(finding)
        group = self._by_key.get(finding.fingerprint) if finding.fingerprint else None
        if group is not None and len(group.rows) == 1:
            left = group.rows[0]
            yield from self._take_out(left)
            self._prints.be_alone(left)
            yield from self._put(left)

    def _put(self, finding: Finding) -> Iterator[ordered_rows.Edit]:
        key = self._key(finding)
        group = self._by_key.get(key)
        if group is None:
            group = self._by_key[key] = Group(self.by, key, [finding], self._is_open(key))
            at = self._place_among_groups(group)
            self._groups.insert(at, group)
            self._starts = None
            yield ordered_rows.RowsInserted(self._start(at), _shown(group))
            return
        at, place = self._groups.index(group), self._sorted_in(group.rows, finding)
        group.rows.insert(place, finding)
        self._starts = None
        self.largest = max(self.largest, len(group.rows))
        if group.is_open:
            yield ordered_rows.RowsInserted(self._start(at) + 1 + place, (finding,))
        yield from self._settle(group, at, has_other_best=place == 0)

    def _take_out(self, finding: Finding | None) -> Iterator[ordered_rows.Edit]:
        found = self._look_up(finding)
        if found is None:
            raise _LostError
        group, place = found
        at = self._groups.index(group)
        start = self._start(at)
        if len(group.rows) == 1:
            del self._groups[at], self._by_key[group.key]
            self._starts = None
            yield ordered_rows.RowsRemoved(start, group.size)
            return
        del group.rows[place]
        self._starts = None
        if group.is_open:
            yield ordered_rows.RowsRemoved(start + 1 + place, 1)
        yield from self._settle(group, at, has_other_best=place == 0)

    def _replace(self, finding: Finding, before: Finding) -> Iterator[ordered_rows.Edit]:
        """Update a finding; it stays in place unless its group changes."""
        found = self._look_up(before)
        if found is None or self._key(before) != self._key(finding):
            yield from self._remove(before)
            yield from self._add(finding)
            return
        group, place = found
        group.rows[place] = finding
        group.moved()
        start = self._start(self._groups.index(group))
        yield ordered_rows.RowsReplaced(start, (group,))
        if group.is_open:
            yield ordered_rows.RowsReplaced(start + 1 + place, (finding,))

    def _settle(
        self, group: Group, at: int, *, has_other_best: bool
    ) -> Iterator[ordered_rows.Edit]:
        group.moved()
        start = self._start(at)
        if not has_other_best:
            yield ordered_rows.RowsReplaced(start, (group,))
            return
        del self._groups[at]
        place = self._place_among_groups(group)
        self._groups.insert(place, group)
        self._starts = None
        if place == at:
            yield ordered_rows.RowsReplaced(start, (group,))
        else:
            yield ordered_rows.RowsRemoved(start, group.size)
            yield ordered_rows.RowsInserted(self._start(place), _shown(group))

    # -- places --

    def _is_open(self, key: GroupKey) -> bool:
        return self._is_open_first is not (key in self._others)

    def _start(self, at: int) -> int:
        if self._starts is None:
            sizes = [1 + len(group.rows) if group.is_open else 1 for group in self._groups]
            self._starts = [0, *accumulate(sizes)]
        return self._starts[at]

    def _current(self, finding_id: FindingId) -> Finding | None:
        return self._find(finding_id) if self._still is None else self._still.get(finding_id)

    def _look_up(self, finding: Finding | None) -> tuple[Group, int] | None:
        """Return the group of a finding and its place there; None if it is not here."""
        group = None if finding is None else self._by_key.get(self._key(finding))
        if finding is None or group is None:
            return None
        place = self._sorted_in(group.rows, finding)
        is_there = place < len(group.rows) and group.rows[place].id == finding.id
        return (group, place) if is_there else None

    def _place_among_groups(self, group: Group) -> int:
        return self._sorted_in([other.rows[0] for other in self._groups], group.rows[0])

    def _sorted_in(self, rows: Sequence[Finding], finding: Finding) -> int:
        assert self._sorting is not None  # noqa: S101
        return self._sorting.position(rows, finding)

    def all_rows(self) -> ordered_rows.RowsReset:
        rows: list[ordered_rows.Row] = []
        starts: list[int] = []
        for group in self._groups:
            starts.append(len(rows))
            rows.append(group)
            if group.is_open:
                rows += group.rows
        self._starts = [*starts, len(rows)]
        return ordered_rows.RowsReset(rows)


class _LostError(Exception):
    """A finding is not where it should be: the groups must be built again."""


def _run(edits: Iterator[ordered_rows.Edit]) -> None:
    for _ in edits:
        pass


def _shown(group: Group) -> Sequence[ordered_rows.Row]:
    return (group, *group.rows) if group.is_open else (group,)


def _findings(rows: Sequence[ordered_rows.Row]) -> list[Finding]:
    return [row for row in rows if isinstance(row, Finding)]


def _weight(edit: ordered_rows.Edit) -> int:
    match edit:
        case ordered_rows.RowsInserted(_, findings) | ordered_rows.RowsReplaced(_, findings):
            return len(findings)
        case ordered_rows.RowsRemoved(_, count):
            return count
        case ordered_rows.RowMoved():
            return 1
        case ordered_rows.RowsReset():
            return REBUILD_FROM + 1


# Rows that take long to show, prepared slice by slice, and kept current until requested.
#
# Testing, sorting and grouping 100,000 findings takes too long for one turn of the window's
# event loop, so each is done some turns before the rows are shown. Few rows change in between.


FEW = 200  # rows that change in between; for more of them, sorting again is faster


class Preparation:
    """Owns the findings that pass one filter, sorted in one order, and grouped."""

    def __init__(
        self,
        wanted: Filter,
        order: Order,
        passing: FilterCache,
        find: Callable[[FindingId], Finding | None],
    ) -> None:
        self.wanted, self.order, self.passing = wanted, order, passing
        self._find = find
        self._sorting: Sorting | None = None  # of the rows; None while no rows are ready
        self._rows: list[Finding] | None = None
        self._grouping: Grouping | None = None
        self._changed: dict[FindingId, Finding | None] = {}

    # -- slice by slice --

    def put_in_order(
        self, rows: Sequence[Finding], sorting: Sorting, *, is_in_order: bool = False
    ) -> Iterator[None]:
        """Sort passing rows, which are oldest first, unless they are in order."""
        self._sorting = sorting
        ordered = list(rows) if is_in_order else (yield from sorting.sorted_in_steps(rows))
        if self._sorting is sorting:
            self._rows = ordered
        yield

    def put_together(self, by: GroupBy) -> Iterator[None]:
        if self._sorting is not None and self._rows is not None and len(self._changed) <= FEW:
            grouping = Grouping(by, self._find)
            yield from grouping.put_together(tuple(self._rows), self._sorting)
            self._grouping = grouping

    # -- while it waits --

    def note(self, finding_id: FindingId, before: Finding | None) -> None:
        """Record that a finding has changed, with its earlier version; None if it is new."""
        self.passing.note(finding_id, before)
        if self._sorting is not None and len(self._changed) <= FEW:
            self._changed.setdefault(finding_id, before)

    def forget_rows(self) -> None:
        """Discard the rows, because they would need another order."""
        self._sorting = self._rows = self._grouping = None

    # -- when the rows are requested --

    def is_for(self, wanted: Filter, order: Order) -> bool:
        """Whether these are the rows of a filter in an order, and few have changed."""
        is_ready = self._rows is not None and len(self._changed) <= FEW
        return is_ready and (self.wanted, self.order) == (wanted, order)

    def groups(self, wanted: Filter, order: Order, by: GroupBy | None) -> Grouping | None:
        """Hand over the groups for this request, brought up to date; None if there are none."""
        grouping, self._grouping = self._grouping, None
        if grouping is None or grouping.by is not by or not self.is_for(wanted, order):
            return None
        return grouping if grouping.catch_up(self._changed, wanted.matches) else None

    def rows(self) -> list[Finding]:
        assert self._rows is not None  # noqa: S101 - see `is_for`
        assert self._sorting is not None  # noqa: S101
        rows, position = self._rows, self._sorting.position
        for before in filter(None, self._changed.values()):
            place = position(rows, before)
            if place < len(rows) and rows[place].id == before.id:
                del rows[place]
        for finding in filter(None, map(self._find, self._changed)):
            if self.wanted.matches(finding):
                rows.insert(position(rows, finding), finding)
        return rows

"""The selected findings: anchor, cursor and single ones, by finding id and never by row.

So a selection survives every refresh, sort, filter, grouping and freeze. Later arrivals are not in
it, removed findings leave it, and filtered-out findings stay in it and are counted separately. It
has no order: the caller passes the rows between two of them.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.table.group import Group, GroupKey
from heimdall_desktop.domain.table.ordered_rows import Entry

_id = attrgetter("id")


class Head(Struct, frozen=True):
    """The head of a group, as a place where the keyboard focus may be."""

    key: GroupKey


Place = FindingId | Head


class Chosen(Struct, frozen=True):
    """The findings that an action is about.

    Attributes:
        shown: the selected findings that pass the filter now, in the order of the table.
        hidden: the number of other selected findings, which do not pass it; no action touches them.
    """

    shown: tuple[FindingId, ...] = ()
    hidden: int = 0

    @property
    def total(self) -> int:
        return len(self.shown) + self.hidden


class Selection:
    """Owns the selection. The head of a group means the rows it has when it is selected."""

    def __init__(self) -> None:
        self._ids: set[FindingId] = set()
        self._cursor: Place | None = None
        self._anchor: Place | None = None
        self._finding: FindingId | None = None

    @property
    def ids(self) -> AbstractSet[FindingId]:
        return self._ids

    @property
    def is_many(self) -> bool:
        return len(self._ids) > 1

    @property
    def cursor(self) -> Place | None:
        return self._cursor

    @property
    def anchor(self) -> Place | None:
        return self._anchor

    @property
    def finding(self) -> FindingId | None:
        """The finding at the cursor, or the last one before it moved to the head of a group."""
        return self._finding

    def holds(self, row: Entry | None) -> bool:
        """Return whether a row is selected; the head of a group is if all its rows are."""
        if isinstance(row, Group):
            return self._ids.issuperset(map(_id, row.rows))
        return isinstance(row, Finding) and row.id in self._ids

    def has_all(self, findings: Iterable[FindingId], number: int) -> bool:
        return len(self._ids) >= number and self._ids.issuperset(findings)

    # -- keys and clicks --

    def choose(self, row: Finding | Group) -> None:
        """Select only a row, and start ranges there."""
        self.move_to(row)
        self._anchor, self._ids = self._cursor, set(_meant([row]))

    def toggle(self, row: Finding | Group) -> None:
        """Select a row beside the others, or deselect it; start ranges there."""
        self.move_to(row)
        self._anchor, meant = self._cursor, set(_meant([row]))
        if meant <= self._ids:
            self._ids -= meant
        else:
            self._ids |= meant

    def extend(self, rows: Sequence[Entry], *, adds: bool = False) -> None:
        """Select a range in place of the earlier selection.

        Args:
            rows: the first one is the anchor, the last one is the new cursor; neither is a gap.
            adds: keep what was selected outside the range.
        """
        first, last = rows[0], rows[-1]
        if isinstance(first, Finding | Group) and isinstance(last, Finding | Group):
            self.move_to(last)
            self._anchor = place_of(first)
            self._ids = {*(self._ids if adds else ()), *_meant(rows)}

    def move_to(self, row: Finding | Group) -> None:
        self._cursor = place_of(row)
        if isinstance(row, Finding):
            self._finding = row.id

    def choose_all(self, findings: Iterable[FindingId]) -> None:
        self._ids = set(findings)

    def clear(self) -> None:
        """Reduce the selection to the finding at the cursor."""
        self._ids = set() if self._finding is None else {self._finding}
        self._anchor = self._cursor

    # -- changes of the rows --

    def keep(self, is_there: Callable[[FindingId], bool]) -> bool:
        """Remove findings that no longer exist; return whether there were any."""
        before = len(self._ids)
        self._ids = set(filter(is_there, self._ids))
        is_gone = self._finding is not None and not is_there(self._finding)
        if is_gone:
            self._finding = None
        self._cursor = _kept(self._cursor, is_there)
        self._anchor = _kept(self._anchor, is_there)
        return is_gone or len(self._ids) != before

    def replace(self, older: FindingId, newer: FindingId) -> bool:
        """Replace an older row of a finding by its newest; return False if it has no place here.

        Source: protocol.md T-9.
        """
        is_selected = older in self._ids
        if is_selected:
            self._ids.remove(older)
            self._ids.add(newer)
        is_here = older in (self._cursor, self._anchor, self._finding)
        self._cursor = newer if self._cursor == older else self._cursor
        self._anchor = newer if self._anchor == older else self._anchor
        self._finding = newer if self._finding == older else self._finding
        return is_selected or is_here


def place_of(row: Finding | Group) -> Place:
    return row.id if isinstance(row, Finding) else Head(row.key)


def _meant(rows: Sequence[Entry]) -> Iterable[FindingId]:
    """Return the findings of a range.

    The head of an open group within it adds nothing: its rows are in the range or are not. If the
    range starts or ends with a head, that head itself was selected.
    """
    found = [row.id for row in rows if isinstance(row, Finding)]
    yield from found
    if len(found) == len(rows):
        return
    ends = (rows[0], rows[-1])
    for group in [row for row in rows if isinstance(row, Group)]:
        if not group.is_open or group in ends:
            yield from map(_id, group.rows)


def _kept(place: Place | None, is_there: Callable[[FindingId], bool]) -> Place | None:
    return place if place is None or isinstance(place, Head) or is_there(place) else None

"""The selected findings: anchor, cursor and single ones, by finding id and never by row.

So a selection survives every refresh, sort, filter, grouping and freeze. Later arrivals are not in
it, removed findings leave it, and filtered-out findings stay in it and are counted separately. It
has no order: the caller passes the rows between two of them.
"""

from collections.abc import Callable, Iterable, Sequence
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
    """Owns the selection. The head of a group means the rows it has when it is selected.

    Attributes:
        ids: the selected findings, shown or hidden; changed only here.
        cursor: the place of the keyboard focus, selected or not.
        anchor: the start of a range.
        finding: the one at the cursor, or the last one before it moved to the head of a group.
    """

    def __init__(self) -> None:
        self.ids: set[FindingId] = set()
        self.cursor: Place | None = None
        self.anchor: Place | None = None
        self.finding: FindingId | None = None

    @property
    def is_many(self) -> bool:
        return len(self.ids) > 1

    def holds(self, row: Entry | None) -> bool:
        """Return whether a row is selected; the head of a group is if all its rows are."""
        if isinstance(row, Group):
            return self.ids.issuperset(map(_id, row.rows))
        return isinstance(row, Finding) and row.id in self.ids

    def has_all(self, findings: Iterable[FindingId], number: int) -> bool:
        return len(self.ids) >= number and self.ids.issuperset(findings)

    # -- keys and clicks --

    def choose(self, row: Finding | Group) -> None:
        """Select only a row, and start ranges there."""
        self.move_to(row)
        self.anchor, self.ids = self.cursor, set(_meant([row]))

    def toggle(self, row: Finding | Group) -> None:
        """Select a row beside the others, or deselect it; start ranges there."""
        self.move_to(row)
        self.anchor, meant = self.cursor, set(_meant([row]))
        if meant <= self.ids:
            self.ids -= meant
        else:
            self.ids |= meant

    def extend(self, rows: Sequence[Entry], *, adds: bool = False) -> None:
        """Select a range in place of the earlier selection.

        Args:
            rows: the first one is the anchor, the last one is the new cursor; neither is a gap.
            adds: keep what was selected outside the range.
        """
        first, last = rows[0], rows[-1]
        if isinstance(first, Finding | Group) and isinstance(last, Finding | Group):
            self.move_to(last)
            self.anchor = place_of(first)
            self.ids = {*(self.ids if adds else ()), *_meant(rows)}

    def move_to(self, row: Finding | Group) -> None:
        self.cursor = place_of(row)
        if isinstance(row, Finding):
            self.finding = row.id

    def choose_all(self, findings: Iterable[FindingId]) -> None:
        self.ids = set(findings)

    def clear(self) -> None:
        """Reduce the selection to the finding at the cursor."""
        self.ids = set() if self.finding is None else {self.finding}
        self.anchor = self.cursor

    # -- changes of the rows --

    def keep(self, is_there: Callable[[FindingId], bool]) -> bool:
        """Remove findings that no longer exist; return whether there were any."""
        before = len(self.ids)
        self.ids = set(filter(is_there, self.ids))
        is_gone = self.finding is not None and not is_there(self.finding)
        if is_gone:
            self.finding = None
        self.cursor = _kept(self.cursor, is_there)
        self.anchor = _kept(self.anchor, is_there)
        return is_gone or len(self.ids) != before

    def replace(self, older: FindingId, newer: FindingId) -> bool:
        """Replace an older row of a finding by its newest; return False if it has no place here.

        Source: protocol.md T-9.
        """
        is_selected = older in self.ids
        if is_selected:
            self.ids.remove(older)
            self.ids.add(newer)
        is_here = older in (self.cursor, self.anchor, self.finding)
        self.cursor = newer if self.cursor == older else self.cursor
        self.anchor = newer if self.anchor == older else self.anchor
        self.finding = newer if self.finding == older else self.finding
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

"""The layout of the findings table, as a value and as the stored text.

The text may be of another version, damaged or written by another program. Parts that can't be
understood are ignored, column by column, and the rest is used. Source: behaviour.md feature 36;
look.md 4.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import ScanId, one_line
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, KEYS_LIMIT, NEWEST_LAST, By, Column, Order

_FIXED = frozenset(column for column in COLUMNS if column.spec.is_fixed)
WIDTH_LIMITS_PX = (40, 2000)
ZOOM_LIMITS = (80, 200)  # per cent; behaviour.md 2.8
ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)

Word = TypeVar("Word", bound=Enum)


class Density(Enum):
    """How close rows are. It is stored by its name."""

    COMPACT = auto()
    STANDARD = auto()
    COMFORTABLE = auto()


class TableLayout(Struct, frozen=True):
    """All layout settings.

    Attributes:
        sequence: all columns in their order, the severity first.
        on, off: columns that were switched on or off; the others appear and disappear with the
            width.
        widths_px: of columns that were given one, before scaling.
        order: the sort order of the rows.
        group: how rows are grouped.
        density: how close rows are.
        zoom: of the whole window, in per cent.
    """

    sequence: tuple[Column, ...] = COLUMNS
    on: frozenset[Column] = frozenset()
    off: frozenset[Column] = frozenset()
    widths_px: Mapping[Column, int] = field(default_factory=dict)
    order: Order = NEWEST_LAST
    group: GroupBy | None = None
    density: Density = Density.STANDARD
    zoom: int = 100

    @property
    def exported(self) -> tuple[Column, ...]:
        """The columns of an exported file: all that the user hasn't switched off, whatever fits."""
        return tuple(
            column
            for column in self.sequence
            if column not in self.off and (column.spec.is_usual or column in self.on)
        )

    def with_column(self, column: Column, *, is_on: bool | None) -> TableLayout:
        """Switch a column on or off; None lets it appear and disappear with the width."""
        if column.spec.is_fixed:
            return self
        only, none = frozenset({column}), frozenset[Column]()
        return replace(
            self,
            on=self.on - only | (only if is_on else none),
            off=self.off - only | (only if is_on is False else none),
        )

    def with_width(self, column: Column, width_px: int) -> TableLayout:
        width_px = min(max(width_px, WIDTH_LIMITS_PX[0]), WIDTH_LIMITS_PX[1])
        return replace(self, widths_px={**self.widths_px, column: width_px})

    def moved(self, column: Column, steps: int, shown: Iterable[Column] = COLUMNS) -> TableLayout:
        movable = [other for other in self.sequence[1:] if other in set(shown)]
        if column not in movable:
            return self
        place = movable.index(column)
        beside = movable[min(max(place + steps, 0), len(movable) - 1)]
        others = [other for other in self.sequence if other is not column]
        at = others.index(beside) + (1 if steps > 0 else 0) if beside is not column else None
        if at is None:
            return self
        return replace(self, sequence=(*others[:at], column, *others[at:]))

    def with_default_columns(self) -> TableLayout:
        group, density, zoom = self.group, self.density, self.zoom
        return TableLayout(order=self.order, group=group, density=density, zoom=zoom)

    def zoomed(self, steps: int) -> TableLayout:
        """Make everything larger or smaller; 0 resets the zoom."""
        if steps == 0:
            return replace(self, zoom=100)
        larger = [zoom for zoom in ZOOM_STEPS if zoom > self.zoom]
        smaller = [zoom for zoom in reversed(ZOOM_STEPS) if zoom < self.zoom]
        nearest = next(iter(larger if steps > 0 else smaller), self.zoom)
        return replace(self, zoom=nearest)

    @property
    def text(self) -> str:
        return json.dumps(
            {
                "columns": [column.name for column in self.sequence],
                "on": sorted(column.name for column in self.on),
                "off": sorted(column.name for column in self.off),
                "widths": {column.name: width for column, width in self.widths_px.items()},
                "order": [[by.column.name, by.is_descending] for by in self.order.keys],
                "group": None if self.group is None else self.group.name,
                "density": self.density.name,
                "zoom": self.zoom,
            }
        )


def read_table_layout(text: str) -> TableLayout:
    try:
        words = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return TableLayout()
    if not isinstance(words, dict):
        return TableLayout()
    on = frozenset(_words(Column, words.get("on"))) - _FIXED
    reported, widths_px = words.get("widths"), {}
    for name, number in reported.items() if isinstance(reported, dict) else ():
        column, width_px = _word(Column, name), _number(number, WIDTH_LIMITS_PX)
        if column is not None and width_px is not None:
            widths_px[column] = width_px
    return TableLayout(
        sequence=_sequence(words.get("columns")),
        on=on,
        off=frozenset(_words(Column, words.get("off"))) - _FIXED - on,
        widths_px=widths_px,
        order=_order(words.get("order")),
        group=_word(GroupBy, words.get("group")),
        density=_word(Density, words.get("density")) or Density.STANDARD,
        zoom=_number(words.get("zoom"), ZOOM_LIMITS) or 100,
    )


def _word(kind: type[Word], name: Any) -> Word | None:
    return kind.__members__.get(name) if isinstance(name, str) else None


def _words(kind: type[Word], names: Any) -> list[Word]:
    found = [_word(kind, name) for name in names] if isinstance(names, list) else []
    return [word for word in dict.fromkeys(found) if word is not None]


def _sequence(names: Any) -> tuple[Column, ...]:
    """Return all columns: the named ones in that order, new ones where they belong."""
    named = [column for column in _words(Column, names) if column is not COLUMNS[0]]
    if not named:
        return COLUMNS
    sequence = [COLUMNS[0], *named]
    for place, column in enumerate(COLUMNS):
        if column not in sequence:
            sequence.insert(sequence.index(COLUMNS[place - 1]) + 1, column)
    return tuple(sequence)


def _number(reported: Any, limits: tuple[int, int]) -> int | None:
    if not isinstance(reported, int) or isinstance(reported, bool):
        return None
    return reported if limits[0] <= reported <= limits[1] else None


def _order(reported: Any) -> Order:
    keys: dict[Column, By] = {}
    for entry in reported if isinstance(reported, list) else ():
        if isinstance(entry, list) and len(entry) == len(("column", "direction")):
            column = _word(Column, entry[0])
            if column is not None and column.spec.is_sorted:
                keys.setdefault(column, By(column, entry[1] is True))
    if not keys:
        return NEWEST_LAST
    first, *further = list(keys.values())[:KEYS_LIMIT]
    return Order(first.column, first.is_descending, tuple(further))


# Named views: a filter, optionally a scope and a table layout, under a name; and their storage.
#
# Names and filters come from a file that may have been changed in any way: anything that is not
# a view is ignored, and its content is treated only as text. Source: behaviour.md feature 13.


MOST_VIEWS = 100
LONGEST_NAME = 60
LONGEST_TEXT = 2000


class SavedView(Struct, frozen=True):
    """A view that the user can select.

    Attributes:
        name: one harmless line, unique among the views.
        text: the filter as typed.
        has_scope: whether it also switches to its scope.
        scan_id: its scope, None for all scans.
        table_layout: how rows are sorted and grouped, as a text; "" leaves them.
        notifies: a new finding that it shows raises an alert.
    """

    name: str
    text: str
    has_scope: bool = False
    scan_id: ScanId | None = None
    table_layout: str = ""
    notifies: bool = False


Views = tuple[SavedView, ...]


def with_view(views: Views, view: SavedView) -> Views:
    return (*views, replace(view, name=free_name(views, view.name)))[:MOST_VIEWS]


def with_place(views: Views, view: SavedView, place: int) -> Views:
    others = [other for other in views if other.name != view.name]
    at = max(0, min(place, len(others)))
    return (*others[:at], view, *others[at:])


def renamed(views: Views, name: str, wanted: str) -> Views:
    others = tuple(view for view in views if view.name != name)
    free = free_name(others, wanted) if clean_name(wanted) else name
    return tuple(replace(view, name=free) if view.name == name else view for view in views)


def updated(views: Views, view: SavedView) -> Views:
    return tuple(view if known.name == view.name else known for known in views)


def without(views: Views, name: str) -> Views:
    return tuple(view for view in views if view.name != name)


def clean_name(text: str) -> str:
    return one_line(text)[:LONGEST_NAME].strip()


def free_name(views: Iterable[SavedView], wanted: str) -> str:
    name = clean_name(wanted)
    taken = {view.name.casefold() for view in views}
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name[: LONGEST_NAME - 5].rstrip()} {number}"
    return free


def write_views(views: Sequence[SavedView], current: str = "") -> str:
    rows = [
        {"name": view.name, "text": view.text}
        | ({"scope": view.scan_id or ""} if view.has_scope else {})
        | ({"looks": view.table_layout} if view.table_layout else {})
        | ({"notify": True} if view.notifies else {})
        for view in views
    ]
    return json.dumps({"views": rows, "current": current}, ensure_ascii=False)


def read_views(kept: str) -> tuple[Views | None, str]:
    """Return views and the name of the one in use; None for the views if nothing can be read."""
    try:
        words = json.loads(kept)
    except (ValueError, RecursionError):
        return None, ""
    if not isinstance(words, dict) or not isinstance(words.get("views"), list):
        return None, ""
    views: Views = ()
    for row in words["views"][:MOST_VIEWS]:
        view = _read_view(row)
        if view is not None and clean_name(view.name):
            views = with_view(views, view)
    current = words.get("current")
    names = {view.name for view in views}
    return views, current if isinstance(current, str) and current in names else ""


def _read_view(row: object) -> SavedView | None:
    if not isinstance(row, dict):
        return None
    name, text, scope = row.get("name"), row.get("text"), row.get("scope")
    words = row.get("looks")
    table_layout = words if isinstance(words, str) and len(words) <= LONGEST_TEXT else ""
    if not isinstance(name, str) or not isinstance(text, str) or len(text) > LONGEST_TEXT:
        return None
    has_scope, notifies = isinstance(scope, str), row.get("notify") is True
    scan_id = ScanId(scope) if isinstance(scope, str) and scope else None
    return SavedView(name, text, has_scope, scan_id, table_layout, notifies)

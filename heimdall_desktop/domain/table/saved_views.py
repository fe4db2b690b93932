"""Named views: a filter, maybe a scope and how rows stand, under a name; and their memory.

Names and filters come back from a file that anything may have happened to: what is not a view is
left out, and nothing of it is taken for more than a text. Source: ux.md feature 13.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from heimdall_desktop.domain.facts.finding import ScanId, one_line

MOST_VIEWS = 100
LONGEST_NAME = 60
LONGEST_TEXT = 2000


class SavedView(Struct, frozen=True):
    """What can be looked at by one choice.

    Attributes:
        name: one harmless line, another one for each view.
        text: the filter as it is typed.
        has_scope: whether it goes to its scope as well.
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
    """Return the views with another one at their end, under a name that is free."""
    return (*views, replace(view, name=free_name(views, view.name)))[:MOST_VIEWS]


def with_place(views: Views, view: SavedView, place: int) -> Views:
    """Return the views with one of them, or one that was deleted, at a place."""
    others = [other for other in views if other.name != view.name]
    at = max(0, min(place, len(others)))
    return (*others[:at], view, *others[at:])


def renamed(views: Views, name: str, wanted: str) -> Views:
    """Return the views with one of them under another name, as near to the wanted as is free."""
    others = tuple(view for view in views if view.name != name)
    free = free_name(others, wanted) if clean_name(wanted) else name
    return tuple(replace(view, name=free) if view.name == name else view for view in views)


def updated(views: Views, view: SavedView) -> Views:
    """Return the views with another meaning of the one of that name."""
    return tuple(view if known.name == view.name else known for known in views)


def without(views: Views, name: str) -> Views:
    """Return the views but one."""
    return tuple(view for view in views if view.name != name)


def clean_name(text: str) -> str:
    """Return what is left of a name as one harmless line."""
    return one_line(text)[:LONGEST_NAME].strip()


def free_name(views: Iterable[SavedView], wanted: str) -> str:
    """Return a name that no view has, with a number behind it if need be."""
    name = clean_name(wanted)
    taken = {view.name.casefold() for view in views}
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name[: LONGEST_NAME - 5].rstrip()} {number}"
    return free


def write_views(views: Sequence[SavedView], current: str = "") -> str:
    """Return the text that views are remembered by, with the name of the one in use."""
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
        told = json.loads(kept)
    except (ValueError, RecursionError):
        return None, ""
    if not isinstance(told, dict) or not isinstance(told.get("views"), list):
        return None, ""
    views: Views = ()
    for row in told["views"][:MOST_VIEWS]:
        view = _read_view(row)
        if view is not None and clean_name(view.name):
            views = with_view(views, view)
    current = told.get("current")
    names = {view.name for view in views}
    return views, current if isinstance(current, str) and current in names else ""


def _read_view(row: object) -> SavedView | None:
    if not isinstance(row, dict):
        return None
    name, text, scope = row.get("name"), row.get("text"), row.get("scope")
    told = row.get("looks")
    table_layout = told if isinstance(told, str) and len(told) <= LONGEST_TEXT else ""
    if not isinstance(name, str) or not isinstance(text, str) or len(text) > LONGEST_TEXT:
        return None
    has_scope, notifies = isinstance(scope, str), row.get("notify") is True
    scan_id = ScanId(scope) if isinstance(scope, str) and scope else None
    return SavedView(name, text, has_scope, scan_id, table_layout, notifies)

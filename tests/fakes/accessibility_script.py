"""Reads and drives a window from another process, as a screen reader does; prints JSON.

Runs in the system's Python, which has the binding to the accessibility bus (packages python3-gi and
gir1.2-atspi-2.0); `accessibility.py` starts it. Words of the command line: the process id of the
program, what to do, and where: the accessible names of the parts from the window inwards.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402

LIMIT_S = 20.0
LOOK_S = 0.05  # not every part announces that it has changed, so it is looked at again and again
CLOSE_S = 5.0
MOST_CHILDREN = 500
CLICKS = ("Press", "Toggle", "ShowMenu")


def main(pid: int, command: str, path: list[str]) -> object:
    """Do it as soon as it can be done, and return what is to be printed."""
    ends_at_s = time.monotonic() + LIMIT_S
    while True:
        try:
            return COMMANDS[command](pid, path)
        except (LookupError, GLib.Error) as error:
            if time.monotonic() > ends_at_s:
                sys.exit(f"{command} {path}: {error!r}")
            time.sleep(LOOK_S)


def _texts(pid: int, path: list[str]) -> object:
    """Everything that can be read in a part and below it."""
    outer = _parts(pid, path)[0]
    return [text for part in _walk(outer) for text in _readable(part)]


def _shows(pid: int, wanted: list[str]) -> object:
    """Wait until each of these is shown somewhere, as a name or as a text."""
    texts = {text for part in _parts(pid, []) for inner in _walk(part) for text in _readable(inner)}
    missing = set(wanted) - texts
    if missing:
        raise LookupError(f"{sorted(missing)} not among {sorted(texts)}")
    return None


def _left(pid: int, _path: list[str]) -> object:
    """Wait until no window of the program is the active one."""
    if _has_active(pid):
        raise LookupError("it is active")
    return None


def _close(pid: int, _path: list[str]) -> object:
    """Press the key that closes a window, once one is active; again if that had no effect.

    A window manager under load now and then loses the first one.
    """
    if not _has_active(pid):
        raise LookupError("it is not active")
    subprocess.run(("xdotool", "key", "alt+F4"), check=True)
    ends_at_s = time.monotonic() + CLOSE_S
    while time.monotonic() < ends_at_s:
        try:
            if not _has_active(pid):
                return None
        except (LookupError, GLib.Error):
            return None  # the program has ended
        time.sleep(LOOK_S)
    raise LookupError("it is still active")


def _has_active(pid: int) -> bool:
    windows = [window for part in _parts(pid, []) for window in _children(part)]
    return any(window.get_state_set().contains(Atspi.StateType.ACTIVE) for window in windows)


def _press(pid: int, path: list[str]) -> object:
    return _press_one_of(_parts(pid, path))


def _press_row(pid: int, path: list[str]) -> object:
    """Press the first cell of a row, whatever it says by now: ages are part of names."""
    number, table = int(path[0]), _table(pid, path[1:])
    return _press_one_of([Atspi.Table.get_accessible_at(table, number, 0)])


def _press_one_of(parts: list[Any]) -> object:
    for part in parts:
        actions = part.get_action_iface()
        count = 0 if actions is None else actions.get_n_actions()
        reported = [Atspi.Action.get_action_name(actions, index) for index in range(count)]
        names = [name.replace(" ", "") for name in reported]  # Qt 6.12 writes "Show Menu"
        for name in CLICKS:
            if name in names:
                return Atspi.Action.do_action(actions, names.index(name))
    raise LookupError("nothing to press")


def _type(pid: int, path: list[str]) -> object:
    """Write the text that comes on standard input, so that a secret is in no argument."""
    for part in _parts(pid, path):
        editable = part.get_editable_text_iface()
        if editable is not None:
            return Atspi.EditableText.set_text_contents(editable, TYPED)
    raise LookupError("nothing to write into")


def _rows(pid: int, path: list[str]) -> object:
    """The first column of the first rows, each as it is read aloud."""
    count, table = int(path[0]), _table(pid, path[1:])
    if Atspi.Table.get_n_rows(table) < count:
        raise LookupError("not so many rows yet")
    return [Atspi.Table.get_accessible_at(table, row, 0).get_name() for row in range(count)]


def _select(pid: int, path: list[str]) -> object:
    """Select a row of a table by its selection interface, as a screen reader's own cursor does."""
    number, table = int(path[0]), _table(pid, path[1:])
    if not Atspi.Table.add_row_selection(table, number):
        raise LookupError("no such row")
    return None


def _place(pid: int, path: list[str]) -> object:
    number, table = int(path[0]), _table(pid, path[1:])
    cell = Atspi.Table.get_accessible_at(table, number, 0).get_component_iface()
    place = Atspi.Component.get_extents(cell, Atspi.CoordType.SCREEN)
    return [place.x + place.width // 2, place.y + place.height // 2]


def _focus(pid: int, path: list[str]) -> object:
    """Put the keyboard into a part, and wait until it is there."""
    part = _parts(pid, path)[0]
    component = part.get_component_iface()
    if component is None or not Atspi.Component.grab_focus(component):
        raise LookupError("takes no focus")
    if not part.get_state_set().contains(Atspi.StateType.FOCUSED):
        raise LookupError("not focused yet")
    return None


def _table(pid: int, path: list[str]) -> Any:
    for part in _parts(pid, path):
        table = part.get_table_iface()
        if table is not None:
            return table
    raise LookupError("no table")


def _hear(pid: int, _path: list[str]) -> object:
    """Print each announcement on a line of its own, until somebody ends this."""

    def tell(event: Any) -> None:
        if event.source.get_process_id() == pid:
            print(event.any_data, flush=True)  # noqa: T201

    Atspi.EventListener.new(tell).register("object:announcement")
    print("listening", flush=True)  # noqa: T201
    Atspi.event_main()
    return None


def _tree(pid: int, path: list[str]) -> object:
    """For the eyes of whoever writes a test."""

    def reported(part: Any) -> dict[str, Any]:
        below = [reported(child) for child in _children(part)]
        return {"is": f"{part.get_role_name()} {part.get_name()!r}", "has": below}

    return reported(_parts(pid, path)[0])


COMMANDS = {
    "texts": _texts,
    "shows": _shows,
    "close": _close,
    "left": _left,
    "press": _press,
    "press_row": _press_row,
    "type": _type,
    "rows": _rows,
    "select": _select,
    "place": _place,
    "focus": _focus,
    "hear": _hear,
    "tree": _tree,
}


def _parts(pid: int, path: list[str]) -> list[Any]:
    """Find the visible parts that these names lead to.

    Raises:
        LookupError: there is none, or none yet.
    """
    parts = [part for part in _children(Atspi.get_desktop(0)) if part.get_process_id() == pid]
    for name in path:
        inner = [part for outer in parts for part in _walk(outer)]
        parts = [part for part in inner if part.get_name() == name and _is_shown(part)]
    if not parts:
        raise LookupError("no such part")
    return parts


def _walk(part: Any) -> Iterator[Any]:
    yield part
    for child in _children(part):
        yield from _walk(child)


def _children(part: Any) -> Iterator[Any]:
    for index in range(min(part.get_child_count(), MOST_CHILDREN)):
        child = part.get_child_at_index(index)
        if child is not None:
            yield child


def _is_shown(part: Any) -> bool:
    return bool(part.get_state_set().contains(Atspi.StateType.SHOWING))


def _readable(part: Any) -> Iterator[str]:
    if not _is_shown(part):
        return
    if part.get_name():
        yield part.get_name()
    text = part.get_text_iface()
    if text is not None:
        yield Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


if __name__ == "__main__":
    TYPED = sys.stdin.read()
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])))  # noqa: T201

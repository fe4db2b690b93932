"""Fits a place in code into a cell: file and line whole, then as much of the folder as goes.

Source: design.md 5 ("Findings table", Location).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PySide6.QtGui import QColor

from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Theme

Measure = Callable[[str], float]
ELLIPSIS = "…"
FOLDER_GAP_PX = 8
LEFT_TO_RIGHT = "\u200e"  # a path stays so in every language
MIN_STEM = 1  # characters of a file name that stay before the ellipsis


def fit_file_line(text: str, room: float, measure: Measure) -> str:
    """Return "orders.py:88", cut inside the file's name so that extension and line stay whole."""
    if measure(text) <= room:
        return text
    name, colon, line = text.rpartition(":")
    name, end = (name, f":{line}") if colon else (text, "")
    stem, dot, extension = name.rpartition(".")
    stem, tail = (stem, f"{dot}{extension}{end}") if stem else (name, end)

    def cut(length: int) -> str:
        return f"{stem[:length]}{ELLIPSIS}{tail}"

    lengths = range(MIN_STEM, len(stem))  # halved: a name may have thousands of odd characters
    fitting = bisect_right(lengths, room, key=lambda length: measure(cut(length)))
    return cut(lengths[fitting - 1] if fitting else 0)


def fit_folder(folder: str, room: float, measure: Measure) -> str:
    """Return the folder whole, or its end behind an ellipsis, or "" where neither fits."""
    if not folder or measure(folder) <= room:
        return folder
    parts = folder.split("/")

    def end(start: int) -> str:
        return f"{ELLIPSIS}/{'/'.join(parts[start:])}"

    starts = range(1, len(parts))
    first = bisect_left(starts, -room, key=lambda start: -measure(end(start)))
    return end(starts[first]) if first < len(starts) else ""


def draw_location(cell: RowCursor, theme: Theme, file_line: str, folder: str, ink: QColor) -> None:
    """Draw "orders.py:88", and behind it as much of the folder as there is room for."""
    mono, small = theme.metrics(Role.MONO), theme.metrics(Role.SMALL)
    place = fit_file_line(file_line, cell.remaining, mono.horizontalAdvance)
    cell.text(place, theme.font(Role.MONO), ink)
    cell.skip(theme.scale(FOLDER_GAP_PX))
    shown = fit_folder(folder, cell.remaining, small.horizontalAdvance)
    if shown:
        cell.text(f"{LEFT_TO_RIGHT}{shown}", theme.font(Role.SMALL), theme.tokens.faint)

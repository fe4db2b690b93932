"""Fits a finding's place into a cell: file and line whole, then as much of the folder as goes.

Source: design.md 5 ("Findings table", Location).
"""

from collections.abc import Callable

Measure = Callable[[str], float]
ELLIPSIS = "…"
MIN_STEM = 1  # characters of a file name that stay before the ellipsis


def fit_file_line(text: str, room: float, measure: Measure) -> str:
    """Return "orders.py:88", cut inside the file's name so that extension and line stay whole."""
    if measure(text) <= room:
        return text
    name, _, line = text.rpartition(":")
    stem, dot, extension = name.rpartition(".")
    stem, tail = (stem, f"{dot}{extension}:{line}") if stem else (name, f":{line}")
    for length in range(len(stem) - 1, MIN_STEM - 1, -1):
        shown = f"{stem[:length]}{ELLIPSIS}{tail}"
        if measure(shown) <= room:
            return shown
    return f"{ELLIPSIS}{tail}"


def fit_folder(folder: str, room: float, measure: Measure) -> str:
    """Return the folder whole, or its end behind an ellipsis, or "" where neither fits."""
    if not folder or measure(folder) <= room:
        return folder
    parts = folder.split("/")
    for start in range(1, len(parts)):
        shown = f"{ELLIPSIS}/{'/'.join(parts[start:])}"
        if measure(shown) <= room:
            return shown
    return ""

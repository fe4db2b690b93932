"""Lets the Tab key go through a page in the order of its parts, also those that came late.

Qt appends whatever is made late to the end of the whole window.
"""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def lead_through(start: QWidget, page: QWidget) -> None:
    """Let the Tab key go from one widget through all parts of another, in the order of both."""
    stops = [
        part for part in page.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    for before, stop in pairwise([start, *stops]):
        QWidget.setTabOrder(before, stop)

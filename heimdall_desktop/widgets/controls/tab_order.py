"""Lets the Tab key go through parts as they stand on the screen, not as they were made."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget


def order_tabs(parts: Sequence[QWidget]) -> None:
    """Put parts of one window after each other; inside each of them the order stays.

    Each is put right behind the first one, from the last on: Qt takes the way for a ring and moves
    nothing that is next already, be it by way of the beginning.
    """
    first, *others = (stop for part in parts for stop in _stops(part))
    for other in reversed(others):
        QWidget.setTabOrder(first, other)


def _stops(part: QWidget) -> list[QWidget]:
    inside = [] if isinstance(part, QAbstractItemView) else part.findChildren(QWidget)
    return [each for each in (part, *inside) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]

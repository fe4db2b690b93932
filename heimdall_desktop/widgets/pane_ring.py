"""Moves the keyboard from part to part of the window, round and round. Source: ux.md §2.7 (F6)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class PaneRing:
    """Knows the parts in their order.

    Args:
        panes: Parts that take the focus themselves or hand it on.
    """

    def __init__(self, panes: Sequence[QWidget]) -> None:
        self._panes = panes

    def step(self, step: int) -> None:
        """Focus the next part (1) or the one before (-1), of those that are there."""
        panes = [pane for pane in self._panes if pane.isVisible()]
        focused = QApplication.focusWidget()
        place = next((n for n, pane in enumerate(panes) if holds_focus(pane, focused)), None)
        if place is None:
            place = -1 if step > 0 else 0
        panes[(place + step) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)


def holds_focus(pane: QWidget, focused: QWidget | None) -> bool:
    """Whether the keyboard is in a part."""
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))

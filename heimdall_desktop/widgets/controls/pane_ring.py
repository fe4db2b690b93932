"""Moves the keyboard from part to part of the window, round and round. Source: ux.md §2.7 (F6)."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group

KEY_REASONS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
"""Why the focus comes where it was sent by a key; where it was not, no ring is drawn."""


class PaneRing:
    """Knows the parts in their order.

    Args:
        panes: Parts, each with what puts the keyboard there. Focus proxies would take everything
            inside a part out of the way of the Tab key.
    """

    def __init__(self, panes: Sequence[tuple[QWidget, Callable[[], None]]]) -> None:
        self._panes = panes

    def step(self, step: int) -> None:
        """Focus the next part (1) or the one before (-1), of those that are there."""
        panes = [pane for pane in self._panes if pane[0].isVisible()]
        focused = QApplication.focusWidget()
        place = next((n for n, (pane, _) in enumerate(panes) if holds_focus(pane, focused)), None)
        if place is None:
            place = -1 if step > 0 else 0
        for _ in panes:
            place = (place + step) % len(panes)
            pane, take_keyboard = panes[place]
            take_keyboard()
            if holds_focus(pane, QApplication.focusWidget()):
                return  # else nothing in it takes the keyboard, such as a strip without buttons


def ring_commands(ring: PaneRing) -> list[Command]:
    """Return the keys that go round."""
    go_to = Group.GO_TO
    return [
        Command("next-pane", tr("Next pane"), partial(ring.step, 1), ("F6",), group=go_to),
        Command(
            "previous-pane", tr("Previous pane"), partial(ring.step, -1), ("Shift+F6",), group=go_to
        ),
    ]


def focus_first_button(pane: QWidget) -> None:
    """Put the keyboard onto the first button of a part, if it has one."""
    for button in pane.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled():
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def holds_focus(pane: QWidget, focused: QWidget | None) -> bool:
    """Whether the keyboard is in a part."""
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))

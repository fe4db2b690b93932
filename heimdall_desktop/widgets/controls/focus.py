"""Where the keyboard goes: from part to part, by the Tab key, to a window, past a field's own keys.

Source: ux.md §2.7.
"""

import os
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.key_names import KEYS_IN_USE

KEY_REASONS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
"""Why the focus comes where it was sent by a key; where it was not, no ring is drawn."""


class PaneRing:
    """Moves the keyboard from part to part of the window, round and round (F6).

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


def order_tabs(parts: Sequence[QWidget]) -> None:
    """Let the Tab key go through parts of a window as they stand there, not as they were made.

    Each is put right behind the first one, from the last on: Qt takes the way for a ring and moves
    nothing that is next already, be it by way of the beginning.
    """
    first, *others = (stop for part in parts for stop in _stops(part))
    for other in reversed(others):
        QWidget.setTabOrder(first, other)


def _stops(part: QWidget) -> list[QWidget]:
    inside = [] if isinstance(part, QAbstractItemView) else part.findChildren(QWidget)
    return [each for each in (part, *inside) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def lead_through(start: QWidget, page: QWidget) -> None:
    """Let the Tab key go from a widget through all parts of a page, also those made late.

    Qt appends whatever is made late to the end of the whole window.
    """
    for before, stop in pairwise([start, *_stops(page)]):
        QWidget.setTabOrder(before, stop)


def lead_in(place: QWidget, page: QWidget) -> None:
    """Let the Tab key come to a page, made late, where its place in the window is."""
    before = place.previousInFocusChain()
    while before not in (None, place) and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    if before not in (None, place):
        lead_through(before, page)


def settle_in(page: QWidget) -> None:
    """Show a page, made late, at once, and as it stays: Qt takes some turns of the loop for it."""
    page.ensurePolished()
    page.show()


ACTIVATION_VARIABLE = "XDG_ACTIVATION_TOKEN"
FRESH_TIME_MS = 100


def come_forward(window: QWidget, activation: str = "") -> None:
    """Show a window with the keyboard in it, also one that was minimised.

    Args:
        window: the window.
        activation: a token of the desktop, without which Wayland lets no window come in front;
            Qt takes it from the environment as it activates one.
    """
    if activation:
        os.environ[ACTIVATION_VARIABLE] = activation
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    if activation:
        os.environ.pop(ACTIVATION_VARIABLE, None)
    if QGuiApplication.platformName() == "xcb":
        _activate_with_fresh_time(window)


def _activate_with_fresh_time(window: QWidget) -> None:
    """Activate a window again once Qt knows what time it is on the X server.

    Qt asks for activation with the time of its own last event, which lies before the last key press
    elsewhere: window managers such as Metacity refuse that. A changed title brings an event.
    """
    title = window.windowTitle()
    window.setWindowTitle(f"{title} ")
    window.setWindowTitle(title)
    QTimer.singleShot(FRESH_TIME_MS, window, window.activateWindow)


class KeyPrecedence(QObject):
    """Lets keys of the window work in its fields too, where Qt would edit the text with them.

    On X11 a field takes Ctrl+K for "delete the rest of the line".

    Args:
        keys: What shall never edit a text, as it is at first; the keys in use count.
        window: Where.
    """

    def __init__(self, keys: str, window: QWidget) -> None:
        super().__init__(window)
        self._keys, self._window = keys, window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the question "will you take this key?" from the field, which leaves it to us."""
        return (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and QKeySequence(event.keyCombination()) == QKeySequence(KEYS_IN_USE.of(self._keys))
        )

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and now.window() is self._window:
            now.installEventFilter(self)

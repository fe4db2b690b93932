"""Where the keyboard goes: from part to part, with the Tab key, to a window, past a field's keys.

Source: behaviour.md 2.7.
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
"""Focus reasons that come from a key; for other reasons no ring is drawn."""


class PaneRing:
    """Moves the keyboard from part to part of the window, in a cycle (F6).

    Args:
        panes: Parts, each with a function that focuses it. Focus proxies would remove everything
            inside a part from the Tab order.
    """

    def __init__(self, panes: Sequence[tuple[QWidget, Callable[[], None]]]) -> None:
        self._panes = panes

    def step(self, step: int) -> None:
        """Focus the next part (1) or the previous one (-1), skipping missing ones."""
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
                return  # otherwise nothing in it accepts focus, such as a strip without buttons


def ring_commands(ring: PaneRing) -> list[Command]:
    go_to = Group.GO_TO
    return [
        Command("next-pane", tr("Next pane"), partial(ring.step, 1), ("F6",), group=go_to),
        Command(
            "previous-pane", tr("Previous pane"), partial(ring.step, -1), ("Shift+F6",), group=go_to
        ),
    ]


def focus_first_button(pane: QWidget) -> None:
    for button in pane.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled():
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def holds_focus(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))


def is_in_front(widget: QWidget) -> bool:
    """Whether a widget can be seen in the window that has the focus.

    Platforms report the focus of a window that was closed or minimised for a moment, some always.
    """
    window = widget.window()
    return widget.isVisible() and window.isActiveWindow() and not window.isMinimized()


def order_tabs(parts: Sequence[QWidget]) -> None:
    """Set the Tab order of parts to their visual order, not their creation order.

    Each part is put right behind the first one, starting with the last: Qt treats the order as a
    ring and moves nothing that is already next, even across the beginning.
    """
    first, *others = (stop for part in parts for stop in _stops(part))
    for other in reversed(others):
        QWidget.setTabOrder(first, other)


def _stops(part: QWidget) -> list[QWidget]:
    inside = [] if isinstance(part, QAbstractItemView) else part.findChildren(QWidget)
    return [each for each in (part, *inside) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def lead_through(start: QWidget, page: QWidget) -> None:
    """Set the Tab order from a widget through all parts of a page, including those created late.

    Qt appends late widgets to the end of the whole window.
    """
    for before, stop in pairwise([start, *_stops(page)]):
        QWidget.setTabOrder(before, stop)


def lead_in(place: QWidget, page: QWidget) -> None:
    """Put a page that was created late at its place in the Tab order."""
    before = place.previousInFocusChain()
    while before not in (None, place) and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    if before not in (None, place):
        lead_through(before, page)


def settle_in(page: QWidget) -> None:
    """Show a late page at once in its final layout; Qt needs some loop turns for it."""
    page.ensurePolished()
    page.show()


ACTIVATION_VARIABLE = "XDG_ACTIVATION_TOKEN"
FRESH_TIME_MS = 100


def come_forward(window: QWidget, activation: str = "") -> None:
    """Show and focus a window, even if it was minimised.

    Args:
        window: the window.
        activation: a token of the desktop, without which Wayland lets no window come to the front;
            Qt takes it from the environment when it activates a window.
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
        # Qt requests activation with the time of its own last event, which is before the last key
        # press elsewhere; window managers such as Metacity refuse that. A changed title causes an
        # event, after which Qt has a current time.
        title = window.windowTitle()
        window.setWindowTitle(f"{title} ")
        window.setWindowTitle(title)
        QTimer.singleShot(FRESH_TIME_MS, window, window.activateWindow)


class KeyPrecedence(QObject):
    """Makes window shortcuts work in fields, where Qt would use them to edit text.

    On X11 a field uses Ctrl+K for "delete the rest of the line".

    Args:
        keys: Shortcuts that must never edit a text, as defaults; the keys in use count.
    """

    def __init__(self, keys: str, window: QWidget) -> None:
        super().__init__(window)
        self._keys, self._window = keys, window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
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

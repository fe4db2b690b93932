"""Running without a window: what closing it does, and what the tray icon shows meanwhile.

Source: behaviour.md 1 (34), 2.1, 2.4.
"""

from collections.abc import Sequence
from enum import Enum, auto

from msgspec import Struct

from heimdall_desktop.domain.facts.choices import OnClose
from heimdall_desktop.domain.facts.server import ServerState
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.board.connection_text import ConnectionSum
from heimdall_desktop.presentation.board.sign import Sign
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.window.window_place import window_title

ON_CLOSE_NAMES = {
    OnClose.FITTING: tr_noop("Closing the window: keep watching, or quit if no scan is watched"),
    OnClose.BACKGROUND: tr_noop("Closing the window: keep running in the background"),
    OnClose.MINIMISE: tr_noop("Closing the window: minimise it"),
    OnClose.QUIT: tr_noop("Closing the window: quit"),
}
#: The same for the settings: a word to choose, and its consequence.
ON_CLOSE_WORDS = {
    OnClose.FITTING: (
        tr_noop("Automatic"),
        tr_noop("Keeps watching in the tray or minimised; quits if no scan is watched."),
    ),
    OnClose.BACKGROUND: (
        tr_noop("Background"),
        tr_noop("Keeps running in the tray, or minimised if there is no tray."),
    ),
    OnClose.MINIMISE: (tr_noop("Minimise"), tr_noop("Keeps running as a minimised window.")),
    OnClose.QUIT: (tr_noop("Quit"), tr_noop("Quits Heimdall and stops watching all scans.")),
}
LARGEST_IN_ICON = 9
LARGEST_IN_BADGE = 999


class Closing(Enum):
    """The result of closing a window."""

    HIDE = auto()
    MINIMISE = auto()
    QUIT = auto()


def closing(choice: OnClose, *, has_tray: bool, is_watching: bool) -> Closing:
    """Return what closing the window does.

    Without a tray the window is never hidden, because the user could not reopen it.

    Args:
        choice: of the user.
        has_tray: the desktop shows our tray icon.
        is_watching: a scan is watched, or new ones would be.
    """
    if choice is OnClose.QUIT or (choice is OnClose.FITTING and not is_watching):
        return Closing.QUIT
    if choice is OnClose.MINIMISE or not has_tray:
        return Closing.MINIMISE
    return Closing.HIDE


def closing_text(done: Closing, quit_keys: str) -> tuple[str, str]:
    """Return title and body of the one-time message if closing the window does not quit.

    Args:
        done: the result for the window.
        quit_keys: end the program; "" for none.
    """
    way = tr("You can change what closing the window does in Settings, under Startup.")
    if quit_keys:
        way = tr("Press {keys} to quit. {way}").format(keys=quit_keys, way=way)
    if done is Closing.HIDE:
        here = tr("Use the tray icon to reopen the window or quit.")
        return tr("Heimdall is still watching"), f"{here} {way}"
    return tr("Heimdall is still watching, minimised"), way


class TrayState(Struct, frozen=True):
    """The state of the tray icon.

    Attributes:
        icon: name of the drawing.
        tip: the same in words, with more detail.
        unread: how many alerts have not been read.
    """

    icon: str
    tip: str
    unread: int = 0

    @property
    def number(self) -> str:
        """The number painted into the icon: "3", "9+", or "" for none."""
        if self.unread > LARGEST_IN_ICON:
            return f"{LARGEST_IN_ICON}+"
        return str(self.unread) if self.unread else ""


def tray_state(
    scans: int,
    unread: int,
    sums: Sequence[ConnectionSum],
    server: ServerState | None,
    tag: Tag | None = None,
) -> TrayState:
    """Return the state of the tray icon: the worst of what the window would show, news first.

    It never shows a watchman while something watched is unreachable.

    Args:
        scans: How many are watched.
        unread: How many alerts have not been read.
        sums: The connection states of all scans, and of the server.
        server: The connection state of the server in use; None without one.
        tag: What applies to all scans besides being watched: a replay, or the demo.
    """
    tip = window_title(scans, unread, sums, server, tag)
    if unread:
        return TrayState("tray-alert", tip, unread)
    signs = {part.sign for part in sums if part.count}
    is_deaf = server is not None and not server.is_good
    if is_deaf or any(sign.spec.is_cut_off or sign is Sign.NOT_CHECKED for sign in signs):
        return TrayState("tray-offline", tip)
    return TrayState("tray-active" if signs - {Sign.ENDED, Sign.REPLAY} else "tray-idle", tip)

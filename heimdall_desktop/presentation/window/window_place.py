"""The title and the stored position of a window, and what runs on without one.

Source: behaviour.md 1 (feature 36: window place, also when a monitor is gone).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict, fields, replace

from heimdall_desktop.domain.facts.choices import OnClose
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerState
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.board.scan_status import (
    ConnectionSum,
    ScanStatus,
    server_brief,
    server_status,
)
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop

GRIP_WIDTH, GRIP_HEIGHT = 120, 32  # height of the upper edge that must be visible to be grabbed
LEAST_TITLE_HEIGHT = 20  # a window nearer to the upper edge has its title bar off the screen
TITLE_HEIGHT = 40  # what desktops add above a window, which is unknown before it is shown


class Area(Struct, frozen=True):
    """A rectangle on the desktop, in logical pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def below_title(self) -> Area:
        """The part of a screen for the window itself, below its title bar."""
        title = min(TITLE_HEIGHT, self.height // 2)
        return Area(self.x, self.y + title, self.width, self.height - title)

    def shared(self, other: Area) -> int:
        width = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        height = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(width, 0) * max(height, 0)


class WindowPlace(Struct, frozen=True):
    """The stored state of a window.

    Attributes:
        x, y, width, height: of the window when it is neither maximised nor full screen.
    """

    x: int
    y: int
    width: int
    height: int
    is_maximised: bool = False
    is_full_screen: bool = False

    def text(self) -> str:
        return json.dumps(asdict(self))


def read_place(text: str) -> WindowPlace | None:
    """Return the stored place; None for an empty text or one this version cannot have written."""
    try:
        place = WindowPlace(**json.loads(text))
    except (ValueError, TypeError, RecursionError):
        return None
    numbers = (place.x, place.y, place.width, place.height)
    switches = (place.is_maximised, place.is_full_screen)
    has_numbers = all(type(number) is int and abs(number) < 1_000_000 for number in numbers)
    has_switches = all(type(switch) is bool for switch in switches)
    return place if has_numbers and has_switches and min(numbers[2:]) > 0 else None


def first_size(width: int, height: int, screen: Area) -> tuple[int, int]:
    """Return the size of a window that was never moved: as wanted, but not larger than the room."""
    home = screen.below_title
    return min(width, home.width), min(height, home.height)


def fitted(place: WindowPlace, screens: Sequence[Area]) -> WindowPlace:
    """Return the place moved and cut so that it is visible and grabbable on the current screens.

    Args:
        place: Where the window was, perhaps on a screen that is gone or has another scale.
        screens: The area of each that windows may cover, the main one first.
    """
    if not screens:
        return place
    grip = Area(place.x, place.y, place.width, GRIP_HEIGHT)
    screen = max(screens, key=grip.shared)
    is_in_sight = grip.shared(screen) >= min(GRIP_WIDTH, place.width) * GRIP_HEIGHT
    screen = screen if is_in_sight else screens[0]
    home = screen.below_title
    width, height = min(place.width, home.width), min(place.height, home.height)
    if not is_in_sight:
        x = home.x + (home.width - width) // 2
        y = home.y + (home.height - height) // 2
        return replace(place, x=x, y=y, width=width, height=height)
    is_cut = (width, height) != (place.width, place.height)
    is_without_title = place.y < screen.y + LEAST_TITLE_HEIGHT
    x = min(max(place.x, home.x), home.x + home.width - width) if is_cut else place.x
    lowest = home.y + home.height - height
    y = min(max(place.y, home.y), lowest) if is_cut or is_without_title else place.y
    return replace(place, x=x, y=y, width=width, height=height)


# The arrangement of the window: sizes of its parts, what is folded away, which tab.


AS_DESIGNED = 0  # a size by default


class DetailPlace(Enum):
    """The position of the detail."""

    FITTING = "fitting"  # beside the findings if there is room, below them otherwise
    BESIDE = "beside"
    BELOW = "below"


class FrameLayout(Struct, frozen=True):
    """Sizes are in logical pixels, `AS_DESIGNED` until a split is moved.

    Attributes:
        panel_of_px: the total room for the panel and the parts above it.
    """

    board_px: int = AS_DESIGNED
    beside_px: int = AS_DESIGNED
    below_px: int = AS_DESIGNED
    panel_px: int = AS_DESIGNED
    panel_of_px: int = AS_DESIGNED
    tab: int = 0
    is_board_open: bool = True
    is_panel_open: bool = True
    place: DetailPlace = DetailPlace.FITTING

    def text(self) -> str:
        return json.dumps({**asdict(self), "place": self.place.value})


def read_layout(text: str) -> FrameLayout:
    """Return the stored layout; unreadable values are as designed."""
    words = _decoded(text)
    kept: dict[str, Any] = {
        each.name: value
        for each in fields(FrameLayout)
        if isinstance(value := words.get(each.name), int)
        and type(value) is type(each.default)
        and 0 <= value < 100_000
    }
    places = (place for place in DetailPlace if place.value == words.get("place"))
    return FrameLayout(**kept, place=next(places, DetailPlace.FITTING))


def _decoded(text: str) -> dict[str, Any]:
    try:
        words = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return words if isinstance(words, dict) else {}


# Scans with windows of their own, as stored: the position and layout of each.


MOST = 20  # no more than this are stored


class TornOff(Struct, frozen=True):
    """The stored state of one such window, in the words of its parts.

    Attributes:
        parts: the texts its parts have stored, by their names.
        is_open: whether it has a window now; one that was returned keeps its place.
    """

    place: str = ""
    layout: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = True

    def with_part(self, name: str, text: str) -> TornOff:
        others = {other: kept for other, kept in self.parts.items() if other != name}
        return replace(self, parts={**others, name: text} if text else others)


def torn_off_text(scans: Mapping[ScanId, TornOff]) -> str:
    """Return the text that is stored, oldest first; beyond `MOST`, closed ones are dropped."""
    newest_first = list(scans)[::-1]
    kept = set(sorted(newest_first, key=lambda scan_id: not scans[scan_id].is_open)[:MOST])
    words = {scan_id: asdict(each) for scan_id, each in scans.items() if scan_id in kept}
    return json.dumps(words) if words else ""


def read_torn_off(text: str) -> dict[ScanId, TornOff]:
    """Return the stored scans without unreadable ones."""
    scans = {}
    for key, words in _decoded(text).items():
        if isinstance(words, dict):
            texts = map(words.get, ("place", "layout"))
            place, layout = (each if isinstance(each, str) else "" for each in texts)
            parts = words.get("parts")
            sound = parts.items() if isinstance(parts, dict) else ()
            kept = {name: part for name, part in sound if isinstance(part, str)}
            scans[ScanId(key)] = TornOff(place, layout, kept, words.get("is_open") is not False)
    return scans


# The title of the window, for taskbars and lists of windows. Source: behaviour.md 2.4.
#
# It counts new alerts and names problems. It never says that all is well: a title is
# read too seldom for that to stay true.


NAME = "Heimdall"
_PROBLEMS = [
    status
    for status in ScanStatus
    if status.spec.needs_attention and status is not ScanStatus.QUIET
]


def window_title(
    scans: int,
    unread: int,
    sums: Sequence[ConnectionSum],
    server: ServerState | None = None,
    tag: Tag | None = None,
) -> str:
    """Return the title, such as "(3) Heimdall, 12 scans, 1 stale".

    Args:
        unread: How many alerts about criticals have not been read.
        server: The connection state of the server in use; None without one.
        tag: What applies to all scans besides being watched: a replay, or the demo.
    """
    if tag is not None:
        words = window_title(scans, unread, sums, server)
        return tr("{tag}: {title}").format(tag=tag.word, title=words)
    number = f"({grouped(unread)}) " if unread else ""
    counts = {part.status: part.count for part in sums if part.count}
    problem = "" if server is None else server_brief(server)
    if problem and counts.keys() <= {ScanStatus.ENDED}:
        words = tr("Not watching, {problem}: {name}").format(problem=problem, name=NAME)
        return f"{number}{words}"
    if not scans:
        return f"{number}{NAME}"
    problems = [status.counted(counts[status]) for status in _PROBLEMS if status in counts]
    if problem and server is not None and server_status(server) not in counts:
        problems.append(problem)
    counted = tr("%n scans", "", scans, one="%n scan")
    return ", ".join([f"{number}{NAME}", counted, *problems])


# Running without a window: what closing it does, and what the tray icon shows meanwhile.
#
# Source: behaviour.md 1 (34), 2.1, 2.4.


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
        unread: How many alerts have not been read.
        sums: The connection states of all scans, and of the server.
        server: The connection state of the server in use; None without one.
        tag: What applies to all scans besides being watched: a replay, or the demo.
    """
    tip = window_title(scans, unread, sums, server, tag)
    if unread:
        return TrayState("tray-alert", tip, unread)
    statuses = {part.status for part in sums if part.count}
    is_deaf = server is not None and not server.is_good
    if is_deaf or any(
        status.spec.is_cut_off or status is ScanStatus.NOT_CHECKED for status in statuses
    ):
        return TrayState("tray-offline", tip)
    return TrayState(
        "tray-active" if statuses - {ScanStatus.ENDED, ScanStatus.REPLAY} else "tray-idle", tip
    )

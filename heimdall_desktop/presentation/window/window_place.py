"""Where a window stands on the desktop, as it is remembered, and where it still has room.

Source: ux.md §1 (feature 36: window place, also when a monitor is gone).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import asdict, replace

GRIP_WIDTH, GRIP_HEIGHT = 120, 32  # as much of the upper edge must be in sight to be grabbed
LEAST_TITLE_HEIGHT = 20  # a window nearer to the upper edge has its title bar off the screen
TITLE_HEIGHT = 40  # what desktops put above a window, which is not told before it stands there


class Area(Struct, frozen=True):
    """A rectangle on the desktop, in logical pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def below_title(self) -> Area:
        """What is left of a screen for a window itself, below its title bar."""
        title = min(TITLE_HEIGHT, self.height // 2)
        return Area(self.x, self.y + title, self.width, self.height - title)

    def shared(self, other: Area) -> int:
        """Return how many pixels lie in both."""
        width = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        height = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(width, 0) * max(height, 0)


class WindowPlace(Struct, frozen=True):
    """What is remembered of a window.

    Attributes:
        x, y, width, height: of the window when it is neither maximised nor full screen.
    """

    x: int
    y: int
    width: int
    height: int
    is_maximised: bool = False
    is_full_screen: bool = False

    @property
    def area(self) -> Area:
        """The window itself."""
        return Area(self.x, self.y, self.width, self.height)

    def text(self) -> str:
        """Return it as it is kept."""
        return json.dumps(asdict(self))


def read_place(text: str) -> WindowPlace | None:
    """Return what was kept; None for nothing, and for what this version cannot have written."""
    try:
        told = json.loads(text)
        place = WindowPlace(**told)
    except (ValueError, TypeError, RecursionError):
        return None
    numbers = (place.x, place.y, place.width, place.height)
    switches = (place.is_maximised, place.is_full_screen)
    has_numbers = all(type(number) is int and abs(number) < 1_000_000 for number in numbers)
    has_switches = all(type(switch) is bool for switch in switches)
    return place if has_numbers and has_switches and min(numbers[2:]) > 0 else None


def first_size(width: int, height: int, screen: Area) -> tuple[int, int]:
    """Return the size of a window that was never moved: as wanted, as far as there is room."""
    home = screen.below_title
    return min(width, home.width), min(height, home.height)


def fitted(place: WindowPlace, screens: Sequence[Area]) -> WindowPlace:
    """Return the place moved and cut so that it can be seen and grabbed on the screens there are.

    Args:
        place: Where the window stood, perhaps on a screen that is gone or has another scale.
        screens: What windows may cover of each, the main one first.
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

"""How the window is arranged: sizes of its parts, what is folded away, which tab."""

from __future__ import annotations

import json
from enum import Enum

from msgspec import Struct
from msgspec.structs import asdict

AS_DESIGNED = 0  # a size as it was at first


class DetailPlace(Enum):
    """Where the detail goes."""

    FITTING = "fitting"  # beside the findings where there is room, below them otherwise
    BESIDE = "beside"
    BELOW = "below"


class FrameLayout(Struct, frozen=True):
    """Sizes are in logical pixels, `AS_DESIGNED` until a split is moved.

    Attributes:
        panel_of_px: how much there was for the panel and what lies above it.
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
        """Return it as it is kept."""
        told = asdict(self)
        return json.dumps({**told, "place": self.place.value})


def read_layout(text: str) -> FrameLayout:
    """Return what was kept; what cannot be understood is as designed."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return FrameLayout()
    if not isinstance(told, dict):
        return FrameLayout()
    usual = FrameLayout()
    places = {place.value: place for place in DetailPlace}
    place = told.get("place")

    def size(name: str) -> int:
        value = told.get(name)
        return value if type(value) is int and 0 <= value < 100_000 else AS_DESIGNED

    def switch(name: str) -> bool:
        value = told.get(name)
        return value if type(value) is bool else True

    return FrameLayout(
        board_px=size("board_px"),
        beside_px=size("beside_px"),
        below_px=size("below_px"),
        panel_px=size("panel_px"),
        panel_of_px=size("panel_of_px"),
        tab=size("tab"),
        is_board_open=switch("is_board_open"),
        is_panel_open=switch("is_panel_open"),
        place=places.get(place, usual.place) if isinstance(place, str) else usual.place,
    )

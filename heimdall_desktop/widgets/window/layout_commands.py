"""Commands that arrange the window: fold its parts, move the detail, fill the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.presentation.window.frame_layout import DetailPlace
from heimdall_desktop.widgets.window.window_frame import BOARD_KEY, DETAIL_KEY, WindowFrame


def layout_commands(
    window: QWidget, frame: WindowFrame, toggle_detail: Callable[[], None]
) -> list[Command]:
    """Return them in the order of the menu.

    Args:
        window: What fills the screen.
        frame: Where the parts lie.
        toggle_detail: Opens or closes the detail, with all that goes with it.
    """
    return [
        Command(
            "board",
            tr("Board of scans"),
            frame.toggle_board,
            (BOARD_KEY,),
            "ui-sidebar",
            group=Group.VIEW,
            begins_group=True,
            is_on=lambda: frame.is_board_open,
        ),
        Command(
            "detail",
            tr("Detail"),
            toggle_detail,
            (DETAIL_KEY,),
            "ui-detail",
            group=Group.VIEW,
            obstacle=lambda: tr("No scan is watched yet.") if frame.is_start else "",
            is_on=lambda: frame.is_detail_open,
        ),
        Command(
            "full-screen",
            tr("Full screen"),
            partial(toggle_full_screen, window),
            ("F11",),
            group=Group.VIEW,
            is_on=window.isFullScreen,
        ),
    ]


def detail_commands(frame: WindowFrame) -> list[Command]:
    """Return the places the detail may be put to."""
    words = {
        DetailPlace.FITTING: tr("Detail where there is room"),
        DetailPlace.BESIDE: tr("Detail beside the findings"),
        DetailPlace.BELOW: tr("Detail below the findings"),
    }
    return [
        Command(
            f"detail {place.value}",
            text,
            partial(frame.put_detail, place),
            group=Group.VIEW,
            is_on=partial(_is_at, frame, place),
        )
        for place, text in words.items()
    ]


def toggle_full_screen(window: QWidget) -> None:
    """Fill the screen, or go back to the size before."""
    window.setWindowState(window.windowState() ^ window.windowState().WindowFullScreen)


def _is_at(frame: WindowFrame, place: DetailPlace) -> bool:
    return frame.layout_now().place is place

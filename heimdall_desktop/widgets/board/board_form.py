"""Which form the board takes: full cards, low cards or a table. Source: design.md §4.

Only the number of cards and of ended scans counts, never their trouble, so that no card changes its
height because something goes wrong with it. Heads of groups give way before cards do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

FULL_PX = 64
SHORT_PX = 46
ROW_PX = 28
HEAD_PX = 26
TABLE_HEAD_PX = 24
MOST_CARDS = 12


class BoardForm(Enum):
    """The forms, from the largest."""

    FULL = "full cards"
    COMPACT = "low cards, with the strip as a line"
    TABLE = "one line for each scan"


@dataclass(frozen=True, slots=True)
class BoardShape:
    """A form, and whether groups have heads in it."""

    form: BoardForm
    has_heads: bool


def row_px(form: BoardForm, *, is_short: bool) -> int:
    """Return the height of a card in a form, before scaling."""
    if form is BoardForm.TABLE:
        return ROW_PX
    return SHORT_PX if is_short or form is BoardForm.COMPACT else FULL_PX


def board_shape(
    cards: int, short_cards: int, groups: int, room_px: int, scale: Callable[[float], int]
) -> BoardShape:
    """Return the largest form that fits without scrolling; the table where none does.

    Args:
        cards: how many there are.
        short_cards: how many of them have no strip any more.
        groups: how many groups they stand in.
        room_px: the height of the board, as it is.
        scale: from pixels of design.md to those of the screen.
    """
    heads_px = groups * scale(HEAD_PX)
    for form in (BoardForm.FULL, BoardForm.COMPACT):
        tall_px = (cards - short_cards) * scale(row_px(form, is_short=False))
        cards_px = tall_px + short_cards * scale(row_px(form, is_short=True))
        if cards <= MOST_CARDS and cards_px <= room_px:
            return BoardShape(form, has_heads=cards_px + heads_px <= room_px)
    rows_px = scale(TABLE_HEAD_PX) + cards * scale(ROW_PX)
    must_scroll = rows_px > room_px  # then heads cost nothing that was not lost already
    return BoardShape(BoardForm.TABLE, has_heads=must_scroll or rows_px + heads_px <= room_px)

"""The board takes the largest form that fits, and trouble changes no card's height."""

import pytest

from heimdall_desktop.widgets.board.card_plan import BoardForm, BoardShape, board_shape


def shape(cards: int, short_cards: int, groups: int, room_px: int) -> BoardShape:
    return board_shape(cards, short_cards, groups, room_px, round)


@pytest.mark.parametrize(
    ("cards", "short_cards", "groups", "room_px", "expected"),
    [
        (12, 0, 1, 794, BoardShape(BoardForm.FULL, has_heads=True)),
        (12, 0, 2, 794, BoardShape(BoardForm.FULL, has_heads=False)),
        (12, 3, 3, 792, BoardShape(BoardForm.FULL, has_heads=True)),
        (12, 0, 1, 767, BoardShape(BoardForm.COMPACT, has_heads=True)),
        (12, 3, 3, 630, BoardShape(BoardForm.COMPACT, has_heads=True)),
        (12, 3, 3, 629, BoardShape(BoardForm.COMPACT, has_heads=False)),
        (12, 3, 3, 551, BoardShape(BoardForm.TABLE, has_heads=True)),
        (12, 3, 3, 438, BoardShape(BoardForm.TABLE, has_heads=True)),
        (12, 3, 3, 437, BoardShape(BoardForm.TABLE, has_heads=False)),
        (12, 3, 3, 300, BoardShape(BoardForm.TABLE, has_heads=True)),
        (13, 13, 1, 2000, BoardShape(BoardForm.TABLE, has_heads=True)),
        (0, 0, 0, 800, BoardShape(BoardForm.FULL, has_heads=True)),
    ],
)
def test_what_fits(
    cards: int, short_cards: int, groups: int, room_px: int, expected: BoardShape
) -> None:
    assert shape(cards, short_cards, groups, room_px) == expected


def test_trouble_makes_groups_but_changes_no_height() -> None:
    for room_px in range(300, 1000, 7):
        forms = {shape(12, 0, groups, room_px).form for groups in (1, 2, 3, 4)}
        assert len(forms) == 1

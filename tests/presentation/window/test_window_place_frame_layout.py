"""The arrangement of the window is read as it was kept, and a damaged one is as designed."""

import pytest

from heimdall_desktop.presentation.window.window_place import DetailPlace, FrameLayout, read_layout


def test_an_arrangement_is_read_as_it_was_kept() -> None:
    layout = FrameLayout(
        board_px=320,
        beside_px=500,
        below_px=300,
        panel_px=260,
        panel_of_px=800,
        tab=2,
        is_board_open=False,
        is_panel_open=False,
        place=DetailPlace.BELOW,
    )
    assert read_layout(layout.text()) == layout


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"place": []}'])
def test_nonsense_is_as_designed(text: str) -> None:
    assert read_layout(text) == FrameLayout()


def test_what_is_sound_in_a_damaged_text_stays() -> None:
    text = '{"board_px": 300, "beside_px": -4, "below_px": true, "tab": "x", "place": "above"}'
    assert read_layout(text) == FrameLayout(board_px=300)

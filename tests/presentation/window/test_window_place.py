"""A window comes back where it stood, or where it can be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.presentation.window.window_place import (
    Area,
    WindowPlace,
    first_size,
    fitted,
    read_place,
)

LEFT, RIGHT = Area(0, 0, 1920, 1040), Area(1920, 0, 2560, 1400)


def test_a_place_is_read_as_it_was_kept() -> None:
    place = WindowPlace(10, -20, 1440, 900, is_maximised=True)
    assert read_place(place.text()) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"x": 1}',
        '{"x": "1", "y": 0, "width": 800, "height": 600}',
        '{"x": 1, "y": 0, "width": 0, "height": 600}',
        '{"x": 1, "y": 0, "width": 1e99, "height": 600}',
        '{"x": 1, "y": 0, "width": 800, "height": 600, "is_maximised": 3}',
        '{"x": 1, "y": 0, "width": 800, "height": 600, "of another version": true}',
        "[" * 100_000,
    ],
)
def test_what_nobody_wrote_is_no_place(text: str) -> None:
    assert read_place(text) is None


def test_a_place_that_can_be_seen_stays() -> None:
    place = WindowPlace(2000, 100, 1440, 900)
    assert fitted(place, [LEFT, RIGHT]) == place
    hanging_over = WindowPlace(1700, 500, 1440, 900)
    assert fitted(hanging_over, [LEFT, RIGHT]) == hanging_over


def test_a_window_on_a_screen_that_is_gone_comes_to_the_main_one() -> None:
    place = fitted(WindowPlace(2000, 100, 1440, 900, is_maximised=True), [LEFT])
    assert place == WindowPlace(240, 90, 1440, 900, is_maximised=True)


def test_a_window_larger_than_the_screen_is_cut_and_leaves_room_for_its_title() -> None:
    assert fitted(WindowPlace(100, 50, 3000, 2000), [LEFT]) == WindowPlace(0, 40, 1920, 1000)
    assert fitted(WindowPlace(100, 50, 1440, 2000), [LEFT]) == WindowPlace(100, 40, 1440, 1000)


def test_the_lower_edge_of_a_first_window_is_on_the_screen_too() -> None:
    assert first_size(1440, 900, LEFT) == (1440, 900)
    assert first_size(1440, 900, Area(0, 0, 1440, 900)) == (1440, 860)
    assert first_size(1440, 900, Area(0, 25, 1366, 743)) == (1366, 703)


def test_a_window_whose_upper_edge_is_out_of_reach_comes_back() -> None:
    above = fitted(WindowPlace(100, -400, 1440, 900), [LEFT])
    assert above.y >= 0
    aside = fitted(WindowPlace(1850, 100, 1440, 900), [LEFT])
    assert aside.x + aside.width <= 1920


@pytest.mark.parametrize("screen", [LEFT, Area(0, -1080, 1920, 1080)])
def test_a_title_bar_is_never_left_above_the_screen(screen: Area) -> None:
    for y in (0, 19):
        found = fitted(WindowPlace(100, screen.y + y, 800, 600), [screen])
        assert (found.x, found.y) == (100, screen.y + 40)
    beside = WindowPlace(100, screen.y + 24, 800, 600)
    assert fitted(beside, [screen]) == beside


def test_without_a_screen_nothing_is_known() -> None:
    place = WindowPlace(1, 2, 800, 600)
    assert fitted(place, []) == place


areas = st.builds(
    Area, st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(640, 4000),
    st.integers(480, 4000),
)  # fmt: skip
places = st.builds(
    WindowPlace, st.integers(-9000, 9000), st.integers(-9000, 9000), st.integers(1, 9000),
    st.integers(1, 9000),
)  # fmt: skip


@given(places, st.lists(areas, min_size=1, max_size=3))
def test_every_window_can_be_grabbed_and_is_no_larger_than_a_screen(
    place: WindowPlace, screens: list[Area]
) -> None:
    found = fitted(place, screens)
    grip = Area(found.x, found.y, found.width, 32)
    assert max(grip.shared(screen) for screen in screens) >= min(120, found.width) * 32
    assert any(found.width <= screen.width for screen in screens)
    assert any(found.height <= screen.height for screen in screens)
    assert fitted(found, screens) == found

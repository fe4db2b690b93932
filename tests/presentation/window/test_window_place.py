"""Window places: stored, read again, and moved where they are visible; and the window's title."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.choices import OnClose
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing
from heimdall_desktop.presentation.board.scan_status import (
    ConnectionSum,
    ScanStatus,
    connection_sums,
    server_sum,
)
from heimdall_desktop.presentation.window.window_place import (
    MOST,
    Area,
    Closing,
    DetailPlace,
    FrameLayout,
    TornOff,
    WindowPlace,
    closing,
    closing_text,
    first_size,
    fitted,
    read_layout,
    read_place,
    read_torn_off,
    torn_off_text,
    tray_state,
    window_title,
)
from tests.fakes.board_scans import FakeTime, twelve_scans

LEFT, RIGHT = Area(0, 0, 1920, 1040), Area(1920, 0, 2560, 1400)


def test_a_place_is_read_as_it_was_kept() -> None:
    place = WindowPlace(10, -20, 1440, 900, is_maximised=True)
    assert read_place(place.text()) == place


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", "[" * 100_000])
def test_nonsense_is_not_read(text: str) -> None:
    assert read_place(text) is None
    assert read_layout(text) == FrameLayout()
    assert read_torn_off(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        '{"x": 1}',
        '{"x": "1", "y": 0, "width": 800, "height": 600}',
        '{"x": 1, "y": 0, "width": 0, "height": 600}',
        '{"x": 1, "y": 0, "width": 1e99, "height": 600}',
        '{"x": 1, "y": 0, "width": 800, "height": 600, "is_maximised": 3}',
        '{"x": 1, "y": 0, "width": 800, "height": 600, "of another version": true}',
    ],
)
def test_an_unreadable_text_is_not_a_place(text: str) -> None:
    assert read_place(text) is None


SEEN, HANGING_OVER = WindowPlace(2000, 100, 1440, 900), WindowPlace(1700, 500, 1440, 900)


@pytest.mark.parametrize(
    ("place", "screens", "found"),
    [
        (SEEN, [LEFT, RIGHT], SEEN),
        (HANGING_OVER, [LEFT, RIGHT], HANGING_OVER),
        (SEEN, [], SEEN),
        # its screen is missing
        (WindowPlace(2000, 100, 1440, 900, is_maximised=True), [LEFT],
         WindowPlace(240, 90, 1440, 900, is_maximised=True)),
        # it is larger than the screen, and leaves room for its title
        (WindowPlace(100, 50, 3000, 2000), [LEFT], WindowPlace(0, 40, 1920, 1000)),
        (WindowPlace(100, 50, 1440, 2000), [LEFT], WindowPlace(100, 40, 1440, 1000)),
    ],
)  # fmt: skip
def test_a_place_is_kept_or_moved_to_where_it_is_seen(
    place: WindowPlace, screens: list[Area], found: WindowPlace
) -> None:
    assert fitted(place, screens) == found


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


def test_what_is_sound_in_a_damaged_text_stays() -> None:
    text = '{"board_px": 300, "beside_px": -4, "below_px": true, "tab": "x", "place": "above"}'
    assert read_layout(text) == FrameLayout(board_px=300)
    assert read_layout('{"place": []}') == FrameLayout()


def test_what_was_kept_is_read() -> None:
    scans = {
        ScanId("one"): TornOff("here", "so", {"table": "wide"}),
        ScanId("two"): TornOff(is_open=False),
    }
    assert read_torn_off(torn_off_text(scans)) == scans
    assert torn_off_text({}) == ""


def test_what_is_sound_stays() -> None:
    reported = {
        "one": {"place": 7, "layout": "so", "is_open": "perhaps", "more": 1, "parts": 7},
        "two": {"parts": {"table": "wide", "marks": 7}},
        "three": 7,
    }
    assert read_torn_off(json.dumps(reported)) == {
        ScanId("one"): TornOff("", "so"),
        ScanId("two"): TornOff(parts={"table": "wide"}),
    }


def test_a_part_is_kept_and_forgotten() -> None:
    kept = TornOff().with_part("table", "wide").with_part("marks", "[]").with_part("marks", "")
    assert kept == TornOff(parts={"table": "wide"})


def test_of_too_many_those_that_were_given_back_long_ago_are_forgotten() -> None:
    closed = {ScanId(f"closed {n}"): TornOff(is_open=False) for n in range(MOST)}
    opened = {ScanId(f"open {n}"): TornOff() for n in range(2)}
    kept = read_torn_off(torn_off_text({**opened, **closed}))
    assert len(kept) == MOST
    assert set(opened) <= set(kept)
    assert ScanId("closed 0") not in kept
    assert ScanId(f"closed {MOST - 1}") in kept


SERVER = ServerUrl("https://heimdall.corp.example")


def sums(*signs: ScanStatus) -> list[ConnectionSum]:
    return [ConnectionSum(status, "", 2) for status in signs]


OUT, GONE = (ServerState(SERVER, each) for each in (Standing.SIGNED_OUT, Standing.UNREACHABLE))
OUT_SUM = list(filter(None, [server_sum(OUT)]))


@pytest.mark.parametrize(
    ("scans", "unread", "reported", "server", "title"),
    [
        (0, 0, [], None, "Heimdall"),
        (1, 3, sums(ScanStatus.ENDED), None, "(3) Heimdall, 1 scan"),
        (1200, 0, [], None, "Heimdall, 1\u00a0200 scans"),
        # a board without watched scans says so first
        (5, 0, OUT_SUM, OUT, "Not watching, signed out: Heimdall"),
        (5, 3, [*OUT_SUM, *sums(ScanStatus.ENDED)], OUT, "(3) Not watching, signed out: Heimdall"),
        (5, 0, [], GONE, "Not watching, can't reach heimdall.corp.example: Heimdall"),
        (
            5,
            0,
            sums(ScanStatus.ENDED),
            GONE,
            "Not watching, can't reach heimdall.corp.example: Heimdall",
        ),
        # with other scans the server is one problem of several
        (2, 0, sums(ScanStatus.LIVE), OUT, "Heimdall, 2 scans, signed out"),
        (2, 0, sums(ScanStatus.SIGNED_OUT), OUT, "Heimdall, 2 scans, 2 signed out"),
        (2, 0, sums(ScanStatus.LIVE), ServerState(SERVER), "Heimdall, 2 scans"),
    ],
)
def test_titles(
    scans: int, unread: int, reported: list[ConnectionSum], server: ServerState | None, title: str
) -> None:
    assert window_title(scans, unread, reported, server) == title


@pytest.mark.parametrize("status", list(ScanStatus))
def test_nothing_healthy_is_ever_said(status: ScanStatus) -> None:
    title = window_title(12, 0, sums(ScanStatus.STALE, status))
    assert "2 stale" in title
    for word in ("live", "ended", "quiet", "ok"):
        assert word not in title


def test_problems_are_listed_worst_first() -> None:
    store, time = Store(), FakeTime()
    twelve_scans(store, time)
    title = window_title(len(store), 0, connection_sums(store, time.clock()))
    assert title == "Heimdall, 12 scans, 1 signed out, 1 reconnecting"


# -- What closing the window does, and what the tray icon shows of the board. --


@pytest.mark.parametrize(
    ("choice", "has_tray", "is_watching", "done"),
    [
        (OnClose.FITTING, True, True, Closing.HIDE),
        (OnClose.FITTING, False, True, Closing.MINIMISE),
        (OnClose.FITTING, True, False, Closing.QUIT),
        (OnClose.FITTING, False, False, Closing.QUIT),
        (OnClose.BACKGROUND, True, False, Closing.HIDE),
        (OnClose.BACKGROUND, False, True, Closing.MINIMISE),
        (OnClose.MINIMISE, True, True, Closing.MINIMISE),
        (OnClose.MINIMISE, True, False, Closing.MINIMISE),
        (OnClose.QUIT, True, True, Closing.QUIT),
    ],
)
def test_closing_does_what_was_chosen_and_never_hides_a_window_for_good(
    choice: OnClose, has_tray: bool, is_watching: bool, done: Closing
) -> None:
    assert closing(choice, has_tray=has_tray, is_watching=is_watching) is done


def test_the_message_at_closing_names_the_keys_that_quit() -> None:
    title, body = closing_text(Closing.HIDE, "Ctrl+Shift+Q")
    assert title == "Heimdall is still watching"
    assert body.endswith(
        "Press Ctrl+Shift+Q to quit. You can change what closing the window does in Settings, "
        "under Startup."
    )
    assert "quits. " not in closing_text(Closing.MINIMISE, "")[1]


@pytest.mark.parametrize(
    ("signs", "icon"),
    [
        ((), "tray-idle"),
        ((ScanStatus.ENDED,), "tray-idle"),
        ((ScanStatus.LIVE, ScanStatus.ENDED), "tray-active"),
        ((ScanStatus.RECONNECTING,), "tray-active"),
        ((ScanStatus.LIVE, ScanStatus.SIGNED_OUT), "tray-offline"),
        ((ScanStatus.LIVE, ScanStatus.STALE), "tray-offline"),
        ((ScanStatus.ENDED, ScanStatus.NOT_CHECKED), "tray-offline"),
    ],
)
def test_the_icon_shows_the_worst_of_the_board(signs: tuple[ScanStatus, ...], icon: str) -> None:
    assert tray_state(2, 0, sums(*signs), ServerState(SERVER)).icon == icon
    for server in (OUT, GONE):  # though nothing is watched
        assert tray_state(0, 0, [], server).icon == "tray-offline"


@pytest.mark.parametrize(("unread", "number"), [(1, "1"), (9, "9"), (10, "9+"), (4000, "9+")])
def test_unread_alerts_are_counted_beside_the_problems(unread: int, number: str) -> None:
    state = tray_state(4, unread, sums(ScanStatus.STALE), None)
    assert (state.icon, state.number) == ("tray-alert", number)
    assert state.tip == window_title(4, unread, sums(ScanStatus.STALE))
    assert "2 stale" in state.tip

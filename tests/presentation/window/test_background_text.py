"""What closing the window does, and what the tray icon shows of the board."""

import pytest

from heimdall_desktop.domain.facts.choices import OnClose
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing
from heimdall_desktop.presentation.board.connection_text import ConnectionSum
from heimdall_desktop.presentation.board.sign import Sign
from heimdall_desktop.presentation.window.background_text import (
    Closing,
    closing,
    closing_text,
    tray_state,
)
from heimdall_desktop.presentation.window.window_place import window_title

SERVER = ServerUrl("https://heimdall.corp.example")


def sums(*signs: Sign) -> list[ConnectionSum]:
    return [ConnectionSum(sign, "", 2) for sign in signs]


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


def test_what_is_told_at_closing_names_the_keys_that_quit_now() -> None:
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
        ((Sign.ENDED,), "tray-idle"),
        ((Sign.LIVE, Sign.ENDED), "tray-active"),
        ((Sign.RECONNECTING,), "tray-active"),
        ((Sign.LIVE, Sign.SIGNED_OUT), "tray-offline"),
        ((Sign.LIVE, Sign.STALE), "tray-offline"),
        ((Sign.ENDED, Sign.NOT_CHECKED), "tray-offline"),
    ],
)
def test_the_icon_shows_the_worst_of_the_board(signs: tuple[Sign, ...], icon: str) -> None:
    assert tray_state(2, 0, sums(*signs), ServerState(SERVER)).icon == icon


@pytest.mark.parametrize("standing", [Standing.SIGNED_OUT, Standing.UNREACHABLE])
def test_a_server_that_cannot_be_asked_is_shown_though_nothing_is_watched(
    standing: Standing,
) -> None:
    assert tray_state(0, 0, [], ServerState(SERVER, standing)).icon == "tray-offline"


@pytest.mark.parametrize(("unread", "number"), [(1, "1"), (9, "9"), (10, "9+"), (4000, "9+")])
def test_unread_alerts_are_counted_and_the_words_still_name_trouble(
    unread: int, number: str
) -> None:
    state = tray_state(4, unread, sums(Sign.STALE), None)
    assert (state.icon, state.number) == ("tray-alert", number)
    assert state.tip == window_title(4, unread, sums(Sign.STALE))
    assert "2 stale" in state.tip

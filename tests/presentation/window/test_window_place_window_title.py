"""The title counts what is new, names trouble and promises nothing."""

import pytest

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing
from heimdall_desktop.presentation.board.connection_text import (
    ConnectionSum,
    connection_sums,
    server_sum,
)
from heimdall_desktop.presentation.board.sign import Sign
from heimdall_desktop.presentation.window.window_place import window_title
from tests.fakes.board_scans import FakeTime, twelve_scans

SERVER = ServerUrl("https://heimdall.corp.example")


def sums(*signs: Sign) -> list[ConnectionSum]:
    return [ConnectionSum(sign, "", 2) for sign in signs]


def test_without_scans_it_is_the_name() -> None:
    assert window_title(0, 0, []) == "Heimdall"


def test_the_number_stands_first() -> None:
    assert window_title(1, 3, sums(Sign.ENDED)) == "(3) Heimdall, 1 scan"
    assert window_title(1200, 0, []) == "Heimdall, 1\u00a0200 scans"


@pytest.mark.parametrize("sign", list(Sign))
def test_nothing_healthy_is_ever_said(sign: Sign) -> None:
    title = window_title(12, 0, sums(Sign.STALE, sign))
    assert "2 stale" in title
    for word in ("live", "ended", "quiet", "ok"):
        assert word not in title


@pytest.mark.parametrize("signs", [(), (Sign.ENDED,)])
def test_where_nothing_is_watched_any_more_that_is_said_first(signs: tuple[Sign, ...]) -> None:
    out = ServerState(SERVER, Standing.SIGNED_OUT)
    part = server_sum(out)
    assert part is not None
    told = [part, *sums(*signs)]
    assert window_title(5, 0, told, out) == "Not watching, signed out: Heimdall"
    assert window_title(5, 3, told, out) == "(3) Not watching, signed out: Heimdall"
    gone = ServerState(SERVER, Standing.UNREACHABLE)
    title = window_title(5, 0, sums(*signs), gone)
    assert title == "Not watching, can't reach heimdall.corp.example: Heimdall"


def test_where_other_scans_are_watched_the_server_is_one_trouble_of_several() -> None:
    out = ServerState(SERVER, Standing.SIGNED_OUT)
    assert window_title(2, 0, sums(Sign.LIVE), out) == "Heimdall, 2 scans, signed out"
    assert window_title(2, 0, sums(Sign.SIGNED_OUT), out) == "Heimdall, 2 scans, 2 signed out"
    assert window_title(2, 0, sums(Sign.LIVE), ServerState(SERVER)) == "Heimdall, 2 scans"


def test_troubles_stand_worst_first() -> None:
    store, time = Store(), FakeTime()
    twelve_scans(store, time)
    title = window_title(len(store), 0, connection_sums(store, time.clock()))
    assert title == "Heimdall, 12 scans, 1 signed out, 1 reconnecting"

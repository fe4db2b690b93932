"""The title counts what is new, names trouble and promises nothing."""

import pytest

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.board.connection_sums import ConnectionSum, connection_sums
from heimdall_desktop.domain.board.connection_words import Sign
from heimdall_desktop.domain.window.window_title import window_title
from tests.fakes.board_scans import FakeTime, twelve_scans


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


def test_troubles_stand_worst_first() -> None:
    store, time = Store(), FakeTime()
    twelve_scans(store, time)
    title = window_title(len(store), 0, connection_sums(store, time.clock()))
    assert title == "Heimdall, 12 scans, 1 signed out, 1 reconnecting"

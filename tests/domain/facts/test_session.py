"""When a session ends, and the words for what is left of it."""

from datetime import UTC, datetime, timedelta

import pytest

from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.facts.session import LIFE_S, Session, end_text, left_text

BEGAN_AT = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)
SESSION = Session(ServerUrl("https://heimdall.corp.example"), "mira@corp.example", BEGAN_AT)
HOUR_S, DAY_S = 3600, 86_400


def test_it_ends_seven_days_after_its_beginning() -> None:
    assert SESSION.ends_s(BEGAN_AT, 500.0) == 500.0 + LIFE_S
    assert SESSION.ends_s(BEGAN_AT + timedelta(days=6), 500.0) == 500.0 + DAY_S


@pytest.mark.parametrize("days", [-1, 7, 300])
def test_nothing_is_said_where_the_clock_must_have_been_wrong(days: int) -> None:
    assert SESSION.ends_s(BEGAN_AT + timedelta(days=days), 500.0) is None


def test_a_moment_without_a_zone_is_no_moment() -> None:
    typed = Session(SESSION.server, SESSION.account, datetime(2026, 7, 4, 12, 0))
    assert typed.ends_s(BEGAN_AT, 500.0) is None


@pytest.mark.parametrize(
    ("left_s", "words"),
    [
        (6.9 * DAY_S, "6 d"),
        (DAY_S, "1 d"),
        (DAY_S - 1, "23 h 59 min"),
        (3 * HOUR_S + 659, "3 h 10 min"),
        (3 * HOUR_S + 59, "3 h"),
        (HOUR_S - 1, "59 min"),
        (42, "42 s"),
        (-5, "0 s"),
    ],
)
def test_words_never_promise_more_than_is_left(left_s: float, words: str) -> None:
    assert left_text(left_s) == words
    assert end_text(left_s) == f"Session ends in {words}"

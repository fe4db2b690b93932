"""When a session ends."""

from datetime import UTC, datetime, timedelta

import pytest

from heimdall_desktop.domain.facts.server import LIFE_S, ServerUrl, Session

BEGAN_AT = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)
SESSION = Session(ServerUrl("https://heimdall.corp.example"), "mira@corp.example", BEGAN_AT)
DAY_S = 86_400


def test_it_ends_seven_days_after_its_beginning() -> None:
    assert SESSION.ends_s(BEGAN_AT, 500.0) == 500.0 + LIFE_S
    assert SESSION.ends_s(BEGAN_AT + timedelta(days=6), 500.0) == 500.0 + DAY_S


@pytest.mark.parametrize("days", [-1, 7, 300])
def test_nothing_is_said_where_the_clock_must_have_been_wrong(days: int) -> None:
    assert SESSION.ends_s(BEGAN_AT + timedelta(days=days), 500.0) is None


def test_a_moment_without_a_zone_is_no_moment() -> None:
    typed = Session(SESSION.server, SESSION.account, datetime(2026, 7, 4, 12, 0))
    assert typed.ends_s(BEGAN_AT, 500.0) is None

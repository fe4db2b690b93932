"""How moments read."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from heimdall_desktop.widgets.controls.labels import full_moment, short_moment

AT = datetime(2026, 7, 4, 12, 1, 10, 220981, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 7, 4, 20, tzinfo=UTC), "14:01"),
        (datetime(2026, 7, 5, 20, tzinfo=UTC), "4 Jul 14:01"),
        (datetime(2027, 7, 4, 20, tzinfo=UTC), "4 Jul 2026 14:01"),
    ],
)
def test_a_moment_names_no_more_than_it_must(now: datetime, expected: str) -> None:
    assert short_moment(AT, now) == expected


def test_a_full_moment_names_its_zone() -> None:
    assert full_moment(AT) == "2026-07-04 14:01:10 +02:00"

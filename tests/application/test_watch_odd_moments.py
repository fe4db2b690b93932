"""Moments of a server that no system can reckon with: nothing raises, all is still told."""

import time
from collections.abc import AsyncIterator, Iterator

import pytest

from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.stages.stage_display import STEADY, notes_of
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.presentation.panel.timeline import MOST_TICKS, timeline_of
from heimdall_desktop.presentation.time_text import (
    at_text,
    day_text,
    full_words,
    moment_text,
    narrow_day_text,
    second_text,
)
from tests.fakes.hand_server import SCAN_ID, HandServer
from tests.fakes.told_words import all_words, card
from tests.fakes.watch_desk import WatchDesk

STAMPS = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "1900-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "2200-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "9999-12-31T23:59:59-23:59",
]


@pytest.fixture(params=["America/New_York", "Asia/Tokyo"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
async def desk(hand: HandServer, _zone: None) -> AsyncIterator[WatchDesk]:
    made = WatchDesk(hand.url, "token")
    yield made
    await made.aclose()


@pytest.mark.parametrize("status", ["hunting", "completed"])
@pytest.mark.parametrize("stamp", STAMPS)
async def test_a_scan_of_any_year_is_followed_and_told(
    hand: HandServer, desk: WatchDesk, stamp: str, status: str
) -> None:
    hand.status, hand.scan_at, hand.updated_at = status, stamp, stamp
    hand.stages = [
        {"stage": "ingest", "status": "running", "timestamp": stamp},
        {"stage": "ingest", "status": "completed", "timestamp": "2026-07-04T08:00:00Z"},
        {"stage": "hunt", "status": "running", "timestamp": stamp},
    ]
    hand.activity = [
        {"key": "a", "event_type": "stage", "stage": "hunt", "title": "A", "timestamp": stamp}
    ]
    hand.add_rows("a", created_at=stamp, updated_at=stamp)
    scan = desk.watch(SCAN_ID)
    await desk.pass_until(lambda: len(scan.findings) == 1 and scan.has_listed_once)
    await desk.pass_until(lambda: scan.started_at is not None)
    assert all_words(desk, scan)
    assert card(desk, scan).sentence
    assert len(scan.activities) == 1
    stopwatch = Stopwatch()
    stopwatch.see(scan, desk.clock(), desk.now())
    shown = timeline_of(scan, notes_of(scan), stopwatch, desk.clock(), desk.now(), STEADY)
    assert len(list(shown.ticks())) <= MOST_TICKS + 1
    at, now = scan.findings[FindingId("a")].created_at, desk.now()
    for words in (at_text, day_text, moment_text, narrow_day_text, second_text):
        assert words(at, now)
        assert words(now, at)
    assert full_words(at)
    hand.add_rows("later", created_at=stamp, severity="critical")
    await desk.pass_until(lambda: FindingId("later") in scan.findings)

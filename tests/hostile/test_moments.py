"""Moments of any year, in every field and either side of UTC: nothing freezes, nothing dies."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from math import inf, nan
from random import Random

import pytest

from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.observation import Activity, FindingsListed, StageSeen
from heimdall_desktop.domain.stages.stage_display import StageNotes
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.presentation.board.card import card_of
from heimdall_desktop.presentation.board.problems import problem_of
from heimdall_desktop.presentation.panel.log_lines import LogBook
from heimdall_desktop.services import fact_codec, finding_rows, wire
from heimdall_desktop.services.envelope import Earliest, Latest
from heimdall_desktop.services.history_tables import BothClocks, kept_moment, kept_s
from tests.fakes.desk_parts import at_once
from tests.fakes.findings import make_finding
from tests.fakes.raw_server import Asked, answer, raw_server
from tests.fakes.watch_desk import WatchDesk

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
YEARS = ("0001", "1900", "1970", "2200", "9999")
ZONES = ("Pacific/Kiritimati", "UTC", "Pacific/Niue")
OFFSETS = ("Z", "+14:00", "-12:00")


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def enveloped(data: object) -> bytes:
    return json.dumps({"success": True, "data": data}).encode()


def odd_answers(at: str) -> dict[str, object]:
    """What a server tells whose every moment is this one."""
    stages = [
        {"stage": stage, "status": status, "timestamp": at}
        for stage, status in (("ingest", "completed"), ("tyr", "failed"), ("hunt", "running"))
    ]
    activity = {"key": "k", "stage": "hunt", "title": "t", "status": "running", "timestamp": at}
    scan = dict.fromkeys(("created_at", "updated_at", "started_at", "completed_at"), at)
    return {
        f"/api/scans/{SCAN}": {"id": SCAN, "repo_id": "r", "status": "hunting", **scan},
        f"/api/scans/{SCAN}/live": {
            "scan": {"status": "hunting", "updated_at": at},
            "counts": {"total": 1},
            "stages": stages,
            "activity": [activity],
            "fallback": {"used": True, "provider_label": "p", "timestamp": at},
        },
        f"/api/scans/{SCAN}/findings": {
            "items": [{"id": "f", "created_at": at, "updated_at": at}],
            "total": 1,
            "per_page": 100,
        },
        "/api/repos/r": {"id": "r", "name": "shop", "default_branch": "main"},
    }


@pytest.mark.parametrize("offset", OFFSETS)
@pytest.mark.parametrize("year", YEARS)
async def test_a_scan_of_any_year_is_watched_and_worded(zone: str, year: str, offset: str) -> None:
    at = f"{year}-01-01T00:00:00{offset}" if year != "9999" else f"9999-12-31T23:59:59{offset}"
    answers = odd_answers(at)

    async def script(asked: Asked, writer: object) -> None:
        reported = answers.get(asked.target.partition("?")[0])
        body, status = (b"{}", 404) if reported is None else (enveloped(reported), 200)
        writer.write(answer(status, "application/json", body))  # type: ignore[attr-defined]

    async with raw_server(script) as server:
        desk = WatchDesk(server.url, "token")
        try:
            scan = desk.watch(SCAN)
            await desk.until(lambda: scan.has_listed_once and bool(scan.activities))
            now, clock_s = desk.now(), desk.clock()
            problem_of(scan, clock_s, now)
            card_of(scan, StageNotes(), Stopwatch(), clock_s, now)
            assert LogBook(scan).lines()
            moments = [scan.newest_at, scan.started_at, scan.created_at, scan.fallback_at]
            found = scan.findings[FindingId("f")]
            for moment in (*moments, found.created_at, found.updated_at):
                assert moment is not None
                assert Earliest <= moment <= Latest
                assert moment.tzinfo is UTC
        finally:
            await desk.aclose()


@pytest.mark.parametrize("year", YEARS)
def test_every_other_field_is_moved_within_reach(year: str) -> None:
    at = f"{year}-06-01T00:00:00Z"
    event = {"id": "e", "created_at": at, "event_type": "comment"}
    (reported,) = at_once(finding_rows.finding_events(enveloped([event]), FindingId("f")))
    patch = {"id": "p", "finding_id": "f", "created_at": at, "diff_content": "d"}
    (listed,) = at_once(finding_rows.patches(enveloped([patch])))
    heard = json.dumps({"stage": "hunt", "status": "running", "timestamp": at})
    seen = wire.stream_event("stage_update", heard, SCAN, 0.0, datetime.now(UTC))
    assert isinstance(seen, StageSeen)
    for moment in (reported.created_at, listed.created_at, seen.stamped_at):
        assert moment is not None
        assert Earliest <= moment <= Latest


ODD_MOMENTS = (
    datetime.min,
    datetime.max,
    datetime.min.replace(tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
    datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
    datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
)


@pytest.mark.parametrize("at", ODD_MOMENTS, ids=str)
def test_every_moment_in_anything_is_moved_within_reach(at: datetime) -> None:
    moved = fact_codec.within((at, "word", (at, None)))
    assert all(Earliest <= moment <= Latest for moment in (moved[0], moved[2][0]))


@pytest.mark.parametrize("at", ODD_MOMENTS[:4], ids=str)
def test_what_a_history_says_is_moved_within_reach(at: datetime) -> None:
    activity = Activity("k", "task", "active", "running", "hunt", "t", "title", None, None, at)
    read = fact_codec.decode(Activity, fact_codec.encode(activity))
    assert Earliest <= read.timestamp <= Latest
    listed = FindingsListed(SCAN, 0.0, (make_finding(1, created_at=at, updated_at=at),))
    back = fact_codec.decode_fact("FindingsListed", fact_codec.encode(fact_codec.fact_form(listed)))
    assert isinstance(back, FindingsListed)
    [finding] = back.findings
    assert Earliest <= finding.created_at <= Latest
    assert Earliest <= finding.updated_at <= Latest
    seen = StageSeen(SCAN, 0.0, at, "hunt", "running", None)
    (kept,) = fact_codec.decode_facts(fact_codec.encode([("StageSeen", seen)]))
    assert isinstance(kept, StageSeen)
    assert Earliest <= kept.stamped_at <= Latest


def test_seconds_of_a_history_may_be_any_number() -> None:
    clocks = BothClocks(wall_s=1_800_000_000.0, clock_s=100.0)
    random = Random(1)
    numbers = [nan, inf, -inf, -1e308, 1e308, *(random.uniform(-1e15, 1e15) for _ in range(200))]
    for number in numbers:
        assert 0.0 <= kept_s(number) <= Latest.timestamp()
        assert Earliest <= kept_moment(number) <= Latest
        assert -1_800_000_000.0 <= clocks.to_clock(number) <= 100.0
        assert 0.0 <= clocks.excess_s(number) < 1e11

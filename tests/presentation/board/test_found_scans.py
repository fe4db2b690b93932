"""Finds in the words of cards, and read aloud."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.errors import Reason, SignedOut
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.stages.stage_times import UsualTime, UsualTimes
from heimdall_desktop.presentation.board import found_scans
from tests.fakes import discovery

NOW = datetime(2026, 7, 4, 12, 7, 29, tzinfo=UTC)
BEGAN = NOW - timedelta(minutes=20)
SERVER = ServerUrl("https://heimdall.example.org")
REPO = observation.FoundRepo(RepoId("2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"), "shop", "main")
READ = observation.ScanRead(
    ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"),
    5.0,
    REPO.repo_id,
    "hunting",
    None,
    None,
    BEGAN,
    BEGAN,
    None,
    NOW,
)


def find(
    status: str, stage: str = "", began_s: float = 0, **fields: object
) -> found_scans.FoundScan:
    read = replace(READ, status=status, **fields)  # type: ignore[arg-type]
    at = NOW - timedelta(seconds=began_s)
    stages = (observation.StageRow(stage, "running", None, at),) if stage else ()
    live = observation.LiveRead(
        READ.scan_id, 5.0, status, None, NOW, observation.Counts(41, 1, 8, 22, 10), stages, ()
    )
    return found_scans.found_scan(read, REPO, live if stage else None, SERVER, 6.0, NOW)


@pytest.mark.parametrize(
    ("status", "stage", "words"),
    [("hunting", "hunt", "Hunt 6:02"), ("config_scanning", "config_scan", "Config scan 6:02")],
)
def test_a_running_scan_shows_its_stage_and_duration(status: str, stage: str, words: str) -> None:
    found = find(status, stage, began_s=362)
    assert (found.words, found.is_live, found.started_at) == (words, True, BEGAN)
    assert found.counts == observation.Counts(41, 1, 8, 22, 10)


def test_a_running_scan_shows_the_usual_duration_if_known() -> None:
    usual = UsualTimes({"hunt": UsualTime.of([500.0, 540.0, 600.0])}, 3)
    stages = (observation.StageRow("hunt", "running", None, NOW - timedelta(seconds=362)),)
    live = observation.LiveRead(
        READ.scan_id, 5.0, "hunting", None, NOW, observation.Counts(), stages, ()
    )
    found = found_scans.found_scan(READ, REPO, live, SERVER, 6.0, NOW, lambda _scan: usual)
    assert found.words == "Hunt 6:02 of ~9 m"


def test_other_scans_show_how_long_they_wait_or_how_they_ended() -> None:
    at = NOW.astimezone().strftime("%H:%M")
    queued = find("queued", started_at=None)
    assert (queued.words, queued.started_at) == ("Queued 20:00", BEGAN)
    assert queued.address == f"{SERVER}/scans/{READ.scan_id}"
    assert find("completed", completed_at=NOW).words == f"Completed {at}"
    assert find("failed").words == f"Failed \u2248 {at}"
    assert find("cancelled").words == f"Cancelled \u2248 {at}"


@pytest.mark.parametrize(
    ("counts", "is_live", "counted"),
    [
        (
            observation.Counts(41, 1, 8, 22, 10),
            True,
            "41 findings: 1 critical, 8 high, 22 medium, 10 low",
        ),
        (observation.Counts(1, 0, 0, 0, 0), True, "1 finding"),
        (observation.Counts(), True, "No findings yet"),
        (observation.Counts(), False, "No findings counted"),  # the list was not read
        (None, False, "Findings unknown"),
    ],
)
def test_findings_are_counted_in_words(
    counts: observation.Counts | None, is_live: bool, counted: str
) -> None:
    found = discovery.found_scan("shop", counts=counts, is_live=is_live)
    assert found.counted == counted


def test_one_scan_is_summed_up_and_several_are_named() -> None:
    one = discovery.found_scan("pricing", "Config scan 0:31")
    assert found_scans.summary([one]) == "pricing, Config scan 0:31, 41 findings"
    ended = replace(one, counts=observation.Counts(), is_live=False)
    assert found_scans.summary([ended]) == "pricing, Config scan 0:31, No findings counted"
    assert found_scans.summary([replace(one, counts=None)]) == "pricing, Config scan 0:31"
    assert found_scans.summary([one, discovery.found_scan("shop", number=2)]) == "pricing, shop"


def test_rows_stay_until_as_many_new_ones_arrive() -> None:
    one, two = discovery.found_scan("shop"), discovery.found_scan("web", number=2)
    before = found_scans.Finds((one, two), 2, is_done=True, asked_at_s=1.0)
    begun, whole = (
        found_scans.Finds((one,), 2, asked_at_s=9.0),
        found_scans.Finds((one, two), 2, asked_at_s=9.0),
    )
    assert found_scans.in_place_of(None, begun) == begun
    assert found_scans.in_place_of(before, begun) == before
    assert found_scans.in_place_of(before, whole) == whole
    fewer = replace(begun, is_done=True)
    assert found_scans.in_place_of(before, fewer) == fewer
    error = SignedOut(Reason.TOKEN_REFUSED, host="h.test")
    failed: found_scans.ScanFinds = found_scans.Finds(is_done=True, error=error, asked_at_s=9.0)
    assert found_scans.in_place_of(before, failed) == replace(before, error=error)
    assert found_scans.in_place_of(replace(before, rows=()), failed) == failed

"""What earlier attempts did comes from the log: which stages ran, and which one ended it."""

from datetime import timedelta

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.stages.stage_display import StageDisplay, notes_of, stage_displays
from heimdall_desktop.domain.stages.stage_times import attempt_starts, earlier_runs
from tests.fakes.board_scans import FakeTime, ScanStory


@pytest.fixture
def story() -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop")


def retried(story: ScanStory) -> ScanStory:
    """Fail in tyr, then run again."""
    line = story.line
    story.run([38], 22, status="modeling")
    return story.log(
        line("Scan started", stage=None, task="scan-start", status="running", ago_s=400),
        line("Ingest started", stage="ingest", status="running", event_type="stage", ago_s=398),
        line("Ingest completed", stage="ingest", event_type="stage", ago_s=370),
        line("Rules", "none", stage="ingest", status="failed", ago_s=380),
        line("Tyr started", stage="tyr", status="running", event_type="stage", ago_s=369),
        line("A task", "timed out", stage="tyr", status="failed", ago_s=301),
        line("Tyr failed", "out of\nmemory", stage="tyr", status="failed", event_type="stage",
             ago_s=300),
        line("Scan started", stage=None, task="scan-start", status="running", ago_s=60),
        line("Ingest started", stage="ingest", status="running", event_type="stage", ago_s=59),
    )  # fmt: skip


def test_stages_of_the_first_attempt(story: ScanStory) -> None:
    notes = notes_of(retried(story).scan)
    assert notes.attempt == 2
    assert set(notes.earlier) == {"ingest", "tyr"}
    [ingest], [tyr] = notes.earlier["ingest"], notes.earlier["tyr"]
    assert ingest.ended_at - ingest.started_at == timedelta(seconds=28)
    # A task that failed in a stage that went on has not ended the attempt.
    assert not ingest.has_failed
    assert (tyr.attempt, tyr.has_failed, tyr.reason) == (1, True, "out of memory")
    assert notes.end_before("tyr") == tyr


def test_t58_an_attempt_that_was_cancelled_ended_in_the_stage_that_says_so(
    story: ScanStory,
) -> None:
    line = story.line
    story.run([38], 22, status="modeling").log(
        line("Started", stage=None, task="scan-start", status="running", ago_s=400),
        line("Hunt cancelled", stage="hunt", status="cancelled", event_type="stage", ago_s=90),
        line("An agent runs on", stage="hunt", task="agent", ago_s=88),
        line("Started", stage=None, task="scan-start", status="running", ago_s=60),
        line("Another runs on", stage="hunt", task="agent", ago_s=10),
    )
    notes = notes_of(story.scan)
    run = notes.end_before("hunt")
    assert run is not None
    assert (run.was_cancelled, run.has_failed) == (True, False)
    assert run.ended_at == story.time.at - timedelta(seconds=90)
    displays = stage_displays(story.scan, notes, story.pace())
    assert displays[5] is StageDisplay.CANCELLED_BEFORE


def test_nothing_of_an_earlier_attempt_warns_in_this_one(story: ScanStory) -> None:
    story = retried(story)
    assert notes_of(story.scan).warned == {}
    assert stage_displays(story.scan, notes_of(story.scan), story.pace())[1] is StageDisplay.RUNNING


def test_without_rows_the_scans_own_starts_count(story: ScanStory) -> None:
    story.read("ingesting", began_s=500).read("ingesting", began_s=20)
    assert len(attempt_starts(story.scan)) == 2
    assert notes_of(story.scan).earlier == {}


def test_attempts_are_counted_from_the_newest_back(story: ScanStory) -> None:
    rows = (story.line("Tyr failed", stage="tyr", status="failed", ago_s=90),)
    starts = (story.time.at - timedelta(seconds=60),)
    [run] = earlier_runs(rows, starts, 1)["tyr"]
    assert run.attempt == 1
    [third] = earlier_runs(rows, starts, 3)["tyr"]
    assert third.attempt == 2

"""Elapsed times follow our clock and take from the server's stamps only what can be true."""

from datetime import timedelta

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.observation import StageRow
from heimdall_desktop.domain.stages.stage_times import QUEUE, SCAN, TASK, Stopwatch
from tests.fakes.board_scans import FakeTime, ScanStory


class Watched:
    """A scan, its stopwatch and the clocks."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.story = ScanStory(Store(), self.time, "shop")
        self.stopwatch = Stopwatch()

    def see(self) -> None:
        self.stopwatch.see(self.story.scan, self.time.clock_s, self.time.at)

    def elapsed_s(self, what: str) -> float | None:
        return self.stopwatch.elapsed_s(self.story.scan.id, what, self.time.clock_s)

    def run_ingest(self, since_s: float) -> None:
        """Hear for the first time that ingest runs, since so long by the server's clock."""
        began_at = self.time.at - timedelta(seconds=since_s)
        self.story.live("ingesting", [StageRow("ingest", "running", None, began_at)])
        self.see()


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_what_ran_before_we_came_counts(watched: Watched) -> None:
    watched.run_ingest(90)
    assert watched.elapsed_s("ingest") == 90
    watched.time.pass_s(5)
    assert watched.elapsed_s("ingest") == 95


def test_a_server_clock_ahead_of_ours_gives_nothing_below_zero(watched: Watched) -> None:
    watched.run_ingest(-300)
    assert watched.elapsed_s("ingest") == 0
    watched.time.pass_s(7)
    assert watched.elapsed_s("ingest") == 7


def test_a_server_clock_behind_ours_is_held_to_what_we_saw(watched: Watched) -> None:
    watched.story.live("queued")
    watched.see()
    watched.time.pass_s(3)
    watched.run_ingest(600)
    assert watched.elapsed_s("ingest") == pytest.approx(3, abs=0.1)


def test_a_start_of_another_age_is_not_believed(watched: Watched) -> None:
    watched.run_ingest(400 * 24 * 3600)
    assert watched.elapsed_s("ingest") == 0


def test_the_wall_clock_may_jump_meanwhile(watched: Watched) -> None:
    watched.run_ingest(10)
    watched.time.at += timedelta(hours=1)
    watched.see()
    assert watched.elapsed_s("ingest") == 10


def test_a_second_stamp_of_one_start_changes_nothing(watched: Watched) -> None:
    watched.run_ingest(10)
    watched.time.pass_s(5)
    watched.run_ingest(15.4)
    assert watched.elapsed_s("ingest") == 15


def test_a_new_start_begins_anew(watched: Watched) -> None:
    watched.run_ingest(100)
    watched.time.pass_s(60)
    watched.run_ingest(2)
    assert watched.elapsed_s("ingest") == 2


def test_what_has_ended_is_not_measured(watched: Watched) -> None:
    watched.run_ingest(10)
    watched.story.live("ingested", [StageRow("ingest", "completed", None, watched.time.at)])
    watched.see()
    assert watched.elapsed_s("ingest") is None
    assert watched.elapsed_s("tyr") is None


def test_queue_scan_and_task_are_measured_too(watched: Watched) -> None:
    watched.story.read("queued", began_s=200)
    watched.see()
    assert (watched.elapsed_s(QUEUE), watched.elapsed_s(SCAN)) == (200, None)
    watched.time.pass_s(4)
    watched.story.run([20], 7)
    watched.story.log(
        watched.story.line("Reading", stage="tyr", task="recon", status="running", ago_s=3)
    )
    watched.see()
    assert watched.elapsed_s(QUEUE) is None
    assert watched.elapsed_s(SCAN) == 27
    assert watched.elapsed_s(TASK) == 3


def test_another_task_begins_anew(watched: Watched) -> None:
    line = watched.story.line
    one = line("One", stage="tyr", task="one", status="running", ago_s=3)
    watched.story.run([20], 60).log(one)
    watched.see()
    watched.time.pass_s(2)
    watched.story.log(line("Two", stage="tyr", task="two", status="running", ago_s=0))
    watched.see()
    assert watched.elapsed_s(TASK) == 0


def test_a_forgotten_scan_leaves_nothing(watched: Watched) -> None:
    watched.run_ingest(10)
    watched.stopwatch.forget(watched.story.scan.id)
    assert watched.elapsed_s("ingest") is None

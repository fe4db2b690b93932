"""The stages of a scan stand where they happened, and the log says what goes on."""

from datetime import timedelta

import pytest

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.log_lines import LogSign, TaskWords, log_lines, task_words
from heimdall_desktop.domain.observation import Connection
from heimdall_desktop.domain.stage_looks import StageLook, notes_of
from heimdall_desktop.domain.stopwatch import Stopwatch
from heimdall_desktop.domain.time_words import second_words
from heimdall_desktop.domain.timeline import Timeline, timeline_of
from tests.fakes.board_scans import FakeTime, ScanStory, twelve_scans


@pytest.fixture
def story() -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop")


def seen(story: ScanStory) -> Stopwatch:
    stopwatch = Stopwatch()
    stopwatch.see(story.scan, story.time.clock_s, story.time.at)
    return stopwatch


def timeline(story: ScanStory, stopwatch: Stopwatch | None = None) -> Timeline:
    notes = notes_of(story.scan)
    watch = stopwatch or seen(story)
    return timeline_of(story.scan, notes, watch, story.time.clock_s, story.pace())


def task(story: ScanStory) -> TaskWords:
    return task_words(story.scan, seen(story), story.time.clock_s, story.time.at)


def test_the_picture() -> None:
    story = twelve_scans(Store(), FakeTime())["payments-api"]
    shown = timeline(story)
    assert [row.value for row in shown.rows] == [
        *("0:41", "2:36", "1:48", "1:05", "0:22", "9:24", "3:12"),
        *("", ""),
    ]
    assert shown.rows[2].note == "with warnings"
    assert (shown.now_s, shown.total_s, shown.tick_s) == (1148, 1500, 300)
    assert [label for _, label in shown.ticks()] == ["0", "5 min", "10 min", "15 min", "20 min"]
    assert shown.elapsed == "19:08 elapsed"


def test_the_running_bar_grows_with_our_clock(story: ScanStory) -> None:
    stopwatch = seen(story.run([30, 90], 48))
    story.time.pass_s(10)
    shown = timeline(story, stopwatch)
    row = shown.rows[2]
    assert (row.start_s, row.end_s, row.value) == (120, 178, "0:58")
    assert shown.now_s == row.end_s


@pytest.mark.parametrize("skew_s", [-7200, 7200])
def test_a_server_clock_that_goes_wrong_bends_nothing(story: ScanStory, skew_s: float) -> None:
    story.live("queued")
    stopwatch = seen(story)
    story.time.at += timedelta(seconds=skew_s)
    story.run([], 4)
    story.time.at -= timedelta(seconds=skew_s)
    stopwatch.see(story.scan, story.time.clock_s, story.time.at)
    story.time.pass_s(6)
    row = timeline(story, stopwatch).rows[0]
    assert row.start_s == 0
    assert 6 <= (row.end_s or 0) <= 10.1


def test_a_failed_stage_tells_why(story: ScanStory) -> None:
    story.run([30, 90, 60], 61, end="failed", status="failed", error="out\nof memory")
    row = timeline(story).rows[3]
    assert (row.value, row.note) == ("1:01", "failed: out of memory")
    assert row.error == "out\nof memory"
    assert row.sentence == "Taint analysis, failed, 1:01, failed: out of memory"
    assert timeline(story).now_s is None


def test_a_stage_tells_when_it_started(story: ScanStory) -> None:
    story.run([30, 90, 60], 61, end="failed", status="failed", error="out\nof memory")
    stage = story.scan.stages[3]
    assert stage.started_at is not None
    label, started, duration, error = timeline(story).rows[3].details
    assert (label, duration, error) == (
        "Taint analysis",
        "1:01 failed: out of memory",
        "out\nof memory",
    )
    assert started.removeprefix("Started about ").removeprefix("Started ") == second_words(
        stage.started_at
    )
    assert timeline(story).rows[8].details == ("Report",)


def test_a_skipped_stage_tells_why(story: ScanStory) -> None:
    reason = story.line("tyr skipped", "no AI provider", stage="tyr", status="skipped")
    story.run([30, 0], 5, skipped=["tyr"]).log(reason)
    row = timeline(story).rows[1]
    assert (row.look, row.value, row.note) == (StageLook.SKIPPED, "Skipped", "no AI provider")


def test_an_ended_scan_tells_how_long_it_took(story: ScanStory) -> None:
    story.run([30] * 9, status="completed").read("completed", began_s=270, ended_s=0)
    shown = timeline(story)
    assert (shown.elapsed, shown.now_s) == ("took 4:30", None)
    assert 270 < shown.total_s < 300


def test_before_the_start_there_is_only_an_axis(story: ScanStory) -> None:
    story.read("queued", began_s=65).live("queued")
    shown = timeline(story)
    assert (shown.elapsed, shown.now_s) == ("queued 1:05", None)
    assert all(row.start_s is None for row in shown.rows)


def test_another_attempt_is_told() -> None:
    story = twelve_scans(Store(), FakeTime())["mobile-gateway"]
    shown = timeline(story)
    assert shown.elapsed == "1:00 elapsed, attempt 2 of 3"
    assert shown.rows[3].note == "failed before: worker ran out of memory"


@pytest.mark.parametrize(
    ("running_s", "labels"),
    [(12, ["0", "5 s", "10 s", "15 s", "20 s", "25 s"]), (14000, ["0", "1 h", "2 h", "3 h"])],
)
def test_ticks_suit_the_length(story: ScanStory, running_s: float, labels: list[str]) -> None:
    shown = [label for _, label in timeline(story.run([], running_s)).ticks()]
    assert shown[: len(labels)] == labels
    assert len(shown) <= 7


def test_only_the_newest_line_of_a_task_runs(story: ScanStory) -> None:
    line = story.line
    story.run([30], 50).log(
        line("Index", task="index", status="running", ago_s=40, progress=20),
        line("Index", task="index", status="running", ago_s=30, progress=60),
        line("Recon", task="recon", status="running", ago_s=35),
        line("Recon", task="recon", status="completed", ago_s=20),
    )
    assert [(row.title, row.sign) for row in log_lines(story.scan)] == [
        ("Recon", LogSign.DONE),
        ("Index", LogSign.RUNNING),
        ("Recon", LogSign.STARTED),
        ("Index", LogSign.STARTED),
    ]
    assert log_lines(story.scan)[1].detail == "60 %"


@pytest.mark.parametrize(
    ("status", "tone", "sign"),
    [
        ("failed", "", LogSign.FAILED),
        ("warning", "neutral", LogSign.WARNING),
        ("running", "warning", LogSign.WARNING),
        ("skipped", "", LogSign.SKIPPED),
        ("cancelled", "", LogSign.CANCELLED),
        ("never heard of", "success", LogSign.DONE),
        ("never heard of", "odd", LogSign.NOTE),
    ],
)
def test_lines_are_told_apart(story: ScanStory, status: str, tone: str, sign: LogSign) -> None:
    story.run([30], 50).log(story.line("x", status=status, tone=tone or "neutral"))
    assert log_lines(story.scan)[0].sign is sign


def test_nothing_runs_after_the_end(story: ScanStory) -> None:
    story.run([30], 50).log(story.line("Index", task="index", status="running"))
    story.run([30], 60, status="cancelled", end="cancelled")
    assert log_lines(story.scan)[0].sign is LogSign.STARTED


def test_the_current_task(story: ScanStory) -> None:
    line = story.line("Reading\nfiles", "3 of 9", task="a", status="running", ago_s=41)
    story.run([30], 50).log(line)
    assert task(story) == TaskWords(LogSign.RUNNING, "Reading files", "Hunt, 3 of 9", "0:41")


def test_without_a_task_the_stage_stands(story: ScanStory) -> None:
    assert task(story.run([30], 50)).title == "Tyr"
    other = ScanStory(Store(), FakeTime(), "queued").read("queued").live("queued")
    assert task(other).title == "Queued"


def test_the_end_stands_in_for_the_task(story: ScanStory) -> None:
    story.run([30], 5, end="failed", status="failed", error="No memory left")
    assert task(story).sign is LogSign.FAILED
    assert (task(story).detail, task(story).error) == ("No memory left", "No memory left")
    story.run([30], 5, end="cancelled", status="cancelled")
    assert task(story).sign is LogSign.CANCELLED
    story.run([10] * 9, status="completed").hear(Connection.LIVE)
    assert task(story).title.startswith("Ended")
    story.find(1)
    assert task(story).title.startswith("Completed")
    assert task(story).detail == "1 finding."

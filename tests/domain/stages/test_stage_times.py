"""Stages: usual times, earlier attempts, and when one is quiet."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import RepoId, ScanId
from heimdall_desktop.domain.facts.observation import Connection, StageRow
from heimdall_desktop.domain.stages import stage_display, stage_times
from tests.fakes.board_scans import SERVER, FakeTime, ScanStory

ALL_STAGES = [30.0, 90, 60, 30, 15, 400, 200, 20, 10]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def story(store: Store) -> ScanStory:
    return ScanStory(store, FakeTime(), "shop")


def past(story: ScanStory, number: int, *durations_s: tuple[str, float]) -> stage_times.ScanTimes:
    scan_id, ended_at = ScanId(f"past {number}"), story.time.at + timedelta(days=number)
    return stage_times.ScanTimes(SERVER, story.repo_id, scan_id, ended_at, durations_s)


def times_of(story: ScanStory) -> stage_times.ScanTimes:
    times = stage_times.times_of(story.scan)
    assert times is not None
    return times


def test_a_completed_scan_gives_the_durations_of_its_stages(story: ScanStory) -> None:
    times = times_of(story.run(ALL_STAGES, status="completed"))
    assert [took_s for _, took_s in times.durations_s] == ALL_STAGES
    assert (times.server, times.repo_id) == (SERVER, story.repo_id)
    assert times.ended_at == story.scan.stages[8].ended_at


@pytest.mark.parametrize("status", ["failed", "cancelled", "hunting"])
def test_no_other_scan_gives_durations(story: ScanStory, status: str) -> None:
    story.run(ALL_STAGES, status=status)
    assert stage_times.times_of(story.scan) is None


def test_a_stage_with_unseen_start_does_not_count(story: ScanStory) -> None:
    story.read("completed", began_s=900)
    ends = [("ingest", 870), ("tyr", 780), ("static_analysis", 775)]
    moments = [(name, story.time.at - timedelta(seconds=ago_s)) for name, ago_s in ends]
    story.live("completed", [StageRow(name, "completed", None, at) for name, at in moments])
    # Between the ends of tyr and static analysis there is no room for much of a mistake.
    assert times_of(story).durations_s == (("static_analysis", 5.0),)


def test_a_failed_attempt_does_not_count(story: ScanStory) -> None:
    story.run([30, 90, 60], 61, end="failed", status="failed", ended_s=900)
    story.run(ALL_STAGES, status="completed")
    assert dict(times_of(story).durations_s)["taint_analysis"] == 30


def test_skipped_stages_do_not_count(story: ScanStory) -> None:
    story.run(ALL_STAGES, status="completed", skipped=["tyr"])
    assert "tyr" not in dict(times_of(story).durations_s)


def test_from_three_scans_on_there_is_an_estimate(story: ScanStory) -> None:
    times = stage_times.StageTimes()
    story.read("running", began_s=10)
    for number, took_s in enumerate((60.0, 90.0)):
        times.learn(past(story, number, ("tyr", took_s)))
    assert times.usual(story.scan).of("tyr") is None
    times.learn(past(story, 2, ("tyr", 300.0), ("hunt", 5.0)))
    usual = times.usual(story.scan)
    assert usual.of("tyr") == stage_times.UsualTime(90, 60, 300)
    assert usual.of("hunt") is None
    assert usual.scans == 3


def test_a_scan_does_not_count_for_itself(store: Store, story: ScanStory) -> None:
    story.run(ALL_STAGES, status="completed").remember(ALL_STAGES, ALL_STAGES)
    assert store.times.usual(story.scan).scans == 2
    other = ScanStory(store, story.time, "again", number=2)
    other.repo_id = story.repo_id
    other.run([30], 5)
    assert store.times.usual(other.scan).of("hunt") == stage_times.UsualTime(400, 400, 400)


def test_another_repository_or_server_has_other_times(story: ScanStory) -> None:
    times = stage_times.StageTimes()
    for number in range(3):
        known = past(story, number, ("tyr", 60.0))
        times.learn(replace(known, repo_id=RepoId("another")))
    assert times.usual(story.scan) is stage_times.NO_TIMES
    assert times.usual(story.read("running", began_s=1).scan).stages == {}


def test_only_the_newest_scans_count(story: ScanStory) -> None:
    times = stage_times.StageTimes()
    story.read("running", began_s=10)
    for number in range(stage_times.MOST_SCANS + 5):
        times.learn(past(story, number, ("tyr", float(number))))
    usual = times.usual(story.scan)
    assert usual.scans == stage_times.MOST_SCANS
    assert usual.of("tyr") == stage_times.UsualTime(14.5, 5, 24)


def test_the_same_again_is_no_news(story: ScanStory) -> None:
    times = stage_times.StageTimes()
    known = past(story, 1, ("tyr", 60.0))
    assert times.learn(known)
    assert not times.learn(known)


class Watched:
    """A scan, its stopwatch and the clocks."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.story = ScanStory(Store(), self.time, "shop")
        self.stopwatch = stage_times.Stopwatch()

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


@pytest.mark.parametrize(
    ("since_s", "elapsed_s"),
    [
        (90, 90),  # what ran before we came counts
        (-300, 0),  # the server's clock is ahead of ours
        (400 * 24 * 3600, 0),  # a start of another age is not believed
    ],
)
def test_what_runs_is_measured_from_its_start(
    watched: Watched, since_s: float, elapsed_s: float
) -> None:
    watched.run_ingest(since_s)
    assert watched.elapsed_s("ingest") == elapsed_s
    watched.time.pass_s(5)
    assert watched.elapsed_s("ingest") == elapsed_s + 5


def test_a_server_clock_behind_ours_is_held_to_what_we_saw(watched: Watched) -> None:
    watched.story.live("queued")
    watched.see()
    watched.time.pass_s(3)
    watched.run_ingest(600)
    assert watched.elapsed_s("ingest") == pytest.approx(3, abs=0.1)


def test_the_wall_clock_may_jump_meanwhile(watched: Watched) -> None:
    watched.run_ingest(10)
    watched.time.at += timedelta(hours=1)
    watched.see()
    assert watched.elapsed_s("ingest") == 10


@pytest.mark.parametrize(("since_s", "elapsed_s"), [(15.4, 15), (2, 2)])
def test_a_new_start_resets_the_stopwatch_but_not_a_second_stamp_of_one(
    watched: Watched, since_s: float, elapsed_s: float
) -> None:
    watched.run_ingest(10)
    watched.time.pass_s(5)
    watched.run_ingest(since_s)
    assert watched.elapsed_s("ingest") == elapsed_s


def test_what_has_ended_is_not_measured(watched: Watched) -> None:
    watched.run_ingest(10)
    watched.story.live("ingested", [StageRow("ingest", "completed", None, watched.time.at)])
    watched.see()
    assert watched.elapsed_s("ingest") is None
    assert watched.elapsed_s("tyr") is None


def test_queue_scan_and_task_are_measured_too(watched: Watched) -> None:
    watched.story.read("queued", began_s=200)
    watched.see()
    assert watched.elapsed_s(stage_times.QUEUE) == 200
    assert watched.elapsed_s(stage_times.SCAN) is None
    watched.time.pass_s(4)
    watched.story.run([20], 7)
    line = watched.story.line("Reading", stage="tyr", task="recon", status="running", ago_s=3)
    watched.story.log(line)
    watched.see()
    assert watched.elapsed_s(stage_times.QUEUE) is None
    assert watched.elapsed_s(stage_times.SCAN) == 27
    assert watched.elapsed_s(stage_times.TASK) == 3


def test_another_task_resets_the_stopwatch(watched: Watched) -> None:
    line = watched.story.line
    one = line("One", stage="tyr", task="one", status="running", ago_s=3)
    watched.story.run([20], 60).log(one)
    watched.see()
    watched.time.pass_s(2)
    watched.story.log(line("Two", stage="tyr", task="two", status="running", ago_s=0))
    watched.see()
    assert watched.elapsed_s(stage_times.TASK) == 0


def test_a_forgotten_scan_leaves_nothing(watched: Watched) -> None:
    watched.run_ingest(10)
    watched.stopwatch.forget(watched.story.scan.id)
    assert watched.elapsed_s("ingest") is None


# -- earlier attempts, from the log --


def retried(story: ScanStory) -> ScanStory:
    """Fail in tyr, then run again."""
    line = story.line
    failed: dict[str, Any] = {"stage": "tyr", "status": "failed"}
    story.run([38], 22, status="modeling")
    return story.log(
        line("Scan started", stage=None, task="scan-start", status="running", ago_s=400),
        line("Ingest started", stage="ingest", status="running", event_type="stage", ago_s=398),
        line("Ingest completed", stage="ingest", event_type="stage", ago_s=370),
        line("Rules", "none", stage="ingest", status="failed", ago_s=380),
        line("Tyr started", stage="tyr", status="running", event_type="stage", ago_s=369),
        line("A task", "timed out", **failed, ago_s=301),
        line("Tyr failed", "out of\nmemory", **failed, event_type="stage", ago_s=300),
        line("Scan started", stage=None, task="scan-start", status="running", ago_s=60),
        line("Ingest started", stage="ingest", status="running", event_type="stage", ago_s=59),
    )


def test_stages_of_the_first_attempt(story: ScanStory) -> None:
    notes = stage_display.notes_of(retried(story).scan)
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
    notes = stage_display.notes_of(story.scan)
    run = notes.end_before("hunt")
    assert run is not None
    assert (run.was_cancelled, run.has_failed) == (True, False)
    assert run.ended_at == story.time.at - timedelta(seconds=90)
    displays = stage_display.stage_displays(story.scan, notes, story.pace())
    assert displays[5] is stage_display.StageDisplay.CANCELLED_BEFORE


def test_nothing_of_an_earlier_attempt_warns_in_this_one(story: ScanStory) -> None:
    story = retried(story)
    notes = stage_display.notes_of(story.scan)
    assert notes.warned == {}
    displays = stage_display.stage_displays(story.scan, notes, story.pace())
    assert displays[1] is stage_display.StageDisplay.RUNNING


def test_without_rows_the_scans_own_starts_count(story: ScanStory) -> None:
    story.read("ingesting", began_s=500).read("ingesting", began_s=20)
    assert len(stage_times.attempt_starts(story.scan)) == 2
    assert stage_display.notes_of(story.scan).earlier == {}


def test_attempts_are_counted_from_the_newest_back(story: ScanStory) -> None:
    rows = (story.line("Tyr failed", stage="tyr", status="failed", ago_s=90),)
    starts = (story.time.at - timedelta(seconds=60),)
    [run] = stage_times.earlier_runs(rows, starts, 1)["tyr"]
    assert run.attempt == 1
    [third] = stage_times.earlier_runs(rows, starts, 3)["tyr"]
    assert third.attempt == 2


# -- a stage is quiet if it is silent for longer than usual --


PAST = [30.0, 90, 180]


@pytest.fixture
def running() -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop").run([30, 90], 48).hear(Connection.LIVE)


@pytest.fixture
def paces(running: ScanStory) -> stage_display.Paces:
    time = running.time
    return stage_display.Paces(
        lambda _scan: stage_times.NO_TIMES, lambda: time.clock_s, lambda: time.at
    )


def silent_s(paces: stage_display.Paces, running: ScanStory) -> float:
    """Ask right after an answer that was no news."""
    running.age(0)
    return paces.silent_s(running.scan)


def test_silence_grows_until_there_is_news(running: ScanStory, paces: stage_display.Paces) -> None:
    assert silent_s(paces, running) == 0
    running.time.pass_s(300)
    assert silent_s(paces, running) == 300
    running.log(running.line("A file was read"))
    assert silent_s(paces, running) == 0


def test_what_was_silent_before_we_came_counts(
    running: ScanStory, paces: stage_display.Paces
) -> None:
    running.time.pass_s(400)
    assert silent_s(paces, running) == pytest.approx(400)
    paces.forget(running.scan.id)
    assert silent_s(paces, running) == pytest.approx(400)


def test_silence_is_unknown_while_no_answer_arrives(
    running: ScanStory, paces: stage_display.Paces
) -> None:
    silent_s(paces, running)
    running.time.pass_s(8 * 3600)  # the machine slept
    assert paces.silent_s(running.scan) == 0
    assert silent_s(paces, running) == 8 * 3600


def test_a_server_clock_ahead_of_ours_makes_no_silence_below_zero(
    running: ScanStory, paces: stage_display.Paces
) -> None:
    running.time.at = running.scan.created_at or running.time.at
    assert silent_s(paces, running) == 0


def test_twice_the_usual_time_is_quiet(running: ScanStory) -> None:
    running.remember(PAST, PAST, PAST)
    assert running.pace(360).quiet_s is None
    assert running.pace(361).quiet_s == 361


def test_however_long_it_usually_takes_ten_minutes_are_quiet(running: ScanStory) -> None:
    running.remember(*[[30, 90, 3600]] * 3)
    assert running.pace(stage_display.LONGEST_S).quiet_s is None
    assert running.pace(stage_display.LONGEST_S + 1).quiet_s == stage_display.LONGEST_S + 1


def test_the_shortest_stage_is_not_quiet_between_two_polls(running: ScanStory) -> None:
    running.remember(*[[30, 90, 2]] * 3)
    assert running.pace(12).quiet_s is None
    assert running.pace(25).quiet_s == 25


def test_without_an_estimate_the_connection_says_it(running: ScanStory) -> None:
    assert running.pace(500).quiet_s is None
    assert running.pace(stage_display.LONGEST_S).quiet_s == stage_display.LONGEST_S
    assert running.hear(Connection.QUIET, 372).pace().quiet_s == 372


@pytest.mark.parametrize(
    "connection", [Connection.STALE, Connection.RECONNECTING, Connection.SIGNED_OUT]
)
def test_a_line_that_is_down_says_nothing_of_the_stage(
    running: ScanStory, connection: Connection
) -> None:
    assert running.hear(connection, 900).pace(900).quiet_s is None


def test_nothing_is_quiet_before_a_stage_runs(running: ScanStory) -> None:
    queued = ScanStory(Store(), running.time, "queued").read("queued").live("queued")
    assert queued.hear(Connection.QUIET, 900).pace(900).quiet_s is None

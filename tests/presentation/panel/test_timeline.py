"""The stages of a scan stand where they happened, and the log says what goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.stages.stage_display import StageDisplay, notes_of
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.presentation.panel.log_lines import LogBook, LogMark, TaskWords, task_text
from heimdall_desktop.presentation.panel.timeline import (
    MOST_TICKS,
    Expected,
    Span,
    Timeline,
    timeline_of,
)
from heimdall_desktop.presentation.time_text import second_text
from tests.fakes.board_scans import FakeTime, ScanStory, twelve_scans


@pytest.fixture
def story() -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop")


def seen(story: ScanStory) -> Stopwatch:
    stopwatch = Stopwatch()
    stopwatch.see(story.scan, story.time.clock_s, story.time.at)
    return stopwatch


def timeline(
    story: ScanStory, stopwatch: Stopwatch | None = None, now: datetime | None = None
) -> Timeline:
    notes = notes_of(story.scan)
    watch = stopwatch or seen(story)
    return timeline_of(
        story.scan, notes, watch, story.time.clock_s, now or story.time.at, story.pace()
    )


def task(story: ScanStory) -> TaskWords:
    return task_text(story.scan, seen(story), story.time.clock_s, story.time.at)


def test_the_picture() -> None:
    story = twelve_scans(Store(), FakeTime())["payments-api"]
    shown = timeline(story)
    assert [row.value for row in shown.rows] == [
        *("0:41", "2:36", "1:48", "1:05", "0:22", "9:24", "3:12"),
        *("", ""),
    ]
    assert shown.rows[2].note == "With warnings: two rules were left out"
    assert [shown.rows[number].short_note for number in (2, 6)] == [
        "With warnings",
        "No estimate yet",
    ]
    assert (shown.now_s, shown.total_s, shown.tick_s) == (1148, 1500, 300)
    assert [label for _, label in shown.ticks()] == ["0", "5 min", "10 min", "15 min", "20 min"]
    assert shown.elapsed == "19:08 elapsed, no estimate yet"


PAST = ([20.0, 60, 60], [30.0, 90, 120, 60], [40.0, 120, 240, 60], [30.0, 90, 120, 60])
TYR = ([30.0, 120], [30.0, 60], [30.0, 240])


@pytest.mark.parametrize(
    ("happens", "number", "value", "note", "short_note"),
    [
        (lambda story: story.run([30], 60).remember(*TYR), 1, "1:00", "of ~2 min (1 to 4)",
         "of ~2 min"),
        (lambda story: story.run([30], 60, end="failed", status="failed", error="out\nof memory"),
         1, "1:00", "Failed: out of memory", ""),
        (lambda story: story.run([30, 90], 534).hear(Connection.QUIET, 372), 2, "8:54",
         "No updates for 6 min", "No updates for 6 min"),
        (lambda story: story.run([30, 90], 534).remember(*PAST).hear(Connection.QUIET, 372), 2,
         "8:54", "No updates for 6 min, twice its usual time", "No updates for 6 min"),
        (lambda story: story.run([30, 90], 534).remember(*[[30, 90, 3600.0]] * 4).hear(
            Connection.QUIET, 610), 2, "8:54", "No updates for 10 min, usually takes ~60 min",
         "No updates for 10 min"),
    ],
)  # fmt: skip
def test_notes_say_what_happens_and_have_a_short_form(
    story: ScanStory,
    happens: Callable[[ScanStory], ScanStory],
    number: int,
    value: str,
    note: str,
    short_note: str,
) -> None:
    row = timeline(happens(story)).rows[number]
    assert (row.value, row.note, row.short_note) == (value, note, short_note)


def test_a_scan_that_ended_for_good_promises_no_further_stages(story: ScanStory) -> None:
    story.remember([30, 120], [30, 60], [30, 240])
    story.run([], 30, end="failed", status="failed", error="no memory")
    assert timeline(story).rows[1].value == "~2 min (1 to 4)"  # it may be retried
    story.settle()
    rows = timeline(story).rows
    assert [row.value for row in rows[1:]] == ["Not run"] * 8


@pytest.mark.parametrize("days", [6, 7, 400, 375_000])
@pytest.mark.parametrize("end", ["", "completed"])
def test_an_axis_of_a_thousand_years_has_few_ticks(story: ScanStory, days: int, end: str) -> None:
    story.run([days * 86_400, 60], 48)
    if end:
        story.run([days * 86_400, 60], 48, end=end, status=end)
    shown = timeline(story)
    assert shown.total_s > days * 86_400
    ticks = list(shown.ticks())
    assert 2 <= len(ticks) <= MOST_TICKS + 1
    assert ticks[1][1].endswith(" h" if shown.tick_s == 86_400 else " d")


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
    assert row.error == "out\nof memory"
    assert row.sentence == "Taint analysis, failed, 1:01. Failed: out of memory"
    assert timeline(story).now_s is None


def test_a_stage_tells_when_it_started(story: ScanStory) -> None:
    story.run([30, 90, 60], 61, end="failed", status="failed", error="out\nof memory")
    stage = story.scan.stages[3]
    assert stage.started_at is not None
    row = timeline(story).rows[3]
    label, started, duration = row.details
    assert (label, duration) == ("Taint analysis", "Took 1:01. Failed: out of memory")
    assert row.shown_error == ("out\nof memory",)
    assert row.whole_text.endswith("Failed: out of memory\nout\nof memory")
    assert started.removeprefix("Started about ").removeprefix("Started ") == second_text(
        stage.started_at
    )
    assert timeline(story).rows[8].details == ("Report", "No estimate (needs 3 past scans)")


def test_a_skipped_stage_tells_why(story: ScanStory) -> None:
    reason = story.line("tyr skipped", "no AI provider", stage="tyr", status="skipped")
    story.run([30, 0], 5, skipped=["tyr"]).log(reason)
    row = timeline(story).rows[1]
    assert (row.display, row.value, row.note) == (StageDisplay.SKIPPED, "Skipped", "no AI provider")


def test_an_ended_scan_tells_how_long_it_took(story: ScanStory) -> None:
    story.run([30] * 9, status="completed").read("completed", began_s=270, ended_s=0)
    shown = timeline(story)
    assert (shown.elapsed, shown.now_s) == ("Took 4:30", None)
    assert 270 < shown.total_s < 300
    failed = ScanStory(Store(), FakeTime(), "web").run([30, 90], 48, end="failed", status="failed")
    assert timeline(failed).elapsed == "Took about 2:48"


def test_before_the_start_there_is_only_an_axis(story: ScanStory) -> None:
    story.read("queued", began_s=65).live("queued")
    shown = timeline(story)
    assert (shown.elapsed, shown.now_s) == ("Queued 1:05", None)
    assert all(row.start_s is None for row in shown.rows)
    assert list(shown.ticks()) == []


def test_another_attempt_is_shown() -> None:
    story = twelve_scans(Store(), FakeTime())["mobile-gateway"]
    shown = timeline(story)
    assert shown.elapsed == "Attempt 2 of 3. 6:40 since the start, no estimate yet"
    assert shown.rows[3].note == "Attempt 1 failed: worker ran out of memory"
    assert shown.attempts == ((337, "Attempt 2"),)


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
        line("Index", stage="tyr", task="index", status="running", ago_s=40, progress=20),
        line("Index", stage="tyr", task="index", status="running", ago_s=30, progress=60),
        line("Recon", stage="tyr", task="recon", status="running", ago_s=35),
        line("Recon", stage="tyr", task="recon", status="completed", ago_s=20),
    )
    assert [(row.title, row.mark) for row in LogBook(story.scan).lines()] == [
        ("Recon", LogMark.DONE),
        ("Index", LogMark.RUNNING),
        ("Recon", LogMark.STARTED),
        ("Index", LogMark.STARTED),
    ]
    assert LogBook(story.scan).lines()[1].detail == "60 %"


@pytest.mark.parametrize(
    ("status", "tone", "mark"),
    [
        ("failed", "", LogMark.FAILED),
        ("warning", "neutral", LogMark.WARNING),
        ("running", "warning", LogMark.WARNING),
        ("skipped", "", LogMark.SKIPPED),
        ("cancelled", "", LogMark.CANCELLED),
        ("unknown kind", "success", LogMark.DONE),
        ("unknown kind", "odd", LogMark.NOTE),
    ],
)
def test_lines_are_distinguished(story: ScanStory, status: str, tone: str, mark: LogMark) -> None:
    story.run([30], 50).log(story.line("x", status=status, tone=tone or "neutral"))
    assert LogBook(story.scan).lines()[0].mark is mark


def test_t65_a_line_says_that_its_task_runs_only_while_its_stage_does(story: ScanStory) -> None:
    story.run([30], 50).log(
        story.line("Left open", task="left", status="running", stage="ingest", ago_s=40),
        story.line("Of a stage to come", task="agent", status="running", stage="hunt", ago_s=20),
        story.line("At work", task="recon", status="running", stage="tyr", ago_s=5),
    )
    marks = {line.title: line.mark for line in LogBook(story.scan).lines()}
    assert marks == {
        "Left open": LogMark.STARTED,
        "Of a stage to come": LogMark.STARTED,
        "At work": LogMark.RUNNING,
    }


def test_nothing_runs_after_the_end(story: ScanStory) -> None:
    story.run([30], 50).log(story.line("Index", task="index", status="running"))
    story.run([30], 60, status="cancelled", end="cancelled")
    assert LogBook(story.scan).lines()[0].mark is LogMark.STARTED


def test_the_current_task_or_what_is_known_instead(story: ScanStory) -> None:
    assert task(story.run([30], 50)).title == "Tyr"
    line = story.line("Reading\nfiles", "3 of 9", stage="tyr", task="a", status="running", ago_s=41)
    story.log(line)
    assert task(story) == TaskWords(LogMark.RUNNING, "Reading files", "Tyr, 3 of 9", "0:41")
    queued = ScanStory(Store(), FakeTime(), "queued").read("queued").live("queued")
    assert task(queued).title == "Queued"
    unread = ScanStory(Store(), FakeTime(), "unreachable").hear(Connection.STALE)
    assert task(unread) == TaskWords(LogMark.STARTED, "No data yet")


def test_the_end_replaces_the_task(story: ScanStory) -> None:
    story.run([30], 5, end="failed", status="failed", error="No memory left")
    assert task(story).mark is LogMark.FAILED
    assert (task(story).detail, task(story).error) == ("No memory left", "No memory left")
    story.run([30], 5, end="cancelled", status="cancelled")
    assert task(story).mark is LogMark.CANCELLED
    story.run([10] * 9, status="completed").hear(Connection.LIVE)
    assert task(story).title.startswith("Ended")
    story.find(1)
    assert task(story).title.startswith("Completed")
    assert task(story).detail == "1 finding."


def test_a_running_stage_has_its_usual_time_beside_it(story: ScanStory) -> None:
    shown = timeline(story.run([30, 90], 48).remember(*PAST))
    row = shown.rows[2]
    assert (row.value, row.note) == ("0:48", "of ~2 min (1 to 4)")
    assert row.expected == Expected(120 + 120, 120 + 60, 120 + 240)
    assert "Usually 2 min, shortest 1, longest 4" in row.details
    assert shown.basis == "Based on 4 past scans of this repository."


def test_stages_to_come_follow_each_other(story: ScanStory) -> None:
    shown = timeline(story.run([30, 90], 48).remember(*PAST))
    row = shown.rows[3]
    assert (row.start_s, row.expected) == (240, Expected(300, 300, 300))
    assert row.value == "~1 min"
    assert shown.rows[4].expected is None
    assert shown.total_s >= 300


def test_a_stage_over_its_time_pushes_the_next_one_on(story: ScanStory) -> None:
    shown = timeline(story.run([30, 90], 400).remember(*PAST))
    assert shown.rows[3].start_s == shown.now_s == 520


def test_one_very_long_scan_does_not_stretch_the_axis(story: ScanStory) -> None:
    story.run([30, 90], 48).remember([30, 90, 86_400.0], [30, 90, 120.0], [30, 90, 120.0])
    assert timeline(story).total_s < 1000


def test_the_time_left_is_in_the_head(story: ScanStory) -> None:
    past = [[30.0, 90, 60, 30, 15, 400, 200, 20, 10]] * 3
    shown = timeline(story.run([30, 90, 60, 30, 15], 100).remember(*past))
    assert shown.elapsed == "5:25 elapsed, about 9 min left"


def test_earlier_attempts_come_before_this_one(story: ScanStory) -> None:
    line = story.line
    story.run([38], 22, status="modeling").log(
        line("Scan started", stage=None, task="scan-start", ago_s=400),
        line("Ingest started", stage="ingest", status="running", event_type="stage", ago_s=398),
        line("Ingest failed", "out of memory", stage="ingest", status="failed",
             event_type="stage", ago_s=370),
        line("Scan started", stage=None, task="scan-start", ago_s=60),
    )  # fmt: skip
    shown = timeline(story)
    row = shown.rows[0]
    assert row.earlier == (Span(2, 30, has_failed=True),)
    assert row.start_s == 340
    assert [each.attempt for each in shown.rows[:2]] == [2, 0]
    assert row.note == "Attempt 1 failed: out of memory"
    assert row.details[0] == "Ingest, attempt 2"
    assert "Attempt 1 failed: out of memory" in row.details
    assert list(shown.attempts) == [(340, "Attempt 2")]
    assert row.sentence.startswith("Ingest, attempt 2, done")


def test_a_quiet_stage_tells_since_when(story: ScanStory) -> None:
    story.run([30, 90], 534).hear(Connection.QUIET, 372)
    row = timeline(story).rows[2]
    assert row.display is StageDisplay.QUIET
    assert row.last_update_s == pytest.approx(120 + 534 - 372)
    started_at = story.scan.stages[2].started_at
    assert started_at is not None
    since = second_text(started_at + timedelta(seconds=534 - 372))
    assert f"Quiet since {since}" in row.details


def test_a_stage_of_another_day_tells_the_day(story: ScanStory) -> None:
    story.run([30, 90], 534).hear(Connection.QUIET, 372)
    started_at = story.scan.stages[2].started_at
    assert started_at is not None
    tomorrow = story.time.at + timedelta(days=1)
    details = timeline(story, now=tomorrow).rows[2].details
    assert f"Started {second_text(started_at, tomorrow)}" in details
    since = second_text(started_at + timedelta(seconds=534 - 372), tomorrow)
    assert f"Quiet since {since}" in details
    assert since.startswith(f"{story.time.at.astimezone().day} ")


@pytest.mark.parametrize("connection", [Connection.SIGNED_OUT, Connection.STALE])
def test_nothing_is_said_to_run_without_contact(story: ScanStory, connection: Connection) -> None:
    story.run([30, 90], 534).hear(connection, 372).age(372)
    row = timeline(story).rows[2]
    assert (row.display, row.note) == (StageDisplay.RUNNING, "No contact for 6 min")
    assert row.last_update_s == pytest.approx(120 + 534 - 372)
    story.hear(Connection.LIVE).age(1)
    assert (timeline(story).rows[2].last_update_s, timeline(story).rows[2].note[:11]) == (
        None,
        "No estimate",
    )


@pytest.mark.parametrize(
    ("error", "note"),
    [
        ("Scan cancelled by user", "Cancelled by user"),
        ("Cancelled by m.okafor.", "Cancelled by m.okafor"),
        ("The worker went away", "Cancelled: The worker went away"),
        (None, "cancelled"),
    ],
)
def test_a_cancelled_stage_tells_by_whom(story: ScanStory, error: str | None, note: str) -> None:
    story.run([30, 90], 48, end="cancelled", status="cancelled")
    story.live("cancelled", story.scan.stage_rows, error=error)
    row = timeline(story).rows[2]
    assert (row.value, row.note) == (note[:1].upper() + note[1:], "")
    assert row.details[-1] == f"{row.value}. The server doesn't report when."
    assert row.end_s == row.start_s


def test_the_whole_error_is_kept_and_hidden_characters_are_shown(story: ScanStory) -> None:
    error = "line\n" * 2000 + "\u202eend"
    story.run([30], 5, end="failed", status="failed", error=error)
    row = timeline(story).rows[1]
    assert row.error == error
    assert len(row.shown_error[0]) < 3000
    assert row.shown_error[1].endswith("more characters; copying includes everything")
    assert row.whole_text.endswith(error)
    story.run([30], 5, end="failed", status="failed", error="\u202eend")
    assert timeline(story).rows[1].shown_error == ("\ufffdend",)

"""The server's log merged by key, and the task that runs by it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from heimdall_desktop.domain.facts import activity_log
from heimdall_desktop.domain.facts.observation import Activity

START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)
COMPLETED_AT = START + timedelta(seconds=10)


def row(
    key: str,
    seconds: float,
    status: str = "running",
    task_key: str = "task",
    *,
    stage: str | None = "hunt",
    event_type: str = "task",
) -> Activity:
    at = START + timedelta(seconds=seconds)
    return Activity(key, event_type, "active", status, stage, task_key, key, None, None, at)


def log_of(*rows: Activity) -> activity_log.ActivityLog:
    log = activity_log.ActivityLog()
    log.merge(rows)
    return log


def open_keys(log: activity_log.ActivityLog) -> list[str]:
    return [task.key for task in log.open_tasks]


def test_rows_are_merged_by_key_and_outlive_the_servers_window() -> None:
    log = activity_log.ActivityLog()
    assert [added.key for added in log.merge([row("a", 1), row("b", 2)])] == ["a", "b"]
    assert [added.key for added in log.merge([row("b", 2), row("c", 3)])] == ["c"]
    assert [kept.key for kept in log.oldest_first[::-1]] == ["c", "b", "a"]


def test_t28_each_attempt_has_a_start_row() -> None:
    log = log_of(row("a", 1, task_key=activity_log.ATTEMPT_START), row("b", 2), row("c", 3))
    assert log.attempt_starts == 1
    log.merge([row("d", 4, task_key=activity_log.ATTEMPT_START)])
    assert log.attempt_starts == 2


def test_t30_a_task_with_a_newer_end_does_not_run() -> None:
    assert open_keys(
        log_of(row("other", 0, task_key="second"), row("old", 1), row("done", 2, "completed"))
    ) == ["other"]


def test_a_task_that_began_again_runs() -> None:
    assert open_keys(log_of(row("first", 1), row("failed", 2, "failed"), row("again", 3))) == [
        "again"
    ]


def test_an_empty_log_has_no_task() -> None:
    assert activity_log.ActivityLog().open_tasks == ()


def test_t30_a_task_of_an_earlier_attempt_does_not_run() -> None:
    log = log_of(row("again", 5, task_key=activity_log.ATTEMPT_START), row("left open", 1))
    assert open_keys(log) == []
    log.merge([row("now", 6)])
    assert open_keys(log) == ["now"]


def test_t58_the_end_of_the_attempt_before_is_known_by_its_stage() -> None:
    log = log_of(row("cancelled", 2, "cancelled", event_type="stage"), row("a task", 1, "failed"))
    assert not log.former_end  # no attempt began since
    log.merge([row("late", 4, "failed"), row("again", 3, task_key=activity_log.ATTEMPT_START)])
    assert log.former_end is not None
    assert log.former_end.key == "cancelled"


def test_t61_work_after_the_last_row_of_a_run_means_another_run() -> None:
    log = log_of(row("report", 9, "completed", stage="report"), row("work", 8))
    assert not log.goes_on_after(COMPLETED_AT)
    log.merge([row("end", 11, "completed", "scan-finished", stage=None)])
    assert not log.goes_on_after(COMPLETED_AT)
    log.merge([row("a person's", 900, stage="remediation")])
    assert not log.goes_on_after(COMPLETED_AT)
    log.merge([row("late", 12, stage="report")])
    assert log.goes_on_after(COMPLETED_AT)
    log.merge([row("second end", 13, "completed", "scan-finished", stage=None)])
    assert not log.goes_on_after(COMPLETED_AT)


def test_t61_without_a_last_row_only_the_report_stage_may_work_after_the_completion() -> None:
    log = log_of(row("issues", 40, stage="report"), row("work", 10.5))
    assert not log.goes_on_after(COMPLETED_AT)
    assert not log.goes_on_after(None)
    log.merge([row("hunts again", 30)])
    assert log.goes_on_after(COMPLETED_AT)


def test_rows_that_come_late_find_their_place() -> None:
    log = log_of(row("c", 3), row("a", 1))
    log.merge([row("b", 2)])
    assert [kept.key for kept in log.oldest_first] == ["a", "b", "c"]


def answer(newest: int, count: int = activity_log.MOST_ROWS) -> list[Activity]:
    """Return the newest rows of a log that gets ten rows a second, as a server reports them."""
    numbers = range(newest, max(newest - count, -1), -1)
    start = {0: activity_log.ATTEMPT_START}
    return [row(f"k{n}", n / 10, task_key=start.get(n, "task")) for n in numbers]


def reported(answers: Iterable[list[Activity]]) -> list[tuple[str | None, str, int | None]]:
    log = activity_log.ActivityLog()
    for rows in answers:
        log.merge(rows)
    return [(gap.older.key if gap.older else None, gap.newer.key, gap.likely) for gap in log.gaps]


def test_an_answer_of_which_nothing_was_known_leaves_a_gap_before_it() -> None:
    assert reported([answer(79)]) == []
    assert reported([answer(79), answer(158)]) == [], "its oldest row was known"
    assert reported([answer(79), answer(200)]) == [("k79", "k121", 41)]
    gaps = reported([answer(79), answer(200), answer(300)])
    assert gaps == [("k79", "k121", 41), ("k200", "k221", 20)]


def test_a_log_first_seen_late_has_a_gap_at_its_beginning() -> None:
    assert reported([answer(200)]) == [(None, "k121", None)]
    assert reported([answer(40)]) == [], "so few rows are all there are"
    assert reported([answer(100, activity_log.MOST_ROWS_ONCE)]) == [(None, "k71", None)]


@pytest.mark.parametrize("order", tuple(permutations(range(4))))
def test_gaps_do_not_depend_on_the_order_of_answers(order: tuple[int, ...]) -> None:
    answers = [answer(79), answer(200), answer(300), answer(150)]
    gaps = [(older, newer) for older, newer, _ in reported(answers[place] for place in order)]
    assert gaps == [("k200", "k221")]


def test_a_burst_after_a_rest_is_not_taken_for_the_pace_of_the_rest() -> None:
    log = log_of(*(row(f"slow{number}", number) for number in range(60, -1, -1)))
    numbers = range(activity_log.MOST_ROWS, 0, -1)
    log.merge([row(f"fast{number}", 80 + number / 100) for number in numbers])
    [gap] = log.gaps
    assert gap.likely == 45, "141 rows in 61 s that are covered, and a gap of 20 s"


def test_rows_of_one_moment_give_no_rate() -> None:
    log = log_of(row("one", 0))
    log.merge([row(f"n{number}", 9) for number in range(activity_log.MOST_ROWS)])
    [gap] = log.gaps
    assert gap.likely is None


def test_what_an_earlier_session_knew_of_gaps_is_kept() -> None:
    log = activity_log.ActivityLog()
    log.merge([*answer(200), *answer(79)], cut_at=("k121",))
    assert [gap.newer.key for gap in log.gaps] == ["k121"]
    log.merge(answer(150))
    assert log.gaps == ()

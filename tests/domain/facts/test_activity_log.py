"""The server's log merged by key, and the task that runs by it."""

from datetime import UTC, datetime, timedelta

from heimdall_desktop.domain.facts.activity_log import ATTEMPT_START, ActivityLog
from heimdall_desktop.domain.facts.observation import Activity

START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def row(key: str, seconds: float, status: str = "running", task_key: str = "task") -> Activity:
    at = START + timedelta(seconds=seconds)
    return Activity(key, "task", "active", status, "hunt", task_key, key, None, None, at)


def test_rows_are_merged_by_key_and_outlive_the_servers_window() -> None:
    log = ActivityLog()
    assert [added.key for added in log.merge([row("a", 1), row("b", 2)])] == ["a", "b"]
    assert [added.key for added in log.merge([row("b", 2), row("c", 3)])] == ["c"]
    assert [kept.key for kept in log.newest_first()] == ["c", "b", "a"]


def test_t28_each_attempt_has_a_start_row() -> None:
    log = ActivityLog()
    log.merge([row("a", 1, task_key=ATTEMPT_START), row("b", 2), row("c", 3)])
    assert log.attempt_starts == 1
    log.merge([row("d", 4, task_key=ATTEMPT_START)])
    assert log.attempt_starts == 2


def test_t30_a_task_with_a_newer_end_does_not_run() -> None:
    log = ActivityLog()
    log.merge([row("other", 0, task_key="second"), row("old", 1), row("done", 2, "completed")])
    assert log.current_task is not None
    assert log.current_task.key == "other"


def test_a_task_that_began_again_runs() -> None:
    log = ActivityLog()
    log.merge([row("first", 1), row("failed", 2, "failed"), row("again", 3)])
    assert log.current_task is not None
    assert log.current_task.key == "again"


def test_an_empty_log_has_no_task() -> None:
    assert ActivityLog().current_task is None


def test_t30_a_task_of_an_earlier_attempt_does_not_run() -> None:
    log = ActivityLog()
    log.merge([row("again", 5, task_key=ATTEMPT_START), row("left open", 1)])
    tasks = [log.current_task]
    log.merge([row("now", 6)])
    tasks.append(log.current_task)
    assert [task and task.key for task in tasks] == [None, "now"]


def test_rows_that_come_late_find_their_place() -> None:
    log = ActivityLog()
    log.merge([row("c", 3), row("a", 1)])
    log.merge([row("b", 2)])
    assert [kept.key for kept in log.oldest_first()] == ["a", "b", "c"]

"""The nine stages as shown: words, times, and rows of a former attempt."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts, LiveRead, StageRow, StageSeen
from heimdall_desktop.domain.facts.readings import LatestValue
from heimdall_desktop.domain.facts.stage import (
    STAGE_NAMES,
    Stage,
    StageRows,
    StageState,
    shown_stages,
)

START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def row(name: str, status: str, seconds: float | None, error: str | None = None) -> StageRow:
    return StageRow(name, status, error, None if seconds is None else at(seconds))


def shown(
    *rows: StageRow, starts: Mapping[str, datetime] | None = None, began_s: float | None = 0
) -> dict[str, Stage]:
    scan_began = None if began_s is None else at(began_s)
    return {stage.name: stage for stage in shown_stages(rows, starts or {}, scan_began)}


def test_all_nine_in_order_without_a_row() -> None:
    assert tuple(shown()) == STAGE_NAMES
    assert {stage.state for stage in shown().values()} == {StageState.PENDING}


@pytest.mark.parametrize("word", [state.value for state in StageState])
def test_t51_each_word_of_the_server(word: str) -> None:
    assert StageState.of(word).value == word


def test_t51_an_unknown_word_is_kept_apart_and_ends_nothing() -> None:
    assert StageState.of("sneezing") is StageState.OTHER
    assert not StageState.OTHER.has_ended


def test_a_running_stage_begins_at_its_timestamp() -> None:
    assert shown(row("ingest", "running", 5))["ingest"].started_at == at(5)


@pytest.mark.parametrize(
    ("start_s", "duration_s", "is_inferred"),
    [
        (None, 20.0, True),  # it started at the end of the previous one
        (45, 15.0, False),
        (70, 20.0, True),  # after its end: the start of another run
    ],
)
def test_a_start_that_was_seen_is_better_than_an_inferred_one(
    start_s: float | None, duration_s: float, *, is_inferred: bool
) -> None:
    starts = {} if start_s is None else {"tyr": at(start_s)}
    stages = shown(row("ingest", "completed", 40), row("tyr", "completed", 60), starts=starts)
    assert stages["ingest"].duration_s == 40.0
    assert (stages["tyr"].duration_s, stages["tyr"].is_start_inferred) == (duration_s, is_inferred)


def test_t29_what_ended_before_this_attempt_is_pending() -> None:
    stages = shown(row("ingest", "failed", 50, "no response"), began_s=100)
    assert stages["ingest"] == Stage("ingest")


def test_t29_older_stages_after_the_first_running_one_are_pending() -> None:
    stages = shown(row("ingest", "running", 100), row("hunt", "failed", 60), began_s=None)
    assert stages["hunt"].state is StageState.PENDING


def test_a_second_pipeline_of_the_same_scan_may_run_a_later_stage() -> None:
    stages = shown(row("ingest", "running", 100), row("hunt", "running", 120))
    assert stages["hunt"].state is StageState.RUNNING


def test_t62_a_cancelled_stage_keeps_its_start_and_has_no_duration() -> None:
    rows = row("ingest", "completed", 40), row("tyr", "cancelled", 45)
    for starts in ({}, {"tyr": at(45)}):
        tyr = shown(*rows, starts=starts)["tyr"]
        assert (tyr.state, tyr.started_at, tyr.duration_s) == (StageState.CANCELLED, at(45), None)
        assert not tyr.is_start_inferred


def test_t62_a_reported_end_of_a_cancelled_stage_counts() -> None:
    tyr = shown(row("tyr", "cancelled", 60), starts={"tyr": at(45)})["tyr"]
    assert tyr.duration_s == 15.0


def test_an_end_without_a_moment_has_no_duration() -> None:
    ingest = shown(row("ingest", "completed", None), began_s=None)["ingest"]
    assert (ingest.state, ingest.duration_s) == (StageState.COMPLETED, None)


def test_the_error_of_a_failed_stage_is_kept() -> None:
    assert shown(row("ingest", "failed", 9, "clone failed"))["ingest"].error == "clone failed"


SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


def live(asked_at_s: float, *rows: StageRow) -> LiveRead:
    return LiveRead(SCAN, asked_at_s, "ingesting", None, None, Counts(), rows, ())


def running(name: str, seconds: float) -> StageRow:
    return StageRow(name, "running", None, at(seconds))


def seen(heard_at_s: float, stamped_s: float, status: str, stage: str = "ingest") -> StageSeen:
    return StageSeen(SCAN, heard_at_s, at(stamped_s), stage, status, None)


def heard(*facts: LiveRead | StageSeen) -> StageRows:
    rows = StageRows()
    for fact in facts:
        if isinstance(fact, LiveRead):
            rows.read_live(fact)
        else:
            rows.see_update(fact)
    return rows


def ingest(*facts: LiveRead | StageSeen) -> Stage:
    return heard(*facts).shown(START)[0]


READ = live(1, running("ingest", 5))


def test_unknown_stages_are_not_shown() -> None:
    rows = heard(live(1, running("sneezing", 1)))
    assert [stage.state for stage in rows.shown(None)] == [StageState.PENDING] * 9


def test_repeated_running_events_do_not_move_the_start() -> None:
    assert ingest(READ, seen(2, 20, "running"), seen(3, 40, "running")).started_at == at(5)


def test_before_any_answer_the_stamp_of_the_event_is_all_there_is() -> None:
    assert ingest(seen(2, 20, "running")).started_at == at(20)


def test_an_end_by_event_is_measured_from_the_start_that_was_read() -> None:
    stage = ingest(READ, seen(2, 41, "completed"))
    assert (stage.state, stage.duration_s) == (StageState.COMPLETED, 36.0)
    assert not stage.is_start_inferred


def test_the_start_of_a_former_attempt_is_not_the_start_of_this_one() -> None:
    assert heard(READ, seen(2, 105, "running")).shown(at(100))[0].started_at == at(105)


def test_with_a_stream_alone_the_first_event_is_the_start() -> None:
    story = ((5, "running"), (20, "running"), (41, "completed"), (5, "running"))
    facts = [seen(stamped_s, stamped_s, status) for stamped_s, status in story]
    first, second, *_ = heard(*facts).shown(None, LatestValue("queued"))
    assert (first.state, first.duration_s) == (StageState.COMPLETED, 36.0)
    assert second.state is StageState.NOT_REPORTED
    assert ingest(*facts).started_at is None or ingest(*facts).is_start_inferred


def test_a_stage_that_begins_again_has_another_start() -> None:
    story = ((5, "running"), (41, "failed"), (60, "running"), (65, "running"), (70, "completed"))
    twice = enumerate((*story, *story))
    rows = heard(*(seen(heard_s, stamped_s, status) for heard_s, (stamped_s, status) in twice))
    stage = rows.shown(None, LatestValue("queued"))[0]
    assert (stage.started_at, stage.duration_s) == (at(60), 10.0)

"""Stages out of `/live` and the stream: the newest row of each, with the start that was seen."""

from datetime import UTC, datetime, timedelta

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Counts, LiveRead, StageRow, StageSeen
from heimdall_desktop.domain.facts.readings import LatestValue
from heimdall_desktop.domain.facts.stage import Stage, StageRows, StageState

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
START = datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def live(asked_at_s: float, *rows: StageRow) -> LiveRead:
    return LiveRead(SCAN, asked_at_s, "ingesting", None, None, Counts(), rows, ())


def running(name: str, seconds: float) -> StageRow:
    return StageRow(name, "running", None, at(seconds))


def seen(heard_at_s: float, stamped_s: float, status: str, stage: str = "ingest") -> StageSeen:
    return StageSeen(SCAN, heard_at_s, at(stamped_s), stage, status, None)


def ingest(rows: StageRows) -> Stage:
    return rows.shown(START)[0]


def test_nine_stages_whatever_was_told() -> None:
    rows = StageRows()
    rows.read_live(live(1, running("sneezing", 1)))
    assert [stage.state for stage in rows.shown(None)] == [StageState.PENDING] * 9


def test_repeated_running_events_do_not_move_the_start() -> None:
    rows = StageRows()
    rows.read_live(live(1, running("ingest", 5)))
    rows.see_update(seen(2, 20, "running"))
    rows.see_update(seen(3, 40, "running"))
    assert ingest(rows).started_at == at(5)


def test_before_any_answer_the_stamp_of_the_event_is_all_there_is() -> None:
    rows = StageRows()
    rows.see_update(seen(2, 20, "running"))
    assert ingest(rows).started_at == at(20)


def test_an_end_by_event_is_measured_from_the_start_that_was_read() -> None:
    rows = StageRows()
    rows.read_live(live(1, running("ingest", 5)))
    rows.see_update(seen(2, 41, "completed"))
    stage = ingest(rows)
    assert (stage.state, stage.duration_s) == (StageState.COMPLETED, 36.0)
    assert not stage.is_start_inferred


def test_the_start_of_a_former_attempt_is_not_the_start_of_this_one() -> None:
    rows = StageRows()
    rows.read_live(live(1, running("ingest", 5)))
    rows.see_update(seen(2, 105, "running"))
    assert rows.shown(at(100))[0].started_at == at(105)


def announced(rows: StageRows) -> Stage:
    return rows.shown(None, LatestValue("queued"))[0]


def test_where_only_a_stream_tells_of_stages_its_first_word_is_the_start() -> None:
    rows = StageRows()
    for stamped_s, status in ((5, "running"), (20, "running"), (41, "completed"), (5, "running")):
        rows.see_update(seen(stamped_s, stamped_s, status))
    assert (announced(rows).state, announced(rows).duration_s) == (StageState.COMPLETED, 36.0)
    assert rows.shown(None, LatestValue("queued"))[1].state is StageState.NOT_REPORTED
    assert ingest(rows).started_at is None or ingest(rows).is_start_inferred


def test_a_stage_that_begins_again_has_another_start() -> None:
    rows = StageRows()
    story = ((5, "running"), (41, "failed"), (60, "running"), (65, "running"), (70, "completed"))
    for heard_s, (stamped_s, status) in enumerate((*story, *story)):  # told twice
        rows.see_update(seen(heard_s, stamped_s, status))
    assert announced(rows).started_at == at(60)
    assert announced(rows).duration_s == 10.0

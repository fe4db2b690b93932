"""What the rows and the events of an attempt look like."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.pipeline import CancelSeen, Journal
from heimdall_desktop.local.rows import ScanRow
from heimdall_desktop.local.steps import Changed, Found, ThreatModelDrawn
from tests.fakes.scans import HeardBroadcaster, a_new_finding, queue_scan


class Desk:
    """A journal and where it writes to."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.broadcaster = HeardBroadcaster()
        self.scan: ScanRow = queue_scan(database)
        self.journal = Journal(database, self.broadcaster, self.scan)

    def last_event(self) -> dict[str, object]:
        data = dict(self.broadcaster.heard[-1].data)
        assert str(data.pop("timestamp")).endswith("+00:00")
        assert data.pop("scan_id") == self.scan.id
        return data


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = Database(tmp_path / "heimdall.db")
    yield Desk(database)
    database.close()


def test_live_events_have_the_fields_of_the_contract_and_no_more(desk: Desk) -> None:
    desk.journal.start_stage("hunt")
    assert desk.last_event() == {"status": "hunting"}
    desk.journal.send_stage("running")
    assert desk.last_event() == {"stage": "hunt", "status": "running"}
    desk.journal.send_stage("failed", error="no answer")
    assert desk.last_event() == {"stage": "hunt", "status": "failed", "error": "no answer"}
    desk.journal.complete()
    desk.journal.send_complete()
    assert desk.last_event() == {
        "finding_count": 0,
        "critical": 0,
        "high": 0,
        "medium": 0,
        "low": 0,
    }


def test_a_threat_model_is_stored_without_an_event(desk: Desk) -> None:
    desk.journal.apply(ThreatModelDrawn("A shop.", ({"name": "b"},), ({"name": "s"},), ()))
    stored = desk.database.newest_threat_model(desk.scan.id)
    assert stored
    assert (stored.summary, stored.boundaries_json) == ("A shop.", ({"name": "b"},))
    assert (stored.surfaces_json, stored.data_flows_json) == (({"name": "s"},), ())
    assert desk.broadcaster.heard == []


def test_a_retry_overwrites_the_threat_model_in_place(desk: Desk) -> None:
    desk.journal.apply(ThreatModelDrawn("A shop.", ({"name": "b"},), (), ()))
    before = desk.database.newest_threat_model(desk.scan.id)
    desk.journal.apply(ThreatModelDrawn("Two shops.", (), (), ({"name": "f"},)))
    after = desk.database.newest_threat_model(desk.scan.id)
    assert before
    assert after
    assert (after.id, after.created_at) == (before.id, before.created_at)
    assert (after.summary, after.boundaries_json) == ("Two shops.", ())
    assert after.updated_at > before.updated_at


def test_an_announcement_has_no_timestamp(desk: Desk) -> None:
    desk.journal.apply(Found((a_new_finding(title="T", severity="odd"),)))
    findings = desk.journal.findings()
    desk.journal.announce(findings)
    assert desk.broadcaster.heard[-1].data == {
        "scan_id": desk.scan.id,
        "finding_id": findings[0].id,
        "title": "T",
        "severity": "odd",
    }


def test_reasoning_comes_below_a_divider_only_where_there_was_any(desk: Desk) -> None:
    desk.journal.apply(Found((a_new_finding("f"),)))
    desk.journal.apply(Changed("f", {}, "First."))
    desk.journal.apply(Changed("f", {}, "Second."))
    reasoning = desk.journal.findings()[0].agent_reasoning
    assert reasoning == "First.\n\n--- Víðarr Review ---\nSecond."


def test_nothing_overwrites_a_cancel(desk: Desk) -> None:
    desk.journal.start_stage("hunt")
    desk.database.set_scan_status(desk.scan.id, "cancelled", "by hand")
    assert desk.journal.is_cancelled()
    with pytest.raises(CancelSeen):
        desk.journal.finish_stage()
    with pytest.raises(CancelSeen):
        desk.journal.fail_stage("x")
    with pytest.raises(CancelSeen):
        desk.journal.fail_finally("x")
    stored = desk.database.scan(desk.scan.id)
    assert stored
    assert (stored.status, stored.error_message) == ("cancelled", "by hand")


def test_an_attempt_begins_with_its_line_in_the_log(desk: Desk) -> None:
    desk.journal.start_attempt(1)
    (line,) = desk.database.newest_activity(desk.scan.id, 9)
    stored = desk.database.scan(desk.scan.id)
    assert line.task_key == "scan-start"
    assert stored
    assert stored.started_at
    assert line.created_at <= stored.started_at


def test_a_cancelled_stage_has_no_end(desk: Desk) -> None:
    desk.journal.start_stage("hunt")
    desk.journal.confirm_cancel()
    stage = desk.database.latest_stages(desk.scan.id)["hunt"]
    assert (stage.status, stage.error, stage.completed_at) == ("cancelled", None, None)
    assert stage.moment == stage.started_at


def test_a_cancel_between_stages_sends_the_error_alone(desk: Desk) -> None:
    desk.journal.confirm_cancel()
    assert desk.broadcaster.names == ["error"]

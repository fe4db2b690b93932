"""Scans, stage rows, activity and counts."""

import pytest

from heimdall_desktop.local.rows import Counts, NewFinding, ScanRow
from tests.lab.lab_database import LabDatabase


@pytest.fixture
def scan(database: LabDatabase) -> ScanRow:
    user = database.add_user("a@b", "hash")
    return database.add_scan(database.add_repo(user.id, "shop", None).id, user.id)


def test_a_status_without_error_clears_the_old_error(database: LabDatabase, scan: ScanRow) -> None:
    database.set_scan_status(scan.id, "failed", "no model")
    failed = database.scan(scan.id)
    database.set_scan_status(scan.id, "ingesting")
    again = database.scan(scan.id)
    assert failed is not None
    assert again is not None
    assert (failed.error_message, again.error_message) == ("no model", None)
    assert scan.updated_at < failed.updated_at < again.updated_at
    assert (failed.is_live, again.is_live) == (False, True)


def test_a_stage_is_stamped_at_start_and_end(database: LabDatabase, scan: ScanRow) -> None:
    row_id = database.add_stage(scan.id, "ingest")
    pending = database.latest_stages(scan.id)["ingest"]
    database.set_stage(row_id, "running")
    running = database.latest_stages(scan.id)["ingest"]
    database.set_stage(row_id, "failed", "disk full")
    failed = database.latest_stages(scan.id)["ingest"]
    assert (pending.status, pending.moment) == ("pending", pending.created_at)
    assert (running.status, running.moment) == ("running", running.started_at)
    assert (failed.status, failed.error, failed.moment) == (
        "failed",
        "disk full",
        failed.completed_at,
    )


def test_the_latest_row_of_a_stage_counts(database: LabDatabase, scan: ScanRow) -> None:
    database.set_stage(database.add_stage(scan.id, "tyr"), "failed", "x")
    database.add_stage(scan.id, "tyr")
    assert database.latest_stages(scan.id)["tyr"].status == "pending"


def test_counts_hold_unknown_severities_in_the_total(database: LabDatabase, scan: ScanRow) -> None:
    for severity in ("critical", "low", "low", "Severe"):
        database.add_findings(
            scan.id,
            scan.repo_id,
            [
                NewFinding(
                    source="ai",
                    severity=severity,
                    confidence="low",
                    title="t",
                    fingerprint="f",
                    file_path="",
                    line_start=0,
                )
            ],
        )
    assert database.counts(scan.id) == Counts(total=4, critical=1, high=0, medium=0, low=2)
    before = database.scan(scan.id)
    assert before is not None
    assert before.finding_count == 0
    database.refresh_counters(scan.id)
    after = database.scan(scan.id)
    assert after is not None
    assert (after.finding_count, after.critical_count, after.low_count) == (4, 1, 2)


def test_activity_is_newest_first(database: LabDatabase, scan: ScanRow) -> None:
    for number, status in enumerate(["running", "running", "completed"]):
        database.add_activity(
            scan.id,
            event_type="task",
            status=status,
            stage="ingest",
            task_key="t",
            title=f"{number}",
        )
    assert [row.title for row in database.newest_activity(scan.id, 2)] == ["2", "1"]
    running = database.newest_running_activity(scan.id)
    assert running is not None
    assert running.title == "1"


def test_the_newest_threat_model_counts(database: LabDatabase, scan: ScanRow) -> None:
    assert database.newest_threat_model(scan.id) is None
    _, model_id = (
        database.add_threat_model(
            scan, summary=summary, boundaries=(), surfaces=[{"name": "a"}], data_flows=()
        )
        for summary in ("first", "second")
    )
    stored = database.newest_threat_model(scan.id)
    assert stored
    assert (stored.id, stored.summary, stored.scan_id) == (model_id, "second", scan.id)
    assert (stored.repo_id, stored.model_version, stored.edited_by) == (scan.repo_id, 1, None)
    assert (stored.boundaries_json, stored.surfaces_json) == ((), ({"name": "a"},))
    database.delete_repo(scan.repo_id)
    assert database.cells("SELECT COUNT(*) FROM threat_models") == [(0,)]


def test_live_scans_are_those_that_wait_or_run(database: LabDatabase, scan: ScanRow) -> None:
    ended = database.add_scan(scan.repo_id)
    database.set_scan_status(ended.id, "completed")
    assert [row.id for row in database.live_scans()] == [scan.id]

"""Rows, their three forms of a moment, and the tables they are stored in."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from heimdall_desktop.local import rows
from heimdall_desktop.local.database import Database, EmailTaken
from heimdall_desktop.local.rows import (
    FINDING_STATUSES,
    SEVERITIES,
    Counts,
    NewFinding,
    RepoRow,
    ScanId,
    ScanRow,
    StageRowId,
)
from heimdall_desktop.local.steps import Activity
from tests.fakes.scans import a_new_finding, scan_row
from tests.lab.lab_database import LabDatabase

SECOND = datetime(2026, 7, 4, 8, 0, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("micros", "fraction"),
    [(0, ""), (4_000, ".004"), (551_020, ".551020"), (500_000, ".500"), (1, ".000001")],
)
def test_rest_and_snapshot_drop_trailing_groups_of_zeros(micros: int, fraction: str) -> None:
    moment = SECOND.replace(microsecond=micros)
    assert rows.moment_form(moment, "Z") == f"2026-07-04T08:00:09{fraction}Z"
    assert rows.moment_form(moment) == f"2026-07-04T08:00:09{fraction}+00:00"
    assert datetime.fromisoformat(rows.moment_form(moment, "Z")) == moment


def test_live_form_has_nine_digits() -> None:
    epoch_ns = int(SECOND.timestamp()) * 1_000_000_000
    assert rows.live_form(epoch_ns + 118_400_217) == "2026-07-04T08:00:09.118400217+00:00"
    assert rows.live_form(epoch_ns + 118_000_000) == "2026-07-04T08:00:09.118+00:00"
    assert datetime.fromisoformat(rows.live_form()).tzinfo == UTC


def test_micros_round_trip() -> None:
    moment = SECOND.replace(microsecond=999_999)
    assert rows.from_micros(rows.to_micros(moment)) == moment


def test_a_row_comes_back_as_it_went_in(database: Database) -> None:
    user = database.add_user("a@b", "hash", "Ä")
    repo = database.add_repo(user.id, "shop", "file:///shop", default_branch="main")
    assert database.repo(repo.id) == repo
    assert database.user_by_email("a@b") == user


def test_json_and_odd_text_survive(database: LabDatabase, scan: ScanRow) -> None:
    finding = a_new_finding(
        title="line\u2028break \U0001f600 \udc80",
        references_json=("https://example.test",),
        manifest_coordinates_json={"aliases": ["CVE-1"], "recommended_version": None},
    )
    (finding_id,) = database.add_findings(scan.id, scan.repo_id, [finding])
    stored = database.finding(finding_id)
    assert stored is not None
    assert stored.title == "line\u2028break \U0001f600 ?"
    assert stored.references_json == ("https://example.test",)
    assert stored.manifest_coordinates_json == {"aliases": ["CVE-1"], "recommended_version": None}
    assert stored.poc_validated is False


def test_writing_to_a_deleted_row_raises(database: Database) -> None:
    from_nowhere = ScanId("nowhere")
    with pytest.raises(LookupError):
        database.set_scan_status(from_nowhere, "ingesting")
    with pytest.raises(LookupError):
        database.add_stage(from_nowhere, "ingest")
    with pytest.raises(LookupError):
        database.set_stage(StageRowId("nowhere"), "running")


def test_unknown_fields_are_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="colour"):
        database.update(RepoRow, "x", colour="red")


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    def half() -> None:
        with database.transaction():
            database.add_user("a@b", "hash")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert database.user_by_email("a@b") is None


def test_the_file_keeps_its_rows(tmp_path: Path) -> None:
    first = Database(tmp_path / "x.sqlite3")
    user = first.add_user("a@b", "hash")
    first.close()
    second = Database(tmp_path / "x.sqlite3")
    assert second.user_by_email("a@b") == user
    second.close()


def test_an_address_belongs_to_one_account(database: LabDatabase) -> None:
    database.add_user("a@b", "hash")
    with pytest.raises(EmailTaken):
        database.add_user("a@b", "other")
    assert database.password_hash("a@b") == "hash"
    assert database.password_hash("b@b") is None


def test_a_session_ends_by_time_or_by_sign_out(database: LabDatabase) -> None:
    user = database.add_user("a@b", "hash")
    in_an_hour = rows.now() + timedelta(hours=1)
    for token_hash in ("one", "two"):
        database.add_session(token_hash, user.id, in_an_hour)
    database.add_session("over", user.id, rows.now())
    assert database.user_of_session("one") == user
    assert database.user_of_session("over") is None
    database.delete_session("one")
    assert database.user_of_session("one") is None
    database.expire_sessions(user.id)
    assert database.user_of_session("two") is None


def test_repositories_are_newest_first_and_updates_are_dated(database: LabDatabase) -> None:
    user = database.add_user("a@b", "hash")
    old = database.add_repo(user.id, "old", None)
    new = database.add_repo(user.id, "new", None)
    assert [repo.id for repo in database.repos_of(user.id)] == [new.id, old.id]
    database.update_repo(old.id, default_branch="dev")
    changed = database.repo(old.id)
    assert changed is not None
    assert changed.default_branch == "dev"
    assert changed.updated_at > old.updated_at


@pytest.fixture
def scan(database: LabDatabase) -> ScanRow:
    user = database.add_user("a@b", "hash")
    return database.add_scan(database.add_repo(user.id, "shop", None).id, user.id)


def test_a_status_without_error_clears_the_old_error(database: LabDatabase, scan: ScanRow) -> None:
    database.set_scan_status(scan.id, "failed", "no model")
    failed = scan_row(database, scan.id)
    database.set_scan_status(scan.id, "ingesting")
    again = scan_row(database, scan.id)
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
    severities = ("critical", "low", "low", "Severe")
    database.add_findings(scan.id, scan.repo_id, [made(severity=each) for each in severities])
    assert database.counts(scan.id) == Counts(total=4, critical=1, high=0, medium=0, low=2)
    assert scan_row(database, scan.id).finding_count == 0
    database.refresh_counters(scan.id)
    after = scan_row(database, scan.id)
    assert (after.finding_count, after.critical_count, after.low_count) == (4, 1, 2)


def test_activity_is_newest_first(database: LabDatabase, scan: ScanRow) -> None:
    for number, status in enumerate(["running", "running", "completed"]):
        database.add_activity(scan.id, "ingest", Activity(status, "t", f"{number}"))
    assert [row.title for row in database.newest_activity(scan.id, 2)] == ["2", "1"]
    assert [row.title for row in database.newest_activity(scan.id, 2, "running")] == ["1", "0"]


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


def test_live_scans_are_queued_or_running(database: LabDatabase, scan: ScanRow) -> None:
    ended = database.add_scan(scan.repo_id)
    database.set_scan_status(ended.id, "completed")
    assert [row.id for row in database.live_scans()] == [scan.id]


def made(number: int = 0, severity: str = "high", status: str = "open") -> NewFinding:
    return a_new_finding(title=f"Finding {number}", severity=severity, status=status)


def test_list_order_is_status_then_severity_then_newest(
    database: LabDatabase, scan: ScanRow
) -> None:
    statuses = ["open", "confirmed", "fixed", "dismissed", "false_positive", "odd"]
    severities = [*SEVERITIES, "odd"]
    assert {*statuses} == {*FINDING_STATUSES, "odd"}
    for status in reversed(statuses):
        for severity in reversed(severities):
            for number in range(2):
                database.add_findings(scan.id, scan.repo_id, [made(number, severity, status)])
                time.sleep(0.000_01)
    rows = database.findings_of(scan.id)
    ranks = [(statuses.index(row.status), severities.index(row.severity)) for row in rows]
    assert ranks == sorted(ranks)
    assert [row.title for row in rows[:4]] == ["Finding 1", "Finding 0"] * 2


def test_pages_of_ten_thousand_are_quick_and_whole(database: LabDatabase, scan: ScanRow) -> None:
    ids = database.add_findings(
        scan.id, scan.repo_id, [made(i, SEVERITIES[i % 4]) for i in range(10_000)]
    )
    seen = set()
    for offset in range(0, 10_000, 100):
        page, total = database.findings_page(scan.id, limit=100, offset=offset)
        assert total == 10_000
        seen |= {row.id for row in page}
    assert seen == set(ids)
    plan = database.cells(
        "EXPLAIN QUERY PLAN SELECT id FROM findings WHERE scan_id = ?"
        " ORDER BY status_rank, severity_rank, created_at DESC",
        (scan.id,),
    )
    assert [row[-1] for row in plan] == [
        "SEARCH findings USING INDEX findings_in_list_order (scan_id=?)"
    ]


def test_every_change_moves_updated_at(database: LabDatabase, scan: ScanRow) -> None:
    (finding_id,) = database.add_findings(scan.id, scan.repo_id, [made()])
    before = database.finding(finding_id)
    database.update_finding(finding_id, agent_reasoning="Because.")
    after = database.finding(finding_id)
    assert before is not None
    assert after is not None
    assert after.updated_at > before.updated_at
    assert after.created_at == before.created_at
    assert after.agent_reasoning == "Because."


def test_the_newest_patch_counts(database: LabDatabase, scan: ScanRow) -> None:
    (finding_id,) = database.add_findings(scan.id, scan.repo_id, [made()])
    assert database.newest_patch(finding_id) is None
    database.add_patch(finding_id, "a.py", "old")
    newest = database.add_patch(finding_id, "a.py", "new")
    assert [patch.diff_content for patch in database.patches_of_scan(scan.id)] == ["new", "old"]
    database.set_patch_applied(newest)
    patch = database.newest_patch(finding_id)
    assert patch is not None
    assert (patch.id, patch.applied) == (newest, True)


def test_deleting_the_repository_deletes_its_findings(database: LabDatabase, scan: ScanRow) -> None:
    (finding_id,) = database.add_findings(scan.id, scan.repo_id, [made()])
    database.add_finding_event(finding_id, None, "comment", comment="x")
    database.delete_repo(scan.repo_id)
    assert database.finding(finding_id) is None
    with pytest.raises(LookupError):
        database.add_findings(scan.id, scan.repo_id, [made()])

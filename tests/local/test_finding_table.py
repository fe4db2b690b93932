"""Findings: list order, pages, audit trail, patches."""

import time

import pytest

from heimdall_desktop.local.rows import FINDING_STATUSES, SEVERITIES, NewFinding, ScanRow
from tests.lab.lab_database import LabDatabase


@pytest.fixture
def scan(database: LabDatabase) -> ScanRow:
    user = database.add_user("a@b", "hash")
    return database.add_scan(database.add_repo(user.id, "shop", None).id)


def made(number: int = 0, severity: str = "high", status: str = "open") -> NewFinding:
    return NewFinding(
        source="static",
        severity=severity,
        confidence="high",
        title=f"Finding {number}",
        fingerprint=f"{number}",
        file_path="a.py",
        line_start=1,
        status=status,
    )


def test_list_order_is_status_then_severity_then_newest(
    database: LabDatabase, scan: ScanRow
) -> None:
    statuses = [*FINDING_STATUSES, "odd"]
    severities = [*SEVERITIES, "odd"]
    for status in reversed(statuses):
        for severity in reversed(severities):
            for number in range(2):
                database.add_findings(scan.id, scan.repo_id, [made(number, severity, status)])
                time.sleep(0.000_01)
    rows = database.findings_of(scan.id)
    ranks = [(statuses_rank(row.status), severities.index(row.severity)) for row in rows]
    assert ranks == sorted(ranks)
    assert [row.title for row in rows[:4]] == ["Finding 1", "Finding 0"] * 2


def statuses_rank(status: str) -> int:
    return ["open", "confirmed", "fixed", "dismissed", "false_positive", "odd"].index(status)


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

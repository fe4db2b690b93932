"""Findings of one group have something in common, and are counted."""

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.table.group import Group, GroupBy, group_key
from tests.fakes.findings import make_finding


def group(by: GroupBy, *rows: Finding) -> Group:
    return Group(by, group_key(by)(rows[0]), list(rows))


def test_the_same_file_of_two_scans_is_two_files() -> None:
    key = group_key(GroupBy.FILE)
    assert key(make_finding(1)) == key(make_finding(2))
    assert key(make_finding(1)) != key(make_finding(2, scan_id=ScanId("other")))


def test_weaknesses_are_one_however_they_are_written() -> None:
    key = group_key(GroupBy.CWE)
    assert key(make_finding(1, cwe_text="cwe-089")) == key(make_finding(1, cwe_text="CWE-89: SQL"))


def test_a_group_counts_what_is_withdrawn_apart() -> None:
    withdrawn = make_finding(2, severity=Severity.CRITICAL, status=FindingStatus.DISMISSED)
    files = group(GroupBy.FILE, make_finding(1, severity=Severity.CRITICAL), withdrawn)
    assert files.severities == {Severity.CRITICAL: 1}

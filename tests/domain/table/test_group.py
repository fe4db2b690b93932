"""Groups say what their findings have in common."""

import pytest

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, ScanId, Severity, Source
from heimdall_desktop.domain.table.group import Group, GroupBy, group_key, group_sentence
from tests.fakes.findings import SCAN_ID, make_finding

NAMES = {SCAN_ID: "payments-api"}


def group(by: GroupBy, *rows: Finding) -> Group:
    return Group(by, group_key(by)(rows[0]), list(rows))


@pytest.mark.parametrize(
    ("by", "fields", "title"),
    [
        (GroupBy.FILE, {}, "orders.py"),
        (GroupBy.FILE, {"file_path": ""}, "No file"),
        (GroupBy.CWE, {"cwe_text": "CWE-89: Injection"}, "CWE-89"),
        (GroupBy.CWE, {"cwe_text": None}, "No CWE"),
        (GroupBy.SOURCE, {"source": Source.OTHER, "source_text": "fuzzer"}, "Fuzzer"),
        (GroupBy.SCAN, {}, "payments-api"),
        (GroupBy.SCAN, {"scan_id": ScanId("0123456789")}, "01234567"),
        (GroupBy.FINGERPRINT, {"fingerprint": "taint-0123456789"}, "taint-012345"),
        (GroupBy.FINGERPRINT, {"fingerprint": ""}, "No fingerprint"),
    ],
)
def test_a_group_is_called_by_what_its_findings_share(
    by: GroupBy, fields: dict[str, object], title: str
) -> None:
    assert group(by, make_finding(1, **fields)).title(NAMES) == title


def test_the_same_file_of_two_scans_is_two_files() -> None:
    key = group_key(GroupBy.FILE)
    assert key(make_finding(1)) == key(make_finding(2))
    assert key(make_finding(1)) != key(make_finding(2, scan_id=ScanId("other")))
    files = group(GroupBy.FILE, make_finding(1))
    assert files.note(NAMES, has_many_scans=True) == "shop/api  payments-api"


def test_weaknesses_are_one_however_they_are_written() -> None:
    key = group_key(GroupBy.CWE)
    assert key(make_finding(1, cwe_text="cwe-089")) == key(make_finding(1, cwe_text="CWE-89: SQL"))


def test_a_group_is_read_as_one_sentence() -> None:
    rows = [make_finding(n, severity=severity) for n, severity in enumerate(Severity)]
    files = group(GroupBy.FILE, *rows, make_finding(9, severity=Severity.CRITICAL))
    assert group_sentence(files, NAMES, has_many_scans=False) == (
        "Group orders.py. shop/api. 6 findings: 2 critical, 1 high, 1 medium, 1 low, 1 other. Open."
    )
    files.is_open = False
    assert files.size == 1
    assert group_sentence(files, NAMES, has_many_scans=False).endswith("Closed.")


def test_a_group_counts_what_is_withdrawn_apart() -> None:
    withdrawn = make_finding(2, severity=Severity.CRITICAL, status=FindingStatus.DISMISSED)
    files = group(GroupBy.FILE, make_finding(1, severity=Severity.CRITICAL), withdrawn)
    assert files.severities == {Severity.CRITICAL: 1}
    told = "2 findings, 1 withdrawn: 1 critical"
    assert told in group_sentence(files, NAMES, has_many_scans=False)

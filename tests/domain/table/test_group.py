"""Findings of one group have something in common, and are counted."""

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.table.group import Fingerprints, Group, GroupBy, group_key
from tests.fakes.findings import finding_id, make_finding
from tests.fakes.steps import all_steps


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


# -- fingerprints are shared, or somebody is alone with one --


def test_only_what_several_have_is_a_key() -> None:
    prints = Fingerprints()
    one, two, other = (make_finding(n, fingerprint="ab"[n // 2]) for n in range(3))
    none = make_finding(9, fingerprint="")
    found = all_steps(prints.put_together([one, two, other, none]))
    assert list(found.items()) == [("a", [one, two]), (None, [other]), ("", [none])]
    assert [prints.key(finding) for finding in (one, other, none)] == ["a", None, ""]
    assert (prints.alone("b"), prints.alone("a"), prints.alone("")) == (finding_id(2), None, None)


def test_whoever_is_alone_stands_together() -> None:
    one, two = (make_finding(n, fingerprint="ab"[n]) for n in range(2))
    assert all_steps(Fingerprints().put_together([two, one])) == {None: [two, one]}
    assert all_steps(Fingerprints().put_together([])) == {}


def test_who_is_left_is_alone_again() -> None:
    prints = Fingerprints()
    finding = make_finding(1, fingerprint="a")
    prints.be_alone(finding)
    prints.share("a")
    assert (prints.key(finding), prints.alone("a")) == ("a", None)
    prints.be_alone(finding)
    assert (prints.key(finding), prints.alone("a")) == (None, finding.id)
    prints.leave(finding)
    assert prints.alone("a") is None

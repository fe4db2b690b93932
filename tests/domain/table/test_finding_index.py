"""All findings stand oldest first, however they came and changed."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.table.finding_index import FindingIndex
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding


def aged(number: int, seconds: int, title: str = "") -> Finding:
    return make_finding(number, created_at=FOUND_AT + timedelta(seconds=seconds), title=title)


puts = st.tuples(st.integers(0, 90), st.integers(0, 5), st.sampled_from("ab"))


@given(st.lists(st.lists(puts, max_size=100), max_size=4))
def test_stand_oldest_first_after_any_puts(batches: list[list[tuple[int, int, str]]]) -> None:
    findings, known = FindingIndex(), {}
    for batch in batches:
        for number, seconds, title in batch:
            finding = known[number] = aged(number, seconds, title)
            findings.put(finding)
            assert findings.get(finding.id) is finding
        expected = sorted(known.values(), key=lambda found: (found.created_at, found.id))
        assert list(findings.oldest_first()) == expected


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.integers(0, 9))))
def test_those_of_a_scan_stand_oldest_first_be_they_few_or_many(
    all_puts: list[tuple[int, int, int]],
) -> None:
    findings, known = FindingIndex(), {}
    for number, seconds, title in all_puts:
        scan_id = ScanId("few" if number < 3 else "many")
        at = FOUND_AT + timedelta(seconds=seconds)
        finding = make_finding(number, created_at=at, title=str(title), scan_id=scan_id)
        known[number] = finding
        findings.put(finding)
    expected = sorted(known.values(), key=lambda found: (found.created_at, found.id))
    for scan_id in (ScanId("few"), ScanId("many"), ScanId("none")):
        of_scan = [finding for finding in expected if finding.scan_id == scan_id]
        assert list(findings.oldest_first_of(scan_id)) == of_scan


def test_a_finding_leaves_once() -> None:
    findings = FindingIndex()
    for number in (1, 2):
        findings.put(aged(number, number))
    assert findings.drop(aged(1, 1).id) == aged(1, 1)
    assert findings.drop(aged(1, 1).id) is None
    assert list(findings.oldest_first()) == [aged(2, 2)]
    assert findings.drop_scan(SCAN_ID) == [aged(2, 2)]


def test_a_scan_leaves_whole() -> None:
    findings, other = FindingIndex(), make_finding(2, scan_id=ScanId("other"))
    findings.put(aged(1, 1))
    findings.put(other)
    assert findings.drop_scan(SCAN_ID) == [aged(1, 1)]
    assert list(findings.oldest_first()) == [other]
    assert findings.drop_scan(SCAN_ID) == []

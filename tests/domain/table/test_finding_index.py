"""All findings are kept oldest first, however they came and changed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table import finding_index as module
from heimdall_desktop.domain.table.finding_index import FilterCache, FindingIndex
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding


def aged(number: int, seconds: int, title: str = "", scan: ScanId = SCAN_ID) -> Finding:
    created_at = FOUND_AT + timedelta(seconds=seconds)
    return make_finding(number, created_at=created_at, title=title, scan_id=scan)


puts = st.tuples(st.integers(0, 90), st.integers(0, 5), st.sampled_from("ab"))


@given(st.lists(st.lists(puts, max_size=100), max_size=4))
def test_findings_are_oldest_first_after_any_puts(
    batches: list[list[tuple[int, int, str]]],
) -> None:
    findings, known = FindingIndex(), {}
    few, many, none = map(ScanId, ("few", "many", "none"))
    for batch in batches:
        for number, seconds, title in batch:
            finding = known[number] = aged(number, seconds, title, few if number < 3 else many)
            findings.put(finding)
            assert findings.get(finding.id) is finding
        expected = sorted(known.values(), key=lambda found: (found.created_at, found.id))
        assert list(findings.oldest_first()) == expected
        for scan_id in (few, many, none):
            of_scan = [finding for finding in expected if finding.scan_id == scan_id]
            assert list(findings.oldest_first_of(scan_id)) == of_scan


def test_a_finding_and_a_scan_leave_once() -> None:
    findings, other = FindingIndex(), aged(3, 3, scan=ScanId("other"))
    for finding in (aged(1, 1), aged(2, 2), other):
        findings.put(finding)
    assert findings.drop(aged(1, 1).id) == aged(1, 1)
    assert findings.drop(aged(1, 1).id) is None
    assert list(findings.oldest_first()) == [aged(2, 2), other]
    assert findings.drop_scan(SCAN_ID) == [aged(2, 2)]
    assert list(findings.oldest_first()) == [other]
    assert findings.drop_scan(SCAN_ID) == []


# -- the findings that pass a filter, however many have changed since they were tested --


WANTED = parse_filter("wanted")
titled_puts = st.tuples(st.integers(0, 9), st.integers(0, 5), st.sampled_from(("wanted", "other")))


@pytest.fixture
def small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLICE", 3)
    monkeypatch.setattr(module, "FEW_FILTERS", 2)
    monkeypatch.setattr(module, "MANY_FILTERS", 6)


class Trial:
    """Findings that come and change, and what of them passes."""

    def __init__(self) -> None:
        self.all, self.passing = FindingIndex(), FilterCache(WANTED)

    def put(self, number: int, seconds: int, title: str) -> None:
        finding = aged(number, seconds, title)
        before = self.all.get(finding.id)
        self.all.put(finding)
        self.passing.note(finding.id, before)

    def put_all(self, count: int, title: str = "wanted") -> None:
        for number in range(count):
            self.put(number, number, title)

    def rows(self) -> list[Finding]:
        return list(self.passing.rows(self.all.oldest_first, self.all.get))

    def expected(self) -> list[Finding]:
        return [finding for finding in self.all.oldest_first() if finding.title == "wanted"]

    def slices(self) -> Iterator[None]:
        return self.passing.test(self.all.oldest_first())


@pytest.mark.usefixtures("small_numbers")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(titled_puts, max_size=12), st.lists(st.lists(titled_puts, max_size=8), max_size=4))
def test_equals_a_test_of_all_after_any_changes(
    first: list[tuple[int, int, str]], batches: list[list[tuple[int, int, str]]]
) -> None:
    trial = Trial()
    for put in first:
        trial.put(*put)
    between = iter(batches)
    for _ in trial.slices():
        for put in next(between, []):
            trial.put(*put)
    assert trial.rows() == trial.expected()
    for batch in between:
        for put in batch:
            trial.put(*put)
        assert trial.rows() == trial.expected()


@pytest.mark.usefixtures("small_numbers")
def test_it_is_whole_once_all_is_tested() -> None:
    trial = Trial()
    trial.put_all(7)
    steps = trial.slices()
    next(steps)
    assert not trial.passing.is_whole
    assert len(list(steps)) == 2
    assert trial.passing.is_whole


@pytest.mark.usefixtures("small_numbers")
def test_one_test_that_overtakes_another_counts() -> None:
    trial = Trial()
    trial.put_all(7)
    overtaken = trial.slices()
    next(overtaken)
    assert len(trial.rows()) == 7
    assert list(overtaken) == []
    assert len(trial.rows()) == 7


@pytest.mark.usefixtures("small_numbers")
def test_many_changes_are_tested_again() -> None:
    trial = Trial()
    trial.put_all(3)
    assert len(trial.rows()) == 3
    trial.put_all(9, "other")
    assert not trial.passing.is_whole
    assert trial.rows() == []

"""What passes a filter is right however much has changed since it was tested."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table import finding_index as module
from heimdall_desktop.domain.table.finding_index import FilterCache, FindingIndex
from tests.fakes.findings import FOUND_AT, make_finding

WANTED = parse_filter("wanted")
puts = st.tuples(st.integers(0, 9), st.integers(0, 5), st.sampled_from(("wanted", "other")))


@pytest.fixture(autouse=True)
def _small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLICE", 3)
    monkeypatch.setattr(module, "FEW_FILTERS", 2)
    monkeypatch.setattr(module, "MANY_FILTERS", 6)


class Trial:
    """Findings that come and change, and what of them passes."""

    def __init__(self) -> None:
        self.all, self.passing = FindingIndex(), FilterCache(WANTED)

    def put(self, number: int, seconds: int, title: str) -> None:
        at = FOUND_AT + timedelta(seconds=seconds)
        finding = make_finding(number, created_at=at, title=title)
        before = self.all.get(finding.id)
        self.all.put(finding)
        self.passing.note(finding.id, before)

    def rows(self) -> list[Finding]:
        return list(self.passing.rows(self.all.oldest_first, self.all.get))

    def expected(self) -> list[Finding]:
        return [finding for finding in self.all.oldest_first() if finding.title == "wanted"]

    def slices(self) -> Iterator[None]:
        return self.passing.test(self.all.oldest_first())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(puts, max_size=12), st.lists(st.lists(puts, max_size=8), max_size=4))
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


def test_it_is_whole_once_all_is_tested() -> None:
    trial = Trial()
    for number in range(7):
        trial.put(number, number, "wanted")
    steps = trial.slices()
    next(steps)
    assert not trial.passing.is_whole
    assert len(list(steps)) == 2
    assert trial.passing.is_whole


def test_one_test_that_overtakes_another_stands() -> None:
    trial = Trial()
    for number in range(7):
        trial.put(number, number, "wanted")
    overtaken = trial.slices()
    next(overtaken)
    assert len(trial.rows()) == 7
    assert list(overtaken) == []
    assert len(trial.rows()) == 7


def test_what_changes_too_much_is_tested_anew() -> None:
    trial = Trial()
    for number in range(3):
        trial.put(number, number, "wanted")
    assert len(trial.rows()) == 3
    for number in range(9):
        trial.put(number, number, "other")
    assert not trial.passing.is_whole
    assert trial.rows() == []

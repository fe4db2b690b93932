"""Rows in order stay right while they wait, as long as few change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table import grouping as module
from heimdall_desktop.domain.table.finding_index import FilterCache, FindingIndex
from heimdall_desktop.domain.table.grouping import Preparation
from heimdall_desktop.domain.table.order import Column, Order, Sorting
from tests.fakes.findings import make_finding

WANTED = parse_filter("sev>=medium")
ORDER = Order(Column.SEVERITY, is_descending=True)
puts = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(Severity)), max_size=9)


def put(findings: FindingIndex, number: int, severity: Severity) -> None:
    findings.put(make_finding(number, severity=severity))


def ready(findings: FindingIndex) -> Preparation:
    passing = list(filter(WANTED.matches, findings.oldest_first()))
    prepared = Preparation(WANTED, ORDER, FilterCache(WANTED), findings.get)
    for _ in prepared.put_in_order(passing, Sorting(ORDER, {})):
        pass
    return prepared


@given(puts, puts)
def test_equals_sorting_again(
    first: list[tuple[int, Severity]], later: list[tuple[int, Severity]]
) -> None:
    findings = FindingIndex()
    for number, severity in first:
        put(findings, number, severity)
    prepared = ready(findings)
    for number, severity in later:
        finding_id = make_finding(number).id
        before = findings.get(finding_id)
        put(findings, number, severity)
        prepared.note(finding_id, before)
    assert prepared.is_for(WANTED, ORDER)
    passing = list(filter(WANTED.matches, findings.oldest_first()))
    assert prepared.rows() == Sorting(ORDER, {}).sorted(passing)


def test_it_is_for_one_filter_in_one_order() -> None:
    prepared = ready(FindingIndex())
    assert prepared.is_for(WANTED, ORDER)
    assert not prepared.is_for(Filter(), ORDER)
    assert not prepared.is_for(WANTED, Order())


def test_it_is_of_no_use_once_much_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 2)
    prepared = ready(FindingIndex())
    for number in range(3):
        assert prepared.is_for(WANTED, ORDER)
        prepared.note(make_finding(number).id, None)
    assert not prepared.is_for(WANTED, ORDER)

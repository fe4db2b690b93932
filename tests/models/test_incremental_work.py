"""One slice a turn, and what comes after it once all are done."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import Column, Order
from heimdall_desktop.models import incremental_work
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.incremental_work import IncrementalWork, InitialLoad
from tests.fakes.findings import (
    SCAN_ID,
    WatchedFindings,
    finding_id,
    make_finding,
    realistic_findings,
)


class Work:
    """Work of three slices in turns, and what has been done of it."""

    def __init__(self) -> None:
        self.owner = QObject()
        self.turns, self.others = IncrementalWork(self.owner), IncrementalWork(self.owner)
        self.done: list[str] = []

    def run(self, name: str, turns: IncrementalWork) -> None:
        turns.run(self._slices(name), lambda: self.done.append(f"{name} end"))

    def _slices(self, name: str) -> Iterator[None]:
        for number in range(3):
            self.done.append(f"{name}{number}")
            yield


def test_slices_come_one_by_one_and_then_the_end(qtbot: QtBot) -> None:
    work = Work()
    work.run("a", work.turns)
    assert work.done == [], "not in the turn that asks"
    qtbot.waitUntil(lambda: "a end" in work.done)
    assert work.done == ["a0", "a1", "a2", "a end"]


@pytest.mark.parametrize("is_stopped", [False, True])
def test_work_that_is_replaced_or_stopped_never_ends(qtbot: QtBot, is_stopped: bool) -> None:
    work = Work()
    work.run("a", work.turns)
    work.run("b", work.others if is_stopped else work.turns)
    if is_stopped:
        work.turns.stop()
    qtbot.waitUntil(lambda: "b end" in work.done)
    assert work.done == ["b0", "b1", "b2", "b end"]


# -- the first findings --


class Taken:
    """What was handed on, slice by slice."""

    def __init__(self) -> None:
        self.slices: list[list[Finding]] = []

    def take(self, findings: Sequence[Finding]) -> None:
        self.slices.append(list(findings))


@pytest.fixture
def watched(qapp: object, monkeypatch: pytest.MonkeyPatch) -> WatchedFindings:
    monkeypatch.setattr(incremental_work, "SLICE", 2)
    watched = WatchedFindings()
    watched.watch("payments-api")
    return watched


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_nothing_is_handed_on_where_nothing_was(watched: WatchedFindings, owner: QObject) -> None:
    taken = Taken()
    assert InitialLoad(watched.store, taken.take, owner).waiting == 0
    assert taken.slices == []


def test_one_slice_at_once_and_the_rest_by_turns(
    watched: WatchedFindings, owner: QObject, qtbot: QtBot
) -> None:
    rows = [make_finding(n) for n in range(5)]
    watched.list(rows)
    taken = Taken()
    first = InitialLoad(watched.store, taken.take, owner)
    assert (taken.slices, first.waiting) == ([rows[:2]], 3)
    qtbot.waitUntil(lambda: first.waiting == 0)
    assert taken.slices == [rows[:2], rows[2:4], rows[4:]]


def test_a_finding_comes_as_it_is_by_then(
    watched: WatchedFindings, owner: QObject, qtbot: QtBot
) -> None:
    watched.list(make_finding(n) for n in range(4))
    taken = Taken()
    first = InitialLoad(watched.store, taken.take, owner)
    fixed = make_finding(3, status=FindingStatus.FIXED)
    watched.list([fixed])
    scan = watched.store.scan(SCAN_ID)
    assert scan is not None
    del scan.findings[finding_id(2)]
    qtbot.waitUntil(lambda: first.waiting == 0)
    assert taken.slices[1:] == [[fixed]]


# -- what is asked of a table --


@pytest.fixture
def model(qapp: QApplication) -> Iterator[FindingsModel]:
    watched = WatchedFindings()
    watched.watch("payments-api")
    model = FindingsModel(watched.store, watched.ticker)
    watched.list(realistic_findings(60))
    yield model
    model.deleteLater()


def test_few_findings_are_filtered_at_once(model: FindingsModel) -> None:
    model.set_filter(parse_filter("sev:critical"), is_typed=True)
    assert 0 < model.shown < 60


def test_many_findings_are_filtered_when_the_typing_rests(
    model: FindingsModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental_work, "MANY_ROWS", 10)
    with qtbot.waitSignal(model.changed):
        model.set_filter(parse_filter("sev>=high"), is_typed=True)
        model.set_filter(parse_filter("sev:critical"), is_typed=True)
        assert model.shown == 60
    assert 0 < model.shown < 60


def test_what_is_asked_for_while_a_filter_is_prepared_is_shown_with_it(
    model: FindingsModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental_work, "MANY_ROWS", 10)
    order, changes = Order(Column.LOCATION), list[int]()
    model.changed.connect(lambda: changes.append(model.shown))
    with qtbot.waitSignals([model.order_changed, model.grouping_changed]):
        model.set_filter(parse_filter("sev:critical"), is_typed=True)
        model.set_order(order)
        model.group_by(GroupBy.CWE)
    assert changes == [model.shown], "at once"
    assert 0 < model.shown < 60
    assert (model.order, model.grouped_by) == (order, GroupBy.CWE)

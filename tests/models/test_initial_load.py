"""What was there before comes slice by slice, each finding as it is when its turn comes."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus
from heimdall_desktop.models import initial_load
from heimdall_desktop.models.initial_load import InitialLoad
from tests.fakes.findings import SCAN_ID, finding_id, make_finding
from tests.fakes.watched_findings import WatchedFindings


class Taken:
    """What was handed on, slice by slice."""

    def __init__(self) -> None:
        self.slices: list[list[Finding]] = []

    def take(self, findings: Sequence[Finding]) -> None:
        self.slices.append(list(findings))


@pytest.fixture
def watched(qapp: object, monkeypatch: pytest.MonkeyPatch) -> WatchedFindings:
    monkeypatch.setattr(initial_load, "SLICE", 2)
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

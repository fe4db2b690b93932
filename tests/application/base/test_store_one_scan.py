"""A store of one scan hears of that scan, and of no other."""

import pytest

from heimdall_desktop.application.base.store import OneScan, Store
from heimdall_desktop.domain.facts.change import FindingAdded, ScanAdded, ScanRemoved
from heimdall_desktop.domain.facts.finding import FindingId
from tests.fakes.board_scans import FakeTime, ScanStory


class Watched:
    """Two scans of a store, and a store of the first."""

    def __init__(self) -> None:
        self.store, time = Store(), FakeTime()
        self.first = ScanStory(self.store, time, "payments-api", number=1)
        self.second = ScanStory(self.store, time, "auth-service", number=2)
        self.one = OneScan(self.store, self.first.scan.id)
        self.store.drain()

    def go_on(self) -> list[object]:
        self.one.take(self.store.drain())
        return list(self.one.store.drain())


@pytest.fixture
def both() -> Watched:
    return Watched()


def test_it_holds_the_scan_itself(both: Watched) -> None:
    assert list(both.one.store) == [both.first.scan]
    assert both.one.store.times is both.store.times
    assert both.one.store.drain() == [], "what is there already is no news"


def test_only_changes_of_that_scan_are_handed_on(both: Watched) -> None:
    both.second.find(3)
    assert both.go_on() == []
    both.first.find(2)
    added = [change for change in both.go_on() if isinstance(change, FindingAdded)]
    assert len(added) == 2
    assert all(both.one.store.finding(change.finding.id) for change in added)
    assert both.one.store.finding(FindingId("another")) is None


def test_a_scan_that_leaves_leaves_here_too_and_may_come_back(both: Watched) -> None:
    scan = both.first.scan
    both.store.remove(scan.id)
    assert both.go_on() == [ScanRemoved(scan.id)]
    assert len(both.one.store) == 0
    both.store.add(scan)
    assert both.go_on() == [ScanAdded(scan.id)]
    assert list(both.one.store) == [scan]

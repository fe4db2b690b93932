"""The store: every fact enters here; changes leave once, the newest of each thing."""

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.alerts.rules import CRITICAL
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingReplaced,
    ScanAdded,
    ScanMoved,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import Finding, ScanId, Severity
from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead, RowMissing
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.alerts.alert_text import body_of
from tests.fakes.findings import SCAN_ID, finding_id, make_finding

OTHER = ScanId("00000000-2f0e-4a0c-9a77-6a3c1b0d4e21")
SERVER = server_url("http://127.0.0.1:8080")


class Board:
    """A store with one scan, drained, and rows read in the order of the calls."""

    def __init__(self) -> None:
        self.store = Store()
        self.store.add(Scan(SCAN_ID, SERVER))
        self.store.drain()
        self._asked_at_s = 0.0

    def read(self, *findings: Finding, scan_id: ScanId = SCAN_ID) -> None:
        self._asked_at_s += 1
        self.store.observe(FindingsListed(scan_id, self._asked_at_s, findings))

    def rows(self) -> list[Change]:
        changes = self.store.drain()
        return [change for change in changes if isinstance(change, FindingAdded | FindingReplaced)]


def test_a_scan_is_added_once() -> None:
    store = Store()
    first = Scan(SCAN_ID, SERVER)
    store.add(first)
    store.add(Scan(SCAN_ID, SERVER))
    assert store.drain() == [ScanAdded(SCAN_ID)]
    assert store.scan(SCAN_ID) is first
    assert len(store) == 1


def test_changes_leave_once() -> None:
    board = Board()
    board.read(make_finding(1))
    assert board.store.drain() == [FindingAdded(make_finding(1), True), ScanMoved(SCAN_ID)]
    assert board.store.drain() == []


def test_an_addition_that_changes_stays_an_addition() -> None:
    board = Board()
    board.read(make_finding(1))
    board.read(make_finding(1, severity=Severity.LOW))
    assert board.rows() == [FindingAdded(make_finding(1, severity=Severity.LOW), True)]


def test_two_replacements_are_one_from_the_first_to_the_last() -> None:
    board = Board()
    board.read(make_finding(1))
    board.rows()
    board.read(make_finding(1, severity=Severity.MEDIUM))
    board.read(make_finding(1, severity=Severity.LOW))
    assert board.rows() == [
        FindingReplaced(make_finding(1, severity=Severity.LOW), make_finding(1))
    ]


def test_an_announced_row_that_leaves_and_is_read_after_all_is_replaced() -> None:
    board, announced = Board(), make_finding(1, is_announced=True)
    board.read(announced)
    board.rows()
    board.store.observe(RowMissing(SCAN_ID, 9.0, announced.id))
    board.read(make_finding(1))
    assert board.rows() == [FindingReplaced(make_finding(1), announced)]


def test_a_scan_that_leaves_takes_its_pending_changes_along() -> None:
    board = Board()
    board.store.add(Scan(OTHER, SERVER))
    board.read(make_finding(1))
    board.read(make_finding(2, scan_id=OTHER), scan_id=OTHER)
    board.store.remove(SCAN_ID)
    changes = board.store.drain()
    assert changes[-1] == ScanRemoved(SCAN_ID)
    assert FindingAdded(make_finding(2, scan_id=OTHER), True) in changes
    assert ScanMoved(SCAN_ID) not in changes


def test_a_scan_that_comes_back_in_the_same_batch_leaves_first() -> None:
    board = Board()
    board.store.remove(SCAN_ID)
    board.store.add(Scan(SCAN_ID, SERVER))
    board.read(make_finding(1))
    kinds = [type(change) for change in board.store.drain()]
    assert kinds == [ScanRemoved, ScanAdded, FindingAdded, ScanMoved]


def test_removing_what_is_not_there_changes_nothing() -> None:
    store = Store()
    store.remove(SCAN_ID)
    assert store.drain() == []


def test_facts_of_a_scan_that_left_are_dropped() -> None:
    board = Board()
    board.store.remove(SCAN_ID)
    board.store.drain()
    board.read(make_finding(1))
    assert board.store.drain() == []
    assert board.store.finding(finding_id(1)) is None


def test_a_finding_is_found_in_whichever_scan_it_is() -> None:
    board = Board()
    board.store.add(Scan(OTHER, SERVER))
    board.read(make_finding(2, scan_id=OTHER), scan_id=OTHER)
    assert board.store.finding(finding_id(2)) == make_finding(2, scan_id=OTHER)
    assert board.store.finding(finding_id(1)) is None


def test_the_first_change_after_a_drain_wakes_whoever_drains() -> None:
    board = Board()
    wakes: list[int] = []
    board.store.on_pending = lambda: wakes.append(1)
    board.store.observe(RepoRead(SCAN_ID, "shop", "main"))
    board.store.observe(RepoRead(SCAN_ID, "web-shop", "main"))
    assert len(wakes) == 1
    board.store.drain()
    board.store.observe(RepoRead(SCAN_ID, "web-shop", "main"))
    assert len(wakes) == 1
    board.store.observe(RepoRead(SCAN_ID, "shop", "main"))
    assert len(wakes) == 2


def test_scans_of_one_name_are_called_apart_as_long_as_both_are_there() -> None:
    board = Board()
    board.store.observe(RepoRead(SCAN_ID, "slow", "main"))
    assert board.store.name_of(SCAN_ID) == "slow"
    board.store.add(Scan(OTHER, SERVER))
    board.store.observe(RepoRead(OTHER, "slow", "develop"))
    told = [board.store.name_of(scan_id) for scan_id in (SCAN_ID, OTHER)]
    assert told == ["slow (main)", "slow (develop)"]
    assert board.store.mark_of(SCAN_ID) == "main"
    found = [make_finding(1), make_finding(2), make_finding(3, scan_id=OTHER)]
    names = {scan_id: board.store.name_of(scan_id) for scan_id in (SCAN_ID, OTHER)}
    alert = Alert("alert-1", CRITICAL, found[0], tuple(found), names=names)
    assert body_of(alert) == "slow (main) 2, slow (develop) 1"
    board.store.remove(OTHER)
    assert board.store.name_of(SCAN_ID) == "slow"
    assert board.store.name_of(OTHER) == ""

"""The store: every fact enters here; changes leave once, the newest of each thing."""

from datetime import datetime, timedelta

import pytest

from heimdall_desktop.application.base.store import OneScan, SeenStore, SnoozeClock, Store
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
from heimdall_desktop.domain.facts.finding import Finding, FindingId, NotCounted, ScanId, Severity
from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead, RowMissing, Snoozed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.filters.filter import ONLY_NEW, Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.grouped_listing import GroupedListing
from heimdall_desktop.domain.table.order import NEWEST_LAST
from heimdall_desktop.presentation.alerts.alert_text import body_of
from tests.fakes.alert_policy import Alerts
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding

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


@pytest.fixture
def board() -> Board:
    return Board()


def test_a_scan_is_added_once() -> None:
    store = Store()
    first = Scan(SCAN_ID, SERVER)
    store.add(first)
    store.add(Scan(SCAN_ID, SERVER))
    assert store.drain() == [ScanAdded(SCAN_ID)]
    assert store.scan(SCAN_ID) is first
    assert len(store) == 1


def test_changes_leave_once(board: Board) -> None:
    board.read(make_finding(1))
    assert board.store.drain() == [FindingAdded(make_finding(1), True), ScanMoved(SCAN_ID)]
    assert board.store.drain() == []


def test_an_addition_that_changes_stays_an_addition(board: Board) -> None:
    board.read(make_finding(1))
    board.read(make_finding(1, severity=Severity.LOW))
    assert board.rows() == [FindingAdded(make_finding(1, severity=Severity.LOW), True)]


def test_two_replacements_are_one_from_the_first_to_the_last(board: Board) -> None:
    board.read(make_finding(1))
    board.rows()
    board.read(make_finding(1, severity=Severity.MEDIUM))
    board.read(make_finding(1, severity=Severity.LOW))
    assert board.rows() == [
        FindingReplaced(make_finding(1, severity=Severity.LOW), make_finding(1))
    ]


def test_an_announced_row_that_leaves_and_is_read_after_all_is_replaced(board: Board) -> None:
    announced = make_finding(1, is_announced=True)
    board.read(announced)
    board.rows()
    board.store.observe(RowMissing(SCAN_ID, 9.0, announced.id))
    board.read(make_finding(1))
    assert board.rows() == [FindingReplaced(make_finding(1), announced)]


def test_a_scan_that_leaves_takes_its_pending_changes_along(board: Board) -> None:
    board.store.add(Scan(OTHER, SERVER))
    board.read(make_finding(1))
    board.read(make_finding(2, scan_id=OTHER), scan_id=OTHER)
    board.store.remove(SCAN_ID)
    changes = board.store.drain()
    assert changes[-1] == ScanRemoved(SCAN_ID)
    assert FindingAdded(make_finding(2, scan_id=OTHER), True) in changes
    assert ScanMoved(SCAN_ID) not in changes


def test_a_scan_that_comes_back_in_the_same_batch_leaves_first(board: Board) -> None:
    board.store.remove(SCAN_ID)
    board.store.add(Scan(SCAN_ID, SERVER))
    board.read(make_finding(1))
    kinds = [type(change) for change in board.store.drain()]
    assert kinds == [ScanRemoved, ScanAdded, FindingAdded, ScanMoved]


def test_removing_what_is_not_there_changes_nothing() -> None:
    store = Store()
    store.remove(SCAN_ID)
    assert store.drain() == []


def test_facts_of_a_scan_that_left_are_dropped(board: Board) -> None:
    board.store.remove(SCAN_ID)
    board.store.drain()
    board.read(make_finding(1))
    assert board.store.drain() == []
    assert board.store.finding(finding_id(1)) is None


def test_a_finding_is_found_in_whichever_scan_it_is(board: Board) -> None:
    board.store.add(Scan(OTHER, SERVER))
    board.read(make_finding(2, scan_id=OTHER), scan_id=OTHER)
    assert board.store.finding(finding_id(2)) == make_finding(2, scan_id=OTHER)
    assert board.store.finding(finding_id(1)) is None


def test_the_first_change_after_a_drain_wakes_whoever_drains(board: Board) -> None:
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


def test_scans_of_one_name_are_called_apart_as_long_as_both_are_there(board: Board) -> None:
    board.store.observe(RepoRead(SCAN_ID, "slow", "main"))
    assert board.store.name_of(SCAN_ID) == "slow"
    board.store.add(Scan(OTHER, SERVER))
    board.store.observe(RepoRead(OTHER, "slow", "develop"))
    reported = [board.store.name_of(scan_id) for scan_id in (SCAN_ID, OTHER)]
    assert reported == ["slow (main)", "slow (develop)"]
    assert board.store.mark_of(SCAN_ID) == "main"
    found = [make_finding(1), make_finding(2), make_finding(3, scan_id=OTHER)]
    names = {scan_id: board.store.name_of(scan_id) for scan_id in (SCAN_ID, OTHER)}
    alert = Alert("alert-1", CRITICAL, found[0], tuple(found), names=names)
    assert body_of(alert) == "slow (main) 2, slow (develop) 1"
    board.store.remove(OTHER)
    assert board.store.name_of(SCAN_ID) == "slow"
    assert board.store.name_of(OTHER) == ""


# -- a store of one scan receives its changes, and no others --


class Watched:
    """Two scans of a store, and a store of the first."""

    def __init__(self) -> None:
        self.store, time = Store(), FakeTime()
        self.first = ScanStory(self.store, time, "payments-api", number=1)
        self.second = ScanStory(self.store, time, "auth-service", number=2)
        self.one = OneScan(self.store, self.first.scan.id)
        self.store.drain()

    def passed_on(self) -> list[object]:
        self.one.take(self.store.drain())
        return list(self.one.store.drain())


@pytest.fixture
def both() -> Watched:
    return Watched()


def test_it_holds_the_scan_itself(both: Watched) -> None:
    assert list(both.one.store) == [both.first.scan]
    assert both.one.store.times is both.store.times
    assert both.one.store.drain() == [], "what is there already is no news"


def test_its_texts_still_share_the_room_of_all_scans(both: Watched) -> None:
    both.first.find(3)
    both.second.find(2)
    taken = both.store.room.short
    assert taken > 0
    again = OneScan(both.store, both.first.scan.id)
    assert both.store.room.short == taken
    assert again.store.room is both.store.room
    both.first.find(1)
    assert both.store.room.short > taken


def test_only_changes_of_that_scan_are_handed_on(both: Watched) -> None:
    both.second.find(3)
    assert both.passed_on() == []
    both.first.find(2)
    added = [change for change in both.passed_on() if isinstance(change, FindingAdded)]
    assert len(added) == 2
    assert all(both.one.store.finding(change.finding.id) for change in added)
    assert both.one.store.finding(FindingId("another")) is None


def test_a_scan_that_leaves_leaves_here_too_and_may_come_back(both: Watched) -> None:
    scan = both.first.scan
    both.store.remove(scan.id)
    assert both.passed_on() == [ScanRemoved(scan.id)]
    assert len(both.one.store) == 0
    both.store.add(scan)
    assert both.passed_on() == [ScanAdded(scan.id)]
    assert list(both.one.store) == [scan]


HOUR = timedelta(hours=1)
OTHER_SNOOZE_CLOCK = ScanId("other")


class Desk:
    """A store, the clock of its snoozes, and a table, as the ticker feeds them."""

    def __init__(self) -> None:
        self.now, self.asked_at_s = FOUND_AT, 0.0
        self.store = Store()
        self.clock = SnoozeClock(self.store, lambda: self.now)
        self.table = GroupedListing()
        for scan_id in (SCAN_ID, OTHER_SNOOZE_CLOCK):
            self.store.add(Scan(scan_id, server_url("http://127.0.0.1:8080")))

    def drain(self) -> list[Change]:
        changes = self.store.drain()
        self.clock.take(changes)
        self.table.apply(changes)
        return changes

    def read(self, *rows: Finding) -> list[Change]:
        self.asked_at_s += 1
        for row in rows:
            self.store.observe(FindingsListed(row.scan_id, self.asked_at_s, (row,)))
        return self.drain()

    def snooze(self, *numbers: int, until: datetime | None, scan_id: ScanId = SCAN_ID) -> None:
        self.store.observe(Snoozed(scan_id, tuple(map(finding_id, numbers)), until))
        self.drain()

    def look(self, after: timedelta) -> list[int]:
        """Let time pass, and return which findings changed by it."""
        self.now += after
        self.clock.tick()
        found = [each.finding for each in self.drain() if isinstance(each, FindingReplaced)]
        assert all(each.snoozed_until is None and each.is_back for each in found)
        return sorted(int(each.id[-12:], 16) for each in found)

    def ask(self, text: str = "", by: GroupBy | None = None) -> None:
        self.table.show(parse_filter(text), NEWEST_LAST, by)

    @property
    def shown(self) -> list[int]:
        return sorted(int(row.id[-12:], 16) for row in self.table.rows())


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    rows = [make_finding(n, title=f"title {n}") for n in range(1, 5)]
    made.read(*rows, make_finding(5, scan_id=OTHER_SNOOZE_CLOCK))
    return made


def test_each_is_back_at_its_own_time(desk: Desk) -> None:
    desk.snooze(1, 2, until=FOUND_AT + HOUR)
    desk.snooze(3, until=FOUND_AT + 2 * HOUR)
    assert desk.shown == [4, 5]
    assert desk.look(HOUR - timedelta(seconds=1)) == []
    assert desk.look(timedelta(seconds=1)) == [1, 2]
    assert desk.shown == [1, 2, 4, 5]
    assert desk.look(HOUR) == [3]
    assert desk.look(24 * HOUR) == []


def test_a_machine_that_slept_brings_all_back_together_marked(desk: Desk) -> None:
    desk.snooze(1, until=FOUND_AT + HOUR)
    desk.snooze(2, until=FOUND_AT + 2 * HOUR)
    desk.snooze(5, until=FOUND_AT + 3 * HOUR, scan_id=OTHER_SNOOZE_CLOCK)
    assert desk.look(9 * HOUR) == [1, 2, 5]
    assert {*desk.table.listing.marks} == {finding_id(n) for n in (1, 2, 5)}
    assert desk.table.listing.counts.new == 3


def test_what_is_snoozed_again_keeps_its_new_time(desk: Desk) -> None:
    desk.snooze(1, until=FOUND_AT + HOUR)
    desk.snooze(1, until=FOUND_AT + 5 * HOUR)
    desk.snooze(2, until=FOUND_AT + 5 * HOUR)
    desk.snooze(2, until=FOUND_AT + HOUR)
    assert desk.look(HOUR) == [2]
    desk.snooze(1, until=None)
    assert desk.look(9 * HOUR) == []


def test_what_was_ended_by_hand_is_not_marked(desk: Desk) -> None:
    desk.snooze(1, until=FOUND_AT + HOUR)
    desk.snooze(1, until=None)
    assert desk.shown == [1, 2, 3, 4, 5]
    assert not desk.table.listing.marks


def test_what_was_due_while_the_program_was_closed_is_back_once_its_row_is_read() -> None:
    """After a restart: the row is hidden first, and marked with the next beat."""
    first = Desk()
    first.read(make_finding(1))
    first.snooze(1, until=FOUND_AT + HOUR)
    later = Desk()
    later.now += 9 * HOUR
    later.store.snoozes.recall([first.store.snoozes.kept(SCAN_ID, finding_id(1))])
    later.clock.tick()
    later.read(make_finding(1))
    assert later.shown == []
    assert later.look(timedelta(0)) == [1]
    assert finding_id(1) in later.table.listing.marks


def test_a_scan_that_is_watched_again_keeps_its_snoozes(desk: Desk) -> None:
    desk.snooze(1, until=FOUND_AT + HOUR)
    desk.store.remove(SCAN_ID)
    desk.drain()
    assert desk.look(2 * HOUR) == []  # there is no row to bring back
    desk.store.add(Scan(SCAN_ID, server_url("http://127.0.0.1:8080")))
    desk.read(make_finding(1), make_finding(2))
    assert desk.shown == [2, 5]
    assert desk.look(timedelta(0)) == [1]


# -- in the table --


@pytest.mark.parametrize("by", [None, *GroupBy])
def test_only_one_view_shows_them_in_groups_too(desk: Desk, by: GroupBy | None) -> None:
    desk.ask(by=by)
    desk.snooze(1, 2, until=FOUND_AT + HOUR)
    assert desk.shown == [3, 4, 5]
    counts = desk.table.listing.counts
    assert (counts.total, counts.hidden_snoozed) == (5, 2)
    for text in ("sev>=low", "is:unverified", "scan:x title", "is:new", "change:new"):
        desk.ask(text, by)
        assert not {1, 2} & {*desk.shown}, text
    desk.ask("is:snoozed", by)
    assert (desk.shown, counts.hidden_snoozed) == ([1, 2], 0)
    desk.ask("is:snoozed sev:low", by)
    assert desk.shown == []


def test_rows_that_stand_still_go_and_come_with_the_thaw(desk: Desk) -> None:
    desk.table.freeze()
    desk.snooze(1, until=FOUND_AT + HOUR)
    assert (desk.shown, desk.table.held) == ([1, 2, 3, 4, 5], 1)
    desk.table.thaw()
    assert desk.shown == [2, 3, 4, 5]
    desk.table.freeze()
    assert desk.look(HOUR) == [1]
    assert desk.shown == [2, 3, 4, 5]
    desk.table.thaw()
    assert desk.shown == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("text", ["is:snoozed", "is:new", "-is:new", "is:new is:snoozed"])
def test_counts_stay_true_while_one_comes_back(desk: Desk, text: str) -> None:
    desk.snooze(3, until=FOUND_AT)
    assert desk.look(timedelta(0)) == [3]
    desk.ask(text)
    desk.snooze(3, until=FOUND_AT + 9 * HOUR)  # which is marked already
    desk.snooze(1, 2, until=FOUND_AT + HOUR)
    desk.look(HOUR)
    fresh = GroupedListing(desk.table.listing.marks)
    fresh.apply(
        [FindingReplaced(row, row) for scan in desk.store for row in scan.findings.values()]
    )
    fresh.show(parse_filter(text), NEWEST_LAST, None)
    assert [row.id for row in fresh.rows()] == [row.id for row in desk.table.rows()]
    assert fresh.listing.counts.new == desk.table.listing.counts.new
    assert True not in Filter(news=ONLY_NEW).snoozed


def test_cards_leave_snoozed_findings_out(desk: Desk) -> None:
    scan = desk.store.scan(SCAN_ID)
    assert scan is not None
    assert dict(scan.counted) == {Severity.HIGH: 4}
    desk.snooze(1, 2, until=FOUND_AT + HOUR)
    assert dict(scan.counted) == {Severity.HIGH: 2}
    assert scan.not_counted[NotCounted.SNOOZED] == 2


# -- alerts --


def test_one_that_becomes_critical_is_notified_as_ever(desk: Desk) -> None:
    alerts = Alerts()
    alerts.take(*desk.read(make_finding(7)))
    desk.store.observe(Snoozed(SCAN_ID, (finding_id(7),), FOUND_AT + HOUR))
    assert alerts.take(*desk.drain()) == []
    raised = desk.read(make_finding(7, severity=Severity.CRITICAL))
    [alert] = alerts.take(*raised)
    assert isinstance(alert, Alert)
    assert alert.finding_id == finding_id(7)
    assert 7 in desk.shown


def two_scans() -> tuple[Store, SeenStore]:
    store = Store()
    for scan_id in (SCAN_ID, OTHER):
        store.add(Scan(scan_id, SERVER))
        store.observe(RepoRead(scan_id, "payments-api", scan_id))
    store.observe(FindingsListed(SCAN_ID, 1, (make_finding(1),)))
    store.drain()
    return store, SeenStore(store)


def names(store: Store) -> list[str]:
    """Each name that can be asked for."""
    reported = [store.name_of(scan.id) + store.mark_of(scan.id) for scan in store]
    return reported + [scan.name for scan in store]


def test_names_are_hidden_while_presenting_is_on_and_the_store_keeps_them() -> None:
    store, seen = two_scans()
    before = names(store)
    assert names(seen) == before
    store.present(is_on=True)
    assert names(seen) == ["Scan 1", "Scan 2"] * 2
    assert names(store) == before
    assert seen.name_of(ScanId("gone")) == ""
    assert seen.scan(ScanId("gone")) is None
    store.present(is_on=False)
    assert names(seen) == before


def test_switching_is_news_of_every_scan_and_only_once() -> None:
    store, _ = two_scans()
    store.present(is_on=True)
    store.present(is_on=True)
    assert store.drain() == [ScanMoved(SCAN_ID), ScanMoved(OTHER)]


def test_all_else_is_that_of_the_store() -> None:
    store, seen = two_scans()
    [finding] = store.whole.scan(SCAN_ID).findings.values()  # type: ignore[union-attr]
    assert seen.finding(finding.id) is finding
    assert (len(seen), seen.whole, seen.times) == (2, store, store.times)
    store.remove(OTHER)
    assert [scan.id for scan in seen] == [SCAN_ID]


def test_the_store_of_one_scan_hides_the_same() -> None:
    store, seen = two_scans()
    one = OneScan(seen.whole, OTHER)
    store.present(is_on=True)
    one.take(store.drain())
    assert names(SeenStore(one.store)) == ["Scan 2"] * 2

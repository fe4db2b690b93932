"""Snoozed findings are back when the clock on the wall says so: together, if it was late."""

from datetime import datetime, timedelta

import pytest

from heimdall_desktop.application.base.store import SnoozeClock, Store
from heimdall_desktop.domain.alerts.alert import Alert
from heimdall_desktop.domain.facts.change import Change, FindingReplaced
from heimdall_desktop.domain.facts.finding import Finding, NotCounted, ScanId, Severity
from heimdall_desktop.domain.facts.observation import FindingsListed, Snoozed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.domain.filters.filter import ONLY_NEW, Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.grouped_listing import GroupedListing
from heimdall_desktop.domain.table.order import NEWEST_LAST
from tests.fakes.alert_policy import Alerts
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding

HOUR = timedelta(hours=1)
OTHER = ScanId("other")


class Desk:
    """A store, the clock of its snoozes, and a table, as the ticker feeds them."""

    def __init__(self) -> None:
        self.now, self.asked_at_s = FOUND_AT, 0.0
        self.store = Store()
        self.clock = SnoozeClock(self.store, lambda: self.now)
        self.table = GroupedListing()
        for scan_id in (SCAN_ID, OTHER):
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
    made.read(*rows, make_finding(5, scan_id=OTHER))
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
    desk.snooze(5, until=FOUND_AT + 3 * HOUR, scan_id=OTHER)
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
    assert Filter(news=ONLY_NEW).hides_snoozed


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

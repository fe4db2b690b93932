"""Which scans are missed, and when they are all back (ux.md 2.5, rule 4)."""

import pytest

from heimdall_desktop.domain.alerts.delivery import COLLECT_S, GAP_S, CatchUpTracker
from heimdall_desktop.domain.facts.observation import (
    Connection,
    ConnectionSeen,
    FindingsListed,
    ScanSource,
    SourceSeen,
)
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from tests.fakes.alert_policy import OTHER_SCAN, SERVER, Told
from tests.fakes.findings import SCAN_ID, make_finding


class Away(Told):
    """Scans, a clock, and a tracker that nothing else looks at."""

    def __init__(self) -> None:
        super().__init__()
        self.catch_up = CatchUpTracker(self.clock, self.scans.values())

    def look_at(self, now_s: float) -> None:
        self.now_s = now_s
        self.catch_up.look()


@pytest.fixture
def away() -> Away:
    return Away()


def test_while_all_is_well_nothing_is_collected(away: Away) -> None:
    away.scan(SCAN_ID)
    away.look_at(GAP_S)
    assert not away.catch_up.collects(SCAN_ID)
    assert not away.catch_up.is_complete()
    assert not away.catch_up.is_late()


def test_after_a_rest_all_scans_are_collected_until_they_are_listed(away: Away) -> None:
    scans = [away.scan(scan_id) for scan_id in (SCAN_ID, OTHER_SCAN)]
    away.now_s = 100
    away.catch_up.wake()
    for scan in scans:
        assert away.catch_up.collects(scan.id)
        assert not away.catch_up.is_complete()
        away.list_rows(scan)
    assert away.catch_up.is_complete()
    away.catch_up.close()
    assert not away.catch_up.collects(SCAN_ID)


def test_a_scan_that_is_just_being_added_is_left_to_its_first_listing(away: Away) -> None:
    away.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    away.catch_up.wake()
    assert not away.catch_up.collects(SCAN_ID)
    assert away.catch_up.is_complete()


def test_a_silent_scan_is_collected_from_its_first_answer_on(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.look_at(GAP_S + 1)
    assert not away.catch_up.is_complete()
    away.now_s += 100
    away.answer(scan, total=3)
    away.catch_up.look()
    assert away.catch_up.collects(SCAN_ID)
    assert not away.catch_up.is_complete()
    assert not away.catch_up.is_late()
    away.list_rows(scan)
    assert away.catch_up.is_complete()


def test_a_settled_scan_is_not_expected_to_answer(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.answer(scan, "completed")
    away.settle(scan)
    away.look_at(GAP_S * 10)
    assert not away.catch_up.collects(SCAN_ID)


def test_a_session_that_ended_may_go_on(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.hear(scan, Connection.SIGNED_OUT)
    away.look_at(GAP_S + 1)
    away.hear(scan, Connection.LIVE)
    away.answer(scan, total=1)
    away.catch_up.look()
    assert away.catch_up.collects(SCAN_ID)


def test_it_ends_after_a_while_and_what_is_silent_is_missed_further(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.now_s = 1
    away.catch_up.wake()
    away.look_at(1 + COLLECT_S)
    assert away.catch_up.is_late()
    away.catch_up.close()
    assert not away.catch_up.is_late()
    away.answer(scan)
    away.catch_up.look()
    assert away.catch_up.collects(SCAN_ID)


def test_what_answered_but_was_not_listed_in_time_is_not_held_again(away: Away) -> None:
    scan = away.scan(SCAN_ID)
    away.catch_up.wake()
    away.answer(scan, total=9)
    away.look_at(COLLECT_S)
    away.catch_up.close()
    assert not away.catch_up.collects(SCAN_ID)


def test_it_knows_what_became_of_scans_that_ran(away: Away) -> None:
    scan, other = away.scan(SCAN_ID), away.scan(OTHER_SCAN)
    away.catch_up.wake()
    assert list(away.catch_up.ended()) == []
    away.now_s += 1
    away.answer(scan, "completed")
    assert list(away.catch_up.ended()) == [(scan, Outcome.COMPLETED)]
    away.answer(other, "failed")
    assert (other, Outcome.FAILED_MAY_RETRY) in list(away.catch_up.ended())


def test_a_restored_scan_is_collected_at_once(away: Away) -> None:
    away.catch_up.restore(SCAN_ID)
    scan = away.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    assert away.catch_up.collects(SCAN_ID)
    assert not away.catch_up.is_complete()
    away.answer(scan, total=1)
    assert not away.catch_up.is_complete()
    away.list_rows(scan)
    assert away.catch_up.is_complete()


def test_a_scan_that_leaves_is_forgotten(away: Away) -> None:
    away.scan(SCAN_ID)
    away.catch_up.wake()
    away.catch_up.forget(SCAN_ID)
    del away.scans[SCAN_ID]
    assert not away.catch_up.collects(SCAN_ID)
    assert away.catch_up.is_complete()


def by_stream(away: Away) -> Scan:
    """A scan that nothing but its stream tells of, with one finding of long ago."""
    scan = away.scans[SCAN_ID] = Scan(SCAN_ID, SERVER)
    scan.observe(SourceSeen(SCAN_ID, 0.0, ScanSource.STREAM))
    scan.observe(FindingsListed(SCAN_ID, 0.0, (make_finding(1, is_announced=True),)))
    scan.observe(ConnectionSeen(SCAN_ID, Connection.LIVE, 0.0))
    return scan


def test_a_stream_that_announces_nothing_for_long_is_no_absence(away: Away) -> None:
    by_stream(away)
    away.look_at(10 * GAP_S)
    assert not away.catch_up.collects(SCAN_ID)


def test_a_stream_that_was_down_for_long_is_collected_until_it_is_back(away: Away) -> None:
    scan = by_stream(away)
    scan.observe(ConnectionSeen(SCAN_ID, Connection.RECONNECTING, 10.0))
    away.look_at(10 + GAP_S)
    assert not away.catch_up.collects(SCAN_ID)
    away.look_at(11 + GAP_S)
    assert away.catch_up.collects(SCAN_ID)
    assert not away.catch_up.is_complete()
    scan.observe(ConnectionSeen(SCAN_ID, Connection.LIVE, 0.0))
    assert away.catch_up.is_complete()

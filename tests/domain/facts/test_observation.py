"""Facts and changes: connections, listings, and what a change is about."""

from datetime import UTC, datetime

from heimdall_desktop.domain.facts import change
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Activity, Connection, ListingEnded, SyncStatus
from tests.fakes.findings import make_finding

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


def test_connections_are_ordered_worst_first() -> None:
    states = list(Connection)
    assert states[0] is Connection.SIGNED_OUT
    assert states.index(Connection.STALE) < states.index(Connection.RECONNECTING)
    assert states[-2:] == [Connection.LIVE, Connection.ENDED]


def test_a_listing_is_worth_repeating_only_for_rows_that_can_be_read() -> None:
    def is_worth_repeating(total: int, read: int, unreadable: int) -> bool:
        return ListingEnded(SCAN, 0.0, total, read, False, unreadable).is_worth_repeating

    assert is_worth_repeating(5, 4, 0)
    assert not is_worth_repeating(5, 5, 0)
    assert not is_worth_repeating(5, 3, 2)


# -- what listings have read: all, some, or all that is readable --


def ended(asked_at_s: float, total: int, read: int, unreadable: int = 0) -> ListingEnded:
    return ListingEnded(SCAN, asked_at_s, total, read, read >= total, unreadable)


def test_a_whole_listing_checks_the_rows() -> None:
    sync_status = SyncStatus().after(ended(3.0, 5, 5))
    assert (sync_status.total, sync_status.read, sync_status.is_whole) == (5, 5, True)
    assert sync_status.checked_at_s == sync_status.exhausted_at_s == 3.0


def test_an_incomplete_listing_keeps_the_moment_of_the_last_whole_one() -> None:
    sync_status = SyncStatus().after(ended(3.0, 5, 5)).after(ended(9.0, 8, 6))
    assert (sync_status.total, sync_status.read, sync_status.is_whole) == (8, 6, False)
    assert sync_status.checked_at_s == sync_status.exhausted_at_s == 3.0


def test_unreadable_rows_leave_nothing_to_read_again_but_check_nothing() -> None:
    sync_status = SyncStatus().after(ended(3.0, 5, 3, unreadable=2))
    assert sync_status.exhausted_at_s == 3.0
    assert sync_status.checked_at_s is None
    assert not sync_status.is_whole


def test_skips_are_kept() -> None:
    assert SyncStatus(has_skips=True).after(ended(3.0, 0, 0)).has_skips


# -- what a change is about --


OTHER = ScanId("00000000-2f0e-4a0c-9a77-6a3c1b0d4e21")
KINDS = (
    *(change.ScanAdded, change.ScanRemoved, change.ScanMoved),
    *(change.StagesMoved, change.ConnectionMoved),
)


def test_no_kind_hides_another_and_no_scan_another() -> None:
    keys = {kind(scan_id).key for kind in KINDS for scan_id in (SCAN, OTHER)}
    assert len(keys) == 2 * len(KINDS)


def test_an_addition_and_a_replacement_of_one_finding_share_their_key() -> None:
    finding = make_finding(1)
    assert change.FindingAdded(finding).key == change.FindingReplaced(finding, finding).key
    assert change.FindingAdded(finding).key != change.FindingAdded(make_finding(2)).key


def test_each_line_of_each_log_counts() -> None:
    known = ("task", "active", "running", None, None, "", None, None)
    lines = [Activity(key, *known, datetime(2026, 7, 4, tzinfo=UTC)) for key in "ab"]
    keys = {change.ActivityAdded(scan, line).key for scan in (SCAN, OTHER) for line in lines}
    assert len(keys) == 4

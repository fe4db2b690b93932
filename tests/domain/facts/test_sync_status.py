"""What listings came to: whole, incomplete, or as far as rows can be read."""

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import ListingEnded, SyncStatus

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


def ended(asked_at_s: float, total: int, read: int, unreadable: int = 0) -> ListingEnded:
    return ListingEnded(SCAN, asked_at_s, total, read, read >= total, unreadable)


def test_a_whole_listing_checks_the_rows() -> None:
    ledger = SyncStatus().after(ended(3.0, 5, 5))
    assert (ledger.total, ledger.read, ledger.is_whole) == (5, 5, True)
    assert ledger.checked_at_s == ledger.exhausted_at_s == 3.0


def test_an_incomplete_listing_keeps_the_moment_of_the_last_whole_one() -> None:
    ledger = SyncStatus().after(ended(3.0, 5, 5)).after(ended(9.0, 8, 6))
    assert (ledger.total, ledger.read, ledger.is_whole) == (8, 6, False)
    assert ledger.checked_at_s == ledger.exhausted_at_s == 3.0


def test_unreadable_rows_leave_nothing_to_read_again_but_check_nothing() -> None:
    ledger = SyncStatus().after(ended(3.0, 5, 3, unreadable=2))
    assert ledger.exhausted_at_s == 3.0
    assert ledger.checked_at_s is None
    assert not ledger.is_whole


def test_skips_are_kept() -> None:
    assert SyncStatus(has_skips=True).after(ended(3.0, 0, 0)).has_skips

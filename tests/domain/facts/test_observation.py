"""Facts: worst connection first, and a listing that knows whether to repeat itself."""

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection, ListingEnded

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


def test_connections_stand_in_the_order_of_their_badness() -> None:
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

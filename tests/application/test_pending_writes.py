"""What is not saved yet goes out in portions, and comes back if it could not be written."""

from collections.abc import Iterable

import pytest

from heimdall_desktop.application.pending_writes import ROWS_AT_ONCE, PendingWrites
from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.alerts.alert import ToldRecord
from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.observation import FindingsListed, ScanGone
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.services.history_writing import Batch
from tests.fakes.findings import SCAN_ID, finding_id, make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import SERVER, activity, head, was_listed

OTHER = ScanId("1c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
TOLD = ToldRecord(SCAN_ID, finding_id(1), "print")


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def pending(store: Store) -> PendingWrites:
    return PendingWrites(store)


def watch(store: Store, rows: Iterable[Finding] = (), scan_id: ScanId = SCAN_ID) -> Scan:
    scan = Scan(scan_id, SERVER)
    store.add(scan)
    for observation in (*head(5.0, scan_id=scan_id), FindingsListed(scan_id, 5.0, tuple(rows))):
        store.observe(observation)
    return scan


def ids(batch: Batch) -> list[str]:
    return [row.id for past in batch.scans for told in past.rows for row in told.findings]


def test_what_moved_goes_out_once_as_it_is_at_that_time(
    store: Store, pending: PendingWrites
) -> None:
    watch(store, [make_finding(1), make_finding(2)])
    pending.mark_row(SCAN_ID, finding_id(1))
    pending.mark_activity(SCAN_ID, activity(1))
    newer = make_finding(1, title="newer")
    store.observe(FindingsListed(SCAN_ID, 6.0, (newer,)))

    [past] = pending.next_batch().scans

    assert past.rows == (FindingsListed(SCAN_ID, 6.0, (newer,)),)
    assert past.activities == (activity(1),)
    assert was_listed(past)
    assert past.asked_at_s == 6.0
    assert pending.next_batch().is_empty


def test_a_batch_is_bounded_and_only_the_last_one_speaks_of_the_whole(
    store: Store, pending: PendingWrites
) -> None:
    rows = [make_finding(number) for number in range(2 * ROWS_AT_ONCE + 1)]
    pending.mark_all(watch(store, rows))
    batches = [pending.next_batch() for _ in range(3)]
    assert [len(ids(batch)) for batch in batches] == [ROWS_AT_ONCE, ROWS_AT_ONCE, 1]
    assert [batch.scans[0].is_partial for batch in batches] == [True, True, False]
    assert {row for batch in batches for row in ids(batch)} == {row.id for row in rows}


def test_many_scans_share_one_batch_and_none_starves(store: Store, pending: PendingWrites) -> None:
    rows = [make_finding(number) for number in range(ROWS_AT_ONCE + 1)]
    pending.mark_all(watch(store, rows))
    pending.mark_all(watch(store, [make_finding(9999, scan_id=OTHER)], OTHER))
    first, second = pending.next_batch(), pending.next_batch()
    assert [past.scan_id for past in first.scans] == [SCAN_ID]
    assert [past.scan_id for past in second.scans] == [OTHER, SCAN_ID]


def test_a_scan_nobody_has_seen_yet_waits(store: Store, pending: PendingWrites) -> None:
    store.add(Scan(SCAN_ID, SERVER))
    store.observe(FindingsListed(SCAN_ID, 5.0, (make_finding(1),)))
    pending.mark_row(SCAN_ID, finding_id(1))
    assert pending.next_batch().is_empty
    for observation in head(5.0):
        store.observe(observation)
    assert ids(pending.next_batch()) == [finding_id(1)]


def test_what_could_not_be_written_comes_again(store: Store, pending: PendingWrites) -> None:
    watch(store, [make_finding(1), make_finding(2)])
    pending.mark_row(SCAN_ID, finding_id(1))
    pending.mark_activity(SCAN_ID, activity(1))
    pending.mark_line(make_line(1))
    pending.mark_line(make_line(2))
    pending.empty(OTHER)
    pending.forget(ScanId("gone"))
    pending.put_back(pending.telling((TOLD,)))
    first = pending.next_batch()

    pending.mark_line(make_line(1, is_read=True))
    pending.mark_row(SCAN_ID, finding_id(2))
    pending.put_back(first)
    second = pending.next_batch()

    assert ids(second) == [finding_id(2), finding_id(1)]
    assert second.scans[0].activities == (activity(1),)
    assert second.lines == (make_line(1, is_read=True), make_line(2))
    assert second.told == (TOLD,)
    assert (second.emptied, second.forgotten) == ((OTHER,), (ScanId("gone"),))


def test_of_a_scan_that_left_only_the_leaving_is_written(
    store: Store, pending: PendingWrites
) -> None:
    watch(store, [make_finding(1)])
    pending.mark_row(SCAN_ID, finding_id(1))
    failed = pending.next_batch()
    store.remove(SCAN_ID)
    pending.forget(SCAN_ID)
    pending.put_back(failed)
    assert pending.next_batch() == Batch(forgotten=(SCAN_ID,))
    assert pending.next_batch().is_empty


def test_rows_that_left_are_not_written_and_those_that_come_back_are(
    store: Store, pending: PendingWrites
) -> None:
    watch(store, [make_finding(1), make_finding(2)])
    pending.mark_row(SCAN_ID, finding_id(1))
    failed = pending.next_batch()
    store.observe(ScanGone(SCAN_ID, 7.0))
    pending.empty(SCAN_ID)
    pending.put_back(failed)
    store.observe(FindingsListed(SCAN_ID, 8.0, (make_finding(2),)))
    pending.mark_row(SCAN_ID, finding_id(2))
    batch = pending.next_batch()
    assert batch.emptied == (SCAN_ID,)
    assert ids(batch) == [finding_id(2)]


def test_what_is_told_takes_its_lines_along(pending: PendingWrites) -> None:
    pending.mark_line(make_line(1))
    assert pending.telling((TOLD,)) == Batch(told=(TOLD,), lines=(make_line(1),))
    assert pending.next_batch().is_empty

"""A store that windows read: scans without names while presenting is on, and nothing of its own."""

from heimdall_desktop.application.store import OneScan, Store
from heimdall_desktop.application.window_memory import SeenStore
from heimdall_desktop.domain.facts.change import ScanMoved
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import FindingsListed, RepoRead
from heimdall_desktop.domain.facts.scan import Scan
from tests.fakes.alert_policy import SERVER
from tests.fakes.findings import SCAN_ID, make_finding

OTHER = ScanId("other")


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
    told = [store.name_of(scan.id) + store.mark_of(scan.id) for scan in store]
    return told + [scan.name for scan in store]


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

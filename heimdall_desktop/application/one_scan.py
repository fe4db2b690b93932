"""A store that holds one scan of another store, for a window that shows no other."""

from collections.abc import Iterable

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.change import (
    Change,
    RowChange,
    ScanAdded,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import ScanId


class OneScan:
    """Hands the changes of one scan on.

    Args:
        whole: the store that observations enter; it goes on owning the scan.
        scan_id: which scan.

    Attributes:
        store: knows this scan only, so that whatever reads it costs no more than its rows.
    """

    def __init__(self, whole: Store, scan_id: ScanId) -> None:
        self._whole = whole
        self._scan_id = scan_id
        self.store = Store()
        self.store.times = whole.times
        self._take_in()
        self.store.drain()

    def take(self, changes: Iterable[Change]) -> None:
        """Note what of these changes is about the scan."""
        for change in changes:
            if _scan_id(change) != self._scan_id:
                continue
            if isinstance(change, ScanRemoved):
                self.store.remove(self._scan_id)
            elif isinstance(change, ScanAdded):
                self._take_in()
            else:
                self.store.note([change])

    def _take_in(self) -> None:
        scan = self._whole.scan(self._scan_id)
        if scan is not None:
            self.store.add(scan)


def _scan_id(change: Change) -> ScanId:
    if isinstance(change, RowChange):
        return change.finding.scan_id
    return change.scan_id

"""Findings that were there before their table, taken slice by slice: its window stands at once."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.models.incremental_work import IncrementalWork

SLICE = 2_000  # findings a turn: with a repaint in between, half of the time people would notice


class InitialLoad(QObject):
    """Hands on what a store holds already: the first slice at once, one more with every turn.

    A finding is handed on as it is when its turn comes, and not at all if it has left by then.

    Args:
        store: Whose findings.
        take: Takes a slice of them.
        parent: The owner.
    """

    def __init__(
        self, store: Store, take: Callable[[Sequence[Finding]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store, self._take = store, take
        self._waiting = [(scan.id, found) for scan in store for found in scan.findings]
        if self._waiting:
            slices = self._hand_on()
            next(slices)
            IncrementalWork(self).run(slices, lambda: None)

    @property
    def waiting(self) -> int:
        """How many findings are still to come."""
        return len(self._waiting)

    def _hand_on(self) -> Iterator[None]:
        while self._waiting:
            now, self._waiting = self._waiting[:SLICE], self._waiting[SLICE:]
            self._take([found for found in map(self._find, now) if found is not None])
            yield

    def _find(self, wanted: tuple[ScanId, FindingId]) -> Finding | None:
        scan_id, finding_id = wanted
        scan = self._store.scan(scan_id)
        return None if scan is None else scan.findings.get(finding_id)

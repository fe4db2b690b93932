"""The scans as windows may show them: the store itself, without names while presenting is on."""

from collections.abc import Iterator

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan


class SeenStore(Store):
    """Reads a store for a window: a widget that asks it for a scan cannot show a hidden name.

    Findings are the real ones, as filter, order and decisions go by them; whatever shows one asks
    the mask. Nothing is changed here.

    Args:
        whole: where all facts enter.
    """

    def __init__(self, whole: Store) -> None:  # without `super`: it has nothing of its own
        self._whole = whole

    def __getattr__(self, name: str) -> object:
        return getattr(self._whole, name)

    @property
    def whole(self) -> Store:
        """Where all facts enter; for what is typed and compared, and never shown."""
        return self._whole

    def __iter__(self) -> Iterator[Scan]:
        return map(self.whole.mask.scan, self.whole)

    def scan(self, scan_id: ScanId) -> Scan | None:
        """Return a watched scan as it may be seen."""
        scan = self.whole.scan(scan_id)
        return None if scan is None else self.whole.mask.scan(scan)

    def name_of(self, scan_id: ScanId) -> str:
        """Return what a scan may be called; "" for one that is not watched."""
        name = self.whole.name_of(scan_id)
        return name and self.whole.mask.name(scan_id, name)

    def mark_of(self, scan_id: ScanId) -> str:
        """Return what tells a scan from others of its name; numbers need none."""
        return "" if self.whole.mask.is_on else self.whole.mark_of(scan_id)

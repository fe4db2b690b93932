"""The panel page that compares scans: empty until first used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.comparison import ChangeKind
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.models.ticker import Now, Ticker
from heimdall_desktop.widgets.controls.pane import LatePlace

if TYPE_CHECKING:
    from heimdall_desktop.widgets.panel.comparison_list import ComparisonList
    from heimdall_desktop.widgets.panel.comparison_pane import ComparisonPane


class ComparisonPage(LatePlace):
    """Makes its pane when shown or requested; before that it reports the number of differences.

    Args:
        store: The scans.
        ticker: Hands out changes.
        requests: Runs comparisons.
        now: The wall clock.

    Attributes:
        is_compared: There is a comparison of the scan to show.
    """

    finding_wanted = Signal(str)
    """Show this finding of a watched scan."""
    filter_wanted = Signal(str, str)
    """Show the findings of a scan that match a filter."""
    counted = Signal(int)
    """The number of new, changed or fixed findings of the scan; 0 if it is not compared."""
    compared = Signal()
    """A comparison of the scan is now available."""

    def __init__(self, store: Store, ticker: Ticker, requests: Requests, now: Now) -> None:
        super().__init__(lambda: self.pane)
        self._store, self._ticker, self._requests, self._now = store, ticker, requests, now
        self._scan_id: ScanId | None = None
        self._side_px = self._count = 0
        self.is_compared = False
        self._made: ComparisonPane | None = None
        ticker.changed.connect(self._report)

    @property
    def pane(self) -> ComparisonPane:
        """The content, made on first use."""
        if self._made is None:
            from heimdall_desktop.widgets.panel.comparison_pane import ComparisonPane  # noqa: PLC0415 - main.LATE

            made = ComparisonPane(self._store, self._ticker, self._requests, self._now, self)
            made.finding_wanted.connect(self.finding_wanted)
            made.filter_wanted.connect(self.filter_wanted)
            made.set_side_width(self._side_px)
            made.show_scan(self._scan_id)
            self._made = made
            self.put(made)
        return self._made

    @property
    def rows(self) -> ComparisonList:
        return self.pane.rows

    @property
    def finding_id(self) -> FindingId | None:
        """The finding of the selected row in a watched scan; None while none is in view."""
        row = self.rows.selected if self._made is not None and self.rows.isVisible() else None
        finding = None if row is None else self._store.finding(row.shown.id)
        return None if finding is None else finding.id

    def show_scan(self, scan_id: ScanId | None) -> None:
        self._scan_id = scan_id
        if self._made is not None:
            self._made.show_scan(scan_id)
        self._report()

    def set_side_width(self, width_px: int) -> None:
        """Match the sums to the width of the side of other pages; 0 for a part of the width."""
        self._side_px = width_px
        if self._made is not None:
            self._made.set_side_width(width_px)

    def read_again(self) -> None:
        if self._made is not None and self._made.isVisible():
            self._made.read_again()

    def take_keyboard(self) -> None:
        self.pane.take_keyboard()

    def _report(self, _changes: Sequence[Change] = ()) -> None:
        known = None if self._scan_id is None else self._store.comparisons.of(self._scan_id)
        counts = None if known is None else known.findings.counts
        count = 0 if counts is None else counts.total() - counts[ChangeKind.STILL]
        if count != self._count:
            self._count = count
            self.counted.emit(count)
        was_compared, self.is_compared = self.is_compared, known is not None
        if self.is_compared and not was_compared:
            self.compared.emit()

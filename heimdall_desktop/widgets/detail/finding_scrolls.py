"""Where the pages of findings were scrolled to, kept as long as their scan is watched."""

from collections.abc import Hashable

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId


class FindingScrolls:
    """Remembers a position for each finding and page; all others are at their beginning."""

    def __init__(self) -> None:
        self._known: dict[ScanId, dict[tuple[FindingId, Hashable], int]] = {}

    def keep(self, finding: Finding, page: Hashable, position_px: int) -> None:
        """Remember where a page stands."""
        self._known.setdefault(finding.scan_id, {})[finding.id, page] = position_px

    def position_px(self, finding: Finding, page: Hashable) -> int:
        """Return where a page stood."""
        return self._known.get(finding.scan_id, {}).get((finding.id, page), 0)

    def stand_in(self, newer: Finding, older: Finding) -> None:
        """Let a newer row of a finding stand as an older one does."""
        known = self._known.get(older.scan_id, {})
        known |= {(newer.id, page): px for (row, page), px in known.items() if row == older.id}

    def forget(self, scan_id: ScanId) -> None:
        """Forget the findings of a scan."""
        self._known.pop(scan_id, None)

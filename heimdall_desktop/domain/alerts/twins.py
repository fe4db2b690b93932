"""Which findings a retried scan has found again under another id.

Source: heimdall-api.md T-9, 3.8.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId


class Twins:
    """Remembers the first finding of each fingerprint of a scan.

    Args:
        attempt_starts: when each attempt of a scan began, by the server's clock.
    """

    def __init__(self, attempt_starts: Callable[[ScanId], Iterable[datetime]]) -> None:
        self._attempt_starts = attempt_starts
        self._first: dict[tuple[ScanId, str], tuple[FindingId, datetime | None]] = {}

    def recall(self, scan_id: ScanId, fingerprint: str, finding_id: FindingId) -> None:
        """Take in a finding of an earlier session, of which no more than this is known."""
        if fingerprint:
            self._first[scan_id, fingerprint] = (finding_id, None)

    def put(self, finding: Finding) -> None:
        """Remember a finding, unless one of its fingerprint is known."""
        if finding.fingerprint:
            first = (finding.id, finding.created_at)
            self._first.setdefault((finding.scan_id, finding.fingerprint), first)

    def forget(self, finding: Finding) -> None:
        """Let one of its fingerprint that comes later be the first."""
        kind = (finding.scan_id, finding.fingerprint)
        if kind in self._first and self._first[kind][0] == finding.id:
            del self._first[kind]

    def has_older(self, finding: Finding) -> bool:
        """Return whether a finding is one that an earlier attempt had found.

        Within one attempt several findings may share a fingerprint (4.5), so an attempt must have
        begun between the two; of an earlier session's only the fingerprint is known.
        """
        first = self._first.get((finding.scan_id, finding.fingerprint))
        if first is None or first[0] == finding.id:
            return False
        created_at = first[1]
        starts = self._attempt_starts(finding.scan_id)
        return created_at is None or any(
            created_at < start <= finding.created_at for start in starts
        )

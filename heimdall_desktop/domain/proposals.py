"""Decisions of earlier scans that are proposed for the findings of a later one.

Nothing here decides anything: a proposal is shown beside a finding until the analyst accepts or
rejects it, and changes no count, alert or filter of severities.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.reason import Reason


class Certainty(Enum):
    """How sure it is that the finding was decided before; the values are used in filters."""

    CERTAIN = "certain"
    PROBABLE = "probable"


class EarlierDecision(Struct, frozen=True):
    """Where a proposed decision was made.

    Attributes:
        scan_id, finding_id: of the earlier scan; "" if only the kept decisions know it.
        scan_at: when that scan was created; None if that is unknown.
        at: when it was decided; None until that has been read, or if nothing shows it.
        is_here: this program made it; otherwise it was made elsewhere with this account, or, if
            `is_own` is false, by another one.
        is_own: the signed-in account made it; None while that is unknown.
        is_reading: its history is being read, so reason and moment may still come.
    """

    scan_id: ScanId
    finding_id: FindingId
    scan_at: datetime | None = None
    at: datetime | None = None
    is_here: bool = False
    is_own: bool | None = None
    is_reading: bool = False


class Proposal(Struct, frozen=True):
    """A decision that is proposed for a finding.

    Attributes:
        status: the proposed one; None if only the severity is proposed.
        severity: one that was set by hand; None if none is known.
        reason, text: why, as far as it is known.
        earlier: None for the proposal of a rule.
        rule: the name of the rule; "" for an earlier decision.
    """

    finding_id: FindingId
    status: FindingStatus | None
    certainty: Certainty
    severity: Severity | None = None
    reason: Reason | None = None
    text: str = ""
    earlier: EarlierDecision | None = None
    rule: str = ""


class KnownProposals:
    """The open proposals of all scans; two objects are equal only if they are the same."""

    def __init__(self, known: Mapping[ScanId, Mapping[FindingId, Proposal]]) -> None:
        self._known = known

    def of(self, finding: Finding) -> Proposal | None:
        known = self._known.get(finding.scan_id)
        return None if known is None else known.get(finding.id)

    def of_scan(self, scan_id: ScanId) -> Mapping[FindingId, Proposal]:
        return self._known.get(scan_id, {})


class Proposals:
    """Owns the open proposals, by scan.

    Attributes:
        known: all of them, a new object after each change.
    """

    def __init__(self) -> None:
        self._scans: dict[ScanId, Mapping[FindingId, Proposal]] = {}
        self.known = KnownProposals({})

    def put(self, scan_id: ScanId, proposals: Mapping[FindingId, Proposal]) -> None:
        """Replace all proposals of a scan."""
        self._scans = {**self._scans, scan_id: proposals}
        if not proposals:
            del self._scans[scan_id]
        self.known = KnownProposals(self._scans)

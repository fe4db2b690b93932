"""Proposed decisions as the program makes them, for tests of what is shown of them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from heimdall_desktop.domain.facts.finding import Finding, FindingId, FindingStatus, ScanId, Source
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.proposals import Doubt, EarlierDecision, Proposal

DECIDED_AT = datetime(2026, 6, 3, 10, 30, tzinfo=UTC)
SCANNED_AT = datetime(2026, 6, 2, 10, 30, tzinfo=UTC)


def make_earlier(**overrides: Any) -> EarlierDecision:
    fields: dict[str, Any] = {
        "scan_id": ScanId("earlier"),
        "finding_id": FindingId("before"),
        "scan_at": SCANNED_AT,
        "at": DECIDED_AT,
        "is_here": True,
        "is_own": True,
    }
    return EarlierDecision(**fields | overrides)


def make_proposal(finding_id: FindingId, **overrides: Any) -> Proposal:
    """Return a certain proposal to dismiss a finding, because it is in test code."""
    fields: dict[str, Any] = {
        "status": FindingStatus.DISMISSED,
        "reason": Reason.TEST_CODE,
        "earlier": make_earlier(),
    }
    return Proposal(finding_id, **fields | overrides)


def doubt_of(row: Finding) -> Doubt:
    """Return why a proposal for a row can be only probable."""
    return Doubt.MODEL if row.source is Source.AI else Doubt.MATCH


def proposals_for(
    rows: Iterable[Finding], probable: Iterable[int] = ()
) -> dict[FindingId, Proposal]:
    """Return a proposal for each row; those of some numbers are only probable."""
    less = set(probable)
    return {
        row.id: make_proposal(row.id, doubts=(doubt_of(row),) if number in less else ())
        for number, row in enumerate(rows)
    }

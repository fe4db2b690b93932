"""Findings, finding events and patches with plain values, for tests that name a few fields."""

from datetime import UTC, datetime, timedelta
from typing import Any

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingEvent,
    FindingId,
    FindingStatus,
    RepoId,
    ScanId,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.patch import Patch

SCAN_ID = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
REPO_ID = RepoId("2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10")
FOUND_AT = datetime(2026, 7, 4, 8, 6, 10, 220981, tzinfo=UTC)


def finding_id(number: int) -> FindingId:
    """Return the id of the n-th finding."""
    return FindingId(f"00000000-0000-4000-8000-{number:012x}")


def make_finding(number: int = 1, **overrides: Any) -> Finding:
    """Return an ordinary open finding; the server's words follow the closed sets given."""
    fields: dict[str, Any] = {
        "id": finding_id(number),
        "scan_id": SCAN_ID,
        "repo_id": REPO_ID,
        "source": Source.AI,
        "status": FindingStatus.OPEN,
        "severity": Severity.HIGH,
        "confidence": Confidence.MEDIUM,
        "title": "SQL built from request parameter in order search",
        "file_path": "shop/api/orders.py",
        "line_start": 88,
        "line_end": 92,
        "fingerprint": f"{number:064x}",
        "created_at": FOUND_AT,
        "updated_at": FOUND_AT,
    } | overrides
    for name in ("source", "status", "severity", "confidence"):
        fields.setdefault(f"{name}_text", fields[name].value)
    return Finding(**fields)


def make_event(number: int = 1, **overrides: Any) -> FindingEvent:
    """Return an audit entry: severity changed from high to medium."""
    fields: dict[str, Any] = {
        "id": f"00000000-0000-4000-9000-{number:012x}",
        "finding_id": finding_id(1),
        "event_type": "severity_change",
        "old_value": "high",
        "new_value": "medium",
        "comment": None,
        "created_at": FOUND_AT,
    } | overrides
    return FindingEvent(**fields)


def make_patch(number: int, diff: str, **overrides: Any) -> Patch:
    """Return a patch of the first finding; the lower the number, the newer it is."""
    fields: dict[str, Any] = {
        "id": f"00000000-0000-4000-b000-{number:012x}",
        "finding_id": finding_id(1),
        "diff": diff,
        "created_at": FOUND_AT - timedelta(minutes=number),
    } | overrides
    return Patch(**fields)

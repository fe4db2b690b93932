"""A patch the server's report stage made for a finding, and which of several counts."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.facts.identity import id_on_server


class Patch(Struct, frozen=True):
    """One row of the server's list. Source: protocol.md 4.7.

    Attributes:
        diff: a unified diff, as far as the model that wrote it could.
        is_applied: it is marked as applied; the server itself applies none.
        created_at: None for the text in the finding's own row.
    """

    id: str
    finding_id: FindingId
    diff: str
    is_applied: bool = False
    created_at: datetime | None = None


def patches_to_show(finding: Finding, listed: Iterable[Patch]) -> tuple[Patch, ...]:
    """Return the patches of a finding, newest first; the newest one counts.

    The text in the finding's own row is added only if no listed patch has the same text.
    """
    own, there = finding.suggested_patch or "", id_on_server(finding.id)
    patches = sorted(
        (patch for patch in listed if patch.finding_id == there and patch.diff.strip()),
        key=lambda patch: patch.created_at or finding.created_at,
        reverse=True,
    )
    if own.strip() and own.strip() not in {patch.diff.strip() for patch in patches}:
        patches.append(Patch("", finding.id, own))
    return tuple(patches)

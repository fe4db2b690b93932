"""The patches of a scan: JSON of the server -> domain. Source: heimdall-api.md 4.7."""

import msgspec

from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.patch import Patch
from heimdall_desktop.services.envelope import (
    Envelope,
    Id,
    Slices,
    cut_text,
    fitting,
    moment,
    opened,
    rows_in_slices,
)

ROWS_LIMIT = 200_000  # that are looked at, as many as findings


class _Row(msgspec.Struct):
    id: Id
    finding_id: Id
    created_at: str
    diff_content: str = ""
    applied: bool = False


_PATCHES = msgspec.json.Decoder(Envelope[list[msgspec.Raw]])


def patches(body: bytes) -> Slices[tuple[Patch, ...]]:
    """Return the patches in the order they were told; rows that fit nothing are left out.

    Raises:
        WireError: it is no list of patches.
    """
    found = yield from rows_in_slices(opened(_PATCHES.decode, body)[:ROWS_LIMIT], _patch)
    return tuple(found)


def _patch(raw: bytes) -> Patch:
    row = fitting(_Row, raw)
    diff, created_at = cut_text(row.diff_content), moment(row.created_at)
    return Patch(row.id, FindingId(row.finding_id), diff, row.applied, created_at)

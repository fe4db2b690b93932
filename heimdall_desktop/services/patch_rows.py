"""The patches of a scan: JSON of the server -> domain. Source: heimdall-api.md 4.7."""

import msgspec

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.patch import Patch
from heimdall_desktop.services.envelope import (
    Envelope,
    Id,
    Slices,
    at_once,
    cut_text,
    fitting,
    moment,
    opened,
)

ROWS_LIMIT = 200_000  # that are looked at, as many as findings
ROWS_AT_ONCE = 100  # read in about 1 ms


class _Row(msgspec.Struct):
    id: Id
    finding_id: Id
    created_at: str
    diff_content: str = ""
    applied: bool = False


_PATCHES = msgspec.json.Decoder(Envelope[list[msgspec.Raw]])


def patches(body: bytes) -> tuple[Patch, ...]:
    """Return the patches in the order they were told; rows that fit nothing are left out.

    Raises:
        WireError: it is no list of patches.
    """
    return at_once(patches_in_slices(body))


def patches_in_slices(body: bytes) -> Slices[tuple[Patch, ...]]:
    """Return the same, with pauses.

    Raises:
        WireError: it is no list of patches.
    """
    found = []
    for number, raw in enumerate(opened(_PATCHES.decode, body)[:ROWS_LIMIT]):
        if number % ROWS_AT_ONCE == 0:
            yield
        try:
            row = fitting(_Row, bytes(raw))
            created_at = moment(row.created_at)
        except WireError:
            continue
        finding_id = FindingId(row.finding_id)
        diff = cut_text(row.diff_content)
        found.append(Patch(row.id, finding_id, diff, row.applied, created_at))
    return tuple(found)

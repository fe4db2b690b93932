"""The patches of a scan: JSON of the server -> domain. Source: heimdall-api.md 4.7."""

import msgspec

from heimdall_desktop.domain.detail.patch import Patch
from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.services.envelope import Envelope, fitting, moment, opened


class _Row(msgspec.Struct):
    id: str
    finding_id: str
    created_at: str
    diff_content: str = ""
    applied: bool = False


_PATCHES = msgspec.json.Decoder(Envelope[list[msgspec.Raw]])


def patches(body: bytes) -> tuple[Patch, ...]:
    """Return the patches in the order they were told; rows that fit nothing are left out.

    Raises:
        WireError: it is no list of patches.
    """
    found = []
    for raw in opened(_PATCHES.decode, body):
        try:
            row = fitting(_Row, bytes(raw))
            created_at = moment(row.created_at)
        except WireError:
            continue
        finding_id = FindingId(row.finding_id)
        found.append(Patch(row.id, finding_id, row.diff_content, row.applied, created_at))
    return tuple(found)

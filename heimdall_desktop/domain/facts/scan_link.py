"""Scan ids and web links out of whatever people paste.

Source: heimdall-api.md 4.0 (links of the web pages) and T-52 (capitals, braces, whole addresses).
"""

import itertools
import re
from dataclasses import dataclass

from heimdall_desktop.domain.facts.errors import LinkError
from heimdall_desktop.domain.facts.finding import FindingId, ScanId
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.domain.words.wording import later, tr

_UUID = r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
_WEB = re.compile(rf"^(https?://.+?)/(scans|findings)/({_UUID})(?=[/?#]|$)", re.IGNORECASE)
_BARE = re.compile(rf"^(?:urn:uuid:)?({_UUID})$", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;]+")
_AROUND = "<>\"'()[]{}.,;"


@dataclass(frozen=True, slots=True)
class ScanLink:
    """One thing to watch: a scan, or the scan of a finding.

    Attributes:
        server: where it lives; None for a bare id.
        scan_id: None when only a finding is named.
        finding_id: the finding to open, if the link named one.
    """

    server: ServerUrl | None
    scan_id: ScanId | None
    finding_id: FindingId | None = None


def scan_links(text: str) -> tuple[ScanLink, ...]:
    """Return each scan or finding named in a text, in order and once.

    Raises:
        LinkError: a part of the text names neither; nothing of it is taken then.
    """
    parts = [part for part in _BETWEEN.split(text) if part.strip(_AROUND)]
    if not parts:
        raise LinkError(tr("There is no scan in that."), tr(_REMEDY))
    return tuple(dict.fromkeys(_link(part) for part in parts))


_REMEDY = later("Give a scan id or a link like https://server/scans/<id>.")


def _link(part: str) -> ScanLink:
    plain = part.strip(_AROUND)
    web = _WEB.match(plain)
    if web:
        server, kind, found = server_url(web[1]), web[2].lower(), _canonical(web[3])
        if kind == "scans":
            return ScanLink(server, ScanId(found))
        return ScanLink(server, None, FindingId(found))
    bare = _BARE.match(plain)
    if bare:
        return ScanLink(None, ScanId(_canonical(bare[1])))
    shown = part if len(part) <= 60 else f"{part[:57]}..."
    raise LinkError(tr("There is no scan id in {shown!r}.").format(shown=shown), tr(_REMEDY))


def _canonical(uuid: str) -> str:
    digits = uuid.replace("-", "").lower()
    cuts = (0, 8, 12, 16, 20, 32)
    return "-".join(digits[a:b] for a, b in itertools.pairwise(cuts))

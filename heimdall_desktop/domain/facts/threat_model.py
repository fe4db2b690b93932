"""The threat model of a scan: where it can be attacked, where trust ends, how data flows.

Everything in it is text that a language model has written; only the risk is searched for a known
word. Source: protocol.md 4.11.
"""

import re
from datetime import datetime

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId, Severity, one_line

_RISKS = {
    "critical": Severity.CRITICAL,
    "severe": Severity.CRITICAL,
    "high": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "moderate": Severity.MEDIUM,
    "low": Severity.LOW,
    "minimal": Severity.LOW,
}
_WORD = re.compile(r"[a-z]+")


class Surface(Struct, frozen=True):
    """A place where the scanned program can be attacked.

    Attributes:
        risk: any text, in the server's own words.
        file, line: where it is in the code; "" and None if not reported.
    """

    name: str
    description: str = ""
    endpoint: str = ""
    file: str = ""
    line: int | None = None
    risk: str = ""

    @property
    def severity(self) -> Severity:
        words = _WORD.findall(self.risk[:1000].lower())
        return next((_RISKS[word] for word in words if word in _RISKS), Severity.OTHER)

    @property
    def place(self) -> str:
        file = one_line(self.file)
        return f"{file}:{self.line}" if file and self.line is not None else file


class Boundary(Struct, frozen=True):
    """A border between zones that trust each other differently."""

    name: str
    description: str = ""
    from_zone: str = ""
    to_zone: str = ""


class DataFlow(Struct, frozen=True):
    """A path that data takes."""

    name: str
    description: str = ""
    source: str = ""
    sink: str = ""
    sensitive_data: str = ""


class ThreatModel(Struct, frozen=True):
    """The newest threat model of a scan.

    Attributes:
        version: counts the manual changes, on the server.
        is_edited: it was changed manually.
        updated_at: when it was made, or changed last.
    """

    scan_id: ScanId
    summary: str = ""
    surfaces: tuple[Surface, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    flows: tuple[DataFlow, ...] = ()
    version: int = 1
    is_edited: bool = False
    updated_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.summary.strip() or self.surfaces or self.boundaries or self.flows)


class KeptThreatModel(Struct, frozen=True):
    """A threat model as the history keeps it.

    Attributes:
        read_at: when the server sent it, aware UTC.
        error: why it cannot be requested now; None if it was just requested.
    """

    model: ThreatModel
    read_at: datetime
    error: HeimdallError | None = None

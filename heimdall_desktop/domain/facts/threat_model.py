"""The threat model of a scan: where it can be attacked, where trust ends, where data flow.

Everything in it is text that a language model has written; only the risk is looked at for a word
that we know. Source: heimdall-api.md 4.11.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId, Severity, one_line
from heimdall_desktop.domain.words.i18n import tr, tr_noop
from heimdall_desktop.domain.words.shown_text import harmless

RISK_WORD_LIMIT = 24  # a longer risk is a sentence, which is read with the description
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


@dataclass(frozen=True, slots=True)
class Surface:
    """A place where the scanned program can be attacked.

    Attributes:
        risk: the server's own words for it, whatever they are.
        file, line: where it is in the code; "" and None where that is not told.
    """

    name: str
    description: str = ""
    endpoint: str = ""
    file: str = ""
    line: int | None = None
    risk: str = ""

    @property
    def severity(self) -> Severity:
        """The risk as one of our words: the first in the text that we know."""
        words = _WORD.findall(self.risk[:1000].lower())
        return next((_RISKS[word] for word in words if word in _RISKS), Severity.OTHER)

    @property
    def risk_word(self) -> str:
        """The risk in a word: ours if one is meant, else the server's if it is short."""
        if self.severity is not Severity.OTHER:
            return self.severity.word
        told = one_line(self.risk)
        return told if 0 < len(told) <= RISK_WORD_LIMIT else tr("Unknown")

    @property
    def place(self) -> str:
        """`file:line`, as far as it is told."""
        file = one_line(self.file)
        return f"{file}:{self.line}" if file and self.line is not None else file


@dataclass(frozen=True, slots=True)
class Boundary:
    """A border between zones that trust each other differently."""

    name: str
    description: str = ""
    from_zone: str = ""
    to_zone: str = ""


@dataclass(frozen=True, slots=True)
class DataFlow:
    """A way that data take."""

    name: str
    description: str = ""
    source: str = ""
    sink: str = ""
    sensitive_data: str = ""


@dataclass(frozen=True, slots=True)
class ThreatModel:
    """The newest threat model of a scan.

    Attributes:
        version: counts the changes made by hand, on the server.
        is_edited: it was changed by hand.
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
        """Whether it says nothing at all: an answer that could not be used leaves it so."""
        return not (self.summary.strip() or self.surfaces or self.boundaries or self.flows)


@dataclass(frozen=True, slots=True)
class KeptThreatModel:
    """A threat model as the history keeps it.

    Attributes:
        read_at: when the server told it, aware UTC.
        trouble: why the server cannot be asked now; None where it has just been asked.
    """

    model: ThreatModel
    read_at: datetime
    trouble: HeimdallError | None = None


class Part(Enum):
    """The parts of a threat model in their order; the value is the heading."""

    SUMMARY = tr_noop("Summary")
    SURFACES = tr_noop("Attack surfaces")
    BOUNDARIES = tr_noop("Trust boundaries")
    FLOWS = tr_noop("Data flows")


def threat_model_text(model: ThreatModel) -> str:
    """Return all of a threat model as plain text, to be pasted somewhere."""
    summary = harmless(model.summary.strip())
    blocks = [summary] if summary else []
    surfaces = [_surface_text(surface) for surface in model.surfaces]
    boundaries = [_boundary_text(boundary) for boundary in model.boundaries]
    flows = [_flow_text(flow) for flow in model.flows]
    parts = ((Part.SURFACES, surfaces), (Part.BOUNDARIES, boundaries), (Part.FLOWS, flows))
    for part, texts in parts:
        if texts:
            blocks.append("\n".join([tr(part.value), *(f"- {text}" for text in texts)]))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def arrow(start: str, end: str) -> str:
    """Return "start → end" as far as both are told."""
    known = [text for text in (one_line(start), one_line(end)) if text]
    return " \u2192 ".join(known)


def _surface_text(surface: Surface) -> str:
    facts = (
        f"[{surface.risk_word}] {one_line(surface.name)}",
        one_line(surface.endpoint),
        surface.place,
        one_line(surface.description),
    )
    return _joined(facts)


def _boundary_text(boundary: Boundary) -> str:
    zones = arrow(boundary.from_zone, boundary.to_zone)
    return _joined((one_line(boundary.name), zones, one_line(boundary.description)))


def _flow_text(flow: DataFlow) -> str:
    sensitive = one_line(flow.sensitive_data)
    marked = tr("sensitive: {what}").format(what=sensitive) if sensitive else ""
    way = arrow(flow.source, flow.sink)
    return _joined((one_line(flow.name), way, marked, one_line(flow.description)))


def _joined(facts: tuple[str, ...]) -> str:
    return ", ".join(fact for fact in facts if fact)

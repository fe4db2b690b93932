"""A threat model as rows of a list: heads with their numbers, and one line for each thing."""

from dataclasses import dataclass

from heimdall_desktop.domain.facts.finding import Severity, one_line
from heimdall_desktop.domain.facts.threat_model import (
    Boundary,
    DataFlow,
    Part,
    Surface,
    ThreatModel,
    arrow,
)
from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.domain.words.shown_text import shown_text

TEXT_LIMIT = 20_000  # characters of a description that are laid out


@dataclass(frozen=True, slots=True)
class ThreatHead:
    """The line over a part of the model."""

    title: str
    count: int

    @property
    def sentence(self) -> str:
        """The head read aloud."""
        return f"{self.title}, {self.count}"


@dataclass(frozen=True, slots=True)
class ThreatRow:
    """One surface, boundary, data flow, or the summary.

    Attributes:
        name: what it is called.
        way: an endpoint, or from where to where.
        is_way_code: the way is set in the fixed-width font.
        description: in one line.
        severity, risk: how much a surface is at risk, as a shape and a word; None elsewhere.
        place: `file:line` of a surface.
        file: what findings can be filtered by; "" where nobody knows.
        note: what data are sensitive.
        details: all of it, line by line.
    """

    name: str
    way: str = ""
    is_way_code: bool = False
    description: str = ""
    severity: Severity | None = None
    risk: str = ""
    place: str = ""
    file: str = ""
    note: str = ""
    details: str = ""

    @property
    def sentence(self) -> str:
        """The row read aloud."""
        risk = tr("Risk {word}").format(word=self.risk.lower()) if self.risk else ""
        facts = (self.name, risk, self.way, self.note, self.place, self.description)
        return ". ".join(fact.rstrip(".") for fact in facts if fact) + "."


AnyRow = ThreatHead | ThreatRow


def threat_rows(model: ThreatModel) -> tuple[AnyRow, ...]:
    """Return the rows of a model; the worst surfaces first, else in the server's order."""
    rows: list[AnyRow] = []
    if model.summary.strip():
        summary = one_line(model.summary)
        details = shown_summary(model)
        rows.append(ThreatRow(tr(Part.SUMMARY.value), description=summary, details=details))
    surfaces = sorted(model.surfaces, key=lambda surface: surface.severity.rank)
    parts = (
        (Part.SURFACES, [_surface_row(surface) for surface in surfaces]),
        (Part.BOUNDARIES, [_boundary_row(boundary) for boundary in model.boundaries]),
        (Part.FLOWS, [_flow_row(flow) for flow in model.flows]),
    )
    for part, of_part in parts:
        if of_part:
            rows += [ThreatHead(tr(part.value), len(of_part)), *of_part]
    return tuple(rows)


def shown_summary(model: ThreatModel) -> str:
    """Return the summary of a model as it is laid out."""
    return shown_text(model.summary.strip(), TEXT_LIMIT)[0]


def _surface_row(surface: Surface) -> ThreatRow:
    told = (surface.risk, surface.endpoint, surface.place, surface.description)
    labels = (tr("Risk"), tr("Endpoint"), tr("Place"), "")
    return ThreatRow(
        name=_named(surface.name),
        way=one_line(surface.endpoint),
        is_way_code=True,
        description=one_line(surface.description),
        severity=surface.severity,
        risk=surface.risk_word,
        place=surface.place,
        file=surface.file.strip(),
        details=_details(surface.name, labels, told),
    )


def _boundary_row(boundary: Boundary) -> ThreatRow:
    zones = arrow(boundary.from_zone, boundary.to_zone)
    details = _details(boundary.name, (tr("Zones"), ""), (zones, boundary.description))
    description = one_line(boundary.description)
    return ThreatRow(_named(boundary.name), zones, description=description, details=details)


def _flow_row(flow: DataFlow) -> ThreatRow:
    way, sensitive = arrow(flow.source, flow.sink), one_line(flow.sensitive_data)
    labels = (tr("Way"), tr("Sensitive data"), "")
    return ThreatRow(
        name=_named(flow.name),
        way=way,
        description=one_line(flow.description),
        note=tr("sensitive: {what}").format(what=sensitive) if sensitive else "",
        details=_details(flow.name, labels, (way, flow.sensitive_data, flow.description)),
    )


def _named(name: str) -> str:
    return one_line(name) or tr("Without a name")


def _details(name: str, labels: tuple[str, ...], texts: tuple[str, ...]) -> str:
    lines = [_named(name)]
    for label, text in zip(labels, texts, strict=True):
        shown = shown_text(text.strip(), TEXT_LIMIT)[0]
        if shown:
            lines.append(f"{label}: {shown}" if label else shown)
    return "\n".join(lines)

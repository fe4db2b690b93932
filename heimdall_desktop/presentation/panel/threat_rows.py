"""A threat model as rows of a list: heads with their numbers, and one line for each thing."""

from enum import Enum
from itertools import chain

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Severity, one_line
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.stage import STAGE_NAMES, Stage, StageState
from heimdall_desktop.domain.facts.threat_model import Surface, ThreatModel
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import harmless, shown_text, word_of

RISK_WORD_LIMIT = 24  # a longer risk is a sentence, which is read with the description
TEXT_LIMIT = 20_000  # characters of a description that are laid out


class Part(Enum):
    """The parts of a threat model in their order; the value is the heading."""

    SUMMARY = tr_noop("Summary")
    SURFACES = tr_noop("Attack surfaces")
    BOUNDARIES = tr_noop("Trust boundaries")
    FLOWS = tr_noop("Data flows")


class ThreatHead(Struct, frozen=True):
    """The line above a part of the model."""

    title: str
    count: int

    @property
    def sentence(self) -> str:
        return f"{self.title}, {self.count}"


class ThreatRow(Struct, frozen=True):
    """One surface, boundary, data flow, or the summary.

    Attributes:
        way: an endpoint, or from where to where.
        is_way_code: the way is set in the fixed-width font.
        description: in one line.
        severity, risk: how much a surface is at risk, as a shape and a word; None elsewhere.
        place: `file:line` of a surface.
        file: the file to filter findings by; "" if unknown.
        note: which data are sensitive.
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
    for part, of_part in _parts(model).items():
        if of_part:
            of_part.sort(key=lambda row: row.severity.rank if row.severity else 0)
            rows += [ThreatHead(tr(part.value), len(of_part)), *of_part]
    return tuple(rows)


def _parts(model: ThreatModel) -> dict[Part, list[ThreatRow]]:
    """Return the rows of each part in the server's order."""
    surfaces, boundaries, flows = list[ThreatRow](), list[ThreatRow](), list[ThreatRow]()
    for surface in model.surfaces:
        names = (tr("Risk"), tr("Endpoint"), tr("Location"), "")
        texts = (surface.risk, surface.endpoint, surface.place, surface.description)
        row = ThreatRow(
            name=_named(surface.name),
            way=one_line(surface.endpoint),
            is_way_code=True,
            description=one_line(surface.description),
            severity=surface.severity,
            risk=risk_word(surface),
            place=surface.place,
            file=surface.file.strip(),
            details=_details(surface.name, names, texts),
        )
        surfaces.append(row)
    for boundary in model.boundaries:
        zones = arrow(boundary.from_zone, boundary.to_zone)
        details = _details(boundary.name, (tr("Zones"), ""), (zones, boundary.description))
        description = one_line(boundary.description)
        row = ThreatRow(_named(boundary.name), zones, description=description, details=details)
        boundaries.append(row)
    for flow in model.flows:
        way, sensitive = arrow(flow.source, flow.sink), one_line(flow.sensitive_data)
        row = ThreatRow(
            name=_named(flow.name),
            way=way,
            description=one_line(flow.description),
            note=tr("sensitive: {what}").format(what=sensitive) if sensitive else "",
            details=_details(
                flow.name,
                (tr("Path"), tr("Sensitive data"), ""),
                (way, flow.sensitive_data, flow.description),
            ),
        )
        flows.append(row)
    return {Part.SURFACES: surfaces, Part.BOUNDARIES: boundaries, Part.FLOWS: flows}


def shown_summary(model: ThreatModel) -> str:
    return shown_text(model.summary.strip(), TEXT_LIMIT)[0]


def risk_word(surface: Surface) -> str:
    """Return the risk in a word: ours if it matches one, else the server's if it is short."""
    if surface.severity is not Severity.OTHER:
        return word_of(surface.severity)
    text = one_line(surface.risk)
    return text if 0 < len(text) <= RISK_WORD_LIMIT else tr("Unknown")


def _named(name: str) -> str:
    return one_line(name) or tr("Unnamed")


def _details(name: str, labels: tuple[str, ...], texts: tuple[str, ...]) -> str:
    lines = [_named(name)]
    for label, text in zip(labels, texts, strict=True):
        shown = shown_text(text.strip(), TEXT_LIMIT)[0]
        if shown:
            lines.append(f"{label}: {shown}" if label else shown)
    return "\n".join(lines)


# -- the whole model as a text --


def threat_model_text(model: ThreatModel) -> str:
    """Return all of a threat model as plain text, to be pasted elsewhere."""
    summary = harmless(model.summary.strip())
    blocks = [summary] if summary else []
    names = chain(  # as sent: a row without a name has a word in its place
        (each.name for each in model.surfaces),
        (each.name for each in model.boundaries),
        (each.name for each in model.flows),
    )
    for part, rows in _parts(model).items():
        lines = [tr(part.value)]
        for row in rows:
            name = one_line(next(names))
            facts = (
                f"[{row.risk}] {name}" if row.risk else name,
                row.way,
                row.note,
                row.place,
                row.description,
            )
            lines.append(f"- {', '.join(filter(None, facts))}")
        if rows:
            blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def arrow(start: str, end: str) -> str:
    known = [text for text in (one_line(start), one_line(end)) if text]
    return " \u2192 ".join(known)


# -- why there is none --


MAKER = "tyr"
"""The stage that makes the threat model. Source: protocol.md 4.11."""


def making_stage(scan: Scan) -> Stage:
    return scan.stages[STAGE_NAMES.index(MAKER)]


def why_absent(scan: Scan) -> tuple[str, str]:
    """Return fact and consequence if the server has no threat model of a scan."""
    stage = making_stage(scan)
    match stage.state:
        case StageState.FAILED:
            return tr("Tyr failed before a threat model was stored."), one_line(stage.error or "")
        case StageState.SKIPPED:
            return tr("Tyr was skipped, so there is no threat model."), one_line(stage.error or "")
        case StageState.COMPLETED:
            return tr("No threat model is stored."), tr("Tyr finished without one.")
        case _ if not scan.is_live:
            return tr("The scan ended before Tyr created a threat model."), ""
        case StageState.RUNNING:
            consequence = tr("Tyr (stage 2 of 9) creates it and is running.")
        case _:
            consequence = tr("Tyr (stage 2 of 9) creates it and hasn't started.")
    return tr("The threat model hasn't been stored yet."), consequence

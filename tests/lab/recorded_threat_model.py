"""Draws the threat model of a recording: the shop as it is, and surfaces that findings are in."""

from collections.abc import Sequence

from heimdall_desktop.local.rows import Json
from heimdall_desktop.local.steps import ThreatModelDrawn
from tests.lab.catalogue_reader import read_threat_model
from tests.lab.recorded_findings import Recorded

_MOST_SURFACES = 9


def recorded_threat_model(findings: Sequence[Recorded]) -> ThreatModelDrawn:
    """Draw it from what will be found at its surfaces, spread over all kinds of them.

    Source of the elements' keys: heimdall-api.md §4.11.
    """
    shop = read_threat_model()
    exposed = [one for one in findings if one.exposure]
    step = max(1, -(-len(exposed) // _MOST_SURFACES))
    return ThreatModelDrawn(
        shop.summary,
        shop.boundaries,
        tuple(_surface(one) for one in exposed[::step]),
        shop.data_flows,
    )


def _surface(recorded: Recorded) -> Json:
    finding = recorded.finding
    return {
        "name": recorded.task,
        "description": recorded.exposure,
        "endpoint": recorded.endpoint,
        "file": finding.file_path,
        "line": finding.line_start,
        "risk_level": finding.severity,
    }

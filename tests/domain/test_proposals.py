"""What makes a proposal only probable, and that each doubt is named."""

from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity, Source
from heimdall_desktop.domain.proposals import Candidate, Certainty, Doubt, Proposal, propose
from heimdall_desktop.presentation.proposal_text import why_probable
from tests.fakes.findings import make_finding
from tests.fakes.proposals import DECIDED_AT, make_earlier


def proposed(row: Finding, **overrides: Any) -> Proposal:
    """Return what is proposed for a row by one earlier decision, which is exact and medium."""
    fields: dict[str, Any] = {
        "status": FindingStatus.DISMISSED,
        "severity": None,
        "reason": None,
        "text": "",
        "was": Severity.MEDIUM,
        "was_proven": False,
        "at": DECIDED_AT,
        "is_exact": True,
        "earlier": make_earlier(),
    }
    found = propose(row, [Candidate(**fields | overrides)])
    assert found is not None
    return found[0]


def row(**overrides: Any) -> Finding:
    fields = {"source": Source.STATIC, "severity": Severity.MEDIUM, "poc_validated": False}
    return make_finding(1, **fields | overrides)


@pytest.mark.parametrize(
    ("later", "earlier", "doubts"),
    [
        ({}, {}, ()),
        ({"severity": Severity.LOW}, {}, ()),
        ({"severity": Severity.HIGH}, {}, (Doubt.RAISED,)),
        ({"poc_validated": True}, {}, (Doubt.PROVEN,)),
        ({"poc_validated": True}, {"was_proven": True}, ()),
        ({"source": Source.AI}, {}, (Doubt.MODEL,)),
        ({"source": Source.AI}, {"is_exact": False}, (Doubt.MODEL,)),
        ({}, {"is_exact": False}, (Doubt.MATCH,)),
        (
            {"severity": Severity.CRITICAL, "poc_validated": True},
            {"is_exact": False},
            (Doubt.RAISED, Doubt.PROVEN, Doubt.MATCH),
        ),
    ],
)
def test_a_doubt_makes_it_probable_and_is_named(
    later: dict[str, Any], earlier: dict[str, Any], doubts: tuple[Doubt, ...]
) -> None:
    proposal = proposed(row(**later), **earlier)
    assert proposal.doubts == doubts
    assert proposal.certainty is (Certainty.PROBABLE if doubts else Certainty.CERTAIN)
    assert why_probable(proposal).count(".") == len(doubts) + (Doubt.MATCH in doubts)
    assert ("rates it higher" in why_probable(proposal)) is (Doubt.RAISED in doubts)

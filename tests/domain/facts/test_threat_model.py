"""A risk is read out of free text, and all of a model can be pasted as text."""

import pytest

from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.domain.facts.threat_model import Surface, ThreatModel
from heimdall_desktop.presentation.panel.threat_rows import risk_word, threat_model_text
from tests.fakes.threat_models import small_model

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


@pytest.mark.parametrize(
    ("risk", "severity", "word"),
    [
        ("high", Severity.HIGH, "High"),
        ("HIGH - reachable by everybody", Severity.HIGH, "High"),
        ("Moderate", Severity.MEDIUM, "Medium"),
        ("severe", Severity.CRITICAL, "Critical"),
        ("unclear", Severity.OTHER, "unclear"),
        ("", Severity.OTHER, "Unknown"),
        ("nobody can say how much this really matters", Severity.OTHER, "Unknown"),
        ("\u202ehg", Severity.OTHER, "\ufffdhg"),
    ],
)
def test_risk_words(risk: str, severity: Severity, word: str) -> None:
    surface = Surface("x", risk=risk)
    assert (surface.severity, risk_word(surface)) == (severity, word)


def test_all_of_it_as_text() -> None:
    assert threat_model_text(small_model(SCAN)) == (
        "Shop with a public API.\nPayments are handed on to a provider.\n\n"
        "Attack surfaces\n"
        "- [Low] Health page, GET /health, Tells the version\n"
        "- [High] Order search, GET /orders, shop/api/orders.py:80, Free text query\n"
        "- [who knows] Import, shop/a b(1).py, Reads archives\n\n"
        "Trust boundaries\n- Internet to API, internet \u2192 api, Unauthenticated callers\n\n"
        "Data flows\n"
        "- Card data, browser \u2192 payment provider, sensitive: PAN, Checkout\n"
    )


def test_an_empty_one_is_empty() -> None:
    model = ThreatModel(SCAN, " \n")
    assert model.is_empty
    assert threat_model_text(model) == ""
    assert not small_model(SCAN).is_empty

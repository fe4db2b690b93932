"""A threat model reads as rows: the worst surfaces first, each as one sentence."""

from collections.abc import Callable

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.domain.facts.threat_model import Surface, ThreatModel
from heimdall_desktop.presentation.panel.threat_rows import (
    ThreatHead,
    ThreatRow,
    risk_word,
    threat_model_text,
    threat_rows,
    why_absent,
)
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.threat_models import small_model

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


def test_each_row_is_a_sentence() -> None:
    assert [row.sentence for row in threat_rows(small_model(SCAN))] == [
        "Summary. Shop with a public API. Payments are handed on to a provider.",
        "Attack surfaces, 3",
        "Order search. Risk high. GET /orders. shop/api/orders.py:80. Free text query.",
        "Health page. Risk low. GET /health. Tells the version.",
        "Import. Risk who knows. shop/a b(1).py. Reads archives.",
        "Trust boundaries, 1",
        "Internet to API. internet \u2192 api. Unauthenticated callers.",
        "Data flows, 1",
        "Card data. browser \u2192 payment provider. sensitive: PAN. Checkout.",
    ]


def test_parts_without_anything_have_no_head() -> None:
    rows = threat_rows(ThreatModel(SCAN, "Only words."))
    assert not any(isinstance(row, ThreatHead) for row in rows)


def test_hostile_text_stays_one_harmless_line() -> None:
    nasty = "<b>bold</b>\n\x1b[31m\u202ered"
    surface = Surface(nasty, nasty, nasty, nasty, 3, nasty)
    (_head, row) = threat_rows(ThreatModel(SCAN, surfaces=(surface,)))
    assert isinstance(row, ThreatRow)
    shown = (row.name, row.way, row.description, row.place, row.risk)
    assert all(text.isprintable() for text in shown)
    assert "\x1b" not in row.details
    assert "\u202e" not in row.details


def test_details_hold_what_a_line_cannot_and_a_missing_name_is_said() -> None:
    surfaces = (Surface("Import", "One.\nTwo.", risk="High, because"), Surface(""))
    (_head, row, unnamed) = threat_rows(ThreatModel(SCAN, surfaces=surfaces))
    assert isinstance(row, ThreatRow)
    assert row.details == "Import\nRisk: High, because\nOne.\nTwo."
    assert unnamed.sentence == "Unnamed. Risk unknown."


# -- without a threat model, the row says why --


ABSENT = "The threat model hasn't been stored yet."


@pytest.mark.parametrize(
    ("happens", "fact", "consequence"),
    [
        (lambda story: story.run([], 3), ABSENT,
         "Tyr (stage 2 of 9) creates it and hasn't started."),
        (lambda story: story.run([3], 3), ABSENT,
         "Tyr (stage 2 of 9) creates it and is running."),
        (lambda story: story.run([3, 4], 3), "No threat model is stored.",
         "Tyr finished without one."),
        (lambda story: story.run([3], 4, end="failed", status="failed", error="no\nmodel"),
         "Tyr failed before a threat model was stored.", "no model"),
        (lambda story: story.run([3, 4], 3, skipped=["tyr"]),
         "Tyr was skipped, so there is no threat model.", ""),
        (lambda story: story.run([], 3, end="cancelled", status="cancelled"),
         "The scan ended before Tyr created a threat model.", ""),
    ],
)  # fmt: skip
def test_why_there_is_none(
    happens: Callable[[ScanStory], ScanStory], fact: str, consequence: str
) -> None:
    story = happens(ScanStory(Store(), FakeTime(), "shop"))
    assert why_absent(story.scan) == (fact, consequence)


# -- a risk is read from free text, and the whole model can be copied as text --


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

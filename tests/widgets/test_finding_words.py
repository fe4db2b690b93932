"""What is said of a finding."""

from typing import Any

import pytest

from heimdall_desktop.domain.finding import Confidence, FindingStatus, Severity, Source
from heimdall_desktop.widgets.finding_words import (
    cwe_address,
    event_change,
    event_heading,
    field_rows,
    line_range,
    verdict_words,
)
from tests.fakes.findings import make_event, make_finding


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({}, ("Unverified.", "No check has confirmed or refuted it yet.")),
        ({"status": FindingStatus.FIXED}, ("Unverified.", "Marked as fixed.")),
        ({"status": FindingStatus.CONFIRMED}, ("Confirmed.", "Its status says so.")),
        ({"poc_validated": True}, ("Confirmed.", "The proof of concept succeeded.")),
        ({"confidence": Confidence.HIGH}, ("Confirmed.", "Confidence is high.")),
        (
            {"source": Source.STATIC, "confidence": Confidence.HIGH, "has_risen": True},
            ("Confirmed.", "Confidence rose to high."),
        ),
        (
            {"status": FindingStatus.FALSE_POSITIVE},
            ("Withdrawn.", "Marked as a false positive, was high."),
        ),
        (
            {"status": FindingStatus.DISMISSED, "severity": Severity.CRITICAL},
            ("Dismissed.", "Taken off the list by a person, was critical."),
        ),
    ],
)
def test_the_verdict_says_what_it_rests_on(
    overrides: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert verdict_words(make_finding(**overrides)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CWE-89: SQL injection", "https://cwe.mitre.org/data/definitions/89.html"),
        ("cwe-089", "https://cwe.mitre.org/data/definitions/89.html"),
        ("89", ""),
        ("javascript:alert(1)", ""),
        (None, ""),
    ],
)
def test_only_a_real_weakness_has_an_address(text: str | None, expected: str) -> None:
    assert cwe_address(make_finding(cwe_text=text)) == expected


def test_lines_are_in_order_even_if_the_servers_are_not() -> None:
    assert line_range(make_finding(line_start=92, line_end=88)) == "88\u201392"
    assert line_range(make_finding(line_start=9, line_end=None)) == "9"


def test_fields_without_a_value_are_left_out() -> None:
    labels = [label for label, _ in field_rows(make_finding(), "payments-api")]
    assert "CVE" not in labels
    assert {"Fingerprint", "Finding id", "Scan id", "Repository id", "Scan"} <= set(labels)


def test_fields_hold_the_servers_own_words() -> None:
    finding = make_finding(severity=Severity.OTHER, severity_text="apocalyptic", cve_id="CVE-1")
    rows = dict(field_rows(finding, ""))
    assert (rows["Severity"], rows["CVE"]) == ("apocalyptic", "CVE-1")


def test_a_change_shows_both_values() -> None:
    event = make_event(event_type="status_change", old_value="open", new_value="false_positive")
    assert event_heading(event) == "Status"
    assert event_change(event) == "open \u2192 false positive"


def test_an_unknown_kind_of_entry_still_has_a_heading() -> None:
    event = make_event(event_type="moon_phase_seen", old_value=None, new_value=None)
    assert (event_heading(event), event_change(event)) == ("Moon phase seen", "")


def test_a_value_that_was_not_there_is_named() -> None:
    assert event_change(make_event(old_value=None, new_value="low")) == "none \u2192 low"

"""What is said of a finding."""

import pytest

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.widgets.detail.history_view import (
    cwe_address,
    field_rows,
    line_range,
)
from tests.fakes.findings import make_finding


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
    assert {"Fingerprint", "Finding ID", "Scan ID", "Repository ID", "Scan"} <= set(labels)


def test_fields_hold_the_servers_own_words() -> None:
    finding = make_finding(severity=Severity.OTHER, severity_text="apocalyptic", cve_id="CVE-1")
    rows = dict(field_rows(finding, ""))
    assert (rows["Severity"], rows["CVE"]) == ("apocalyptic", "CVE-1")

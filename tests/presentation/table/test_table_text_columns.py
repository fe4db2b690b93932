"""Cells say their words, and a row is one sentence."""

from datetime import UTC, datetime
from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import Confidence, FindingStatus, Severity, Source
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.presentation.table.table_text import COLUMN_SPECS, cell_text, row_sentence
from tests.fakes.findings import SCAN_ID, make_finding

NAMES = {SCAN_ID: "payments-api"}
NOW = datetime(2026, 7, 4, 12).astimezone(UTC)


def test_every_column_has_its_heading_its_text_and_its_width() -> None:
    assert COLUMN_SPECS.keys() == set(Column)
    assert all(spec.title and spec.width_px >= 40 for spec in COLUMN_SPECS.values())


def test_what_an_announcement_does_not_tell_is_unknown() -> None:
    row = texts(is_announced=True, file_path="")
    assert row[2] == "location unknown"
    assert [row[4], *row[5:8]] == ["unknown"] * 4


def texts(**fields: Any) -> list[str]:
    finding = make_finding(**fields)
    return [cell_text(column, finding, NAMES, NOW) for column in COLUMNS]


def test_a_row_says_its_words() -> None:
    seen = datetime(2026, 7, 4, 14, 1).astimezone()
    assert texts(cwe_text="CWE-89: Injection", created_at=seen) == [
        "High",
        "SQL built from request parameter in order search",
        "shop/api/orders.py:88",
        "payments-api",
        "AI",
        "CWE-89",
        "Medium",
        "Open",
        "14:01",
    ]


def test_unknown_words_are_shown_as_sent() -> None:
    row = texts(
        severity=Severity.OTHER,
        severity_text="no\ntice",
        status=FindingStatus.OTHER,
        status_text="in_review",
        source=Source.OTHER,
        source_text="",
        confidence=Confidence.OTHER,
        confidence_text="certain",
    )
    assert row[0] == "No tice"
    assert row[4] == "Other"
    assert row[6:8] == ["Certain", "In review"]


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 7, 4, 9, 5), "09:05"),
        (datetime(2026, 7, 3, 23, 59), "3 Jul"),
        (datetime(2026, 2, 3, 9, 5), "3 Feb"),
        (datetime(2025, 7, 4, 9, 5), "Jul 2025"),
    ],
)
def test_moments_of_other_days_show_their_day(at: datetime, text: str) -> None:
    assert texts(created_at=at.astimezone(UTC))[COLUMNS.index(Column.FIRST_SEEN)] == text


def test_a_row_is_one_sentence() -> None:
    finding = make_finding(severity=Severity.CRITICAL, title="SQL injection.")
    assert row_sentence(finding, NAMES) == (
        "Critical, unverified. SQL injection. orders.py, line 88. Open. payments-api."
    )
    assert "No file" in row_sentence(make_finding(file_path=""), {})

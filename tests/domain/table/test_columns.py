"""Cells say what people read, and rows sort as people expect."""

from datetime import UTC, datetime
from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import Confidence, FindingStatus, Severity, Source
from heimdall_desktop.domain.table.columns import (
    COLUMNS,
    Column,
    cell_text,
    column_key,
    row_sentence,
)
from tests.fakes.findings import SCAN_ID, make_finding

NAMES = {SCAN_ID: "payments-api"}
NOW = datetime(2026, 7, 4, 12).astimezone(UTC)


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


@pytest.mark.parametrize(
    ("column", "lesser", "greater"),
    [
        (Column.SEVERITY, {"severity": Severity.OTHER}, {"severity": Severity.CRITICAL}),
        (Column.FINDING, {"title": "a"}, {"title": "B"}),
        (
            Column.LOCATION,
            {"file_path": "a", "line_start": 9},
            {"file_path": "a", "line_start": 10},
        ),
        (Column.SOURCE, {"source": Source.AI}, {"source": Source.STATIC}),
        (Column.CWE, {"cwe_text": None}, {"cwe_text": "CWE-9"}),
        (Column.CWE, {"cwe_text": "CWE-9"}, {"cwe_text": "CWE-10"}),
        (Column.CONFIDENCE, {"confidence": Confidence.LOW}, {"confidence": Confidence.HIGH}),
        (Column.STATUS, {"status": FindingStatus.OPEN}, {"status": FindingStatus.FIXED}),
        (Column.SCAN, {"scan_id": "x"}, {"scan_id": SCAN_ID}),
    ],
)
def test_columns_sort_by_meaning(
    column: Column, lesser: dict[str, object], greater: dict[str, object]
) -> None:
    key = column_key(column, NAMES)
    assert (key(make_finding(2, **lesser)),) < (key(make_finding(1, **greater)),)

"""Heads of groups and gaps say what they are, and there are views to begin with."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    Finding,
    FindingStatus,
    ScanId,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.observation import Gap
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GROUP_KEYS, Group, GroupBy
from heimdall_desktop.domain.table.order import USUAL_COLUMNS, Column
from heimdall_desktop.domain.table.ordered_rows import GapRow
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.presentation import table_text
from heimdall_desktop.presentation.time_text import second_text
from tests.fakes.findings import FOUND_AT, SCAN_ID, make_finding

NAMES = {SCAN_ID: "payments-api"}


def group(by: GroupBy, *rows: Finding) -> Group:
    return Group(by, GROUP_KEYS[by](rows[0]), list(rows))


def gap(began_s: float, ended_s: float, *, is_lag: bool = False) -> GapRow:
    began, ended = FOUND_AT + timedelta(seconds=began_s), FOUND_AT + timedelta(seconds=ended_s)
    return GapRow(SCAN_ID, Gap(began, ended, is_lag))


def test_every_way_to_arrange_the_table_has_a_name() -> None:
    assert table_text.GROUP_TITLES.keys() == table_text.GROUP_COMMANDS.keys() == set(GroupBy)
    assert table_text.DENSITY_TITLES.keys() == table_text.DENSITY_COMMANDS.keys() == set(Density)


def test_the_first_views_ask_for_something() -> None:
    assert [view.name for view in table_text.first_views()] == [
        "Open critical and high",
        "New",
        "Confirmed",
        "With a fix",
        "Disagreements",
    ]
    assert all(parse_filter(view.text) != Filter() for view in table_text.first_views())


@pytest.mark.parametrize(
    ("by", "fields", "title"),
    [
        (GroupBy.FILE, {}, "orders.py"),
        (GroupBy.FILE, {"file_path": ""}, "No file"),
        (GroupBy.CWE, {"cwe_text": "CWE-89: Injection"}, "CWE-89"),
        (GroupBy.CWE, {"cwe_text": None}, "No CWE"),
        (GroupBy.SOURCE, {"source": Source.OTHER, "source_text": "fuzzer"}, "Fuzzer"),
        (GroupBy.SCAN, {}, "payments-api"),
        (GroupBy.SCAN, {"scan_id": ScanId("0123456789")}, "01234567"),
        (GroupBy.FINGERPRINT, {"fingerprint": "taint-0123456789"}, "taint-012345"),
        (GroupBy.FINGERPRINT, {"fingerprint": ""}, "No fingerprint"),
    ],
)
def test_a_group_is_called_by_what_its_findings_share(
    by: GroupBy, fields: dict[str, object], title: str
) -> None:
    assert table_text.group_title(group(by, make_finding(1, **fields)), NAMES) == title


def test_a_file_is_noted_with_its_folder_and_its_scan() -> None:
    files = group(GroupBy.FILE, make_finding(1))
    assert table_text.group_note(files, NAMES, has_many_scans=True) == "shop/api  payments-api"


def test_a_group_is_read_as_one_sentence() -> None:
    rows = [make_finding(n, severity=severity) for n, severity in enumerate(Severity)]
    files = group(GroupBy.FILE, *rows, make_finding(9, severity=Severity.CRITICAL))
    assert table_text.group_sentence(files, NAMES, has_many_scans=False) == (
        "Group orders.py. shop/api. 6 findings: 2 critical, 1 high, 1 medium, 1 low, 1 other. Open."
    )
    files.is_open = False
    assert files.size == 1
    assert table_text.group_sentence(files, NAMES, has_many_scans=False).endswith("Closed.")


def test_a_group_counts_what_is_withdrawn_apart() -> None:
    withdrawn = make_finding(2, severity=Severity.CRITICAL, status=FindingStatus.DISMISSED)
    files = group(GroupBy.FILE, make_finding(1, severity=Severity.CRITICAL), withdrawn)
    reported = "2 findings, 1 withdrawn: 1 critical"
    assert reported in table_text.group_sentence(files, NAMES, has_many_scans=False)


BEGAN, ENDED = (second_text(FOUND_AT + timedelta(seconds=s)) for s in (10, 151))
NOW_S = second_text(FOUND_AT)


@pytest.mark.parametrize(
    ("row", "is_named", "fact", "consequence"),
    [
        (gap(10, 151), False, f"Not connected from {BEGAN} to {ENDED}.",
         "Anything announced during that time is lost."),
        (gap(10, 151), True, f"partner-portal: not connected from {BEGAN} to {ENDED}.",
         "Anything announced during that time is lost."),
        (gap(0, 0), False, f"Not connected since {NOW_S}.",
         "Anything announced in the meantime is lost."),
        (gap(0, 0, is_lag=True), False, f"The server dropped events at {NOW_S}.",
         "Anything they announced is lost."),
    ],
)  # fmt: skip
def test_a_gap_says_from_when_to_when_and_what_is_lost(
    row: GapRow, is_named: bool, fact: str, consequence: str
) -> None:
    names = {SCAN_ID: "partner-portal"}
    assert table_text.gap_text(row, names, FOUND_AT, has_many_scans=is_named) == fact
    assert table_text.gap_consequence(row) == consequence


def test_a_gap_of_another_day_names_the_day_once() -> None:
    now = FOUND_AT + timedelta(days=3)
    began = second_text(FOUND_AT + timedelta(seconds=10), now)
    words = table_text.gap_text(gap(10, 151), {}, now, has_many_scans=False)
    assert words == f"Not connected from {began} to {ENDED}."
    assert began != BEGAN


# -- cells say their words, and a row is one sentence --


NOW = datetime(2026, 7, 4, 12).astimezone(UTC)


def test_every_column_has_its_heading_its_text_and_its_width() -> None:
    assert table_text.COLUMN_SPECS.keys() == set(Column)
    for column, spec in table_text.COLUMN_SPECS.items():
        assert spec.title
        assert spec.width_px >= 40
        assert bool(spec.explanation) is not column.spec.is_fixed, "the settings say what it shows"


def test_what_an_announcement_does_not_tell_is_unknown() -> None:
    row = texts(is_announced=True, file_path="")
    assert row[2] == "location unknown"
    assert [row[4], *row[5:8]] == ["unknown"] * 4


def texts(**fields: Any) -> list[str]:
    finding = make_finding(**fields)
    return [table_text.COLUMN_SPECS[column].cell(finding, NAMES, NOW) for column in USUAL_COLUMNS]


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
    assert texts(created_at=at.astimezone(UTC))[USUAL_COLUMNS.index(Column.FIRST_SEEN)] == text


def test_a_row_is_one_sentence() -> None:
    finding = make_finding(severity=Severity.CRITICAL, title="SQL injection.")
    assert table_text.row_sentence(finding, NAMES) == (
        "Critical, unverified. SQL injection. orders.py, line 88. Open. payments-api."
    )
    assert "No file" in table_text.row_sentence(make_finding(file_path=""), {})

"""Rows sort by what a column means."""

import pytest

from heimdall_desktop.domain.facts.finding import Confidence, FindingStatus, Severity, Source
from heimdall_desktop.domain.table.order import (
    Column,
    column_key,
)
from tests.fakes.findings import SCAN_ID, make_finding

NAMES = {SCAN_ID: "payments-api"}


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
        (Column.SOURCE, {"source": Source.OTHER, "source_text": "fuzz"}, {"source": Source.STATIC}),
        (Column.SOURCE, {"source": Source.STATIC}, {"is_announced": True}),
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

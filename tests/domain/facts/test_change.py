"""Changes are kept by what they are about."""

from datetime import UTC, datetime

from heimdall_desktop.domain.facts.change import (
    ActivityAdded,
    ConnectionMoved,
    FindingAdded,
    FindingReplaced,
    ScanAdded,
    ScanMoved,
    ScanRemoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Activity
from tests.fakes.findings import make_finding

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
OTHER = ScanId("00000000-2f0e-4a0c-9a77-6a3c1b0d4e21")
KINDS = (ScanAdded, ScanRemoved, ScanMoved, StagesMoved, ConnectionMoved)


def test_no_kind_hides_another_and_no_scan_another() -> None:
    keys = {kind(scan_id).key for kind in KINDS for scan_id in (SCAN, OTHER)}
    assert len(keys) == 2 * len(KINDS)


def test_an_addition_and_a_replacement_of_one_finding_share_their_key() -> None:
    finding = make_finding(1)
    assert FindingAdded(finding).key == FindingReplaced(finding, finding).key
    assert FindingAdded(finding).key != FindingAdded(make_finding(2)).key


def test_each_line_of_the_log_counts() -> None:
    at = datetime(2026, 7, 4, tzinfo=UTC)
    lines = [
        Activity(key, "task", "active", "running", None, None, "", None, None, at) for key in "ab"
    ]
    assert len({ActivityAdded(SCAN, line).key for line in lines}) == 2


def test_lines_of_two_scans_may_have_the_same_key() -> None:
    line = Activity(
        "1",
        "task",
        "active",
        "running",
        None,
        None,
        "",
        None,
        None,
        datetime(2026, 7, 4, tzinfo=UTC),
    )
    assert ActivityAdded(SCAN, line).key != ActivityAdded(OTHER, line).key

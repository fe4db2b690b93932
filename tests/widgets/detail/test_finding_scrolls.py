"""Positions of pages are kept by finding, and leave with their scan."""

from heimdall_desktop.widgets.detail.finding_scrolls import FindingScrolls
from tests.fakes.findings import SCAN_ID, make_finding


def test_each_finding_and_page_has_its_own_position() -> None:
    scrolls = FindingScrolls()
    scrolls.keep(make_finding(1), "evidence", 120)
    assert scrolls.position_px(make_finding(1), "evidence") == 120
    assert scrolls.position_px(make_finding(1), "fix") == 0
    assert scrolls.position_px(make_finding(2), "evidence") == 0


def test_a_newer_row_stands_as_the_older_one_does() -> None:
    scrolls = FindingScrolls()
    scrolls.keep(make_finding(1), "evidence", 120)
    scrolls.stand_in(make_finding(2), make_finding(1))
    assert scrolls.position_px(make_finding(2), "evidence") == 120


def test_a_scan_that_left_leaves_nothing() -> None:
    scrolls = FindingScrolls()
    scrolls.keep(make_finding(1), "evidence", 120)
    scrolls.forget(SCAN_ID)
    assert scrolls.position_px(make_finding(1), "evidence") == 0

"""The moment of an end: exact only where the server gives one."""

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.board.card_words import end_text, ended_at
from heimdall_desktop.presentation.time_text import day_text
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.findings import SCAN_ID


def test_success_has_a_moment_of_its_own() -> None:
    time = FakeTime()
    story = ScanStory(Store(), time, "shop").read("completed", began_s=90, ended_s=30)
    assert end_text(story.scan, time.at) == day_text(story.scan.completed_at or time.at, time.at)


def test_t37_other_ends_are_told_by_the_last_change_as_about_then() -> None:
    time = FakeTime()
    story = ScanStory(Store(), time, "shop").read("failed", began_s=90)
    assert ended_at(story.scan) == story.scan.updated_at
    assert end_text(story.scan, time.at) == f"≈ {day_text(time.at, time.at)}"


def test_a_scan_nobody_has_read_has_no_end() -> None:
    scan = Scan(SCAN_ID, server_url("http://127.0.0.1:8080"))
    assert end_text(scan, FakeTime().at) == ""

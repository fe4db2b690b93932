"""Where there is no threat model, its maker says why."""

import pytest

from heimdall_desktop.application.store import Store
from heimdall_desktop.presentation.panel.threat_rows import why_absent
from tests.fakes.board_scans import FakeTime, ScanStory


@pytest.fixture
def story() -> ScanStory:
    return ScanStory(Store(), FakeTime(), "shop")


def test_before_tyr_has_ended(story: ScanStory) -> None:
    assert why_absent(story.run([], 3).scan) == (
        "The threat model hasn't been stored yet.",
        "Tyr (stage 2 of 9) creates it and hasn't started.",
    )
    assert why_absent(story.run([3], 3).scan)[1] == "Tyr (stage 2 of 9) creates it and is running."


def test_after_it(story: ScanStory) -> None:
    assert why_absent(story.run([3, 4], 3).scan) == (
        "No threat model is stored.",
        "Tyr finished without one.",
    )


def test_where_it_did_not_do_it(story: ScanStory) -> None:
    story.run([3], 4, end="failed", status="failed", error="no\nmodel")
    assert why_absent(story.scan) == ("Tyr failed before a threat model was stored.", "no model")


def test_where_it_was_left_out_or_never_came_to_it(story: ScanStory) -> None:
    assert why_absent(story.run([3, 4], 3, skipped=["tyr"]).scan)[0].startswith("Tyr was skipped")
    story = ScanStory(Store(), FakeTime(), "other").run([], 3, end="cancelled", status="cancelled")
    assert why_absent(story.scan)[0] == "The scan ended before Tyr created a threat model."

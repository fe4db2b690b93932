"""Lines of the log are written once, chosen by stage and trouble, and found by a text."""

import pytest

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.observation import Counts, LiveRead
from heimdall_desktop.domain.panel.log_lines import LogBook, LogFilter, LogSign, log_lines, matching
from heimdall_desktop.domain.stages.stage_looks import notes_of
from tests.fakes.board_scans import FakeTime, ScanStory


class Fixture:
    """A scan in tyr with some lines."""

    def __init__(self) -> None:
        self.store = Store()
        self.story = ScanStory(self.store, FakeTime(), "shop").run([30], 50)
        line = self.story.line
        self.story.log(
            line("Index built", stage="ingest", ago_s=60),
            line("Rules loaded", "two left out", stage="tyr", status="completed_with_errors",
                 ago_s=20),
            line("Reading", stage="tyr", task="read", status="running", ago_s=10),
        )  # fmt: skip

    def fall_back(self, ago_s: float | None = 15.0) -> None:
        """Tell, as generation C does, that another provider is in use."""
        scan, at = self.story.scan, self.story.time.at
        self.store.observe(
            LiveRead(
                scan.id,
                self.story.asked_s(),
                "modeling",
                None,
                at,
                Counts(),
                scan.stage_rows,
                (),
                "Spare model: the first did not answer",
                None if ago_s is None else self.story._ago(ago_s),
            )
        )


@pytest.fixture
def shown() -> Fixture:
    return Fixture()


def titles(shown: Fixture) -> list[str]:
    return [line.title for line in log_lines(shown.story.scan)]


def test_the_same_lines_are_the_same_values(shown: Fixture) -> None:
    book = LogBook(shown.story.scan)
    first = book.lines()
    assert book.lines() is first
    shown.story.log(shown.story.line("More", stage="tyr"))
    assert book.lines()[1:] == first
    assert book.lines()[3] is first[2]


def test_lines_are_chosen_by_stage_and_trouble(shown: Fixture) -> None:
    lines = log_lines(shown.story.scan)
    assert [line.title for line in lines if LogFilter("ingest").takes(line)] == ["Index built"]
    only = LogFilter(is_problems_only=True)
    assert [line.title for line in lines if only.takes(line)] == ["Rules loaded"]
    assert not any(LogFilter("ingest", is_problems_only=True).takes(line) for line in lines)
    assert LogFilter().is_empty


def test_a_text_is_found_in_every_part_and_any_case(shown: Fixture) -> None:
    lines = log_lines(shown.story.scan)
    assert matching(lines, "LEFT OUT") == (1,)
    assert matching(lines, "tyr") == (0, 1)
    assert matching(lines, " ") == ()
    assert matching(lines, "nowhere") == ()


def test_another_provider_is_a_line_and_a_warning_of_its_stage(shown: Fixture) -> None:
    shown.fall_back()
    assert titles(shown) == ["Reading", "AI provider switched", "Rules loaded", "Index built"]
    line = log_lines(shown.story.scan)[1]
    assert (line.sign, line.stage) == (LogSign.WARNING, "Tyr")
    assert line.detail == "Spare model: the first did not answer"
    assert notes_of(shown.story.scan).warned["tyr"] == "provider switched"


def test_a_switch_the_log_tells_itself_is_told_once(shown: Fixture) -> None:
    row = shown.story.line("AI provider switched", stage="tyr", event_type="provider_fallback")
    shown.story.log(row)
    shown.fall_back()
    assert titles(shown).count("AI provider switched") == 1
    assert notes_of(shown.story.scan).warned["tyr"] == "provider switched"


def test_the_start_of_an_attempt_is_no_task_that_runs(shown: Fixture) -> None:
    story = ScanStory(Store(), FakeTime(), "shop").run([30], 50)
    story.log(story.line("Scan started", stage=None, task="scan-start", status="running"))
    assert log_lines(story.scan)[0].sign is LogSign.STARTED
    assert story.scan.current_task is None

"""Lines of the log are written once, chosen by stage and problem, and found by a text."""

from datetime import timedelta

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.activity_log import MOST_ROWS
from heimdall_desktop.domain.facts.finding import FindingStatus
from heimdall_desktop.domain.facts.observation import Counts, LiveRead
from heimdall_desktop.domain.stages.stage_display import notes_of
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.presentation.panel.log_lines import (
    LogBook,
    LogFilter,
    LogLine,
    LogMark,
    matching,
    task_text,
)
from tests.fakes.board_scans import FakeTime, ScanStory, leave_not_scanned
from tests.fakes.findings import make_finding


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


def lines_of(story: ScanStory) -> tuple[LogLine, ...]:
    return LogBook(story.scan).lines()


def titles(shown: Fixture) -> list[str]:
    return [line.title for line in lines_of(shown.story)]


def test_the_same_lines_are_the_same_values(shown: Fixture) -> None:
    book = LogBook(shown.story.scan)
    first = book.lines()
    assert book.lines() is first
    shown.story.log(shown.story.line("More", stage="tyr"))
    assert book.lines()[1:] == first
    assert book.lines()[3] is first[2]


def test_lines_are_chosen_by_stage_and_problem(shown: Fixture) -> None:
    lines = lines_of(shown.story)
    assert [line.title for line in lines if LogFilter("ingest").takes(line)] == ["Index built"]
    only = LogFilter(is_problems_only=True)
    assert [line.title for line in lines if only.takes(line)] == ["Rules loaded"]
    assert not any(LogFilter("ingest", is_problems_only=True).takes(line) for line in lines)
    assert LogFilter().is_empty


def test_a_text_is_found_in_every_part_and_any_case(shown: Fixture) -> None:
    lines = lines_of(shown.story)
    assert matching(lines, "LEFT OUT") == (1,)
    assert matching(lines, "tyr") == (0, 1)
    assert matching(lines, " ") == ()
    assert matching(lines, "nowhere") == ()


def test_another_provider_is_a_line_and_a_warning_of_its_stage(shown: Fixture) -> None:
    shown.fall_back()
    assert titles(shown) == ["Reading", "AI provider switched", "Rules loaded", "Index built"]
    line = lines_of(shown.story)[1]
    assert (line.mark, line.stage) == (LogMark.WARNING, "Tyr")
    assert line.detail == "Spare model: the first did not answer"
    assert notes_of(shown.story.scan).warned == {"tyr": None}


def test_a_switch_the_log_reports_itself_is_listed_once(shown: Fixture) -> None:
    row = shown.story.line("AI provider switched", stage="tyr", event_type="provider_fallback")
    shown.story.log(row)
    shown.fall_back()
    assert titles(shown).count("AI provider switched") == 1
    assert notes_of(shown.story.scan).warned == {"tyr": None}


def test_the_start_of_an_attempt_is_no_task_that_runs(shown: Fixture) -> None:
    story = ScanStory(Store(), FakeTime(), "shop").run([30], 50)
    story.log(story.line("Scan started", stage=None, task="scan-start", status="running"))
    assert lines_of(story)[0].mark is LogMark.STARTED
    assert story.scan.current_task is None


def busy_log(*newest: int) -> ScanStory:
    """Return a scan whose log grows by ten lines a second, looked at as it had so many lines."""
    story = ScanStory(Store(), FakeTime(), "shop").run([30], 50)
    for number in newest:
        numbers = range(number, max(number - MOST_ROWS, -1), -1)
        rows = [
            story.line(f"Row {n}", task="scan-start" if n == 0 else f"t{n}", ago_s=100 - n / 10)
            for n in numbers
        ]
        story.log(*rows)
    return story


def test_a_gap_is_a_line_that_says_how_many_are_missing() -> None:
    lines = lines_of(busy_log(79, 200))
    place = next(number for number, line in enumerate(lines) if line.is_gap)
    around = [lines[place - 1].title, lines[place].title, lines[place + 1].title]
    assert around == ["Row 121", "About 41 lines may be missing here", "Row 79"]
    assert lines[place].sentence == (
        "About 41 lines may be missing here. More log lines arrived between two checks than the "
        "server returns at once."
    )
    assert LogFilter("hunt", is_problems_only=True).takes(lines[place])
    assert not LogFilter("report").takes(lines[place]), "between two rows of hunt"
    assert LogFilter("ingest").takes(lines_of(busy_log(200))[-1])


def test_the_number_of_lines_says_how_many_were_kept() -> None:
    assert LogBook(busy_log(79).scan).count_text == "80"
    assert LogBook(busy_log(79, 200).scan).count_text == "160 of ~201 kept"
    late = busy_log(200).scan
    assert LogBook(late).lines()[-1].title == "Earlier lines are missing"
    assert LogBook(late).count_text == "80 kept"
    assert LogBook(ScanStory(Store(), FakeTime(), "shop").scan).count_text == ""


def test_times_of_another_day_have_their_day(shown: Fixture) -> None:
    moments = [shown.story.time.at]
    book = LogBook(shown.story.scan, lambda: moments[-1])
    assert [len(line.time) for line in book.lines()] == [8, 8, 8]
    moments.append(moments[0] + timedelta(days=1))
    day = moments[0].astimezone()
    assert {line.time[:-9] for line in book.lines()} == {f"{day.day} {day:%b}"}
    assert book.lines() is book.lines()


def test_an_end_is_as_good_as_what_was_scanned() -> None:
    story = ScanStory(Store(), FakeTime(), "shop").run([30.0] * 9, status="completed", ended_s=60)
    story.read("completed", ended_s=60).find(0, 0, 0, 0)

    def end() -> tuple[LogMark, str]:
        words = task_text(story.scan, Stopwatch(), story.time.clock_s, story.time.at)
        return words.mark, words.detail

    assert end() == (LogMark.DONE, "0 findings.")
    leave_not_scanned(story.scan, 4)
    assert end() == (LogMark.WARNING, "0 findings. 4 files were not scanned.")
    leave_not_scanned(story.scan, 4, counted=3)
    story.settle()
    assert end() == (LogMark.STARTED, "The server counts 3 findings, but lists none.")


def test_an_end_names_the_number_of_the_card_and_what_it_leaves_out() -> None:
    story = ScanStory(Store(), FakeTime(), "shop").run([30.0] * 9, status="completed", ended_s=60)
    for n, status in enumerate((FindingStatus.FIXED, FindingStatus.OPEN, FindingStatus.DISMISSED)):
        story.list_row(make_finding(n, scan_id=story.scan.id, status=status, fingerprint=f"{n}"))
    story.read("completed", ended_s=60).list_again()
    words = task_text(story.scan, Stopwatch(), story.time.clock_s, story.time.at)
    assert words.detail == "1 finding, 1 withdrawn, 1 fixed."

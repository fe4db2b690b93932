"""Of a scan whose server does not tell everything no more is said than is known."""

import pytest

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.observation import Connection, ScanSource
from heimdall_desktop.domain.facts.scan import Outcome
from heimdall_desktop.domain.facts.scan_link import report_page, scan_page
from heimdall_desktop.domain.stages.stage_display import StageDisplay, notes_of
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.presentation.board import scan_status
from heimdall_desktop.presentation.board.card import Card, card_of
from heimdall_desktop.presentation.board.card_words import Group, place_of
from heimdall_desktop.presentation.board.completeness_text import (
    Completeness,
    SyncStatus,
    sync_status,
)
from heimdall_desktop.presentation.board.problems import problem_of
from heimdall_desktop.presentation.board.source_text import Feature, lacks, source_note, source_text
from heimdall_desktop.presentation.panel.log_lines import LogMark, task_text
from heimdall_desktop.presentation.time_text import minute_text
from heimdall_desktop.presentation.window.empty_table import Cause, EmptyTable, empty_table
from tests.fakes.announced_scans import by_stream, documented, empty, ended
from tests.fakes.board_scans import FakeTime
from tests.lab.scan_script import ScanScript


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


def card(script: ScanScript) -> Card:
    stopwatch, time = Stopwatch(), script.time
    stopwatch.see(script.scan, time.clock_s, time.at)
    return card_of(script.scan, notes_of(script.scan), stopwatch, time.clock_s, time.at)


def connection(script: ScanScript) -> tuple[scan_status.ScanStatus, str]:
    shown = card(script).connection
    assert shown is not None
    return shown.status, shown.text


def problem(script: ScanScript) -> scan_status.Problem | None:
    return problem_of(script.scan, script.time.clock_s, script.time.at)


def foot(*scripts: ScanScript, has_gap_rows: bool = True) -> SyncStatus:
    scans = [script.scan for script in scripts]
    line = sync_status(scans, scripts[0].time.clock_s, has_gap_rows=has_gap_rows)
    assert line is not None
    return line


def nothing(*scripts: ScanScript) -> EmptyTable:
    return empty_table([each.scan for each in scripts], 0, "", now=scripts[0].time.at)


# -- cards --


def test_a_card_says_stream_only_in_place_of_an_age(store: Store, time: FakeTime) -> None:
    script = by_stream(store, time)
    shown = card(script)
    assert connection(script) == (scan_status.ScanStatus.STREAM_ONLY, "Stream only")
    assert shown.line.fact == "Hunt 6:09"
    assert shown.displays.count(StageDisplay.NOT_REPORTED) == 7
    assert shown.source.startswith(
        "Stream only. Findings the server doesn't announce can't be shown here."
    )
    assert "Stream only." in shown.sentence


def test_a_problem_with_the_connection_comes_before_that(store: Store, time: FakeTime) -> None:
    script = by_stream(store, time).hear(Connection.RECONNECTING, 12, 8)
    assert connection(script) == (scan_status.ScanStatus.RECONNECTING, "Reconnecting in 8 s")
    assert card(script).is_dimmed
    reported = problem(script)
    assert reported is not None
    assert reported.consequence.endswith("Anything announced in the meantime is lost.")


def test_a_stream_without_news_is_not_called_old(store: Store, time: FakeTime) -> None:
    script = by_stream(store, time)
    time.pass_s(90)
    assert not scan_status.is_dimmed(script.scan, time.clock_s)


def test_a_scan_without_a_finding_yet_is_not_called_unknown(store: Store, time: FakeTime) -> None:
    script = ScanScript(store, time, "new").offer(ScanSource.STREAM)
    script.hear_stage("hunt", "running", 5).hear(Connection.LIVE)
    assert script.scan.last_answer_at_s is None
    assert card(script).line.fact == "Hunt 0:05"
    assert card(script).none_text == "No findings announced yet"


def test_the_documented_api_says_when_it_was_asked(store: Store, time: FakeTime) -> None:
    assert connection(documented(store, time)) == (
        scan_status.ScanStatus.DOCUMENTED,
        "Polled 1 s ago",
    )


def test_an_end_has_no_tick_and_is_no_all_clear(store: Store, time: FakeTime) -> None:
    script = ended(store, time, 4)
    at = minute_text(script.scan.end_seen.stamped_at) if script.scan.end_seen else ""  # type: ignore[arg-type]
    assert card(script).line.fact == f"Completed {at}"
    assert connection(script)[0] is scan_status.ScanStatus.STREAM_ONLY
    assert scan_status.has_nothing_more(script.scan)
    assert problem(script) is None
    assert [part.text for part in scan_status.connection_sums(store, time.clock_s)] == [
        "1 stream only"
    ]


@pytest.mark.parametrize("total", [0, None, 42])
def test_none_announced_is_never_no_findings(
    store: Store, time: FakeTime, total: int | None
) -> None:
    script = empty(store, time, total)
    words = card(script).none_text
    assert "stream only" in words
    assert words != "No findings"
    if not total:
        assert words == "The server announced 0 findings (stream only)"
    said = nothing(script)
    assert said.cause is Cause.ANNOUNCED
    assert said.fact == f"{words[:1].upper()}{words[1:]}."
    assert said.consequence == (
        "Findings it didn't announce can't be shown here. This does not mean the code is clean."
    )


def test_an_end_that_is_not_reported_is_neither_failed_nor_cancelled(
    store: Store, time: FakeTime
) -> None:
    script = ended(store, time, None, is_complete=False)
    shown, reported = card(script), problem(script)
    assert script.scan.outcome is Outcome.ENDED
    assert shown.line.fact.startswith("Ended ")
    assert (shown.line.note, shown.line.mood) == ("failed or cancelled", scan_status.Mood.ATTENTION)
    assert place_of(script.scan).group is Group.ATTENTION
    assert shown.displays[5] is StageDisplay.ENDED
    assert "failed or cancelled" in shown.strip_text
    assert reported is not None
    assert reported.status is scan_status.ScanStatus.FAILED_OR_CANCELLED
    assert "failed or cancelled" in reported.fact
    assert scan_status.ProblemAction.SCAN_AGAIN not in reported.actions
    task = task_text(script.scan, Stopwatch(), time.clock_s, time.at)
    assert task.mark is LogMark.WARNING


def test_an_end_that_may_be_reverted_has_left_the_running_scans(
    store: Store, time: FakeTime
) -> None:
    script = by_stream(store, time).hear_end(1, 4)
    assert not scan_status.has_nothing_more(script.scan)
    assert card(script).line.fact.startswith("Ended ")
    assert place_of(script.scan).group is Group.FINISHED


# -- foot --


SEEN_ONLY = "Findings the server doesn't announce can't be shown here"


@pytest.mark.parametrize(
    ("counted", "completeness", "lead", "text"),
    [
        (42, Completeness.INCOMPLETE, "4 of 42 seen.", "The server counts 42; 38 not received"),
        (4, Completeness.ANNOUNCED, "4 of 4 seen.", SEEN_ONLY),  # which has no tick
        (None, Completeness.ANNOUNCED, "4 findings seen.", "The server reports no total"),
    ],
)
def test_the_foot_says_how_many_of_the_counted_were_seen(
    store: Store,
    time: FakeTime,
    counted: int | None,
    completeness: Completeness,
    lead: str,
    text: str,
) -> None:
    line = foot(ended(store, time, counted))
    assert (line.completeness, line.lead, line.text) == (completeness, lead, text)


def test_the_foot_names_gaps_without_a_row(store: Store, time: FakeTime) -> None:
    script = by_stream(store, time)
    assert foot(script, has_gap_rows=True).note == ""
    assert foot(script, has_gap_rows=False).note == "1 gap in the stream"


def test_the_foot_of_a_listing_has_the_tick(store: Store, time: FakeTime) -> None:
    line = foot(documented(store, time))
    assert line.completeness is Completeness.CHECKED
    assert (line.lead, line.text) == ("2 of 2 loaded.", "Checked 1 s ago")


def test_several_scans_are_not_better_known_than_the_worst(store: Store, time: FakeTime) -> None:
    line = foot(documented(store, time), ended(store, time, 4), has_gap_rows=False)
    assert line.completeness is Completeness.ANNOUNCED
    assert line.text == "6 of 6 in 2 scans, 1 scan stream only"
    assert line.note == "1 gap in the stream"


# -- empty tables --


def test_several_scans_without_findings_are_no_all_clear(store: Store, time: FakeTime) -> None:
    said = nothing(empty(store, time), empty(store, time))
    assert said.cause is Cause.ANNOUNCED
    assert said.fact == "No findings, but 2 of 2 scans are stream only."
    assert said.consequence == "This does not mean the code is clean."


def test_a_scan_that_failed_before_it_announced_anything(store: Store, time: FakeTime) -> None:
    script = ScanScript(store, time, "docs").offer(ScanSource.STREAM)
    script.hear_stage("hunt", "running", 5).hear_end(1, None, is_complete=False)
    script.settle().hear(Connection.ENDED)
    said = nothing(script)
    assert said.cause is Cause.STOPPED
    assert said.fact == "The scan failed or was cancelled in hunt before it announced anything."
    assert said.consequence == "This does not mean the code is clean."


# -- what is offered --


def test_what_a_server_lacks_has_a_reason(store: Store, time: FakeTime) -> None:
    stream, listing = by_stream(store, time).scan, documented(store, time).scan
    unknown = ScanScript(store, time, "new", number=9).scan
    assert lacks(stream, Feature.LOG) == "This server doesn't offer the log."
    assert lacks(stream, Feature.DETAILS) == "This server announces findings but doesn't list them."
    assert lacks(listing, Feature.LOG)
    assert lacks(listing, Feature.DETAILS) == ""
    assert not any(lacks(unknown, feature) for feature in Feature)
    assert scan_page(stream) == scan_page(listing) == report_page(listing) == ""
    assert scan_page(unknown)


def test_a_local_scan_is_for_this_program_alone(store: Store, time: FakeTime) -> None:
    scan = ScanScript(store, time, "new", number=9).scan
    scan.is_local = True
    assert lacks(scan, Feature.PAGES) == "Local scans are available only in this program."
    assert lacks(scan, Feature.RESCAN) == ""


def test_the_note_lists_what_a_server_shows(store: Store, time: FakeTime) -> None:
    note = source_note([by_stream(store, time).scan])
    assert note is not None
    assert note.fact == "Stream only."
    assert note.consequence == "Findings the server doesn't announce can't be shown here."
    assert note.provided[0] == "Stages it reports, here 2 of 9"
    assert "Location, code, reasoning, status" in note.missing


def test_the_note_speaks_of_the_scan_of_which_least_is_shown(store: Store, time: FakeTime) -> None:
    listing, stream = documented(store, time).scan, by_stream(store, time).scan
    unknown = ScanScript(store, time, "new", number=9).scan
    assert source_text(unknown) == ""
    assert source_text(listing) == (
        "Documented API. All findings are listed; the log isn't offered."
    )
    note = source_note([listing, stream, unknown])
    assert note is not None
    assert note.fact == "1 scan is stream only."

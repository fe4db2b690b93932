"""The line under the findings never sounds better than what is known."""

from typing import Any

from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.board import completeness_text
from tests.fakes.board_scans import leave_unlooked
from tests.fakes.findings import SCAN_ID, make_finding

OTHER = ScanId("1b671a64-40d5-491e-99b0-da01ff1f3341")


def a_scan(rows: int = 0, scan_id: ScanId = SCAN_ID) -> Scan:
    """A live scan with that many findings read, and nothing known of how many there are."""
    scan = Scan(scan_id, server_url("http://127.0.0.1:8080"))
    scan.observe(observation.ConnectionSeen(scan_id, observation.Connection.LIVE, 0.0))
    found = tuple(make_finding(number, scan_id=scan_id) for number in range(rows))
    scan.observe(observation.FindingsListed(scan_id, 10.0, found))
    return scan


def listed(scan: Scan, total: int, read: int, asked_at_s: float = 10.0, **more: Any) -> Scan:
    """The scan after a listing."""
    ended = observation.ListingEnded(
        scan.id, asked_at_s, total, read, is_whole=read >= total, **more
    )
    scan.observe(ended)
    return scan


def reported(scan: Scan, total: int, status: str = "hunting") -> Scan:
    """The scan after `/live` counted its findings."""
    counts = observation.Counts(total)
    scan.observe(observation.LiveRead(scan.id, 11.0, status, None, None, counts, (), ()))
    return scan


def text(*scans: Scan, at_s: float = 13.0) -> str:
    line = completeness_text.sync_status(scans, at_s)
    assert line is not None
    return line.text


def completeness(*scans: Scan) -> completeness_text.Completeness:
    line = completeness_text.sync_status(scans, 13.0)
    assert line is not None
    return line.completeness


def test_without_a_scan_there_is_nothing_to_say() -> None:
    assert completeness_text.sync_status([], 13.0) is None


def test_a_new_table_says_how_many_rows_are_still_to_come() -> None:
    words = "2 of 5 findings shown, adding the rest"
    assert completeness_text.waiting_line(2, 3) == completeness_text.SyncStatus(
        completeness_text.Completeness.READING, words
    )


def test_a_whole_listing_is_shown_with_its_age() -> None:
    scan = listed(a_scan(412), 412, 412)
    assert text(scan) == "412 of 412 findings checked against the server 3 s ago"
    assert completeness(scan) is completeness_text.Completeness.CHECKED


def test_before_a_listing_nothing_is_called_checked() -> None:
    assert text(a_scan()) == "Not loaded yet"
    assert text(a_scan(), a_scan(0, OTHER)) == "Not loaded yet"
    assert text(a_scan(3)) == "Checking against the server"
    assert text(reported(a_scan(3), 9)) == "3 of 9 findings loaded, loading the rest"


def test_rows_the_server_counts_and_we_do_not_have_are_being_read() -> None:
    scan = reported(listed(a_scan(3), 3, 3), 5)
    assert text(scan) == "3 of 5 findings loaded, loading the rest"
    assert completeness(scan) is completeness_text.Completeness.READING


def test_missing_rows_are_shown_with_the_next_try() -> None:
    scan = listed(a_scan(388), 412, 388, retry_at_s=17.0)
    assert text(scan) == "Incomplete: 388 of 412, retrying in 4 s"
    assert text(scan, at_s=18.0) == "Incomplete: 388 of 412, retrying"
    assert completeness(scan) is completeness_text.Completeness.INCOMPLETE


def test_no_retry_is_promised_where_none_will_come() -> None:
    scan = listed(a_scan(388), 412, 388, retry_at_s=17.0)
    scan.observe(observation.ConnectionSeen(SCAN_ID, observation.Connection.ENDED, 12.0))
    assert text(scan) == "Incomplete: 388 of 412"


def test_rows_that_cannot_be_understood_are_counted() -> None:
    scan = listed(a_scan(388), 412, 388, unreadable=24)
    assert text(scan) == "Incomplete: 388 of 412, 24 couldn't be parsed"


def test_skipped_events_are_shown_with_what_they_hid() -> None:
    scan = listed(a_scan(2), 2, 2)
    scan.observe(observation.EventsSkipped(SCAN_ID, 11.0))
    assert completeness_text.sync_status([scan], 13.0) == completeness_text.SyncStatus(
        completeness_text.Completeness.READING,
        "Checking against the server",
        "Server dropped events: catching up",
    )
    found = tuple(make_finding(number) for number in range(176))
    scan.observe(observation.FindingsListed(SCAN_ID, 12.0, found))
    listed(scan, 176, 176, 12.0, recovered=174)
    line = completeness_text.sync_status([scan], 13.0)
    assert line is not None
    assert line.text == "176 of 176 findings checked 1 s ago"
    assert line.note == "Server dropped events: caught up, 174 recovered"


def test_events_skipped_twice_without_loss_say_so() -> None:
    scan = listed(a_scan(2), 2, 2)
    scan.observe(observation.EventsSkipped(SCAN_ID, 11.0))
    scan.observe(observation.EventsSkipped(SCAN_ID, 11.5))
    listed(scan, 2, 2, 12.0)
    line = completeness_text.sync_status([scan], 13.0)
    assert line is not None
    assert line.note == "Server dropped events: caught up, none lost"


def test_t10_an_end_that_was_not_listed_after_it_is_not_checked() -> None:
    scan = reported(listed(a_scan(2), 2, 2), 2, "completed")
    assert completeness(scan) is completeness_text.Completeness.READING
    scan.observe(observation.ConnectionSeen(SCAN_ID, observation.Connection.ENDED, 12.0))
    assert completeness(scan) is completeness_text.Completeness.INCOMPLETE
    assert completeness(listed(scan, 2, 2, 12.0)) is completeness_text.Completeness.CHECKED


def test_a_scan_that_is_gone_has_nothing_that_could_be_checked() -> None:
    scan = listed(a_scan(2), 2, 2)
    scan.observe(observation.ConnectionSeen(SCAN_ID, observation.Connection.GONE, 12.0))
    scan.observe(observation.ScanGone(SCAN_ID, 12.0))
    assert text(scan) == "This scan isn't visible to your account"
    other = reported(listed(a_scan(2, OTHER), 2, 2), 7)
    other.observe(observation.ConnectionSeen(OTHER, observation.Connection.GONE, 12.0))
    other.observe(observation.ScanGone(OTHER, 12.0))
    assert text(scan, other) == "None of these scans is visible to your account"
    assert completeness(scan, other) is completeness_text.Completeness.INCOMPLETE


def test_several_scans_are_as_sound_as_the_worst_and_as_old_as_the_oldest() -> None:
    checked, other = listed(a_scan(2), 2, 2), listed(a_scan(3, OTHER), 3, 3, 4.0)
    assert text(checked, other) == "5 of 5 findings in 2 scans checked, oldest 9 s ago"
    reported(other, 4)
    assert text(checked, other) == "5 of 6 findings in 2 scans loaded, checking the rest"
    listed(other, 4, 3, 12.0)
    assert text(checked, other) == "Incomplete: 5 of 6 findings in 2 scans"


def test_scans_that_have_ended_need_no_checks_and_make_the_others_no_older() -> None:
    ended, live = listed(a_scan(2), 2, 2, 1.0), listed(a_scan(3, OTHER), 3, 3)
    third = listed(a_scan(1, ScanId("2b671a64-40d5-491e-99b0-da01ff1f3341")), 1, 1, 9.0)
    ended.observe(observation.ConnectionSeen(SCAN_ID, observation.Connection.ENDED, 2.0))
    assert text(ended, live) == "5 of 5 findings in 2 scans checked, live ones 3 s ago"
    assert text(ended, live, third) == "6 of 6 findings in 3 scans checked, live ones 4 s ago"
    for scan in (live, third):
        scan.observe(observation.ConnectionSeen(scan.id, observation.Connection.ENDED, 12.0))
    assert text(ended, live, third) == "6 of 6 findings in 3 scans checked, oldest 12 s ago"


def test_nothing_is_said_to_be_read_while_no_one_answers() -> None:
    scan = reported(listed(a_scan(3), 3, 3), 5)
    scan.observe(
        observation.ConnectionSeen(
            SCAN_ID, observation.Connection.RECONNECTING, 12.0, failing_since_s=12.0
        )
    )
    assert text(scan) == "3 of 5 findings loaded, waiting for the server"
    other = listed(a_scan(2, OTHER), 2, 2)
    assert text(scan, other) == "5 of 7 findings in 2 scans loaded, waiting for the server"


def test_a_scan_that_is_gone_counts_for_nothing_among_others() -> None:
    gone, other = reported(listed(a_scan(7), 7, 7), 7), listed(a_scan(2, OTHER), 2, 2)
    still = listed(a_scan(1, ScanId("2b671a64-40d5-491e-99b0-da01ff1f3341")), 1, 1)
    gone.observe(observation.ConnectionSeen(SCAN_ID, observation.Connection.GONE, 12.0))
    gone.observe(observation.ScanGone(SCAN_ID, 12.0))
    assert text(gone, other, still) == "3 of 3 findings in 2 scans checked, oldest 3 s ago"
    assert text(gone, other) == "2 of 2 findings checked against the server 3 s ago"


def test_of_several_scans_the_line_makes_room_for_what_was_recovered() -> None:
    scan, other = listed(a_scan(2), 2, 2), listed(a_scan(2, OTHER), 2, 2, 12.0)
    scan.observe(observation.EventsSkipped(SCAN_ID, 9.0))
    assert text(scan, other) == "4 of 4 in 2 scans checked 3 s ago"
    scan.observe(observation.EventsSkipped(SCAN_ID, 11.0))
    assert text(scan, other) == "4 of 4 in 2 scans, checking"


def test_files_that_were_not_scanned_are_noted_beside_rows_that_are_all_there() -> None:
    scan = listed(reported(a_scan(2), 2, "completed"), 2, 2, asked_at_s=12.0)
    assert completeness(scan) is completeness_text.Completeness.CHECKED
    leave_unlooked(scan, 4)
    line = completeness_text.sync_status([scan], 15.0)
    note = "4 files not scanned"
    said = completeness_text.SyncStatus(
        completeness_text.Completeness.NOT_SCANNED, "2 of 2 findings checked 3 s ago", note
    )
    assert line == said
    other = listed(reported(a_scan(0, OTHER), 0, "completed"), 0, 0, asked_at_s=12.0)
    line = completeness_text.sync_status([scan, other], 15.0)
    assert line is not None
    assert (line.completeness, line.note) == (completeness_text.Completeness.NOT_SCANNED, note)


def test_while_a_scan_runs_files_may_still_be_looked_at() -> None:
    scan = leave_unlooked(listed(reported(a_scan(2), 2), 2, 2, asked_at_s=12.0), 4)
    assert completeness_text.sync_status([scan], 15.0) == completeness_text.SyncStatus(
        completeness_text.Completeness.CHECKED, "2 of 2 findings checked against the server 3 s ago"
    )


def test_what_is_counted_and_not_listed_is_incomplete_once_the_scan_has_ended() -> None:
    scan = listed(reported(a_scan(0), 3, "completed"), 0, 0, asked_at_s=12.0)
    scan.observe(observation.ConnectionSeen(scan.id, observation.Connection.ENDED, 12.0))
    assert (completeness(scan), text(scan)) == (
        completeness_text.Completeness.INCOMPLETE,
        "Incomplete: 0 of 3",
    )

"""The line under the findings never sounds better than what is known."""

from typing import Any

import pytest

from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.board.completeness_text import (
    Completeness,
    SyncStatus,
    sync_status,
    waiting_line,
)
from tests.fakes.board_scans import leave_not_scanned
from tests.fakes.findings import SCAN_ID, make_finding

OTHER = ScanId("1b671a64-40d5-491e-99b0-da01ff1f3341")


def a_scan(rows: int = 0, scan_id: ScanId = SCAN_ID) -> Scan:
    """A live scan with that many findings read, and nothing known of how many there are."""
    scan = Scan(scan_id, server_url("http://127.0.0.1:8080"))
    seen(scan, Connection.LIVE, 0.0)
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


def seen(scan: Scan, connection: Connection, at_s: float = 12.0, **more: Any) -> Scan:
    """The scan after its connection has changed."""
    scan.observe(observation.ConnectionSeen(scan.id, connection, at_s, **more))
    return scan


def gone(scan: Scan) -> Scan:
    seen(scan, Connection.GONE).observe(observation.ScanGone(scan.id, 12.0))
    return scan


def skipped(scan: Scan, at_s: float) -> Scan:
    scan.observe(observation.EventsSkipped(scan.id, at_s))
    return scan


def differing(scan: Scan, recount_at_s: float | None) -> Scan:
    scan.observe(observation.CountsCompared(scan.id, 12.0, recount_at_s))
    return scan


def recorded(scan: Scan) -> Scan:
    scan.replay_pace = 1.0
    return scan


def line(*scans: Scan, at_s: float = 13.0) -> SyncStatus:
    shown = sync_status(scans, at_s)
    assert shown is not None
    return shown


def text(*scans: Scan, at_s: float = 13.0) -> str:
    return line(*scans, at_s=at_s).text


def completeness(*scans: Scan) -> Completeness:
    return line(*scans).completeness


def test_without_a_scan_there_is_nothing_to_say() -> None:
    assert sync_status([], 13.0) is None


def test_a_new_table_says_how_many_rows_are_still_to_come() -> None:
    words = "2 of 5 findings shown, adding the rest"
    assert waiting_line(2, 3) == SyncStatus(Completeness.READING, words)


def short(**more: Any) -> Scan:
    return listed(a_scan(388), 412, 388, **more)


@pytest.mark.parametrize(
    ("scan", "words", "how"),
    [
        (listed(a_scan(412), 412, 412), "412 of 412 findings checked against the server 3 s ago",
         Completeness.CHECKED),
        # before a listing nothing is called checked
        (a_scan(), "Not loaded yet", Completeness.READING),
        (a_scan(3), "Checking against the server", Completeness.READING),
        (reported(a_scan(3), 9), "3 of 9 findings loaded, loading the rest", Completeness.READING),
        (reported(listed(a_scan(3), 3, 3), 5), "3 of 5 findings loaded, loading the rest",
         Completeness.READING),
        # missing rows are shown with the next try, but none is promised where none will come
        (short(retry_at_s=17.0), "Incomplete: 388 of 412, retrying in 4 s",
         Completeness.INCOMPLETE),
        (short(retry_at_s=12.0), "Incomplete: 388 of 412, retrying", Completeness.INCOMPLETE),
        (seen(short(retry_at_s=17.0), Connection.ENDED), "Incomplete: 388 of 412",
         Completeness.INCOMPLETE),
        (short(unreadable=24), "Incomplete: 388 of 412, 24 couldn't be parsed",
         Completeness.INCOMPLETE),
        # no server checks a replay
        (recorded(listed(a_scan(9), 9, 9)), "9 of 9 findings recorded", Completeness.RECORDED),
        (recorded(reported(a_scan(3), 9)), "3 of 9 findings recorded", Completeness.RECORDED),
        # the server counts other severities than its list has
        (differing(listed(a_scan(3), 3, 3), 17.0),
         "Incomplete: severity counts don't match, retrying in 4 s", Completeness.INCOMPLETE),
        (differing(listed(a_scan(3), 3, 3), None),
         "3 of 3 findings checked against the server 3 s ago", Completeness.CHECKED),
    ],
)  # fmt: skip
def test_one_scan(scan: Scan, words: str, how: Completeness) -> None:
    assert (text(scan), completeness(scan)) == (words, how)


def test_skipped_events_are_shown_with_what_they_hid() -> None:
    scan = listed(a_scan(2), 2, 2)
    skipped(scan, 11.0)
    assert line(scan) == SyncStatus(
        Completeness.READING, "Checking against the server", "Server dropped events: catching up"
    )
    found = tuple(make_finding(number) for number in range(176))
    scan.observe(observation.FindingsListed(SCAN_ID, 12.0, found))
    listed(scan, 176, 176, 12.0, recovered=174)
    assert line(scan).text == "176 of 176 findings checked 1 s ago"
    assert line(scan).note == "Server dropped events: caught up, 174 recovered"


def test_events_skipped_twice_without_loss_say_so() -> None:
    scan = listed(a_scan(2), 2, 2)
    skipped(scan, 11.0)
    skipped(scan, 11.5)
    listed(scan, 2, 2, 12.0)
    assert line(scan).note == "Server dropped events: caught up, none lost"


def test_t10_an_end_that_was_not_listed_after_it_is_not_checked() -> None:
    scan = reported(listed(a_scan(2), 2, 2), 2, "completed")
    assert completeness(scan) is Completeness.READING
    seen(scan, Connection.ENDED)
    assert completeness(scan) is Completeness.INCOMPLETE
    assert completeness(listed(scan, 2, 2, 12.0)) is Completeness.CHECKED


def test_a_scan_that_is_gone_has_nothing_that_could_be_checked() -> None:
    scan = listed(a_scan(2), 2, 2)
    gone(scan)
    assert text(scan) == "This scan isn't visible to your account"
    other = reported(listed(a_scan(2, OTHER), 2, 2), 7)
    gone(other)
    assert text(scan, other) == "None of these scans is visible to your account"
    assert completeness(scan, other) is Completeness.INCOMPLETE


def test_several_scans_are_as_sound_as_the_worst_and_as_old_as_the_oldest() -> None:
    checked, other = listed(a_scan(2), 2, 2), listed(a_scan(3, OTHER), 3, 3, 4.0)
    assert text(checked, other) == "5 of 5 findings in 2 scans checked, oldest 9 s ago"
    reported(other, 4)
    assert text(checked, other) == "5 of 6 findings in 2 scans loaded, checking the rest"
    listed(other, 4, 3, 12.0)
    assert text(checked, other) == "Incomplete: 5 of 6 findings in 2 scans"
    assert text(a_scan(), a_scan(0, OTHER)) == "Not loaded yet"


def test_scans_that_have_ended_need_no_checks_and_make_the_others_no_older() -> None:
    ended, live = listed(a_scan(2), 2, 2, 1.0), listed(a_scan(3, OTHER), 3, 3)
    third = listed(a_scan(1, ScanId("2b671a64-40d5-491e-99b0-da01ff1f3341")), 1, 1, 9.0)
    seen(ended, Connection.ENDED, 2.0)
    assert text(ended, live) == "5 of 5 findings in 2 scans checked, live ones 3 s ago"
    assert text(ended, live, third) == "6 of 6 findings in 3 scans checked, live ones 4 s ago"
    for scan in (live, third):
        seen(scan, Connection.ENDED)
    assert text(ended, live, third) == "6 of 6 findings in 3 scans checked, oldest 12 s ago"


def test_nothing_is_said_to_be_read_while_no_one_answers() -> None:
    scan = reported(listed(a_scan(3), 3, 3), 5)
    seen(scan, Connection.RECONNECTING, failing_since_s=12.0)
    assert text(scan) == "3 of 5 findings loaded, waiting for the server"
    other = listed(a_scan(2, OTHER), 2, 2)
    assert text(scan, other) == "5 of 7 findings in 2 scans loaded, waiting for the server"


def test_a_scan_that_is_gone_counts_for_nothing_among_others() -> None:
    left, other = reported(listed(a_scan(7), 7, 7), 7), listed(a_scan(2, OTHER), 2, 2)
    still = listed(a_scan(1, ScanId("2b671a64-40d5-491e-99b0-da01ff1f3341")), 1, 1)
    gone(left)
    assert text(left, other, still) == "3 of 3 findings in 2 scans checked, oldest 3 s ago"
    assert text(left, other) == "2 of 2 findings checked against the server 3 s ago"


def test_of_several_scans_the_line_makes_room_for_what_was_recovered() -> None:
    scan, other = listed(a_scan(2), 2, 2), listed(a_scan(2, OTHER), 2, 2, 12.0)
    skipped(scan, 9.0)
    assert text(scan, other) == "4 of 4 in 2 scans checked 3 s ago"
    skipped(scan, 11.0)
    assert text(scan, other) == "4 of 4 in 2 scans, checking"


def test_files_that_were_not_scanned_are_noted_beside_rows_that_are_all_there() -> None:
    scan = listed(reported(a_scan(2), 2, "completed"), 2, 2, asked_at_s=12.0)
    assert completeness(scan) is Completeness.CHECKED
    leave_not_scanned(scan, 4)
    note = "4 files not scanned"
    said = SyncStatus(Completeness.NOT_SCANNED, "2 of 2 findings checked 3 s ago", note)
    assert line(scan, at_s=15.0) == said
    other = listed(reported(a_scan(0, OTHER), 0, "completed"), 0, 0, asked_at_s=12.0)
    both = line(scan, other, at_s=15.0)
    assert (both.completeness, both.note) == (Completeness.NOT_SCANNED, note)


def test_while_a_scan_runs_files_may_still_be_scanned() -> None:
    scan = leave_not_scanned(listed(reported(a_scan(2), 2), 2, 2, asked_at_s=12.0), 4)
    assert line(scan, at_s=15.0) == SyncStatus(
        Completeness.CHECKED, "2 of 2 findings checked against the server 3 s ago"
    )


def test_what_is_counted_and_not_listed_is_incomplete_once_the_scan_has_ended() -> None:
    scan = listed(reported(a_scan(0), 3, "completed"), 0, 0, asked_at_s=12.0)
    seen(scan, Connection.ENDED)
    assert (completeness(scan), text(scan)) == (Completeness.INCOMPLETE, "Incomplete: 0 of 3")

"""What is written counts by its age, whoever writes it; what is forgotten is gone."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import LINE_LIMIT, ToldRecord
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Observation, ScanRead
from heimdall_desktop.domain.stages.stage_times import MOST_SCANS, ScanTimes
from heimdall_desktop.services.history_file import opened
from heimdall_desktop.services.history_moments import BothClocks
from heimdall_desktop.services.history_reading import read, read_rows
from heimdall_desktop.services.history_writing import (
    OLD_S,
    OLD_TIMES_S,
    Batch,
    forget_old,
    write,
)
from heimdall_desktop.services.log import Redaction
from tests.fakes.findings import REPO_ID, SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import SERVER, activity, past_scan, was_listed

CLOCKS = BothClocks(wall_s=1_000_000_000.0, clock_s=1000.0)
OTHER = ScanId("1c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")


@pytest.fixture
def history(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = opened(tmp_path / "h.sqlite3")
    yield connection
    connection.close()


def titles(history: sqlite3.Connection) -> list[str]:
    page = read_rows(history, SCAN_ID, "", 100, CLOCKS)
    return [finding.title for listed in page.rows for finding in listed.findings]


def count(history: sqlite3.Connection, table: str) -> int:
    [number] = history.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(number)


def test_a_newer_answer_replaces_an_older_one_and_never_the_other_way_round(
    history: sqlite3.Connection,
) -> None:
    for title, asked_at_s in (("second", 900.0), ("first", 800.0), ("third", 950.0)):
        row = make_finding(1, title=title)
        write(history, Batch(scans=(past_scan([row], asked_at_s),)), CLOCKS)
    assert titles(history) == ["third"]
    write(history, Batch(scans=(past_scan([make_finding(1)], 100.0),)), CLOCKS)
    [scan] = read(history, CLOCKS).scans
    assert scan.asked_at_s == 950.0


def test_an_answer_of_the_future_does_not_stay_for_ever(history: sqlite3.Connection) -> None:
    """It was written before the wall clock was set back."""
    ahead = replace(CLOCKS, wall_s=CLOCKS.wall_s + 3600.0)
    write(history, Batch(scans=(past_scan([make_finding(1, title="old")], 900.0),)), ahead)
    write(history, Batch(scans=(past_scan([make_finding(1, title="new")], 900.0),)), CLOCKS)
    assert titles(history) == ["new"]
    [scan] = read(history, CLOCKS).scans
    assert scan.asked_at_s == 900.0


def test_as_long_as_rows_are_still_to_come_an_earlier_head_holds(
    history: sqlite3.Connection,
) -> None:
    write(history, Batch(scans=(past_scan([], 900.0),)), CLOCKS)
    more = past_scan([make_finding(1)], 950.0, is_partial=True)
    write(history, Batch(scans=(more,)), CLOCKS)
    [scan] = read(history, CLOCKS).scans
    assert (scan.asked_at_s, was_listed(scan)) == (900.0, True)
    assert len(titles(history)) == 1


def test_a_first_head_says_nothing_of_listings_while_rows_are_still_to_come(
    history: sqlite3.Connection,
) -> None:
    more = past_scan([make_finding(1)], 950.0, is_partial=True)
    write(history, Batch(scans=(more,)), CLOCKS)
    [scan] = read(history, CLOCKS).scans
    assert not was_listed(scan)


def test_scans_that_were_not_there_are_told(history: sqlite3.Connection) -> None:
    both = (past_scan(), past_scan(scan_id=OTHER))
    assert write(history, Batch(scans=both[:1]), CLOCKS) == {SCAN_ID}
    assert write(history, Batch(scans=both), CLOCKS) == {OTHER}


def test_a_forgotten_scan_leaves_nothing_and_the_others_stay(history: sqlite3.Connection) -> None:
    rows = [make_finding(1), make_finding(2)]
    scans = (
        past_scan(rows, activities=(activity(1),)),
        past_scan([make_finding(3)], scan_id=OTHER, activities=(activity(2),)),
    )
    told = (ToldRecord(SCAN_ID, rows[0].id, "a"), ToldRecord(OTHER, rows[1].id, "b"))
    write(history, Batch(scans=scans, told=told), CLOCKS)

    write(history, Batch(forgotten=(SCAN_ID,)), CLOCKS)

    for table in ("scans", "findings", "activities", "told"):
        assert count(history, table) == 1, table
    assert [scan.scan_id for scan in read(history, CLOCKS).scans] == [OTHER]


def test_what_is_forgotten_cannot_be_found_in_the_file(tmp_path: Path) -> None:
    connection = opened(tmp_path / "h.sqlite3")
    secret = "a line of code nobody else may see"  # noqa: S105
    scan = past_scan([make_finding(1, code_snippet=secret)])
    write(connection, Batch(scans=(scan,)), CLOCKS)
    write(connection, Batch(forgotten=(SCAN_ID,)), CLOCKS)
    connection.close()
    assert [file.name for file in tmp_path.iterdir()] == ["h.sqlite3"]
    assert secret.encode() not in (tmp_path / "h.sqlite3").read_bytes()


def test_the_room_of_what_is_forgotten_is_given_back(tmp_path: Path) -> None:
    connection = opened(tmp_path / "h.sqlite3")
    rows = [make_finding(number, description="x" * 2000) for number in range(500)]
    write(connection, Batch(scans=(past_scan(rows),)), CLOCKS)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    full = (tmp_path / "h.sqlite3").stat().st_size
    write(connection, Batch(forgotten=(SCAN_ID,)), CLOCKS)
    connection.close()
    assert (tmp_path / "h.sqlite3").stat().st_size < full / 10


def test_a_scan_may_be_emptied_and_filled_at_once(history: sqlite3.Connection) -> None:
    write(history, Batch(scans=(past_scan([make_finding(1, title="gone")]),)), CLOCKS)
    filled = past_scan([make_finding(2, title="back")])
    write(history, Batch(emptied=(SCAN_ID,), scans=(filled,)), CLOCKS)
    assert titles(history) == ["back"]


def test_a_batch_is_written_as_a_whole_or_not_at_all(history: sqlite3.Connection) -> None:
    history.execute("DROP TABLE inbox")  # which is written last
    batch = Batch(scans=(past_scan([make_finding(1)]),), lines=(make_line(1),))
    with pytest.raises(sqlite3.OperationalError):
        write(history, batch, CLOCKS)
    assert count(history, "scans") == count(history, "findings") == 0
    assert not history.in_transaction


def test_a_scan_nobody_has_seen_and_rows_nobody_can_write_are_left_out(
    history: sqlite3.Connection,
) -> None:
    unseen = replace(past_scan(scan_id=OTHER), head=())
    broken = past_scan([make_finding(1, title="\ud800"), make_finding(2, title="well")])
    write(history, Batch(scans=(unseen, broken)), CLOCKS)
    assert titles(history) == ["well"]
    assert count(history, "scans") == 1


def test_lines_of_the_inbox_keep_their_order_their_limit_and_their_newest_words(
    history: sqlite3.Connection,
) -> None:
    lines = tuple(make_line(number) for number in range(LINE_LIMIT + 5))
    write(history, Batch(lines=lines), CLOCKS)
    changed = replace(lines[-1], is_read=True)
    write(history, Batch(lines=(changed,)), CLOCKS)
    assert list(read(history, CLOCKS).lines) == [*lines[5:-1], changed]


def test_a_flood_of_high_alerts_removes_no_unread_critical_one(
    history: sqlite3.Connection,
) -> None:
    lines = tuple(make_line(number, is_read=number < 2) for number in range(LINE_LIMIT))
    write(history, Batch(lines=lines), CLOCKS)
    flood = tuple(
        replace(make_line(number), event=Event.HIGH) for number in range(LINE_LIMIT, LINE_LIMIT + 5)
    )
    write(history, Batch(lines=flood), CLOCKS)
    assert list(read(history, CLOCKS).lines) == [*lines[2:], *flood[-2:]]


def test_the_line_of_an_alert_comes_back_as_it_was_and_is_renewed_under_its_key(
    history: sqlite3.Connection,
) -> None:
    summary = replace(make_line(1), key="alert-0f3c9a12-1", title="3 new critical findings in shop")
    write(history, Batch(lines=(summary,)), CLOCKS)
    [back] = read(history, CLOCKS).lines
    assert back == summary
    write(history, Batch(lines=(replace(back, is_read=True),)), CLOCKS)
    assert list(read(history, CLOCKS).lines) == [replace(summary, is_read=True)]


def test_scans_on_no_board_are_forgotten_once_they_are_old(history: sqlite3.Connection) -> None:
    scans = (past_scan(asked_at_s=900.0), past_scan(asked_at_s=900.0, scan_id=OTHER))
    write(history, Batch(scans=scans), CLOCKS)
    forget_old(history, [OTHER], CLOCKS)
    assert count(history, "scans") == 2
    forget_old(history, [OTHER], replace(CLOCKS, wall_s=CLOCKS.wall_s + OLD_S))
    assert [scan.scan_id for scan in read(history, CLOCKS).scans] == [OTHER]


def test_a_token_that_a_server_repeats_is_in_no_row(tmp_path: Path) -> None:
    token = "c0ffee" * 10 + "beef"
    redaction = Redaction()
    redaction.know(token)
    connection = opened(tmp_path / "h.sqlite3")
    row = make_finding(1, id=f"id {token}", title=token, fingerprint=token, references=(token,))
    log = replace(activity(1), key=token, title=token)
    scan = past_scan([row], activities=(log,))
    read_again = replace(scan, head=tuple(replace_error(each, token) for each in scan.head))
    told = (ToldRecord(SCAN_ID, row.id, token),)
    line = replace(make_line(1), key=token, title=token, finding_id=row.id)
    batch = Batch(scans=(read_again,), told=told, lines=(line,))

    write(connection, batch, CLOCKS, redaction.masked)

    [back] = [
        row for page in read_rows(connection, SCAN_ID, "", 9, CLOCKS).rows for row in page.findings
    ]
    assert back.title == "*" * 64
    connection.close()
    assert token.encode() not in (tmp_path / "h.sqlite3").read_bytes()


def replace_error(observation: Observation, error: str) -> Observation:
    return replace(observation, error=error) if isinstance(observation, ScanRead) else observation


def test_the_times_of_stages_outlive_their_scan_and_the_newest_scans_stay(
    history: sqlite3.Connection,
) -> None:
    for number in range(MOST_SCANS + 2):
        write(history, Batch(times=(past_times(number),)), CLOCKS)
    write(history, Batch(forgotten=(ScanId("past 5"),)), CLOCKS)
    kept = {times.scan_id: times for times in read(history, CLOCKS).times}
    assert len(kept) == MOST_SCANS
    assert "past 1" not in kept
    assert kept[ScanId("past 5")] == past_times(5)


def test_times_that_are_told_again_replace_the_earlier_ones(history: sqlite3.Connection) -> None:
    write(history, Batch(times=(past_times(1),)), CLOCKS)
    again = replace(past_times(1), durations_s=(("hunt", 7.0),))
    write(history, Batch(times=(again,)), CLOCKS)
    assert read(history, CLOCKS).times == (again,)


def test_times_of_last_year_and_nonsense_are_left_out(history: sqlite3.Connection) -> None:
    write(history, Batch(times=(past_times(1),)), CLOCKS)
    insert = "INSERT INTO stage_times VALUES ('http://a', 'r', 's', 'hunt', ?, ?)"
    history.execute(insert, (1e300, -5.0))
    assert read(history, CLOCKS).times == (past_times(1),)
    later = replace(CLOCKS, wall_s=CLOCKS.wall_s + OLD_TIMES_S + 90_000)
    forget_old(history, (), later)
    assert read(history, CLOCKS).times == ()


def past_times(number: int) -> ScanTimes:
    """The times of a scan, one later than the other."""
    ended_at = datetime.fromtimestamp(CLOCKS.wall_s + number, UTC)
    durations_s = (("hunt", 100.0 + number), ("ingest", 3.5))
    return ScanTimes(SERVER, REPO_ID, ScanId(f"past {number}"), ended_at, durations_s)

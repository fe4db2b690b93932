"""The tables of the history: age decides what is kept, and moments outlive the session."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import LINE_LIMIT, NotifiedRecord
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import Observation, ScanRead
from heimdall_desktop.domain.stages.stage_times import MOST_SCANS, ScanTimes
from heimdall_desktop.services import history_tables
from heimdall_desktop.services.history_file import opened
from heimdall_desktop.services.log import Redaction
from tests.fakes.findings import REPO_ID, SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import SERVER, activity, past_scan, was_listed

CLOCKS = history_tables.BothClocks(wall_s=1_000_000_000.0, clock_s=1000.0)
OTHER = ScanId("1c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
HOUR_S = 3600.0
ROWS = [make_finding(number) for number in range(7)]
NOTIFIED = (NotifiedRecord(SCAN_ID, ROWS[0].id, "print"),)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = opened(tmp_path / "h.sqlite3")
    yield connection
    connection.close()


@pytest.fixture
def filled(history: sqlite3.Connection) -> sqlite3.Connection:
    scan = past_scan(ROWS, 990.0, activities=(activity(1), activity(2)))
    batch = history_tables.Batch(scans=(scan,), notified=NOTIFIED, lines=(make_line(1),))
    history_tables.write(history, batch, CLOCKS)
    return history


def titles(history: sqlite3.Connection) -> list[str]:
    page = history_tables.read_rows(history, SCAN_ID, "", 100, CLOCKS)
    return [finding.title for listed in page.rows for finding in listed.findings]


def count(history: sqlite3.Connection, rows: str) -> int:
    [number] = history.execute(f"SELECT count(*) FROM {rows}").fetchone()  # noqa: S608
    return int(number)


# -- moments --


def test_a_moment_ages_by_the_time_between_two_sessions() -> None:
    after = history_tables.BothClocks(
        wall_s=CLOCKS.wall_s + HOUR_S, clock_s=20.0
    )  # the machine was restarted
    assert after.to_clock(CLOCKS.to_wall(990.0)) == pytest.approx(20.0 - 3610.0)


def test_no_moment_is_in_the_future() -> None:
    set_back = history_tables.BothClocks(wall_s=CLOCKS.wall_s - HOUR_S, clock_s=1010.0)
    assert set_back.to_clock(CLOCKS.to_wall(990.0)) == 1010.0
    assert set_back.excess_s(CLOCKS.to_wall(990.0)) == pytest.approx(3590.0)
    assert CLOCKS.excess_s(CLOCKS.to_wall(990.0)) == 0.0


# -- reading --


def test_everything_is_read_with_its_age(filled: sqlite3.Connection) -> None:
    later = history_tables.BothClocks(CLOCKS.wall_s + HOUR_S, clock_s=5.0)
    past = history_tables.read(filled, later)
    [scan] = past.scans
    assert scan.asked_at_s == pytest.approx(5.0 - HOUR_S - 10.0)
    assert past.notified == NOTIFIED
    assert past.lines == (make_line(1),)
    page = history_tables.read_rows(filled, SCAN_ID, "", 100, later)
    assert {listed.asked_at_s for listed in page.rows} == {scan.asked_at_s}


def test_findings_are_read_in_pages_each_once(filled: sqlite3.Connection) -> None:
    found, after = [], ""
    sizes = []
    while True:
        page = history_tables.read_rows(filled, SCAN_ID, after, 3, CLOCKS)
        found += [finding for listed in page.rows for finding in listed.findings]
        sizes.append(sum(len(listed.findings) for listed in page.rows))
        if page.last is None:
            break
        after = page.last
    assert sizes == [3, 3, 1]
    assert found == ROWS


def test_the_log_is_read(filled: sqlite3.Connection) -> None:
    assert history_tables.read_activities(filled, SCAN_ID) == (activity(1), activity(2))


def test_after_the_wall_clock_is_set_back_nothing_is_in_the_future_and_the_order_stays(
    filled: sqlite3.Connection,
) -> None:
    newer = past_scan([replace(ROWS[1], title="newer")], 995.0)
    history_tables.write(filled, history_tables.Batch(scans=(newer,)), CLOCKS)
    set_back = history_tables.BothClocks(CLOCKS.wall_s - HOUR_S, clock_s=1020.0)
    [scan] = history_tables.read(filled, set_back).scans
    assert scan.asked_at_s == pytest.approx(1020.0)
    asked = [
        row.asked_at_s for row in history_tables.read_rows(filled, SCAN_ID, "", 100, set_back).rows
    ]
    assert max(asked) <= 1020.0
    assert asked[1] - asked[0] == pytest.approx(5.0)


def test_unreadable_rows_are_counted_and_affect_no_other_row(filled: sqlite3.Connection) -> None:
    filled.execute("UPDATE facts SET fact = x'c1' WHERE key = ?", (ROWS[3].id,))
    filled.execute("UPDATE inbox SET line = x''")
    page = history_tables.read_rows(filled, SCAN_ID, "", 100, CLOCKS)
    assert (sum(len(each.findings) for each in page.rows), page.unreadable) == (6, 1)
    assert history_tables.read(filled, CLOCKS).lines == ()


def test_nothing_is_read_of_an_unknown_scan(filled: sqlite3.Connection) -> None:
    nowhere = type(SCAN_ID)("nowhere")
    assert history_tables.read_rows(filled, nowhere, "", 100, CLOCKS).rows == ()
    assert history_tables.read_activities(filled, nowhere) == ()


# -- writing --


def test_a_newer_answer_replaces_an_older_one_never_the_reverse(
    history: sqlite3.Connection,
) -> None:
    for title, asked_at_s in (("second", 900.0), ("first", 800.0), ("third", 950.0)):
        row = make_finding(1, title=title)
        history_tables.write(
            history, history_tables.Batch(scans=(past_scan([row], asked_at_s),)), CLOCKS
        )
    assert titles(history) == ["third"]
    history_tables.write(
        history, history_tables.Batch(scans=(past_scan([make_finding(1)], 100.0),)), CLOCKS
    )
    [scan] = history_tables.read(history, CLOCKS).scans
    assert scan.asked_at_s == 950.0


def test_an_answer_from_the_future_is_replaced(history: sqlite3.Connection) -> None:
    """It was written before the wall clock was set back."""
    ahead = replace(CLOCKS, wall_s=CLOCKS.wall_s + 3600.0)
    history_tables.write(
        history,
        history_tables.Batch(scans=(past_scan([make_finding(1, title="old")], 900.0),)),
        ahead,
    )
    history_tables.write(
        history,
        history_tables.Batch(scans=(past_scan([make_finding(1, title="new")], 900.0),)),
        CLOCKS,
    )
    assert titles(history) == ["new"]
    [scan] = history_tables.read(history, CLOCKS).scans
    assert scan.asked_at_s == 900.0


def test_an_earlier_head_stays_while_rows_are_pending(history: sqlite3.Connection) -> None:
    history_tables.write(history, history_tables.Batch(scans=(past_scan([], 900.0),)), CLOCKS)
    more = past_scan([make_finding(1)], 950.0, is_partial=True)
    history_tables.write(history, history_tables.Batch(scans=(more,)), CLOCKS)
    [scan] = history_tables.read(history, CLOCKS).scans
    assert (scan.asked_at_s, was_listed(scan)) == (900.0, True)
    assert len(titles(history)) == 1


def test_a_first_head_has_no_listing_while_rows_are_pending(history: sqlite3.Connection) -> None:
    more = past_scan([make_finding(1)], 950.0, is_partial=True)
    history_tables.write(history, history_tables.Batch(scans=(more,)), CLOCKS)
    [scan] = history_tables.read(history, CLOCKS).scans
    assert not was_listed(scan)


def test_scans_that_the_file_did_not_have_are_returned(history: sqlite3.Connection) -> None:
    both = (past_scan(), past_scan(scan_id=OTHER))
    assert history_tables.write(history, history_tables.Batch(scans=both[:1]), CLOCKS) == {SCAN_ID}
    assert history_tables.write(history, history_tables.Batch(scans=both), CLOCKS) == {OTHER}


def test_a_forgotten_scan_leaves_nothing_and_the_others_stay(history: sqlite3.Connection) -> None:
    rows = [make_finding(1), make_finding(2)]
    scans = (
        past_scan(rows, activities=(activity(1),)),
        past_scan([make_finding(3)], scan_id=OTHER, activities=(activity(2),)),
    )
    notified = (NotifiedRecord(SCAN_ID, rows[0].id, "a"), NotifiedRecord(OTHER, rows[1].id, "b"))
    history_tables.write(history, history_tables.Batch(scans=scans, notified=notified), CLOCKS)

    history_tables.write(history, history_tables.Batch(forgotten=(SCAN_ID,)), CLOCKS)

    kinds = ("facts WHERE kind = 'finding'", "facts WHERE kind = 'activity'")
    for each in ("scans", "notified", *kinds):
        assert count(history, each) == 1, each
    assert [scan.scan_id for scan in history_tables.read(history, CLOCKS).scans] == [OTHER]


def test_forgotten_data_is_not_in_the_file(tmp_path: Path) -> None:
    connection = opened(tmp_path / "h.sqlite3")
    secret = "a line of code nobody else may see"  # noqa: S105
    scan = past_scan([make_finding(1, code_snippet=secret)])
    history_tables.write(connection, history_tables.Batch(scans=(scan,)), CLOCKS)
    history_tables.write(connection, history_tables.Batch(forgotten=(SCAN_ID,)), CLOCKS)
    connection.close()
    assert [file.name for file in tmp_path.iterdir()] == ["h.sqlite3"]
    assert secret.encode() not in (tmp_path / "h.sqlite3").read_bytes()


def test_the_space_of_forgotten_data_is_released(tmp_path: Path) -> None:
    connection = opened(tmp_path / "h.sqlite3")
    rows = [make_finding(number, description="x" * 2000) for number in range(500)]
    history_tables.write(connection, history_tables.Batch(scans=(past_scan(rows),)), CLOCKS)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    full = (tmp_path / "h.sqlite3").stat().st_size
    history_tables.write(connection, history_tables.Batch(forgotten=(SCAN_ID,)), CLOCKS)
    connection.close()
    assert (tmp_path / "h.sqlite3").stat().st_size < full / 10


def test_a_scan_may_be_emptied_and_filled_at_once(history: sqlite3.Connection) -> None:
    history_tables.write(
        history, history_tables.Batch(scans=(past_scan([make_finding(1, title="gone")]),)), CLOCKS
    )
    filled = past_scan([make_finding(2, title="back")])
    history_tables.write(history, history_tables.Batch(emptied=(SCAN_ID,), scans=(filled,)), CLOCKS)
    assert titles(history) == ["back"]


def test_a_batch_is_written_as_a_whole_or_not_at_all(history: sqlite3.Connection) -> None:
    history.execute("DROP TABLE inbox")  # which is written last
    batch = history_tables.Batch(scans=(past_scan([make_finding(1)]),), lines=(make_line(1),))
    with pytest.raises(sqlite3.OperationalError):
        history_tables.write(history, batch, CLOCKS)
    assert count(history, "scans") == count(history, "facts") == 0
    assert not history.in_transaction


def test_an_unread_scan_is_left_out_and_an_unwritable_text_is_replaced(
    history: sqlite3.Connection,
) -> None:
    unseen = replace(past_scan(scan_id=OTHER), asked_at_s=None, head=())
    broken = past_scan([make_finding(1, title="\ud800"), make_finding(2, title="well")])
    history_tables.write(history, history_tables.Batch(scans=(unseen, broken)), CLOCKS)
    assert titles(history) == ["?", "well"]
    assert count(history, "scans") == 1


def test_inbox_lines_keep_their_order_limit_and_newest_text(history: sqlite3.Connection) -> None:
    lines = tuple(make_line(number) for number in range(LINE_LIMIT + 5))
    history_tables.write(history, history_tables.Batch(lines=lines), CLOCKS)
    changed = replace(lines[-1], is_read=True)
    history_tables.write(history, history_tables.Batch(lines=(changed,)), CLOCKS)
    assert list(history_tables.read(history, CLOCKS).lines) == [*lines[5:-1], changed]


def test_a_flood_of_high_alerts_removes_no_unread_critical_one(history: sqlite3.Connection) -> None:
    lines = tuple(make_line(number, is_read=number < 2) for number in range(LINE_LIMIT))
    history_tables.write(history, history_tables.Batch(lines=lines), CLOCKS)
    flood = tuple(
        replace(make_line(number), event=Event.HIGH) for number in range(LINE_LIMIT, LINE_LIMIT + 5)
    )
    history_tables.write(history, history_tables.Batch(lines=flood), CLOCKS)
    assert list(history_tables.read(history, CLOCKS).lines) == [*lines[2:], *flood[-2:]]


def test_an_inbox_line_is_read_back_and_updated_by_its_key(history: sqlite3.Connection) -> None:
    summary = replace(make_line(1), key="alert-0f3c9a12-1", title="3 new critical findings in shop")
    history_tables.write(history, history_tables.Batch(lines=(summary,)), CLOCKS)
    [back] = history_tables.read(history, CLOCKS).lines
    assert back == summary
    history_tables.write(
        history, history_tables.Batch(lines=(replace(back, is_read=True),)), CLOCKS
    )
    assert list(history_tables.read(history, CLOCKS).lines) == [replace(summary, is_read=True)]


def test_old_scans_that_are_on_no_board_are_forgotten(history: sqlite3.Connection) -> None:
    scans = (past_scan(asked_at_s=900.0), past_scan(asked_at_s=900.0, scan_id=OTHER))
    history_tables.write(history, history_tables.Batch(scans=scans), CLOCKS)
    history_tables.forget_old(history, [OTHER], CLOCKS)
    assert count(history, "scans") == 2
    history_tables.forget_old(
        history, [OTHER], replace(CLOCKS, wall_s=CLOCKS.wall_s + history_tables.OLD_S)
    )
    assert [scan.scan_id for scan in history_tables.read(history, CLOCKS).scans] == [OTHER]


def test_a_token_repeated_by_a_server_is_in_no_row(tmp_path: Path) -> None:
    token = "c0ffee" * 10 + "beef"
    redaction = Redaction()
    redaction.know(token)
    connection = opened(tmp_path / "h.sqlite3")
    row = make_finding(1, id=f"id {token}", title=token, fingerprint=token, references=(token,))
    log = replace(activity(1), key=token, title=token)
    scan = past_scan([row], activities=(log,))
    read_again = replace(scan, head=tuple(replace_error(each, token) for each in scan.head))
    notified = (NotifiedRecord(SCAN_ID, row.id, token),)
    line = replace(make_line(1), key=token, title=token, finding_id=row.id)
    batch = history_tables.Batch(scans=(read_again,), notified=notified, lines=(line,))

    history_tables.write(connection, batch, CLOCKS, redaction.masked)

    [back] = [
        row
        for page in history_tables.read_rows(connection, SCAN_ID, "", 9, CLOCKS).rows
        for row in page.findings
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
        history_tables.write(history, history_tables.Batch(times=(past_times(number),)), CLOCKS)
    history_tables.write(history, history_tables.Batch(forgotten=(ScanId("past 5"),)), CLOCKS)
    kept = {times.scan_id: times for times in history_tables.read(history, CLOCKS).times}
    assert len(kept) == MOST_SCANS
    assert "past 1" not in kept
    assert kept[ScanId("past 5")] == past_times(5)


def test_new_times_replace_earlier_ones(history: sqlite3.Connection) -> None:
    history_tables.write(history, history_tables.Batch(times=(past_times(1),)), CLOCKS)
    again = replace(past_times(1), durations_s=(("hunt", 7.0),))
    history_tables.write(history, history_tables.Batch(times=(again,)), CLOCKS)
    assert history_tables.read(history, CLOCKS).times == (again,)


def test_times_of_last_year_and_invalid_ones_are_left_out(history: sqlite3.Connection) -> None:
    history_tables.write(history, history_tables.Batch(times=(past_times(1),)), CLOCKS)
    insert = "INSERT INTO stage_times VALUES ('http://a', 'r', 's', 'hunt', ?, ?)"
    history.execute(insert, (1e300, -5.0))
    assert history_tables.read(history, CLOCKS).times == (past_times(1),)
    later = replace(CLOCKS, wall_s=CLOCKS.wall_s + history_tables.OLD_TIMES_S + 90_000)
    history_tables.forget_old(history, (), later)
    assert history_tables.read(history, CLOCKS).times == ()


def past_times(number: int) -> ScanTimes:
    """The times of a scan, one later than the other."""
    ended_at = datetime.fromtimestamp(CLOCKS.wall_s + number, UTC)
    durations_s = (("hunt", 100.0 + number), ("ingest", 3.5))
    return ScanTimes(SERVER, REPO_ID, ScanId(f"past {number}"), ended_at, durations_s)

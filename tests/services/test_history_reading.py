"""What was written is read as observations of this session's clock."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import ToldRecord
from heimdall_desktop.services.history_file import opened
from heimdall_desktop.services.history_moments import BothClocks
from heimdall_desktop.services.history_reading import read, read_activities, read_rows
from heimdall_desktop.services.history_writing import Batch, write
from tests.fakes.findings import SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import activity, past_scan

CLOCKS = BothClocks(wall_s=1_000_000.0, clock_s=1000.0)
HOUR_S = 3600.0
ROWS = [make_finding(number) for number in range(7)]
TOLD = (ToldRecord(SCAN_ID, ROWS[0].id, "print"),)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = opened(tmp_path / "h.sqlite3")
    scan = past_scan(ROWS, 990.0, activities=(activity(1), activity(2)))
    write(connection, Batch(scans=(scan,), told=TOLD, lines=(make_line(1),)), CLOCKS)
    yield connection
    connection.close()


def test_everything_comes_back_as_old_as_it_is(history: sqlite3.Connection) -> None:
    later = BothClocks(CLOCKS.wall_s + HOUR_S, clock_s=5.0)
    past = read(history, later)
    [scan] = past.scans
    assert scan.asked_at_s == pytest.approx(5.0 - HOUR_S - 10.0)
    assert past.told == TOLD
    assert past.lines == (make_line(1),)
    page = read_rows(history, SCAN_ID, "", 100, later)
    assert {listed.asked_at_s for listed in page.rows} == {scan.asked_at_s}


def test_findings_come_in_pages_each_once(history: sqlite3.Connection) -> None:
    found, after = [], ""
    sizes = []
    while True:
        page = read_rows(history, SCAN_ID, after, 3, CLOCKS)
        found += [finding for listed in page.rows for finding in listed.findings]
        sizes.append(len(page.rows))
        if page.last is None:
            break
        after = page.last
    assert sizes == [3, 3, 1]
    assert found == ROWS


def test_the_log_comes_back(history: sqlite3.Connection) -> None:
    assert read_activities(history, SCAN_ID) == (activity(1), activity(2))


def test_of_a_wall_clock_that_was_set_back_nothing_lies_in_the_future_and_order_stays(
    history: sqlite3.Connection,
) -> None:
    newer = past_scan([replace(ROWS[1], title="newer")], 995.0)
    write(history, Batch(scans=(newer,)), CLOCKS)
    set_back = BothClocks(CLOCKS.wall_s - HOUR_S, clock_s=1020.0)
    [scan] = read(history, set_back).scans
    assert scan.asked_at_s == pytest.approx(1020.0)
    asked = [row.asked_at_s for row in read_rows(history, SCAN_ID, "", 100, set_back).rows]
    assert max(asked) <= 1020.0
    assert asked[1] - asked[0] == pytest.approx(5.0)


def test_rows_that_make_no_sense_are_counted_and_cost_nobody_else(
    history: sqlite3.Connection,
) -> None:
    history.execute("UPDATE findings SET finding = x'c1' WHERE finding_id = ?", (ROWS[3].id,))
    history.execute("UPDATE inbox SET line = x''")
    page = read_rows(history, SCAN_ID, "", 100, CLOCKS)
    assert (len(page.rows), page.unreadable) == (6, 1)
    assert read(history, CLOCKS).lines == ()


def test_of_a_scan_that_is_not_there_nothing_is_read(history: sqlite3.Connection) -> None:
    nowhere = type(SCAN_ID)("nowhere")
    assert read_rows(history, nowhere, "", 100, CLOCKS).rows == ()
    assert read_activities(history, nowhere) == ()

"""The tables of the history: age decides what is kept, and moments outlive the session."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.alerts.alert import LINE_LIMIT, NotifiedRecord
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.observation import ScanRead
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.domain.facts.recorded import PastScan
from heimdall_desktop.domain.pairing import KEY_BYTES, KeptDecision, Owner, Trace
from heimdall_desktop.domain.stages.stage_times import MOST_SCANS, ScanTimes
from heimdall_desktop.services import history_tables
from heimdall_desktop.services.history_file import opened
from heimdall_desktop.services.history_tables import Batch, BothClocks, Mask, Past
from heimdall_desktop.services.log import Redaction
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line
from tests.fakes.past_scans import SERVER, activity, past_scan, was_listed

CLOCKS = BothClocks(wall_s=1_000_000_000.0, clock_s=1000.0)
OTHER = ScanId("1c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
HOUR_S = 3600.0
ROWS = [make_finding(number) for number in range(7)]
NOTIFIED = (
    NotifiedRecord(SCAN_ID, ROWS[0].id, "print"),
    NotifiedRecord(SCAN_ID, FindingId(Event.FAILED.value), "2"),
)


class Tables:
    """The tables of a file, at the moment of `CLOCKS`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "h.sqlite3"
        self.connection = opened(self.path)

    def write(
        self, *scans: PastScan, clocks: BothClocks = CLOCKS, mask: Mask = bytes, **batch: Any
    ) -> frozenset[ScanId]:
        return history_tables.write(self.connection, Batch(scans=scans, **batch), clocks, mask)

    def read(self, clocks: BothClocks = CLOCKS) -> Past:
        return history_tables.read(self.connection, clocks)

    def rows(
        self, after: str = "", count: int = 100, clocks: BothClocks = CLOCKS
    ) -> history_tables.RowsPage:
        return history_tables.read_rows(self.connection, SCAN_ID, after, count, clocks)

    def findings(self) -> list[Finding]:
        return [finding for listed in self.rows().rows for finding in listed.findings]

    def titles(self) -> list[str]:
        return [finding.title for finding in self.findings()]

    def count(self, rows: str) -> int:
        query = f"SELECT count(*) FROM {rows}"  # noqa: S608
        [number] = self.connection.execute(query).fetchone()
        return int(number)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[Tables]:
    tables = Tables(tmp_path)
    yield tables
    tables.connection.close()


@pytest.fixture
def filled(history: Tables) -> Tables:
    scan = past_scan(ROWS, 990.0, activities=(activity(1), activity(2)))
    history.write(scan, notified=NOTIFIED, lines=(make_line(1),))
    return history


# -- moments --


def test_a_moment_ages_by_the_time_between_two_sessions() -> None:
    after = BothClocks(CLOCKS.wall_s + HOUR_S, clock_s=20.0)  # the machine was restarted
    assert after.to_clock(CLOCKS.to_wall(990.0)) == pytest.approx(20.0 - 3610.0)


def test_no_moment_is_in_the_future() -> None:
    set_back = BothClocks(wall_s=CLOCKS.wall_s - HOUR_S, clock_s=1010.0)
    assert set_back.to_clock(CLOCKS.to_wall(990.0)) == 1010.0
    assert set_back.excess_s(CLOCKS.to_wall(990.0)) == pytest.approx(3590.0)
    assert CLOCKS.excess_s(CLOCKS.to_wall(990.0)) == 0.0


# -- reading --


def test_everything_is_read_with_its_age(filled: Tables) -> None:
    later = BothClocks(CLOCKS.wall_s + HOUR_S, clock_s=5.0)
    past = filled.read(later)
    [scan] = past.scans
    assert scan.asked_at_s == pytest.approx(5.0 - HOUR_S - 10.0)
    assert past.notified == NOTIFIED[1:]
    assert history_tables.read_notified(filled.connection) == [NOTIFIED[0]]
    assert past.lines == (make_line(1),)
    page = filled.rows(clocks=later)
    assert {listed.asked_at_s for listed in page.rows} == {scan.asked_at_s}
    log = history_tables.read_activities(filled.connection, SCAN_ID)
    assert log == (activity(1), activity(2))


def test_findings_are_read_in_pages_each_once(filled: Tables) -> None:
    pages = list[list[Finding]]()
    after: str | None = ""
    while after is not None:
        page = filled.rows(after, 3)
        pages.append([finding for listed in page.rows for finding in listed.findings])
        after = page.last
    assert list(map(len, pages)) == [3, 3, 1]
    assert [finding for page in pages for finding in page] == ROWS


def test_after_the_wall_clock_is_set_back_the_order_stays_without_a_future(filled: Tables) -> None:
    filled.write(past_scan([replace(ROWS[1], title="newer")], 995.0))
    set_back = BothClocks(CLOCKS.wall_s - HOUR_S, clock_s=1020.0)
    [scan] = filled.read(set_back).scans
    assert scan.asked_at_s == pytest.approx(1020.0)
    asked = [row.asked_at_s for row in filled.rows(clocks=set_back).rows]
    assert max(asked) <= 1020.0
    assert asked[1] - asked[0] == pytest.approx(5.0)


def test_unreadable_rows_are_counted_and_affect_no_other_row(filled: Tables) -> None:
    filled.connection.execute("UPDATE facts SET fact = x'c1' WHERE key = ?", (ROWS[3].id,))
    filled.connection.execute("UPDATE inbox SET line = x''")
    assert (len(filled.findings()), filled.rows().unreadable) == (6, 1)
    assert filled.read().lines == ()


def test_nothing_is_read_of_an_unknown_scan(filled: Tables) -> None:
    nowhere, connection = ScanId("nowhere"), filled.connection
    assert history_tables.read_rows(connection, nowhere, "", 100, CLOCKS).rows == ()
    assert history_tables.read_activities(connection, nowhere) == ()


# -- writing --


def test_a_newer_answer_replaces_an_older_one_never_the_reverse(history: Tables) -> None:
    for title, asked_at_s in (("second", 900.0), ("first", 800.0), ("third", 950.0)):
        history.write(past_scan([make_finding(1, title=title)], asked_at_s))
    assert history.titles() == ["third"]
    history.write(past_scan([make_finding(1)], 100.0))
    [scan] = history.read().scans
    assert scan.asked_at_s == 950.0


def test_an_answer_from_the_future_is_replaced(history: Tables) -> None:
    """It was written before the wall clock was set back."""
    ahead = replace(CLOCKS, wall_s=CLOCKS.wall_s + 3600.0)
    history.write(past_scan([make_finding(1, title="old")], 900.0), clocks=ahead)
    history.write(past_scan([make_finding(1, title="new")], 900.0))
    assert history.titles() == ["new"]
    [scan] = history.read().scans
    assert scan.asked_at_s == 900.0


@pytest.mark.parametrize("has_head", [True, False])
def test_while_rows_are_pending_only_an_earlier_head_is_listed(
    history: Tables, has_head: bool
) -> None:
    if has_head:
        history.write(past_scan([], 900.0))
    history.write(past_scan([make_finding(1)], 950.0, is_partial=True))
    [scan] = history.read().scans
    assert was_listed(scan) is has_head
    assert scan.asked_at_s == 900.0 or not has_head
    assert len(history.titles()) == 1


def test_new_scans_are_returned_and_one_may_be_emptied_and_filled_at_once(history: Tables) -> None:
    gone = past_scan([make_finding(1, title="gone")])
    assert history.write(gone) == {SCAN_ID}
    assert history.write(gone, past_scan(scan_id=OTHER)) == {OTHER}
    history.write(past_scan([make_finding(2, title="back")]), emptied=(SCAN_ID,))
    assert history.titles() == ["back"]


def test_a_forgotten_scan_leaves_nothing_and_the_others_stay(history: Tables) -> None:
    rows = [make_finding(1), make_finding(2)]
    scans = (
        past_scan(rows, activities=(activity(1),)),
        past_scan([make_finding(3)], scan_id=OTHER, activities=(activity(2),)),
    )
    notified = (NotifiedRecord(SCAN_ID, rows[0].id, "a"), NotifiedRecord(OTHER, rows[1].id, "b"))
    history.write(*scans, notified=notified)
    history.write(forgotten=(SCAN_ID,))
    kinds = ("facts WHERE kind = 'finding'", "facts WHERE kind = 'activity'")
    for each in ("scans", "notified", *kinds):
        assert history.count(each) == 1, each
    assert [scan.scan_id for scan in history.read().scans] == [OTHER]


def test_forgotten_data_is_not_in_the_file(history: Tables) -> None:
    secret = "a line of code nobody else may see"  # noqa: S105
    history.write(past_scan([make_finding(1, code_snippet=secret)]))
    history.write(forgotten=(SCAN_ID,))
    history.connection.close()
    assert list(history.path.parent.iterdir()) == [history.path]
    assert secret.encode() not in history.path.read_bytes()


def test_the_space_of_forgotten_data_is_released(history: Tables) -> None:
    rows = [make_finding(number, description="x" * 2000) for number in range(500)]
    history.write(past_scan(rows))
    history.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    full = history.path.stat().st_size
    history.write(forgotten=(SCAN_ID,))
    history.connection.close()
    assert history.path.stat().st_size < full / 10


def test_a_batch_is_written_as_a_whole_or_not_at_all(history: Tables) -> None:
    history.connection.execute("DROP TABLE inbox")  # which is written last
    with pytest.raises(sqlite3.OperationalError):
        history.write(past_scan([make_finding(1)]), lines=(make_line(1),))
    assert history.count("scans") == history.count("facts") == 0
    assert not history.connection.in_transaction


def test_an_unread_scan_is_left_out_and_an_unwritable_text_is_replaced(history: Tables) -> None:
    unseen = replace(past_scan(scan_id=OTHER), asked_at_s=None, head=())
    broken = past_scan([make_finding(1, title="\ud800"), make_finding(2, title="well")])
    history.write(unseen, broken)
    assert history.titles() == ["?", "well"]
    assert history.count("scans") == 1


def test_inbox_lines_keep_their_order_limit_and_newest_text(history: Tables) -> None:
    lines = tuple(make_line(number) for number in range(LINE_LIMIT + 5))
    history.write(lines=lines)
    changed = replace(lines[-1], is_read=True)
    history.write(lines=(changed,))
    assert list(history.read().lines) == [*lines[5:-1], changed]


def test_a_flood_of_high_alerts_removes_no_unread_critical_one(history: Tables) -> None:
    lines = tuple(make_line(number, is_read=number < 2) for number in range(LINE_LIMIT))
    history.write(lines=lines)
    later = map(make_line, range(LINE_LIMIT, LINE_LIMIT + 5))
    flood = tuple(replace(line, event=Event.HIGH) for line in later)
    history.write(lines=flood)
    assert list(history.read().lines) == [*lines[2:], *flood[-2:]]


def test_an_inbox_line_is_read_back_and_updated_by_its_key(history: Tables) -> None:
    summary = replace(make_line(1), key="alert-0f3c9a12-1", title="3 new critical findings in shop")
    history.write(lines=(summary,))
    [back] = history.read().lines
    assert back == summary
    history.write(lines=(replace(back, is_read=True),))
    assert list(history.read().lines) == [replace(summary, is_read=True)]


def test_old_scans_that_are_on_no_board_are_forgotten(history: Tables) -> None:
    scans = (past_scan(asked_at_s=900.0), past_scan(asked_at_s=900.0, scan_id=OTHER))
    history.write(*scans)
    history_tables.forget(history.connection, [OTHER], CLOCKS)
    assert history.count("scans") == 2
    later = replace(CLOCKS, wall_s=CLOCKS.wall_s + history_tables.OLD_S)
    history_tables.forget(history.connection, [OTHER], later)
    assert [scan.scan_id for scan in history.read().scans] == [OTHER]


def test_a_token_repeated_by_a_server_is_in_no_row(history: Tables) -> None:
    token = "c0ffee" * 10 + "beef"
    redaction = Redaction()
    redaction.know(token)
    row = make_finding(1, id=f"id {token}", title=token, fingerprint=token, references=(token,))
    log = replace(activity(1), key=token, title=token)
    scan = past_scan([row], activities=(log,))
    head = [replace(one, error=token) if isinstance(one, ScanRead) else one for one in scan.head]
    notified = (NotifiedRecord(SCAN_ID, row.id, token),)
    line = replace(make_line(1), key=token, title=token, finding_id=row.id)
    read_again = replace(scan, head=tuple(head))
    history.write(read_again, mask=redaction.masked, notified=notified, lines=(line,))
    assert history.titles() == ["*" * 64]
    history.connection.close()
    assert token.encode() not in history.path.read_bytes()


def test_the_times_of_stages_outlive_their_scan_and_the_newest_scans_stay(history: Tables) -> None:
    for number in range(MOST_SCANS + 2):
        history.write(times=(past_times(number),))
    history.write(forgotten=(ScanId("past 5"),))
    kept = {times.scan_id: times for times in history.read().times}
    assert len(kept) == MOST_SCANS
    assert "past 1" not in kept
    assert kept[ScanId("past 5")] == past_times(5)


def test_times_replace_earlier_ones_and_those_of_last_year_and_invalid_ones_are_left_out(
    history: Tables,
) -> None:
    history.write(times=(past_times(1),))
    again = replace(past_times(1), durations_s=(("hunt", 7.0),))
    history.write(times=(again,))
    assert history.read().times == (again,)
    history.write(times=(past_times(1),))
    insert = "INSERT INTO stage_times VALUES ('http://a', 'r', 's', 'hunt', ?, ?)"
    history.connection.execute(insert, (1e300, -5.0))
    assert history.read().times == (past_times(1),)
    later = replace(CLOCKS, wall_s=CLOCKS.wall_s + history_tables.OLD_TIMES_S + 90_000)
    history_tables.forget(history.connection, (), later)
    assert history.read().times == ()


def past_times(number: int) -> ScanTimes:
    """The times of a scan, one later than the other."""
    ended_at = datetime.fromtimestamp(CLOCKS.wall_s + number, UTC)
    durations_s = (("hunt", 100.0 + number), ("ingest", 3.5))
    return ScanTimes(SERVER, REPO_ID, ScanId(f"past {number}"), ended_at, durations_s)


def test_decisions_are_read_back_and_outlive_their_scans(history: Tables) -> None:
    owner, other = Owner("https://one.example", "a", "r"), Owner("https://one.example", "b", "r")
    made = KeptDecision(
        owner,
        "f1",
        Trace("p", "c", is_unique=True),
        FindingStatus.DISMISSED,
        Severity.LOW,
        Reason.TEST_CODE,
        Severity.HIGH,
        was_proven=True,
        at=FOUND_AT,
        scan_at=FOUND_AT,
        is_here=True,
    )
    rejection = replace(made, finding="f2", status=None, severity=None, is_rejection=True)
    history.write(past_scan(ROWS), decisions=(made, rejection, replace(made, owner=other)))
    history.write(forgotten=(SCAN_ID,))
    assert set(history_tables.read_decisions(history.connection, owner)) == {made, rejection}
    history.write(decisions=(replace(made, status=None, severity=None),))
    assert history_tables.read_decisions(history.connection, owner) == (rejection,)
    history_tables.forget_decisions(history.connection, owner)
    assert history_tables.read_decisions(history.connection, owner) == ()
    assert len(history_tables.read_decisions(history.connection, other)) == 1


def test_old_decisions_and_with_the_history_all_are_forgotten(history: Tables) -> None:
    owner, decision = Owner("s", "a", "r"), decision_of_a_year()
    old_s = FOUND_AT.timestamp() + history_tables.OLD_DECISIONS_S
    for wall_s, keep_s, left in ((old_s, HOUR_S, 1), (old_s + 1, HOUR_S, 0), (old_s, None, 0)):
        history.write(decisions=(decision,))
        clocks = BothClocks(wall_s=wall_s, clock_s=1000.0)
        history_tables.forget(history.connection, (), clocks, keep_s)
        assert len(history_tables.read_decisions(history.connection, owner)) == left


def test_of_a_repository_the_newest_decisions_stay(
    history: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_tables, "DECISIONS_LIMIT", 3)
    made = [
        replace(decision_of_a_year(), finding=str(number), at=FOUND_AT + timedelta(hours=number))
        for number in range(5)
    ]
    history.write(decisions=tuple(made))
    kept = history_tables.read_decisions(history.connection, made[0].owner)
    assert [each.finding for each in kept] == ["4", "3", "2"]


def test_the_key_of_decisions_is_made_once(history: Tables) -> None:
    read = history_tables.read_decision_key
    assert read(history.connection, is_read_only=True) == b""
    key = read(history.connection, is_read_only=False)
    assert len(key) == KEY_BYTES
    assert read(history.connection, is_read_only=False) == key


def decision_of_a_year() -> KeptDecision:
    trace = Trace("p", "c", is_unique=False)
    status, owner = FindingStatus.FIXED, Owner("s", "a", "r")
    low, at = Severity.LOW, FOUND_AT
    return KeptDecision(
        owner, "f", trace, status, None, None, low, was_proven=False, at=at, scan_at=at
    )

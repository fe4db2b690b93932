"""The model of the findings table, with the gaps of a stream."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingId,
    FindingStatus,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.observation import ListingEnded
from heimdall_desktop.domain.facts.seen import SeenFindings
from heimdall_desktop.domain.filters.filter import ONLY_NEW, Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, NEWEST_LAST, USUAL_COLUMNS, Column, Order
from heimdall_desktop.domain.table.ordered_rows import GapRow, NewMarks
from heimdall_desktop.models import cell_text, incremental_work
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.rows_model import DISPLAY_ROLE
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.decision_text import BACK_WORDS
from heimdall_desktop.presentation.mask import Mask
from tests.fakes.announced_scans import by_stream, documented
from tests.fakes.findings import (
    FOUND_AT,
    SCAN_ID,
    WatchedFindings,
    finding_id,
    make_finding,
    realistic_findings,
)
from tests.lab.scan_script import ScanScript, ScriptedTime

OTHER_SCAN = ScanId("1b671a64-40d5-491e-99b0-da01ff1f3341")


class Table(WatchedFindings):
    """A watched scan, and the model of its findings."""

    def __init__(self) -> None:
        super().__init__()
        self.watch("payments-api")
        self.model = FindingsModel(self.store, self.ticker)

    def ids(self) -> list[str]:
        rows = range(self.model.rowCount())
        return [self.model.index(row, 0).data(cell_text.FINDING_ROLE).id for row in rows]

    def remove(self, scan_id: ScanId) -> None:
        self.store.remove(scan_id)
        self.ticker.flush()


@pytest.fixture
def table(qapp: object, qtmodeltester: ModelTester) -> Iterator[Table]:
    table = Table()
    qtmodeltester.check(table.model)  # type: ignore[no-untyped-call]
    yield table
    table.model.deleteLater()


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prepare the rows in slices."""
    monkeypatch.setattr(incremental_work, "MANY_ROWS", 3)


class Counted:
    """Counts the signals of a model."""

    def __init__(self, model: FindingsModel) -> None:
        self.inserted: list[tuple[int, int]] = []
        self.replaced: list[tuple[int, int]] = []
        self.resets = self.removed = self.moved = self.batches = 0
        model.rowsInserted.connect(lambda _, first, last: self.inserted.append((first, last)))
        model.dataChanged.connect(lambda a, b: self.replaced.append((a.row(), b.row())))
        model.modelReset.connect(lambda: self._add("resets"))
        model.rowsRemoved.connect(lambda: self._add("removed"))
        model.rowsMoved.connect(lambda: self._add("moved"))
        model.changed.connect(lambda: self._add("batches"))

    def _add(self, name: str) -> None:
        setattr(self, name, getattr(self, name) + 1)


def aged(number: int, **fields: Any) -> Finding:
    return make_finding(number, created_at=FOUND_AT + timedelta(seconds=number), **fields)


def ids(*numbers: int) -> list[FindingId]:
    return list(map(finding_id, numbers))


def test_a_batch_is_one_insert(table: Table) -> None:
    counts = Counted(table.model)
    table.list(aged(n) for n in range(100))
    table.list(aged(n) for n in range(100, 150))
    assert counts.inserted == [(0, 99), (100, 149)]
    assert (counts.resets, counts.batches) == (0, 2)


def test_findings_that_were_there_before_are_shown(table: Table) -> None:
    table.list(realistic_findings(9))
    table.model = model = FindingsModel(table.store, table.ticker)
    assert model.rowCount() == model.shown == model.counts.total == 9


def test_many_that_were_there_before_come_turn_by_turn(
    table: Table, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental_work, "SLICE", 4)
    table.list(aged(n) for n in range(9))
    table.store.observe(ListingEnded(SCAN_ID, 1.0, total=9, read=9, is_whole=True))
    table.model = model = FindingsModel(table.store, table.ticker)
    assert (model.counts.total, model.waiting) == (4, 5)
    table.list([aged(8, status=FindingStatus.FIXED), aged(9)])
    assert (model.counts.total, model.waiting) == (6, 5)
    qtbot.waitUntil(lambda: model.waiting == 0)
    assert table.ids() == ids(*range(10))
    assert list(model.listing.marks) == ids(9), "only what came afterwards is new"


def test_replaced_rows_stay_in_place(table: Table) -> None:
    table.list(aged(n) for n in range(5))
    counts = Counted(table.model)
    table.list(aged(n, status=FindingStatus.FIXED) for n in (1, 2, 4))
    assert counts.replaced == [(1, 2), (4, 4)]
    assert table.model.data(table.model.index(1, COLUMNS.index(Column.STATUS))) == "Fixed"


def test_a_row_moves_where_its_column_sorts(table: Table) -> None:
    table.model.set_order(Order(Column.SEVERITY, is_descending=True))
    table.list(aged(n, severity=Severity.LOW) for n in range(4))
    counts = Counted(table.model)
    table.list([aged(0, severity=Severity.CRITICAL)])
    table.list([aged(3, severity=Severity.OTHER)])
    assert table.ids() == ids(0, 2, 1, 3)
    assert (counts.moved, counts.resets) == (2, 0)


def test_many_rows_are_sorted_before_they_are_shown(
    table: Table, qtbot: QtBot, few_are_many: None
) -> None:
    table.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    order = Order(Column.SEVERITY)
    with qtbot.waitSignal(table.model.order_changed):
        table.model.set_order(order)
        assert table.ids() == ids(*range(5))
        assert table.model.order == order, "a second click turns it round"
        table.list([aged(5, severity=Severity.OTHER)])
    assert table.ids() == ids(4, 5, 3, 2, 1, 0)


def test_the_last_of_several_orders_counts(table: Table, qtbot: QtBot, few_are_many: None) -> None:
    table.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    with qtbot.waitSignal(table.model.order_changed):
        table.model.set_order(Order(Column.SEVERITY))
        table.model.set_order(Order(is_descending=True))
    assert table.ids() == ids(4, 3, 2, 1, 0)


def test_many_rows_are_grouped_before_they_are_shown(
    table: Table, qtbot: QtBot, few_are_many: None
) -> None:
    table.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    with qtbot.waitSignals([table.model.order_changed, table.model.grouping_changed]):
        table.model.group_by(GroupBy.SCAN)
        table.model.set_order(Order(Column.SEVERITY))
        assert (table.model.rowCount(), table.model.grouped_by) == (5, GroupBy.SCAN)
        table.list([aged(5, severity=Severity.OTHER)])
    assert table.model.grouped.group_of(finding_id(5)) is not None
    assert [table.model.row_of(finding_id(n)) for n in (4, 5, 3, 2, 1, 0)] == [1, 2, 3, 4, 5, 6]


def test_filter_and_counts(table: Table) -> None:
    table.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    table.model.set_filter(parse_filter("sev>=high"))
    assert (table.model.shown, table.model.hidden, table.model.counts.total) == (2, 3, 5)
    assert set(table.model.counts.severities.values()) == {1}
    table.list([aged(0, severity=Severity.LOW)])
    assert (table.model.shown, table.model.counts.severities[Severity.LOW]) == (1, 2)


def test_t09_repeats_are_folded_and_counted_apart(table: Table) -> None:
    table.list(aged(n, fingerprint=f"{n % 3}") for n in range(5))
    assert table.ids() == ids(2, 3, 4)
    assert (
        table.model.shown,
        table.model.hidden,
        table.model.counts.folded,
        table.model.counts.repeats,
        table.model.counts.total,
    ) == (3, 0, 2, 2, 5)
    table.list([aged(5, fingerprint="2")])
    assert table.ids() == ids(3, 4, 5)
    assert table.model.counts.severities.total() == 3
    table.model.set_filter(parse_filter("show:repeats"))
    assert (
        table.model.shown,
        table.model.hidden,
        table.model.counts.folded,
        table.model.counts.repeats,
        table.model.counts.total,
    ) == (6, 0, 0, 3, 6)
    table.model.set_filter(parse_filter("nowhere"))
    assert (table.model.shown, table.model.hidden, table.model.counts.folded) == (0, 3, 3)


def test_a_scan_in_scope_hides_the_others(table: Table) -> None:
    table.watch("web-shop", OTHER_SCAN)
    table.list([aged(1)])
    table.list([aged(2, scan_id=OTHER_SCAN)], OTHER_SCAN)
    had_many_scans = table.model.has_many_scans
    table.model.set_filter(Filter(scan_id=OTHER_SCAN))
    assert table.ids() == ids(2)
    assert (had_many_scans, table.model.has_many_scans, table.model.hidden) == (True, False, 0)


def test_a_scan_that_leaves_takes_its_rows(table: Table) -> None:
    table.list(aged(n) for n in range(3))
    counts = Counted(table.model)
    table.remove(SCAN_ID)
    assert (table.model.rowCount(), counts.removed, counts.resets) == (0, 1, 0)


def test_cells_follow_the_name_of_their_scan(table: Table) -> None:
    table.watch("", OTHER_SCAN)
    table.list([aged(1, scan_id=OTHER_SCAN)], OTHER_SCAN)
    cell = table.model.index(0, COLUMNS.index(Column.SCAN))
    assert table.model.data(cell) == OTHER_SCAN[:8]
    table.watch("late-name", ScanId("unused"))
    scan = table.store.scan(OTHER_SCAN)
    assert scan is not None
    scan.repo_name = "web-shop"
    table.list([aged(2, scan_id=OTHER_SCAN)], OTHER_SCAN)
    assert table.model.data(cell) == "web-shop"


def test_scattered_news_resets_once(table: Table) -> None:
    table.list(aged(2 * n) for n in range(600))
    counts = Counted(table.model)
    table.list(aged(2 * n + 1) for n in range(600))
    assert (counts.resets, counts.inserted) == (1, [])
    assert table.ids() == ids(*range(1200))


def test_headers_sort(table: Table, qtbot: QtBot) -> None:
    table.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    horizontal, first = Qt.Orientation.Horizontal, Qt.ItemDataRole.InitialSortOrderRole
    assert table.model.headerData(0, horizontal) == "Severity"
    assert table.model.headerData(0, horizontal, first) is Qt.SortOrder.DescendingOrder
    with qtbot.waitSignals(
        [table.model.about_to_change, table.model.modelReset, table.model.changed]
    ):
        table.model.sort(0, Qt.SortOrder.AscendingOrder)
    assert table.model.data(table.model.index(0, 0)) == "Other"
    with qtbot.assertNotEmitted(table.model.modelReset):
        table.model.sort(0, Qt.SortOrder.AscendingOrder)


def test_row_text_is_every_cell(table: Table) -> None:
    table.list([make_finding(1, cwe_text="CWE-89")])
    finding = table.model.finding_at(0)
    assert finding is not None
    cells = table.model.words.row_text(finding).split("\t")
    assert len(cells) == len(USUAL_COLUMNS)
    assert "CWE-89" in cells
    assert table.model.finding_at(1) is None


def test_findings_after_the_first_listing_are_new_until_seen(table: Table, qtbot: QtBot) -> None:
    table.list(aged(n) for n in range(2))
    table.store.observe(ListingEnded(SCAN_ID, 1.5, 2, 2, is_whole=True))
    table.list(aged(n) for n in range(5))
    assert (table.model.counts.new, list(table.model.listing.marks)) == (3, ids(2, 3, 4))
    table.model.set_filter(Filter(news=ONLY_NEW))
    assert table.ids() == ids(2, 3, 4)
    with qtbot.waitSignals([table.model.counts_changed, table.model.dataChanged]):
        table.model.see(finding_id(3))
    table.model.see(finding_id(4))
    assert (table.model.counts.new, table.ids()) == (1, ids(2, 4))
    table.model.see_all()
    assert (table.model.counts.new, table.model.rowCount()) == (0, 0)


def test_marks_of_an_earlier_session_come_back_with_their_findings(table: Table) -> None:
    table.list(aged(n) for n in range(3))
    table.model = model = FindingsModel(table.store, table.ticker, marks=NewMarks(ids(1)))
    assert list(model.listing.marks) == ids(1)


def test_rows_of_scans_of_one_name_are_distinguished(table: Table) -> None:
    table.list([make_finding(1)])
    section, first = COLUMNS.index(Column.SCAN), table.store.name_of(SCAN_ID)
    assert table.model.index(0, section).data() == first
    table.watch(first, OTHER_SCAN)
    table.list([make_finding(2, scan_id=OTHER_SCAN)], OTHER_SCAN)
    reported = {table.model.index(row, section).data() for row in range(2)}
    assert reported == {f"{first} {scan_id[:8]}" for scan_id in (SCAN_ID, OTHER_SCAN)}
    table.remove(OTHER_SCAN)
    assert table.model.index(0, section).data() == first


def test_a_kept_row_keeps_its_place_and_look_until_its_release(table: Table) -> None:
    table.list([aged(number) for number in range(3)])
    table.model.set_filter(parse_filter("status:open"))
    table.model.keep_row(finding_id(1))
    for status in (FindingStatus.CONFIRMED, FindingStatus.DISMISSED):
        table.list([aged(1, status=status)])
    assert table.ids() == ids(0, 1, 2)
    row = table.model.finding_at(table.model.row_of(finding_id(1)) or 0)
    assert row is not None
    assert row.status is FindingStatus.OPEN
    table.model.release_row(finding_id(1))
    assert table.ids() == ids(0, 2)
    table.model.release_row(finding_id(1))
    assert table.ids() == ids(0, 2)


def test_a_row_that_stays_leaves_with_its_scan(table: Table) -> None:
    table.list([aged(number) for number in range(2)])
    table.model.keep_row(finding_id(1))
    table.list([aged(1, status=FindingStatus.DISMISSED)])
    table.remove(SCAN_ID)
    table.model.release_row(finding_id(1))
    assert table.ids() == []


# -- Gaps in a stream are rows of their own, and no findings --


FLAG, ROLE = Qt.ItemFlag, Qt.ItemDataRole


class Gaps:
    """A model of the findings of streams."""

    def __init__(self) -> None:
        self.store, self.time = Store(), ScriptedTime()
        self.ticker = Ticker(self.store)
        self.model = FindingsModel(self.store, self.ticker)

    def stream(self) -> ScanScript:
        """Watch a scan by a stream that was cut off between its second and third finding."""
        script = by_stream(self.store, self.time)
        self.ticker.flush()
        return script

    def outline(self) -> list[str]:
        rows = [self.model.row_at(row) for row in range(self.model.rowCount())]
        return ["gap" if isinstance(row, GapRow) else row.title_line[-1] for row in rows]  # type: ignore[union-attr]

    def heading(self) -> str:
        section = COLUMNS.index(Column.FIRST_SEEN)
        return str(self.model.headerData(section, Qt.Orientation.Horizontal))


@pytest.fixture
def gaps(qapp: object, qtmodeltester: ModelTester) -> Iterator[Gaps]:
    gaps = Gaps()
    qtmodeltester.check(gaps.model)  # type: ignore[no-untyped-call]
    yield gaps
    gaps.model.deleteLater()


def test_a_gap_is_in_its_place_and_is_no_finding(gaps: Gaps) -> None:
    scan = gaps.stream().scan
    assert gaps.outline() == ["0", "1", "gap", "2", "3"]
    assert (gaps.model.shown, gaps.model.counts.total, gaps.model.hidden) == (4, 4, 0)
    assert gaps.model.finding_at(2) is None
    index = gaps.model.index(2, 0)
    assert gaps.model.flags(index) == FLAG.NoItemFlags
    said = str(index.data(ROLE.AccessibleTextRole))
    assert said.startswith("Not connected ")
    assert said.endswith("Anything announced during that time is lost.")
    gap = gaps.model.row_at(2)
    assert gap is not None
    assert gaps.model.words.row_text(gap) == ""
    last = list(scan.findings)[-1]
    assert (gaps.model.row_of(last), gaps.model.grouped.position_of(last)) == (4, 3)
    assert gaps.model.has_gap_rows


def test_it_moves_with_the_rows_around_it(gaps: Gaps) -> None:
    script = gaps.stream()
    script.announce("Announced 9", Severity.LOW, 270)
    gaps.ticker.flush()
    assert gaps.outline() == ["0", "1", "9", "gap", "2", "3"]
    gaps.model.set_order(Order(Column.FIRST_SEEN, is_descending=True))
    assert gaps.outline() == ["3", "2", "gap", "9", "1", "0"]
    gaps.model.set_filter(Filter(severities=frozenset({Severity.CRITICAL})))
    assert gaps.outline() == ["gap", "0"]


def test_a_gap_that_comes_or_goes_by_itself(gaps: Gaps) -> None:
    script = gaps.stream()
    script.lose((260.0, 120.0), (50.0, 40.0), lag_s=10)
    gaps.ticker.flush()
    assert gaps.outline() == ["0", "1", "gap", "2", "3", "gap", "gap"]
    script.lose()  # the server has sent all of it again
    gaps.ticker.flush()
    assert gaps.outline() == ["0", "1", "2", "3"]
    assert not gaps.model.has_gap_rows


def test_rows_that_are_not_sorted_by_time_have_no_gaps(gaps: Gaps) -> None:
    gaps.stream()
    gaps.model.set_order(Order(Column.SEVERITY))
    assert "gap" not in gaps.outline()
    assert not gaps.model.has_gap_rows
    gaps.model.set_order(NEWEST_LAST)
    gaps.model.group_by(GroupBy.SCAN)
    assert not gaps.model.has_gap_rows
    gaps.model.group_by(None)
    assert gaps.outline().count("gap") == 1


def test_frozen_rows_stay_whatever_is_lost_meanwhile(gaps: Gaps) -> None:
    script = gaps.stream()
    gaps.model.set_frozen(is_frozen=True)
    script.lose((260.0, 120.0), (50.0, 40.0)).announce("Announced 8", Severity.LOW, 1)
    gaps.ticker.flush()
    assert gaps.outline() == ["0", "1", "gap", "2", "3"]
    gaps.model.set_frozen(is_frozen=False)
    assert gaps.outline() == ["0", "1", "gap", "2", "3", "gap", "8"]


def test_gaps_of_another_scan_are_out_of_scope(gaps: Gaps) -> None:
    script = gaps.stream()
    other = documented(gaps.store, gaps.time)
    gaps.ticker.flush()
    assert gaps.outline().count("gap") == 1
    gaps.model.set_filter(Filter(scan_id=other.scan.id))
    assert not gaps.model.has_gap_rows
    gaps.model.set_filter(Filter(scan_id=script.scan.id))
    assert gaps.outline().count("gap") == 1


def test_the_next_new_finding_lies_behind_a_gap(gaps: Gaps) -> None:
    scan = gaps.stream().scan
    ids = list(scan.findings)
    for found in ids[:2]:
        gaps.model.see(found)
    assert gaps.model.next_news(1, 1) == ids[2]


def test_the_column_of_moments_is_named_by_what_they_are(gaps: Gaps) -> None:
    assert gaps.heading() == "First seen"
    stream = gaps.stream()
    assert gaps.heading() == "Announced"
    documented(gaps.store, gaps.time)
    gaps.ticker.flush()
    assert gaps.heading() == "First seen"
    gaps.model.set_filter(Filter(scan_id=stream.scan.id))
    assert gaps.heading() == "Announced"


@pytest.mark.parametrize("column", [Column.SOURCE, Column.CWE, Column.CONFIDENCE, Column.STATUS])
def test_a_cell_that_is_unknown_says_so(gaps: Gaps, column: Column) -> None:
    gaps.stream()
    assert gaps.model.index(0, COLUMNS.index(column)).data() == "unknown"
    assert gaps.model.index(0, COLUMNS.index(Column.LOCATION)).data() == "location unknown"
    said = str(gaps.model.index(0, 0).data(ROLE.AccessibleTextRole))
    assert "Location unknown. Status unknown." in said


@pytest.mark.parametrize(
    "text",
    [
        "status:open",
        "-status:open",
        "file:*.py",
        "-file:tests/",
        "conf:high",
        "source:ai",
        "cwe:89",
        "desc:password",
        "has:fix",
        "-has:fix",
        "fp:taint",
        "is:open",
        "line:80-90",
        "stage:taint,hunt",
    ],
)
def test_what_is_unknown_hides_nothing(gaps: Gaps, text: str) -> None:
    gaps.stream()
    gaps.model.set_filter(parse_filter(text))
    assert gaps.model.shown == 4
    assert sum(gaps.model.counts.severities.values()) == 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [("sev:critical", 1), ("title:2", 1), ("announced", 4), ("no-such-text", 0), ("stage:hunt", 4),
     ("stage:config", 0), ("is:confirmed", 0)],
)  # fmt: skip
def test_what_was_announced_is_known(gaps: Gaps, text: str, shown: int) -> None:
    gaps.stream()
    gaps.model.set_filter(parse_filter(text))
    assert gaps.model.shown == shown


# -- What a row answers: its texts, one sentence for who listens, and tips without markup. --


Role = Qt.ItemDataRole


@pytest.fixture
def words() -> cell_text.CellText:
    noon = datetime(2026, 7, 4, 12).astimezone(UTC)
    names = {SCAN_ID: "payments-api"}
    return cell_text.CellText(names, lambda: noon, lambda: False, Mask(), SeenFindings())


def a_group(*rows: Finding) -> Group:
    return Group(GroupBy.FILE, (SCAN_ID, rows[0].file_path), list(rows))


SENTENCE = "High, unverified. SQL <b>injection</b>. orders.py, line 88. Open. payments-api."
TITLE, FIXED = {"title": "SQL <b>injection</b>"}, {"status": FindingStatus.FIXED}


@pytest.mark.parametrize(
    ("fields", "column", "role", "answer"),
    [
        (TITLE, Column.SEVERITY, Role.AccessibleTextRole, SENTENCE),
        (TITLE, Column.FINDING, Role.AccessibleTextRole, None),
        # tool tips hold no markup of the server
        (TITLE, Column.FINDING, Role.ToolTipRole, "<qt>SQL &lt;b&gt;injection&lt;/b&gt;</qt>"),
        (FIXED, Column.STATUS, DISPLAY_ROLE, "Fixed"),
        (FIXED, Column.STATUS, Role.CheckStateRole, None),
    ],
)
def test_what_a_row_answers(
    words: cell_text.CellText, fields: Any, column: Column, role: int, answer: str | None
) -> None:
    assert words.answer(make_finding(1, **fields), column, role) == answer


def test_t09_a_row_says_that_it_is_a_repeat(words: cell_text.CellText) -> None:
    for column, role in (
        (Column.SEVERITY, Role.AccessibleTextRole),
        (Column.FINDING, Role.ToolTipRole),
    ):
        texts = [
            words.answer(make_finding(1, is_repeat=is_repeat), column, role)
            for is_repeat in (True, False)
        ]
        assert [cell_text.REPEAT_WORDS in text for text in texts] == [True, False]


def test_a_row_says_until_when_it_is_snoozed_and_that_it_is_back(words: cell_text.CellText) -> None:
    tomorrow = datetime(2026, 7, 5, 9).astimezone(UTC)
    snoozed = make_finding(1, snoozed_until=tomorrow)
    for column, role in (
        (Column.SEVERITY, Role.AccessibleTextRole),
        (Column.FINDING, Role.ToolTipRole),
    ):
        assert "Snoozed until tomorrow 09:00." in words.answer(snoozed, column, role)
        assert BACK_WORDS in words.answer(make_finding(1, is_back=True), column, role)
        assert "nooze" not in words.answer(make_finding(1), column, role)
    note = words.answer(snoozed, Column.STATUS, cell_text.NOTE_ROLE)
    assert note == ("ui-snooze", ("Until tomorrow 09:00", "5 Jul 09:00"))
    assert words.answer(snoozed, Column.STATUS, DISPLAY_ROLE) == "Open"  # as it is exported
    assert words.answer(make_finding(1), Column.STATUS, cell_text.NOTE_ROLE) is None


def test_a_row_gives_itself_and_its_cells(words: cell_text.CellText) -> None:
    finding = make_finding(1, status=FindingStatus.FIXED)
    assert words.answer(finding, Column.STATUS, cell_text.FINDING_ROLE) is finding
    assert words.row_text(finding).split("\t")[USUAL_COLUMNS.index(Column.STATUS)] == "Fixed"


def test_the_head_of_a_group_answers_for_all_of_it(words: cell_text.CellText) -> None:
    group = a_group(make_finding(1), make_finding(2))
    asked: tuple[tuple[Column, int, Any], ...] = (
        (Column.FINDING, DISPLAY_ROLE, "orders.py"),
        (Column.LOCATION, DISPLAY_ROLE, ""),
        (Column.SEVERITY, cell_text.FINDING_ROLE, None),
        (Column.SEVERITY, cell_text.GROUP_ROLE, group),
    )
    for column, role, answer in asked:
        assert words.answer(group, column, role) == answer
    sentence = words.answer(group, Column.SEVERITY, Role.AccessibleTextRole)
    assert sentence.startswith("Group orders.py. shop/api. 2 findings")
    assert words.row_text(group) == "orders.py\tshop/api\t2 findings"


def test_headings_name_their_column_and_its_first_order(table: Table) -> None:
    heading = partial(table.model.headerData, orientation=Qt.Orientation.Horizontal)
    assert heading(0, role=DISPLAY_ROLE) == "Severity"
    assert heading(0, role=Role.InitialSortOrderRole) is Qt.SortOrder.DescendingOrder
    assert heading(1, role=Role.InitialSortOrderRole) is None
    assert heading(len(COLUMNS), role=DISPLAY_ROLE) is None

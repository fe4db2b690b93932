"""The model of the findings table, with the gaps of a stream."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.facts.observation import ListingEnded
from heimdall_desktop.domain.filters.filter import ONLY_NEW, Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import Group, GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, NEWEST_LAST, Column, Order
from heimdall_desktop.domain.table.ordered_rows import GapRow, NewMarks
from heimdall_desktop.models import cell_text, incremental_work
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.rows_model import DISPLAY_ROLE
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.decision_text import BACK_WORDS
from heimdall_desktop.presentation.mask import Mask
from tests.fakes import findings
from tests.fakes.announced_scans import by_stream, documented
from tests.lab.scan_script import ScriptedTime

OTHER_SCAN = ScanId("1b671a64-40d5-491e-99b0-da01ff1f3341")


@pytest.fixture
def watched(qapp: object) -> findings.WatchedFindings:
    watched = findings.WatchedFindings()
    watched.watch("payments-api")
    return watched


@pytest.fixture
def model(watched: findings.WatchedFindings, qtmodeltester: ModelTester) -> Iterator[FindingsModel]:
    model = FindingsModel(watched.store, watched.ticker)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    yield model
    model.deleteLater()


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
    return findings.make_finding(
        number, created_at=findings.FOUND_AT + timedelta(seconds=number), **fields
    )


def shown_ids(model: FindingsModel) -> list[str]:
    return [
        model.data(model.index(row, 0), cell_text.FINDING_ROLE).id
        for row in range(model.rowCount())
    ]


def test_a_batch_is_one_insert(watched: findings.WatchedFindings, model: FindingsModel) -> None:
    counts = Counted(model)
    watched.list(aged(n) for n in range(100))
    watched.list(aged(n) for n in range(100, 150))
    assert counts.inserted == [(0, 99), (100, 149)]
    assert (counts.resets, counts.batches) == (0, 2)


def test_findings_that_were_there_before_are_shown(watched: findings.WatchedFindings) -> None:
    watched.list(findings.realistic_findings(9))
    model = FindingsModel(watched.store, watched.ticker)
    assert model.rowCount() == model.shown == model.counts.total == 9


def test_many_that_were_there_before_come_turn_by_turn(
    watched: findings.WatchedFindings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental_work, "SLICE", 4)
    watched.list(aged(n) for n in range(9))
    watched.store.observe(ListingEnded(findings.SCAN_ID, 1.0, total=9, read=9, is_whole=True))
    model = FindingsModel(watched.store, watched.ticker)
    assert (model.counts.total, model.waiting) == (4, 5)
    watched.list([aged(8, status=FindingStatus.FIXED), aged(9)])
    assert (model.counts.total, model.waiting) == (6, 5)
    qtbot.waitUntil(lambda: model.waiting == 0)
    assert shown_ids(model) == [findings.finding_id(n) for n in range(10)]
    assert list(model.listing.marks) == [findings.finding_id(9)], "only what came afterwards is new"


def test_replaced_rows_stay_in_place(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    watched.list(aged(n) for n in range(5))
    counts = Counted(model)
    watched.list(aged(n, status=FindingStatus.FIXED) for n in (1, 2, 4))
    assert counts.replaced == [(1, 2), (4, 4)]
    assert model.data(model.index(1, COLUMNS.index(Column.STATUS))) == "Fixed"


def test_a_row_moves_where_its_column_sorts(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    model.set_order(Order(Column.SEVERITY, is_descending=True))
    watched.list(aged(n, severity=Severity.LOW) for n in range(4))
    counts = Counted(model)
    watched.list([aged(0, severity=Severity.CRITICAL)])
    watched.list([aged(3, severity=Severity.OTHER)])
    assert shown_ids(model) == [findings.finding_id(n) for n in (0, 2, 1, 3)]
    assert (counts.moved, counts.resets) == (2, 0)


def test_many_rows_are_put_in_order_before_they_are_shown_so(
    watched: findings.WatchedFindings,
    model: FindingsModel,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(incremental_work, "MANY_ROWS", 3)
    watched.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    order = Order(Column.SEVERITY)
    with qtbot.waitSignal(model.order_changed):
        model.set_order(order)
        assert shown_ids(model) == [findings.finding_id(n) for n in range(5)]
        assert model.order == order, "a second click turns it round"
        watched.list([aged(5, severity=Severity.OTHER)])
    assert shown_ids(model) == [findings.finding_id(n) for n in (4, 5, 3, 2, 1, 0)]


def test_the_last_of_several_orders_counts(
    watched: findings.WatchedFindings,
    model: FindingsModel,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(incremental_work, "MANY_ROWS", 3)
    watched.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    with qtbot.waitSignal(model.order_changed):
        model.set_order(Order(Column.SEVERITY))
        model.set_order(Order(is_descending=True))
    assert shown_ids(model) == [findings.finding_id(n) for n in (4, 3, 2, 1, 0)]


def test_many_rows_are_put_into_groups_before_they_are_shown_so(
    watched: findings.WatchedFindings,
    model: FindingsModel,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(incremental_work, "MANY_ROWS", 3)
    watched.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    with qtbot.waitSignals([model.order_changed, model.grouping_changed]):
        model.group_by(GroupBy.SCAN)
        model.set_order(Order(Column.SEVERITY))
        assert (model.rowCount(), model.grouped_by) == (5, GroupBy.SCAN)
        watched.list([aged(5, severity=Severity.OTHER)])
    assert model.grouped.group_of(findings.finding_id(5)) is not None
    assert [model.row_of(findings.finding_id(n)) for n in (4, 5, 3, 2, 1, 0)] == [1, 2, 3, 4, 5, 6]


def test_filter_and_counts(watched: findings.WatchedFindings, model: FindingsModel) -> None:
    watched.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    model.set_filter(parse_filter("sev>=high"))
    assert (model.shown, model.hidden, model.counts.total) == (2, 3, 5)
    assert set(model.counts.severities.values()) == {1}
    watched.list([aged(0, severity=Severity.LOW)])
    assert (model.shown, model.counts.severities[Severity.LOW]) == (1, 2)


def test_t09_repeats_are_folded_and_counted_apart(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    watched.list(aged(n, fingerprint=f"{n % 3}") for n in range(5))
    assert shown_ids(model) == [findings.finding_id(n) for n in (2, 3, 4)]
    assert (
        model.shown,
        model.hidden,
        model.counts.folded,
        model.counts.repeats,
        model.counts.total,
    ) == (3, 0, 2, 2, 5)
    watched.list([aged(5, fingerprint="2")])
    assert shown_ids(model) == [findings.finding_id(n) for n in (3, 4, 5)]
    assert model.counts.severities.total() == 3
    model.set_filter(parse_filter("show:repeats"))
    assert (
        model.shown,
        model.hidden,
        model.counts.folded,
        model.counts.repeats,
        model.counts.total,
    ) == (6, 0, 0, 3, 6)
    model.set_filter(parse_filter("nowhere"))
    assert (model.shown, model.hidden, model.counts.folded) == (0, 3, 3)


def test_a_scan_in_scope_hides_the_others(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    watched.watch("web-shop", OTHER_SCAN)
    watched.list([aged(1)])
    watched.list([aged(2, scan_id=OTHER_SCAN)], OTHER_SCAN)
    had_many_scans = model.has_many_scans
    model.set_filter(Filter(scan_id=OTHER_SCAN))
    assert shown_ids(model) == [findings.finding_id(2)]
    assert (had_many_scans, model.has_many_scans, model.hidden) == (True, False, 0)


def test_a_scan_that_leaves_takes_its_rows(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    watched.list(aged(n) for n in range(3))
    counts = Counted(model)
    watched.store.remove(findings.SCAN_ID)
    watched.ticker.flush()
    assert (model.rowCount(), counts.removed, counts.resets) == (0, 1, 0)


def test_cells_follow_the_name_of_their_scan(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    watched.watch("", OTHER_SCAN)
    watched.list([aged(1, scan_id=OTHER_SCAN)], OTHER_SCAN)
    cell = model.index(0, COLUMNS.index(Column.SCAN))
    assert model.data(cell) == OTHER_SCAN[:8]
    watched.watch("late-name", ScanId("unused"))
    scan = watched.store.scan(OTHER_SCAN)
    assert scan is not None
    scan.repo_name = "web-shop"
    watched.list([aged(2, scan_id=OTHER_SCAN)], OTHER_SCAN)
    assert model.data(cell) == "web-shop"


def test_scattered_news_resets_once(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    watched.list(aged(2 * n) for n in range(600))
    counts = Counted(model)
    watched.list(aged(2 * n + 1) for n in range(600))
    assert (counts.resets, counts.inserted) == (1, [])
    assert shown_ids(model) == [findings.finding_id(n) for n in range(1200)]


def test_headers_sort(
    watched: findings.WatchedFindings, model: FindingsModel, qtbot: QtBot
) -> None:
    watched.list(aged(n, severity=severity) for n, severity in enumerate(Severity))
    horizontal, first = Qt.Orientation.Horizontal, Qt.ItemDataRole.InitialSortOrderRole
    assert model.headerData(0, horizontal) == "Severity"
    assert model.headerData(0, horizontal, first) is Qt.SortOrder.DescendingOrder
    with qtbot.waitSignals([model.about_to_change, model.modelReset, model.changed]):
        model.sort(0, Qt.SortOrder.AscendingOrder)
    assert model.data(model.index(0, 0)) == "Other"
    with qtbot.assertNotEmitted(model.modelReset):
        model.sort(0, Qt.SortOrder.AscendingOrder)


def test_row_text_is_every_cell(watched: findings.WatchedFindings, model: FindingsModel) -> None:
    watched.list([findings.make_finding(1, cwe_text="CWE-89")])
    finding = model.finding_at(0)
    assert finding is not None
    cells = model.row_text(finding).split("\t")
    assert len(cells) == len(COLUMNS)
    assert "CWE-89" in cells
    assert model.finding_at(1) is None


def test_what_comes_after_the_first_listing_is_new_until_it_is_seen(
    watched: findings.WatchedFindings, model: FindingsModel, qtbot: QtBot
) -> None:
    watched.list(aged(n) for n in range(2))
    watched.store.observe(ListingEnded(findings.SCAN_ID, 1.5, 2, 2, is_whole=True))
    watched.list(aged(n) for n in range(5))
    assert (model.counts.new, list(model.listing.marks)) == (
        3,
        [findings.finding_id(n) for n in (2, 3, 4)],
    )
    model.set_filter(Filter(news=ONLY_NEW))
    assert shown_ids(model) == [findings.finding_id(n) for n in (2, 3, 4)]
    with qtbot.waitSignals([model.counts_changed, model.dataChanged]):
        model.see(findings.finding_id(3))
    model.see(findings.finding_id(4))
    assert (model.counts.new, shown_ids(model)) == (1, [findings.finding_id(n) for n in (2, 4)])
    model.see_all()
    assert (model.counts.new, model.rowCount()) == (0, 0)


def test_marks_of_an_earlier_session_come_back_with_their_findings(
    watched: findings.WatchedFindings,
) -> None:
    watched.list(aged(n) for n in range(3))
    model = FindingsModel(watched.store, watched.ticker, marks=NewMarks([findings.finding_id(1)]))
    assert list(model.listing.marks) == [findings.finding_id(1)]


def test_rows_of_two_scans_of_one_name_are_distinguished_in_the_column_of_scans(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    watched.list([findings.make_finding(1)])
    section, first = COLUMNS.index(Column.SCAN), watched.store.name_of(findings.SCAN_ID)
    assert model.index(0, section).data() == first
    watched.watch(first, OTHER_SCAN)
    watched.list([findings.make_finding(2, scan_id=OTHER_SCAN)], OTHER_SCAN)
    reported = {model.index(row, section).data() for row in range(2)}
    assert reported == {f"{first} {scan_id[:8]}" for scan_id in (findings.SCAN_ID, OTHER_SCAN)}
    watched.store.remove(OTHER_SCAN)
    watched.ticker.flush()
    assert model.index(0, section).data() == first


def test_a_row_that_stays_keeps_its_place_and_looks_until_it_may_go(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    watched.list([aged(number) for number in range(3)])
    model.set_filter(parse_filter("status:open"))
    model.let_stay(findings.finding_id(1))
    for status in (FindingStatus.CONFIRMED, FindingStatus.DISMISSED):
        watched.list([aged(1, status=status)])
    assert shown_ids(model) == [
        findings.finding_id(0),
        findings.finding_id(1),
        findings.finding_id(2),
    ]
    row = model.finding_at(model.row_of(findings.finding_id(1)) or 0)
    assert row is not None
    assert row.status is FindingStatus.OPEN
    model.let_go(findings.finding_id(1))
    assert shown_ids(model) == [findings.finding_id(0), findings.finding_id(2)]
    model.let_go(findings.finding_id(1))
    assert shown_ids(model) == [findings.finding_id(0), findings.finding_id(2)]


def test_a_row_that_stays_leaves_with_its_scan(
    watched: findings.WatchedFindings, model: FindingsModel
) -> None:
    watched.list([aged(number) for number in range(2)])
    model.let_stay(findings.finding_id(1))
    watched.list([aged(1, status=FindingStatus.DISMISSED)])
    watched.store.remove(findings.SCAN_ID)
    watched.ticker.flush()
    model.let_go(findings.finding_id(1))
    assert shown_ids(model) == []


# -- Gaps in a stream are rows of their own, and no findings --


FLAG, ROLE = Qt.ItemFlag, Qt.ItemDataRole


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def time() -> ScriptedTime:
    return ScriptedTime()


@pytest.fixture
def ticker(store: Store, qapp: object) -> Ticker:
    return Ticker(store)


@pytest.fixture
def gap_model(store: Store, ticker: Ticker, qtmodeltester: ModelTester) -> Iterator[FindingsModel]:
    gap_model = FindingsModel(store, ticker)
    qtmodeltester.check(gap_model)  # type: ignore[no-untyped-call]
    yield gap_model
    gap_model.deleteLater()


def outline(gap_model: FindingsModel) -> list[str]:
    rows = [gap_model.row_at(row) for row in range(gap_model.rowCount())]
    return ["gap" if isinstance(row, GapRow) else row.title_line[-1] for row in rows]  # type: ignore[union-attr]


def head(gap_model: FindingsModel) -> str:
    section = COLUMNS.index(Column.FIRST_SEEN)
    return str(gap_model.headerData(section, Qt.Orientation.Horizontal))


def test_a_gap_stands_in_its_place_and_is_no_finding(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    scan = by_stream(store, time).scan
    ticker.flush()
    assert outline(gap_model) == ["0", "1", "gap", "2", "3"]
    assert (gap_model.shown, gap_model.counts.total, gap_model.hidden) == (4, 4, 0)
    assert gap_model.finding_at(2) is None
    index = gap_model.index(2, 0)
    assert gap_model.flags(index) == FLAG.NoItemFlags
    said = str(index.data(ROLE.AccessibleTextRole))
    assert said.startswith("Not connected ")
    assert said.endswith("Anything announced during that time is lost.")
    gap = gap_model.row_at(2)
    assert gap is not None
    assert gap_model.row_text(gap) == ""
    last = list(scan.findings)[-1]
    assert (gap_model.row_of(last), gap_model.grouped.position_of(last)) == (4, 3)
    assert gap_model.has_gap_rows


def test_it_moves_with_the_rows_around_it(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    script = by_stream(store, time)
    ticker.flush()
    script.announce("Announced 9", Severity.LOW, 270)
    ticker.flush()
    assert outline(gap_model) == ["0", "1", "9", "gap", "2", "3"]
    gap_model.set_order(Order(Column.FIRST_SEEN, is_descending=True))
    assert outline(gap_model) == ["3", "2", "gap", "9", "1", "0"]
    gap_model.set_filter(Filter(severities=frozenset({Severity.CRITICAL})))
    assert outline(gap_model) == ["gap", "0"]


def test_a_gap_that_comes_or_goes_by_itself(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    script = by_stream(store, time)
    ticker.flush()
    script.lose((260.0, 120.0), (50.0, 40.0), lag_s=10)
    ticker.flush()
    assert outline(gap_model) == ["0", "1", "gap", "2", "3", "gap", "gap"]
    script.lose()  # the server has sent all of it again
    ticker.flush()
    assert outline(gap_model) == ["0", "1", "2", "3"]
    assert not gap_model.has_gap_rows


def test_where_rows_do_not_stand_by_time_there_is_none(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    by_stream(store, time)
    ticker.flush()
    gap_model.set_order(Order(Column.SEVERITY))
    assert "gap" not in outline(gap_model)
    assert not gap_model.has_gap_rows
    gap_model.set_order(NEWEST_LAST)
    gap_model.group_by(GroupBy.SCAN)
    assert not gap_model.has_gap_rows
    gap_model.group_by(None)
    assert outline(gap_model).count("gap") == 1


def test_frozen_rows_stay_whatever_is_lost_meanwhile(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    script = by_stream(store, time)
    ticker.flush()
    gap_model.set_frozen(is_frozen=True)
    script.lose((260.0, 120.0), (50.0, 40.0)).announce("Announced 8", Severity.LOW, 1)
    ticker.flush()
    assert outline(gap_model) == ["0", "1", "gap", "2", "3"]
    gap_model.set_frozen(is_frozen=False)
    assert outline(gap_model) == ["0", "1", "gap", "2", "3", "gap", "8"]


def test_gaps_of_another_scan_are_out_of_scope(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    script = by_stream(store, time)
    other = documented(store, time)
    ticker.flush()
    assert outline(gap_model).count("gap") == 1
    gap_model.set_filter(Filter(scan_id=other.scan.id))
    assert not gap_model.has_gap_rows
    gap_model.set_filter(Filter(scan_id=script.scan.id))
    assert outline(gap_model).count("gap") == 1


def test_the_next_new_finding_lies_behind_a_gap(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    scan = by_stream(store, time).scan
    ticker.flush()
    ids = list(scan.findings)
    for found in ids[:2]:
        gap_model.see(found)
    assert gap_model.next_new(1, 1) == ids[2]


def test_the_column_of_moments_is_named_by_what_they_are(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    assert head(gap_model) == "First seen"
    stream = by_stream(store, time)
    ticker.flush()
    assert head(gap_model) == "Announced"
    documented(store, time)
    ticker.flush()
    assert head(gap_model) == "First seen"
    gap_model.set_filter(Filter(scan_id=stream.scan.id))
    assert head(gap_model) == "Announced"


@pytest.mark.parametrize("column", [Column.SOURCE, Column.CWE, Column.CONFIDENCE, Column.STATUS])
def test_a_cell_that_is_unknown_says_so(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime, column: Column
) -> None:
    by_stream(store, time)
    ticker.flush()
    assert gap_model.index(0, COLUMNS.index(column)).data() == "unknown"
    assert gap_model.index(0, COLUMNS.index(Column.LOCATION)).data() == "location unknown"
    said = str(gap_model.index(0, 0).data(ROLE.AccessibleTextRole))
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
def test_what_is_unknown_hides_nothing(
    gap_model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime, text: str
) -> None:
    by_stream(store, time)
    ticker.flush()
    gap_model.set_filter(parse_filter(text))
    assert gap_model.shown == 4
    assert sum(gap_model.counts.severities.values()) == 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [("sev:critical", 1), ("title:2", 1), ("announced", 4), ("no-such-text", 0), ("stage:hunt", 4),
     ("stage:config", 0), ("is:confirmed", 0)],
)  # fmt: skip
def test_what_was_announced_is_known(
    gap_model: FindingsModel,
    store: Store,
    ticker: Ticker,
    time: ScriptedTime,
    text: str,
    shown: int,
) -> None:
    by_stream(store, time)
    ticker.flush()
    gap_model.set_filter(parse_filter(text))
    assert gap_model.shown == shown


# -- What a row answers: its texts, one sentence for who listens, and tips without markup. --


Role = Qt.ItemDataRole


@pytest.fixture
def words() -> cell_text.CellText:
    noon = datetime(2026, 7, 4, 12).astimezone(UTC)
    return cell_text.CellText(
        {findings.SCAN_ID: "payments-api"}, lambda: noon, lambda: False, Mask()
    )


def a_group(*rows: Finding) -> Group:
    return Group(GroupBy.FILE, (findings.SCAN_ID, rows[0].file_path), list(rows))


def test_a_row_is_read_as_one_sentence(words: cell_text.CellText) -> None:
    finding = findings.make_finding(1, title="SQL <b>injection</b>")
    sentence = "High, unverified. SQL <b>injection</b>. orders.py, line 88. Open. payments-api."
    assert words.answer(finding, Column.SEVERITY, Role.AccessibleTextRole) == sentence
    assert words.answer(finding, Column.FINDING, Role.AccessibleTextRole) is None


def test_tool_tips_hold_no_markup_of_the_server(words: cell_text.CellText) -> None:
    finding = findings.make_finding(1, title="<img src=x>")
    tip = words.answer(finding, Column.FINDING, Role.ToolTipRole)
    assert tip == "<qt>&lt;img src=x&gt;</qt>"


def test_t09_a_row_says_that_it_is_a_repeat(words: cell_text.CellText) -> None:
    for column, role in (
        (Column.SEVERITY, Role.AccessibleTextRole),
        (Column.FINDING, Role.ToolTipRole),
    ):
        texts = [
            words.answer(findings.make_finding(1, is_repeat=is_repeat), column, role)
            for is_repeat in (True, False)
        ]
        assert [cell_text.REPEAT_WORDS in text for text in texts] == [True, False]


def test_a_row_says_until_when_it_is_snoozed_and_that_it_is_back(words: cell_text.CellText) -> None:
    tomorrow = datetime(2026, 7, 5, 9).astimezone(UTC)
    snoozed = findings.make_finding(1, snoozed_until=tomorrow)
    for column, role in (
        (Column.SEVERITY, Role.AccessibleTextRole),
        (Column.FINDING, Role.ToolTipRole),
    ):
        assert "Snoozed until tomorrow 09:00." in words.answer(snoozed, column, role)
        assert BACK_WORDS in words.answer(findings.make_finding(1, is_back=True), column, role)
        assert "nooze" not in words.answer(findings.make_finding(1), column, role)
    texts = words.answer(snoozed, Column.STATUS, cell_text.SNOOZE_ROLE)
    assert texts == ("Until tomorrow 09:00", "5 Jul 09:00")
    assert words.answer(snoozed, Column.STATUS, DISPLAY_ROLE) == "Open"  # as it is exported
    assert words.answer(findings.make_finding(1), Column.STATUS, cell_text.SNOOZE_ROLE) is None


def test_a_row_gives_itself_and_its_cells(words: cell_text.CellText) -> None:
    finding = findings.make_finding(1, status=FindingStatus.FIXED)
    assert words.answer(finding, Column.STATUS, DISPLAY_ROLE) == "Fixed"
    assert words.answer(finding, Column.STATUS, cell_text.FINDING_ROLE) is finding
    assert words.answer(finding, Column.STATUS, Role.CheckStateRole) is None
    assert words.row_text(finding).split("\t")[COLUMNS.index(Column.STATUS)] == "Fixed"


def test_the_head_of_a_group_answers_for_all_of_it(words: cell_text.CellText) -> None:
    group = a_group(findings.make_finding(1), findings.make_finding(2))
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


def test_headings_say_what_stands_below_and_how_it_sorts_first() -> None:
    assert cell_text.heading(0, DISPLAY_ROLE) == "Severity"
    assert cell_text.heading(0, Role.InitialSortOrderRole) is Qt.SortOrder.DescendingOrder
    assert cell_text.heading(1, Role.InitialSortOrderRole) is None
    assert cell_text.heading(len(COLUMNS), DISPLAY_ROLE) is None

"""Gaps in a stream are rows of their own, and no findings."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, NEWEST_LAST, Column, Order
from heimdall_desktop.domain.table.ordered_rows import GapRow
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.ticker import Ticker
from tests.fakes.announced_scans import by_stream, documented
from tests.lab.scan_script import ScriptedTime

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
def model(store: Store, ticker: Ticker, qtmodeltester: ModelTester) -> Iterator[FindingsModel]:
    model = FindingsModel(store, ticker)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    yield model
    model.deleteLater()


def outline(model: FindingsModel) -> list[str]:
    rows = [model.row_at(row) for row in range(model.rowCount())]
    return ["gap" if isinstance(row, GapRow) else row.title_line[-1] for row in rows]  # type: ignore[union-attr]


def head(model: FindingsModel) -> str:
    section = COLUMNS.index(Column.FIRST_SEEN)
    return str(model.headerData(section, Qt.Orientation.Horizontal))


def test_a_gap_stands_in_its_place_and_is_no_finding(
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    scan = by_stream(store, time).scan
    ticker.flush()
    assert outline(model) == ["0", "1", "gap", "2", "3"]
    assert (model.shown, model.total, model.hidden) == (4, 4, 0)
    assert model.finding_at(2) is None
    index = model.index(2, 0)
    assert model.flags(index) == FLAG.NoItemFlags
    said = str(index.data(ROLE.AccessibleTextRole))
    assert said.startswith("Not connected ")
    assert said.endswith("Anything announced during that time is lost.")
    gap = model.row_at(2)
    assert gap is not None
    assert model.row_text(gap) == ""
    last = list(scan.findings)[-1]
    assert (model.row_of(last), model.position_of(last)) == (4, 3)
    assert model.has_gap_rows


def test_it_moves_with_the_rows_around_it(
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    script = by_stream(store, time)
    ticker.flush()
    script.announce("Announced 9", Severity.LOW, 270)
    ticker.flush()
    assert outline(model) == ["0", "1", "9", "gap", "2", "3"]
    model.set_order(Order(Column.FIRST_SEEN, is_descending=True))
    assert outline(model) == ["3", "2", "gap", "9", "1", "0"]
    model.set_filter(Filter(severities=frozenset({Severity.CRITICAL})))
    assert outline(model) == ["gap", "0"]


def test_a_gap_that_comes_or_goes_by_itself(
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    script = by_stream(store, time)
    ticker.flush()
    script.lose((260.0, 120.0), (50.0, 40.0), lag_s=10)
    ticker.flush()
    assert outline(model) == ["0", "1", "gap", "2", "3", "gap", "gap"]
    script.lose()  # the server has told all of it again
    ticker.flush()
    assert outline(model) == ["0", "1", "2", "3"]
    assert not model.has_gap_rows


def test_where_rows_do_not_stand_by_time_there_is_none(
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    by_stream(store, time)
    ticker.flush()
    model.set_order(Order(Column.SEVERITY))
    assert "gap" not in outline(model)
    assert not model.has_gap_rows
    model.set_order(NEWEST_LAST)
    model.group_by(GroupBy.SCAN)
    assert not model.has_gap_rows
    model.group_by(None)
    assert outline(model).count("gap") == 1


def test_frozen_rows_stand_still_whatever_is_lost_meanwhile(
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    script = by_stream(store, time)
    ticker.flush()
    model.set_frozen(is_frozen=True)
    script.lose((260.0, 120.0), (50.0, 40.0)).announce("Announced 8", Severity.LOW, 1)
    ticker.flush()
    assert outline(model) == ["0", "1", "gap", "2", "3"]
    model.set_frozen(is_frozen=False)
    assert outline(model) == ["0", "1", "gap", "2", "3", "gap", "8"]


def test_gaps_of_another_scan_are_out_of_scope(
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    script = by_stream(store, time)
    other = documented(store, time)
    ticker.flush()
    assert outline(model).count("gap") == 1
    model.set_filter(Filter(scan_id=other.scan.id))
    assert not model.has_gap_rows
    model.set_filter(Filter(scan_id=script.scan.id))
    assert outline(model).count("gap") == 1


def test_the_next_new_finding_lies_behind_a_gap(
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    scan = by_stream(store, time).scan
    ticker.flush()
    ids = list(scan.findings)
    for found in ids[:2]:
        model.see(found)
    assert model.next_new(1, 1) == ids[2]


def test_the_column_of_moments_is_named_by_what_they_are(
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime
) -> None:
    assert head(model) == "First seen"
    stream = by_stream(store, time)
    ticker.flush()
    assert head(model) == "Announced"
    documented(store, time)
    ticker.flush()
    assert head(model) == "First seen"
    model.set_filter(Filter(scan_id=stream.scan.id))
    assert head(model) == "Announced"


@pytest.mark.parametrize("column", [Column.SOURCE, Column.CWE, Column.CONFIDENCE, Column.STATUS])
def test_a_cell_that_is_unknown_says_so(
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime, column: Column
) -> None:
    by_stream(store, time)
    ticker.flush()
    assert model.index(0, COLUMNS.index(column)).data() == "unknown"
    assert model.index(0, COLUMNS.index(Column.LOCATION)).data() == "location unknown"
    said = str(model.index(0, 0).data(ROLE.AccessibleTextRole))
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
    model: FindingsModel, store: Store, ticker: Ticker, time: ScriptedTime, text: str
) -> None:
    by_stream(store, time)
    ticker.flush()
    model.set_filter(parse_filter(text))
    assert model.shown == 4
    assert sum(model.counts.severities.values()) == 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [("sev:critical", 1), ("title:2", 1), ("announced", 4), ("no-such-text", 0), ("stage:hunt", 4),
     ("stage:config", 0), ("is:confirmed", 0)],
)  # fmt: skip
def test_what_was_announced_is_known(
    model: FindingsModel,
    store: Store,
    ticker: Ticker,
    time: ScriptedTime,
    text: str,
    shown: int,
) -> None:
    by_stream(store, time)
    ticker.flush()
    model.set_filter(parse_filter(text))
    assert model.shown == shown

"""The table keeps selection and scroll by finding id, and obeys the keyboard."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, NEWEST_LAST, Column, Order
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.findings.findings_table import FindingsTable
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import WatchedFindings, finding_id
from tests.fakes.pixels import places
from tests.fakes.shown_window import ShownTable, aged

KEY = Qt.Key
SEVERITIES = list(Severity)


def id_in(model: FindingsModel, row: int) -> FindingId | None:
    finding = model.finding_at(row)
    return None if finding is None else finding.id


def scroll(table: FindingsTable, row: int) -> None:
    table.verticalScrollBar().setValue(row * table.rowHeight(0))


class Rows:
    """A table alone."""

    def __init__(self, qtbot: QtBot, watched: WatchedFindings) -> None:
        self.watched = watched
        self.model = FindingsModel(watched.store, watched.ticker)
        self.table = FindingsTable(self.model)
        qtbot.addWidget(self.table)
        self.table.resize(860, 300)
        self.table.show()
        qtbot.waitExposed(self.table)

    def list(self, *numbers: int, **fields: Any) -> None:
        """List findings, each of them a second older than the next; by default 100."""
        self.watched.list(aged(n, **fields) for n in range(*numbers or (100,)))

    def top_id(self) -> FindingId | None:
        return id_in(self.model, self.table.rowAt(0))

    def current_id(self) -> FindingId | None:
        return id_in(self.model, self.table.currentIndex().row())

    def current_y(self) -> int:
        return self.table.visualRect(self.table.currentIndex()).y()

    def follows(self) -> bool:
        return self.table.anchor.is_following

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.table, key)

    def click(self, row: int) -> None:
        place = self.table.visualRect(self.model.index(row, 1)).center()
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture
def rows(theme: Theme, watched: WatchedFindings, qtbot: QtBot) -> Iterator[Rows]:
    rows = Rows(qtbot, watched)
    yield rows
    rows.model.deleteLater()


def test_nothing_is_paused_before_there_is_more_than_can_be_seen(rows: Rows) -> None:
    reported: list[bool] = []
    anchor = rows.table.anchor
    anchor.following_changed.connect(lambda _follows: reported.append(anchor.is_paused))
    rows.list(3)
    rows.press(KEY.Key_Home)
    assert not any(reported)
    rows.list(3, 100)
    assert anchor.is_paused
    assert reported[-1]
    assert rows.table.rowAt(0) == 0


def test_a_view_follows_at_its_tail_but_stays_once_scrolled_until_its_end_is_asked_for(
    rows: Rows, qtbot: QtBot
) -> None:
    bar = rows.table.verticalScrollBar()
    rows.list()
    assert rows.follows()
    rows.list(100, 120)
    assert bar.value() == bar.maximum() > 0
    with qtbot.waitSignal(rows.table.anchor.following_changed):
        scroll(rows.table, 20)
    rows.list(120, 130)
    assert not rows.follows()
    assert rows.top_id() == finding_id(20)
    rows.press(KEY.Key_End)
    rows.list(130, 160)
    assert bar.value() == bar.maximum()
    assert rows.table.selected_id == finding_id(129)


def test_a_finding_that_is_shown_stays_in_sight_while_rows_arrive(rows: Rows) -> None:
    rows.list()
    assert rows.follows()
    assert rows.table.show_finding(finding_id(98))  # it is in sight already, at the tail
    for first in range(100, 400, 30):
        rows.list(first, first + 30)
    assert not rows.follows()
    row = rows.model.row_of(finding_id(98))
    assert row is not None
    rect = rows.table.visualRect(rows.model.index(row, 0))
    assert rows.table.viewport().rect().contains(rect)


@pytest.mark.parametrize("way", ["click", "arrow", "step"])
def test_a_finding_that_is_selected_at_the_tail_stays_where_it_is(rows: Rows, way: str) -> None:
    rows.list()
    if way == "click":
        rows.click(97)
    elif way == "arrow":
        rows.press(KEY.Key_Down)
    else:
        rows.table.step(1, begins_in_sight=True)
    before = rows.current_y()
    rows.list(100, 130)
    assert rows.current_y() == before
    assert not rows.follows()
    rows.press(KEY.Key_End)
    rows.list(130, 160)
    assert rows.follows()


def test_the_tail_that_was_left_for_a_finding_is_found_again(rows: Rows) -> None:
    rows.list()
    rows.table.show_finding(finding_id(98))
    rows.watched.list([aged(3, severity=Severity.LOW)])  # a change that moves nothing
    assert not rows.follows()
    rows.table.follow()
    assert rows.follows()
    rows.table.show_finding(finding_id(10))
    bar = rows.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert rows.follows()


def test_the_focus_alone_selects_nothing(rows: Rows, qtbot: QtBot) -> None:
    rows.table.clearFocus()
    rows.list(10)
    with qtbot.assertNotEmitted(rows.table.finding_selected):
        rows.table.setFocus()
        rows.list(10, 20)
    assert rows.table.hasFocus()
    assert rows.table.selected_id is None
    with qtbot.waitSignal(rows.table.finding_selected) as caught:
        rows.table.step(1)
    assert caught.args == [finding_id(0)]


@pytest.mark.parametrize("is_by_key", [True, False])
def test_keys_and_steps_begin_at_the_first_row_in_sight(rows: Rows, is_by_key: bool) -> None:
    rows.list()
    scroll(rows.table, 20)
    if is_by_key:
        rows.press(KEY.Key_Down)
    else:
        rows.table.step(1, begins_in_sight=True)
    assert rows.table.selected_id == finding_id(20)
    rows.table.step(-1, begins_in_sight=True)
    assert rows.table.selected_id == finding_id(19)


def test_rows_that_slip_in_above_move_nothing_on_screen(rows: Rows) -> None:
    rows.watched.list(aged(n * 2, severity=Severity.LOW) for n in range(100))
    rows.model.set_order(Order(Column.SEVERITY, is_descending=True))
    scroll(rows.table, 30)
    rows.table.verticalScrollBar().setValue(rows.table.verticalScrollBar().value() + 5)
    before, y = rows.top_id(), rows.table.rowViewportPosition(rows.table.rowAt(0))
    rows.list(1000, 1020, severity=Severity.CRITICAL)
    rows.watched.list(aged(n * 2 + 1, severity=Severity.LOW) for n in range(50, 100))
    assert rows.top_id() == before
    assert rows.table.rowViewportPosition(rows.table.rowAt(0)) == y == -5


def test_the_selection_stays_with_its_finding(rows: Rows, qtbot: QtBot) -> None:
    rows.watched.list(aged(n, severity=list(Severity)[n % 5]) for n in range(100))
    assert rows.table.show_finding(finding_id(50))
    with qtbot.assertNotEmitted(rows.table.finding_selected):
        rows.model.set_order(Order(Column.SEVERITY, is_descending=True))
        rows.list(200, 260, severity=Severity.CRITICAL)
        rows.model.set_filter(parse_filter("sev:critical"))
    assert rows.current_id() == rows.table.selected_id == finding_id(50)
    table, row = rows.table, rows.table.currentIndex().row()
    assert table.selectionModel().isRowSelected(row, table.rootIndex())


def test_the_selected_row_stays_where_it_is_on_screen(rows: Rows) -> None:
    rows.watched.list(aged(n, title=f"title{n % 2}") for n in range(200))
    rows.table.show_finding(finding_id(100))
    scroll(rows.table, 96)
    y = rows.current_y()
    rows.model.set_filter(parse_filter("title0"))
    assert rows.current_y() == y
    rows.model.set_filter(Filter())
    assert rows.current_y() == y


def test_a_hidden_selection_comes_back(rows: Rows, qtbot: QtBot) -> None:
    rows.list(9)
    rows.table.show_finding(finding_id(3))
    with qtbot.assertNotEmitted(rows.table.finding_selected):
        rows.model.set_filter(parse_filter("nothing"))
        hidden_row = rows.table.selected_row
        rows.model.set_filter(Filter())
        rows.watched.list([aged(3, status=FindingStatus.FIXED)])
    assert (hidden_row, rows.table.selected_row, rows.table.selected_id) == (None, 3, finding_id(3))
    assert rows.table.selectionModel().hasSelection()


def test_a_finding_that_is_not_shown_is_refused_and_keys_move_the_selection(rows: Rows) -> None:
    rows.list(9)
    rows.model.set_filter(parse_filter("nothing"))
    assert not rows.table.show_finding(finding_id(3))
    assert not rows.table.show_finding(finding_id(99))
    assert rows.table.selected_id is None
    rows.model.set_filter(Filter())
    seen: list[str | None] = []
    for key in (KEY.Key_Home, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_End, KEY.Key_Up):
        rows.press(key)
        seen.append(rows.current_id())
    assert seen == [finding_id(n) for n in (0, 1, 2, 1, 8, 7)]
    rows.watched.list([aged(2, severity=Severity.MEDIUM)])
    rows.press(KEY.Key_M)  # letters search nothing
    assert rows.current_id() == finding_id(7)


def test_a_click_selects_what_it_was_on_though_the_table_gets_lower_by_it(rows: Rows) -> None:
    """The detail opens by a first click, and rows at the tail move up under the pointer."""
    rows.list()
    table, viewport = rows.table, rows.table.viewport()
    table.finding_selected.connect(lambda _: table.resize(table.width(), table.height() - 60))
    place = table.visualRect(rows.model.index(96, 1)).center()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(viewport, place + QPoint(1, 0))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert rows.table.selected_id == rows.current_id() == finding_id(96)
    assert {index.row() for index in rows.table.selectedIndexes()} == {96}


@pytest.mark.parametrize("way", ["enter", "double click"])
def test_a_finding_is_opened(rows: Rows, way: str, qtbot: QtBot) -> None:
    rows.list(3)
    rows.table.show_finding(finding_id(1))
    place = rows.table.visualRect(rows.table.currentIndex()).center()
    with qtbot.waitSignal(rows.table.finding_activated) as caught:
        if way == "enter":
            rows.press(KEY.Key_Return)
        else:
            QTest.mouseClick(rows.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
            QTest.mouseDClick(rows.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [finding_id(1)]


def test_a_click_on_a_head_sorts_the_most_severe_first(rows: Rows) -> None:
    rows.watched.list(aged(n, severity=severity) for n, severity in enumerate(reversed(Severity)))
    header = rows.table.horizontalHeader().viewport()
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert rows.model.order == Order(Column.SEVERITY, is_descending=True)
    assert rows.current_id() is None
    first = rows.model.finding_at(0)
    assert first is not None
    assert first.severity is Severity.CRITICAL


def test_columns_follow_width_and_scope(rows: Rows) -> None:
    scan, status = COLUMNS.index(Column.SCAN), COLUMNS.index(Column.STATUS)
    assert rows.table.isColumnHidden(scan)
    rows.watched.watch("web-shop", ScanId("another"))
    rows.watched.ticker.flush()
    assert not rows.table.isColumnHidden(scan)
    rows.model.set_filter(Filter(scan_id=ScanId("another")))
    assert rows.table.isColumnHidden(scan)
    rows.table.resize(400, 300)
    assert rows.table.isColumnHidden(status)


def test_rows_near_the_end_stay_in_sight_when_all_get_larger(rows: Rows, theme: Theme) -> None:
    rows.list(1000)
    scroll(rows.table, 980)
    assert not rows.follows()
    for zoom in (1.5, 1.0):
        theme.set_zoom(zoom)
        assert rows.top_id() == finding_id(980)


def test_another_order_begins_at_its_first_row(rows: Rows) -> None:
    rows.watched.list(aged(n, severity=SEVERITIES[n % 4]) for n in range(200))
    rows.table.sort_by(Column.SEVERITY)
    assert rows.table.rowAt(0) == 0
    rows.list(300, 310, severity=Severity.CRITICAL)
    assert rows.table.rowAt(0) == 0, "it was not scrolled by hand, and this is the start now"
    scroll(rows.table, 20)
    place = rows.top_id()
    rows.list(400, 410, severity=Severity.CRITICAL)
    assert rows.top_id() == place
    rows.model.group_by(GroupBy.FILE)
    assert rows.table.rowAt(0) == 0
    rows.model.group_by(None)
    rows.model.set_order(NEWEST_LAST)
    assert rows.follows()


@pytest.fixture
def shown(shown: ShownTable) -> ShownTable:
    files = ("shop/a.py", "shop/b.py")
    shown.read(aged(n, file_path=files[n % 2], severity=Severity.LOW) for n in range(4))
    shown.model.group_by(GroupBy.FILE)
    shown.settle()
    return shown


def test_steps_go_from_finding_to_finding_and_arrows_over_heads(shown: ShownTable) -> None:
    seen: list[str | None] = []
    for _ in range(3):
        shown.table.step(1)
        seen.append(shown.table.selected_id)
    shown.table.step(-1)
    assert seen == [finding_id(n) for n in (0, 2, 1)]
    assert shown.table.selected_id == finding_id(2)
    shown.press(KEY.Key_Down)
    assert shown.table.currentIndex().row() == 3
    assert shown.table.selected_id == finding_id(2)


def test_the_selection_stays_through_all_groups(shown: ShownTable, qtbot: QtBot) -> None:
    shown.table.show_finding(finding_id(3))
    with qtbot.assertNotEmitted(shown.table.finding_selected):
        shown.model.group_by(GroupBy.SCAN)
        shown.read([aged(9, file_path="shop/b.py", severity=Severity.CRITICAL)])
        shown.model.set_order(Order(Column.SEVERITY, is_descending=True))
        shown.model.group_by(None)
    assert id_in(shown.model, shown.table.currentIndex().row()) == finding_id(3)


def test_a_finding_in_a_closed_group_is_found_all_the_same(shown: ShownTable) -> None:
    shown.model.set_groups_open(are_open=False)
    assert shown.table.show_finding(finding_id(3))
    assert shown.outline() == ["a.py", "b.py", "01", "03"]
    assert id_in(shown.model, shown.table.currentIndex().row()) == finding_id(3)


def test_news_in_a_group_moves_nothing_on_screen(shown: ShownTable) -> None:
    paths = (f"shop/{n}.py" for n in range(10, 60))
    shown.read(aged(n, file_path=path) for n, path in enumerate(paths, 10))
    shown.table.verticalScrollBar().setValue(20 * shown.table.rowHeight(0) + 5)
    row = shown.table.rowAt(100)
    before, y = shown.model.row_at(row), shown.table.rowViewportPosition(row)
    shown.read(aged(n, file_path="shop/a.py") for n in range(100, 110))
    now = shown.table.rowAt(100)
    assert shown.model.row_at(now) is before
    assert shown.table.rowViewportPosition(now) == y


def test_a_frozen_view_stays_and_catches_up(shown: ShownTable) -> None:
    shown.model.group_by(None)
    shown.table.show_finding(finding_id(2))
    shown.pane.toggle_freeze()
    before = shown.outline()
    shown.read([aged(9), aged(2, status=FindingStatus.FIXED, file_path="shop/a.py")])
    assert shown.outline() == before
    assert shown.model.shown == shown.model.counts.total == 5
    shown.pane.toggle_freeze()
    assert shown.outline() == ["00", "01", "02", "03", "09"]
    assert shown.table.selected_id == finding_id(2)


def dots(shown: ShownTable, theme: Theme) -> int:
    """How many rows have a dot before the severity."""
    gutter = QRect(4, 0, 10, shown.table.viewport().height())  # beside the bar of a selected row
    found = places(shown.table.viewport().grab().toImage(), theme.tokens.accent, gutter)
    return len({shown.table.rowAt(y) for _x, y in found})


def test_a_look_takes_the_mark_of_a_new_finding_away(shown: ShownTable, theme: Theme) -> None:
    shown.model.group_by(None)
    shown.end_listing()
    shown.read(aged(n) for n in range(10, 13))
    assert dots(shown, theme) == 3
    for step, number in ((1, 10), (-1, 12), (1, 11)):
        before = shown.model.counts.new
        shown.table.step_to_news(step)
        shown.settle()
        assert shown.table.selected_id == finding_id(number)
        assert shown.model.counts.new == dots(shown, theme) == before - 1


def test_the_next_new_finding_may_be_in_a_closed_group(shown: ShownTable) -> None:
    shown.end_listing()
    shown.read([aged(10, file_path="shop/b.py")])
    shown.model.set_groups_open(are_open=False)
    shown.table.step_to_news(1)
    assert shown.outline() == ["a.py", "b.py", "01", "03", "0a"]
    assert shown.table.selected_id == finding_id(10)


@pytest.mark.parametrize("density", Density)
def test_rows_are_as_high_as_wished_and_stay(shown: ShownTable, density: Density) -> None:
    shown.model.group_by(None)
    shown.read(aged(n) for n in range(10, 100))
    scroll(shown.table, 40)
    top = id_in(shown.model, shown.table.rowAt(0))
    shown.pane.table_state.change(lambda table_layout: replace(table_layout, density=density))
    heights = {Density.COMPACT: 24, Density.STANDARD: 28, Density.COMFORTABLE: 36}
    assert shown.table.rowHeight(0) == heights[density]
    assert id_in(shown.model, shown.table.rowAt(0)) == top


def test_nothing_is_drawn_where_both_scroll_bars_meet(shown: ShownTable, theme: Theme) -> None:
    shown.read(aged(n) for n in range(10, 100))
    shown.pane.table_state.change(partial(replace, on=frozenset(COLUMNS[1:])))
    shown.settle()
    bars = (shown.table.verticalScrollBar(), shown.table.horizontalScrollBar())
    assert all(bar.isVisible() for bar in bars)
    image, height = shown.table.grab().toImage(), bars[1].height()
    corner = QRect(0, 0, bars[0].width(), height)
    corner.moveBottomRight(image.rect().bottomRight())
    surface = places(image, theme.tokens.surface, corner)
    assert len(surface) == corner.width() * corner.height()


def test_a_selected_row_stays_in_sight_however_high_rows_are(shown: ShownTable) -> None:
    shown.model.group_by(None)
    shown.read(aged(n) for n in range(10, 100))
    scroll(shown.table, 40)
    lowest = shown.model.finding_at(shown.table.sight.rows[-2])
    assert lowest is not None
    shown.table.show_finding(lowest.id)
    for density in (Density.COMFORTABLE, Density.COMPACT, Density.COMFORTABLE):
        shown.pane.table_state.change(partial(replace, density=density))
        assert shown.table.sight.holds(shown.table.currentIndex().row())


def test_marks_outlive_the_session(theme: Theme, qtbot: QtBot) -> None:
    memory = WindowMemory()
    first = ShownTable(memory)
    qtbot.addWidget(first.pane)
    first.read([aged(1)])
    first.end_listing()
    first.read([aged(2)])
    first.watched.ticker.second.emit()
    second = ShownTable(memory)
    qtbot.addWidget(second.pane)
    second.read([aged(1), aged(2)])
    assert list(second.model.listing.marks) == [finding_id(2)]

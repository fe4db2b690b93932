"""The table keeps selection and scroll by finding id, and obeys the keyboard."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, NEWEST_LAST, Column, Order
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.findings.findings_delegate import FindingsDelegate
from heimdall_desktop.widgets.findings.findings_table import FindingsTable
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT
from tests.fakes.findings import FOUND_AT, WatchedFindings, finding_id, make_finding
from tests.fakes.pixels import around, places
from tests.fakes.shown_window import ShownTable

KEY = Qt.Key
SEVERITIES = list(Severity)


@pytest.fixture
def model(watched: WatchedFindings) -> Iterator[FindingsModel]:
    model = FindingsModel(watched.store, watched.ticker)
    yield model
    model.deleteLater()


@pytest.fixture
def table(theme: Theme, model: FindingsModel, qtbot: QtBot) -> FindingsTable:
    table = FindingsTable(model)
    qtbot.addWidget(table)
    table.resize(860, 300)
    table.show()
    qtbot.waitExposed(table)
    return table


def aged(number: int, **fields: Any) -> Finding:
    return make_finding(number, created_at=FOUND_AT + timedelta(seconds=number), **fields)


def top_id(table: FindingsTable, model: FindingsModel) -> str:
    finding = model.finding_at(table.rowAt(0))
    assert finding is not None
    return finding.id


def scroll(table: FindingsTable, row: int) -> None:
    table.verticalScrollBar().setValue(row * table.rowHeight(0))


def current_id(table: FindingsTable, model: FindingsModel) -> str | None:
    finding = model.finding_at(table.currentIndex().row())
    return finding.id if finding else None


def hovered(table: FindingsTable) -> int:
    delegate = table.itemDelegate()
    assert isinstance(delegate, FindingsDelegate)
    return delegate.hovered_row


def follows(table: FindingsTable) -> bool:
    return table.anchor.is_following


def test_a_view_at_its_tail_follows(watched: WatchedFindings, table: FindingsTable) -> None:
    watched.list(aged(n) for n in range(100))
    assert table.anchor.is_following
    watched.list(aged(n) for n in range(100, 130))
    bar = table.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


@pytest.mark.parametrize("by", ["click", "key"])
def test_a_view_at_its_tail_stays_once_a_row_is_selected(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel, by: str
) -> None:
    watched.list(aged(n) for n in range(100))
    row = table.rowAt(0) + 3
    place = table.visualRect(model.index(row, 1)).center()
    if by == "click":
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    else:
        table.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(4):
            QTest.keyClick(table, KEY.Key_Down)
    assert table.selected_row == row
    watched.list(aged(n) for n in range(100, 130))
    assert not table.anchor.is_following
    assert table.visualRect(model.index(row, 1)).center().y() == place.y()
    QTest.keyClick(table, KEY.Key_End)
    assert table.anchor.is_following


def test_nothing_is_paused_before_there_is_more_than_can_be_seen(
    watched: WatchedFindings, table: FindingsTable
) -> None:
    reported: list[bool] = []
    table.anchor.following_changed.connect(
        lambda _is_following: reported.append(table.anchor.is_paused)
    )
    watched.list(aged(n) for n in range(3))
    QTest.keyClick(table, KEY.Key_Home)
    assert not any(reported)
    watched.list(aged(n) for n in range(3, 100))
    assert table.anchor.is_paused
    assert reported[-1]
    assert table.rowAt(0) == 0


def test_a_view_that_was_scrolled_stays_until_its_end_is_asked_for(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel, qtbot: QtBot
) -> None:
    watched.list(aged(n) for n in range(100))
    with qtbot.waitSignal(table.anchor.following_changed):
        scroll(table, 20)
    watched.list(aged(n) for n in range(100, 130))
    assert not table.anchor.is_following
    assert top_id(table, model) == finding_id(20)
    QTest.keyClick(table, KEY.Key_End)
    watched.list(aged(n) for n in range(130, 160))
    bar = table.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert table.selected_id == finding_id(129)


def test_a_finding_that_is_shown_stays_in_sight_while_rows_arrive(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n) for n in range(100))
    assert follows(table)
    assert table.show_finding(finding_id(98))  # it is in sight already, at the tail
    for first in range(100, 400, 30):
        watched.list(aged(n) for n in range(first, first + 30))
    assert not follows(table)
    row = model.row_of(finding_id(98))
    assert row is not None
    rect = table.visualRect(model.index(row, 0))
    assert table.viewport().rect().contains(rect)


@pytest.mark.parametrize("way", ["click", "arrow", "step"])
def test_a_finding_that_is_selected_at_the_tail_stays_where_it_is(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel, way: str
) -> None:
    watched.list(aged(n) for n in range(100))
    if way == "click":
        place = table.visualRect(model.index(97, 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    elif way == "arrow":
        QTest.keyClick(table, KEY.Key_Down)
    else:
        table.step(1, begins_in_sight=True)
    before = table.visualRect(table.currentIndex()).y()
    watched.list(aged(n) for n in range(100, 130))
    assert table.visualRect(table.currentIndex()).y() == before
    assert not follows(table)
    QTest.keyClick(table, KEY.Key_End)
    watched.list(aged(n) for n in range(130, 160))
    assert follows(table)


def test_the_tail_that_was_left_for_a_finding_is_found_again(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n) for n in range(100))
    table.show_finding(finding_id(98))
    watched.list([aged(3, severity=Severity.LOW)])  # a change that moves nothing
    assert not follows(table)
    table.follow()
    assert follows(table)
    table.show_finding(finding_id(10))
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert follows(table)


def test_the_focus_alone_selects_nothing(
    watched: WatchedFindings, table: FindingsTable, qtbot: QtBot
) -> None:
    table.clearFocus()
    watched.list(aged(n) for n in range(10))
    with qtbot.assertNotEmitted(table.finding_selected):
        table.setFocus()
        watched.list(aged(n) for n in range(10, 20))
    assert table.hasFocus()
    assert table.selected_id is None
    with qtbot.waitSignal(table.finding_selected) as caught:
        table.step(1)
    assert caught.args == [finding_id(0)]


def test_keys_begin_at_the_first_row_in_sight(
    watched: WatchedFindings, table: FindingsTable
) -> None:
    watched.list(aged(n) for n in range(100))
    scroll(table, 20)
    QTest.keyClick(table, KEY.Key_Down)
    assert table.selected_id == finding_id(20)


def test_a_step_may_begin_in_sight_too(watched: WatchedFindings, table: FindingsTable) -> None:
    watched.list(aged(n) for n in range(100))
    scroll(table, 20)
    table.step(1, begins_in_sight=True)
    assert table.selected_id == finding_id(20)
    table.step(-1, begins_in_sight=True)
    assert table.selected_id == finding_id(19)


def test_rows_that_slip_in_above_move_nothing_on_screen(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n * 2, severity=Severity.LOW) for n in range(100))
    model.set_order(Order(Column.SEVERITY, is_descending=True))
    scroll(table, 30)
    table.verticalScrollBar().setValue(table.verticalScrollBar().value() + 5)
    before, y = top_id(table, model), table.rowViewportPosition(table.rowAt(0))
    watched.list(aged(1000 + n, severity=Severity.CRITICAL) for n in range(20))
    watched.list(aged(n * 2 + 1, severity=Severity.LOW) for n in range(50, 100))
    assert top_id(table, model) == before
    assert table.rowViewportPosition(table.rowAt(0)) == y == -5


def test_the_selection_stays_with_its_finding(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel, qtbot: QtBot
) -> None:
    watched.list(aged(n, severity=list(Severity)[n % 5]) for n in range(100))
    assert table.show_finding(finding_id(50))
    with qtbot.assertNotEmitted(table.finding_selected):
        model.set_order(Order(Column.SEVERITY, is_descending=True))
        watched.list(aged(n, severity=Severity.CRITICAL) for n in range(200, 260))
        model.set_filter(parse_filter("sev:critical"))
    assert current_id(table, model) == table.selected_id == finding_id(50)
    assert table.selectionModel().isRowSelected(table.currentIndex().row(), table.rootIndex())


def test_the_selected_row_stays_where_it_is_on_screen(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n, title=f"title{n % 2}") for n in range(200))
    table.show_finding(finding_id(100))
    scroll(table, 96)
    y = table.visualRect(table.currentIndex()).y()
    model.set_filter(parse_filter("title0"))
    assert table.visualRect(table.currentIndex()).y() == y
    model.set_filter(Filter())
    assert table.visualRect(table.currentIndex()).y() == y


def test_a_hidden_selection_comes_back(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel, qtbot: QtBot
) -> None:
    watched.list(aged(n) for n in range(9))
    table.show_finding(finding_id(3))
    with qtbot.assertNotEmitted(table.finding_selected):
        model.set_filter(parse_filter("nothing"))
        hidden_row = table.selected_row
        model.set_filter(Filter())
        watched.list([aged(3, status=FindingStatus.FIXED)])
    assert (hidden_row, table.selected_row, table.selected_id) == (None, 3, finding_id(3))
    assert table.selectionModel().hasSelection()


def test_a_finding_that_is_not_shown_is_refused(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n) for n in range(9))
    model.set_filter(parse_filter("nothing"))
    assert not table.show_finding(finding_id(3))
    assert not table.show_finding(finding_id(99))
    assert table.selected_id is None


def test_keys_move_the_selection(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n) for n in range(9))
    seen: list[str | None] = []
    for key in (KEY.Key_Home, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_End, KEY.Key_Up):
        QTest.keyClick(table, key)
        seen.append(current_id(table, model))
    assert seen == [finding_id(n) for n in (0, 1, 2, 1, 8, 7)]


def test_letters_search_nothing(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list([aged(1, severity=Severity.LOW), aged(2, severity=Severity.MEDIUM)])
    QTest.keyClick(table, KEY.Key_Home)
    QTest.keyClick(table, KEY.Key_M)
    assert current_id(table, model) == finding_id(1)


def test_a_click_selects_what_it_was_on_though_the_table_gets_lower_by_it(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    """The detail opens by a first click, and rows at the tail move up under the pointer."""
    watched.list(aged(n) for n in range(100))
    table.finding_selected.connect(lambda _: table.resize(table.width(), table.height() - 60))
    place = table.visualRect(model.index(96, 1)).center()
    QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(table.viewport(), place + QPoint(1, 0))
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.selected_id == current_id(table, model) == finding_id(96)
    assert {index.row() for index in table.selectedIndexes()} == {96}


@pytest.mark.parametrize("way", ["enter", "double click"])
def test_a_finding_is_opened(
    way: str, watched: WatchedFindings, table: FindingsTable, qtbot: QtBot
) -> None:
    watched.list(aged(n) for n in range(3))
    table.show_finding(finding_id(1))
    place = table.visualRect(table.currentIndex()).center()
    with qtbot.waitSignal(table.finding_activated) as caught:
        if way == "enter":
            QTest.keyClick(table, KEY.Key_Return)
        else:
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
            QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [finding_id(1)]


def test_a_click_selects(watched: WatchedFindings, table: FindingsTable, qtbot: QtBot) -> None:
    watched.list(aged(n) for n in range(3))
    place = table.visualRect(table.model().index(2, 1)).center()
    with qtbot.waitSignal(table.finding_selected) as caught:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [finding_id(2)]


def test_a_click_on_a_head_sorts_the_most_severe_first(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n, severity=severity) for n, severity in enumerate(reversed(Severity)))
    QTest.mouseClick(
        table.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10)
    )
    assert model.order == Order(Column.SEVERITY, is_descending=True)
    assert current_id(table, model) is None
    first = model.finding_at(0)
    assert first is not None
    assert first.severity is Severity.CRITICAL


def test_columns_follow_width_and_scope(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    scan, status = COLUMNS.index(Column.SCAN), COLUMNS.index(Column.STATUS)
    assert table.isColumnHidden(scan)
    watched.watch("web-shop", ScanId("another"))
    watched.ticker.flush()
    assert not table.isColumnHidden(scan)
    model.set_filter(Filter(scan_id=ScanId("another")))
    assert table.isColumnHidden(scan)
    table.resize(400, 300)
    assert table.isColumnHidden(status)


def test_themes_and_states_are_painted(
    watched: WatchedFindings, table: FindingsTable, theme: Theme
) -> None:
    watched.list(aged(n) for n in range(9))
    for mode, tokens in ((ThemeMode.LIGHT, LIGHT), (ThemeMode.DARK, DARK)):
        theme.set_mode(mode)
        image = table.viewport().grab().toImage()
        assert len(places(image, tokens.surface)) > image.width() * image.height() / 2
    theme.set_mode(ThemeMode.LIGHT)
    table.show_finding(finding_id(2))
    for zoom, height in ((1.0, 28), (1.5, 42)):
        theme.set_zoom(zoom)
        image = table.viewport().grab().toImage()
        selected = around(places(image, LIGHT.selection) | places(image, LIGHT.selection_inactive))
        assert table.rowHeight(0) == height
        assert selected.height() == pytest.approx(height, abs=1)


def test_rows_near_the_end_stay_in_sight_when_all_get_larger(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel, theme: Theme
) -> None:
    watched.list(aged(n) for n in range(1000))
    scroll(table, 980)
    assert not table.anchor.is_following
    for zoom in (1.5, 1.0):
        theme.set_zoom(zoom)
        assert top_id(table, model) == finding_id(980)


def test_another_order_begins_at_its_first_row(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n, severity=SEVERITIES[n % 4]) for n in range(200))
    table.sort_by(Column.SEVERITY)
    assert table.rowAt(0) == 0
    watched.list(aged(n, severity=Severity.CRITICAL) for n in range(300, 310))
    assert table.rowAt(0) == 0, "nobody has touched it, and this is the beginning now"
    scroll(table, 20)
    place = top_id(table, model)
    watched.list(aged(n, severity=Severity.CRITICAL) for n in range(400, 410))
    assert top_id(table, model) == place
    model.group_by(GroupBy.FILE)
    assert table.rowAt(0) == 0
    model.group_by(None)
    model.set_order(NEWEST_LAST)
    assert follows(table)


def test_its_name_is_findings(table: FindingsTable) -> None:
    assert (table.accessibleName(), table.objectName()) == ("Findings", "findings_table")


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable()
    qtbot.addWidget(shown.pane)
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


def test_the_selection_stays_with_its_finding_through_groups(
    shown: ShownTable, qtbot: QtBot
) -> None:
    shown.table.show_finding(finding_id(3))
    with qtbot.assertNotEmitted(shown.table.finding_selected):
        shown.model.group_by(GroupBy.SCAN)
        shown.read([aged(9, file_path="shop/b.py", severity=Severity.CRITICAL)])
        shown.model.set_order(Order(Column.SEVERITY, is_descending=True))
        shown.model.group_by(None)
    assert current_id(shown.table, shown.model) == finding_id(3)


def test_a_finding_in_a_closed_group_is_found_all_the_same(shown: ShownTable) -> None:
    shown.model.set_groups_open(are_open=False)
    assert shown.table.show_finding(finding_id(3))
    assert shown.outline() == ["a.py", "b.py", "01", "03"]
    assert current_id(shown.table, shown.model) == finding_id(3)


def test_news_in_a_group_moves_nothing_on_screen(shown: ShownTable) -> None:
    paths = (f"shop/{n}.py" for n in range(10, 60))
    shown.read(aged(n, file_path=path) for n, path in enumerate(paths, 10))
    bar = shown.table.verticalScrollBar()
    bar.setValue(20 * shown.table.rowHeight(0) + 5)
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
    shown.table.step_to_new(1)
    shown.settle()
    assert shown.table.selected_id == finding_id(10)
    assert shown.model.counts.new == 2
    assert dots(shown, theme) == 2
    shown.table.step_to_new(-1)
    shown.settle()
    assert (shown.table.selected_id, shown.model.counts.new) == (finding_id(12), 1)
    shown.table.step_to_new(1)
    shown.settle()
    shown.table.step_to_new(1)
    assert (shown.table.selected_id, shown.model.counts.new) == (finding_id(11), 0)


def test_the_next_new_finding_may_be_in_a_closed_group(shown: ShownTable) -> None:
    shown.end_listing()
    shown.read([aged(10, file_path="shop/b.py")])
    shown.model.set_groups_open(are_open=False)
    shown.table.step_to_new(1)
    assert shown.outline() == ["a.py", "b.py", "01", "03", "0a"]
    assert shown.table.selected_id == finding_id(10)


@pytest.mark.parametrize("density", Density)
def test_rows_are_as_high_as_people_want_and_stay_in_place(
    shown: ShownTable, density: Density
) -> None:
    shown.model.group_by(None)
    shown.read(aged(n) for n in range(10, 100))
    scroll(shown.table, 40)
    top = top_id(shown.table, shown.model)
    shown.pane.table_state.change(lambda table_layout: replace(table_layout, density=density))
    heights = {Density.COMPACT: 24, Density.STANDARD: 28, Density.COMFORTABLE: 36}
    assert shown.table.rowHeight(0) == heights[density]
    assert top_id(shown.table, shown.model) == top


def test_nothing_is_drawn_where_both_scroll_bars_meet(shown: ShownTable, theme: Theme) -> None:
    shown.read(aged(n) for n in range(10, 100))
    shown.pane.table_state.change(partial(replace, on=frozenset(COLUMNS[1:])))
    shown.settle()
    bars = (shown.table.verticalScrollBar(), shown.table.horizontalScrollBar())
    assert all(bar.isVisible() for bar in bars)
    image, height = shown.table.grab().toImage(), bars[1].height()
    corner = QRect(0, 0, bars[0].width(), height)
    corner.moveBottomRight(image.rect().bottomRight())
    colours = {
        image.pixelColor(x, y).name()
        for x in range(corner.left(), corner.right() + 1)
        for y in range(corner.top(), corner.bottom() + 1)
    }
    assert colours == {theme.tokens.surface.name()}


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

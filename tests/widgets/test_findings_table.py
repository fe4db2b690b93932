"""The table keeps selection and scroll by finding id, and obeys the keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.columns import COLUMNS, Column
from heimdall_desktop.domain.filter_language import parse_filter
from heimdall_desktop.domain.filters import Filter
from heimdall_desktop.domain.finding import Finding, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.group import GroupBy
from heimdall_desktop.domain.order import NEWEST_LAST, Order
from heimdall_desktop.domain.table_looks import Density
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.finding_copies import FindingCopies
from heimdall_desktop.widgets.findings_delegate import FindingsDelegate
from heimdall_desktop.widgets.findings_table import FindingsTable
from heimdall_desktop.widgets.theme import Theme
from tests.fakes.findings import FOUND_AT, finding_id, make_finding
from tests.fakes.shown_table import ShownTable
from tests.fakes.watched_findings import WatchedFindings

KEY = Qt.Key
SEVERITIES = list(Severity)


@pytest.fixture
def watched(qapp: QApplication) -> WatchedFindings:
    watched = WatchedFindings()
    watched.watch("payments-api")
    return watched


@pytest.fixture
def model(watched: WatchedFindings) -> Iterator[FindingsModel]:
    model = FindingsModel(watched.store, watched.ticker)
    yield model
    model.deleteLater()


@pytest.fixture
def table(theme: Theme, model: FindingsModel, qtbot: QtBot) -> FindingsTable:
    table = FindingsTable(theme, model)
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
    return table.is_following


def test_a_view_at_its_tail_follows(watched: WatchedFindings, table: FindingsTable) -> None:
    watched.list(aged(n) for n in range(100))
    assert table.is_following
    watched.list(aged(n) for n in range(100, 130))
    bar = table.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_a_view_that_was_scrolled_stays_until_its_end_is_asked_for(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel, qtbot: QtBot
) -> None:
    watched.list(aged(n) for n in range(100))
    with qtbot.waitSignal(table.following_changed):
        scroll(table, 20)
    watched.list(aged(n) for n in range(100, 130))
    assert not table.is_following
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


def test_a_finding_far_away_is_brought_into_sight(
    watched: WatchedFindings, table: FindingsTable, qtbot: QtBot
) -> None:
    watched.list(aged(n) for n in range(500))
    with qtbot.waitSignal(table.finding_selected) as caught:
        assert table.show_finding(finding_id(7))
    assert caught.args == [finding_id(7)]
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


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


def test_the_row_under_a_resting_pointer_is_marked_while_rows_move(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n) for n in range(100))
    place = table.visualRect(model.index(96, 1)).center()
    QTest.mouseMove(table.viewport(), place)
    assert hovered(table) == 96
    watched.list(aged(n) for n in range(100, 130))
    assert hovered(table) == 126
    scroll(table, 20)
    assert hovered(table) == table.rowAt(place.y())


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


def test_a_row_is_copied_as_text(watched: WatchedFindings, table: FindingsTable) -> None:
    watched.list([aged(1, title="SQL injection")])
    QTest.keyClick(table, KEY.Key_Home)
    QTest.keyClick(table, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "\tSQL injection\t" in QGuiApplication.clipboard().text()


def test_the_menu_copies_the_row_and_what_the_detail_copies(
    watched: WatchedFindings, table: FindingsTable, theme: Theme
) -> None:
    table.menu.add_copies = FindingCopies(theme, watched.store).add_to
    watched.list([aged(1)])
    QTest.keyClick(table, KEY.Key_Home)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(table.viewport(), event)
    menu = table.findChild(QMenu, "findings_menu")
    assert menu is not None
    copy_row, *others = menu.actions()
    copy_row.trigger()
    assert QGuiApplication.clipboard().text().startswith("High\t")
    next(action for action in others if action.text() == "Copy finding id").trigger()
    assert QGuiApplication.clipboard().text() == finding_id(1)
    menu.close()


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
    plain = table.grab().toImage()
    table.show_finding(finding_id(2))
    selected = table.grab().toImage()
    theme.set_zoom(1.5)
    assert plain != selected
    assert table.rowHeight(0) > 28
    assert table.grab().toImage() != selected


def test_rows_near_the_end_stay_in_sight_when_all_get_larger(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel, theme: Theme
) -> None:
    watched.list(aged(n) for n in range(1000))
    scroll(table, 980)
    assert not table.is_following
    for zoom in (1.5, 1.0):
        theme.set_zoom(zoom)
        assert top_id(table, model) == finding_id(980)


@pytest.mark.parametrize("height", [300, 313, 327])
def test_jumps_end_at_the_edge_of_a_row(
    watched: WatchedFindings, table: FindingsTable, height: int
) -> None:
    watched.list(aged(n) for n in range(300))
    table.resize(table.width(), height)
    QApplication.processEvents()
    edges = [table.rowViewportPosition(table.rowAt(0))]
    watched.list(aged(n) for n in range(300, 310))
    edges.append(table.rowViewportPosition(table.rowAt(0)))
    assert follows(table)
    for number in (150, 9, 301):
        assert table.show_finding(finding_id(number))
        assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
        edges.append(table.rowViewportPosition(table.rowAt(0)))
    QTest.keyClick(table, KEY.Key_End)
    edges.append(table.rowViewportPosition(table.rowAt(0)))
    assert edges == [0] * 6


def test_another_order_begins_at_its_first_row(
    watched: WatchedFindings, table: FindingsTable, model: FindingsModel
) -> None:
    watched.list(aged(n, severity=SEVERITIES[n % 4]) for n in range(200))
    table.sort_by(Column.SEVERITY)
    assert table.rowAt(0) == 0
    scroll(table, 20)
    model.group_by(GroupBy.FILE)
    assert table.rowAt(0) == 0
    model.group_by(None)
    model.set_order(NEWEST_LAST)
    assert follows(table)


def test_the_selected_row_stays_in_sight_when_the_table_gets_lower(
    watched: WatchedFindings, table: FindingsTable
) -> None:
    watched.list(aged(n) for n in range(200))
    scroll(table, 100)
    table.show_finding(finding_id(108))
    for height in (150, 90, 400):
        table.resize(table.width(), height)
        QApplication.processEvents()
        assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
        assert table.rowViewportPosition(table.rowAt(0)) == 0
    scroll(table, 20)
    table.resize(table.width(), 200)
    QApplication.processEvents()
    assert table.rowAt(0) == 20, "it was out of sight, and stays there"


def test_the_ring_is_where_the_keyboard_is(
    watched: WatchedFindings, table: FindingsTable, qtbot: QtBot
) -> None:
    watched.list(aged(n) for n in range(9))
    table.activateWindow()
    table.setFocus(Qt.FocusReason.OtherFocusReason)
    table.show_finding(finding_id(2))
    by_code = table.grab().toImage()
    QTest.keyClick(table, KEY.Key_Down)
    QTest.keyClick(table, KEY.Key_Up)
    by_key = table.grab().toImage()
    place = table.visualRect(table.currentIndex()).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.grab().toImage() == by_code != by_key


def test_its_name_is_findings(table: FindingsTable) -> None:
    assert (table.accessibleName(), table.objectName()) == ("Findings", "findings_table")


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable(theme)
    qtbot.addWidget(shown.pane)
    files = ("shop/a.py", "shop/b.py")
    shown.read(aged(n, file_path=files[n % 2], severity=Severity.LOW) for n in range(4))
    shown.model.group_by(GroupBy.FILE)
    shown.settle()
    return shown


def test_rows_stand_in_groups_that_close_and_open(shown: ShownTable) -> None:
    assert shown.outline() == ["a.py", "00", "02", "b.py", "01", "03"]
    shown.click_row(0)
    assert shown.outline() == ["a.py", "b.py", "01", "03"]
    shown.press(KEY.Key_Right)
    assert shown.outline() == ["a.py", "00", "02", "b.py", "01", "03"]
    shown.press(KEY.Key_Right)  # on to the first of its findings
    assert shown.table.selected_id == finding_id(0)
    shown.press(KEY.Key_Left)  # back to the head
    shown.press(KEY.Key_Left)
    assert shown.outline() == ["a.py", "b.py", "01", "03"]
    shown.press(KEY.Key_Return)
    shown.press(KEY.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert shown.outline() == ["a.py", "b.py"]
    shown.press(KEY.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert len(shown.outline()) == 6


def test_left_and_right_change_sides_where_people_read_so(shown: ShownTable) -> None:
    shown.table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown.press(KEY.Key_Home)
    shown.press(KEY.Key_Right)
    assert shown.outline() == ["a.py", "b.py", "01", "03"]


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


def test_a_group_is_copied_as_text(shown: ShownTable) -> None:
    shown.press(KEY.Key_Home)
    shown.press(KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "a.py\tshop\t2 findings"


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


def test_a_frozen_view_stands_still_and_catches_up(shown: ShownTable) -> None:
    shown.model.group_by(None)
    shown.table.show_finding(finding_id(2))
    shown.pane.toggle_freeze()
    before = shown.outline()
    shown.read([aged(9), aged(2, status=FindingStatus.FIXED, file_path="shop/a.py")])
    assert shown.outline() == before
    assert shown.model.shown == shown.model.total == 5
    shown.pane.toggle_freeze()
    assert shown.outline() == ["00", "01", "02", "03", "09"]
    assert shown.table.selected_id == finding_id(2)


def test_a_look_takes_the_mark_of_a_new_finding_away(shown: ShownTable) -> None:
    shown.model.group_by(None)
    shown.end_listing()
    shown.read(aged(n) for n in range(10, 13))
    marked = shown.table.grab().toImage()
    shown.table.step_to_new(1)
    shown.settle()
    assert shown.table.selected_id == finding_id(10)
    assert shown.model.new == 2
    assert shown.table.grab().toImage() != marked
    shown.table.step_to_new(-1)
    shown.settle()
    assert (shown.table.selected_id, shown.model.new) == (finding_id(12), 1)
    shown.table.step_to_new(1)
    shown.settle()
    shown.table.step_to_new(1)
    assert (shown.table.selected_id, shown.model.new) == (finding_id(11), 0)


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
    standard = shown.table.grab().toImage()
    shown.pane.table_state.change(lambda looks: replace(looks, density=density))
    heights = {Density.COMPACT: 24, Density.STANDARD: 28, Density.COMFORTABLE: 36}
    assert shown.table.rowHeight(0) == heights[density]
    assert top_id(shown.table, shown.model) == top
    assert (shown.table.grab().toImage() == standard) is (density is Density.STANDARD)


def test_all_that_is_shown_is_marked_as_seen_by_the_menu(shown: ShownTable) -> None:
    shown.end_listing()
    shown.read(aged(n) for n in range(10, 13))
    shown.press(KEY.Key_Home)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(shown.table.viewport(), event)
    menu = shown.table.findChild(QMenu, "findings_menu")
    assert menu is not None
    menu.actions()[-1].trigger()
    menu.close()
    assert (shown.model.new, list(shown.model.news)) == (0, [])


def test_marks_outlive_the_session(theme: Theme, qtbot: QtBot) -> None:
    memory = WindowMemory()
    first = ShownTable(theme, memory)
    qtbot.addWidget(first.pane)
    first.read([aged(1)])
    first.end_listing()
    first.read([aged(2)])
    first.watched.ticker.second.emit()
    second = ShownTable(theme, memory)
    qtbot.addWidget(second.pane)
    second.read([aged(1), aged(2)])
    assert list(second.model.news) == [finding_id(2)]

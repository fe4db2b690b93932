"""The pill counts what came unseen, and leads there."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFrame, QMenu, QTableView, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import FindingStatus, ScanId, Severity
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, Column, Order
from heimdall_desktop.models.cell_text import NEWS_ROLE
from heimdall_desktop.widgets.findings.unseen_arrivals import IDLE_S, NewPill
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id
from tests.fakes.hands import part
from tests.fakes.shown_window import LEFT, ShownTable, aged
from tests.widgets.conftest import Owned

HOUR = timedelta(hours=1)


@pytest.fixture
def shown(shown: ShownTable) -> ShownTable:
    shown.read(aged(n) for n in range(100))
    shown.end_listing()
    return shown


def pill(shown: ShownTable) -> NewPill:
    return part(shown.pane, NewPill, "new_pill")


def text(shown: ShownTable) -> str:
    return pill(shown).label if pill(shown).isVisible() else ""


def test_what_comes_while_scrolled_away_is_counted_until_it_is_in_sight(shown: ShownTable) -> None:
    shown.read([aged(100)])
    assert text(shown) == ""  # the view follows
    bar = shown.table.verticalScrollBar()
    bar.setValue(0)
    shown.read(aged(n) for n in range(101, 108))
    assert text(shown) == "7 new"
    bar.setValue(106 * shown.table.rowHeight(0) - shown.table.viewport().height())
    assert text(shown) == "2 new"
    bar.setValue(bar.maximum())
    assert text(shown) == ""
    assert shown.table.anchor.is_following


def test_what_was_there_before_its_scan_was_read_is_not_new(shown: ShownTable) -> None:
    shown.table.verticalScrollBar().setValue(0)
    other = ScanId("9a1f8a61-6c9e-4a57-8f5d-3f6f3a2b7c10")
    shown.watched.watch("web-shop", other)
    shown.watched.list((aged(n, scan_id=other) for n in range(100, 107)), other)
    assert shown.model.counts.total == 107
    assert text(shown) == ""
    shown.read([aged(107)])
    assert text(shown) == "1 new"


@pytest.mark.parametrize("way", ["click", "end"])
def test_pill_and_end_go_to_the_tail_and_follow_again(shown: ShownTable, way: str) -> None:
    bar = shown.table.verticalScrollBar()
    bar.setValue(0)
    shown.read(aged(n) for n in range(100, 107))
    if way == "click":
        QTest.mouseClick(pill(shown), LEFT)
    else:
        shown.press(Qt.Key.Key_End)
    assert text(shown) == ""
    assert shown.table.anchor.is_following
    assert bar.value() == bar.maximum()


def test_it_stays_in_its_corner_and_off_the_foot(shown: ShownTable) -> None:
    shown.table.verticalScrollBar().setValue(0)
    shown.read([aged(200)])
    shown.pane.resize(700, 350)
    shown.settle()
    rect, rows = pill(shown).geometry(), shown.table.viewport().geometry()
    assert rows.contains(rect)
    assert 7 <= rows.right() - rect.right() <= 10
    assert 7 <= rows.bottom() - rect.bottom() <= 10


def test_where_the_newest_are_not_at_the_tail_it_leads_to_the_first_one(shown: ShownTable) -> None:
    shown.model.set_order(Order(Column.SEVERITY, is_descending=True))
    bar = shown.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    shown.read([aged(200, severity=Severity.LOW), aged(201, severity=Severity.CRITICAL)])
    assert text(shown) == "2 new"
    as_shown = pill(shown).grab().toImage()
    pill(shown).set_icon("ui-new")  # no arrow: they may be above as well
    assert pill(shown).grab().toImage() == as_shown
    QTest.mouseClick(pill(shown), LEFT)
    assert shown.table.selected_id == finding_id(201)
    assert text(shown) == "1 new"


def test_frozen_rows_go_on_at_a_click(shown: ShownTable) -> None:
    shown.pane.toggle_freeze()
    shown.read([aged(200)])
    assert text(shown) == "1 new"
    assert shown.model.rowCount() == 100
    QTest.mouseClick(pill(shown), LEFT)
    assert shown.model.frozen_at is None
    assert shown.model.rowCount() == 101


def test_another_filter_and_a_scan_that_leaves_end_the_count(shown: ShownTable) -> None:
    bar = shown.table.verticalScrollBar()
    bar.setValue(0)
    shown.read([aged(200)])
    shown.model.set_filter(parse_filter("sev>=low"))
    assert text(shown) == ""
    bar.setValue(0)
    shown.read([aged(201)])
    assert text(shown) == "1 new"
    shown.watched.store.remove(SCAN_ID)
    shown.watched.ticker.flush()
    assert text(shown) == ""


@pytest.fixture
def alone(owned: Owned) -> NewPill:
    view = owned(QTableView())
    view.resize(300, 200)
    pill = NewPill(view)
    view.show()
    return pill


def test_says_its_number_to_all(alone: NewPill) -> None:
    alone.show_count(7, "End", "ui-arrow-down")
    with_key = alone.width()
    assert (alone.isVisible(), alone.label) == (True, "7 new")
    assert alone.accessibleName() == "7 new findings. Show them"
    alone.show_count(1, "", "ui-new")
    assert alone.accessibleName() == "1 new finding. Show it"
    assert alone.width() < with_key
    alone.show_count(0, "End", "ui-arrow-down")
    assert not alone.isVisible()


def test_stands_on_the_other_side_where_people_read_so(alone: NewPill) -> None:
    view = alone.parent()
    assert isinstance(view, QTableView)
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    alone.show_count(7, "End", "ui-arrow-down")
    assert alone.geometry().center().x() < 150


# -- what the analyst sees --


NEW = range(1, 5)  # findings that came after the first listing
ALL = range(5)


@pytest.fixture
def watched(owned: Owned) -> ShownTable:
    watched = ShownTable()
    owned(watched.pane)
    take = watched.watched.store.seen.take
    watched.watched.ticker.changed.connect(
        lambda changes: take(changes, datetime.now(UTC), lambda *_: False)
    )
    watched.pane.activateWindow()
    QTest.qWaitForWindowActive(watched.pane)
    watched.read([aged(0)])
    watched.end_listing()
    watched.read(aged(n, severity=Severity.CRITICAL) for n in NEW)
    return watched


def seen(watched: ShownTable) -> list[int]:
    """Return the findings that count as seen, by their numbers."""
    state_of = watched.watched.store.seen.state_of
    return [n for n in range(100) if state_of(SCAN_ID, finding_id(n)) is not None]


def test_what_was_in_view_for_five_seconds_is_seen(watched: ShownTable) -> None:
    assert watched.model.counts.new == 4
    watched.pass_time(5)
    assert (seen(watched), watched.model.counts.new) == ([], 4)
    watched.pass_time(1)
    assert (seen(watched), watched.model.counts.new) == ([*ALL], 0)


def test_what_changes_in_view_is_seen_five_seconds_later(watched: ShownTable) -> None:
    watched.pass_time(6)
    watched.read([aged(0, status=FindingStatus.CONFIRMED, updated_at=FOUND_AT + HOUR)])
    news = watched.model.seen
    assert list(news.changed) == [finding_id(0)]
    watched.pass_time(5)
    assert list(news.changed) == [finding_id(0)]
    watched.pass_time(1)
    assert not news.changed
    cell = watched.model.index(0, COLUMNS.index(Column.FINDING))
    assert "confirmed elsewhere since" in cell.data(NEWS_ROLE).forms[0], "while it is in view"


def test_rows_out_of_sight_are_not_seen(watched: ShownTable) -> None:
    watched.read(aged(n) for n in range(5, 60))
    watched.table.verticalScrollBar().setValue(0)
    watched.pass_time(6)
    rows = len([row for row in watched.table.sight.rows if watched.table.sight.holds(row)])
    assert 0 < rows < 60
    assert seen(watched) == [*range(rows)]
    watched.table.verticalScrollBar().setValue(20)
    watched.pass_time(3)
    assert seen(watched) == [*range(rows)], "others were in view too shortly"


def test_rows_in_closed_groups_and_below_a_group_head_are_not_seen(watched: ShownTable) -> None:
    watched.model.group_by(GroupBy.FILE)
    watched.model.set_groups_open(are_open=False)
    watched.pass_time(10)
    assert seen(watched) == []
    watched.model.set_groups_open(are_open=True)
    watched.pass_time(6)
    assert seen(watched) == [*ALL]


def test_nothing_is_seen_behind_a_menu_or_a_dialog_or_another_part(watched: ShownTable) -> None:
    menu = QMenu(watched.pane)
    menu.addAction("one")
    menu.popup(watched.pane.mapToGlobal(watched.pane.rect().bottomLeft()))
    QTest.qWaitForWindowExposed(menu)
    watched.pass_time(10)
    assert seen(watched) == []
    menu.close()
    dialog = QDialog(watched.pane)
    dialog.open()
    QTest.qWaitForWindowExposed(dialog)
    watched.pass_time(10)
    assert seen(watched) == []
    dialog.close()
    watched.pane.activateWindow()
    QTest.qWaitForWindowActive(watched.pane)
    cover = QFrame(watched.pane)
    cover.setAutoFillBackground(True)
    second = watched.table.visualRect(watched.model.index(1, 0))
    top = watched.table.viewport().mapTo(watched.pane, second.topLeft()).y()
    cover.setGeometry(0, top + 5, watched.pane.width(), 5)
    cover.show()
    watched.pass_time(6)
    assert seen(watched) == [0, 2, 3, 4]


def test_nothing_is_seen_in_a_window_without_the_focus(watched: ShownTable, qtbot: QtBot) -> None:
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    QTest.qWaitForWindowActive(elsewhere)
    watched.pass_time(10)
    assert seen(watched) == []


def test_nothing_is_seen_while_presenting_or_with_a_locked_screen(watched: ShownTable) -> None:
    watched.watched.store.present(is_on=True)
    watched.pass_time(10)
    watched.watched.store.present(is_on=False)
    watched.pane.seeing.is_locked = lambda: True
    watched.pass_time(10)
    assert seen(watched) == []
    watched.pane.seeing.is_locked = lambda: False
    watched.pass_time(4)
    assert seen(watched) == [], "the seconds start again"
    watched.pass_time(2)
    assert seen(watched) == [*ALL]


def test_nothing_is_seen_where_nothing_was_done_for_long(watched: ShownTable) -> None:
    """The computer was left with the window open, and findings change over the weekend."""
    watched.pass_time(int(IDLE_S) + 1)
    watched.read([aged(0, severity=Severity.LOW, updated_at=FOUND_AT + HOUR)])
    watched.pass_time(60)
    assert list(watched.model.seen.changed) == [finding_id(0)]
    watched.click_row(2)
    watched.pass_time(6)
    assert not watched.model.seen.changed


def test_a_machine_that_slept_has_shown_nothing(watched: ShownTable) -> None:
    watched.pass_time(2)
    watched.ahead_s += 8 * 3600
    watched.pass_time(1)
    assert seen(watched) == []


def test_only_opening_counts_if_the_user_wants_it(watched: ShownTable) -> None:
    watched.pane.seeing.are_rows_wanted = lambda: False
    watched.pass_time(10)
    assert seen(watched) == []
    watched.pane.seeing.opened = lambda: watched.model.finding_at(3)
    watched.pass_time(6)
    assert seen(watched) == [3]


@pytest.mark.parametrize("text", ["is:new", "is:changed", "is:unseen"])
def test_rows_that_are_filtered_for_must_be_opened(watched: ShownTable, text: str) -> None:
    watched.pass_time(6)
    watched.read([*(aged(n, title="Other", severity=Severity.LOW) for n in (0, 1))])
    watched.read([aged(9), aged(10)])
    watched.pane.filter_state.set_text(text)
    shown = watched.model.shown
    assert shown == (4 if text == "is:unseen" else 2)
    watched.pass_time(10)
    assert watched.model.shown == shown


def test_frozen_rows_are_seen_as_they_are_shown(watched: ShownTable) -> None:
    watched.pane.toggle_freeze()
    watched.read([aged(0, severity=Severity.CRITICAL, updated_at=FOUND_AT + HOUR)])
    watched.pass_time(6)
    assert list(watched.model.seen.changed) == [finding_id(0)]
    watched.pane.toggle_freeze()
    watched.pass_time(6)
    assert not watched.model.seen.changed


def test_a_look_that_lasts_is_noted_again_each_minute(watched: ShownTable) -> None:
    watched.pass_time(6)
    first = watched.watched.store.seen.state_of(SCAN_ID, finding_id(1))
    watched.pass_time(50)
    assert watched.watched.store.seen.state_of(SCAN_ID, finding_id(1)) is first
    watched.pass_time(12)
    assert watched.watched.store.seen.state_of(SCAN_ID, finding_id(1)) is not first

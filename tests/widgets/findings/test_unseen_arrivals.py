"""The pill counts what came unseen, and leads there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import ScanId, Severity
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.order import Column, Order
from heimdall_desktop.widgets.findings.unseen_arrivals import NewPill
from tests.fakes.findings import SCAN_ID, finding_id
from tests.fakes.hands import part
from tests.fakes.shown_window import LEFT, ShownTable, aged
from tests.widgets.conftest import Owned


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


@pytest.fixture
def followed(owned: Owned) -> ShownTable:
    followed = ShownTable()
    owned(followed.pane)
    followed.pane.activateWindow()
    QTest.qWaitForWindowActive(followed.pane)
    followed.read([aged(0)])
    followed.end_listing()
    followed.read(aged(n, severity=Severity.LOW) for n in range(1, 5))
    return followed


def pass_by(followed: ShownTable, *, seconds: int = 2) -> None:
    """Let people look for so long, and newer rows push out what they have looked at."""
    for _ in range(seconds):
        followed.watched.ticker.second.emit()
    followed.read(aged(n) for n in range(100, 150))
    followed.watched.ticker.second.emit()


def is_new(followed: ShownTable) -> bool:
    """Return whether the first rows still are; all of them or none."""
    marked = {finding_id(n) in followed.model.listing.marks for n in range(1, 5)}
    assert len(marked) == 1
    return marked.pop()


def test_what_was_in_sight_and_is_pushed_out_is_new_no_longer(followed: ShownTable) -> None:
    before = followed.model.counts.new
    followed.watched.ticker.second.emit()
    assert is_new(followed)
    pass_by(followed)
    assert not is_new(followed)
    assert (before, followed.model.counts.new) == (4, 50), (
        "of a burst only the last rows were in sight"
    )


@pytest.mark.parametrize("severity", [Severity.CRITICAL, Severity.HIGH])
def test_what_matters_is_new_until_opened(followed: ShownTable, severity: Severity) -> None:
    followed.read(aged(n, severity=severity) for n in range(1, 5))
    pass_by(followed)
    assert is_new(followed)


def test_passing_counts_only_if_the_user_wants_it(followed: ShownTable) -> None:
    followed.pane.passing.is_wanted = lambda: False
    pass_by(followed)
    assert is_new(followed)


def test_what_hardly_stood_keeps_its_mark(followed: ShownTable) -> None:
    pass_by(followed, seconds=1)
    assert is_new(followed)


def test_what_comes_while_no_one_is_here_keeps_its_mark(followed: ShownTable, qtbot: QtBot) -> None:
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    QTest.qWaitForWindowActive(elsewhere)
    pass_by(followed)
    assert is_new(followed)


def test_what_is_asked_for_as_new_keeps_its_mark(followed: ShownTable) -> None:
    followed.pane.filter_state.set_text("is:new")
    pass_by(followed)
    assert is_new(followed)


def test_what_left_because_people_scrolled_keeps_its_mark(followed: ShownTable) -> None:
    followed.read(aged(n, severity=Severity.LOW) for n in range(10, 60))
    for _ in range(2):
        followed.watched.ticker.second.emit()
    followed.table.verticalScrollBar().setValue(0)
    followed.watched.ticker.second.emit()
    assert finding_id(59) in followed.model.listing.marks

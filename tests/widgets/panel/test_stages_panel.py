"""The panel shows the scan in scope or the one that matters, and lets errors be copied."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import combinations, product

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.models.scans_model import ScanFacts
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.panel.timeline import Timeline
from heimdall_desktop.presentation.time_text import second_text
from heimdall_desktop.widgets.controls.empty_state import EmptyState
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight
from heimdall_desktop.widgets.panel import stages_view, timeline_drawing
from heimdall_desktop.widgets.panel.log_page import LogView
from heimdall_desktop.widgets.panel.panel_bar import PanelBar
from heimdall_desktop.widgets.panel.stages_list import TIP_PADDING_PX, TIP_WIDEST_PX, StageTip
from heimdall_desktop.widgets.panel.stages_panel import OPEN_PX, StagesPanel
from tests.fakes.accessible_tree import select, toggle
from tests.fakes.board_scans import FakeTime, ScanStory, twelve_scans
from tests.fakes.hands import part
from tests.widgets.conftest import Owned

LEFT = Qt.MouseButton.LeftButton


class Shown:
    """A panel over a store."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.time = FakeTime()
        self.store = Store()
        self.ticker = Ticker(self.store)
        self.panel = StagesPanel(self.store, self.ticker, self.time.clock, self.time.now)
        self.panel.resize(1132, theme.scale(OPEN_PX))
        self.panel.show()

    def story(self, name: str = "shop", number: int = 1) -> ScanStory:
        return ScanStory(self.store, self.time, name, number=number)

    def twelve(self) -> dict[str, ScanStory]:
        stories = twelve_scans(self.store, self.time)
        self.ticker.flush()
        return stories

    def said(self) -> list[str]:
        """What the labels of the bar say."""
        return [label.text() for label in self.panel.findChildren(PanelBar)[0].findChildren(QLabel)]

    def timeline(self) -> Timeline:
        timeline = self.panel.stages.model.timeline
        assert timeline is not None
        return timeline

    def child(self, name: str) -> QWidget:
        return part(self.panel, QWidget, name)

    def task(self) -> list[str]:
        labels = self.panel.findChildren(stages_view.TaskBlock)[0].findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible()]

    def titles(self, name: str) -> list[str]:
        model = part(self.panel, QAbstractItemView, name).model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown(theme)
    yield shown
    shown.panel.close()


def colours_of(widget: QWidget) -> set[str]:
    """Every colour a widget is drawn in."""
    image = widget.grab().toImage()
    points = product(range(image.width()), range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in points}


def test_the_scan_in_scope_is_shown(shown: Shown) -> None:
    stories = shown.twelve()
    shown.panel.set_scope(stories["payments-api"].scan.id)
    assert shown.said() == ["payments-api", "19:08 elapsed, no estimate yet"]
    assert shown.timeline().rows[6].value == "3:12"
    assert shown.task() == [
        "Challenging: Race between balance check and withdrawal",
        "0:41",
        "Víðarr, 14 of 61 findings, shop/ledger/withdraw.py:155",
    ]
    assert shown.titles("activity_list")[0] == "Confirmed: SQL built from request parameter"
    assert shown.titles("log_list") == shown.titles("activity_list")
    rows = shown.panel.stages.rows
    rows.executeDelayedItemsLayout()
    last = rows.visualRect(rows.model().index(8, 0))
    assert last.bottom() <= rows.viewport().height(), "all nine stages fit"


def test_at_first_a_running_scan_is_shown_and_never_another_by_itself(shown: Shown) -> None:
    one, two = shown.story("one", 1), shown.story("two", 2)
    one.run([30] * 9, status="completed").read("completed", began_s=270, ended_s=0)
    two.run([30], 5).hear(Connection.LIVE)
    shown.ticker.flush()
    assert shown.said()[0] == "two"
    shown.story("three", 3).run([30], 5)
    one.run([30], 5)
    shown.ticker.flush()
    assert shown.said()[0] == "two"
    two.run([30], 6, end="failed", status="failed")
    shown.ticker.flush()
    assert shown.said()[0] == "two"
    shown.store.remove(two.scan.id)
    shown.ticker.flush()
    assert shown.said()[0] == "one", "the first of those that run"


def test_it_continues_with_the_scan_that_was_in_scope(shown: Shown) -> None:
    shown.story("one", 1).run([30], 5)
    two = shown.story("two", 2).run([30], 5, end="failed", status="failed")
    shown.ticker.flush()
    assert shown.said()[0] == "one"
    shown.panel.set_scope(two.scan.id)
    shown.panel.set_scope(None)
    shown.ticker.flush()
    assert shown.said()[0] == "two"


def test_times_go_on_and_new_lines_come_by_themselves(shown: Shown) -> None:
    story = shown.story().run([30], 5)
    shown.ticker.flush()
    shown.time.pass_s(3)
    shown.ticker.second.emit()
    assert shown.said() == ["shop", "0:38 elapsed, no estimate yet"]
    assert shown.timeline().rows[1].value == "0:08"
    story.log(story.line("Index built", stage="tyr"))
    shown.ticker.flush()
    assert shown.titles("activity_list") == ["Index built"]
    shown.store.remove(story.scan.id)
    shown.ticker.flush()
    assert shown.panel.shown_scan_id is None
    assert shown.panel.stages.model.rowCount() == 0
    assert shown.said() == ["", ""]


def test_closed_it_keeps_its_tabs(shown: Shown) -> None:
    shown.twelve()
    changes: list[bool] = []
    shown.panel.collapsed_changed.connect(changes.append)
    QTest.mouseClick(shown.child("panel_toggle"), LEFT)
    assert shown.panel.is_collapsed
    assert shown.panel.height() == shown.theme.scale(32)
    assert shown.child("panel_tabs").isVisible()
    assert not shown.child("stages_list").isVisible()
    tabs = shown.child("panel_tabs")
    tabs.clearFocus()  # its ring is of the same colour
    assert shown.theme.tokens.accent.name() not in colours_of(tabs)
    shown.panel.toggle()
    assert shown.theme.tokens.accent.name() in colours_of(tabs)
    assert shown.child("stages_list").isVisible()
    assert shown.panel.minimumHeight() == shown.theme.scale(OPEN_PX)
    assert changes == [True, False]


def test_a_tab_opens_a_closed_panel(shown: Shown) -> None:
    shown.twelve()
    shown.panel.set_collapsed(True)
    shown.panel.open_log()
    assert not shown.panel.is_collapsed
    assert shown.child("log_list").isVisible()
    shown.panel.open_stages()
    assert shown.child("stages_list").isVisible()


def test_an_error_is_copied_as_the_line_that_is_shown(shown: Shown) -> None:
    error, line = "out of memory\n  at worker.py:3", "out of memory at worker.py:3"
    story = shown.story().run([30], 5, end="failed", status="failed", error=error)
    shown.panel.set_scope(story.scan.id)
    shown.ticker.flush()
    QTest.mouseClick(shown.child("copy_error"), LEFT)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == line
    clipboard.setText("")
    shown.panel.stages.rows.make_menu(shown.timeline().rows[1]).actions()[0].trigger()
    assert clipboard.text() == line
    rows = shown.panel.stages.rows
    assert not rows.make_menu(shown.timeline().rows[0]).actions()[0].isEnabled()
    rows.setCurrentIndex(rows.model().index(0, 0))
    QTest.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "Ingest, done, 0:30"


def test_at_midnight_the_start_of_a_stage_gets_its_day(shown: Shown) -> None:
    story = shown.story().run([30], 5, end="failed", status="failed")
    shown.panel.set_scope(story.scan.id)
    started_at = story.scan.stages[1].started_at
    assert started_at is not None
    details = [shown.timeline().rows[1].details[1]]
    shown.time.at += timedelta(days=1)
    shown.ticker.second.emit()
    details.append(shown.timeline().rows[1].details[1])
    moments = (second_text(started_at), second_text(started_at, shown.time.at))
    assert [words.removeprefix("Started ") for words in details] == list(moments)
    assert moments[0] != moments[1]


def test_lines_of_the_log_are_copied(shown: Shown) -> None:
    story = shown.story().run([30], 5)
    story.log(story.line("One", ago_s=9), story.line("Two", "2 files", ago_s=8))
    shown.ticker.flush()
    shown.panel.open_log()
    view = part(shown.panel, LogView, "log_list")
    view.make_menu().actions()[1].trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line[9:] for line in lines] == ["Hunt: Two. 2 files", "Hunt: One."]
    view.setCurrentIndex(view.model().index(1, 0))
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().endswith("Hunt: One.")


def test_an_empty_log_says_so(shown: Shown) -> None:
    shown.story().read("queued", began_s=5).live("queued")
    shown.ticker.flush()
    shown.panel.open_log()
    image = shown.child("log_list").grab().toImage()
    colours = {image.pixel(x, y) for x in range(150) for y in range(30)}
    assert len(colours) > 1


def test_a_reader_further_down_stays_there(shown: Shown) -> None:
    story = shown.story().run([30], 5)
    story.log(*(story.line(f"Line {number}", ago_s=number) for number in range(1, 60)))
    shown.ticker.flush()
    shown.panel.open_log()
    view = part(shown.panel, LogView, "log_list")
    view.executeDelayedItemsLayout()
    view.scrollTo(view.model().index(40, 0), QAbstractItemView.ScrollHint.PositionAtTop)
    top = view.indexAt(view.viewport().rect().topLeft()).data()
    story.log(story.line("News"))
    shown.ticker.flush()
    assert view.indexAt(view.viewport().rect().topLeft()).data() == top


def test_names_for_assistive_technology(shown: Shown) -> None:
    shown.twelve()
    assert shown.child("stages_list").accessibleName() == "Stages"
    assert shown.child("activity_list").accessibleName() == "Activity"
    index = shown.panel.stages.model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Ingest, done")


def test_a_long_reason_narrows_the_axis_only_so_far(shown: Shown) -> None:
    story = shown.story().run([30], 5, end="failed", status="failed", error="why " * 300)
    shown.panel.set_scope(story.scan.id)
    shown.ticker.flush()
    plan = timeline_drawing.TimelinePlan(shown.theme, shown.timeline(), 716)
    assert plan.axis_right - plan.axis_left == shown.theme.scale(timeline_drawing.LEAST_AXIS_PX)
    assert plan.x(-5) == plan.axis_left
    assert plan.x(1e9) == plan.axis_right


def test_notes_that_do_not_fit_are_said_in_short_and_leave_the_axis_its_width(shown: Shown) -> None:
    shown.panel.set_scope(shown.twelve()["payments-api"].scan.id)
    timeline = shown.timeline()
    rules, provider, running = timeline.rows[2], timeline.rows[5], timeline.rows[6]
    wide, narrow = (
        timeline_drawing.TimelinePlan(shown.theme, timeline, width) for width in (716, 560)
    )
    room, least_room = (plan.right - plan.value_left for plan in (wide, narrow))
    assert wide.note_of(rules, room) == rules.note
    assert wide.note_of(provider, room) == "With warnings"
    assert wide.note_of(running, room) == "No estimate (needs 3 past scans)"
    assert wide.axis_right - wide.axis_left > shown.theme.scale(timeline_drawing.LEAST_AXIS_PX)
    for row in (rules, provider):
        assert narrow.note_of(row, least_room) == "With warnings"
    assert narrow.note_of(running, least_room) == "No estimate yet"


def test_stages_come_before_the_side(shown: Shown) -> None:
    shown.twelve()
    side = shown.child("activity_list")
    widths = []
    for width in (1132, 900, 780):
        shown.panel.resize(width, shown.panel.height())
        widths.append(side.width() if side.isVisible() else 0)
    assert widths[0] > widths[1] > widths[2] == 0
    shared: list[int] = []
    shown.panel.side_shared.connect(shared.append)
    shown.panel.resize(1132, shown.panel.height())
    shown.panel.set_side_width(300)
    assert (side.width(), shared[-1]) == (299, 300), "other pages know it"
    shown.panel.resize(700, shown.panel.height())
    assert shared[-1] == 0


def test_it_paints_every_state(shown: Shown) -> None:
    stories = shown.twelve()
    for story in stories.values():
        shown.panel.set_scope(story.scan.id)
        assert not shown.panel.grab().isNull()
    shown.theme.set_zoom(1.5)
    shown.panel.open_log()
    assert not shown.panel.grab().isNull()


def activities(shown: Shown) -> ScanStory:
    """Show a scan with lines of two stages."""
    story = shown.story().run([30], 5)
    story.log(
        story.line("Index built", stage="ingest", ago_s=9),
        story.line("Rules", "two left out", stage="ingest", status="warning", ago_s=8),
        story.line("Reading", stage="tyr", ago_s=2),
    )
    shown.ticker.flush()
    return story


def test_a_stage_filters_the_activity_and_there_is_a_way_back(shown: Shown) -> None:
    activities(shown)
    rows = shown.panel.stages.rows
    rows.executeDelayedItemsLayout()
    place = rows.visualRect(rows.model().index(0, 0)).center()
    QTest.mouseClick(rows.viewport(), LEFT, pos=place)
    assert shown.titles("activity_list") == ["Rules", "Index built"]
    assert shown.titles("log_list") == ["Rules", "Index built"]
    assert shown.child("scope_line").isVisible()
    QTest.mouseClick(shown.child("show_all_activity"), LEFT)
    assert shown.titles("activity_list") == ["Reading", "Rules", "Index built"]
    assert not shown.child("scope_line").isVisible()


def test_the_findings_of_a_stage_are_offered_where_it_finds_any(shown: Shown) -> None:
    story, wanted = activities(shown), list[tuple[str, str]]()
    shown.panel.findings_wanted.connect(lambda scan, stage: wanted.append((scan, stage)))
    shown.panel.pick_stage("tyr")
    assert not shown.child("show_stage_findings").isVisible()
    shown.panel.pick_stage("hunt")
    QTest.mouseClick(shown.child("show_stage_findings"), LEFT)
    assert wanted == [(story.scan.id, "hunt")]


def test_problems_only_is_for_the_whole_log(shown: Shown) -> None:
    activities(shown)
    shown.panel.open_log()
    QTest.mouseClick(shown.child("log_problems"), LEFT)
    assert shown.titles("log_list") == ["Rules"]
    assert shown.titles("activity_list") == ["Reading", "Rules", "Index built"]
    assert shown.panel.findChildren(PanelBar)[0].tabs.tabText(1).startswith("Log")


def test_another_scan_is_shown_whole(shown: Shown) -> None:
    activities(shown)
    shown.panel.pick_stage("tyr")
    other = shown.story("other", 2).run([30], 5)
    other.log(other.line("Of another", stage="ingest"))
    shown.panel.set_scope(other.scan.id)
    assert shown.titles("activity_list") == ["Of another"]
    assert not shown.child("scope_line").isVisible()


def test_an_estimate_is_in_the_head(shown: Shown) -> None:
    past = [[30.0, 90, 60, 30, 15, 400, 200, 20, 10]] * 3
    shown.story().run([30, 90, 60, 30, 15], 100).remember(*past)
    shown.ticker.flush()
    assert shown.said() == ["shop", "5:25 elapsed, about 9 min left"]


def test_without_activity_beside_the_stages_a_pick_opens_the_log(shown: Shown) -> None:
    activities(shown)
    shown.panel.resize(780, shown.panel.height())
    rows = shown.panel.stages.rows
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert shown.child("log_list").isVisible()
    assert shown.titles("log_list") == ["Rules", "Index built"]
    QTest.mouseClick(shown.child("log_problems"), LEFT)
    assert shown.titles("log_list") == ["Rules"]
    QTest.mouseClick(shown.child("log_show_all"), LEFT)
    assert shown.titles("log_list") == ["Reading", "Rules", "Index built"]
    assert not shown.child("log_show_all").isVisible()


def test_the_log_search_covers_nothing_at_the_largest_type(shown: Shown, qtbot: QtBot) -> None:
    activities(shown)
    shown.theme.set_zoom(2.0)
    shown.panel.setFixedSize(880, 700)
    shown.panel.open_log()
    [field], previous = shown.panel.findChildren(SearchField), shown.child("log_find_previous")
    qtbot.waitUntil(lambda: field.height() >= 60)  # it has the type
    qtbot.waitUntil(lambda: not field.geometry().intersects(previous.geometry()))


def test_pages_that_need_no_scan_are_shown_without_one(shown: Shown) -> None:
    page = QLabel("No alerts yet.")
    shown.panel.open_page(shown.panel.add_page("Inbox", "ui-inbox", page, page.setFocus))
    assert page.isVisible()
    shown.panel.open_log()
    assert not page.isVisible()
    [empty] = shown.panel.findChildren(EmptyState)
    assert empty.isVisible()


# -- the list of the stages --


ERROR = "out of memory\n  at worker.py:3"


class ShownList:
    """Stages of a scan that failed in tyr."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        store, time = Store(), FakeTime()
        story = ScanStory(store, time, "shop").run([30], 5, end="failed", status="failed",
                                                   error=ERROR)  # fmt: skip
        facts = ScanFacts(store, time.clock, time.now)
        self.view = stages_view.StagesView()
        self.view.resize(700, 240)
        self.view.show_timeline(facts.timeline(story.scan))
        self.view.show()
        self.picked: list[str] = []
        self.view.rows.stage_picked.connect(self.picked.append)

    def place(self, row: int) -> QPoint:
        rows = self.view.rows
        rows.executeDelayedItemsLayout()
        return rows.visualRect(rows.model().index(row, 0)).center()

    def has_tip_of(self, stage: str) -> bool:
        return stage in self.view.rows.tip.lines[:1]

    def show_again(self) -> None:
        """Show the same stages a second later."""
        timeline = self.view.model.timeline
        assert timeline is not None
        self.view.show_timeline(replace(timeline, elapsed=f"{timeline.elapsed} 1 s more"))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.rows, key)


@pytest.fixture
def listed(theme: Theme) -> Iterator[ShownList]:
    listed = ShownList(theme)
    yield listed
    listed.view.close()
    listed.view.deleteLater()


def test_a_click_picks_a_stage_and_another_one_leads_back(listed: ShownList) -> None:
    for row in (1, 0, 1):
        QTest.mouseClick(listed.view.rows.viewport(), LEFT, pos=listed.place(row))
        listed.view.rows.show_picked("tyr")
    assert listed.picked == ["tyr", "ingest", ""]


def test_a_double_click_picks_a_stage_and_keeps_it(listed: ShownList) -> None:
    rows = listed.view.rows
    rows.stage_picked.connect(rows.show_picked)
    QTest.mouseClick(rows.viewport(), LEFT, pos=listed.place(1))
    QTest.mouseDClick(rows.viewport(), LEFT, pos=listed.place(1))
    QTest.mouseRelease(rows.viewport(), LEFT, pos=listed.place(1))
    assert listed.picked == ["tyr"]
    QTest.mouseClick(rows.viewport(), LEFT, pos=listed.place(1))
    assert listed.picked == ["tyr", ""]


def test_keys_pick_a_stage_and_escape_leads_back(listed: ShownList) -> None:
    listed.view.rows.setFocus(Qt.FocusReason.TabFocusReason)
    listed.press(Qt.Key.Key_Down)
    listed.press(Qt.Key.Key_Return)
    listed.view.rows.show_picked("tyr")
    listed.press(Qt.Key.Key_Escape)
    assert listed.picked == ["tyr", ""]


def test_the_keyboard_brings_the_details(listed: ShownList) -> None:
    rows = listed.view.rows
    assert list(rows.tip.lines) == []
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    listed.press(Qt.Key.Key_Down)
    assert rows.tip.lines[0] == "Tyr"
    assert rows.tip.lines[-1] == ERROR
    rows.clearFocus()
    assert list(rows.tip.lines) == []


def test_the_pointer_brings_the_details_inside_the_window(listed: ShownList, qtbot: QtBot) -> None:
    rows = listed.view.rows
    for row, name in ((0, "Ingest"), (8, "Report")):
        QTest.mouseMove(rows.viewport(), listed.place(row))
        qtbot.waitUntil(partial(listed.has_tip_of, name))
        assert rows.window().rect().contains(rows.tip.geometry())
    QTest.mouseMove(rows.viewport(), QPoint(5, rows.viewport().height() - 1))
    rows.hide()
    assert list(rows.tip.lines) == []


def test_a_tip_leaves_the_bars_it_covers_when_people_go_on(listed: ShownList, qtbot: QtBot) -> None:
    rows, tip = listed.view.rows, listed.view.rows.tip
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    listed.press(Qt.Key.Key_Down)
    assert tip.lines[0] == "Tyr"
    listed.press(Qt.Key.Key_Escape)
    assert list(tip.lines) == []
    QTest.mouseMove(rows.viewport(), listed.place(4))
    qtbot.waitUntil(partial(listed.has_tip_of, "Config scan"))
    QTest.mouseMove(rows.viewport(), QPoint(5, rows.viewport().height() - 1))
    assert list(tip.lines) == [], "the keyboard is still on Tyr"
    QTest.mouseMove(rows.viewport(), listed.place(0))
    qtbot.waitUntil(partial(listed.has_tip_of, "Ingest"))
    QTest.mouseClick(rows.viewport(), LEFT, pos=listed.place(0))
    listed.show_again()
    assert list(tip.lines) == [], "its log has been picked"


def test_a_tip_takes_no_click_and_stays_below_what_comes_over_the_window(listed: ShownList) -> None:
    rows, tip = listed.view.rows, listed.view.rows.tip
    assert tip.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert tip.focusPolicy() is Qt.FocusPolicy.NoFocus
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    listed.press(Qt.Key.Key_Down)
    over = QWidget(rows.window())
    over.resize(rows.window().size())
    over.show()
    listed.show_again()
    assert tip.isVisible()
    children = rows.window().children()
    assert children.index(tip) < children.index(over)


def test_all_details_are_copied_with_the_whole_error(listed: ShownList) -> None:
    row = listed.view.model.row(1)
    assert row is not None
    listed.view.rows.make_menu(row).actions()[2].trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Tyr\nStarted ")
    assert text.endswith(ERROR)


def test_a_tall_view_has_high_rows(listed: ShownList) -> None:
    rows, index = listed.view.rows, listed.view.model.index(0)
    rows.executeDelayedItemsLayout()
    assert rows.visualRect(index).height() == listed.theme.scale(18)
    listed.view.resize(700, 300)
    rows.executeDelayedItemsLayout()
    assert rows.visualRect(index).height() == listed.theme.scale(28)
    assert not listed.view.findChildren(stages_view.StageLegend)[0].isVisible()
    listed.view.resize(700, 420)
    assert listed.view.findChildren(stages_view.StageLegend)[0].isVisible()
    assert not listed.view.grab().isNull()


def test_assistive_technology_picks_a_stage_and_back_by_its_action(listed: ShownList) -> None:
    rows = listed.view.rows
    rows.stage_picked.connect(rows.show_picked)  # as the panel does
    select(rows, 1)
    select(rows, 0)
    assert [index.row() for index in rows.selectedIndexes()] == [0]
    toggle(rows, 0)
    assert listed.picked == ["tyr", "ingest", ""]
    assert rows.selectedIndexes() == []


@pytest.fixture
def window(theme: Theme) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(600, 560)
    window.show()
    yield window
    window.close()
    window.deleteLater()


def show(tip: StageTip, window: QWidget, lines: list[str], top: int, left: int = 100) -> QRect:
    tip.show_lines(lines, QRect(window.mapToGlobal(QPoint(left, top)), QRect(0, 0, 50, 18).size()))
    return tip.geometry()


def test_it_is_under_its_row_or_above_if_there_is_no_space(theme: Theme, window: QWidget) -> None:
    tip = StageTip(window)
    assert show(tip, window, ["Hunt", "Started 13:58:37"], 50).top() > 68
    assert show(tip, window, ["Hunt", "Started 13:58:37"], 530).bottom() < 530
    assert list(tip.lines) == ["Hunt", "Started 13:58:37"]
    tip.hide()
    assert list(tip.lines) == []


def test_the_longest_error_fits_into_the_window(theme: Theme, window: QWidget) -> None:
    tip = StageTip(window)
    place = show(tip, window, ["Hunt", "word " * 2000], 200, left=560)
    assert tip.lines[-1] == "Copy to get the full text."
    assert place.left() >= 0
    assert window.rect().contains(place)
    assert not tip.grab().isNull()


def test_words_stay_whole_and_paths_may_be_parted(theme: Theme, window: QWidget) -> None:
    tip = StageTip(window)
    narrow = show(tip, window, ["Hunt", "short"], 50).height()
    metrics = QFontMetricsF(theme.font(Role.SMALL))
    words, room = "", theme.scale(TIP_WIDEST_PX)
    while metrics.horizontalAdvance(words + "over") < room:
        words += "over "
    place = show(tip, window, ["Hunt", f"{words.rstrip()}loadedandmore"], 50)
    line = metrics.horizontalAdvance(words.rpartition("over")[0].rstrip())
    assert place.height() > narrow
    assert place.width() <= line + 2 * theme.scale(TIP_PADDING_PX) + 2
    place = show(tip, window, ["Hunt", "a/" * 200], 50)
    assert place.width() <= room + 2 * theme.scale(TIP_PADDING_PX) + 2
    assert tip.lines[-1] != "Copy to get the full text."


def test_time_runs_from_left_to_right_in_every_language(owned: Owned) -> None:
    axis = owned(stages_view.TimelineAxis())
    axis.resize(700, axis.sizeHint().height())
    axis.show_timeline(Timeline((), 600.0, 900.0, 300.0, ""))
    before = axis.grab().toImage()
    axis.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert axis.grab().toImage() == before


WIDTH_PX, ROW_PX = 560, 18


@pytest.mark.parametrize("top", [0.0, 0.4, 0.8, 1.6])
@pytest.mark.parametrize("density", [1.0, 1.25, 1.5, 1.75])
def test_the_longest_times_line_is_one_pixel(theme: Theme, density: float, top: float) -> None:
    store, time = Store(), FakeTime()
    story = ScanStory(store, time, "shop").run([30], 5)
    story.remember([30, 60, 60], [30, 60, 90], [30, 60, 600])
    timeline = ScanFacts(store, time.clock, time.now).timeline(story.scan)
    row, plan = timeline.rows[2], timeline_drawing.TimelinePlan(theme, timeline, WIDTH_PX)
    assert row.expected is not None
    image = QImage(
        round(WIDTH_PX * density), round((ROW_PX + 4) * density), QImage.Format.Format_ARGB32
    )
    image.setDevicePixelRatio(density)
    surface = theme.tokens.surface
    image.fill(surface)
    painter = QPainter(image)
    rect = QRectF(0, top, WIDTH_PX, ROW_PX)
    timeline_drawing.TimelineBars(theme, painter, plan, rect, surface, is_large=False).draw(row)
    painter.end()
    x = round((plan.x(row.expected.median_s) + plan.x(row.expected.longest_s)) / 2 * density)
    inked = [y for y in range(image.height()) if image.pixelColor(x, y) != surface]
    assert len(inked) == 1


@pytest.mark.parametrize("width", [420, 560, 900, 1400])
@pytest.mark.parametrize("starts_s", [(300, 61, 60), (300, 200, 100), (300, 62, 60, 58), (9, 6, 5)])
def test_no_name_of_an_attempt_touches_another_or_its_line(
    theme: Theme, starts_s: tuple[int, ...], width: int
) -> None:
    store, time = Store(), FakeTime()
    story = ScanStory(store, time, "shop").run([], 5, status="ingesting")
    start = partial(story.line, "Started", stage=None, task="scan-start", status="running")
    story.log(*(start(ago_s=ago_s) for ago_s in starts_s))
    timeline = ScanFacts(store, time.clock, time.now).timeline(story.scan)
    plan = timeline_drawing.TimelinePlan(theme, timeline, width)
    lines = [plan.x(at_s) for at_s, _ in timeline.attempts]
    assert len(lines) == len(starts_s) - 1
    spans = {
        place: (row, left, left + theme.text_width(timeline.attempts[place][1], Role.MICRO,
                                                   Weight.SEMIBOLD))
        for place, (row, left) in plan.attempt_labels().items()
    }  # fmt: skip
    assert spans or width < 900  # where there is room, one has its place
    for _, left, right in spans.values():
        assert not any(left < line < right for line in lines)
        assert plan.axis_left <= left < right <= plan.axis_right + 1
    for one, other in combinations(spans.values(), 2):
        assert one[0] != other[0] or one[2] <= other[1] or other[2] <= one[1]

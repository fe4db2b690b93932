"""A stage is picked by click and key, and reports all of itself to pointer and focus."""

from collections.abc import Iterator
from functools import partial

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.store import Store
from heimdall_desktop.models.scan_facts import ScanFacts
from heimdall_desktop.presentation.panel.timeline import Timeline
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.panel.stages_list import TIP_PADDING_PX, TIP_WIDEST_PX, StageTip
from heimdall_desktop.widgets.panel.stages_view import StageLegend, StagesView, TimelineAxis
from tests.fakes.accessible_rows import select, toggle
from tests.fakes.board_scans import FakeTime, ScanStory

LEFT = Qt.MouseButton.LeftButton
ERROR = "out of memory\n  at worker.py:3"


class Shown:
    """Stages of a scan that failed in tyr."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        store, time = Store(), FakeTime()
        story = ScanStory(store, time, "shop").run([30], 5, end="failed", status="failed",
                                                   error=ERROR)  # fmt: skip
        facts = ScanFacts(store, time.clock, time.now)
        self.view = StagesView()
        self.view.resize(700, 240)
        self.view.show_timeline(facts.timeline(story.scan))
        self.view.show()
        self.picked: list[str] = []
        self.view.rows.stage_picked.connect(self.picked.append)

    def place(self, row: int) -> QPoint:
        rows = self.view.rows
        rows.executeDelayedItemsLayout()
        return rows.visualRect(rows.model().index(row, 0)).center()

    def tells_of(self, stage: str) -> bool:
        return stage in self.view.rows.tip.lines[:1]

    def tell_again(self) -> None:
        """Tell of the same stages a second later."""
        timeline = self.view.model.timeline
        assert timeline is not None
        self.view.show_timeline(replace(timeline, elapsed=f"{timeline.elapsed} 1 s more"))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.rows, key)


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown(theme)
    yield shown
    shown.view.close()
    shown.view.deleteLater()


def test_a_click_picks_a_stage_and_another_one_leads_back(shown: Shown) -> None:
    QTest.mouseClick(shown.view.rows.viewport(), LEFT, pos=shown.place(1))
    shown.view.rows.show_picked("tyr")
    QTest.mouseClick(shown.view.rows.viewport(), LEFT, pos=shown.place(0))
    QTest.mouseClick(shown.view.rows.viewport(), LEFT, pos=shown.place(1))
    assert shown.picked == ["tyr", "ingest", ""]


def test_a_double_click_picks_a_stage_and_keeps_it(shown: Shown) -> None:
    rows = shown.view.rows
    rows.stage_picked.connect(rows.show_picked)
    QTest.mouseClick(rows.viewport(), LEFT, pos=shown.place(1))
    QTest.mouseDClick(rows.viewport(), LEFT, pos=shown.place(1))
    QTest.mouseRelease(rows.viewport(), LEFT, pos=shown.place(1))
    assert shown.picked == ["tyr"]
    QTest.mouseClick(rows.viewport(), LEFT, pos=shown.place(1))
    assert shown.picked == ["tyr", ""]


def test_keys_pick_a_stage_and_escape_leads_back(shown: Shown) -> None:
    shown.view.rows.setFocus(Qt.FocusReason.TabFocusReason)
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Return)
    shown.view.rows.show_picked("tyr")
    shown.press(Qt.Key.Key_Escape)
    assert shown.picked == ["tyr", ""]


def test_the_keyboard_brings_the_details(shown: Shown) -> None:
    rows = shown.view.rows
    assert list(rows.tip.lines) == []
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    shown.press(Qt.Key.Key_Down)
    assert rows.tip.lines[0] == "Tyr"
    assert rows.tip.lines[-1] == ERROR
    rows.clearFocus()
    assert list(rows.tip.lines) == []


def test_the_pointer_brings_the_details_inside_the_window(shown: Shown, qtbot: QtBot) -> None:
    rows = shown.view.rows
    for row, name in ((0, "Ingest"), (8, "Report")):
        QTest.mouseMove(rows.viewport(), shown.place(row))
        qtbot.waitUntil(partial(shown.tells_of, name))
        assert rows.window().rect().contains(rows.tip.geometry())
    QTest.mouseMove(rows.viewport(), QPoint(5, rows.viewport().height() - 1))
    rows.hide()
    assert list(rows.tip.lines) == []


def test_a_tip_leaves_the_bars_it_covers_when_people_go_on(shown: Shown, qtbot: QtBot) -> None:
    rows, tip = shown.view.rows, shown.view.rows.tip
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    shown.press(Qt.Key.Key_Down)
    assert tip.lines[0] == "Tyr"
    shown.press(Qt.Key.Key_Escape)
    assert list(tip.lines) == []
    QTest.mouseMove(rows.viewport(), shown.place(4))
    qtbot.waitUntil(partial(shown.tells_of, "Config scan"))
    QTest.mouseMove(rows.viewport(), QPoint(5, rows.viewport().height() - 1))
    assert list(tip.lines) == [], "the keyboard is still on Tyr"
    QTest.mouseMove(rows.viewport(), shown.place(0))
    qtbot.waitUntil(partial(shown.tells_of, "Ingest"))
    QTest.mouseClick(rows.viewport(), LEFT, pos=shown.place(0))
    shown.tell_again()
    assert list(tip.lines) == [], "its log has been picked"


def test_a_tip_stays_below_what_comes_over_the_window(shown: Shown) -> None:
    rows, tip = shown.view.rows, shown.view.rows.tip
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    shown.press(Qt.Key.Key_Down)
    over = QWidget(rows.window())
    over.resize(rows.window().size())
    over.show()
    shown.tell_again()
    assert tip.isVisible()
    children = rows.window().children()
    assert children.index(tip) < children.index(over)


def test_a_tip_takes_no_click(shown: Shown) -> None:
    tip = shown.view.rows.tip
    assert tip.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert tip.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_all_details_are_copied_with_the_whole_error(shown: Shown) -> None:
    row = shown.view.model.row(1)
    assert row is not None
    shown.view.rows.make_menu(row).actions()[2].trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Tyr\nStarted ")
    assert text.endswith(ERROR)


def test_a_tall_view_has_high_rows(shown: Shown) -> None:
    rows, index = shown.view.rows, shown.view.model.index(0)
    rows.executeDelayedItemsLayout()
    assert rows.visualRect(index).height() == shown.theme.scale(18)
    shown.view.resize(700, 300)
    rows.executeDelayedItemsLayout()
    assert rows.visualRect(index).height() == shown.theme.scale(28)
    assert not shown.view.findChildren(StageLegend)[0].isVisible()
    shown.view.resize(700, 420)
    assert shown.view.findChildren(StageLegend)[0].isVisible()
    assert not shown.view.grab().isNull()


def test_assistive_technology_picks_a_stage_by_selecting_it_and_back_by_its_action(
    shown: Shown,
) -> None:
    rows = shown.view.rows
    rows.stage_picked.connect(rows.show_picked)  # as the panel does
    select(rows, 1)
    select(rows, 0)
    assert [index.row() for index in rows.selectedIndexes()] == [0]
    toggle(rows, 0)
    assert shown.picked == ["tyr", "ingest", ""]
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


def test_it_says_nothing_while_it_is_hidden(theme: Theme, window: QWidget) -> None:
    tip = StageTip(window)
    show(tip, window, ["Hunt"], 50)
    assert list(tip.lines) == ["Hunt"]
    tip.hide()
    assert list(tip.lines) == []


def test_time_runs_from_left_to_right_in_every_language(theme: Theme, qtbot: QtBot) -> None:
    axis = TimelineAxis()
    qtbot.addWidget(axis)
    axis.resize(700, axis.sizeHint().height())
    axis.show_timeline(Timeline((), 600.0, 900.0, 300.0, ""))
    before = axis.grab().toImage()
    axis.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert axis.grab().toImage() == before

"""A text is found in the log and stepped through while new lines come on top."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.models.panel_models import LogModel
from heimdall_desktop.presentation.panel.log_lines import LogBook, LogFilter
from heimdall_desktop.widgets.controls.buttons import PaintedButton
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.inbox_page import InboxTools
from heimdall_desktop.widgets.panel.log_page import LogPage, LogView
from heimdall_desktop.widgets.panel.panel_bar import LOG_TAB, TIME_LEAST_PX, PanelBar
from heimdall_desktop.widgets.panel.stages_view import ActivitySide
from tests.fakes.accessible_tree import toggle
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.hands import part, press
from tests.widgets.conftest import Owned

LEFT = Qt.MouseButton.LeftButton


class Shown:
    """Ten lines about files, of which each third is about rules."""

    def __init__(self) -> None:
        self.story = ScanStory(Store(), FakeTime(), "shop").run([30], 50)
        line = self.story.line
        self.story.log(
            *(
                line(f"{'Rules' if n % 3 == 0 else 'File'} {n}", stage="tyr", ago_s=n + 1)
                for n in range(10)
            )
        )
        self.model = LogModel()
        self.model.show_scan(self.story.scan)
        self.page = LogPage(self.model)
        self.page.resize(900, 300)
        self.page.show()

    def type(self, text: str) -> None:
        self.page.take_keyboard()
        QTest.keyClicks(self.page.search.field.edit, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        none = Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.page.search.field.edit, key, modifier or none)

    def result(self) -> str:
        return self.page.search.field.end.result.text()

    def current(self) -> str:
        return str(self.page.view.currentIndex().data())


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.page.close()
    shown.page.deleteLater()
    shown.model.deleteLater()


def test_matches_are_counted_and_stepped_through(shown: Shown) -> None:
    shown.type("RULES")
    assert (shown.result(), shown.current()) == ("1 of 4", "Rules 0")
    shown.press(Qt.Key.Key_Return)
    assert (shown.result(), shown.current()) == ("2 of 4", "Rules 3")
    shown.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    shown.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (shown.result(), shown.current()) == ("4 of 4", "Rules 9")
    QTest.mouseClick(part(shown.page, QWidget, "log_find_next"), LEFT)
    assert shown.current() == "Rules 0"


def test_new_lines_move_no_match(shown: Shown) -> None:
    shown.type("rules 3")
    shown.story.log(shown.story.line("Rules 33", stage="tyr"))
    shown.model.show_scan(shown.story.scan)
    assert (shown.result(), shown.current()) == ("2 of 2", "Rules 3")


def test_nothing_found_is_said(shown: Shown) -> None:
    shown.type("nowhere")
    assert shown.result() == "no match"
    assert not part(shown.page, PaintedButton, "log_find_next").isEnabled()
    shown.press(Qt.Key.Key_Return)
    shown.press(Qt.Key.Key_Escape)
    assert shown.page.search.field.edit.text() == ""


def test_down_leads_to_the_lines(shown: Shown) -> None:
    shown.type("file")
    shown.press(Qt.Key.Key_Down)
    assert shown.page.view.hasFocus()


def test_the_lines_that_are_shown_are_copied_as_text(shown: Shown) -> None:
    shown.model.set_filter(LogFilter("tyr"))
    QTest.mouseClick(part(shown.page, QWidget, "log_copy"), LEFT)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 10
    assert lines[0].endswith("Tyr: Rules 0.")


def test_stage_and_problem_are_requested(shown: Shown) -> None:
    stages: list[str] = []
    problems: list[bool] = []
    shown.page.search.stage_wanted.connect(stages.append)
    shown.page.search.problems.clicked.connect(
        lambda is_on: problems.append(is_on)  # noqa: PLW0108 - else it gets no argument
    )
    shown.page.search.make_menu().actions()[6].trigger()
    QTest.mouseClick(part(shown.page, QWidget, "log_problems"), LEFT)
    assert (stages, problems) == (["hunt"], [True])
    shown.page.search.show_filter(LogFilter("hunt", is_problems_only=True))
    assert part(shown.page, PaintedButton, "log_stage").label == "Stage: Hunt"
    assert shown.page.search.make_menu().actions()[6].isChecked()
    assert not shown.page.grab().isNull()


def test_a_match_out_of_sight_comes_to_the_middle(shown: Shown) -> None:
    line = shown.story.line
    shown.story.log(*(line(f"More {n}", stage="tyr", ago_s=50 + n) for n in range(40)))
    shown.model.show_scan(shown.story.scan)
    shown.type("more 30")
    view = shown.page.view
    place, middle = view.visualRect(view.currentIndex()), view.viewport().rect().center()
    assert abs(place.center().y() - middle.y()) < place.height()


def test_copying_all_lines_is_confirmed_and_offered_where_there_are_some(shown: Shown) -> None:
    copy = part(shown.page, PaintedButton, "log_copy")
    QTest.mouseClick(copy, LEFT)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 10
    assert copy.accessibleName() == "Copied"
    shown.model.set_filter(LogFilter("garmr"))
    assert not copy.isEnabled()
    shown.model.set_filter(LogFilter())
    assert copy.isEnabled()


def test_an_empty_choice_says_why(shown: Shown) -> None:
    shown.page.view.set_empty_text("No matching lines.")
    shown.model.set_filter(LogFilter("garmr"))
    assert shown.model.rowCount() == 0
    assert not shown.page.grab().isNull()


def test_assistive_technology_selects_the_lines_that_are_copied(shown: Shown) -> None:
    view = shown.page.view
    for row in (1, 3):
        toggle(view, row)
    view.copy_lines()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert [line.split()[-1] for line in copied] == ["1.", "3."]


# -- the activity beside the stages: all of it, or that of one stage --


def test_a_stages_activity_and_what_opens_from_there(qtbot: QtBot, owned: Owned) -> None:
    story = ScanStory(Store(), FakeTime(), "shop").run([30], 50)
    story.log(story.line("One", stage="tyr"), story.line("Two", stage="hunt"))
    side = owned(ActivitySide())
    side.resize(400, 200)
    side.show()
    side.log.show_book(LogBook(story.scan))
    lines = part(side, LogView, "activity_list").model()
    assert lines.rowCount() == 2
    side.show_stage("hunt")
    assert [lines.index(row, 0).data() for row in range(lines.rowCount())] == ["Two"]
    assert "Only activity from Hunt" in [label.text() for label in side.findChildren(QLabel)]
    with qtbot.waitSignal(side.scope.findings.clicked):
        press(side, "Show findings")
    with qtbot.waitSignal(side.scope.back.clicked):
        press(side, "Show all")
    side.show_stage("")
    assert lines.rowCount() == 2


def test_its_lines_leave_the_edge_to_the_stages_free(owned: Owned) -> None:
    side = owned(ActivitySide())
    side.resize(400, 200)
    lines = part(side, LogView, "activity_list")
    side.show()
    assert (lines.x(), lines.width()) == (1, 399)
    side.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert (lines.x(), lines.width()) == (0, 399)


NAME, TIME = "payments-api", "19:08 elapsed, about 12 min left (6 to 17)"


def _texts(bar: PanelBar, width: int) -> list[str]:
    bar.resize(width, bar.height())
    QApplication.processEvents()
    labels = [label for label in bar.findChildren(QLabel) if label.isVisible()]
    for label in labels:
        if label.text() == NAME:
            assert label.width() >= label.sizeHint().width()
    return [label.text() for label in labels]


@pytest.fixture
def bar(owned: Owned) -> PanelBar:
    bar = owned(PanelBar())
    bar.resize(1200, bar.height())
    bar.show()
    bar.show_scan(NAME, TIME)
    return bar


def test_the_time_goes_before_the_name_loses_a_letter(bar: PanelBar) -> None:
    needed = bar.tabs.sizeHint().width()
    assert _texts(bar, needed + 600) == [NAME, TIME]
    assert _texts(bar, needed + 300) == [NAME, TIME]
    assert _texts(bar, needed + 180) == [NAME]
    assert _texts(bar, needed + 60) == []


def test_a_name_without_end_leaves_room_for_the_time(theme: Theme, bar: PanelBar) -> None:
    bar.show_scan("a" * 600, TIME)
    needed = bar.tabs.sizeHint().width()
    for width in (600, 340):
        assert _texts(bar, needed + width) == ["a" * 600, TIME]
        name, time = (label for label in bar.findChildren(QLabel) if label.isVisible())
        assert bar.rect().contains(name.geometry())
        assert bar.rect().contains(time.geometry())
        assert time.width() >= min(time.sizeHint().width(), theme.scale(TIME_LEAST_PX))
        assert not name.geometry().intersects(time.geometry())
    assert _texts(bar, needed + 240) == ["a" * 600]
    assert _texts(bar, needed + 60) == []


def test_the_tools_of_a_page_take_the_place_of_the_scan_while_there_is_room(bar: PanelBar) -> None:
    tools = InboxTools()
    tab = bar.add_tab("Inbox", "ui-inbox", tools)
    needed = bar.tabs.sizeHint().width()
    assert _texts(bar, needed + 600) == [NAME, TIME]
    assert not tools.isVisible()
    bar.tabs.setCurrentIndex(tab)
    assert _texts(bar, needed + 600) == []
    assert tools.isVisible()
    assert _texts(bar, needed + 180) == [NAME]
    assert not tools.isVisible()
    bar.resize(needed + 600, bar.height())
    bar.show_collapsed(is_collapsed=True)
    assert not tools.isVisible()


def test_in_a_narrow_bar_tabs_come_closer(theme: Theme, qtbot: QtBot, bar: PanelBar) -> None:
    tabs = [bar.add_tab(name, "ui-inbox") for name in ("Inbox", "Threat model", "Compare")]
    bar.resize(600, theme.scale(34))
    QApplication.processEvents()
    wide = bar.tabs.tabRect(0).width()
    least = bar.minimumSizeHint().width()
    bar.resize(540, bar.height())
    bar.show_count(LOG_TAB, "1 311")
    for tab in tabs:
        bar.show_count(tab, "34")
    qtbot.waitUntil(lambda: bar.tabs.width() >= bar.tabs.sizeHint().width())
    assert bar.tabs.tabRect(0).left() == 0
    assert bar.tabs.tabRect(0).width() < wide
    assert bar.tabs.geometry().right() < bar.width()
    assert least < 540

"""Beside the stages stands what the scan does, and its activity: all of it, or that of a stage."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.store import Store
from heimdall_desktop.presentation.panel.log_lines import LogBook
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.activity_side import ActivitySide
from heimdall_desktop.widgets.panel.log_view import LogView
from tests.fakes.board_scans import FakeTime, ScanStory
from tests.fakes.hands import part, press


def test_the_activity_of_a_stage_and_the_ways_on_from_there(theme: Theme, qtbot: QtBot) -> None:
    story = ScanStory(Store(), FakeTime(), "shop").run([30], 50)
    story.log(story.line("One", stage="tyr"), story.line("Two", stage="hunt"))
    side = ActivitySide()
    qtbot.addWidget(side)
    side.resize(400, 200)
    side.show()
    side.show_book(LogBook(story.scan))
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


def test_its_lines_leave_the_edge_to_the_stages_free(theme: Theme, qtbot: QtBot) -> None:
    side = ActivitySide()
    qtbot.addWidget(side)
    side.resize(400, 200)
    lines = part(side, LogView, "activity_list")
    side.show()
    assert (lines.x(), lines.width()) == (1, 399)
    side.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert (lines.x(), lines.width()) == (0, 399)

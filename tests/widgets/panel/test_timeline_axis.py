"""The axis over the stages stands where the stages below it do."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.panel.timeline import Timeline
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.timeline_axis import TimelineAxis


def test_time_runs_from_left_to_right_in_every_language(theme: Theme, qtbot: QtBot) -> None:
    axis = TimelineAxis(theme)
    qtbot.addWidget(axis)
    axis.resize(700, axis.sizeHint().height())
    axis.show_timeline(Timeline((), 600.0, 900.0, 300.0, ""))
    before = axis.grab().toImage()
    axis.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert axis.grab().toImage() == before

"""The sheet tells what keys really do on the board."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from heimdall_desktop.presentation.window.command import Group
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.own_keys import board_keys
from tests.fakes.shown_window import ShownWindow


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow(theme).watch_twelve().show()
    yield shown
    shown.close()


def test_keys_of_the_board_do_what_is_told_of_them(shown: ShownWindow) -> None:
    told = {note.keys for note in board_keys() if note.group is Group.SCANS}
    assert told == {("Space",), ("Return",), ("Left", "Right"), ("Menu",)}
    view = shown.board.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_Space)
    scope = shown.findings.scope
    assert scope == shown.board.scan_ids[0]
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert shown.findings.scope is None
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown.panel.shown_scan_id == scope
    QTest.keyClick(view, Qt.Key.Key_Right)  # to the running one, which finds nothing by itself
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown.findings.filter_state.text.startswith("stage:")

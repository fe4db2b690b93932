"""Commands for scans tell which scan they are about."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView

from heimdall_desktop.models.palette_model import LINE_ROLE
from heimdall_desktop.presentation.window.command import Group
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.board_commands import board_keys
from tests.fakes.board_scans import ScanStory
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().show()
    yield shown
    shown.close()


def titles(shown: ShownWindow, text: str) -> list[str]:
    shown.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = part(shown.window, QLineEdit, "palette-input")
    field.setText(text)
    field.textEdited.emit(text)
    model = part(shown.window, QListView, "palette-list").model()
    lines = [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]
    shown.press(Qt.Key.Key_Escape)
    return [line.title for line in lines]


def test_scans_of_one_repository_are_told_apart_as_on_the_board(shown: ShownWindow) -> None:
    shown.watch("auth")
    shown.watch("shop")
    shown.stories["shop"].run([30, 90], 48)
    assert titles(shown, "tear off shop") == ["Tear off shop"]
    other = ScanStory(shown.store, shown.time, "shop", number=3)
    other.run([30], 5, end="failed", status="failed")
    shown.ticker.flush()
    marks = [card.branch for card in map(shown.board.model.card, shown.board.scan_ids) if card]
    told = titles(shown, "tear off shop")
    assert len(set(told)) == 2
    for title in told:
        mark = title.removeprefix("Tear off shop (").removesuffix(")")
        assert any(mark in each for each in marks)
    assert titles(shown, "tear off auth") == ["Tear off auth"]


def test_keys_of_the_board_do_what_is_told_of_them(shown: ShownWindow) -> None:
    shown.watch_twelve()
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

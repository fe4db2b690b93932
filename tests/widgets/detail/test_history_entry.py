"""One entry of the history."""

from PySide6.QtWidgets import QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.detail.finding_history import HistoryLine
from heimdall_desktop.widgets.detail.history_entry import HistoryEntry
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import FOUND_AT
from tests.fakes.hands import part

COMMENT = "<b>Seen</b>\nby the team."


def test_it_says_what_changed_when_and_why(theme: Theme, qtbot: QtBot) -> None:
    entry = HistoryEntry(theme)
    qtbot.addWidget(entry)
    line = HistoryLine(FOUND_AT, "Severity", "high \u2192 medium", "A person, 5f0c7f0e", COMMENT)
    entry.show_line(line)
    assert part(entry, QLabel, "who").text() == "A person, 5f0c7f0e"
    assert part(entry, QLabel, "change").text() == "Severity  high \u2192 medium"
    assert "2026-07-04" in part(entry, QLabel, "moment").toolTip()
    comment = part(part(entry, QWidget, "comment"), QTextEdit, "text")
    assert comment.toPlainText() == COMMENT


def test_without_a_comment_there_is_no_room_for_one(theme: Theme, qtbot: QtBot) -> None:
    entry = HistoryEntry(theme)
    qtbot.addWidget(entry)
    entry.show_line(HistoryLine(FOUND_AT, "Comment", "", "The server"))
    assert part(entry, QLabel, "change").text() == "Comment"
    assert entry.findChild(QWidget, "comment") is None

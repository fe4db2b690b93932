"""One entry of the history."""

from PySide6.QtWidgets import QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.history_entry import HistoryEntry
from heimdall_desktop.widgets.theme import Theme
from tests.fakes.findings import make_event
from tests.fakes.hands import part


def test_it_says_what_changed_when_and_why(theme: Theme, qtbot: QtBot) -> None:
    entry = HistoryEntry(theme)
    qtbot.addWidget(entry)
    entry.show_event(make_event(comment="<b>Seen</b>\nby the team."))
    assert part(entry, QLabel, "change").text() == "Severity  high \u2192 medium"
    assert "2026-07-04" in part(entry, QLabel, "moment").toolTip()
    comment = part(part(entry, QWidget, "comment"), QTextEdit, "text")
    assert comment.toPlainText() == "<b>Seen</b>\nby the team."


def test_without_a_comment_there_is_no_room_for_one(theme: Theme, qtbot: QtBot) -> None:
    entry = HistoryEntry(theme)
    qtbot.addWidget(entry)
    entry.show_event(make_event(event_type="comment", old_value=None, new_value=None))
    assert part(entry, QLabel, "change").text() == "Comment"
    assert part(entry, QWidget, "comment").isHidden()

"""The Tab key goes through a page, whatever was made when."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.focus import lead_through
from tests.fakes.hands import press_key


def test_it_leads_through_all_parts_and_then_on(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column, page = QVBoxLayout(window), QWidget(window)
    inner = QVBoxLayout(page)
    names = ("start", "after")
    start, after = (QPushButton(name, window) for name in names)
    for part in (start, page, after):
        column.addWidget(part)
    inner.addWidget(QPushButton("one", page))
    inner.addWidget(QPushButton("two", page))
    lead_through(start, page)
    window.show()
    window.activateWindow()
    start.setFocus()
    qtbot.waitUntil(start.hasFocus)
    passed = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert isinstance(focused, QPushButton)
        passed.append(focused.text())
        press_key(focused, Qt.Key.Key_Tab)
    assert passed == ["start", "one", "two", "after"]

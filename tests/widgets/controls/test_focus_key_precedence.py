"""Some keys belong to the window even where people type."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.focus import KeyPrecedence

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield window
    window.close()


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit])
def test_the_key_reaches_the_window_and_leaves_the_text(
    window: QWidget, kind: type[QWidget]
) -> None:
    precedence = KeyPrecedence("Ctrl+K", window)
    done: list[str] = []
    action = QAction(window)
    action.setShortcut("Ctrl+K")
    action.triggered.connect(lambda: done.append("found"))
    window.addAction(action)
    field, other = kind(window), QLineEdit(window)
    for widget in (field, other):
        window.layout().addWidget(widget)  # type: ignore[union-attr]
        widget.show()
    other.setFocus()
    field.setFocus()
    QTest.keyClicks(field, "text")
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClick(field, Qt.Key.Key_K, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_U, CONTROL)  # which stays the field's
    assert done == ["found"]
    told = field.text() if isinstance(field, QLineEdit) else field.property("plainText")
    assert told in ("", "text")
    assert precedence.parent() is window

"""What all dialogs share."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.buttons import OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.look.theme import Theme


def test_it_has_a_heading_and_blocks_only_its_window(theme: Theme, qtbot: QtBot) -> None:
    dialog = DialogFrame("Add scans", 400)
    qtbot.addWidget(dialog)
    assert dialog.heading.text() == dialog.windowTitle() == dialog.accessibleName() == "Add scans"
    assert dialog.windowModality() is Qt.WindowModality.WindowModal


def test_it_grows_with_a_text_that_wraps(theme: Theme, qtbot: QtBot) -> None:
    dialog = DialogFrame("Add scans", 300)
    qtbot.addWidget(dialog)
    text = QLabel("short")
    text.setWordWrap(True)
    dialog.column.addWidget(text)
    end = QHBoxLayout()
    button = OutlineButton("Cancel")
    end.addWidget(button)
    dialog.add_end(end)
    dialog.open()
    qtbot.waitExposed(dialog)
    text.setText("a long text that wraps " * 30)
    qtbot.waitUntil(lambda: text.height() >= text.heightForWidth(text.width()) > 60)
    assert button.height() == button.sizeHint().height()


def test_what_is_higher_than_the_screen_scrolls_to_its_last_button(
    theme: Theme, qtbot: QtBot
) -> None:
    dialog = DialogFrame("Add scans", 4000)
    qtbot.addWidget(dialog)
    field, tall, end = QLineEdit(), QWidget(), QHBoxLayout()
    tall.setMinimumHeight(3000)
    button = OutlineButton("Cancel")
    dialog.column.addWidget(field)
    dialog.column.addWidget(tall)
    end.addWidget(button)
    dialog.add_end(end)
    dialog.open()
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    room = dialog.screen().availableSize()
    assert dialog.height() < room.height()
    assert dialog.width() < room.width()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is button
    assert dialog.rect().contains(button.mapTo(dialog, button.rect().center()))

"""Fields show focus and mistakes, keep secrets hidden, and clear themselves."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.buttons import GhostIconButton
from heimdall_desktop.widgets.controls.fields import SearchField, TextField
from heimdall_desktop.widgets.controls.labels import KeyCap
from heimdall_desktop.widgets.look.theme import Theme


def test_the_frame_hands_its_focus_to_the_text(theme: Theme, qtbot: QtBot) -> None:
    field = TextField("Server", icon="conn-live", placeholder="https://")
    qtbot.addWidget(field)
    assert field.focusProxy() is field.edit
    assert field.edit.accessibleName() == "Server"
    assert field.sizeHint().height() == 34


def test_focus_and_mistakes_are_visible(theme: Theme, qtbot: QtBot) -> None:
    field = TextField("Server")
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.edit.clearFocus()
    top = field.width() // 2
    blurred = field.grab().toImage().pixelColor(top, 0)
    field.setFocus()
    focused = field.grab().toImage().pixelColor(top, 0)
    field.set_mistake(True)
    wrong = field.grab().toImage().pixelColor(top, 0)
    assert [blurred, focused, wrong] == [
        theme.tokens.control,
        theme.tokens.accent,
        theme.tokens.failed,
    ]


def test_a_secret_is_hidden_until_people_ask(theme: Theme, qtbot: QtBot) -> None:
    field = TextField("Password", is_secret=True)
    qtbot.addWidget(field)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    reveal = field.findChild(GhostIconButton)
    assert reveal is not None
    QTest.mouseClick(reveal, Qt.MouseButton.LeftButton)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal


def test_a_searching_field_offers_the_key_or_the_way_back(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField("Filter", keys="Ctrl+F")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    key_cap = field.findChild(KeyCap)
    assert key_cap is not None
    assert key_cap.isVisible()
    field.edit.setText("sev>=high")
    field.set_result("402 of 412")
    assert field.end.result.isVisible()
    assert not key_cap.isVisible()
    QTest.mouseClick(field.end.clear_button, Qt.MouseButton.LeftButton)
    assert field.edit.text() == ""
    assert key_cap.isVisible()

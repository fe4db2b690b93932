"""The sign-in form as a dialog."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.adding.sign_in_dialog import SignInDialog
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import part, press_key, type_text
from tests.fakes.requests import RecordedRequests


def test_it_says_why_and_closes_once_signed_in(theme: Theme, qtbot: QtBot) -> None:
    requests = RecordedRequests()
    dialog = SignInDialog(theme, requests, "Your session at host ended. Watching is paused.")
    qtbot.addWidget(dialog)
    dialog.form.set_server("https://heimdall.example.org")
    dialog.form.set_account("mira@example.org")
    dialog.open()
    reason = part(dialog, QLabel, "sign-in-reason")
    assert reason.text() == "Your session at host ended. Watching is paused."
    password = part(dialog, QLineEdit, "sign-in-password")
    type_text(password, "correct horse")
    press_key(password, Qt.Key.Key_Return)
    assert len(requests.asked) == 1
    with qtbot.waitSignal(dialog.accepted):
        requests.answer()
    assert not dialog.isVisible()


def test_escape_leaves_without_signing_in(theme: Theme, qtbot: QtBot) -> None:
    requests = RecordedRequests()
    dialog = SignInDialog(theme, requests)
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        press_key(dialog, Qt.Key.Key_Escape)
    assert requests.asked == []

"""Dialogs: their frame, the question that Return and Escape decline, and confirmed links."""

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls import dialog_frame
from heimdall_desktop.widgets.controls.buttons import OutlineButton, PrimaryButton
from tests.fakes.hands import click, part, press, press_key
from tests.widgets.conftest import Owned


def test_it_has_a_heading_and_blocks_only_its_window(owned: Owned) -> None:
    dialog = owned(dialog_frame.DialogFrame("Add scans", 400))
    assert dialog.heading.text() == dialog.windowTitle() == dialog.accessibleName() == "Add scans"
    assert dialog.windowModality() is Qt.WindowModality.WindowModal


def test_it_grows_with_a_text_that_wraps(qtbot: QtBot, owned: Owned) -> None:
    dialog = owned(dialog_frame.DialogFrame("Add scans", 300))
    text = QtWidgets.QLabel("short")
    text.setWordWrap(True)
    dialog.column.addWidget(text)
    end = QtWidgets.QHBoxLayout()
    button = OutlineButton("Cancel")
    end.addWidget(button)
    dialog.add_end(end)
    dialog.open()
    qtbot.waitExposed(dialog)
    text.setText("a long text that wraps " * 30)
    qtbot.waitUntil(lambda: text.height() >= text.heightForWidth(text.width()) > 60)
    assert button.height() == button.sizeHint().height()


def test_a_dialog_higher_than_the_screen_scrolls_to_its_last_button(owned: Owned) -> None:
    dialog = owned(dialog_frame.DialogFrame("Add scans", 4000))
    field, tall, end = QtWidgets.QLineEdit(), QtWidgets.QWidget(), QtWidgets.QHBoxLayout()
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
    assert QtWidgets.QApplication.focusWidget() is button
    assert dialog.rect().contains(button.mapTo(dialog, button.rect().center()))


# -- question dialog --


NAME = "<b>shop</b>"


@pytest.fixture
def question(owned: Owned) -> dialog_frame.QuestionDialog:
    words = ("End it", "Keep it", f"End {NAME}?", "It is gone for good.")
    dialog = owned(dialog_frame.QuestionDialog(*words))
    dialog.open()
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_no_common_key_confirms(
    question: dialog_frame.QuestionDialog, qtbot: QtBot, key: Qt.Key
) -> None:
    with qtbot.assertNotEmitted(question.accepted), qtbot.waitSignal(question.rejected):
        press_key(question.focusWidget(), key)


def test_only_its_button_confirms(question: dialog_frame.QuestionDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(question.accepted):
        press(question, "End it")


def test_a_question_has_literal_and_described_names(question: dialog_frame.QuestionDialog) -> None:
    texts = [label.text() for label in question.findChildren(QtWidgets.QLabel)]
    assert texts == ["End it", f"End {NAME}?", "It is gone for good."]
    formats = {label.textFormat() for label in question.findChildren(QtWidgets.QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    assert question.accessibleDescription() == f"End {NAME}? It is gone for good."


def test_a_harmless_question_has_a_primary_button(owned: Owned) -> None:
    words = ("Create issue", "Cancel", "Create it?", "It is.")
    made = owned(dialog_frame.QuestionDialog(*words, is_destructive=False))
    made.open()
    do = part(made, QtWidgets.QPushButton, "question-do")
    keep = part(made, QtWidgets.QPushButton, "question-keep")
    assert isinstance(do, PrimaryButton)
    assert do.x() > keep.x() > made.width() // 2
    assert made.focusWidget() is keep


# -- link prompt --


ADDRESS = "https://cwe.mitre.org/data/definitions/89.html"


class Browser:
    """Remembers what it was asked to open."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.works = True

    def __call__(self, url: QUrl) -> bool:
        self.opened.append(url.toString())
        return self.works


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def prompt(browser: Browser, owned: Owned) -> dialog_frame.LinkPrompt:
    return owned(dialog_frame.LinkPrompt(browser))


def test_asks_with_the_host_and_opens(prompt: dialog_frame.LinkPrompt, browser: Browser) -> None:
    prompt.ask(ADDRESS)
    host = part(prompt, QtWidgets.QLabel, "link-host")
    assert host.text() == "Open cwe.mitre.org in the browser?"
    assert part(prompt, QtWidgets.QLabel, "link-address").text() == ADDRESS
    assert browser.opened == []
    click(part(prompt, QtWidgets.QPushButton, "link-open"))
    assert browser.opened == [ADDRESS]
    assert prompt.isHidden()
    browser.works = False
    prompt.ask(ADDRESS)
    click(part(prompt, QtWidgets.QPushButton, "link-open"))
    assert host.text() == "Couldn't open the address in a browser."
    assert not part(prompt, QtWidgets.QPushButton, "link-open").isEnabled()


def test_escape_and_cancel_open_nothing(prompt: dialog_frame.LinkPrompt, browser: Browser) -> None:
    prompt.ask(ADDRESS)
    press_key(prompt, Qt.Key.Key_Escape)
    assert prompt.isHidden()
    prompt.ask(ADDRESS)
    click(part(prompt, QtWidgets.QPushButton, "link-cancel"))
    assert prompt.isHidden()
    assert browser.opened == []


def test_the_focus_returns(browser: Browser, qtbot: QtBot, owned: Owned) -> None:
    window = owned(QtWidgets.QWidget())
    column = QtWidgets.QVBoxLayout(window)
    edit, prompt = QtWidgets.QLineEdit(), dialog_frame.LinkPrompt(browser)
    column.addWidget(edit)
    column.addWidget(prompt)
    window.show()
    window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    prompt.ask(ADDRESS)
    qtbot.waitUntil(part(prompt, QtWidgets.QPushButton, "link-open").hasFocus)
    press_key(prompt, Qt.Key.Key_Escape)
    assert edit.hasFocus()


# -- link prompt web address --


NO_ADDRESSES = ["//example.org", "https://", "see https://example.org", "nothing", ""]
HOSTILE = ["file:///etc/passwd", "javascript:alert(1)", "https://bank.example@evil.example/"]
HOSTILE += ["https://example.org/\u202egpj", "\\\\server\\share", "https://a.b/" + "x" * 2000]


@pytest.mark.parametrize("text", [*NO_ADDRESSES, *HOSTILE])
def test_other_texts_are_no_web_addresses(prompt: dialog_frame.LinkPrompt, text: str) -> None:
    assert dialog_frame.web_address(text) is None
    prompt.ask(text)
    assert prompt.isHidden()


@pytest.mark.parametrize(
    ("text", "host"),
    [
        (f" {ADDRESS} ", "cwe.mitre.org"),
        ("https://p\u0430ypal.example:8443/", "xn--pypal-4ve.example:8443"),
    ],
)
def test_a_web_address_names_its_host_and_shows_look_alike_letters(text: str, host: str) -> None:
    url = dialog_frame.web_address(text)
    assert url is not None
    assert dialog_frame.host_of(url) == host

"""Nothing opens before somebody saw where it leads."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.dialog_frame import LinkPrompt
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part, press_key

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
def prompt(theme: Theme, browser: Browser, qtbot: QtBot) -> LinkPrompt:
    prompt = LinkPrompt(browser)
    qtbot.addWidget(prompt)
    return prompt


def test_it_names_the_host_and_opens_after_the_button(prompt: LinkPrompt, browser: Browser) -> None:
    prompt.ask(ADDRESS)
    assert part(prompt, QLabel, "link-host").text() == "Open cwe.mitre.org in the browser?"
    assert part(prompt, QLabel, "link-address").text() == ADDRESS
    assert browser.opened == []
    click(part(prompt, QPushButton, "link-open"))
    assert browser.opened == [ADDRESS]
    assert prompt.isHidden()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "nothing", ""])
def test_it_does_not_even_ask_for_anything_else(prompt: LinkPrompt, address: str) -> None:
    prompt.ask(address)
    assert prompt.isHidden()


def test_escape_and_cancel_open_nothing(prompt: LinkPrompt, browser: Browser) -> None:
    prompt.ask(ADDRESS)
    press_key(prompt, Qt.Key.Key_Escape)
    assert prompt.isHidden()
    prompt.ask(ADDRESS)
    click(part(prompt, QPushButton, "link-cancel"))
    assert prompt.isHidden()
    assert browser.opened == []


def test_it_says_when_no_browser_answers(prompt: LinkPrompt, browser: Browser) -> None:
    browser.works = False
    prompt.ask(ADDRESS)
    click(part(prompt, QPushButton, "link-open"))
    assert part(prompt, QLabel, "link-host").text() == "Couldn't open the address in a browser."
    assert not part(prompt, QPushButton, "link-open").isEnabled()


def test_the_focus_comes_back(theme: Theme, browser: Browser, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    edit, prompt = QLineEdit(), LinkPrompt(browser)
    column.addWidget(edit)
    column.addWidget(prompt)
    window.show()
    window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    prompt.ask(ADDRESS)
    qtbot.waitUntil(part(prompt, QPushButton, "link-open").hasFocus)
    press_key(prompt, Qt.Key.Key_Escape)
    assert edit.hasFocus()

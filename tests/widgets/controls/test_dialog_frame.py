"""Dialogs: their frame, the question that Return and Escape decline, and confirmed links."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from heimdall_desktop.domain.facts.choices import FileQuestion
from heimdall_desktop.domain.facts.errors import HeimdallError, NotifierUnavailable, Reason
from heimdall_desktop.widgets.controls import dialog_frame
from heimdall_desktop.widgets.controls.buttons import OutlineButton, PrimaryButton
from heimdall_desktop.widgets.look.theme import Theme
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


# -- dialogs for files --


class Desktop:
    """A desktop with file dialogs of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[FileQuestion] = []
        self.withdrawn = 0
        self.chosen: list[str] = []
        monkeypatch.setattr(dialog_frame.FileDialog, "ask_desktop", staticmethod(self._ask))

    def _ask(
        self, question: FileQuestion, on_answer: Callable[[str | HeimdallError], None]
    ) -> Callable[[], None]:
        self.asked.append(question)
        self.answer = on_answer
        return self._withdraw

    def _withdraw(self) -> None:
        self.withdrawn += 1


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Desktop:
    return Desktop(monkeypatch)


@pytest.fixture
def owner(theme: Theme, qtbot: QtBot) -> QtWidgets.QWidget:
    window = QtWidgets.QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def gone(dialog: QtWidgets.QWidget) -> bool:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return not isValid(dialog)


def saving(owner: QtWidgets.QWidget, desktop: Desktop, path: Path) -> dialog_frame.FileDialog:
    dialog = dialog_frame.save_dialog(owner, "save", "Save it", path, desktop.chosen.append)
    dialog.open()
    return dialog


def test_the_desktop_asks_for_a_file_in_our_place(
    owner: QtWidgets.QWidget, desktop: Desktop, tmp_path: Path
) -> None:
    dialog = dialog_frame.file_dialog(owner, "open", "Play", desktop.chosen.append)
    dialog.setLabelText(QtWidgets.QFileDialog.DialogLabel.Accept, "&Play")
    dialog.setDirectory(str(tmp_path))
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(["Recordings (*.heimdall.jsonl)", "Pictures (*.png *.jpg)"])
    dialog.open()
    assert dialog.isHidden()
    kinds = (
        ("Recordings (*.heimdall.jsonl)", ("*.heimdall.jsonl",)),
        ("Pictures (*.png *.jpg)", ("*.png", "*.jpg")),
    )
    is_x11 = QtWidgets.QApplication.platformName() == "xcb"
    window = f"x11:{owner.winId():x}" if is_x11 else ""
    assert desktop.asked == [
        FileQuestion("Play", "Play", folder=str(tmp_path), filters=kinds, window=window)
    ]
    desktop.answer("/a/b.heimdall.jsonl")
    assert desktop.chosen == ["/a/b.heimdall.jsonl"]
    assert gone(dialog)


def test_a_folder_and_a_new_file_are_asked_for_as_such(
    owner: QtWidgets.QWidget, desktop: Desktop, tmp_path: Path
) -> None:
    dialog = dialog_frame.file_dialog(owner, "folder", "Scan", desktop.chosen.append)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.Directory)
    dialog.open()
    saving(owner, desktop, tmp_path / "new.csv")
    folder, new = desktop.asked
    assert (folder.is_folder, folder.is_new, folder.name) == (True, False, "")
    assert (new.is_folder, new.is_new, new.name, new.folder) == (
        *(False, True, "new.csv"),
        str(tmp_path),
    )


def test_a_dialog_of_the_desktop_that_is_closed_chooses_nothing(
    owner: QtWidgets.QWidget, desktop: Desktop, tmp_path: Path
) -> None:
    dialog = saving(owner, desktop, tmp_path / "new.csv")
    desktop.answer("")
    assert desktop.chosen == []
    assert gone(dialog)


def test_a_new_file_gets_the_ending_that_its_format_has(
    owner: QtWidgets.QWidget, desktop: Desktop, tmp_path: Path
) -> None:
    for name in ("new", "new.txt"):
        saving(owner, desktop, tmp_path / "new.csv").setDefaultSuffix("csv")
        desktop.answer(f"/a/{name}")
    assert desktop.chosen == ["/a/new.csv", "/a/new.txt"]


def test_our_own_dialog_opens_where_that_of_the_desktop_fails(
    owner: QtWidgets.QWidget, desktop: Desktop, tmp_path: Path
) -> None:
    dialog = saving(owner, desktop, tmp_path / "new.csv")
    desktop.answer(NotifierUnavailable(Reason.NO_PORTAL))
    assert dialog.isVisible()
    assert dialog.testOption(QtWidgets.QFileDialog.Option.DontUseNativeDialog)
    dialog.reject()
    assert desktop.chosen == []
    assert gone(dialog)


def test_the_desktop_is_asked_once_at_a_time(
    owner: QtWidgets.QWidget, desktop: Desktop, tmp_path: Path
) -> None:
    first, second = (saving(owner, desktop, tmp_path / "new.csv") for _ in range(2))
    assert len(desktop.asked) == 1
    assert gone(second)
    assert not gone(first)
    desktop.answer("")
    saving(owner, desktop, tmp_path / "new.csv")
    assert len(desktop.asked) == 2


def test_with_its_owner_goes_the_dialog_of_the_desktop(
    owner: QtWidgets.QWidget, desktop: Desktop, tmp_path: Path
) -> None:
    inner = QtWidgets.QDialog(owner)
    saving(inner, desktop, tmp_path / "new.csv")
    inner.deleteLater()
    assert gone(inner)
    assert desktop.withdrawn == 1


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

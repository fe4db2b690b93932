"""The dialog that adds scans, driven by keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.errors import LocalServerError, NotVisible
from heimdall_desktop.widgets.add_scans import TEXT_LIMIT, AddScans
from heimdall_desktop.widgets.links_field import LinksField
from heimdall_desktop.widgets.theme import Theme
from heimdall_desktop.widgets.wrapped_label import WrappedLabel
from tests.fakes.hands import click, part, press_key, type_text
from tests.fakes.requests import RecordedRequests

ONE = "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
TWO = "https://heimdall.example.org/scans/2b9b8f7e-0c55-4f0f-8a52-1f6f0f2f9d10"
FINDING = "https://heimdall.example.org/findings/c5b6a0c2-7d2e-4c0b-8f1a-90d1e2f3a4b5"


@pytest.fixture
def requests() -> RecordedRequests:
    return RecordedRequests()


@pytest.fixture
def dialog(theme: Theme, requests: RecordedRequests, qtbot: QtBot) -> AddScans:
    dialog = AddScans(theme, requests)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def text(dialog: AddScans) -> QPlainTextEdit:
    return part(dialog, QPlainTextEdit, "add-text")


def frame(dialog: AddScans) -> LinksField:
    return dialog.findChildren(LinksField)[0]


def watch(dialog: AddScans) -> QPushButton:
    return part(dialog, QPushButton, "add-watch")


def verdict(dialog: AddScans) -> str:
    return part(dialog, QLabel, "add-verdict").text()


@pytest.mark.parametrize(
    ("typed", "found", "button"),
    [
        (ONE, "1 scan found", "Watch 1 scan"),
        (f"{ONE} {TWO}", "2 scans found", "Watch 2 scans"),
        (f"{ONE}, {ONE}", "1 scan found", "Watch 1 scan"),
        (FINDING, "Found the scan of 1 finding", "Watch 1 scan"),
        (f"{ONE} {FINDING}", "1 scan found, and the scan of 1 finding", "Watch 2 scans"),
    ],
)
def test_what_a_text_names_is_said_at_once(
    dialog: AddScans, typed: str, found: str, button: str
) -> None:
    type_text(text(dialog), typed)
    assert (verdict(dialog), watch(dialog).accessibleName()) == (found, button)
    assert watch(dialog).isEnabled()


def test_nothing_typed_is_no_mistake(dialog: AddScans) -> None:
    assert verdict(dialog) == ""
    assert not watch(dialog).isEnabled()


def test_a_mistake_is_said_at_once_and_as_it_is(
    dialog: AddScans, requests: RecordedRequests
) -> None:
    type_text(text(dialog), f"{ONE} <b>x</b>")
    assert "There is no scan id in '<b>x</b>'." in verdict(dialog)
    assert part(dialog, QLabel, "add-verdict").textFormat() is Qt.TextFormat.PlainText
    press_key(text(dialog), Qt.Key.Key_Return)
    assert requests.asked == []


def test_return_watches_and_the_dialog_closes_once_that_worked(
    dialog: AddScans, requests: RecordedRequests, qtbot: QtBot
) -> None:
    type_text(text(dialog), ONE)
    press_key(text(dialog), Qt.Key.Key_Return)
    press_key(text(dialog), Qt.Key.Key_Return)
    assert requests.asked == [("watch", ONE)]
    with qtbot.waitSignal(dialog.accepted):
        requests.answer()


def test_shift_and_return_begin_a_line(dialog: AddScans) -> None:
    type_text(text(dialog), ONE)
    height = frame(dialog).sizeHint().height()
    press_key(text(dialog), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_text(text(dialog), TWO)
    assert verdict(dialog) == "2 scans found"
    assert frame(dialog).sizeHint().height() > height


def test_it_stays_with_the_error_when_that_failed(
    dialog: AddScans, requests: RecordedRequests
) -> None:
    type_text(text(dialog), ONE)
    click(watch(dialog))
    assert not text(dialog).isEnabled()
    requests.answer(NotVisible("This scan is not visible to your account.", "Check the link."))
    words = part(dialog, WrappedLabel, "error-words").text()
    assert words == "This scan is not visible to your account. Check the link."
    assert dialog.isVisible()
    assert text(dialog).toPlainText() == ONE
    assert watch(dialog).isEnabled()


def test_an_answer_to_a_dialog_that_was_left_changes_nothing(
    dialog: AddScans, requests: RecordedRequests
) -> None:
    type_text(text(dialog), ONE)
    click(watch(dialog))
    press_key(dialog, Qt.Key.Key_Escape)
    requests.answer(NotVisible("This scan is not visible to your account."))
    assert part(dialog, WrappedLabel, "error-words").text() == ""


def test_the_demo_can_be_played_from_here(dialog: AddScans, requests: RecordedRequests) -> None:
    click(part(dialog, QPushButton, "add-demo"))
    assert requests.asked == [("demo",)]
    requests.answer(LocalServerError("The extra is missing.", "Install it."))
    assert "The extra is missing." in part(dialog, WrappedLabel, "error-words").text()


def test_a_book_is_no_list_of_links(dialog: AddScans) -> None:
    dialog.suggest("x" * (TEXT_LIMIT + 1))
    assert verdict(dialog).startswith("That is too long")


def test_escape_and_cancel_leave(dialog: AddScans, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected):
        press_key(text(dialog), Qt.Key.Key_Escape)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        click(part(dialog, QPushButton, "add-cancel"))

"""The page before anything is watched."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import LocalServerError, Reason
from heimdall_desktop.widgets.adding.first_start import FirstStart
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part
from tests.fakes.requests import RecordedRequests


@pytest.fixture
def requests() -> RecordedRequests:
    return RecordedRequests()


@pytest.fixture
def page(theme: Theme, requests: RecordedRequests, qtbot: QtBot) -> FirstStart:
    page = FirstStart(requests)
    qtbot.addWidget(page)
    page.resize(1132, 800)
    page.show()
    return page


def test_a_link_is_asked_for_elsewhere(page: FirstStart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.link_button.clicked):
        click(part(page, QPushButton, "start-link"))


def test_the_demo_starts_at_once_and_says_so(page: FirstStart, requests: RecordedRequests) -> None:
    click(part(page, QPushButton, "start-demo"))
    assert requests.asked == [("demo",)]
    assert part(page, QLabel, "start-progress").text() == "Starting the demo\u2026"
    assert not part(page, QPushButton, "start-folder").isEnabled()
    requests.answer()
    assert part(page, QLabel, "start-progress").text() == ""
    assert part(page, QPushButton, "start-folder").isEnabled()


def test_a_chosen_folder_is_scanned(
    page: FirstStart, requests: RecordedRequests, tmp_path: Path, qtbot: QtBot
) -> None:
    click(part(page, QPushButton, "start-folder"))
    dialog = part(page, QFileDialog, "choose-folder")
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.selectFile(str(tmp_path))
    dialog.accept()
    qtbot.waitUntil(lambda: bool(requests.asked))
    assert requests.asked == [("folder_scan", tmp_path)]


def test_a_failure_says_cause_and_remedy(page: FirstStart, requests: RecordedRequests) -> None:
    click(part(page, QPushButton, "start-demo"))
    requests.answer(LocalServerError(Reason.LOCAL_ENDED_AT_ONCE))
    words = [label.text() for label in page.findChildren(WrappedLabel, "error-words")]
    assert (
        "The embedded server stopped immediately. Play the demo or scan a folder to start it again."
    ) in words


def test_the_form_goes_below_where_both_do_not_fit(page: FirstStart, qtbot: QtBot) -> None:
    link = part(page, QPushButton, "start-link")
    submit = part(page, QPushButton, "sign-in-submit")

    def lies_right() -> bool:
        left = submit.mapTo(page, submit.rect().topLeft()).x()
        return left > link.mapTo(page, link.rect().topRight()).x()

    qtbot.waitUntil(lies_right)
    page.resize(600, 800)
    qtbot.waitUntil(lambda: not lies_right())

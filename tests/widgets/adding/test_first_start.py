"""The page before anything is watched, and what it starts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import LocalServerError, Reason
from heimdall_desktop.widgets.adding.first_start import ActionRow, FirstStart, LocalStart
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part, press_key
from tests.fakes.pixels import around, places
from tests.fakes.requests import RecordedRequests
from tests.widgets.conftest import Owned


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


def test_pasting_a_link_opens_another_dialog(page: FirstStart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.link_button.clicked):
        click(part(page, QPushButton, "start-link"))


def test_the_demo_starts_and_is_announced(page: FirstStart, requests: RecordedRequests) -> None:
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
    def choose() -> QFileDialog:
        click(part(page, QPushButton, "start-folder"))
        return page.findChildren(QFileDialog, "choose-folder")[-1]

    choose().reject()
    dialog = choose()
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.selectFile(str(tmp_path))
    assert requests.asked == []
    dialog.accept()
    qtbot.waitUntil(lambda: bool(requests.asked))
    assert requests.asked == [("folder_scan", tmp_path)]
    assert part(page, QLabel, "start-progress").text()


def test_a_failure_shows_cause_and_remedy(page: FirstStart, requests: RecordedRequests) -> None:
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


@pytest.fixture
def row(theme: Theme, qtbot: QtBot) -> ActionRow:
    row = ActionRow("ui-demo", "Play the demo", "Without a network")
    qtbot.addWidget(row)
    row.resize(row.sizeHint())
    return row


def test_a_row_is_a_button_for_mouse_keys_and_assistive_technology(
    row: ActionRow, qtbot: QtBot
) -> None:
    row.show()
    texts = (row.accessibleName(), row.accessibleDescription())
    assert texts == ("Play the demo", "Without a network")
    with qtbot.waitSignal(row.clicked):
        click(row)
    with qtbot.waitSignal(row.clicked):
        press_key(row, Qt.Key.Key_Space)


def test_a_disabled_row_looks_disabled(row: ActionRow, theme: Theme) -> None:
    tokens, half = theme.tokens, row.height() // 2
    word = QRect(0, half, row.width() - 40, half - 2)
    enabled = row.grab().toImage()
    assert around(places(enabled, tokens.muted, word, near=40)).width() > 0
    assert places(enabled, tokens.accent)
    row.setEnabled(False)
    off = row.grab().toImage()
    assert not places(off, tokens.accent)
    assert places(off, tokens.disabled)


def test_a_local_start_says_its_end(requests: RecordedRequests, owned: Owned, qtbot: QtBot) -> None:
    start = LocalStart(requests, owned(QWidget()))
    error = LocalServerError(Reason.LOCAL_ENDED_AT_ONCE)
    for outcome in (error, None):
        start.play_demo()
        with qtbot.waitSignal(start.ended) as ended:
            requests.answer(outcome)
        assert ended.args == [outcome]


def test_both_halves_grow_with_the_zoom(page: FirstStart, theme: Theme) -> None:
    before = part(page, QPushButton, "start-demo").width()
    theme.set_zoom(1.5)
    QApplication.processEvents()
    assert part(page, QPushButton, "start-demo").width() == round(before * 1.5)

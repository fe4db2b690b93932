"""What needs no server elsewhere."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import LocalServerError, Reason
from heimdall_desktop.widgets.adding.first_start import LocalStart
from tests.fakes.hands import part
from tests.fakes.requests import RecordedRequests


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_a_folder_is_asked_for_and_scanned(window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    requests = RecordedRequests()
    start = LocalStart(requests, window)
    start.choose_folder()
    dialog = part(window, QFileDialog, "choose-folder")
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.selectFile(str(tmp_path))
    with qtbot.waitSignal(start.began):
        dialog.accept()
    assert requests.asked == [("folder_scan", tmp_path)]


def test_a_folder_nobody_chose_is_not_scanned(window: QWidget) -> None:
    requests = RecordedRequests()
    LocalStart(requests, window).choose_folder()
    part(window, QFileDialog, "choose-folder").reject()
    assert requests.asked == []


def test_it_tells_how_it_ended(window: QWidget, qtbot: QtBot) -> None:
    requests = RecordedRequests()
    start = LocalStart(requests, window)
    error = LocalServerError(Reason.LOCAL_ENDED_AT_ONCE)
    for outcome in (error, None):
        start.play_demo()
        with qtbot.waitSignal(start.ended) as ended:
            requests.answer(outcome)
        assert ended.args == [outcome]

"""The strip stays while a server does not tell everything, and lists what it does tell."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.store import Store
from heimdall_desktop.presentation.board.source_text import source_note
from heimdall_desktop.widgets.findings.scan_problem_strip import SourceSheet, SourceStrip
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.announced_scans import by_stream, documented
from tests.fakes.hands import click, press_key
from tests.lab.scan_script import ScriptedTime


def texts(sheet: SourceSheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel)]


def test_it_is_there_as_long_as_something_cannot_be_seen(theme: Theme, qtbot: QtBot) -> None:
    store, strip = Store(), SourceStrip()
    qtbot.addWidget(strip)
    strip.show_note(None)
    assert strip.isHidden()
    strip.show_note(source_note([documented(store, ScriptedTime()).scan]))
    assert not strip.isHidden()
    assert strip.accessibleName() == (
        "Documented API. All findings are listed; the log isn't offered."
    )
    strip.show_note(None)
    assert strip.isHidden()
    assert strip.explain() is None


def test_why_lists_what_the_server_tells_and_what_not(theme: Theme, qtbot: QtBot) -> None:
    strip = SourceStrip()
    qtbot.addWidget(strip)
    strip.resize(700, 36)
    strip.show_note(source_note([by_stream(Store(), ScriptedTime()).scan]))
    strip.show()
    [why] = strip.findChildren(QPushButton)[-1:]
    click(why)
    sheet = strip.findChild(SourceSheet)
    assert sheet is not None
    assert sheet.isVisible()
    assert texts(sheet) == [
        "What this server provides",
        "Stages it reports, here 2 of 9",
        "Individual findings, by title",
        "Location, code, reasoning, status",
        "Triage, comments, patches",
        "Other scans, log, threat model",
        "The server doesn't offer the missing items.",
    ]
    assert "Not provided: Location, code, reasoning, status" in sheet.accessibleDescription()
    press_key(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: strip.findChild(SourceSheet) is None)

"""A mistake is explained while it lasts, and mended at a click where we know what was meant."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.models import filter_state as module
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.widgets.filters.mistake_line import MistakeLine
from heimdall_desktop.widgets.look.theme import Theme


@pytest.fixture
def state(qapp: QApplication) -> FilterState:
    return FilterState()


def test_a_mistake_is_explained_while_it_lasts(
    theme: Theme, state: FilterState, qtbot: QtBot
) -> None:
    line = MistakeLine(theme, state)
    qtbot.addWidget(line)
    assert line.isHidden()
    state.set_text("fil:*.py")
    label = line.findChild(QLabel)
    assert label is not None
    assert label.text() == (
        "fil is not a field. Did you mean file:*.py?  The last valid filter stays on."
    )
    assert not line.isHidden()
    state.set_text("file:*.py")
    assert line.isHidden()


def test_a_mistake_is_mended_in_its_place(theme: Theme, state: FilterState, qtbot: QtBot) -> None:
    line = MistakeLine(theme, state)
    qtbot.addWidget(line)
    line.resize(600, 30)
    mend = line.findChild(QPushButton, "filter_mend")
    assert mend is not None
    state.set_text("cwe:x sql")
    assert mend.isHidden()
    state.set_text("sev:hihg sql")
    QTest.mouseClick(mend, Qt.MouseButton.LeftButton)
    assert (state.text, line.isHidden()) == ("sev:high sql", True)


def test_what_is_only_unfinished_is_told_when_the_typing_rests(
    theme: Theme, state: FilterState, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REST_MS", 10)
    line = MistakeLine(theme, state)
    qtbot.addWidget(line)
    state.set_text("sev:")
    assert line.isHidden()
    state.set_text("sev:high")
    assert line.isHidden()
    state.set_text("sev:high status:")
    qtbot.waitUntil(lambda: not line.isHidden())
    label = line.findChild(QLabel)
    assert label is not None
    assert label.text().startswith("A value is missing after status:")
    state.set_text("sev:high status:open")
    assert line.isHidden()

"""Rows that pass by in a followed view are new no more; all others keep their mark."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.findings import finding_id
from tests.fakes.shown_table import ShownTable, aged


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> ShownTable:
    shown = ShownTable(theme)
    qtbot.addWidget(shown.pane)
    shown.pane.activateWindow()
    QTest.qWaitForWindowActive(shown.pane)
    shown.read([aged(0)])
    shown.end_listing()
    shown.read(aged(n, severity=Severity.LOW) for n in range(1, 5))
    return shown


def pass_by(shown: ShownTable, *, seconds: int = 2) -> None:
    """Let people look for so long, and newer rows push out what they have looked at."""
    for _ in range(seconds):
        shown.watched.ticker.second.emit()
    shown.read(aged(n) for n in range(100, 150))
    shown.watched.ticker.second.emit()


def is_new(shown: ShownTable) -> bool:
    """Return whether the first rows still are; all of them or none."""
    marked = {finding_id(n) in shown.model.news for n in range(1, 5)}
    assert len(marked) == 1
    return marked.pop()


def test_what_was_in_sight_and_is_pushed_out_is_new_no_more(shown: ShownTable) -> None:
    before = shown.model.new
    shown.watched.ticker.second.emit()
    assert is_new(shown)
    pass_by(shown)
    assert not is_new(shown)
    assert (before, shown.model.new) == (4, 50), "of a burst only the last rows were in sight"


@pytest.mark.parametrize("severity", [Severity.CRITICAL, Severity.HIGH])
def test_what_matters_most_is_new_until_it_is_opened(shown: ShownTable, severity: Severity) -> None:
    shown.read(aged(n, severity=severity) for n in range(1, 5))
    pass_by(shown)
    assert is_new(shown)


def test_what_hardly_stood_keeps_its_mark(shown: ShownTable) -> None:
    pass_by(shown, seconds=1)
    assert is_new(shown)


def test_what_comes_while_nobody_is_here_keeps_its_mark(shown: ShownTable, qtbot: QtBot) -> None:
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    QTest.qWaitForWindowActive(elsewhere)
    pass_by(shown)
    assert is_new(shown)


def test_what_is_asked_for_as_new_keeps_its_mark(shown: ShownTable) -> None:
    shown.pane.filter_state.set_text("is:new")
    pass_by(shown)
    assert is_new(shown)


def test_what_left_because_people_scrolled_keeps_its_mark(shown: ShownTable) -> None:
    shown.read(aged(n, severity=Severity.LOW) for n in range(10, 60))
    for _ in range(2):
        shown.watched.ticker.second.emit()
    shown.table.verticalScrollBar().setValue(0)
    shown.watched.ticker.second.emit()
    assert finding_id(59) in shown.model.news

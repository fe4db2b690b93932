"""Menus of words show what is asked for, count, and write what is chosen."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import FindingStatus
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.filters.word_menus import WordMenus
from tests.fakes.findings import make_finding
from tests.fakes.watched_findings import WatchedFindings


@pytest.fixture
def state(qapp: QApplication) -> FilterState:
    return FilterState()


@pytest.fixture
def menus(state: FilterState) -> Iterator[WordMenus]:
    watched = WatchedFindings()
    watched.watch("payments-api")
    watched.list([make_finding(1), make_finding(2, status=FindingStatus.FIXED)])
    model = FindingsModel(watched.store, watched.ticker)
    state.changed.connect(lambda: model.set_filter(state.filter))
    yield WordMenus(state, model)
    model.deleteLater()


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    menu = QMenu()
    qtbot.addWidget(menu)
    return menu


def action(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().split("\t")[0] == text)


def test_what_is_asked_for_is_checked(menus: WordMenus, state: FilterState, menu: QMenu) -> None:
    assert not menus.is_asked("status")
    state.set_text("sql -status:dismissed")
    menus.fill(menu, "status")
    assert menus.is_asked("status")
    assert not action(menu, "Dismissed").isChecked()
    assert action(menu, "False positive").isChecked()
    action(menu, "Any status").trigger()
    assert state.text == "sql"


def test_words_are_counted_but_for_their_own_field(
    menus: WordMenus, state: FilterState, menu: QMenu
) -> None:
    state.set_text("status:open is:unverified")
    menus.fill(menu, "status")
    assert action(menu, "Fixed").text() == "Fixed\t1"
    verdicts = action(menu, "Verdict").menu()
    assert isinstance(verdicts, QMenu)
    verdicts.aboutToShow.emit()
    assert action(verdicts, "Unverified").isChecked()
    action(verdicts, "Confirmed").trigger()
    assert state.text == "status:open -is:withdrawn"
    assert menus.is_asked("status")

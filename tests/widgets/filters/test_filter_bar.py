"""Chips and menus write the language, mirror it, and fold where room is short."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import FindingStatus, Severity
from heimdall_desktop.domain.facts.observation import ListingEnded
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.filters.filter_bar import FilterBar, WordMenus
from tests.fakes.findings import SCAN_ID, WatchedFindings, make_finding
from tests.fakes.hands import part
from tests.widgets.conftest import Owned


@pytest.fixture
def watched(qapp: QApplication) -> WatchedFindings:
    watched = WatchedFindings()
    watched.watch("payments-api")
    return watched


@pytest.fixture
def state(qapp: QApplication) -> FilterState:
    return FilterState()


@pytest.fixture
def model(watched: WatchedFindings, state: FilterState) -> Iterator[FindingsModel]:
    model = FindingsModel(watched.store, watched.ticker)
    state.changed.connect(lambda: model.set_filter(state.filter))
    yield model
    model.deleteLater()


@pytest.fixture
def bar(state: FilterState, model: FindingsModel, qtbot: QtBot, owned: Owned) -> FilterBar:
    bar = owned(FilterBar(state, model))
    bar.resize(860, 40)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def chip(bar: FilterBar, name: str) -> Chip:
    found = bar.findChild(Chip, f"chip_{name}")
    assert found is not None
    return found


def click(bar: FilterBar, name: str) -> None:
    QTest.mouseClick(chip(bar, name), Qt.MouseButton.LeftButton)


def open_menu(bar: FilterBar, name: str) -> QMenu:
    click(bar, name)
    menu = bar.findChild(QMenu, "filter_menu")
    assert menu is not None
    return menu


def action(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().split("\t")[0] == text)


def test_chips_toggle_severities(bar: FilterBar, state: FilterState) -> None:
    click(bar, "critical")
    assert state.text == "sev:critical"
    click(bar, "high")
    assert state.text == "sev>=high"
    click(bar, "critical")
    click(bar, "high")
    assert state.text == ""
    assert not chip(bar, "high").isChecked()


def test_chips_mirror_what_is_typed(bar: FilterBar, state: FilterState) -> None:
    state.set_text("sev>=medium -status:dismissed")
    on = {severity for severity in Severity if chip(bar, severity.value).isChecked()}
    assert on == {Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM}
    assert chip(bar, "status").isChecked()
    assert chip(bar, "status").accessibleName() == "Status, 5"
    state.set_text("status:false-positive")
    assert chip(bar, "status").label == "Status: False positive"


def test_counts_ignore_the_severities_of_the_filter(
    bar: FilterBar, state: FilterState, watched: WatchedFindings
) -> None:
    watched.list(
        make_finding(n, severity=severity, title=f"title{n % 2}")
        for n, severity in enumerate([Severity.HIGH] * 3 + [Severity.LOW])
    )
    state.set_text("sev:critical title0")
    assert chip(bar, "high").accessibleName() == "High, 2"
    assert chip(bar, "low").accessibleName() == "Low, 0"


def test_an_unknown_severity_has_a_chip_only_if_there_is_one(
    bar: FilterBar, watched: WatchedFindings
) -> None:
    assert chip(bar, "other").isHidden()
    watched.list([make_finding(severity=Severity.OTHER)])
    assert not chip(bar, "other").isHidden()


def test_changes_have_a_chip_only_while_the_filter_names_them(
    bar: FilterBar, state: FilterState
) -> None:
    chip = part(bar, Chip, "chip_change")
    assert not chip.isVisible()
    state.set_text("sql change:new,changed")
    assert chip.isVisible()
    assert chip.isChecked()
    assert chip.label == "Change: new, changed"
    chip.click()
    assert state.text == "sql"
    assert not chip.isVisible()


def test_menus_check_words(bar: FilterBar, state: FilterState) -> None:
    menu = open_menu(bar, "source")
    assert action(menu, "Any source").isChecked()
    action(menu, "AI").trigger()
    assert state.text == "source:ai"
    menu.close()


def test_chips_that_do_not_fit_are_in_more(bar: FilterBar, state: FilterState) -> None:
    assert chip(bar, "more").isHidden()
    bar.resize(300, 40)
    shown = [c for c in bar.findChildren(Chip) if not c.isHidden()]
    assert chip(bar, "more") in shown
    assert all(c.x() >= 0 and c.geometry().right() < 300 for c in shown)
    menu = open_menu(bar, "more")
    assert action(menu, "Low").text() == "Low\t0"
    assert not chip(bar, "more").isChecked()
    action(menu, "Low").trigger()
    assert state.text == "sev:low"
    assert chip(bar, "more").isChecked()
    assert [a.text() for a in menu.actions() if a.menu() is not None] == ["Status", "Source"]
    menu.close()


def test_chips_start_at_the_right_in_right_to_left_layouts(bar: FilterBar) -> None:
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar.resize(900, 40)
    assert chip(bar, "critical").geometry().right() == 900 - 16 - 1


def test_new_findings_and_fixes_are_counted_and_switched(
    bar: FilterBar, state: FilterState, model: FindingsModel, watched: WatchedFindings
) -> None:
    watched.list([make_finding(1, suggested_patch="+"), make_finding(2)])
    watched.store.observe(ListingEnded(SCAN_ID, 1.0, 2, 2, is_whole=True))
    watched.list([make_finding(n) for n in (3, 4, 5)])
    model.see(make_finding(5).id)
    assert chip(bar, "is:new").accessibleName() == "New, 2"
    assert chip(bar, "has:fix").accessibleName() == "Has fix, 1"
    click(bar, "has:fix")
    assert (state.text, model.shown, chip(bar, "has:fix").isChecked()) == ("has:fix", 1, True)
    assert chip(bar, "has:fix").accessibleName() == "Has fix, 1"
    click(bar, "has:fix")
    click(bar, "is:new")
    assert (state.text, model.shown) == ("is:new", 3)  # with the one that is looked at
    click(bar, "is:new")
    assert state.text == ""


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
def menu(owned: Owned) -> QMenu:
    return owned(QMenu())


def test_words_of_the_filter_are_checked(menus: WordMenus, state: FilterState, menu: QMenu) -> None:
    assert not menus.has_condition("status")
    state.set_text("sql -status:dismissed")
    menus.fill(menu, "status")
    assert menus.has_condition("status")
    assert not action(menu, "Dismissed").isChecked()
    assert action(menu, "False positive").isChecked()
    action(menu, "Any status").trigger()
    assert state.text == "sql"


def test_words_are_counted_without_the_condition_of_their_field(
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
    assert menus.has_condition("status")

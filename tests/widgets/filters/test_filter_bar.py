"""The filter over the findings: its field and its chips."""

from collections.abc import Iterator
from operator import sub

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.finding import FindingStatus, Severity
from heimdall_desktop.domain.facts.observation import ListingEnded
from heimdall_desktop.models import filter_state as module
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.suggestion_models import ValueCounter
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.filters.filter_bar import (
    FilterBar,
    FilterField,
    MistakeLine,
    WordMenus,
)
from heimdall_desktop.widgets.filters.filter_completer import CompletionPopup
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.accessible_tree import select
from tests.fakes.findings import SCAN_ID, WatchedFindings, make_finding, realistic_findings
from tests.fakes.hands import part
from tests.fakes.pixels import around, places
from tests.widgets.conftest import Owned


@pytest.fixture
def state(qapp: QApplication) -> FilterState:
    return FilterState()


class Field:
    """The field in a window, over sixty findings."""

    def __init__(self, qtbot: QtBot, watched: WatchedFindings, state: FilterState) -> None:
        self.state, self.model = state, FindingsModel(watched.store, watched.ticker)
        watched.list(realistic_findings(60))
        state.changed.connect(lambda: self.model.set_filter(state.filter))
        self.host = QWidget()
        self.host.resize(700, 500)
        qtbot.addWidget(self.host)
        values, memory = ValueCounter(watched.store, self.host), WindowMemory()
        self.field = FilterField(state, self.model, values, memory, parent=self.host)
        self.edit = self.field.edit
        self.field.setGeometry(10, 10, 600, 30)
        self.host.show()
        self.host.activateWindow()
        qtbot.waitExposed(self.host)
        self.field.focus()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.edit, text)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.edit, key)

    def popup(self) -> CompletionPopup | None:
        found = self.host.findChild(CompletionPopup)
        return found if found is not None and found.isVisible() else None

    def shown_popup(self) -> CompletionPopup:
        popup = self.popup()
        assert popup is not None
        return popup

    def offered(self) -> list[str]:
        popup = self.popup()
        return [] if popup is None else [offer.shown for offer in popup.model.completion.offers]


@pytest.fixture
def shown(
    theme: Theme, qtbot: QtBot, watched: WatchedFindings, state: FilterState
) -> Iterator[Field]:
    shown = Field(qtbot, watched, state)
    yield shown
    shown.model.deleteLater()


def test_typing_filters_and_counts(shown: Field) -> None:
    shown.type("sev:critical")
    assert shown.state.text == "sev:critical"
    assert shown.field.end.result.text() == f"{shown.model.shown} of 60"
    assert 0 < shown.model.shown < 60


def test_text_from_elsewhere_is_shown_and_cleared_by_button_and_escape(shown: Field) -> None:
    shown.state.set_text("sql")
    assert shown.edit.text() == "sql"
    clear = part(shown.field, QPushButton, "filter_clear")
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert (shown.state.text, shown.edit.text()) == ("", "")
    shown.type("sql")
    shown.press(Qt.Key.Key_Escape)
    assert shown.state.text == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_return_and_down_move_to_the_table(shown: Field, key: Qt.Key, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.field.left):
        shown.press(key)


def test_its_name_is_filter_and_focus_selects_its_text(shown: Field) -> None:
    assert shown.edit.accessibleName() == "Filter"
    shown.state.set_text("fil:x")
    assert shown.edit.accessibleDescription().startswith("fil isn't a field.")
    shown.field.activateWindow()
    shown.field.focus()
    assert shown.edit.selectedText() == "fil:x"


def test_keys_accept_an_offer_and_keep_the_focus(shown: Field) -> None:
    shown.type("se")
    assert shown.offered() == ["sev>="]
    shown.press(Qt.Key.Key_Tab)
    assert shown.state.text == "sev>="
    assert shown.offered()[:2] == ["critical", "high"]
    shown.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (shown.state.text, shown.popup()) == ("sev>=high ", None)
    assert shown.edit.hasFocus()


def test_escape_closes_the_offers_first(shown: Field) -> None:
    shown.type("sta")
    assert shown.offered() == ["status:", "stage:"]
    shown.press(Qt.Key.Key_Escape)
    assert (shown.popup(), shown.state.text) == (None, "sta")
    shown.press(Qt.Key.Key_Escape)
    assert shown.state.text == ""


@pytest.mark.parametrize("way", ["clear", "other", "typing"])
def test_offers_close_when_their_text_is_replaced(shown: Field, way: str) -> None:
    shown.type("st")
    assert shown.popup() is not None
    if way == "typing":
        shown.press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    elif way == "clear":
        shown.state.clear()
    else:
        shown.state.set_text("sev>=high")
    assert shown.popup() is None


def test_offers_wrap_around_past_the_typed_text_and_return_accepts_only_a_selected_one(
    shown: Field, qtbot: QtBot
) -> None:
    shown.type("sta")
    popup, selected = shown.shown_popup(), list[str | None]()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        shown.press(key)
        selected.append(None if popup.offer is None else popup.offer.shown)
    assert selected == ["stage:", None]
    with qtbot.waitSignal(shown.field.left):
        shown.press(Qt.Key.Key_Return)
    assert (shown.popup(), shown.edit.text()) == (None, "sta")


def test_values_of_the_rows_are_offered_with_counts(shown: Field, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "cwe" in shown.field.completer.values.counts)
    shown.type("file:orders")
    popup = shown.shown_popup()
    (offer,) = popup.model.completion.offers
    assert (offer.text, offer.count) == ("shop/api/orders.py", 6)


def test_a_click_takes_an_offer(shown: Field) -> None:
    shown.type("sta")
    popup = shown.shown_popup()
    place = popup.list.visualRect(popup.list.model().index(1, 0)).center()
    QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (shown.state.text, shown.edit.hasFocus()) == ("stage:", True)


def test_recent_filters_are_offered_in_an_empty_field(shown: Field) -> None:
    for text in ("sql", "cwe:89", "fil:x"):
        shown.state.set_text(text)
        shown.edit.clearFocus()
        shown.edit.setFocus()
    shown.state.clear()
    shown.press(Qt.Key.Key_Down)
    assert shown.offered() == ["cwe:89", "sql"]
    shown.press(Qt.Key.Key_Return)
    assert shown.state.text == "cwe:89 "


def test_the_sheet_opens_by_key_and_icon_and_puts_examples_in(shown: Field) -> None:
    shown.state.set_text("sql")
    shown.press(Qt.Key.Key_F1)
    sheet = part(shown.field.window(), QDialog, "filter-sheet")
    QTest.mouseClick(part(sheet, QPushButton, "example_has:fix"), Qt.MouseButton.LeftButton)
    assert (sheet.isVisible(), shown.state.text) == (False, "sql has:fix")
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    QTest.mouseClick(shown.field, Qt.MouseButton.LeftButton, pos=QPoint(18, 15))
    assert shown.field.window().findChild(QDialog, "filter-sheet") is not None


def test_parts_of_the_text_have_their_colours(shown: Field, theme: Theme) -> None:
    tokens = theme.tokens

    def holds(colour: QColor) -> bool:
        image = shown.edit.grab().toImage()
        pixels = (image.pixelColor(x, y) for x in range(150) for y in range(image.height()))
        parts = [(p.red(), p.green(), p.blue()) for p in pixels]
        wanted = (colour.red(), colour.green(), colour.blue())
        return any(max(map(abs, map(sub, part, wanted))) < 24 for part in parts)

    shown.edit.clearFocus()
    for text, has_accent, has_failed in [
        ("sql", False, False),
        ("sql status:", False, False),  # a value is only missing yet
        ("sev>=high", True, False),
        ("-sev>=high", True, True),
        ("sql fil:*", False, True),
    ]:
        shown.edit.setText(text)
        assert (holds(tokens.accent), holds(tokens.failed)) == (has_accent, has_failed)


def test_the_keyboards_ring_keeps_its_colour_at_a_mistake(shown: Field, theme: Theme) -> None:
    shown.edit.setText("sql fil:*")
    assert shown.field.grab().toImage().pixelColor(300, 0) == theme.tokens.accent


def test_text_of_an_input_method_is_not_formatted(shown: Field, theme: Theme) -> None:
    shown.edit.setText("sql")
    ink = theme.tokens.text
    without = around(places(shown.edit.grab().toImage(), ink, near=60)).width()
    QApplication.sendEvent(shown.edit, QInputMethodEvent("mmmmmm", []))
    shown.state.changed.emit()
    theme.changed.emit()
    wide = without + theme.text_width("mmmmm")
    assert around(places(shown.edit.grab().toImage(), ink, near=60)).width() > wide
    QApplication.sendEvent(shown.edit, QInputMethodEvent("", []))
    assert shown.edit.text() == "sql"


def test_assistive_technology_takes_an_offer_by_selecting_it(shown: Field, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "cwe" in shown.field.completer.values.counts)
    shown.type("sta")
    select(shown.shown_popup().list, shown.offered().index("stage:"))
    assert shown.edit.text() == "stage:"


def test_an_error_is_explained_while_it_exists(state: FilterState, owned: Owned) -> None:
    line = owned(MistakeLine(state))
    assert line.isHidden()
    state.set_text("fil:*.py")
    assert part(line, QLabel, "").text() == (
        "fil isn't a field. Did you mean file:*.py?  The last valid filter stays active."
    )
    assert not line.isHidden()
    state.set_text("file:*.py")
    assert line.isHidden()


def test_an_error_is_fixed_in_place(state: FilterState, owned: Owned) -> None:
    line = owned(MistakeLine(state))
    line.resize(600, 30)
    fix = part(line, QPushButton, "filter_fix")
    state.set_text("cwe:x sql")
    assert fix.isHidden()
    state.set_text("sev:hihg sql")
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert (state.text, line.isHidden()) == ("sev:high sql", True)


def test_an_unfinished_filter_is_explained_after_a_pause(
    state: FilterState, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, owned: Owned
) -> None:
    monkeypatch.setattr(module, "REST_MS", 10)
    line = owned(MistakeLine(state))
    state.set_text("sev:")
    assert line.isHidden()
    state.set_text("sev:high")
    assert line.isHidden()
    state.set_text("sev:high status:")
    qtbot.waitUntil(lambda: not line.isHidden())
    assert part(line, QLabel, "").text().startswith("A value is missing after status:")
    state.set_text("sev:high status:open")
    assert line.isHidden()


@pytest.fixture
def rows_model(watched: WatchedFindings, state: FilterState) -> Iterator[FindingsModel]:
    rows_model = FindingsModel(watched.store, watched.ticker)
    state.changed.connect(lambda: rows_model.set_filter(state.filter))
    yield rows_model
    rows_model.deleteLater()


@pytest.fixture
def bar(state: FilterState, rows_model: FindingsModel, qtbot: QtBot, owned: Owned) -> FilterBar:
    bar = owned(FilterBar(state, rows_model))
    bar.resize(860, 40)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def chip(bar: FilterBar, name: str) -> Chip:
    return part(bar, Chip, f"chip_{name}")


def click(bar: FilterBar, name: str) -> None:
    QTest.mouseClick(chip(bar, name), Qt.MouseButton.LeftButton)


def open_menu(bar: FilterBar, name: str) -> QMenu:
    click(bar, name)
    return part(bar, QMenu, "filter_menu")


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


def test_a_change_chip_needs_a_filter_for_it(bar: FilterBar, state: FilterState) -> None:
    change = chip(bar, "change")
    assert not change.isVisible()
    state.set_text("sql change:new,changed")
    assert (change.isVisible(), change.isChecked()) == (True, True)
    assert change.label == "Change: new, changed"
    change.click()
    assert (state.text, change.isVisible()) == ("sql", False)


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
    bar: FilterBar, state: FilterState, rows_model: FindingsModel, watched: WatchedFindings
) -> None:
    watched.list([make_finding(1, suggested_patch="+"), make_finding(2)])
    watched.store.observe(ListingEnded(SCAN_ID, 1.0, 2, 2, is_whole=True))
    watched.list([make_finding(n) for n in (3, 4, 5)])
    rows_model.see(make_finding(5).id)
    fix = chip(bar, "has:fix")
    assert (chip(bar, "is:new").accessibleName(), fix.accessibleName()) == ("New, 2", "Has fix, 1")
    click(bar, "has:fix")
    assert (state.text, rows_model.shown, fix.isChecked()) == ("has:fix", 1, True)
    assert fix.accessibleName() == "Has fix, 1"
    click(bar, "has:fix")
    click(bar, "is:new")
    assert (state.text, rows_model.shown) == ("is:new", 3)  # with the one that is looked at
    click(bar, "is:new")
    assert state.text == ""


@pytest.fixture
def menus(state: FilterState) -> Iterator[WordMenus]:
    watched = WatchedFindings()
    watched.watch("payments-api")
    watched.list([make_finding(1), make_finding(2, status=FindingStatus.FIXED)])
    rows_model = FindingsModel(watched.store, watched.ticker)
    state.changed.connect(lambda: rows_model.set_filter(state.filter))
    yield WordMenus(state, rows_model)
    rows_model.deleteLater()


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

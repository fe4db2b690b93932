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
from heimdall_desktop.widgets.filters import filter_bar
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


@pytest.fixture
def model(watched: WatchedFindings, state: FilterState) -> Iterator[FindingsModel]:
    model = FindingsModel(watched.store, watched.ticker)
    watched.list(realistic_findings(60))
    state.changed.connect(lambda: model.set_filter(state.filter))
    yield model
    model.deleteLater()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    host.resize(700, 500)
    qtbot.addWidget(host)
    return host


@pytest.fixture
def field(
    theme: Theme,
    state: FilterState,
    model: FindingsModel,
    watched: WatchedFindings,
    host: QWidget,
    qtbot: QtBot,
) -> filter_bar.FilterField:
    values, memory = ValueCounter(watched.store, host), WindowMemory()
    field = filter_bar.FilterField(state, model, values, memory, parent=host)
    field.setGeometry(10, 10, 600, 30)
    host.show()
    host.activateWindow()
    qtbot.waitExposed(host)
    field.focus()
    return field


def popup(field: filter_bar.FilterField) -> CompletionPopup | None:
    found = field.window().findChild(CompletionPopup)
    return found if found is not None and found.isVisible() else None


def offered(field: filter_bar.FilterField) -> list[str]:
    shown = popup(field)
    return [] if shown is None else [offer.shown for offer in shown.completion.offers]


def press(field: filter_bar.FilterField, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(field.edit, key)


def test_typing_filters_and_counts(
    field: filter_bar.FilterField, state: FilterState, model: FindingsModel
) -> None:
    QTest.keyClicks(field.edit, "sev:critical")
    assert state.text == "sev:critical"
    assert field.end.result.text() == f"{model.shown} of 60"
    assert 0 < model.shown < 60


def test_text_written_elsewhere_is_shown(field: filter_bar.FilterField, state: FilterState) -> None:
    state.set_text("sql")
    assert field.edit.text() == "sql"


def test_clear_button_and_escape_clear(field: filter_bar.FilterField, state: FilterState) -> None:
    state.set_text("sql")
    clear = field.findChild(QPushButton, "filter_clear")
    assert clear is not None
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert (state.text, field.edit.text()) == ("", "")
    QTest.keyClicks(field.edit, "sql")
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    assert state.text == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_return_and_down_move_to_the_table(
    field: filter_bar.FilterField, key: Qt.Key, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field.edit, key)


def test_its_name_is_filter(field: filter_bar.FilterField, state: FilterState) -> None:
    assert field.edit.accessibleName() == "Filter"
    state.set_text("fil:x")
    assert field.edit.accessibleDescription().startswith("fil isn't a field.")


def test_focus_selects_the_text(field: filter_bar.FilterField, state: FilterState) -> None:
    state.set_text("sql")
    field.activateWindow()
    field.focus()
    assert field.edit.selectedText() == "sql"


def test_keys_accept_an_offer_and_keep_the_focus(
    field: filter_bar.FilterField, state: FilterState
) -> None:
    QTest.keyClicks(field.edit, "se")
    assert offered(field) == ["sev>="]
    press(field, Qt.Key.Key_Tab)
    assert state.text == "sev>="
    assert offered(field)[:2] == ["critical", "high"]
    press(field, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (state.text, popup(field)) == ("sev>=high ", None)
    assert field.edit.hasFocus()


def test_escape_closes_the_offers_first(field: filter_bar.FilterField, state: FilterState) -> None:
    QTest.keyClicks(field.edit, "sta")
    assert offered(field) == ["status:", "stage:"]
    press(field, Qt.Key.Key_Escape)
    assert (popup(field), state.text) == (None, "sta")
    press(field, Qt.Key.Key_Escape)
    assert state.text == ""


@pytest.mark.parametrize("way", ["clear", "other", "typing"])
def test_offers_close_when_their_text_is_replaced(
    field: filter_bar.FilterField, state: FilterState, way: str
) -> None:
    QTest.keyClicks(field.edit, "st")
    assert popup(field) is not None
    if way == "typing":
        press(field, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    elif way == "clear":
        state.clear()
    else:
        state.set_text("sev>=high")
    assert popup(field) is None


def test_return_accepts_only_a_selected_offer(field: filter_bar.FilterField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.edit, "sta")
    with qtbot.waitSignal(field.left):
        press(field, Qt.Key.Key_Return)
    assert (popup(field), field.edit.text()) == (None, "sta")


def test_offers_wrap_around_past_the_typed_text(field: filter_bar.FilterField) -> None:
    QTest.keyClicks(field.edit, "sta")
    shown = popup(field)
    assert shown is not None
    press(field, Qt.Key.Key_Up)
    assert shown.offer is not None
    assert shown.offer.shown == "stage:"
    press(field, Qt.Key.Key_Down)
    assert shown.offer is None


def test_values_of_the_rows_are_offered_with_counts(
    field: filter_bar.FilterField, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "cwe" in field.completer.values.counts)
    QTest.keyClicks(field.edit, "file:orders")
    shown = popup(field)
    assert shown is not None
    (offer,) = shown.completion.offers
    assert (offer.text, offer.count) == ("shop/api/orders.py", 6)


def test_a_click_takes_an_offer(field: filter_bar.FilterField, state: FilterState) -> None:
    QTest.keyClicks(field.edit, "sta")
    shown = popup(field)
    assert shown is not None
    place = shown.list.visualRect(shown.list.model().index(1, 0)).center()
    QTest.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (state.text, field.edit.hasFocus()) == ("stage:", True)


def test_recent_filters_are_offered_in_an_empty_field(
    field: filter_bar.FilterField, state: FilterState
) -> None:
    for text in ("sql", "cwe:89", "fil:x"):
        state.set_text(text)
        field.edit.clearFocus()
        field.edit.setFocus()
    state.clear()
    press(field, Qt.Key.Key_Down)
    assert offered(field) == ["cwe:89", "sql"]
    press(field, Qt.Key.Key_Return)
    assert state.text == "cwe:89 "


def test_the_sheet_opens_by_key_and_icon_and_puts_examples_in(
    field: filter_bar.FilterField, state: FilterState
) -> None:
    state.set_text("sql")
    press(field, Qt.Key.Key_F1)
    sheet = field.window().findChild(QDialog, "filter-sheet")
    assert sheet is not None
    example = sheet.findChild(QPushButton, "example_has:fix")
    assert example is not None
    QTest.mouseClick(example, Qt.MouseButton.LeftButton)
    assert (sheet.isVisible(), state.text) == (False, "sql has:fix")
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(18, 15))
    assert field.window().findChild(QDialog, "filter-sheet") is not None


def test_parts_of_the_text_have_their_colours(field: filter_bar.FilterField, theme: Theme) -> None:
    tokens = theme.tokens

    def holds(colour: QColor) -> bool:
        image = field.edit.grab().toImage()
        pixels = (image.pixelColor(x, y) for x in range(150) for y in range(image.height()))
        parts = [(p.red(), p.green(), p.blue()) for p in pixels]
        wanted = (colour.red(), colour.green(), colour.blue())
        return any(max(map(abs, map(sub, part, wanted))) < 24 for part in parts)

    field.edit.clearFocus()
    for text, has_accent, has_failed in [
        ("sql", False, False),
        ("sql status:", False, False),  # a value is only missing yet
        ("sev>=high", True, False),
        ("-sev>=high", True, True),
        ("sql fil:*", False, True),
    ]:
        field.edit.setText(text)
        assert (holds(tokens.accent), holds(tokens.failed)) == (has_accent, has_failed)


def test_the_ring_of_the_keyboard_keeps_its_colour_beside_a_mistake(
    field: filter_bar.FilterField, theme: Theme
) -> None:
    field.edit.setText("sql fil:*")
    edge = field.grab().toImage().pixelColor(300, 0)
    assert edge == theme.tokens.accent


def test_text_of_an_input_method_is_not_formatted(
    field: filter_bar.FilterField, state: FilterState, theme: Theme
) -> None:
    field.edit.setText("sql")
    ink = theme.tokens.text
    without = around(places(field.edit.grab().toImage(), ink, near=60)).width()
    QApplication.sendEvent(field.edit, QInputMethodEvent("mmmmmm", []))
    state.changed.emit()
    theme.changed.emit()
    wide = without + theme.text_width("mmmmm")
    assert around(places(field.edit.grab().toImage(), ink, near=60)).width() > wide
    QApplication.sendEvent(field.edit, QInputMethodEvent("", []))
    assert field.edit.text() == "sql"


def test_assistive_technology_takes_an_offer_by_selecting_it(
    field: filter_bar.FilterField, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "cwe" in field.completer.values.counts)
    QTest.keyClicks(field.edit, "sta")
    shown = popup(field)
    assert shown is not None
    offers = [offer.shown for offer in shown.completion.offers]
    select(shown.list, offers.index("stage:"))
    assert field.edit.text() == "stage:"


def test_an_error_is_explained_while_it_exists(state: FilterState, owned: Owned) -> None:
    line = owned(filter_bar.MistakeLine(state))
    assert line.isHidden()
    state.set_text("fil:*.py")
    label = line.findChild(QLabel)
    assert label is not None
    assert label.text() == (
        "fil isn't a field. Did you mean file:*.py?  The last valid filter stays active."
    )
    assert not line.isHidden()
    state.set_text("file:*.py")
    assert line.isHidden()


def test_an_error_is_fixed_in_place(state: FilterState, owned: Owned) -> None:
    line = owned(filter_bar.MistakeLine(state))
    line.resize(600, 30)
    fix = line.findChild(QPushButton, "filter_fix")
    assert fix is not None
    state.set_text("cwe:x sql")
    assert fix.isHidden()
    state.set_text("sev:hihg sql")
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert (state.text, line.isHidden()) == ("sev:high sql", True)


def test_an_unfinished_filter_is_explained_after_a_pause(
    state: FilterState, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, owned: Owned
) -> None:
    monkeypatch.setattr(module, "REST_MS", 10)
    line = owned(filter_bar.MistakeLine(state))
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


@pytest.fixture
def rows_model(watched: WatchedFindings, state: FilterState) -> Iterator[FindingsModel]:
    rows_model = FindingsModel(watched.store, watched.ticker)
    state.changed.connect(lambda: rows_model.set_filter(state.filter))
    yield rows_model
    rows_model.deleteLater()


@pytest.fixture
def bar(
    state: FilterState, rows_model: FindingsModel, qtbot: QtBot, owned: Owned
) -> filter_bar.FilterBar:
    bar = owned(filter_bar.FilterBar(state, rows_model))
    bar.resize(860, 40)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def chip(bar: filter_bar.FilterBar, name: str) -> Chip:
    found = bar.findChild(Chip, f"chip_{name}")
    assert found is not None
    return found


def click(bar: filter_bar.FilterBar, name: str) -> None:
    QTest.mouseClick(chip(bar, name), Qt.MouseButton.LeftButton)


def open_menu(bar: filter_bar.FilterBar, name: str) -> QMenu:
    click(bar, name)
    menu = bar.findChild(QMenu, "filter_menu")
    assert menu is not None
    return menu


def action(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().split("\t")[0] == text)


def test_chips_toggle_severities(bar: filter_bar.FilterBar, state: FilterState) -> None:
    click(bar, "critical")
    assert state.text == "sev:critical"
    click(bar, "high")
    assert state.text == "sev>=high"
    click(bar, "critical")
    click(bar, "high")
    assert state.text == ""
    assert not chip(bar, "high").isChecked()


def test_chips_mirror_what_is_typed(bar: filter_bar.FilterBar, state: FilterState) -> None:
    state.set_text("sev>=medium -status:dismissed")
    on = {severity for severity in Severity if chip(bar, severity.value).isChecked()}
    assert on == {Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM}
    assert chip(bar, "status").isChecked()
    assert chip(bar, "status").accessibleName() == "Status, 5"
    state.set_text("status:false-positive")
    assert chip(bar, "status").label == "Status: False positive"


def test_counts_ignore_the_severities_of_the_filter(
    bar: filter_bar.FilterBar, state: FilterState, watched: WatchedFindings
) -> None:
    watched.list(
        make_finding(n, severity=severity, title=f"title{n % 2}")
        for n, severity in enumerate([Severity.HIGH] * 3 + [Severity.LOW])
    )
    state.set_text("sev:critical title0")
    assert chip(bar, "high").accessibleName() == "High, 2"
    assert chip(bar, "low").accessibleName() == "Low, 0"


def test_an_unknown_severity_has_a_chip_only_if_there_is_one(
    bar: filter_bar.FilterBar, watched: WatchedFindings
) -> None:
    assert chip(bar, "other").isHidden()
    watched.list([make_finding(severity=Severity.OTHER)])
    assert not chip(bar, "other").isHidden()


def test_changes_have_a_chip_only_while_the_filter_names_them(
    bar: filter_bar.FilterBar, state: FilterState
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


def test_menus_check_words(bar: filter_bar.FilterBar, state: FilterState) -> None:
    menu = open_menu(bar, "source")
    assert action(menu, "Any source").isChecked()
    action(menu, "AI").trigger()
    assert state.text == "source:ai"
    menu.close()


def test_chips_that_do_not_fit_are_in_more(bar: filter_bar.FilterBar, state: FilterState) -> None:
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


def test_chips_start_at_the_right_in_right_to_left_layouts(bar: filter_bar.FilterBar) -> None:
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar.resize(900, 40)
    assert chip(bar, "critical").geometry().right() == 900 - 16 - 1


def test_new_findings_and_fixes_are_counted_and_switched(
    bar: filter_bar.FilterBar,
    state: FilterState,
    rows_model: FindingsModel,
    watched: WatchedFindings,
) -> None:
    watched.list([make_finding(1, suggested_patch="+"), make_finding(2)])
    watched.store.observe(ListingEnded(SCAN_ID, 1.0, 2, 2, is_whole=True))
    watched.list([make_finding(n) for n in (3, 4, 5)])
    rows_model.see(make_finding(5).id)
    assert chip(bar, "is:new").accessibleName() == "New, 2"
    assert chip(bar, "has:fix").accessibleName() == "Has fix, 1"
    click(bar, "has:fix")
    assert (state.text, rows_model.shown, chip(bar, "has:fix").isChecked()) == ("has:fix", 1, True)
    assert chip(bar, "has:fix").accessibleName() == "Has fix, 1"
    click(bar, "has:fix")
    click(bar, "is:new")
    assert (state.text, rows_model.shown) == ("is:new", 3)  # with the one that is looked at
    click(bar, "is:new")
    assert state.text == ""


@pytest.fixture
def menus(state: FilterState) -> Iterator[filter_bar.WordMenus]:
    watched = WatchedFindings()
    watched.watch("payments-api")
    watched.list([make_finding(1), make_finding(2, status=FindingStatus.FIXED)])
    rows_model = FindingsModel(watched.store, watched.ticker)
    state.changed.connect(lambda: rows_model.set_filter(state.filter))
    yield filter_bar.WordMenus(state, rows_model)
    rows_model.deleteLater()


@pytest.fixture
def menu(owned: Owned) -> QMenu:
    return owned(QMenu())


def test_words_of_the_filter_are_checked(
    menus: filter_bar.WordMenus, state: FilterState, menu: QMenu
) -> None:
    assert not menus.has_condition("status")
    state.set_text("sql -status:dismissed")
    menus.fill(menu, "status")
    assert menus.has_condition("status")
    assert not action(menu, "Dismissed").isChecked()
    assert action(menu, "False positive").isChecked()
    action(menu, "Any status").trigger()
    assert state.text == "sql"


def test_words_are_counted_without_the_condition_of_their_field(
    menus: filter_bar.WordMenus, state: FilterState, menu: QMenu
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

"""A scan torn off has a window of its own, over restarts, until it is given back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.models import incremental_work
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.controls.focus import come_forward
from heimdall_desktop.widgets.findings.scan_problem_strip import ScanProblemStrip
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.palette.shortcut_sheet import ShortcutSheet
from heimdall_desktop.widgets.window.scan_window import ScanHead, ScanWindow
from heimdall_desktop.widgets.window.workspace import Workspace
from tests.fakes.hands import click, part, press
from tests.fakes.shown_window import ShownWindow
from tests.fakes.threat_models import small_model

CONTROL = Qt.KeyboardModifier.ControlModifier


def _windows() -> list[ScanWindow]:
    QApplication.sendPostedEvents(None, 52)  # deferred deletions
    widgets = QApplication.topLevelWidgets()
    return [each for each in widgets if isinstance(each, ScanWindow) and each.isVisible()]


def _tear_off(shown: ShownWindow, name: str = "payments-api") -> ScanWindow:
    menu = shown.board.scans.make_menu(shown.id(name))
    next(action for action in menu.actions() if action.text() == "Open in new window").trigger()
    QApplication.processEvents()
    [window] = [each for each in _windows() if each.scan_id == shown.id(name)]
    QTest.qWaitForWindowActive(window)
    return window


def _press(window: ScanWindow, *keys: Qt.Key) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


def test_it_shows_that_scan_and_no_other(shown: ShownWindow) -> None:
    window = _tear_off(shown)
    findings = window.findings
    scan = shown.store.scan(shown.id("payments-api"))
    assert scan is not None
    before = findings.model.counts.total
    assert before == len(scan.findings)
    found = shown.read("payments-api", 9)
    assert findings.model.counts.total == before + 9 == len(scan.findings)
    shown.read("auth-service", 5)
    assert findings.model.counts.total == before + 9
    assert not findings.model.has_many_scans
    assert window.panel.shown_scan_id == scan.id
    assert "payments-api" in part(window, QWidget, "scan_head").accessibleDescription()
    assert "payments-api" in window.windowTitle()
    findings.show_finding(found[3].id)
    assert window.detail.isVisible()
    assert window.detail.finding_id == found[3].id
    assert not shown.detail.isVisible()


def test_many_findings_come_turn_by_turn_and_none_is_denied(
    shown: ShownWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental_work, "SLICE", 100)
    shown.read("payments-api", 5)
    scan = shown.store.scan(shown.id("payments-api"))
    assert scan is not None
    count = len(scan.findings)
    shown.window.scan_windows.tear_off(scan.id)
    [window] = _windows()
    sync_status = part(window, QLabel, "findings_foot_ledger")
    assert sync_status.text() == f"100 of {count} findings shown, adding the rest"
    findings = window.findings
    qtbot.waitUntil(lambda: findings.model.waiting == 0)
    assert findings.model.counts.total == count
    assert "coming" not in sync_status.text()


def test_its_selection_of_many_is_its_own(shown: ShownWindow) -> None:
    shown.read("payments-api", 9)
    window = _tear_off(shown)
    findings = window.findings
    findings.take_keyboard()
    QTest.keyClick(findings.table, Qt.Key.Key_A, CONTROL)
    assert findings.chosen().total == findings.model.shown > 9
    assert shown.findings.chosen().total == 0
    QTest.keyClick(findings.table, Qt.Key.Key_Escape)
    assert (findings.chosen().total, window.isVisible()) == (0, True)


def test_filter_keys_and_escape_work_in_it(shown: ShownWindow) -> None:
    found = shown.read("payments-api")
    window = _tear_off(shown)
    findings = window.findings
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(QApplication.focusWidget() or window, "sev:critical")
    assert findings.model.hidden
    _press(window, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert not findings.filter_state.text
    window.open_finding(found[2].id)
    QTest.keyClick(window, Qt.Key.Key_D, CONTROL)
    assert not window.detail.isVisible()


def test_its_errors_are_shown_in_its_own_window(shown: ShownWindow) -> None:
    window = _tear_off(shown)
    [strip] = window.findChildren(ScanProblemStrip)
    strip.request_failed.emit(HeimdallError(Reason.DEFECT))
    reported = [each.problems.keys for each in (window, shown.window)]
    assert reported == [("HeimdallError",), ()]


@pytest.mark.parametrize(("name", "is_here"), [("payments-api", True), ("auth-service", False)])
def test_an_alert_opens_in_its_scans_window(shown: ShownWindow, name: str, is_here: bool) -> None:
    found = shown.read(name)
    window = _tear_off(shown)
    shown.window.open_finding(found[4].id)
    opened, other = window.detail, shown.detail
    if not is_here:
        opened, other = other, opened
    assert opened.finding_id == found[4].id
    assert not other.isVisible()


def test_an_alert_of_a_scan_in_view_is_shown_in_its_window(shown: ShownWindow) -> None:
    window = _tear_off(shown)
    opened: list[str] = []
    for key, name in (("a", "payments-api"), ("b", "auth-service"), ("c", "payments-api")):
        shown.window.show_notice(
            key, f"Critical: {key}", "", lambda: opened.append("c"), shown.id(name)
        )
    shown.window.withdraw_notice("a")
    reported = [each.problems.keys for each in (window, shown.window)]
    assert list(map(len, reported)) == [1, 1]
    press(window, "Show")
    assert opened == ["c"]
    assert [shown.window.has_notice(key) for key in "abc"] == [False, True, False]
    shown.window.show_notice("d", "Critical: d", "", lambda: None, shown.id("payments-api"))
    window.close()
    assert not shown.window.has_notice("d")


def test_several_at_once_take_the_theme(shown: ShownWindow, theme: Theme) -> None:
    windows = [_tear_off(shown, name) for name in ("payments-api", "auth-service")]
    assert len(_windows()) == 2
    theme.set_mode(ThemeMode.DARK)
    QApplication.processEvents()
    for window in windows:
        image = window.grab().toImage()
        assert image.pixelColor(image.width() // 2, 2) == theme.tokens.window


def test_it_is_torn_off_once_and_closes_when_given_back(shown: ShownWindow) -> None:
    window = _tear_off(shown)
    assert _tear_off(shown) is window
    click(part(window, QPushButton, "give_back"))
    assert _windows() == []
    again = ShownWindow(memory=shown.memory).watch_twelve().show()
    assert _windows() == []
    again.close()


def test_scan_windows_wait_while_the_main_window_is_away(shown: ShownWindow, theme: Theme) -> None:
    _tear_off(shown)
    shown.window.close()
    again = ShownWindow(memory=shown.memory)
    again.window.scan_windows.are_held = True
    again.watch_twelve()
    assert _windows() == []
    again.window.minimise()
    assert _windows() == []
    come_forward(again.window)
    QApplication.processEvents()
    assert [window.scan_id for window in _windows()] == [again.id("payments-api")]
    again.close()


def test_the_key_of_the_stages_shows_them_before_it_closes_the_panel(shown: ShownWindow) -> None:
    window = _tear_off(shown)
    panel, reported = window.panel, []
    for key in (Qt.Key.Key_L, Qt.Key.Key_T, Qt.Key.Key_T):
        QTest.keyClick(window, key, CONTROL)
        reported.append((panel.tab, panel.is_collapsed))
    assert reported == [(1, False), (0, False), (0, True)]


def test_scan_windows_return_to_their_places(shown: ShownWindow, theme: Theme) -> None:
    window = _tear_off(shown)
    QTest.keyClick(window, Qt.Key.Key_T, CONTROL)
    window.setGeometry(10, 20, 700, 500)
    QApplication.processEvents()
    shown.window.close()
    assert _windows() == []
    again = ShownWindow(memory=shown.memory).watch_twelve().show()
    [window] = _windows()
    assert window.scan_id == again.id("payments-api")
    assert window.geometry().getRect() == (10, 20, 700, 500)
    assert window.panel.is_collapsed
    again.close()
    assert _windows() == []


def _columns(window: Workspace) -> frozenset[Column]:
    return window.findings.table_state.table_layout.off


def _switch_status(window: Workspace, *, is_on: bool) -> None:
    window.findings.table_state.change(
        lambda layout: layout.with_column(Column.STATUS, is_on=is_on)
    )


def _new_ids(window: Workspace) -> list[FindingId]:
    """Return what is new there, or will be once it has been read."""
    return window.findings.model.listing.marks.remembered()


def test_its_table_starts_like_the_main_one_on_its_own(shown: ShownWindow, theme: Theme) -> None:
    _switch_status(shown.window, is_on=False)
    one, other = _tear_off(shown), _tear_off(shown, "auth-service")
    assert _columns(one) == {Column.STATUS}
    _switch_status(one, is_on=True)
    assert _columns(shown.window) == _columns(other) == {Column.STATUS}
    shown.window.close()
    again = ShownWindow(memory=shown.memory).watch_twelve().show()
    windows = {window.scan_id: window for window in _windows()}
    assert _columns(windows[again.id("payments-api")]) == frozenset()
    assert _columns(windows[again.id("auth-service")]) == {Column.STATUS}
    again.close()


def test_what_was_seen_in_one_window_was_seen_in_all(shown: ShownWindow, theme: Theme) -> None:
    window, own = _tear_off(shown), shown.id("payments-api")
    known = [finding.id for finding in shown.read("payments-api", 2)]
    assert _new_ids(shown.window) == _new_ids(window) == known
    head = part(window, ScanHead, "scan_head")
    shown.ticker.flush()
    assert "2 new or changed." in head.accessibleDescription()
    window.findings.model.see_all()
    shown.ticker.flush()
    assert _new_ids(shown.window) == _new_ids(window) == []
    assert shown.findings.model.counts.new == window.findings.model.counts.new == 0
    assert "new or changed" not in head.accessibleDescription()
    ids = [finding.id for finding in shown.read("payments-api", 3)]
    more = [found for found in ids if found not in known]
    for ticker in (shown.ticker, window.findChildren(Ticker)[0]):
        ticker.second.emit()
    shown.findings.filter_state.set_text("is:new")
    assert shown.findings.model.shown == len(more)
    window.findings.table.show_finding(more[0])
    QApplication.processEvents()
    shown.ticker.flush()
    assert shown.findings.model.shown == len(more) - 1
    assert shown.store.seen.count(own) == len(more) - 1
    shown.ticker.second.emit()
    shown.window.close()
    again = ShownWindow(memory=shown.memory).watch_twelve().show()
    assert _new_ids(again.window) == more[1:]
    again.close()


def test_the_window_of_a_stopped_scan_closes(shown: ShownWindow) -> None:
    _tear_off(shown)
    shown.stop("payments-api")
    assert _windows() == []


def test_whoever_looks_at_it_gets_it_asked_for_most_often(shown: ShownWindow) -> None:
    window = _tear_off(shown)
    assert shown.asked("view_scan")[-1] == (shown.id("payments-api"),)
    assert shown.window.is_looking_at(shown.id("payments-api"))
    click(part(window, QPushButton, "again"))
    assert shown.asked("again")[-1] == (shown.id("payments-api"),)


def test_its_own_palette_finds_what_it_can_do(shown: ShownWindow) -> None:
    window = _tear_off(shown)
    QTest.keyClick(window, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(QApplication.focusWidget() or window, "back to the board")
    _press(window, Qt.Key.Key_Return)
    assert _windows() == []


def test_zooming_in_it_zooms_all_windows(shown: ShownWindow, theme: Theme) -> None:
    window = _tear_off(shown)
    before_px = theme.scale(100)
    QTest.keyClick(window, Qt.Key.Key_Plus, CONTROL)
    assert theme.scale(100) > before_px
    QTest.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert theme.scale(100) == before_px


def test_quitting_in_it_ends_the_whole_program(shown: ShownWindow) -> None:
    window = _tear_off(shown)
    QTest.keyClick(window, Qt.Key.Key_Q, CONTROL)
    assert not shown.window.isVisible()
    assert _windows() == []


def test_it_shows_the_threat_model_of_its_scan(shown: ShownWindow) -> None:
    window = _tear_off(shown)
    assert not shown.asked("threat_model"), "no one has looked yet"
    QTest.keyClick(window, Qt.Key.Key_T, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert shown.asked("threat_model") == [(shown.id("payments-api"),)]
    shown.requests.answer(small_model(shown.id("payments-api")))
    _press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    state = window.findings.filter_state
    assert (state.text, shown.findings.filter_state.text) == ("file:shop/api/orders.py", "")


def test_its_sheet_lists_its_keys_and_switches_letters_in_all_windows(shown: ShownWindow) -> None:
    shown.read("payments-api")
    window = _tear_off(shown)
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheet = part(window, ShortcutSheet, "shortcut-sheet")
    reported = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Next finding", "Back to the board", "Open detail"} <= reported
    assert "Scan at that position on the board" not in reported, "there is no board here"
    sheet.letters.setChecked(False)
    sheet.reject()
    shown.window.activateWindow()
    for each in (shown.window, window):
        before = each.detail.isVisible()
        QTest.keyClick(each.findings.table, Qt.Key.Key_J)
        assert each.detail.isVisible() is before
    assert shown.memory.text("single-letters") == "off"


def test_nothing_of_a_local_scan_is_remembered(shown: ShownWindow) -> None:
    scan_id = shown.id("payments-api")
    shown.stories["payments-api"].scan.is_local = True
    window = _tear_off(shown)
    menu = shown.board.scans.make_menu(scan_id)
    next(action for action in menu.actions() if action.text().startswith("Pin")).trigger()
    local, kept = shown.read("payments-api", 3), shown.read("auth-service", 3)
    for ticker in (shown.ticker, window.findChildren(Ticker)[0]):
        ticker.second.emit()
    assert len(_new_ids(window)) == len(local) + len(kept)
    click(part(window, QPushButton, "give_back"))
    states = "\n".join(shown.memory.settings.states.values())
    assert f'"{kept[0].id}@{shown.id("auth-service")}"' in states
    assert scan_id not in states
    assert not [finding for finding in local if f'"{finding.id}"' in states]

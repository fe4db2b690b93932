"""Everything in every state of the window says to assistive technology what it is.

Source: behaviour.md 2.8; architecture.md "Names for assistive technology" (a name of its own
hides what a label says).
"""

from collections.abc import Iterator

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest

from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.finding import Finding, Proof, ScanId
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.widgets.detail.code_view import CodeText
from heimdall_desktop.widgets.filters.views_control import SaveViewDialog, ViewsControl
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.log_page import LogPage
from heimdall_desktop.widgets.panel.threat_pane import ThreatList
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from tests.fakes.accessible_tree import complaints_about, roles_in
from tests.fakes.board_scans import SERVER
from tests.fakes.discovery import found_scan
from tests.fakes.findings import make_finding
from tests.fakes.hands import part
from tests.fakes.inbox_lines import make_line
from tests.fakes.shown_window import Adding, ShownWindow

NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
MENUS = (
    "board_menu", "looks", "views-button", "detail-more", "group_button", "columns_button",
    "chip_status", "chip_source", "chip_more", "account",
)  # fmt: skip
LISTS = ("scans_board", "findings_table", "stages_list", "inbox_list")


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow(1200).unpainted().watch_twelve().show()
    shown.read("payments-api")
    whole = whole_finding(shown.id("payments-api"))
    asked_s = shown.stories["payments-api"].asked_s()
    shown.store.observe(FindingsListed(whole.scan_id, asked_s, (whole,)))
    shown.ticker.flush()
    shown.inbox.put(make_line(1))
    shown.window.show_inbox()
    shown.window.open_finding(whole.id)
    shown.window.show_account(ServerUrl(SERVER), "ann@corp.example")
    yield shown
    shown.close()


def whole_finding(scan_id: ScanId) -> Finding:
    """A finding that fills every page of the detail."""
    return make_finding(
        7777,
        scan_id=scan_id,
        fingerprint="taint-1",
        title="Taint flow: request.args -> cursor.execute",
        description="Why.\n\n- `shop/api/orders.py:90` builds the query",
        code_snippet="query = text\ncursor.execute(query)\n",
        suggested_patch="--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-query = text\n+query = safe(text)\n",
        agent_reasoning="It is reachable.",
        references=("https://cwe.mitre.org/data/definitions/89.html", "see the manual"),
        cwe_text="CWE-89",
        proof=Proof("exploitable", "python", "print(1)", 0, "1", "", "It works."),
    )


def check(window: QtWidgets.QWidget) -> None:
    QtWidgets.QApplication.processEvents()
    complaints = complaints_about(window)
    assert not complaints, "\n".join(complaints)


def new_windows(before: set[QtWidgets.QWidget]) -> list[QtWidgets.QWidget]:
    QtWidgets.QApplication.processEvents()
    return [each for each in windows() if each not in before]


def windows() -> set[QtWidgets.QWidget]:
    return {each for each in QtWidgets.QApplication.topLevelWidgets() if each.isVisible()}


def test_the_ways_to_begin(theme: Theme) -> None:
    shown = ShownWindow().show()
    check(shown.window)
    shown.close()


def test_every_page_of_detail_and_panel(shown: ShownWindow) -> None:
    check(shown.window)
    kinds = {"Table", "List", "ListItem", "CheckBox", "Button", "PageTab", "EditableText"}
    assert kinds <= {role.name for role in roles_in(shown.window)}
    for tabs in shown.window.findChildren(QtWidgets.QTabBar):
        for page in filter(tabs.isTabVisible, range(tabs.count())):
            tabs.setCurrentIndex(page)
            check(shown.window)


def test_every_scan_and_its_problem(shown: ShownWindow) -> None:
    shown.window.show_error(HeimdallError(Reason.DEFECT))
    for scan_id in shown.board.scan_ids:
        shown.board.view.scan_scoped.emit(scan_id)
        check(shown.window)
    shown.findings.filter_state.set_text("sev>=high file:nowhere")
    check(shown.window)
    shown.findings.filter_state.set_text("sev>high nonsense:")
    check(shown.window)


def test_menus_of_buttons(shown: ShownWindow) -> None:
    for name in MENUS:
        before = windows()
        part(shown.window, QtWidgets.QAbstractButton, name).click()
        [menu] = new_windows(before)
        check_menu(menu)


def test_menus_of_rows(shown: ShownWindow) -> None:
    for name in LISTS:
        view = part(shown.window, QtWidgets.QAbstractItemView, name)
        if name == "inbox_list":
            shown.press(Qt.Key.Key_I, CONTROL)
        row = view.model().index(1 if name == "scans_board" else 0, 0)
        view.setCurrentIndex(row)
        place = view.visualRect(row).center()
        at = view.viewport().mapToGlobal(place)
        before = windows()
        wanted = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, at)
        QtWidgets.QApplication.sendEvent(view.viewport(), wanted)
        [menu] = new_windows(before)
        check_menu(menu)


def check_menu(menu: QtWidgets.QWidget) -> None:
    assert isinstance(menu, QtWidgets.QMenu)
    assert menu.actions()
    check(menu)
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QtWidgets.QMenu):
            below.popup(QPoint(0, 0))
            check(below)
            below.close()
    menu.close()


def test_windows_of_keys(shown: ShownWindow) -> None:
    for key, modifier in (
        (Qt.Key.Key_N, CONTROL),
        (Qt.Key.Key_F1, NONE),
        (Qt.Key.Key_V, CONTROL | Qt.KeyboardModifier.ShiftModifier),
    ):
        before = windows()
        shown.press(key, modifier)
        [opened] = new_windows(before)
        check(opened)
        opened.close()
        shown.window.activateWindow()
        QTest.qWaitForWindowActive(shown.window)


def test_the_palette(shown: ShownWindow) -> None:
    shown.press(Qt.Key.Key_K, CONTROL)
    shown.press(Qt.Key.Key_S)
    check(shown.window)


def test_signing_in(shown: ShownWindow) -> None:
    shown.window.show_account(None, "", is_signed_in=False)
    before = windows()
    QTest.mouseClick(
        part(shown.window, QtWidgets.QPushButton, "sign-in"), Qt.MouseButton.LeftButton
    )
    [dialog] = new_windows(before)
    check(dialog)
    dialog.close()


def test_a_scan_torn_off(shown: ShownWindow) -> None:
    before = windows()
    shown.window.scan_windows.tear_off(shown.id("payments-api"))
    [window] = new_windows(before)
    assert isinstance(window, ScanWindow)
    check(window)
    shown.window.close_other_windows()


def test_dialogs_of_views_and_filter(shown: ShownWindow) -> None:
    views = part(shown.window, ViewsControl, "views-button")
    shown.findings.filter_state.set_text("sev>=high")
    for open_one in (
        views.save_view,
        views.manage_views,
        shown.findings.filter_field.completer.open_sheet,
    ):
        before = windows()
        open_one()
        [dialog] = new_windows(before)
        check(dialog)
        if isinstance(dialog, SaveViewDialog):
            QTest.keyClicks(dialog, "Mine")
            QTest.keyClick(dialog, Qt.Key.Key_Return)
        dialog.close()


def test_what_the_filter_offers(shown: ShownWindow) -> None:
    shown.press(Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(shown.findings.filter_field.edit, "sta")
    assert part(shown.window, QtWidgets.QWidget, "filter-completion").isVisible()
    check(shown.window)


def test_asking_before_a_page_opens_and_a_scan_is_cancelled(shown: ShownWindow) -> None:
    shown.detail.open_page()
    assert part(shown.detail, QtWidgets.QWidget, "link-open").isVisible()
    check(shown.window)
    before = windows()
    menu = shown.board.scans.make_menu(shown.id("payments-api"))
    next(each for each in menu.actions() if each.text().startswith("Cancel scan")).trigger()
    [box] = new_windows(before)
    check(box)
    box.close()


def test_menus_of_lines_stages_columns_and_code(shown: ShownWindow) -> None:
    log = shown.window.findChild(LogPage)
    threats = part(shown.window, ThreatList, "threat_list")
    assert log is not None
    of_threat = threats.make_menu(threats.currentIndex())
    for menu in (log.view.make_menu(), log.search.make_menu(), of_threat):
        menu.popup(QPoint(0, 0))
        check_menu(menu)
    tools = shown.findings.tools
    code = next(each for each in shown.detail.findChildren(CodeText) if each.isVisible())
    at = code.mapToGlobal(QPoint(5, 5))
    wanted = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), at)
    for open_one in (
        lambda: tools.open_column(Column.LOCATION, at),
        lambda: QtWidgets.QApplication.sendEvent(code.viewport(), wanted),
    ):
        before = windows()
        open_one()
        [opened] = new_windows(before)
        check_menu(opened)


def test_menus_and_lists_of_adding_scans(theme: Theme) -> None:
    adding = Adding()
    adding.find("newest", found_scan("shop"), found_scan("web", number=2))
    check(adding.dialog)
    menu = adding.dialog.make_start_menu()
    menu.popup(QPoint(0, 0))
    check_menu(menu)
    for tab in range(adding.tabs.count()):
        adding.tabs.setCurrentIndex(tab)
        check(adding.dialog)
    adding.dialog.reject()


def test_choosing_a_folder(shown: ShownWindow) -> None:
    before = windows()
    shown.window.dialogs.local.choose_folder()
    [dialog] = new_windows(before)
    check(dialog)
    dialog.close()


def test_a_nameless_button_or_hidden_text_is_noticed(qapp: QtWidgets.QApplication) -> None:
    window = QtWidgets.QWidget()
    QtWidgets.QPushButton(window).setObjectName("mute")
    QtWidgets.QLabel("7 findings", window).setAccessibleName("Count")
    window.show()
    reported = complaints_about(window)
    assert any("mute" in each for each in reported)
    assert any("hides '7 findings'" in each for each in reported)
    assert QAccessible.Role.Button in roles_in(window)

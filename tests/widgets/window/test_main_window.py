"""The composed window: its parts follow each other, and every way leads to the finding."""

import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6 import QtWidgets
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.alerts.alert import Withdrawn
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus, ScanId, Severity
from heimdall_desktop.domain.facts.observation import Connection, FindingsListed
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, TokenStanding
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.adding.add_scans import AddScans
from heimdall_desktop.widgets.board.card_plan import BoardForm
from heimdall_desktop.widgets.controls.buttons import GhostButton, GhostIconButton
from heimdall_desktop.widgets.controls.chips import Chip
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip, StripText
from heimdall_desktop.widgets.controls.tab_bar import TabBar
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.findings.findings_foot import FindingsFoot
from heimdall_desktop.widgets.findings.scan_problem_strip import ScanProblemStrip
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.panel.threat_pane import ThreatList
from heimdall_desktop.widgets.window.problem_bar import ProblemBar
from tests.fakes.board_scans import SERVER, ScanStory
from tests.fakes.findings import FOUND_AT, finding_id, make_finding
from tests.fakes.hands import click, part, press
from tests.fakes.inbox_lines import make_failed_line, make_line
from tests.fakes.past_scans import show_replay
from tests.fakes.shown_window import ShownWindow
from tests.fakes.threat_models import small_model

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def empty(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().show()
    yield shown
    shown.close()


def in_strip(bar: ProblemBar) -> StripText:
    problem = part(bar, ProblemStrip, "problem-strip").problem
    assert problem is not None
    return problem


def test_stopping_a_scan_can_be_undone_for_a_while(shown: ShownWindow) -> None:
    scan_id = shown.id("web-shop")
    menu = shown.board.scans.make_menu(scan_id)
    stop = next(action for action in menu.actions() if action.text() == "Stop watching")
    stop.trigger()
    bar = shown.window.problems
    assert bar.isVisible()
    press(bar, "Undo")
    assert shown.asked("return") == [(SERVER, scan_id)]
    assert not bar.isVisible()

    stop.trigger()
    timer = part(shown.window, QTimer, "undo-stop")
    assert timer.isActive()
    timer.timeout.emit()
    assert not bar.isVisible()
    menu.close()


# -- at the start --


def test_it_starts_with_the_start_page_and_then_shows_findings(empty: ShownWindow) -> None:
    assert not empty.visible("findings_pane")
    assert "sign-in-server" in empty.focused_names()
    assert not empty.is_panel_open()
    assert empty.window.windowTitle() == "Heimdall"
    empty.watch("payments-api")
    assert empty.visible("findings_pane")
    assert empty.is_panel_open()
    assert "findings_empty" in empty.focused_names()
    empty.read("payments-api")
    assert "findings_table" in empty.focused_names()
    assert not empty.detail.isVisible()
    empty.stop("payments-api")
    assert not empty.visible("findings_pane")
    assert "sign-in-server" in empty.focused_names()


def test_finding_tools_are_disabled_while_nothing_is_watched(empty: ShownWindow) -> None:
    tools = [part(empty.window, QtWidgets.QPushButton, name) for name in ("views-button", "freeze")]
    assert not any(tool.isEnabled() for tool in tools)
    empty.watch("payments-api")
    assert all(tool.isEnabled() for tool in tools)
    empty.stop("payments-api")
    assert not any(tool.isEnabled() for tool in tools)


def test_the_links_dialog_opens_after_signing_in_at_the_start(empty: ShownWindow) -> None:
    for name, text in (("server", SERVER), ("email", "ann@corp.example"), ("password", "secret")):
        part(empty.window, QtWidgets.QLineEdit, f"sign-in-{name}").setText(text)
    click(part(empty.window, QtWidgets.QPushButton, "sign-in-submit"))
    empty.requests.answer()
    assert empty.window.findChild(AddScans) is not None


# -- the scope --


def test_a_scan_chosen_on_the_board_is_in_scope_everywhere(shown: ShownWindow) -> None:
    scan_id = shown.id("legacy-crm")
    shown.board.view.scan_scoped.emit(scan_id)
    assert shown.scope() == scan_id
    assert shown.panel.shown_scan_id == scan_id
    strip = part(shown.window, ScanProblemStrip, "scan_problem")
    assert strip.problem is not None
    assert strip.problem.fact.startswith("Your session on")
    assert shown.asked("view_scan") == [(scan_id,)]
    shown.board.view.scan_scoped.emit("")
    assert shown.scope() is None
    assert shown.asked("view_scan") == [(scan_id,), (None,)]


def test_among_all_scans_the_one_of_the_open_finding_is_in_view(shown: ShownWindow) -> None:
    shown.open(0)
    assert shown.asked("view_scan") == [(shown.id("payments-api"),)]
    click(part(shown.detail, QtWidgets.QPushButton, "detail-close"))
    assert shown.asked("view_scan")[1:] == [(None,)]


def test_the_scope_ends_with_its_scan(shown: ShownWindow) -> None:
    scan_id = shown.id("legacy-crm")
    shown.board.view.scan_scoped.emit(scan_id)
    shown.stop("legacy-crm")
    assert (shown.scope(), shown.board.view.scope) == (None, None)
    assert shown.panel.shown_scan_id not in (None, scan_id)
    assert shown.asked("view_scan") == [(scan_id,), (None,)]


def test_a_severity_of_a_card_filters_that_scan(shown: ShownWindow) -> None:
    scan_id = shown.id("payments-api")
    shown.board.view.scan_scoped.emit(scan_id)
    shown.board.view.severity_picked.emit(scan_id, Severity.CRITICAL)
    assert shown.findings.filter_state.text == "sev:critical"
    assert shown.findings.model.shown == 9


def test_t09_a_click_on_a_number_shows_as_many_and_names_the_rest(shown: ShownWindow) -> None:
    scan_id, critical = shown.watch("retried"), Severity.CRITICAL
    of_scan, later = {"scan_id": scan_id, "severity": critical}, FOUND_AT + timedelta(hours=1)
    numbers = range(700, 706)
    first = [make_finding(n, title=f"{n}", fingerprint=f"{n}", **of_scan) for n in numbers]
    again = [replace(row, id=finding_id(900 + n), created_at=later) for n, row in enumerate(first)]
    again[0] = replace(again[0], status=FindingStatus.FALSE_POSITIVE)
    other = make_finding(800, scan_id=scan_id, severity=Severity.LOW)
    shown.store.observe(FindingsListed(scan_id, 1.0, (*first, *again, other)))
    shown.ticker.flush()
    card, state = shown.board.model.card(scan_id), shown.findings.filter_state
    assert card is not None
    state.set_text("title:nothing show:repeats")
    shown.board.view.severity_picked.emit(scan_id, critical)
    labels = part(shown.window, FindingsFoot, "findings_foot").findChildren(QtWidgets.QLabel)
    foot = [label.text() for label in labels]
    assert shown.findings.model.shown == card.count_of(critical) == 5
    assert part(shown.window, Chip, "chip_critical").accessibleName() == "Critical, 5"
    assert "2 findings are hidden by this filter, 1 of them withdrawn or fixed." in foot
    assert "6 repeats of a retried scan are collapsed." in foot
    state.clear()
    assert shown.findings.model.shown == 7
    click(part(shown.window, Chip, "chip_critical"))
    assert shown.findings.model.shown == 5


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 768)])
def test_twelve_scans_need_no_scrolling(theme: Theme, width: int, height: int) -> None:
    shown = ShownWindow(width, height).watch_twelve().show()
    view = shown.board.view
    view.executeDelayedItemsLayout()
    room = view.viewport().rect()
    cards = [view.visualRect(view.model().index(row, 0)) for row in range(view.model().rowCount())]
    assert view.verticalScrollBar().maximum() == 0
    assert len(shown.board.scan_ids) == 12
    assert view.form is not BoardForm.TABLE
    assert all(room.contains(card) for card in cards)
    assert len({card.top() for card in cards}) == len(cards) >= 12
    shown.window.close()


def test_keys_search_the_board_and_choose_the_result(shown: ShownWindow) -> None:
    shown.press(Qt.Key.Key_F, BOTH)
    assert "board_search_field" in shown.focused_names()
    QTest.keyClicks(part(shown.window, QtWidgets.QLineEdit, "board_search_text"), "infra")
    shown.press(Qt.Key.Key_Return)
    assert shown.scope() == shown.id("infra-terraform")
    assert len(shown.board.scan_ids) == 1
    shown.press(Qt.Key.Key_Escape)
    assert len(shown.board.scan_ids) == 12


def test_the_arrow_leads_from_a_search_to_the_first_it_found(shown: ShownWindow) -> None:
    last = shown.board.scan_ids[-1]
    shown.board.view.setCurrentIndex(shown.board.model.index(shown.board.model.row_of(last) or 0))
    shown.press(Qt.Key.Key_F, BOTH)
    QTest.keyClicks(part(shown.window, QtWidgets.QLineEdit, "board_search_text"), "a")
    found = shown.board.scan_ids
    assert 1 < len(found) < 12
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Space)
    assert shown.scope() == found[0]
    shown.findings.filter_state.set_text("sev>=high")
    shown.press(Qt.Key.Key_Escape)
    assert len(shown.board.scan_ids) == 12
    assert shown.findings.filter_state.text == "sev>=high"
    assert "scans_board" in shown.focused_names()


def test_a_stage_of_a_card_opens_the_panel_and_filters(shown: ShownWindow) -> None:
    scan_id = shown.id("payments-api")
    shown.board.view.stage_picked.emit(scan_id, "hunt")
    assert (shown.scope(), shown.panel.shown_scan_id) == (scan_id, scan_id)
    assert shown.findings.filter_state.text == "stage:hunt"
    shown.board.view.stage_picked.emit(scan_id, "garmr")
    assert shown.findings.filter_state.text == "", "it finds nothing, and hunt is picked no more"
    shown.panel.set_collapsed(True)
    shown.board.view.stages_wanted.emit(shown.id("web-shop"))
    assert shown.is_panel_open()
    assert shown.panel.shown_scan_id == shown.id("web-shop")


def test_the_threat_model_follows_the_panel_and_filters_by_file(shown: ShownWindow) -> None:
    scan_id = shown.id("payments-api")
    shown.board.view.scan_scoped.emit(scan_id)
    shown.press(Qt.Key.Key_T, BOTH)
    assert shown.asked("threat_model") == [(scan_id,)]
    shown.requests.answer(small_model(scan_id))
    assert part(shown.window, ThreatList, "threat_list").hasFocus()
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Return)
    reported = part(shown.window, Label, "threat_status")
    assert shown.findings.filter_state.text == "file:shop/api/orders.py"
    assert reported.text() == "Only findings in orders.py are shown."
    shown.press(Qt.Key.Key_Escape)
    assert (shown.findings.filter_state.text, reported.text()) == ("", "")


def test_the_tab_key_goes_through_the_panel_as_people_read_it(shown: ShownWindow) -> None:
    shown.press(KEY.Key_I, CONTROL)
    shown.panel.take_keyboard()
    for part_name in ("inbox_parts", "panel_toggle"):
        shown.press(KEY.Key_Tab)
        assert part_name in shown.focused_names()


def test_a_panel_that_closes_keeps_the_keyboard(shown: ShownWindow) -> None:
    shown.press(KEY.Key_L, CONTROL)
    shown.press(KEY.Key_T, CONTROL)
    assert "stages_panel" in shown.focused_names()
    shown.press(KEY.Key_T, CONTROL)
    assert not shown.is_panel_open()
    assert "panel_toggle" in shown.focused_names()
    shown.press(KEY.Key_Space)
    assert shown.is_panel_open()


def test_keys_choose_and_pin_a_scan_but_never_while_the_user_types(shown: ShownWindow) -> None:
    shown.press(KEY.Key_F, CONTROL)
    for key in (KEY.Key_3, KEY.Key_0):
        shown.press(key, ALT)
    assert shown.scope() is None
    shown.press(KEY.Key_Escape)
    shown.findings.table.setFocus()
    scan_id = shown.board.scan_ids[2]
    shown.press(KEY.Key_3, ALT)
    assert shown.scope() == scan_id
    shown.press(KEY.Key_P, CONTROL)
    assert shown.board.scan_ids[0] == scan_id
    assert scan_id in shown.memory.text("board")
    shown.press(KEY.Key_F, CONTROL)
    shown.press(KEY.Key_0, ALT)
    assert shown.scope() == scan_id


def test_a_stage_of_the_panel_offers_its_findings(shown: ShownWindow) -> None:
    scan_id = shown.id("payments-api")
    shown.board.view.scan_scoped.emit(scan_id)
    shown.panel.pick_stage("hunt")
    assert shown.findings.filter_state.text == ""
    click(part(shown.panel, QtWidgets.QPushButton, "show_stage_findings"))
    assert (shown.scope(), shown.findings.filter_state.text) == (scan_id, "stage:hunt")


# -- to a finding --


def test_a_known_finding_opens_selected_and_stays_in_sight(shown: ShownWindow) -> None:
    found = shown.open(-1)
    assert shown.detail.finding_id == shown.findings.table.selected_id == found.id
    assert shown.detail.isVisible()
    assert shown.is_selected_in_sight()
    for name in ("auth-service", "infra-terraform", "web-shop"):
        shown.time.pass_s(1)
        shown.read(name, 200)
        assert shown.is_selected_in_sight()


def test_one_not_read_yet_opens_once_it_is(shown: ShownWindow) -> None:
    shown.window.open_finding(finding_id(7))
    assert shown.detail.isVisible()
    assert shown.read("payments-api")[7].id == finding_id(7)
    assert shown.findings.table.selected_id == finding_id(7)
    assert shown.is_selected_in_sight()


def test_a_finding_that_does_not_exist_is_missing_once_all_are_listed(shown: ShownWindow) -> None:
    loading = "This finding hasn't been loaded yet."
    absent = "This scan has no finding with this ID."
    shown.board.view.scan_scoped.emit(shown.id("payments-api"))
    for scan_id in (shown.watch("linked"), shown.id("web-shop")):
        story = next(each for each in shown.stories.values() if each.scan.id == scan_id)
        shown.window.scope.open_subject(scan_id, FindingId(f"missing {scan_id}"))
        assert shown.scope() == scan_id
        assert loading in shown.texts(shown.detail)
        story.find(0, 0, 0, 0)
        shown.ticker.flush()
        assert absent in shown.texts(shown.detail)
        assert loading not in shown.texts(shown.detail)
    assert shown.asked("again") == [(shown.id("web-shop"),)], "its list may have been older"


def test_an_awaited_finding_does_not_replace_a_later_choice(shown: ShownWindow) -> None:
    others = shown.findings.model
    shown.window.open_finding(finding_id(7))
    shown.findings.table.step(1)
    first = others.finding_at(0)
    assert first is not None
    shown.read("payments-api")
    assert shown.findings.table.selected_id == shown.detail.finding_id == first.id


def test_filter_scope_and_a_minimised_window_give_way(shown: ShownWindow) -> None:
    found = shown.read("payments-api")
    critical = next(finding for finding in found if finding.severity is Severity.CRITICAL)
    shown.board.view.scan_scoped.emit(shown.id("web-shop"))
    shown.findings.filter_state.set_text("sev:low")
    shown.window.showMinimized()
    shown.window.open_finding(critical.id)
    assert (shown.findings.filter_state.text, shown.scope()) == ("", shown.id("payments-api"))
    assert (shown.window.isMinimized(), shown.window.isVisible()) == (False, True)
    assert shown.is_selected_in_sight()


def test_previous_and_next_walk_along_the_rows(shown: ShownWindow) -> None:
    found = shown.read("payments-api")
    shown.board.view.scan_scoped.emit(shown.id("payments-api"))
    model = shown.findings.model
    shown.window.open_finding(found[5].id)
    row = model.row_of(found[5].id)
    assert row is not None
    place = part(shown.window, QtWidgets.QLabel, "detail-position")
    assert place.text() == f"{row + 1} of {model.shown}"
    for name, expected in (("detail-next", row + 1), ("detail-previous", row)):
        click(part(shown.window, QtWidgets.QPushButton, name))
        wanted = model.finding_at(expected)
        assert wanted is not None
        assert shown.findings.table.selected_id == shown.detail.finding_id == wanted.id
        assert place.text() == f"{expected + 1} of {model.shown}"


def test_the_worst_is_opened_for_a_picture(shown: ShownWindow) -> None:
    shown.read("payments-api")
    shown.window.scope.open_worst()
    finding_id = shown.detail.finding_id
    assert finding_id is not None
    opened = shown.store.finding(finding_id)
    assert opened is not None
    assert opened.severity is Severity.CRITICAL
    assert shown.is_selected_in_sight()


def test_a_line_of_the_inbox_opens_its_finding(shown: ShownWindow) -> None:
    found = shown.read("payments-api")
    line = replace(make_line(), scan_id=found[2].scan_id, finding_id=found[2].id)
    shown.window.inbox.subject_wanted.emit(line)
    assert shown.detail.finding_id == found[2].id


@pytest.mark.parametrize("name", ["mobile-gateway", "web-shop"])
def test_an_alert_of_a_scan_opens_its_stages_and_leaves_only_its_own_finding_open(
    shown: ShownWindow, name: str
) -> None:
    found = shown.open(2)
    shown.window.scope.open_subject(shown.id("payments-api"), None)
    assert shown.detail.isVisible()
    assert shown.detail.finding_id == found.id
    shown.panel.set_collapsed(True)
    shown.window.scope.open_subject(shown.id(name), None)
    assert shown.scope() == shown.panel.shown_scan_id == shown.id(name)
    assert shown.is_panel_open()
    assert not shown.detail.isVisible()


def test_a_line_of_a_scan_that_left_says_so_and_brings_it_back(shown: ShownWindow) -> None:
    found = shown.read("payments-api")[2]
    server = shown.stories["payments-api"].scan.server
    shown.stop("payments-api")
    left = replace(make_line(), scan_id=found.scan_id, finding_id=found.id, server=server)
    shown.window.inbox.subject_wanted.emit(left)
    bar = shown.window.problems
    assert in_strip(bar).fact == "payments-api is no longer watched."
    press(bar, "Watch again")
    assert shown.asked("return") == [(server, found.scan_id)]
    assert list(bar.keys) == []
    shown.watch("payments-api")
    shown.requests.answer()
    again = shown.read("payments-api")[2]
    assert shown.detail.finding_id == again.id


def test_a_line_of_a_finding_that_left_says_so_and_opens_its_scan(shown: ShownWindow) -> None:
    bar, missing = shown.window.problems, finding_id(999_999)
    line = replace(make_line(), finding_id=missing)
    shown.window.inbox.subject_wanted.emit(replace(line, scan_id=shown.watch("later")))
    assert list(bar.keys) == [], "it may be still to be read"
    scan_id = shown.id("payments-api")
    shown.window.inbox.subject_wanted.emit(replace(line, scan_id=scan_id))
    problem = in_strip(bar)
    assert problem.fact == "payments-api no longer has this finding."
    assert shown.scope() == scan_id
    assert "Watch again" not in problem.actions


def test_a_line_of_an_old_version_cannot_bring_its_scan_back(shown: ShownWindow) -> None:
    shown.window.inbox.subject_wanted.emit(make_line())
    bar = shown.window.problems
    assert "Watch again" not in in_strip(bar).actions
    shown.window.inbox.subject_wanted.emit(make_failed_line(scan_id=shown.id("mobile-gateway")))
    assert list(bar.keys) == [], "what it was about is in sight now"
    assert shown.scope() == shown.id("mobile-gateway")


# -- the detail --


def test_the_detail_closes_by_button_and_key_and_opens_by_click(shown: ShownWindow) -> None:
    shown.open()
    click(part(shown.window, QtWidgets.QPushButton, "detail-close"))
    assert not shown.detail.isVisible()
    assert "findings_table" in shown.focused_names()
    table = shown.findings.table
    row = table.selected_row
    assert row is not None
    at = table.visualRect(shown.findings.model.index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown.detail.isVisible()
    shown.press(KEY.Key_Escape)
    assert not shown.detail.isVisible()


def test_escape_leads_back_one_step_at_a_time(shown: ShownWindow) -> None:
    found = shown.read("payments-api")
    shown.findings.filter_state.set_text("sev>=low")
    shown.window.open_finding(found[5].id)
    shown.findings.table.setFocus()
    shown.press(KEY.Key_Return)
    assert "detail-tabs" in shown.focused_names()
    shown.press(KEY.Key_Escape)
    assert "findings_table" in shown.focused_names()
    shown.press(KEY.Key_Escape)
    assert shown.findings.filter_state.text == ""
    assert shown.detail.isVisible()
    shown.press(KEY.Key_Escape)
    assert not shown.detail.isVisible()
    shown.press(KEY.Key_Return)
    assert shown.detail.isVisible()


# -- keys --


def test_a_clicked_finding_stays_in_view_while_the_rest_moves(shown: ShownWindow) -> None:
    shown.window.resize(1100, 900)
    found = shown.read("payments-api")
    table, model = shown.findings.table, shown.findings.model
    QtWidgets.QApplication.processEvents()
    last = model.rowCount() - 1
    place = table.visualRect(model.index(last, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QtWidgets.QApplication.processEvents()
    assert shown.detail.isVisible()
    assert shown.is_selected_in_sight()
    before = table.visualRect(table.currentIndex()).y()
    shown.read("payments-api", len(found) + 40)
    assert table.visualRect(table.currentIndex()).y() == before
    assert not table.anchor.is_following


def test_keys_refresh_and_reach_the_filter(shown: ShownWindow) -> None:
    shown.press(KEY.Key_F5)
    shown.press(KEY.Key_R, CONTROL)
    assert shown.asked("again") == [(None,), (None,)]
    shown.read("payments-api")
    for key in ((KEY.Key_Slash,), (KEY.Key_F, CONTROL)):
        shown.findings.table.setFocus()
        shown.press(*key)
        assert "filter_field" in shown.focused_names()
    QTest.keyClicks(part(shown.window, QtWidgets.QLineEdit, "filter_edit"), "sev:low")
    shown.press(KEY.Key_Escape)
    assert shown.findings.filter_state.text == ""


def test_keys_open_the_panel_at_its_pages_and_go_there(shown: ShownWindow) -> None:
    tabs = part(shown.window, TabBar, "panel_tabs")
    shown.press(KEY.Key_T, CONTROL)
    assert not shown.is_panel_open()
    for key, tab, focused in ((KEY.Key_L, 1, "log_search"), (KEY.Key_I, 2, "inbox")):
        shown.findings.table.setFocus()
        shown.press(key, CONTROL)
        assert (shown.is_panel_open(), tabs.currentIndex()) == (True, tab)
        assert focused in shown.focused_names()
    shown.press(KEY.Key_T, CONTROL)
    assert (shown.is_panel_open(), tabs.currentIndex()) == (True, 0)
    assert shown.visible("stages_list")
    shown.press(KEY.Key_T, CONTROL)
    assert not shown.is_panel_open()


def test_the_panel_follows_the_finding_or_keeps_the_picked_scan(shown: ShownWindow) -> None:
    shown.board.view.scan_scoped.emit(shown.id("data-pipeline"))
    shown.board.view.scan_scoped.emit("")
    shown.stories["payments-api"].run([30], 5)
    shown.ticker.flush()
    assert shown.panel.shown_scan_id == shown.id("data-pipeline"), "none is selected"
    stories = (shown.stories[name] for name in ("billing-core", "payments-api"))
    found, other = (next(iter(story.scan.findings.values())) for story in stories)
    for finding in (found, other):
        shown.window.open_finding(finding.id)
        assert shown.panel.shown_scan_id == finding.scan_id
    shown.stories["payments-api"].run([30], 5, end="failed", status="failed")
    shown.ticker.flush()
    assert shown.panel.shown_scan_id == other.scan_id
    shown.press(KEY.Key_Escape)
    assert not shown.detail.isVisible()
    assert shown.panel.shown_scan_id == other.scan_id, "it is still selected"
    shown.board.view.scan_scoped.emit(shown.id("data-pipeline"))
    assert shown.panel.shown_scan_id == shown.id("data-pipeline")
    shown.board.view.scan_scoped.emit("")
    assert shown.panel.shown_scan_id == other.scan_id
    shown.stop("payments-api")
    assert shown.panel.shown_scan_id is not None


def test_scans_of_one_name_differ_by_their_id_on_cards_and_in_lists(empty: ShownWindow) -> None:
    for number, minutes in ((1, 30), (2, 20)):
        story = ScanStory(empty.store, empty.time, "slow", number=number)
        story.read("queued", began_s=minutes * 60)
        empty.stories[f"slow {number}"] = story
        empty.read(f"slow {number}", 3)
    empty.ticker.second.emit()
    ids = ["00000001", "00000002"]
    cards = [*filter(None, map(empty.board.model.card, empty.board.scan_ids))]
    assert sorted(card.branch for card in cards) == [f"main, {each}" for each in ids]
    table, model = empty.findings.table, empty.findings.model
    section = COLUMNS.index(Column.SCAN)
    reported = {model.index(row, section).data() for row in range(model.shown)}
    assert reported == {f"slow {each}" for each in ids}
    found = model.finding_at(0)
    assert found is not None
    empty.window.open_finding(found.id)
    QtWidgets.QApplication.processEvents()
    assert not table.isColumnHidden(section)
    shown_words = {label.text() for label in empty.window.findChildren(QtWidgets.QLabel)}
    assert model.index(0, section).data() in shown_words, "in the detail and over the panel"


def test_the_panels_button_names_the_key_only_where_both_do_it(shown: ShownWindow) -> None:
    button = part(shown.window, QtWidgets.QWidget, "panel_toggle")
    assert "(Ctrl+T)" in button.toolTip()
    for key, names_it in ((KEY.Key_L, False), (KEY.Key_T, True)):
        shown.press(key, CONTROL)
        assert ("(Ctrl+T)" in button.toolTip()) is names_it


def test_a_signed_in_user_is_not_asked_to_sign_in(empty: ShownWindow) -> None:
    def reported() -> set[str]:
        return {each.text() for each in empty.window.findChildren(QtWidgets.QLabel)}

    ways = "paste a scan link or drop one here."
    outside = {f"Sign in, {ways}", "Connect to the Heimdall server you watch."}
    signed_in = "Signed in to heimdall.corp.example. You can change this here."
    inside = {f"Add scans, {ways}", signed_in}
    for is_signed_in, texts in ((True, inside), (False, outside)):
        account = "ann@corp.example"
        empty.window.show_account(ServerUrl(SERVER), account, is_signed_in=is_signed_in)
        assert reported() & (inside | outside) == texts


def test_tab_goes_through_the_window_as_one_reads_it(shown: ShownWindow) -> None:
    shown.window.show_account(ServerUrl(SERVER), "ann@corp.example")
    shown.open()
    part(shown.window, QtWidgets.QPushButton, "board_menu").setFocus()
    seen = [shown.focused_names()[0]]
    while len(seen) < 60 and seen[-1] != "account":
        shown.press(KEY.Key_Tab)
        seen.append(shown.focused_names()[0])
    landmarks = [
        "board_menu", "board_add", "filter_edit", "views-button", "freeze", "inbox-button",
        "looks",
        "scans_board", "findings_table", "detail-close", "detail-tabs",
        "triage-confirmed", "triage-severity", "panel_tabs", "panel_toggle", "connection",
        "account",
    ]  # fmt: skip
    assert [name for name in seen if name in landmarks] == landmarks, seen


@pytest.mark.parametrize("key", [KEY.Key_Q, KEY.Key_W])
def test_keys_end_the_program_where_closing_does(shown: ShownWindow, key: Qt.Key) -> None:
    ended: list[bool] = []
    shown.window.quit_wanted.connect(lambda: ended.append(True))
    shown.press(key, CONTROL)
    assert ended == [True]


# -- dialogs and messages --


def test_notices_are_shown_and_withdrawn(empty: ShownWindow) -> None:
    opened: list[str] = []
    window = empty.window
    window.show_notice("a", "Critical: Hole", "a.py:1", lambda: opened.append("a"))
    window.show_notice("b", "Critical: Other", "b.py:1", lambda: opened.append("b"))
    window.withdraw_notice("a")
    window.withdraw_notice("never shown")
    assert empty.strips()[:2] == ["Critical: Other", "b.py:1"]
    press(window, "Show")
    assert (opened, empty.strips()) == (["b"], [])


def visible_strips(shown: ShownWindow) -> list[str]:
    """The facts of all strips of the window that can be seen."""
    QtWidgets.QApplication.processEvents()
    strips = [each for each in shown.window.findChildren(ProblemStrip) if each.isVisible()]
    return [each.problem.fact for each in strips if each.problem is not None]


def let_pass(shown: ShownWindow) -> None:
    """Let a minute pass for all that waits for one."""
    for timer in shown.window.problems.findChildren(QTimer):
        assert timer.interval() == 60_000
        timer.timeout.emit()


def test_one_strip_shows_an_answer_then_a_problem_then_an_alert(empty: ShownWindow) -> None:
    window = empty.window
    for number in (1, 2):
        window.show_notice(f"{number}", f"Alert {number}", "", lambda: None)
    assert visible_strips(empty) == ["Alert 2"]
    scan_id = empty.watch("shop")
    empty.read("shop")
    empty.stories["shop"].hear(Connection.SIGNED_OUT)
    empty.ticker.flush()
    [problem] = visible_strips(empty)
    assert "session" in problem
    window.show_error(errors.LocalServerError(errors.Reason.LOCAL_ENDED_AT_ONCE))
    [worst] = visible_strips(empty)
    window.findings.decisions.show_result(Mood.CALM, "ui-check", "66 findings dismissed.")
    assert visible_strips(empty) == ["66 findings dismissed."]
    seen = []
    for _ in range(5):
        press(window, "4 more messages")
        seen += visible_strips(empty)
    assert seen == [worst, "Alert 2", "Alert 1", problem, "66 findings dismissed."]
    window.findings.decisions.clear()
    assert visible_strips(empty) == [worst]
    let_pass(empty)
    assert visible_strips(empty) == [worst], "a problem stays, alerts are in the inbox"
    press(window, "Dismiss")
    assert visible_strips(empty) == [problem]
    window.show_notice("3", "Alert 3", "", lambda: None)
    empty.stories["shop"].hear(Connection.LIVE)
    empty.ticker.flush()
    assert visible_strips(empty) == ["Alert 3"]
    let_pass(empty)
    assert visible_strips(empty) == []
    assert not window.has_notice("3")
    assert empty.store.scan(scan_id) is not None


def test_an_answer_comes_before_the_worst_problem_and_that_before_others(
    empty: ShownWindow,
) -> None:
    window = empty.window
    empty.watch("shop")
    empty.read("shop")
    window.show_error(errors.LocalServerError(errors.Reason.LOCAL_ENDED_AT_ONCE))
    [other] = visible_strips(empty)
    empty.stories["shop"].hear(Connection.STALE, 60)
    empty.ticker.flush()
    [worst] = visible_strips(empty)
    assert worst != other
    window.findings.decisions.show_result(Mood.CALM, "ui-check", "66 findings dismissed.")
    assert visible_strips(empty) == ["66 findings dismissed."]
    window.findings.decisions.clear()
    assert visible_strips(empty) == [worst]


def test_account_and_keyring_are_shown(shown: ShownWindow) -> None:
    shown.window.show_account(ServerUrl(SERVER), "ann@corp.example", is_signed_in=True)
    shown.window.show_keyring("Secret Service", is_available=True)
    keyring = part(shown.window, QtWidgets.QLabel, "status_keyring")
    assert keyring.text() == "Keyring: Secret Service"
    assert part(shown.window, GhostButton, "account").label == "heimdall.corp.example"


def test_the_form_does_not_call_an_unproven_token_signed_in(empty: ShownWindow) -> None:
    show = empty.window.show_account
    purpose = part(empty.window, QtWidgets.QLabel, "sign-in-purpose")
    show(ServerUrl(SERVER), "", token=TokenStanding.UNCHECKABLE)
    reported = "Token for heimdall.corp.example, not checked yet. You can change this here."
    assert purpose.text() == reported
    show(ServerUrl(SERVER), "", token=TokenStanding.GOOD)
    assert purpose.text() == "Signed in to heimdall.corp.example. You can change this here."


def test_a_history_that_the_ended_session_kept_closed_is_read_at_once_after_sign_in(
    shown: ShownWindow, qtbot: QtBot
) -> None:
    shown.open(0)
    tabs = part(shown.detail, QtWidgets.QTabBar, "detail-tabs")
    tabs.setCurrentIndex(next(i for i in range(tabs.count()) if "History" in tabs.tabText(i)))
    qtbot.waitUntil(lambda: bool(shown.asked("events")))
    shown.requests.waiting.pop()(errors.SignedOut(errors.Reason.TOKEN_REFUSED, host="h.test"))
    state = part(shown.detail, QtWidgets.QLabel, "history-state")
    assert state.text().startswith("Couldn't load the history. h.test doesn't accept the token.")
    shown.window.show_account(ServerUrl(SERVER), "", is_signed_in=False)
    assert len(shown.asked("events")) == 1
    shown.window.show_account(ServerUrl(SERVER), "ada@corp.example")
    assert len(shown.asked("events")) == 2
    shown.requests.waiting.pop()(())
    assert state.text() == "No changes yet."


def test_the_strip_about_web_pages_closes_once_they_are_readable(shown: ShownWindow) -> None:
    bar, server = shown.window.problems, ServerUrl(SERVER)
    problem = errors.PageUnreadable(errors.Reason.PAGE_FOREIGN, host="h.test")
    shown.window.show_server(ServerState(server, error=problem))
    shown.window.show_error(problem)
    shown.window.show_server(ServerState(server, error=problem, lacks=problem))
    assert list(bar.keys) == ["PageUnreadable"]
    shown.window.show_server(ServerState(server))
    assert list(bar.keys) == []


def test_unread_alerts_are_counted_at_every_place(shown: ShownWindow) -> None:
    def require(count: int) -> None:
        shown.window.show_inbox()
        button = part(shown.window, QtWidgets.QPushButton, "inbox-button")
        assert shown.window.windowTitle().startswith(f"({count}) Heimdall, 12 scans")
        assert button.accessibleName() == f"Inbox, {count} unread"
        tabs = part(shown.window, TabBar, "panel_tabs")
        assert tabs.accessibleTabName(2) == f"Inbox, {count}"

    for number in range(3):
        shown.inbox.put(make_line(number))
    require(3)
    gone = make_finding(1, status=FindingStatus.FALSE_POSITIVE)
    shown.inbox.take([Withdrawn(finding_id(1), Event.CRITICAL, gone)])
    shown.inbox.mark_read(finding_id(2))
    require(1)


def test_the_title_names_problems_at_once(shown: ShownWindow) -> None:
    assert shown.window.windowTitle() == "Heimdall, 12 scans, 1 signed out, 1 reconnecting"
    shown.stories["web-shop"].hear(Connection.STALE, 50)
    shown.ticker.flush()
    assert "1 stale" in shown.window.windowTitle()


def test_the_menu_offers_every_way(shown: ShownWindow) -> None:
    click(part(shown.window, QtWidgets.QPushButton, "board_menu"))
    menu = QtWidgets.QApplication.activePopupWidget()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Play the demo").trigger()
    menu.close()
    assert shown.strips()[0] == "Starting the demo\u2026"
    shown.requests.answer(errors.LocalServerError(errors.Reason.LOCAL_ENDED_AT_ONCE))
    assert shown.strips()[:2] == [
        "The embedded server stopped immediately.",
        "Play the demo or scan a folder to start it again.",
    ]


# -- dropping --


def drop(
    shown: ShownWindow, *urls: QUrl, offered: Qt.DropAction = Qt.DropAction.CopyAction
) -> Qt.DropAction | None:
    """Drop addresses on the window; return as what it takes them, None if it does not."""
    data = QMimeData()
    data.setUrls(list(urls))
    place, button = QPointF(600, 400), Qt.MouseButton.LeftButton
    shift = Qt.KeyboardModifier.ShiftModifier  # proposes to move
    with warnings.catch_warnings():  # Qt 6.12 wants QPointF, which 6.11 does not know yet
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(place.toPoint(), offered, data, button, shift)
    QtWidgets.QApplication.sendEvent(shown.window, enter)
    if not enter.isAccepted():
        return None
    dropped = QDropEvent(place, offered, data, button, shift)
    QtWidgets.QApplication.sendEvent(shown.window, dropped)
    assert dropped.isAccepted()
    assert dropped.dropAction() == enter.dropAction()
    return dropped.dropAction()


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        (Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.CopyAction),
        (Qt.DropAction.MoveAction | Qt.DropAction.LinkAction, Qt.DropAction.LinkAction),
        (Qt.DropAction.MoveAction, None),
    ],
)
def test_dropped_files_are_never_moved(
    empty: ShownWindow, tmp_path: Path, offered: Qt.DropAction, taken: Qt.DropAction | None
) -> None:
    assert drop(empty, QUrl.fromLocalFile(str(tmp_path)), offered=offered) == taken
    assert bool(empty.window.problems.keys) is (taken is not None)


def test_a_dropped_link_is_suggested(empty: ShownWindow) -> None:
    link = "https://heimdall.corp.example/scans/8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"
    assert drop(empty, QUrl(link))
    dialog = part(empty.window, AddScans, "")
    assert part(dialog, QtWidgets.QPlainTextEdit, "add-text").toPlainText() == link
    assert empty.asked("watch") == []


@pytest.mark.parametrize("names", [["one"], ["one", "two"]])
def test_a_dropped_folder_is_scanned_after_a_confirmation(
    empty: ShownWindow, tmp_path: Path, names: list[str]
) -> None:
    folders = [tmp_path / name for name in names]
    for folder in folders:
        folder.mkdir()
    assert drop(empty, *(QUrl.fromLocalFile(str(folder)) for folder in folders))
    problems = empty.window.problems
    assert empty.asked("folder_scan") == []
    asked = "".join(label.text() for label in problems.findChildren(QtWidgets.QLabel))
    assert (str(folders[0]) if len(folders) == 1 else "Scan 2 folders?") in asked
    press(problems, "Scan")
    assert problems.keys != ("dropped-folders",)
    assert empty.asked("folder_scan") == [(folder,) for folder in folders]


def test_a_dropped_recording_plays_but_no_other_file(empty: ShownWindow, tmp_path: Path) -> None:
    other, file = tmp_path / "a.txt", tmp_path / "shop.heimdall.jsonl"
    for each in (other, file):
        each.touch()
    assert not drop(empty, QUrl.fromLocalFile(str(other)))
    assert drop(empty, QUrl.fromLocalFile(str(file)))
    assert empty.asked("play") == [(file,)]
    problems = empty.window.problems
    assert problems.keys
    empty.requests.answer(errors.RecordingError(errors.Reason.RECORDING_FOREIGN, file=file.name))
    assert problems.keys == (errors.RecordingError.__name__,)


def test_a_recording_is_chosen_to_be_played(empty: ShownWindow, tmp_path: Path) -> None:
    file = tmp_path / "shop.heimdall.jsonl"
    file.touch()
    commands = {command.id: command for command in empty.window.commands.commands()}
    commands["play-recording"].act()
    dialog = part(empty.window, QtWidgets.QFileDialog, "choose-recording")
    dialog.selectFile(str(file))
    dialog.fileSelected.emit(str(file))
    assert empty.asked("play") == [(file,)]
    dialog.close()


# -- the editor --


def commands_of(shown: ShownWindow) -> dict[str, Command]:
    return {command.id: command for command in shown.window.commands.commands()}


def test_a_file_opens_in_the_editor_once_its_folder_is_known(
    shown: ShownWindow, tmp_path: Path
) -> None:
    shown.window.findings.table.setFocus()
    shown.press(KEY.Key_J)
    opened = shown.window.open_id
    shown.press(KEY.Key_E)
    dialog = part(shown.window, QtWidgets.QFileDialog, "source-folder")
    assert dialog.windowTitle() == "Source folder of admin-console"
    assert shown.asked("open_in_editor") == []
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert shown.asked("open_in_editor") == [(opened,)]
    folders = shown.requests.preferences.settings.editor.folders
    assert [each.folder for each in folders] == [str(tmp_path)]
    pencil = part(shown.detail, GhostIconButton, "detail-editor")
    click(pencil)
    assert "Open in editor (E)" in pencil.toolTip()
    menu = shown.window.findings.table.menu.make()
    next(each for each in menu.actions() if each.text() == "Open in editor\tE").trigger()
    assert shown.asked("open_in_editor") == [(opened,)] * 3
    commands_of(shown)["forget-source-folder"].act()
    assert shown.requests.preferences.settings.editor.folders == ()
    assert commands_of(shown)["forget-source-folder"].obstacle() == "No source folder was chosen."


def test_a_file_that_did_not_open_is_named_with_what_to_do(
    shown: ShownWindow, tmp_path: Path
) -> None:
    finding = shown.window.findings.model.finding_at(0)
    assert finding is not None
    shown.requests.editing.choose_folder(finding, str(tmp_path))
    shown.window.source_editor.open(finding)
    shown.requests.answer(errors.SourceError(errors.Reason.SOURCE_MISSING))
    text = in_strip(shown.window.problems)
    assert text.fact == f"{finding.file_path} isn't in {tmp_path}."
    assert "Check out the scanned version there" in text.consequence
    press(shown.window.problems, "Choose folder")
    part(shown.window, QtWidgets.QFileDialog, "source-folder").close()
    assert shown.window.problems.keys == ()
    shown.window.source_editor.open(finding)
    reason = errors.Reason.EDITOR_ENDED
    shown.requests.answer(errors.EditorError(reason, editor="Kate", code=3))
    assert "Kate failed immediately (exit code 3)." in in_strip(shown.window.problems).fact
    shown.window.source_editor.open(finding)
    shown.requests.answer("Kate")
    assert shown.window.problems.keys == ()


def test_no_editor_opens_what_presenting_hides_or_what_has_no_file(
    shown: ShownWindow, tmp_path: Path
) -> None:
    editor, finding = shown.window.source_editor, shown.window.findings.model.finding_at(0)
    assert finding is not None
    shown.requests.editing.choose_folder(finding, str(tmp_path))
    assert editor.obstacle(replace(finding, file_path=" ")) == "This finding names no file."
    assert "loaded" in editor.obstacle(replace(finding, is_announced=True))
    assert "repository" in editor.obstacle(replace(finding, scan_id=ScanId("other")))
    shown.store.present(is_on=True)
    editor.open(finding)
    assert "presenting" in editor.obstacle(finding)
    assert shown.asked("open_in_editor") == []


# -- a replay, and the demo --


def test_a_replay_is_marked_as_such_everywhere(shown: ShownWindow) -> None:
    for name in [each for each in shown.stories if each != "payments-api"]:
        shown.stop(name)
    player = show_replay(shown, "payments-api")
    QtWidgets.QApplication.processEvents()
    assert shown.window.windowTitle().startswith("Replay: ")
    connection = part(shown.window, QtWidgets.QWidget, "connection")
    assert connection.accessibleDescription() == "Replay 10\u00d7"
    assert {"payments-api, 4 Jul", "19:08", "of 31:40"} <= set(shown.texts(shown.window))
    assert shown.board.model.index(0, 0).data() == "Replay"
    menu = shown.board.scans.make_menu(player.scan_id)
    record = next(each for each in menu.actions() if each.text().startswith("Record"))
    assert not record.isEnabled()
    menu.close()


def test_the_demo_is_marked_as_such_beside_other_scans(shown: ShownWindow) -> None:
    label = part(shown.window, Label, "status_tagged")
    assert not label.isVisible()
    shown.store.tag(shown.id("web-shop"), Tag.DEMO)
    shown.ticker.flush()
    assert (label.isVisible(), label.text()) == (True, "1 scan")
    assert not shown.window.windowTitle().startswith("Demo")
    for name in shown.stories:
        shown.store.tag(shown.id(name), Tag.DEMO)
    shown.ticker.flush()
    assert label.text() == "12 scans"
    assert "Demo: Heimdall, 12 scans" in shown.window.windowTitle()


# -- for everybody --


def test_every_part_and_every_button_has_a_name(shown: ShownWindow) -> None:
    shown.open()
    names = {widget.accessibleName() for widget in shown.window.findChildren(QtWidgets.QWidget)}
    parts = {"Scans", "Stages", "Findings", "Finding detail", "Filter", "Inbox", "Activity"}
    assert parts | {"Connection"} <= names
    buttons = shown.window.findChildren(QtWidgets.QPushButton)
    assert [b for b in buttons if b.isVisible() and not b.accessibleName()] == []


def test_a_minimised_window_looks_at_nothing_even_if_the_platform_leaves_it_the_focus(
    shown: ShownWindow,
) -> None:
    shown.window.showMinimized()
    assert shown.window.isActiveWindow()  # else this test would prove nothing
    assert not shown.window.is_looking_at(shown.id("payments-api"))


def test_it_looks_at_the_scans_it_shows_while_it_has_the_focus(shown: ShownWindow) -> None:
    names = ("payments-api", "legacy-crm")
    assert shown.window.isActiveWindow()
    assert all(shown.window.is_looking_at(shown.id(name)) for name in names)
    shown.board.view.scan_scoped.emit(shown.id(names[0]))
    assert [shown.window.is_looking_at(shown.id(name)) for name in names] == [True, False]
    other = QtWidgets.QWidget()
    other.show()
    other.activateWindow()
    QTest.qWaitForWindowActive(other)
    assert not shown.window.is_looking_at(shown.id(names[0]))


def test_a_focused_wallboard_shows_all_scans(shown: ShownWindow) -> None:
    shown.board.view.scan_scoped.emit(shown.id("payments-api"))
    shown.window.open_wallboard()
    [wall] = [each for each in QtWidgets.QApplication.topLevelWidgets() if wallboard(each)]
    QTest.qWaitForWindowActive(wall)
    assert shown.window.is_on_wallboard()
    assert all(shown.window.is_looking_at(scan.id) for scan in shown.store)
    wall.close()
    assert not shown.window.is_on_wallboard()


def wallboard(window: QtWidgets.QWidget) -> bool:
    return window.objectName() == "wallboard" and window.isVisible()


@pytest.mark.parametrize("is_closed", [False, True])
def test_t09_the_newest_row_and_a_link_to_go_back(shown: ShownWindow, is_closed: bool) -> None:
    found = shown.open()
    if is_closed:
        click(part(shown.detail, QtWidgets.QPushButton, "detail-close"))
    newer = replace(found, id=FindingId("f" * 36), created_at=found.created_at + timedelta(days=1))
    story = shown.stories["payments-api"]
    shown.store.observe(FindingsListed(story.scan.id, story.asked_s(), (newer,)))
    shown.ticker.flush()
    assert shown.findings.table.selected_id == newer.id
    assert shown.detail.isVisible() is not is_closed
    if not is_closed:
        assert shown.detail.finding_id == newer.id
        assert part(shown.detail, QtWidgets.QPushButton, "detail-previous").isEnabled()
        click(part(shown.detail, QtWidgets.QPushButton, "repeats-link-0"))
        assert shown.detail.finding_id == shown.findings.table.selected_id == found.id
        assert shown.findings.filter_state.text == "show:repeats"
        assert shown.is_selected_in_sight()

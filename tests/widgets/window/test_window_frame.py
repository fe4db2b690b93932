"""The parts lie where the design has them, at every size of the window."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.errors import LocalServerError, Reason
from heimdall_desktop.domain.facts.finding import Confidence
from heimdall_desktop.domain.facts.observation import Connection, FindingsListed
from heimdall_desktop.presentation.window import window_place
from heimdall_desktop.widgets.board.board_head import BoardHead
from heimdall_desktop.widgets.controls.buttons import ToolButton
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs
from heimdall_desktop.widgets.detail.reasoning_view import FlowView
from heimdall_desktop.widgets.detail.triage_bar import TriageBar
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.window import window_geometry
from heimdall_desktop.widgets.window.top_bar import TopBar
from heimdall_desktop.widgets.window.window_frame import WindowFrame
from tests.fakes.board_scans import SERVER
from tests.fakes.findings import finding_id, make_finding
from tests.fakes.hands import click, part
from tests.fakes.pixels import around, places
from tests.fakes.shown_window import ShownWindow
from tests.widgets.conftest import Owned

MOVABLE = ("filter_bar", "findings_foot", "detail_pane", "board", "panel_tabs")
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def rows_in_sight(shown: ShownWindow) -> int:
    """Return how many rows can be seen whole."""
    table = shown.findings.table
    return table.viewport().height() // table.rowHeight(0)


@pytest.mark.parametrize(("width", "is_beside"), [(1280, True), (1279, False)])
def test_in_narrow_windows_detail_is_below(shown: ShownWindow, width: int, is_beside: bool) -> None:
    shown.window.resize(width, 900)
    shown.open()
    pane, table = shown.detail.size(), shown.findings.size()
    sizes = (416, table.height()) if is_beside else (table.width(), 263)
    assert (pane.width(), pane.height()) == sizes
    assert shown.is_selected_in_sight()


def test_sizes_are_those_of_the_design(shown: ShownWindow) -> None:
    assert shown.board.width() == 308
    assert shown.panel.height() == 229
    shown.open()
    assert shown.detail.width() == 416
    shown.window.resize(1000, 900)
    assert shown.detail.height() == 311  # as designed 263, which leaves the evidence two lines
    shown.window.resize(1440, 900)
    assert (shown.detail.width(), shown.panel.height()) == (416, 229)


def test_a_high_panel_keeps_its_share_where_a_lower_window_had_few_findings(theme: Theme) -> None:
    memory = WindowMemory()
    memory.keep("layout", window_place.FrameLayout(panel_px=400, panel_of_px=830).text())
    shown = ShownWindow(memory=memory).watch_twelve().show()
    assert shown.panel.height() == 400
    shown.window.resize(1440, 640)
    QtWidgets.QApplication.processEvents()
    assert 229 < shown.panel.height() < 300
    assert shown.findings.height() > 264
    shown.window.resize(1440, 900)
    QtWidgets.QApplication.processEvents()
    assert shown.panel.height() == 400
    shown.close()


def test_edges_continue_through_bar_and_panel(shown: ShownWindow) -> None:
    shown.window.open_finding(shown.read("payments-api")[5].id)
    QtWidgets.QApplication.processEvents()

    def left(name: str) -> int:
        widget = part(shown.window, QtWidgets.QWidget, name)
        return widget.mapTo(shown.window, widget.rect().topLeft()).x()

    detail_left = shown.detail.mapTo(shown.window, shown.detail.rect().topLeft()).x()
    assert left("filter_field") == left("findings_pane") + 16
    field = part(shown.window, QtWidgets.QWidget, "filter_field")
    assert left("filter_field") + field.width() == detail_left - 16
    assert left("activity_list") == detail_left + 1


def test_a_low_window_has_room_for_detail_or_panel(shown: ShownWindow) -> None:
    shown.window.resize(1024, 640)
    shown.open()
    assert rows_in_sight(shown) >= 5
    shown.window.resize(1440, 860)
    QtWidgets.QApplication.processEvents()
    assert shown.is_panel_open()
    shown.window.resize(1024, 640)
    assert not shown.is_panel_open()
    shown.press(KEY.Key_T, CONTROL)
    assert shown.is_panel_open()
    assert not shown.detail.isVisible()
    shown.press(KEY.Key_T, CONTROL)
    assert shown.detail.isVisible()
    assert shown.is_selected_in_sight()
    shown.window.resize(1440, 860)
    QtWidgets.QApplication.processEvents()
    assert not shown.is_panel_open(), "it was closed by hand"


@pytest.mark.parametrize(("size", "least"), [((1024, 700), 7), ((1000, 640), 5), ((800, 560), 3)])
def test_a_detail_below_leaves_rows(shown: ShownWindow, size: tuple[int, int], least: int) -> None:
    shown.window.resize(*size)
    shown.open()
    QtWidgets.QApplication.processEvents()
    assert not shown.is_panel_open()
    assert rows_in_sight(shown) >= least
    assert shown.is_selected_in_sight()


@pytest.mark.parametrize("size", [(1366, 768), (800, 700)])
def test_the_evidence_keeps_four_lines(shown: ShownWindow, size: tuple[int, int]) -> None:
    finding = make_finding(
        7,
        scan_id=shown.id("payments-api"),
        title="GHSA-3f5g-7h9j-2m4p in tiny-yaml-reader 3.0.4 lets an attacker run code " * 3,
        code_snippet="\n".join(f"line {number}" for number in range(40)),
        confidence=Confidence.HIGH,
        is_reviewed=True,
    )
    shown.read("payments-api")
    shown.store.observe(FindingsListed(finding.scan_id, 1e6, (finding,)))
    shown.ticker.flush()
    shown.window.resize(*size)
    shown.window.open_finding(finding.id)
    for _ in range(3):
        QtWidgets.QApplication.processEvents()
    detail = shown.detail
    page = detail.findChildren(DetailTabs)[0].findChildren(QtWidgets.QStackedWidget)[0]
    bar = part(detail, TriageBar, "triage-bar")
    assert page.height() >= 88
    assert bar.mapTo(detail, bar.rect().bottomLeft()).y() <= detail.height()
    assert rows_in_sight(shown) >= 3


@pytest.mark.parametrize("has_detail", [True, False])
def test_a_panel_closed_for_large_type_comes_back_with_the_usual_one(
    theme: Theme, shown: ShownWindow, has_detail: bool
) -> None:
    if has_detail:
        shown.open()
    else:
        shown.window.resize(1000, 640)
    assert shown.is_panel_open()
    theme.set_zoom(1.5)
    assert (shown.is_panel_open(), shown.findings.isVisible()) == (False, True)
    theme.set_zoom(1.0)
    assert shown.is_panel_open()


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (1024, 900)])
def test_strips_that_come_and_go_move_nothing(theme: Theme, size: tuple[int, int]) -> None:
    shown = ShownWindow(*size).show()
    shown.watch("shop")
    story = shown.stories["shop"].run([30], 5).hear(Connection.LIVE)
    shown.window.open_finding(shown.read("shop")[5].id)
    movable = [part(shown.window, QtWidgets.QWidget, name) for name in MOVABLE]
    parts = [shown.findings.table.horizontalHeader(), *movable]

    def places() -> list[QRect]:
        QtWidgets.QApplication.processEvents()
        return [QRect(each.mapTo(shown.window, QPoint()), each.size()) for each in parts]

    strip, before = part(shown.window, QtWidgets.QWidget, "scan_problem"), places()
    assert not strip.isVisible()
    story.hear(Connection.RECONNECTING, 12, 8)
    shown.ticker.flush()
    assert strip.isVisible()
    assert places() == before
    story.hear(Connection.LIVE)
    shown.ticker.flush()
    shown.window.show_notice("k", "Critical: Hole", "a.py:1", lambda: None)
    assert not strip.isVisible()
    assert shown.strips()[0] == "Critical: Hole"
    assert places() == before
    shown.window.withdraw_notice("k")
    assert places() == before
    shown.close()


def test_the_line_for_strips_says_whose_findings_are_shown(theme: Theme) -> None:
    shown = ShownWindow().show()
    shown.watch("a scan with a long name")
    shown.watch("b")
    line = part(shown.window, QtWidgets.QWidget, "strip_line")

    def words_end(scan: str) -> int:
        shown.board.view.scan_scoped.emit(shown.id(scan) if scan else "")
        assert line.accessibleName() == f"Findings, {scan or 'all scans'}"
        return around(places(line.grab().toImage(), theme.tokens.muted, near=8)).right()

    ends = [words_end(scan) for scan in ("b", "", "a scan with a long name")]
    assert 0 < ends[0] < ends[1] < ends[2] < line.width() / 2
    shown.close()


def test_where_strips_push_the_findings_they_take_no_row_from_them(shown: ShownWindow) -> None:
    shown.window.resize(1024, 700)
    shown.open()
    shown.window.show_error(LocalServerError(Reason.LOCAL_ENDED_AT_ONCE))
    QtWidgets.QApplication.processEvents()
    assert not shown.is_panel_open()
    assert shown.detail.height() >= 220
    assert shown.is_selected_in_sight()


@pytest.mark.parametrize(("name", "key"), [("board", KEY.Key_B), ("detail", KEY.Key_D)])
def test_board_and_detail_fold_into_a_bar_and_one_key_brings_them_back(
    shown: ShownWindow, name: str, key: Qt.Key
) -> None:
    found = shown.open()
    parts: dict[str, QtWidgets.QWidget] = {"board": shown.board, "detail": shown.detail}
    folding, bar = parts[name], part(shown.window, QtWidgets.QWidget, f"{name}_folded")

    def fold(unfold: Callable[[], None]) -> None:
        before, width = folding.width(), shown.findings.width()
        assert not bar.isVisible()
        shown.press(key, CONTROL)
        assert (folding.isVisible(), bar.isVisible()) == (False, True)
        QtWidgets.QApplication.processEvents()
        assert shown.findings.width() > width
        unfold()
        QtWidgets.QApplication.processEvents()
        assert (folding.isVisible(), folding.width()) == (True, before)

    fold(lambda: shown.press(key, CONTROL))
    fold(lambda: click(bar))
    assert shown.detail.finding_id == found.id


def test_the_detail_goes_where_people_put_it(shown: ShownWindow) -> None:
    shown.open()
    frame, places = part(shown.window, WindowFrame, "window_frame"), window_place.DetailPlace
    assert frame.is_detail_beside
    for place, width, is_beside in (
        (places.BELOW, 1440, False),
        (places.BESIDE, 1100, True),
        (places.BESIDE, 800, False),  # where there is no room for it
    ):
        frame.put_detail(place)
        shown.window.resize(width, 900)
        assert frame.is_detail_beside is is_beside


def test_the_arrangement_comes_back(theme: Theme, shown: ShownWindow) -> None:
    frame = part(shown.window, WindowFrame, "window_frame")
    frame.put_detail(window_place.DetailPlace.BELOW)
    shown.press(KEY.Key_L, CONTROL)
    shown.panel.toggle()
    shown.press(KEY.Key_B, CONTROL)
    shown.window.resize(1300, 800)
    again = ShownWindow(memory=shown.memory)
    again.window.move(0, 0)
    again.watch_twelve().show()
    assert not again.board.isVisible()
    assert not again.is_panel_open()
    assert again.panel.tab == shown.panel.tab != 0
    frame = part(again.window, WindowFrame, "window_frame")
    assert not frame.is_detail_beside
    again.close()


def test_a_window_opens_in_its_last_place(theme: Theme) -> None:
    memory = WindowMemory()
    memory.keep("window", window_place.WindowPlace(20, 30, 700, 600).text())
    again = ShownWindow(760, 590, memory=memory)
    assert again.window.pos().x() == 20
    again.close()


def test_in_a_short_window_an_open_panel_covers_findings(theme: Theme, shown: ShownWindow) -> None:
    theme.set_zoom(2.0)
    shown.window.resize(1366, 768)
    QtWidgets.QApplication.processEvents()
    if shown.is_panel_open():
        shown.press(KEY.Key_T, CONTROL)
    assert shown.findings.isVisible()
    shown.press(KEY.Key_T, CONTROL)
    QtWidgets.QApplication.processEvents()
    assert not shown.findings.isVisible()
    assert shown.panel.height() >= theme.scale(229)
    shown.open()
    assert shown.detail.isVisible()
    assert not shown.is_panel_open()


@pytest.mark.parametrize(
    ("size", "zoom"),
    [
        *product([(1440, 900), (1366, 768), (1024, 640), (800, 560)], [1.0, 1.5]),
        ((1440, 900), 2.0),
        ((1366, 768), 2.0),
    ],
)
def test_nothing_is_cut_off_at_any_size(
    theme: Theme, shown: ShownWindow, size: tuple[int, int], zoom: float
) -> None:
    theme.set_zoom(zoom)
    shown.open()
    shown.window.resize(*size)
    for _ in range(3):
        QtWidgets.QApplication.processEvents()
    inside = shown.window.rect()
    assert (inside.width(), inside.height()) == size
    for name in ("filter_field", "board_add", "looks", "inbox-button", "findings_table",
                 "panel_toggle", "status_bar", "detail_pane"):  # fmt: skip
        widget = part(shown.window, QtWidgets.QWidget, name)
        if not widget.isVisible():
            continue
        corner = widget.mapTo(shown.window, widget.rect().topLeft())
        assert inside.contains(QRect(corner, widget.size())), name
    if shown.findings.isVisible():
        assert shown.findings.table.viewport().height() >= 2 * theme.scale(28)
    else:  # Esc leads from the detail back to the findings, and its bar to the detail
        shown.press(KEY.Key_D, CONTROL)
        assert shown.findings.isVisible()
        assert part(shown.window, QtWidgets.QWidget, "detail_folded").isVisible()


SCREEN = window_place.Area(0, 0, 1600, 1000)


def change_screen(screens: list[window_place.Area], width: int, height: int) -> None:
    screens[:] = [window_place.Area(0, 0, width, height)]
    screen = QGuiApplication.primaryScreen()
    screen.availableGeometryChanged.emit(screen.availableGeometry())


@pytest.fixture
def window(owned: Owned) -> QtWidgets.QWidget:
    return owned(QtWidgets.QWidget())


def test_moves_and_sizes_are_kept(window: QtWidgets.QWidget) -> None:
    kept = [""]
    window_geometry.WindowGeometry(window, kept.append)
    window.resize(700, 500)
    assert kept == [""], "a window that was never shown has no place"
    window.show()
    window.setGeometry(30, 40, 640, 480)
    place = window_place.read_place(kept[-1])
    assert place is not None
    assert (place.x, place.y, place.width, place.height) == (30, 40, 640, 480)


def test_a_window_returns_to_a_screen_and_fits_a_smaller_one(window: QtWidgets.QWidget) -> None:
    screens, nowhere = [SCREEN], window_place.WindowPlace(4000, 10, 2000, 600)
    geometry = window_geometry.WindowGeometry(window, lambda _text: None, lambda: screens)
    assert geometry.restore(nowhere.text())
    assert window.geometry().getRect() == (0, 220, 1600, 600)
    window.show()
    window.setGeometry(60, 60, 1340, 820)
    change_screen(screens, 1024, 600)
    assert window.geometry().getRect() == (0, 40, 1024, 560)


def test_no_window_must_be_larger_than_its_screen(window: QtWidgets.QWidget) -> None:
    screens = [SCREEN]
    least = QSize(800, 560)
    window_geometry.WindowGeometry(window, lambda _text: None, lambda: screens, least=least)
    assert window.minimumSize() == least
    change_screen(screens, 683, 384)
    assert window.minimumSize() == QSize(683, 344)


@pytest.mark.parametrize("is_maximised", [True, False])
def test_maximised_and_full_screen_come_back(window: QtWidgets.QWidget, is_maximised: bool) -> None:
    place = window_place.WindowPlace(10, 10, 700, 500, is_maximised, not is_maximised)
    geometry = window_geometry.WindowGeometry(window, lambda _text: None, lambda: [SCREEN])
    assert geometry.restore(place.text())
    window.show()
    assert (window.isMaximized(), window.isFullScreen()) == (is_maximised, not is_maximised)


def test_without_a_sound_place_nothing_moves(window: QtWidgets.QWidget) -> None:
    before = window.geometry()
    assert not window_geometry.WindowGeometry(window, lambda _text: None).restore("{")
    assert window.geometry() == before


def test_the_main_screen_is_the_first(qapp: QGuiApplication) -> None:
    main, first = QGuiApplication.primaryScreen(), window_geometry.present_screens()[0]
    assert QRect(first.x, first.y, first.width, first.height) == main.availableGeometry()


def test_a_new_window_has_its_title_and_its_foot_on_a_low_screen() -> None:
    low = window_place.Area(0, 0, 1366, 768)
    wanted, height = QSize(1080, 760), low.below_title.height
    assert window_geometry.usual_size(wanted, lambda: [low]) == QSize(1080, height)
    assert height < 760
    assert window_geometry.usual_size(wanted, lambda: [SCREEN]) == wanted


@pytest.fixture
def chosen() -> list[ThemeMode | None]:
    """What was chosen in the menu: a theme, or None for the settings."""
    return []


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot, chosen: list[ThemeMode | None]) -> TopBar:
    head, field = BoardHead(), SearchField("Filter")
    head.setObjectName("head")
    field.setObjectName("field")
    bar = TopBar(head, field, chosen.append, lambda: chosen.append(None))
    qtbot.addWidget(bar)
    bar.resize(1440, 44)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def tool_of(bar: TopBar, words: str, *, has_menu: bool = False) -> ToolButton:
    tool = ToolButton(icon="ui-views", has_menu=has_menu)
    tool.setObjectName(words)
    tool.show_words(words)
    return tool


def menu_of(bar: TopBar, name: str) -> QtWidgets.QMenu:
    menu = part(bar, QtWidgets.QPushButton, name).menu()
    assert menu is not None
    menu.aboutToShow.emit()
    return menu


def test_signing_in_is_offered_until_the_user_is_signed_in(bar: TopBar) -> None:
    sign_in = part(bar, ToolButton, "sign-in")
    assert (sign_in.isVisible(), sign_in.label) == (True, "Sign in")
    bar.show_server(SERVER, is_signed_in=True)
    assert not sign_in.isVisible()
    bar.show_server(SERVER, is_signed_in=False)
    assert sign_in.isVisible()
    assert "heimdall.corp.example" in sign_in.toolTip()


@pytest.mark.parametrize("is_signed_in", [True, False])
@pytest.mark.parametrize(("width_px", "detail_px"), [(1440, 416), (1366, 416), (1366, 0)])
def test_views_and_freeze_keep_their_words_in_the_usual_windows(
    bar: TopBar, width_px: int, detail_px: int, is_signed_in: bool
) -> None:
    tools = [tool_of(bar, "Views", has_menu=True), tool_of(bar, "Frozen")]
    for tool in tools:
        bar.add_tool(tool)
    bar.show_server(SERVER, is_signed_in=is_signed_in)
    bar.show_unread(999)
    bar.resize(width_px, 44)
    bar.continue_edges(308, detail_px)
    assert [tool.label for tool in tools] == ["Views", "Frozen"]
    assert part(bar, QtWidgets.QPushButton, "palette-button").isVisible()


def test_the_theme_in_use_is_marked_and_another_can_be_chosen(
    bar: TopBar, theme: Theme, chosen: list[ThemeMode | None]
) -> None:
    named = {ThemeMode.LIGHT: "Light", ThemeMode.DARK: "Dark", ThemeMode.CONTRAST: "High contrast"}
    for mode, name in named.items():
        theme.set_mode(mode)
        marked = [act.text() for act in menu_of(bar, "looks").actions() if act.isChecked()]
        assert marked == [name]
    choices = menu_of(bar, "looks").actions()
    for wanted in ("Same as system", "Settings"):
        next(act for act in choices if act.text() == wanted).trigger()
    assert chosen == [ThemeMode.SYSTEM, None]


def test_tools_have_names(bar: TopBar) -> None:
    bar.show_unread(1234)
    inbox = part(bar, QtWidgets.QPushButton, "inbox-button")
    assert inbox.accessibleName() == "Inbox, 1\u00a0234 unread"
    assert inbox.accessibleDescription() == "999+, Ctrl+I"
    bar.show_unread(0)
    assert inbox.accessibleName() == "Inbox"
    buttons = bar.findChildren(QtWidgets.QPushButton)
    assert all(button.accessibleName() for button in buttons if button.isVisible())


def test_tools_give_their_words_up_before_the_filter_has_no_room(bar: TopBar, theme: Theme) -> None:
    tool = tool_of(bar, "Open critical and high", has_menu=True)
    bar.add_tool(tool)
    bar.resize(1440, 44)
    assert tool.label == "Open critical and high"
    bar.resize(700, 44)
    assert (tool.label, tool.accessibleName()) == ("", "Open critical and high")
    bar.resize(1440, 44)
    bar.continue_edges(308, 150)
    assert tool.label == ""
    bar.continue_edges(308, 0)
    assert tool.label != ""


@pytest.mark.parametrize("width_px", [1440, 1024, 800])
def test_presenting_is_a_word_that_gives_way_to_nothing(bar: TopBar, width_px: int) -> None:
    bar.add_tool(tool_of(bar, "Saved views", has_menu=True))
    bar.show_presenting(is_on=False)
    shown = {each.text() for each in bar.findChildren(Label) if each.isVisible()}
    assert "Presenting" not in shown
    bar.resize(width_px, 44)
    bar.show_presenting(is_on=True)
    [word] = [each for each in bar.findChildren(Label) if each.text() == "Presenting"]
    assert word.isVisible()
    assert word.width() >= word.sizeHint().width()
    assert word.mapTo(bar, word.rect().topRight()).x() < width_px
    assert part(bar, QtWidgets.QWidget, "field").width() >= 150


ALT = Qt.KeyboardModifier.AltModifier
SHIFT_CONTROL = CONTROL | Qt.KeyboardModifier.ShiftModifier


def with_one_finding(**fields: Any) -> ShownWindow:
    shown = ShownWindow().show()
    found = make_finding(1, scan_id=shown.watch("payments-api"), **fields)
    shown.store.observe(FindingsListed(found.scan_id, shown.time.clock_s, (found,)))
    shown.ticker.flush()
    return shown


@pytest.fixture
def one_finding(theme: Theme) -> Iterator[ShownWindow]:
    steps = "- a.py:1 reads\n- b.py:2 runs"
    one_finding = with_one_finding(description=steps, updated_at=datetime.now(UTC))
    one_finding.window.open_finding(finding_id(1))
    yield one_finding
    one_finding.close()


@pytest.mark.parametrize("is_inside", [False, True], ids=["table", "detail"])
def test_the_page_is_copied_and_opened_by_key(one_finding: ShownWindow, *, is_inside: bool) -> None:
    if is_inside:
        one_finding.press(Qt.Key.Key_Return)
        assert "detail_pane" in one_finding.focused_names()
    QGuiApplication.clipboard().clear()
    one_finding.press(Qt.Key.Key_C, SHIFT_CONTROL)
    page = f"{SERVER}/findings/{finding_id(1)}"
    assert QGuiApplication.clipboard().text() == page
    one_finding.press(Qt.Key.Key_B)
    address = part(one_finding.detail, QtWidgets.QLabel, "link-address")
    assert (address.text(), address.isVisible()) == (page, True)


def test_flow_steps_are_walked_by_key_from_the_table(one_finding: ShownWindow) -> None:
    tabs = part(one_finding.detail, QtWidgets.QTabBar, "detail-tabs")
    one_finding.press(Qt.Key.Key_Down, ALT)
    assert tabs.accessibleTabName(tabs.currentIndex()) == "Flow, 2"
    flow = next(iter(one_finding.detail.findChildren(FlowView)))
    for key, chosen in ((KEY.Key_Down, 1), (KEY.Key_Up, 0)):
        one_finding.press(key, ALT)
        assert flow.chosen == chosen
    assert "findings_table" in one_finding.focused_names()


@pytest.mark.parametrize("is_early", [True, False], ids=["in time", "on first use"])
def test_the_detail_is_whole_whenever_it_is_made(theme: Theme, *, is_early: bool) -> None:
    """Made late, it keeps its position in the Tab order."""
    one_finding = with_one_finding(code_snippet="query = text\n")
    assert one_finding.detail.findChildren(DetailTabs) == []
    if is_early:
        one_finding.detail.prepare()
    one_finding.window.open_finding(finding_id(1))
    assert len(one_finding.detail.findChildren(DetailTabs)) == 1
    one_finding.press(Qt.Key.Key_Return)
    assert "detail-tabs" in one_finding.focused_names()
    one_finding.press(Qt.Key.Key_Tab)
    assert "page-evidence" in one_finding.focused_names()
    one_finding.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert "detail-tabs" in one_finding.focused_names()
    one_finding.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert {"detail_pane", "detail-tabs"} & set(one_finding.focused_names()) == {"detail_pane"}
    one_finding.close()


def test_a_detail_that_opens_without_a_finding_is_whole(theme: Theme) -> None:
    one_finding = ShownWindow().watch_twelve().show()
    one_finding.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert one_finding.detail.isVisible()
    assert len(one_finding.detail.findChildren(DetailTabs)) == 1
    one_finding.close()

"""The parts lie where the design has them, at every size of the window."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from heimdall_desktop.application.memory.window_memory import WindowMemory
from heimdall_desktop.domain.facts.errors import LocalServerError, Reason
from heimdall_desktop.domain.facts.finding import Confidence
from heimdall_desktop.domain.facts.observation import Connection, FindingsListed
from heimdall_desktop.presentation.window.window_place import DetailPlace, FrameLayout, WindowPlace
from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs
from heimdall_desktop.widgets.detail.triage_bar import TriageBar
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.window_frame import WindowFrame
from tests.fakes.findings import make_finding
from tests.fakes.hands import click, part
from tests.fakes.pixels import around, places
from tests.fakes.shown_window import ShownWindow

MOVABLE = ("filter_bar", "findings_foot", "detail_pane", "board", "panel_tabs")
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve().show()
    yield shown
    shown.close()


def rows_in_sight(shown: ShownWindow) -> int:
    """Return how many rows can be seen whole."""
    table = shown.findings.table
    return table.viewport().height() // table.rowHeight(0)


@pytest.mark.parametrize(("width", "is_beside"), [(1280, True), (1279, False)])
def test_the_detail_goes_below_in_narrow_windows(
    shown: ShownWindow, width: int, is_beside: bool
) -> None:
    shown.window.resize(width, 900)
    shown.window.open_finding(shown.read("payments-api")[5].id)
    pane, table = shown.detail, shown.findings
    if is_beside:
        assert pane.width() == 416
        assert pane.height() == table.height()
    else:
        assert pane.height() == 263
        assert pane.width() == table.width()
    assert shown.is_selected_in_sight()


def test_sizes_are_those_of_the_design(shown: ShownWindow) -> None:
    assert shown.board.width() == 308
    assert shown.panel.height() == 229
    shown.window.open_finding(shown.read("payments-api")[5].id)
    assert shown.detail.width() == 416
    shown.window.resize(1000, 900)
    assert shown.detail.height() == 311  # as designed 263, which leaves the evidence two lines
    shown.window.resize(1440, 900)
    assert (shown.detail.width(), shown.panel.height()) == (416, 229)


def test_a_panel_made_high_keeps_its_share_where_a_lower_window_left_few_findings(
    theme: Theme,
) -> None:
    memory = WindowMemory()
    layout = FrameLayout(panel_px=400, panel_of_px=830)
    memory.keep("layout", layout.text())
    shown = ShownWindow(memory=memory).watch_twelve().show()
    assert shown.panel.height() == 400
    shown.window.resize(1440, 640)
    QApplication.processEvents()
    assert 229 < shown.panel.height() < 300
    assert shown.findings.height() > 264
    shown.window.resize(1440, 900)
    QApplication.processEvents()
    assert shown.panel.height() == 400
    shown.close()


def test_edges_go_on_through_bar_and_panel(shown: ShownWindow) -> None:
    shown.window.open_finding(shown.read("payments-api")[5].id)
    QApplication.processEvents()

    def left(name: str) -> int:
        widget = part(shown.window, QWidget, name)
        return widget.mapTo(shown.window, widget.rect().topLeft()).x()

    detail_left = shown.detail.mapTo(shown.window, shown.detail.rect().topLeft()).x()
    assert left("filter_field") == left("findings_pane") + 16
    field = part(shown.window, QWidget, "filter_field")
    assert left("filter_field") + field.width() == detail_left - 16
    assert left("activity_list") == detail_left + 1


def test_a_low_window_has_room_for_detail_or_panel(shown: ShownWindow) -> None:
    shown.window.resize(1024, 640)
    shown.window.open_finding(shown.read("payments-api")[5].id)
    assert not shown.is_panel_open()
    assert rows_in_sight(shown) >= 5
    shown.press(KEY.Key_T, CONTROL)
    assert shown.is_panel_open()
    assert not shown.detail.isVisible()
    shown.press(KEY.Key_T, CONTROL)
    assert shown.detail.isVisible()
    assert shown.is_selected_in_sight()


@pytest.mark.parametrize(("size", "least"), [((1024, 700), 7), ((1000, 640), 5), ((800, 560), 3)])
def test_a_detail_below_leaves_rows_to_read(
    shown: ShownWindow, size: tuple[int, int], least: int
) -> None:
    shown.window.resize(*size)
    shown.window.open_finding(shown.read("payments-api")[5].id)
    QApplication.processEvents()
    assert not shown.is_panel_open()
    assert rows_in_sight(shown) >= least
    assert shown.is_selected_in_sight()


@pytest.mark.parametrize("size", [(1366, 768), (800, 700)])
def test_the_evidence_keeps_four_lines_whatever_the_head_says(
    shown: ShownWindow, size: tuple[int, int]
) -> None:
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
        QApplication.processEvents()
    detail = shown.detail
    page = detail.findChildren(DetailTabs)[0].findChildren(QStackedWidget)[0]
    bar = part(detail, TriageBar, "triage-bar")
    assert page.height() >= 88
    assert bar.mapTo(detail, bar.rect().bottomLeft()).y() <= detail.height()
    assert rows_in_sight(shown) >= 3


def test_a_panel_closed_for_want_of_room_comes_back_with_it(shown: ShownWindow) -> None:
    shown.window.resize(1024, 640)
    shown.window.open_finding(shown.read("payments-api")[5].id)
    assert not shown.is_panel_open()
    shown.window.resize(1440, 860)
    QApplication.processEvents()
    assert shown.is_panel_open()
    shown.press(KEY.Key_T, CONTROL)
    shown.window.resize(1024, 640)
    shown.window.resize(1440, 860)
    QApplication.processEvents()
    assert not shown.is_panel_open(), "it was closed by hand"


def test_a_panel_closed_for_large_type_comes_back_with_the_usual_one(
    theme: Theme, shown: ShownWindow
) -> None:
    shown.window.open_finding(shown.read("payments-api")[5].id)
    assert shown.is_panel_open()
    theme.set_zoom(1.5)
    assert not shown.is_panel_open()
    theme.set_zoom(1.0)
    assert shown.is_panel_open()


def test_the_findings_stay_where_large_type_leaves_no_room_for_the_panel_as_well(
    theme: Theme, shown: ShownWindow
) -> None:
    shown.window.resize(1000, 640)
    assert shown.is_panel_open()
    theme.set_zoom(1.5)
    assert not shown.is_panel_open()
    assert shown.findings.isVisible()
    theme.set_zoom(1.0)
    assert shown.is_panel_open()


@pytest.mark.parametrize("size", [(1440, 900), (1366, 768), (1024, 900)])
def test_strips_that_come_and_go_move_nothing(theme: Theme, size: tuple[int, int]) -> None:
    shown = ShownWindow(*size).show()
    shown.watch("shop")
    story = shown.stories["shop"].run([30], 5).hear(Connection.LIVE)
    shown.window.open_finding(shown.read("shop")[5].id)
    parts = [
        shown.findings.table.horizontalHeader(),
        *(part(shown.window, QWidget, name) for name in MOVABLE),
    ]

    def places() -> list[QRect]:
        QApplication.processEvents()
        return [QRect(each.mapTo(shown.window, QPoint()), each.size()) for each in parts]

    strip, before = part(shown.window, QWidget, "scan_problem"), places()
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
    line = part(shown.window, QWidget, "strip_line")

    def words_end(scan: str) -> int:
        shown.board.view.scan_scoped.emit(shown.id(scan) if scan else "")
        assert line.accessibleName() == f"Findings, {scan or 'all scans'}"
        return around(places(line.grab().toImage(), theme.tokens.muted, near=8)).right()

    ends = [words_end(scan) for scan in ("b", "", "a scan with a long name")]
    assert 0 < ends[0] < ends[1] < ends[2] < line.width() / 2
    shown.close()


def test_where_strips_push_the_findings_they_take_no_row_from_them(shown: ShownWindow) -> None:
    shown.window.resize(1024, 700)
    shown.window.open_finding(shown.read("payments-api")[5].id)
    shown.window.show_error(LocalServerError(Reason.LOCAL_ENDED_AT_ONCE))
    QApplication.processEvents()
    assert not shown.is_panel_open()
    assert shown.detail.height() >= 220
    assert shown.is_selected_in_sight()


def test_the_board_folds_into_a_bar_and_one_key_brings_it_back(shown: ShownWindow) -> None:
    before = shown.findings.width()
    shown.press(KEY.Key_B, CONTROL)
    bar = part(shown.window, QWidget, "board_folded")
    assert not shown.board.isVisible()
    assert bar.isVisible()
    QApplication.processEvents()
    assert shown.findings.width() > before
    shown.press(KEY.Key_B, CONTROL)
    assert shown.board.isVisible()
    assert shown.board.width() == 308
    shown.press(KEY.Key_B, CONTROL)
    click(bar)
    assert shown.board.isVisible()


def test_the_detail_folds_into_a_bar_and_one_key_brings_it_back(shown: ShownWindow) -> None:
    finding_id = shown.read("payments-api")[5].id
    shown.window.open_finding(finding_id)
    bar = part(shown.window, QWidget, "detail_folded")
    assert not bar.isVisible()
    shown.press(KEY.Key_D, CONTROL)
    assert not shown.detail.isVisible()
    assert bar.isVisible()
    shown.press(KEY.Key_D, CONTROL)
    assert shown.detail.isVisible()
    assert shown.detail.finding_id == finding_id
    shown.press(KEY.Key_D, CONTROL)
    click(bar)
    assert shown.detail.isVisible()


def test_the_detail_goes_where_people_put_it(shown: ShownWindow) -> None:
    shown.window.open_finding(shown.read("payments-api")[5].id)
    frame = part(shown.window, WindowFrame, "window_frame")
    beside = [frame.is_detail_beside]
    frame.put_detail(DetailPlace.BELOW)
    beside.append(frame.is_detail_beside)
    frame.put_detail(DetailPlace.BESIDE)
    shown.window.resize(1100, 900)
    beside.append(frame.is_detail_beside)
    shown.window.resize(800, 900)  # where there is no room for it
    beside.append(frame.is_detail_beside)
    assert beside == [True, False, True, False]


def test_the_arrangement_comes_back(theme: Theme, shown: ShownWindow) -> None:
    frame = part(shown.window, WindowFrame, "window_frame")
    frame.put_detail(DetailPlace.BELOW)
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
    memory.keep("window", WindowPlace(20, 30, 700, 600).text())
    again = ShownWindow(760, 590, memory=memory)
    assert again.window.pos().x() == 20
    again.close()


def test_in_a_short_window_an_open_panel_takes_the_place_of_the_findings(
    theme: Theme, shown: ShownWindow
) -> None:
    theme.set_zoom(2.0)
    shown.window.resize(1366, 768)
    QApplication.processEvents()
    if shown.is_panel_open():
        shown.press(KEY.Key_T, CONTROL)
    assert shown.findings.isVisible()
    shown.press(KEY.Key_T, CONTROL)
    QApplication.processEvents()
    assert not shown.findings.isVisible()
    assert shown.panel.height() >= theme.scale(229)
    shown.window.open_finding(shown.read("payments-api")[5].id)
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
    shown.window.open_finding(shown.read("payments-api")[5].id)
    shown.window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    inside = shown.window.rect()
    assert (inside.width(), inside.height()) == size
    for name in ("filter_field", "board_add", "looks", "inbox-button", "findings_table",
                 "panel_toggle", "status_bar", "detail_pane"):  # fmt: skip
        widget = part(shown.window, QWidget, name)
        if not widget.isVisible():
            continue
        corner = widget.mapTo(shown.window, widget.rect().topLeft())
        assert inside.contains(QRect(corner, widget.size())), name
    if shown.findings.isVisible():
        assert shown.findings.table.viewport().height() >= 2 * theme.scale(28)
    else:  # Esc leads from the detail back to the findings, and its bar to the detail
        shown.press(KEY.Key_D, CONTROL)
        assert shown.findings.isVisible()
        assert part(shown.window, QWidget, "detail_folded").isVisible()

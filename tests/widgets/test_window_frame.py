"""The parts lie where the design has them, at every size of the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from heimdall_desktop.domain.errors import LocalServerError
from heimdall_desktop.widgets.theme import Theme
from tests.fakes.hands import part
from tests.fakes.shown_window import ShownWindow

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow(theme).watch_twelve().show()
    yield shown
    shown.close()


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
    assert shown.detail.height() == 263
    shown.window.resize(1440, 900)
    assert (shown.detail.width(), shown.panel.height()) == (416, 229)


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
    assert shown.findings.table.height() >= 90
    shown.press(KEY.Key_T, CONTROL)
    assert shown.is_panel_open()
    assert not shown.detail.isVisible()


def test_a_strip_that_comes_takes_no_row_from_the_findings(shown: ShownWindow) -> None:
    shown.window.resize(1024, 690)
    shown.window.open_finding(shown.read("payments-api")[5].id)
    assert shown.is_panel_open()
    shown.window.show_error(LocalServerError("It did not start.", "Try again."))
    QApplication.processEvents()
    assert not shown.is_panel_open()
    assert shown.detail.height() >= 220
    assert shown.is_selected_in_sight()

"""The whole window by keyboard alone: the focus is always seen, has a name, and is never trapped.

Source: ux.md §2.8; picture 1.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from tests.fakes.hands import part
from tests.fakes.pixels import changed
from tests.fakes.shown_window import ShownWindow

MOST_STOPS = 80
LEAST_RING = 40  # pixels; a text cursor that blinks has fewer
RING_PX = 6  # so far around a control its ring may lie: that of a field is drawn by its frame
TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


def tour(shown: ShownWindow, key: Qt.Key, look: Callable[[QWidget], None]) -> list[QWidget]:
    """Press a key until the focus is where it began; return where it was."""
    begin = QApplication.focusWidget()
    assert begin is not None
    stops: list[QWidget] = []
    for _ in range(MOST_STOPS):
        shown.press(key)
        stop = QApplication.focusWidget()
        assert stop is not None
        look(stop)
        stops.append(stop)
        if stop is begin:
            return stops
    raise AssertionError(f"trapped among {stops[-3:]}")


def is_seen(stop: QWidget) -> bool:
    """Whether something in and around a control is drawn differently while it has the focus."""
    window, focused = stop.window(), picture_of(stop)
    stop.clearFocus()
    without = picture_of(stop)
    window.activateWindow()
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    return changed(focused, without) > LEAST_RING


def picture_of(stop: QWidget) -> QImage:
    window = stop.window()
    QApplication.processEvents()
    place = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size())
    around = place.adjusted(-RING_PX, -RING_PX, RING_PX, RING_PX)
    return window.grab(around.intersected(window.rect())).toImage()


def check(stop: QWidget) -> None:
    told = f"{type(stop).__name__} {stop.objectName()!r}"
    assert name_of(stop), f"{told} has no name"
    assert is_seen(stop), f"the focus cannot be seen at {told}"


def name_of(widget: QWidget) -> str:
    """What assistive technology calls it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.fixture(params=[ThemeMode.LIGHT, ThemeMode.DARK])
def shown(theme: Theme, request: pytest.FixtureRequest) -> Iterator[ShownWindow]:
    theme.set_mode(request.param)
    shown = ShownWindow().watch_twelve().show()
    yield shown
    shown.close()


def test_tab_reaches_everything_with_a_ring_and_comes_round_both_ways(shown: ShownWindow) -> None:
    found = shown.read("payments-api")
    shown.window.open_finding(found[0].id)
    shown.findings.filter_state.set_text("sev>=low")
    shown.findings.table.setFocus()
    forward = tour(shown, TAB, check)
    assert len(forward) > 25
    backward = tour(shown, BACKTAB, lambda _stop: None)
    assert {stop.objectName() for stop in forward} == {stop.objectName() for stop in backward}


def test_the_tab_key_goes_through_the_findings_as_they_stand_on_the_screen(theme: Theme) -> None:
    shown = ShownWindow().watch_twelve().show()
    shown.read("payments-api")
    shown.findings.table.setFocus()
    pane = shown.findings
    strip = part(shown.window, QWidget, "scan_problem")
    reached = tour(shown, TAB, lambda _stop: None)
    stops = [stop for stop in reached if pane.isAncestorOf(stop) or strip.isAncestorOf(stop)]
    assert strip.isAncestorOf(stops[0])
    tops = [stop.mapTo(shown.window, stop.rect().center()).y() for stop in stops]
    assert tops == sorted(tops)
    assert stops[-1] is pane.table
    shown.close()


def test_the_ways_to_begin_are_reached_too(theme: Theme) -> None:
    shown = ShownWindow().show()
    tour(shown, TAB, check)
    shown.close()


@pytest.mark.parametrize("opening", ["Ctrl+N", "F1"])
def test_dialogs_have_no_trap_and_escape_leaves_them(theme: Theme, opening: str) -> None:
    shown = ShownWindow().show()
    key, modifier = {
        "Ctrl+N": (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier),
        "F1": (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    }[opening]
    shown.press(key, modifier)
    [dialog] = [dialog for dialog in shown.window.findChildren(QDialog) if dialog.isVisible()]
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    QApplication.processEvents()
    assert set(tour(shown, TAB, check)) == stops_in(dialog)
    shown.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    shown.close()


def stops_in(dialog: QWidget) -> set[QWidget]:
    """What Tab has to reach; of buttons that exclude each other, the one that is on."""
    parts = [each for each in dialog.findChildren(QWidget) if each.isVisible() and each.isEnabled()]
    stops = {each for each in parts if each.focusPolicy() & Qt.FocusPolicy.TabFocus}
    buttons = {each for each in stops if isinstance(each, QAbstractButton)}
    return stops - {each for each in buttons if each.autoExclusive() and not each.isChecked()}


def test_f6_goes_round_all_parts_and_back(shown: ShownWindow) -> None:
    found = shown.read("payments-api")
    shown.window.open_finding(found[0].id)
    shown.findings.table.setFocus()
    forward, backward = [], []
    for _ in range(7):
        shown.press(Qt.Key.Key_F6)
        forward.append(part_with_focus(shown))
    assert forward == [
        "detail_pane",
        "stages_panel",
        "status_bar",
        "top_bar",
        "board",
        "scan_problem",
        "findings_table",
    ]
    for _ in range(7):
        shown.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        backward.append(part_with_focus(shown))
    assert backward == [*forward[-2::-1], forward[-1]]


def part_with_focus(shown: ShownWindow) -> str:
    names = shown.focused_names()
    parts = ("detail_pane", "stages_panel", "status_bar", "board", "scan_problem", "findings_table")
    return next((name for name in parts if name in names), "top_bar")

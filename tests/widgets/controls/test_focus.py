"""Where the keyboard goes, and the names of its keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import heimdall_desktop
from heimdall_desktop.widgets.controls import key_names
from heimdall_desktop.widgets.controls.focus import KeyPrecedence, PaneRing, lead_through
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from tests.fakes.hands import part, press_key
from tests.fakes.pixels import changed
from tests.fakes.shown_window import ShownWindow
from tests.widgets.conftest import Owned


@pytest.fixture
def panes(qtbot: QtBot, owned: Owned) -> Iterator[list[QtWidgets.QLineEdit]]:
    window = owned(QtWidgets.QWidget())
    column = QtWidgets.QVBoxLayout(window)
    panes = [QtWidgets.QLineEdit(window) for _ in range(3)]
    for pane in panes:
        column.addWidget(pane)
    panes[1].hide()
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    panes[0].setFocus()
    yield panes
    window.close()


def ring_of(panes: list[QtWidgets.QLineEdit]) -> PaneRing:
    return PaneRing([(pane, pane.setFocus) for pane in panes])


def test_f6_cycles_and_skips_hidden_parts(panes: list[QtWidgets.QLineEdit]) -> None:
    ring = ring_of(panes)
    ring.step(1)
    assert panes[2].hasFocus()
    ring.step(1)
    assert panes[0].hasFocus()
    ring.step(-1)
    assert panes[2].hasFocus()


@pytest.mark.parametrize(("step", "place"), [(1, 0), (-1, 2)])
def test_f6_starts_at_an_end(panes: list[QtWidgets.QLineEdit], step: int, place: int) -> None:
    focused = QtWidgets.QApplication.focusWidget()
    assert focused is not None
    focused.clearFocus()
    ring_of(panes).step(step)
    assert panes[place].hasFocus()


def test_f6_skips_parts_that_take_no_focus(panes: list[QtWidgets.QLineEdit]) -> None:
    panes[1].show()
    ways = (panes[0].setFocus, print, panes[2].setFocus)
    PaneRing(list(zip(panes, ways, strict=True))).step(1)
    assert panes[2].hasFocus()


# -- key precedence --


CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, owned: Owned) -> Iterator[QtWidgets.QWidget]:
    window = owned(QtWidgets.QWidget())
    QtWidgets.QVBoxLayout(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield window
    window.close()


@pytest.mark.parametrize(
    "kind", [QtWidgets.QLineEdit, QtWidgets.QPlainTextEdit, QtWidgets.QTextEdit]
)
def test_a_shortcut_of_the_window_does_not_edit_the_text(
    window: QtWidgets.QWidget, kind: type[QtWidgets.QWidget]
) -> None:
    precedence = KeyPrecedence("Ctrl+K", window)
    done: list[str] = []
    action = QAction(window)
    action.setShortcut("Ctrl+K")
    action.triggered.connect(lambda: done.append("found"))
    window.addAction(action)
    field, other = kind(window), QtWidgets.QLineEdit(window)
    for widget in (field, other):
        window.layout().addWidget(widget)  # type: ignore[union-attr]
        widget.show()
    other.setFocus()
    field.setFocus()
    QTest.keyClicks(field, "text")
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClick(field, Qt.Key.Key_K, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_U, CONTROL)  # which stays the field's
    assert done == ["found"]
    text = field.text() if isinstance(field, QtWidgets.QLineEdit) else field.property("plainText")
    assert text in ("", "text")
    assert precedence.parent() is window


# -- tab path --


def test_tab_leads_through_a_late_page_and_on(qtbot: QtBot, owned: Owned) -> None:
    window = owned(QtWidgets.QWidget())
    column, page = QtWidgets.QVBoxLayout(window), QtWidgets.QWidget(window)
    inner = QtWidgets.QVBoxLayout(page)
    start, after = QtWidgets.QPushButton("start", window), QtWidgets.QPushButton("after", window)
    for widget in (start, page, after):
        column.addWidget(widget)
    for name in ("one", "two"):
        inner.addWidget(QtWidgets.QPushButton(name, page))
    lead_through(start, page)
    window.show()
    window.activateWindow()
    start.setFocus()
    qtbot.waitUntil(start.hasFocus)
    passed = []
    for _ in range(4):
        focused = QtWidgets.QApplication.focusWidget()
        assert isinstance(focused, QtWidgets.QPushButton)
        passed.append(focused.text())
        press_key(focused, Qt.Key.Key_Tab)
    assert passed == ["start", "one", "two", "after"]


# -- tour --


MOST_STOPS = 80
LEAST_RING = 40  # pixels; a text cursor that blinks has fewer
RING_PX = 6  # so far around a control its ring may lie: that of a field is drawn by its frame
TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


def tour(
    shown: ShownWindow, key: Qt.Key, look: Callable[[QtWidgets.QWidget], None]
) -> list[QtWidgets.QWidget]:
    """Press a key until the focus is where it began; return where it was."""
    begin = QtWidgets.QApplication.focusWidget()
    assert begin is not None
    stops: list[QtWidgets.QWidget] = []
    for _ in range(MOST_STOPS):
        shown.press(key)
        stop = QtWidgets.QApplication.focusWidget()
        assert stop is not None
        look(stop)
        stops.append(stop)
        if stop is begin:
            return stops
    raise AssertionError(f"trapped among {stops[-3:]}")


def is_seen(stop: QtWidgets.QWidget) -> bool:
    """Whether something in and around a control is drawn differently while it has the focus."""
    window, focused = stop.window(), picture_of(stop)
    stop.clearFocus()
    without = picture_of(stop)
    window.activateWindow()
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    return changed(focused, without) > LEAST_RING


def picture_of(stop: QtWidgets.QWidget) -> QImage:
    window = stop.window()
    QtWidgets.QApplication.processEvents()
    place = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size())
    around = place.adjusted(-RING_PX, -RING_PX, RING_PX, RING_PX)
    return window.grab(around.intersected(window.rect())).toImage()


def check(stop: QtWidgets.QWidget) -> None:
    place = f"{type(stop).__name__} {stop.objectName()!r}"
    assert name_of(stop), f"{place} has no name"
    assert is_seen(stop), f"the focus cannot be seen at {place}"


def name_of(widget: QtWidgets.QWidget) -> str:
    """What assistive technology calls it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.fixture(params=[ThemeMode.LIGHT, ThemeMode.DARK])
def shown(theme: Theme, request: pytest.FixtureRequest) -> Iterator[ShownWindow]:
    theme.set_mode(request.param)
    shown = ShownWindow().watch_twelve().show()
    yield shown
    shown.close()


def test_tab_reaches_everything_with_a_ring_in_both_directions(shown: ShownWindow) -> None:
    found = shown.read("payments-api")
    shown.window.open_finding(found[0].id)
    shown.findings.filter_state.set_text("sev>=low")
    shown.findings.table.setFocus()
    forward = tour(shown, TAB, check)
    assert len(forward) > 25
    backward = tour(shown, BACKTAB, lambda _stop: None)
    assert {stop.objectName() for stop in forward} == {stop.objectName() for stop in backward}


def test_tab_follows_the_visual_order_of_the_findings(theme: Theme) -> None:
    shown = ShownWindow().watch_twelve().show()
    shown.read("payments-api")
    shown.findings.table.setFocus()
    pane = shown.findings
    strip = part(shown.window, QtWidgets.QWidget, "scan_problem")
    reached = tour(shown, TAB, lambda _stop: None)
    stops = [stop for stop in reached if pane.isAncestorOf(stop) or strip.isAncestorOf(stop)]
    assert strip.isAncestorOf(stops[0])
    tops = [stop.mapTo(shown.window, stop.rect().center()).y() for stop in stops]
    assert tops == sorted(tops)
    assert stops[-1] is pane.table
    shown.close()


def test_tab_reaches_the_actions_of_the_first_start(theme: Theme) -> None:
    shown = ShownWindow().show()
    tour(shown, TAB, check)
    shown.close()


@pytest.mark.parametrize("opening", ["Ctrl+N", "F1"])
def test_dialogs_do_not_trap_the_focus_and_escape_closes_them(theme: Theme, opening: str) -> None:
    shown = ShownWindow().show()
    key, modifier = {
        "Ctrl+N": (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier),
        "F1": (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    }[opening]
    shown.press(key, modifier)
    [dialog] = [
        dialog for dialog in shown.window.findChildren(QtWidgets.QDialog) if dialog.isVisible()
    ]
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    QtWidgets.QApplication.processEvents()
    assert set(tour(shown, TAB, check)) == stops_in(dialog)
    shown.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    shown.close()


def stops_in(dialog: QtWidgets.QWidget) -> set[QtWidgets.QWidget]:
    """What Tab has to reach; of buttons that exclude each other, the one that is on."""
    parts = [
        each
        for each in dialog.findChildren(QtWidgets.QWidget)
        if each.isVisible() and each.isEnabled()
    ]
    stops = {each for each in parts if each.focusPolicy() & Qt.FocusPolicy.TabFocus}
    buttons = {each for each in stops if isinstance(each, QtWidgets.QAbstractButton)}
    return stops - {each for each in buttons if each.autoExclusive() and not each.isChecked()}


def test_f6_cycles_through_all_parts_in_both_directions(shown: ShownWindow) -> None:
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


@pytest.mark.parametrize(
    ("keys", "here", "mac"),
    [
        ("Ctrl+N", "Ctrl+N", "⌘N"),
        ("Ctrl+Shift+Z", "Ctrl+Shift+Z", "⇧⌘Z"),
        ("Alt+1", "Alt+1", "⌥1"),
        ("Alt+Down", "Alt+↓", "⌥↓"),
        ("Return", "Enter", "↩"),
        ("Ctrl++", "Ctrl++", "⌘+"),
        ("Ctrl+-", "Ctrl+-", "⌘-"),
        ("?", "?", "?"),
        ("F5", "F5", "F5"),
        ("+", "+", "+"),
        ("", "", ""),
    ],
)
def test_keys_are_one_text(keys: str, here: str, mac: str) -> None:
    assert key_names.key_text(keys, is_mac=False) == here
    assert key_names.key_text(keys, is_mac=True) == mac


def test_each_key_has_a_cap() -> None:
    assert key_names.key_caps("Ctrl+Shift+Z", is_mac=False) == ["Ctrl", "Shift", "Z"]
    assert key_names.key_caps("Ctrl+Shift+Z", is_mac=True) == ["⇧", "⌘", "Z"]


# -- clipboard --


HOSTILE = "a\tb\r\nc\rd\x00\x07\x1b]0;x\x07\x7f\x9be\u202ef\n"


@pytest.mark.parametrize(
    ("copy", "copied"),
    [
        (key_names.copy_line, "a b c d\ufffd\ufffd\ufffd]0;x\ufffd\ufffd\ufffde\ufffdf"),
        (key_names.copy_text, "a\tb\nc\nd]0;xe\u202ef\n"),
        (key_names.copy_exactly, HOSTILE),
    ],
)
def test_what_is_copied(copy: Callable[[str], None], copied: str, qapp: object) -> None:
    copy(HOSTILE)
    assert QGuiApplication.clipboard().text() == copied


def test_nothing_else_of_the_program_writes_to_the_clipboard() -> None:
    root = Path(heimdall_desktop.__file__).parent
    users = [file.name for file in root.rglob("*.py") if "clipboard()" in file.read_text("utf-8")]
    assert users == ["key_names.py"]

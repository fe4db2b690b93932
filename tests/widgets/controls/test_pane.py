"""Surfaces of the window, and what they show when empty or with a problem."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6 import QtWidgets
from PySide6.QtCore import QMargins, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.widgets.controls.buttons import LinkButton, OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.pane import (
    Edge,
    HairlineSplitter,
    Pane,
    Scrim,
    ScrollPage,
    SectionHead,
    set_row_margins,
)
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip, StripText
from heimdall_desktop.widgets.controls.text_labels import Paragraph
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import Ground
from heimdall_desktop.widgets.window.scan_window import ScanWindow
from tests.fakes.hands import part, press, turn_wheel
from tests.fakes.pixels import longest_line, places
from tests.fakes.shown_window import ShownWindow
from tests.widgets.conftest import Owned


def test_ground_and_edges(theme: Theme, owned: Owned) -> None:
    pane = owned(Pane(Ground.ALT, Edge.BOTTOM | Edge.START))
    pane.resize(40, 30)
    image, tokens = pane.grab().toImage(), theme.tokens
    assert image.pixelColor(20, 15) == image.pixelColor(20, 0) == tokens.alt
    assert image.pixelColor(20, 29) == image.pixelColor(0, 15) == tokens.hairline


def test_start_is_right_in_right_to_left_layouts(theme: Theme, owned: Owned) -> None:
    pane = owned(Pane(edges=Edge.START, is_strong=True))
    pane.resize(40, 30)
    pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    image = pane.grab().toImage()
    assert image.pixelColor(39, 15) == theme.tokens.hairline_strong
    assert image.pixelColor(0, 15) == theme.tokens.surface


# -- row margins --


@pytest.mark.parametrize(
    ("direction", "margins"),
    [
        (Qt.LayoutDirection.LeftToRight, QMargins(40, 1, 4, 2)),
        (Qt.LayoutDirection.RightToLeft, QMargins(4, 1, 40, 2)),
    ],
)
def test_margins_swap_sides(direction: Qt.LayoutDirection, margins: QMargins, owned: Owned) -> None:
    widget = owned(QtWidgets.QWidget())
    widget.setLayoutDirection(direction)
    row = QtWidgets.QHBoxLayout(widget)
    set_row_margins(widget, row, start=40, end=4, top=1, bottom=2)
    assert row.contentsMargins() == margins


# -- scrim --


@pytest.fixture
def window(qtbot: QtBot, owned: Owned) -> QtWidgets.QMainWindow:
    window = owned(QtWidgets.QMainWindow())
    Scrim(window)
    window.resize(300, 200)
    with qtbot.waitExposed(window):
        window.show()
    return window


def _middle(window: QtWidgets.QWidget) -> QColor:
    return window.grab().toImage().pixelColor(150, 100)


def _open(dialog: QtWidgets.QDialog) -> None:
    dialog.open()
    QtWidgets.QApplication.processEvents()


def _is_veiled(window: QtWidgets.QWidget) -> bool:
    return part(window, QtWidgets.QWidget, "scrim").isVisible()


ENDINGS: list[Callable[[QtWidgets.QDialog], object]] = [
    QtWidgets.QDialog.accept,
    QtWidgets.QDialog.reject,
    QtWidgets.QDialog.close,
    QtWidgets.QDialog.deleteLater,
]


@pytest.mark.parametrize("end", ENDINGS)
def test_the_scrim_is_shown_while_a_dialog_is_open(
    theme: Theme,
    window: QtWidgets.QMainWindow,
    qtbot: QtBot,
    end: Callable[[QtWidgets.QDialog], object],
) -> None:
    bare = _middle(window)
    dialog = DialogFrame("Question", 200, window)
    _open(dialog)
    assert _middle(window).lightness() < bare.lightness() * 0.85
    end(dialog)
    qtbot.waitUntil(lambda: not _is_veiled(window))
    assert _middle(window) == bare


def test_the_scrim_stays_to_the_last_dialog(theme: Theme, window: QtWidgets.QMainWindow) -> None:
    first, second = DialogFrame("First", 200, window), QtWidgets.QMessageBox(window)
    _open(first)
    _open(second)
    first.reject()
    assert _is_veiled(window), "also for a dialog of Qt"
    second.reject()
    assert not _is_veiled(window)
    first.open()
    first.reject()
    QtWidgets.QApplication.processEvents()
    assert not _is_veiled(window), "it was closed at once"


def test_the_scrim_follows_window_and_theme(theme: Theme, window: QtWidgets.QMainWindow) -> None:
    _open(DialogFrame("Question", 200, window))
    light = _middle(window)
    theme.set_mode(ThemeMode.DARK)
    assert _middle(window).lightness() < light.lightness()
    window.resize(500, 400)
    assert part(window, QtWidgets.QWidget, "scrim").geometry() == window.rect()


def test_both_kinds_of_window_have_a_scrim(theme: Theme) -> None:
    shown = ShownWindow().watch_twelve().show()
    shown.window.scan_windows.tear_off(shown.id("payments-api"))
    tops = QtWidgets.QApplication.topLevelWidgets()
    torn = next(each for each in tops if isinstance(each, ScanWindow))
    for window, other in ((shown.window, torn), (torn, shown.window)):
        box = QtWidgets.QMessageBox(window)
        _open(box)
        assert _is_veiled(window)
        assert not _is_veiled(other), "it continues"
        box.reject()
    shown.close()


# -- scroll page --


@pytest.fixture
def content() -> QtWidgets.QWidget:
    content = QtWidgets.QWidget()
    content.setMinimumHeight(2000)
    return content


@pytest.fixture
def page(content: QtWidgets.QWidget, owned: Owned) -> ScrollPage:
    page = owned(ScrollPage(content))
    page.resize(200, 100)
    page.show()
    return page


def test_scrolls_if_it_is_long(page: ScrollPage, content: QtWidgets.QWidget, qtbot: QtBot) -> None:
    page.scroll_to(500)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() == 500)
    assert page.position_px == 500
    content.setMinimumHeight(10)
    page.scroll_to(1500)
    assert page.position_px == 1500
    content.setMinimumHeight(4000)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() == 1500)


def test_the_wheel_ends_a_wish(page: ScrollPage, content: QtWidgets.QWidget, qtbot: QtBot) -> None:
    page.scroll_to(500)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() == 500)
    turn_wheel(page.viewport())
    moved = page.verticalScrollBar().value()
    assert moved > 500
    content.setMinimumHeight(3000)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 2000)
    assert page.position_px == moved


def test_the_focus_ends_a_wish(page: ScrollPage, content: QtWidgets.QWidget, qtbot: QtBot) -> None:
    page.scroll_to(0)
    below = QtWidgets.QPushButton("below", content)
    below.move(10, 1500)
    below.show()
    page.ensureWidgetVisible(below)
    moved = page.verticalScrollBar().value()
    assert moved > 1000
    content.setMinimumHeight(3000)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 2000)
    assert page.verticalScrollBar().value() == page.position_px == moved


# -- section head --


def test_the_head_names_and_copies_its_block(owned: Owned) -> None:
    head = owned(SectionHead("Evidence", "Copy"))
    head.describe("lines 1 to 2", "the\ncode")
    texts = [label.text() for label in head.findChildren(QtWidgets.QLabel)]
    assert texts == ["Evidence", "lines 1 to 2"]
    press(head, "Copy")
    assert QGuiApplication.clipboard().text() == "the\ncode"
    assert part(head, QtWidgets.QPushButton, "copy").accessibleName() == "Copied"
    head.describe("lines 3 to 4", "other code")
    assert part(head, QtWidgets.QPushButton, "copy").accessibleName() == "Copy"
    assert part(owned(SectionHead("References")), QtWidgets.QPushButton, "copy").isHidden()


# -- splitter --


@pytest.mark.parametrize(
    ("orientation", "start", "end"),
    [
        (Qt.Orientation.Horizontal, QPoint(0, 100), QPoint(40, 100)),
        (Qt.Orientation.Vertical, QPoint(100, 0), QPoint(100, 40)),
    ],
)
def test_the_regions_are_one_pixel_apart_and_dragging_beside_the_line_moves_it(
    qtbot: QtBot, owned: Owned, orientation: Qt.Orientation, start: QPoint, end: QPoint
) -> None:
    splitter = owned(HairlineSplitter(orientation))
    for _ in range(2):
        splitter.addWidget(QtWidgets.QWidget())
    splitter.resize(301, 301)
    with qtbot.waitExposed(splitter):
        splitter.show()
    handle, before = splitter.handle(1), splitter.sizes()[0]
    assert sum(splitter.sizes()) == 300
    assert min(handle.width(), handle.height()) == 7
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, end)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=end)
    assert splitter.sizes()[0] > before + 20


def _texts(state: EmptyState) -> list[str]:
    return [label.text() for label in state.findChildren(Paragraph) if not label.isHidden()]


def test_fact_consequence_and_button(qtbot: QtBot, owned: Owned) -> None:
    state = owned(EmptyState())
    words = ("1 088 findings are hidden.", "Nothing matches.")
    state.show_state(Emptiness("ui-hide", *words, "Clear filter"))
    assert _texts(state) == list(words)
    button = state.findChildren(OutlineButton)[0]
    with qtbot.waitSignal(state.action_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    state.show_state(Emptiness("stage-running", "Scan is in stage 3 of 9."))
    assert button.isHidden()
    assert _texts(state) == ["Scan is in stage 3 of 9."]


def test_loading_shows_its_progress(theme: Theme, owned: Owned) -> None:
    state = owned(EmptyState())
    state.resize(400, 300)
    for fraction in (None, 0.1, 0.9):
        state.show_state(Emptiness("ui-arrow-down", "Loading", fraction=fraction))
        done = longest_line(places(state.grab().toImage(), theme.tokens.accent))
        assert done == pytest.approx(220 * (fraction or 0), abs=4)


def test_keyboard_focus_shows_a_ring(theme: Theme, owned: Owned) -> None:
    host = owned(QtWidgets.QWidget())
    state = EmptyState(host)
    state.resize(400, 300)
    state.show_state(Emptiness("stage-running", "Scan is in stage 3 of 9."))
    host.show()
    host.activateWindow()
    QTest.qWaitForWindowActive(host)
    rings = []
    for reason in (Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ShortcutFocusReason):
        state.clearFocus()
        state.take_keyboard(reason)
        assert state.hasFocus()
        rings.append(longest_line(places(state.grab().toImage(), theme.tokens.accent)))
    assert rings[0] < 20
    assert rings[1] > 350


def test_the_focus_follows_a_button_that_appears_and_disappears(qtbot: QtBot, owned: Owned) -> None:
    state = owned(EmptyState())
    with qtbot.waitActive(state):
        state.show()
        state.activateWindow()
    state.show_state(Emptiness("ui-arrow-down", "Loading findings"))
    state.take_keyboard()
    state.show_state(Emptiness("ui-check", "Finished.", action="Open report"))
    assert isinstance(QtWidgets.QApplication.focusWidget(), OutlineButton)
    state.show_state(Emptiness("ui-arrow-down", "Loading findings"))
    assert state.hasFocus()


LOST = StripText(
    Mood.ATTENTION, "conn-reconnecting", "Connection lost 12 s ago.", "Retrying in 8 s.",
    ("Details", "Retry now"), more=2,
)  # fmt: skip
MOODS = set(Mood) - {Mood.PLAIN}  # a problem is never plain


@pytest.fixture
def strip(owned: Owned) -> ProblemStrip:
    return owned(ProblemStrip())


def _buttons(strip: ProblemStrip) -> list[OutlineButton]:
    return [button for button in strip.findChildren(OutlineButton) if button.isVisible()]


def test_a_strip_is_visible_only_with_a_problem(strip: ProblemStrip) -> None:
    assert not strip.isVisible()
    strip.show_problem(LOST)
    assert strip.isVisible()
    assert strip.accessibleName() == "Connection lost 12 s ago. Retrying in 8 s."
    strip.show_problem(None)
    assert not strip.isVisible()


def test_countdowns_announced_once(strip: ProblemStrip, monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", received.append)
    strip.show_problem(LOST)
    assert [event.type() for event in received] == [QAccessible.Event.Alert]
    strip.show_problem(replace(LOST, fact="Connection lost 13 s ago."))
    strip.show_problem(replace(LOST, fact="Low here.", is_news=False))
    assert len(received) == 1
    strip.show_problem(LOST)
    assert len(received) == 2


def test_actions_are_buttons_only_others_replace(strip: ProblemStrip, qtbot: QtBot) -> None:
    strip.show_problem(LOST)
    before = _buttons(strip)
    assert [button.label for button in before] == ["Details", "Retry now"]
    with qtbot.waitSignal(strip.action_requested) as received:
        QTest.mouseClick(before[1], Qt.MouseButton.LeftButton)
    assert received.args == ["Retry now"]
    strip.show_problem(replace(LOST, consequence="Retrying in 7 s."))
    assert _buttons(strip) == before
    strip.show_problem(replace(LOST, actions=("Sign in",)))
    assert [button.label for button in _buttons(strip)] == ["Sign in"]


def test_other_problems_are_counted(strip: ProblemStrip, qtbot: QtBot) -> None:
    strip.show_problem(LOST)
    link = strip.findChildren(LinkButton)[0]
    assert link.label == "2 more messages"
    with qtbot.waitSignal(strip.more_requested):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    strip.show_problem(replace(LOST, more=0))
    assert not link.isVisible()


def test_every_kind_has_its_ground(strip: ProblemStrip) -> None:
    grounds = set()
    for kind in MOODS:
        strip.show_problem(replace(LOST, mood=kind))
        grounds.add(strip.grab().toImage().pixelColor(2, 5).name())
    assert len(grounds) == len(MOODS)

"""An empty view says why, and offers one way on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.buttons import OutlineButton
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.text_labels import Paragraph
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.pixels import longest_line, places
from tests.widgets.conftest import Owned


def _texts(state: EmptyState) -> list[str]:
    return [label.text() for label in state.findChildren(Paragraph) if not label.isHidden()]


def test_fact_consequence_and_button(qtbot: QtBot, owned: Owned) -> None:
    state = owned(EmptyState())
    state.show_state(
        Emptiness("ui-hide", "1 088 findings are hidden.", "Nothing matches.", "Clear filter")
    )
    assert _texts(state) == ["1 088 findings are hidden.", "Nothing matches."]
    button = state.findChild(OutlineButton)
    assert button is not None
    with qtbot.waitSignal(state.action_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_missing_parts_take_no_space(owned: Owned) -> None:
    state = owned(EmptyState())
    state.show_state(Emptiness("stage-running", "Scan is in stage 3 of 9."))
    button = state.findChild(OutlineButton)
    assert button is not None
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
    host = owned(QWidget())
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
    assert isinstance(QApplication.focusWidget(), OutlineButton)
    state.show_state(Emptiness("ui-arrow-down", "Loading findings"))
    assert state.hasFocus()

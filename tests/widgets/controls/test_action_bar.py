"""The bar over the foot of a table says a fact whole, and folds what does not fit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.widgets.controls import action_bar
from heimdall_desktop.widgets.look.badges import inverse_colours, severity_colours
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT
from tests.fakes.hands import press
from tests.widgets.conftest import Owned

WORDS = (("Confirm", "C"), ("Dismiss", "D"), ("False positive", "F"), ("Fixed", "X"))


class Shown:
    """A bar over the upper part of a widget; what was done is remembered."""

    def __init__(self) -> None:
        self.owner = QWidget()
        self.owner.resize(900, 400)
        self.over = QWidget(self.owner)
        self.over.setGeometry(10, 20, 880, 300)
        self.bar = action_bar.ActionBar("Selection", self.over, self.owner)
        self.done: list[str] = []
        self.owner.show()
        QTest.qWaitForWindowExposed(self.owner)

    def show_bar(self, count: int = 12, addition: str = "3 more hidden") -> None:
        actions = tuple(self.action(text, key) for text, key in WORDS)
        counts = {Severity.CRITICAL: 4, Severity.HIGH: 1_234}
        ends = (self.action("Clear", "Esc"),)
        self.bar.show_state(
            action_bar.BarState(f"{count} selected", counts, None, addition, actions, ends)
        )

    def action(self, text: str, key: str) -> action_bar.BarAction:
        return action_bar.BarAction(text, lambda: self.done.append(text), key)

    def narrow(self, width: int) -> None:
        self.over.resize(width, 300)
        QApplication.processEvents()

    def words(self) -> list[str]:
        """Return the visible buttons and labels in their order."""
        parts = self.bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        shown = sorted((p for p in parts if p.isVisible()), key=lambda p: p.x())
        return [p.text() if isinstance(p, QLabel) else p.accessibleName() for p in shown]


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Shown:
    shown = Shown()
    qtbot.addWidget(shown.owner)
    return shown


def test_is_visible_while_it_has_a_state(shown: Shown) -> None:
    assert not shown.bar.isVisible()
    assert shown.bar.height_px == 0
    shown.show_bar()
    assert shown.bar.isVisible()
    assert shown.words() == [
        "12 selected",
        "4 critical, 1\u00a0234 high",
        "3 more hidden",
        *(text for text, _ in WORDS),
        "Clear",
    ]
    shown.bar.show_state(None)
    assert not shown.bar.isVisible()


def test_floats_in_the_middle_of_the_foot_and_follows_it(shown: Shown) -> None:
    shown.show_bar()
    for width in (880, 700):
        shown.narrow(width)
        bar, over = shown.bar.geometry(), shown.over.geometry()
        assert bar.center().x() == pytest.approx(over.center().x(), abs=1)
        assert over.bottom() - bar.bottom() == 8
        assert shown.bar.height_px == over.bottom() + 1 - bar.top() + 8


def test_keys_go_first_then_actions_fold_and_the_fact_is_never_cut(shown: Shown) -> None:
    shown.show_bar()
    dismiss = next(
        b for b in shown.bar.findChildren(action_bar.InverseButton) if b.label == "Dismiss"
    )
    whole_px = dismiss.width()
    said, folded = [], []
    for width in range(880, 400, -20):
        shown.narrow(width)
        words = shown.words()
        said.append(words[:2])
        folded.append(sum(text not in words for text, _ in WORDS))
        assert words[-1] == "Clear"
        assert ("More" in words) is (folded[-1] > 0)
        assert shown.bar.geometry().right() <= shown.over.geometry().right() - 16
    assert said == [["12 selected", "4 critical, 1\u00a0234 high"]] * len(said)
    assert folded == sorted(folded)
    assert (folded[0], folded[-1]) == (0, len(WORDS))
    shown.narrow(640)
    if dismiss.isVisible():
        assert dismiss.width() < whole_px


def test_folded_actions_are_in_the_menu(shown: Shown) -> None:
    shown.show_bar()
    shown.narrow(480)
    press(shown.bar, "More")
    menu = shown.bar.findChildren(QMenu)[0]
    lines = {action.text(): action for action in menu.actions()}
    assert "Fixed\tX" in lines
    lines["Fixed\tX"].trigger()
    menu.close()
    assert shown.done == ["Fixed"]


def test_a_reused_button_runs_its_current_action_and_keeps_the_focus(shown: Shown) -> None:
    shown.show_bar()
    shown.owner.activateWindow()
    confirm = next(
        b for b in shown.bar.findChildren(action_bar.InverseButton) if b.label == "Confirm"
    )
    confirm.setFocus(Qt.FocusReason.TabFocusReason)
    shown.bar.show_state(action_bar.BarState("50 selected", actions=(shown.action("Reopen", "O"),)))
    assert (confirm.label, confirm.accessibleDescription()) == ("Reopen", "O")
    assert QApplication.focusWidget() is confirm
    QTest.keyClick(confirm, Qt.Key.Key_Space)
    assert shown.done == ["Reopen"]
    assert shown.words() == ["50 selected", "Reopen"]


def test_progress_follows_the_fact(shown: Shown) -> None:
    ends = (action_bar.BarAction("Cancel", lambda: None, "Esc", is_main=True),)
    state = action_bar.BarState(
        "31 of 50", progress=0.62, addition="1 unknown, checking", ends=ends
    )
    shown.bar.show_state(state)
    assert shown.words() == ["31 of 50", "62 %", "1 unknown, checking", "Cancel"]


def test_severities_have_names_for_assistive_technology(owned: Owned) -> None:
    counts = owned(action_bar.SeverityCounts())
    counts.show_counts({Severity.LOW: 2, Severity.CRITICAL: 1, Severity.HIGH: 0})
    assert counts.accessibleName() == "1 critical, 2 low"


def test_shapes_use_the_fills_of_the_other_theme(theme: Theme) -> None:
    for severity in Severity:
        assert inverse_colours(LIGHT, severity) == severity_colours(DARK, severity)
        assert inverse_colours(DARK, severity) == severity_colours(LIGHT, severity)
    theme.set_mode(ThemeMode.CONTRAST)
    worst, other = (
        inverse_colours(theme.tokens, severity) for severity in (Severity.CRITICAL, Severity.LOW)
    )
    assert (worst.fill, other.border) == (theme.tokens.inverse_text, theme.tokens.inverse_text)
    assert other.fill == theme.tokens.inverse


def test_actions_may_have_a_line_of_their_own(shown: Shown) -> None:
    actions = tuple(shown.action(text, "") for text, _ in WORDS)
    ends = (shown.action("Close", ""),)
    long = "a title that is so long that it does not fit beside all of the actions"
    state = action_bar.BarState("Dismissed", {}, None, long, actions, ends, has_two_lines=True)
    shown.bar.show_state(state)
    assert shown.bar.height_px > action_bar.HEIGHT_PX + 2 * action_bar.FOOT_PX
    shown.narrow(420)
    buttons = {each.accessibleName(): each for each in shown.bar.findChildren(QPushButton)}
    above = [part for part in shown.bar.findChildren(QLabel) if part.isVisible()]
    below = [buttons[text] for text, _ in WORDS]
    assert all(part.isVisible() for part in below)
    assert max(part.geometry().bottom() for part in above) < min(part.y() for part in below)
    assert all(shown.bar.rect().contains(part.geometry()) for part in (*above, *below))
    shown.narrow(260)
    assert not buttons["Fixed"].isVisible()
    assert buttons["More"].isVisible()


def test_it_floats_over_another_widget(shown: Shown) -> None:
    shown.show_bar()
    other = QWidget(shown.owner)
    other.setGeometry(10, 200, 880, 190)
    shown.bar.float_over(other)
    shown.bar.place()
    foot = shown.bar.geometry().bottom()
    assert foot > shown.over.geometry().bottom()
    shown.bar.lift_px = 50
    shown.bar.place()
    assert shown.bar.geometry().bottom() == foot - 50
    shown.bar.lift_px, shown.bar.head_px = None, 30
    shown.bar.place()
    assert shown.bar.y() == 200 + 30 + action_bar.FOOT_PX
    shown.over.resize(500, 100)
    QApplication.processEvents()
    assert shown.bar.y() == 200 + 30 + action_bar.FOOT_PX

"""A strip shows fact and consequence, offers its actions, and hides when the problem is gone."""

from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.widgets.controls import problem_strip
from heimdall_desktop.widgets.controls.buttons import LinkButton, OutlineButton
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip, StripText
from tests.widgets.conftest import Owned

LOST = StripText(
    Mood.ATTENTION,
    "conn-reconnecting",
    "Connection lost 12 s ago.",
    "Retrying in 8 s.",
    ("Details", "Retry now"),
    more=2,
)


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


def test_a_countdown_is_not_announced_again(
    strip: ProblemStrip, monkeypatch: pytest.MonkeyPatch
) -> None:
    received: list[QAccessibleEvent] = []
    qt = SimpleNamespace(Event=QAccessible.Event, updateAccessibility=received.append)
    monkeypatch.setattr(problem_strip, "QAccessible", qt)
    strip.show_problem(LOST)
    assert [event.type() for event in received] == [QAccessible.Event.Alert]
    strip.show_problem(replace(LOST, fact="Connection lost 13 s ago."))
    strip.show_problem(replace(LOST, fact="Low here.", is_news=False))
    assert len(received) == 1
    strip.show_problem(LOST)
    assert len(received) == 2


def test_actions_are_reported_by_their_text(strip: ProblemStrip, qtbot: QtBot) -> None:
    strip.show_problem(LOST)
    assert [button.label for button in _buttons(strip)] == ["Details", "Retry now"]
    with qtbot.waitSignal(strip.action_requested) as received:
        QTest.mouseClick(_buttons(strip)[1], Qt.MouseButton.LeftButton)
    assert received.args == ["Retry now"]


def test_a_countdown_keeps_the_buttons(strip: ProblemStrip) -> None:
    strip.show_problem(LOST)
    before = _buttons(strip)
    strip.show_problem(replace(LOST, consequence="Retrying in 7 s."))
    assert _buttons(strip) == before


def test_other_actions_replace_the_buttons(strip: ProblemStrip) -> None:
    strip.show_problem(LOST)
    strip.show_problem(replace(LOST, actions=("Sign in",)))
    assert [button.label for button in _buttons(strip)] == ["Sign in"]


def test_other_problems_are_counted(strip: ProblemStrip, qtbot: QtBot) -> None:
    strip.show_problem(LOST)
    link = strip.findChild(LinkButton)
    assert link is not None
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

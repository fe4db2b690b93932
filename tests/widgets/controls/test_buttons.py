"""Buttons keep Qt's behaviour, have names, are large enough to hit, and confirm a copy."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.buttons import (
    CopyButton,
    CopyWordButton,
    GhostButton,
    GhostIconButton,
    LinkButton,
    OutlineButton,
    PaintedButton,
    PrimaryButton,
    ToolButton,
)
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import Tone
from tests.fakes.pixels import around, longest_line, places


@pytest.mark.parametrize("kind", [OutlineButton, PrimaryButton, GhostButton, LinkButton])
def test_a_button_is_a_named_button_of_at_least_24_pixels(
    theme: Theme, qtbot: QtBot, kind: type[PaintedButton]
) -> None:
    button = kind("OK & <b>go</b>")
    qtbot.addWidget(button)
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.role() == QAccessible.Role.Button
    assert interface.text(QAccessible.Text.Name) == "OK & <b>go</b>"
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= 24


def test_space_presses_a_focused_button(theme: Theme, qtbot: QtBot) -> None:
    button = OutlineButton("Confirm", key="C")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_click_leaves_the_focus_where_it_is(theme: Theme, qtbot: QtBot) -> None:
    button = OutlineButton("Confirm")
    qtbot.addWidget(button)
    assert button.focusPolicy() is Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("kind", [OutlineButton, PrimaryButton, GhostButton, LinkButton])
def test_the_focus_is_visible(theme: Theme, qtbot: QtBot, kind: type[PaintedButton]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button, other = kind("Confirm"), OutlineButton("Other")
    row = QHBoxLayout(window)
    row.addWidget(button)
    row.addWidget(other)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    ring = theme.tokens.on_accent if kind is PrimaryButton else theme.tokens.accent
    edge = QRect(0, 0, button.width(), 4)
    other.setFocus()
    assert longest_line(places(button.grab().toImage(), ring, edge)) < button.width() / 2
    button.setFocus()
    assert longest_line(places(button.grab().toImage(), ring, edge)) > button.width() / 2


def test_content_widens_a_button(theme: Theme, qtbot: QtBot) -> None:
    plain = OutlineButton("Add")
    rich = OutlineButton("Add", icon="ui-plus", key="A", has_menu=True)
    qtbot.addWidget(plain)
    qtbot.addWidget(rich)
    assert rich.sizeHint().width() > plain.sizeHint().width() + 40


def test_a_new_label_is_also_the_new_name(theme: Theme, qtbot: QtBot) -> None:
    button = OutlineButton("Add")
    qtbot.addWidget(button)
    width = button.sizeHint().width()
    button.set_label("Add these scans")
    assert button.label == button.accessibleName() == "Add these scans"
    assert button.sizeHint().width() > width


def test_a_destructive_button_has_another_ink(theme: Theme, qtbot: QtBot) -> None:
    button = OutlineButton("Delete")
    qtbot.addWidget(button)
    assert not places(button.grab().toImage(), theme.tokens.failed, near=20)
    button.set_tone(Tone.FAILED)
    assert places(button.grab().toImage(), theme.tokens.failed, near=20)


def test_an_icon_button_names_itself_in_a_harmless_tip(theme: Theme, qtbot: QtBot) -> None:
    button = GhostIconButton("ui-close", "Close <img src=x>", key="Esc")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Close <img src=x>"
    assert button.toolTip() == "<qt>Close &lt;img src=x&gt; (Esc)</qt>"


def test_an_icon_button_is_never_smaller_than_24_pixels(theme: Theme, qtbot: QtBot) -> None:
    button = GhostIconButton("ui-close", "Close", height_px=16)
    qtbot.addWidget(button)
    assert button.sizeHint().width() == button.sizeHint().height() == 24


def test_a_badge_counts_in_the_corner(theme: Theme, qtbot: QtBot) -> None:
    button = GhostIconButton("ui-inbox", "Inbox")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert not places(button.grab().toImage(), theme.tokens.accent)
    button.set_badge("3")
    badge = around(places(button.grab().toImage(), theme.tokens.accent))
    assert badge.height() > 8
    assert badge.left() > button.width() / 3
    assert badge.center().y() < button.height() / 2
    assert button.accessibleDescription() == "3"


def test_a_wide_badge_leaves_as_much_of_the_icon_as_a_small_one(theme: Theme, qtbot: QtBot) -> None:
    button = GhostIconButton("ui-inbox", "Inbox")
    qtbot.addWidget(button)
    square = button.sizeHint()
    button.resize(square)
    free = QRect(0, 0, square.width() // 3, square.height())
    button.set_badge("3")
    beside = button.grab(free).toImage()
    assert button.sizeHint() == square
    button.set_badge("9+")
    assert button.sizeHint().width() > square.width()
    button.resize(button.sizeHint())
    assert button.grab(free).toImage() == beside


def test_buttons_mirror(theme: Theme, qtbot: QtBot) -> None:
    button = OutlineButton("Add", icon="ui-plus")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())

    def gap() -> float:
        """Return where the gap between icon and word is."""
        ink = places(button.grab().toImage(), theme.tokens.text, near=100)
        columns = sorted({x for x, _y in ink})
        width, left = max((right - left, left) for left, right in pairwise(columns))
        return left + width / 2

    from_left = gap()
    assert from_left < button.width() / 2
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert gap() == pytest.approx(button.width() - from_left, abs=3)


# -- copy button --


def test_it_says_that_it_has_copied_for_a_moment(theme: Theme, qtbot: QtBot) -> None:
    button = CopyButton("ui-link", "Copy link")
    qtbot.addWidget(button)
    button.confirm()
    assert button.accessibleName() == "Copied"
    (timer,) = button.findChildren(QTimer)
    timer.setInterval(0)
    qtbot.waitUntil(lambda: button.accessibleName() == "Copy link")
    assert not timer.isActive()


def test_a_word_gives_way_for_a_moment_and_moves_nothing(theme: Theme, qtbot: QtBot) -> None:
    button = CopyWordButton("Copy patch")
    qtbot.addWidget(button)
    button.show()
    width = button.width()
    button.confirm()
    assert button.accessibleName() == "Copied"
    assert button.minimumWidth() == width
    (timer,) = button.findChildren(QTimer)
    timer.setInterval(0)
    qtbot.waitUntil(lambda: button.accessibleName() == "Copy patch")
    assert button.minimumWidth() == 0


# -- tool button --


def test_words_go_and_the_name_stays(theme: Theme, qtbot: QtBot) -> None:
    button = ToolButton(icon="ui-views", has_menu=True)
    qtbot.addWidget(button)
    button.show_words("Confirmed, changed", "View Confirmed, changed")
    full = button.sizeHint().width()
    button.set_compact(is_compact=True)
    assert (button.label, button.accessibleName()) == ("", "View Confirmed, changed")
    assert button.sizeHint().width() < button.full_width() == full
    button.show_words("Views")
    assert (button.label, button.accessibleName()) == ("", "Views")
    button.set_compact(is_compact=False)
    assert button.label == "Views"

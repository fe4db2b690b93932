"""Buttons keep Qt's behaviour, have names, are large enough to hit, and confirm a copy."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
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
from tests.widgets.conftest import Owned


@pytest.mark.parametrize("kind", [OutlineButton, PrimaryButton, GhostButton, LinkButton])
def test_a_button_is_a_named_button_of_at_least_24_pixels(
    kind: type[PaintedButton], owned: Owned
) -> None:
    button = owned(kind("OK & <b>go</b>"))
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.role() == QAccessible.Role.Button
    assert interface.text(QAccessible.Text.Name) == "OK & <b>go</b>"
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= 24


def test_space_presses_a_focused_button(qtbot: QtBot, owned: Owned) -> None:
    button = owned(OutlineButton("Confirm", key="C"))
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_click_does_not_move_the_focus(owned: Owned) -> None:
    button = owned(OutlineButton("Confirm"))
    assert button.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_a_new_label_is_also_the_new_name(owned: Owned) -> None:
    button = owned(OutlineButton("Add"))
    width = button.sizeHint().width()
    button.set_label("Add these scans")
    assert button.label == button.accessibleName() == "Add these scans"
    assert button.sizeHint().width() > width


def test_an_icon_button_names_itself_in_a_harmless_tip(owned: Owned) -> None:
    button = owned(GhostIconButton("ui-close", "Close <img src=x>", key="Esc"))
    assert button.accessibleName() == "Close <img src=x>"
    assert button.toolTip() == "<qt>Close &lt;img src=x&gt; (Esc)</qt>"


def test_an_icon_button_is_never_smaller_than_24_pixels(owned: Owned) -> None:
    button = owned(GhostIconButton("ui-close", "Close", height_px=16))
    assert button.sizeHint().width() == button.sizeHint().height() == 24


def test_a_badge_is_described(owned: Owned) -> None:
    button = owned(GhostIconButton("ui-inbox", "Inbox"))
    button.set_badge("3")
    assert button.accessibleDescription() == "3"


# -- copy button --


def test_a_copy_button_confirms_for_a_moment(qtbot: QtBot, owned: Owned) -> None:
    button = owned(CopyButton("ui-link", "Copy link"))
    button.confirm()
    assert button.accessibleName() == "Copied"
    (timer,) = button.findChildren(QTimer)
    timer.setInterval(0)
    qtbot.waitUntil(lambda: button.accessibleName() == "Copy link")
    assert not timer.isActive()


def test_a_copy_word_is_replaced_for_a_moment_without_moving_anything(
    qtbot: QtBot, owned: Owned
) -> None:
    button = owned(CopyWordButton("Copy patch"))
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


def test_a_compact_tool_hides_its_words_and_keeps_its_name(owned: Owned) -> None:
    button = owned(ToolButton(icon="ui-views", has_menu=True))
    button.show_words("Confirmed, changed", "View Confirmed, changed")
    full = button.sizeHint().width()
    button.set_compact(is_compact=True)
    assert (button.label, button.accessibleName()) == ("", "View Confirmed, changed")
    assert button.sizeHint().width() < button.full_width() == full
    button.show_words("Views")
    assert (button.label, button.accessibleName()) == ("", "Views")
    button.set_compact(is_compact=False)
    assert button.label == "Views"

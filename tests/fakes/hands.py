"""An analyst's hands: finds a part of the window by its name, clicks it, types into it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.dialog_frame import LinkPrompt

T = TypeVar("T", bound=QObject)
W = TypeVar("W", bound=QWidget)


def part(parent: QObject, kind: type[T], name: str) -> T:
    """Return the part with this object name; fail the test if there is none."""
    found = parent.findChild(kind, name)
    assert found is not None, f"there is no {kind.__name__} {name!r}"
    return found


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def turn_wheel(widget: QWidget) -> None:
    """Turn the wheel one step towards the user, over the middle of a widget."""
    place, step = QPointF(widget.rect().center()), QPoint(0, -120)
    keys = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    at, phase = (place, widget.mapToGlobal(place)), Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(widget, QWheelEvent(*at, QPoint(), step, *keys, phase, False))


def press(parent: QWidget, text: str) -> None:
    buttons = [
        button
        for button in parent.findChildren(QPushButton)
        if button.accessibleName() == text and not button.isHidden()
    ]
    assert buttons, f"no button says {text!r}"
    click(([button for button in buttons if button.isVisible()] or buttons)[-1])


def type_text(widget: QWidget, text: str) -> None:
    QTest.keyClicks(widget, text)


def press_key(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifier)


def asked_page(widget: QWidget, act: Callable[[], object]) -> str:
    """Return the address that a prompt in a widget asks to open after an action; "" for none."""
    prompt = LinkPrompt(parent=widget)
    act()
    return "" if prompt.isHidden() else part(prompt, QLabel, "link-address").text()


def opened(qtbot: QtBot, widget: W, width_px: int, height_px: int) -> W:
    """Show a widget in this size until the test ends, and return it."""
    qtbot.addWidget(widget)
    widget.resize(width_px, height_px)
    widget.show()
    return widget

"""The bar counts what is hidden and leads back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.hidden_bar import HiddenBar
from heimdall_desktop.widgets.theme import Theme


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> HiddenBar:
    bar = HiddenBar(theme)
    qtbot.addWidget(bar)
    return bar


def said(bar: HiddenBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if not label.isHidden()]


def test_it_is_there_as_long_as_rows_are_hidden(bar: HiddenBar) -> None:
    assert bar.isHidden()
    bar.show_hidden(1088)
    assert not bar.isHidden()
    assert said(bar) == ["1\u00a0088 findings are hidden by this filter."]
    bar.show_hidden(1)
    assert said(bar) == ["1 finding is hidden by this filter."]


def test_it_tells_that_new_rows_are_not_followed(bar: HiddenBar) -> None:
    bar.show_following(is_following=False)
    assert "Following paused" in said(bar)


def test_it_leads_back(bar: HiddenBar, qtbot: QtBot) -> None:
    bar.show_hidden(3)
    clear = bar.findChild(QPushButton, "hidden_bar_clear")
    assert clear is not None
    with qtbot.waitSignal(bar.clear_requested):
        QTest.mouseClick(clear, Qt.MouseButton.LeftButton)

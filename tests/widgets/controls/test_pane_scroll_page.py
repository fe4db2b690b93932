"""A page that finds its place again."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.pane import ScrollPage


@pytest.fixture
def content() -> QWidget:
    content = QWidget()
    content.setMinimumHeight(2000)
    return content


@pytest.fixture
def page(content: QWidget, qtbot: QtBot) -> ScrollPage:
    page = ScrollPage(content)
    qtbot.addWidget(page)
    page.resize(200, 100)
    page.show()
    return page


def test_it_scrolls_where_it_is_told(page: ScrollPage, qtbot: QtBot) -> None:
    page.scroll_to(500)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() == 500)
    assert page.position_px == 500


def test_it_waits_for_content_that_is_not_there_yet(
    page: ScrollPage, content: QWidget, qtbot: QtBot
) -> None:
    content.setMinimumHeight(10)
    page.scroll_to(1500)
    assert page.position_px == 1500
    content.setMinimumHeight(4000)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() == 1500)


def test_a_hand_on_the_wheel_wins(page: ScrollPage, content: QWidget, qtbot: QtBot) -> None:
    page.scroll_to(500)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() == 500)
    wheel = QWheelEvent(
        QPointF(50, 50),
        page.mapToGlobal(QPointF(50, 50)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.viewport(), wheel)
    moved = page.verticalScrollBar().value()
    assert moved > 500
    content.setMinimumHeight(3000)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 2000)
    assert page.position_px == moved


def test_where_the_focus_leads_it_stays(page: ScrollPage, content: QWidget, qtbot: QtBot) -> None:
    page.scroll_to(0)
    below = QPushButton("below", content)
    below.move(10, 1500)
    below.show()
    page.ensureWidgetVisible(below)
    moved = page.verticalScrollBar().value()
    assert moved > 1000
    content.setMinimumHeight(3000)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 2000)
    assert page.verticalScrollBar().value() == page.position_px == moved

"""Scroll bars, menus and tool tips look as the theme says, and another theme is only a repaint."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QCursor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QScrollBar, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT

LENGTH_PX = 200
LEFT = Qt.MouseButton.LeftButton


def _bar(qtbot: QtBot, orientation: Qt.Orientation = Qt.Orientation.Vertical) -> QScrollBar:
    bar = QScrollBar(orientation)
    qtbot.addWidget(bar)
    bar.setRange(0, 100)
    bar.setPageStep(100)  # half of what there is: so is the handle
    thickness = bar.sizeHint().width() if _is_vertical(bar) else bar.sizeHint().height()
    bar.resize(*((thickness, LENGTH_PX) if _is_vertical(bar) else (LENGTH_PX, thickness)))
    QCursor.setPos(0, 0)  # what an earlier test left it at might be over the handle
    bar.move(100, 100)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def _is_vertical(bar: QScrollBar) -> bool:
    return bar.orientation() is Qt.Orientation.Vertical


def _drag(bar: QScrollBar, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(bar, LEFT, pos=start)
    QTest.mouseMove(bar, end)
    QTest.mouseRelease(bar, LEFT, pos=end)


def _colour(widget: QWidget, x: int, y: int) -> QColor:
    return widget.grab().toImage().pixelColor(x, y)


def _scrolled(qtbot: QtBot) -> QScrollArea:
    area, page = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    page.setFixedSize(100, 1000)
    area.setWidget(page)
    with qtbot.waitExposed(area):
        area.show()
    return area


def test_no_style_sheet_lies_on_the_application(theme: Theme, qapp: QApplication) -> None:
    assert qapp.styleSheet() == ""


def test_a_bar_is_all_handle_and_track_without_arrows(theme: Theme, qtbot: QtBot) -> None:
    bar = _bar(qtbot)
    assert bar.width() == theme.scale(10)
    _drag(bar, QPoint(5, 1), QPoint(5, 1 + LENGTH_PX // 2))
    assert bar.value() == bar.maximum()
    QTest.mouseClick(bar, LEFT, pos=QPoint(5, 1))
    assert bar.value() == bar.minimum()


def test_a_bar_that_lies_mirrors_with_the_language(theme: Theme, qtbot: QtBot) -> None:
    bar = _bar(qtbot, Qt.Orientation.Horizontal)
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    _drag(bar, QPoint(LENGTH_PX - 2, 5), QPoint(LENGTH_PX // 2 - 2, 5))
    assert bar.value() == bar.maximum()


def test_a_short_page_of_a_long_whole_has_a_handle_to_grab(theme: Theme, qtbot: QtBot) -> None:
    bar = _bar(qtbot)
    bar.setRange(0, 1_000_000)
    bar.setPageStep(1)
    _drag(bar, QPoint(5, theme.scale(28) - 2), QPoint(5, LENGTH_PX))
    assert bar.value() == bar.maximum()


def test_a_handle_takes_the_colours_of_the_theme(theme: Theme, qtbot: QtBot) -> None:
    bar = _bar(qtbot)
    assert _colour(bar, 5, 50) == LIGHT.hairline_strong
    assert _colour(bar, 5, 150) == LIGHT.window, "no ground of its own"
    theme.set_mode(ThemeMode.DARK)
    QApplication.processEvents()
    assert _colour(bar, 5, 50) == DARK.hairline_strong
    assert _colour(bar, 5, 150) == DARK.window
    QTest.mousePress(bar, LEFT, pos=QPoint(5, 50))
    assert _colour(bar, 5, 50) == DARK.control


def test_a_bar_with_nothing_to_scroll_is_empty(theme: Theme, qtbot: QtBot) -> None:
    bar = _bar(qtbot)
    bar.setRange(0, 0)
    assert _colour(bar, 5, 50) == LIGHT.window


def test_bars_grow_with_the_zoom(theme: Theme, qtbot: QtBot) -> None:
    area = _scrolled(qtbot)
    bar = area.verticalScrollBar()
    assert bar.width() == theme.scale(10)
    theme.set_zoom(2)
    qtbot.waitUntil(lambda: bar.width() == theme.scale(10) == 20)


def test_tips_are_inverse(theme: Theme) -> None:
    for mode, tokens in ((ThemeMode.DARK, DARK), (ThemeMode.LIGHT, LIGHT)):
        theme.set_mode(mode)
        palette = QToolTip.palette()
        assert palette.color(QPalette.ColorRole.ToolTipBase) == tokens.inverse
        assert palette.color(QPalette.ColorRole.ToolTipText) == tokens.inverse_text


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK, ThemeMode.CONTRAST])
def test_menus_are_raised_and_have_an_edge(theme: Theme, qtbot: QtBot, mode: ThemeMode) -> None:
    theme.set_mode(mode)
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("Copy row")
    menu.popup(QPoint())
    tokens = theme.tokens
    assert _colour(menu, 0, 0) == tokens.hairline_strong
    assert _colour(menu, 2, 2) == tokens.raised
    assert _colour(menu, menu.width() - 8, menu.height() // 2) == tokens.raised

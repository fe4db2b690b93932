"""Scroll bars, menus and tool tips look as the theme says, and another theme is only a repaint."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QColor, QCursor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QScrollBar, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT
from tests.widgets.conftest import Owned

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


def test_the_application_has_no_style_sheet(theme: Theme, qapp: QApplication) -> None:
    assert qapp.styleSheet() == ""


def test_a_bar_is_all_handle_and_track_without_arrows(theme: Theme, qtbot: QtBot) -> None:
    bar = _bar(qtbot)
    assert bar.width() == theme.scale(10)
    _drag(bar, QPoint(5, 1), QPoint(5, 1 + LENGTH_PX // 2))
    assert bar.value() == bar.maximum()
    QTest.mouseClick(bar, LEFT, pos=QPoint(5, 1))
    assert bar.value() == bar.minimum()


def test_a_horizontal_bar_is_mirrored(theme: Theme, qtbot: QtBot) -> None:
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
    assert _colour(bar, 5, 150) == LIGHT.window, "no separate ground"
    theme.set_mode(ThemeMode.DARK)
    QApplication.processEvents()
    assert _colour(bar, 5, 50) == DARK.hairline_strong
    assert _colour(bar, 5, 150) == DARK.window
    QTest.mousePress(bar, LEFT, pos=QPoint(5, 50))
    assert _colour(bar, 5, 50) == DARK.control
    bar.setRange(0, 0)
    assert _colour(bar, 5, 50) == DARK.window, "there is nothing to scroll"


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
def test_menus_are_raised_and_have_an_edge(theme: Theme, mode: ThemeMode, owned: Owned) -> None:
    theme.set_mode(mode)
    menu = owned(QMenu())
    menu.addAction("Copy row")
    menu.popup(QPoint())
    tokens = theme.tokens
    assert _colour(menu, 0, 0) == tokens.hairline_strong
    assert _colour(menu, 2, 2) == tokens.raised
    assert _colour(menu, menu.width() - 8, menu.height() // 2) == tokens.raised


# -- menu rows --


TO_LEFT = Qt.LayoutDirection.RightToLeft


@pytest.fixture
def menu(owned: Owned) -> QMenu:
    return owned(QMenu())


def _drawn(menu: QMenu, action: QAction) -> QRect:
    """Return the place of the ink in a row, counted from the row's own corner."""
    image = _row(menu, action)
    ground = image.pixelColor(image.width() // 2, 1)
    marked = [
        QPoint(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if _differ(image.pixelColor(x, y), ground)
    ]
    xs, ys = [point.x() for point in marked], [point.y() for point in marked]
    return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys)))


def _differ(one: QColor, other: QColor) -> bool:
    return abs(one.lightness() - other.lightness()) > 40


def _row(menu: QMenu, action: QAction) -> QImage:
    menu.popup(QPoint())
    return menu.grab(menu.actionGeometry(action)).toImage()


def _starts(menu: QMenu, actions: Sequence[QAction]) -> set[int]:
    return {_drawn(menu, action).left() // 4 for action in actions}


def test_words_start_near_the_edge_without_icons(menu: QMenu) -> None:
    assert _drawn(menu, menu.addAction("Idle")).left() <= 12


def test_words_of_all_rows_are_aligned(menu: QMenu, theme: Theme) -> None:
    with_icon = menu.addAction(theme.icon("ui-close"), "Idle")
    plain = [menu.addAction("Idle"), menu.addAction("Illness")]
    assert len(_starts(menu, plain)) == 1
    assert _drawn(menu, with_icon).left() < _drawn(menu, plain[0]).left() - 16


def test_tick_and_icon_have_their_own_columns(menu: QMenu, theme: Theme) -> None:
    action = menu.addAction(theme.icon("ui-close"), "Idle")
    before = _drawn(menu, action).left()
    menu.hide()
    action.setCheckable(True)
    unticked = _drawn(menu, action).left()
    menu.hide()
    action.setChecked(True)
    assert before < unticked
    assert _drawn(menu, action).left() < unticked


def test_keys_are_aligned_at_the_end(menu: QMenu) -> None:
    short, long = menu.addAction("Quit\tCtrl+Q"), menu.addAction("Search all scans\tF3")
    ends = [_drawn(menu, action).right() for action in (short, long)]
    assert abs(ends[0] - ends[1]) <= 2
    assert ends[0] >= menu.actionGeometry(short).width() - 12


def test_no_words_are_cut(menu: QMenu, theme: Theme) -> None:
    action = menu.addAction("A rather long line of words for a menu\tCtrl+Shift+F12")
    menu.addAction("B")
    needed = sum(theme.text_width(part) for part in action.text().split("\t"))
    assert menu.actionGeometry(action).width() >= needed + 24


def test_an_ampersand_is_shown_once(menu: QMenu, theme: Theme) -> None:
    one, two = menu.addAction("&Copy"), menu.addAction("Copy")
    assert _row(menu, one) == _row(menu, two)
    words = [_drawn(menu, menu.addAction(text)).width() for text in ("A&&B", "AB")]
    assert words[0] - words[1] == pytest.approx(theme.text_width("&"), abs=2)


def test_the_chosen_row_has_its_own_ground(menu: QMenu) -> None:
    action = menu.addAction("Copy row")
    before = _row(menu, action).pixelColor(60, 1)
    menu.setActiveAction(action)
    after = _row(menu, action).pixelColor(60, 1)
    assert (before, after) == (LIGHT.raised, LIGHT.pressed)


def test_a_disabled_row_is_paler_and_never_highlighted(menu: QMenu) -> None:
    usual, disabled = menu.addAction("Copy"), menu.addAction("Copy")
    disabled.setEnabled(False)
    assert _darkest(_row(menu, disabled)) > _darkest(_row(menu, usual)) + 60
    menu.setActiveAction(disabled)
    assert _row(menu, disabled).pixelColor(20, 1) == LIGHT.raised


def _darkest(image: QImage) -> int:
    return min(
        image.pixelColor(x, y).lightness()
        for x in range(image.width())
        for y in range(image.height())
    )


def test_the_arrow_of_a_submenu_is_mirrored(menu: QMenu) -> None:
    action = menu.addMenu("More").menuAction()
    assert _drawn(menu, action).right() >= menu.actionGeometry(action).width() - 14
    menu.hide()
    menu.setLayoutDirection(TO_LEFT)
    mirrored = _drawn(menu, action)
    assert mirrored.left() <= 14
    assert mirrored.right() >= menu.actionGeometry(action).width() - 12


def test_a_line_separates_groups(menu: QMenu) -> None:
    menu.addAction("One")
    line = menu.addSeparator()
    menu.addAction("Two")
    image = _row(menu, line)
    colours = {image.pixelColor(20, y).name() for y in range(image.height())}
    assert colours == {LIGHT.raised.name(), LIGHT.hairline.name()}

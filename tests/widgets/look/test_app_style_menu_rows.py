"""Rows of menus: ticks, icons, words and keys in columns, told apart when chosen or disabled."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.look.tokens import LIGHT

TO_LEFT = Qt.LayoutDirection.RightToLeft


@pytest.fixture
def menu(theme: Theme, qtbot: QtBot) -> QMenu:
    menu = QMenu()
    qtbot.addWidget(menu)
    return menu


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


def test_words_begin_near_the_edge_where_nothing_stands_before_them(menu: QMenu) -> None:
    assert _drawn(menu, menu.addAction("Idle")).left() <= 12


def test_words_of_all_rows_begin_under_each_other(menu: QMenu, theme: Theme) -> None:
    with_icon = menu.addAction(theme.icon("ui-close"), "Idle")
    plain = [menu.addAction("Idle"), menu.addAction("Illness")]
    assert len(_starts(menu, plain)) == 1
    assert _drawn(menu, with_icon).left() < _drawn(menu, plain[0]).left() - 16


def test_a_tick_and_an_icon_stand_beside_each_other(menu: QMenu, theme: Theme) -> None:
    action = menu.addAction(theme.icon("ui-close"), "Idle")
    before = _drawn(menu, action).left()
    menu.hide()
    action.setCheckable(True)
    unticked = _drawn(menu, action).left()
    menu.hide()
    action.setChecked(True)
    assert before < unticked
    assert _drawn(menu, action).left() < unticked


def test_keys_end_under_each_other_and_far_from_the_words(menu: QMenu) -> None:
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


def test_the_chosen_row_has_a_ground_of_its_own(menu: QMenu) -> None:
    action = menu.addAction("Copy row")
    before = _row(menu, action).pixelColor(60, 1)
    menu.setActiveAction(action)
    after = _row(menu, action).pixelColor(60, 1)
    assert (before, after) == (LIGHT.raised, LIGHT.pressed)


def test_a_row_that_does_nothing_now_is_paler_and_never_marked(menu: QMenu) -> None:
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


def test_an_arrow_leads_into_another_menu_the_way_people_read(menu: QMenu) -> None:
    action = menu.addMenu("More").menuAction()
    assert _drawn(menu, action).right() >= menu.actionGeometry(action).width() - 14
    menu.hide()
    menu.setLayoutDirection(TO_LEFT)
    mirrored = _drawn(menu, action)
    assert mirrored.left() <= 14
    assert mirrored.right() >= menu.actionGeometry(action).width() - 12


def test_a_line_parts_groups(menu: QMenu) -> None:
    menu.addAction("One")
    line = menu.addSeparator()
    menu.addAction("Two")
    image = _row(menu, line)
    colours = {image.pixelColor(20, y).name() for y in range(image.height())}
    assert colours == {LIGHT.raised.name(), LIGHT.hairline.name()}

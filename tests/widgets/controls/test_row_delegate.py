"""A row is hovered, selected and ringed alike in every list."""

import pytest
from PySide6.QtCore import QRect, QStringListModel
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.row_delegate import RowDelegate
from heimdall_desktop.widgets.look.theme import Theme

SELECTED, ACTIVE = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_Active


class Painted:
    """One row, painted by the parts of a delegate."""

    def __init__(self, theme: Theme) -> None:
        self._view, self._model = QListView(), QStringListModel(["one"])
        self._model.setParent(self._view)
        self.delegate, self.view = RowDelegate(theme, self._view), self._view
        self._theme = theme

    def colour(self, x: int, y: int, *states: QStyle.StateFlag) -> QColor:
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, 100, 30)
        for state in states:
            option.state |= state
        image = QImage(100, 30, QImage.Format.Format_ARGB32)
        image.fill(self._theme.tokens.surface)
        painter, index = QPainter(image), self._model.index(0)
        self.delegate.draw_hover(painter, option, index)
        self.delegate.draw_selection(painter, option)
        self.delegate.draw_ring(painter, option, index)
        painter.end()
        return image.pixelColor(x, y)


@pytest.fixture
def painted(theme: Theme, qtbot: QtBot) -> Painted:
    painted = Painted(theme)
    qtbot.addWidget(painted.view)
    return painted


def test_an_ordinary_row_lies_on_the_ground_of_its_list(painted: Painted, theme: Theme) -> None:
    assert painted.colour(50, 15) == theme.tokens.surface
    painted.delegate.hovered_row = 0
    assert painted.colour(50, 15) == theme.tokens.hover


def test_a_selected_row_has_a_fill_and_a_bar(painted: Painted, theme: Theme) -> None:
    painted.delegate.hovered_row = 0
    assert painted.colour(50, 15, SELECTED, ACTIVE) == theme.tokens.selection
    assert painted.colour(1, 15, SELECTED, ACTIVE) == theme.tokens.accent
    assert painted.colour(50, 15, SELECTED) == theme.tokens.selection_inactive
    assert painted.colour(1, 15, SELECTED) == theme.tokens.control


def test_the_row_of_the_keyboard_has_a_ring(painted: Painted, theme: Theme) -> None:
    painted.delegate.ringed_row = 0
    assert painted.colour(50, 1) == theme.tokens.accent
    assert painted.colour(50, 15) == theme.tokens.surface

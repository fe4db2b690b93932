"""A row is hovered, selected and ringed alike in every list."""

import pytest
from PySide6.QtCore import QModelIndex, QRect, QStringListModel, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from heimdall_desktop.widgets.controls.row_delegate import Cell, Index, RowDelegate
from heimdall_desktop.widgets.look.painting import RowCursor
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.pixels import around, places

ICON, COLUMN, REST, LAST = map(QColor, ("#ff0000", "#0000ff", "#008000", "#000000"))
SELECTED, ACTIVE = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_Active


class Painted:
    """One row, painted by a delegate."""

    def __init__(self, theme: Theme) -> None:
        self._view, self._model = QListView(), QStringListModel(["one"])
        self._model.setParent(self._view)
        self.delegate, self.view = RowDelegate(self._view), self._view
        self._theme = theme

    def colour(self, x: int, y: int, *states: QStyle.StateFlag) -> QColor:
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, 100, 30)
        for state in states:
            option.state |= state
        image = QImage(100, 30, QImage.Format.Format_ARGB32)
        image.fill(self._theme.tokens.surface)
        painter, index = QPainter(image), self._model.index(0)
        self.delegate.paint(painter, option, index)
        painter.end()
        return image.pixelColor(x, y)


@pytest.fixture
def painted(theme: Theme, qtbot: QtBot) -> Painted:
    painted = Painted(theme)
    qtbot.addWidget(painted.view)
    return painted


def test_an_ordinary_row_has_the_ground_of_its_list(painted: Painted, theme: Theme) -> None:
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


class Parts(RowDelegate):
    """A row of an icon and three texts, each longer than its room."""

    def draw_row(
        self, painter: QPainter, row: RowCursor, option: QStyleOptionViewItem, index: Index
    ) -> None:
        long = "M" * 100
        start = [
            Cell("ui-check", ICON, is_icon=True, column_px=16, gap_px=4),
            Cell(long, COLUMN, column_px=60, gap_px=10),
            Cell(long, REST, least_px=40),
        ]
        end = [Cell(long, LAST, column_px=50, gap_px=10, from_px=250)]
        self.draw_cells(painter, row, option.rect.width(), start, end)


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize(
    ("width", "rest", "last"),
    [(300, (106, 224), (234, 284)), (240, (106, 224), None), (150, None, None)],
)
def test_cells_are_in_their_columns_and_omitted_in_narrow_rows(
    theme: Theme,
    painted: Painted,
    direction: Qt.LayoutDirection,
    width: int,
    rest: tuple[int, int] | None,
    last: tuple[int, int] | None,
) -> None:
    image = QImage(width, 30, QImage.Format.Format_RGB32)
    image.fill(theme.tokens.surface)
    option = QStyleOptionViewItem()
    option.rect, option.direction = image.rect(), direction
    with QPainter(image) as painter:
        Parts(painted.view).paint(painter, option, QModelIndex())
    wanted = [(ICON, (16, 32)), (COLUMN, (36, 96)), (REST, rest), (LAST, last)]
    for colour, place in wanted:
        ink = around(places(image, colour, near=40))
        if place is None:
            assert ink.isNull(), colour.name()
            continue
        left, right = place
        if direction is Qt.LayoutDirection.RightToLeft:
            left, right = width - right, width - left
        assert left <= ink.left() <= ink.right() < right, colour.name()
        assert ink.width() > (right - left) / 2, colour.name()

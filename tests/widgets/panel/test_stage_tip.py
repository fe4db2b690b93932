"""The box beside a stage stays inside its window, however much it has to say."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.panel.stage_tip import PADDING_PX, WIDEST_PX, StageTip


@pytest.fixture
def window(theme: Theme) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(600, 560)
    window.show()
    yield window
    window.close()
    window.deleteLater()


def show(tip: StageTip, window: QWidget, lines: list[str], top: int, left: int = 100) -> QRect:
    tip.show_lines(lines, QRect(window.mapToGlobal(QPoint(left, top)), QRect(0, 0, 50, 18).size()))
    return tip.geometry()


def test_it_stands_under_its_row_or_above_where_there_is_no_room(
    theme: Theme, window: QWidget
) -> None:
    tip = StageTip(theme, window)
    assert show(tip, window, ["Hunt", "Started 13:58:37"], 50).top() > 68
    assert show(tip, window, ["Hunt", "Started 13:58:37"], 530).bottom() < 530


def test_the_longest_error_fits_into_the_window(theme: Theme, window: QWidget) -> None:
    tip = StageTip(theme, window)
    place = show(tip, window, ["Hunt", "word " * 2000], 200, left=560)
    assert tip.lines[-1] == "The copy has all of it."
    assert place.left() >= 0
    assert window.rect().contains(place)
    assert not tip.grab().isNull()


def test_words_stay_whole_and_paths_may_be_parted(theme: Theme, window: QWidget) -> None:
    tip = StageTip(theme, window)
    narrow = show(tip, window, ["Hunt", "short"], 50).height()
    metrics = QFontMetricsF(theme.font(Role.SMALL))
    words, room = "", theme.scale(WIDEST_PX)
    while metrics.horizontalAdvance(words + "over") < room:
        words += "over "
    place = show(tip, window, ["Hunt", f"{words.rstrip()}loadedandmore"], 50)
    line = metrics.horizontalAdvance(words.rpartition("over")[0].rstrip())
    assert place.height() > narrow
    assert place.width() <= line + 2 * theme.scale(PADDING_PX) + 2
    place = show(tip, window, ["Hunt", "a/" * 200], 50)
    assert place.width() <= room + 2 * theme.scale(PADDING_PX) + 2
    assert tip.lines[-1] != "The copy has all of it."


def test_it_says_nothing_while_it_is_hidden(theme: Theme, window: QWidget) -> None:
    tip = StageTip(theme, window)
    show(tip, window, ["Hunt"], 50)
    assert list(tip.lines) == ["Hunt"]
    tip.hide()
    assert list(tip.lines) == []

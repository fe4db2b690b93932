"""The strip of a card fills with the time a stage usually takes, and its words give way for it."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtGui import QImage

from heimdall_desktop.widgets.board.card_delegate import CardDelegate
from heimdall_desktop.widgets.board.card_plan import LINE_STRIP_PX, BoardForm
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.board_scans import ScanStory
from tests.fakes.pixels import longest_line, places
from tests.fakes.shown_window import ShownWindow


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().show()
    yield shown
    shown.close()


def story(shown: ShownWindow, *past: Sequence[float]) -> ScanStory:
    shown.watch("shop")
    return shown.stories["shop"].run([30, 90], 90).remember(*past)


def accent_px(shown: ShownWindow, theme: Theme) -> int:
    """How many points of the board's strips have the accent."""
    shown.ticker.flush()
    shown.ticker.second.emit()
    image = shown.board.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted, inset = theme.tokens.accent.rgb(), theme.scale(16)
    points = ((x, y) for x in range(inset, image.width()) for y in range(image.height()))
    return sum(image.pixel(x, y) == wanted for x, y in points)


@pytest.fixture
def table(theme: Theme) -> Iterator[ShownWindow]:
    """So many scans from the start that each is a line."""
    shown = ShownWindow()
    for number in range(15):
        shown.watch(f"shop-{number}")
        shown.stories[f"shop-{number}"].run([30, 90], 90)
    shown.ticker.flush()
    yield shown.show()
    shown.close()


def test_a_ring_around_a_row_leaves_its_strip_alone(table: ShownWindow, theme: Theme) -> None:
    view = table.board.view
    assert view.form is BoardForm.TABLE

    def row() -> tuple[QImage, QImage]:
        image = view.viewport().grab(view.visualRect(view.model().index(3, 0))).toImage()
        line = image.height() - theme.scale(LINE_STRIP_PX)
        rest = image.height() - line
        return image.copy(0, 0, image.width(), line), image.copy(0, line, image.width(), rest)

    before = row()
    delegate = view.itemDelegate()
    assert isinstance(delegate, CardDelegate)
    delegate.ringed_row = 3
    above, strip = row()
    assert strip == before[1]
    rings = [longest_line(places(image, theme.tokens.accent)) for image in (before[0], above)]
    assert rings[0] < above.width() / 2 < rings[1]


def test_a_running_segment_fills_with_the_usual_time(shown: ShownWindow, theme: Theme) -> None:
    running = story(shown)
    unknown = accent_px(shown, theme)
    running.remember(*[[30, 90, 100]] * 3)
    nearly_over = accent_px(shown, theme)
    running.remember(*[[30, 90, 900]] * 3)
    assert nearly_over > unknown > accent_px(shown, theme) > 0

"""Lines land on whole device pixels, texts keep their half pixel, rows mirror."""

import ast
import math
import sys
from collections.abc import Hashable, Iterator
from itertools import product
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

import heimdall_desktop
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.painting import RowCursor
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.shown_window import ShownWindow

INK = QColor("#000000")
PAPER = QColor("#FFFFFF")
DENSITIES = pytest.mark.parametrize("density", [1.0, 1.25, 1.5, 2.0, 3.0])


def _canvas(density: float, width: int = 40, height: int = 40) -> QImage:
    image = QImage(
        round(width * density), round(height * density), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(density)
    image.fill(PAPER)
    return image


def _column(image: QImage, x: int) -> list[str]:
    return [image.pixelColor(x, y).name() for y in range(image.height())]


@DENSITIES
@pytest.mark.parametrize("y", [3, 4, 5, 6, 7])
def test_a_hairline_is_equally_thin_wherever_it_is(theme: Theme, density: float, y: int) -> None:
    lying, upright = _canvas(density), _canvas(density)
    with QPainter(lying) as painter:
        painting.horizontal_hairline(painter, 0, y, 40, INK)
    with QPainter(upright) as painter:
        painting.vertical_hairline(painter, y, 0, 40, INK)
    row = [upright.pixelColor(x, 5).name() for x in range(upright.width())]
    for passed in (_column(lying, 5), row):
        assert passed.count(INK.name()) == int(density)
        assert set(passed) == {INK.name(), PAPER.name()}


@DENSITIES
def test_a_filled_rectangle_has_no_grey_edges(theme: Theme, density: float) -> None:
    image = _canvas(density)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.fill(painter, QRectF(3, 3, 3, 11), INK)
    inks = {name for x in range(image.width()) for name in _column(image, x)}
    assert inks == {INK.name(), PAPER.name()}


def test_a_text_that_misses_by_less_than_half_a_pixel_stays_whole(theme: Theme) -> None:
    metrics = theme.metrics()
    width = metrics.horizontalAdvance("payments-api")
    assert painting.elided("payments-api", metrics, width - 0.4) == "payments-api"
    assert painting.elided("payments-api", metrics, width - 4).endswith("…")


def test_drawing_text_returns_the_used_width(theme: Theme) -> None:
    image = _canvas(1.0, 200)
    with QPainter(image) as painter:
        rect = QRectF(0, 0, 200, 40)
        drawn = painting.draw_text(painter, rect, "a <b>bold</b> word", theme.font(), INK)
    assert drawn == theme.text_width("a <b>bold</b> word")


@pytest.mark.parametrize(
    ("direction", "lefts"),
    [(Qt.LayoutDirection.LeftToRight, (0, 36, 80)), (Qt.LayoutDirection.RightToLeft, (70, 54, 0))],
)
def test_a_row_continues_after_the_previous_part_in_reading_direction(
    theme: Theme, direction: Qt.LayoutDirection, lefts: tuple[int, int, int]
) -> None:
    image = _canvas(1.0)
    with QPainter(image) as painter:
        row = RowCursor(theme, painter, QRectF(0, 0, 100, 20), direction)
        assert row.take(30) == QRectF(lefts[0], 0, 30, 20)
        row.skip(6)
        assert row.take(10) == QRectF(lefts[1], 0, 10, 20)
        assert row.take_at_end(20) == QRectF(lefts[2], 0, 20, 20)
        assert row.remaining == 34


def test_a_texts_width_is_taken_from_the_row(theme: Theme) -> None:
    image = _canvas(1.0, 200)
    with QPainter(image) as painter:
        row = RowCursor(theme, painter, QRectF(0, 0, 200, 20), Qt.LayoutDirection.LeftToRight)
        width = row.text("Hunt", theme.font(), INK)
        row.icon("ui-close", 16, INK)
        assert row.remaining == pytest.approx(200 - width - 16)


def test_onward_arrows_are_mirrored(theme: Theme) -> None:
    pictures = []
    for name, direction in (
        ("ui-chevron-right", Qt.LayoutDirection.RightToLeft),
        ("ui-chevron-left", Qt.LayoutDirection.LeftToRight),
    ):
        image = _canvas(1.0, 16)
        with QPainter(image) as painter:
            RowCursor(theme, painter, QRectF(0, 0, 16, 16), direction).icon(name, 16, INK)
        pictures.append(image)
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight]
)
def test_code_is_left_to_right_in_every_row(theme: Theme, direction: Qt.LayoutDirection) -> None:
    image = _canvas(1.0, 200)
    with QPainter(image) as painter:
        row = RowCursor(theme, painter, QRectF(0, 0, 200, 20), direction)
        row.code("-lll", theme.font(), INK)
    heights = [sum(each != PAPER.name() for each in _column(image, x)) for x in range(200)]
    inked = [height for height in heights if height]
    assert inked[0] < max(inked) / 2, "the minus is the first of it"
    assert inked[-1] > max(inked) / 2


def test_a_mirrored_text_begins_at_the_right(theme: Theme) -> None:
    image = _canvas(1.0, 200)
    with QPainter(image) as painter:
        row = RowCursor(theme, painter, QRectF(0, 0, 200, 40), Qt.LayoutDirection.RightToLeft)
        width = row.text("Hunt", theme.font(), INK)
    inked = [x for x in range(200) if set(_column(image, x)) != {PAPER.name()}]
    assert min(inked) >= 200 - width - 1


@pytest.mark.parametrize("density", [1.0, 1.25, 1.5, 2.0])
def test_the_window_has_no_blurred_line_at_any_density(theme: Theme, density: float) -> None:
    """Look at what the screen would get: rows, their hairlines, and the bar of the selected one."""
    shown = ShownWindow().watch_twelve().show()
    shown.window.open_finding(shown.read("payments-api")[6].id)
    QApplication.processEvents()
    table, tokens = shown.findings.table, theme.tokens
    size = table.viewport().size()
    pixmap = QPixmap(round(size.width() * density), round(size.height() * density))
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(tokens.surface)
    table.viewport().render(pixmap)
    image = pixmap.toImage()
    row = table.visualRect(table.currentIndex())
    inset = round(14 * density)  # right of bar and dots, left of every text and badge
    plain = (tokens.surface, tokens.hairline, tokens.selection, tokens.selection_inactive)
    lines = [image.pixelColor(inset, y) for y in range(image.height() - 2)]
    assert {colour.name() for colour in lines} <= {colour.name() for colour in plain}
    assert tokens.hairline in lines
    middle = round((row.top() + 5) * density)
    bar = [image.pixelColor(x, middle) for x in range(round(4.5 * density))]
    assert {colour.name() for colour in bar} <= {
        tokens.accent.name(),
        tokens.control.name(),
        tokens.selection.name(),
        tokens.selection_inactive.name(),
    }
    thick = sum(colour in (tokens.accent, tokens.control) for colour in bar)
    assert thick == math.floor(3 * density + 0.5)
    shown.close()


# -- ends --


SOURCE = Path(heimdall_desktop.__file__).parent


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    shown = ShownWindow().watch_twelve().show()
    yield shown
    shown.close()


def test_no_painter_outlives_its_paint_method_with_the_frame(shown: ShownWindow) -> None:
    frames: list[FrameType] = []

    def keep(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name == "paintEvent":
            frames.append(frame)

    sys.setprofile(keep)
    try:
        shown.window.grab()
    finally:
        sys.setprofile(None)
    kept = [value for frame in frames for value in frame.f_locals.values()]
    painters = [value for value in kept if isinstance(value, QPainter)]
    active = [painter for painter in painters if painter.isActive()]
    assert len(painters) > 20
    assert active == []


def test_every_painter_is_opened_by_a_with_statement() -> None:
    loose = []
    for path in sorted(SOURCE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "QPainter(" not in source:
            continue
        nodes = list(ast.walk(ast.parse(source)))
        opened = [item.context_expr for node in nodes for item in getattr(node, "items", ())]
        made = [
            node
            for node in nodes
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) in ("QPainter", "QtGui.QPainter")
        ]
        loose += [f"{path.name}:{node.lineno}" for node in made if node not in opened]
    assert loose == []


@DENSITIES
@pytest.mark.parametrize("place", [QRectF(3, 4, 21, 8), QRectF(3.4, 5.25, 20.5, 7.75)])
def test_a_picture_is_what_it_was_drawn_from(
    qapp: QApplication, density: float, place: QRectF
) -> None:
    drawn = 0

    def draw(canvas: QPainter) -> None:
        nonlocal drawn
        drawn += 1
        canvas.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = painting.snapped(canvas, place)
        painting.rounded_box(canvas, box, 2, ground=INK, line=QColor("#FF0000"))

    direct, once, again = (_canvas(density) for _ in range(3))
    with QPainter(direct) as painter:
        draw(painter)
    pictures: dict[Hashable, QPixmap] = {}
    for image in (once, again):
        with QPainter(image) as painter:
            painting.draw_once(painter, place, pictures, "box", draw)
    assert drawn == 2
    assert once == again
    for place_px in product(range(direct.width()), range(direct.height())):
        one, other = (image.pixelColor(*place_px) for image in (direct, once))
        for part in (QColor.red, QColor.green, QColor.blue):
            assert abs(part(one) - part(other)) <= 2, place_px

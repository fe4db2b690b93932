"""Shapes stay inside their square and differ from each other without colour."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, qGray

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.labels import severity_letter
from heimdall_desktop.widgets.look.badges import (
    draw_hollow_shape,
    draw_shape,
    severity_colours,
    shape_path,
)
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode

EVERY = pytest.mark.parametrize("severity", list(Severity))


@EVERY
@pytest.mark.parametrize("edge", [11.0, 16.0, 48.0])
def test_a_shape_stays_inside_its_square(severity: Severity, edge: float) -> None:
    square = QRectF(3, 5, edge, edge)
    assert square.contains(shape_path(severity, square).boundingRect())


def test_letters_are_those_of_the_words() -> None:
    assert [severity_letter(severity) for severity in Severity] == ["C", "H", "M", "L", "?"]


def test_outlines_differ_without_colour(theme: Theme) -> None:
    outlines = set()
    for severity in Severity:
        image = QImage(24, 24, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        draw_hollow_shape(painter, severity, QRectF(0, 0, 24, 24), QColor("#000000"))
        painter.end()
        outlines.add(bytes(image.constBits()))
    assert len(outlines) == len(Severity)


@EVERY
def test_a_letter_is_drawn_in_the_label_colour(theme: Theme, severity: Severity) -> None:
    colours = severity_colours(theme.tokens, severity)
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#00FF00"))
    painter = QPainter(image)
    draw_shape(painter, severity, QRectF(0, 0, 64, 64), colours, theme.font())
    painter.end()
    inks = {image.pixelColor(x, y).name() for x in range(64) for y in range(64)}
    assert {colours.fill.name(), colours.label.name()} <= inks


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK, ThemeMode.CONTRAST])
@pytest.mark.parametrize("edge", [11, 16])
def test_a_greyscale_print_tells_severities_apart_by_shape(
    theme: Theme, mode: ThemeMode, edge: int
) -> None:
    theme.set_mode(mode)
    masks = {severity: _mask_in_grey(theme, severity, edge) for severity in Severity}
    for one, other in combinations(Severity, 2):
        apart = len(masks[one] ^ masks[other]) / len(masks[one] | masks[other])
        assert apart >= 0.15, f"{one} looks like {other}"


def _mask_in_grey(theme: Theme, severity: Severity, edge: int) -> set[tuple[int, int]]:
    """Return the pixels of a shape that a greyscale print sets off from the table, at 200 %."""
    image = QImage(2 * edge, 2 * edge, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(2.0)
    image.fill(theme.tokens.surface)
    painter = QPainter(image)
    colours = severity_colours(theme.tokens, severity)
    draw_shape(painter, severity, QRectF(0, 0, edge, edge), colours)
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    paper = qGray(theme.tokens.surface.rgb())
    pixels = ((x, y) for x in range(grey.width()) for y in range(grey.height()))
    return {(x, y) for x, y in pixels if abs(qGray(grey.pixel(x, y)) - paper) > 48}

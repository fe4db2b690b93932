"""Shapes stay inside their square and differ from each other without colour."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from heimdall_desktop.domain.finding import Severity
from heimdall_desktop.widgets.severity_shapes import (
    draw_hollow_shape,
    draw_shape,
    severity_colours,
    severity_letter,
    shape_path,
)
from heimdall_desktop.widgets.theme import Theme

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

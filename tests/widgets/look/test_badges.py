"""Badges distinguish severity and verdict, fit their cell and follow the theme."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, qGray

from heimdall_desktop.domain.facts.finding import Severity, Verdict
from heimdall_desktop.presentation.labels import severity_letter
from heimdall_desktop.widgets.look.badges import (
    Badges,
    draw_hollow_shape,
    draw_shape,
    severity_colours,
    shape_path,
)
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.look.tokens import DARK, LIGHT

CELL = QRectF(0, 0, 112, 28)


class Canvas:
    """An empty cell that reports what was painted into it."""

    def __init__(self, density: float = 1.0) -> None:
        self._image = QImage(
            round(CELL.width() * density),
            round(CELL.height() * density),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        self._image.setDevicePixelRatio(density)
        self._image.fill(Qt.GlobalColor.transparent)
        self.painter = QPainter(self._image)

    def pixels(self) -> bytes:
        self.painter.end()
        return bytes(self._image.constBits())

    def painted_columns(self) -> range:
        """Return the span of device columns that hold ink."""
        self.painter.end()
        width, height = self._image.width(), self._image.height()
        columns = [
            x
            for x in range(width)
            if any(self._image.pixelColor(x, y).alpha() for y in range(height))
        ]
        return range(columns[0], columns[-1] + 1)


def _capsule(badges: Badges, severity: Severity, verdict: Verdict, word: str = "") -> bytes:
    canvas = Canvas()
    badges.draw_capsule(canvas.painter, CELL, severity, verdict, word)
    return canvas.pixels()


def test_every_severity_and_verdict_looks_different(theme: Theme) -> None:
    badges = Badges(theme)
    verdicts = (Verdict.UNVERIFIED, Verdict.CONFIRMED, Verdict.WITHDRAWN)
    looks = {_capsule(badges, severity, verdict) for severity in Severity for verdict in verdicts}
    assert len(looks) == len(Severity) * len(verdicts)


def test_a_badge_follows_the_theme(theme: Theme) -> None:
    badges = Badges(theme)
    light = _capsule(badges, Severity.LOW, Verdict.CONFIRMED)
    theme.set_mode(ThemeMode.DARK)
    dark = _capsule(badges, Severity.LOW, Verdict.CONFIRMED)
    for colours, capsule in ((LIGHT, light), (DARK, dark)):
        fills = [each.severity.low.fill.rgba().to_bytes(4, "little") for each in (LIGHT, DARK)]
        assert [fill in capsule for fill in fills] == [colours is LIGHT, colours is DARK]


def test_an_unknown_severity_shows_the_servers_word(theme: Theme) -> None:
    badges = Badges(theme)
    for word in ("ill", "Notice"):
        canvas = Canvas()
        badges.draw_capsule(canvas.painter, CELL, Severity.OTHER, Verdict.CONFIRMED, word)
        width = badges.capsule_width(Severity.OTHER, Verdict.CONFIRMED, word)
        assert len(canvas.painted_columns()) == pytest.approx(width, abs=2)
    without = [_capsule(badges, Severity.OTHER, Verdict.CONFIRMED, word) for word in ("AB", "BA")]
    assert without[0] != without[1]  # as wide, but another word


def test_a_long_word_is_cut_to_the_cell(theme: Theme) -> None:
    canvas = Canvas()
    badges, word = Badges(theme), "W" * 80
    assert badges.capsule_width(Severity.OTHER, Verdict.CONFIRMED, word) > CELL.width()
    badges.draw_capsule(canvas.painter, CELL, Severity.OTHER, Verdict.CONFIRMED, word)
    assert canvas.painted_columns().stop <= CELL.width()


def test_a_capsule_is_at_the_trailing_edge_of_a_mirrored_cell(theme: Theme) -> None:
    canvas, to_left = Canvas(), Qt.LayoutDirection.RightToLeft
    kind = Severity.HIGH, Verdict.CONFIRMED
    Badges(theme).draw_capsule(canvas.painter, CELL, *kind, direction=to_left)
    assert canvas.painted_columns().stop == CELL.width()


@pytest.mark.parametrize("density", [1.0, 1.25, 1.5, 2.0])
def test_a_bare_capsule_is_as_wide_as_its_shape(theme: Theme, density: float) -> None:
    canvas = Canvas(density)
    Badges(theme).draw_capsule(canvas.painter, CELL, Severity.HIGH, Verdict.CONFIRMED, is_bare=True)
    assert len(canvas.painted_columns()) == pytest.approx(24 * density, abs=1)


def test_small_shapes_are_bare_and_large_ones_carry_a_letter(theme: Theme) -> None:
    badges = Badges(theme)
    canvas = Canvas()
    badges.draw_shape(canvas.painter, Severity.HIGH, QPointF(0, 0), 11)
    assert canvas.painted_columns() == range(11)


# -- severity shapes --


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
        with QPainter(image) as painter:
            draw_hollow_shape(painter, severity, QRectF(0, 0, 24, 24), QColor("#000000"))
        outlines.add(bytes(image.constBits()))
    assert len(outlines) == len(Severity)


@EVERY
def test_a_letter_is_drawn_in_the_label_colour(theme: Theme, severity: Severity) -> None:
    colours = severity_colours(theme.tokens, severity)
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#00FF00"))
    with QPainter(image) as painter:
        draw_shape(painter, severity, QRectF(0, 0, 64, 64), colours, theme.font())
    inks = {image.pixelColor(x, y).name() for x in range(64) for y in range(64)}
    assert {colours.fill.name(), colours.label.name()} <= inks


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK, ThemeMode.CONTRAST])
@pytest.mark.parametrize("edge", [11, 16])
def test_severities_differ_in_a_greyscale_print(theme: Theme, mode: ThemeMode, edge: int) -> None:
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
    with QPainter(image) as painter:
        colours = severity_colours(theme.tokens, severity)
        draw_shape(painter, severity, QRectF(0, 0, edge, edge), colours)
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    paper = qGray(theme.tokens.surface.rgb())
    pixels = ((x, y) for x in range(grey.width()) for y in range(grey.height()))
    return {(x, y) for x, y in pixels if abs(qGray(grey.pixel(x, y)) - paper) > 48}

"""Colours reach the contrasts of look.md and behaviour.md 2.3, in high contrast as well."""

from collections.abc import Mapping
from itertools import combinations

import pytest
from msgspec.structs import fields
from PySide6.QtGui import QColor, QPalette

from heimdall_desktop.widgets.look.tokens import (
    DARK,
    LIGHT,
    CodeColours,
    Ground,
    SeverityColours,
    Tokens,
    Tone,
    accented,
    contrast,
    high_contrast_tokens,
    luminance,
)
from tests.fakes import pixels
from tests.fakes.used_pairs import DECORATION, MARKS, SHAPE_GROUNDS, TEXTS, colour, pairs

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
SEVERITIES = ("critical", "high", "medium", "low", "other")

VISIONS: Mapping[str, pixels.Vision] = {
    "normal": pixels.normal,
    "protanopia": pixels.lacking(pixels.PROTANOPIA),
    "deuteranopia": pixels.lacking(pixels.DEUTERANOPIA),
    "tritanopia": pixels.lacking(pixels.TRITANOPIA),
    "no colour": pixels.no_colour,
}
#: Smallest difference between any two severity fills. Source: behaviour.md 2.3.
LEAST = {
    ("light", "normal"): 32,
    ("light", "protanopia"): 36,
    ("light", "deuteranopia"): 26,
    ("light", "tritanopia"): 18,
    ("light", "no colour"): 12,
    ("dark", "normal"): 34,
    ("dark", "protanopia"): 14,
    ("dark", "deuteranopia"): 14,
    ("dark", "tritanopia"): 18,
    ("dark", "no colour"): 15,
}


def _severity(tokens: Tokens, name: str) -> SeverityColours:
    found: SeverityColours = getattr(tokens.severity, name)
    return found


@BOTH
@pytest.mark.parametrize(("ink", "ground"), pairs(TEXTS))
def test_every_text_is_readable_on_all_its_grounds(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(colour(tokens, ink), colour(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(("ink", "ground"), pairs(MARKS))
def test_every_mark_stands_out_on_all_its_grounds(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(colour(tokens, ink), colour(tokens, ground)) >= 3


@BOTH
@pytest.mark.parametrize("name", SEVERITIES)
@pytest.mark.parametrize("ground", SHAPE_GROUNDS)
def test_severity_shapes_stand_out_from_every_row(tokens: Tokens, name: str, ground: str) -> None:
    colours = _severity(tokens, name)
    assert contrast(colours.border or colours.fill, colour(tokens, ground)) >= 3


def test_no_token_is_left_out() -> None:
    named = {part for pair in (*pairs(TEXTS), *pairs(MARKS)) for part in pair} | DECORATION
    all_names = {field.name for field in fields(Tokens)} - {"severity", "code"}
    all_names |= {f"code.{field.name}" for field in fields(CodeColours)}
    assert all_names <= named


@pytest.mark.parametrize(("theme", "vision"), LEAST)
def test_any_two_severities_look_different_to_every_eye(theme: str, vision: str) -> None:
    tokens = {"light": LIGHT, "dark": DARK}[theme]
    fills = [_severity(tokens, name).fill for name in SEVERITIES[:4]]
    least = min(
        pixels.difference(one, other, VISIONS[vision]) for one, other in combinations(fills, 2)
    )
    assert round(least) >= LEAST[theme, vision]


def test_a_greyscale_print_of_the_light_theme_keeps_the_order() -> None:
    fills = [luminance(_severity(LIGHT, name).fill) for name in SEVERITIES[:4]]
    assert fills == sorted(fills)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # of the test data of Sharma, Wu and Dalal
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_of_differences_is_the_published_one(
    one: pixels.Triple, other: pixels.Triple, expected: float
) -> None:
    assert pixels.ciede2000(one, other) == pytest.approx(expected, abs=1e-4)


def test_eyes_without_red_cones_confuse_red_with_green() -> None:
    red, green = QColor("#B93A08"), QColor("#5F6B00")
    assert (
        pixels.difference(red, green, pixels.lacking(pixels.PROTANOPIA))
        < pixels.difference(red, green) / 2
    )


@BOTH
def test_every_tone_and_ground_names_a_colour(tokens: Tokens) -> None:
    assert all(tokens.ink(tone).isValid() for tone in Tone)
    assert all(tokens.ground(ground).isValid() for ground in Ground)


# -- the accent of the desktop --

#: Accent colours that GNOME 47 offers, and KDE's usual one.
CALM = ("#3584E4", "#2190A4", "#3A944A", "#9141AC", "#6F8396", "#3DAEE9")
ALARMING = ("#C88800", "#ED5B00", "#E62D42", "#D56199")


def _wish(name: str) -> tuple[float, float, float]:
    colour = QColor(name)
    return colour.redF(), colour.greenF(), colour.blueF()


@BOTH
@pytest.mark.parametrize("name", [*CALM, *ALARMING, "#000000", "#FFFFFF", "#0000FF", "#00FF00"])
def test_with_any_accent_everything_stays_readable(tokens: Tokens, name: str) -> None:
    found = accented(tokens, _wish(name))
    for table, least in ((TEXTS, 4.5), (MARKS, 3)):
        for ink, ground in pairs(table):
            ratio = contrast(colour(found, ink), colour(found, ground))
            assert ratio >= least, (ink, ground, ratio)
    for shape in SEVERITIES:
        colours = _severity(found, shape)
        assert contrast(colours.border or colours.fill, found.selection) >= 3


@BOTH
@pytest.mark.parametrize("name", CALM)
def test_the_accent_keeps_its_hue(tokens: Tokens, name: str) -> None:
    found = accented(tokens, _wish(name))
    assert found.accent != tokens.accent
    assert abs(found.accent.hslHue() - QColor(name).hslHue()) <= 2
    assert found.severity is tokens.severity


@BOTH
@pytest.mark.parametrize("name", ALARMING)
def test_an_accent_that_looks_like_an_alarm_is_not_used(tokens: Tokens, name: str) -> None:
    assert accented(tokens, _wish(name)) is tokens


# -- high contrast --


BLACK, WHITE = "#000000", "#FFFFFF"


def _palette(ground: str, text: str, link: str, highlight: str) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    for name, value in (
        (role.Base, ground),
        (role.Text, text),
        (role.Link, link),
        (role.Highlight, highlight),
    ):
        palette.setColor(name, QColor(value))
    return palette


PALETTES = pytest.mark.parametrize(
    "palette",
    [
        _palette(BLACK, WHITE, "#FFFF00", "#1AEBFF"),
        _palette(BLACK, "#3FF23F", "#8080FF", "#202080"),
        _palette(WHITE, BLACK, "#00009F", "#C8C8FF"),
        _palette("#808080", "#909090", "#888888", "#858585"),
    ],
    ids=["white on black", "green on black", "black on white", "grey on grey"],
)


@PALETTES
@pytest.mark.parametrize("are_dark", [None, True, False])
def test_every_ink_stands_out_from_every_ground(palette: QPalette, are_dark: bool | None) -> None:
    tokens = high_contrast_tokens(palette, are_dark)
    for tone in (Tone.TEXT, Tone.MUTED, Tone.FAINT, Tone.ACCENT, Tone.FAILED, Tone.WARNING):
        for ground in (each for each in Ground if each is not Ground.INVERSE):
            assert contrast(tokens.ink(tone), tokens.ground(ground)) >= 7
    assert contrast(tokens.inverse_text, tokens.inverse) >= 7
    assert contrast(tokens.on_accent, tokens.accent) >= 7


def test_colours_are_the_systems(qapp: object) -> None:
    tokens = high_contrast_tokens(_palette(BLACK, "#3FF23F", "#FFFF00", "#101040"))
    assert tokens.surface == QColor(BLACK)
    assert tokens.text == QColor("#3FF23F")
    assert tokens.accent == QColor("#FFFF00")
    assert tokens.selection == QColor("#101040")


@PALETTES
def test_lines_have_the_text_colour(palette: QPalette) -> None:
    tokens = high_contrast_tokens(palette)
    for line in (tokens.hairline, tokens.hairline_strong, tokens.control, tokens.stage_pending):
        assert line == tokens.text


@PALETTES
def test_severities_are_shapes_that_stand_out(palette: QPalette) -> None:
    tokens = high_contrast_tokens(palette)
    for field in fields(tokens.severity):
        colours = getattr(tokens.severity, field.name)
        assert contrast(colours.label, colours.fill) >= 7
        assert contrast(colours.border or colours.fill, tokens.surface) >= 7


def test_dark_high_contrast_can_be_requested() -> None:
    light = _palette(WHITE, BLACK, "#00009F", "#C8C8FF")
    assert high_contrast_tokens(light, are_dark=True).surface == QColor(BLACK)
    assert high_contrast_tokens(light, are_dark=False).surface == QColor(WHITE)


def test_a_selection_shows_even_where_the_systems_own_is_too_dark() -> None:
    tokens = high_contrast_tokens(_palette(WHITE, BLACK, "#00009F", "#308CC6"))
    assert tokens.selection != tokens.surface
    assert contrast(tokens.text, tokens.selection) >= 7


@PALETTES
def test_disabled_text_is_paler_than_enabled_text(palette: QPalette) -> None:
    tokens = high_contrast_tokens(palette)
    assert contrast(tokens.disabled, tokens.surface) >= 4.5
    assert contrast(tokens.disabled, tokens.surface) < contrast(tokens.text, tokens.surface) / 1.5


# -- high contrast contrast --


def test_contrast_is_that_of_wcag_in_both_orders() -> None:
    black, grey, white = map(QColor, (BLACK, "#777777", WHITE))
    assert luminance(black) == 0
    assert luminance(white) == pytest.approx(1)
    for one, other, ratio in ((black, white, 21), (grey, white, 4.48), (grey, grey, 1)):
        assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)

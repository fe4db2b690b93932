"""With high contrast every text stands out, whatever the system's palette is."""

import pytest
from msgspec.structs import fields
from PySide6.QtGui import QColor, QPalette

from heimdall_desktop.widgets.look.tokens import Ground, Tone, contrast, high_contrast_tokens

BLACK, WHITE = "#000000", "#FFFFFF"


def _palette(ground: str, text: str, link: str, highlight: str) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    for name, colour in (
        (role.Base, ground),
        (role.Text, text),
        (role.Link, link),
        (role.Highlight, highlight),
    ):
        palette.setColor(name, QColor(colour))
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


def test_people_who_want_it_dark_get_it_dark() -> None:
    light = _palette(WHITE, BLACK, "#00009F", "#C8C8FF")
    assert high_contrast_tokens(light, are_dark=True).surface == QColor(BLACK)
    assert high_contrast_tokens(light, are_dark=False).surface == QColor(WHITE)


def test_a_selection_shows_even_where_the_systems_own_is_too_dark() -> None:
    tokens = high_contrast_tokens(_palette(WHITE, BLACK, "#00009F", "#308CC6"))
    assert tokens.selection != tokens.surface
    assert contrast(tokens.text, tokens.selection) >= 7


@PALETTES
def test_what_does_nothing_now_is_paler_than_what_does(palette: QPalette) -> None:
    tokens = high_contrast_tokens(palette)
    assert contrast(tokens.disabled, tokens.surface) >= 4.5
    assert contrast(tokens.disabled, tokens.surface) < contrast(tokens.text, tokens.surface) / 1.5

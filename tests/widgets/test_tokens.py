"""The colours reach the contrast that design.md promises."""

import pytest
from PySide6.QtGui import QColor

from heimdall_desktop.widgets.tokens import DARK, LIGHT, Ground, Tokens, Tone

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def _luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
@pytest.mark.parametrize("tone", [Tone.TEXT, Tone.MUTED, Tone.FAINT, Tone.ACCENT])
@pytest.mark.parametrize("ground", [Ground.WINDOW, Ground.SURFACE, Ground.ALT, Ground.SELECTION])
def test_texts_are_readable_on_every_ground(tokens: Tokens, tone: Tone, ground: Ground) -> None:
    assert _contrast(tokens.ink(tone), tokens.ground(ground)) >= 4.5


@BOTH
def test_strips_are_readable(tokens: Tokens) -> None:
    assert _contrast(tokens.failed, tokens.failed_ground) >= 4.5
    assert _contrast(tokens.warning, tokens.warning_ground) >= 4.5
    assert _contrast(tokens.inverse_text, tokens.inverse) >= 4.5
    assert _contrast(tokens.on_accent, tokens.accent) >= 4.5


@BOTH
def test_severity_letters_are_readable_and_shapes_stand_out(tokens: Tokens) -> None:
    kinds = tokens.severity
    for colours in (kinds.critical, kinds.high, kinds.medium, kinds.low, kinds.other):
        assert _contrast(colours.label, colours.fill) >= 4.5
        assert _contrast(colours.border or colours.fill, tokens.surface) >= 3


@BOTH
def test_syntax_is_readable_on_every_code_ground(tokens: Tokens) -> None:
    code = tokens.code
    inks = (code.keyword, code.string, code.number, code.name, code.comment, code.line_number)
    for ground in (code.ground, code.marked, code.added, code.removed):
        assert all(_contrast(ink, ground) >= 4.5 for ink in inks)


@BOTH
def test_every_tone_and_ground_names_a_colour(tokens: Tokens) -> None:
    assert all(tokens.ink(tone).isValid() for tone in Tone)
    assert all(tokens.ground(ground).isValid() for ground in Ground)

"""The colour tokens where the system is set to high contrast.

Every role comes from the system's palette; shapes, letters and words stay, and hairlines are drawn
in the text colour. Source: design.md §2, last line; WCAG 2.2, relative luminance, contrast.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from heimdall_desktop.widgets.look.tokens import CodeColours, SeverityColours, SeveritySet, Tokens

LEAST_TEXT = 7.0  # WCAG 2.2, 1.4.6: enhanced contrast
LEAST_DISABLED = 4.5  # told apart from what works, and still read
_BLACK, _WHITE = QColor("#000000"), QColor("#FFFFFF")
_DIM, _STEP = 0.04045, 12.92  # where the curve of sRGB begins, and its slope before that
_FLARE = 0.05


def high_contrast_tokens(palette: QPalette, are_dark: bool | None = None) -> Tokens:
    """Return the tokens for a system's palette.

    Where its texts don't stand out, as on desktops that ask for contrast and give the usual
    palette, or where it is light and dark is wanted, black and white take their place.

    Args:
        palette: The system's, before ours was set.
        are_dark: Whether dark colours are wanted; None where that is not set.
    """
    group, role = QPalette.ColorGroup.Active, QPalette.ColorRole
    ground, text = palette.color(group, role.Base), palette.color(group, role.Text)
    is_dark = contrast(ground, _BLACK) < contrast(ground, _WHITE)
    if contrast(ground, text) < LEAST_TEXT or are_dark not in (None, is_dark):
        wants_dark = is_dark if are_dark is None else are_dark
        ground, text = (_BLACK, _WHITE) if wants_dark else (_WHITE, _BLACK)
    accent = _readable(palette.color(group, role.Link), ground, text)
    highlight = palette.color(group, role.Highlight)
    has_room = all(contrast(highlight, ink) >= LEAST_TEXT for ink in (text, accent))
    selection = highlight if has_room else _tinted(ground, highlight, text, accent)
    disabled = palette.color(QPalette.ColorGroup.Disabled, role.Text)
    if contrast(disabled, ground) < LEAST_DISABLED or disabled == text:
        disabled = _tinted_until(LEAST_DISABLED, ground, text)
    return _tokens(ground, text, accent, selection, disabled)


def _readable(colour: QColor, ground: QColor, otherwise: QColor) -> QColor:
    return colour if contrast(colour, ground) >= LEAST_TEXT else otherwise


def _tinted(ground: QColor, highlight: QColor, text: QColor, accent: QColor) -> QColor:
    """The ground with as much of the highlight as texts bear; selections have a bar besides."""
    for part in (0.3, 0.2, 0.12):
        tint = _mixed(ground, highlight, part)
        if all(contrast(tint, ink) >= LEAST_TEXT for ink in (text, accent)):
            return tint
    return ground


def _tinted_until(least: float, ground: QColor, text: QColor) -> QColor:
    """The ground with as little of the text as stands out that much."""
    mixes = (_mixed(ground, text, part / 20) for part in range(8, 20))
    return next((mix for mix in mixes if contrast(mix, ground) >= least), text)


def _mixed(under: QColor, over: QColor, part: float) -> QColor:
    return QColor(
        _between(under.red(), over.red(), part),
        _between(under.green(), over.green(), part),
        _between(under.blue(), over.blue(), part),
    )


def _between(under: int, over: int, part: float) -> int:
    return round(under + (over - under) * part)


def _tokens(
    ground: QColor, text: QColor, accent: QColor, selection: QColor, disabled: QColor
) -> Tokens:
    shadow = QColor(_BLACK)
    shadow.setAlpha(130)
    return Tokens(
        window=ground,
        surface=ground,
        alt=ground,
        raised=ground,
        field=ground,
        track=ground,
        hover=selection,
        pressed=selection,
        selection=selection,
        selection_inactive=ground,
        hairline=text,
        hairline_strong=text,
        control=text,
        text=text,
        muted=text,
        faint=text,
        disabled=disabled,
        accent=accent,
        accent_hover=text,
        on_accent=ground,
        accent_soft=selection,
        failed=text,
        failed_ground=ground,
        warning=text,
        warning_ground=ground,
        warning_hairline=text,
        stage_done=text,
        stage_pending=text,
        inverse=text,
        inverse_text=ground,
        scrim=shadow,
        shadow=shadow,
        severity=_severities(ground, text),
        code=_code(ground, text),
    )


def _severities(ground: QColor, text: QColor) -> SeveritySet:
    """The worst is filled with the text colour, all others are outlines: shape, letter, word."""
    outline = SeverityColours(ground, text, text)
    return SeveritySet(SeverityColours(text, ground, None), outline, outline, outline, outline)


def _code(ground: QColor, text: QColor) -> CodeColours:
    return CodeColours(
        ground=ground,
        line_number=text,
        marked=ground,
        marked_bar=text,
        keyword=text,
        string=text,
        number=text,
        name=text,
        comment=text,
        added=ground,
        added_word=ground,
        added_bar=text,
        removed=ground,
        removed_word=ground,
        removed_bar=text,
    )


def luminance(colour: QColor) -> float:
    """Return the relative luminance, 0 for black to 1 for white, as if opaque."""
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio, 1 for equal colours to 21 for black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + _FLARE) / (low + _FLARE)


def _linear(part: float) -> float:
    return part / _STEP if part <= _DIM else ((part + 0.055) / 1.055) ** 2.4

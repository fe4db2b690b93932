"""How well one colour stands out from another. Source: WCAG 2.2, relative luminance, contrast."""

from __future__ import annotations

from PySide6.QtGui import QColor

_DIM, _STEP = 0.04045, 12.92  # where the curve of sRGB begins, and its slope before that
_FLARE = 0.05


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

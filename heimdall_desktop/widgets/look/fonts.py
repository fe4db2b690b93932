"""The fonts of the interface by role, derived from the size of the system's font.

No family is set except the fixed-width one for code: the interface uses the system's font.
Source: design.md §3.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF

SMALLEST_PT = 8.0  # design.md §3
REFERENCE_LINE_PX = 16.0  # all measures of design.md are given for this height of a body line


class Role(Enum):
    """The use of a text; the value is its size relative to the system font's."""

    __hash__ = object.__hash__  # a third of the time of Enum's own, for every drawn text

    MICRO = 0.85
    SMALL = 0.92
    MONO = 0.90
    BODY = 1.00
    TITLE = 1.23
    HEAD = 1.54


class Weight(Enum):
    """The weights in use. `MEDIUM` looks like `REGULAR` in families that lack it."""

    __hash__ = object.__hash__  # as above

    REGULAR = QFont.Weight.Normal
    MEDIUM = QFont.Weight.Medium
    SEMIBOLD = QFont.Weight.DemiBold


class Fonts:
    """Provides fonts and their metrics, created once for each combination.

    Args:
        base: The system's font, before any zoom.
        zoom: A factor on every size, 0.8 to 2.0 (ux.md §2.8).
    """

    def __init__(self, base: QFont, zoom: float = 1.0) -> None:
        self._base = QFont(base)
        self._base_pt = base.pointSizeF() if base.pointSizeF() > 0 else QFontInfo(base).pointSizeF()
        self._zoom = zoom
        self._mono_family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self._fonts: dict[tuple[Role, Weight, bool, bool], QFont] = {}
        self._metrics: dict[tuple[Role, Weight, bool], QFontMetricsF] = {}
        natural_line_px = QFontMetricsF(self._base).height()
        self._ratio = max(1.0, natural_line_px / REFERENCE_LINE_PX) * zoom

    def font(
        self,
        role: Role = Role.BODY,
        weight: Weight = Weight.REGULAR,
        *,
        is_tabular: bool = False,
        is_struck: bool = False,
    ) -> QFont:
        """Return a font.

        Args:
            role: The use of the text.
            weight: How heavy it is.
            is_tabular: Give all figures one width. For numeric columns only, never for prose.
            is_struck: Strike the text through.
        """
        key = (role, weight, is_tabular, is_struck)
        if key not in self._fonts:
            self._fonts[key] = self._make(role, weight, is_tabular, is_struck)
        return self._fonts[key]

    def metrics(
        self, role: Role = Role.BODY, weight: Weight = Weight.REGULAR, *, is_tabular: bool = False
    ) -> QFontMetricsF:
        """Return the measures of a font, in logical pixels."""
        key = (role, weight, is_tabular)
        if key not in self._metrics:
            self._metrics[key] = QFontMetricsF(self.font(role, weight, is_tabular=is_tabular))
        return self._metrics[key]

    def scale(self, px: float) -> int:
        """Convert a measure of design.md to whole pixels for the current font and zoom.

        A font with a lower line than the reference does not reduce the measures, so that a click
        target of 24 stays 24.
        """
        return round(px * self._ratio)

    def _make(self, role: Role, weight: Weight, is_tabular: bool, is_struck: bool) -> QFont:
        font = QFont(self._base)
        size_pt = max(SMALLEST_PT, round(self._base_pt * role.value * 2) / 2)
        font.setPointSizeF(size_pt * self._zoom)
        font.setWeight(weight.value)
        font.setStrikeOut(is_struck)
        if role is Role.MONO:
            font.setFamily(self._mono_family)
            font.setFixedPitch(True)
        elif is_tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

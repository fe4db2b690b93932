"""Sizes and measures follow the system font and the zoom."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from heimdall_desktop.widgets.look.fonts import Fonts, Role, Weight


def _fonts(size_pt: float, zoom: float = 1.0) -> Fonts:
    base = QFont("DejaVu Sans")
    base.setPointSizeF(size_pt)
    return Fonts(base, zoom)


def test_sizes_are_half_points_of_the_system_font(qapp: QApplication) -> None:
    fonts = _fonts(10.0)
    assert fonts.font(Role.BODY).pointSizeF() == 10.0
    assert fonts.font(Role.SMALL).pointSizeF() == 9.0
    assert fonts.font(Role.TITLE).pointSizeF() == 12.5


def test_no_text_is_smaller_than_eight_points(qapp: QApplication) -> None:
    assert _fonts(8.5).font(Role.MICRO).pointSizeF() == 8.0


def test_weights_and_families(qapp: QApplication) -> None:
    fonts = _fonts(10.0)
    assert fonts.font(Role.BODY, Weight.SEMIBOLD).weight() == QFont.Weight.DemiBold
    assert fonts.font(Role.BODY).family() == "DejaVu Sans"
    assert fonts.font(Role.MONO).fixedPitch()


def test_fonts_are_made_once(qapp: QApplication) -> None:
    fonts = _fonts(10.0)
    assert fonts.font(Role.SMALL) is fonts.font(Role.SMALL)
    assert fonts.metrics(Role.SMALL) is fonts.metrics(Role.SMALL)


def test_measures_grow_with_the_font_but_do_not_shrink_with_it(qapp: QApplication) -> None:
    assert _fonts(8.0).scale(28) == 28
    assert _fonts(20.0).scale(28) > 40


def test_zoom_scales_text_and_measures_alike(qapp: QApplication) -> None:
    fonts = _fonts(9.0, zoom=2.0)
    assert fonts.font().pointSizeF() == 18.0
    assert fonts.scale(28) == 56

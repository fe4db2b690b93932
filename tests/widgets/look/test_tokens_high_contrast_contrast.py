"""Contrast is that of WCAG."""

import pytest
from PySide6.QtGui import QColor

from heimdall_desktop.widgets.look.tokens import contrast, luminance


def test_black_and_white_are_the_ends() -> None:
    assert luminance(QColor("#000000")) == 0
    assert luminance(QColor("#FFFFFF")) == pytest.approx(1)
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)


def test_the_order_does_not_matter() -> None:
    grey, white = QColor("#777777"), QColor("#FFFFFF")
    assert contrast(grey, white) == contrast(white, grey) == pytest.approx(4.48, abs=0.01)


def test_equal_colours_have_none() -> None:
    assert contrast(QColor("#0A6C6C"), QColor("#0A6C6C")) == 1

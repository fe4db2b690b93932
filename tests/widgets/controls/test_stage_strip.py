"""Segments are equally wide, differ by form, and never promise that a running stage is done."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from heimdall_desktop.widgets.controls.stage_strip import (
    SegmentKind,
    StripSegment,
    draw_stage_glyph,
    draw_strip,
    segment_at,
    segment_rects,
)
from heimdall_desktop.widgets.look.theme import Theme

PAPER = QColor("#FFFFFF")


def _image(width: int = 280, height: int = 16) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(PAPER)
    return image


def _grey(image: QImage) -> bytes:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)  # owns the bits
    return bytes(grey.constBits())


def _strip(theme: Theme, *segments: StripSegment, is_stale: bool = False) -> QImage:
    image = _image()
    with QPainter(image) as painter:
        draw_strip(painter, QRectF(0, 4, 280, 8), segments, theme, is_stale=is_stale)
    return image


def test_segments_share_the_width_equally() -> None:
    rects = list(segment_rects(QRectF(10, 0, 276, 8), 9, 3))
    assert {round(rect.width(), 6) for rect in rects} == {28}
    assert rects[0].left() == 10
    assert rects[-1].right() == pytest.approx(286)


def test_every_kind_has_its_own_form_without_colour(theme: Theme) -> None:
    looks = {_grey(_strip(theme, *[StripSegment(kind, 0.5)] * 9)) for kind in SegmentKind}
    assert len(looks) == len(SegmentKind)


def test_a_running_stage_never_looks_finished() -> None:
    assert StripSegment(SegmentKind.RUNNING, 7.0).filled == 0.95
    assert StripSegment(SegmentKind.RUNNING, -1.0).filled == 0.0
    assert StripSegment(SegmentKind.RUNNING).filled == 0.40


def test_stale_data_is_dimmed(theme: Theme) -> None:
    fresh = _strip(theme, StripSegment(SegmentKind.DONE)).pixelColor(100, 8)
    stale = _strip(theme, StripSegment(SegmentKind.DONE), is_stale=True).pixelColor(100, 8)
    assert fresh == theme.tokens.stage_done
    assert stale.lightness() > fresh.lightness()


def test_the_compact_strip_shows_progress(theme: Theme) -> None:
    image = _image()
    with QPainter(image) as painter:
        segments = [StripSegment(SegmentKind.RUNNING, 0.5)]
        draw_strip(painter, QRectF(0, 0, 280, 2), segments, theme, is_line=True)
    assert image.pixelColor(10, 1) == theme.tokens.accent
    assert image.pixelColor(270, 1) == theme.tokens.accent_soft
    assert image.pixelColor(10, 3) == PAPER


@pytest.mark.parametrize(("x", "index"), [(9, None), (10, 0), (50, 1), (285, 8), (286, None)])
def test_a_click_finds_its_segment(x: float, index: int | None) -> None:
    assert segment_at(QRectF(10, 0, 276, 8), 9, x) == index


def test_every_kind_has_a_glyph(theme: Theme) -> None:
    looks = set()
    for kind in SegmentKind:
        image = _image(20, 20)
        with QPainter(image) as painter:
            draw_stage_glyph(painter, theme, kind, QPointF(2, 2), 16)
        looks.add(_grey(image))
    assert len(looks) == len(SegmentKind)


def test_pending_stages_are_thinner_in_the_compact_strip(theme: Theme) -> None:
    def heights(kind: SegmentKind) -> int:
        image = _image(40, 4)
        with QPainter(image) as painter:
            draw_strip(painter, QRectF(0, 0, 40, 2), [StripSegment(kind)], theme, is_line=True)
        return sum(image.pixelColor(20, y) != PAPER for y in range(4))

    assert (heights(SegmentKind.DONE), heights(SegmentKind.PENDING)) == (2, 1)

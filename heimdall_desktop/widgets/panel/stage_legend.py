"""The line under the stages where there is room: what each glyph means, what estimates rest on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from heimdall_desktop.domain.words.i18n import tr, tr_noop
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.stage_strip import SegmentKind, draw_stage_glyph
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Theme
from heimdall_desktop.widgets.look.tokens import Ground

LEGEND_PX = 32
INSET_PX = 16
GLYPH_PX = 14
GLYPH_GAP_PX = 6
APART_PX = 18
_WORDS = {
    SegmentKind.PENDING: tr_noop("Pending"),
    SegmentKind.RUNNING: tr_noop("Running"),
    SegmentKind.DONE: tr_noop("Done"),
    SegmentKind.WARNING: tr_noop("Done with warnings"),
    SegmentKind.FAILED: tr_noop("Failed"),
    SegmentKind.CANCELLED: tr_noop("Cancelled"),
    SegmentKind.SKIPPED: tr_noop("Skipped"),
    SegmentKind.FAILED_BEFORE: tr_noop("Attempt"),
    SegmentKind.QUIET: tr_noop("Quiet"),
    SegmentKind.NOT_REPORTED: tr_noop("Not reported"),
}


class StageLegend(Pane):
    """Paints all glyphs with their words; those that do not fit are left out.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, Edge.TOP, parent=parent)
        self._basis = ""
        self.setObjectName("stage_legend")
        self.setAccessibleName(tr("Legend"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_basis(self, words: str) -> None:
        """Say what estimates rest on; "" without any."""
        if words != self._basis:
            self._basis = words
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(LEGEND_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, scale = self._theme, self._theme.scale
        with QPainter(self) as painter:
            row = RowCursor(theme, painter, QRectF(self.rect()), Qt.LayoutDirection.LeftToRight)
            row.skip(scale(INSET_PX))
            row.skip_at_end(scale(INSET_PX))
            font = theme.font(Role.SMALL)
            for kind, words in _WORDS.items():
                text = tr(words)
                width = theme.text_width(text, Role.SMALL) + 1
                if scale(GLYPH_PX + GLYPH_GAP_PX) + width > row.remaining:
                    break
                place = row.take(scale(GLYPH_PX))
                top = place.top() + (place.height() - scale(GLYPH_PX)) / 2
                draw_stage_glyph(painter, theme, kind, QPointF(place.left(), top), scale(GLYPH_PX))
                row.skip(scale(GLYPH_GAP_PX))
                row.text(text, font, theme.tokens.text)
                row.skip(scale(APART_PX))
            basis_px = theme.text_width(self._basis, Role.SMALL) + 1
            if self._basis and basis_px <= row.remaining:
                row.text_at_end(self._basis, basis_px, font, theme.tokens.muted)

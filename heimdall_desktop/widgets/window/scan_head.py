"""One scan in one line: its name, its stages, and how it is heard of; the head of its window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from heimdall_desktop.domain.words.i18n import tr
from heimdall_desktop.presentation.board.card import Card
from heimdall_desktop.widgets.controls.connection_mark import draw_connection_at_end
from heimdall_desktop.widgets.controls.scan_marks import MOOD_TONES, SEGMENTS
from heimdall_desktop.widgets.controls.stage_strip import StripSegment, draw_strip
from heimdall_desktop.widgets.look.painting import fill, horizontal_hairline
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

BAR_PX = 44
INSET_PX = 16
STRIP_PX = 8
STRIP_WIDTH_PX = 278  # as on the board
LEAST_STRIP_PX = 120
GAP_PX = 8
PART_GAP_PX = 18


class ScanHead(QWidget):
    """Shows what the card of the scan says; where room is short the branch goes, then the stage.

    Args:
        theme: Colours, fonts and measures.
        parent: Its owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._card: Card | None = None
        self.setObjectName("scan_head")
        self.setAccessibleName(tr("Scan"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_card(self, card: Card | None) -> None:
        """Show a scan as it is now; None once it is gone."""
        if card != self._card:
            self._card = card
            self.setAccessibleDescription("" if card is None else card.sentence)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(BAR_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        with QPainter(self) as painter:
            fill(painter, rect, theme.tokens.window)
            horizontal_hairline(painter, 0, rect.height() - 1, rect.width(), theme.tokens.hairline)
            if self._card is not None:
                inset = theme.scale(INSET_PX)
                self._draw_card(painter, rect.adjusted(inset, 0, -inset, -1), self._card)

    def _draw_card(self, painter: QPainter, rect: QRectF, card: Card) -> None:
        theme = self._theme
        row = RowCursor(theme, painter, rect, self.layoutDirection())
        if card.connection is not None:
            draw_connection_at_end(row, theme, card.connection)
        row.text(card.name, theme.font(Role.BODY, Weight.SEMIBOLD), theme.tokens.text)
        row.skip(theme.scale(GAP_PX))
        stage_px = self._stage_width(card)
        if theme.text_width(card.branch, Role.SMALL) + stage_px <= row.remaining:
            row.text(card.branch, theme.font(Role.SMALL), theme.tokens.faint)
        self._draw_stage(painter, row, card, stage_px)

    def _stage_width(self, card: Card) -> float:
        """Return the room that strip and stage need, with a short strip."""
        scale = self._theme.scale
        words = self._theme.text_width(card.line.fact, Role.SMALL, Weight.MEDIUM)
        return scale(PART_GAP_PX) * 2 + scale(LEAST_STRIP_PX) + words

    def _draw_stage(self, painter: QPainter, row: RowCursor, card: Card, needed: float) -> None:
        theme, scale = self._theme, self._theme.scale
        if needed > row.remaining:
            return
        row.skip(scale(PART_GAP_PX))
        spare = row.remaining - needed + scale(LEAST_STRIP_PX)
        place = row.take(min(scale(STRIP_WIDTH_PX), spare))
        strip = QRectF(place.left(), 0, place.width(), scale(STRIP_PX))
        strip.moveTop(place.top() + (place.height() - strip.height()) / 2)
        segments = [StripSegment(SEGMENTS[display], card.fraction) for display in card.displays]
        draw_strip(painter, strip, segments, theme, is_stale=card.is_dimmed)
        row.skip(scale(GAP_PX))
        ink = theme.tokens.muted if card.is_dimmed else theme.tokens.ink(MOOD_TONES[card.line.mood])
        row.text(card.line.fact, theme.font(Role.SMALL, Weight.MEDIUM), ink)
        note = " ".join(part for part in (card.line.note, card.line.usual) if part)
        if note and theme.text_width(note, Role.SMALL) + scale(GAP_PX) <= row.remaining:
            row.skip(scale(GAP_PX))
            row.text(note, theme.font(Role.SMALL), theme.tokens.muted)

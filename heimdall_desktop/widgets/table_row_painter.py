"""Paints a scan as one line of the board's table: name, connection, counts, its stages below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from heimdall_desktop.domain.card import COUNTED, Card
from heimdall_desktop.domain.connection_words import Mood
from heimdall_desktop.domain.time_words import number_words
from heimdall_desktop.models.scans_model import CardRow
from heimdall_desktop.widgets.painting import LEADING, TRAILING, draw_text
from heimdall_desktop.widgets.row_cursor import RowCursor
from heimdall_desktop.widgets.scan_marks import MOOD_TONES, SEGMENTS, SIGN_ICONS
from heimdall_desktop.widgets.stage_strip import StripSegment, draw_compact_strip
from heimdall_desktop.widgets.table_row_plan import TableRowPlan
from heimdall_desktop.widgets.theme import Role, Theme, Weight

GLYPH_PX = 14
GLYPH_GAP_PX = 5
PIN_PX = 12
NAME_GAP_PX = 8
ENDED_ICON = "conn-ended"
FAILED_ICON = "stage-failed"


class TableRowPainter:
    """Draws what stands on the ground of a row.

    Args:
        theme: Colours, fonts and measures.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def draw(
        self, painter: QPainter, plan: TableRowPlan, row: CardRow, direction: Qt.LayoutDirection
    ) -> None:
        """Draw a row at its places."""
        self._draw_text(painter, plan, row, direction)
        self._draw_counts(painter, plan, row.card, direction)
        if not row.is_short:
            fraction = row.card.fraction
            segments = [StripSegment(SEGMENTS[look], fraction) for look in row.card.looks]
            is_stale = row.card.is_dimmed
            draw_compact_strip(painter, plan.strip, segments, self._theme, is_stale=is_stale)

    def _draw_text(
        self, painter: QPainter, plan: TableRowPlan, row: CardRow, direction: Qt.LayoutDirection
    ) -> None:
        theme, tokens, card = self._theme, self._theme.tokens, row.card
        cursor = RowCursor(theme, painter, plan.text, direction)
        icon, whole, word, mood = _state(card)
        name_px = theme.text_width(card.name, Role.BODY, Weight.SEMIBOLD)
        pin_px = theme.scale(PIN_PX + GLYPH_GAP_PX) if row.is_pinned else 0
        around_px = pin_px + theme.scale(GLYPH_PX + GLYPH_GAP_PX + NAME_GAP_PX)
        weight = Weight.REGULAR if mood in (Mood.CALM, Mood.PLAIN) else Weight.MEDIUM
        whole_px = theme.text_width(whole, Role.SMALL, weight)
        state = whole if name_px + around_px + whole_px <= cursor.remaining else word
        ink = tokens.ink(MOOD_TONES[mood])
        width = theme.text_width(state, Role.SMALL, weight) + 1
        cursor.text_at_end(state, width, theme.font(Role.SMALL, weight), ink)
        cursor.skip_at_end(theme.scale(GLYPH_GAP_PX))
        cursor.icon_at_end(icon, theme.scale(GLYPH_PX), ink)
        cursor.skip_at_end(theme.scale(NAME_GAP_PX) + pin_px)
        cursor.text(card.name, theme.font(Role.BODY, Weight.SEMIBOLD), tokens.text)
        cursor.skip_at_end(-pin_px)
        if row.is_pinned:
            cursor.skip(theme.scale(GLYPH_GAP_PX))
            cursor.icon("ui-pin", theme.scale(PIN_PX), tokens.muted)

    def _draw_counts(
        self, painter: QPainter, plan: TableRowPlan, card: Card, direction: Qt.LayoutDirection
    ) -> None:
        theme, tokens = self._theme, self._theme.tokens
        alignment = LEADING if direction is Qt.LayoutDirection.RightToLeft else TRAILING
        for column in range(len(COUNTED)):
            count = card.counts[column]
            weight = Weight.MEDIUM if count else Weight.REGULAR
            ink = tokens.faint if not count else tokens.muted if card.is_dimmed else tokens.text
            font = theme.font(Role.SMALL, weight, is_tabular=True)
            place = QRectF(plan.count(column))
            draw_text(painter, place, number_words(count), font, ink, alignment)


def _state(card: Card) -> tuple[str, str, str, Mood]:
    """Icon, words, the shortest word and mood: trouble of the scan itself before its connection."""
    line, words = card.line, card.connection
    if line.mood is Mood.TROUBLE:
        return FAILED_ICON, line.fact, line.short_fact, Mood.TROUBLE
    if words is None:
        return ENDED_ICON, line.fact, line.short_fact, Mood.CALM
    return SIGN_ICONS[words.sign], words.text, words.word, words.mood

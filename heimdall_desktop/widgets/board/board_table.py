"""A scan as one line of the board's table: name, connection, counts, its stages below.

The head of the table has the same columns; its shapes show which count is which.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from heimdall_desktop.models.scans_model import CardRow, ScansModel
from heimdall_desktop.presentation.board.card import COUNTED, Card
from heimdall_desktop.presentation.board.sign import Mood
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import word_in_text
from heimdall_desktop.presentation.time_text import number_text
from heimdall_desktop.widgets.board.card_plan import SHAPE_PX, TableRowPlan
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.scan_marks import (
    SEGMENTS,
    MuteMark,
    StripSegment,
    draw_strip,
    draw_tag,
    tag_px,
)
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.painting import (
    LEADING,
    TRAILING,
    RowCursor,
    draw_text,
    fill,
    horizontal_hairline,
)
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

GLYPH_PX = 14
GLYPH_GAP_PX = 5
PIN_PX = 12
NAME_GAP_PX = 8
LEAST_NAME_PX = 56


class TableRowPainter:
    """Draws the content of a row on its ground."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def draw(
        self, painter: QPainter, plan: TableRowPlan, row: CardRow, direction: Qt.LayoutDirection
    ) -> None:
        self._draw_text(painter, plan, row, direction)
        self._draw_counts(painter, plan, row.card, direction)
        if not row.is_short:
            fraction = row.card.fraction
            segments = [StripSegment(SEGMENTS[display], fraction) for display in row.card.displays]
            is_stale = row.card.is_dimmed
            draw_strip(painter, plan.strip, segments, self._theme, is_stale=is_stale, is_line=True)

    def _draw_text(
        self, painter: QPainter, plan: TableRowPlan, row: CardRow, direction: Qt.LayoutDirection
    ) -> None:
        theme, tokens, card = self._theme, self._theme.tokens, row.card
        cursor = RowCursor(theme, painter, plan.text, direction)
        status = card.status
        weight, ink = _weight_of(status.mood), tokens.ink(MOOD_TONES[status.mood])
        mute = self._mute_for(row, cursor.remaining)
        words = self.words_for(row, cursor.remaining)
        if words:
            width = theme.text_width(words, Role.SMALL, weight) + 1
            cursor.text_at_end(words, width, theme.font(Role.SMALL, weight), ink)
            cursor.skip_at_end(theme.scale(GLYPH_GAP_PX))
        cursor.icon_at_end(status.icon, theme.scale(GLYPH_PX), ink)
        pin_px = theme.scale(PIN_PX + GLYPH_GAP_PX) if row.is_pinned else 0
        tags_px = sum(tag_px(theme, tag) + theme.scale(NAME_GAP_PX) for tag in card.tags)
        mark_px = self._mark_px(card) + tags_px + mute.width
        cursor.skip_at_end(theme.scale(NAME_GAP_PX) + pin_px + mark_px)
        cursor.text(card.name, theme.font(Role.BODY, Weight.SEMIBOLD), tokens.text)
        cursor.skip_at_end(-pin_px - mark_px)
        for tag in card.tags:
            cursor.skip(theme.scale(NAME_GAP_PX))
            draw_tag(painter, cursor.take(tag_px(theme, tag)), theme, tag)
        mute.draw(cursor, theme)
        if card.mark:
            cursor.skip(theme.scale(NAME_GAP_PX))
            cursor.text(card.mark, theme.font(Role.SMALL), tokens.faint)
        if row.is_pinned:
            cursor.skip(theme.scale(GLYPH_GAP_PX))
            cursor.icon("ui-pin", theme.scale(PIN_PX), tokens.muted)

    def words_for(self, row: CardRow, room: float) -> str:
        """Return the longest words for the state that leave enough room for the name, or none.

        Ages and countdowns are dropped first, then the word takes its short form. A name is cut
        before the word is dropped, but never so far that scans become indistinguishable.
        """
        theme, status, name_px = self._theme, row.card.status, self._name_px(row.card)
        weight = _weight_of(status.mood)
        around_px = self._around_px(row) + self._mute_for(row, room).width
        least_px = min(name_px, theme.scale(LEAST_NAME_PX))
        wanted = ((status.words, name_px), (status.word, name_px), (status.short_word, least_px))
        for words, kept_px in wanted:
            if kept_px + around_px + theme.text_width(words, Role.SMALL, weight) <= room:
                return words
        return ""

    def _mute_for(self, row: CardRow, room: float) -> MuteMark:
        """Return the mark of a mute; its words are dropped before names become ambiguous."""
        least_px = min(self._name_px(row.card), self._theme.scale(LEAST_NAME_PX))
        left_px = room - self._around_px(row) - least_px
        return MuteMark.fitting(self._theme, row.card.mute[-1:], left_px)

    def _around_px(self, row: CardRow) -> float:
        """Return the width of the glyphs and the mark of a row, with their gaps."""
        around_px = self._theme.scale(GLYPH_PX + 2 * GLYPH_GAP_PX + NAME_GAP_PX)
        pin_px = self._theme.scale(PIN_PX + GLYPH_GAP_PX) if row.is_pinned else 0
        return around_px + pin_px + self._mark_px(row.card)

    def _name_px(self, card: Card) -> float:
        return self._theme.text_width(card.name, Role.BODY, Weight.SEMIBOLD)

    def _mark_px(self, card: Card) -> int:
        """Return the width of the mark that distinguishes scans of one name."""
        if not card.mark:
            return 0
        width = self._theme.text_width(card.mark, Role.SMALL)
        return round(width) + 1 + self._theme.scale(NAME_GAP_PX)

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
            draw_text(painter, place, number_text(count), font, ink, alignment)


def _weight_of(mood: Mood) -> Weight:
    """Return the weight of a status; problems are slightly emphasised."""
    return Weight.REGULAR if mood in (Mood.CALM, Mood.PLAIN) else Weight.MEDIUM


class BoardTableHead(QWidget):
    """Stays visible while the rows scroll.

    Args:
        model: Knows the width of the numbers of the board.
    """

    def __init__(self, model: ScansModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme_of(self), model
        self._badges = Badges(self._theme, self)
        self.setObjectName("board_table_head")
        shapes = ", ".join(word_in_text(severity) for severity in COUNTED)
        self.setAccessibleName(tr("Columns: scan, connection, {shapes}").format(shapes=shapes))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        with QPainter(self) as painter:
            rect, widest = QRectF(self.rect()), self._model.widest_counts
            plan = TableRowPlan(theme, rect, widest, self.layoutDirection())
            fill(painter, rect, tokens.window)
            horizontal_hairline(painter, 0, rect.height() - 1, rect.width(), tokens.hairline_strong)
            painter.setLayoutDirection(self.layoutDirection())
            font = theme.font(Role.MICRO, Weight.SEMIBOLD)
            draw_text(painter, plan.text, tr("Scan"), font, tokens.muted, LEADING)
            edge = theme.scale(SHAPE_PX)
            for column, severity in enumerate(COUNTED):
                place = plan.count(column)
                top = (rect.height() - edge) / 2
                # at the right, as numbers are in every language
                self._badges.draw_shape(painter, severity, QPointF(place.right() - edge, top), edge)

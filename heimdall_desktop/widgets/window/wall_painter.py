"""Draws scans for a wall screen; all measures assume 1920 by 1080 pixels."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.board.card import COUNTED, Card
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.board.sign import Mood, Sign
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import number_text
from heimdall_desktop.widgets.board.board_table import CardState, state_of
from heimdall_desktop.widgets.board.card_delegate import STALE_SHAPE_OPACITY
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.scan_marks import SEGMENTS, TAG_PX, draw_tag, tag_px
from heimdall_desktop.widgets.controls.stage_strip import GAP_PX as STRIP_GAP_PX
from heimdall_desktop.widgets.controls.stage_strip import StripSegment, draw_strip
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.painting import RowCursor, rounded_box, saved
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

GAP_PX, INSET_PX = 20, 32
COUNT_PX, NAME_PX, WORDS_PX = 44, 34, 28
SHAPE_PX, ICON_PX = 40, 28
STRIP_PX, STRIP_GAP_WANTED_PX, HATCH_PX, TAG_WANTED_PX = 18, 6, 24, 36
FAILED_PX, WARNING_PX = 4, 3


class Tile(Struct, frozen=True):
    """The content of a tile.

    Attributes:
        told: the time of the last update, in words; "" while the data is current.
    """

    card: Card
    told: str = ""


class WallPainter:
    """Draws one frame of a wallboard.

    Args:
        theme: Colours and the font.
        badges: The shapes of severities.
        painter: The painter to draw with.
        unit: How many screen pixels are one design pixel.
        direction: The reading direction of a line.
    """

    def __init__(
        self,
        theme: Theme,
        badges: Badges,
        painter: QPainter,
        unit: float,
        direction: Qt.LayoutDirection,
    ) -> None:
        self._theme, self._badges, self._painter = theme, badges, painter
        self._unit, self._direction = unit, direction

    def px(self, px: float) -> float:
        """Convert a design measure to screen pixels."""
        return px * self._unit

    def font(
        self, px: float, weight: Weight = Weight.REGULAR, *, is_tabular: bool = False
    ) -> QFont:
        """Return the font of that height."""
        font = QFont(self._theme.font(Role.BODY, weight, is_tabular=is_tabular))
        font.setPixelSize(max(1, round(self.px(px))))
        return font

    def row(self, rect: QRectF) -> RowCursor:
        """Return a cursor that lays parts side by side in a rectangle."""
        return RowCursor(self._theme, self._painter, rect, self._direction)

    def draw_at_end(self, row: RowCursor, text: str, font: QFont, ink: QColor) -> None:
        """Draw a text at the trailing side."""
        row.text_at_end(text, _width(text, font), font, ink)

    def draw_count(
        self,
        row: RowCursor,
        severity: Severity,
        text: str,
        *,
        is_none: bool,
        is_dimmed: bool = False,
    ) -> None:
        """Draw a number after the shape of its severity; zero has no shape."""
        tokens, edge = self._theme.tokens, round(self.px(SHAPE_PX))
        place = row.take(edge)
        if not is_none:
            top_left = QPointF(place.left(), place.center().y() - edge / 2)
            with saved(self._painter):
                self._painter.setOpacity(STALE_SHAPE_OPACITY if is_dimmed else 1.0)
                self._badges.draw_shape(self._painter, severity, top_left, edge)
        row.skip(self.px(12))
        weight = Weight.REGULAR if is_none else Weight.SEMIBOLD
        ink = tokens.muted if is_dimmed else tokens.faint if is_none else tokens.text
        row.text(text, self.font(COUNT_PX, weight, is_tabular=True), ink)

    def draw_dots_at_end(self, row: RowCursor, pages: int, page: int) -> None:
        """Draw a dot per page at the trailing side; the current page's dot is filled."""
        tokens, edge = self._theme.tokens, self.px(16)
        for number in reversed(range(pages)):
            place = row.take_at_end(edge)
            dot = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
            ground, line = (tokens.text, None) if number == page else (None, tokens.muted)
            rounded_box(self._painter, dot, edge / 2, ground=ground, line=line, line_px=self.px(2))
            row.skip_at_end(self.px(12))

    def draw_tile(self, rect: QRectF, tile: Tile, widest_counts: Sequence[str]) -> None:
        """Draw a scan: its name and state, its stages, its words and its numbers.

        Args:
            rect: the place.
            tile: its content.
            widest_counts: the longest number of each severity on the board.
        """
        tokens, card = self._theme.tokens, tile.card
        state = _state_of(card)
        edges = {
            Mood.TROUBLE: (tokens.failed, FAILED_PX),
            Mood.ATTENTION: (tokens.warning, WARNING_PX),
        }
        line, line_px = edges.get(state.mood, (tokens.hairline_strong, 1))
        rounded_box(self._painter, rect, self.px(4), ground=tokens.surface)
        if card.is_dimmed:
            self._draw_hatch(rect)
        rounded_box(self._painter, rect, self.px(4), line=line, line_px=max(1.0, self.px(line_px)))
        inset = self.px(INSET_PX)
        inner = rect.adjusted(inset, 0, -inset, 0)
        self._draw_name(self._line(inner, 18, 56), card, state)
        self._draw_strip(self._line(inner, 90, STRIP_PX), card)
        self._draw_words(self._line(inner, 122, 48), tile, state)
        self._draw_counts(self._line(inner, 196, 60), card, widest_counts)

    def _line(self, inner: QRectF, top_px: float, height_px: float) -> QRectF:
        """Return a line of a tile; on other screen formats tiles are taller, but lines are not."""
        top, height = inner.top() + self.px(top_px), self.px(height_px)
        return QRectF(inner.left(), top, inner.width(), height)

    def _draw_name(self, rect: QRectF, card: Card, state: CardState) -> None:
        row, ink = self.row(rect), self._theme.tokens.ink(MOOD_TONES[state.mood])
        is_calm = state.mood is Mood.CALM
        font = self.font(WORDS_PX, Weight.REGULAR if is_calm else Weight.SEMIBOLD)
        name_font = self.font(NAME_PX, Weight.SEMIBOLD)
        around_px = self.px(ICON_PX + 12 + 20) + _width(card.name, name_font)
        is_ticking = is_calm and card.connection is not None  # "Live 3 s" loses its seconds here
        forms = (state.word,) if is_ticking else (state.words, state.word)
        fitting = (form for form in forms if _width(form, font) + around_px <= row.remaining)
        self.draw_at_end(row, next(fitting, state.word), font, ink)
        row.skip_at_end(self.px(12))
        row.icon_at_end(state.icon, round(self.px(ICON_PX)), ink)
        row.skip_at_end(self.px(20))
        row.text(card.name, name_font, self._theme.tokens.text)

    def _draw_strip(self, rect: QRectF, card: Card) -> None:
        """Draw the strip with gaps, corners and marks at wallboard size."""
        factor = self.px(STRIP_GAP_WANTED_PX) / self._theme.scale(STRIP_GAP_PX)
        segments = [StripSegment(SEGMENTS[display], card.fraction) for display in card.displays]
        with saved(self._painter):
            small = self._magnify(rect, factor)
            draw_strip(self._painter, small, segments, self._theme, is_stale=card.is_dimmed)

    def _draw_words(self, rect: QRectF, tile: Tile, state: CardState) -> None:
        tokens, line = self._theme.tokens, tile.card.line
        row = self.row(rect)
        is_said = state.words == line.fact
        fact = line.note if is_said else line.fact
        attempt = tr("attempt {number}").format(number=line.attempt) if line.attempt else ""
        notes = (tile.told or ("" if is_said else line.note), line.usual, attempt)
        ink = tokens.muted if tile.told else tokens.ink(MOOD_TONES[line.mood])
        for tag in reversed(tile.card.tags):
            self._draw_tag_at_end(row, tag)
        if fact:
            row.text(fact, self.font(WORDS_PX, Weight.SEMIBOLD), ink)
            row.skip(self.px(12))
        for note in filter(None, notes):
            is_told = note == tile.told
            weight = Weight.SEMIBOLD if is_told else Weight.REGULAR
            row.text(note, self.font(WORDS_PX, weight), tokens.text if is_told else tokens.muted)
            row.skip(self.px(12))

    def _draw_tag_at_end(self, row: RowCursor, tag: Tag) -> None:
        factor = self.px(TAG_WANTED_PX) / self._theme.scale(TAG_PX)
        place = row.take_at_end(tag_px(self._theme, tag) * factor)
        row.skip_at_end(self.px(12))
        with saved(self._painter):
            draw_tag(self._painter, self._magnify(place, factor), self._theme, tag)

    def _magnify(self, place: QRectF, factor: float) -> QRectF:
        """Scale up the painter from here on; return the place in the new coordinates."""
        self._painter.translate(place.topLeft())
        self._painter.scale(factor, factor)
        return QRectF(0, 0, place.width() / factor, place.height() / factor)

    def _draw_counts(self, rect: QRectF, card: Card, widest_counts: Sequence[str]) -> None:
        font = self.font(COUNT_PX, Weight.SEMIBOLD, is_tabular=True)
        widths = [self.px(SHAPE_PX + 12) + _width(text, font) for text in widest_counts]
        gap = (rect.width() - sum(widths)) / max(1, len(widths) - 1)
        with saved(self._painter):
            if gap < self.px(GAP_PX):  # numbers of five digits
                gap = self.px(GAP_PX)
                factor = rect.width() / (sum(widths) + gap * (len(widths) - 1))
                self._painter.translate(rect.left(), rect.center().y())
                self._painter.scale(factor, factor)
                rect = QRectF(0, -rect.height() / 2, rect.width() / factor, rect.height())
            row = self.row(rect)
            for severity, count, width in zip(COUNTED, card.counts, widths, strict=True):
                cell, text = self.row(row.take(width)), number_text(count)
                is_dimmed = card.is_dimmed
                self.draw_count(cell, severity, text, is_none=not count, is_dimmed=is_dimmed)
                row.skip(min(gap, self.px(56)))

    def _draw_hatch(self, rect: QRectF) -> None:
        painter, step = self._painter, self.px(HATCH_PX)
        with saved(painter):
            painter.setClipRect(rect)
            pen = painter.pen()
            pen.setColor(self._theme.tokens.hairline)
            pen.setWidthF(self.px(2))
            painter.setPen(pen)
            x = rect.left() - rect.height()
            while x < rect.right():
                painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
                x += step


def _state_of(card: Card) -> CardState:
    """Return the state of a scan; if it ended well, the line has the details."""
    state, ended = state_of(card), Sign.ENDED.word
    if card.connection is not None or state.mood is not Mood.CALM:
        return state
    return CardState(state.icon, state.mood, ended, ended, ended)


def _width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text) + 1

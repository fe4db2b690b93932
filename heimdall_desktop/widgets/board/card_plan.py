"""The form of the board: the layout of a card, and of a scan as one line of a table.

Painting and hit tests share the plan, so that a click on a number finds the number drawn there. The
head of the table has the columns of its rows; its shapes show which count is which.
Source: look.md 4 (card), 5 (Scan card).
"""

from collections.abc import Callable, Sequence
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.models.scans_model import CardRow, ScansModel
from heimdall_desktop.presentation.board.card import COUNTED, Card
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import word_in_text
from heimdall_desktop.widgets.controls import scan_marks
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

END_PX = 14
NAME_MIDDLE_PX = 16
LINE_MIDDLE_PX = 50
STRIP_TOP_PX = 29
STRIP_PX = 8
SHORT_NAME_MIDDLE_PX = 15
SHORT_LINE_MIDDLE_PX = 32
LINE_STRIP_PX = 2
TEXT_PX = 20
TARGET_PX = 24
SHAPE_PX = 11
SHAPE_GAP_PX = 4
COLUMN_GAP_PX = 8
TABLE_GAP_PX = 10
STATE_GAP_PX = 12
RING_REACH_PX = 4

FULL_PX = 64
SHORT_PX = 46
ROW_PX = 28
HEAD_PX = 26
TABLE_HEAD_PX = 24
MOST_CARDS = 12


class BoardForm(Enum):
    """The forms, starting with the largest."""

    FULL = "full cards"
    COMPACT = "low cards, with the strip as a line"
    TABLE = "one line for each scan"


class BoardShape(Struct, frozen=True):
    """A form, and whether it has group heads.

    Only the number of cards and of ended scans counts, never their problems, so that no card
    changes its height because of a problem. Group heads are dropped before cards shrink.
    """

    form: BoardForm
    has_heads: bool


def row_px(form: BoardForm, *, is_short: bool) -> int:
    """Return the height of a card in a form, before scaling."""
    if form is BoardForm.TABLE:
        return ROW_PX
    return SHORT_PX if is_short or form is BoardForm.COMPACT else FULL_PX


def board_shape(
    cards: int, short_cards: int, groups: int, room_px: int, scale: Callable[[float], int]
) -> BoardShape:
    """Return the largest form that fits without scrolling; the table if none does.

    Args:
        cards: how many there are.
        short_cards: how many of them no longer have a strip.
        groups: how many groups they are in.
        room_px: the actual height of the board.
        scale: from pixels of look.md to those of the screen.
    """
    heads_px = groups * scale(HEAD_PX)
    for form in (BoardForm.FULL, BoardForm.COMPACT):
        tall_px = (cards - short_cards) * scale(row_px(form, is_short=False))
        cards_px = tall_px + short_cards * scale(row_px(form, is_short=True))
        if cards <= MOST_CARDS and cards_px <= room_px:
            return BoardShape(form, has_heads=cards_px + heads_px <= room_px)
    rows_px = scale(TABLE_HEAD_PX) + cards * scale(ROW_PX)
    must_scroll = rows_px > room_px  # then group heads cost nothing extra
    return BoardShape(BoardForm.TABLE, has_heads=must_scroll or rows_px + heads_px <= room_px)


class RowPlan:
    """The layout of a row of the board: its text at the start, a number per severity at the end."""

    def __init__(self, theme: Theme, rect: QRectF, direction: Qt.LayoutDirection) -> None:
        self._theme, self.rect, self._direction = theme, rect, direction
        self._columns: list[QRectF] = []

    def placed(self, part: QRectF) -> QRectF:
        """Return the place of a part in the layout direction."""
        return painting.mirrored(part, self.rect, self._direction)

    def count(self, column: int) -> QRectF:
        return self.placed(self._columns[column])

    def severity_at(self, point: QPointF, reach: float = 0.0) -> Severity | None:
        """Return the severity whose number is at a point, or not further beside it than this."""
        for column, severity in enumerate(COUNTED):
            if self.count(column).adjusted(-reach, 0, reach, 0).contains(point):
                return severity
        return None

    def _lay_columns(
        self, place: QRectF, widest_counts: Sequence[str], gap: float, *, has_shapes: bool
    ) -> float:
        """Lay the numbers up to the end of a place, and return where the first one starts."""
        theme, end = self._theme, place.right()
        shape_px = theme.scale(SHAPE_PX + SHAPE_GAP_PX)
        for text in reversed(widest_counts):
            number = theme.text_width(text, Role.SMALL, Weight.MEDIUM, is_tabular=True)
            width = round(number + 0.5)
            width = shape_px + width if has_shapes else max(width, theme.scale(SHAPE_PX))
            column = QRectF(end - width, place.top(), width, place.height())
            self._columns.insert(0, column)
            end -= width + gap
        return end + gap


class CardPlan(RowPlan):
    """The layout of one card.

    Args:
        widest_counts: The longest number of each severity on the board.
        has_strip: The card shows its stages between name and last line.
    """

    def __init__(
        self,
        theme: Theme,
        rect: QRectF,
        widest_counts: Sequence[str],
        *,
        has_strip: bool,
        direction: Qt.LayoutDirection,
    ) -> None:
        super().__init__(theme, rect, direction)
        scale = theme.scale
        name_px, line_px = SHORT_NAME_MIDDLE_PX, SHORT_LINE_MIDDLE_PX
        if has_strip:
            name_px, line_px = NAME_MIDDLE_PX, LINE_MIDDLE_PX
        left, width = rect.left() + scale(INSET_PX), rect.width() - scale(INSET_PX + END_PX)
        top, height, target = rect.top(), scale(TEXT_PX), scale(TARGET_PX)
        self.name = QRectF(left, top + scale(name_px) - height / 2, width, height)
        counts = QRectF(left, top + scale(line_px) - target / 2, width, target)
        gap = scale(COLUMN_GAP_PX)
        line_end = self._lay_columns(counts, widest_counts, gap, has_shapes=True) - gap
        line_top = top + scale(line_px) - height / 2
        self.line = QRectF(left, line_top, max(line_end - left, 0.0), height)
        self.strip = QRectF(left, top + scale(STRIP_TOP_PX), width, scale(STRIP_PX))
        edge = scale(LINE_STRIP_PX)
        self.line_strip = QRectF(left, rect.bottom() - edge, width, edge)

    def stage_at(self, point: QPointF) -> int | None:
        """Return which stage of the strip is at a point; the target is higher than the strip."""
        strip = self.placed(self.strip)
        reach = (self._theme.scale(TARGET_PX) - strip.height()) / 2
        if not strip.top() - reach <= point.y() < strip.bottom() + reach:
            return None
        return scan_marks.segment_at(strip, len(STAGE_NAMES), point.x())


class TableRowPlan(RowPlan):
    """The layout of one row of the board's table.

    Args:
        widest_counts: The longest number of each severity on the board.
    """

    def __init__(
        self,
        theme: Theme,
        rect: QRectF,
        widest_counts: Sequence[str],
        direction: Qt.LayoutDirection,
    ) -> None:
        super().__init__(theme, rect, direction)
        scale = theme.scale
        left, width = rect.left() + scale(INSET_PX), rect.width() - scale(INSET_PX + END_PX)
        edge = scale(LINE_STRIP_PX)
        self.strip = self.placed(QRectF(left, rect.bottom() - edge, width, edge))
        self.gap = scale(TABLE_GAP_PX)
        counts = QRectF(left, rect.top(), width, rect.height())
        end = self._lay_columns(counts, widest_counts, self.gap, has_shapes=False)
        text_px = end - scale(STATE_GAP_PX) - left
        self.text = self.placed(QRectF(left, rect.top(), text_px, rect.height()))


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
        theme, tokens = self._theme, self._theme.tokens
        alignment = (
            painting.LEADING if direction is Qt.LayoutDirection.RightToLeft else painting.TRAILING
        )
        for column, count in enumerate(row.card.counts):
            weight = Weight.MEDIUM if count else Weight.REGULAR
            ink = tokens.faint if not count else tokens.muted if row.card.is_dimmed else tokens.text
            font = theme.font(Role.SMALL, weight, is_tabular=True)
            place = QRectF(plan.count(column))
            painting.draw_text(painter, place, row.card.count_text(column), font, ink, alignment)
        if not row.is_short:
            fraction = row.card.fraction
            segments = [
                scan_marks.StripSegment(scan_marks.SEGMENTS[display], fraction)
                for display in row.card.displays
            ]
            is_stale = row.card.is_dimmed
            scan_marks.draw_strip(
                painter, plan.strip, segments, self._theme, is_stale=is_stale, is_line=True
            )

    def _draw_text(
        self, painter: QPainter, plan: TableRowPlan, row: CardRow, direction: Qt.LayoutDirection
    ) -> None:
        theme, tokens, card = self._theme, self._theme.tokens, row.card
        cursor = painting.RowCursor(theme, painter, plan.text, direction)
        status = card.status
        weight, ink = _weight_of(status.mood), tokens.ink(MOOD_TONES[status.mood])
        mute = self._mute_for(row, cursor.remaining)
        news = self._news_for(row)
        words = self.words_for(row, cursor.remaining)
        if words:
            width = theme.text_width(words, Role.SMALL, weight) + 1
            cursor.text_at_end(words, width, theme.font(Role.SMALL, weight), ink)
            cursor.skip_at_end(theme.scale(GLYPH_GAP_PX))
        cursor.icon_at_end(status.icon, theme.scale(GLYPH_PX), ink)
        pin_px = theme.scale(PIN_PX + GLYPH_GAP_PX) if row.is_pinned else 0
        tags_px = sum(scan_marks.tag_px(theme, tag) + theme.scale(NAME_GAP_PX) for tag in card.tags)
        mark_px = self._mark_px(card) + tags_px + mute.width + news.width
        cursor.skip_at_end(theme.scale(NAME_GAP_PX) + pin_px + mark_px)
        cursor.text(card.name, theme.font(Role.BODY, Weight.SEMIBOLD), tokens.text)
        cursor.skip_at_end(-pin_px - mark_px)
        for tag in card.tags:
            cursor.skip(theme.scale(NAME_GAP_PX))
            scan_marks.draw_tag(painter, cursor.take(scan_marks.tag_px(theme, tag)), theme, tag)
        news.draw(cursor, theme)
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
        theme, status = self._theme, row.card.status
        name_px = theme.text_width(row.card.name, Role.BODY, Weight.SEMIBOLD)
        weight = _weight_of(status.mood)
        around_px = self._around_px(row) + self._mute_for(row, room).width
        least_px = min(name_px, theme.scale(LEAST_NAME_PX))
        wanted = ((status.words, name_px), (status.word, name_px), (status.short_word, least_px))
        for words, kept_px in wanted:
            if kept_px + around_px + theme.text_width(words, Role.SMALL, weight) <= room:
                return words
        return ""

    def _mute_for(self, row: CardRow, room: float) -> scan_marks.MuteMark:
        """Return the mark of a mute; its words are dropped before names become ambiguous."""
        name_px = self._theme.text_width(row.card.name, Role.BODY, Weight.SEMIBOLD)
        least_px = min(name_px, self._theme.scale(LEAST_NAME_PX))
        left_px = room - self._around_px(row) - least_px
        return scan_marks.MuteMark.fitting(self._theme, row.card.mute[-1:], left_px)

    def _news_for(self, row: CardRow) -> scan_marks.MuteMark:
        """Return the mark of new and changed findings: their number alone."""
        room = float("inf")
        return scan_marks.MuteMark.fitting(self._theme, row.card.news[-1:], room, icon="ui-new")

    def _around_px(self, row: CardRow) -> float:
        """Return the width of the glyphs and the mark of a row, with their gaps."""
        around_px = self._theme.scale(GLYPH_PX + 2 * GLYPH_GAP_PX + NAME_GAP_PX)
        pin_px = self._theme.scale(PIN_PX + GLYPH_GAP_PX) if row.is_pinned else 0
        return around_px + pin_px + self._mark_px(row.card) + self._news_for(row).width

    def _mark_px(self, card: Card) -> int:
        """Return the width of the mark that distinguishes scans of one name."""
        if not card.mark:
            return 0
        width = self._theme.text_width(card.mark, Role.SMALL)
        return round(width) + 1 + self._theme.scale(NAME_GAP_PX)


def _weight_of(mood: Mood) -> Weight:
    """Return the weight of a status; problems are slightly emphasised."""
    return Weight.REGULAR if mood in (Mood.CALM, Mood.PLAIN) else Weight.MEDIUM


class BoardTableHead(QWidget):
    """Stays visible while the rows scroll.

    Args:
        model: Knows the width of the numbers of the board.
    """

    def __init__(self, model: ScansModel, parent: QWidget) -> None:
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
            painting.fill(painter, rect, tokens.window)
            painting.horizontal_hairline(
                painter, 0, rect.height() - 1, rect.width(), tokens.hairline_strong
            )
            painter.setLayoutDirection(self.layoutDirection())
            font = theme.font(Role.MICRO, Weight.SEMIBOLD)
            painting.draw_text(painter, plan.text, tr("Scan"), font, tokens.muted, painting.LEADING)
            edge = theme.scale(SHAPE_PX)
            for column, severity in enumerate(COUNTED):
                place = plan.count(column)
                top = (rect.height() - edge) / 2
                # at the right, as numbers are in every language
                self._badges.draw_shape(painter, severity, QPointF(place.right() - edge, top), edge)

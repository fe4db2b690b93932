"""The form of the board, and the layout of a card.

Painting and hit tests share the plan, so that a click on a number finds the number drawn there.
Source: look.md 4 (card), 5 (Scan card).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.presentation.board.card import COUNTED
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.controls.scan_marks import SEGMENT_GAP_PX, segment_at, segment_rects
from heimdall_desktop.widgets.look.painting import mirrored
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
        return mirrored(part, self.rect, self._direction)

    def count(self, column: int) -> QRectF:
        """Return the place of a number, with the shape of its severity."""
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
        return segment_at(strip, len(STAGE_NAMES), point.x())


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


def stage_ring(theme: Theme, strip: QRectF, number: int) -> QRectF:
    """Return the ring around a stage of a strip at its drawn position."""
    places = list(segment_rects(strip, len(STAGE_NAMES), theme.scale(SEGMENT_GAP_PX)))
    reach = theme.scale(RING_REACH_PX)
    return places[number].adjusted(-reach, -reach, reach, reach)

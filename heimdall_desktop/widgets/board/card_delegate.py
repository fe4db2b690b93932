"""Paints the cards of the board and the heads of its groups. Source: look.md 5 (Scan card)."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.stage import STAGE_NAMES
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.models.scans_model import CardRow, GroupHead, Row, ScansModel
from heimdall_desktop.presentation.board.card import COUNTED, Card
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.board import card_plan
from heimdall_desktop.widgets.controls import scan_marks
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX, Cell, Index, RowDelegate
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.theme import Role, Weight

RING_RADIUS_PX = 4
BRANCH_GAP_PX = 8
SINCE_GAP_PX = 5
ATTEMPT_PX = 12
ATTEMPT_GAP_PX = 6
NOTE_GAP_PX = 6
STALE_SHAPE_OPACITY = 0.62


class CardDelegate(RowDelegate):
    """Draws rows of the scans' model.

    Args:
        model: Knows the width of the numbers of the board.
    """

    def __init__(self, model: ScansModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model = model
        self._table_row = card_plan.TableRowPainter(self._theme)
        self.form = card_plan.BoardForm.FULL
        self.ringed_stage: int | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row | None = index.data(ROW_ROLE)
        height_px = 0 if row is None else card_plan.HEAD_PX
        if isinstance(row, CardRow):
            height_px = card_plan.row_px(self.form, is_short=row.is_short)
        return QSize(0, self._theme.scale(height_px))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW_ROLE)
        with painting.saved(painter):
            painter.setClipRect(option.rect)
            if isinstance(row, GroupHead):
                self._draw_head(painter, option, row, is_first=index.row() == 0)
            elif isinstance(row, CardRow) and self.form is not card_plan.BoardForm.TABLE:
                self._draw_card(painter, option, index, row)
            elif isinstance(row, CardRow):
                rect, has_line = QRectF(option.rect), not row.is_short
                widest = self._model.widest_counts
                plan = card_plan.TableRowPlan(self._theme, rect, widest, option.direction)
                self._draw_ground(painter, option, index, rect, has_line_strip=has_line)
                self._table_row.draw(painter, plan, row, option.direction)
                self._draw_rings(painter, index, rect, plan.strip, has_line_strip=has_line)

    def severity_at(
        self, row: CardRow, rect: QRectF, point: QPointF, direction: Qt.LayoutDirection
    ) -> Severity | None:
        if self.form is card_plan.BoardForm.TABLE:
            widest = self._model.widest_counts
            plan = card_plan.TableRowPlan(self._theme, rect, widest, direction)
            return plan.severity_at(point, plan.gap / 2)
        return self._plan(rect, row, direction).severity_at(point)

    def stage_at(
        self, row: CardRow, rect: QRectF, point: QPointF, direction: Qt.LayoutDirection
    ) -> int | None:
        """Return which stage is at a point of a card; None if strips are too low to click on."""
        if self.form is not card_plan.BoardForm.FULL or row.is_short:
            return None
        return self._plan(rect, row, direction).stage_at(point)

    def _plan(
        self, rect: QRectF, row: CardRow, direction: Qt.LayoutDirection
    ) -> card_plan.CardPlan:
        has_strip = not (self.form is card_plan.BoardForm.COMPACT or row.is_short)
        widest = self._model.widest_counts
        return card_plan.CardPlan(
            self._theme, rect, widest, has_strip=has_strip, direction=direction
        )

    # -- heads --

    def _draw_head(
        self, painter: QPainter, option: QStyleOptionViewItem, head: GroupHead, *, is_first: bool
    ) -> None:
        theme, tokens, rect = self._theme, self._theme.tokens, QRectF(option.rect)
        if not is_first:
            painting.horizontal_hairline(
                painter, rect.left(), rect.top(), rect.width(), tokens.hairline
            )
        row = painting.RowCursor(theme, painter, rect.adjusted(0, 2, 0, 0), option.direction)
        row.skip(theme.scale(INSET_PX))
        cells = [
            Cell(tr(head.title), tokens.muted, Role.MICRO, Weight.SEMIBOLD, gap_px=NOTE_GAP_PX),
            Cell(str(head.count), tokens.muted, Role.MICRO),
        ]
        self.draw_cells(painter, row, rect.width(), cells)

    # -- cards --

    def _draw_card(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: CardRow
    ) -> None:
        rect, card = QRectF(option.rect), row.card
        plan = self._plan(rect, row, option.direction)
        is_compact = self.form is card_plan.BoardForm.COMPACT
        strip = plan.placed(plan.line_strip if is_compact else plan.strip)
        has_line_strip = is_compact and not row.is_short
        self._draw_ground(painter, option, index, rect, has_line_strip=has_line_strip)
        self._draw_name(painter, plan, row, option.direction)
        if not row.is_short:
            segments = [
                scan_marks.StripSegment(scan_marks.SEGMENTS[each], card.fraction)
                for each in card.displays
            ]
            is_stale = card.is_dimmed
            scan_marks.draw_strip(
                painter, strip, segments, self._theme, is_stale=is_stale, is_line=is_compact
            )
        self._draw_line(painter, plan, card, option.direction)
        for column, severity in enumerate(COUNTED):
            place = plan.count(column)
            self._draw_count(painter, place, severity, column, card, option.direction)
        self._draw_rings(painter, index, rect, strip, has_line_strip=has_line_strip)

    def _draw_rings(
        self, painter: QPainter, index: Index, rect: QRectF, strip: QRectF, *, has_line_strip: bool
    ) -> None:
        """Draw the ring of the keyboard: on a card, or on one of its stages."""
        if index.row() != self.ringed_row:
            return
        theme, inner = self._theme, rect.adjusted(1, 1, -1, -1)
        if self.ringed_stage is not None:
            gap, reach = scan_marks.SEGMENT_GAP_PX, theme.scale(card_plan.RING_REACH_PX)
            places = list(scan_marks.segment_rects(strip, len(STAGE_NAMES), theme.scale(gap)))
            stage = places[self.ringed_stage].adjusted(-reach, -reach, reach, reach)
            inner = stage.intersected(inner)
        elif has_line_strip:  # which is on the edge of the card, below the ring
            inner.setBottom(strip.top() - 1)
        painting.focus_ring(painter, inner, theme.scale(RING_RADIUS_PX), theme)

    def _draw_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        rect: QRectF,
        *,
        has_line_strip: bool,
    ) -> None:
        is_scoped = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = self.ground(option, index, is_selected=is_scoped)
        if ground is not None:
            painting.fill(painter, rect, ground)
        if is_scoped:
            self.draw_bar(painter, option)
        has_hairline = isinstance(self._model.row(index.row() + 1), CardRow)
        if has_hairline and not is_scoped and not has_line_strip:
            inset = self._theme.scale(INSET_PX)
            line = painting.mirrored(rect.adjusted(inset, 0, 0, 0), rect, option.direction)
            self.draw_line(painter, line)

    def _draw_name(
        self,
        painter: QPainter,
        plan: card_plan.CardPlan,
        shown: CardRow,
        direction: Qt.LayoutDirection,
    ) -> None:
        theme, tokens, card = self._theme, self._theme.tokens, shown.card
        row = painting.RowCursor(theme, painter, plan.placed(plan.name), direction)
        pin_px = theme.scale(card_plan.PIN_PX + scan_marks.GLYPH_GAP_PX) if shown.is_pinned else 0
        tags_px = sum(
            scan_marks.tag_px(theme, tag) + theme.scale(BRANCH_GAP_PX) for tag in card.tags
        )
        name_px = theme.text_width(card.name, Role.BODY, Weight.SEMIBOLD)
        mark_px = theme.text_width(card.mark, Role.SMALL) + theme.scale(BRANCH_GAP_PX) + 1
        mark_px = mark_px if card.mark else 0
        least_px = min(name_px, theme.scale(card_plan.LEAST_NAME_PX))
        if card.connection is not None:
            needed_px = pin_px + tags_px + mark_px + least_px
            scan_marks.draw_connection_at_end(row, theme, card.connection, needed_px)
        room = row.remaining - pin_px - tags_px - mark_px
        mute = scan_marks.MuteMark.fitting(theme, card.mute, room - name_px, room - least_px)
        room -= mute.width
        news = scan_marks.MuteMark.fitting(
            theme, card.news, room - name_px, room - least_px, "ui-new"
        )
        if news.width > room - least_px:  # the name comes first
            news = scan_marks.MuteMark.fitting(theme, (), 0)
        marks_px = pin_px + tags_px + news.width + mute.width + mark_px
        self._draw_since_last(row, card, marks_px - tags_px)
        row.skip_at_end(marks_px)
        row.text(card.name, theme.font(Role.BODY, Weight.SEMIBOLD), tokens.text)
        row.skip_at_end(-marks_px)
        if shown.is_pinned:
            row.skip(theme.scale(scan_marks.GLYPH_GAP_PX))
            row.icon("ui-pin", theme.scale(card_plan.PIN_PX), tokens.muted)
        for tag in card.tags:
            row.skip(theme.scale(BRANCH_GAP_PX))
            scan_marks.draw_tag(painter, row.take(scan_marks.tag_px(theme, tag)), theme, tag)
        news.draw(row, theme)
        mute.draw(row, theme)
        row.skip(theme.scale(BRANCH_GAP_PX))
        for beside in (card.branch, card.mark):
            if beside and theme.text_width(beside, Role.SMALL) <= row.remaining + 1:
                row.text(beside, theme.font(Role.SMALL), tokens.faint)
                break

    def _draw_since_last(self, row: painting.RowCursor, card: Card, marks_px: float) -> None:
        """Draw the changes since the last scan at the end, if the name loses no space.

        What was decided before is beside them, if there is room. They take fewer words if another
        scan has the same name, so that its mark stays.
        """
        theme, scale, proposed = self._theme, self._theme.scale, card.proposed
        long, short = card.since_last
        both = ", ".join(filter(None, (long, proposed)))
        forms = dict.fromkeys(filter(None, (both, long, short or proposed)))
        if not forms:
            return
        glyph_px = scale(card_plan.PIN_PX + SINCE_GAP_PX + BRANCH_GAP_PX)
        name_px = theme.text_width(card.name, Role.BODY, Weight.SEMIBOLD)
        room = row.remaining - name_px - marks_px - glyph_px
        widths = {words: theme.text_width(words, Role.SMALL) + 1 for words in forms}
        words = next((each for each, px in widths.items() if px <= room), "")
        if words:
            words_px, icon = widths[words], "ui-compare" if long else "ui-history"
            row.text_at_end(words, words_px, theme.font(Role.SMALL), theme.tokens.muted)
            row.skip_at_end(scale(SINCE_GAP_PX))
            row.icon_at_end(icon, scale(card_plan.PIN_PX), theme.tokens.muted)
            row.skip_at_end(scale(BRANCH_GAP_PX))

    def _draw_line(
        self, painter: QPainter, plan: card_plan.CardPlan, card: Card, direction: Qt.LayoutDirection
    ) -> None:
        theme, tokens, line = self._theme, self._theme.tokens, card.line
        row = painting.RowCursor(theme, painter, plan.placed(plan.line), direction)
        fact_px = theme.text_width(line.short_fact, Role.SMALL, Weight.MEDIUM)
        attempt, gaps_px = line.attempt, ATTEMPT_GAP_PX + card_plan.SHAPE_GAP_PX
        mark_px = theme.scale(gaps_px + ATTEMPT_PX) + 1
        if fact_px + mark_px + theme.text_width(attempt, Role.SMALL) > row.remaining:
            attempt = attempt.partition(" ")[0]  # "2" for "2 of 3"
        attempt_width = mark_px + theme.text_width(attempt, Role.SMALL) if attempt else 0.0
        # first the long name is dropped, then the note
        usual = (line.fact, " ".join(filter(None, (line.note, line.usual))))
        others = ((line.fact, line.note), (line.short_fact, line.note), (line.fact, ""))
        for fact, note in (usual, *others):
            width = theme.text_width(fact, Role.SMALL, Weight.MEDIUM)
            if note:
                width += theme.scale(NOTE_GAP_PX) + theme.text_width(note, Role.SMALL)
            if width <= row.remaining - attempt_width:
                break
        else:
            fact, note = line.short_fact, ""
        ink = tokens.muted if card.is_dimmed else tokens.ink(MOOD_TONES[line.mood])
        row.skip_at_end(attempt_width)
        row.text(fact, theme.font(Role.SMALL, Weight.MEDIUM), ink)
        row.skip_at_end(-attempt_width)
        if attempt:
            row.skip(theme.scale(ATTEMPT_GAP_PX))
            row.icon("stage-attempt", theme.scale(ATTEMPT_PX), tokens.muted)
            row.skip(theme.scale(card_plan.SHAPE_GAP_PX))
            row.text(attempt, theme.font(Role.SMALL), tokens.muted)
        if note:
            row.skip(theme.scale(NOTE_GAP_PX))
            row.text(note, theme.font(Role.SMALL), tokens.muted)

    def _draw_count(
        self,
        painter: QPainter,
        place: QRectF,
        severity: Severity,
        column: int,
        card: Card,
        direction: Qt.LayoutDirection,
    ) -> None:
        theme, tokens = self._theme, self._theme.tokens
        edge = theme.scale(card_plan.SHAPE_PX)
        skip = theme.scale(card_plan.SHAPE_PX + card_plan.SHAPE_GAP_PX)
        number = painting.mirrored(place.adjusted(skip, 0, 0, 0), place, direction)
        is_mirrored = direction is Qt.LayoutDirection.RightToLeft
        alignment = painting.TRAILING if is_mirrored else painting.LEADING
        text = card.count_text(column)
        if not card.counts[column]:
            font = theme.font(Role.SMALL, is_tabular=True)
            painting.draw_text(painter, number, text, font, tokens.faint, alignment)
            return
        shape = painting.mirrored(QRectF(place.left(), 0, edge, edge), place, direction)
        top_left = QPointF(shape.left(), place.top() + (place.height() - edge) / 2)
        with painting.saved(painter):
            painter.setOpacity(STALE_SHAPE_OPACITY if card.is_dimmed else 1.0)
            self._badges.draw_shape(painter, severity, top_left, edge)
        font = theme.font(Role.SMALL, Weight.MEDIUM, is_tabular=True)
        ink = tokens.muted if card.is_dimmed else tokens.text
        painting.draw_text(painter, number, text, font, ink, alignment)

"""Paints every cell of the findings table. Source: look.md 5 ("Findings table"), 7, 8.

A row is one picture: each cell draws its part of the whole row's ground, hairline, selection bar
and focus ring.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct
from PySide6 import QtWidgets
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter

from heimdall_desktop.domain.facts.decision import WriteNote, WriteState
from heimdall_desktop.domain.facts.finding import Finding, FindingStatus, Severity, Verdict
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.domain.table.table_layout import Density
from heimdall_desktop.models.cell_text import (
    FINDING_ROLE,
    GAP_ROLE,
    GROUP_ROLE,
    NEWS_ROLE,
    NOTE_ROLE,
    RowNote,
)
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation.decision_text import note_words
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import UNKNOWN, file_line_text, severity_word
from heimdall_desktop.presentation.seen_text import NewsText
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX, Index, RowDelegate
from heimdall_desktop.widgets.controls.text_labels import FOLDER_GAP_PX, draw_location
from heimdall_desktop.widgets.controls.toggles import BOX_PX, draw_check_box
from heimdall_desktop.widgets.findings.column_plan import SEVERITY_PX
from heimdall_desktop.widgets.findings.group_row import GroupRow, StickyHead
from heimdall_desktop.widgets.look.painting import RowCursor, fill, mirrored, rounded_box, saved
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground

ROWS_PX = {Density.COMPACT: 24, Density.STANDARD: 28, Density.COMFORTABLE: 36}
GUTTER_PX = INSET_PX  # before the severity
CHECK_PX = 36  # before the gutter, while many rows are selected
CHECK_START_PX = 12
DOT_PX = 6  # the mark of new findings, in the gutter
DOT_SHIFT_PX = 1  # clear of the bar of a selected row
PADDING_PX = 8
END_PX = 12  # after the last column
GAP_GLYPH_PX = 14
NOTE_ICON_PX = 12
NOTE_GAP_PX = 5
DIMMED = 0.6  # of the badge of a recently decided row
NOTED = (Column.STATUS, Column.FIRST_SEEN)  # where a note is shown, if these columns are
NEVER_NOTED = (Column.SEVERITY,)
NOTE_PX = 168  # "False positive" with "Sending…", or "Not saved: no connection"
LEAST_TITLE = 0.45  # of its cell, beside what has changed
PROPOSED_PX = 200  # "Dismissed: not reachable", and beside it the name of a file
BESIDE_NOTE_PX = 56  # less of a cell beside a note is meaningless
_STRONG_STATUSES = {FindingStatus.OPEN, FindingStatus.CONFIRMED}


class _Cell(Struct, frozen=True):
    """The context for painting one cell."""

    painter: QPainter
    row: RowCursor
    finding: Finding
    text: str
    is_selected: bool
    is_new: bool
    direction: Qt.LayoutDirection
    is_dimmed: bool = False
    is_changed: bool = False
    news: NewsText | None = None


class FindingsDelegate(RowDelegate):
    """Draws cells from findings.

    Args:
        model: Knows what is new.

    Attributes:
        check_px: the width of the boxes of a multiple selection; 0 without them.
    """

    def __init__(self, model: FindingsModel, view: QtWidgets.QTableView) -> None:
        super().__init__(view)
        self._view, self._viewport = view, view.viewport()
        self._model, self._news = model, model.listing.marks
        self.group_row = GroupRow(self._theme, model, self._badges)
        self.density, self.check_px = Density.STANDARD, 0
        self._draw_cell: dict[Column, Callable[[_Cell], None]] = {
            Column.SEVERITY: self._draw_severity,
            Column.FINDING: self._draw_title,
            Column.LOCATION: self._draw_location,
            Column.SCAN: self._draw_scan,
            Column.STATUS: self._draw_status,
            Column.FIRST_SEEN: self._draw_moment,
        }

    @property
    def badge_px(self) -> int:
        """The width of the widest known severity with its gutter, in pixels."""
        widest = self._badges.capsule_width(Severity.MEDIUM, Verdict.WITHDRAWN)
        return self._theme.scale(GUTTER_PX) + widest

    @property
    def row_px(self) -> int:
        return self._theme.row_height(ROWS_PX[self.density])

    def sizeHint(self, option: QtWidgets.QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.row_px)

    def text_px(self, column: Column, finding: Finding, text: str) -> int:
        """Return the width of a cell that shows all its text, in pixels."""
        theme, scale = self._theme, self._theme.scale
        if column is Column.FINDING:
            return round(theme.text_width(text, Role.BODY, Weight.SEMIBOLD)) + 2 * scale(PADDING_PX)
        if column is Column.LOCATION:
            place = theme.text_width(file_line_text(finding), Role.MONO)
            folder = theme.text_width(finding.folder, Role.SMALL)
            return round(place + folder) + scale(2 * PADDING_PX + FOLDER_GAP_PX) + 1
        return round(theme.text_width(text, Role.SMALL, Weight.MEDIUM)) + scale(PADDING_PX + END_PX)

    def paint(
        self, painter: QPainter, option: QtWidgets.QStyleOptionViewItem, index: Index
    ) -> None:
        finding: Finding | None = index.data(FINDING_ROLE)
        group: Group | None = index.data(GROUP_ROLE) if finding is None else None
        is_selected = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)
        with saved(painter):
            painter.setClipRect(QRectF(option.rect))
            if finding is not None:
                note = self._model.words.note_of(finding.id)
                tokens, rect = self._theme.tokens, QRectF(option.rect)
                is_striped = self.density is Density.COMPACT and self._model.grouped_by is None
                usual = tokens.alt if is_striped and index.row() % 2 else tokens.surface
                if note is not None and note.state is WriteState.REFUSED:
                    usual = tokens.ground(Ground.FAILED)
                fill(painter, rect, self.ground(option, index, is_selected=is_selected) or usual)
                if not is_striped:  # group heads look like stripes
                    self.draw_line(painter, rect)
                if is_selected:
                    self.draw_bar(painter, option)
                self._draw_finding(painter, option, index, finding, note, is_selected=is_selected)
            elif group is not None:  # a part of its head, which spans all columns
                ground = self.ground(option, index, is_selected=is_selected)
                row, part = self.row_rect(option), QRectF(option.rect)
                self.group_row.draw(painter, row, group, option.direction, ground, part)
                if is_selected:
                    self.draw_bar(painter, option)
            elif (gap := index.data(GAP_ROLE)) is not None:
                self._draw_gap(painter, option, *gap)
            self.draw_ring(painter, option, index)

    def _draw_finding(
        self,
        painter: QPainter,
        option: QtWidgets.QStyleOptionViewItem,
        index: Index,
        finding: Finding,
        note: WriteNote | None,
        *,
        is_selected: bool,
    ) -> None:
        rect = QRectF(option.rect).adjusted(0, 0, 0, -1)
        has_note, place = note is not None or self._model.words.has_row_note(finding), None
        if has_note:
            is_short = note is not None or finding.snoozed_until is not None
            px = NOTE_PX if is_short else PROPOSED_PX
            place = self.note_rect(option.rect.top(), option.rect.height(), px)
        if place is not None and place.intersects(rect):
            noted = place.adjusted(0, 0, 0, -1)
            row = RowCursor(self._theme, painter, noted, option.direction)
            row.skip(self._theme.scale(PADDING_PX))  # the clip limits it to the cell's part
            if note is not None:
                self._draw_note(row, note)
            else:
                self._draw_row_note(row, index.data(NOTE_ROLE))
            rest = QRectF(rect)
            if place.left() > rect.left():
                rest.setRight(place.left())
            else:
                rest.setLeft(place.right())
            rect = rest
            if rect.width() < self._theme.scale(BESIDE_NOTE_PX):
                return
        row = RowCursor(self._theme, painter, rect, option.direction)
        draw = self._draw_cell.get(COLUMNS[index.column()], self._draw_plain)
        is_new, is_changed = finding.id in self._news, finding.id in self._news.seen.changed
        is_dimmed = note is not None and note.state is not WriteState.REFUSED
        is_title = COLUMNS[index.column()] is Column.FINDING and note is None
        has_news = is_title and (is_new or self._news.seen.shown_state(finding) is not None)
        cell = _Cell(
            painter,
            row,
            finding,
            index.data(),
            is_selected,
            is_new,
            option.direction,
            is_dimmed,
            is_changed,
            index.data(NEWS_ROLE) if has_news else None,
        )
        draw(cell)

    # -- the row --

    def _draw_gap(
        self, painter: QPainter, option: QtWidgets.QStyleOptionViewItem, fact: str, consequence: str
    ) -> None:
        """Draw a cell's part of a gap in the stream, which spans all columns."""
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        rect = self.row_rect(option)
        fill(painter, rect, tokens.alt)
        self.draw_line(painter, rect)
        row = RowCursor(theme, painter, rect.adjusted(0, 0, 0, -1), option.direction)
        row.skip(scale(GUTTER_PX))
        row.skip_at_end(scale(END_PX))
        row.icon("conn-broken", scale(GAP_GLYPH_PX), tokens.warning)
        row.skip(scale(PADDING_PX))
        row.text(fact, theme.font(Role.SMALL, Weight.SEMIBOLD), tokens.text)
        row.skip(scale(PADDING_PX))
        row.text(consequence, theme.font(Role.SMALL), tokens.muted)

    def row_rect(self, option: QtWidgets.QStyleOptionViewItem) -> QRectF:
        return QRectF(0, option.rect.top(), self._viewport.width(), option.rect.height())

    # -- the cells --

    def _draw_severity(self, cell: _Cell) -> None:
        if self.check_px:
            room, edge = cell.row.take(self.check_px), self._theme.scale(BOX_PX)
            start = room.left() + self._theme.scale(CHECK_START_PX)
            box = QRectF(start, room.center().y() - edge / 2, edge, edge)
            states = Qt.CheckState
            state = states.Checked if cell.is_selected else states.Unchecked
            draw_check_box(cell.painter, mirrored(box, room, cell.direction), state, self._theme)
        is_bare = cell.row.remaining < self._theme.scale(SEVERITY_PX)
        gutter, edge = cell.row.take(self._theme.scale(GUTTER_PX)), self._theme.scale(DOT_PX)
        if cell.is_new or cell.is_changed:  # a dot, or a ring
            left = gutter.center().x() - edge / 2 + self._theme.scale(DOT_SHIFT_PX)
            dot = QRectF(left, gutter.center().y() - edge / 2, edge, edge)
            accent = self._theme.tokens.accent
            ground, line = (accent, None) if cell.is_new else (None, accent)
            rounded_box(cell.painter, dot, edge / 2, ground=ground, line=line)
        if cell.is_dimmed:
            cell.painter.setOpacity(DIMMED)
        self._badges.draw_capsule(
            cell.painter,
            cell.row.take(cell.row.remaining),
            cell.finding.severity,
            cell.finding.verdict,
            severity_word(cell.finding) if cell.finding.severity is Severity.OTHER else "",
            is_compact=self.density is Density.COMPACT,
            is_bare=is_bare,
            direction=cell.direction,
        )
        cell.painter.setOpacity(1.0)

    def _draw_title(self, cell: _Cell) -> None:
        is_withdrawn = cell.finding.verdict is Verdict.WITHDRAWN
        weight = Weight.MEDIUM if cell.is_selected else Weight.REGULAR
        if cell.is_new:
            weight = Weight.SEMIBOLD
        self._pad(cell.row)
        font = self._theme.font(Role.BODY, weight, is_struck=is_withdrawn)
        scale, width = self._theme.scale, self._theme.text_width
        room, gap = cell.row.remaining, scale(PADDING_PX)
        title_px = width(cell.text, Role.BODY, weight) + 1
        since_px = 0.0 if cell.news is None else width(cell.news.forms[0], Role.SMALL) + gap + 1
        if cell.news is None or (cell.is_new and title_px + since_px > room):  # a dot says so too
            cell.row.text(cell.text, font, self._ink(cell))
            return
        most_px = room - gap - min(title_px, room * LEAST_TITLE)
        fitting = (text for text in cell.news.forms if width(text, Role.SMALL) < most_px)
        words = next(fitting, cell.news.forms[-1])
        news_px = min(width(words, Role.SMALL) + 1, most_px)
        cell.row.skip_at_end(news_px + gap)
        cell.row.text(cell.text, font, self._ink(cell))
        cell.row.skip_at_end(-news_px - gap)
        cell.row.skip(gap)
        cell.row.text(words, self._theme.font(Role.SMALL, Weight.MEDIUM), self._theme.tokens.accent)

    def _draw_location(self, cell: _Cell) -> None:
        finding = cell.finding
        self._pad(cell.row)
        ink = self._ink(cell)
        if finding.is_announced:
            cell.row.text(cell.text, self._theme.font(Role.SMALL), self._theme.tokens.faint)
            return
        draw_location(cell.row, self._theme, file_line_text(finding), finding.folder, ink)

    def _draw_status(self, cell: _Cell) -> None:
        is_confirmed = cell.finding.status is FindingStatus.CONFIRMED
        font = self._theme.font(Role.SMALL, Weight.MEDIUM if is_confirmed else Weight.REGULAR)
        tokens = self._theme.tokens
        if cell.finding.is_announced:
            self._draw_plain(cell)
            return
        self._pad(cell.row)
        ink = tokens.text if cell.finding.status in _STRONG_STATUSES else tokens.muted
        cell.row.text(cell.text, font, ink)

    def _draw_moment(self, cell: _Cell) -> None:
        font = self._theme.font(Role.SMALL, is_tabular=True)
        cell.row.skip_at_end(self._theme.scale(END_PX))
        cell.row.text_at_end(cell.text, cell.row.remaining, font, self._theme.tokens.muted)

    def _draw_scan(self, cell: _Cell) -> None:
        """Draw "payments-api cc49e2ec"; the end of the name may be cut, its mark never."""
        font, ink = self._theme.font(Role.SMALL), self._theme.tokens.muted
        mark = self._model.mark_of(cell.finding.scan_id)
        name = cell.text[: cell.text.rfind(f" ({mark})" if cell.text.endswith(")") else f" {mark}")]
        self._pad(cell.row)
        if not mark or self._theme.text_width(cell.text, Role.SMALL) <= cell.row.remaining:
            cell.row.text(cell.text, font, ink)
            return
        end = cell.text.removeprefix(name)
        end_px = self._theme.text_width(end, Role.SMALL) + 1
        cell.row.skip_at_end(end_px)
        cell.row.text(name, font, ink)
        cell.row.skip_at_end(-end_px)
        cell.row.text(end, font, ink)

    def _draw_plain(self, cell: _Cell) -> None:
        tokens, column_text = self._theme.tokens, cell.text
        is_unknown = cell.finding.is_announced and column_text == tr(UNKNOWN)
        self._pad(cell.row)
        ink = tokens.faint if is_unknown else tokens.muted
        cell.row.text(column_text, self._theme.font(Role.SMALL), ink)

    def _pad(self, row: RowCursor) -> None:
        row.skip(self._theme.scale(PADDING_PX))
        row.skip_at_end(self._theme.scale(PADDING_PX))

    def _ink(self, cell: _Cell) -> QColor:
        tokens = self._theme.tokens
        is_muted = cell.is_dimmed or cell.finding.verdict is Verdict.WITHDRAWN
        return tokens.muted if is_muted else tokens.text

    # -- decisions --

    def _draw_note(self, row: RowCursor, note: WriteNote) -> None:
        """Draw the last decision on a row; the clip limits it to the cell's part."""
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        words, small, strong = note_words(note), theme.font(Role.SMALL), Weight.MEDIUM
        if note.state is WriteState.REFUSED:
            row.icon(words.icon, scale(NOTE_ICON_PX), tokens.failed)
            row.skip(scale(NOTE_GAP_PX))
            row.text(words.text, theme.font(Role.SMALL, strong), tokens.failed)
            if words.can_retry:
                row.skip(scale(NOTE_GAP_PX))
                row.text(tr("retry"), theme.font(Role.SMALL, Weight.SEMIBOLD), tokens.accent)
        elif note.state is WriteState.SENDING:
            row.text(words.text, theme.font(Role.SMALL, strong), tokens.muted)
            row.skip(scale(NOTE_GAP_PX))
            row.icon("conn-reconnecting", scale(NOTE_ICON_PX), tokens.muted)
            row.skip(scale(NOTE_GAP_PX))
            row.text(words.more, small, tokens.muted)
        else:
            row.icon(words.icon, scale(NOTE_ICON_PX), tokens.muted)
            row.skip(scale(NOTE_GAP_PX))
            row.text(f"{words.text}," if words.can_undo else words.text, small, tokens.muted)
            if words.can_undo:
                row.skip(scale(NOTE_GAP_PX))
                row.text(tr("undo"), theme.font(Role.SMALL, Weight.SEMIBOLD), tokens.accent)
                row.skip(scale(PADDING_PX))
                key = command_key_text(words.more)
                if row.remaining >= theme.text_width(key, Role.MICRO, strong):
                    row.text(key, theme.font(Role.MICRO, strong), tokens.muted)

    def _draw_row_note(self, row: RowCursor, note: RowNote) -> None:
        """Draw the longest of its forms that fits; the last one may be cut."""
        theme, scale = self._theme, self._theme.scale
        ink = theme.tokens.muted
        row.icon(note.icon, scale(NOTE_ICON_PX), ink)
        row.skip(scale(NOTE_GAP_PX))
        row.skip_at_end(scale(PADDING_PX))
        fitting = (t for t in note.texts if theme.text_width(t, Role.SMALL) <= row.remaining)
        row.text(next(fitting, note.texts[-1]), theme.font(Role.SMALL), ink)

    def note_rect(self, top: int, height: int, least_px: int = NOTE_PX) -> QRectF | None:
        """Return the rectangle of a note in a row; None if there is no place for one.

        It is where status and moment are adjacent, else at one of them or at the end of the row; it
        takes as much space as it needs from the cells before it.
        """
        header, needed, width = self._view.horizontalHeader(), self._theme.scale(least_px), 0
        own = [COLUMNS.index(column) for column in NOTED]
        shown = [header.visualIndex(place) for place in own if not header.isSectionHidden(place)]
        are_together = len(shown) > 1 and abs(shown[0] - shown[1]) == 1
        last = (max(shown) if are_together else shown[0]) if shown else header.count() - 1
        sections = map(header.logicalIndex, range(last, -1, -1))
        end = None
        for section in (each for each in sections if not header.isSectionHidden(each)):
            if COLUMNS[section] in NEVER_NOTED or (width >= needed and section not in own):
                break
            end = section if end is None else end
            width += header.sectionSize(section)
            needed = max(needed, width) if section in own else needed
        if end is None:
            return None
        width, left = min(width, needed), header.sectionViewportPosition(end)
        if self._view.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            left += header.sectionSize(end) - width
        return QRectF(left, top, width, height)


# The visible rows of the findings table, and which are marked by pointer and keyboard.


class ViewportRows:
    """Scrolls to the edges of rows, so that the topmost row is whole.

    Args:
        view: The table, with rows of one height.
        sticky: The group head that may cover the topmost row.
    """

    def __init__(self, view: QtWidgets.QTableView, sticky: StickyHead) -> None:
        self._view, self._sticky = view, sticky
        self._bar = view.verticalScrollBar()

    @property
    def first(self) -> int:
        """The topmost row; 0 if there is none."""
        return max(self._view.rowAt(0), 0)

    @property
    def rows(self) -> range:
        """All visible rows, including partly visible ones."""
        view = self._view
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        if first < 0:
            return range(0)
        return range(first, (view.model().rowCount() - 1 if last < 0 else last) + 1)

    def holds(self, row: int) -> bool:
        """Return whether a row is completely visible."""
        return self._free().contains(self.place_of(row))

    def show(self, row: int) -> None:
        """Scroll a row that is out of sight to the middle."""
        if self.holds(row):
            return
        index, across = self._view.model().index(row, 0), self._view.horizontalScrollBar()
        before = across.value()
        self._view.scrollTo(index, QtWidgets.QAbstractItemView.ScrollHint.PositionAtCenter)
        self._bar.setValue(self._bar.value() - self._bar.value() % self._view.rowHeight(row))
        self._view.scrollTo(index)
        across.setValue(before)

    def keep(self, row: int) -> None:
        """Scroll back to a row that has just left the view, at the same edge."""
        if self.holds(row):
            return
        height = self._view.rowHeight(row)
        if self._view.rowViewportPosition(row) < 0:
            self._bar.setValue(row * height)
        else:
            whole_rows = max(1, self._view.viewport().height() // height)
            self._bar.setValue((row + 1 - whole_rows) * height)
        self.uncover(row)

    @contextmanager
    def whole_rows(self) -> Iterator[None]:
        """End keyboard scrolling with a whole row at the top, not only at the bottom."""
        before, height = self._bar.value(), self._view.verticalHeader().defaultSectionSize()
        try:
            yield
        finally:
            if self._bar.value() != before:
                self._bar.setValue(-(-self._bar.value() // height) * height)

    def uncover(self, row: int) -> None:
        """Keep the sticky group head from covering a row."""
        rect, free = self.place_of(row), self._free()
        if -rect.height() < rect.top() < free.top():
            self._bar.setValue(self._bar.value() - (free.top() - rect.top()))

    def place_of(self, row: int) -> QRect:
        """Return the rectangle of a row, regardless of horizontal scrolling."""
        view = self._view
        return QRect(0, view.rowViewportPosition(row), view.viewport().width(), view.rowHeight(row))

    def _free(self) -> QRect:
        """Return the part of the viewport that no group head covers."""
        rect = self._view.viewport().rect()
        if self._sticky.group is not None:
            rect.setTop(self._view.rowHeight(0))
        return rect


class RowMarks:
    """Marks rows. Call `follow` whenever rows may have moved.

    Args:
        delegate: Draws the marks.
        sight: Knows where the keyboard starts while no row is current.
        is_wanted: Returns whether the ring is also shown for the mouse.
    """

    def __init__(
        self,
        view: QtWidgets.QTableView,
        delegate: RowDelegate,
        sight: ViewportRows,
        is_wanted: Callable[[], bool],
    ) -> None:
        self._view, self._delegate, self._sight = view, delegate, sight
        self._is_wanted = is_wanted
        self._is_by_keyboard = False
        self._pointer_y: int | None = None

    def use_keyboard(self, *, is_used: bool) -> None:
        """Note whether the keyboard is in use: the mouse needs no ring for one row."""
        self._is_by_keyboard = is_used
        self.ring()

    def point(self, y: int | None) -> None:
        """Note the pointer's vertical position; None once it has left."""
        self._pointer_y = y
        self.follow()

    def follow(self) -> None:
        """Mark the row under the pointer, after either has moved."""
        row = -1 if self._pointer_y is None else self._view.rowAt(self._pointer_y)
        before, self._delegate.hovered_row = self._delegate.hovered_row, row
        self._update(before, row)

    def ring(self) -> None:
        """Draw the ring at the keyboard's row, if the focus is here."""
        current = self._view.currentIndex()
        place = current.row() if current.isValid() else self._sight.first
        is_wanted = self._is_by_keyboard or self._is_wanted()
        row = place if self._view.hasFocus() and is_wanted else -1
        before, self._delegate.ringed_row = self._delegate.ringed_row, row
        self._update(before, row)

    def _update(self, before: int, row: int) -> None:
        viewport = self._view.viewport()
        for changed in {before, row} - {-1} if before != row else ():
            top, height = self._view.rowViewportPosition(changed), self._view.rowHeight(changed)
            viewport.update(QRect(0, top, viewport.width(), height))

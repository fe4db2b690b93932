"""The group heads: painted in the table, pinned to its top, and opened and closed there.

Source: look.md 5 ("Findings table", Group row).
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.table.group import NAMED_SEVERITIES, Group, GroupKey
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.presentation import table_text
from heimdall_desktop.presentation.time_text import number_text
from heimdall_desktop.widgets.controls.row_delegate import INSET_PX
from heimdall_desktop.widgets.findings.row_selection import Reach
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.badges import Badges
from heimdall_desktop.widgets.look.theme import Role, Theme, Weight

CHEVRON_PX = 12
CHEVRON_GAP_PX = 6
NOTE_GAP_PX = 8
COUNT_GAP_PX = 10
SHAPE_PX = 11
SHAPE_GAP_PX = 4
APART_PX = 14  # between the counts of two severities
COUNTS_FROM_PX = 420  # a narrower table leaves no room for counts by severity
LEAST_NOTE = 2  # characters of a note; fewer are meaningless
LEFT_TO_RIGHT = "\u200e"  # a path stays so in every language


class GroupRow:
    """Draws group heads.

    Args:
        model: Knows the names of scans and the sizes of groups.
    """

    def __init__(self, theme: Theme, model: FindingsModel, badges: Badges) -> None:
        self._theme, self._model, self._badges = theme, model, badges

    def draw(
        self,
        painter: QPainter,
        rect: QRectF,
        group: Group,
        direction: Qt.LayoutDirection,
        ground: QColor | None = None,
        part: QRectF | None = None,
    ) -> None:
        """Draw a group head.

        Args:
            painter: Of the view.
            rect: The whole row.
            group: The group of the head.
            direction: Of the layout.
            ground: A different ground for a head that is hovered or selected.
            part: The visible part, if not all of it is visible; the rest may be left out.
        """
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        painting.fill(painter, rect, ground or tokens.alt)
        bottom = rect.bottom() - 1
        painting.horizontal_hairline(painter, rect.left(), bottom, rect.width(), tokens.hairline)
        row = painting.RowCursor(theme, painter, rect.adjusted(0, 0, 0, -1), direction)
        row.skip(scale(INSET_PX))
        row.skip_at_end(scale(INSET_PX))
        counts_px = 0.0
        if rect.width() >= scale(COUNTS_FROM_PX):
            one = self._number_px() + scale(SHAPE_GAP_PX) + scale(SHAPE_PX) + scale(APART_PX)
            counts_px = scale(INSET_PX) + one * len(NAMED_SEVERITIES)
        counts = rect.adjusted(rect.width() - counts_px, 0, 0, 0)
        if counts_px and _is_seen(counts, rect, part, direction):
            self._draw_counts(painter, row, group)
        elif counts_px:
            row.skip_at_end(counts_px - scale(INSET_PX))
        if not _is_seen(rect.adjusted(0, 0, -counts_px, 0), rect, part, direction):
            return
        chevron = "ui-chevron-down" if group.is_open else "ui-chevron-right"
        row.icon(chevron, scale(CHEVRON_PX), tokens.muted)
        row.skip(scale(CHEVRON_GAP_PX))
        self._draw_words(row, group)

    def _draw_words(self, row: painting.RowCursor, group: Group) -> None:
        """Draw title, note and number; the note is dropped before the title is cut."""
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        title = table_text.group_title(group, self._model.listing.names)
        note = table_text.group_note(
            group, self._model.listing.names, has_many_scans=self._model.has_many_scans
        )
        proposed = self._model.words.proposed_in(group)
        number = ", ".join(filter(None, (table_text.count_text(group), proposed)))
        metrics = theme.metrics(Role.SMALL)
        number_px = metrics.horizontalAdvance(number) + 1
        row.skip_at_end(scale(COUNT_GAP_PX) + number_px)
        row.text(title, theme.font(Role.BODY, Weight.SEMIBOLD), tokens.text)
        row.skip_at_end(-scale(COUNT_GAP_PX) - number_px)
        room = row.remaining - number_px - scale(NOTE_GAP_PX + COUNT_GAP_PX)
        shown = painting.elided(note, metrics, room) if note and room > 0 else ""
        if len(shown) > LEAST_NOTE:
            row.skip(scale(NOTE_GAP_PX))
            row.text(f"{LEFT_TO_RIGHT}{shown}", theme.font(Role.SMALL), tokens.muted)
        row.skip(scale(COUNT_GAP_PX))
        row.text(number, theme.font(Role.SMALL), tokens.muted)

    def _draw_counts(self, painter: QPainter, row: painting.RowCursor, group: Group) -> None:
        """Draw one number for each severity, in the same columns in all rows."""
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        number_px = self._number_px()
        for severity in reversed(NAMED_SEVERITIES):
            count = group.severities[severity]
            weight = Weight.MEDIUM if count else Weight.REGULAR
            font = theme.font(Role.SMALL, weight, is_tabular=True)
            ink = tokens.text if count else tokens.faint
            words, edge = number_text(count), scale(SHAPE_PX)
            words_px = theme.text_width(words, Role.SMALL, weight, is_tabular=True) + 1
            row.text_at_end(words, words_px, font, ink)
            row.skip_at_end(scale(SHAPE_GAP_PX))
            place = row.take_at_end(edge)
            if count:
                top = place.top() + (place.height() - edge) / 2
                self._badges.draw_shape(painter, severity, QPointF(place.left(), top), edge)
            row.skip_at_end(number_px - words_px + scale(APART_PX))

    def _number_px(self) -> float:
        widest = number_text(10 ** len(str(self._model.grouped.largest_group)) - 1)
        return self._theme.text_width(widest, Role.SMALL, Weight.MEDIUM, is_tabular=True) + 1


def _is_seen(area: QRectF, row: QRectF, part: QRectF | None, direction: Qt.LayoutDirection) -> bool:
    return part is None or painting.mirrored(area, row, direction).intersects(part)


class StickyHead(QWidget):
    """Pins the head of the topmost group. Call `follow` whenever rows or the scroll may have moved.

    Args:
        view: The table, with rows of one height.
    """

    clicked = Signal(object)
    """The head was clicked; the key of its group."""

    def __init__(self, view: QTableView, model: FindingsModel, painter: GroupRow) -> None:
        super().__init__(view)
        self._view, self._model, self._painter = view, model, painter
        self._group: Group | None = None
        self.setObjectName("sticky_head")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    @property
    def group(self) -> Group | None:
        return None if self.isHidden() else self._group

    def follow(self) -> None:
        """Show the head of the group of the topmost row, unless that head is itself visible."""
        row = self._view.rowAt(0)
        entry = self._model.row_at(row)
        self._group = None
        if isinstance(entry, Finding):
            self._group = self._model.grouped.group_of(entry.id)
        elif isinstance(entry, Group) and entry.is_open and self._view.rowViewportPosition(row) < 0:
            self._group = entry  # its own head is cut
        self.setVisible(self._group is not None)
        if self._group is None:
            return
        viewport, height = self._view.viewport().geometry(), self._view.rowHeight(0)
        start = self._model.grouped.row_of_group(self._group.key)
        next_head = -1 if start is None else start + self._group.size
        shift = 0  # how far the next head pushes this one up
        if self._model.row_at(next_head) is not None:
            shift = min(0, self._view.rowViewportPosition(next_head) - height)
        self.setGeometry(viewport.left(), viewport.top() + shift, viewport.width(), height)
        names, has_many = self._model.listing.names, self._model.has_many_scans
        self.setAccessibleName(
            table_text.group_sentence(self._group, names, has_many_scans=has_many)
        )
        self.raise_()
        self._view.horizontalHeader().raise_()  # a head that is pushed up slides under it
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._group is not None and event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit(self._group.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._group is not None:
            rect = QRectF(self.rect())
            with QPainter(self) as painter:
                self._painter.draw(painter, rect, self._group, self.layoutDirection())


class GroupFolding:
    """Acts on the group at the keyboard.

    Args:
        go_to: Moves the keyboard to a row and selects accordingly.
    """

    def __init__(
        self, view: QTableView, model: FindingsModel, go_to: Callable[[int, Reach], None]
    ) -> None:
        self._view, self._model, self._go_to = view, model, go_to

    @property
    def at_cursor(self) -> Group | None:
        """The group whose head has the keyboard."""
        entry = self._model.row_at(self._view.currentIndex().row())
        return entry if isinstance(entry, Group) else None

    def toggle(self, row: int) -> None:
        """Close or open the group whose head is in a row, if there is one."""
        entry = self._model.row_at(row)
        if isinstance(entry, Group):
            self._model.toggle_group(entry.key)

    def turn(self, key: Qt.Key, *, of_all: bool) -> None:
        """Close or open the group at the keyboard, or all; from a finding, go to its head first."""
        is_mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        opens = (key == Qt.Key.Key_Right) is not is_mirrored
        group, entry = self.at_cursor, self._model.row_at(self._view.currentIndex().row())
        inside = self._model.grouped.group_of(entry.id) if isinstance(entry, Finding) else None
        if inside is not None and not opens:
            self.go_to_head(inside.key)
        if of_all:
            self._model.set_groups_open(are_open=opens)
        elif group is not None and group.is_open is not opens:
            self._model.toggle_group(group.key)
        elif group is not None and opens:
            self._go_to(self._view.currentIndex().row() + 1, Reach.ALONE)
        current = self._view.currentIndex()
        if current.isValid():  # other groups may have moved the head at the keyboard
            self._go_to(current.row(), Reach.NOTHING)

    def go_to_head(self, key: GroupKey) -> None:
        row = self._model.grouped.row_of_group(key)
        if row is not None:
            self._go_to(row, Reach.ALONE)

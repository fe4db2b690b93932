"""A list of found scans or repositories, for mouse and keyboard, or why it is empty.

A click or the space bar ticks a row, arrows only move, Enter confirms the whole choice. Ticked rows
are Qt's selection. The row of a scan has: box, name and branch, state, counts, start time. When
space is short the counts are hidden first, then the start; name and state never.
Source: behaviour.md 2.2, 2.6, 2.7, 2.8; design picture 4b, look.md 4.
"""

import math
from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QItemSelectionModel, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette

from heimdall_desktop.domain.facts.errors import HeimdallError, LinkError, PageUnreadable, SignedOut
from heimdall_desktop.domain.facts.observation import Counts, FoundRepo
from heimdall_desktop.models import discovery_model
from heimdall_desktop.models.rows_model import ROW_ROLE, Index
from heimdall_desktop.presentation.board import found_scans
from heimdall_desktop.presentation.board.card import COUNTED
from heimdall_desktop.presentation.error_text import cause, error_text, manual_entry, remedy
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import number_text
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.buttons import HelpLink, LinkButton
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label, show_tip
from heimdall_desktop.widgets.controls.toggles import BOX_PX, TICK_PX, draw_check_box
from heimdall_desktop.widgets.look import painting
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

ROW_PX = 40
INSET_PX = 24  # of the dialog: the hover reaches over the whole width
NAME_GAP_PX = 12
BRANCH_GAP_PX = 8
COLUMN_GAP_PX = 16
SHAPE_PX = 12
SHAPE_GAP_PX = 4
COUNT_GAP_PX = 12
COUNTS_FROM_PX = 600  # narrower lists omit them
MOMENT_FROM_PX = 460
MOMENT_COLUMN_PX = 96
NAME_SHARE = 0.55  # of the width shared by name and state
ICON_PX = 16
RING_RADIUS_PX = 6


class DiscoveryDelegate(row_delegate.RowDelegate):
    """Draws rows of found scans or repositories."""

    height_px = ROW_PX
    start_px = end_px = INSET_PX
    has_bar = False

    def ground(
        self, option: QtWidgets.QStyleOptionViewItem, index: Index, *, is_selected: bool
    ) -> QColor | None:
        # selected rows have a tick instead
        return self._theme.tokens.hover if self.is_lit(index) else None

    def draw_line(self, painter: QPainter, rect: QRectF) -> None:
        inset = self._theme.scale(INSET_PX)
        super().draw_line(painter, rect.adjusted(inset, 0, -inset, 0))

    def draw_ring(
        self, painter: QPainter, option: QtWidgets.QStyleOptionViewItem, index: Index
    ) -> None:
        if index.row() == self.ringed_row:
            reach = self._theme.scale(INSET_PX) * 2 / 3
            ring = QRectF(option.rect).adjusted(reach, 2, -reach, -3)
            painting.focus_ring(painter, ring, self._theme.scale(RING_RADIUS_PX), self._theme)

    def draw_row(
        self,
        painter: QPainter,
        row: painting.RowCursor,
        option: QtWidgets.QStyleOptionViewItem,
        index: Index,
    ) -> None:
        theme, muted, find = self._theme, self._theme.tokens.muted, index.data(ROW_ROLE)
        is_watched = bool(index.data(discovery_model.WATCHED_ROLE))
        if isinstance(find, found_scans.FoundScan):
            self._draw_scan(painter, row, find, index, option.direction)
        else:
            row.icon("ui-repo", theme.scale(ICON_PX), muted)
            row.skip(theme.scale(NAME_GAP_PX))
            row.icon_at_end("ui-chevron-right", theme.scale(ICON_PX), muted)
            row.skip_at_end(theme.scale(COLUMN_GAP_PX))
        repo = find.repo if isinstance(find, found_scans.FoundScan) else find
        if isinstance(repo, FoundRepo):
            weight, ink = Weight.SEMIBOLD, theme.tokens.text
            if is_watched:
                weight, ink = Weight.REGULAR, muted
            name = row_delegate.Cell(repo.name, ink, Role.BODY, weight, gap_px=BRANCH_GAP_PX)
            branch = row_delegate.Cell(repo.branch, muted, least_px=COLUMN_GAP_PX)
            self.draw_cells(painter, row, row.remaining, [name, branch])

    def _draw_scan(
        self,
        painter: QPainter,
        row: painting.RowCursor,
        scan: found_scans.FoundScan,
        index: Index,
        direction: Qt.LayoutDirection,
    ) -> None:
        """Draw everything but the name."""
        theme, tokens = self._theme, self._theme.tokens
        is_watched = bool(index.data(discovery_model.WATCHED_ROLE))
        width, edge = row.remaining, theme.scale(BOX_PX)
        place = row.take(edge)
        box = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
        if is_watched:
            tick = theme.scale(TICK_PX + 2)
            top_left = box.center() - QPointF(tick / 2, tick / 2)
            painting.draw_icon(painter, theme, "ui-check", top_left, tick, tokens.muted)
        else:
            draw_check_box(painter, box, index.data(Qt.ItemDataRole.CheckStateRole), theme)
        row.skip(theme.scale(NAME_GAP_PX))
        moment = row_delegate.Cell(
            str(index.data(discovery_model.MOMENT_ROLE)),
            tokens.muted,
            is_trailing=True,
            column_px=MOMENT_COLUMN_PX,
            from_px=MOMENT_FROM_PX,
        )
        self.draw_cells(painter, row, width, [], [moment])
        if width >= theme.scale(COUNTS_FROM_PX):
            counts = None if is_watched else scan.counts
            self._draw_counts(
                painter, row, counts, index.data(discovery_model.WIDEST_ROLE), direction
            )
        words = row.take_at_end(row.remaining * (1 - NAME_SHARE))
        row.skip_at_end(theme.scale(COLUMN_GAP_PX))
        text = tr("Already watched") if is_watched else scan.words
        ink = tokens.muted if is_watched else tokens.text
        painting.draw_text(painter, words, text, theme.font(Role.SMALL), ink, painting.LEADING)

    def _draw_counts(
        self,
        painter: QPainter,
        row: painting.RowCursor,
        counts: Counts | None,
        widest: Sequence[str],
        direction: Qt.LayoutDirection,
    ) -> None:
        """Draw the counts in columns as wide as the widest number of the list."""
        theme, tokens = self._theme, self._theme.tokens
        edge, gap = theme.scale(SHAPE_PX), theme.scale(COUNT_GAP_PX)
        shape_px = edge + theme.scale(SHAPE_GAP_PX)
        numbers_px = [
            theme.text_width(text, Role.SMALL, Weight.MEDIUM, is_tabular=True) + 1
            for text in widest
        ]
        row.skip_at_end(theme.scale(COLUMN_GAP_PX))
        whole = row.take_at_end(sum(numbers_px) + len(COUNTED) * (shape_px + gap) - gap)
        row.skip_at_end(theme.scale(COLUMN_GAP_PX))
        if counts is None or not counts.total:
            return
        cells = painting.RowCursor(theme, painter, whole, direction)
        font = theme.font(Role.SMALL, Weight.MEDIUM, is_tabular=True)
        for severity, count, number_px in zip(
            COUNTED, found_scans.by_severity(counts), numbers_px, strict=True
        ):
            shape = cells.take(shape_px)
            number = cells.take(number_px)
            cells.skip(gap)
            if count:
                is_mirrored = direction is Qt.LayoutDirection.RightToLeft
                left = shape.right() - edge if is_mirrored else shape.left()
                top = math.floor(shape.center().y() - edge / 2)
                self._badges.draw_shape(painter, severity, QPointF(left, top), edge)
            ink = tokens.text if count else tokens.faint
            painting.draw_text(painter, number, number_text(count), font, ink, painting.LEADING)


class DiscoveryList(QtWidgets.QListView):
    """The rows."""

    chosen = Signal(object)
    """A find was clicked, or the space bar was pressed on it."""
    entered = Signal(object)
    """Enter was pressed on a find."""

    def __init__(
        self, model: discovery_model.FindsModel, name: str, parent: QtWidgets.QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QtWidgets.QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self._marks = row_delegate.ListMarks(
            self, DiscoveryDelegate(self), QPalette.ColorRole.Light
        )
        self.clicked.connect(self._choose)
        self._outside = row_delegate.OutsideChoice(self)
        self._outside.chosen.connect(self._choose)
        self._outside.chosen.connect(self._select_ticked)
        for changes in (model.dataChanged, model.rowsInserted, model.modelReset):
            changes.connect(self._select_ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        find = self.currentIndex().data(ROW_ROLE)
        if event.key() == Qt.Key.Key_Space and find is not None:
            self.chosen.emit(find)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and find is not None:
            self.entered.emit(find)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are typed into the field above."""

    def _choose(self, index: Index) -> None:
        find = index.data(ROW_ROLE)
        if find is not None:
            self.chosen.emit(find)

    def _select_ticked(self) -> None:
        rows, select = self.model(), QItemSelectionModel.SelectionFlag.Select
        with self._outside.expecting():
            self.clearSelection()
            for row in range(rows.rowCount()):
                index = rows.index(row, 0)
                if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked:
                    self.selectionModel().select(index, select)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def selectAll(self) -> None:
        """Do nothing: scans are ticked one by one."""


class PageWords(Struct, frozen=True):
    """The texts of a page; marked for translation, not yet translated.

    Attributes:
        name: its rows, for assistive technology.
        reading: one sentence while it loads.
        none, consequence: two sentences when there are no rows.
        more: the text below the rows when the server has more of them.
    """

    name: str
    reading: str
    none: str
    consequence: str
    more: str = ""


class FindsPage(QtWidgets.QWidget):
    """Shows scans or repositories as they are found, or why there are none and what helps.

    Args:
        is_listed: Whether a find of a reading is shown here.

    Attributes:
        finds: The reading that is shown; None before the first one.
    """

    action_requested = Signal(object)
    """The button was pressed that helps against this error."""

    def __init__(
        self,
        words: PageWords,
        model: discovery_model.FindsModel,
        is_listed: Callable[[found_scans.FoundScan | FoundRepo], bool] = lambda _find: True,
        parent: QtWidgets.QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.finds: found_scans.ScanFinds | found_scans.RepoFinds | None = None
        self._words, self._model, self._is_listed = words, model, is_listed
        self.rows = DiscoveryList(model, tr(words.name), self)
        self._empty = named(EmptyState(self), "finds-empty")
        self._empty.action_requested.connect(self._request_action)
        self._pages = QtWidgets.QStackedWidget(self)
        self._pages.addWidget(self.rows)
        self._pages.addWidget(self._empty)
        self._note = QtWidgets.QWidget(self)
        self._note_mark = IconMark("ui-warning", 14, Tone.WARNING, self._note)
        self._note_words = Label("", Role.SMALL, tone=Tone.MUTED, parent=self._note)
        self._note_words.setObjectName("finds-note")
        self._note_help = HelpLink(self._note)
        self._note_action = LinkButton("", self._note)
        self._note_action.clicked.connect(self._request_action)
        theme = theme_of(self)
        inset = theme.scale(INSET_PX)
        line = QtWidgets.QHBoxLayout(self._note)
        line.setContentsMargins(inset, theme.scale(4), inset, theme.scale(4))
        line.setSpacing(theme.scale(6))
        line.addWidget(self._note_mark)
        line.addWidget(self._note_words, 1)
        line.addWidget(self._note_help)
        line.addWidget(self._note_action)
        column = QtWidgets.QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(self._note)
        self.setFocusProxy(self.rows)
        self.forget()

    @property
    def count_text(self) -> str:
        """The number of rows, or "3+" while there may be more; "" before that is known."""
        if self.finds is None or self.finds.expected is None:
            return ""
        count = self._model.rowCount()
        return str(count) if self.finds.is_whole else f"{count}+"

    def take_keyboard(self) -> None:
        if self._pages.currentWidget() is self.rows:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._empty.take_keyboard()

    def forget(self) -> None:
        self.finds = None
        self._model.show(())
        self.show_reading()

    def show_reading(self) -> None:
        """Show that rows are loading, if there are none yet."""
        if not (self.finds and self.finds.rows):
            self._show_instead(Emptiness("conn-reconnecting", tr(self._words.reading)))

    def show_finds(self, finds: found_scans.ScanFinds | found_scans.RepoFinds) -> None:
        """Show the progress of a reading; earlier rows stay until it has as many."""
        self.finds = finds = found_scans.in_place_of(self.finds, finds)
        error = finds.error
        self._model.show([find for find in finds.rows if self._is_listed(find)])
        if self._model.rowCount():
            self._turn_to(self.rows)
            self._show_note(error, tr(self._words.more) if finds.has_more else "")
        elif error is not None:
            action = _action(error)
            words, entry = (cause(error), remedy(error)), manual_entry(error)
            warning = Emptiness("ui-warning", *words, action, Tone.WARNING, help=entry)
            self._show_instead(warning)
        elif finds.is_done:
            words = tr(self._words.none), tr(self._words.consequence)
            self._show_instead(Emptiness("ui-search", *words))
        else:
            self._show_instead(Emptiness("conn-reconnecting", tr(self._words.reading)))

    def _show_note(self, error: HeimdallError | None, more: str) -> None:
        text = more
        if error is not None:
            text = tr("Couldn't load everything: {cause}").format(cause=cause(error))
        self._note_words.setText(text)
        show_tip(self._note_words, error_text(error) if error else more)
        self._note_mark.setVisible(error is not None)
        self._note_help.show_entry(manual_entry(error))
        self._note_action.setVisible(error is not None)
        self._note_action.set_label(_action(error) if error else "")
        self._note.setVisible(bool(text))

    def _show_instead(self, state: Emptiness) -> None:
        self._show_note(None, "")
        self._empty.show_state(state)
        self._turn_to(self._empty)

    def _turn_to(self, page: DiscoveryList | EmptyState) -> None:
        """Show the rows or why there are none; the keyboard stays on this page if it is here."""
        had_focus = holds_focus(self._pages, self.window().focusWidget())
        policy = Qt.FocusPolicy.TabFocus if page is self.rows else Qt.FocusPolicy.NoFocus
        self.rows.setFocusPolicy(policy)  # otherwise Tab would go to hidden rows and stay there
        self._pages.setCurrentWidget(page)
        if had_focus:
            self.take_keyboard()

    def _request_action(self) -> None:
        self.action_requested.emit(self.finds.error if self.finds else None)


def _action(error: HeimdallError) -> str:
    match error:
        case SignedOut() | LinkError():
            return tr("Sign in")
        case PageUnreadable():
            return tr("Paste links")
        case _:
            return tr("Retry")

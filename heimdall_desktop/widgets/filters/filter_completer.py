"""Adds completion to the filter field: keys, the list under it, recent filters, the sheet.

The sheet explains the filter language with examples that a click puts into the field.
"""

from collections.abc import Callable

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, Qt, Signal

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.filters.filter_writing import read_recent, with_recent
from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.models.suggestion_models import CompletionModel, ValueCounter
from heimdall_desktop.presentation import filter_text
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.widgets.controls import row_delegate
from heimdall_desktop.widgets.controls.buttons import LinkButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.pane import ScrollPage, Veil, named
from heimdall_desktop.widgets.controls.text_labels import KeyCap, Label
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, horizontal_hairline, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

# The completion list of the filter: a raised list under the field that never takes the focus.


ROW_PX, ROWS, FOOT_PX = 28, 9, 32
WIDTH_PX = 480
RADIUS_PX = 6
SPACE_PX = 4  # above and below the list
INSET_PX = 12
NOTE_GAP_PX = 12
SHADOWS_PX = (2, 4, 7)


class CompletionPopup(QtWidgets.QWidget):
    """Lists offers while the user types into the field above."""

    chosen = Signal(object)
    """An `Offer` was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = theme_of(self)
        self.model = CompletionModel(self)
        self.setObjectName("filter-completion")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = named(row_delegate.ChoiceList(self), "filter-offers")
        self.list.setAccessibleName(tr("Filter suggestions"))
        self.list.setModel(self.model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        row_delegate.ListMarks(self.list, _OfferDelegate(self.list), QtGui.QPalette.ColorRole.Light)
        self.list.index_chosen.connect(lambda index: self.chosen.emit(index.data(ROW_ROLE)))
        self.sheet = named(LinkButton(tr("Filter syntax"), self), "filter-completion-sheet")
        self.sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cap = KeyCap("F1", self)
        self._column, self._foot = QtWidgets.QVBoxLayout(self), QtWidgets.QHBoxLayout()
        self._foot.addWidget(self.sheet)
        self._foot.addWidget(self._cap)
        self._foot.addStretch(1)
        self._column.setSpacing(0)
        self._column.addWidget(self.list, 1)
        self._column.addLayout(self._foot)
        self._theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def offer(self) -> filter_text.Offer | None:
        """The offer selected by keys."""
        offer: filter_text.Offer | None = self.list.currentIndex().data(ROW_ROLE)
        return offer

    def show_under(self, field: QtWidgets.QWidget, completion: filter_text.Completion) -> None:
        """List offers under a field of the same window; an empty list is hidden."""
        if not completion.offers:
            self.hide()
            return
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.model.show(completion)
        self.list.setCurrentIndex(QModelIndex())
        self.list.scrollToTop()
        scale = self._theme.scale
        margin = scale(max(SHADOWS_PX))
        rows = min(len(completion.offers), ROWS)
        height = rows * self._theme.row_height(ROW_PX) + scale(2 * SPACE_PX + FOOT_PX)
        width = min(max(scale(WIDTH_PX), field.width() // 2), field.width())
        is_mirrored = field.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = field.width() - width if is_mirrored else 0
        place = field.mapTo(window, QPoint(left, field.height() + scale(SPACE_PX)))
        self.setGeometry(
            place.x() - margin, place.y() - margin, width + 2 * margin, height + 2 * margin
        )
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Move by some offers; above the first one none is selected, below the last the first."""
        count = self.model.rowCount()
        row = self.list.currentIndex().row() + by
        row = -1 if row == count or row == -1 else row % count if row >= 0 else count - 1
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        if row >= 0 and QtGui.QAccessible.isActive():
            news = QtGui.QAccessibleEvent(self.list, QtGui.QAccessible.Event.Focus)
            news.setChild(row)
            QtGui.QAccessible.updateAccessibility(news)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        with QtGui.QPainter(self) as painter:
            margin, radius = theme.scale(max(SHADOWS_PX)), theme.scale(RADIUS_PX)
            rect = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
            shade = QtGui.QColor(tokens.shadow)
            shade.setAlpha(shade.alpha() // 4)
            for reach in map(theme.scale, SHADOWS_PX):
                around = rect.adjusted(-reach, 1 - reach, reach, reach)
                rounded_box(painter, around, radius + reach, ground=shade)
            rounded_box(painter, rect, radius, ground=tokens.raised, line=tokens.hairline_strong)
            foot = rect.bottom() - theme.scale(FOOT_PX)
            horizontal_hairline(painter, rect.left() + 1, foot, rect.width() - 2, tokens.hairline)

    def _dress(self) -> None:
        scale = self._theme.scale
        margin, space = scale(max(SHADOWS_PX)), scale(SPACE_PX)
        self._column.setContentsMargins(margin + 1, margin + space, margin + 1, margin)
        self._foot.setContentsMargins(scale(INSET_PX) - SPACE_PX, space, scale(INSET_PX), space)
        self._foot.setSpacing(scale(SPACE_PX))
        self.update()


class _OfferDelegate(row_delegate.RowDelegate):
    """Draws the text, its meaning, and how many findings have it."""

    height_px = ROW_PX
    start_px = end_px = INSET_PX
    has_bar = has_line = False

    def draw_row(
        self,
        painter: QtGui.QPainter,
        row: RowCursor,
        option: QtWidgets.QStyleOptionViewItem,
        index: row_delegate.Index,
    ) -> None:
        tokens, offer = self._theme.tokens, index.data(ROW_ROLE)
        start = [
            row_delegate.Cell(
                offer.shown, tokens.text, Role.BODY, Weight.MEDIUM, is_code=True, gap_px=NOTE_GAP_PX
            ),
            row_delegate.Cell(offer.note, tokens.muted),
        ]
        end = []
        if offer.count is not None:
            count = grouped(offer.count)
            end = [
                row_delegate.Cell(
                    count, tokens.muted, is_tabular=True, is_trailing=True, gap_px=NOTE_GAP_PX
                )
            ]
        self.draw_cells(painter, row, option.rect.width(), start, end)


MEMORY_NAME = "recent-filters"

SHEET_PX, SHEET_PAGE_PX = 720, 460
FIELD_PX = 60
GAP_PX, RULE_GAP_PX = 12, 4


class FilterSheet(DialogFrame):
    """Explains fields and rules; a click on an example puts it into the field."""

    example_chosen = Signal(str)
    """A term to put into the filter."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(tr("Filter syntax"), SHEET_PX, parent, is_veiled=False)
        self.setObjectName("filter-sheet")
        for rule in filter_text.RULES:
            self.column.addWidget(Label(tr(rule), Role.SMALL, tone=Tone.MUTED))
        content = QtWidgets.QWidget()
        grid = QtWidgets.QGridLayout(content)
        grid.setContentsMargins(0, self._theme.scale(RULE_GAP_PX), 0, 0)
        grid.setHorizontalSpacing(self._theme.scale(GAP_PX))
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, self._theme.scale(FIELD_PX))
        grid.setColumnStretch(2, 1)
        for row, note in enumerate(filter_text.FIELD_NOTES):
            middle = Qt.AlignmentFlag.AlignVCenter
            name = f"{note.field}:" if note.field else tr("text")
            grid.addWidget(Label(name, Role.BODY, Weight.SEMIBOLD), row, 0, middle)
            meaning = Label(tr(note.meaning), Role.SMALL, tone=Tone.MUTED)
            grid.addWidget(meaning, row, 1, middle)
            examples = QtWidgets.QHBoxLayout()
            examples.setSpacing(self._theme.scale(GAP_PX))
            for example in note.examples:
                link = named(LinkButton(example), f"example_{example}")
                link.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # like all code
                link.clicked.connect(lambda _=False, text=example: self._choose(text))
                examples.addWidget(link)
            examples.addStretch(1)
            grid.addLayout(examples, row, 2)
        page = ScrollPage(content)
        page.setMinimumHeight(min(self._theme.scale(SHEET_PAGE_PX), content.sizeHint().height()))
        self.column.addWidget(page, 1)
        done = named(PrimaryButton(tr("Done")), "filter-sheet-done")
        done.clicked.connect(self.accept)
        self.add_buttons(None, done)

    def _choose(self, example: str) -> None:
        self.accept()
        self.example_chosen.emit(example)


class FilterCompleter(QObject):
    """Watches the input of a filter field."""

    def __init__(
        self,
        state: FilterState,
        values: ValueCounter,
        memory: WindowMemory,
        edit: QtWidgets.QLineEdit,
        field: QtWidgets.QWidget,
    ) -> None:
        super().__init__(field)
        self._state, self.values = state, values
        self._memory, self._edit, self._field = memory, edit, field
        self._offered_for = ""
        self._popup = CompletionPopup()
        self._popup.chosen.connect(self._take)
        self._popup.sheet.clicked.connect(self.open_sheet)
        self.destroyed.connect(self._popup.deleteLater)
        edit.installEventFilter(self)
        field.installEventFilter(self)
        edit.textEdited.connect(self._offer)
        edit.textChanged.connect(self._leave_other)
        values.changed.connect(self._refresh)

    def open_sheet(self) -> None:
        self._popup.hide()
        sheet = FilterSheet(self._field.window())
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.example_chosen.connect(self._add)
        sheet.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._field:
            if kind in (QEvent.Type.Resize, QEvent.Type.Hide):
                self._popup.hide()
        elif kind is QEvent.Type.FocusIn:
            self.values.look(self._state.filter.scan_id)
        elif kind is QEvent.Type.FocusOut:
            self._popup.hide()
            self._remember()
        elif kind is QEvent.Type.ShortcutOverride and isinstance(event, QtGui.QKeyEvent):
            if event.key() == Qt.Key.Key_F1:
                event.accept()  # the window's own sheet stays closed
                return True
        elif kind is QEvent.Type.KeyPress and isinstance(event, QtGui.QKeyEvent):
            return self._take_key(event)
        return False

    # -- offers --

    def _offer(self) -> None:
        text = self._offered_for = self._edit.text()
        if not text:
            self._popup.hide()
            return
        self.values.look(self._state.filter.scan_id)
        completion = filter_text.complete(text, self._edit.cursorPosition(), self.values.counts)
        self._popup.show_under(self._field, completion)

    def _leave_other(self, text: str) -> None:
        """Hide offers for a text that was replaced from elsewhere."""
        if text != self._offered_for:
            self._popup.hide()

    def _refresh(self) -> None:
        """Show new counts, unless that would move the offers under the keys."""
        if self._popup.isVisible() and self._popup.offer is None and self._edit.text():
            self._offer()

    # -- keys --

    def _take_key(self, event: QtGui.QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_F1:
            self.open_sheet()
            return True
        if not self._popup.isVisible():
            if key is not Qt.Key.Key_Down or self._edit.text() or Veil.is_on():
                return False
            recent = read_recent(self._memory.text(MEMORY_NAME))
            if recent:
                self._popup.show_under(self._field, filter_text.recent_offers(recent))
                self._popup.step(1)
            return bool(recent)
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Down: lambda: self._popup.step(1),
            Qt.Key.Key_Up: lambda: self._popup.step(-1),
            Qt.Key.Key_Escape: self._popup.hide,
        }
        if key in keys:
            keys[key]()
            return True
        if key is Qt.Key.Key_Tab and not event.modifiers():
            self._take(self._popup.offer or self._popup.model.completion.offers[0])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            offer = self._popup.offer
            if offer is not None:
                self._take(offer)
                return True
            self._popup.hide()
            self._remember()
        return False

    # -- accepting --

    def _take(self, offer: filter_text.Offer) -> None:
        text, cursor = self._popup.model.completion.applied(self._edit.text(), offer)
        self._edit.setText(text)
        self._edit.setCursorPosition(cursor)
        if offer.text.endswith((":", "=")):
            self._offer()
        else:
            self._popup.hide()

    def _add(self, term: str) -> None:
        self._edit.setText(f"{self._state.text} {term}".strip())
        self._edit.end(False)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember(self) -> None:
        if self._state.error is None:
            kept = self._memory.text(MEMORY_NAME)
            self._memory.keep(MEMORY_NAME, with_recent(kept, self._state.text))

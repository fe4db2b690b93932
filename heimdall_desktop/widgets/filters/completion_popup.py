"""What may come next in the filter, as a raised list under the field that never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from heimdall_desktop.models.completion_model import OFFER_ROLE, CompletionModel
from heimdall_desktop.presentation.filters.filter_completion import Completion, Offer
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.widgets.controls.buttons import LinkButton
from heimdall_desktop.widgets.controls.choice_list import ChoiceList
from heimdall_desktop.widgets.controls.labels import KeyCap
from heimdall_desktop.widgets.controls.list_marks import ListMarks
from heimdall_desktop.widgets.controls.row_delegate import Cell, Index, RowDelegate
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import horizontal_hairline, rounded_box
from heimdall_desktop.widgets.look.row_cursor import RowCursor
from heimdall_desktop.widgets.look.theme import Role, Weight

ROW_PX, ROWS, FOOT_PX = 28, 9, 32
WIDTH_PX = 480
RADIUS_PX = 6
SPACE_PX = 4  # above and below the list
INSET_PX = 12
NOTE_GAP_PX = 12
SHADOWS_PX = (2, 4, 7)


class CompletionPopup(QWidget):
    """Lists offers while the field above is typed into."""

    chosen = Signal(object)
    """An `Offer` was clicked."""
    sheet_wanted = Signal()
    """The sheet of the language is to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = theme_of(self)
        self._model = CompletionModel(self)
        self.setObjectName("filter-completion")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = ChoiceList(self)
        self.list.setObjectName("filter-offers")
        self.list.setAccessibleName(tr("Filter suggestions"))
        self.list.setModel(self._model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        ListMarks(self.list, _OfferDelegate(self.list), QPalette.ColorRole.Light)
        self.list.index_chosen.connect(lambda index: self.chosen.emit(index.data(OFFER_ROLE)))
        self._sheet = LinkButton(tr("Filter syntax"), self)
        self._sheet.setObjectName("filter-completion-sheet")
        self._sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet.clicked.connect(self.sheet_wanted)
        self._cap = KeyCap("F1", self)
        self._column, self._foot = QVBoxLayout(self), QHBoxLayout()
        self._foot.addWidget(self._sheet)
        self._foot.addWidget(self._cap)
        self._foot.addStretch(1)
        self._column.setSpacing(0)
        self._column.addWidget(self.list, 1)
        self._column.addLayout(self._foot)
        self._theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def completion(self) -> Completion:
        """What is listed, and which part of the text it replaces."""
        return self._model.completion

    @property
    def offer(self) -> Offer | None:
        """The offer the keys have gone to."""
        offer: Offer | None = self.list.currentIndex().data(OFFER_ROLE)
        return offer

    def show_under(self, field: QWidget, completion: Completion) -> None:
        """List offers under a field of the same window; none hides the list."""
        if not completion.offers:
            self.hide()
            return
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._model.show(completion)
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
        """Go on by some offers; above the first one none is meant, below the last the first."""
        count = self._model.rowCount()
        row = self.list.currentIndex().row() + by
        row = -1 if row == count or row == -1 else row % count if row >= 0 else count - 1
        index = self._model.index(row) if row >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        if row >= 0 and QAccessible.isActive():
            news = QAccessibleEvent(self.list, QAccessible.Event.Focus)
            news.setChild(row)
            QAccessible.updateAccessibility(news)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        with QPainter(self) as painter:
            margin, radius = theme.scale(max(SHADOWS_PX)), theme.scale(RADIUS_PX)
            rect = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
            shade = QColor(tokens.shadow)
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


class _OfferDelegate(RowDelegate):
    """Draws the text, what it means, and how many findings have it."""

    height_px = ROW_PX
    start_px = end_px = INSET_PX
    has_bar = has_line = False

    def draw_row(
        self, painter: QPainter, row: RowCursor, option: QStyleOptionViewItem, index: Index
    ) -> None:
        tokens, offer = self._theme.tokens, index.data(OFFER_ROLE)
        start = [
            Cell(
                offer.shown, tokens.text, Role.BODY, Weight.MEDIUM, is_code=True, gap_px=NOTE_GAP_PX
            ),
            Cell(offer.note, tokens.muted),
        ]
        end = []
        if offer.count is not None:
            count = grouped(offer.count)
            end = [Cell(count, tokens.muted, is_tabular=True, is_trailing=True, gap_px=NOTE_GAP_PX)]
        self.draw_cells(painter, row, option.rect.width(), start, end)

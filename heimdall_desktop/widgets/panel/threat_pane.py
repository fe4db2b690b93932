"""The threat model of a scan: its rows at the left, the details of one at the right.

It is read when first shown. Source: behaviour.md 1 (threat-model pane).

A row of its list has the risk as shape and word, name, endpoint or flow, description and place.
Endpoints share a column, and so do places. Source: look.md 1 (aligned), 5 (Location).
"""

from PySide6 import QtGui
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStyleOptionViewItem, QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.errors import NotVisible
from heimdall_desktop.domain.facts.finding import ScanId, Severity, one_line
from heimdall_desktop.models.rows_model import ROW_ROLE
from heimdall_desktop.models.threat_models import ThreatModels, ThreatRowsModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.scan_status import status_of
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.error_text import error_text, manual_entry
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.panel import threat_rows
from heimdall_desktop.widgets.controls import row_delegate, text_labels
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, OutlineButton
from heimdall_desktop.widgets.controls.empty_state import Emptiness
from heimdall_desktop.widgets.controls.key_names import copy_text
from heimdall_desktop.widgets.controls.pane import ScrollPage
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, fill, mirrored
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.panel.panel_bar import ListPage, PanelList

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}

ROW_PX = 28
HEAD_PX = 26
SHAPE_PX = 12
SHAPE_GAP_PX = 6
RISK_PX = 76
GAP_PX = 12
LEAST_TEXT_PX = 48
LEAST_NAME_PX = 100
LEAST_PLACE_PX, MOST_PLACE_PX = 120, 240
PLACE_FRACTION = 0.3  # of a row
NAME_FRACTION = 0.58  # of the width before the place


class ThreatDelegate(row_delegate.RowDelegate):
    """Draws rows of `ThreatRowsModel`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: row_delegate.Index) -> QSize:
        is_head = isinstance(index.data(ROW_ROLE), threat_rows.ThreatHead)
        return QSize(0, self._theme.row_height(HEAD_PX if is_head else ROW_PX, Role.SMALL))

    def paint(
        self, painter: QtGui.QPainter, option: QStyleOptionViewItem, index: row_delegate.Index
    ) -> None:
        head = index.data(ROW_ROLE)
        if not isinstance(head, threat_rows.ThreatHead):
            super().paint(painter, option, index)
            return
        theme, tokens, rect = self._theme, self._theme.tokens, QRectF(option.rect)
        fill(painter, rect, tokens.alt)
        row = RowCursor(theme, painter, rect, option.direction)
        row.skip(theme.scale(row_delegate.INSET_PX))
        cells = [
            row_delegate.Cell(
                head.title, tokens.muted, Role.MICRO, Weight.SEMIBOLD, gap_px=SHAPE_GAP_PX
            ),
            row_delegate.Cell(grouped(head.count), tokens.muted, Role.MICRO),
        ]
        self.draw_cells(painter, row, rect.width(), cells)

    def draw_row(
        self,
        painter: QtGui.QPainter,
        _row: RowCursor,
        option: QStyleOptionViewItem,
        index: row_delegate.Index,
    ) -> None:
        """Draw the name, in the middle endpoint or flow and description, and at the end the place.

        If the middle would leave too little space for the name, it is omitted.
        """
        row = index.data(ROW_ROLE)
        if not isinstance(row, threat_rows.ThreatRow):
            return
        theme = self._theme
        inset, gap = theme.scale(row_delegate.INSET_PX), theme.scale(GAP_PX)
        inner = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
        start = theme.scale(SHAPE_PX + SHAPE_GAP_PX + RISK_PX) if row.severity else 0
        least, most = theme.scale(LEAST_PLACE_PX), theme.scale(MOST_PLACE_PX)
        place_left = inner.width() - min(max(inner.width() * PLACE_FRACTION, least), most)
        way_left = place_left * NAME_FRACTION
        has_end = bool(row.place or row.note)
        end = place_left - gap if has_end else inner.width()

        def cell(left: float, right: float) -> RowCursor:
            rect = QRectF(inner.left() + left, inner.top(), right - left, inner.height())
            place = mirrored(rect, inner, option.direction)
            return RowCursor(theme, painter, place, option.direction)

        if row.severity is not None:
            self._draw_risk(painter, cell(0, start), row.severity, row.risk)
        has_middle = bool(row.way or (row.description and has_end))
        is_middle_shown = has_middle and way_left - gap - start >= theme.scale(LEAST_NAME_PX)
        name = cell(start, way_left - gap if is_middle_shown else end)
        name.text(row.name, theme.font(Role.SMALL, Weight.SEMIBOLD), theme.tokens.text)
        if is_middle_shown:
            middle = cell(way_left, end)
            if row.way:
                font = theme.font(Role.MONO if row.is_way_code else Role.SMALL)
                middle.text(row.way, font, theme.tokens.text)
                middle.skip(gap)
            self._draw_description(middle, row)
        elif not has_middle:
            name.skip(gap)
            self._draw_description(name, row)
        last = cell(place_left, inner.width())  # the place, or which data are sensitive
        if row.place:
            folder, _, file_line = row.place.rpartition("/")
            text_labels.draw_location(last, theme, file_line, folder, theme.tokens.text)
        else:
            last.text(row.note, theme.font(Role.SMALL), theme.tokens.warning)

    def _draw_risk(
        self, painter: QtGui.QPainter, cursor: RowCursor, severity: Severity, word: str
    ) -> None:
        theme, edge = self._theme, self._theme.scale(SHAPE_PX)
        shape = cursor.take(edge)
        top_left = QPointF(shape.left(), shape.top() + (shape.height() - edge) / 2)
        self._badges.draw_shape(painter, severity, top_left, edge)
        cursor.skip(theme.scale(SHAPE_GAP_PX))
        cursor.skip_at_end(theme.scale(SHAPE_GAP_PX))
        cursor.text(word, theme.font(Role.SMALL), theme.tokens.text)

    def _draw_description(self, cursor: RowCursor, row: threat_rows.ThreatRow) -> None:
        theme = self._theme
        if row.description and cursor.remaining >= theme.scale(LEAST_TEXT_PX):
            cursor.text(row.description, theme.font(Role.SMALL), theme.tokens.muted)


class ThreatList(PanelList):
    """Shows the rows; one of them is current.

    Args:
        model: The rows.
    """

    row_shown = Signal(object)
    """The current `ThreatRow`; None for none."""
    row_chosen = Signal(object)
    """This `ThreatRow` was clicked, or Enter was pressed on it."""

    def __init__(self, model: ThreatRowsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.setObjectName("threat_list")
        self.setAccessibleName(tr("Threat model"))
        self.show_model(model, ThreatDelegate(self))
        self.copy_whole = QtGui.QAction(tr("Copy entire threat model"), self)
        self.index_chosen.connect(self._choose)

    def make_menu(self, index: row_delegate.Index) -> QMenu:
        menu = text_labels.new_menu(self, tr("Row"), "threat_menu")
        copy = menu.addAction(self._theme.icon("ui-copy"), tr("Copy"))
        copy.triggered.connect(self.copy_row)
        menu.addAction(self.copy_whole)
        return menu

    def copy_row(self) -> None:
        row = self.currentIndex().data(ROW_ROLE)
        if isinstance(row, threat_rows.ThreatRow):
            copy_text(row.details)

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        if event.matches(QtGui.QKeySequence.StandardKey.Copy):
            self.copy_row()
        elif event.key() in _ENTER:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: row_delegate.Index, previous: row_delegate.Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW_ROLE)
        self.row_shown.emit(row if isinstance(row, threat_rows.ThreatRow) else None)

    def _choose(self, index: row_delegate.Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, threat_rows.ThreatRow):
            self.row_chosen.emit(row)


ICON = "ui-branch"


class ThreatPane(ListPage):
    """A page of the bottom panel.

    Args:
        store: The scans.
        ticker: Hands out changes.
        requests: Sends requests to the server.
    """

    file_wanted = Signal(str)
    """Show the findings of this file."""
    counted = Signal(int)
    """The number of surfaces of the scan; 0 if unknown."""

    def __init__(self, store: Store, ticker: Ticker, requests: Requests) -> None:
        super().__init__()
        self._store = store
        self._models = ThreatModels(store, ticker, requests, self)
        self._scan_id: ScanId | None = None
        self._count = 0
        self._said = ""
        self.setObjectName("threat_pane")
        self._rows = ThreatRowsModel(self)
        self._list = ThreatList(self._rows, self)
        self._text = text_labels.ReadText(Role.SMALL)
        self._text.setAccessibleName(tr("Details"))
        self._status = text_labels.Label(
            "", Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight, parent=self
        )
        self._status.setObjectName("threat_status")
        self._copy = OutlineButton(tr("Copy all"), height_px=SMALL_PX, parent=self)
        self._copy.setObjectName("threat_copy")
        self._compose()
        self._list.row_shown.connect(self._show_row)
        self._list.row_chosen.connect(self._choose)
        self._list.copy_whole.triggered.connect(self.copy_all)
        self._copy.clicked.connect(self.copy_all)
        self._empty.action_requested.connect(self.read)
        self._models.changed.connect(self._follow)
        self._show()

    def show_scan(self, scan_id: ScanId | None) -> None:
        if scan_id != self._scan_id:
            self._scan_id = scan_id
            self._said = ""
            self._show()
            self._look()

    def read(self) -> None:
        if self._scan_id is not None:
            self._models.read(self._scan_id)

    def forget_choice(self) -> None:
        """Remove the note that only the findings of a file are shown."""
        self._said = ""
        self._show_foot()

    def copy_all(self) -> None:
        model = self._models.of(self._scan_id).model
        if model is not None:
            copy_text(threat_rows.threat_model_text(model))
            self._announce(tr("Copied."))

    def showEvent(self, event: QtGui.QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    # -- display --

    def _look(self) -> None:
        if self._scan_id is not None and self.isVisible():
            self._models.look(self._scan_id)

    def _follow(self) -> None:
        self._show()
        if self._scan_id is not None and self.isVisible():
            self._models.read_if_due(self._scan_id)

    def _show(self) -> None:
        model = self._models.of(self._scan_id).model
        if self._rows.show_model(model):
            self._text.set_text("" if model is None else threat_rows.shown_summary(model))
        self._show_foot()
        has_rows = model is not None and not model.is_empty
        if not has_rows:
            self._empty.show_state(self._emptiness())
        self._show_body(is_wanted=has_rows)
        count = len(model.surfaces) if model else 0
        if count != self._count:
            self._count = count
            self.counted.emit(count)

    def _show_foot(self) -> None:
        """Show the last action, or else the age of the model.

        One that is older than the running attempt will be overwritten (T-63).
        """
        known = self._models.of(self._scan_id)
        scan = None if self._scan_id is None else self._store.scan(self._scan_id)
        made_at = known.model.updated_at if known.model else None
        text = ""
        if known.kept_at:
            text = tr("Loaded {at}. It can't be refreshed now.").format(
                at=text_labels.at_text(known.kept_at)
            )
        elif scan is not None and made_at is not None and scan.is_of_earlier_attempt(made_at):
            text = tr("From an earlier attempt.")
        self._status.setText(self._said or text)

    def _emptiness(self) -> Emptiness:
        scan = None if self._scan_id is None else self._store.scan(self._scan_id)
        if scan is None:
            return Emptiness(ICON, tr("No scan to show."))
        missing = lacks(scan, Feature.THREAT_MODEL)
        if missing:
            return Emptiness(ICON, missing)
        again = tr("Refresh")
        known = self._models.of(scan.id)
        if known.model is not None:
            consequence = tr("The AI's answer couldn't be used.")
            return Emptiness(ICON, tr("The threat model is empty."), consequence, again)
        error = known.error
        if isinstance(error, NotVisible) and not status_of(scan).spec.is_cut_off:
            fact, consequence = threat_rows.why_absent(scan)
            return Emptiness(ICON, fact, consequence, again)
        if error is not None:
            fact = tr("Couldn't load the threat model.")
            words, entry = one_line(error_text(error)), manual_entry(error)
            return Emptiness("ui-warning", fact, words, again, Tone.WARNING, help=entry)
        name = self._store.name_of(scan.id)
        return Emptiness(ICON, tr("Loading the threat model for {name}\u2026").format(name=name))

    def _show_row(self, row: threat_rows.ThreatRow | None) -> None:
        self._text.set_text("" if row is None else row.details)
        self._page.scroll_to(0)

    def _choose(self, row: threat_rows.ThreatRow) -> None:
        if not row.file:
            return
        self.file_wanted.emit(row.file)
        name = one_line(row.file).rpartition("/")[2]  # the filter field has the whole path
        self._announce(tr("Only findings in {file} are shown.").format(file=name))

    def _announce(self, text: str) -> None:
        self._said = text
        self._show_foot()
        QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(self, text))

    # -- composing --

    def _compose(self) -> None:
        scale = self._theme.scale
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(
            scale(row_delegate.INSET_PX), scale(10), scale(row_delegate.INSET_PX), scale(10)
        )
        column.addWidget(self._text)
        column.addStretch(1)
        self._page = ScrollPage(content)
        foot = QHBoxLayout()
        foot.setContentsMargins(scale(row_delegate.INSET_PX), scale(4), scale(12), scale(6))
        foot.addWidget(self._status, 1)
        foot.addWidget(self._copy)
        side = QVBoxLayout()
        side.addWidget(self._page, 1)
        side.addLayout(foot)
        row = QHBoxLayout()
        row.addWidget(self._list, 1)
        row.addWidget(self._side)
        self._fill(self._list, row, side)
        self.setTabOrder(self._text, self._copy)

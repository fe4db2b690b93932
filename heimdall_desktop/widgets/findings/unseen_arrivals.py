"""Findings that arrived unseen: their number, the pill that leads to them, and when they are seen.

Source: behaviour.md 2.2; look.md 5 ("Findings table"), 7 (Shadows).
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QStyle

from heimdall_desktop.domain.facts.finding import FindingId, Severity
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import PrimaryButton
from heimdall_desktop.widgets.controls.focus import is_in_front
from heimdall_desktop.widgets.findings.findings_table import FindingsTable
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import rounded_box

PILL_PX = 28
PILL_MARGIN_PX = 10
SHADOWS_PX = ((0, 10), (1, 14), (2, 18))  # how far inside, and the alpha out of 255
SHADOW_PX = 3  # around the pill
KEY_OPACITY = 0.8  # 4.5:1 on the accent

_TO_BE_OPENED = {Severity.CRITICAL, Severity.HIGH}


class NewPill(PrimaryButton):
    """A pill at the lower trailing corner of a view."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__("", height_px=PILL_PX, parent=view)
        self._view = view
        self._shown = (0, "", "")
        self.setObjectName("new_pill")
        self.hide()

    def show_count(self, count: int, key: str, icon: str) -> None:
        """Show how many findings arrived unseen and the direction to them; hide for none."""
        if (count, key, icon) == self._shown:
            return
        self._shown = (count, key, icon)
        if count:
            self.set_key(key)
            self.set_icon(icon)
            self.set_label(tr("%n new", "", count))
            words = tr("%n new findings. Show them", "", count, one="%n new finding. Show it")
            self.setAccessibleName(words)
            self.place()
        self.setVisible(count > 0)

    def place(self) -> None:
        """Move to the corner, over the rows."""
        margin = self._theme.scale(PILL_MARGIN_PX) - SHADOW_PX
        below, corner = self._view.viewport().geometry(), QRect(QPoint(0, 0), self.sizeHint())
        corner.moveBottomRight(below.bottomRight() - QPoint(margin, margin))
        self.setGeometry(QStyle.visualRect(self.layoutDirection(), below, corner))
        self.raise_()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return size + QSize(2 * SHADOW_PX, 2 * SHADOW_PX)

    def _radius(self) -> float:
        return (self.height() - 2 * SHADOW_PX) / 2

    def _draw_ground(self, painter: QPainter, rect: QRectF) -> None:
        for inset, darkness in SHADOWS_PX:
            around = rect.adjusted(inset, inset + 1, -inset, -inset)
            rounded_box(painter, around, around.height() / 2, ground=QColor(0, 0, 0, darkness))
        inner = rect.adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
        super()._draw_ground(painter, inner)

    def _key_ink(self) -> QColor:
        ink = QColor(self._ink())
        ink.setAlphaF(KEY_OPACITY)
        return ink


class UnseenArrivals(QObject):
    """Owns the count of findings that arrived while the view did not follow, and the pill.

    Findings leave the count when they become visible. All of them leave it when the view follows
    again, or with another filter, which is another list.

    Args:
        table: Shows which findings are visible.
        model: Reports new findings.
    """

    def __init__(self, table: FindingsTable, model: FindingsModel) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._unseen: dict[FindingId, None] = {}
        self._filter = model.filter
        self._pill = NewPill(table)
        self._pill.clicked.connect(self._go_there)
        model.arrived.connect(self._take)
        model.changed.connect(self._look)
        model.freeze_changed.connect(self._show)
        table.anchor.following_changed.connect(self._take_following)
        table.verticalScrollBar().valueChanged.connect(self._look)
        table.viewport().installEventFilter(self)
        theme_of(table).changed.connect(self._pill.place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._pill.place()
        return False

    def _take(self, finding_ids: list[FindingId]) -> None:
        """Count new findings; those that existed before their scan was read only arrive late."""
        if not self._table.anchor.is_following:
            news = self._model.listing.marks
            self._unseen.update(dict.fromkeys(found for found in finding_ids if found in news))
            self._look()

    def _take_following(self, is_following: bool) -> None:
        if is_following:
            self._unseen.clear()
            self._show()

    def _look(self) -> None:
        """Remove findings that are visible now or no longer exist."""
        wanted, before = self._model.filter, self._filter
        if wanted is not before:
            self._filter = wanted
            if not wanted.is_later(before):
                self._unseen.clear()
        if not self._unseen:
            self._show()
            return
        if self._model.frozen_at is None:
            for row in self._table.sight.rows:
                finding = self._model.finding_at(row)
                if finding is not None:
                    self._unseen.pop(finding.id, None)
        for finding_id in [found for found in self._unseen if not self._model.listing.knows(found)]:
            del self._unseen[finding_id]
        self._show()

    def _show(self) -> None:
        if self._model.frozen_at is not None:
            way = ("P", "ui-play")
        elif self._table.anchor.can_follow:
            way = ("End", "ui-arrow-down")
        else:
            way = ("", "ui-new")  # they may be anywhere
        self._pill.show_count(len(self._unseen), *way)

    def _go_there(self) -> None:
        """Unfreeze frozen rows, else go to the tail, else to the first one in the list."""
        if self._model.frozen_at is not None:
            self._model.set_frozen(is_frozen=False)
        elif self._table.anchor.can_follow:
            self._table.follow()
        else:
            places = ((self._model.grouped.position_of(found), found) for found in self._unseen)
            shown = [(place, found) for place, found in places if place is not None]
            if shown:
                self._table.show_finding(min(shown)[1])


class AutoMarkSeen(QObject):
    """Removes the "new" mark from rows that have scrolled past in a followed view.

    Everything in a fresh scan is new, and a mark on every row is meaningless. So a row that was
    never selected still counts as seen if it was visible for a second in a view that follows its
    tail, in the active window, and newer rows have pushed it out. Rows keep their mark if they come
    in a burst too large for the view, while the window is inactive or scrolled away, or while new
    findings are filtered for. Critical and high findings keep it until they are opened, as
    look.md 5 requires for all.

    Args:
        table: Where rows scroll past.
        model: Knows what is new.

    Attributes:
        is_wanted: whether passing counts as seeing; else only opening does.
    """

    def __init__(self, table: FindingsTable, model: FindingsModel, ticker: Ticker) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._filter = model.filter
        self._in_sight: set[FindingId] = set()  # at the previous tick
        self._watched: set[FindingId] = set()  # for two consecutive ticks
        self.is_wanted: Callable[[], bool] = lambda: True
        ticker.second.connect(self._look)

    def _look(self) -> None:
        if self._model.filter is not self._filter:  # another list
            self._filter = self._model.filter
            self._watched.clear()
            self._in_sight.clear()
        table = self._table
        is_watched = is_in_front(table) and table.anchor.is_following and self.is_wanted()
        if not is_watched:
            self._in_sight = set()
            return
        rows = filter(None, map(self._model.finding_at, table.sight.rows))
        marked = {row.id for row in rows if row.severity not in _TO_BE_OPENED}
        now = {finding_id for finding_id in marked if finding_id in self._model.listing.marks}
        self._watched |= self._in_sight & now
        self._in_sight = now
        places = [(found, self._model.row_of(found)) for found in self._watched]
        first = table.sight.first
        passed = {found for found, row in places if row is None or row < first}  # pushed out
        self._watched -= passed
        if passed:
            self._model.let_pass(passed)

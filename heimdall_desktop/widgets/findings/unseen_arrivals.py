"""Findings that arrived unseen: their number, the pill that leads to them, and when they are seen.

Source: behaviour.md 2.2; look.md 5 ("Findings table"), 7 (Shadows).
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QCursor, QPainter, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QStyle

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.filters.filter import ANY_NEWS
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.ticker import Clock, Ticker
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
SEEN_S = 5.0  # in view for so long
AGAIN_S = 60.0  # how often it is noted again while it stays in view
STEP_S = 2.0  # more time between two looks was sleep
IDLE_S = 600.0  # reading takes less than that between two movements


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
            for finding in self._table.in_view():
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


class SeenWatch(QObject):
    """Notes which findings the analyst sees: rows of the table, and the finding of the detail.

    A finding is seen once the same version of it has been in view for `SEEN_S` in the active
    window. A row is in view if nothing covers any of it: no dialog, menu or other part of the
    window. Nothing is seen while presenting, with the screen locked, or in a window that no one has
    used for `IDLE_S`. While new or changed findings are filtered for, rows don't count: that list
    is there to be worked through.

    Args:
        table: Has the rows.
        model: Knows what was seen.
        clock: Our monotonic clock.
        now: The wall clock.

    Attributes:
        opened: returns the finding of the detail, if that is in view; else None.
        are_rows_wanted: whether rows in view count; else only the detail does.
        is_locked: whether the screen is locked.
    """

    def __init__(
        self,
        table: FindingsTable,
        model: FindingsModel,
        ticker: Ticker,
        clock: Clock,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(table)
        self._table, self._model, self._clock, self._now = table, model, clock, now
        self.opened: Callable[[], Finding | None] = lambda: None
        self.are_rows_wanted: Callable[[], bool] = lambda: True
        self.is_locked: Callable[[], bool] = lambda: False
        self._since: dict[FindingId, tuple[Finding, float]] = {}  # the next look is noted then
        self._looked_s = self._at_s = self._used_at_s = clock()
        self._use: tuple[object, ...] = ()
        ticker.second.connect(self.look)

    def look(self) -> None:
        """Note what has been in view for long enough. Called about once a second."""
        at_s = self._clock()
        step_s, self._at_s = min(max(at_s - self._at_s, 0.0), STEP_S), at_s
        if not self._is_looked_at(at_s):
            self._since.clear()
            return
        self._looked_s += step_s
        looked_s, before = self._looked_s, self._since
        seen, now = list[Finding](), dict[FindingId, tuple[Finding, float]]()
        for finding in self._in_view():
            if finding.id in now:
                continue  # it is in the detail as well, which shows its current version
            known, due_s = before.get(finding.id, (None, 0.0))
            if known is not finding and (known is None or known != finding):
                due_s = looked_s + SEEN_S
            elif looked_s >= due_s:
                seen.append(finding)
                due_s = looked_s + AGAIN_S
            now[finding.id] = (finding, due_s)
        self._since = now
        gone = before.keys() - now.keys()
        if gone:
            self._model.seen.leave(gone)
        if seen:
            self._model.seen.see(seen, self._now())

    def _is_looked_at(self, at_s: float) -> bool:
        table, scroll = self._table, self._table.verticalScrollBar()
        if not is_in_front(table.window()) or self._model.mask.is_on or self.is_locked():
            return False
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            return False
        place, opened = QCursor.pos(), self.opened()
        use = (
            *(place.x(), place.y(), scroll.value(), QApplication.focusWidget()),
            *(table.selected_id, opened and opened.id, self._model.filter),
        )
        if use != self._use:
            self._use, self._used_at_s = use, at_s
        return at_s - self._used_at_s < IDLE_S

    def _in_view(self) -> Iterator[Finding]:
        opened, table = self.opened(), self._table
        if opened is not None:
            yield opened
        if not self.are_rows_wanted() or self._model.filter.news != ANY_NEWS:
            return
        viewport = table.viewport()
        free = viewport.visibleRegion() if viewport.isVisible() else QRegion()
        if free.isEmpty():
            return
        for row in table.sight.rows:
            finding = self._model.finding_at(row)
            if finding is not None and table.sight.holds(row):
                place = table.sight.place_of(row)
                if QRegion(place).subtracted(free).isEmpty():
                    yield finding

"""The panel under table and detail: the stages of a scan, its current task, and its log.

It shows the given scan, and keeps it if none is given. A closed panel keeps its tabs.
Source: look.md 4, 5 (Stages panel), picture 6.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6 import QtWidgets
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.models.panel_models import LogModel
from heimdall_desktop.models.scans_model import ScanFacts
from heimdall_desktop.models.ticker import Clock, Now, Ticker
from heimdall_desktop.presentation.board.card_words import most_relevant
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.panel.timeline import STAGES_BASIS
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus, lead_in, settle_in
from heimdall_desktop.widgets.controls.pane import Pane, Veil, tight
from heimdall_desktop.widgets.look.tokens import Ground
from heimdall_desktop.widgets.panel.panel_bar import CLOSED_PX, LOG_TAB, STAGES_TAB, PanelBar

if TYPE_CHECKING:
    from heimdall_desktop.widgets.panel.stages_view import StagesView, StageViews

OPEN_PX = 229
SIDE_PX = 416
LEAST_SIDE_PX = 240
LEAST_STAGES_PX = 560  # names, the shortest axis, durations with a word
UNLIMITED_PX = 16_777_215  # Qt's value for no limit


class StagesPanel(Pane):
    """Tabs "Stages" and "Log" over a scan of the store.

    Args:
        store: The scans.
        ticker: Hands out changes, and ticks every second.
        clock: Our monotonic clock.
        now: The wall clock, in UTC.

    Attributes:
        side_width: the width of the side beside the stages; 0 if there is no space for it.
    """

    collapsed_changed = Signal(bool)
    """Whether only the tabs are shown."""
    scan_shown = Signal(str)
    """The panel now shows this scan; "" for none."""
    findings_wanted = Signal(str, str)
    """Show the findings of a stage of a scan, by its name."""
    side_shared = Signal(int)
    """The width of the side beside the stages, in pixels; 0 if there is no space for it."""

    def __init__(self, store: Store, ticker: Ticker, clock: Clock, now: Now) -> None:
        super().__init__(Ground.SURFACE)
        self.setObjectName("stages_panel")
        self._store = store
        self._facts = ScanFacts(store, clock, now)
        self._scope: ScanId | None = None
        self.shown_scan_id: ScanId | None = None
        self.is_collapsed = False
        self._why_no_log = ""
        self._side_px: int | None = None
        self.side_width = 0
        self._has_side = True
        self._log = LogModel(self, now=now)
        self.bar = PanelBar(self)
        self._made_views: StageViews | None = None
        self._front_page = QtWidgets.QWidget(self)  # empty until first use, like the log's
        self._log_page = QtWidgets.QWidget(self)
        self._takers: dict[int, Callable[[], None]] = {
            LOG_TAB: lambda: self._views.log.take_keyboard()  # noqa: PLW0108 - late
        }
        self._compose()
        self.bar.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.bar.tabs.currentChanged.connect(self._cover)
        self.bar.tabs.tabBarClicked.connect(lambda _: self.set_collapsed(False))
        self.bar.toggle.clicked.connect(self.toggle)
        self._log.count_changed.connect(self._show_log_count)
        ticker.changed.connect(self._take)
        ticker.second.connect(self._tick)
        self._measure()
        self._refresh()

    def prepare(self) -> None:
        _ = self._views

    # -- actions for keys, menus and other widgets --

    @property
    def tab(self) -> int:
        return self.bar.tabs.currentIndex()

    def turn_to(self, tab: int) -> None:
        """Bring a tab to the front, if there is one with this index, without opening the panel."""
        if tab < self.bar.tabs.count():
            self.bar.tabs.setCurrentIndex(tab)

    @property
    def stages(self) -> StagesView:
        return self._views.stages

    def take_keyboard(self) -> None:
        self.bar.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_scope(self, scan_id: ScanId | None) -> None:
        """Show one scan; for None keep the current one."""
        self._scope = scan_id
        self._take(())

    def set_collapsed(self, is_collapsed: bool) -> None:
        if is_collapsed == self.is_collapsed:
            return
        self.is_collapsed = is_collapsed
        if is_collapsed and holds_focus(self._body, QtWidgets.QApplication.focusWidget()):
            # or Qt moves the focus anywhere
            self.bar.toggle.setFocus(Qt.FocusReason.OtherFocusReason)
        self._measure()
        self._refresh()
        self.collapsed_changed.emit(is_collapsed)

    def toggle(self) -> None:
        self.set_collapsed(not self.is_collapsed)

    def open_stages(self) -> None:
        self._open(STAGES_TAB)

    def toggle_stages(self) -> None:
        """Open at the stages; close where they are open already."""
        if self.tab == STAGES_TAB:
            self.toggle()
        else:
            self.open_stages()

    def pick_stage(self, stage: str) -> None:
        """Show the log of one stage only, by its name; "" for the full log.

        If there is no space for it beside the stages, it is shown in its tab.
        """
        self._log.set_filter(replace(self._log.filter, stage=stage))
        self._show_stage()
        self._show_filter()
        if stage and not self._has_side:
            self._open(LOG_TAB)

    def open_log(self) -> None:
        self.open_page(LOG_TAB)

    def add_page(
        self,
        name: str,
        icon: str,
        page: QtWidgets.QWidget,
        take_keyboard: Callable[[], None],
        tools: QtWidgets.QWidget | None = None,
        *,
        is_veiled: bool = True,
    ) -> int:
        """Add a tab with its own page, and return its index.

        Args:
            name: The title.
            icon: Its icon.
            page: The content.
            take_keyboard: Focuses the page.
            tools: Shown at the end of the tabs while the page is open.
            is_veiled: Cover it while presenting is on, because it does not hide names itself.
        """
        self._pages.addWidget(Veil(page) if is_veiled else page)
        tab = self.bar.add_tab(name, icon, tools)
        self._takers[tab] = take_keyboard
        return tab

    def show_count(self, tab: int, count: int) -> None:
        self.bar.show_count(tab, grouped(count) if count else "")

    def open_page(self, tab: int) -> None:
        self._open(tab)
        self._takers[tab]()

    def set_side_width(self, width_px: int) -> None:
        """Make the inner split continue one above: the width right of it, in pixels."""
        self._side_px = width_px
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def sizeHint(self) -> QSize:
        height = CLOSED_PX if self.is_collapsed else OPEN_PX
        return QSize(super().sizeHint().width(), self._theme.scale(height))

    # -- following --

    def _take(self, changes: Sequence[Change]) -> None:
        touched = self._facts.take(changes)
        wanted, shown = self._wanted(), self.shown_scan_id
        if shown is None or shown in touched or wanted is None or wanted.id != shown:
            self._refresh()

    def _tick(self) -> None:
        scan = self._scan()
        if scan is not None:
            self._log.show_scan(scan)  # at midnight its times get their day
            if self._made_views is not None:
                self._made_views.side.log.show_book(self._log.book)
            self._show_times(scan)

    def _wanted(self) -> Scan | None:
        text = None if self._scope is None else self._store.scan(self._scope)
        return text or self._scan() or most_relevant(self._store)

    def _scan(self) -> Scan | None:
        return None if self.shown_scan_id is None else self._store.scan(self.shown_scan_id)

    def _refresh(self) -> None:
        scan, before = self._wanted(), self.shown_scan_id
        self.shown_scan_id = scan.id if scan else None
        if self.shown_scan_id != before:
            if self._log.filter.stage:
                self.pick_stage("")
            self.scan_shown.emit(self.shown_scan_id or "")
        self._why_no_log = "" if scan is None else lacks(scan, Feature.LOG)
        self._log.show_scan(scan)
        self._show_log_count()
        self._show_filter()
        if self._made_views is not None:
            side = self._made_views.side  # with the end of the log
            side.show_log_offered(is_offered=not self._why_no_log)
            side.log.show_book(self._log.book)
        self._cover()
        if scan is not None:
            self._show_times(scan)
            return
        self.bar.show_scan("", "")
        if self._made_views is not None:
            self._made_views.stages.show_timeline(None)
            self._made_views.side.task.show_words(None)

    def _show_log_count(self) -> None:
        """Show on the log's tab how much it holds, or that the server offers none."""
        not_offered = tr("not offered") if self._why_no_log else ""
        self.bar.show_count(LOG_TAB, not_offered or self._log.count_text)

    def _cover(self) -> None:
        has_page = self.shown_scan_id is not None or self.tab not in (STAGES_TAB, LOG_TAB)
        self._cover_stack.setCurrentIndex(0 if has_page else 1)

    def _show_times(self, scan: Scan) -> None:
        timeline = self._facts.timeline(scan)
        basis = tr(STAGES_BASIS) if self._why_no_log else timeline.basis
        self.bar.show_scan(self._store.name_of(scan.id), timeline.elapsed, basis)
        if not self.is_collapsed:
            self._views.stages.show_timeline(timeline)
            self._views.side.task.show_words(self._facts.task(scan))

    def _want_findings(self) -> None:
        if self.shown_scan_id is not None:
            self.findings_wanted.emit(self.shown_scan_id, self._log.filter.stage)

    def _want_all(self) -> None:
        self._want_problems(False)
        self.pick_stage("")

    def _want_problems(self, is_wanted: bool) -> None:
        self._log.set_filter(replace(self._log.filter, is_problems_only=is_wanted))
        self._show_filter()

    def _show_stage(self) -> None:
        """Mark the stage whose log is shown, if it is only one."""
        if self._made_views is not None:
            self._made_views.side.show_stage(self._log.filter.stage)
            self._made_views.stages.rows.show_picked(self._log.filter.stage)

    def _show_filter(self) -> None:
        if self._made_views is not None:
            page, wanted = self._made_views.log, self._log.filter
            page.search.show_filter(wanted)
            empty = tr("The log is empty.") if wanted.is_empty else tr("No matching lines.")
            page.view.set_empty_text(self._why_no_log or empty)

    # -- composing --

    @property
    def _views(self) -> StageViews:
        """The timeline, side and log, made on first use: loading and making them takes 15 ms."""
        if self._made_views is None:
            from heimdall_desktop.widgets.panel.stages_view import StageViews  # noqa: PLC0415 - main.LATE

            self._made_views = views = StageViews(self._log, self)
            views.stages.rows.stage_picked.connect(self.pick_stage)
            views.side.scope.back.clicked.connect(lambda: self.pick_stage(""))
            views.side.scope.findings.clicked.connect(self._want_findings)
            views.log.search.stage_wanted.connect(self.pick_stage)
            views.log.search.problems.clicked.connect(self._want_problems)
            views.log.search.show_all.clicked.connect(self._want_all)
            self._front.addWidget(views.stages, 1)
            self._front.addWidget(views.side)
            settle_in(views.stages)
            self._pages.insertWidget(LOG_TAB, views.log)
            views.log.ensurePolished()
            lead_in(self._log_page, views.log)
            lead_in(self._front_page, self._front_page)
            self._pages.removeWidget(self._log_page)
            self._pages.setCurrentIndex(self.tab)
            self._share_width()
            self._show_stage()
            self._refresh()
        return self._made_views

    def _compose(self) -> None:
        self._pages = QtWidgets.QStackedWidget(self)
        self._front = tight(QtWidgets.QHBoxLayout(self._front_page))
        self._pages.addWidget(self._front_page)
        self._pages.addWidget(self._log_page)
        empty = EmptyState(self)
        empty.show_state(
            Emptiness(
                "ui-stages",
                tr("No scan to show."),
                tr("Stages appear here once a scan is watched."),
            )
        )
        self._body = QtWidgets.QWidget(self)
        self._cover_stack = QtWidgets.QStackedLayout(self._body)
        self._cover_stack.addWidget(self._pages)
        self._cover_stack.addWidget(empty)
        column = tight(QtWidgets.QVBoxLayout(self))
        column.addWidget(self.bar)
        column.addWidget(self._body, 1)

    def _open(self, tab: int) -> None:
        self.bar.tabs.setCurrentIndex(tab)
        self.set_collapsed(False)

    def _share_width(self) -> None:
        """Give the stages what they need, the side the rest; hide a side that gets too little."""
        scale = self._theme.scale
        wanted_px = scale(SIDE_PX) if self._side_px is None else self._side_px
        side_px = min(wanted_px, self.width() - scale(LEAST_STAGES_PX))
        self._has_side = side_px >= scale(LEAST_SIDE_PX)
        if self._made_views is not None:
            self._made_views.side.setVisible(self._has_side)
            self._made_views.side.setFixedWidth(max(side_px, 0))
        self.side_width = side_px if self._has_side else 0
        self.side_shared.emit(self.side_width)

    def _measure(self) -> None:
        """Set the minimum height: all nine stages fit into an open panel."""
        scale = self._theme.scale
        self.bar.show_collapsed(self.is_collapsed)
        self._body.setVisible(not self.is_collapsed)
        self._share_width()
        self.setMinimumHeight(scale(CLOSED_PX if self.is_collapsed else OPEN_PX))
        self.setMaximumHeight(scale(CLOSED_PX) if self.is_collapsed else UNLIMITED_PX)
        self.updateGeometry()

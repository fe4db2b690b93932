"""The detail pane: everything the server says of one finding, always up to date.

It shows a finding whole or not at all, never the head of one over the evidence of another.
It is held by the finding's id, never by a row. When a retry finds the finding again while it is
shown, its newest row takes over, as in the table. Source: ux.md 2.2, design.md §5 (Detail), T-9.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.tasks import traces
from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.change import (
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
)
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, ScanId
from heimdall_desktop.domain.facts.repeats import is_same_place, readings_of
from heimdall_desktop.domain.facts.seen_changes import SeenChange
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.detail.verdict_text import verdict_text
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import description_text
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import order_tabs
from heimdall_desktop.widgets.controls.link_prompt import LinkPrompt
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.scroll_page import ScrollPage
from heimdall_desktop.widgets.controls.tab_bar import BAR_PX
from heimdall_desktop.widgets.controls.text_block import TextBlock
from heimdall_desktop.widgets.detail.announced_view import AnnouncedView
from heimdall_desktop.widgets.detail.detail_head import DetailHead
from heimdall_desktop.widgets.detail.finding_text import announced_rows
from heimdall_desktop.widgets.findings.finding_menu import FindingCopies

if TYPE_CHECKING:
    from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs

log = logging.getLogger("heimdall.detail")

FACTS_WIDTH_PX = 396  # left part of the layout below the table, design.md §4
FACTS_LEAST_PX = 328  # where the tabs would not fit beside that
TABS_PX = 384  # all tabs side by side

_ICON = "ui-detail"
_NOTHING = (tr_noop("No finding selected."), tr_noop("Choose a row to see its evidence."))
_WAITING = (
    tr_noop("This finding has not been read yet."),
    tr_noop("It appears here once it has been."),
)
_NOT_THERE = (
    tr_noop("The server has no such finding."),
    tr_noop("It was announced, but it is not in the server's list."),
)
_UNREADABLE = (tr_noop("This finding cannot be shown."), tr_noop("Its page on the server has it."))
_GONE = (tr_noop("Its scan is not watched any more."), tr_noop("Choose another row."))


class DetailPane(Pane):
    """Shows the finding of an id, and follows what the store learns of it.

    Args:
        store: Where findings come from.
        ticker: Tells what has changed.
        requests: Who reads the history.
        memory: Remembers how it is shown; nothing is remembered without one.
        parent: The owner.

    Signals:
        previous_wanted, next_wanted: another row of the table.
        closed: the pane shall go.
        finding_wanted: id of another row of the finding, which is shown already.
    """

    previous_wanted = Signal()
    next_wanted = Signal()
    closed = Signal()
    finding_wanted = Signal(str)

    def __init__(
        self,
        store: Store,
        ticker: Ticker,
        requests: Requests,
        memory: WindowMemory | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._store, self._requests = store, requests
        self._finding_id: FindingId | None = None
        self._shown: Finding | None = None
        self._orientation, self._has_layout = Qt.Orientation.Vertical, False
        self._events: tuple[FindingEvent, ...] | None = None
        self._content = QWidget(self)
        self._facts = Pane(parent=self._content)
        self._head = DetailHead(FindingCopies(self._theme, store), self._facts)
        self._head.previous_wanted.connect(self.previous_wanted)
        self._head.next_wanted.connect(self.next_wanted)
        self._head.closed.connect(self.closed)
        self._head.finding_wanted.connect(self._go_to)
        self._description = TextBlock(is_markdown=True)
        self._description.setObjectName("description-beside")
        self._memory = memory or WindowMemory()
        self._made_tabs: DetailTabs | None = None
        self._announced = AnnouncedView(self._content)
        self._announced.hide()
        self._prompt = LinkPrompt()
        self._prompt.setObjectName("link-prompt")
        for part in (self._head, self._description):
            part.page_wanted.connect(self._prompt.ask)
        self._empty = EmptyState(self)
        self._empty.setObjectName("detail-empty")
        self._lay_out()
        self.setObjectName("detail_pane")
        self.setAccessibleName(tr("Finding detail"))
        self.set_layout(Qt.Orientation.Vertical)
        self._measure()
        ticker.changed.connect(self._follow)
        self.show_finding(None)

    def prepare(self) -> None:
        """Have all parts made, before the pane is opened."""
        _ = self._tabs

    @property
    def finding_id(self) -> FindingId | None:
        """What is shown, or will be once it has been read or its newest row takes over."""
        standing = self._standing()
        return self._finding_id if standing is None else standing.id

    @property
    def shown(self) -> Finding | None:
        """The finding that can be read here; None while there is none, or it is still to come."""
        return self._shown

    def show_finding(self, finding_id: FindingId | None) -> None:
        """Show a finding; None shows that none is selected."""
        self._prompt.leave()
        self._finding_id, self._shown = finding_id, None
        found = self._standing()
        if found is None:
            self._show_empty(_NOTHING if finding_id is None else _WAITING)
        else:
            self._show(found)

    def read_again(self) -> None:
        """Ask the server at once, after signing in, for what it did not tell us."""
        if self._made_tabs is not None:
            self._made_tabs.read_again()

    def take_keyboard(self) -> None:
        """Put the keyboard onto the tabs, or onto what stands in their place."""
        if self._shown is not None and self._shown.is_announced:
            self._announced.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._tabs.take_keyboard()

    @property
    def page_obstacle(self) -> str:
        """Why the finding has no page to open; "" if it has one."""
        scan = None if self._shown is None else self._store.scan(self._shown.scan_id)
        return tr("No finding is open.") if scan is None else lacks(scan, Feature.PAGES)

    def open_page(self) -> None:
        """Ask for the finding's page in the browser."""
        if self._shown is not None:
            self._head.open_page()

    def step_flow(self, steps: int) -> None:
        """Go along the flow of the finding, if it has one."""
        if self._shown is not None:
            self._tabs.step_flow(steps)

    def copy_link(self) -> None:
        """Copy the address of the finding's page."""
        if self._shown is not None:
            self._head.copy_link()

    def set_position(self, index: int | None, count: int) -> None:
        """Say which row of the table is shown, counted from 1; None if it is hidden there."""
        self._head.set_position(index, count)

    def set_layout(self, orientation: Qt.Orientation) -> None:
        """Lie right of the table (vertical: all below each other) or below it (horizontal)."""
        if orientation is self._orientation and self._has_layout:
            return
        self._orientation, self._has_layout = orientation, True
        is_wide = orientation is Qt.Orientation.Horizontal
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self._beside.setVisible(is_wide)
        if self._shown is not None:
            self._fill_beside(self._shown)
        if self._made_tabs is not None:
            self._made_tabs.set_wide(is_wide=is_wide)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._share_height()

    def _follow(self, changes: list[Change]) -> None:
        is_news = False
        for change in changes:
            match change:
                case FindingAdded(finding=finding):
                    is_news = is_news or self._is_about(finding)
                case FindingReplaced(finding=finding, previous=previous):
                    is_news = is_news or self._is_about(finding) or self._is_about(previous)
                case FindingDropped(finding=finding) if self._is_about(finding):
                    self._leave(_NOT_THERE)
                case ScanRemoved(scan_id=scan_id) | ScanEmptied(scan_id=scan_id):
                    self._let_go(scan_id)
                case _:
                    pass
        standing = self._standing() if is_news else None
        if standing is not None:
            self._show(standing)
        else:
            self._name_scan()

    def _name_scan(self) -> None:
        """Say whose finding it is, where others are watched: the table may show another scan."""
        if self._shown is not None:
            is_one_of_several = len(self._store) > 1
            self._head.show_scan(self._scan_name(self._shown) if is_one_of_several else "")

    def _is_about(self, finding: Finding) -> bool:
        """Whether this is the finding that is shown, or another row of it."""
        shown = self._shown
        if shown is None or finding.id == shown.id:
            return finding.id == self._finding_id
        return finding.scan_id == shown.scan_id and is_same_place(finding, shown)

    def _standing(self) -> Finding | None:
        """Return the row to show: the newest one, once the one that is shown repeats it."""
        found = None if self._finding_id is None else self._store.finding(self._finding_id)
        shown = self._shown
        if found is None or shown is None or shown.is_repeat or not found.is_repeat:
            return found
        return self._readings(found)[0]

    def _readings(self, finding: Finding) -> list[Finding]:
        scan = self._store.scan(finding.scan_id)
        return [finding] if scan is None else readings_of(finding, scan.findings.values())

    def _go_to(self, finding_id: str) -> None:
        """Show another row of the finding, and let the table follow."""
        self.show_finding(FindingId(finding_id))
        self.set_position(None, 0)
        self.finding_wanted.emit(finding_id)

    def _let_go(self, scan_id: ScanId) -> None:
        """Keep nothing of a scan that has left."""
        if self._shown is not None and scan_id == self._shown.scan_id:
            self._leave(_GONE)
        if self._made_tabs is not None:
            self._made_tabs.forget(scan_id)

    def _leave(self, words: tuple[str, str]) -> None:
        self._finding_id = None
        self._prompt.leave()
        self._show_empty(words)

    def _show(self, finding: Finding) -> None:
        try:
            self._show_whole(finding)
        except Exception as defect:  # noqa: BLE001 - half of it is there, half of another finding
            log.error("a finding cannot be shown:\n%s", traces(defect))  # noqa: TRY400 - its words may repeat what a server sent
            self._finding_id = finding.id
            self._show_empty(_UNREADABLE)

    def _show_whole(self, finding: Finding) -> None:
        is_newer_row = self._shown is not None and self._shown.id != finding.id
        if self._shown is None or is_newer_row:
            self._events = None
        if finding.is_cut and (is_newer_row or self._shown is None or not self._shown.is_cut):
            self._requests.scans.request_texts(finding.id)
        changes = self._changes(finding)
        verdict = verdict_text(finding, changes, self._events)
        scan = self._store.scan(finding.scan_id)
        is_earlier = scan is not None and scan.is_of_earlier_attempt(finding.created_at)
        readings = self._readings(finding)
        name = self._scan_name(finding) if len(self._store) > 1 else ""
        announced = announced_rows(finding, name, datetime.now(UTC)) if finding.is_announced else ()
        self._finding_id, self._shown = finding.id, finding
        self._head.show_finding(finding, readings, verdict, is_of_earlier_attempt=is_earlier)
        self._name_scan()
        self._share_height()
        self._fill_beside(finding)
        self._tabs.setVisible(not finding.is_announced)
        self._announced.setVisible(finding.is_announced)
        if finding.is_announced:  # there is nothing to ask the server for
            self._tabs.clear()
            self._announced.show_rows(announced)
        elif is_newer_row:
            self._tabs.stand_in(finding, changes)
        else:
            self._tabs.show_finding(finding, changes)
        self._stack.setCurrentWidget(self._content)

    def _fill_beside(self, finding: Finding) -> None:
        """Lay the description out where it is seen, and only there."""
        if self._orientation is Qt.Orientation.Horizontal:
            self._description.set_text(description_text(finding), tr("Description"))

    def _take_events(self, events: tuple[FindingEvent, ...]) -> None:
        """Let the head say what the audit tells of the verdict."""
        finding = self._shown
        if finding is not None:
            self._events = events
            words = verdict_text(finding, self._changes(finding), events)
            self._head.show_verdict(finding, words)
            self._share_height()

    def _changes(self, finding: Finding) -> tuple[SeenChange, ...]:
        scan = self._store.scan(finding.scan_id)
        return () if scan is None else scan.changes_of(finding.id)

    def _show_empty(self, state: tuple[str, str]) -> None:
        self._shown = None
        if self._made_tabs is not None:
            self._made_tabs.clear()
        fact, consequence = state
        self._empty.show_state(Emptiness(_ICON, tr(fact), tr(consequence)))
        self._stack.setCurrentWidget(self._empty)

    def _scan_name(self, finding: Finding) -> str:
        return self._store.name_of(finding.scan_id)

    @property
    def _tabs(self) -> DetailTabs:
        """The pages, which take 50 ms to load and make: made on first use."""
        if self._made_tabs is None:
            from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs  # noqa: PLC0415 - main.LATE

            tabs = DetailTabs(self._requests, self._memory, self._scan_name)
            tabs.events_read.connect(self._take_events)
            tabs.page_wanted.connect(self._prompt.ask)
            tabs.set_wide(is_wide=self._orientation is Qt.Orientation.Horizontal)
            self._halves.insertWidget(1, tabs, 1)
            order_tabs((self._head, tabs))
            self._made_tabs = tabs
        return self._made_tabs

    def _lay_out(self) -> None:
        """Place the parts from the outside in: all that is in a part moves with it each time."""
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._content)
        column = QVBoxLayout(self._content)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        column.addLayout(self._halves, 1)
        facts = QVBoxLayout(self._facts)
        for box in (column, facts):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        self._halves.setSpacing(0)
        self._halves.addWidget(self._facts)
        facts.addWidget(self._head)
        beside = QWidget(self._facts)
        self._beside_column = QVBoxLayout(beside)
        self._beside_column.addWidget(self._description)
        self._beside_column.addStretch(1)
        self._beside = ScrollPage(beside)
        self._beside.setMinimumHeight(1)  # the head comes first where height is short
        facts.addWidget(self._beside, 1)
        self._halves.addWidget(self._announced, 1)
        column.addWidget(self._prompt)

    def _measure(self) -> None:
        scale = self._theme.scale
        self._beside_column.setContentsMargins(scale(16), 0, scale(16), scale(12))
        is_wide = self._orientation is Qt.Orientation.Horizontal
        self._facts.set_edges(Edge.END if is_wide else Edge.BOTTOM)
        self._share_width()
        self._share_height()

    def _share_width(self) -> None:
        """Below the table give the facts their width, or less of it where the tabs need some."""
        scale = self._theme.scale
        if self._orientation is Qt.Orientation.Horizontal:
            room = min(scale(FACTS_WIDTH_PX), self.width() - scale(TABS_PX))
            self._facts.setFixedWidth(max(scale(FACTS_LEAST_PX), room))
        else:
            self._facts.setMinimumWidth(0)
            self._facts.setMaximumWidth(16_777_215)  # QWIDGETSIZE_MAX, which PySide6 lacks

    def _share_height(self) -> None:
        """Leave half of the height to what the tabs show; below the table they stand beside."""
        is_beside = self._orientation is Qt.Orientation.Horizontal
        half = self.height() // 2 - self._theme.scale(BAR_PX)
        self._head.fit_height(self._facts.width(), self.height() if is_beside else half)

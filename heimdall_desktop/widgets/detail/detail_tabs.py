"""The tabs of the detail pane and their pages; only the open page is filled.

A page is shown completely or not at all: one that cannot be filled shows that instead, and keeps
nothing of the previous finding.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts import finding_action
from heimdall_desktop.domain.facts.errors import HeimdallError, Reason, traces
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, ScanId, has_text
from heimdall_desktop.domain.facts.readings import SeenChange
from heimdall_desktop.presentation.detail.finding_text import flow_steps
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.widgets.controls import pane
from heimdall_desktop.widgets.controls.fields import ErrorLine, FieldGrid
from heimdall_desktop.widgets.controls.focus import lead_through
from heimdall_desktop.widgets.controls.tab_bar import LEAST_PADDING_PX, TabBar
from heimdall_desktop.widgets.detail.evidence_page import EvidencePage, FixView, ProofView
from heimdall_desktop.widgets.detail.history_view import HistoryView, field_rows
from heimdall_desktop.widgets.detail.patch_section import ShownPatches
from heimdall_desktop.widgets.detail.reasoning_view import FlowView, ReasoningView

log = logging.getLogger("heimdall.detail")

LONG_LABEL_FROM_PX = 470  # room for all tabs with "Evidence and fix"


class Tab(Enum):
    """The pages, in the order of their tabs."""

    EVIDENCE = tr_noop("Evidence")
    FLOW = tr_noop("Flow")
    FIX = tr_noop("Fix")
    PROOF = tr_noop("Proof")
    REASONING = tr_noop("Reasoning")
    HISTORY = tr_noop("History")
    FIELDS = tr_noop("Fields")


TABS = tuple(Tab)


class _Page(Struct, frozen=True):
    scroll: pane.ScrollPage
    column: QBoxLayout
    view: QWidget
    unreadable: ErrorLine
    has_content: Callable[[Finding], bool]
    fill: Callable[[Finding], None]

    def show(self, finding: Finding) -> None:
        try:
            self.fill(finding)
        except Exception as defect:  # noqa: BLE001 - half of it is there, half of another finding
            log.error("can't show a part of a finding:\n%s", traces(defect))  # noqa: TRY400 - its words may repeat what a server sent
            self.view.hide()
            self.unreadable.show_error(HeimdallError(Reason.PART_NOT_SHOWN))
        else:
            self.unreadable.clear()
            self.view.show()

    def may_have_content(self, finding: Finding) -> bool:
        """Return whether there is content, including an error message."""
        try:
            return self.has_content(finding)
        except Exception:  # noqa: BLE001 - `show` reports it
            return True


class DetailTabs(pane.MeasuredWidget):
    """Shows one page of a finding; the tab stays across findings, scroll positions return.

    Args:
        memory: Stores how diffs are shown.

    Attributes:
        history: the page with the history, which reads it.
        scrolls: where the pages of the findings of a scan were scrolled to, in pixels.
    """

    def __init__(self, store: Store, requests: Requests, memory: WindowMemory) -> None:
        super().__init__()
        self._store = store
        self._finding: Finding | None = None
        self._changes: tuple[SeenChange, ...] = ()
        self._events: tuple[FindingEvent, ...] = ()
        self._states: tuple[finding_action.ActionState, ...] = ()
        self._answers: tuple[finding_action.ModelAnswer, ...] = ()
        self._read_for: datetime | None = None
        self._wanted = Tab.EVIDENCE
        self._is_wide = False
        self._filled: set[Tab] = set()
        self.scrolls: defaultdict[ScanId, dict[tuple[FindingId, Tab], int]] = defaultdict(dict)
        self._patches = ShownPatches(requests, memory, self)
        self._evidence = EvidencePage(self._patches)
        self._flow, self._fix, self._proof = FlowView(), FixView(self._patches), ProofView()
        self._reasoning, self._fields = ReasoningView(), FieldGrid()
        self._fields.setObjectName("fields")
        self.history = HistoryView(requests)
        self.history.counted.connect(self._count_history)
        self.history.events_read.connect(self._apply_events)
        self._stack = QStackedWidget(self)
        self._add_pages()
        self._bar = pane.named(TabBar(tr("Finding sections"), parent=self), "detail-tabs")
        for tab in self._pages:
            self._bar.add_tab(tr(tab.value))
        self._bar.currentChanged.connect(self._turn)
        self._bar.tabBarClicked.connect(self._choose)
        strip = pane.Pane(edges=pane.Edge.BOTTOM, parent=self)
        self._strip = QVBoxLayout(strip)
        self._strip.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignLeading)
        column = pane.tight(QVBoxLayout(self))
        column.addWidget(strip)
        column.addWidget(self._stack, 1)
        self._measure()

    @property
    def current(self) -> Tab:
        return TABS[self._bar.currentIndex()]

    def take_keyboard(self) -> None:
        self._bar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_history(self) -> None:
        self._wanted = Tab.HISTORY
        self._bar.setCurrentIndex(TABS.index(Tab.HISTORY))

    def step_flow(self, steps: int) -> None:
        """Move along the flow of the finding, opening it first; do nothing without one."""
        place = TABS.index(Tab.FLOW)
        if self._finding is None or not self._bar.isTabVisible(place):
            return
        if self.current is Tab.FLOW:
            self._flow.step(steps)
        else:
            self._bar.setCurrentIndex(place)

    def show_finding(self, finding: Finding, changes: tuple[SeenChange, ...] = ()) -> None:
        self._remember()
        is_another = self._finding is None or self._finding.id != finding.id
        self._finding = finding
        self._filled.clear()
        self._changes = changes
        if is_another:
            self._events, self._states, self._read_for = (), (), None
            self._answers = ()
        self._patches.show_finding(finding)
        self._pages[Tab.HISTORY].show(finding)
        self._choose_tabs(finding)
        if is_another:
            self._restore(finding)

    def replace_row(self, newer: Finding, changes: tuple[SeenChange, ...] = ()) -> None:
        if self._finding is not None:
            self._remember()
            known, older = self.scrolls[newer.scan_id], self._finding.id
            known |= {(newer.id, tab): px for (row, tab), px in known.items() if row == older}
        self.show_finding(newer, changes)

    def follow_action(self, states: Sequence[finding_action.ActionState]) -> None:
        """Read the results of an action on the finding, once it has ended."""
        self._states = tuple(states)
        self._show_answers()
        ended = [
            state
            for state in states
            if state.phase in (finding_action.Phase.DONE, finding_action.Phase.UNKNOWN)
        ]
        newest = max((state.at for state in ended if state.at is not None), default=None)
        if newest is not None and newest != self._read_for:
            self._read_for = newest
            self.history.read()
            if any(state.action is finding_action.FindingAction.MARK_APPLIED for state in ended):
                self._patches.request_list()

    def show_answer(self) -> None:
        place = TABS.index(Tab.REASONING)
        if self._bar.isTabVisible(place):
            self._bar.setCurrentIndex(place)
            self._pages[Tab.REASONING].scroll.scroll_to(0)

    def clear(self) -> None:
        self._remember()
        self._finding = None
        self.history.show_finding(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()
        self._name_evidence()

    def set_wide(self, *, is_wide: bool) -> None:
        """Show evidence and fix side by side on one page, without the description."""
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        self._evidence.set_wide(is_wide=is_wide)
        self._name_evidence()
        if self._finding is not None:
            self.show_finding(self._finding, self._changes)

    def _name_evidence(self) -> None:
        """Mention the fix in the first tab's label if it holds the fix and the label fits."""
        is_long = self._is_wide and self.width() >= self._theme.scale(LONG_LABEL_FROM_PX)
        label = tr("Evidence and fix") if is_long else tr(Tab.EVIDENCE.value)
        if self._bar.accessibleTabName(0) != label:
            self._bar.set_label(0, label)
            self._fit_bar()

    def _add_pages(self) -> None:
        views: dict[Tab, tuple[QWidget, Callable[[Finding], bool], Callable[[Finding], None]]] = {
            Tab.EVIDENCE: (self._evidence, self._evidence.has_content, self._evidence.show_finding),
            Tab.FLOW: (self._flow, lambda row: bool(flow_steps(row)), self._flow.show_finding),
            Tab.FIX: (
                self._fix,
                lambda row: not self._is_wide and FixView.has_content(row),
                self._fix.show_finding,
            ),
            Tab.PROOF: (self._proof, lambda row: row.proof is not None, self._proof.show_finding),
            Tab.REASONING: (
                self._reasoning,
                lambda row: bool(self._answers) or has_text(row.agent_reasoning),
                lambda row: self._reasoning.show_finding(row, self._answers),
            ),
            Tab.HISTORY: (
                self.history,
                lambda _: True,
                lambda row: self.history.show_finding(row, self._changes),
            ),
            Tab.FIELDS: (
                self._fields,
                lambda _: True,
                lambda row: self._fields.show_rows(
                    field_rows(row, self._store.name_of(row.scan_id))
                ),
            ),
        }
        self._pages: dict[Tab, _Page] = {}
        for tab, (view, has_content, fill) in views.items():
            content = QWidget()
            scroll = pane.named(pane.ScrollPage(content), f"page-{tab.name.lower()}")
            scroll.setMinimumHeight(1)  # the head has priority when height is short
            self._stack.addWidget(scroll)
            column = QVBoxLayout(content)
            unreadable = pane.named(ErrorLine(), "unreadable-part")
            column.addWidget(unreadable)
            column.addWidget(view)  # last, because all its children move with it
            column.addStretch(1)
            self._pages[tab] = _Page(scroll, column, view, unreadable, has_content, fill)

    def _apply_events(self, events: tuple[FindingEvent, ...]) -> None:
        self._events = events
        self._show_answers()

    def _show_answers(self) -> None:
        answers = finding_action.model_answers(self._events, self._states)
        if answers == self._answers or self._finding is None:
            return
        self._answers = answers
        self._filled.discard(Tab.REASONING)
        self._choose_tabs(self._finding)

    def _choose_tabs(self, finding: Finding) -> None:
        """Show the tabs that have content, and open the chosen one if it is among them."""
        self._bar.blockSignals(True)
        present = [tab for tab, page in self._pages.items() if page.may_have_content(finding)]
        for index, tab in enumerate(Tab):
            is_present = tab in present
            if self._bar.isTabVisible(index) is not is_present:  # else Qt forgets the one before
                self._bar.setTabVisible(index, is_present)
        self._count(Tab.FLOW, len(flow_steps(finding)))
        chosen = self._wanted if self._wanted in present else present[0]
        self._bar.setCurrentIndex(TABS.index(chosen))
        self._bar.blockSignals(False)
        self._fit_bar()
        self._open(self._bar.currentIndex())

    def _open(self, index: int) -> None:
        """Open a page, and fill it; the keyboard does not stay in the hidden one."""
        focused = QApplication.focusWidget()
        leaves = self._stack.currentIndex() != index
        if leaves and focused is not None and self._stack.isAncestorOf(focused):
            self._bar.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentIndex(index)
        tab = TABS[index]
        if self._finding is not None and tab not in self._filled:
            self._filled.add(tab)
            if tab is not Tab.HISTORY:  # which is filled in advance, for its count
                self._pages[tab].show(self._finding)
        lead_through(self._bar, self._pages[tab].scroll)

    def _choose(self, index: int) -> None:
        if index >= 0:
            self._wanted = TABS[index]

    def _turn(self, index: int) -> None:
        if self._finding is None:
            return
        self._remember()
        self._wanted = TABS[index]
        self._open(index)
        self._restore(self._finding)

    def _remember(self) -> None:
        if self._finding is not None:
            tab, positions = TABS[self._stack.currentIndex()], self.scrolls[self._finding.scan_id]
            positions[self._finding.id, tab] = self._pages[tab].scroll.position_px

    def _restore(self, finding: Finding) -> None:
        position_px = self.scrolls[finding.scan_id].get((finding.id, self.current), 0)
        self._pages[self.current].scroll.scroll_to(position_px)

    def _count_history(self, count: int) -> None:
        self._count(Tab.HISTORY, count)
        self._fit_bar()
        if self.current is Tab.HISTORY:
            lead_through(self._bar, self.history)

    def _count(self, tab: Tab, count: int) -> None:
        self._bar.set_count(TABS.index(tab), str(count) if count > 0 else "")

    def _fit_bar(self) -> None:
        """Align the first tab's text with the edge of the content below."""
        inset = self._theme.scale(16)
        padding = self._bar.fit(self.width() - inset + self._theme.scale(LEAST_PADDING_PX))
        pane.set_row_margins(self, self._strip, start=inset - padding, end=0)

    def _measure(self) -> None:
        scale = self._theme.scale
        self._fit_bar()
        self._name_evidence()
        for page in self._pages.values():
            page.column.setContentsMargins(scale(16), scale(8), scale(16), scale(16))

"""The tabs of the detail pane and their pages; only the open page is filled.

A page is shown completely or not at all: one that cannot be filled shows that instead, and keeps
nothing of the previous finding.
"""

import logging
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.application.tasks import traces
from heimdall_desktop.application.window_memory import WindowMemory
from heimdall_desktop.domain.facts.errors import HeimdallError, Reason
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, ScanId
from heimdall_desktop.domain.facts.finding_action import (
    ActionState,
    FindingAction,
    ModelAnswer,
    Phase,
    model_answers,
)
from heimdall_desktop.domain.facts.readings import SeenChange
from heimdall_desktop.presentation.detail.flow import flow_steps
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.widgets.controls.fields import ErrorLine, FieldGrid
from heimdall_desktop.widgets.controls.focus import lead_through
from heimdall_desktop.widgets.controls.pane import (
    Edge,
    MeasuredWidget,
    Pane,
    ScrollPage,
    set_row_margins,
)
from heimdall_desktop.widgets.controls.tab_bar import LEAST_PADDING_PX, TabBar
from heimdall_desktop.widgets.detail.evidence_page import EvidencePage
from heimdall_desktop.widgets.detail.fix_view import FixView, ProofView
from heimdall_desktop.widgets.detail.flow_view import FlowView
from heimdall_desktop.widgets.detail.history_view import HistoryView, field_rows
from heimdall_desktop.widgets.detail.reasoning_view import ReasoningView
from heimdall_desktop.widgets.detail.shown_patches import ShownPatches

log = logging.getLogger("heimdall.detail")

LONG_LABEL_FROM_PX = 470  # room for all tabs with "Evidence and fix"


class FindingScrolls:
    """Stores a scroll position for each finding and page; all others are at their start."""

    def __init__(self) -> None:
        self._known: dict[ScanId, dict[tuple[FindingId, Hashable], int]] = {}

    def keep(self, finding: Finding, page: Hashable, position_px: int) -> None:
        """Store the position of a page."""
        self._known.setdefault(finding.scan_id, {})[finding.id, page] = position_px

    def position_px(self, finding: Finding, page: Hashable) -> int:
        """Return the stored position of a page."""
        return self._known.get(finding.scan_id, {}).get((finding.id, page), 0)

    def stand_in(self, newer: Finding, older: Finding) -> None:
        """Copy the positions of an older row of a finding to a newer one."""
        known = self._known.get(older.scan_id, {})
        known |= {(newer.id, page): px for (row, page), px in known.items() if row == older.id}

    def forget(self, scan_id: ScanId) -> None:
        """Forget the findings of a scan."""
        self._known.pop(scan_id, None)


class Tab(Enum):
    """The pages, in the order of their tabs."""

    EVIDENCE = tr_noop("Evidence")
    FLOW = tr_noop("Flow")
    FIX = tr_noop("Fix")
    PROOF = tr_noop("Proof")
    REASONING = tr_noop("Reasoning")
    HISTORY = tr_noop("History")
    FIELDS = tr_noop("Fields")


class _Page(Struct, frozen=True):
    scroll: ScrollPage
    column: QBoxLayout
    view: QWidget
    unreadable: ErrorLine
    has_content: Callable[[Finding], bool]
    fill: Callable[[Finding], None]

    def show(self, finding: Finding) -> None:
        """Show this part of a finding, or that it cannot be shown."""
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


class DetailTabs(MeasuredWidget):
    """Shows one page of a finding; the tab stays across findings, scroll positions return.

    Args:
        requests: Reads the history.
        memory: Stores how diffs are shown.
        scan_name: Returns the name of a finding's scan.
        parent: The owner.

    Signals:
        page_wanted: address of a web page; confirm with the user before opening it.
        events_read: the server's audit of the shown finding.
    """

    page_wanted = Signal(str)
    events_read = Signal(object)

    def __init__(
        self,
        requests: Requests,
        memory: WindowMemory,
        scan_name: Callable[[Finding], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scan_name = scan_name
        self._finding: Finding | None = None
        self._changes: tuple[SeenChange, ...] = ()
        self._events: tuple[FindingEvent, ...] = ()
        self._states: tuple[ActionState, ...] = ()
        self._answers: tuple[ModelAnswer, ...] = ()
        self._read_for: datetime | None = None
        self._wanted = Tab.EVIDENCE
        self._is_wide = False
        self._filled: set[Tab] = set()
        self._scrolls = FindingScrolls()
        self._patches = ShownPatches(requests, memory, self)
        self._make_views(requests)
        self._stack = QStackedWidget(self)
        self._pages = self._make_pages()
        self._bar = TabBar(tr("Finding sections"), parent=self)
        self._bar.setObjectName("detail-tabs")
        for tab, page in self._pages.items():
            page.scroll.setObjectName(f"page-{tab.name.lower()}")
            page.scroll.setMinimumHeight(1)  # the head has priority when height is short
            self._bar.add_tab(tr(tab.value))
        self._bar.currentChanged.connect(self._turn)
        self._bar.tabBarClicked.connect(self._choose)
        self._lay_out()
        self._measure()

    @property
    def current(self) -> Tab:
        """The open tab."""
        return tuple(Tab)[self._bar.currentIndex()]

    def take_keyboard(self) -> None:
        """Focus the tabs."""
        self._bar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read_history(self) -> None:
        """Reload the history of the finding after an addition."""
        self._history.read()

    def open_history(self) -> None:
        """Show the history of the finding."""
        self._wanted = Tab.HISTORY
        self._bar.setCurrentIndex(tuple(Tab).index(Tab.HISTORY))

    def step_flow(self, steps: int) -> None:
        """Move along the flow of the finding, opening it first; do nothing without one."""
        place = tuple(Tab).index(Tab.FLOW)
        if self._finding is None or not self._bar.isTabVisible(place):
            return
        if self.current is Tab.FLOW:
            self._flow.step(steps)
        else:
            self._bar.setCurrentIndex(place)

    def show_finding(self, finding: Finding, changes: tuple[SeenChange, ...] = ()) -> None:
        """Show a finding, or another version of it in place.

        Args:
            finding: the row.
            changes: the changes seen on it.
        """
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
        self._fill()
        if is_another:
            self._restore()

    def stand_in(self, newer: Finding, changes: tuple[SeenChange, ...] = ()) -> None:
        """Replace the shown row by a newer one, with the same scroll positions."""
        if self._finding is not None:
            self._remember()
            self._scrolls.stand_in(newer, self._finding)
        self.show_finding(newer, changes)

    def forget(self, scan_id: ScanId) -> None:
        """Forget the scroll positions of a scan's findings."""
        self._scrolls.forget(scan_id)

    def read_again(self) -> None:
        """Retry at once what the server did not send."""
        self._history.read_again()

    def follow_action(self, states: Sequence[ActionState]) -> None:
        """Read the results of an action on the finding, once it has ended."""
        self._states = tuple(states)
        self._show_answers()
        ended = [state for state in states if state.phase in (Phase.DONE, Phase.UNKNOWN)]
        newest = max((state.at for state in ended if state.at is not None), default=None)
        if newest is not None and newest != self._read_for:
            self._read_for = newest
            self._history.read()
            if any(state.action is FindingAction.MARK_APPLIED for state in ended):
                self._patches.read_again()

    def show_answer(self) -> None:
        """Open the page with the answer of a model."""
        place = tuple(Tab).index(Tab.REASONING)
        if self._bar.isTabVisible(place):
            self._bar.setCurrentIndex(place)
            self._pages[Tab.REASONING].scroll.scroll_to(0)

    def clear(self) -> None:
        """Show nothing."""
        self._remember()
        self._finding = None
        self._history.show_finding(None)

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

    def _make_views(self, requests: Requests) -> None:
        self._evidence = EvidencePage(self._patches)
        self._flow = FlowView()
        self._fix = FixView(self._patches)
        self._proof = ProofView()
        self._reasoning = ReasoningView()
        for view in (self._evidence, self._fix, self._proof, self._reasoning):
            view.page_wanted.connect(self.page_wanted)
        self._history = HistoryView(requests)
        self._history.counted.connect(self._count_history)
        self._history.events_read.connect(self._take_events)
        self._history.page_wanted.connect(self.page_wanted)
        self._fields = FieldGrid()
        self._fields.setObjectName("fields")

    def _make_pages(self) -> dict[Tab, _Page]:
        page = self._page
        return {
            Tab.EVIDENCE: page(
                self._evidence, self._evidence.has_content, self._evidence.show_finding
            ),
            Tab.FLOW: page(self._flow, _has_flow, self._flow.show_finding),
            Tab.FIX: page(self._fix, self._has_fix, self._fix.show_finding),
            Tab.PROOF: page(self._proof, ProofView.has_content, self._proof.show_finding),
            Tab.REASONING: page(self._reasoning, self._has_reasoning, self._fill_reasoning),
            Tab.HISTORY: page(self._history, lambda _: True, self._fill_history),
            Tab.FIELDS: page(self._fields, lambda _: True, self._fill_fields),
        }

    def _page(
        self, view: QWidget, has_content: Callable[[Finding], bool], fill: Callable[[Finding], None]
    ) -> _Page:
        """Add a page; the view is added last, because all its children move with it."""
        content = QWidget()
        scroll = ScrollPage(content)
        self._stack.addWidget(scroll)
        column = QVBoxLayout(content)
        unreadable = ErrorLine()
        unreadable.setObjectName("unreadable-part")
        column.addWidget(unreadable)
        column.addWidget(view)
        column.addStretch(1)
        return _Page(scroll, column, view, unreadable, has_content, fill)

    def _has_fix(self, finding: Finding) -> bool:
        return not self._is_wide and FixView.has_content(finding)

    def _has_reasoning(self, finding: Finding) -> bool:
        return bool(self._answers) or ReasoningView.has_content(finding)

    def _fill_reasoning(self, finding: Finding) -> None:
        self._reasoning.show_answers(self._answers)
        self._reasoning.show_finding(finding)

    def _take_events(self, events: tuple[FindingEvent, ...]) -> None:
        self._events = events
        self._show_answers()
        self.events_read.emit(events)

    def _show_answers(self) -> None:
        """Show the answers of a model, if they are new."""
        answers = model_answers(self._events, self._states)
        if answers == self._answers or self._finding is None:
            return
        self._answers = answers
        self._filled.discard(Tab.REASONING)
        self._choose_tabs(self._finding)
        self._fill()

    def _fill_history(self, finding: Finding) -> None:
        self._history.show_finding(finding, self._changes)

    def _fill_fields(self, finding: Finding) -> None:
        self._fields.show_rows(field_rows(finding, self._scan_name(finding)))

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
        self._bar.setCurrentIndex(tuple(Tab).index(chosen))
        self._bar.blockSignals(False)
        self._open(self._bar.currentIndex())
        self._fit_bar()

    def _open(self, index: int) -> None:
        """Open a page; the keyboard does not stay in the hidden one."""
        focused = QApplication.focusWidget()
        leaves = self._stack.currentIndex() != index
        if leaves and focused is not None and self._stack.isAncestorOf(focused):
            self._bar.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentIndex(index)

    def _choose(self, index: int) -> None:
        """Remember the chosen tab, also for later findings."""
        if index >= 0:
            self._wanted = tuple(Tab)[index]

    def _turn(self, index: int) -> None:
        if self._finding is None:
            return
        self._remember()
        self._wanted = tuple(Tab)[index]
        self._open(index)
        self._fill()
        self._restore()

    def _fill(self) -> None:
        tab = self.current
        if self._finding is not None and tab not in self._filled:
            self._filled.add(tab)
            if tab is not Tab.HISTORY:  # which is filled in advance, for its count
                self._pages[tab].show(self._finding)
        lead_through(self._bar, self._pages[tab].scroll)

    def _remember(self) -> None:
        if self._finding is not None:
            tab = tuple(Tab)[self._stack.currentIndex()]
            self._scrolls.keep(self._finding, tab, self._pages[tab].scroll.position_px)

    def _restore(self) -> None:
        if self._finding is not None:
            position_px = self._scrolls.position_px(self._finding, self.current)
            self._pages[self.current].scroll.scroll_to(position_px)

    def _count_history(self, count: int) -> None:
        self._count(Tab.HISTORY, count)
        self._fit_bar()
        if self.current is Tab.HISTORY:
            lead_through(self._bar, self._history)

    def _count(self, tab: Tab, count: int) -> None:
        self._bar.set_count(tuple(Tab).index(tab), str(count) if count > 0 else "")

    def _fit_bar(self) -> None:
        """Align the first tab's text with the edge of the content below."""
        inset = self._theme.scale(16)
        padding = self._bar.fit(self.width() - inset + self._theme.scale(LEAST_PADDING_PX))
        set_row_margins(self, self._strip, start=inset - padding, end=0)

    def _lay_out(self) -> None:
        strip = Pane(edges=Edge.BOTTOM, parent=self)
        self._strip = QVBoxLayout(strip)
        self._strip.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignLeading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(self._stack, 1)

    def _measure(self) -> None:
        scale = self._theme.scale
        self._fit_bar()
        self._name_evidence()
        for page in self._pages.values():
            page.column.setContentsMargins(scale(16), scale(8), scale(16), scale(16))


def _has_flow(finding: Finding) -> bool:
    return bool(flow_steps(finding))

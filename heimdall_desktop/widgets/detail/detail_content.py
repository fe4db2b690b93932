"""All parts of one finding and their layout, or why there is none to show.

Loaded and created when the detail is first requested. Source: look.md 4, 5 (Detail).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent
from heimdall_desktop.domain.facts.readings import SeenChange
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import description_text
from heimdall_desktop.widgets.controls import pane
from heimdall_desktop.widgets.controls.dialog_frame import LinkPrompt
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import order_tabs
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip
from heimdall_desktop.widgets.controls.tab_bar import BAR_PX
from heimdall_desktop.widgets.controls.wrapped_label import TextBlock
from heimdall_desktop.widgets.detail.detail_head import (
    LINES_LIMIT,
    ActionLines,
    DetailHead,
    ProposalLine,
)
from heimdall_desktop.widgets.detail.reasoning_view import AnnouncedView
from heimdall_desktop.widgets.detail.triage_bar import TWO_ROWS_FROM_PX, TriageBar
from heimdall_desktop.widgets.findings.finding_menu import FindingCopies

if TYPE_CHECKING:
    from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs

FACTS_WIDTH_PX = 396  # left part of the layout below the table, look.md 4
FACTS_LEAST_PX = 328  # if the tabs would not fit beside that
TABS_PX = 384  # all tabs side by side
EVIDENCE_PX = 88  # of the page below the tabs: four lines of code
EVIDENCE_FROM_PX = 680  # lower windows leave that space to the findings


class DetailContent(pane.MeasuredWidget):
    """Head, description and tabs of a finding, stacked or side by side.

    Args:
        store: The scans of the findings.
        requests: Reads the history.
        memory: Stores view settings.
        apply_events: Receives the server's audit of the shown finding.

    Attributes:
        head: the part that is always visible.
        proposal: a decision of an earlier scan that is proposed for it.
        news: how the finding changed while it is open, or since an earlier scan.
        triage: the decisions on the finding, at the foot.
        made_tabs: the pages, once they are created.
        prompt: asks before a web page is opened.
    """

    def __init__(
        self,
        store: Store,
        requests: Requests,
        memory: WindowMemory,
        apply_events: Callable[[tuple[FindingEvent, ...]], object],
    ) -> None:
        super().__init__()
        self._apply_events = apply_events
        self._store, self._requests, self._memory = store, requests, memory
        self._orientation = Qt.Orientation.Vertical
        self._shown: Finding | None = None
        self._content = QWidget(self)
        self._facts = pane.Pane(parent=self._content)
        self.head = DetailHead(FindingCopies(store), self._facts)
        self._lines = pane.named(
            ActionLines(
                requests.actions,
                lambda: self.tabs.show_answer(),  # noqa: PLW0108 - late
                self._facts,
            ),
            "detail-actions",
        )
        self._lines.resized.connect(self.fit_head)
        self.proposal = ProposalLine(self._facts)
        self.proposal.resized.connect(self.fit_head)
        self._description = pane.named(TextBlock(is_markdown=True), "description-beside")
        self.news = pane.named(ProblemStrip(self._facts), "detail-news")
        self.triage = TriageBar(self._content)
        self.made_tabs: DetailTabs | None = None
        self._announced = AnnouncedView(self._content)
        self._announced.hide()
        self.prompt = pane.named(LinkPrompt(), "link-prompt")
        self._empty = pane.named(EmptyState(self), "detail-empty")
        # from the outside in, because all children move with their part
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._content)
        self._column = pane.tight(QVBoxLayout(self._content))
        self._halves = pane.tight(QBoxLayout(QBoxLayout.Direction.TopToBottom))
        self._column.addLayout(self._halves, 1)
        facts = self._facts_column = pane.tight(QVBoxLayout(self._facts))
        self._halves.addWidget(self._facts)
        facts.addWidget(self.head)
        facts.addWidget(self.proposal)
        facts.addWidget(self._lines)
        facts.addWidget(self.news)
        beside = QWidget(self._facts)
        self._beside_column = QVBoxLayout(beside)
        self._beside_column.addWidget(self._description)
        self._beside_column.addStretch(1)
        self._beside = pane.Veil(pane.ScrollPage(beside))
        self._beside.setMinimumHeight(1)  # the head has priority when height is short
        facts.addWidget(self._beside, 1)
        self._halves.addWidget(self._announced, 1)
        self.set_layout(Qt.Orientation.Vertical)

    @property
    def tabs(self) -> DetailTabs:
        """The pages, which take 50 ms to load and create: created on first use."""
        if self.made_tabs is None:
            from heimdall_desktop.widgets.detail.detail_tabs import DetailTabs  # noqa: PLC0415 - main.LATE

            tabs = DetailTabs(self._store, self._requests, self._memory)
            tabs.history.events_read.connect(self._apply_events)
            tabs.set_wide(is_wide=self._is_wide)
            self._veil = pane.Veil(tabs)
            self._halves.insertWidget(1, self._veil, 1)
            order_tabs((self.head, self.proposal, self.news, tabs, self.triage))
            self.made_tabs = tabs
        return self.made_tabs

    def show_finding(
        self,
        finding: Finding,
        changes: tuple[SeenChange, ...],
        announced: Sequence[tuple[str, str, bool]],
        *,
        is_newer_row: bool,
    ) -> None:
        """Show everything below the head.

        Args:
            finding: The finding.
            changes: The changes seen on it.
            announced: All known data, if it is only announced.
            is_newer_row: It replaces another row of the same finding.
        """
        self._shown = finding
        self.fit_head()
        self._fill_beside()
        tabs = self.tabs
        self._veil.setVisible(not finding.is_announced)
        self._announced.setVisible(finding.is_announced)
        if finding.is_announced:  # there is nothing to request from the server
            tabs.clear()
            self._announced.show_rows(announced)
        elif is_newer_row:
            tabs.replace_row(finding, changes)
        else:
            tabs.show_finding(finding, changes)
        self.follow_actions()
        self._stack.setCurrentWidget(self._content)

    def follow_actions(self) -> None:
        shown = self._shown
        if shown is not None:
            self._lines.show_finding(None if pane.Veil.is_on() else shown.id)
            if not shown.is_announced:
                self.tabs.follow_action(self._requests.actions.states(shown.id))

    def show_empty(self, fact: str, consequence: str) -> None:
        self.prompt.leave()
        self._shown = None
        self._lines.show_finding(None)
        if self.made_tabs is not None:
            self.made_tabs.clear()
        self._empty.show_state(Emptiness("ui-detail", fact, consequence))
        self._stack.setCurrentWidget(self._empty)

    def take_keyboard(self) -> None:
        if self._shown is not None and self._shown.is_announced:
            self._announced.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.tabs.take_keyboard()

    def set_layout(self, orientation: Qt.Orientation) -> None:
        """Set the place: right of the table (vertical, parts stacked) or below it (horizontal)."""
        self._orientation = orientation
        self.triage.set_edges(pane.Edge.TOP | pane.Edge.END if self._is_wide else pane.Edge.TOP)
        (self._facts_column if self._is_wide else self._column).addWidget(self.triage)
        self._column.addWidget(self.prompt)
        directions = QBoxLayout.Direction
        self._halves.setDirection(
            directions.LeftToRight if self._is_wide else directions.TopToBottom
        )
        self._beside.setVisible(self._is_wide)
        self._lines.set_most(1 if self._is_wide else LINES_LIMIT)
        self.proposal.set_low(is_low=self._is_wide)
        self._fill_beside()
        if self.made_tabs is not None:
            self.made_tabs.set_wide(is_wide=self._is_wide)
        self._measure()

    def fit_head(self) -> None:
        """Leave half of the height to the tabs; below the table they are beside the head."""
        has_height = not self._is_wide and self.height() >= self._theme.scale(TWO_ROWS_FROM_PX)
        self.triage.set_two_rows(are_wanted=has_height)
        scale, width = self._theme.scale, self._facts.width() if self._is_wide else self.width()
        half = self.height() // 2 - scale(BAR_PX)
        lines = 0 if self._lines.isHidden() else self._lines.sizeHint().height()
        if not self.proposal.isHidden():
            lines += max(self.proposal.heightForWidth(width), self.proposal.sizeHint().height())
        if self._is_wide:
            self.setMinimumHeight(0)
            room = self.height() - lines - self.triage.height()  # all in one column
            self.head.fit_height(width, room, room)
            return
        is_high = self.window().height() >= scale(EVIDENCE_FROM_PX)
        others = scale(BAR_PX) + self.triage.height() + lines + scale(EVIDENCE_PX) * is_high
        self.head.fit_height(width, 0, 0)
        least = self.head.heightForWidth(width) + others
        self.setMinimumHeight(least if is_high and self._shown is not None else 0)
        self.head.fit_height(width, half, max(self.height(), least) - others)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self.fit_head()

    @property
    def _is_wide(self) -> bool:
        return self._orientation is Qt.Orientation.Horizontal

    def _fill_beside(self) -> None:
        """Fill the description where it is visible, and only there."""
        if self._shown is not None and self._is_wide:
            self._description.set_text(description_text(self._shown), tr("Description"))

    def _measure(self) -> None:
        scale = self._theme.scale
        self._beside_column.setContentsMargins(scale(16), 0, scale(16), scale(12))
        self._facts.set_edges(pane.Edge.END if self._is_wide else pane.Edge.BOTTOM)
        self._share_width()
        self.fit_head()

    def _share_width(self) -> None:
        """Below the table, give the facts their width, or less if the tabs need some."""
        scale = self._theme.scale
        if self._is_wide:
            room = min(scale(FACTS_WIDTH_PX), self.width() - scale(TABS_PX))
            self._facts.setFixedWidth(max(scale(FACTS_LEAST_PX), room))
        else:
            self._facts.setMinimumWidth(0)
            self._facts.setMaximumWidth(16_777_215)  # QWIDGETSIZE_MAX, which PySide6 lacks

"""The detail pane: all server data of one finding, always up to date.

It shows a finding completely or not at all, never the head of one with the evidence of another.
It tracks the finding by id, never by row. When a retry finds the finding again while it is shown,
its newest row replaces it, as in the table. Source: behaviour.md 2.2, look.md 5 (Detail), T-9.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.change import (
    ActionMoved,
    Change,
    FindingAdded,
    FindingDropped,
    FindingReplaced,
    ScanEmptied,
    ScanRemoved,
    StagesMoved,
)
from heimdall_desktop.domain.facts.decision import SETTABLE, Field, newest_touch, snooze_value
from heimdall_desktop.domain.facts.errors import traces
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, FindingId, ScanId, has_text
from heimdall_desktop.domain.facts.finding_action import FindingAction
from heimdall_desktop.domain.facts.repeats import is_same_place, readings_of
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation import decision_text, disagreement_text
from heimdall_desktop.presentation.action_text import action_title, question
from heimdall_desktop.presentation.board.card_words import ended_at
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.detail.finding_text import (
    VerdictWords,
    earlier_line,
    verdict_text,
)
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import host_text
from heimdall_desktop.presentation.panel.comparison_text import finding_words
from heimdall_desktop.presentation.seen_text import news_text
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.focus import lead_in, settle_in
from heimdall_desktop.widgets.controls.pane import Pane
from heimdall_desktop.widgets.controls.problem_strip import StripText
from heimdall_desktop.widgets.controls.text_labels import at_text
from heimdall_desktop.widgets.detail.history_view import announced_rows
from heimdall_desktop.widgets.findings.finding_menu import FindingCopies

if TYPE_CHECKING:
    from heimdall_desktop.widgets.detail.detail_content import DetailContent

log = logging.getLogger("heimdall.detail")

ICON_PX = 16
FINDING_ACTIONS = {
    FindingAction.EXPLAIN: ("explain-finding", "source-ai"),
    FindingAction.VERIFY: ("verify-finding", "verdict-confirmed"),
    FindingAction.ISSUE: ("create-issue", "ui-plus"),
    FindingAction.FIX: ("open-fix-request", "ui-branch"),
    FindingAction.MARK_APPLIED: ("mark-patch-applied", "ui-check"),
}
"""The server actions on a finding: id of the command, and icon."""

HISTORY, EARLIER = tr_noop("History"), tr_noop("Show earlier")
_NOTHING = (tr_noop("No finding selected."), tr_noop("Select a row to see its evidence."))
_WAITING = (
    tr_noop("This finding hasn't been loaded yet."),
    tr_noop("It appears here when it has been loaded."),
)
_NOT_THERE = (
    tr_noop("The server doesn't have this finding."),
    tr_noop("It was announced but isn't in the server's list."),
)
_ABSENT = (tr_noop("This scan has no finding with this ID."), tr_noop("Select another row."))
_UNREADABLE = (tr_noop("This finding can't be shown."), tr_noop("See its page on the server."))
_GONE = (tr_noop("Its scan is no longer watched."), tr_noop("Select another row."))


class DetailPane(Pane):
    """Shows the finding with an id, and follows its changes in the store.

    Args:
        memory: Stores view settings; without one nothing is stored.

    Signals:
        previous_wanted, next_wanted: another row of the table.
        finding_wanted: id of another row of the finding, which is already shown.
        decided: a `Field` of the finding, and the server's word for its new value.
        accept_wanted, reject_wanted: the proposed decision is accepted or rejected.

    Attributes:
        shown: the visible finding; None if there is none, or it is still loading.
        obstacle: why no decision on a finding is possible; "" if one is.
        is_own_change: whether the current values of some fields were decided here.
        now: the wall clock.
    """

    previous_wanted = Signal()
    next_wanted = Signal()
    closed = Signal()
    finding_wanted = Signal(str)
    comment_wanted = Signal()
    decided = Signal(object, str)
    accept_wanted = Signal()
    reject_wanted = Signal()

    def __init__(
        self, store: Store, ticker: Ticker, requests: Requests, memory: WindowMemory | None = None
    ) -> None:
        super().__init__()
        self._store, self._requests = store, requests
        self._memory = memory or WindowMemory()
        self._finding_id: FindingId | None = None
        self.shown: Finding | None = None
        self._why_empty = _NOTHING
        self._awaited: tuple[ScanId, float | None] | None = None
        self._orientation = Qt.Orientation.Vertical
        self._events: tuple[FindingEvent, ...] | None = None
        self._disagreements = store.disagreements.known
        self._is_masked = False
        self.editor_commands: Callable[[Finding], Sequence[Command]] = lambda _finding: ()
        self.obstacle: Callable[[Finding], str] = lambda _finding: ""
        self.is_own_change: Callable[[Finding, Finding, Iterable[Field]], bool] = lambda *_: True
        self.now: Callable[[], datetime] = partial(datetime.now, UTC)
        self._elsewhere: tuple[Field, str] | None = None
        self._is_read_since = False  # the history, since the finding was changed elsewhere
        self._made_content: DetailContent | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setObjectName("detail_pane")
        self.setAccessibleName(tr("Finding detail"))
        ticker.changed.connect(self._follow)

    def prepare(self) -> None:
        for make in self.late_parts():
            make()

    def late_parts(self) -> tuple[Callable[[], object], ...]:
        """Return the functions that create its parts, one by one."""
        return lambda: self._content, lambda: self._content.tabs

    @property
    def finding_id(self) -> FindingId | None:
        """The finding that is shown, or will be once it is read or its newest row replaces it."""
        newest = self._newest_row()
        return self._finding_id if newest is None else newest.id

    def show_finding(self, finding_id: FindingId | None, scan_id: ScanId | None = None) -> None:
        """Show a finding; None shows that none is selected.

        Args:
            finding_id: the finding; it is shown later if it is not loaded yet.
            scan_id: its scan, if known: a complete listing without the finding is then reported.
        """
        if self._made_content is not None:
            self._made_content.prompt.leave()
        self._awaited = None if scan_id is None else (scan_id, self._checked_at_s(scan_id))
        self._finding_id, self.shown, self._elsewhere = finding_id, None, None
        found = self._newest_row()
        if found is None:
            self._show_empty(_NOTHING if finding_id is None else _WAITING)
        else:
            self._show(found)

    def retry(self) -> None:
        """Retry at once, after signing in, what the server did not send."""
        if self._made_content is not None and self._made_content.made_tabs is not None:
            self._made_content.made_tabs.history.retry()

    def take_keyboard(self) -> None:
        self._content.take_keyboard()

    def open_page(self) -> None:
        if self.shown is not None:
            self._content.head.open_page()

    def action_obstacle(self, action: FindingAction, finding: Finding | None = None) -> str:
        """Return why an action on a finding cannot be requested; "" if it can.

        Args:
            action: the action.
            finding: its finding; the open one if omitted.
        """
        about = finding or self.shown
        if about is None:
            return tr("No finding is open.")
        if about.is_announced:
            return tr("This server announces findings but doesn't list them.")
        if action is FindingAction.MARK_APPLIED and not has_text(about.suggested_patch):
            return tr("This finding has no patch.")
        return self._requests.actions.obstacle(about.id, action)

    def request_action(self, action: FindingAction, finding: Finding | None = None) -> None:
        about = finding or self.shown
        scan = None if about is None else self._store.scan(about.scan_id)
        if about is None or scan is None or self.action_obstacle(action, about):
            return
        request = partial(self._requests.actions.request, about.id, action)
        asked = question(action, host_text(scan.server), self._store.mask.finding(about).title_line)
        if asked is None:
            request()
            return
        words = (asked.doing, tr("Cancel"), asked.question, asked.consequence)
        dialog = QuestionDialog(*words, self.window(), is_destructive=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(request)
        dialog.open()

    def add_row_actions(self, menu: QMenu, finding: Finding) -> None:
        if not self._requests.decisions.is_read_only:
            for action in (FindingAction.EXPLAIN, FindingAction.VERIFY, FindingAction.ISSUE):
                self._add_action(menu, action, finding)

    def _add_actions(self, menu: QMenu) -> None:
        if self._requests.decisions.is_read_only:
            return
        reasons: dict[str, None] = {}
        for action in FINDING_ACTIONS:
            if why := self._add_action(menu, action, self.shown):
                reasons[why] = None
        info = self._theme.icon("ui-info", self._theme.scale(ICON_PX))
        for why in reasons:
            menu.addAction(info, why.replace("&", "&&")).setEnabled(False)

    def _add_action(self, menu: QMenu, action: FindingAction, finding: Finding | None) -> str:
        """Add one action, and return why it cannot be requested; "" if it can."""
        why, icon = self.action_obstacle(action, finding), FINDING_ACTIONS[action][1]
        shown_icon = self._theme.icon(icon, self._theme.scale(ICON_PX))
        offered = menu.addAction(shown_icon, action_title(action))
        offered.setEnabled(not why)
        offered.triggered.connect(lambda: self.request_action(action, finding))
        return why

    def step_flow(self, steps: int) -> None:
        if self.shown is not None:
            self._content.tabs.step_flow(steps)

    def copy_link(self, finding: Finding) -> None:
        """Copy the address of a finding's page; the button confirms it if it is visible."""
        if self.shown is not None and finding.id == self.shown.id:
            self._content.head.copy_link()
        else:
            FindingCopies(self._store).copy_link(finding)

    def set_position(self, index: int | None, count: int) -> None:
        """Show the position of the row in the table, from 1; None if it is hidden there."""
        if self._made_content is not None:
            self._made_content.head.set_position(index, count)

    def set_layout(self, orientation: Qt.Orientation) -> None:
        """Set the place: right of the table (vertical, parts stacked) or below it (horizontal)."""
        is_other, self._orientation = orientation is not self._orientation, orientation
        if self._made_content is not None:
            if is_other:
                self._made_content.set_layout(orientation)
            else:
                self._made_content.fit_head()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        _ = self._content

    def _follow(self, changes: list[Change]) -> None:
        is_news = False
        for change in changes:
            match change:
                case FindingAdded(finding=finding):
                    is_news = is_news or self._is_about(finding)
                case FindingReplaced(finding=finding, previous=previous):
                    self._record_elsewhere(finding, previous)
                    is_news = is_news or self._is_about(finding) or self._is_about(previous)
                case FindingDropped(finding=finding) if self._is_about(finding):
                    self._finding_id = None
                    self._show_empty(_NOT_THERE)
                case StagesMoved(scan_id=scan_id):
                    if (shown := self.shown) is not None and shown.scan_id == scan_id:
                        is_news |= shown.rests_on_confidence
                case ActionMoved(subject=subject) if subject == self._finding_id:
                    if self._made_content is not None:
                        self._made_content.follow_actions()
                case ScanRemoved(scan_id=scan_id) | ScanEmptied(scan_id=scan_id):
                    if self.shown is not None and scan_id == self.shown.scan_id:
                        self._finding_id = None
                        self._show_empty(_GONE)
                    if self._made_content is not None and self._made_content.made_tabs is not None:
                        self._made_content.made_tabs.scrolls.pop(scan_id, None)
                case _:
                    pass
        is_news |= self._is_masked is not self._store.mask.is_on and self.shown is not None
        newest = self._newest_row() if is_news else None
        if newest is not None:
            self._show(newest)
        elif self._is_absent():
            self._show_empty(_ABSENT)
        elif self.shown is not None:
            self._content.head.facts.show_scan(self._scan_label(self.shown))
            self._show_news()
            self._show_proposal()
            if self._disagreements is not self._store.disagreements.known:
                self._content.head.show_verdict(self.shown, self._verdict(self.shown))
                self._content.fit_head()

    def _is_absent(self) -> bool:
        """Return whether a scan was listed completely without the requested finding."""
        if self.shown is not None or self._finding_id is None or self._awaited is None:
            return False
        scan_id, before_s = self._awaited
        return self._why_empty is _WAITING and self._checked_at_s(scan_id) != before_s

    def _checked_at_s(self, scan_id: ScanId) -> float | None:
        scan = self._store.scan(scan_id)
        return None if scan is None else scan.sync_status.checked_at_s

    def _record_elsewhere(self, finding: Finding, previous: Finding) -> None:
        """Record that the shown finding was changed, and not from here."""
        if self.shown is None or finding.id != self.shown.id or previous.is_announced:
            return
        for what in SETTABLE:
            before = what.of(previous)
            if before != what.of(finding):
                is_own = self.is_own_change(finding, previous, (what,))
                self._elsewhere = None if is_own else (what, before)
                self._is_read_since = False

    def _show_news(self) -> None:
        """Show how it changed while it is open, that it is snoozed, or how it changed earlier."""
        if (shown := self.shown) is None:
            return
        news: StripText | None
        if self._elsewhere is not None:
            what, before = self._elsewhere
            word = what.of(shown)
            touch = newest_touch(what, word, self._events or ()) if self._is_read_since else None
            at = "" if touch is None or touch.at is None else at_text(touch.at)
            fact, was = decision_text.elsewhere_text(what, word, before, touch, at)
            news = StripText(Mood.WORKING, "ui-info", fact, was, (HISTORY,))
        elif shown.snoozed_until is not None:
            fact = decision_text.snoozed_text(shown.snoozed_until, datetime.now(UTC))
            words = (fact, tr(decision_text.SNOOZE_CONSEQUENCE), (tr(decision_text.UNSNOOZE),))
            news = StripText(Mood.WORKING, "ui-snooze", *words)
        else:
            news = self._changed(shown) or self._compared(shown)
        self._content.news.show_problem(news)

    def _changed(self, shown: Finding) -> StripText | None:
        """Return what has changed since it was seen; the head says since when a new one exists."""
        seen = self._store.seen
        news = news_text(seen, shown, self.now(), self._store.mask)
        if news is None or seen.is_shown_as_new(shown):
            return None
        return StripText(Mood.WORKING, "ui-info", news.sentence, news.more, is_news=False)

    def _show_proposal(self) -> None:
        """Show the proposed decision, which the history marks as well."""
        if (shown := self.shown) is not None:
            known = self._store.proposals.known.of(shown)
            seen = None if known is None else self._store.mask.proposal(known)
            obstacle = "" if seen is None else self.obstacle(shown)
            self._content.proposal.show_proposal(seen, shown, datetime.now(UTC), obstacle)
            self._content.tabs.history.mark_earlier(None if seen is None else earlier_line(seen))

    def _compared(self, shown: Finding) -> StripText | None:
        row = self._store.comparisons.changes.of(shown)
        known = self._store.comparisons.of(shown.scan_id)
        earlier = None if known is None else self._requests.comparisons.scan(known.before)
        at = None if earlier is None else ended_at(earlier) or earlier.created_at
        if row is None or at is None:
            return None
        fact, more = finding_words(self._store.mask.compared(row), at_text(at))
        is_there = row.before is not None and self._store.finding(row.before.id) is not None
        actions = (EARLIER,) if is_there else ()
        if not fact:
            return None
        return StripText(Mood.WORKING, "ui-info", fact, more, actions, is_news=False)

    def _follow_news(self, action: str) -> None:
        if action == HISTORY:
            self._content.tabs.open_history()
        elif action == tr(decision_text.UNSNOOZE):
            self.decided.emit(Field.SNOOZE, snooze_value(None))
        elif self.shown is not None:
            row = self._store.comparisons.changes.of(self.shown)
            if row is not None and row.before is not None:
                self._go_to(row.before.id)

    def _scan_label(self, finding: Finding) -> str:
        """Return the scan's name if others are watched: the table may show another scan."""
        return self._store.name_of(finding.scan_id) if len(self._store) > 1 else ""

    def _is_about(self, finding: Finding) -> bool:
        """Return whether this is the shown finding, or another row of it."""
        shown = self.shown
        if shown is None or finding.id == shown.id:
            return finding.id == self._finding_id
        return finding.scan_id == shown.scan_id and is_same_place(finding, shown)

    def _newest_row(self) -> Finding | None:
        """Return the row to show: the newest one, if the shown one repeats it."""
        found = None if self._finding_id is None else self._store.finding(self._finding_id)
        shown = self.shown
        if found is None or shown is None or shown.is_repeat or not found.is_repeat:
            return found
        return self._readings(found)[0]

    def _readings(self, finding: Finding) -> list[Finding]:
        scan = self._store.scan(finding.scan_id)
        return [finding] if scan is None else readings_of(finding, scan.findings.values())

    def _go_to(self, finding_id: str) -> None:
        self.show_finding(FindingId(finding_id))
        self.set_position(None, 0)
        self.finding_wanted.emit(finding_id)

    def _show(self, finding: Finding) -> None:
        try:
            is_newer_row = self.shown is not None and self.shown.id != finding.id
            if self.shown is None or is_newer_row:
                self._events = None
            if finding.is_cut and (is_newer_row or self.shown is None or not self.shown.is_cut):
                self._requests.scans.request_texts(finding.id)
            verdict, readings = self._verdict(finding), self._readings(finding)
            scan = self._store.scan(finding.scan_id)
            changes = () if scan is None else scan.changes_of(finding.id)
            is_earlier = scan is not None and scan.is_of_earlier_attempt(finding.created_at)
            name = self._scan_label(finding)
            mask = self._store.mask
            seen, self._is_masked = mask.finding(finding), mask.is_on
            announced = (
                announced_rows(seen, name, datetime.now(UTC)) if finding.is_announced else ()
            )
            content = self._content
            self._finding_id, self.shown = finding.id, finding
            content.head.show_finding(seen, readings, verdict, is_of_earlier_attempt=is_earlier)
            content.head.facts.show_scan(name)
            self.show_triage()
            self._show_news()
            content.show_finding(finding, changes, announced, is_newer_row=is_newer_row)
            self._show_proposal()
        except Exception as defect:  # noqa: BLE001 - half of it is there, half of another finding
            log.error("can't show a finding:\n%s", traces(defect))  # noqa: TRY400 - its words may repeat what a server sent
            self._finding_id = finding.id
            self._show_empty(_UNREADABLE)

    def show_triage(self) -> None:
        if (shown := self.shown) is not None:
            obstacle = self.obstacle(shown)
            self._content.triage.show_finding(shown.status_text, shown.severity_text, obstacle)

    def read_history(self, finding_id: FindingId) -> None:
        if self.shown is not None and self.shown.id == finding_id:
            self._content.tabs.history.read()

    def open_severities(self) -> bool:
        """Open the menu of severities at its button; False if that is not visible."""
        return self.shown is not None and self._content.triage.open_severities()

    def _apply_events(self, events: tuple[FindingEvent, ...]) -> None:
        finding = self.shown
        if finding is not None:
            self._events, self._is_read_since = events, True
            self._content.head.show_verdict(finding, self._verdict(finding))
            self._show_news()
            self._content.fit_head()

    def _verdict(self, finding: Finding) -> VerdictWords:
        scan = self._store.scan(finding.scan_id)
        if scan is None:
            return verdict_text(finding, (), self._events)
        changes, self._disagreements = scan.changes_of(finding.id), self._store.disagreements.known
        words = verdict_text(finding, changes, self._events, has_reviewed=scan.has_reviewed)
        found = self._disagreements.of(finding)
        more = disagreement_text.sentences(finding, found)
        return replace(words, reason=" ".join((*more, words.reason))) if more else words

    def _show_empty(self, state: tuple[str, str]) -> None:
        self.shown, self._why_empty = None, state
        if self._made_content is not None:
            self._made_content.show_empty(*map(tr, state))

    @property
    def _content(self) -> DetailContent:
        """The content, which takes 25 ms to load and create: created on first use."""
        if self._made_content is None:
            from heimdall_desktop.widgets.detail.detail_content import DetailContent  # noqa: PLC0415 - main.LATE

            content = DetailContent(self._store, self._requests, self._memory, self._apply_events)
            content.head.previous.clicked.connect(self.previous_wanted)
            content.head.next.clicked.connect(self.next_wanted)
            content.head.close_button.clicked.connect(self.closed)
            content.head.repeats.finding_wanted.connect(self._go_to)
            content.head.add_actions = self._add_actions
            content.head.editor_commands = lambda finding: self.editor_commands(finding)  # noqa: PLW0108 - late
            content.news.action_requested.connect(self._follow_news)
            content.proposal.accepted.connect(self.accept_wanted)
            content.proposal.rejected.connect(self.reject_wanted)
            content.triage.decided.connect(self.decided)
            content.triage.comment_wanted.connect(self.comment_wanted)
            content.set_layout(self._orientation)
            content.show_empty(*map(tr, self._why_empty))
            self._column.addWidget(content)
            lead_in(self, content)
            settle_in(content)
            self._made_content = content
        return self._made_content

"""The middle of the window: chips, findings, hidden counts, and why nothing is shown."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.domain.facts.change import Change, ScanAdded, ScanMoved, ScanRemoved
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.filters.filter_terms import SNOOZED, Knowledge
from heimdall_desktop.domain.table.selection import Chosen
from heimdall_desktop.models import filter_state
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.suggestion_models import ValueCounter
from heimdall_desktop.models.ticker import Clock, Ticker
from heimdall_desktop.presentation.board.completeness_text import sync_status, waiting_line
from heimdall_desktop.presentation.board.source_text import source_note
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.empty_table import Cause, Way, empty_table
from heimdall_desktop.widgets.controls.dialog_frame import LinkPrompt
from heimdall_desktop.widgets.controls.empty_state import Emptiness, EmptyState
from heimdall_desktop.widgets.controls.focus import holds_focus, order_tabs
from heimdall_desktop.widgets.controls.pane import Pane, named
from heimdall_desktop.widgets.controls.problem_strip import ProblemStrip
from heimdall_desktop.widgets.controls.text_labels import short_moment
from heimdall_desktop.widgets.filters.filter_bar import FilterBar, FilterField, MistakeLine
from heimdall_desktop.widgets.findings.decision_strip import DecisionStrip, SelectionBar
from heimdall_desktop.widgets.findings.finding_menu import FindingCopies
from heimdall_desktop.widgets.findings.findings_foot import FindingsFoot
from heimdall_desktop.widgets.findings.findings_table import FindingsTable
from heimdall_desktop.widgets.findings.scan_problem_strip import SourceStrip
from heimdall_desktop.widgets.findings.table_tools import TableMenus, TableTools
from heimdall_desktop.widgets.findings.unseen_arrivals import SeenWatch, UnseenArrivals
from heimdall_desktop.widgets.look.tokens import Ground, Tone

_GLYPHS = {
    Cause.NOTHING_WATCHED: ("ui-inbox", Tone.MUTED),
    Cause.FILTER: ("ui-hide", Tone.MUTED),
    Cause.LOADING: ("ui-arrow-down", Tone.MUTED),
    Cause.UNREAD: ("conn-broken", Tone.MUTED),
    Cause.NOT_YET: ("stage-running", Tone.ACCENT),
    Cause.FINISHED: ("ui-check", Tone.TEXT),
    Cause.NOT_SCANNED: ("ui-warning", Tone.WARNING),
    Cause.STOPPED: ("stage-failed", Tone.FAILED),
    Cause.ANNOUNCED: ("ui-info", Tone.MUTED),
}


class FindingsPane(Pane):
    """Connects the filter, the model and the views of the findings.

    `filter_field` belongs in the window's top bar, so the pane creates it and the window places it.
    `decisions` shows the outcome of decisions, `proposals` how many were made before, `foot` what
    is hidden or not loaded.

    Args:
        clock: Our monotonic clock.
        now: The wall clock.
        memory: Stores settings across sessions.
        is_of_all: It shows all scans, and remembers which findings are new.
    """

    scope_changed = Signal(object)
    """The scan in scope, or None for all of them."""
    frozen_changed = Signal(bool)
    """Whether the rows are frozen."""
    add_scans_requested = Signal()
    """No scan is watched yet; add some."""

    def __init__(
        self,
        store: Store,
        ticker: Ticker,
        clock: Clock,
        *,
        now: Callable[[], datetime] | None = None,
        memory: WindowMemory | None = None,
        is_of_all: bool = True,
    ) -> None:
        super().__init__(Ground.SURFACE)
        self._store = store
        self._clock, self._now = clock, now or partial(datetime.now, UTC)
        self._way, self._address = Way.NONE, ""
        self._have_marks_changed, self._is_of_all = False, is_of_all
        self._certainties = store.proposals.certainties
        self._drawn = store.proposals.known, store.disagreements.known
        self.setObjectName("findings_pane")
        self.filter_state = filter_state.FilterState(
            self,
            now=now,
            names=lambda: {scan.id: scan.name for scan in store.whole},
            known=self._current_knowledge,
        )
        self._memory = memory or WindowMemory()
        remembered = self._memory if is_of_all else WindowMemory()
        marks = filter_state.remembered_marks(remembered, store.seen)
        self.model = FindingsModel(store, ticker, self, now=self._now, marks=marks)
        self.table_state = filter_state.TableState(self._memory, self)
        self.filter_field = FilterField(
            self.filter_state, self.model, ValueCounter(store, self), self._memory
        )
        self.table = FindingsTable(self.model, self, state=self.table_state)
        UnseenArrivals(self.table, self.model)
        self.seeing = SeenWatch(self.table, self.model, ticker, clock, self._now)
        ticker.changed.connect(self.table.selection.follow)
        menus = TableMenus(self.table, self.model, self.table_state)
        self.tools = TableTools(self.model, menus, self)
        self.copies = FindingCopies(store)
        self.table.menu.add_copies = self.copies.add_to
        self.foot = FindingsFoot(self)
        self.source = SourceStrip(self)
        self.decisions = DecisionStrip(self)
        self.proposals = ProblemStrip(self)
        self.proposals.setObjectName("proposals_strip")
        self.is_reviewed: Callable[[], bool] = lambda: False
        self.no_proposals: Callable[[], str] = str
        self._empty = named(EmptyState(self), "findings_empty")
        self._links = LinkPrompt(parent=self)
        self.rows = QStackedWidget(self)  # the table, or why it is empty
        self._rows_area = QWidget(self)  # the bar has its own space below the rows
        self.selection_bar = SelectionBar(
            self.table.selection, self.model, self._rows_area, self, self.take_keyboard
        )
        self._compose()
        self._connect()
        self._show_state()
        self._show_sync()
        ticker.changed.connect(self._learn_names)
        ticker.second.connect(self._show_sync)
        ticker.second.connect(self._keep_marks)
        ticker.second.connect(self.filter_state.let_time_pass)

    @property
    def scope(self) -> ScanId | None:
        return self.filter_state.filter.scan_id

    @property
    def scan_ids(self) -> list[ScanId]:
        return [scan.id for scan in self._scans_in_scope()]

    def set_scope(self, scan_id: ScanId | None) -> None:
        """Show the findings of one scan, or of all of them."""
        if scan_id != self.scope:
            self.filter_state.set_scope(scan_id)
            self._use_filter()
            self._show_sync()
            self.scope_changed.emit(scan_id)

    def _use_filter(self) -> None:
        self.model.set_filter(self.filter_state.filter)

    def show_finding(self, finding_id: FindingId) -> bool:
        """Select a finding and bring it into sight; False if it is hidden or unknown."""
        return self.table.show_finding(finding_id)

    def reveal(self, finding_id: FindingId) -> bool:
        """Show a finding even if it is hidden or folded; False if it is out of scope."""
        if self.show_finding(finding_id):
            return True
        if self.model.frozen_at is not None:
            self.model.renew()
            if self.show_finding(finding_id):
                return True
        finding = self._store.finding(finding_id)
        is_repeat = finding is not None and finding.is_repeat
        if is_repeat:
            self._show_repeats(are_shown=True)
            if self.show_finding(finding_id):
                return True
        self.filter_state.clear()
        if finding is not None and finding.snoozed_until is not None:
            self._show_snoozed()
        self._show_repeats(are_shown=is_repeat)
        return self.show_finding(finding_id)

    def open_page(self, finding: Finding) -> None:
        self._links.ask(self.copies.page(finding))

    def present(self, *, is_on: bool) -> None:
        """Hide typed and displayed texts that may contain names, or show them again."""
        self.filter_field.present()
        self._mistake.present()
        self.decisions.hold(is_held=is_on)

    def chosen(self) -> Chosen:
        """Return the targets of an action: the selection that passes the filter now."""
        ids = self.table.selection.ids
        shown = tuple([row.id for row in self.model.grouped.passing(ids)])
        return Chosen(shown, len(ids) - len(shown))

    def take_keyboard(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Focus the table, or the page shown instead."""
        if self.rows.currentWidget() is self._empty:
            self._empty.take_keyboard(reason)
        else:
            self.table.setFocus(reason)

    def _compose(self) -> None:
        self.rows.addWidget(self.table)
        self.rows.addWidget(self._empty)
        chips = QHBoxLayout()
        chips.setSpacing(0)
        bar = FilterBar(self.filter_state, self.model, self)
        chips.addWidget(bar, 1)
        chips.addWidget(self.tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        mistake = self._mistake = MistakeLine(self.filter_state, self)
        column.addWidget(mistake)
        column.addWidget(self.source)
        column.addLayout(chips)
        column.addWidget(self.decisions)
        column.addWidget(self.proposals)
        self._rows_column = QVBoxLayout(self._rows_area)
        self._rows_column.setContentsMargins(0, 0, 0, 0)
        self._rows_column.addWidget(self.rows)
        column.addWidget(self._rows_area, 1)
        column.addWidget(self.foot)
        column.addWidget(self._links)
        order_tabs(
            (
                mistake,
                self.source,
                bar,
                self.tools,
                self.decisions,
                self.proposals,
                self.table,
                self.selection_bar.bar,
                self._empty,
                self.foot,
                self._links,
            )
        )

    def _connect(self) -> None:
        state = self.filter_state
        state.changed.connect(lambda: self.model.set_filter(state.filter, is_typed=True))
        state.moved.connect(self._use_filter)
        self.filter_field.left.connect(self.take_keyboard)
        self.selection_bar.covered.connect(
            lambda px: self._rows_column.setContentsMargins(0, 0, 0, px)
        )
        self.table.anchor.following_changed.connect(self._show_flow)
        self.table.header.menu_wanted.connect(self.tools.open_column)
        self.model.row_released.connect(self.filter_state.follow_scans)
        self.model.counts_changed.connect(self._show_state)
        self.model.counts_changed.connect(self._show_sync)
        self.model.counts_changed.connect(self._note_marks)
        self.model.freeze_changed.connect(self._show_flow)
        self.model.freeze_changed.connect(
            lambda: self.frozen_changed.emit(self.model.frozen_at is not None)
        )
        self.foot.clear_requested.connect(self.filter_state.clear)
        self.foot.snoozed_requested.connect(self._show_snoozed)
        self.foot.repeats_requested.connect(
            lambda are_shown: self._show_repeats(are_shown=are_shown)
        )
        self._empty.action_requested.connect(self._act_on_empty_table)

    # -- frozen and new rows --

    def toggle_freeze(self) -> None:
        """Freeze the rows, or unfreeze them."""
        self.model.set_frozen(is_frozen=self.model.frozen_at is None)

    def _show_flow(self) -> None:
        """Show whether the rows are frozen, and since when, or no longer follow the newest ones."""
        at, rows = self.model.frozen_at, self.model.grouped
        held, criticals = rows.held, rows.held_criticals
        if at is None:
            is_paused = self.table.anchor.is_paused
            self.foot.show_flow(tr("Following paused") if is_paused else "", is_frozen=False)
            return
        words = tr(
            "Frozen at {time}, %n changes held", "", held, one="Frozen at {time}, %n change held"
        )
        text = [(words if held else tr("Frozen at {time}")).format(time=short_moment(at))]
        if criticals:
            text.append(tr("%n new critical", "", criticals, one="%n new critical"))
        self.foot.show_flow(". ".join(text), is_frozen=True)

    def _note_marks(self) -> None:
        self._have_marks_changed = True

    def _keep_marks(self) -> None:
        if self._have_marks_changed and self._is_of_all:
            self._have_marks_changed = False
            filter_state.remember_marks(self._memory, self.model.listing.marks, self._store.whole)

    def _learn_names(self, changes: list[Change]) -> None:
        if any(isinstance(change, ScanAdded | ScanMoved | ScanRemoved) for change in changes):
            self.filter_state.follow_scans()
            known = self._store.proposals.known, self._store.disagreements.known
            if known != self._drawn:  # no row of the model says so
                self._drawn = known
                self.table.viewport().update()
                self._show_state()

    def _current_knowledge(self) -> Knowledge:
        """Return what the filter follows.

        A row that was just decided stays in view until the analyst leaves it, so its proposal
        counts until then.
        """
        if not self.model.has_kept_rows:
            self._certainties = self._store.proposals.certainties
        return replace(self._store.known, proposals=self._certainties)

    def _show_repeats(self, *, are_shown: bool) -> None:
        self.filter_state.show_repeats(are_shown=are_shown)
        self._use_filter()

    def _show_snoozed(self) -> None:
        self.filter_state.toggle_term(f"is:{SNOOZED}")

    def _show_state(self) -> None:
        scope = self.scope
        if scope is not None and self._store.scan(scope) is None:
            self.set_scope(None)
            return
        has_rows = self.model.shown > 0
        hidden, criticals = self.model.hidden, self.model.counts.hidden_criticals
        closed = self.model.counts.hidden_closed
        uncompared = 0
        if self.filter_state.filter.asks_for_changes:
            known = self._store.comparisons
            uncompared = sum(known.of(scan.id) is None for scan in self._scans_in_scope())
        snoozed, histories = self.model.counts.hidden_snoozed, None
        if self.filter_state.filter.asks_for_disagreements:
            read_in = self._store.histories.read_in
            histories = sum(read_in(scan.id) for scan in self._scans_in_scope())
        self.foot.show_hidden(
            hidden if has_rows else 0, criticals, closed, uncompared, snoozed, histories=histories
        )
        are_folded = self.model.filter.folds_repeats
        self.foot.show_repeats(self.model.counts.repeats, are_folded=are_folded)
        if has_rows:
            self._turn_to(self.table)
            return
        empty = empty_table(
            self._scans_in_scope(),
            hidden,
            self.filter_state.valid_text,
            criticals,
            closed,
            now=self._now(),
            is_waiting=self.model.waiting > 0,
            only_stage=self.filter_state.only_stage,
            uncompared=uncompared,
            snoozed=snoozed,
            is_reviewed=self.is_reviewed(),
            no_proposals=self.no_proposals(),
            histories=histories,
        )
        if empty.address != self._address:
            self._links.leave()
        self._way, self._address = empty.way, empty.address
        glyph, tone = _GLYPHS[empty.cause]
        way, fraction = tr(empty.way.value), empty.fraction
        self._empty.show_state(
            Emptiness(glyph, empty.fact, empty.consequence, way, tone=tone, fraction=fraction)
        )
        self._turn_to(self._empty)

    def _scans_in_scope(self) -> list[Scan]:
        return [scan for scan in self._store if self.scope in (None, scan.id)]

    def _show_sync(self) -> None:
        scans, waiting = self._scans_in_scope(), self.model.waiting
        self.source.show_note(source_note(scans))
        if waiting:
            self.foot.show_sync(waiting_line(self.model.counts.total, waiting))
        else:
            has_gaps = self.model.has_gap_rows
            self.foot.show_sync(sync_status(scans, self._clock(), has_gap_rows=has_gaps))

    def _turn_to(self, page: QWidget) -> None:
        """Show the table or why it is empty; the keyboard stays where it is."""
        had_focus = holds_focus(self.rows, self.window().focusWidget())
        before = self.rows.currentWidget()
        self.rows.setCurrentWidget(page)
        if had_focus and page is not before:
            self.take_keyboard()

    def _act_on_empty_table(self) -> None:
        if self._way is Way.CLEAR_FILTER:
            self.filter_state.clear()
        elif self._way is Way.SHOW_SNOOZED:
            self._show_snoozed()
        elif self._way is Way.ADD_SCAN:
            self.add_scans_requested.emit()
        elif self._way is Way.OPEN_REPORT:
            self._links.ask(self._address)

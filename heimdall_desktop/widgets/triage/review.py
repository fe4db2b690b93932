"""Leading through proposed decisions: the bar above the rows, the keys, and accepting all.

The bar, the count of what is reviewed and what has become of proposals follow from the store alone:
they are computed again after each change, and compared. Accepting is a run of the outbox like any
other decision; `Triage` shows its progress, its result and its undo.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.proposal_requests import Overtaken
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.finding import Finding, FindingId, FindingStatus
from heimdall_desktop.domain.proposals import Certainty, Proposal, plan
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation import decision_text, proposal_text
from heimdall_desktop.presentation.board.card_words import ended_at
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import file_line_text, title_text
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls import pane
from heimdall_desktop.widgets.controls.buttons import DIALOG_PX, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.controls.problem_strip import StripText
from heimdall_desktop.widgets.controls.text_labels import Label, Paragraph
from heimdall_desktop.widgets.controls.toggles import CheckBox
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.triage.triage import Triage
from heimdall_desktop.widgets.window.problem_bar import ProblemBar, say

WIDTH_PX = 640
LIST_PX = 300
EVERY = "proposed:any"
GONE, FOLDER = "proposals-gone", "keep-folder"  # keys of messages


class Review(QObject):
    """Owns what is reviewed in a window.

    Args:
        window: The window with the findings.
        store: The scans of the window.
        ticker: Reports changes of the store, and ticks every second.
        requests: Accepts and rejects.
        now: The time of day.
        findings: The table, with the strip of the bar.
        detail: The open finding.
        triage: Knows which findings a command acts on, and runs it.
        problems: Messages of the window.

    Signals:
        said: the text announced to assistive technology.
    """

    said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        store: Store,
        ticker: Ticker,
        requests: Requests,
        now: Callable[[], datetime],
        findings: FindingsPane,
        detail: DetailPane,
        triage: Triage,
        problems: ProblemBar,
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._requests, self._now = window, store, requests, now
        self._findings, self._triage, self._problems = findings, triage, problems
        self._state, self._strip = findings.filter_state, findings.proposals
        self._known = store.proposals.known
        self._seen: set[FindingId] = set()  # those proposed at any time during this review
        self._later: frozenset[FindingId] = frozenset()  # those the user doesn't want to see yet
        self._scope = findings.scope
        self._before: str | None = None  # the filter before the review
        self._selects_first = False
        self._in_sight: tuple[FindingId, ...] = ()
        findings.is_reviewed = lambda: self._is_on and bool(self._seen) and not self._open()
        findings.no_proposals = lambda: self._why_none() if self._is_on else ""
        findings.table.menu.add_decisions = self._add_to_menu
        self._strip.action_requested.connect(self._act)
        self._state.changed.connect(self._show)
        findings.model.counts_changed.connect(self._select_first)
        ticker.changed.connect(self._follow)
        ticker.second.connect(self._report_sight)
        leave = requests.proposals.follow(self._report_overtaken)
        self.destroyed.connect(lambda: leave())  # noqa: PLW0108 - the signal brings an object
        stop = requests.decisions.follow(lambda: None, lambda _run: self._ask_for_folder())
        self.destroyed.connect(lambda: stop())  # noqa: PLW0108 - the signal brings an object
        detail.accept_wanted.connect(partial(self.accept, detail))
        detail.reject_wanted.connect(partial(self.reject, detail))
        self._show()

    @property
    def _is_on(self) -> bool:
        return self._state.filter.asks_for_proposals

    def _open(self) -> frozenset[FindingId]:
        """Return the findings in scope that have a proposal."""
        known = self._store.proposals.certainties
        return frozenset().union(*(known.of_scan(scan_id) for scan_id in self._findings.scan_ids))

    # -- commands --

    def commands(self) -> list[Command]:
        """Return the single letters of table and detail, which act on the focused view."""
        row = partial(Command, group=Group.FINDINGS)
        return [
            row(
                "accept-proposal",
                tr("Accept proposal"),
                self.accept,
                (proposal_text.ACCEPT_KEY,),
                proposal_text.ICONS[Certainty.CERTAIN],
                obstacle=self.accept_obstacle,
                writes=True,
            ),
            row(
                "accept-selected-proposals",
                tr("Accept proposals of the selection"),
                self.accept_selection,
                (proposal_text.ACCEPT_SELECTION_KEY,),
                proposal_text.ICONS[Certainty.CERTAIN],
                obstacle=self.selection_obstacle,
                writes=True,
            ),
            row(
                "reject-proposal",
                tr("Reject proposal"),
                self.reject,
                (proposal_text.REJECT_KEY,),
                "ui-close",
                obstacle=self.reject_obstacle,
            ),
        ]

    def further_commands(self) -> list[Command]:
        """Return the commands without own keys."""
        row = partial(Command, group=Group.FINDINGS)
        none = self._why_nothing
        return [
            row(
                "review-proposals",
                tr("Review proposed decisions"),
                self.review,
                icon=proposal_text.ICONS[Certainty.CERTAIN],
                obstacle=none,
            ),
            row("close-review", tr("Close review"), self.close, obstacle=self._why_not_open),
            row(
                "accept-all-proposals",
                tr("Accept all proposals\u2026"),
                self.accept_all,
                obstacle=lambda: self._why_read_only() or none(),
                writes=True,
            ),
            row(
                "retry-reasons",
                tr("Retry saving reasons"),
                lambda: self._triage.reasons.retry(self._requests.reasons.failed),
                obstacle=lambda: (
                    "" if self._requests.reasons.failed else tr("All reasons are saved.")
                ),
                writes=True,
            ),
        ]

    def accept_obstacle(self, view: QWidget | None = None) -> str:
        """Return why no proposal can be accepted for a single finding; "" if one can."""
        return self._triage.not_single(view) or self.selection_obstacle(view)

    def selection_obstacle(self, view: QWidget | None = None) -> str:
        """Return why no proposal of the selection can be accepted; "" if one can."""
        why, finding = self._triage.obstacle(view), self._triage.finding(view)
        if why or finding is None:
            return why
        return self.reject_obstacle(view) or self._requests.proposals.accept_obstacle(
            finding.scan_id
        )

    def reject_obstacle(self, view: QWidget | None = None) -> str:
        """Return why there is no proposal to reject; "" if there is one."""
        why = self._triage.nothing_selected(view)
        if why or self._targeted(view):
            return why
        finding = self._triage.finding(view)
        why = "" if finding is None else self._requests.proposals.obstacle(finding.scan_id)
        return why or tr(proposal_text.NO_PROPOSAL)

    def _targeted(self, view: QWidget | None = None) -> list[Proposal]:
        """Return the proposals of the findings that a command acts on."""
        known = self._store.proposals.known
        return list(filter(None, map(known.of, self._triage.targeted(view))))

    def _why_nothing(self) -> str:
        if self._open():
            return ""
        return self._why_none() or tr("No decisions are proposed.")

    def _why_none(self) -> str:
        """Return why nothing can be proposed in this scope; "" if something can."""
        obstacle = self._requests.proposals.obstacle
        reasons = [obstacle(scan_id) for scan_id in self._findings.scan_ids]
        return reasons[0] if reasons and all(reasons) else ""

    def _why_not_open(self) -> str:
        return "" if self._is_on else tr("No review is open.")

    def _why_read_only(self) -> str:
        is_read_only = self._requests.decisions.is_read_only
        return decision_text.read_only_text() if is_read_only else ""

    def _add_to_menu(self, menu: QMenu, findings: Sequence[Finding]) -> None:
        """Append what can be done with the proposals of selected rows, then the decisions."""
        chosen = list(filter(None, map(self._store.proposals.known.of, findings)))
        if chosen:
            many = tr("Accept %n proposals", "", len(chosen), one="Accept proposal")
            is_one = len(findings) == 1
            key = proposal_text.ACCEPT_KEY if is_one else proposal_text.ACCEPT_SELECTION_KEY
            if not self._triage.obstacle_of(findings[0]):
                accept = menu.addAction(f"{many}\t{command_key_text(key)}")
                accept.triggered.connect(lambda: self._accept_these(chosen))
            many = tr("Reject %n proposals", "", len(chosen), one="Reject proposal")
            reject = menu.addAction(f"{many}\t{command_key_text(proposal_text.REJECT_KEY)}")
            reject.triggered.connect(lambda: self._reject_these(chosen))
            menu.addSeparator()
        self._triage.add_to(menu, findings)

    # -- accepting and rejecting --

    def accept(self, view: QWidget | None = None) -> None:
        """Accept the proposal of the finding in a view, and go to the next row."""
        if not self.accept_obstacle(view):
            self._start(self._targeted(view), view or self._triage.view)

    def accept_selection(self, view: QWidget | None = None) -> None:
        """Accept the proposals of all selected findings."""
        if not self.selection_obstacle(view):
            self._accept_these(self._targeted(view), view)

    def _accept_these(self, chosen: list[Proposal], view: QWidget | None = None) -> None:
        """Accept some proposals; certain and probable ones together only after a question."""
        if len({each.certainty for each in chosen}) > 1:
            self._ask(chosen)
        else:
            self._start(chosen, view or self._triage.view)

    def _start(self, chosen: Sequence[Proposal], view: QWidget) -> None:
        ids = [each.finding_id for each in chosen]
        if ids:
            runs = self._triage.start(partial(self._requests.proposals.accept, ids), ids, view)
            for each in self._requests.reasons.runs:
                if not set(runs).isdisjoint(each.after):
                    self._triage.reasons.watch(each)

    def reject(self, view: QWidget | None = None) -> None:
        """Reject the proposals of the findings in a view: they are never proposed again."""
        if not self.reject_obstacle(view):
            self._reject_these(self._targeted(view))

    def _reject_these(self, chosen: Sequence[Proposal]) -> None:
        ids = [each.finding_id for each in chosen]
        self._triage.step_from(ids[0])
        self._requests.proposals.reject(ids)
        self._say(tr("%n proposals rejected", "", len(ids), one="Proposal rejected"))

    def accept_all(self) -> None:
        """List what accepting all proposals in scope would write, and then write it."""
        known = self._store.proposals.known
        every = [
            each for scan_id in self._findings.scan_ids for each in known.of_scan(scan_id).values()
        ]
        if every and not self._why_read_only():
            self._ask(every)

    def _ask(self, proposals: Sequence[Proposal]) -> None:
        dialog = AcceptDialog(proposals, self._store, self._now(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accept_wanted.connect(self._accept_listed)
        dialog.open()

    def _accept_listed(self, chosen: list[Proposal]) -> None:
        """Accept what was listed, as far as it is still proposed as it was."""
        find, known = self._store.finding, self._store.proposals.known

        def is_so(proposal: Proposal) -> bool:
            row = find(proposal.finding_id)
            now = None if row is None else known.of(row)
            return now is not None and (now.status, now.severity, now.certainty) == (
                proposal.status,
                proposal.severity,
                proposal.certainty,
            )

        self._start([each for each in chosen if is_so(each)], self._findings.table)

    # -- the bar --

    def review(self) -> None:
        """Show the findings with a proposal alone, and select the first of them."""
        if not self._open():
            return
        if self._state.text.strip() != EVERY:
            self._before = self._state.text
        self._later = frozenset()
        self._selects_first = True
        self._state.set_text(EVERY)
        self._findings.take_keyboard()
        self._select_first()

    def _select_first(self) -> None:
        """Select the first row once the rows to review are shown."""
        model = self._findings.model
        if self._selects_first and model.filter.asks_for_proposals and model.shown:
            self._selects_first = False
            self._findings.table.selection.clear()
            table, first = self._findings.table, next(iter(model.all_ids()))
            was_selected = first == table.selected_id
            self._findings.show_finding(first)
            if was_selected:
                table.finding_selected.emit(first)  # the detail may show another one

    def close(self) -> None:
        """End the review: show what was shown before it."""
        before, self._before, self._selects_first = self._before, None, False
        if self._state.text.strip() == EVERY:
            self._state.set_text(before or "")
        else:
            self._state.set_words("proposed", ())
        self._findings.take_keyboard()

    def _act(self, text: str) -> None:
        if text == tr(proposal_text.REVIEW):
            self.review()
        elif text == tr(proposal_text.ACCEPT_ALL):
            self.accept_all()
        elif text == tr(proposal_text.CLOSE):
            self.close()
        else:
            self._later = self._open()
            self._show()
            self._findings.take_keyboard()

    def _show(self) -> None:
        """Show how much there is to review, or how much of it is done."""
        still, scope = self._open(), self._findings.scope
        if not self._is_on or scope != self._scope:
            self._seen, self._scope = set(), scope
        counts = self._findings.model.proposed
        if not self._is_on:
            fact, consequence = proposal_text.bar_texts(counts)
            actions = (tr(proposal_text.LATER), tr(proposal_text.REVIEW))
            icon = proposal_text.ICONS[Certainty.CERTAIN]
            strip = StripText(Mood.WORKING, icon, fact, consequence, actions)
            self._strip.show_problem(strip if still - self._later else None)
            return
        self._seen |= still
        if not self._seen:
            self._strip.show_problem(None)
            return
        fact = proposal_text.progress_text(len(self._seen - still), len(still))
        why = self._why_read_only()
        consequence = " ".join(filter(None, (proposal_text.both_counts(counts), why)))
        all_of_them = (tr(proposal_text.ACCEPT_ALL),) if still and not why else ()
        strip = StripText(
            Mood.WORKING,
            proposal_text.ICONS[Certainty.CERTAIN] if still else "ui-check",
            fact,
            consequence,
            (*all_of_them, tr(proposal_text.CLOSE)),
            is_news=not still,
        )
        self._strip.show_problem(strip)

    # -- what becomes of proposals --

    def _follow(self, _changes: list[Change]) -> None:
        if self._known is not self._store.proposals.known:
            self._known = self._store.proposals.known
            self._show()

    def _report_overtaken(self, overtaken: Sequence[Overtaken]) -> None:
        """Say which findings were decided elsewhere while a decision was proposed for them."""
        words_of = {each.finding_id: each.status_text for each in overtaken}
        decided = [
            (title_text(self._store.mask.finding(row)), words_of[row.id])
            for row in filter(None, map(self._store.finding, words_of))  # of this window
            if not self._is_verdict(row)
        ]
        if decided:
            words = proposal_text.gone_texts(decided)
            self._problems.show_problem(GONE, StripText(Mood.CALM, "ui-info", *words))
            self._say(" ".join(words))

    def _is_verdict(self, row: Finding) -> bool:
        """Return whether the scan itself has probably withdrawn a finding: that is no decision."""
        scan = self._store.scan(row.scan_id)
        if scan is None or row.status is not FindingStatus.FALSE_POSITIVE:
            return False
        ended = ended_at(scan)
        return scan.is_live or ended is None or row.updated_at <= ended

    # -- what is kept of local folders --

    def _ask_for_folder(self) -> None:
        """Ask once for each folder, without taking the keyboard, whether decisions are kept."""
        ask = self._requests.proposals.folder_question
        folder = next(filter(None, (ask(scan.id) for scan in self._store)), None)
        if folder is None:
            self._problems.clear(FOLDER)
            return
        fact, more = proposal_text.folder_question(self._store.mask.text(folder.name))
        words = (tr(proposal_text.KEEP_NOT), tr(proposal_text.KEEP))
        strip = StripText(Mood.CALM, "ui-folder", fact, more, words)
        answer = partial(self._answer_folder, folder)
        self._problems.show_problem(FOLDER, strip, answer, is_dismissible=False, is_note=True)

    def _answer_folder(self, folder: Path, text: str) -> None:
        is_kept = text == tr(proposal_text.KEEP)
        self._requests.proposals.answer_folder(folder, is_kept=is_kept)
        self._ask_for_folder()

    # -- what is read first --

    def _report_sight(self) -> None:
        """Report which proposals are in view: what is unread of them is read first."""
        table, known = self._findings.table, self._store.proposals.known
        rows = table.in_view() if table.isVisible() else ()
        in_sight = tuple(row.id for row in rows if known.of(row) is not None)
        if in_sight != self._in_sight:
            self._in_sight = in_sight
            self._requests.proposals.view(in_sight)

    def _say(self, text: str) -> None:
        say(self._window, text)
        self.said.emit(text)


class AcceptDialog(DialogFrame):
    """What accepting proposals would write: how many of each decision, the least certain first.

    Certain and probable ones are selected apart, and at first only the certain ones are. It names
    nothing if it opens while presenting is on, and is covered if presenting starts meanwhile.

    Args:
        proposals: all that could be accepted.
        store: Knows their findings.
        now: The time of day.

    Signals:
        accept_wanted: a list of the chosen proposals.
    """

    accept_wanted = Signal(object)

    def __init__(
        self, proposals: Sequence[Proposal], store: Store, now: datetime, parent: QWidget
    ) -> None:
        title = tr("Accept proposed decisions")
        super().__init__(title, WIDTH_PX, parent, is_veiled=not pane.Veil.is_on())
        self.setObjectName("accept-proposals")
        rows = ((store.finding(each.finding_id), each) for each in proposals)
        every = [(row, each) for row, each in rows if row is not None]
        self._kinds = {
            certainty: [each for each in every if each[1].certainty is certainty]
            for certainty in Certainty
        }
        self._boxes: dict[Certainty, CheckBox] = {}
        has_certain = bool(self._kinds[Certainty.CERTAIN])
        for certainty, chosen in self._kinds.items():
            if chosen:
                self._add_kind(certainty, chosen, is_on=certainty is Certainty.CERTAIN)
        self.column.addSpacing(self._theme.scale(8))
        self.column.addWidget(Label(tr("The least certain first"), Role.SMALL, Weight.SEMIBOLD))
        self._add_list(plan(every).least_certain, store, now)
        more = tr(
            "Each decision is written to the server, with its reason as a comment. Undo restores "
            "the decisions; comments stay."
        )
        self.column.addWidget(Paragraph(more, Role.SMALL, tone=Tone.MUTED))
        cancel = OutlineButton(tr("Cancel"), height_px=DIALOG_PX)
        cancel.clicked.connect(self.reject)
        self._do = pane.named(PrimaryButton("", height_px=DIALOG_PX), "accept-do")
        self._do.setDefault(True)
        self._do.clicked.connect(self._accept)
        self.add_buttons(None, cancel, self._do)
        self._show_count()
        first = Certainty.CERTAIN if has_certain else Certainty.PROBABLE
        self._boxes[first].setFocus()

    def _add_kind(
        self, certainty: Certainty, chosen: Sequence[tuple[Finding, Proposal]], *, is_on: bool
    ) -> None:
        counts = proposal_text.by_decision(chosen)
        box = CheckBox(proposal_text.kind_text(certainty, len(chosen)))
        box.setObjectName(f"accept-{certainty.value}")
        box.setAccessibleDescription(counts)
        box.setChecked(is_on)
        box.toggled.connect(self._show_count)
        self._boxes[certainty] = box
        row = QHBoxLayout()
        row.addWidget(box)
        row.addWidget(Label(counts, Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideRight))
        row.addStretch(1)
        self.column.addLayout(row)

    def _add_list(self, listed: Sequence[Proposal], store: Store, now: datetime) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, self._theme.scale(8), 0)
        for place, proposal in enumerate(listed):
            row = store.finding(proposal.finding_id)
            if row is None:
                continue
            shown, seen = store.mask.finding(row), store.mask.proposal(proposal)
            place_text = "/".join(filter(None, (shown.folder, file_line_text(shown))))
            words = (proposal_text.sentence(seen, now), proposal_text.why_probable(seen))
            title = Label(title_text(shown), elide=Qt.TextElideMode.ElideRight)
            where = Label(place_text, Role.SMALL, tone=Tone.MUTED, elide=Qt.TextElideMode.ElideLeft)
            why = Paragraph(" ".join(filter(None, words)), Role.SMALL, tone=Tone.MUTED)
            for part in (title, where, why):
                column.addWidget(part)
            title.setObjectName(f"accept-title-{place}")
            why.setObjectName(f"accept-why-{place}")
            if place < len(listed) - 1:
                column.addSpacing(self._theme.scale(8))
        column.addStretch(1)
        page = pane.named(pane.ScrollPage(content), "accept-list")
        page.setAccessibleName(tr("The least certain first"))
        page.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrow keys scroll it
        page.setMinimumHeight(self._theme.scale(LIST_PX))
        self.column.addWidget(page, 1)

    def _chosen(self) -> list[Proposal]:
        kinds = [kind for kind, box in self._boxes.items() if box.isChecked()]
        return [proposal for kind in kinds for _, proposal in self._kinds[kind]]

    def _show_count(self) -> None:
        count = len(self._chosen())
        self._do.set_label(proposal_text.accept_word(count))
        self._do.setEnabled(count > 0)

    def _accept(self) -> None:
        self.accept_wanted.emit(self._chosen())
        self.accept()

"""Deciding in a window: the targeted findings, the writes, the announcements, and undo.

`Triage.target` alone determines which findings a command acts on: those visible in the focused
view. A row that was just decided stays as it is, dimmed, until the analyst moves on; the next row
is selected at once. Several selected findings are written in the background, and failed ones
stay selected. Source: behaviour.md 2.2, features 9 to 11; look.md 10.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.decision_runs import Run, Step
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.decision import Act, Field, WriteState, snooze_value
from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.facts.repeats import is_similar
from heimdall_desktop.domain.facts.snooze import SnoozeTime
from heimdall_desktop.presentation import decision_text
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import title_text, word_of
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.action_bar import BarAction, BarState
from heimdall_desktop.widgets.controls.dialog_frame import QuestionDialog
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.controls.text_labels import add_choice, new_menu, sub_menu
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.findings.finding_menu import SEVERITIES, add_severities, severity_menu
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.panel.comparison_page import ComparisonPage
from heimdall_desktop.widgets.triage.reason_strip import ReasonStrip
from heimdall_desktop.widgets.triage.snoozing import add_snoozes, are_any_snoozed, value_of
from heimdall_desktop.widgets.triage.undo_history import UndoHistory
from heimdall_desktop.widgets.window.finding_dialogs import CommentDialog
from heimdall_desktop.widgets.window.problem_bar import say

NEWS_MS = 50  # minimum interval between updates of the window during a long action
SHOWN_MS = 10_000  # how long the bar says that a bulk action succeeded
SPOKEN = (0.25, 0.5, 0.75)  # parts of a long action that are announced


class Triage(QObject):
    """Owns the last decision of a window, and moves on to the next finding.

    Args:
        window: The window with the decisions.
        store: The scans.
        requests: Writes decisions and comments.
        clock: Our monotonic clock.
        now: The time of day.
        findings: The table.
        detail: The open finding.
        comparison: The comparison of two scans.

    Attributes:
        reasons: offers reasons for the last decision.
        undoing: returns the undo commands, for any focus in the window.
        focused: returns the widget that has the keyboard, or had it before the palette opened.

    Signals:
        said: the text announced to assistive technology.
    """

    said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        store: Store,
        requests: Requests,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        findings: FindingsPane,
        detail: DetailPane,
        comparison: ComparisonPage,
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._requests = window, store, requests
        decisions = self._decisions = requests.decisions
        self._clock, self._now = clock, now
        self._findings, self._detail, self._comparison = findings, detail, comparison
        self.focused: Callable[[], QWidget | None] = window.focusWidget
        self._table, self._model, self._strip = findings.table, findings.model, findings.decisions
        self._latest: FindingId | None = None
        self._shown_run: Run | None = None  # the run shown in the strip, if some of it failed
        self._own: dict[Run, tuple[int, int]] = {}
        self._is_leading = False
        self._bar = findings.selection_bar
        self._history = UndoHistory(decisions, store, clock, now, findings.tools)
        self._history.started.connect(self._begin)
        self.undoing = partial(self._history.commands, self.undo, self.redo)
        self._spoken: dict[Run, int] = {}
        self._shown = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._shown.timeout.connect(lambda: self._bar.show_instead(None))
        self._news = QTimer(self, singleShot=True, interval=NEWS_MS)
        self._news.timeout.connect(self.show_news)
        self.reasons = ReasonStrip(window, store, requests, clock, findings, detail, self._select)
        self.reasons.said.connect(partial(say, window))
        self._model.words.note_of = self.reasons.note
        detail.obstacle, detail.is_own_change = self.obstacle_of, decisions.is_own_change
        detail.decided.connect(partial(self.decide, view=detail))
        detail.comment_wanted.connect(partial(self.comment, detail))
        findings.table.finding_selected.connect(self._take_selection)
        findings.selection_bar.chosen_changed.connect(self._take_choice)
        findings.table.clicked.connect(self._take_click)
        findings.table.menu.add_decisions = self.add_to
        self.offer()
        leave = decisions.follow(self._follow, self._take_result)
        self.destroyed.connect(lambda: leave())  # noqa: PLW0108 - the signal brings an object

    # -- which findings a command acts on --

    @property
    def view(self) -> QWidget:
        """The view that has the focus: the detail or Compare, else the table."""
        focused = self.focused()
        if holds_focus(self._comparison, focused):
            return self._comparison
        is_in_detail = holds_focus(self._detail, focused) or not self._findings.isVisible()
        return self._detail if is_in_detail else self._table

    def target(
        self, view: QWidget | None = None, *, only_first: bool = False
    ) -> tuple[FindingId, ...]:
        """Return the findings that a command acts on, all of which are visible in a view.

        Args:
            view: the table, the detail or Compare; the focused one if omitted.
            only_first: return at most the first one, which is fast if there are many.
        """
        view = view or self.view
        found: FindingId | None = None
        if view is self._detail:
            shown = self._detail.shown if self._detail.isVisible() else None
            found = None if shown is None else shown.id
        elif view is self._comparison:
            found = self._comparison.finding_id
        elif not self._table.selection.is_many:
            selection = self._table.selection
            selected, cursor = next(iter(selection.ids), None), selection.cursor_row
            is_listed = selected is not None and self._model.row_of(selected) is not None
            # or the selected head of its closed group
            is_shown = is_listed or (cursor is not None and selection.holds(cursor))
            found = selected if is_shown else None
        elif only_first:
            first = self._model.grouped.first_passing(self._table.selection.ids)
            found = None if first is None else first.id
        else:
            return self._findings.chosen().shown
        return () if found is None else (found,)

    def finding(self, view: QWidget | None = None) -> Finding | None:
        """Return the first finding that a command acts on; None if there is none."""
        found = self.target(view, only_first=True)
        return self._store.finding(found[0]) if found else None

    def targeted(self, view: QWidget | None = None) -> list[Finding]:
        """Return the findings that a command acts on; see `target`."""
        return list(filter(None, map(self._store.finding, self.target(view))))

    def nothing_selected(self, view: QWidget | None = None) -> str:
        """Return why a command has nothing to act on; "" if it has something."""
        return "" if self.finding(view) else tr("Select a finding first.")

    def not_single(self, view: QWidget | None = None) -> str:
        """Return why a command has no single finding to act on; "" if it has one."""
        if (view or self.view) is self._table and self._table.selection.is_many:
            return tr("Select a single finding first.")
        return self.nothing_selected(view)

    def obstacle(self, view: QWidget | None = None) -> str:
        """Return why nothing can be decided now; "" if something can."""
        finding = self.finding(view)
        return self.nothing_selected(view) if finding is None else self.obstacle_of(finding)

    def comment_obstacle(self, view: QWidget | None = None) -> str:
        """Return why no comment can be written now; "" if one can."""
        return self.not_single(view) or self.obstacle(view)

    # -- decisions --

    def obstacle_of(self, finding: Finding) -> str:
        """Return why a finding cannot be decided; "" if it can."""
        if self._decisions.is_read_only:
            return decision_text.read_only_text()
        scan = self._store.scan(finding.scan_id)
        if scan is None:
            return tr("Its scan isn't watched.")
        if finding.is_announced:
            return lacks(scan, Feature.TRIAGE) or tr("This finding hasn't been loaded yet.")
        return lacks(scan, Feature.TRIAGE)

    def commands(self) -> list[Command]:
        """Return the single-letter decisions of table and detail. Source: behaviour.md 2.7."""
        row = partial(Command, group=Group.FINDINGS, writes=True, obstacle=self.obstacle)
        snooze = partial(Command, group=Group.FINDINGS, obstacle=self.nothing_selected)
        return [
            *(
                row(
                    f"set-{choice.value}",
                    tr(choice.text),
                    partial(self.decide, Field.STATUS, choice.value),
                    (choice.key,),
                )
                for choice in decision_text.CHOICES
            ),
            row("severity", tr("Severity"), self.open_severities, (decision_text.SEVERITY_KEY,)),
            snooze("snooze", tr("Snooze"), self.open_snoozes, (decision_text.SNOOZE_KEY,)),
            *(
                snooze(
                    f"snooze-{time.value}",
                    tr("Snooze: {time}").format(time=tr(title)),
                    partial(self._snooze_for, time),
                )
                for time, title in decision_text.TIMES.items()
            ),
            snooze(
                "unsnooze",
                tr(decision_text.UNSNOOZE),
                partial(self.decide, Field.SNOOZE, snooze_value(None)),
                obstacle=self._nothing_snoozed,
            ),
            row(
                "comment",
                tr("Comment"),
                self.comment,
                (decision_text.COMMENT_KEY,),
                obstacle=self.comment_obstacle,
            ),
            *self.reasons.commands(),
            *(
                row(
                    f"set-severity-{severity.value}",
                    tr("Severity: {word}").format(word=word_of(severity)),
                    partial(self.decide, Field.SEVERITY, severity.value),
                )
                for severity in SEVERITIES
            ),
        ]

    def offer(self) -> None:
        """Offer decisions in the selection bar, or say there why none are possible."""
        self._history.offer()
        open_times = partial(self.open_snoozes, self._table)
        snooze = BarAction(tr("Snooze"), open_times, decision_text.SNOOZE_KEY, has_menu=True)
        if self._decisions.is_read_only:
            self._bar.offer((snooze,), decision_text.read_only_text())
            return
        actions = [
            BarAction(
                tr(choice.text),
                partial(self.decide, Field.STATUS, choice.value, self._table),
                choice.key,
            )
            for choice in decision_text.CHOICES
        ]
        open_severities = partial(self.open_severities, self._table)
        severity = BarAction(
            tr("Severity"), open_severities, decision_text.SEVERITY_KEY, has_menu=True
        )
        self._bar.offer((*actions[:-1], severity, snooze, actions[-1]))

    def add_to(self, menu: QMenu, findings: Sequence[Finding]) -> None:
        """Append the decisions for selected rows to their menu."""
        decide = partial(self.decide, view=self._table, chosen=[each.id for each in findings])
        if not self.obstacle(self._table):
            only = findings[0] if len(findings) == 1 else None
            for choice in decision_text.CHOICES:
                is_now = only is not None and only.status_text == choice.value
                word = decision_text.value_word(Field.STATUS, choice.value)
                text = word if is_now else tr(choice.text)
                act = partial(decide, Field.STATUS, choice.value)
                add_choice(menu, f"{text}\t{command_key_text(choice.key)}", act, is_on=is_now)
            now = "" if only is None else only.severity_text
            add_severities(sub_menu(menu, tr("Severity")), now, partial(decide, Field.SEVERITY))
        if not self.nothing_selected(self._table):
            snooze = partial(decide, Field.SNOOZE)
            add_snoozes(sub_menu(menu, tr("Snooze")), findings, self._now(), snooze)
        menu.addSeparator()

    # -- deciding --

    def decide(
        self,
        what: Field,
        value: str,
        view: QWidget | None = None,
        chosen: Sequence[FindingId] | None = None,
    ) -> None:
        """Decide the findings selected in a view; after a row of the table move to the next.

        Args:
            what: the decision field.
            value: the server's word for it.
            view: the view with the findings, see `target`.
            chosen: those that a menu was opened for; the target of the view if omitted.
        """
        view = view or self.view
        chosen = self.target(view) if chosen is None else chosen
        finding = self._store.finding(chosen[0]) if chosen else None
        if finding is None or (what is not Field.SNOOZE and self.obstacle_of(finding)):
            return
        decide = partial(self._decide, what, value, chosen, view)
        confirm_from = self._requests.preferences.settings.findings.confirm_from
        if 0 < confirm_from <= len(chosen):
            self._confirm(decision_text.similar_act(what, value, len(chosen)), chosen, decide)
        else:
            decide()

    def _confirm(
        self, doing: str, chosen: Sequence[FindingId], decide: Callable[[], object]
    ) -> None:
        """Ask before a decision about many findings, as the settings want it."""
        asked = QuestionDialog(
            doing,
            tr("Cancel"),
            tr("Apply this to %n selected findings?", "", len(chosen)),
            tr("It can be undone afterwards."),
            self._window,
            is_destructive=False,
        )
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.accepted.connect(decide)
        asked.open()

    def _decide(self, what: Field, value: str, chosen: Sequence[FindingId], view: QWidget) -> None:
        for run in self.start(lambda: [self._decisions.decide(what, value, chosen)], chosen, view):
            self.reasons.offer(run)

    def start(
        self, make: Callable[[], Sequence[Run]], chosen: Sequence[FindingId], view: QWidget
    ) -> Sequence[Run]:
        """Start runs about some findings of a view; after a row of the table select the next."""
        self._move_on()
        self._clear_news()
        self._bar.show_instead(None)
        place, is_single = self._place_of(chosen[0]), len(chosen) == 1
        is_in_list = is_single and place[0] > 0
        if is_single:
            self._latest = chosen[0]
        if view is self._comparison:
            self._comparison.rows.scrollTo(self._comparison.rows.currentIndex())
        if is_in_list:
            self._table.bring_into_sight(chosen[0])
            self._model.keep_row(chosen[0])
        runs = make()
        self._own.update((run, place) for run in runs)
        if is_in_list and view is not self._comparison:
            self.step_from(chosen[0])
        return runs

    def step_from(self, finding_id: FindingId) -> None:
        """Select the row after a finding, if it alone is selected."""
        if finding_id == self._table.selected_id and not self._table.selection.is_many:
            self._lead(partial(self._table.step, 1))

    def open_severities(self, view: QWidget | None = None) -> None:
        view, finding = view or self.view, self.finding(view)
        is_many = view is self._table and self._table.selection.is_many
        shown = self._detail.shown
        is_open = finding is not None and shown is not None and finding.id == shown.id
        if is_many or not is_open or not self._detail.open_severities():
            now = "" if is_many or finding is None else finding.severity_text
            choose = partial(self.decide, Field.SEVERITY, view=view, chosen=self.target(view))
            self._open_menu(severity_menu(self._table, now, choose), view)

    def open_snoozes(self, view: QWidget | None = None) -> None:
        findings = self.targeted(view)
        if findings:
            ids = [each.id for each in findings]
            menu = new_menu(self._window, tr("Snooze"), "snooze-menu")
            snooze = partial(self.decide, Field.SNOOZE, view=view, chosen=ids)
            add_snoozes(menu, findings, self._now(), snooze)
            self._open_menu(menu, view)

    def _snooze_for(self, time: SnoozeTime) -> None:
        self.decide(Field.SNOOZE, value_of(time, self._now()))

    def _nothing_snoozed(self) -> str:
        if are_any_snoozed(self.targeted()):
            return ""
        return self.nothing_selected() or tr("No selected findings are snoozed.")

    def _open_menu(self, menu: QMenu, view: QWidget | None = None) -> None:
        view = view or self.view
        if view is self._detail:
            focused = self.focused()
            at = focused if focused is not None and view.isAncestorOf(focused) else view
            menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
        elif view is self._table and self._table.selection.is_many:
            bar, size = self._bar.bar, menu.sizeHint()
            above = QPoint(size.width(), size.height())
            menu.popup(bar.mapToGlobal(bar.rect().topRight() - above))
        else:
            rows = self._comparison.rows if view is self._comparison else self._table
            rows.scrollTo(rows.currentIndex())
            row = rows.visualRect(rows.currentIndex())
            menu.popup(rows.viewport().mapToGlobal(row.bottomLeft()))

    def comment(self, view: QWidget | None = None) -> None:
        finding = self.finding(view)
        if finding is not None and not self.comment_obstacle(view):
            self.comment_on(finding)

    def comment_on(self, finding: Finding) -> None:
        dialog = CommentDialog(self._requests, finding, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.sent.connect(partial(self._detail.read_history, finding.id))
        dialog.sent.connect(partial(self._say, tr("Comment saved")))
        dialog.open()

    def undo(self) -> None:
        self._history.reverse_last(Act.UNDO)

    def redo(self) -> None:
        self._history.reverse_last(Act.REDO)

    def _begin(self, run: Run | None) -> None:
        if run is not None:
            self._move_on()
            self._strip.clear()
            self.reasons.close()
            self._bar.show_instead(None)
            self._own[run] = (0, 0)

    def _again(self, make: Callable[[Run], Run], run: Run) -> None:
        self._strip.clear()
        again = make(run)
        first = next(iter(again.jobs), None)
        self._own[again] = (0, 0) if first is None else self._place_of(first)

    def _place_of(self, finding_id: FindingId) -> tuple[int, int]:
        """Return a finding's row number from 1 and the row count; 0 if it isn't in the list."""
        is_shown = self._model.row_of(finding_id) is not None
        place = self._model.grouped.position_of(finding_id) if is_shown else None
        return (0 if place is None else place + 1, self._model.shown)

    def _lead(self, select: Callable[[], object]) -> None:
        """Select another row without releasing the one that was decided last."""
        self._is_leading = True
        try:
            select()
        finally:
            self._is_leading = False

    def _lead_to(self, finding_id: FindingId) -> None:
        """Select a finding if it is shown, but not under a menu about another one."""
        if QApplication.activePopupWidget() is None:
            self._lead(partial(self._findings.show_finding, finding_id))

    def _take_selection(self, finding_id: str) -> None:
        if finding_id != self._latest:
            self._move_on()

    def _move_on(self) -> None:
        """Release the row that was decided last: the user viewed or decided another one."""
        if self._is_leading or self._latest is None:
            return
        latest, self._latest = self._latest, None
        self._release_row(latest)
        self._clear_news()

    def _clear_news(self) -> None:
        if self._strip.mood is Mood.CALM:
            self._strip.clear()

    def _release_row(self, finding_id: FindingId) -> None:
        """Show a row's new state, once it is known."""
        note = self._decisions.note(finding_id)
        if note is not None and note.state in (WriteState.SENDING, WriteState.UNKNOWN):
            return
        if note is not None and note.state is WriteState.SAVED:
            self._decisions.forget_note(finding_id)
        self._model.release_row(finding_id)

    def _take_click(self, index: QModelIndex) -> None:
        finding = self._model.finding_at(index.row())
        note = None if finding is None else self.reasons.note(finding.id)
        if finding is None or note is None or not self._table.is_note_clicked(index):
            return
        if note.is_reason:
            self.reasons.retry([finding.id])
        elif note.state is WriteState.SAVED:
            self.undo()

    # -- results --

    def _follow(self) -> None:
        if not self._news.isActive():
            self._news.start()

    def show_news(self) -> None:
        self._history.offer()
        self._table.viewport().update()
        running = next((run for run in self._own if run.total > 1 and not run.is_over), None)
        if running is not None:
            left_s, part = running.left_s(self._clock()), running.settled / max(running.total, 1)
            fact, more = decision_text.running_words(running.result, running.held, left_s)
            self._shown.stop()
            self._bar.show_running(fact, more, part, running.cancel)
            quarter = sum(part >= spoken_part for spoken_part in SPOKEN)
            if quarter > self._spoken.setdefault(running, 0):
                self._spoken[running] = quarter
                self._say(fact)

    def _take_result(self, run: Run) -> None:
        """Show the result of an action, and release its rows that are no longer viewed."""
        self.reasons.take_end(run)
        for finding_id, job in run.jobs.items():
            is_as_decided = run.act is Act.DO and job.state is WriteState.SAVED
            row = self._store.finding(finding_id)
            is_kept = row is not None and run.step.what.of(row) == job.value
            if finding_id != self._latest or not is_as_decided or not is_kept:
                self._release_row(finding_id)
        place = self._own.pop(run, None)
        self._spoken.pop(run, None)
        if place is not None:
            self._show_result(run, place)
        self._detail.show_triage()

    def _show_result(self, run: Run, place: tuple[int, int]) -> None:
        result, shown = run.result, self._shown_run
        only = self._store.finding(next(iter(run.jobs))) if run.total == 1 else None
        if shown is not None and set(shown.left) <= set(run.ids(WriteState.SAVED)):
            self._close_strip(shown)
        if run.act is Act.DO and run.total == 1 and result.is_whole and not result.unlogged:
            self._say(decision_text.spoken(result.what, result.value, *place))
            if only is not None and not result.same:
                if not place[0]:  # no row shows the result
                    self._show_in_strip(run, decision_text.result_words(result, self._title(only)))
                self._offer_similar(only, run.step)
            return
        steps = self._history.take_end(run)
        if steps is None:
            return
        title = "" if only is None else self._title(only)
        words = decision_text.result_words(result, title, steps)
        self._say(f"{words.fact} {words.consequence}".strip())
        if run.total > 1:
            self._bar.show_instead(None)
            selection = self._table.selection  # failed findings stay selected
            if selection.is_many and selection.ids & run.jobs.keys():
                done = run.ids(WriteState.SAVED, WriteState.SAME)
                selection.choose_these(selection.ids - set(done))
                if not selection.ids:
                    selection.clear()
        if run.total > 1 and result.is_whole:
            back = BarAction(tr("Undo"), self.undo, decision_text.UNDO_KEYS[0], is_main=True)
            if run.act is Act.UNDO:
                back = BarAction(tr("Redo"), self.redo, decision_text.REDO_KEYS[0], is_main=True)
            self._show_in_bar(words.fact, words.consequence, back)
            self._shown.start()
        elif run.total:
            if run.act is not Act.DO and only is not None:
                self._lead_to(only.id)
            self._show_in_strip(run, words)

    def _offer_similar(self, decided: Finding, step: Step) -> None:
        """Offer the decision for findings with the same cause; nothing is written automatically."""
        if step.what is Field.SNOOZE:
            return
        scan, what = self._store.scan(decided.scan_id), step.what
        found = () if scan is None else scan.findings.values()
        similar = [
            each.id for each in found if is_similar(decided, each) and what.of(each) != step.value
        ]
        if not similar or self._table.selection.is_many:
            return
        act = partial(self._decide, what, step.value, similar, self._table)
        word = decision_text.similar_act(what, step.value, len(similar))
        show = BarAction(tr("Show"), partial(self._select, similar))
        addition = tr("same rule and file, or the same fingerprint")
        fact = tr("%n similar findings", "", len(similar), one="%n similar finding")
        self._shown.stop()
        self._show_in_bar(fact, addition, show, BarAction(word, act, is_main=True))

    def _select(self, finding_ids: Sequence[FindingId]) -> None:
        """Select findings, and show the first of them."""
        self._lead_to(finding_ids[0])
        if len(finding_ids) > 1:
            self._table.selection.choose_these(finding_ids)

    def _take_choice(self) -> None:
        """Show the selection in the bar, unless an action is running."""
        if self._table.selection.is_many and not any(run.total > 1 for run in self._own):
            self._bar.show_instead(None)

    def _show_in_bar(self, fact: str, addition: str, *actions: BarAction) -> None:
        close = BarAction(tr("Close"), partial(self._bar.show_instead, None))
        self._bar.show_instead(BarState(fact, {}, None, addition, actions, (close,)))

    def _show_in_strip(self, run: Run, words: decision_text.ResultWords) -> None:
        """Show above the rows what failed, and offer a remedy."""
        is_whole = run.result.is_whole
        actions: dict[str, Callable[[], object]] = {tr("Close"): partial(self._close_strip, run)}
        retry, show = tr("Retry"), tr("Show")
        if run.total > 1:
            retry, show = tr("Retry %n", "", words.retries), tr("Show %n", "", words.retries)
        if words.touched:
            actions[tr("Undo anyway")] = partial(self._again, self._decisions.force, run)
        if words.retries:
            actions[show] = partial(self._select, run.left)
            actions[retry] = partial(self._again, self._decisions.retry, run)
        elif not words.touched and run.act is Act.UNDO:
            actions[tr("Redo")] = self.redo
        elif not words.touched and self._history.last(Act.UNDO) is run.step:
            actions[tr("Undo")] = self.undo
        self._shown_run = run if words.retries else None
        mood, icon = (Mood.CALM, "ui-undo") if is_whole else (Mood.ATTENTION, "ui-warning")
        self._strip.show_result(mood, icon, words.fact, words.consequence, words.lines, actions)

    def _close_strip(self, run: Run) -> None:
        """Show nothing of an action any longer, neither above the rows nor in them."""
        self._strip.clear()
        self._shown_run = None
        for finding_id in run.left:
            self._decisions.forget_note(finding_id)

    def _title(self, finding: Finding) -> str:
        return title_text(self._store.mask.finding(finding))

    def _say(self, text: str) -> None:
        """Announce a text to assistive technology, after its current speech."""
        say(self._window, text)
        self.said.emit(text)

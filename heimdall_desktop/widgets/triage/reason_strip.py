"""Reasons after a decision: a strip over the rows for a moment, and what became of a reason.

The decision is written at once and the next row is selected; the strip names what was decided last,
and a digit adds a reason to that. It floats, so that no row moves under the pointer, and any other
key does what it always does. Source: behaviour.md feature 41.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.decision_runs import Run
from heimdall_desktop.application.requests.reasons import ReasonRun
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.choices import ReasonsShown
from heimdall_desktop.domain.facts.decision import Field, WriteNote, WriteState
from heimdall_desktop.domain.facts.finding import FindingId, FindingStatus, Severity
from heimdall_desktop.domain.facts.reason import NEEDING, Reason, comment_of, reason_in
from heimdall_desktop.domain.table.group import slices
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.models.incremental_work import IncrementalWork
from heimdall_desktop.presentation import decision_text
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import title_text, word_of
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.action_bar import ActionBar, BarAction, BarState
from heimdall_desktop.widgets.controls.focus import holds_focus
from heimdall_desktop.widgets.controls.key_names import command_key_text
from heimdall_desktop.widgets.detail.detail_pane import DetailPane
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.window.finding_dialogs import CommentDialog, ReasonDialog

NEWS_MS = 50  # minimum interval between updates of the window while reasons are saved
COUNT_REST_MS = 300
SHOWN_MS = 3_000
CHOSEN_MS = 1_500  # how long the chosen reason is shown
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_DIGITS = frozenset(decision_text.REASON_KEYS.values())


class ReasonStrip(QObject):
    """Owns the strip of one window.

    Args:
        window: The window.
        clock: Our monotonic clock.
        findings: The table that the strip floats over.
        detail: The open finding; the strip floats over it while the table is hidden.
        select: Selects findings in the table.

    Attributes:
        run: the decision that a reason is offered for; None for none.
        bar: the strip itself.

    Signals:
        said: what is announced to assistive technology.
    """

    said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        store: Store,
        requests: Requests,
        clock: Callable[[], float],
        findings: FindingsPane,
        detail: DetailPane,
        select: Callable[[Sequence[FindingId]], None],
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._requests = window, store, requests
        self._clock, self._select, self._detail = clock, select, detail
        self._findings, self._table = findings, findings.table
        self.run: Run | None = None
        self.bar = ActionBar(tr("Reason"), findings.rows, window)
        self.bar.setObjectName("reason-strip")
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._end)
        self._is_listening = False
        self._own: list[ReasonRun] = []
        self._left: list[FindingId] = []  # whose unsaved reasons the other strip shows
        self._news = QTimer(self, singleShot=True, interval=NEWS_MS)
        self._news.timeout.connect(self.show_news)
        self._closing = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._closing.timeout.connect(self._clear_bar)
        leave = requests.reasons.follow(self._follow)
        self.destroyed.connect(lambda: leave())  # noqa: PLW0108 - the signal brings an object
        findings.table.finding_selected.connect(self._place)
        findings.selection_bar.covered.connect(self._place)

    @property
    def _shown(self) -> ReasonsShown:
        return self._requests.preferences.settings.findings.reasons

    # -- offering --

    def offer(self, run: Run) -> None:
        """Offer reasons for a decision, if it needs one; an earlier offer ends."""
        self.close()
        step = run.step
        needs = step.what is Field.STATUS and FindingStatus.of(step.value) in NEEDING
        if not needs or not run.jobs:
            return
        choices = self._requests.preferences.settings.findings
        rows = map(self._store.finding, run.jobs)
        is_critical = any(row is not None and row.severity is Severity.CRITICAL for row in rows)
        if choices.asks_critical_reason and is_critical:
            self._ask(run)
        elif self._shown is not ReasonsShown.NEVER:
            self._show(run)

    def take_end(self, run: Run) -> None:
        """Offer nothing more for a decision of which nothing was saved."""
        if run is self.run and not (run.counts[WriteState.SAVED] or run.counts[WriteState.SAME]):
            self.close()

    def close(self) -> None:
        """Offer nothing any longer."""
        self.run = None
        self._timer.stop()
        self._listen(is_on=False)
        self.bar.show_state(None)

    def commands(self) -> list[Command]:
        """Return a command for each reason; its digit acts while the strip is shown."""
        return [
            Command(
                f"reason-{reason.value}",
                tr("Reason: {word}").format(word=word_of(reason)),
                partial(self._choose, reason),
                (key,),
                group=Group.FINDINGS,
                obstacle=self._nothing_offered,
                writes=True,
            )
            for reason, key in decision_text.REASON_KEYS.items()
        ]

    def _nothing_offered(self) -> str:
        return "" if self.run else tr("Dismiss a finding first, or mark it as false positive.")

    def _words(self, run: Run) -> tuple[str, str]:
        first = self._store.finding(next(iter(run.jobs)))
        title = "" if first is None else title_text(self._store.mask.finding(first))
        return decision_text.decided_words(run.step.value, run.total, title)

    def _show(self, run: Run) -> None:
        self.run = run
        actions = tuple(
            BarAction(
                f"{command_key_text(key)} {decision_text.reason_choice(reason)}".strip(),
                partial(self._choose, reason),
            )
            for reason, key in decision_text.REASON_KEYS.items()
        )
        fact, addition = self._words(run)
        close = BarAction(tr("Close"), self.close)
        state = BarState(fact, {}, None, addition, actions, (close,), has_two_lines=True)
        self._float(state)
        if self._shown is ReasonsShown.NEXT_KEY:
            self._listen(is_on=True)
        else:
            self._timer.start(SHOWN_MS)
        keys = [key for key in map(command_key_text, decision_text.REASON_KEYS.values()) if key]
        if keys:
            text = tr("Press {first} to {last} to give a reason.")
            self.said.emit(text.format(first=keys[0], last=keys[-1]))

    def _float(self, state: BarState) -> None:
        over = self._detail if self._detail.isVisible() else self._window
        self.bar.float_over(self._findings.rows if self._findings.isVisible() else over)
        self.bar.show_state(state)
        self._place()

    def _place(self) -> None:
        """Float at the foot, or below the head if the selected row is at the foot."""
        if self.bar.isHidden():
            return
        table, rows = self._table, self._findings.rows
        self.bar.head_px, self.bar.lift_px = 0, 0
        if self._findings.isVisible() and rows.currentWidget() is table:
            self.bar.head_px = table.horizontalHeader().height()
            row = table.visualRect(table.currentIndex())
            foot = table.viewport().height() - self.bar.height_px
            if row.isValid() and row.bottom() > foot:  # else, where hardly any row is, above it
                self.bar.lift_px = None
                above = min(0, row.top() - self.bar.height_px)
                self.bar.head_px += above
        self.bar.place()

    def _end(self) -> None:
        """Hide the strip, but not under the pointer or the keyboard."""
        is_used = self.bar.underMouse() or holds_focus(self.bar, self._window.focusWidget())
        if is_used and self.run is not None:
            self._timer.start(SHOWN_MS)
        else:
            self.close()

    # -- until the next key --

    def _listen(self, *, is_on: bool) -> None:
        application = QApplication.instance()
        if is_on is not self._is_listening and application is not None:
            self._is_listening = is_on
            if is_on:
                application.installEventFilter(self)
            else:
                application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if event.type() in kinds and isinstance(event, QKeyEvent) and self._is_other_key(event):
            self.close()
        return False

    def _is_other_key(self, event: QKeyEvent) -> bool:
        is_inside = holds_focus(self.bar, QApplication.focusWidget())
        if event.key() in _MODIFIERS or is_inside or not self._window.isActiveWindow():
            return False
        is_typed = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        return is_typed or event.text() not in _DIGITS

    # -- choosing --

    def _ask(self, run: Run) -> None:
        """Ask for the reason of a critical finding."""
        fact, addition = self._words(run)
        dialog = ReasonDialog(f"{fact}: {addition}", self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(partial(self._take, run))
        dialog.open()

    def _choose(self, reason: Reason) -> None:
        run = self.run
        if run is not None:
            self.close()
            self._take(run, reason)

    def _take(self, run: Run, reason: Reason) -> None:
        if reason is not Reason.OTHER:
            self._attach(run, reason)
            return
        finding = self._store.finding(next(iter(run.jobs)))
        if finding is None:
            return
        form = f"{comment_of(reason)} "
        seen = self._store.mask.finding(finding)
        send = partial(self._attach_text, run)
        dialog = CommentDialog(self._requests, seen, self._window, form=form, send=send)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _attach_text(self, run: Run, comment: str) -> None:
        """Send what was typed: a reason if it still has the form, else a comment."""
        found = reason_in(comment.strip())
        if found is not None:
            self._attach(run, *found)
        elif comment.strip():
            self.watch(self._requests.reasons.attach(_decided(run), None, comment))

    def _attach(self, run: Run, reason: Reason, text: str = "") -> None:
        self.watch(self._requests.reasons.attach(_decided(run), reason, text))
        fact = tr("Reason: {word}").format(word=word_of(reason))
        self._float(BarState(fact))
        self._timer.start(CHOSEN_MS)
        self.said.emit(fact)

    # -- what became of reasons --

    def watch(self, run: ReasonRun) -> None:
        """Show the progress of a reason in this window, and what was not saved."""
        self._own.append(run)
        self._follow()

    def note(self, finding_id: FindingId) -> WriteNote | None:
        """Return the note beside a row: of its decision, else of a reason that was not saved."""
        note = self._requests.decisions.note(finding_id)
        unsaved = self._requests.reasons.unsaved.get(finding_id)
        is_other = note is not None and note.state is not WriteState.SAVED
        if unsaved is None or unsaved.follows or is_other:
            return note
        state = WriteState.REFUSED
        return WriteNote(unsaved.what, unsaved.status, state, unsaved.error, is_reason=True)

    def retry(self, finding_ids: Sequence[FindingId]) -> None:
        """Send reasons again that were not saved."""
        run = self._requests.reasons.retry(finding_ids)
        if run is not None:
            self.watch(run)
        self._close_left()

    def _follow(self) -> None:
        if not self._news.isActive():
            self._news.start()

    def show_news(self) -> None:
        """Show how far reasons are, and the results of those that are over."""
        self._table.viewport().update()
        over = [run for run in self._own if run.is_over]
        self._own = [run for run in self._own if not run.is_over]
        unsaved = self._requests.reasons.unsaved
        if self._left and not any(each in unsaved for each in self._left):
            self._close_left()
        shown = self._detail.shown
        for run in over:
            self._show_result(run)
            if shown is not None and shown.id in run.jobs:
                self._detail.read_history(shown.id)
        running = next((run for run in self._own if run.total > 1 and run.settled), None)
        if running is not None:
            left_s, part = running.left_s(self._clock()), running.settled / running.total
            words = decision_text.reasons_running_words
            fact, more = words(running.result, running.held, left_s)
            self._closing.stop()
            self._findings.selection_bar.show_running(fact, more, part, running.cancel)

    def _show_result(self, run: ReasonRun) -> None:
        if run.total > 1:
            self._findings.selection_bar.show_instead(None)
        unsaved = self._requests.reasons.unsaved
        self._left = [each for each in run.left if each in unsaved and not unsaved[each].follows]
        saved = run.counts[WriteState.SAVED]
        if not self._left:
            if run.total > 1 and saved:
                fact = tr("%n reasons saved", "", saved, one="%n reason saved")
                close = BarAction(tr("Close"), self._clear_bar)
                self._findings.selection_bar.show_instead(BarState(fact, ends=(close,)))
                self._closing.start()
                self.said.emit(fact)
            return
        row = self._store.finding(self._left[0]) if run.total == 1 else None
        title = "" if row is None else title_text(self._store.mask.finding(row))
        errors = [unsaved[each].error for each in self._left]
        fact, consequence, lines = decision_text.unsaved_words(errors, title)
        left = list(self._left)
        actions: dict[str, Callable[[], object]] = {
            tr("Close"): partial(self._forget, left),
            tr("Show"): partial(self._select, left),
            tr("Retry"): partial(self.retry, left),
        }
        strip = self._findings.decisions
        strip.show_result(Mood.ATTENTION, "ui-warning", fact, consequence, lines, actions)
        self.said.emit(f"{fact} {consequence}".strip())

    def _forget(self, finding_ids: Sequence[FindingId]) -> None:
        self._requests.reasons.forget(finding_ids)
        self._close_left()

    def _close_left(self) -> None:
        if self._left:
            self._left = []
            self._findings.decisions.clear()

    def _clear_bar(self) -> None:
        self._closing.stop()
        self._findings.selection_bar.show_instead(None)


def _decided(run: Run) -> list[FindingId]:
    """Return the findings of a decision that have it, or may yet get it."""
    return [each.finding_id for each in run.jobs.values() if each.state not in _NOT_DECIDED]


_NOT_DECIDED = (WriteState.REFUSED, WriteState.UNSENT)


class UnreadReasons(QObject):
    """Counts the rows whose reasons are not loaded, in the foot of the table, and loads them.

    Only while the column with the reasons is shown, or the filter is about them.

    Args:
        window: Its owner.
    """

    def __init__(
        self, window: QWidget, store: Store, requests: Requests, findings: FindingsPane
    ) -> None:
        super().__init__(window)
        self._store, self._reasons, self._findings = store, requests.reasons, findings
        self._unread = 0
        self._work = IncrementalWork(self)
        self._rest = QTimer(self, singleShot=True, interval=COUNT_REST_MS)
        self._rest.timeout.connect(self._count)
        model = findings.model
        for signal in (
            model.counts_changed,
            findings.table_state.changed,
            findings.filter_state.changed,
        ):
            signal.connect(self._wake)
        leave = self._reasons.follow(self._wake)
        self.destroyed.connect(lambda: leave())  # noqa: PLW0108 - the signal brings an object
        findings.foot.reasons_requested.connect(self._take_request)

    @property
    def _is_wanted(self) -> bool:
        findings = self._findings
        is_shown = Column.REASON in findings.table.columns.shown
        return is_shown or findings.filter_state.filter.asks_for_reasons

    def command(self) -> Command:
        return Command(
            "load-reasons",
            tr("Load reasons"),
            self.load,
            group=Group.FINDINGS,
            obstacle=lambda: "" if any(self._found()) else tr("All reasons shown are loaded."),
        )

    def load(self) -> None:
        """Load the reasons of all shown rows, those in view first."""
        self._reasons.read(dict.fromkeys(self._found()))

    def _found(self) -> Iterator[FindingId]:
        """Yield the rows whose reasons are not loaded, those in view first."""
        table, model, known = self._findings.table, self._findings.model, self._store.reasons.known
        for row in chain(table.in_view(), model.in_order()):
            if known.is_unread(row):
                yield row.id

    def _take_request(self, is_wanted: bool) -> None:
        if is_wanted:
            self.load()
        else:
            self._reasons.stop_reading()

    def _wake(self) -> None:
        """Count soon: rows arrive and change in bursts."""
        if not self._rest.isActive():
            self._rest.start()

    def _count(self) -> None:
        self._work.run(self._counting(), self._show)

    def _counting(self) -> Iterator[None]:
        unread, known = 0, self._store.reasons.known
        for part in slices(self._findings.model.listing.rows if self._is_wanted else ()):
            unread += sum(map(known.is_unread, part))
            yield
        self._unread = unread

    def _show(self) -> None:
        error, loading = self._reasons.read_error, len(self._reasons.to_read)
        why = "" if error is None else decision_text.unread_words(error)
        shown = loading if self._is_wanted else 0
        self._findings.foot.show_reasons(self._unread, shown, why)

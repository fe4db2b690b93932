"""The strip above the findings: the worst problem of the scans in scope, and what helps."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_display import error_text
from heimdall_desktop.models.ticker import Clock, Now, Ticker
from heimdall_desktop.presentation.board.card_words import waits_in_vain
from heimdall_desktop.presentation.board.problems import problem_of, problems_of
from heimdall_desktop.presentation.board.scan_status import (
    CHANGES_SERVER,
    Mood,
    Problem,
    ProblemAction,
)
from heimdall_desktop.presentation.board.source_text import SourceNote, source_text
from heimdall_desktop.presentation.error_text import reason_text
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.widgets.controls import problem_strip
from heimdall_desktop.widgets.controls.key_names import copy_line, copy_text
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.controls.scan_marks import strip_of
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone


class ScanProblemStrip(problem_strip.ProblemStrip):
    """Follows the scope and the ticks; hidden when there is no problem.

    Of several problems it shows the worst; its link shows the next one.

    Args:
        clock: Our monotonic clock.
        now: The wall clock, in UTC.
    """

    sign_in_wanted = Signal(str)
    """Sign in to this server again."""
    request_failed = Signal(object)
    """A `HeimdallError`: a request made here failed."""
    all_passed = Signal()
    """After its last problem, those of other strips are requested."""

    def __init__(
        self, store: Store, ticker: Ticker, requests: Requests, clock: Clock, now: Now
    ) -> None:
        super().__init__()
        self.passed = self.all_passed
        self.setObjectName("scan_problem")
        self._store = store
        self._requests = requests
        self._clock = clock
        self._now = now
        self._scope: ScanId | None = None
        self._shown_problem: Problem | None = None
        self._turned_to: ScanId | None = None
        self.action_requested.connect(self._act)
        self.more_requested.connect(self._turn)
        ticker.changed.connect(self._refresh)
        ticker.second.connect(self._refresh)
        self._refresh()

    def set_scope(self, scan_id: ScanId | None) -> None:
        """Show the problems of one scan; None for all of them."""
        self._scope, self._turned_to = scan_id, None
        self._refresh()

    def _refresh(self) -> None:
        found = self._problems()
        turned_to = (each for each in found if each.scan_id == self._turned_to)
        self._shown_problem = next(turned_to, next(iter(found), None))
        strip = strip_of(self._shown_problem, max(len(found) - 1, 0))
        if strip is not None and self._requests.decisions.is_read_only:
            absent = {tr(action.value) for action in CHANGES_SERVER}
            strip = replace(strip, actions=tuple(a for a in strip.actions if a not in absent))
        self.show_problem(strip)

    def _problems(self) -> list[Problem]:
        """Return the problems in scope, the worst first."""
        clock_s, now, store = self._clock(), self._now(), self._store
        if self._scope is None and len(store) != 1:
            return problems_of(store, clock_s, now)
        scan = next(iter(store), None) if self._scope is None else store.scan(self._scope)
        if scan is None:
            return []
        usual, is_waiting = store.times.usual(scan), waits_in_vain(scan, store, now)
        found = problem_of(scan, clock_s, now, scan.attempt, usual, is_not_picked_up=is_waiting)
        return [] if found is None else [found]

    def _turn(self) -> None:
        """Show the next problem; after the last one, the worst again."""
        order, shown = [problem.scan_id for problem in self._problems()], self._shown_problem
        if shown is not None and shown.scan_id in order:
            self._turned_to = order[(order.index(shown.scan_id) + 1) % len(order)]
            self._refresh()
        if shown is None or len(order) < 2 or self._turned_to == order[0]:
            self.all_passed.emit()

    def _act(self, text: str) -> None:
        problem = self._shown_problem
        scan = self._store.scan(problem.scan_id) if problem else None
        if problem is None or scan is None:
            return
        match next(action for action in problem.actions if tr(action.value) == text):
            case ProblemAction.RETRY:
                for scan_id in problem.scan_ids:
                    self._requests.request_refresh(scan_id)
            case ProblemAction.SCAN_AGAIN:
                self._requests.scans.request_rescan(scan.id, self._take_answer)
            case ProblemAction.CANCEL | ProblemAction.CANCEL_AGAIN:
                self._requests.scans.request_cancel(scan.id, self._take_answer)
            case ProblemAction.STOP_WATCHING:
                self._requests.request_stop(scan.id)
            case ProblemAction.UNLOCK:
                self._requests.request_unlock(scan.server, self._take_answer)
            case ProblemAction.SIGN_IN | ProblemAction.SIGN_IN_ONCE:
                self.sign_in_wanted.emit(scan.server)
            case ProblemAction.COPY_ERROR:
                copy_line(error_text(scan))
            case ProblemAction.COPY_DETAILS:
                copy_text(_details(scan, problem))

    def _take_answer(self, error: HeimdallError | None) -> None:
        if error is not None:
            self.request_failed.emit(error)


def _details(scan: Scan, problem: Problem) -> str:
    """Return everything known about a problem, to be sent to support."""
    scans = [tr("Scan {id}").format(id=scan_id) for scan_id in problem.scan_ids]
    lines = (
        *scans,
        tr("Server {address}").format(address=scan.server),
        source_text(scan),
        problem.fact,
        problem.consequence,
        reason_text(scan.connection),
    )
    return "\n".join(dict.fromkeys(line for line in lines if line))


# The strip above findings whose server does not send everything, and what it does send.
#
# Source: look.md 5 (What a server doesn't report), picture 14; behaviour.md 2.6.


WHY = tr_noop("Why")
_CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
INSET_PX, LINE_GAP_PX, GLYPH_GAP_PX = 14, 9, 8


class SourceStrip(problem_strip.ProblemStrip):
    """Shown while some data is unavailable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source_strip")
        self._note: SourceNote | None = None
        self.action_requested.connect(self.explain)

    def show_note(self, note: SourceNote | None) -> None:
        """Show which data is known from which source; None hides the strip."""
        self._note = note
        if note is None:
            self.show_problem(None)
            return
        self.show_problem(
            problem_strip.StripText(Mood.CALM, "ui-info", note.fact, note.consequence, (WHY,))
        )

    def explain(self) -> SourceSheet | None:
        """List what the server sends and what it does not, below the strip."""
        if self._note is None:
            return None
        sheet = SourceSheet(self._note, self)
        end = self.width() - sheet.sizeHint().width()
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        sheet.move(self.mapToGlobal(QPoint(0 if is_mirrored else end, self.height())))
        sheet.show()
        sheet.setFocus(Qt.FocusReason.PopupFocusReason)
        return sheet


class SourceSheet(Pane):
    """What a server sends, each with a tick, and what it does not; a click outside closes it.

    Args:
        note: The listed items.
    """

    def __init__(self, note: SourceNote, parent: QWidget | None = None) -> None:
        edges = Edge.TOP | Edge.BOTTOM | Edge.START | Edge.END
        super().__init__(Ground.SURFACE, edges, is_strong=True, parent=parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("source_sheet")
        column = QVBoxLayout(self)
        inset = self._theme.scale(INSET_PX)
        column.setContentsMargins(inset, inset, inset, inset)
        column.setSpacing(self._theme.scale(LINE_GAP_PX))
        title = tr("What this server provides")
        column.addWidget(Label(title, Role.SMALL, Weight.SEMIBOLD))
        lines = [(line, "ui-check", Tone.TEXT) for line in note.provided]
        lines += [(line, "stage-skipped", Tone.MUTED) for line in note.missing]
        for line, icon, tone in lines:
            row = QHBoxLayout()
            row.setSpacing(self._theme.scale(GLYPH_GAP_PX))
            row.addWidget(IconMark(icon, tone=tone))
            row.addWidget(Label(line, Role.SMALL, tone=tone), 1)
            column.addLayout(row)
        rest = tr("The server doesn't offer the missing items.")
        column.addWidget(Label(rest, Role.SMALL, tone=Tone.MUTED))
        words = tr("Provided: {provided}. Not provided: {missing}.")
        self.setAccessibleName(title)
        self.setAccessibleDescription(
            words.format(provided=", ".join(note.provided), missing=", ".join(note.missing))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLOSING:
            self.close()
        else:
            super().keyPressEvent(event)

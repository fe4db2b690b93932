"""Dialogs about findings: a comment on one, and issues for all open ones of a scan."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.change import ActionMoved, Change
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.domain.facts.finding_action import FindingAction
from heimdall_desktop.domain.facts.reason import Reason
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.action_text import action_line, question
from heimdall_desktop.presentation.decision_text import REASON_KEYS, reason_choice
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import host_text, title_text
from heimdall_desktop.widgets.controls.buttons import DIALOG_PX, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame, QuestionDialog
from heimdall_desktop.widgets.controls.fields import ErrorLine
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.problem_strip import StripText
from heimdall_desktop.widgets.controls.text_labels import Paragraph
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone
from heimdall_desktop.widgets.window.problem_bar import ProblemBar

WIDTH_PX = 480
REASON_PX = 360
TEXT_PX = 140
SEND_KEYS = "Ctrl+Return"
TICK_MS = 1000
ALL = FindingAction.ALL_ISSUES


class CommentDialog(DialogFrame):
    """A comment on a finding; stays open with its text until the server has saved it.

    It is never resent automatically. Source: protocol.md 4.6, T-55, T-76.

    Args:
        requests: Sends it.
        finding: The finding to comment on; the first one of several.
        form: The text it starts with, that of a reason; "" for none.
        send: Takes the text in place of the server, and sends it later.
    """

    sent = Signal()
    """The server has saved it, or it was taken."""

    def __init__(
        self,
        requests: Requests,
        finding: Finding,
        parent: QWidget | None = None,
        *,
        form: str = "",
        send: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(tr("Comment"), WIDTH_PX, parent)
        self.setObjectName("comment-dialog")
        self._requests, self._finding_id, self._take = requests, finding.id, send
        self.column.addWidget(Paragraph(title_text(finding), Role.SMALL, tone=Tone.MUTED))
        self._text = QPlainTextEdit(form)
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.setObjectName("comment-text")
        self._text.setAccessibleName(tr("Comment"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self._theme.scale(TEXT_PX))
        self.column.addWidget(self._text)
        self._error = ErrorLine()
        self.column.addWidget(self._error)
        cancel = OutlineButton(tr("Cancel"), height_px=DIALOG_PX)
        cancel.clicked.connect(self.reject)
        self._send = PrimaryButton(tr("Send"))
        self._send.setObjectName("comment-send")
        self._send.clicked.connect(self._ask)
        QShortcut(QKeySequence(SEND_KEYS), self, self._ask)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(cancel)
        end.addWidget(self._send)
        self.add_end(end)
        self._text.setFocus()

    def _ask(self) -> None:
        def take_answer(error: HeimdallError | None) -> None:
            self._be_busy(is_busy=False)
            if error is None:
                self.sent.emit()
                self.accept()
            else:
                self._error.show_error(error)

        if self._take is not None:
            self._take(self._text.toPlainText())
            self.sent.emit()
            self.accept()
        elif self._send.isEnabled():
            self._error.clear()
            self._be_busy(is_busy=True)
            text = self._text.toPlainText()
            self._requests.scans.request_comment(self._finding_id, text, take_answer)

    def _be_busy(self, *, is_busy: bool) -> None:
        self._send.setEnabled(not is_busy)
        self._send.set_label(tr("Sending\u2026") if is_busy else tr("Send"))
        self._text.setReadOnly(is_busy)


class ReasonDialog(DialogFrame):
    """Asks why critical findings were closed, once they are; it can be skipped.

    Args:
        what: What was decided, and of which finding or of how many.

    Signals:
        chosen: the reason.
    """

    chosen = Signal(object)

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Reason"), REASON_PX, parent)
        self.setObjectName("reason-dialog")
        text = tr("It becomes a comment on the server, which can't be changed or deleted.")
        self.describe(f"{what} {text}")
        self.column.addWidget(Paragraph(what))
        self.column.addWidget(Paragraph(text, Role.SMALL, tone=Tone.MUTED))
        for reason, key in REASON_KEYS.items():
            label = f"{key}  {reason_choice(reason)}"
            button = named(OutlineButton(label, height_px=DIALOG_PX), f"reason-{reason.value}")
            button.clicked.connect(partial(self._choose, reason))
            QShortcut(QKeySequence(key), self, partial(self._choose, reason))
            self.column.addWidget(button)
        skip = named(OutlineButton(tr("Skip"), height_px=DIALOG_PX), "reason-skip")
        skip.setDefault(True)
        skip.clicked.connect(self.reject)
        self.add_buttons(None, skip)
        skip.setFocus()

    def _choose(self, reason: Reason) -> None:
        self.accept()
        self.chosen.emit(reason)


class AllIssues(QObject):
    """One instance per window.

    Args:
        store: the scans of the window.
        ticker: reports status changes of the requests.
        requests: sends requests to the server.
        bar: shows the status.
        window: owns the dialog.
    """

    def __init__(
        self, store: Store, ticker: Ticker, requests: Requests, bar: ProblemBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._store, self._actions = store, requests.actions
        self._bar, self._window = bar, window
        self._scans: set[ScanId] = set()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.setObjectName("all-issues-tick")
        self._tick.timeout.connect(self._show)
        ticker.changed.connect(self._follow)

    def obstacle(self, scan_id: ScanId | None) -> str:
        """Return why issues cannot be created for a scan's findings; "" if they can."""
        return tr("Select a scan.") if scan_id is None else self._actions.obstacle(scan_id, ALL)

    def ask(self, scan_id: ScanId | None) -> None:
        """Ask whether to create issues for all open findings of a scan."""
        scan = None if scan_id is None else self._store.scan(scan_id)
        if scan_id is None or scan is None or self.obstacle(scan_id):
            return
        asked = question(ALL, host_text(scan.server), self._store.name_of(scan_id))
        if asked is None:
            return
        words = (asked.doing, tr("Cancel"), asked.question, asked.consequence)
        dialog = QuestionDialog(*words, self._window, is_destructive=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._actions.request, scan_id, ALL))
        dialog.open()

    def _follow(self, changes: list[Change]) -> None:
        moved = {
            change.scan_id
            for change in changes
            if isinstance(change, ActionMoved) and change.subject == change.scan_id
        }
        if moved:
            self._scans |= moved
            self._show()

    def _show(self) -> None:
        """Show each scan's status; a running time updates each second."""
        is_any_under_way = False
        for scan_id in tuple(self._scans):
            state, key = self._actions.state(scan_id, ALL), f"issues {scan_id}"
            if state is None:
                self._scans.discard(scan_id)
                self._bar.clear(key)
                continue
            is_any_under_way |= state.is_under_way
            line = action_line(state, self._actions.elapsed_s(state))
            name = self._store.name_of(scan_id)
            strip = StripText(
                line.mood,
                line.icon,
                tr("{scan}: {fact}").format(scan=name, fact=line.fact),
                line.consequence,
                (line.leave,) if line.leave else (),
            )
            leave = partial(lambda scan_id, _action: self._actions.leave(scan_id, ALL), scan_id)
            self._bar.show_problem(key, strip, leave, is_dismissible=False)
        if not is_any_under_way:
            self._tick.stop()
        elif not self._tick.isActive():
            self._tick.start()

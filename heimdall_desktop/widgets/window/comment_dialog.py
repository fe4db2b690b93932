"""A comment on a finding: kept here until the server has it, and never resent automatically.

Source: heimdall-api.md 4.6, T-55, T-76.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import title_text
from heimdall_desktop.widgets.controls.buttons import DIALOG_PX, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.fields import ErrorLine
from heimdall_desktop.widgets.controls.labels import Paragraph
from heimdall_desktop.widgets.look.theme import Role
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX = 480
TEXT_PX = 140
SEND_KEYS = "Ctrl+Return"


class CommentDialog(DialogFrame):
    """Stays open with its text until the server has saved it or the user discards it.

    Args:
        requests: Sends it.
        finding: The finding to comment on.
        parent: The window it belongs to.
    """

    sent = Signal()
    """The server has saved it."""

    def __init__(self, requests: Requests, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(tr("Comment"), WIDTH_PX, parent)
        self.setObjectName("comment-dialog")
        self._requests, self._finding_id = requests, finding.id
        self.column.addWidget(Paragraph(title_text(finding), Role.SMALL, tone=Tone.MUTED))
        self._text = QPlainTextEdit()
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
        if self._send.isEnabled():
            self._error.clear()
            self._be_busy(is_busy=True)
            text = self._text.toPlainText()
            self._requests.scans.request_comment(self._finding_id, text, self._answer)

    def _answer(self, error: HeimdallError | None) -> None:
        self._be_busy(is_busy=False)
        if error is None:
            self.sent.emit()
            self.accept()
        else:
            self._error.show_error(error)

    def _be_busy(self, *, is_busy: bool) -> None:
        self._send.setEnabled(not is_busy)
        self._send.set_label(tr("Sending\u2026") if is_busy else tr("Send"))
        self._text.setReadOnly(is_busy)

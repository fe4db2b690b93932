"""The dialog that adds scans: by links and ids, from a local folder, or as the demo.

Source: design picture 4b.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.application.requests import Requests
from heimdall_desktop.domain.errors import HeimdallError, LinkError
from heimdall_desktop.domain.scan_link import ScanLink, scan_links
from heimdall_desktop.widgets.buttons import (
    DIALOG_PX,
    GhostButton,
    GhostIconButton,
    OutlineButton,
    PrimaryButton,
)
from heimdall_desktop.widgets.dialog_frame import DialogFrame
from heimdall_desktop.widgets.error_line import ErrorLine
from heimdall_desktop.widgets.icon_mark import IconMark
from heimdall_desktop.widgets.labels import Label, Paragraph
from heimdall_desktop.widgets.links_field import LinksField
from heimdall_desktop.widgets.local_start import LocalStart
from heimdall_desktop.widgets.theme import Role, Theme, Weight
from heimdall_desktop.widgets.tokens import Tone

WIDTH_PX = 640
TEXT_LIMIT = 100_000  # characters; more is no list of links and only costs time
EXAMPLE = "https://heimdall.example.org/scans/\u2026"


class AddScans(DialogFrame):
    """Closes itself, accepted, once the scans are watched; stays with the error otherwise.

    Args:
        theme: The look.
        requests: Who watches.
        parent: The window it belongs to.
    """

    def __init__(self, theme: Theme, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Add scans", WIDTH_PX, parent)
        self._theme, self._requests = theme, requests
        self._attempt = 0
        self._is_busy = False
        self._links: tuple[ScanLink, ...] = ()
        self._field = LinksField(theme, "Scan links or ids", EXAMPLE, self)
        self._field.edit.setObjectName("add-text")
        self._field.edit.textChanged.connect(self._check)
        self._field.submitted.connect(self.submit)
        self._mark = IconMark(theme, "ui-check", 16, Tone.ACCENT, self)
        self._verdict = Paragraph(theme, "", Role.SMALL, parent=self)
        self._verdict.setObjectName("add-verdict")
        self._error = ErrorLine(theme, self)
        self._error.setObjectName("add-error")
        self._local = LocalStart(requests, self)
        self._local.began.connect(self._begin_local)
        self._local.ended.connect(self._end_local)
        self._make_buttons()
        self._lay_out()
        self._check()

    def suggest(self, text: str) -> None:
        """Put a text into the field, such as what was dropped on the window."""
        self._field.edit.setPlainText(text)
        self._field.edit.moveCursor(QTextCursor.MoveOperation.End)

    def submit(self) -> None:
        """Watch what the field names; nothing happens while it names nothing."""
        if self._is_busy or not self._links:
            return
        attempt = self._begin("Adding\u2026")
        text = self._field.edit.toPlainText()
        self._requests.request_watch(text, lambda error: self._end(attempt, error))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int) -> None:
        """Close; an answer that comes later belongs to nobody."""
        self._attempt += 1
        self._set_busy(False)
        super().done(result)

    def _check(self) -> None:
        """Say at once what the text names, or what is wrong with it."""
        self._error.clear()
        text = self._field.edit.toPlainText()
        try:
            self._links = _found(text) if text.strip() else ()
        except LinkError as error:
            self._links = ()
            self._say(str(error), is_mistake=True)
        else:
            self._say(_summary(self._links), is_mistake=False)
        self._name_button()

    def _say(self, text: str, *, is_mistake: bool) -> None:
        self._field.set_mistake(is_mistake)
        self._verdict.setText(text)
        self._verdict.set_tone(Tone.FAILED if is_mistake else Tone.TEXT)
        tone = Tone.FAILED if is_mistake else Tone.ACCENT
        self._mark.show_icon("ui-warning" if is_mistake else "ui-check", tone)
        self._mark.setVisible(bool(text))

    def _begin(self, label: str) -> int:
        self._attempt += 1
        self._error.clear()
        self._set_busy(True)
        self._watch.set_label(label)
        return self._attempt

    def _end(self, attempt: int, error: HeimdallError | None) -> None:
        if attempt != self._attempt:
            return
        self._set_busy(False)
        if error is None:
            self.accept()
        else:
            self._error.show_error(error)

    def _begin_local(self, sentence: str) -> None:
        self._begin(sentence)

    def _end_local(self, error: HeimdallError | None) -> None:
        self._end(self._attempt, error)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        for part in (self._field, self._folder, self._demo):
            part.setEnabled(not is_busy)
        self._name_button()

    def _name_button(self) -> None:
        count = len(self._links)
        self._watch.set_label(f"Watch {_counted(count, 'scan')}" if count else "Watch")
        self._watch.setEnabled(bool(count) and not self._is_busy)

    def _make_buttons(self) -> None:
        theme = self._theme
        self._close = GhostIconButton(theme, "ui-close", "Close", parent=self)
        self._close.setObjectName("add-close")
        self._close.clicked.connect(self.reject)
        self._folder = GhostButton(theme, "Scan a local folder", icon="ui-folder", parent=self)
        self._folder.setObjectName("add-folder")
        self._folder.clicked.connect(self._local.choose_folder)
        self._demo = GhostButton(theme, "Play the demo", icon="ui-demo", parent=self)
        self._demo.setObjectName("add-demo")
        self._demo.clicked.connect(self._local.play_demo)
        self._cancel = OutlineButton(theme, "Cancel", height_px=DIALOG_PX, parent=self)
        self._cancel.setObjectName("add-cancel")
        self._cancel.clicked.connect(self.reject)
        self._watch = PrimaryButton(theme, "Watch", parent=self)
        self._watch.setObjectName("add-watch")
        self._watch.clicked.connect(self.submit)

    def _lay_out(self) -> None:
        theme, scale = self._theme, self._theme.scale
        label = Label(theme, "Scan links or ids, one or many", Role.SMALL, Weight.MEDIUM)
        outcome = QHBoxLayout()
        outcome.setSpacing(scale(6))
        outcome.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        outcome.addWidget(self._verdict, 1)
        end = QHBoxLayout()
        end.setSpacing(scale(8))
        end.addWidget(self._folder)
        end.addWidget(self._demo)
        end.addStretch(1)
        end.addWidget(self._cancel)
        end.addWidget(self._watch)
        self.add_to_heading(self._close)
        self.column.addSpacing(scale(6))
        self.column.addWidget(label)
        self.column.addWidget(self._field)
        self.column.addLayout(outcome)
        self.column.addWidget(self._error)
        self.column.addStretch(1)
        self.add_end(end)


def _found(text: str) -> tuple[ScanLink, ...]:
    if len(text) > TEXT_LIMIT:
        raise LinkError("That is too long to be a list of links.", "Paste the links alone.")
    return scan_links(text)


def _summary(links: tuple[ScanLink, ...]) -> str:
    scans = sum(link.scan_id is not None for link in links)
    findings = len(links) - scans
    if not findings:
        return f"{_counted(scans, 'scan')} found" if scans else ""
    of_findings = f"the {'scan' if findings == 1 else 'scans'} of {_counted(findings, 'finding')}"
    return (
        f"{_counted(scans, 'scan')} found, and {of_findings}" if scans else f"Found {of_findings}"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"

"""The field for links and what they lead to: parsed at once, then looked up on the server.

The lookup waits until typing pauses; a response for a text that has changed since is dropped.
Source: design picture 4b; behaviour.md 2.6.
"""

import math
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from heimdall_desktop.application.base.tasks import CallOff
from heimdall_desktop.application.discovery.discovery import NAMED_LIMIT, Discovery, Named
from heimdall_desktop.domain.facts.errors import (
    HeimdallError,
    LinkError,
    NotVisible,
    Reason,
    SignInNeeded,
)
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan_link import ScanLink, TextPart
from heimdall_desktop.models.discovery_model import Watches
from heimdall_desktop.presentation.board.found_scans import summary
from heimdall_desktop.presentation.error_text import cause, remedy, word_reason
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.fields import FORM_PX, FieldFrame
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label, Paragraph
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

TEXT_LIMIT = 100_000  # characters; more is no list of links and only costs time
PAUSE_MS = 400
EXAMPLE = "https://heimdall.example.org/scans/\u2026"

MAX_LINES = 6
SPARE_PX = 1  # if lines fill the height to the pixel, Qt shows a scroll bar


class LinksField(FieldFrame):
    """Return submits, Shift and Return start a line, Tab leaves. The text is in `edit`.

    Signals:
        submitted: Return was pressed.
    """

    submitted = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(icon="ui-link", height_px=FORM_PX, parent=parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # like all addresses
        self.edit = QPlainTextEdit(self)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setTabChangesFocus(True)
        option = QTextOption(self.edit.document().defaultTextOption())
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        self.edit.document().setDefaultTextOption(option)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.viewport().setAutoFillBackground(False)
        self.edit.document().setDocumentMargin(0)
        self.edit.textChanged.connect(self._fit)
        self.set_input(self.edit)
        self._fit()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        lines = min(MAX_LINES, self.edit.document().blockCount())
        return QSize(hint.width(), hint.height() + (lines - 1) * self._line_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return super().eventFilter(watched, event)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.edit.insertPlainText("\n")  # Qt's own would be a break within the paragraph
        else:
            self.submitted.emit()
        return True

    def _fit(self) -> None:
        """Follow the number of lines; scroll only if they do not fit."""
        is_full = self.edit.document().blockCount() > MAX_LINES
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if is_full else policy.ScrollBarAlwaysOff
        self.edit.setVerticalScrollBarPolicy(bar)
        self.updateGeometry()

    def _line_height(self) -> int:
        return math.ceil(self._theme.metrics().lineSpacing())

    def _dress(self) -> None:
        super()._dress()
        room = max(0, self._theme.scale(FORM_PX) - 4 - self._line_height())
        below = room - room // 2 - SPARE_PX
        self.edit.setViewportMargins(0, room // 2, 0, max(0, below))


class LinkLookup(QWidget):
    """Shows what a pasted text leads to.

    Signals:
        changed: the text names other scans now, or more is known about them.
    """

    changed = Signal()

    def __init__(
        self, discovery: Discovery, watches: Watches, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._discovery, self._watches = discovery, watches
        self._parts: dict[ScanLink, TextPart] = {}
        self._mistakes: list[tuple[TextPart, HeimdallError]] = []
        self._named = Named({}, {})
        self._call_off: CallOff = lambda: None
        self.field = LinksField(tr("Scan links or IDs"), EXAMPLE, self)
        self.field.edit.setObjectName("add-text")
        self.field.edit.textChanged.connect(self._check)
        self._mark = IconMark("ui-check", 16, Tone.ACCENT, self)
        self._verdict = named(Paragraph("", Role.SMALL, parent=self), "add-verdict")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        theme = theme_of(self)
        outcome = QHBoxLayout()
        outcome.setSpacing(theme.scale(6))
        outcome.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        outcome.addWidget(self._verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.scale(6))
        column.addWidget(Label(tr("Scan links or IDs, one or more"), Role.SMALL, Weight.MEDIUM))
        column.addWidget(self.field)
        column.addLayout(outcome)
        self._check()

    @property
    def text(self) -> str:
        return self.field.edit.toPlainText()

    @property
    def links(self) -> tuple[ScanLink, ...]:
        """The links in the text, except those the server is known to refuse."""
        return tuple(link for link in self._parts if link not in self._named.refused)

    @property
    def new_scans(self) -> frozenset[str]:
        """What is not watched yet: scans by id, or findings while their scan is unknown."""
        new = set()
        for link in self.links:
            found = self._named.found.get(link)
            scan_id = found.scan_id if found else link.scan_id or link.finding_id or ""
            if not self._watches(found.server if found else link.server, ScanId(scan_id)):
                new.add(scan_id)
        return frozenset(new)

    @property
    def sign_in_at(self) -> str | None:
        """The server to sign in to for the rest, "" for any; None if not needed."""
        errors = (error for _part, error in self._mistakes)
        return next((each.server for each in errors if isinstance(each, SignInNeeded)), None)

    def suggest(self, text: str) -> None:
        """Put a text into the field, such as one dropped on the window."""
        self.field.edit.setPlainText(text)
        self.field.edit.moveCursor(QTextCursor.MoveOperation.End)

    def leave(self, refused: Sequence[tuple[str, HeimdallError]]) -> None:
        """Keep the refused words in the field; the caller shows the reasons until it changes.

        Args:
            refused: each word and the reason.
        """
        reasons = dict(refused)
        self.suggest("\n".join(reasons))
        self._pause.stop()
        words = ((link, reasons.get(part.text)) for link, part in self._parts.items())
        unseen = {link: error for link, error in words if isinstance(error, NotVisible)}
        self._named = Named({}, unseen)
        self._show_verdict("", tone=Tone.FAILED)
        self.changed.emit()

    def take_keyboard(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        self._pause.stop()
        self._call_off()

    def _check(self) -> None:
        """Show at once what the text names and what is wrong with it."""
        self.stop()
        self._named = Named({}, {})
        parts: tuple[TextPart, ...] = (TextPart("", None, LinkError(Reason.TEXT_TOO_LONG)),)
        if len(self.text) <= TEXT_LIMIT:
            parts = self._discovery.read_text(self.text)
        self._parts = {part.link: part for part in parts if part.link is not None}
        self._mistakes = [(part, part.error) for part in parts if part.error is not None]
        self._show_names("")
        if self._parts:
            self._pause.start()
        self.changed.emit()

    def _look_up(self) -> None:
        self._call_off = self._discovery.request_named(tuple(self._parts), self._show_named)

    def _show_named(self, named: Named | HeimdallError) -> None:
        if isinstance(named, HeimdallError):
            words = tr("{fact}, but loading failed: {cause}")
            sentence = words.format(fact=_count_text(self.links), cause=cause(named))
            self._show_verdict(sentence, "ui-info", Tone.MUTED)
            return
        self._named = named
        found = tuple({scan.address: scan for scan in named.found.values()}.values())
        names = summary(found)
        if len(found) == 1 and self._watches(found[0].server, found[0].scan_id):
            names = tr("{name}, already watched").format(name=found[0].repo.name)
        if found and len(self._parts) > NAMED_LIMIT:
            names = tr("{names} and others").format(names=names)
        self._show_names(names)
        self.changed.emit()

    def _show_names(self, names: str) -> None:
        """Show the number and names of the scans, and what is wrong with the rest of the text."""
        fact = _count_text(self.links)
        sentence = f"{fact}: {names}" if names and fact else fact
        refused = [(self._parts[link], error) for link, error in self._named.refused.items()]
        errors = [*self._mistakes, *refused]
        if not errors:
            self._show_verdict(sentence)
            return
        (first, error), more = errors[0], len(errors) - 1
        words = (
            f"{sentence}." if sentence else "",
            word_reason(first.text, error),
            "" if sentence or more else remedy(error),
            tr("And %n more.", "", more) if more else "",
        )
        self._show_verdict(" ".join(filter(None, words)), "ui-warning", Tone.FAILED)

    def _show_verdict(self, text: str, icon: str = "ui-check", tone: Tone = Tone.ACCENT) -> None:
        self.field.set_mistake(tone is Tone.FAILED)
        self._verdict.setText(text)
        self._verdict.set_tone(Tone.TEXT if tone is Tone.ACCENT else tone)
        self._mark.show_icon(icon, tone)
        self._mark.setVisible(bool(text))


def _count_text(links: tuple[ScanLink, ...]) -> str:
    count = sum(link.scan_id is not None for link in links)
    findings = len(links) - count
    if not findings:
        return tr("%n scans found", "", count, one="%n scan found") if count else ""
    if not count:
        return tr("Found the scans of %n findings", "", findings, one="Found the scan of 1 finding")
    words = tr(
        "Found {scans} and the scans of %n findings",
        "",
        findings,
        one="Found {scans} and the scan of %n finding",
    )
    return words.format(scans=tr("%n scans", "", count, one="%n scan"))


# Items dropped on the window: links to scans, local folders to scan, recordings to play.


RECORDING_SUFFIX = ".jsonl"
_WEB = ("http", "https")


class Dropped(Struct, frozen=True):
    """The usable part of a drop.

    Attributes:
        links: web addresses, one per line; "" if there are none.
        folders: existing local folders.
        recordings: local files with the name of a recording.
    """

    links: str
    folders: tuple[Path, ...] = ()
    recordings: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.links or self.folders or self.recordings)


def read_drop(data: QMimeData) -> Dropped:
    """Return the usable part of a list of addresses; ignore everything else."""
    urls = data.urls() if data.hasUrls() else []
    links = [url.toString() for url in urls if url.scheme() in _WEB]
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return Dropped(
        "\n".join(links),
        tuple(path for path in paths if path.is_dir()),
        tuple(path for path in paths if path.suffix == RECORDING_SUFFIX and path.is_file()),
    )


def take_drop(event: QDropEvent) -> Dropped:
    """Accept a drop as a copy, else as a link, and return the usable part.

    Never as a move: a file manager deletes moved files. Findings dragged from this window are not
    accepted.
    """
    dropped = read_drop(event.mimeData()) if event.source() is None else Dropped("")
    offered, actions = event.possibleActions(), Qt.DropAction
    action = actions.CopyAction if offered & actions.CopyAction else actions.LinkAction
    if not dropped or not offered & action:
        event.ignore()
        return Dropped("")
    event.setDropAction(action)
    event.accept()
    return dropped

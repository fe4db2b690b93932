"""The history of a finding, oldest first: the server's audit, and the changes seen.

Reading waits a moment, so that moving through the table by key does not request every row passed.
"""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible
from heimdall_desktop.domain.facts.finding import Finding, FindingEvent, one_line
from heimdall_desktop.domain.facts.readings import SeenChange
from heimdall_desktop.domain.facts.server import id_on_server
from heimdall_desktop.models.incremental_work import IncrementalWork
from heimdall_desktop.presentation.detail.finding_text import HistoryLine, history_lines
from heimdall_desktop.presentation.error_text import error_text, manual_entry
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.presentation.labels import UNKNOWN, severity_word, stage_in_text
from heimdall_desktop.presentation.time_text import full_words, second_text
from heimdall_desktop.widgets.controls import text_labels
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, HelpLink, LinkButton, OutlineButton
from heimdall_desktop.widgets.controls.dialog_frame import ask_to_open, host_of, web_address
from heimdall_desktop.widgets.controls.pane import Column, named
from heimdall_desktop.widgets.controls.wrapped_label import Run, TextBlock, WrappedLabel
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

REST_MS = 250  # a row passed by key is left sooner than that
AGAIN_MS = 15_000  # delay before a failed reading is retried (T-56)
ENTRIES_AT_ONCE = 20  # more of them block the window
ENTRY_LIMIT = 200  # newest entries shown; the listing has no pages (protocol.md 4.6)

CHANGE_LINES = 3


class HistoryEntry(Column):
    """Shows one audit entry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(2, parent)
        self._change = named(WrappedLabel(Role.SMALL, 18, CHANGE_LINES, self), "change")
        self._moment = text_labels.Label(
            "", Role.SMALL, tone=Tone.MUTED, is_tabular=True, parent=self
        )
        self._moment.setObjectName("moment")
        self._comment: TextBlock | None = None  # few have one, and the widget is large
        self._link: LinkButton | None = None
        self._page = ""
        self._who = named(text_labels.Label("", Role.SMALL, tone=Tone.MUTED, parent=self), "who")
        top = QHBoxLayout()
        top.addWidget(self._change, 1)
        top.addWidget(self._moment)
        self.column.addLayout(top)
        self.column.addWidget(self._who)
        self.keep_spaces(top, gap=8)

    def show_line(self, line: HistoryLine) -> None:
        self._change.show_runs(Run(line.heading, Weight.SEMIBOLD), Run(f"  {line.change}".rstrip()))
        self._moment.setText(text_labels.short_moment(line.at))
        text_labels.show_tip(self._moment, full_words(line.at))
        seen = tr("{who}, seen while watching").format(who=line.who)
        self._who.setText(seen if line.is_seen else line.who)
        if line.comment and self._comment is None:
            self._comment = named(TextBlock(parent=self), "comment")
            self.column.addWidget(self._comment)
        if self._comment is not None:
            self._comment.set_text(line.comment, tr("Comment"))
            self._comment.setVisible(bool(line.comment))
        url = web_address(line.page)  # of what was created
        self._page = line.page
        if url is not None and self._link is None:
            self._link = named(LinkButton(parent=self, is_inline=True), "history-page")
            self._link.clicked.connect(lambda: ask_to_open(self, self._page))
            self.column.insertWidget(2, self._link)
        if self._link is not None:
            self._link.setVisible(url is not None)
            name = "" if url is None else tr("Open on {host}\u2026").format(host=host_of(url))
            self._link.set_label(name)


class HistoryView(Column):
    """Reads and shows the audit entries of one finding.

    Signals:
        counted: how many entries there are; -1 while that is not known.
    """

    counted = Signal(int)
    events_read = Signal(object)

    def __init__(self, requests: Requests) -> None:
        super().__init__(10)
        self._requests = requests
        self._finding: Finding | None = None
        self._requested_for: Finding | None = None
        self._changes: tuple[SeenChange, ...] = ()
        self._earlier: HistoryLine | None = None
        self._events: tuple[FindingEvent, ...] | None = None  # None before the first response
        self._rows: list[HistoryEntry] = []
        self._filling = IncrementalWork(self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.read)
        self._later = named(QTimer(self, singleShot=True, interval=AGAIN_MS), "history-later")
        self._later.timeout.connect(self.retry)
        self._state = text_labels.Paragraph("", Role.SMALL, tone=Tone.MUTED, parent=self)
        self._state.setObjectName("history-state")
        self._retry = OutlineButton(tr("Retry"), height_px=SMALL_PX, parent=self)
        self._retry.setObjectName("history-again")
        self._retry.clicked.connect(self.read)
        self._help = HelpLink(self, is_inline=True)
        self.column.addWidget(self._state)
        self.column.addWidget(self._help)
        self.column.addWidget(self._retry)
        self.column.addStretch(1)

    def show_finding(self, finding: Finding | None, changes: tuple[SeenChange, ...] = ()) -> None:
        """Show the history of a finding; for a newer version of the same, reload it silently."""
        known = self._finding
        self._changes = changes
        if finding == known:
            return
        self._finding = finding
        if finding is None or known is None or known.id != finding.id:
            self._rest.stop()
            self._later.stop()
            self._requested_for = None
            self._events = None
            self._show_entries(())
            self._show_state(tr("Loading history\u2026"))
            self.counted.emit(-1)
        if finding is not None:
            self._rest.start()

    def read(self) -> None:
        self._rest.stop()
        self._later.stop()
        finding = self._finding
        if finding is None:
            return
        self._requested_for = finding
        if not self._events:
            self._show_state(tr("Loading history\u2026"))
        self._requests.scans.request_events(
            finding.id, lambda answer: self._apply_answer(finding, answer)
        )

    def _apply_answer(
        self, finding: Finding, answer: tuple[FindingEvent, ...] | HeimdallError
    ) -> None:
        if finding is not self._requested_for:
            return
        if not isinstance(answer, HeimdallError):
            self._events = answer
        count = self._show_lines()
        if isinstance(answer, HeimdallError):
            # seen changes, which are known without the server, are still useful
            notes = [tr("Couldn't load the history. {error}").format(error=error_text(answer))]
            if self._events:
                notes.append(tr("The entries shown may be out of date."))
            elif count:
                notes.append(tr("Changes seen while watching are shown below."))
            self._show_state(" ".join(notes), answer)
            if not isinstance(answer, NotVisible):
                self._later.start(AGAIN_MS)
            self.counted.emit(count or -1)
            return
        self._show_state("" if count or self._earlier else tr("No changes yet."))
        if count > ENTRY_LIMIT:
            words = tr("Showing the newest {shown} entries; {older} older ones are left out.")
            self._show_state(words.format(shown=ENTRY_LIMIT, older=grouped(count - ENTRY_LIMIT)))
        self.counted.emit(count)
        self.events_read.emit(answer)

    def mark_earlier(self, line: HistoryLine | None) -> None:
        """Show a decision of an earlier scan among the entries; None shows none."""
        if line != self._earlier:
            self._earlier = line
            if self._events is not None:
                self._show_lines()

    def _show_lines(self) -> int:
        """Show the newest entries, and return how many there are without that of another scan."""
        lines = history_lines(self._events or (), self._changes)
        every = lines if self._earlier is None else (self._earlier, *lines)
        self._show_entries(tuple(sorted(every, key=lambda line: line.at))[-ENTRY_LIMIT:])
        return len(lines)

    def _show_entries(self, entries: tuple[HistoryLine, ...]) -> None:
        filling = self._fill(entries)
        next(filling)
        self._filling.run(filling, lambda: None)

    def _fill(self, entries: tuple[HistoryLine, ...]) -> Iterator[None]:
        for row in self._rows[len(entries) :]:
            row.hide()
        for start in range(0, max(len(entries), 1), ENTRIES_AT_ONCE):
            self.column.setEnabled(False)  # otherwise each new row causes a full layout
            try:
                for number in range(start, min(start + ENTRIES_AT_ONCE, len(entries))):
                    if number == len(self._rows):
                        row = named(HistoryEntry(self), f"history-{number}")
                        self._rows.append(row)
                        self.column.insertWidget(self.column.count() - 1, row)
                    self._rows[number].show_line(entries[number])
                    self._rows[number].show()
            finally:
                self.column.setEnabled(True)
                self.column.activate()
            yield

    def retry(self) -> None:
        """Retry a failed reading at once if it is visible; else once it is."""
        if self._retry.isVisible():
            self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._retry.isVisibleTo(self):
            self._later.start(REST_MS)

    def _show_state(self, text: str, error: HeimdallError | None = None) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))
        self._help.show_entry(manual_entry(error))
        self._retry.setVisible(error is not None)


def line_range(finding: Finding) -> str:
    first, last = finding.lines
    return str(first) if first == last else f"{first}\u2013{last}"


def announced_rows(
    finding: Finding, scan_name: str, now: datetime
) -> tuple[tuple[str, str, bool], ...]:
    """Return label, value and whether it is known, of a finding that was only announced."""
    at = finding.created_at
    moment, stage = second_text(at, now), finding.announced_in
    if stage:
        label = stage_in_text(stage)
        moment = tr("{moment}, in stage {stage}").format(moment=moment, stage=label)
    severity = tr("{severity}, not verified").format(severity=severity_word(finding))
    unknown = tr(UNKNOWN)
    rows = (
        (tr("Severity"), severity, True),
        (tr("Announced"), moment, True),
        (tr("Scan"), one_line(scan_name), True),
        (tr("Location"), unknown, False),
        (tr("Code and reasoning"), unknown, False),
        (tr("Status"), tr("{unknown}, can't be changed here").format(unknown=unknown), False),
    )
    return tuple(row for row in rows if row[1])


def field_rows(finding: Finding, scan_name: str) -> tuple[tuple[str, str], ...]:
    """Return label and value of every short field that has a value, the server's own words."""
    rows = (
        (tr("Title"), finding.title),
        (tr("Severity"), finding.severity_text),
        (tr("Status"), finding.status_text),
        (tr("Confidence"), finding.confidence_text),
        (tr("Source"), finding.source_text),
        (tr("Found in stage"), finding.stage),
        (tr("CWE"), finding.cwe_text or ""),
        (tr("CVE"), finding.cve_id or ""),
        (tr("File"), finding.file_path),
        (tr("Lines"), line_range(finding)),
        (tr("Fix type"), finding.fix_type or ""),
        (tr("Proof of concept"), tr("confirmed") if finding.poc_validated else ""),
        (tr("First seen"), full_words(finding.created_at)),
        (tr("Last changed"), full_words(finding.updated_at)),
        (tr("Scan"), scan_name),
        (tr("Finding ID"), id_on_server(finding.id)),
        (tr("Scan ID"), id_on_server(finding.scan_id)),
        (tr("Repository ID"), finding.repo_id),
        (tr("Fingerprint"), finding.fingerprint),
    )
    return tuple((label, value) for label, value in rows if value)

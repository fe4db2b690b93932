"""Exports the findings of a table: opens the dialog, starts writing, and reports the progress.

Source: look.md 10, picture 13.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QMimeData, QObject, QRectF, QStandardPaths, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent

from heimdall_desktop.application.memory.preferences import WindowMemory
from heimdall_desktop.application.output.exporting import ExportUnderWay
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.domain.facts.finding import Finding, one_line
from heimdall_desktop.domain.table.order import Column
from heimdall_desktop.models.incremental_work import IncrementalWork
from heimdall_desktop.presentation.export import formats
from heimdall_desktop.presentation.export.contents import Contents, Format, Writer
from heimdall_desktop.presentation.export.handover import WRITERS as HANDOVER_WRITERS
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import DIALOG_PX, OutlineButton, PrimaryButton
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.key_names import copy_exactly, copy_line, copy_text
from heimdall_desktop.widgets.controls.pane import alert, named
from heimdall_desktop.widgets.controls.text_labels import IconMark, Label, Paragraph
from heimdall_desktop.widgets.export.export_dialog import ExportDialog, Offer, Wanted
from heimdall_desktop.widgets.export.handover_dialog import HandoverDialog
from heimdall_desktop.widgets.export.pdf_report import pdf_pieces
from heimdall_desktop.widgets.findings.column_plan import columns_of
from heimdall_desktop.widgets.findings.findings_pane import FindingsPane
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX, BAR_PX = 400, 4
PROGRESS_AFTER_MS = 500  # a file finished sooner needs no progress
BEAT_MS = 100
AT_ONCE = 500  # rows copied in one turn: about 20 ms
FOLDER, FORM = "export-folder", "export-form"  # the window's remembered choices
ALL_WRITERS: dict[Format, Writer] = {**formats.WRITERS, Format.PDF: pdf_pieces}


class Exporter(QObject):
    """Owns the running export of one window, one file at a time.

    Args:
        memory: Remembers folder and form.
    """

    def __init__(
        self,
        window: QtWidgets.QWidget,
        pane: FindingsPane,
        requests: Requests,
        memory: WindowMemory,
    ) -> None:
        super().__init__(window)
        self.setObjectName("exporter")
        self._window, self._pane = window, pane
        self._exports, self._memory = requests.exports, memory
        self._outcome: ExportOutcome | None = None
        self._copying = IncrementalWork(self)

    def ask(self) -> None:
        """Ask what to export of the shown findings, unless a file is being written."""
        if not self._may_ask():
            return
        model, filter_text = self._pane.model, self._pane.filter_state.valid_text
        every = tr("all findings in scope") if not model.hidden else ""
        shown = self._offer(tr("Shown rows"), one_line(filter_text) or every, model.in_order())
        chosen = self._chosen()
        self._open_dialog([shown, chosen] if chosen.contents.findings else [shown])

    def ask_handover(self) -> None:
        """Ask since when decisions are handed over, unless a file is being written."""
        if self._may_ask():
            self._open_handover()

    def _may_ask(self) -> bool:
        """Return whether something can be written now; show what is being written."""
        if self._pane.model.mask.obstacle:
            return False
        if self._outcome is not None and self._outcome.is_writing:
            self._outcome.open()
            return False
        return True

    def _open_handover(self) -> HandoverDialog:
        form = Format.MARKDOWN if self._memory.text(FORM) == Format.MARKDOWN.value else Format.HTML
        make = self._exports.handovers(list(self._pane.scan_ids))
        dialog = HandoverDialog(
            make, self._exports.started_at, self._exports.now(), self._folder(), form, self._window
        )
        self._show(dialog, HANDOVER_WRITERS, self._open_handover)
        return dialog

    def copy_csv(self) -> None:
        self._copy_as(formats.copied_csv)

    def copy_markdown(self) -> None:
        self._copy_as(formats.markdown_table)

    def dragged(self) -> QMimeData:
        """Return the selected findings for other programs: as table, CSV and links."""
        data = QMimeData()
        if self._pane.model.mask.obstacle:
            return data
        contents = self._chosen().contents
        data.setText("".join(formats.markdown_table(contents)))
        data.setData("text/csv", "".join(formats.copied_csv(contents)).encode())
        links = [QUrl(link) for link in map(contents.link, contents.findings) if link]
        if links:
            data.setUrls(links)
        return data

    def _copy_as(self, pieces: Callable[[Contents], Iterator[str]]) -> None:
        """Copy at once, or for many rows one piece in each turn of the loop."""
        if self._pane.model.mask.obstacle:
            return
        contents, text = self._chosen().contents, list[str]()

        def slices() -> Iterator[None]:
            for piece in pieces(contents):
                text.append(piece)
                yield

        self._copying.stop()
        if len(contents.findings) > AT_ONCE:
            self._copying.run(slices(), lambda: copy_text("".join(text)))
        else:
            copy_text("".join(pieces(contents)))

    def _chosen(self) -> Offer:
        pane = self._pane
        hidden = pane.chosen().hidden
        note = tr("%n more hidden by the filter", "", hidden) if hidden else ""
        note = note or tr("in table order")
        chosen = pane.model.grouped.passing(pane.table.selection.ids)
        return self._offer(tr("Selection"), note, chosen, is_selection=True)

    def _open_dialog(self, offers: list[Offer]) -> ExportDialog:
        """Open the dialog at the folder of the last file, or else the documents folder."""
        form = next((each for each in Format if each.value == self._memory.text(FORM)), Format.CSV)
        dialog = ExportDialog(offers, ALL_WRITERS, self._folder(), form, self._window)
        self._show(dialog, ALL_WRITERS, lambda: self._open_dialog(offers))
        return dialog

    def _folder(self) -> Path:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        for each in (self._memory.text(FOLDER), QStandardPaths.writableLocation(documents)):
            with suppress(OSError, ValueError):
                if each and Path(each).is_dir():
                    return Path(each)
        return Path.home()

    def _show(
        self,
        dialog: ExportDialog,
        writers: Mapping[Format, Writer],
        open_again: Callable[[], ExportDialog],
    ) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.export_wanted.connect(lambda wanted: self._write(wanted, writers, open_again))
        dialog.open()

    def _offer(
        self, name: str, note: str, findings: list[Finding], *, is_selection: bool = False
    ) -> Offer:
        pane = self._pane
        left = pane.model.shown - len(findings) if is_selection else 0
        contents = self._exports.contents(
            findings,
            pane.scan_ids,
            columns=self._columns(),
            filter_text=pane.filter_state.valid_text,
            hidden=pane.model.hidden + left,
            is_selection=is_selection,
        )
        return Offer(name, note, contents)

    def _columns(self) -> list[Column]:
        """Return the columns of a file: as in the table, also those of the filter."""
        table_layout = self._pane.table_state.table_layout
        shown = {*table_layout.exported, *columns_of(self._pane.model.filter) - table_layout.off}
        return [column for column in table_layout.sequence if column in shown]

    def _write(
        self,
        wanted: Wanted,
        writers: Mapping[Format, Writer],
        open_again: Callable[[], ExportDialog],
    ) -> None:
        if self._pane.model.mask.obstacle:  # presenting has begun since
            return
        self._memory.keep(FOLDER, str(wanted.path.parent))
        self._memory.keep(FORM, wanted.form.value)
        outcome = ExportOutcome(wanted, self._window)
        outcome.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outcome.elsewhere_wanted = lambda: open_again().choose_place()
        outcome.finished.connect(lambda _: self._release(outcome))
        self._outcome = outcome
        under_way = self._exports.request_write(
            wanted.path, wanted.form, wanted.contents, writers[wanted.form], outcome.end
        )
        outcome.follow(under_way)

    def _release(self, outcome: ExportOutcome) -> None:
        if self._outcome is outcome:
            self._outcome = None


class ExportOutcome(DialogFrame):
    """Shows the progress if writing takes a while, then the result.

    Attributes:
        elsewhere_wanted: called when the user wants another place after a failure.
        is_writing: the file is not finished.
    """

    def __init__(self, wanted: Wanted, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(formats.export_title(wanted.contents), WIDTH_PX, parent)
        self.setObjectName("export-outcome")
        self._wanted, self.is_writing = wanted, True
        self._under_way: ExportUnderWay | None = None
        self.elsewhere_wanted: Callable[[], object] = lambda: None
        self._began_s = time.monotonic()
        self._icon = IconMark("ui-export", 20, Tone.ACCENT, self)
        self.heading.setParent(None)
        self._title = named(Label("", Role.BODY, Weight.SEMIBOLD), "export-outcome-title")
        self._file = Label(
            one_line(wanted.path.name),
            Role.MONO,
            tone=Tone.MUTED,
            elide=Qt.TextElideMode.ElideMiddle,
        )
        self._note = named(Paragraph("", Role.SMALL, tone=Tone.MUTED), "export-outcome-note")
        self._bar = _Bar(self)
        self._buttons = QtWidgets.QHBoxLayout()
        scale = self._theme.scale
        words = QtWidgets.QVBoxLayout()
        words.setSpacing(scale(4))
        for part in (self._title, self._file, self._note, self._bar):
            words.addWidget(part)
        row = QtWidgets.QHBoxLayout()
        row.setSpacing(scale(12))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.column.addLayout(row)
        self.column.addSpacing(scale(14))
        self._buttons.setSpacing(scale(8))
        self._buttons.addStretch(1)
        self.column.addLayout(self._buttons)
        self._file.hide()
        self._add(_outline_button(tr("Cancel")), "cancel", self.reject)
        self._late = QTimer(self, singleShot=True, interval=PROGRESS_AFTER_MS)
        self._late.timeout.connect(self.open)
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._show_progress)

    def _add(
        self,
        button: QtWidgets.QPushButton,
        name: str,
        act: Callable[[], object],
        *,
        is_main: bool = False,
    ) -> None:
        button.setObjectName(f"export-outcome-{name}")
        button.clicked.connect(lambda _is_checked: act())
        self._buttons.addWidget(button)
        if is_main:
            button.setDefault(True)
            button.setFocus()

    def follow(self, under_way: ExportUnderWay) -> None:
        """Show the progress from now on, unless it is finished."""
        self._under_way = under_way
        if self.is_writing:
            self._show_progress()
            self._late.start()
            self._beat.start()

    def reject(self) -> None:
        """Close; cancel unfinished writing and leave nothing of it."""
        if self.is_writing and self._under_way is not None:
            self._under_way.call_off()
        self.is_writing = False
        self._late.stop()
        self._beat.stop()
        super().reject()

    def end(self, error: HeimdallError | None) -> None:
        self.is_writing = False
        self._late.stop()
        self._beat.stop()
        self._bar.hide()
        self._file.show()
        while (taken := self._buttons.takeAt(1)) is not None:
            if (button := taken.widget()) is not None:
                button.hide()
                button.deleteLater()
        if error is None:
            contents, path = self._wanted.contents, self._wanted.path
            size = 0 if self._under_way is None else self._under_way.writing.written_bytes
            self._icon.show_icon("ui-check", Tone.TEXT)
            count, lacking = len(contents.findings), contents.progress.without_texts
            title, note = formats.done_words(
                count, size, contents.leave_out, lacking, is_handover=contents.handover is not None
            )
            self._title.setText(title)
            self._note.setText(note)
            self._add(_outline_button(tr("Close")), "close", self.reject)
            copy = copy_exactly if str(path).isprintable() else copy_line
            self._add(_outline_button(tr("Copy path")), "copy", lambda: copy(str(path)))
            self._add(_outline_button(tr("Open", "verb")), "open", lambda: self._open(path))
            folder = PrimaryButton(tr("Open folder"))
            self._add(folder, "folder", lambda: self._open(path.parent), is_main=True)
        else:
            self._icon.show_icon("ui-close", Tone.FAILED)
            title, note = formats.failure_words(error)
            self._title.setText(title)
            self._note.setText(note)
            self._add(_outline_button(tr("Close")), "close", self.reject)
            elsewhere = PrimaryButton(tr("Choose another location"))
            self._add(elsewhere, "elsewhere", self._choose_elsewhere, is_main=True)
        self.setAccessibleDescription(f"{self._title.text()}. {self._note.text()}")
        self.open()
        alert(self)

    def _choose_elsewhere(self) -> None:
        self.accept()
        self.elsewhere_wanted()

    def _open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.accept()

    def _show_progress(self) -> None:
        under_way = self._under_way
        if under_way is None:
            return
        done, total = under_way.contents.progress.done, len(self._wanted.contents.findings)
        size, passed_s = under_way.writing.written_bytes, time.monotonic() - self._began_s
        title, note = formats.writing_words(self._wanted.form, size, done, total, passed_s)
        self._title.setText(title)
        self._note.setText(note)
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(done)


def _outline_button(label: str) -> QtWidgets.QPushButton:
    return OutlineButton(label, height_px=DIALOG_PX)


class _Bar(QtWidgets.QProgressBar):
    """A thin line that fills."""

    def __init__(self, parent: QtWidgets.QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.setTextVisible(False)
        self.setAccessibleName(tr("Export progress"))
        self.setFixedHeight(self._theme.scale(BAR_PX) * 3)
        self.setSizePolicy(
            QtWidgets.QSizePolicy.Policy.Expanding, QtWidgets.QSizePolicy.Policy.Fixed
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, height = self._theme.tokens, self._theme.scale(BAR_PX)
        track = QRectF(0, (self.height() - height) / 2, self.width(), height)
        with QPainter(self) as painter:
            rounded_box(painter, track, height / 2, ground=tokens.hairline_strong)
            part = self.value() / max(self.maximum(), 1)
            done = QRectF(track.left(), track.top(), track.width() * part, height)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                done.moveRight(track.right())
            rounded_box(painter, done, height / 2, ground=tokens.accent)

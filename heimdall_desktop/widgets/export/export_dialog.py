"""The export dialog: what to export, in which format, what to omit, and where to save it.

Source: look.md 10, picture 13.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from PySide6 import QtWidgets
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.presentation.decision_text import reasons_known_text
from heimdall_desktop.presentation.export import formats
from heimdall_desktop.presentation.export.contents import (
    Contents,
    Format,
    LeaveOut,
    Progress,
    Writer,
    file_stem,
)
from heimdall_desktop.presentation.i18n import grouped, tr
from heimdall_desktop.widgets.controls import buttons
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame, save_dialog
from heimdall_desktop.widgets.controls.fields import TextField
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.text_labels import Label, Paragraph
from heimdall_desktop.widgets.controls.toggles import SegmentedControl, draw_radio
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, focus_ring, rounded_box
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

WIDTH_PX = 640
GAP_PX = 12  # between the boxes
BOX_PX, ROW_PX = 60, 34
BOX_WIDTH_PX, BOX_LEAST_PX = 213, 120
RADIO_PX, RADIUS_PX, INSET_PX = 18, 6, 12
PURPOSE_PX = 133  # start of the purpose column of all formats
SAMPLE = 20  # sample size for estimating the file size
SECTION_PX, UNDER_PX = 14, 6  # above and below each heading


class Offer(Struct, frozen=True):
    """One choice of findings.

    Attributes:
        detail: describes them in one line.
    """

    name: str
    detail: str
    contents: Contents

    @property
    def count(self) -> str:
        """How many findings it has; of a handover, how many were decided."""
        handover = self.contents.handover
        return grouped(len(self.contents.findings if handover is None else handover.decided))


class Wanted(NamedTuple):
    """The user's choices."""

    path: Path
    form: Format
    contents: Contents


class ExportDialog(DialogFrame):
    """Collects the choices.

    Args:
        offers: the available findings, the usual choice first.
        writers: the writer of each format.
        form: the last chosen format.
    """

    export_wanted = Signal(object)
    """A `Wanted`."""

    def __init__(
        self,
        offers: Sequence[Offer],
        writers: dict[Format, Writer],
        folder: Path,
        form: Format,
        parent: QtWidgets.QWidget | None = None,
    ) -> None:
        super().__init__(formats.export_title(offers[0].contents), WIDTH_PX, parent)
        self.setObjectName("export")
        self._offers, self._writers = offers, writers
        self._form, self._offer = form, offers[0]
        self._proposed = Path()
        close = buttons.GhostIconButton("ui-close", tr("Close"))
        close.clicked.connect(self.reject)
        self.add_to_heading(close)
        self._boxes: list[ChoiceBox] = []
        self._add_choices()
        self._section(tr("Leave out"))
        words = [tr(formats.LEAVE_OUT_WORDS[each]) for each in LeaveOut]
        self._leave_out = named(SegmentedControl(words, name=tr("Leave out")), "export-leave-out")
        self._leave_out.chosen.connect(self._show_state)
        self._leaving = named(Label("", Role.SMALL, tone=Tone.MUTED), "export-leaving")
        self.column.addWidget(self._leave_out)
        self.column.addSpacing(self._theme.scale(UNDER_PX))
        self.column.addWidget(self._leaving)
        self._add_place()
        self._amount = named(Label("", Role.SMALL, tone=Tone.MUTED), "export-amount")
        cancel = buttons.OutlineButton(tr("Cancel"), height_px=buttons.DIALOG_PX)
        cancel.clicked.connect(self.reject)
        self._export = named(buttons.PrimaryButton(""), "export-do")
        self._export.setDefault(True)
        self._export.clicked.connect(self._start_export)
        end = self.add_buttons(self._amount, None, cancel, self._export)
        end.setSpacing(self._theme.scale(8))
        end.insertSpacing(0, self._theme.scale(8))
        self._propose(folder)
        self._use_form(form, True)
        if (chosen := self._forms.checkedButton()) is not None:
            chosen.setFocus()

    def _section(self, title: str) -> None:
        self.column.addSpacing(self._theme.scale(SECTION_PX))
        self.column.addWidget(Label(title, Role.SMALL, Weight.SEMIBOLD))
        self.column.addSpacing(self._theme.scale(UNDER_PX))

    def _add_choices(self) -> None:
        is_handover = self._offer.contents.handover is not None
        self._section(tr("Decided since") if is_handover else tr("What"))
        row, group = QtWidgets.QHBoxLayout(), QtWidgets.QButtonGroup(self)
        row.setSpacing(self._theme.scale(GAP_PX))
        for number, offer in enumerate(self._offers):
            box = ChoiceBox(offer.name, offer.count, offer.detail, self)
            box.setObjectName(f"export-offer-{number}")
            box.setChecked(offer is self._offer)
            box.toggled.connect(partial(self._use_offer, number))
            group.addButton(box)
            row.addWidget(box)
            self._boxes.append(box)
        self.column.addLayout(row)
        self._add_more_choices()
        self._section(tr("Format"))
        self._forms = QtWidgets.QButtonGroup(self)
        for form in self._writers:
            words = formats.format_words(form, is_handover=is_handover)
            line = FormRow(tr(words.name), tr(words.purpose), form.value, self)
            line.setObjectName(f"export-form-{form.name.lower()}")
            line.setChecked(form is self._form)
            line.toggled.connect(partial(self._use_form, form))
            self._forms.addButton(line)
            self.column.addWidget(line)
        self.column.setSpacing(0)
        self._columns = named(Paragraph("", Role.SMALL, tone=Tone.MUTED), "export-columns")
        self._columns.setContentsMargins(0, self._theme.scale(UNDER_PX), 0, 0)
        self.column.addWidget(self._columns)

    def _add_more_choices(self) -> None:
        """Add what a subclass offers below the findings."""

    def _add_place(self) -> None:
        self._section(tr("Where", "folder"))
        self._place = TextField(tr("File"), icon="ui-folder")
        self._place.edit.setObjectName("export-place")
        self._place.edit.textChanged.connect(self._show_remark)
        choose = named(
            buttons.OutlineButton(tr("Choose"), height_px=buttons.DIALOG_PX), "export-choose"
        )
        choose.clicked.connect(self.choose_place)
        row = QtWidgets.QHBoxLayout()
        row.setSpacing(self._theme.scale(8))
        row.addWidget(self._place, 1)
        row.addWidget(choose)
        self.column.addLayout(row)
        self._remark = named(Label("", Role.SMALL, tone=Tone.WARNING), "export-remark")
        self.column.addSpacing(self._theme.scale(UNDER_PX))
        self.column.addWidget(self._remark)

    # -- choices --

    @property
    def _path(self) -> Path:
        return Path(self._place.edit.text().strip()).expanduser()

    def _use_offer(self, number: int, is_on: bool) -> None:
        if is_on:
            self._offer = self._offers[number]
            self._show_state()

    def _use_form(self, form: Format, is_on: bool) -> None:
        if not is_on:
            return
        self._form = form
        self._leave_out.set_current(list(LeaveOut).index(form.usually_left_out))
        path = self._path
        if path == self._proposed:
            self._propose(path.parent)
        elif Format.of(path) is not None:
            self._place.edit.setText(_shown(path.with_suffix(form.value)))
        self._show_state()

    def _propose(self, folder: Path) -> None:
        """Fill in a name that no file has yet."""
        contents = self._offer.contents
        stem = self._stem(contents)
        names = [stem, *(f"{stem} ({number})" for number in range(2, 100))]
        paths = [folder / f"{name}{self._form.value}" for name in names]
        self._proposed = next((path for path in paths if not path.exists()), paths[0])
        self._place.edit.setText(_shown(self._proposed))

    def _stem(self, contents: Contents) -> str:
        return file_stem(contents.names.values(), contents.exported_at)

    def choose_place(self) -> None:
        dialog = save_dialog(
            self,
            "export-file",
            formats.export_title(self._offer.contents),
            self._path,
            lambda chosen: self._place.edit.setText(_shown(Path(chosen))),
        )
        # a remark says that it exists
        dialog.setOption(QtWidgets.QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix(self._form.value.removeprefix("."))
        dialog.open()

    def _chosen_contents(self) -> Contents:
        leave_out = list(LeaveOut)[self._leave_out.current]
        return replace(self._offer.contents, leave_out=leave_out, progress=Progress())

    def _show_state(self) -> None:
        contents = self._chosen_contents()
        has_columns = contents.handover is None
        reasons = reasons_known_text(contents.reason_counts())
        columns = formats.columns_text(self._form, contents.columns)
        lines = filter(None, (columns, reasons)) if has_columns else ()
        self._columns.setText("\n".join(lines))
        self._columns.setVisible(bool(self._columns.text()))
        is_handover = contents.handover is not None
        self._leaving.setText(
            formats.leave_out_sentence(contents.leave_out, self._form, is_handover=is_handover)
        )
        self._export.set_label(formats.save_button(contents))
        self._amount.setText(self._summary(contents))
        self._show_remark()

    def _summary(self, contents: Contents) -> str:
        return formats.amount_text(len(contents.findings), self._guess(contents))

    def _has_something(self) -> bool:
        return len(self._offer.contents.findings) > 0

    def _show_remark(self) -> None:
        text, is_usable = _remark(self._path)
        self._remark.setText(text)
        self._place.set_mistake(not is_usable)
        self._export.setEnabled(is_usable and self._has_something())

    def _guess(self, contents: Contents) -> int | None:
        """Estimate the file size from some of its findings; None if that takes long."""
        if self._form is Format.PDF or not contents.findings:
            return None
        step = max(1, len(contents.findings) // SAMPLE)
        sample = contents.findings[::step][:SAMPLE]
        sizes = []
        for findings in ((), sample):
            text = replace(contents, findings=findings, progress=Progress())
            sizes.append(sum(map(len, self._writers[self._form](text))))
        base, whole = sizes
        return base + (whole - base) * len(contents.findings) // len(sample)

    def _start_export(self) -> None:
        self.export_wanted.emit(Wanted(self._path, self._form, self._chosen_contents()))
        self.accept()


def _shown(path: Path) -> str:
    """Return a path as it is typed, with "~" for the home folder."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def _remark(path: Path) -> tuple[str, bool]:
    """Return a remark about a place, and whether something can be written there."""
    try:
        problem = ""
        if not path.name.isprintable():
            problem = tr("This isn't a valid file name.")
        elif not path.name or path.is_dir():
            problem = tr("Enter a file name.")
        elif not path.is_absolute() or not path.parent.is_dir():
            problem = tr("This folder doesn't exist.")
        elif path.exists():
            text = tr("{file} already exists and will be replaced.")
            return text.format(file=one_line(path.name)), True
    except (OSError, ValueError):  # a name that is too long or has invalid characters
        problem = tr("This isn't a valid file name.")
    return problem, not problem


# -- the choices: findings as boxes, formats as rows --


class _PaintedChoice(QtWidgets.QRadioButton):
    """One of several exclusive choices; subclasses paint it.

    Args:
        height_px: Before scaling.
    """

    def __init__(self, name: str, note: str, height_px: int, parent: QtWidgets.QWidget) -> None:
        super().__init__(parent)
        self._theme, self._height_px = theme_of(self), height_px
        self._name, self._note = name, note
        self.setAccessibleName(name)
        self.setAccessibleDescription(note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(
            QtWidgets.QSizePolicy.Policy.Expanding, QtWidgets.QSizePolicy.Policy.Fixed
        )

    def sizeHint(self) -> QSize:
        return QSize(self._theme.scale(BOX_WIDTH_PX), self._theme.scale(self._height_px))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scale(BOX_LEAST_PX), self.sizeHint().height())

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def _begin(self, painter: QPainter, line: QRectF, start_px: int) -> RowCursor:
        """Draw the circle at the start of a line, and continue after it."""
        row = RowCursor(self._theme, painter, line, self.layoutDirection())
        row.skip(self._theme.scale(start_px))
        draw_radio(painter, row.take(self._theme.scale(RADIO_PX)), self, self._theme)
        row.skip(self._theme.scale(10))
        return row


class ChoiceBox(_PaintedChoice):
    """A choice of findings in a box: name and number, with a description below."""

    def __init__(self, name: str, count: str, note: str, parent: QtWidgets.QWidget) -> None:
        super().__init__(name, note, BOX_PX, parent)
        self.show_count(count)

    def show_count(self, count: str) -> None:
        self._count = count
        self.setAccessibleName(f"{self._name}, {count}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        rect, is_on = QRectF(self.rect()), self.isChecked()
        with QPainter(self) as painter:
            rounded_box(
                painter,
                rect,
                scale(RADIUS_PX),
                ground=tokens.selection if is_on else None,
                line=tokens.accent if is_on else tokens.hairline_strong,
                line_px=1.5 if is_on else 1.0,
            )
            half = rect.height() / 2
            row = self._begin(painter, QRectF(0, scale(5), rect.width(), half - scale(2)), INSET_PX)
            row.text(self._name, theme.font(weight=Weight.SEMIBOLD), tokens.text)
            row.skip(scale(8))
            row.text(self._count, theme.font(is_tabular=True), tokens.muted)
            below = QRectF(0, half - scale(1), rect.width(), half - scale(5))
            row = RowCursor(theme, painter, below, self.layoutDirection())
            row.skip(scale(INSET_PX + RADIO_PX + 10))
            row.skip_at_end(scale(INSET_PX))
            row.text(self._note, theme.font(Role.SMALL), tokens.muted)
            if self.hasFocus():
                focus_ring(painter, rect.adjusted(1, 1, -1, -1), scale(RADIUS_PX), theme)


class FormRow(_PaintedChoice):
    """A file format: its name and purpose, and the suffix at the end."""

    def __init__(self, name: str, purpose: str, suffix: str, parent: QtWidgets.QWidget) -> None:
        super().__init__(name, purpose, ROW_PX, parent)
        self._suffix = suffix

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, scale = self._theme, self._theme.tokens, self._theme.scale
        rect, is_on = QRectF(self.rect()), self.isChecked()
        with QPainter(self) as painter:
            if is_on:
                ground = rect.adjusted(0, 1, 0, -1)
                rounded_box(painter, ground, scale(4), ground=tokens.selection)
            row = self._begin(painter, rect, INSET_PX)
            row.skip_at_end(scale(INSET_PX))
            mono, width = theme.font(Role.MONO), theme.text_width(self._suffix, Role.MONO)
            row.text_at_end(self._suffix, width, mono, tokens.muted)
            weight = Weight.SEMIBOLD if is_on else Weight.REGULAR
            row.text(self._name, theme.font(weight=weight), tokens.text)
            note = RowCursor(theme, painter, rect, self.layoutDirection())
            note.skip(scale(INSET_PX + PURPOSE_PX))
            note.skip_at_end(width + scale(2 * INSET_PX))
            note.text(self._note, theme.font(Role.SMALL), tokens.muted)
            if self.hasFocus():
                focus_ring(painter, rect, scale(4), theme)

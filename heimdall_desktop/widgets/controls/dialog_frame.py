"""What all dialogs share: surface, heading, non-blocking; and the plain question dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from heimdall_desktop.domain.facts.choices import FileQuestion
from heimdall_desktop.domain.facts.errors import HeimdallError
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls import pane
from heimdall_desktop.widgets.controls.buttons import (
    DIALOG_PX,
    SMALL_PX,
    GhostButton,
    OutlineButton,
    PaintedButton,
    PrimaryButton,
)
from heimdall_desktop.widgets.controls.text_labels import Label, Paragraph, show_tip
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

INSET_PX = 24
FRAME_PX = 40  # what the desktop may draw around a window
GHOST_PX = 8  # padding of the ghost buttons that start the last row
QUESTION_PX = 420


class DialogFrame(QDialog):
    """A dialog with a heading; put the rest into `column`, and call `open()`.

    Args:
        title: Heading and window title.
        width_px: Before scaling.
        is_veiled: It is covered while presenting is on, as it may contain names.
    """

    def __init__(
        self, title: str, width_px: int, parent: QWidget | None = None, *, is_veiled: bool = True
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(min(self._theme.scale(width_px), self._room().width()))
        self.heading = Label(title, Role.TITLE, Weight.SEMIBOLD)
        self.column = QVBoxLayout()
        self.column.setSpacing(self._theme.scale(6))
        self._heading_row = QHBoxLayout()
        self._heading_row.addWidget(self.heading)
        self._heading_row.addStretch(1)
        self.column.addLayout(self._heading_row)
        inset = self._theme.scale(INSET_PX)
        self._surface = pane.Pane(Ground.RAISED)
        self._whole = pane.tight(QVBoxLayout(self._surface))
        self.column.setContentsMargins(inset, self._theme.scale(16), inset, self._theme.scale(20))
        self._whole.addLayout(self.column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = pane.ScrollPage(self._surface)
        self._veil = pane.Veil(page) if is_veiled else None
        outer.addWidget(self._veil or page)
        self._surface.installEventFilter(self)

    def sizeHint(self) -> QSize:
        self._whole.activate()
        hint = self._surface.sizeHint()
        width = max(hint.width(), self.minimumWidth())
        return QSize(width, self._height_for(width, hint)).boundedTo(self._room())

    def setVisible(self, is_visible: bool) -> None:
        """Use the requested size; Qt alone limits it to two thirds of the screen."""
        if is_visible:
            if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
                self.resize(self.sizeHint())
            self._fit()
        super().setVisible(is_visible)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return handled

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._surface and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Grow with the content up to the screen size; beyond that, scroll."""
        least = self._height_for(self.width(), self._surface.minimumSizeHint())
        self.setMinimumHeight(min(least, self._room().height()))

    def _height_for(self, width: int, hint: QSize) -> int:
        """Return the height of all content; Qt's hints do not include that of wrapped texts."""
        whole = self._whole
        return whole.heightForWidth(width) if whole.hasHeightForWidth() else hint.height()

    def _room(self) -> QSize:
        return self.screen().availableSize() - QSize(FRAME_PX, FRAME_PX)

    def describe(self, reported: str) -> None:
        """Give assistive technology a longer description while the dialog is not covered."""
        self.setAccessibleDescription(reported)
        if self._veil is not None:
            turn = self.setAccessibleDescription
            self._veil.turned.connect(lambda is_covered: turn("" if is_covered else reported))

    def height_left(self) -> int:
        """Return how high a part still to be added may be for everything to fit on the screen."""
        self._whole.activate()
        used = self._height_for(self.minimumWidth(), self._surface.minimumSizeHint())
        return max(0, self._room().height() - used - self.column.spacing())

    def add_to_heading(self, widget: QWidget) -> None:
        self._heading_row.addWidget(widget)

    def add_wide(self, part: QWidget, stretch: int = 0) -> None:
        """Add a part below the column that spans the full width and sets its own insets."""
        self._whole.setStretchFactor(self.column, 0)
        self._whole.addWidget(part, stretch)

    def add_end(self, row: QHBoxLayout) -> None:
        """Add the row of buttons, ghosts first, below a hairline at the end of the dialog."""
        end = pane.Pane(Ground.RAISED, pane.Edge.TOP)
        inset, space = self._theme.scale(INSET_PX), self._theme.scale(13)
        start = inset - self._theme.scale(GHOST_PX)
        pane.set_row_margins(self, row, start=start, end=inset, top=space, bottom=space)
        end.setLayout(row)
        self._whole.addWidget(end)

    def add_buttons(self, *buttons: QWidget | None) -> QHBoxLayout:
        """Add buttons at the end of the dialog, with a stretch for None, and return their row."""
        row = QHBoxLayout()
        for button in buttons:
            if button is None:
                row.addStretch(1)
            else:
                row.addWidget(button)
        self.add_end(row)
        return row


class FileDialog(QtWidgets.QFileDialog):
    """A dialog for a file or folder, in whose place the desktop may show its own.

    Attributes:
        ask_desktop: opens the dialog of the desktop, calls back with the path, "" or an error, and
            returns what closes it; None if there is no such dialog.
    """

    ask_desktop: ClassVar[
        Callable[[FileQuestion, Callable[[str | HeimdallError], None]], Callable[[], object] | None]
    ] = staticmethod(lambda _question, _on_answer: None)

    def __init__(self, owner: QWidget, title: str, folder: str) -> None:
        super().__init__(owner, title, folder)
        self._owner, self._is_elsewhere = owner, False
        self.setOption(QtWidgets.QFileDialog.Option.DontUseNativeDialog)
        self.finished.connect(self.deleteLater)

    def open(self) -> None:  # type: ignore[override]  # Qt's other form takes a slot
        """Show the desktop's dialog, or this one; never Qt's native one, which blocks the loop."""
        others = self._owner.findChildren(FileDialog, self.objectName())
        if any(other._is_elsewhere for other in others):
            self.deleteLater()  # the desktop shows it already, and can't raise it
            return
        withdraw = FileDialog.ask_desktop(self._question(), self._take)
        if withdraw is None:
            super().open()
            return
        self._is_elsewhere = True
        self.destroyed.connect(lambda _gone: withdraw())

    def _question(self) -> FileQuestion:
        window, modes = self._owner.window(), QtWidgets.QFileDialog
        is_x11 = QApplication.platformName() == "xcb"
        is_new = self.acceptMode() is modes.AcceptMode.AcceptSave
        filters = (text.rpartition(" (") for text in self.nameFilters())
        return FileQuestion(
            self.windowTitle(),
            self.labelText(modes.DialogLabel.Accept).replace("&", ""),
            is_new=is_new,
            is_folder=self.fileMode() is modes.FileMode.Directory,
            folder=self.directory().absolutePath(),
            name=Path(self.selectedFiles()[0]).name if is_new else "",
            filters=tuple((f"{name} ({end}", tuple(end[:-1].split())) for name, _, end in filters),
            window=f"x11:{window.winId():x}" if is_x11 else "",
        )

    def _take(self, answer: str | HeimdallError) -> None:
        self._is_elsewhere = False
        if isinstance(answer, HeimdallError):
            super().open()
            return
        if answer:
            suffix = self.defaultSuffix()
            has_suffix = not suffix or "." in Path(answer).name
            self.fileSelected.emit(answer if has_suffix else f"{answer}.{suffix}")
        self.done(int(bool(answer)))


def file_dialog(
    owner: QWidget, name: str, title: str, act: Callable[[str], object], *, folder: str = ""
) -> FileDialog:
    """Return a dialog for a file or folder, which `act` receives; call `open()`."""
    dialog = pane.named(FileDialog(owner, title, folder), name)
    dialog.fileSelected.connect(act)
    return dialog


def save_dialog(
    owner: QWidget, name: str, title: str, path: Path, act: Callable[[str], object]
) -> FileDialog:
    """Return a dialog for the place of a new file; `path` is proposed, its folder may be "."."""
    folder = "" if path.parent == Path() else str(path.parent)
    dialog = file_dialog(owner, name, title, act, folder=folder)
    dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.AnyFile)
    dialog.selectFile(path.name)
    return dialog


class QuestionDialog(DialogFrame):
    """A confirmation, accepted if the user agrees. Source: look.md 5 ("Dialogs").

    If it opens while presenting is on, it contains no name and is not covered: it can be answered.

    Args:
        doing: The action; heading and button.
        keeping: What happens otherwise.
        is_destructive: Something would be lost, so the button for it is red and apart.
    """

    def __init__(
        self,
        doing: str,
        keeping: str,
        question: str,
        consequence: str,
        parent: QWidget | None = None,
        *,
        is_destructive: bool = True,
    ) -> None:
        super().__init__(doing, QUESTION_PX, parent, is_veiled=not pane.Veil.is_on())
        self.setObjectName("question")
        self.describe(f"{question} {consequence}")
        self.column.addWidget(Paragraph(question))
        self.column.addWidget(Paragraph(consequence, Role.SMALL, tone=Tone.MUTED))
        do: PaintedButton
        if is_destructive:
            do = GhostButton(doing, height_px=DIALOG_PX)
            do.set_tone(Tone.FAILED)
        else:
            do = PrimaryButton(doing, height_px=DIALOG_PX)
        do.setObjectName("question-do")
        do.clicked.connect(self.accept)
        keep = pane.named(OutlineButton(keeping, height_px=DIALOG_PX), "question-keep")
        keep.setDefault(True)
        keep.clicked.connect(self.reject)
        self.add_buttons(*((do, None, keep) if is_destructive else (None, keep, do)))
        keep.setFocus()


class ChoiceDialog(DialogFrame):
    """Lets the user choose one of several; closing it chooses none.

    Signals:
        chosen: the index of the chosen one, from 0.
    """

    chosen = Signal(int)

    def __init__(
        self, title: str, question: str, choices: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, QUESTION_PX, parent, is_veiled=not pane.Veil.is_on())
        self.setObjectName("choice")
        self.describe(question)
        self.column.addWidget(Paragraph(question))
        self.column.addSpacing(self._theme.scale(6))
        for place, choice in enumerate(choices):
            button = OutlineButton(choice.replace("&", "&&"), height_px=DIALOG_PX)
            button.setObjectName(f"choice-{place}")
            button.clicked.connect(self.accept)
            button.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
            self.column.addWidget(button)


ADDRESS_LIMIT = 2000  # characters; a longer one cannot be read before confirming


def ask_to_open(widget: QWidget, address: str) -> None:
    """Ask whether to open a web page, in the prompt of the nearest part around a widget."""
    part: QWidget | None = widget
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    while part is not None:
        if (prompt := part.findChild(LinkPrompt, options=direct)) is not None:
            prompt.ask(address)
            return
        part = part.parentWidget()


class LinkPrompt(pane.Pane):
    """A strip shown only while it asks for confirmation (behaviour.md 2.9).

    Args:
        open_page: Opens an address in the browser; returns whether that succeeded.
    """

    def __init__(
        self,
        open_page: Callable[[QUrl], bool] = QDesktopServices.openUrl,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Ground.ALT, pane.Edge.TOP, parent=parent)
        self._open_page = open_page
        self._url = QUrl()
        self._had_focus: QWidget | None = None
        elide = Qt.TextElideMode.ElideRight
        self._host = Label(role=Role.SMALL, weight=Weight.SEMIBOLD, elide=elide, parent=self)
        self._host.setObjectName("link-host")
        self._address = Label(role=Role.SMALL, tone=Tone.MUTED, elide=elide, parent=self)
        self._address.setObjectName("link-address")
        self._cancel = OutlineButton(tr("Cancel"), height_px=SMALL_PX, parent=self)
        self._cancel.setObjectName("link-cancel")
        self._cancel.clicked.connect(self.leave)
        self._open = pane.named(
            OutlineButton(tr("Open", "verb"), height_px=SMALL_PX, parent=self), "link-open"
        )
        self._open.clicked.connect(self._open_it)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._host)
        texts.addWidget(self._address)
        row, scale = QHBoxLayout(self), self._theme.scale
        row.setContentsMargins(scale(16), scale(6), scale(16), scale(6))
        row.setSpacing(scale(6))
        row.addLayout(texts, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._open)
        self.setAccessibleName(tr("Open a web page"))
        self.hide()

    def ask(self, text: str) -> None:
        """Ask whether to open an address; do nothing if the text may not be opened."""
        url = web_address(text)
        if url is None:
            return
        self._url = url
        self._host.setText(tr("Open {host} in the browser?").format(host=host_of(url)))
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        self._address.setText(address)
        show_tip(self._address, address)
        self._open.setEnabled(True)
        if self.isHidden():
            self._had_focus = QApplication.focusWidget()
        self.show()
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hide, and return the focus to where it was."""
        if self.isHidden():
            return
        before, self._had_focus = self._had_focus, None
        holder = next((b for b in (self._open, self._cancel) if b.hasFocus()), None)
        if holder is not None:
            holder.clearFocus()  # hiding it would pass the focus to the next widget
            if before is not None and isValid(before):
                before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _open_it(self) -> None:
        if self._open_page(self._url):
            self.leave()
            return
        self._host.setText(tr("Couldn't open the address in a browser."))
        self._open.setEnabled(False)


def web_address(text: str) -> QUrl | None:
    """Return the address if it is http or https, names a host and hides none.

    User info before the host ("https://bank.example@evil.example") and control characters can
    disguise a host as another; such texts stay plain text.
    """
    trimmed = text.strip()
    if len(trimmed) > ADDRESS_LIMIT or not trimmed.isprintable():
        return None
    url = QUrl(trimmed, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in ("http", "https") or url.userInfo():
        return None
    return url if url.host() else None


def host_of(url: QUrl) -> str:
    """Return the host in ASCII, so that look-alike letters show, with any non-default port."""
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return host if url.port() == -1 else f"{host}:{url.port()}"

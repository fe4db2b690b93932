"""What all dialogs share: surface, heading, never blocking the window; and the plain question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import (
    DIALOG_PX,
    SMALL_PX,
    GhostButton,
    OutlineButton,
    PaintedButton,
    PrimaryButton,
)
from heimdall_desktop.widgets.controls.labels import Label, Paragraph, show_tip
from heimdall_desktop.widgets.controls.pane import Edge, Pane, ScrollPage, Veil, set_row_margins
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

INSET_PX = 24
FRAME_PX = 40  # what the desktop may draw around a window
GHOST_PX = 8  # padding of the ghost buttons that begin the last row
QUESTION_PX = 420


class DialogFrame(QDialog):
    """A dialog with a heading; put the rest into `column`, and call `open()`.

    Args:
        title: Heading and window title.
        width_px: Before scaling.
        parent: The window it belongs to.
        is_veiled: It is covered while presenting is on, as it may hold names.
    """

    def __init__(
        self,
        title: str,
        width_px: int,
        parent: QWidget | None = None,
        *,
        is_veiled: bool = True,
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
        self._surface = Pane(Ground.RAISED)
        self._whole = QVBoxLayout(self._surface)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self.column.setContentsMargins(inset, self._theme.scale(16), inset, self._theme.scale(20))
        self._whole.addLayout(self.column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage(self._surface)
        self._veil = Veil(page) if is_veiled else None
        outer.addWidget(self._veil or page)
        self._surface.installEventFilter(self)

    def sizeHint(self) -> QSize:
        self._whole.activate()
        hint = self._surface.sizeHint()
        width = max(hint.width(), self.minimumWidth())
        return QSize(width, self._height_for(width, hint)).boundedTo(self._room())

    def setVisible(self, is_visible: bool) -> None:
        """Take the size that is wanted; Qt by itself gives no more than two thirds of a screen."""
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
        """Grow with what is inside as far as the screen goes; beyond that it scrolls."""
        least = self._height_for(self.width(), self._surface.minimumSizeHint())
        self.setMinimumHeight(min(least, self._room().height()))

    def _height_for(self, width: int, hint: QSize) -> int:
        """Return the height of all that is inside; that of wrapped texts is in no hint of Qt's."""
        whole = self._whole
        return whole.heightForWidth(width) if whole.hasHeightForWidth() else hint.height()

    def _room(self) -> QSize:
        return self.screen().availableSize() - QSize(FRAME_PX, FRAME_PX)

    def describe(self, told: str) -> None:
        """Tell assistive technology more of it, as long as it is not covered."""
        self.setAccessibleDescription(told)
        if self._veil is not None:
            turn = self.setAccessibleDescription
            self._veil.turned.connect(lambda is_covered: turn("" if is_covered else told))

    def height_left(self) -> int:
        """Return how high a part that is still to be added may be for all to fit on the screen."""
        self._whole.activate()
        used = self._height_for(self.minimumWidth(), self._surface.minimumSizeHint())
        return max(0, self._room().height() - used - self.column.spacing())

    def add_to_heading(self, widget: QWidget) -> None:
        """Put something at the end of the heading's line."""
        self._heading_row.addWidget(widget)

    def add_wide(self, part: QWidget, stretch: int = 0) -> None:
        """Put something below the column that reaches from edge to edge, and insets by itself."""
        self._whole.setStretchFactor(self.column, 0)
        self._whole.addWidget(part, stretch)

    def add_end(self, row: QHBoxLayout) -> None:
        """Put the row of buttons, ghosts first, below a hairline at the end of the dialog."""
        end = Pane(Ground.RAISED, Edge.TOP)
        inset, space = self._theme.scale(INSET_PX), self._theme.scale(13)
        start = inset - self._theme.scale(GHOST_PX)
        set_row_margins(self, row, start=start, end=inset, top=space, bottom=space)
        end.setLayout(row)
        self._whole.addWidget(end)


class QuestionDialog(DialogFrame):
    """Is accepted if it shall be done. Source: design.md §5 ("Dialogs").

    Asked while presenting is on, it is told no name and not covered: it can be answered.

    Args:
        doing: What would be done; heading and button.
        keeping: What happens otherwise.
        question: What is asked, as one sentence.
        consequence: What follows from it.
        parent: Where it is asked.
        is_destructive: Something would be lost, so the button that does it is red and apart.
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
        super().__init__(doing, QUESTION_PX, parent, is_veiled=not Veil.is_on())
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
        keep = OutlineButton(keeping, height_px=DIALOG_PX)
        keep.setObjectName("question-keep")
        keep.setDefault(True)
        keep.clicked.connect(self.reject)
        end = QHBoxLayout()
        for part in (do, None, keep) if is_destructive else (None, keep, do):
            if part is None:
                end.addStretch(1)
            else:
                end.addWidget(part)
        self.add_end(end)
        keep.setFocus()


class ChoiceDialog(DialogFrame):
    """Asks which of several is meant; to close it chooses none.

    Args:
        title: heading.
        question: what is asked, as one sentence.
        choices: as they are shown, each on a button of its own.
        parent: where it is asked.

    Signals:
        chosen: the place of the one that is meant, from 0.
    """

    chosen = Signal(int)

    def __init__(
        self, title: str, question: str, choices: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, QUESTION_PX, parent, is_veiled=not Veil.is_on())
        self.setObjectName("choice")
        self.describe(question)
        self.column.addWidget(Paragraph(question))
        self.column.addSpacing(self._theme.scale(6))
        for place, choice in enumerate(choices):
            button = OutlineButton(choice.replace("&", "&&"), height_px=DIALOG_PX)
            button.setObjectName(f"choice-{place}")
            button.clicked.connect(lambda _=False, place=place: self._choose(place))
            self.column.addWidget(button)

    def _choose(self, place: int) -> None:
        self.accept()
        self.chosen.emit(place)


# Which texts of a server are web addresses, and a strip that asks before one opens (ux.md 2.9).


ADDRESS_LIMIT = 2000  # characters; a longer one cannot be read before agreeing


class LinkPrompt(Pane):
    """A strip that is there only while it asks; nothing opens without its button.

    Args:
        open_page: Opens an address in the browser; returns whether that worked.
        parent: The owner.
    """

    def __init__(
        self,
        open_page: Callable[[QUrl], bool] = QDesktopServices.openUrl,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Ground.ALT, Edge.TOP, parent=parent)
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
        self._open = OutlineButton(tr("Open"), height_px=SMALL_PX, parent=self)
        self._open.setObjectName("link-open")
        self._open.clicked.connect(self._open_it)
        self._lay_out()
        self.setAccessibleName(tr("Open a web page"))
        self.hide()

    def ask(self, text: str) -> None:
        """Ask whether to open an address; do nothing if the text is none that may be opened."""
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
        """Go away, and give the focus back to where it was."""
        if self.isHidden():
            return
        before, self._had_focus = self._had_focus, None
        holder = next((b for b in (self._open, self._cancel) if b.hasFocus()), None)
        if holder is not None:
            holder.clearFocus()  # hiding it would hand the focus to whatever comes next
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

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._host)
        texts.addWidget(self._address)
        row = QHBoxLayout(self)
        inset = self._theme.scale(16)
        row.setContentsMargins(inset, self._theme.scale(6), inset, self._theme.scale(6))
        row.setSpacing(self._theme.scale(6))
        row.addLayout(texts, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._open)


def web_address(text: str) -> QUrl | None:
    """Return the address, if it is http or https, names a host and hides none.

    User info before the host ("https://bank.example@evil.example") and control characters are
    ways to pass one host off as another; such texts stay texts.
    """
    trimmed = text.strip()
    if len(trimmed) > ADDRESS_LIMIT or not trimmed.isprintable():
        return None
    url = QUrl(trimmed, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in ("http", "https") or url.userInfo():
        return None
    return url if url.host() else None


def host_of(url: QUrl) -> str:
    """Return the host in ASCII, so that look-alike letters show, with a port that isn't usual."""
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return host if url.port() == -1 else f"{host}:{url.port()}"

"""Which texts of a server are web addresses, and a strip that asks before one opens (ux.md 2.9)."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, OutlineButton
from heimdall_desktop.widgets.controls.labels import Label, show_tip
from heimdall_desktop.widgets.controls.pane import Edge, Pane
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

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

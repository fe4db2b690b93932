"""The status bar's button that names the server in use and the account signed in there."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu, QWidget

from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import ServerUrl, TokenStanding
from heimdall_desktop.presentation.hosts import host_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.buttons import ICON_GAP_PX, SMALL_PX, GhostButton
from heimdall_desktop.widgets.controls.text_labels import show_tip
from heimdall_desktop.widgets.look.painting import elided
from heimdall_desktop.widgets.look.theme import Role, Weight

SIGNED_OUT_ICON = "conn-signed-out"
HOST_PX = 220  # a longer host name is cut in its middle
LEAST_HOST_PX = 60  # minimum width of the host when space is short
PADDING_PX = 4
HEIGHT_PX = SMALL_PX - 1  # the status bar's height, less its hairline


class AccountButton(GhostButton):
    """Shows the host in use, prominently while signed out, and opens the account actions.

    Attributes:
        sign_in, sign_out: its actions.
    """

    _padding_px = PADDING_PX

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(has_menu=True, height_px=HEIGHT_PX, parent=parent)
        self.setObjectName("account")
        self._url: ServerUrl | None = None
        self._account, self._is_signed_in = "", False
        self._token: TokenStanding | None = None
        self._room_px = self._theme.scale(HOST_PX)
        self.setMenu(self._make_menu())
        self._theme.changed.connect(self._show)
        self._show()

    def show_account(
        self,
        url: ServerUrl | None,
        account: str,
        *,
        is_signed_in: bool,
        token: TokenStanding | None = TokenStanding.GOOD,
    ) -> None:
        """Show which server is in use and who is signed in there; "" for no one.

        Args:
            url: The server.
            account: Whose token is in use; "" where the server does not report it.
            is_signed_in: There is a token, and it is not known to be a bad one.
            token: What is known about it; None without one.
        """
        self._url, self._account, self._token = url, account, token
        self._is_signed_in = is_signed_in and url is not None
        self._show()

    def fit(self, room_px: int) -> None:
        """Cut the host to fit this width; some of it stays."""
        self._room_px = room_px
        self._show()

    def commands(self) -> tuple[Command, ...]:
        """Return the commands for menu and palette. They are listed at any window width."""
        return (
            Command(
                "sign-in",
                self._sign_in_text,
                self.sign_in.trigger,
                icon=SIGNED_OUT_ICON,
                group=Group.ACCOUNT,
                begins_group=True,
            ),
            Command(
                "sign-out",
                self._sign_out_text,
                self.sign_out.trigger,
                group=Group.ACCOUNT,
                obstacle=lambda: "" if self._is_signed_in else tr("Not signed in."),
            ),
        )

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Account"))
        self._who = menu.addAction("")
        self._who.setEnabled(False)
        menu.addSeparator()
        self.sign_in, self.sign_out = menu.addAction(""), menu.addAction(tr("Sign out"))
        return menu

    def _show(self) -> None:
        is_out, who = self._is_signed_out(), self._description()
        self.set_icon(SIGNED_OUT_ICON if is_out else "")
        is_named = self._is_signed_in and self._token is TokenStanding.GOOD
        token = who
        if self._is_signed_in:
            token = tr("Token, not checked yet")
        elif self._token is TokenStanding.REFUSED:
            token = tr("Token not accepted")
        self.set_label(self._cut(self._host() if is_named else token))
        self.setAccessibleName(tr("Account: {who}").format(who=who))
        show_tip(self, who)
        self._who.setText(who.replace("&", "&&"))
        self.sign_in.setText(self._sign_in_text())
        self.sign_out.setVisible(self._is_signed_in)

    def _description(self) -> str:
        host = self._host()
        if not host:
            return tr("Not signed in")
        if not self._is_signed_in:
            is_refused = self._token is TokenStanding.REFUSED
            text = tr("Token not accepted by {host}") if is_refused else tr("Signed out of {host}")
            return text.format(host=host)
        if self._token is not TokenStanding.GOOD:
            return tr("Token for {host}, not checked yet").format(host=host)
        return (
            tr("{account} at {host}").format(account=one_line(self._account), host=host)
            if self._account
            else host
        )

    def _cut(self, text: str) -> str:
        metrics, scale = self._theme.metrics(self._role(), self._weight()), self._theme.scale
        self._label = ""
        room_px = self._room_px - self.sizeHint().width() - scale(ICON_GAP_PX)
        most_px = min(scale(HOST_PX), math.ceil(metrics.horizontalAdvance(text)))
        wanted_px = max(scale(LEAST_HOST_PX), min(most_px, room_px))
        return elided(text, metrics, wanted_px, Qt.TextElideMode.ElideMiddle)

    def _host(self) -> str:
        return "" if self._url is None else host_text(self._url)

    def _is_signed_out(self) -> bool:
        return self._url is not None and not self._is_signed_in

    def _sign_in_text(self) -> str:
        return tr("Sign in again") if self._is_signed_in else tr("Sign in")

    def _sign_out_text(self) -> str:
        if not self._is_signed_in:
            return tr("Sign out")
        return tr("Sign out of {server}").format(server=self._description())

    def _role(self) -> Role:
        return Role.MICRO

    def _weight(self) -> Weight:
        return Weight.MEDIUM if self._is_signed_out() else Weight.REGULAR

    def _ink(self) -> QColor:
        tokens = self._theme.tokens
        return tokens.warning if self._is_signed_out() else tokens.muted

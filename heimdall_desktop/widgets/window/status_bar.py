"""The bar at the bottom: the connections of all scans, the server in use, and the account there.

Source: look.md 4, 5 (Status bar); behaviour.md 2.6 (the overall state is the worst of all).
"""

import math
from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSizePolicy, QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import SOON_S, ServerState, ServerUrl, TokenStanding
from heimdall_desktop.models.ticker import Clock, Ticker
from heimdall_desktop.presentation.board import scan_status
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.i18n import grouped, tr, tr_noop
from heimdall_desktop.presentation.labels import host_text
from heimdall_desktop.presentation.time_text import left_text
from heimdall_desktop.presentation.window.command import Command, Group
from heimdall_desktop.widgets.controls.buttons import ICON_GAP_PX as BUTTON_GAP_PX
from heimdall_desktop.widgets.controls.buttons import SMALL_PX, GhostButton
from heimdall_desktop.widgets.controls.pane import Edge, Pane, set_row_margins
from heimdall_desktop.widgets.controls.problem_strip import MOOD_TONES
from heimdall_desktop.widgets.controls.scan_marks import TagLabel
from heimdall_desktop.widgets.controls.text_labels import Label, show_tip
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.painting import RowCursor, elided, focus_ring
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Ground, Tone

BAR_PX = 24
INSET_PX = 16
ICON_PX = 14
ICON_GAP_PX = 5
PART_GAP_PX = 18
RING_PX = 4  # between the connections and the focus ring
_GIVING_WAY = (
    scan_status.Mood.PLAIN,
    scan_status.Mood.CALM,
    scan_status.Mood.WORKING,
    scan_status.Mood.ATTENTION,
    scan_status.Mood.ERROR,
)
NOTHING = tr_noop("No scans")


class StatusBar(Pane):
    """Counts of connections at the start; session, keyring, account and version at the end.

    If space is short, it hides the keyring first, then the version, then the session, then the
    middle of the server's name. Then calm counts lose their words and keep glyphs and numbers.
    Problems keep their words longest, and the account button always stays.

    Args:
        store: The scans.
        ticker: Hands out changes, and ticks every second.
        clock: Our monotonic clock.
        version: Of the program.

    Attributes:
        account: shows the server in use, and who is signed in there.
        connections: shows their counts.
    """

    def __init__(self, store: Store, ticker: Ticker, clock: Clock, version: str) -> None:
        super().__init__(Ground.WINDOW, Edge.TOP)
        self.setObjectName("status_bar")
        self._store = store
        self._clock = clock
        self._server: ServerState | None = None
        self._tag, self._tagged = TagLabel(Tag.DEMO, self), Label("", Role.MICRO, parent=self)
        self._tagged.setObjectName("status_tagged")
        self.show_tag(None)
        self.connections = ConnectionSums(self)
        self._recording = self._make_label("status_recording")
        self._session = self._make_label("status_session")
        self._keyring = self._make_label("status_keyring")
        self.account = AccountButton(self)
        self._version = self._make_label("status_version", version)
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # labels shrink
        for start in (self._tag, self._tagged, self.connections):
            self._row.addWidget(start)
        self._row.addStretch(1)
        for part in (self._recording, self._session, self._keyring, self.account, self._version):
            self._row.addWidget(part)
        ticker.changed.connect(self._refresh)
        ticker.second.connect(self._refresh)
        self._measure()
        self._refresh()

    def show_account(
        self,
        url: ServerUrl | None,
        account: str,
        *,
        is_signed_in: bool,
        token: TokenStanding | None = TokenStanding.GOOD,
    ) -> None:
        """Show the server in use, and who is signed in there; "" for no one."""
        self.account.show_account(url, account, is_signed_in=is_signed_in, token=token)
        self._fit()

    def show_server(self, state: ServerState | None) -> None:
        """Show the connection state of the server in use, whether or not a scan is watched."""
        self._server = state
        self._refresh()

    def show_session(self, left_s: float | None, *, is_likely: bool = False) -> None:
        """Show the time left of the session at the server in use; None if it is unknown.

        If that is only likely, it is marked so.
        """
        text = ""
        if left_s is not None:
            time = left_text(left_s, is_likely=is_likely)
            text = tr("Session expires in {time}").format(time=time)
        if text == self._session.text():
            return
        is_soon = left_s is not None and left_s < SOON_S
        self._session.set_tone(Tone.WARNING if is_soon else Tone.MUTED)
        self._show_text(self._session, text)

    def show_tag(self, tag: Tag | None, text: str = "") -> None:
        """Show how many scans are from the demo; None for none."""
        if tag is not None:
            self._tag.show_tag(tag)
        self._tagged.setText(text)
        for part in (self._tag, self._tagged):
            part.setVisible(tag is not None)

    def show_recording(self, text: str) -> None:
        """Show what is recorded, such as "Recording shop: 12:40, 2.1 MB"; "" for nothing."""
        if text != self._recording.text():
            self._show_text(self._recording, text)

    def show_keyring(self, text: str) -> None:
        """Show where tokens are kept, such as "Keyring: Secret Service"."""
        self._show_text(self._keyring, text)

    def take_keyboard(self) -> None:
        """Focus the connections, where a screen reader reads them."""
        self.connections.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(BAR_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_label(self, name: str, text: str = "") -> Label:
        label = Label(text, Role.MICRO, tone=Tone.MUTED, parent=self)
        label.setObjectName(name)
        label.hide()
        return label

    def _show_text(self, label: Label, text: str) -> None:
        label.setText(text)
        self._fit()

    def _refresh(self) -> None:
        sums = scan_status.connection_sums(self._store, self._clock())
        server = None if self._server is None else scan_status.server_sum(self._server)
        if server is not None and all(part.status is not server.status for part in sums):
            sums = (server, *sums)
        if sums != self.connections.sums:
            self.connections.show_sums(sums)
            self._fit()

    def _fit(self) -> None:
        scale = self._theme.scale
        room = self.width() - 2 * scale(INSET_PX) - self.connections.sizeHint().width()
        for part in (self._tag, self._tagged):
            room -= 0 if part.isHidden() else part.sizeHint().width() + scale(PART_GAP_PX)
        self.account.fit(room - scale(PART_GAP_PX))
        room -= self.account.sizeHint().width() + scale(PART_GAP_PX)
        for label in (self._recording, self._session, self._version, self._keyring):
            wanted = label.sizeHint().width() + scale(PART_GAP_PX)
            has_room = bool(label.text()) and wanted <= room
            label.setVisible(has_room)
            room = room - wanted if has_room else 0 if label.text() else room

    def _measure(self) -> None:
        scale = self._theme.scale
        start = scale(INSET_PX) - scale(RING_PX)
        set_row_margins(self, self._row, start=start, end=scale(INSET_PX), top=1)
        self._row.setSpacing(scale(PART_GAP_PX))
        self.setFixedHeight(scale(BAR_PX))
        self._fit()


class ConnectionSums(QWidget):
    """The counts side by side, problems in their colour; one sentence for assistive technology."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_of(self)
        self.sums: tuple[scan_status.ConnectionSum, ...] = ()
        self.setObjectName("connection")
        self.setAccessibleName(tr("Connection"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        self.show_sums(())

    def show_sums(self, sums: tuple[scan_status.ConnectionSum, ...]) -> None:
        self.sums = sums
        text = ", ".join(part.text for part in sums) or tr(NOTHING)
        if any(part.status is scan_status.ScanStatus.STREAM_ONLY for part in sums):
            text += ". " + tr(
                "Stream only: findings the server doesn't announce can't be shown here."
            )
        show_tip(self, text)
        self.updateGeometry()
        self.update()

    @property
    def texts(self) -> dict[scan_status.ScanStatus, str]:
        """The text beside each glyph: the whole count, or its number alone if space is short.

        Calm counts shrink first, problems last.
        """
        texts = {part.status: part.text for part in self.sums}
        for part in sorted(self.sums, key=lambda part: _GIVING_WAY.index(part.mood)):
            if self._width_of(texts) + 2 * self._theme.scale(RING_PX) <= self.width():
                break
            if part.count:
                texts[part.status] = grouped(part.count)
        return texts

    def sizeHint(self) -> QSize:
        width = self._width_of({part.status: part.text for part in self.sums})
        nothing = self._theme.text_width(tr(NOTHING), Role.MICRO) + 1
        ring, height = 2 * self._theme.scale(RING_PX), self._theme.scale(BAR_PX) - 1
        return QSize(math.ceil(width if self.sums else nothing) + ring, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.scale(BAR_PX) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            row = RowCursor(theme, painter, QRectF(self.rect()), self.layoutDirection())
            row.skip(theme.scale(RING_PX))
            if not self.sums:
                row.text(tr(NOTHING), theme.font(Role.MICRO), theme.tokens.muted)
            texts = self.texts
            for part in self.sums:
                ink = theme.tokens.ink(MOOD_TONES[part.mood])
                row.icon(part.icon, theme.scale(ICON_PX), ink)
                row.skip(theme.scale(ICON_GAP_PX))
                font = theme.font(Role.MICRO, _weight(part))
                row.text(texts[part.status], font, ink, Qt.TextElideMode.ElideNone)
                row.skip(theme.scale(PART_GAP_PX))
            if self.hasFocus():
                focus_ring(painter, QRectF(self.rect()), theme.scale(RING_PX), theme)

    def _width_of(self, texts: Mapping[scan_status.ScanStatus, str]) -> float:
        theme, width = self._theme, 0.0
        for part in self.sums:
            text_px = theme.text_width(texts[part.status], Role.MICRO, _weight(part)) + 1
            width += theme.scale(ICON_PX + ICON_GAP_PX) + text_px
        return width + max(0, len(self.sums) - 1) * theme.scale(PART_GAP_PX)


def _weight(part: scan_status.ConnectionSum) -> Weight:
    return Weight.REGULAR if part.mood is scan_status.Mood.CALM else Weight.MEDIUM


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
        menu = QMenu(self)
        menu.setAccessibleName(tr("Account"))
        self._who = menu.addAction("")
        self._who.setEnabled(False)
        menu.addSeparator()
        self.sign_in, self.sign_out = menu.addAction(""), menu.addAction(tr("Sign out"))
        self.setMenu(menu)
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

    def _show(self) -> None:
        is_out, host, who = self._is_signed_out(), self._host(), self._description()
        self.set_icon(SIGNED_OUT_ICON if is_out else "")
        label = who
        if self._is_signed_in:
            is_good = self._token is TokenStanding.GOOD
            label = host if is_good else tr("Token, not checked yet")
        elif self._token is TokenStanding.REFUSED:
            label = tr("Token not accepted")
        metrics, scale = self._theme.metrics(self._role(), self._weight()), self._theme.scale
        self.label = ""
        room_px = self._room_px - self.sizeHint().width() - scale(BUTTON_GAP_PX)
        most_px = min(scale(HOST_PX), math.ceil(metrics.horizontalAdvance(label)))
        wanted_px = max(scale(LEAST_HOST_PX), min(most_px, room_px))
        self.set_label(elided(label, metrics, wanted_px, Qt.TextElideMode.ElideMiddle))
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
        if not self._account:
            return host
        return tr("{account} at {host}").format(account=one_line(self._account), host=host)

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

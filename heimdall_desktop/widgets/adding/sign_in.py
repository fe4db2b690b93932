"""The sign-in form, also as a dialog: server, account, and where the token is kept.

The password is kept only in its field, from typing to the response. A server that requests a wait
has not checked it, so it stays there, and the wait is counted down.
"""

from functools import partial

from PySide6.QtCore import QDeadlineTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from heimdall_desktop.application.base.tasks import CallOff
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import ServerUrl, is_sent_in_clear, server_url
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.time_text import wait_text
from heimdall_desktop.widgets.controls import buttons
from heimdall_desktop.widgets.controls.dialog_frame import DialogFrame
from heimdall_desktop.widgets.controls.fields import ErrorLine, TextField
from heimdall_desktop.widgets.controls.pane import named
from heimdall_desktop.widgets.controls.text_labels import Label, Paragraph
from heimdall_desktop.widgets.controls.toggles import CheckBox, RadioRow, SegmentedControl
from heimdall_desktop.widgets.look.app_style import theme_of
from heimdall_desktop.widgets.look.theme import Role, Weight
from heimdall_desktop.widgets.look.tokens import Tone

# Errors in a sign-in that are found before it is sent, as a cause and a remedy.


def needs_to_allow_clear(server: str) -> bool:
    """Return whether the typed text is the address of a server with an unencrypted connection."""
    try:
        return is_sent_in_clear(server_url(server))
    except errors.HeimdallError:
        return False


def checked_server(server: str, *, allows_clear: bool) -> ServerUrl:
    """Return the server's address.

    Raises:
        HeimdallError: It is not valid, or plain HTTP to another machine without permission.
    """
    if not server.strip():
        raise errors.HeimdallError(errors.Reason.SERVER_MISSING)
    url = server_url(server)
    if is_sent_in_clear(url) and not allows_clear:
        raise errors.HeimdallError(errors.Reason.SENT_IN_CLEAR)
    return url


def checked_token(token: str) -> str:
    """Return the token without blanks around it.

    Raises:
        HeimdallError: It is empty, or not valid in a header. The error never repeats it.
    """
    trimmed = token.strip()
    if not trimmed:
        raise errors.HeimdallError(errors.Reason.TOKEN_MISSING)
    if not trimmed.isascii() or not trimmed.isprintable() or " " in trimmed:
        raise errors.HeimdallError(errors.Reason.TOKEN_MALFORMED)
    return trimmed


def checked_account(email: str, password: str) -> str:
    """Return the e-mail address without blanks around it.

    Raises:
        HeimdallError: One of the two is missing.
    """
    trimmed = email.strip()
    if not trimmed:
        raise errors.HeimdallError(errors.Reason.EMAIL_MISSING)
    if not password:
        raise errors.HeimdallError(errors.Reason.PASSWORD_MISSING)
    return trimmed


BY_PASSWORD, BY_TOKEN = 0, 1
BUTTON_WIDTH_PX = 120
COUNTDOWN_MS = 250
PURPOSE = tr_noop("Connect to the Heimdall server you watch.")

DIALOG_PX = 420


class SignIn(QWidget):
    """Checks the input, signs in through the controller, and shows the result.

    Signals:
        signed_in: the server accepted the account or the token.
    """

    signed_in = Signal()

    def __init__(self, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._requests = theme_of(self), requests
        self._call_off: CallOff | None = None
        self._has_keyring = True
        self._wait = QDeadlineTimer(0)
        self._countdown = QTimer(self, interval=COUNTDOWN_MS)
        self._countdown.timeout.connect(self._count_down)
        self._column = QVBoxLayout(self)  # the Tab order is the order of adding
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self._theme.scale(6))
        self._make_form()
        self._make_end()
        self._choose_way(BY_PASSWORD)
        self._follow_server()

    def set_server(self, server: str) -> None:
        self._server.edit.setText(server)

    def set_account(self, email: str) -> None:
        self._email.edit.setText(email)

    def set_keyring(self, state: str, *, is_available: bool) -> None:
        """Show which keyring is used and its state, and whether a token can be kept in it."""
        self._keep.set_detail(state)
        self._keep.setEnabled(is_available and self._call_off is None)
        self._has_keyring = is_available
        if not is_available:
            self._session_only.setChecked(True)

    def show_host(self, host: str, *, is_proven: bool = True) -> None:
        """Show the host at which a token is already in use; "" for none.

        Args:
            host: as shown in the window.
            is_proven: its server has accepted the token.
        """
        text = tr("Signed in to {host}. You can change this here.")
        if not is_proven:
            text = tr("Token for {host}, not checked yet. You can change this here.")
        self._purpose.setText(text.format(host=host) if host else tr(PURPOSE))

    def focus_first_gap(self) -> None:
        fields = (self._server, self._email, self._password)
        if self._way.current == BY_TOKEN:
            fields = (self._server, self._token, self._token)
        empty = [field for field in fields if not field.edit.text()]
        (empty or fields)[0].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Sign in with the contents of the fields, or show what is wrong with them."""
        if self._call_off is not None or self._countdown.isActive():
            return
        self._clear_mistakes()
        is_by_token, allows_clear = self._way.current == BY_TOKEN, self._allow_clear.isChecked()
        email, password = self._email.edit.text(), self._password.edit.text()
        field = self._server
        try:
            server = checked_server(self._server.edit.text(), allows_clear=allows_clear)
            if is_by_token:
                field = self._token
                token = checked_token(self._token.edit.text())
                request = partial(self._requests.request_token, server, token)
            else:
                field = self._password if email.strip() else self._email
                account = checked_account(email, password)
                request = partial(self._requests.request_sign_in, server, account, password)
        except errors.HeimdallError as error:
            field.set_mistake(True)
            self._error.show_error(error)
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        is_kept = self._keep.isChecked()
        self._set_busy(request(is_kept=is_kept, on_answer=partial(self._end, server)))

    def cancel(self) -> None:
        """Cancel signing in; typed text stays."""
        if self._call_off is not None:
            self._call_off()
            self._set_busy(None)
            self.focus_first_gap()

    def _end(self, server: ServerUrl, error: errors.HeimdallError | None) -> None:
        self._set_busy(None)
        if isinstance(error, errors.RouteMissing) and self._way.current == BY_PASSWORD:
            self._way.set_current(BY_TOKEN)
            self._choose_way(BY_TOKEN)
        if not isinstance(error, errors.ServerUnreachable | errors.ServerBusy):
            for field in (self._password, self._token):  # with their undo
                field.edit.setText("")
                for reveal in field.findChildren(buttons.GhostIconButton):
                    reveal.setChecked(False)
        self.focus_first_gap()  # the fields had to give up the keyboard
        if error is None:
            self.signed_in.emit()
            return
        is_certain = (
            isinstance(error, errors.CertificateUntrusted)
            or error.reason is errors.Reason.NAME_NOT_FOUND
        )
        may_need_http = isinstance(error, errors.ServerUnreachable) and not is_certain
        if may_need_http and "://" not in self._server.edit.text():
            error = errors.ServerUnreachable(errors.Reason.TRIED_HTTPS, url=server, error=error)
            self._use_http.show()
        self._error.show_error(error)
        if isinstance(error, errors.ServerBusy):
            self._wait.setRemainingTime(round(error.wait_s * 1000))
            self._countdown.start()
            self._count_down()

    def _send_by_http(self) -> None:
        """Sign in over http, or first request the required permission."""
        address = f"http://{self._server.edit.text().strip()}"
        self._server.edit.setText(address)
        self._clear_mistakes()
        if self._allow_clear.isHidden():
            self.submit()
        else:
            self._allow_clear.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_down(self) -> None:
        """Show the remaining wait; afterwards the form can be sent again (T-47)."""
        left_s = self._wait.remainingTime() / 1000
        if left_s > 0:
            self._button.set_label(tr("Retry in {time}").format(time=wait_text(left_s)))
            self._button.setEnabled(False)
        else:
            self._end_wait()

    def _end_wait(self) -> None:
        if self._countdown.isActive():
            self._countdown.stop()
            self._error.clear()
            self._set_busy(self._call_off)

    def _clear_mistakes(self) -> None:
        for field in self._fields:
            field.set_mistake(False)
        self._error.clear()
        self._use_http.hide()

    def _set_busy(self, call_off: CallOff | None) -> None:
        self._call_off, is_busy = call_off, call_off is not None
        self._cancel.setVisible(is_busy)
        self._button.set_label(tr("Signing in\u2026") if is_busy else tr("Sign in"))
        choices = (self._way, self._allow_clear, self._session_only)
        for part in (*self._fields, *choices, self._button):
            part.setEnabled(not is_busy)
        self._keep.setEnabled(self._has_keyring and not is_busy)

    def _choose_way(self, way: int) -> None:
        self._clear_mistakes()
        for number, parts in enumerate((self._account_parts, self._token_parts)):
            for part in parts:
                part.setVisible(number == way)

    def _follow_server(self) -> None:
        """Offer the exception for plain HTTP only if it is needed; another server resets it.

        A wait requested by the previous server is reset too.
        """
        self._end_wait()
        self._use_http.hide()
        self._allow_clear.setChecked(False)
        is_needed = needs_to_allow_clear(self._server.edit.text())
        self._clear_warning.setVisible(is_needed)
        self._allow_clear.setVisible(is_needed)

    def _make_form(self) -> None:
        column, scale = self._column, self._theme.scale
        column.addWidget(Label(tr("Sign in"), Role.TITLE, Weight.SEMIBOLD))
        self._purpose = Paragraph(tr(PURPOSE), tone=Tone.MUTED, parent=self)
        self._purpose.setObjectName("sign-in-purpose")
        column.addWidget(self._purpose)
        column.addSpacing(scale(10))
        self._server = TextField(
            tr("Server"), icon="conn-live", placeholder="https://heimdall.example.org"
        )
        self._add_field("server", tr("Server"), self._server)
        warning = tr("Anyone on the network path to this server could read the token.")
        self._clear_warning = Paragraph(warning, Role.SMALL, tone=Tone.WARNING)
        column.addWidget(self._clear_warning)
        self._allow_clear = named(CheckBox(tr("Send it unencrypted anyway")), "sign-in-allow-clear")
        column.addWidget(self._allow_clear)
        column.addSpacing(scale(4))
        ways = (tr("Email and password"), tr("Session token"))
        self._way = named(SegmentedControl(ways, name=tr("How to sign in")), "sign-in-way")
        self._way.chosen.connect(self._choose_way)
        column.addWidget(self._way)
        column.addSpacing(scale(4))
        self._email = TextField(tr("Email"))
        self._password = TextField(tr("Password"), is_secret=True)
        self._token = TextField(tr("Session token"), is_secret=True)
        self._account_parts = (
            *self._add_field("email", tr("Email"), self._email),
            *self._add_field("password", tr("Password"), self._password),
        )
        self._token_parts = self._add_field("token", tr("Session token"), self._token)
        self._fields = (self._server, self._email, self._password, self._token)
        self._server.edit.textChanged.connect(self._follow_server)

    def _add_field(self, name: str, text: str, field: TextField) -> tuple[QWidget, QWidget]:
        """Add a field below its label; return both."""
        label = Label(text, Role.SMALL, Weight.MEDIUM)
        label.setBuddy(field)
        label.setContentsMargins(0, self._theme.scale(4), 0, 0)
        field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # like all text typed there
        field.edit.setObjectName(f"sign-in-{name}")
        field.edit.returnPressed.connect(self.submit)
        self._column.addWidget(label)
        self._column.addWidget(field)
        return label, field

    def _make_end(self) -> None:
        """Add the choice of where the token is kept, the error, and the buttons."""
        column, scale = self._column, self._theme.scale
        column.addSpacing(scale(8))
        self._keep = named(RadioRow(tr("Keep the token in the system keyring"), ""), "sign-in-keep")
        self._keep.setChecked(True)
        column.addWidget(self._keep)
        once = tr("Forgotten when Heimdall quits")
        self._session_only = RadioRow(tr("Only for this session"), once)
        self._session_only.setObjectName("sign-in-session-only")
        column.addWidget(self._session_only)
        column.addSpacing(scale(6))
        self._error = named(ErrorLine(self), "sign-in-error")
        column.addWidget(self._error)
        self._button = buttons.PrimaryButton(tr("Sign in"), height_px=buttons.SIGN_IN_PX)
        self._button.setMinimumWidth(scale(BUTTON_WIDTH_PX))
        self._use_http = buttons.OutlineButton(tr("Use http"), height_px=buttons.SIGN_IN_PX)
        self._cancel = buttons.OutlineButton(tr("Cancel"), height_px=buttons.SIGN_IN_PX)
        end = QHBoxLayout()
        for button, name, act in (
            (self._button, "submit", self.submit),
            (self._use_http, "use-http", self._send_by_http),
            (self._cancel, "cancel", self.cancel),
        ):
            button.setObjectName(f"sign-in-{name}")
            button.clicked.connect(act)
            end.addWidget(button)
        end.addStretch(1)
        column.addLayout(end)
        self._use_http.hide()
        self._cancel.hide()


class SignInDialog(DialogFrame):
    """Closes itself, accepted, once the server accepted the account.

    Args:
        reason: Why it is shown, such as "Your session at host ended. Watching is paused."
    """

    def __init__(self, requests: Requests, reason: str = "", parent: QWidget | None = None) -> None:
        super().__init__(tr("Sign in"), DIALOG_PX, parent)
        self.heading.hide()
        why = Paragraph(one_line(reason), Role.SMALL, tone=Tone.WARNING, parent=self)
        why.setObjectName("sign-in-reason")
        why.setVisible(bool(reason))
        self.form = SignIn(requests, self)
        self.form.signed_in.connect(self.accept)
        self.column.addWidget(why)
        self.column.addSpacing(self._theme.scale(6) if reason else 0)
        self.column.addWidget(self.form)

    def done(self, result: int) -> None:
        self.form.cancel()
        super().done(result)

    def open(self) -> None:
        super().open()
        self.form.focus_first_gap()

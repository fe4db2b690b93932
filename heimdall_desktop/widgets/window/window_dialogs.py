"""The dialogs of the window: their initial content, how many are open, and their results."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, TokenStanding
from heimdall_desktop.presentation.board.scan_status import Mood
from heimdall_desktop.presentation.error_text import cause
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import host_text
from heimdall_desktop.widgets.adding.first_start import LocalStart
from heimdall_desktop.widgets.adding.sign_in import SignInDialog
from heimdall_desktop.widgets.controls.dialog_frame import ChoiceDialog
from heimdall_desktop.widgets.controls.problem_strip import StripText
from heimdall_desktop.widgets.window.status_bar import SIGNED_OUT_ICON
from heimdall_desktop.widgets.window.workspace import Workspace, open_dialog, shown_dialog

if TYPE_CHECKING:
    from heimdall_desktop.widgets.adding.add_scans import AddScans

# The subject of one of our strips.
SIGN_OUT, TOKEN, LOCAL, LINK, DROPPED = "sign-out", "token", "local", "link", "dropped-folders"


class WindowDialogs(QObject):
    """Opens dialogs above the window, and shows in its strip what belongs to no dialog.

    Args:
        window: The window.

    Attributes:
        local: scans folders and plays the demo.
    """

    def __init__(self, window: Workspace) -> None:
        super().__init__(window)
        self._adding: AddScans | None = None  # while it is open
        self._requests = window.session.requests
        self._problems, self._window = window.problems, window
        self._server: ServerUrl | None = None
        self._account = ""
        self._left_to_add = ""
        self._asking: SignInDialog | None = None  # the form that was opened for a link last
        self._token: TokenStanding | None = None
        self._server_state: ServerState | None = None
        self._keyring: tuple[str, bool] | None = None  # once it has responded
        self.local = LocalStart(self._requests, window)
        self.local.began.connect(partial(self._show, LOCAL, Mood.WORKING, "ui-play"))
        self.local.ended.connect(self._show_local_end)

    def use_account(self, server: ServerUrl | None, account: str) -> None:
        """Use this server and account as defaults from now on."""
        if server != self._server:
            self.show_token(None)
        self._server, self._account = server, account
        self._problems.clear(SIGN_OUT)

    def show_token(self, token: TokenStanding | None) -> None:
        """Show what is known about the token in use, as far as signing in did not show it."""
        before, self._token = self._token, token
        if token is before:
            return
        host = "" if self._server is None else host_text(self._server)
        was_open = before is TokenStanding.UNCHECKABLE and TOKEN in self._problems.keys
        self._problems.clear(TOKEN)
        if token is TokenStanding.UNCHECKABLE:
            fact = tr(
                "{host} can't check tokens. The first response about a scan will show whether it "
                "accepts this one."
            )
            self._show(TOKEN, Mood.CALM, "ui-info", fact.format(host=host))
        elif token is TokenStanding.REFUSED:
            problem = StripText(Mood.ATTENTION, SIGNED_OUT_ICON, *self._refusal(), (tr("Sign in"),))
            self._problems.show_problem(TOKEN, problem, lambda _: self.sign_in())
        elif token is TokenStanding.GOOD and was_open:
            fact = tr("{host} accepts the token: it responded to a request about a scan.")
            self._show(TOKEN, Mood.CALM, "ui-check", fact.format(host=host))

    def use_keyring(self, description: str, *, is_available: bool) -> None:
        """Offer from now on to keep tokens there, also in an open form."""
        self._keyring = description, is_available
        self._offer_keyring(shown_dialog(self._window, SignInDialog))

    def keyring_text(self) -> str:
        """Return in a sentence where the tokens of sessions are kept."""
        if self._keyring is None:
            return tr("Waiting for the keyring.")
        description, is_available = self._keyring
        if is_available:
            text = tr("In the keyring of this system: {keyring}.")
            return text.format(keyring=one_line(description))
        text = tr("Not kept: you sign in again after a restart. Keyring: {keyring}.")
        return text.format(keyring=one_line(description).rstrip("."))

    def _offer_keyring(self, dialog: SignInDialog | None) -> None:
        if dialog is not None and self._keyring is not None:
            description, is_available = self._keyring
            dialog.form.set_keyring(description, is_available=is_available)

    def show_new_scans(self, *, is_on: bool) -> None:
        if self._adding is not None:
            self._adding.show_new_scans(is_on=is_on)

    def show_server(self, state: ServerState | None) -> None:
        self._server_state = state
        if self._adding is not None:
            self._adding.show_server(state)

    def add_scans(self, text: str = "") -> None:
        """Open the dialog for links and ids, or raise the open one.

        Args:
            text: The suggestion; "" keeps the current text, or that before a sign-in.
        """
        self._open_add_scans(text or self._left_to_add)

    def go_on_adding(self) -> None:
        """Watch the scans that were named before a sign-in; without any, only open the dialog."""
        text = self._left_to_add
        dialog = self._open_add_scans(text)
        if text:
            dialog.submit()

    def open_link(self, text: str) -> None:
        """Watch and show what an external link names; ask first about an unknown server.

        Args:
            text: the link.
        """

        def take_answer(error: errors.HeimdallError | None) -> None:
            if isinstance(error, errors.SeveralServers):
                links = list(error.web_links.values())
                question = tr("This link matches several of your servers. Which one do you mean?")
                choice = ChoiceDialog(
                    tr("Open a link"), question, list(error.web_links), self._window
                )
                choice.chosen.connect(lambda place: self.open_link(links[place]))
                open_dialog(choice)
            elif isinstance(error, errors.SignInNeeded) and error.server:
                server = ServerUrl(error.server)
                waiting = [line for line in self._left_to_add.splitlines() if line != text]
                reason = tr(
                    "A link points to {host}, where you're not signed in. Sign in to open it, or "
                    "close this form if you don't know that server."
                ).format(host=host_text(server))
                signing_in = self.open_sign_in(server, reason)
                if signing_in is not self._asking:
                    self._asking = signing_in
                    signing_in.accepted.connect(self.go_on_adding)
                    signing_in.rejected.connect(self._forget_links)
                self._left_to_add = "\n".join([*waiting, text])
            elif error is not None:
                self._problems.show_error(LINK, error)

        self._problems.clear(LINK)
        self._requests.request_watch(text, take_answer)

    def _forget_links(self) -> None:
        self._left_to_add = ""

    def _open_add_scans(self, text: str) -> AddScans:
        self._left_to_add = ""
        dialog, of = self._adding, self._window.session
        if dialog is None:
            from heimdall_desktop.widgets.adding.add_scans import AddScans  # noqa: PLC0415 - main.LATE

            host = "" if self._server is None else host_text(self._server)
            self._adding = dialog = AddScans(
                of.store, of.ticker, of.requests, host, of.clock, of.now, self._window
            )
            dialog.show_new_scans(is_on=of.requests.preferences.settings.watches_new)
            dialog.show_server(self._server_state)
            dialog.sign_in_wanted.connect(self._sign_in_to_add)
            dialog.finished.connect(self._forget_adding)
        if text:
            dialog.suggest(text)
        open_dialog(dialog)
        return dialog

    def sign_in(self) -> None:
        """Open the sign-in form, filled in as far as possible."""
        is_refused = self._token is TokenStanding.REFUSED
        self.open_sign_in(self._server, " ".join(self._refusal()) if is_refused else "")

    def sign_in_again(self, server: ServerUrl, *, has_ended: bool = True) -> None:
        """Open the sign-in form because a session has ended or never started, or ends soon."""
        if has_ended and server == self._server and self._token is TokenStanding.REFUSED:
            self.sign_in()
            return
        reason = tr("Your session on {host} expires soon. Sign in to start a new one.")
        if has_ended:
            reason = tr("Your session on {host} ended. Watching is paused until you sign in.")
        self.open_sign_in(server, reason.format(host=host_text(server)))

    def sign_out(self) -> None:
        if self._server is not None:
            self.sign_out_of(self._server)

    def sign_out_of(self, server: ServerUrl) -> None:
        """Sign out of a server, and report the result."""
        self._requests.request_sign_out(server, partial(self._show_sign_out, server))

    def open_sign_in(self, server: ServerUrl | None, reason: str = "") -> SignInDialog:
        """Open the form; there is one prompt at a time (protocol.md T-48)."""
        dialog = shown_dialog(self._window, SignInDialog)
        if dialog is None:
            dialog = SignInDialog(self._requests, reason, self._window)
            if server is not None:
                dialog.form.set_server(server)
                dialog.form.set_account(self._account if server == self._server else "")
            self._offer_keyring(dialog)
        open_dialog(dialog)
        return dialog

    def _refusal(self) -> tuple[str, str]:
        """Return the text that the token in use was never accepted, and the consequence."""
        fact = tr("{host} doesn't accept the token.")
        host = "" if self._server is None else host_text(self._server)
        return fact.format(host=host), tr("Watching is paused until you sign in.")

    def _sign_in_to_add(self, server: str, text: str) -> None:
        """Sign in, then continue adding scans; the typed text is kept."""
        self._left_to_add = text
        if self._adding is not None:
            self._adding.reject()
        signing_in = self.open_sign_in(ServerUrl(server) if server else self._server)
        signing_in.accepted.connect(self.go_on_adding)

    def _forget_adding(self) -> None:
        self._adding = None

    def _show_sign_out(self, server: ServerUrl, error: errors.HeimdallError | None) -> None:
        host = host_text(server)
        if isinstance(error, errors.CredentialError):
            self._problems.show_error(SIGN_OUT, error)
        elif error is not None:
            fact = tr("Signed out here, but {host} couldn't be notified.").format(host=host)
            consequence = tr("{cause} The session on the server expires automatically.").format(
                cause=cause(error)
            )
            self._show(SIGN_OUT, Mood.ATTENTION, "ui-warning", fact, consequence)
        else:
            fact = tr("Signed out of {host}.").format(host=host)
            consequence = tr("The server ended the session, and the token was deleted here.")
            self._show(SIGN_OUT, Mood.CALM, SIGNED_OUT_ICON, fact, consequence)

    def confirm_scan(self, folders: Sequence[Path]) -> None:
        """Ask whether to scan dropped folders: a drag can end by accident."""
        if not folders:
            return
        fact = tr("Scan %n folders?", "", len(folders), one="Scan %n folder?")
        if len(folders) == 1:
            name = self._window.session.store.mask.text(one_line(str(folders[0])))
            fact = tr("Scan {folder}?").format(folder=name)
        question = StripText(
            Mood.CALM, "ui-folder", fact, tr("Scanners on this computer read its files."),
            (tr("Scan", "verb"),),
        )  # fmt: skip

        def scan(_: str) -> None:
            self._problems.clear(DROPPED)
            for folder in folders:
                self.local.scan_folder(str(folder))

        self._problems.show_problem(DROPPED, question, scan)

    def _show_local_end(self, error: errors.HeimdallError | None) -> None:
        self._problems.clear(LOCAL)
        # the one that has ended has a successor
        self._problems.clear(errors.LocalServerError.__name__)
        if error is not None:
            self._problems.show_error(type(error).__name__, error)

    def _show(self, key: str, kind: Mood, icon: str, fact: str, consequence: str = "") -> None:
        self._problems.show_problem(key, StripText(kind, icon, fact, consequence))

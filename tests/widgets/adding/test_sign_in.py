"""The sign-in form, and the input it refuses before anything is sent."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts import errors
from heimdall_desktop.widgets.adding import sign_in
from heimdall_desktop.widgets.controls.toggles import CheckBox
from heimdall_desktop.widgets.controls.wrapped_label import WrappedLabel
from heimdall_desktop.widgets.look.theme import Theme
from tests.fakes.hands import click, part, press_key, type_text
from tests.fakes.requests import RecordedRequests

SERVER = "https://heimdall.example.org"


class Form:
    """A form that is shown, and what it requests."""

    def __init__(self, widget: sign_in.SignIn, requests: RecordedRequests) -> None:
        self.widget, self.requests = widget, requests

    def field(self, name: str) -> QLineEdit:
        return part(self.widget, QLineEdit, f"sign-in-{name}")

    def button(self, name: str) -> QPushButton:
        return part(self.widget, QPushButton, f"sign-in-{name}")

    def exception(self) -> CheckBox:
        return part(self.widget, CheckBox, "sign-in-allow-clear")

    def segment(self, text: str) -> QRadioButton:
        buttons = self.widget.findChildren(QRadioButton)
        return next(b for b in buttons if b.accessibleName() == text)

    def type(self, name: str, text: str) -> None:
        type_text(self.field(name), text)

    def fill(self, server: str = SERVER) -> None:
        self.type("server", server)
        self.type("email", "mira@example.org")
        self.type("password", "correct horse")

    def press_return(self, name: str = "password") -> None:
        press_key(self.field(name), Qt.Key.Key_Return)

    def submit(self, server: str = SERVER) -> None:
        self.fill(server)
        self.press_return()

    def error(self) -> str:
        return part(self.widget, WrappedLabel, "error-words").text()


@pytest.fixture
def form(theme: Theme, qtbot: QtBot) -> Form:
    requests = RecordedRequests()
    form = Form(sign_in.SignIn(requests), requests)
    qtbot.addWidget(form.widget)
    form.widget.show()
    return form


@pytest.mark.parametrize("way", ["Email and password", "Session token"])
def test_tab_follows_the_order_of_the_form(form: Form, qtbot: QtBot, way: str) -> None:
    with qtbot.waitActive(form.widget):
        form.widget.activateWindow()
    click(form.segment(way))
    form.field("server").setFocus()
    seen: list[tuple[int, int]] = []
    while (stop := QApplication.focusWidget()) is not None:
        corner = stop.mapTo(form.widget, stop.rect().topLeft())
        seen.append((corner.y() // 12, corner.x()))  # each line from left to right
        if stop.objectName() == "sign-in-submit":
            break
        press_key(stop, Qt.Key.Key_Tab)
        assert len(seen) < 12, "the button is never reached"
    assert seen == sorted(seen)
    assert len(seen) >= 6
    press_key(form.button("submit"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.field("server")


def test_enter_signs_in_and_while_the_server_thinks_nothing_can_be_changed(form: Form) -> None:
    form.submit()
    click(form.button("submit"))
    form.press_return()
    assert form.requests.asked == [("sign_in", SERVER, "mira@example.org", "correct horse", True)]
    assert not form.field("password").isEnabled()
    assert form.button("submit").accessibleName() == "Signing in\u2026"


def test_signing_in_can_be_cancelled(form: Form) -> None:
    cancel = form.button("cancel")
    form.fill()
    assert not cancel.isVisible()
    form.press_return()
    click(cancel)
    assert form.requests.asked[-1] == ("cancel sign_in",)
    assert not cancel.isVisible()
    assert form.field("password").text() == "correct horse"
    form.press_return()
    assert [each[0] for each in form.requests.asked] == ["sign_in", "cancel sign_in", "sign_in"]


@pytest.mark.parametrize(
    ("typed", "is_sent"), [("127.0.0.1:8080", True), ("heimdall.example.org", False)]
)
def test_http_is_offered_where_https_failed(form: Form, typed: str, is_sent: bool) -> None:
    use_http = form.button("use-http")
    form.submit(typed)
    assert form.requests.asked[0][1] == f"https://{typed}"
    form.requests.answer(errors.ServerUnreachable(errors.Reason.CONNECTION_REFUSED, host=typed))
    assert form.error().startswith(f"Tried https://{typed}. ")
    click(use_http)
    assert not use_http.isVisible()
    assert form.field("server").text() == f"http://{typed}"
    exception = form.exception()
    assert exception.isVisible() is not is_sent
    if not is_sent:
        assert len(form.requests.asked) == 1
        exception.click()
        form.press_return()
    assert form.requests.asked[1][1:4] == (f"http://{typed}", "mira@example.org", "correct horse")


@pytest.mark.parametrize(
    ("typed", "kind", "reason"),
    [
        ("https://h.test", errors.ServerUnreachable, errors.Reason.CONNECTION_REFUSED),
        ("h.test", errors.ServerUnreachable, errors.Reason.NAME_NOT_FOUND),
        ("h.test", errors.CertificateUntrusted, errors.Reason.CERTIFICATE_UNTRUSTED),
        ("h.test", errors.SignedOut, errors.Reason.LOGIN_REFUSED),
    ],
)
def test_http_is_not_offered_where_it_would_not_help(
    form: Form, typed: str, kind: type[errors.HeimdallError], reason: errors.Reason
) -> None:
    form.submit(typed)
    form.requests.answer(kind(reason, host="h.test", flaw="x"))
    assert not form.button("use-http").isVisible()


def test_the_password_is_gone_after_use_and_its_field_has_focus(form: Form, qtbot: QtBot) -> None:
    """What opens then gives it back there, and not to the first button of the window."""
    with qtbot.waitActive(form.widget):
        form.widget.activateWindow()
    form.fill()
    password = form.field("password")
    password.setFocus()
    with qtbot.waitSignal(form.widget.signed_in):
        form.press_return()
        form.requests.answer()
    assert QApplication.focusWidget() is password
    password.undo()
    assert password.text() == ""


def test_a_refusal_names_cause_and_remedy_and_empties_the_password(form: Form) -> None:
    form.submit()
    form.requests.answer(errors.SignedOut(errors.Reason.LOGIN_REFUSED, host="h.test"))
    assert form.error() == (
        "h.test doesn't accept this email and password. Check both and try again."
    )
    assert form.field("password").text() == ""
    assert form.field("email").text() == "mira@example.org"


def test_a_server_that_is_not_there_does_not_cost_the_typing(form: Form) -> None:
    form.submit()
    form.requests.answer(errors.ServerUnreachable(errors.Reason.NOT_REACHABLE, host="h.test"))
    assert form.field("password").text() == "correct horse"
    assert form.field("password").isEnabled()


def test_a_server_that_asks_to_wait_costs_no_password_and_is_counted_down(
    form: Form, qtbot: QtBot
) -> None:
    button = form.button("submit")
    form.submit()
    form.requests.answer(errors.ServerBusy(errors.Reason.SERVER_BUSY, host="h.test", wait_s=40.0))
    assert form.field("password").text() == "correct horse"
    assert form.field("password").isEnabled()
    assert (button.accessibleName(), button.isEnabled()) == ("Retry in 40 s", False)
    form.press_return()
    assert len(form.requests.asked) == 1, "sending again would only make the wait longer"
    qtbot.waitUntil(lambda: button.accessibleName() == "Retry in 39 s")
    form.type("server", ":8080")
    assert (button.accessibleName(), button.isEnabled()) == ("Sign in", True)


def test_after_the_wait_the_same_password_can_be_sent(form: Form, qtbot: QtBot) -> None:
    button = form.button("submit")
    form.submit()
    form.requests.answer(errors.ServerBusy(errors.Reason.SERVER_BUSY, host="h.test", wait_s=0.1))
    assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)
    assert button.accessibleName() == "Sign in"
    click(button)
    assert form.requests.asked[1] == form.requests.asked[0]


def test_a_token_can_be_pasted_instead(form: Form) -> None:
    form.type("server", "heimdall.example.org/")
    click(form.segment("Session token"))
    click(part(form.widget, QRadioButton, "sign-in-session-only"))
    form.type("token", " 0a1b2c ")
    form.press_return("token")
    assert form.requests.asked == [("token", SERVER, "0a1b2c", False)]
    form.requests.answer(errors.SignedOut(errors.Reason.TOKEN_REFUSED, host="h.test"))
    assert form.field("token").text() == ""


def test_both_secrets_are_hidden_until_revealed(form: Form) -> None:
    for name in ("password", "token"):
        assert form.field(name).echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("server", "token", "cause"),
    [
        ("", "0a", "The server address is missing."),
        ("ftp://x", "0a", "This isn't a valid server address."),
        (SERVER, "", "The session token is missing."),
        (SERVER, "a b", "This isn't a session token: it contains spaces or invalid characters."),
    ],
)
def test_mistakes_are_shown_before_sending(form: Form, server: str, token: str, cause: str) -> None:
    click(form.segment("Session token"))
    form.type("server", server)
    form.type("token", token)
    form.press_return("token")
    assert form.requests.asked == []
    assert form.error().startswith(cause)


def test_plain_http_to_another_machine_needs_an_explicit_exception(form: Form) -> None:
    form.submit("http://heimdall.example.org")
    assert form.requests.asked == []
    assert (
        "The connection to this server is unencrypted, so anyone on the network path can read "
        "the token."
    ) in form.error()
    exception = form.exception()
    assert exception.isVisible()
    exception.click()
    form.press_return()
    assert form.requests.asked[0][1] == "http://heimdall.example.org"
    form.requests.answer(errors.ServerUnreachable(errors.Reason.NOT_REACHABLE, host="h.test"))
    assert exception.isChecked()
    form.type("server", ".evil")
    assert not exception.isChecked()


def test_plain_http_to_this_machine_is_fine(form: Form) -> None:
    form.fill("http://127.0.0.1:8080")
    assert not form.exception().isVisible()
    form.press_return()
    assert form.requests.asked[0][1] == "http://127.0.0.1:8080"


def test_without_a_keyring_a_token_lives_for_the_session(form: Form) -> None:
    form.widget.set_keyring("No keyring answers on this system", is_available=False)
    keep = part(form.widget, QRadioButton, "sign-in-keep")
    assert not keep.isEnabled()
    assert keep.accessibleDescription() == "No keyring answers on this system"
    form.submit()
    assert form.requests.asked[0][-1] is False


def test_the_cursor_goes_where_something_is_missing(form: Form, qtbot: QtBot) -> None:
    form.widget.set_server(SERVER)
    form.widget.set_account("mira@example.org")
    form.widget.activateWindow()
    form.widget.focus_first_gap()
    focused: QWidget | None = form.widget.focusWidget()
    assert focused is form.field("password")


def test_a_server_without_passwords_asks_for_a_token(form: Form) -> None:
    form.fill()
    click(form.button("submit"))
    fact = "heimdall.example.org doesn't offer password sign-in."
    form.requests.answer(
        errors.RouteMissing(errors.Reason.LOGIN_NOT_OFFERED, host="heimdall.example.org")
    )
    assert form.segment("Session token").isChecked()
    assert form.field("token").isVisible()
    assert not form.field("password").isVisible()
    assert form.error() == f"{fact} Paste a token instead."
    assert form.field("password").text() == ""
    form.type("token", "a.b-c")
    form.press_return("token")
    assert form.requests.asked[-1] == ("token", SERVER, "a.b-c", True)


# -- in a dialog --

REASON = "Your session on host ended. Watching is paused."


@pytest.fixture
def dialog(theme: Theme, qtbot: QtBot) -> sign_in.SignInDialog:
    dialog = sign_in.SignInDialog(RecordedRequests(), REASON)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


@pytest.fixture
def inside(dialog: sign_in.SignInDialog) -> Form:
    requests = dialog.form._requests
    assert isinstance(requests, RecordedRequests)
    return Form(dialog.form, requests)


def test_the_dialog_shows_its_reason_and_closes_once_signed_in(
    dialog: sign_in.SignInDialog, inside: Form, qtbot: QtBot
) -> None:
    assert part(dialog, QLabel, "sign-in-reason").text() == REASON
    inside.submit()
    assert len(inside.requests.asked) == 1
    with qtbot.waitSignal(dialog.accepted):
        inside.requests.answer()
    assert not dialog.isVisible()


def test_closing_cancels_all_work(dialog: sign_in.SignInDialog, inside: Form, qtbot: QtBot) -> None:
    inside.submit()
    with qtbot.waitSignal(dialog.rejected):
        press_key(dialog, Qt.Key.Key_Escape)
    assert [each[0] for each in inside.requests.asked] == ["sign_in", "cancel sign_in"]


def test_plain_http_to_another_machine_is_noticed() -> None:
    for server in ("http://heimdall.example.org", "http://10.0.0.7:8080"):
        assert sign_in.needs_to_allow_clear(server), server
    here, host = ("http://localhost:8080", "http://127.0.0.1"), "heimdall.example.org"
    for server in (*here, f"https://{host}", host, f"ftp://{host}"):
        assert not sign_in.needs_to_allow_clear(server), server


@pytest.mark.parametrize("server", ["", "   ", "ftp://x", "https://"])
def test_a_server_needs_an_address(server: str) -> None:
    with pytest.raises(errors.HeimdallError):
        sign_in.checked_server(server, allows_clear=True)


@pytest.mark.parametrize("token", ["", "  ", "caf\u00e9", "a b", "a\nb", "a\u202eb"])
def test_a_token_no_header_could_carry_is_refused(token: str) -> None:
    with pytest.raises(errors.HeimdallError) as caught:
        sign_in.checked_token(token)
    assert not token.strip() or token not in str(caught.value)


def test_an_account_needs_both_parts() -> None:
    assert sign_in.checked_account(" mira@example.org ", "x") == "mira@example.org"
    for email, password in (("", "x"), ("mira@example.org", "")):
        with pytest.raises(errors.HeimdallError):
            sign_in.checked_account(email, password)

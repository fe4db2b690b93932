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


@pytest.fixture
def requests() -> RecordedRequests:
    return RecordedRequests()


@pytest.fixture
def form(theme: Theme, requests: RecordedRequests, qtbot: QtBot) -> sign_in.SignIn:
    form = sign_in.SignIn(requests)
    qtbot.addWidget(form)
    form.show()
    return form


def field(form: sign_in.SignIn, name: str) -> QLineEdit:
    return part(form, QLineEdit, f"sign-in-{name}")


def segment(form: sign_in.SignIn, text: str) -> QRadioButton:
    return next(b for b in form.findChildren(QRadioButton) if b.accessibleName() == text)


def fill(form: sign_in.SignIn, server: str = SERVER) -> None:
    type_text(field(form, "server"), server)
    type_text(field(form, "email"), "mira@example.org")
    type_text(field(form, "password"), "correct horse")


def submit(form: sign_in.SignIn, server: str = SERVER) -> None:
    fill(form, server)
    press_key(field(form, "password"), Qt.Key.Key_Return)


def error(form: sign_in.SignIn) -> str:
    return part(form, WrappedLabel, "error-words").text()


def test_enter_signs_in_with_the_password(form: sign_in.SignIn, requests: RecordedRequests) -> None:
    submit(form)
    assert requests.asked == [("sign_in", SERVER, "mira@example.org", "correct horse", True)]


@pytest.mark.parametrize("way", ["Email and password", "Session token"])
def test_tab_follows_the_order_of_the_form(form: sign_in.SignIn, qtbot: QtBot, way: str) -> None:
    with qtbot.waitActive(form):
        form.activateWindow()
    click(segment(form, way))
    field(form, "server").setFocus()
    seen: list[tuple[int, int]] = []
    while (stop := QApplication.focusWidget()) is not None:
        corner = stop.mapTo(form, stop.rect().topLeft())
        seen.append((corner.y() // 12, corner.x()))  # each line from left to right
        if stop.objectName() == "sign-in-submit":
            break
        press_key(stop, Qt.Key.Key_Tab)
        assert len(seen) < 12, "the button is never reached"
    assert seen == sorted(seen)
    assert len(seen) >= 6
    press_key(part(form, QPushButton, "sign-in-submit"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is field(form, "server")


def test_while_the_server_thinks_nothing_can_be_changed(
    form: sign_in.SignIn, requests: RecordedRequests
) -> None:
    fill(form)
    click(part(form, QPushButton, "sign-in-submit"))
    press_key(field(form, "password"), Qt.Key.Key_Return)
    assert len(requests.asked) == 1
    assert not field(form, "password").isEnabled()
    assert part(form, QPushButton, "sign-in-submit").accessibleName() == "Signing in\u2026"


def test_signing_in_can_be_cancelled(form: sign_in.SignIn, requests: RecordedRequests) -> None:
    cancel = part(form, QPushButton, "sign-in-cancel")
    fill(form)
    assert not cancel.isVisible()
    press_key(field(form, "password"), Qt.Key.Key_Return)
    click(cancel)
    assert requests.asked[-1] == ("cancel sign_in",)
    assert not cancel.isVisible()
    assert field(form, "password").text() == "correct horse"
    press_key(field(form, "password"), Qt.Key.Key_Return)
    assert [each[0] for each in requests.asked] == ["sign_in", "cancel sign_in", "sign_in"]


@pytest.mark.parametrize(
    ("typed", "is_sent"), [("127.0.0.1:8080", True), ("heimdall.example.org", False)]
)
def test_without_a_scheme_http_is_offered_where_https_failed(
    form: sign_in.SignIn, requests: RecordedRequests, typed: str, is_sent: bool
) -> None:
    use_http = part(form, QPushButton, "sign-in-use-http")
    submit(form, typed)
    assert requests.asked[0][1] == f"https://{typed}"
    requests.answer(errors.ServerUnreachable(errors.Reason.CONNECTION_REFUSED, host=typed))
    assert error(form).startswith(f"Tried https://{typed}. ")
    click(use_http)
    assert not use_http.isVisible()
    assert field(form, "server").text() == f"http://{typed}"
    exception = part(form, CheckBox, "sign-in-allow-clear")
    assert exception.isVisible() is not is_sent
    if not is_sent:
        assert len(requests.asked) == 1
        exception.click()
        press_key(field(form, "password"), Qt.Key.Key_Return)
    assert requests.asked[1][1:4] == (f"http://{typed}", "mira@example.org", "correct horse")


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (
            "https://h.test",
            errors.ServerUnreachable(errors.Reason.CONNECTION_REFUSED, host="h.test"),
        ),
        ("h.test", errors.ServerUnreachable(errors.Reason.NAME_NOT_FOUND, host="h.test")),
        (
            "h.test",
            errors.CertificateUntrusted(
                errors.Reason.CERTIFICATE_UNTRUSTED, host="h.test", flaw="x"
            ),
        ),
        ("h.test", errors.SignedOut(errors.Reason.LOGIN_REFUSED, host="h.test")),
    ],
)
def test_http_is_not_offered_where_it_would_not_help(
    form: sign_in.SignIn, requests: RecordedRequests, typed: str, error: errors.HeimdallError
) -> None:
    submit(form, typed)
    requests.answer(error)
    assert not part(form, QPushButton, "sign-in-use-http").isVisible()


def test_the_password_is_gone_after_use(
    form: sign_in.SignIn, requests: RecordedRequests, qtbot: QtBot
) -> None:
    fill(form)
    with qtbot.waitSignal(form.signed_in):
        press_key(field(form, "password"), Qt.Key.Key_Return)
        requests.answer()
    field(form, "password").undo()
    assert field(form, "password").text() == ""


def test_the_focus_returns_to_the_form_after_signing_in(
    form: sign_in.SignIn, requests: RecordedRequests, qtbot: QtBot
) -> None:
    """What opens then gives it back there, and not to the first button of the window."""
    with qtbot.waitActive(form):
        form.activateWindow()
    fill(form)
    field(form, "password").setFocus()
    press_key(field(form, "password"), Qt.Key.Key_Return)
    requests.answer()
    assert QApplication.focusWidget() is field(form, "password")


def test_a_refusal_names_cause_and_remedy_and_empties_the_password(
    form: sign_in.SignIn, requests: RecordedRequests
) -> None:
    submit(form)
    requests.answer(errors.SignedOut(errors.Reason.LOGIN_REFUSED, host="h.test"))
    assert error(form) == (
        "h.test doesn't accept this email and password. Check both and try again."
    )
    assert field(form, "password").text() == ""
    assert field(form, "email").text() == "mira@example.org"


def test_a_server_that_is_not_there_does_not_cost_the_typing(
    form: sign_in.SignIn, requests: RecordedRequests
) -> None:
    submit(form)
    requests.answer(errors.ServerUnreachable(errors.Reason.NOT_REACHABLE, host="h.test"))
    assert field(form, "password").text() == "correct horse"
    assert field(form, "password").isEnabled()


def test_a_server_that_asks_to_wait_costs_no_password_and_is_counted_down(
    form: sign_in.SignIn, requests: RecordedRequests, qtbot: QtBot
) -> None:
    button = part(form, QPushButton, "sign-in-submit")
    submit(form)
    requests.answer(errors.ServerBusy(errors.Reason.SERVER_BUSY, host="h.test", wait_s=40.0))
    assert field(form, "password").text() == "correct horse"
    assert field(form, "password").isEnabled()
    assert (button.accessibleName(), button.isEnabled()) == ("Retry in 40 s", False)
    press_key(field(form, "password"), Qt.Key.Key_Return)
    assert len(requests.asked) == 1, "sending again would only make the wait longer"
    qtbot.waitUntil(lambda: button.accessibleName() == "Retry in 39 s")
    type_text(field(form, "server"), ":8080")
    assert (button.accessibleName(), button.isEnabled()) == ("Sign in", True)


def test_after_the_wait_the_same_password_can_be_sent(
    form: sign_in.SignIn, requests: RecordedRequests, qtbot: QtBot
) -> None:
    button = part(form, QPushButton, "sign-in-submit")
    submit(form)
    requests.answer(errors.ServerBusy(errors.Reason.SERVER_BUSY, host="h.test", wait_s=0.1))
    assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)
    assert button.accessibleName() == "Sign in"
    click(button)
    assert requests.asked[1] == requests.asked[0]


def test_a_token_can_be_pasted_instead(form: sign_in.SignIn, requests: RecordedRequests) -> None:
    type_text(field(form, "server"), "heimdall.example.org/")
    click(segment(form, "Session token"))
    click(part(form, QRadioButton, "sign-in-session-only"))
    type_text(field(form, "token"), " 0a1b2c ")
    press_key(field(form, "token"), Qt.Key.Key_Return)
    assert requests.asked == [("token", SERVER, "0a1b2c", False)]
    requests.answer(errors.SignedOut(errors.Reason.TOKEN_REFUSED, host="h.test"))
    assert field(form, "token").text() == ""


def test_both_secrets_are_hidden_until_revealed(form: sign_in.SignIn) -> None:
    for name in ("password", "token"):
        assert field(form, name).echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("server", "token", "cause"),
    [
        ("", "0a", "The server address is missing."),
        ("ftp://x", "0a", "This isn't a valid server address."),
        (SERVER, "", "The session token is missing."),
        (SERVER, "a b", "This isn't a session token: it contains spaces or invalid characters."),
    ],
)
def test_mistakes_are_shown_before_anything_is_sent(
    form: sign_in.SignIn, requests: RecordedRequests, server: str, token: str, cause: str
) -> None:
    click(segment(form, "Session token"))
    type_text(field(form, "server"), server)
    type_text(field(form, "token"), token)
    press_key(field(form, "token"), Qt.Key.Key_Return)
    assert requests.asked == []
    assert error(form).startswith(cause)


def test_plain_http_to_another_machine_needs_an_explicit_exception(
    form: sign_in.SignIn, requests: RecordedRequests
) -> None:
    submit(form, "http://heimdall.example.org")
    assert requests.asked == []
    assert (
        "The connection to this server is unencrypted, so anyone on the network path can read "
        "the token."
    ) in error(form)
    exception = part(form, CheckBox, "sign-in-allow-clear")
    assert exception.isVisible()
    exception.click()
    press_key(field(form, "password"), Qt.Key.Key_Return)
    assert requests.asked[0][1] == "http://heimdall.example.org"


def test_the_exception_is_for_one_server_only(form: sign_in.SignIn) -> None:
    type_text(field(form, "server"), "http://a.example.org")
    exception = part(form, CheckBox, "sign-in-allow-clear")
    exception.click()
    type_text(field(form, "server"), ".evil")
    assert not exception.isChecked()


def test_plain_http_to_this_machine_is_fine(
    form: sign_in.SignIn, requests: RecordedRequests
) -> None:
    fill(form, "http://127.0.0.1:8080")
    assert not part(form, CheckBox, "sign-in-allow-clear").isVisible()
    press_key(field(form, "password"), Qt.Key.Key_Return)
    assert requests.asked[0][1] == "http://127.0.0.1:8080"


def test_without_a_keyring_a_token_lives_for_the_session(
    form: sign_in.SignIn, requests: RecordedRequests
) -> None:
    form.set_keyring("No keyring answers on this system", is_available=False)
    keep = part(form, QRadioButton, "sign-in-keep")
    assert not keep.isEnabled()
    assert keep.accessibleDescription() == "No keyring answers on this system"
    submit(form)
    assert requests.asked[0][-1] is False


def test_the_cursor_goes_where_something_is_missing(form: sign_in.SignIn, qtbot: QtBot) -> None:
    form.set_server(SERVER)
    form.set_account("mira@example.org")
    form.activateWindow()
    form.focus_first_gap()
    focused: QWidget | None = form.focusWidget()
    assert focused is field(form, "password")


def test_a_server_without_passwords_asks_for_a_token(
    form: sign_in.SignIn, requests: RecordedRequests
) -> None:
    fill(form)
    click(part(form, QPushButton, "sign-in-submit"))
    fact = "heimdall.example.org doesn't offer password sign-in."
    requests.answer(
        errors.RouteMissing(errors.Reason.LOGIN_NOT_OFFERED, host="heimdall.example.org")
    )
    assert segment(form, "Session token").isChecked()
    assert field(form, "token").isVisible()
    assert not field(form, "password").isVisible()
    assert error(form) == f"{fact} Paste a token instead."
    assert field(form, "password").text() == ""
    type_text(field(form, "token"), "a.b-c")
    press_key(field(form, "token"), Qt.Key.Key_Return)
    assert requests.asked[-1] == ("token", SERVER, "a.b-c", True)


def test_the_dialog_shows_its_reason_and_closes_once_signed_in(theme: Theme, qtbot: QtBot) -> None:
    requests = RecordedRequests()
    dialog = sign_in.SignInDialog(requests, "Your session on host ended. Watching is paused.")
    qtbot.addWidget(dialog)
    dialog.form.set_server("https://heimdall.example.org")
    dialog.form.set_account("mira@example.org")
    dialog.open()
    reason = part(dialog, QLabel, "sign-in-reason")
    assert reason.text() == "Your session on host ended. Watching is paused."
    password = part(dialog, QLineEdit, "sign-in-password")
    type_text(password, "correct horse")
    press_key(password, Qt.Key.Key_Return)
    assert len(requests.asked) == 1
    with qtbot.waitSignal(dialog.accepted):
        requests.answer()
    assert not dialog.isVisible()


def test_closing_the_dialog_cancels_what_is_under_way(theme: Theme, qtbot: QtBot) -> None:
    requests = RecordedRequests()
    dialog = sign_in.SignInDialog(requests)
    qtbot.addWidget(dialog)
    dialog.open()
    fill(dialog.form)
    press_key(field(dialog.form, "password"), Qt.Key.Key_Return)
    press_key(dialog, Qt.Key.Key_Escape)
    assert [each[0] for each in requests.asked] == ["sign_in", "cancel sign_in"]
    assert not dialog.isVisible()


def test_escape_leaves_without_signing_in(theme: Theme, qtbot: QtBot) -> None:
    requests = RecordedRequests()
    dialog = sign_in.SignInDialog(requests)
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        press_key(dialog, Qt.Key.Key_Escape)
    assert requests.asked == []


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("http://heimdall.example.org", True),
        ("http://10.0.0.7:8080", True),
        ("http://localhost:8080", False),
        ("http://127.0.0.1", False),
        ("https://heimdall.example.org", False),
        ("heimdall.example.org", False),
        ("ftp://heimdall.example.org", False),
    ],
)
def test_plain_http_to_another_machine_is_noticed(server: str, expected: bool) -> None:
    assert sign_in.needs_to_allow_clear(server) is expected


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

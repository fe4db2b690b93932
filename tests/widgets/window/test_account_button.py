"""The account button says who is signed in where, and stands out when no one is."""

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.server import ServerUrl, TokenStanding
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.account_button import AccountButton
from tests.fakes.hands import click

SERVER = ServerUrl("https://heimdall.corp.example")


@pytest.fixture
def account(theme: Theme, qtbot: QtBot) -> AccountButton:
    account = AccountButton()
    qtbot.addWidget(account)
    account.fit(400)
    account.show()
    return account


def lines(account: AccountButton) -> list[str]:
    menu = account.menu()
    assert isinstance(menu, QMenu)
    return [line.text() for line in menu.actions() if line.isVisible() and not line.isSeparator()]


def choose(account: AccountButton, text: str) -> None:
    menu = account.menu()
    assert isinstance(menu, QMenu)
    next(line for line in menu.actions() if line.text() == text).trigger()


def titles(account: AccountButton) -> list[tuple[str, str]]:
    return [(command.title, command.obstacle()) for command in account.commands()]


def test_it_says_who_and_where_and_can_leave(account: AccountButton, qtbot: QtBot) -> None:
    account.show_account(SERVER, "ann&bob@corp.example", is_signed_in=True)
    who = "ann&bob@corp.example at heimdall.corp.example"
    assert account.label == "heimdall.corp.example"
    assert account.accessibleName() == f"Account: {who}"
    assert lines(account) == [who.replace("&", "&&"), "Sign in again", "Sign out"]
    with qtbot.waitSignals([account.sign_in.triggered, account.sign_out.triggered]):
        choose(account, "Sign in again")
        choose(account, "Sign out")
    assert titles(account) == [("Sign in again", ""), (f"Sign out of {who}", "")]
    with qtbot.waitSignals([account.sign_in.triggered, account.sign_out.triggered]):
        for command in account.commands():
            command.act()


def test_it_says_that_no_one_is_signed_in(account: AccountButton) -> None:
    account.show_account(SERVER, "ann@corp.example", is_signed_in=False)
    assert account.label == "Signed out of heimdall.corp.example"
    assert lines(account) == ["Signed out of heimdall.corp.example", "Sign in"]
    assert titles(account) == [("Sign in", ""), ("Sign out", "Not signed in.")]
    account.show_account(None, "", is_signed_in=False)
    assert account.label == "Not signed in"


def test_a_session_that_ended_is_seen(account: AccountButton) -> None:
    account.show_account(SERVER, "ann@corp.example", is_signed_in=True)
    account.resize(account.sizeHint())
    calm = account.grab().toImage()
    account.show_account(SERVER, "ann@corp.example", is_signed_in=False)
    account.resize(account.sizeHint())
    loud = account.grab().toImage()
    warning = account._theme.tokens.warning
    for image, is_loud in ((calm, False), (loud, True)):
        inks = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
        assert (warning.rgb() in inks) is is_loud


def test_a_long_host_is_cut_and_whole_in_the_tip(account: AccountButton) -> None:
    host = f"{'long-' * 40}name.example"
    account.show_account(ServerUrl(f"https://{host}"), "", is_signed_in=True)
    wide = account.sizeHint().width()
    assert wide < 260
    assert account.accessibleName() == f"Account: {host}"
    assert host in account.toolTip()
    account.fit(120)
    assert account.sizeHint().width() <= 120
    account.fit(0)
    assert account.label
    account.fit(400)
    assert account.sizeHint().width() == wide


def test_a_click_opens_what_can_be_done(account: AccountButton, qtbot: QtBot) -> None:
    menu = account.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.connect(menu.hide)
    with qtbot.waitSignal(menu.aboutToShow):
        click(account)


def test_a_token_that_nothing_has_proven_is_not_called_signed_in(account: AccountButton) -> None:
    for token in (TokenStanding.UNCHECKED, TokenStanding.UNCHECKABLE):
        account.show_account(SERVER, "", is_signed_in=True, token=token)
        assert account.label == "Token, not checked yet"
        told = "Account: Token for heimdall.corp.example, not checked yet"
        assert account.accessibleName() == told
    account.show_account(SERVER, "", is_signed_in=True, token=TokenStanding.GOOD)
    assert account.label == "heimdall.corp.example"
    account.show_account(SERVER, "", is_signed_in=False, token=TokenStanding.REFUSED)
    assert account.label == "Token not accepted"
    assert account.accessibleName() == "Account: Token not accepted by heimdall.corp.example"
    account.show_account(SERVER, "", is_signed_in=False, token=None)
    assert account.accessibleName() == "Account: Signed out of heimdall.corp.example"

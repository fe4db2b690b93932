"""The status bar sums up all connections, and names the server in use and the account there."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing, TokenStanding
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.scan_status import ScanStatus
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.status_bar import AccountButton, ConnectionSums, StatusBar
from tests.fakes.board_scans import FakeTime, twelve_scans
from tests.fakes.hands import click, part
from tests.fakes.pixels import places

DAY_S = 86_400
SERVER = ServerUrl("https://heimdall.corp.example")


class Shown:
    """A status bar over a store."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.store = Store()
        self.ticker = Ticker(self.store)
        self.bar = StatusBar(self.store, self.ticker, self.time.clock, "1.0.0")
        self.bar.show_account(SERVER, "ann@corp.example", is_signed_in=True)
        self.bar.show_session(6.5 * DAY_S)
        self.bar.show_keyring("Keyring: Secret Service")
        self.bar.resize(1440, 24)
        self.bar.show()

    @property
    def sums(self) -> ConnectionSums:
        return part(self.bar, ConnectionSums, "connection")

    def described(self) -> str:
        return self.sums.accessibleDescription()

    def watch_twelve(self) -> None:
        twelve_scans(self.store, self.time)
        self.ticker.flush()


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.bar.close()


def test_sums_of_all_scans(shown: Shown) -> None:
    assert shown.described() == "No scans"
    shown.watch_twelve()
    assert shown.sums.accessibleName() == "Connection"
    assert shown.described() == ("6 live, 1 quiet, 1 reconnecting in 8 s, 1 signed out, 3 ended")


def test_the_server_itself_is_shown_without_a_scan(shown: Shown) -> None:
    shown.bar.show_server(ServerState(SERVER, Standing.SIGNED_OUT))
    assert shown.described() == "Signed out"
    shown.sums.resize(20, 24)
    # no number says it in short
    assert shown.sums.texts[ScanStatus.SIGNED_OUT] == "Signed out"
    shown.bar.show_server(ServerState(SERVER))
    assert shown.described() == "No scans"


def test_where_scans_say_the_same_the_server_does_not_say_it_again(shown: Shown) -> None:
    shown.watch_twelve()
    shown.bar.show_server(ServerState(SERVER, Standing.SIGNED_OUT))
    assert shown.described() == "6 live, 1 quiet, 1 reconnecting in 8 s, 1 signed out, 3 ended"


def test_countdowns_go_on(shown: Shown) -> None:
    shown.watch_twelve()
    shown.time.pass_s(3)
    shown.ticker.second.emit()
    assert "reconnecting in 5 s" in shown.described()


def test_where_room_is_short_the_keyring_goes_first_and_the_account_stays(shown: Shown) -> None:
    shown.watch_twelve()
    account = part(shown.bar, AccountButton, "account")
    names = ("status_keyring", "status_version", "status_session")
    parts = [part(shown.bar, QWidget, name) for name in names]
    sums_px = shown.sums.sizeHint().width()
    seen = []
    for width in range(sums_px + 640, sums_px, -20):
        shown.bar.resize(width, 24)
        is_whole = account.label == "heimdall.corp.example"
        seen.append((*(each.isVisible() for each in parts), is_whole))
        assert account.isVisible()
        assert account.geometry().right() < width
    assert list(dict.fromkeys(seen)) == [
        (True, True, True, True),
        (False, True, True, True),
        (False, False, True, True),
        (False, False, False, True),
        (False, False, False, False),
    ]
    assert account.accessibleName() == "Account: ann@corp.example at heimdall.corp.example"


def test_where_it_gets_narrower_calm_words_go_before_trouble(shown: Shown) -> None:
    shown.watch_twelve()
    sums = shown.sums
    whole = sums.sizeHint().width()
    QApplication.processEvents()
    assert sums.texts[ScanStatus.LIVE] == "6 live"
    shown.bar.resize(whole + 20, 24)
    QApplication.processEvents()
    assert sums.texts[ScanStatus.LIVE] == "6"
    assert sums.texts[ScanStatus.SIGNED_OUT] == "1 signed out"
    shown.bar.resize(whole // 2, 24)
    QApplication.processEvents()
    assert sums.texts[ScanStatus.ENDED] == "3"
    assert shown.described().startswith("6 live, 1 quiet")


@pytest.fixture
def account(theme: Theme, qtbot: QtBot) -> AccountButton:
    account = AccountButton()
    qtbot.addWidget(account)
    account.fit(400)
    account.show()
    return account


def menu_of(account: AccountButton) -> QMenu:
    menu = account.menu()
    assert isinstance(menu, QMenu)
    return menu


def lines(account: AccountButton) -> list[str]:
    shown = [line for line in menu_of(account).actions() if line.isVisible()]
    return [line.text() for line in shown if not line.isSeparator()]


def choose(account: AccountButton, text: str) -> None:
    next(line for line in menu_of(account).actions() if line.text() == text).trigger()


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


def test_a_session_that_ended_is_seen(account: AccountButton, theme: Theme) -> None:
    for is_signed_in in (True, False):
        account.show_account(SERVER, "ann@corp.example", is_signed_in=is_signed_in)
        account.resize(account.sizeHint())
        loud = places(account.grab().toImage(), theme.tokens.warning)
        assert bool(loud) is not is_signed_in


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
    menu = menu_of(account)
    menu.aboutToShow.connect(menu.hide)
    with qtbot.waitSignal(menu.aboutToShow):
        click(account)


def test_a_token_that_nothing_has_proven_is_not_called_signed_in(account: AccountButton) -> None:
    host, unchecked = "heimdall.corp.example", "Token, not checked yet"
    for token, label, name in (
        (TokenStanding.UNCHECKED, unchecked, f"Token for {host}, not checked yet"),
        (TokenStanding.UNCHECKABLE, unchecked, f"Token for {host}, not checked yet"),
        (TokenStanding.GOOD, host, host),
        (TokenStanding.REFUSED, "Token not accepted", f"Token not accepted by {host}"),
        (None, f"Signed out of {host}", f"Signed out of {host}"),
    ):
        is_signed_in = token not in (TokenStanding.REFUSED, None)
        account.show_account(SERVER, "", is_signed_in=is_signed_in, token=token)
        assert (account.label, account.accessibleName()) == (label, f"Account: {name}")

"""The status bar sums up all connections, and names the server in use and the account there."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.server import ServerState, ServerUrl, Standing, TokenStanding
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.sign import Sign
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.status_bar import AccountButton, ConnectionSums, StatusBar
from tests.fakes.board_scans import FakeTime, ScanStory, twelve_scans
from tests.fakes.hands import click

DAY_S = 86_400
SERVER = ServerUrl("https://heimdall.corp.example")


class Shown:
    """A status bar over a store."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.store = Store()
        self.ticker = Ticker(self.store)
        self.bar = StatusBar(self.store, self.ticker, self.time.clock)
        self.bar.show_account(SERVER, "ann@corp.example", is_signed_in=True)
        self.bar.show_session(6.5 * DAY_S)
        self.bar.show_keyring("Keyring: Secret Service")
        self.bar.show_version("1.0.0")
        self.bar.resize(1440, 24)
        self.bar.show()
        self.overall: list[Sign | None] = []
        self.bar.overall_changed.connect(self.overall.append)

    def child(self, name: str) -> QWidget:
        child = self.bar.findChild(QWidget, name)
        assert child is not None
        return child

    def described(self) -> str:
        return self.child("connection").accessibleDescription()


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.bar.close()


def test_sums_of_all_scans(shown: Shown) -> None:
    assert shown.described() == "No scans"
    twelve_scans(shown.store, shown.time)
    shown.ticker.flush()
    assert shown.child("connection").accessibleName() == "Connection"
    assert shown.described() == ("6 live, 1 quiet, 1 reconnecting in 8 s, 1 signed out, 3 ended")
    assert shown.overall == [Sign.SIGNED_OUT]


def test_the_server_itself_is_shown_without_a_scan(shown: Shown) -> None:
    shown.bar.show_server(ServerState(SERVER, Standing.SIGNED_OUT))
    assert shown.described() == "Signed out"
    assert shown.overall == [Sign.SIGNED_OUT]
    sums = shown.child("connection")
    assert isinstance(sums, ConnectionSums)
    sums.resize(20, 24)
    assert sums.texts[Sign.SIGNED_OUT] == "Signed out"  # there is no number to stand for it
    shown.bar.show_server(ServerState(SERVER))
    assert shown.described() == "No scans"
    assert shown.overall == [Sign.SIGNED_OUT, None]


def test_where_scans_say_the_same_the_server_does_not_say_it_again(shown: Shown) -> None:
    twelve_scans(shown.store, shown.time)
    shown.bar.show_server(ServerState(SERVER, Standing.SIGNED_OUT))
    assert shown.described() == "6 live, 1 quiet, 1 reconnecting in 8 s, 1 signed out, 3 ended"


def test_countdowns_go_on(shown: Shown) -> None:
    twelve_scans(shown.store, shown.time)
    shown.time.pass_s(3)
    shown.ticker.second.emit()
    assert "reconnecting in 5 s" in shown.described()


def test_never_healthy_while_one_scan_is_stale(shown: Shown) -> None:
    for number, connection in enumerate((Connection.LIVE, Connection.STALE, Connection.LIVE)):
        story = ScanStory(shown.store, shown.time, "x", number=number).run([30], 5)
        story.hear(connection)
    shown.ticker.flush()
    assert shown.bar.overall is Sign.STALE


def test_where_room_is_short_the_keyring_goes_first_and_the_account_stays(shown: Shown) -> None:
    twelve_scans(shown.store, shown.time)
    shown.ticker.flush()
    account = shown.child("account")
    assert isinstance(account, AccountButton)
    names = ("status_keyring", "status_version", "status_session")
    assert [shown.child(name).isVisible() for name in names] == [True, True, True]
    sums_px = shown.child("connection").sizeHint().width()
    seen = []
    for width in range(sums_px + 640, sums_px, -20):
        shown.bar.resize(width, 24)
        is_whole = account.label == "heimdall.corp.example"
        seen.append((*(shown.child(name).isVisible() for name in names), is_whole))
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
    twelve_scans(shown.store, shown.time)
    shown.ticker.flush()
    sums = shown.child("connection")
    assert isinstance(sums, ConnectionSums)
    whole = sums.sizeHint().width()
    QApplication.processEvents()
    assert sums.texts[Sign.LIVE] == "6 live"
    shown.bar.resize(whole + 20, 24)
    QApplication.processEvents()
    assert sums.texts[Sign.LIVE] == "6"
    assert sums.texts[Sign.SIGNED_OUT] == "1 signed out"
    shown.bar.resize(whole // 2, 24)
    QApplication.processEvents()
    assert sums.texts[Sign.ENDED] == "3"
    assert shown.described().startswith("6 live, 1 quiet")


def test_it_paints(shown: Shown) -> None:
    assert not shown.bar.grab().isNull()
    twelve_scans(shown.store, shown.time)
    shown.ticker.flush()
    assert not shown.bar.grab().isNull()


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
        reported = "Account: Token for heimdall.corp.example, not checked yet"
        assert account.accessibleName() == reported
    account.show_account(SERVER, "", is_signed_in=True, token=TokenStanding.GOOD)
    assert account.label == "heimdall.corp.example"
    account.show_account(SERVER, "", is_signed_in=False, token=TokenStanding.REFUSED)
    assert account.label == "Token not accepted"
    assert account.accessibleName() == "Account: Token not accepted by heimdall.corp.example"
    account.show_account(SERVER, "", is_signed_in=False, token=None)
    assert account.accessibleName() == "Account: Signed out of heimdall.corp.example"

"""The top bar continues the edges below it, and says who is signed in where."""

import pytest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.server import ServerUrl
from heimdall_desktop.widgets.board_head import BoardHead
from heimdall_desktop.widgets.buttons import GhostButton
from heimdall_desktop.widgets.fields import SearchField
from heimdall_desktop.widgets.theme import Theme, ThemeMode
from heimdall_desktop.widgets.tool_button import ToolButton
from heimdall_desktop.widgets.top_bar import TopBar
from tests.fakes.hands import click, part

SERVER = ServerUrl("https://heimdall.corp.example")


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> TopBar:
    head, field = BoardHead(theme), SearchField(theme, "Filter")
    head.setObjectName("head")
    field.setObjectName("field")
    bar = TopBar(theme, head, field)
    qtbot.addWidget(bar)
    bar.resize(1440, 44)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def left_of(bar: TopBar, name: str) -> int:
    widget = part(bar, QWidget, name)
    return widget.mapTo(bar, widget.rect().topLeft()).x()


def menu_of(bar: TopBar, name: str) -> QMenu:
    menu = part(bar, QPushButton, name).menu()
    assert menu is not None
    menu.aboutToShow.emit()
    return menu


def test_filter_and_tools_stand_on_the_edges_below(bar: TopBar, qtbot: QtBot) -> None:
    bar.show_account(SERVER, "ann@corp.example", is_signed_in=True)
    bar.continue_edges(308, 416)
    qtbot.waitUntil(lambda: left_of(bar, "field") == 308 + 1 + 16)
    field = part(bar, QWidget, "field")
    assert left_of(bar, "field") + field.width() == 1440 - 416 - 16
    assert left_of(bar, "account") == 1440 - 416 + 8
    bar.continue_edges(308, 0)
    qtbot.waitUntil(lambda: left_of(bar, "field") + field.width() > 1440 - 416)


def test_nobody_is_signed_in_at_first(bar: TopBar, qtbot: QtBot) -> None:
    assert not part(bar, QPushButton, "account").isVisible()
    with qtbot.waitSignal(bar.sign_in_wanted):
        click(part(bar, QPushButton, "sign-in"))


def test_an_account_says_who_and_where_and_can_leave(bar: TopBar, qtbot: QtBot) -> None:
    bar.show_account(SERVER, "ann&bob@corp.example", is_signed_in=True)
    account = part(bar, GhostButton, "account")
    assert account.isVisible()
    assert account.label == "heimdall.corp.example"
    assert account.accessibleName() == "ann&bob@corp.example at heimdall.corp.example"
    assert not part(bar, QPushButton, "sign-in").isVisible()
    who, _, again, out = menu_of(bar, "account").actions()
    assert who.text() == "ann&&bob@corp.example at heimdall.corp.example"
    assert not who.isEnabled()
    with qtbot.waitSignals([bar.sign_in_wanted, bar.sign_out_wanted]):
        again.trigger()
        out.trigger()


def test_a_known_server_without_an_account_offers_to_sign_in(bar: TopBar) -> None:
    bar.show_account(SERVER, "ann@corp.example", is_signed_in=False)
    assert not part(bar, QPushButton, "account").isVisible()
    assert part(bar, QPushButton, "sign-in").isVisible()


def test_a_long_host_is_cut_and_told_whole_elsewhere(bar: TopBar) -> None:
    host = f"{'long-' * 40}name.example"
    bar.show_account(ServerUrl(f"https://{host}"), "", is_signed_in=True)
    account = part(bar, GhostButton, "account")
    assert account.width() < 260
    assert account.accessibleName() == host
    assert host in account.toolTip()


def test_the_theme_in_use_is_marked_and_another_can_be_chosen(
    bar: TopBar, theme: Theme, qtbot: QtBot
) -> None:
    named = {
        ThemeMode.LIGHT: "Light",
        ThemeMode.DARK: "Dark",
        ThemeMode.CONTRAST: "High contrast",
    }
    for mode, name in named.items():
        theme.set_mode(mode)
        marked = [act.text() for act in menu_of(bar, "looks").actions() if act.isChecked()]
        assert marked == [name]
    with qtbot.waitSignal(bar.theme_wanted) as caught:
        choices = menu_of(bar, "looks").actions()
        next(act for act in choices if act.text() == "Like the system").trigger()
    assert caught.args == [ThemeMode.SYSTEM]


def test_tools_have_names_and_do_what_they_say(bar: TopBar, qtbot: QtBot) -> None:
    bar.show_unread(1234)
    assert part(bar, QPushButton, "inbox-button").accessibleName() == "Inbox, 1,234 unread"
    bar.show_unread(0)
    assert part(bar, QPushButton, "inbox-button").accessibleName() == "Inbox"
    with qtbot.waitSignals([bar.again_wanted, bar.inbox_wanted]):
        click(part(bar, QPushButton, "again"))
        click(part(bar, QPushButton, "inbox-button"))
    assert all(
        button.accessibleName() for button in bar.findChildren(QPushButton) if button.isVisible()
    )


def test_tools_give_their_words_up_before_the_filter_has_no_room(bar: TopBar, theme: Theme) -> None:
    tool = ToolButton(theme, icon="ui-views", has_menu=True)
    tool.show_words("Open critical and high")
    bar.add_tool(tool)
    bar.resize(1440, 44)
    assert tool.label == "Open critical and high"
    bar.resize(700, 44)
    assert (tool.label, tool.accessibleName()) == ("", "Open critical and high")
    bar.resize(1440, 44)
    bar.continue_edges(308, 150)
    assert tool.label == ""
    bar.continue_edges(308, 0)
    assert tool.label != ""

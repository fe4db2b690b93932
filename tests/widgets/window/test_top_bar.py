"""The top bar continues the edges below it, and keeps its words as long as there is room."""

import pytest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.widgets.board.board_head import BoardHead
from heimdall_desktop.widgets.controls.buttons import ToolButton
from heimdall_desktop.widgets.controls.fields import SearchField
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.look.theme import Theme, ThemeMode
from heimdall_desktop.widgets.window.top_bar import TopBar
from tests.fakes.hands import part

SERVER = ServerUrl("https://heimdall.corp.example")


@pytest.fixture
def chosen() -> list[ThemeMode | None]:
    """What was chosen in the menu: a theme, or None for the settings."""
    return []


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot, chosen: list[ThemeMode | None]) -> TopBar:
    head, field = BoardHead(), SearchField("Filter")
    head.setObjectName("head")
    field.setObjectName("field")
    bar = TopBar(head, field, chosen.append, lambda: chosen.append(None))
    qtbot.addWidget(bar)
    bar.resize(1440, 44)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def left_of(bar: TopBar, name: str) -> int:
    widget = part(bar, QWidget, name)
    return widget.mapTo(bar, widget.rect().topLeft()).x()


def tool_of(bar: TopBar, words: str, *, has_menu: bool = False) -> ToolButton:
    tool = ToolButton(icon="ui-views", has_menu=has_menu)
    tool.setObjectName(words)
    tool.show_words(words)
    return tool


def menu_of(bar: TopBar, name: str) -> QMenu:
    menu = part(bar, QPushButton, name).menu()
    assert menu is not None
    menu.aboutToShow.emit()
    return menu


def test_filter_and_tools_stand_on_the_edges_below(bar: TopBar, qtbot: QtBot) -> None:
    bar.show_server(SERVER, is_signed_in=True)
    bar.add_tool(tool_of(bar, "Views"))
    bar.continue_edges(308, 416)
    qtbot.waitUntil(lambda: left_of(bar, "field") == 308 + 1 + 16)
    field = part(bar, QWidget, "field")
    assert left_of(bar, "field") + field.width() == 1440 - 416 - 16
    assert left_of(bar, "Views") == 1440 - 416 + 8
    bar.continue_edges(308, 0)
    qtbot.waitUntil(lambda: left_of(bar, "field") + field.width() > 1440 - 416)


def test_signing_in_is_offered_until_the_user_is_signed_in(bar: TopBar) -> None:
    sign_in = part(bar, ToolButton, "sign-in")
    assert (sign_in.isVisible(), sign_in.label) == (True, "Sign in")
    bar.show_server(SERVER, is_signed_in=True)
    assert not sign_in.isVisible()
    bar.show_server(SERVER, is_signed_in=False)
    assert sign_in.isVisible()
    assert "heimdall.corp.example" in sign_in.toolTip()


@pytest.mark.parametrize("is_signed_in", [True, False])
@pytest.mark.parametrize(("width_px", "detail_px"), [(1440, 416), (1366, 416), (1366, 0)])
def test_views_and_freeze_keep_their_words_in_the_usual_windows(
    bar: TopBar, width_px: int, detail_px: int, is_signed_in: bool
) -> None:
    tools = [tool_of(bar, "Views", has_menu=True), tool_of(bar, "Frozen")]
    for tool in tools:
        bar.add_tool(tool)
    bar.show_server(SERVER, is_signed_in=is_signed_in)
    bar.show_unread(999)
    bar.resize(width_px, 44)
    bar.continue_edges(308, detail_px)
    assert [tool.label for tool in tools] == ["Views", "Frozen"]
    assert part(bar, QPushButton, "palette-button").isVisible()


def test_the_theme_in_use_is_marked_and_another_can_be_chosen(
    bar: TopBar, theme: Theme, chosen: list[ThemeMode | None]
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
    choices = menu_of(bar, "looks").actions()
    for wanted in ("Same as system", "Settings"):
        next(act for act in choices if act.text() == wanted).trigger()
    assert chosen == [ThemeMode.SYSTEM, None]


def test_tools_have_names(bar: TopBar) -> None:
    bar.show_unread(1234)
    inbox = part(bar, QPushButton, "inbox-button")
    assert (inbox.accessibleName(), inbox.accessibleDescription()) == (
        "Inbox, 1\u00a0234 unread",
        "999+, Ctrl+I",
    )
    bar.show_unread(0)
    assert part(bar, QPushButton, "inbox-button").accessibleName() == "Inbox"
    assert all(
        button.accessibleName() for button in bar.findChildren(QPushButton) if button.isVisible()
    )


def test_tools_give_their_words_up_before_the_filter_has_no_room(bar: TopBar, theme: Theme) -> None:
    tool = ToolButton(icon="ui-views", has_menu=True)
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


@pytest.mark.parametrize("width_px", [1440, 1024, 800])
def test_presenting_is_a_word_that_gives_way_to_nothing(bar: TopBar, width_px: int) -> None:
    bar.add_tool(tool_of(bar, "Saved views", has_menu=True))
    bar.show_presenting(is_on=False)
    shown = {each.text() for each in bar.findChildren(Label) if each.isVisible()}
    assert "Presenting" not in shown
    bar.resize(width_px, 44)
    bar.show_presenting(is_on=True)
    [word] = [each for each in bar.findChildren(Label) if each.text() == "Presenting"]
    assert word.isVisible()
    assert word.width() >= word.sizeHint().width()
    assert word.mapTo(bar, word.rect().topRight()).x() < width_px
    assert part(bar, QWidget, "field").width() >= 150

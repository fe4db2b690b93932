"""Closing the window does what was chosen and explains it once; the tray icon shows the state."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.facts.choices import OnClose, Settings
from heimdall_desktop.presentation.board.card_words import Tag
from heimdall_desktop.presentation.window.command import Command
from heimdall_desktop.presentation.window.window_place import TrayState
from heimdall_desktop.services.settings import SettingsFile
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window import background as tray_module
from heimdall_desktop.widgets.window.background import EDGES_PX, Background, Tray
from tests.fakes.inbox_lines import make_line
from tests.fakes.shown_window import ShownWindow
from tests.fakes.tray_host import tray_on

#: A platform without trays misses it.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")


class Desk:
    """A window that is watched from outside."""

    def __init__(self, theme: Theme, folder: Path, *, ends_with_window: bool = False) -> None:
        self.shown = ShownWindow()
        self.window = self.shown.window
        self.preferences = Preferences(SettingsFile(folder / "settings.toml", Settings))
        self.tray = Tray(theme, self.window)
        self.background = Background(
            self.window,
            self.tray,
            self.shown.inbox,
            self.preferences,
            lambda title, _body, on_shown, opens: self.announced.append((title, on_shown, opens)),
            ends_with_window=ends_with_window,
        )
        self.announced: list[
            tuple[str, Callable[[bool], None], tuple[str, Callable[[], None]]]
        ] = []
        self.ends: list[bool] = []
        self.badges: list[int] = []
        self.window.quit_wanted.connect(lambda: self.ends.append(True))
        self.background.badge_changed.connect(self.badges.append)

    def commands(self) -> dict[str, Command]:
        """Return what the palette offers, by id."""
        return {command.id: command for command in self.window.commands.commands()}


@pytest.fixture
def desk(theme: Theme, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(theme, tmp_path)
    desk.background.begin(is_hidden=False)
    yield desk
    desk.shown.close()


@pytest.fixture
def has_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)


@pytest.fixture
def tray(theme: Theme, has_tray: None) -> Tray:
    return Tray(theme)


def is_minimised(desk: Desk) -> bool:
    return bool(desk.window.windowState() & Qt.WindowState.WindowMinimized)


def test_without_a_tray_it_minimises_as_large_as_it_was(desk: Desk) -> None:
    desk.shown.watch("shop")
    desk.window.showMaximized()
    for _ in range(2):
        desk.window.close()
        assert (desk.window.isVisible(), is_minimised(desk), desk.ends) == (True, True, [])
        desk.tray.show_window.trigger()
        assert not is_minimised(desk)
        assert desk.window.isMaximized()


@pytest.mark.parametrize("by_key", [False, True])
@pytest.mark.parametrize("tray", [False, True])
def test_closing_is_explained_until_the_desktop_has_shown_it(
    desk: Desk, request: pytest.FixtureRequest, *, tray: bool, by_key: bool
) -> None:
    if tray:
        request.getfixturevalue("has_tray")
    desk.shown.watch("shop")
    title = "Heimdall is still watching" if tray else "Heimdall is still watching, minimised"

    def close() -> None:
        desk.commands()["close"].act() if by_key else desk.window.close()
        desk.tray.show_window.trigger()

    for number in (1, 2):
        close()
        assert [reported for reported, _, _ in desk.announced] == [title] * number
        assert not desk.preferences.settings.start.was_close_explained
    _, on_shown, (button, act) = desk.announced[-1]
    assert button == "Show Heimdall"
    desk.window.hide()
    act()
    assert desk.window.isVisible()
    on_shown(True)
    assert desk.preferences.settings.start.was_close_explained
    close()
    assert len(desk.announced) == 2
    assert list(desk.shown.strips()) == []


def test_without_a_notification_a_strip_explains_it_for_once(desk: Desk, qtbot: QtBot) -> None:
    desk.shown.watch("shop")
    desk.window.close()
    [(title, on_shown, _)] = desk.announced
    on_shown(False)
    assert not desk.preferences.settings.start.was_close_explained
    desk.window.close()
    desk.announced[-1][1](False)
    desk.window.setWindowState(desk.window.windowState() | Qt.WindowState.WindowMaximized)
    assert is_minimised(desk)
    assert not desk.preferences.settings.start.was_close_explained
    desk.tray.show_window.trigger()
    qtbot.waitUntil(lambda: desk.preferences.settings.start.was_close_explained)
    assert desk.shown.strips().count(title) == 1


def test_the_tray_menu_names_nothing_while_presenting_is_on(has_tray: None, desk: Desk) -> None:
    desk.shown.inbox.put(make_line(1))
    desk.window.show_inbox()
    menus = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu)]
    assert any("Hole 1" in each.text() for menu in menus for each in menu.actions())
    desk.shown.requests.preferences.change_setting("privacy.is_presenting", True)
    assert not any("Hole 1" in each.text() for menu in menus for each in menu.actions())
    desk.shown.requests.preferences.change_setting("privacy.is_presenting", False)


def test_with_only_a_replay_it_ends_unless_scans_are_watched(desk: Desk, has_tray: None) -> None:
    settings = desk.preferences.settings
    desk.preferences.change(replace(settings, watches_new=True))
    desk.window.close()
    assert desk.ends == []
    desk.preferences.change(settings)
    for ends in (1, 2):
        desk.window.show()
        desk.window.close()
        assert desk.ends == [True] * ends
        desk.shown.store.tag(desk.shown.watch("shop"), Tag.REPLAY)  # which watches nothing


def test_the_palette_changes_what_closing_does(desk: Desk) -> None:
    desk.shown.watch("shop")
    offered = [each for each in desk.commands().values() if each.id.startswith("on-close")]
    assert [each.id for each in offered if each.is_on and each.is_on()] == ["on-close fitting"]
    desk.commands()["on-close quit"].act()
    assert desk.preferences.settings.start.on_close is OnClose.QUIT
    desk.window.close()
    assert desk.ends == [True]


def test_an_awaited_run_ends_with_its_window(theme: Theme, tmp_path: Path, has_tray: None) -> None:
    desk = Desk(theme, tmp_path, ends_with_window=True)
    desk.shown.watch("shop")
    causes: list[str] = []
    desk.window.closed.connect(lambda: causes.append("closed"))
    desk.window.quit_wanted.connect(lambda: causes.append("quit"))
    desk.window.close()
    assert (desk.ends, causes) == ([True], ["closed", "quit"])


@pytest.mark.parametrize("tray", [False, True])
def test_hidden_from_the_start_it_is_in_the_tray_or_minimised(
    theme: Theme, tmp_path: Path, request: pytest.FixtureRequest, *, tray: bool
) -> None:
    if tray:
        request.getfixturevalue("has_tray")
    desk = Desk(theme, tmp_path)
    desk.background.begin(is_hidden=True)
    assert (desk.window.isVisible(), is_minimised(desk)) == (not tray, not tray)
    desk.tray.show_window.trigger()
    assert (desk.window.isVisible(), is_minimised(desk)) == (True, False)
    desk.shown.close()


def test_a_window_in_a_tray_that_is_gone_is_minimised(desk: Desk, has_tray: None) -> None:
    desk.shown.watch("shop")
    desk.tray.lost.emit()
    assert not is_minimised(desk)
    desk.window.close()
    desk.tray.lost.emit()
    assert (desk.window.isVisible(), is_minimised(desk)) == (True, True)


def test_the_badge_counts_what_is_unread_to_999(desk: Desk) -> None:
    for number in range(1, 1003):
        desk.shown.inbox.put(make_line(number))
        if number in (1, 2, 998, 1002):
            desk.window.show_inbox()
    desk.shown.inbox.mark_all_read()
    desk.window.show_inbox()
    assert desk.badges == [1, 2, 998, 999, 0]


def test_without_a_tray_nothing_is_shown(theme: Theme) -> None:
    messages = Tray(theme)
    assert not messages.show_message("alert-1", "Critical: <b>x</b>", "shop")
    messages.show_state(TrayState("tray-alert", "(1) Heimdall", 1), [make_line()])
    assert messages.findChildren(QSystemTrayIcon) == []


def test_a_click_opens_the_newest(tray: Tray) -> None:
    opened: list[str] = []
    tray.opened.connect(opened.append)
    assert tray.show_message("alert-1", "Critical: a", "shop")
    assert tray.show_message("alert-2", "Critical: b", "shop")
    (icon,) = tray.findChildren(QSystemTrayIcon)
    icon.messageClicked.emit()
    assert opened == ["alert-2"]


def test_a_message_is_read_as_text_where_markup_is_and_where_it_is_not(
    tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _icon, title, body, *_: shown.append((title, body))
    )
    hostile = "<b>x</b> &lt;i&gt; &File\u202e\n<img src='file:///etc/hostname'>"
    assert tray.show_message("alert-1", hostile, hostile)
    [texts] = shown
    for text in texts:
        assert not set(text) & set("<>&\n\u202e")
        assert text.startswith("\u2039b\u203ax\u2039/b\u203a")


def the_menu(tray: Tray) -> QMenu:
    [icon] = tray.findChildren(QSystemTrayIcon)
    menu = icon.contextMenu()
    assert menu is not None
    return menu


def test_the_menu_says_how_all_stands_and_leads_everywhere(tray: Tray) -> None:
    reported: list[object] = []
    tray.show_window.triggered.connect(lambda: reported.append("show"))
    tray.quit_program.triggered.connect(lambda: reported.append("quit"))
    tray.line_opened.connect(reported.append)
    lines = [make_line(number) for number in range(9, 0, -1)]
    tray.show_state(TrayState("tray-alert", "(9) Heimdall, 2 scans", 9), lines)

    actions = [action for action in the_menu(tray).actions() if not action.isSeparator()]
    assert [action.text() for action in actions] == [
        *("(9) Heimdall, 2 scans", "Show Heimdall"),
        *(f"Critical: Hole {number}" for number in range(9, 4, -1)),
        "Quit",
    ]
    assert not actions[0].isEnabled()
    for action in actions[1:]:
        action.trigger()
    assert reported == ["show", *(line.key for line in lines[:5]), "quit"]


def test_a_menu_that_is_open_keeps_its_rows_while_the_state_changes(tray: Tray) -> None:
    tray.show_state(TrayState("tray-alert", "(1) Heimdall", 1), [make_line(1)])
    menu = the_menu(tray)
    head, line, show, bullet, end, quit_program = (
        menu.actions()[number] for number in (0, 3, 2, 1, 4, 5)
    )
    tray.show_state(TrayState("tray-idle", "Heimdall", 0), [])
    assert menu.actions() == [head, bullet, show, end, quit_program]
    assert (head.text(), line.text()) == ("Heimdall", "Critical: Hole 1")


def test_names_in_the_menu_are_text(tray: Tray) -> None:
    hostile = "<b>x</b> &Quit && &amp;\u202e\n<img src='file:///etc/hostname'>" + "a" * 500
    line = replace(make_line(), title=hostile)
    tray.show_state(TrayState("tray-alert", "(1) Heimdall", 1), [line])

    texts = [action.text() for action in the_menu(tray).actions()]
    [text] = [text for text in texts if "Quit" in text and text != "Quit"]
    assert not set(text) & set("<>&\n\u202e")
    assert len(text) <= 60


def test_each_number_is_another_picture_and_each_state_too(tray: Tray) -> None:
    def picture(state: TrayState) -> list[bytes]:
        tray.show_state(state, [])
        [icon] = tray.findChildren(QSystemTrayIcon)
        images = [icon.icon().pixmap(edge_px).toImage() for edge_px in EDGES_PX]
        return [bytes(image.constBits()) for image in images]

    names = ("tray-idle", "tray-active", "tray-offline", "tray-alert")
    states = [TrayState(name, "") for name in names]
    states += [TrayState("tray-alert", "", unread) for unread in (1, 8, 10)]
    pictures = [picture(state) for state in states]
    for at_one_size in zip(*pictures, strict=True):
        assert len(set(at_one_size)) == len(states)


def test_a_tray_that_goes_for_good_is_missed(
    theme: Theme,
    real_window: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    has_tray: None,
) -> None:
    monkeypatch.setattr(tray_module, "RESTART_MS", 1)
    tray = Tray(theme)
    address = real_window["DBUS_SESSION_BUS_ADDRESS"]
    with qtbot.waitSignal(tray.lost, timeout=20_000), tray_on(address):
        tray.show_state(TrayState("tray-active", "Heimdall, 1 scan"), [])

"""The tray icon: only where there is a tray; its menu and messages, whatever names they hold."""

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from heimdall_desktop.presentation.window.background_text import TrayState
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window import tray as tray_module
from heimdall_desktop.widgets.window.tray import EDGES_PX, Tray
from tests.fakes.inbox_lines import make_line
from tests.fakes.tray_host import tray_on


def test_without_a_tray_nothing_is_shown(theme: Theme) -> None:
    messages = Tray(theme)
    assert not messages.show_message("alert-1", "Critical: <b>x</b>", "shop")
    messages.show_state(TrayState("tray-alert", "(1) Heimdall", 1), [make_line()])
    assert messages.findChildren(QSystemTrayIcon) == []


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # a platform without trays misses it
def test_a_click_opens_the_newest(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    messages = Tray(theme)
    opened: list[str] = []
    messages.opened.connect(opened.append)
    assert messages.show_message("alert-1", "Critical: a", "shop")
    assert messages.show_message("alert-2", "Critical: b", "shop")
    (icon,) = messages.findChildren(QSystemTrayIcon)
    icon.messageClicked.emit()
    assert opened == ["alert-2"]


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")
def test_a_message_is_read_as_text_where_markup_is_and_where_it_is_not(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _icon, title, body, *_: shown.append((title, body))
    )
    hostile = "<b>x</b> &lt;i&gt; &File\u202e\n<img src='file:///etc/hostname'>"
    assert Tray(theme).show_message("alert-1", hostile, hostile)
    [texts] = shown
    for text in texts:
        assert not set(text) & set("<>&\n\u202e")
        assert text.startswith("\u2039b\u203ax\u2039/b\u203a")


def the_menu(tray: Tray) -> QMenu:
    [icon] = tray.findChildren(QSystemTrayIcon)
    menu = icon.contextMenu()
    assert menu is not None
    return menu


@pytest.fixture
def tray(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Tray:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    return Tray(theme)


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")
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


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")
def test_names_in_the_menu_are_text(tray: Tray) -> None:
    hostile = "<b>x</b> &Quit && &amp;\u202e\n<img src='file:///etc/hostname'>" + "a" * 500
    line = replace(make_line(), title=hostile)
    tray.show_state(TrayState("tray-alert", "(1) Heimdall", 1), [line])

    texts = [action.text() for action in the_menu(tray).actions()]
    [text] = [text for text in texts if "Quit" in text and text != "Quit"]
    assert not set(text) & set("<>&\n\u202e")
    assert len(text) <= 60


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")
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


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")
def test_a_tray_that_goes_for_good_is_missed(
    theme: Theme, real_window: dict[str, str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(tray_module, "RESTART_MS", 1)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    tray = Tray(theme)
    address = real_window["DBUS_SESSION_BUS_ADDRESS"]
    with qtbot.waitSignal(tray.lost, timeout=20_000), tray_on(address):
        tray.show_state(TrayState("tray-active", "Heimdall, 1 scan"), [])

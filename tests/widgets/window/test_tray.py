"""Messages of the tray icon: only where there is a tray, and a click opens the newest."""

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.tray import TrayMessages


def test_without_a_tray_nothing_is_shown(theme: Theme) -> None:
    messages = TrayMessages(theme)
    assert not messages.show_message("alert-1", "Critical: <b>x</b>", "shop")
    assert messages.findChildren(QSystemTrayIcon) == []


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # a platform without trays misses it
def test_a_click_opens_the_newest(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    messages = TrayMessages(theme)
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
    assert TrayMessages(theme).show_message("alert-1", hostile, hostile)
    [texts] = shown
    for text in texts:
        assert not set(text) & set("<>&\n\u202e")
        assert text.startswith("\u2039b\u203ax\u2039/b\u203a")

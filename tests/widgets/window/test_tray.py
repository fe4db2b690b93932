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

"""The one clock of the window: what is not seen is not painted again and again."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.models.ticker import Ticker


def test_seconds_pass_only_for_a_window_that_is_seen(qtbot: QtBot) -> None:
    window, ticker, seconds = QWidget(), Ticker(Store()), []
    qtbot.addWidget(window)
    ticker.second.connect(lambda: seconds.append(window.isVisible()))
    with qtbot.waitSignal(ticker.heartbeat, timeout=10_000):
        pass
    window.show()
    with qtbot.waitSignal(ticker.second, timeout=10_000):
        pass
    window.hide()
    with qtbot.waitSignal(ticker.heartbeat, timeout=10_000):
        pass
    assert seconds == [True]

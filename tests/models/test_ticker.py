"""The one clock of the window: what is not seen is not painted again and again."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models.ticker import RESTING_MS, SECOND_MS, Ticker


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


def test_the_clock_rests_while_nothing_is_seen_and_every_scan_has_ended(qtbot: QtBot) -> None:
    store = Store()
    ticker = Ticker(store)
    (clock,) = (each for each in ticker.findChildren(QTimer) if not each.isSingleShot())
    with qtbot.waitSignal(ticker.heartbeat, timeout=10_000):
        pass
    assert clock.interval() == RESTING_MS
    with qtbot.waitSignal(ticker.changed, timeout=10_000):
        store.add(Scan(ScanId("0c6f2f0e-1111-4222-8333-444455556666"), ServerUrl("https://h.test")))
    assert clock.interval() == SECOND_MS
    with qtbot.waitSignal(ticker.heartbeat, timeout=10_000):
        pass
    assert clock.interval() == SECOND_MS

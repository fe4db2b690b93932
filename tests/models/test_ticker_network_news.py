"""A flurry of changes of the network is one piece of news."""

import pytest
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from heimdall_desktop.models.ticker import SETTLE_MS, NetworkNews


@pytest.fixture
def known(qapp: object) -> QNetworkInformation:
    """What this system knows of its network."""
    NetworkNews()
    known: QNetworkInformation | None = QNetworkInformation.instance()
    if known is None or known.reachability() is QNetworkInformation.Reachability.Disconnected:
        pytest.skip("this machine has no network, or its system knows nothing of it")
    return known


def test_a_flurry_of_changes_is_reported_once(qtbot: QtBot, known: QNetworkInformation) -> None:
    news = NetworkNews()
    reported: list[bool] = []
    news.changed.connect(lambda: reported.append(True))
    with qtbot.waitSignal(news.changed):
        for _ in range(5):
            known.reachabilityChanged.emit(QNetworkInformation.Reachability.Online)
            known.transportMediumChanged.emit(QNetworkInformation.TransportMedium.WiFi)
    qtbot.wait(SETTLE_MS + 100)
    assert reported == [True]


def test_each_change_is_reported(qtbot: QtBot, known: QNetworkInformation) -> None:
    news = NetworkNews()
    for _ in range(2):
        with qtbot.waitSignal(news.changed):
            known.reachabilityChanged.emit(QNetworkInformation.Reachability.Online)


def test_nothing_is_reported_while_nothing_changes(
    qtbot: QtBot, known: QNetworkInformation
) -> None:
    news = NetworkNews()
    with qtbot.assertNotEmitted(news.changed, wait=SETTLE_MS + 100):
        pass

"""Passes the store's changes to the Qt models: one batch per 100 ms at most, at once after a rest.

Also the one clock of the window: `second` ticks once a second for ages and elapsed times, while
they can be seen.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from heimdall_desktop.application.base.store import Store

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation


FLUSH_INTERVAL_MS = 100  # behaviour.md 2.10
SECOND_MS = 1000
RESTING_MS = 5000  # while no window is seen and every scan has ended
Clock = Callable[[], float]
"""Seconds of a monotonic clock."""
Now = Callable[[], datetime]
"""The current time in UTC."""


class Ticker(QObject):
    """Drains the store on the Qt loop.

    Signals:
        changed: a `list[Change]`, never empty.
        second: about once a second while a window is seen, for what it shows.
        heartbeat: about once a second, seen or not; every five while there is nothing to wait for.
    """

    changed = Signal(list)
    second = Signal()
    heartbeat = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._flush_or_rest)
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.VeryCoarseTimer)  # wakes the computer up with others
        self._clock.timeout.connect(self._beat)
        self._clock.start(SECOND_MS)
        cast(QGuiApplication, QGuiApplication.instance()).focusWindowChanged.connect(self._hurry)
        store.on_pending = self._wake

    def flush(self) -> None:
        """Pass on the pending changes now, without waiting for the turn."""
        changes = self._store.drain()
        if changes:
            self.changed.emit(changes)

    def _beat(self) -> None:
        self.heartbeat.emit()
        if any(each.isExposed() for each in QGuiApplication.topLevelWindows()):
            self.second.emit()
        elif all(scan.is_settled for scan in self._store):
            self._clock.start(RESTING_MS)
            return
        self._hurry()

    def _hurry(self) -> None:
        """Tick every second, as something is seen or has happened."""
        if self._clock.interval() != SECOND_MS:
            self._clock.start(SECOND_MS)

    def _wake(self) -> None:
        self._hurry()
        if not self._rest.isActive():
            self._rest.start(0)

    def _flush_or_rest(self) -> None:
        changes = self._store.drain()
        if changes:
            self._rest.start(FLUSH_INTERVAL_MS)
            self.changed.emit(changes)


# Reports that the machine is on another network, or has one again: once for a burst of changes.


SETTLE_MS = 1000


class NetworkNews(QObject):
    """Follows the system's own network state. If the system has none, it reports nothing.

    Signals:
        changed: the network has changed within the last second, and there is one.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._tell)
        self._information = _information()
        if self._information is not None:
            self._information.reachabilityChanged.connect(self._note)
            self._information.transportMediumChanged.connect(self._note)

    def _note(self, _what: object) -> None:
        self._settling.start()

    def _tell(self) -> None:
        information = self._information
        if information is None:
            return
        if information.reachability() is not information.Reachability.Disconnected:
            self.changed.emit()


def _information() -> "QNetworkInformation | None":
    """Return the one object for the network state, if this system has a backend for it."""
    try:
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 - see below
    # It needs a system library that nothing else here does; architecture.md "System libraries"
    except ImportError:
        return None
    feature = QNetworkInformation.Feature
    wishes = (feature.Reachability | feature.TransportMedium, feature.Reachability)
    if any(map(QNetworkInformation.loadBackendByFeatures, wishes)):
        return QNetworkInformation.instance()
    return None

"""Tells that the machine is on another network, or has one again: once for a flurry of changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation

SETTLE_MS = 1000


class NetworkNews(QObject):
    """Listens to the system's own idea of the network. Where it has none, it says nothing.

    Signals:
        changed: the network is another one since a second ago, and there is one.
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

    @property
    def backend(self) -> str:
        """Who knows of the network; "" if none does."""
        return "" if self._information is None else self._information.backendName()

    def _note(self, _what: object) -> None:
        self._settling.start()

    def _tell(self) -> None:
        information = self._information
        if information is None:
            return
        if information.reachability() is not information.Reachability.Disconnected:
            self.changed.emit()


def _information() -> "QNetworkInformation | None":
    """Return the one object that knows of the network, if this system has a backend for it."""
    try:
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 - see below
    except ImportError:  # it needs a system library that nothing else here does; platform.md 1
        return None
    feature = QNetworkInformation.Feature
    wishes = (feature.Reachability | feature.TransportMedium, feature.Reachability)
    if any(map(QNetworkInformation.loadBackendByFeatures, wishes)):
        return QNetworkInformation.instance()
    return None

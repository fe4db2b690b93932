"""Hands the store's changes to the Qt models: one batch at most every 100 ms, at once after a rest.

Also the one clock of the window: `second` beats once a second for ages and elapsed times.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from heimdall_desktop.application.store import Store

FLUSH_INTERVAL_MS = 100  # ux.md 2.10
SECOND_MS = 1000


class Ticker(QObject):
    """Drains the store on the Qt loop.

    Signals:
        changed: a `list[Change]`, never empty.
        second: about once a second, while the ticker lives.
    """

    changed = Signal(list)
    second = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._flush_or_rest)
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND_MS)
        self._clock.timeout.connect(self.second)
        self._clock.start()
        store.on_pending = self._wake

    def flush(self) -> None:
        """Hand on what is pending now, without waiting for the turn."""
        changes = self._store.drain()
        if changes:
            self.changed.emit(changes)

    def _wake(self) -> None:
        if not self._rest.isActive():
            self._rest.start(0)

    def _flush_or_rest(self) -> None:
        changes = self._store.drain()
        if changes:
            self._rest.start(FLUSH_INTERVAL_MS)
            self.changed.emit(changes)

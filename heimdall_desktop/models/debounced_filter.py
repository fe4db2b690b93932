"""Sets the filter people type: at once, or, where that takes its time, once the typing rests."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from heimdall_desktop.models.filter_state import FilterState
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.incremental_work import IncrementalWork

MANY_FINDINGS = 20_000  # from here on a filter takes long enough to be felt while typing
TYPING_REST_MS = 120


class DebouncedFilter(QObject):
    """Takes a filter to the rows without holding the window up.

    Args:
        model: The rows.
        state: The filter.
        parent: Its owner.

    Signals:
        applied: the rows pass the filter; another text may mean the same one.
    """

    applied = Signal()

    def __init__(self, model: FindingsModel, state: FilterState, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._state = model, state
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(TYPING_REST_MS)
        self._work = IncrementalWork(self)
        self._rest.timeout.connect(self._prepare)
        state.changed.connect(self._plan)
        state.moved.connect(self.apply)

    def apply(self) -> None:
        """Show what passes the filter, now."""
        self._rest.stop()
        self._work.stop()
        self._model.set_filter(self._state.filter)
        self.applied.emit()

    def _plan(self) -> None:
        if self._model.total < MANY_FINDINGS:
            self.apply()
        else:
            self._work.stop()
            self._rest.start()

    def _prepare(self) -> None:
        self._work.run(self._model.prepare_filter(self._state.filter), self.apply)

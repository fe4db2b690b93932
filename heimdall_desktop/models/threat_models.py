"""The threat models of scans: the known state of each, and when it must be read.

One is read when it is viewed, again when Tyr has moved on since, and after an error once the
server is back, after a while, or when it is viewed again.
Source: behaviour.md 1 (threat-model pane), protocol.md T-56.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.requests.requests import Requests
from heimdall_desktop.domain.facts.change import Change, ConnectionMoved, ScanRemoved, StagesMoved
from heimdall_desktop.domain.facts.errors import HeimdallError, NotVisible
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.stage import StageState
from heimdall_desktop.domain.facts.threat_model import KeptThreatModel, ThreatModel
from heimdall_desktop.models.rows_model import ACCESSIBLE_ROLE, DISPLAY_ROLE, ListModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.scan_status import status_of
from heimdall_desktop.presentation.board.source_text import Feature, lacks
from heimdall_desktop.presentation.panel.threat_rows import (
    AnyRow,
    ThreatRow,
    making_stage,
    threat_rows,
)

AGAIN_MS = 15_000  # a failed read is due again after this long


class KnownThreats(Struct):
    """The known state of the threat model of one scan.

    Attributes:
        model: as it was read last; None before.
        kept_at: when an earlier session read it; None if this one did.
        error: why the last read failed.
        asked_at: the state of Tyr at the last request; None if it must be requested.
    """

    model: ThreatModel | None = None
    kept_at: datetime | None = None
    error: HeimdallError | None = None
    asked_at: StageState | None = None

    @property
    def has_failed(self) -> bool:
        """Whether it may exist, but could not be read."""
        return self.error is not None and not isinstance(self.error, NotVisible)


class ThreatModels(QObject):
    """Reads one at a time, and remembers all that were read.

    Signals:
        changed: the known models have changed.
    """

    changed = Signal()

    def __init__(
        self, store: Store, ticker: Ticker, requests: Requests, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store, self._requests = store, requests
        self._known: dict[ScanId, KnownThreats] = {}
        self._reading: ScanId | None = None
        self._later = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._later.setObjectName("threats-later")
        self._later.timeout.connect(self._doubt_failed)
        ticker.changed.connect(self._follow)

    def of(self, scan_id: ScanId | None) -> KnownThreats:
        return KnownThreats() if scan_id is None else self._known.get(scan_id, KnownThreats())

    def look(self, scan_id: ScanId) -> None:
        """Start a view: read it if it was not read yet, or could not be."""
        known = self.of(scan_id)
        if known.has_failed:
            known.asked_at = None
        self.read_if_due(scan_id)

    def read_if_due(self, scan_id: ScanId) -> None:
        """Continue a view: read it if it was not requested yet, or may have changed."""
        if self.of(scan_id).asked_at is None:
            self.read(scan_id)

    def read(self, scan_id: ScanId) -> None:
        scan = self._store.scan(scan_id)
        if scan is None or self._reading == scan_id or lacks(scan, Feature.THREAT_MODEL):
            return
        self._reading = scan_id
        known = self._known.setdefault(scan_id, KnownThreats())
        known.asked_at, known.error = making_stage(scan).state, None
        self.changed.emit()
        self._requests.scans.request_threat_model(
            scan_id, lambda answer: self._take(scan_id, answer)
        )

    def _take(self, scan_id: ScanId, answer: ThreatModel | KeptThreatModel | HeimdallError) -> None:
        if self._reading == scan_id:
            self._reading = None
        known = self._known.get(scan_id)
        if known is None:
            return
        match answer:
            case HeimdallError():
                known.error = answer
            case ThreatModel():
                known.model, known.kept_at = answer, None
            case KeptThreatModel(model, kept_at, error):
                known.error = error
                if known.model is None:
                    known.model, known.kept_at = model, kept_at
        if known.has_failed:
            self._later.start()
        self.changed.emit()

    def _follow(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if isinstance(change, ScanRemoved) and self._store.scan(change.scan_id) is None:
                self._known.pop(change.scan_id, None)
            elif isinstance(change, StagesMoved | ConnectionMoved):
                scan, known = self._store.scan(change.scan_id), self.of(change.scan_id)
                if scan is None or change.scan_id == self._reading:
                    continue
                is_back = known.has_failed and not status_of(scan).spec.is_cut_off
                if is_back or making_stage(scan).state is not known.asked_at:
                    known.asked_at = None  # Tyr has moved on since, or the server is back
        self.changed.emit()

    def _doubt_failed(self) -> None:
        for known in self._known.values():
            if known.has_failed:
                known.asked_at = None
        self.changed.emit()


# The Qt model of the threat model of one scan: heads of its parts and a row for each entry.


class ThreatRowsModel(ListModel[AnyRow]):
    """Rows of a threat model. `ROW_ROLE` gives the `ThreatHead` or `ThreatRow`."""

    choosable = ThreatRow

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model: ThreatModel | None = None

    def show_model(self, model: ThreatModel | None) -> bool:
        """Show another threat model, or none; return whether anything has changed."""
        if model == self._model:
            return False
        self._model = model
        self.reset_rows(() if model is None else threat_rows(model))
        return True

    def value(self, row: AnyRow, role: int) -> Any:
        if role == DISPLAY_ROLE:
            return row.name if isinstance(row, ThreatRow) else row.title
        return row.sentence if role == ACCESSIBLE_ROLE else None

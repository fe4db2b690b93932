"""State of each scan that is needed to describe it at any time: its log's notes, its times.

Cards and the stages panel read from here; it follows the changes of the store.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.change import Change, RowChange, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_display import Paces, ScanProgress, StageNotes, notes_of
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.presentation.board.card import Card, card_of
from heimdall_desktop.presentation.board.card_words import Tag, mute_texts, waits_in_vain
from heimdall_desktop.presentation.board.places import Pins, Place, place_of
from heimdall_desktop.presentation.panel.log_lines import TaskWords, task_text
from heimdall_desktop.presentation.panel.timeline import Timeline, TimelineRow, timeline_of

Clock = Callable[[], float]
"""Seconds of a monotonic clock."""
Now = Callable[[], datetime]
"""The current time in UTC."""


class ScanFacts:
    """Describes the scans of a store at the current time.

    Args:
        store: the scans.
        clock: our monotonic clock.
        now: the wall clock.

    Attributes:
        alerts: the user's alert choices: cards show mutes.
    """

    def __init__(self, store: Store, clock: Clock, now: Now) -> None:
        self._store = store
        self._clock = clock
        self._now = now
        self.alerts = AlertChoices()
        self._stopwatch = Stopwatch()
        self._paces = Paces(store.times.usual, clock, now)
        self._notes: dict[ScanId, StageNotes] = {}
        self._noted_of: dict[ScanId, Hashable] = {}
        for scan in store:
            self._read(scan)

    def take(self, changes: Iterable[Change]) -> list[ScanId]:
        """Follow a batch of changes; return the scans they are about, in the order they came in."""
        touched: set[ScanId] = set()
        for change in changes:
            if isinstance(change, RowChange):
                touched.add(change.finding.scan_id)
                continue
            touched.add(change.scan_id)
            if isinstance(change, ScanRemoved):
                self._forget(change.scan_id)
        scans = [scan for scan in self._store if scan.id in touched]
        for scan in scans:
            self._read(scan)
        return [scan.id for scan in scans]

    def card(self, scan: Scan) -> Card:
        """Return the current card of a scan."""
        notes, pace = self._noted(scan), self.pace(scan)
        clock_s, now = self._clock(), self._now()
        is_waiting = waits_in_vain(scan, self._store, now)
        return card_of(
            scan,
            notes,
            self._stopwatch,
            clock_s,
            now,
            pace,
            is_not_picked_up=is_waiting,
            mark=self._store.mark_of(scan.id),
            since_last=self._store.comparisons.since_last.get(scan.id),
            tags=self._store.tags_of(scan.id),
            mute=mute_texts(self.alerts, scan, now),
        )

    def pace(self, scan: Scan) -> ScanProgress:
        """Return the progress of a scan."""
        return self._paces.of(scan)

    def place(self, scan: Scan, pins: Pins = ()) -> Place:
        """Return the current place of a scan on the board."""
        is_replay = Tag.REPLAY in self._store.tags_of(scan.id)
        is_waiting = waits_in_vain(scan, self._store, self._now())
        attempt = self._noted(scan).attempt
        return place_of(scan, attempt, pins, is_replay=is_replay, is_not_picked_up=is_waiting)

    def timeline(self, scan: Scan) -> Timeline:
        notes, pace = self._noted(scan), self.pace(scan)
        return timeline_of(scan, notes, self._stopwatch, self._clock(), self._now(), pace)

    def task(self, scan: Scan) -> TaskWords:
        """Return the current task of a scan."""
        return task_text(scan, self._stopwatch, self._clock(), self._now())

    def _read(self, scan: Scan) -> None:
        is_masked = self._store.mask.is_on
        text = (is_masked, len(scan.activities), scan.attempt, scan.fallback and scan.stages)
        if self._noted_of.get(scan.id) != text:  # a log of thousands of lines is read only so often
            self._noted_of[scan.id] = text
            self._notes[scan.id] = notes_of(scan)
        self._stopwatch.see(scan, self._clock(), self._now())

    def _noted(self, scan: Scan) -> StageNotes:
        return self._notes.get(scan.id) or StageNotes()

    def _forget(self, scan_id: ScanId) -> None:
        self._notes.pop(scan_id, None)
        self._noted_of.pop(scan_id, None)
        self._stopwatch.forget(scan_id)
        self._paces.forget(scan_id)


# The Qt model of the nine stages of one scan; the axis belongs to all rows and is separate.


ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_ACCESSIBLE_MORE = int(Qt.ItemDataRole.AccessibleDescriptionRole)
_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """Nine rows, or none. `ROW_ROLE` gives the `TimelineRow`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None

    @property
    def timeline(self) -> Timeline | None:
        return self._timeline

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show other values; rows are added or removed only with the scan."""
        if timeline == self._timeline:
            return
        before, count = self.rowCount(), len(timeline.rows) if timeline else 0
        if before != count:
            self.beginResetModel()
            self._timeline = timeline
            self.endResetModel()
            return
        self._timeline = timeline
        if count:
            self.dataChanged.emit(self.index(0), self.index(count - 1))

    def row(self, number: int) -> TimelineRow | None:
        """Return the value of a row."""
        rows = self._timeline.rows if self._timeline else ()
        return rows[number] if 0 <= number < len(rows) else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() or self._timeline is None else len(self._timeline.rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == _DISPLAY:
            return row.label
        if role == _ACCESSIBLE_MORE:
            return ". ".join((*row.details[1:], *row.shown_error))
        return row.sentence if role == _ACCESSIBLE else None

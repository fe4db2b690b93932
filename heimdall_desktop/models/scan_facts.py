"""What has to be remembered of each scan to describe it at any moment: its log's notes, its times.

Cards and the stages panel read from here; it follows the changes of the store.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.change import Change, RowChange, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.progress import Paces, ScanProgress
from heimdall_desktop.domain.stages.stage_display import StageNotes, notes_of
from heimdall_desktop.domain.stages.stopwatch import Stopwatch
from heimdall_desktop.presentation.board.card import Card, card_of
from heimdall_desktop.presentation.board.places import Pins, Place, place_of
from heimdall_desktop.presentation.board.queue import waits_in_vain
from heimdall_desktop.presentation.board.tag import Tag, mute_texts
from heimdall_desktop.presentation.panel.log_lines import TaskWords, task_text
from heimdall_desktop.presentation.panel.timeline import Timeline, timeline_of

Clock = Callable[[], float]
"""Seconds of a monotonic clock."""
Now = Callable[[], datetime]
"""The present moment in UTC."""


class ScanFacts:
    """Describes the scans of a store at the present moment.

    Args:
        store: the scans.
        clock: our monotonic clock.
        now: the clock on the wall.

    Attributes:
        alerts: what the user chose of alerts: cards show mutes.
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
        """Return the card of a scan as it reads now."""
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
        """Return how a scan gets on."""
        return self._paces.of(scan)

    def place(self, scan: Scan, pins: Pins = ()) -> Place:
        """Return where on the board a scan belongs now."""
        is_replay = Tag.REPLAY in self._store.tags_of(scan.id)
        is_waiting = waits_in_vain(scan, self._store, self._now())
        attempt = self._noted(scan).attempt
        return place_of(scan, attempt, pins, is_replay=is_replay, is_not_picked_up=is_waiting)

    def timeline(self, scan: Scan) -> Timeline:
        """Return the stages of a scan as they stand now."""
        notes, pace = self._noted(scan), self.pace(scan)
        return timeline_of(scan, notes, self._stopwatch, self._clock(), self._now(), pace)

    def task(self, scan: Scan) -> TaskWords:
        """Return what a scan does now."""
        return task_text(scan, self._stopwatch, self._clock(), self._now())

    def _read(self, scan: Scan) -> None:
        is_masked = self._store.mask.is_on
        told = (is_masked, len(scan.activities), scan.attempt, scan.fallback and scan.stages)
        if self._noted_of.get(scan.id) != told:  # a log of thousands of lines is read only so often
            self._noted_of[scan.id] = told
            self._notes[scan.id] = notes_of(scan)
        self._stopwatch.see(scan, self._clock(), self._now())

    def _noted(self, scan: Scan) -> StageNotes:
        return self._notes.get(scan.id) or StageNotes()

    def _forget(self, scan_id: ScanId) -> None:
        self._notes.pop(scan_id, None)
        self._noted_of.pop(scan_id, None)
        self._stopwatch.forget(scan_id)
        self._paces.forget(scan_id)

"""The Qt model of the board: the heads of the groups, and one card for each watched scan.

Cards change with the scans and every second, because ages and countdowns advance without news.
They never change places while the order is held: pointer or keyboard are inside the board then.
Pinned ones are on top, and a search leaves only its matches. Source: behaviour.md 2.1.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.change import Change, RowChange, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.stages.stage_display import Paces, StageNotes, notes_of
from heimdall_desktop.domain.stages.stage_times import Stopwatch
from heimdall_desktop.models import rows_model
from heimdall_desktop.models.ticker import Clock, Now, Ticker
from heimdall_desktop.presentation.board import card_words
from heimdall_desktop.presentation.board.card import COUNTED, Card, card_of
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.panel.log_lines import TaskWords, task_text
from heimdall_desktop.presentation.panel.timeline import Timeline, timeline_of
from heimdall_desktop.presentation.time_text import number_text

FEW_SCANS = 12  # whose ages advance every second; the ages of more, every two
ENDED_AGE_S = 6  # how often that of a scan advances that has ended


class ScanFacts:
    """Describes the scans of a store at the current time.

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
                self._notes.pop(change.scan_id, None)
                self._noted_of.pop(change.scan_id, None)
                self._stopwatch.forget(change.scan_id)
                self._paces.forget(change.scan_id)
        scans = [scan for scan in self._store if scan.id in touched]
        for scan in scans:
            self._read(scan)
        return [scan.id for scan in scans]

    def card(self, scan: Scan) -> Card:
        now = self._now()
        return card_of(
            scan,
            self._noted(scan),
            self._stopwatch,
            self._clock(),
            now,
            self._paces.of(scan),
            is_not_picked_up=card_words.waits_in_vain(scan, self._store, now),
            mark=self._store.mark_of(scan.id),
            since_last=self._store.comparisons.since_last.get(scan.id),
            proposed=self._store.proposals.certainties.count(scan.id).total(),
            tags=self._store.tags_of(scan.id),
            mute=card_words.mute_texts(self.alerts, scan, now),
            news=self._store.seen.count(scan.id),
        )

    def place(self, scan: Scan, pins: card_words.Pins = ()) -> card_words.Place:
        is_replay = card_words.Tag.REPLAY in self._store.tags_of(scan.id)
        is_waiting = card_words.waits_in_vain(scan, self._store, self._now())
        attempt = self._noted(scan).attempt
        return card_words.place_of(
            scan, attempt, pins, is_replay=is_replay, is_not_picked_up=is_waiting
        )

    def timeline(self, scan: Scan) -> Timeline:
        notes, pace = self._noted(scan), self._paces.of(scan)
        return timeline_of(scan, notes, self._stopwatch, self._clock(), self._now(), pace)

    def task(self, scan: Scan) -> TaskWords:
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


class GroupHead(Struct, frozen=True):
    """The row above the cards of a group."""

    title: str
    count: int

    @property
    def sentence(self) -> str:
        return f"{tr(self.title)}, {self.count}"


class CardRow(Struct, frozen=True):
    """A card and its form, which depends on its place and so never changes under a pointer."""

    card: Card
    is_short: bool
    is_pinned: bool = False


Row = GroupHead | CardRow


class ScansModel(rows_model.ListModel[Row]):
    """Cards in groups. `ROW_ROLE` gives the `Row`.

    Attributes:
        widest_counts: the longest number of each severity on the whole board, from critical to low.
        is_held: cards keep their places, because pointer or keyboard are among them.
        pins: the pinned scans, in the order they were pinned in.

    Signals:
        layout_changed: rows were added, removed, moved or changed their form.
    """

    choosable = CardRow
    layout_changed = Signal()

    def __init__(
        self, store: Store, ticker: Ticker, clock: Clock, now: Now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._facts = ScanFacts(store, clock, now)
        self.is_held = False
        self._has_heads = True
        self.pins: card_words.Pins = ()
        self._search: tuple[str, ...] = ()
        self._places: dict[ScanId, card_words.Place] = {}
        self._cards: dict[ScanId, Card] = {}
        self._seconds = 0
        self.widest_counts: tuple[str, ...] = ()
        for scan in store:
            self._describe(scan.id)
        self._arrange()
        ticker.changed.connect(self.take)
        ticker.second.connect(self.tick)

    # -- shown data --

    @property
    def scan_count(self) -> int:
        return len(self._cards)

    @property
    def hidden_count(self) -> int:
        return sum(not self._is_found(scan_id) for scan_id in self._cards)

    @property
    def sizes(self) -> tuple[int, int, int]:
        """How many cards there are, how many without a strip, and how many groups have cards.

        This includes those that the search hides.
        """
        places = self._places.values()
        short = sum(place.is_short for place in places)
        return len(self._cards), short, len({place.group for place in places})

    def card(self, scan_id: ScanId) -> Card | None:
        return self._cards.get(scan_id)

    def row_of(self, scan_id: ScanId) -> int | None:
        keys = map(_key, self._rows)
        return next((number for number, key in enumerate(keys) if key == scan_id), None)

    # -- changes --

    def set_pins(self, pins: card_words.Pins) -> None:
        """Pin these scans on top at once, as the user requested it."""
        if pins != self.pins:
            changed = set(pins) ^ set(self.pins)
            self.pins = pins
            for scan_id in changed & self._cards.keys():
                self._place(scan_id)
            self._arrange()

    def show_mutes(self, alerts: AlertChoices) -> None:
        if alerts != self._facts.alerts:
            self._facts.alerts = alerts
            for scan_id in self._cards:
                self._describe(scan_id)
            self._arrange()

    def search(self, text: str) -> None:
        """Show only scans whose name or branch has all these words; all of them for ""."""
        words = tuple(text.casefold().split())
        if words != self._search:
            self._search = words
            self._arrange()

    def set_headed(self, has_heads: bool) -> None:
        """Show heads of groups, or leave that room to the cards."""
        if has_heads != self._has_heads:
            self._has_heads = has_heads
            self._arrange()

    def set_held(self, is_held: bool) -> None:
        if is_held == self.is_held:
            return
        self.is_held = is_held
        if not is_held:
            for scan_id in self._cards:
                self._place(scan_id)
            self._arrange()

    def take(self, changes: Sequence[Change]) -> None:
        touched = self._facts.take(changes)
        for change in changes:
            if isinstance(change, ScanRemoved) and self._store.scan(change.scan_id) is None:
                self._cards.pop(change.scan_id, None)
                self._places.pop(change.scan_id, None)
        for scan_id in touched:
            self._describe(scan_id)
        self._arrange()

    def tick(self) -> None:
        """Let a second pass: advance ages, less often where that is hardly seen and costs most."""
        self._seconds += 1
        if len(self._cards) > FEW_SCANS and self._seconds % 2:
            return
        has_passed = self._seconds % ENDED_AGE_S < 2
        for scan_id, card in self._cards.items():
            if card.connection is not None or has_passed:  # else it has ended
                self._describe(scan_id)
        self._arrange()

    def _describe(self, scan_id: ScanId) -> None:
        scan = self._store.scan(scan_id)
        if scan is None:
            return
        self._cards[scan_id] = self._facts.card(scan)
        if not self.is_held or scan_id not in self._places:
            self._place(scan_id)

    def _place(self, scan_id: ScanId) -> None:
        scan = self._store.scan(scan_id)
        if scan is not None:
            self._places[scan_id] = self._facts.place(scan, self.pins)

    def _is_found(self, scan_id: ScanId) -> bool:
        card, scan = self._cards[scan_id], self._store.whole.scan(scan_id)
        text = f"{card.name} {card.branch}"
        if scan is not None and self._store.mask.is_on:  # the search had its real name
            text = f"{text} {scan.name} {scan.branch or ''}"
        text = text.casefold()
        return all(word in text for word in self._search)

    def value(self, row: Row, role: int) -> Any:
        if isinstance(row, GroupHead):
            return {
                rows_model.DISPLAY_ROLE: tr(row.title),
                rows_model.ACCESSIBLE_ROLE: row.sentence,
            }.get(role)
        if role == rows_model.DISPLAY_ROLE:
            return row.card.name
        if role == rows_model.ACCESSIBLE_ROLE:
            sentence = row.card.sentence
            return tr("{scan} Pinned.").format(scan=sentence) if row.is_pinned else sentence
        return row.card.strip_text if role == rows_model.DESCRIPTION_ROLE else None

    # -- moving rows --

    def _arrange(self) -> None:
        """Show the current cards in their current places."""
        numbers = zip(
            *(map(number_text, card.counts) for card in self._cards.values()), strict=True
        )
        self.widest_counts = tuple(max(texts, key=len) for texts in numbers) or ("0",) * len(
            COUNTED
        )
        found = filter(self._is_found, self._cards)
        places = {scan_id: self._places[scan_id] for scan_id in found}
        sizes = Counter(place.group for place in places.values())
        rows: list[Row] = []
        for key in card_words.board_rows(places.items(), has_heads=self._has_heads):
            if isinstance(key, card_words.Group):
                rows.append(GroupHead(key.value, sizes[key]))
            else:
                place = places[key]
                is_pinned = place.group is card_words.Group.PINNED
                rows.append(CardRow(self._cards[key], place.is_short, is_pinned))
        before = list(map(_form, self._rows))
        self.sync_rows(rows, _key)
        if before != list(map(_form, rows)):
            self.layout_changed.emit()


def _key(row: Row) -> str:
    return row.card.scan_id if isinstance(row, CardRow) else row.title


def _form(row: Row) -> tuple[str, bool]:
    return _key(row), isinstance(row, CardRow) and row.is_short

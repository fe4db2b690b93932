"""The Qt model of the board: the heads of the groups, and one card for each watched scan.

Cards change with the scans and every second, because ages and countdowns advance without news.
They never change places while the order is held: pointer or keyboard are inside the board then.
Pinned ones are on top, and a search leaves only its matches. Source: behaviour.md 2.1.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.change import Change, ScanRemoved
from heimdall_desktop.domain.facts.choices import AlertChoices
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.models.scan_facts import Clock, Now, ScanFacts
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.board.card import COUNTED, Card
from heimdall_desktop.presentation.board.places import Group, Pins, Place, board_rows
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.time_text import number_text

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_DESCRIPTION = int(Qt.ItemDataRole.AccessibleDescriptionRole)
_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


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


class ScansModel(QAbstractListModel):
    """Cards in groups. `ROW_ROLE` gives the `Row`.

    Args:
        store: the scans.
        ticker: hands out the changes and ticks every second.
        clock: our monotonic clock.
        now: the wall clock, in UTC.

    Signals:
        layout_changed: rows were added, removed, moved or changed their form.
    """

    layout_changed = Signal()

    def __init__(
        self, store: Store, ticker: Ticker, clock: Clock, now: Now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._facts = ScanFacts(store, clock, now)
        self._is_held = False
        self._has_heads = True
        self._pins: Pins = ()
        self._search: tuple[str, ...] = ()
        self._places: dict[ScanId, Place] = {}
        self._cards: dict[ScanId, Card] = {}
        self._rows: list[Group | ScanId] = []
        self._shown: list[Row] = []
        self._widest: tuple[str, ...] = ()
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
    def widest_counts(self) -> tuple[str, ...]:
        """The longest number of each severity on the whole board, from critical to low."""
        return self._widest

    @property
    def is_held(self) -> bool:
        """Whether cards keep their places, because pointer or keyboard are among them."""
        return self._is_held

    @property
    def pins(self) -> Pins:
        """The pinned scans, in the order they were pinned in."""
        return self._pins

    @property
    def hidden_count(self) -> int:
        return sum(not self._is_found(scan_id) for scan_id in self._cards)

    @property
    def group_count(self) -> int:
        """How many groups have cards, found by the search or not."""
        return len({place.group for place in self._places.values()})

    @property
    def short_count(self) -> int:
        """How many cards no longer have a strip, found by the search or not."""
        return sum(place.is_short for place in self._places.values())

    def row(self, number: int) -> Row | None:
        """Return the content of a row."""
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def card(self, scan_id: ScanId) -> Card | None:
        """Return the card of a scan."""
        return self._cards.get(scan_id)

    def row_of(self, scan_id: ScanId) -> int | None:
        """Return the row of the card of a scan."""
        return self._rows.index(scan_id) if scan_id in self._rows else None

    # -- changes --

    def set_pins(self, pins: Pins) -> None:
        """Pin these scans on top at once, as the user requested it."""
        if pins != self._pins:
            changed = set(pins) ^ set(self._pins)
            self._pins = pins
            for scan_id in changed & self._cards.keys():
                self._place(scan_id)
            self._arrange()

    def show_mutes(self, alerts: AlertChoices) -> None:
        """Show which scans are muted."""
        if alerts != self._facts.alerts:
            self._facts.alerts = alerts
            self.tick()

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
        """Hold cards in their places, or let them move to where they belong."""
        if is_held == self._is_held:
            return
        self._is_held = is_held
        if not is_held:
            for scan_id in self._cards:
                self._place(scan_id)
            self._arrange()

    def take(self, changes: Sequence[Change]) -> None:
        """Apply a batch of changes."""
        touched = self._facts.take(changes)
        for change in changes:
            if isinstance(change, ScanRemoved) and self._store.scan(change.scan_id) is None:
                self._cards.pop(change.scan_id, None)
                self._places.pop(change.scan_id, None)
        for scan_id in touched:
            self._describe(scan_id)
        self._arrange()

    def tick(self) -> None:
        """Update ages, countdowns and elapsed times."""
        for scan_id in self._cards:
            self._describe(scan_id)
        self._arrange()

    def _describe(self, scan_id: ScanId) -> None:
        scan = self._store.scan(scan_id)
        if scan is None:
            return
        self._cards[scan_id] = self._facts.card(scan)
        if not self._is_held or scan_id not in self._places:
            self._place(scan_id)

    def _place(self, scan_id: ScanId) -> None:
        scan = self._store.scan(scan_id)
        if scan is not None:
            self._places[scan_id] = self._facts.place(scan, self._pins)

    def _is_found(self, scan_id: ScanId) -> bool:
        card, scan = self._cards[scan_id], self._store.whole.scan(scan_id)
        text = f"{card.name} {card.branch}"
        if scan is not None and self._store.mask.is_on:  # the search had its real name
            text = f"{text} {scan.name} {scan.branch or ''}"
        text = text.casefold()
        return all(word in text for word in self._search)

    # -- Qt interface --

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == _DISPLAY:
            return tr(row.title) if isinstance(row, GroupHead) else row.card.name
        if role == _ACCESSIBLE:
            if isinstance(row, CardRow) and row.is_pinned:
                return tr("{scan} Pinned.").format(scan=row.card.sentence)
            return row.sentence if isinstance(row, GroupHead) else row.card.sentence
        if role == _DESCRIPTION and isinstance(row, CardRow):
            return row.card.strip_text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row(index.row()), CardRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    # -- moving rows --

    def _arrange(self) -> None:
        """Move, add and remove single rows, so that views keep selection and focus."""
        numbers = zip(
            *(map(number_text, card.counts) for card in self._cards.values()), strict=True
        )
        self._widest = tuple(max(texts, key=len) for texts in numbers) or ("0",) * len(COUNTED)
        found = filter(self._is_found, self._cards)
        places = ((scan_id, self._places[scan_id]) for scan_id in found)
        wanted = board_rows(places, has_heads=self._has_heads)
        has_moved = wanted != self._rows
        for number in reversed(range(len(self._rows))):
            if self._rows[number] not in wanted:
                self.beginRemoveRows(_NO_PARENT, number, number)
                del self._rows[number], self._shown[number]
                self.endRemoveRows()
        for number, row in enumerate(wanted):
            if number >= len(self._rows) or self._rows[number] != row:
                self._bring(row, number)
        if self._refresh() or has_moved:
            self.layout_changed.emit()

    def _bring(self, row: Group | ScanId, number: int) -> None:
        if row in self._rows:
            start = self._rows.index(row)
            self.beginMoveRows(_NO_PARENT, start, start, _NO_PARENT, number)
            self._rows.insert(number, self._rows.pop(start))
            self._shown.insert(number, self._shown.pop(start))
            self.endMoveRows()
            return
        self.beginInsertRows(_NO_PARENT, number, number)
        self._rows.insert(number, row)
        self._shown.insert(number, self._make_row(number))
        self.endInsertRows()

    def _refresh(self) -> bool:
        """Update the content of rows, and return whether one of them has another form."""
        has_reformed = False
        for number, before in enumerate(self._shown):
            row = self._make_row(number)
            if row == before:
                continue
            if isinstance(row, CardRow) and isinstance(before, CardRow):
                has_reformed |= row.is_short != before.is_short
            self._shown[number] = row
            index = self.index(number)
            self.dataChanged.emit(index, index)
        return has_reformed

    def _make_row(self, number: int) -> Row:
        row = self._rows[number]
        if isinstance(row, Group):
            inside = (scan_id for scan_id, place in self._places.items() if place.group is row)
            return GroupHead(row.value, sum(map(self._is_found, inside)))
        place = self._places[row]
        return CardRow(self._cards[row], place.is_short, place.group is Group.PINNED)

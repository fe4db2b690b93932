"""Work cut into slices, one with each turn of the loop, so that the window stays responsive."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.domain.filters.filter import Filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import Order

MANY_ROWS = 20_000  # from here on filtering or sorting takes noticeably long
TYPING_REST_MS = 120
SLICE = 2_000  # findings a turn: with a repaint in between, half of the noticeable time


class IncrementalWork(QObject):
    """Runs the slices of one piece of work at a time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._slices: Iterator[None] = iter(())
        self._then: Callable[[], None] = lambda: None
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._go_on)

    def run(self, slices: Iterator[None], then: Callable[[], None]) -> None:
        """Start work; this abandons the current work.

        Args:
            slices: does one slice with each step.
            then: is called a turn after the last one.
        """
        self._slices, self._then = slices, then
        self._turn.start(0)

    def stop(self) -> None:
        self._turn.stop()

    def _go_on(self) -> None:
        try:
            next(self._slices)
        except StopIteration:
            self._turn.stop()
            self._then()


class TableQuestion(Struct, frozen=True):
    """A query of the table: which findings, in which order and groups."""

    filter: Filter
    order: Order
    by: GroupBy | None


class TablePreparation(QObject):
    """Shows the result of a query at once, or prepares it first if that takes time.

    Args:
        asked: The query shown already.

    Attributes:
        asked: the query that is shown, or will be once it is prepared.
    """

    def __init__(
        self,
        asked: TableQuestion,
        prepare: Callable[[Filter, Order, GroupBy | None], Iterator[None]],
        show: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.asked, self._prepare, self._show = asked, prepare, show
        self._work = IncrementalWork(self)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._begin)

    def ask(self, asked: TableQuestion, rows: int = 0, rest_ms: int = 0) -> None:
        """Set another query; this withdraws a pending one.

        Args:
            rows: how many rows must be checked.
            rest_ms: how long to wait for the next query, if they are many.
        """
        self.asked = asked
        self._work.stop()
        self._rest.stop()
        if rows < MANY_ROWS:
            self._show()
        elif rest_ms:
            self._rest.start(rest_ms)
        else:
            self._begin()

    def _begin(self) -> None:
        asked = self.asked
        self._work.run(self._prepare(asked.filter, asked.order, asked.by), self._show)


class InitialLoad(QObject):
    """Passes on what a store already holds: the first slice at once, one more with every turn.

    A finding is passed on in its state at that time, and not at all if it was removed by then.
    """

    def __init__(
        self, store: Store, take: Callable[[Sequence[Finding]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store, self._take = store, take
        self._waiting = [(scan.id, found) for scan in store for found in scan.findings]
        if self._waiting:
            slices = self._hand_on()
            next(slices)
            IncrementalWork(self).run(slices, lambda: None)

    @property
    def waiting(self) -> int:
        """How many findings are still to come."""
        return len(self._waiting)

    def _hand_on(self) -> Iterator[None]:
        while self._waiting:
            now, self._waiting = self._waiting[:SLICE], self._waiting[SLICE:]
            found = []
            for scan_id, finding_id in now:
                scan = self._store.scan(scan_id)
                if scan is not None and (finding := scan.findings.get(finding_id)) is not None:
                    found.append(finding)
            self._take(found)
            yield

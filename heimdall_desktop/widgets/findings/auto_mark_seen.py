"""Takes the mark as new away from rows that passed by under the eyes of people, as a scan fills.

Everything in a fresh scan is new, and where all is marked no mark says anything. So a row counts as
looked at, though nobody selected it, once it stood for a second in a view that follows its tail,
in the window in use, and newer rows have pushed it out. What comes in a burst too large for the
view, while people are elsewhere or have scrolled away, or while they ask for new findings, keeps
its mark, and what is critical or high keeps it until it is opened, as design.md 5 has it for all.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from heimdall_desktop.domain.facts.finding import FindingId, Severity
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.widgets.findings.findings_table import FindingsTable

_TO_BE_OPENED = {Severity.CRITICAL, Severity.HIGH}


class AutoMarkSeen(QObject):
    """Looks once a second at what is in sight.

    Args:
        table: Where rows pass by.
        model: Knows what is new.
        ticker: Beats the seconds.
    """

    def __init__(self, table: FindingsTable, model: FindingsModel, ticker: Ticker) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._filter = model.filter
        self._in_sight: set[FindingId] = set()  # at the beat before
        self._watched: set[FindingId] = set()  # for two beats, one after the other
        ticker.second.connect(self._look)

    def _look(self) -> None:
        if self._model.filter is not self._filter:  # another list
            self._filter = self._model.filter
            self._watched.clear()
            self._in_sight.clear()
        table = self._table
        is_watched = table.isVisible() and table.isActiveWindow() and table.is_following
        now = self._new_in_sight() if is_watched else set()
        self._watched |= self._in_sight & now
        self._in_sight = now
        passed = self._passed() if is_watched else set()
        self._watched -= passed
        if passed:
            self._model.let_pass(passed)

    def _new_in_sight(self) -> set[FindingId]:
        rows = filter(None, map(self._model.finding_at, self._table.sight.rows))
        news = self._model.news
        return {row.id for row in rows if row.id in news and row.severity not in _TO_BE_OPENED}

    def _passed(self) -> set[FindingId]:
        """Return what newer rows have pushed out of the view."""
        first = self._table.sight.first
        rows = ((found, self._model.row_of(found)) for found in self._watched)
        return {found for found, row in rows if row is None or row < first}

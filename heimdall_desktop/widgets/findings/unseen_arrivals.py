"""Which findings came while nobody followed and have not been in sight since; the pill counts them.

They leave the count as they come into sight, all of them when the view follows again, and with
another filter, which is another list.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.models.findings_model import FindingsModel
from heimdall_desktop.widgets.findings.findings_table import FindingsTable
from heimdall_desktop.widgets.findings.new_pill import NewPill
from heimdall_desktop.widgets.look.theme import Theme


class UnseenArrivals(QObject):
    """Owns the count and the pill over the table.

    Args:
        theme: The look of the pill.
        table: Where findings come into sight.
        model: Where they arrive.
    """

    def __init__(self, theme: Theme, table: FindingsTable, model: FindingsModel) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._unseen: dict[FindingId, None] = {}
        self._filter = model.filter
        self._pill = NewPill(theme, table)
        self._pill.clicked.connect(self._go_there)
        model.arrived.connect(self._take)
        model.changed.connect(self._look)
        model.freeze_changed.connect(self._show)
        table.following_changed.connect(self._take_following)
        table.verticalScrollBar().valueChanged.connect(self._look)
        table.viewport().installEventFilter(self)
        theme.changed.connect(self._pill.place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the pill in its corner."""
        if event.type() is QEvent.Type.Resize:
            self._pill.place()
        return False

    def _take(self, finding_ids: list[FindingId]) -> None:
        """Count what is new; what was there before its scan was read only comes late."""
        if not self._table.is_following:
            news = self._model.news
            self._unseen.update(dict.fromkeys(found for found in finding_ids if found in news))
            self._look()

    def _take_following(self, is_following: bool) -> None:
        if is_following:
            self._unseen.clear()
            self._show()

    def _look(self) -> None:
        """Forget what is in sight now, and what is there no more."""
        wanted, before = self._model.filter, self._filter
        if wanted is not before:
            self._filter = wanted
            if not wanted.is_later(before):
                self._unseen.clear()
        if not self._unseen:
            self._show()
            return
        if self._model.frozen_at is None:
            for row in self._table.sight.rows:
                finding = self._model.finding_at(row)
                if finding is not None:
                    self._unseen.pop(finding.id, None)
        for finding_id in [found for found in self._unseen if not self._model.knows(found)]:
            del self._unseen[finding_id]
        self._show()

    def _show(self) -> None:
        if self._model.frozen_at is not None:
            way = ("P", "ui-play")
        elif self._table.can_follow:
            way = ("End", "ui-arrow-down")
        else:
            way = ("", "ui-new")  # they may be anywhere
        self._pill.show_count(len(self._unseen), *way)

    def _go_there(self) -> None:
        """Let frozen rows go on, else go to the tail, else to the first one in the list."""
        if self._model.frozen_at is not None:
            self._model.set_frozen(is_frozen=False)
        elif self._table.can_follow:
            self._table.follow()
        else:
            places = ((self._model.position_of(found), found) for found in self._unseen)
            shown = [(place, found) for place, found in places if place is not None]
            if shown:
                self._table.show_finding(min(shown)[1])

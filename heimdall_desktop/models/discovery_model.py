"""The Qt model of found scans and repositories: rows arrive singly, in the server's order."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import FoundRepo
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.models import rows_model
from heimdall_desktop.models.ticker import Now
from heimdall_desktop.presentation.board.card import COUNTED
from heimdall_desktop.presentation.board.found_scans import FoundScan, by_severity, moment_text
from heimdall_desktop.presentation.i18n import tr
from heimdall_desktop.presentation.labels import safe_tip
from heimdall_desktop.presentation.time_text import number_text

MOMENT_ROLE = rows_model.ROW_ROLE + 1
WATCHED_ROLE = rows_model.ROW_ROLE + 2
WIDEST_ROLE = rows_model.ROW_ROLE + 3
_CHECK = int(Qt.ItemDataRole.CheckStateRole)


class Watches(Protocol):
    """Whether a scan is watched; without a server, whether any of that id is."""

    def __call__(self, server: ServerUrl | None, reported: ScanId, /) -> bool:
        """Take the id as that server knows it."""


class ScanPicks(QObject):
    """The ticked scans of all lists; watched scans are never ticked."""

    changed = Signal()

    def __init__(self, watches: Watches, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watches = watches
        self._scans: dict[str, FoundScan] = {}  # by their addresses

    @property
    def scans(self) -> tuple[FoundScan, ...]:
        """The ticked scans, in the order of ticking."""
        return tuple(scan for scan in self._scans.values() if not self.is_watched(scan))

    def is_watched(self, scan: FoundScan) -> bool:
        return self._watches(scan.server, scan.scan_id)

    def is_picked(self, scan: FoundScan) -> bool:
        return scan.address in self._scans and not self.is_watched(scan)

    def turn(self, scan: FoundScan) -> None:
        if self.is_watched(scan):
            return
        if self._scans.pop(scan.address, None) is None:
            self._scans[scan.address] = scan
        self.changed.emit()


class FindsModel(rows_model.ListModel[FoundScan | FoundRepo]):
    """Scans that can be ticked, or repositories that can be opened; `ROW_ROLE` gives the row.

    Of a scan `MOMENT_ROLE` gives the start, `WATCHED_ROLE` whether it is watched, and `WIDEST_ROLE`
    the longest number of each severity in the whole list.

    Args:
        picks: the ticked scans, shared with other lists.
    """

    def __init__(self, picks: ScanPicks, now: Now, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picks, self._now = picks, now
        self._widest = _widest(())
        picks.changed.connect(self.refresh_all)

    def show(self, rows: Sequence[FoundScan | FoundRepo]) -> None:
        """Show these rows; existing rows keep their places in the view."""
        self.sync_rows(rows, lambda row: row.scan_id if isinstance(row, FoundScan) else row.repo_id)
        widest = _widest(rows)
        if widest != self._widest:
            self._widest = widest
            self.refresh_all()

    def flags(self, index: rows_model.Index) -> Qt.ItemFlag:
        row = self.row(index.row())
        if not isinstance(row, FoundScan):
            return super().flags(index)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_watched = self._picks.is_watched(row)
        return flags if is_watched else flags | Qt.ItemFlag.ItemIsUserCheckable

    def value(self, row: FoundScan | FoundRepo, role: int) -> Any:
        if not isinstance(row, FoundScan):
            if role == rows_model.TIP_ROLE:
                return safe_tip(row.sentence)
            return {
                rows_model.DISPLAY_ROLE: row.name,
                rows_model.ACCESSIBLE_ROLE: row.sentence,
            }.get(role)
        is_watched = self._picks.is_watched(row)
        if role == rows_model.DISPLAY_ROLE:
            return row.repo.name
        if role == MOMENT_ROLE:
            return moment_text(row, self._now())
        if role == WIDEST_ROLE:
            return self._widest
        if role == WATCHED_ROLE:
            return is_watched
        if role == _CHECK:
            is_ticked = is_watched or self._picks.is_picked(row)
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        if role == rows_model.ACCESSIBLE_ROLE:
            words = tr("Already watched") if is_watched else f"{row.words}. {row.counted}"
            moment = moment_text(row, self._now())
            return f"{row.repo.sentence}. {words}{', ' if moment else ''}{moment}."
        if role == rows_model.TIP_ROLE:
            return safe_tip(row.repo.sentence, row.words, row.counted, row.scan_id)
        return None


def _widest(rows: Sequence[FoundScan | FoundRepo]) -> tuple[str, ...]:
    """Return the longest number of each severity, from critical to low; "0" if there is none."""
    counts = [row.counts for row in rows if isinstance(row, FoundScan)]
    numbers = [by_severity(each) for each in counts if each is not None]
    columns = zip((0,) * len(COUNTED), *numbers, strict=True)
    return tuple(max(map(number_text, column), key=len) for column in columns)

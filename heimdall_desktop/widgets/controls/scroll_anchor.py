"""Keeps the rows on screen in place while rows are added, removed and reordered.

Places are remembered by finding id, and by group for group heads. A view at its tail that is
sorted by first seen follows the newest rows instead. A view that was not scrolled since it was
sorted another way keeps showing its beginning. Any other view moves only when the user scrolls.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QScrollBar, QTableView

from heimdall_desktop.domain.facts.finding import Finding, FindingId
from heimdall_desktop.domain.table.group import Group
from heimdall_desktop.domain.table.order import NEWEST_LAST
from heimdall_desktop.models.findings_model import FindingsModel


class ScrollAnchor(QObject):
    """Keeps the places of rows. Call `keep` before the rows change and `restore` after it.

    Args:
        view: Scrolls by pixels and has rows of one height.
    """

    following_changed = Signal(bool)
    """Whether new rows are followed; also emitted when following becomes possible or impossible."""

    def __init__(self, view: QTableView, model: FindingsModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._places: list[tuple[Finding | Group, int]] = []
        self._is_at_tail = True
        self._reported = (True, True, False)
        self._is_held = False
        self._is_untouched = True  # since the rows got this order
        self._has_left = False  # for a finding, though the view may still be at its tail
        self._bar.valueChanged.connect(self._take_move)
        self._bar.rangeChanged.connect(self._stay_at_tail)
        for signal in (model.order_changed, model.grouping_changed, model.freeze_changed):
            signal.connect(self._report_following)

    @property
    def is_following(self) -> bool:
        return self._is_at_tail and self.can_follow and self._model.frozen_at is None

    @property
    def can_follow(self) -> bool:
        """Whether the newest rows are added at the tail."""
        return self._model.order == NEWEST_LAST and self._model.grouped_by is None

    @property
    def is_paused(self) -> bool:
        """Whether new rows appear out of sight, though the rows are not frozen."""
        could_follow = self.can_follow and self._model.frozen_at is None
        return could_follow and not self._is_at_tail and self._bar.maximum() > 0

    def leave_tail(self) -> None:
        """Stay here, even at the tail, until the user scrolls there again."""
        self._has_left, self._is_untouched = True, False
        self._note_tail()

    def return_to_tail(self) -> None:
        """Scroll to the newest rows and follow them from now on."""
        self._has_left = False
        self._view.scrollToBottom()
        self._note_tail()

    def begin(self) -> None:
        """Scroll to the first row after a reorder, or to the tail if it is followed."""
        if self.can_follow:
            self.return_to_tail()
        else:
            self._view.scrollToTop()
        self._is_untouched = True

    def keep(self, first: FindingId | None) -> None:
        """Remember the rows on screen and their heights, one finding before all others."""
        self._is_held = True
        self._view.executeDelayedItemsLayout()
        height, top = self._view.rowHeight(0) or 1, self._bar.value()
        start, count = top // height, self._view.viewport().height() // height + 2
        rows = ((row, self._model.row_at(row)) for row in range(start, start + count))
        self._places = [
            (entry, row * height - top) for row, entry in rows if isinstance(entry, Finding | Group)
        ]
        self._places.sort(
            key=lambda place: (place[0].id if isinstance(place[0], Finding) else None) != first
        )

    def restore(self) -> None:
        """Scroll so that the first remembered row that is still shown is where it was."""
        self._view.executeDelayedItemsLayout()
        if self.is_following:
            self._view.scrollToBottom()
        elif self._is_untouched and not self.can_follow:
            self._view.scrollToTop()
        else:
            for entry, y in self._places:
                if isinstance(entry, Finding):
                    row = self._model.row_of(entry.id)
                else:
                    row = self._model.grouped.row_of_group(entry.key)
                if row is not None:
                    self._bar.setValue(row * self._view.rowHeight(row) - y)
                    break
        self._is_held = False
        self._note_tail()

    @contextmanager
    def standing(self, first: FindingId | None) -> Iterator[None]:
        """Keep rows in place while their height changes; one finding has priority.

        Places are kept in whole rows: a row cut by the upper edge is whole afterwards.
        """
        height = self._view.rowHeight(0) or 1
        self.keep(first)
        try:
            yield
        finally:
            now = self._view.verticalHeader().defaultSectionSize()
            self._places = [(entry, y * now // height) for entry, y in self._places]
            self._view.doItemsLayout()  # otherwise the scroll bar keeps its old end
            self.restore()

    @contextmanager
    def measuring(self) -> Iterator[None]:
        """Stay here, or at the tail, while Qt recalculates how far the view scrolls.

        At the tail the topmost row is whole; the space left over stays free below the last row.
        """
        was_held, self._is_held, top = self._is_held, True, self._bar.value()
        try:
            yield
            height = self._view.verticalHeader().defaultSectionSize()
            most = self._bar.maximum()
            self._bar.setMaximum(-(-most // height) * height)
            self._bar.setPageStep(max(height, self._bar.pageStep() // height * height))
            self._bar.setValue(top)
        finally:
            self._is_held = was_held
        if was_held:
            return
        if self.is_following:
            self._bar.setValue(self._bar.maximum())
        elif self._bar.value() != top:
            self._note_tail()

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Scroll for the user; this does not reach a tail again that was left for a finding."""
        was_held, self._is_held = self._is_held, True
        try:
            yield
        finally:
            self._is_held = was_held
            self._note_tail()

    @property
    def _bar(self) -> QScrollBar:
        # Not kept: destroying a visible window hides it first, which measures its views. By then
        # Python has already lost the wrappers of the widgets that Qt created.
        return self._view.verticalScrollBar()

    def _take_move(self) -> None:
        if not self._is_held:
            self._has_left = self._is_untouched = False
            self._note_tail()

    def _note_tail(self) -> None:
        self._is_at_tail = not self._has_left and self._bar.value() >= self._bar.maximum()
        self._report_following()

    def _report_following(self) -> None:
        now = (self.is_following, self.can_follow, self.is_paused)
        if self._reported != now:
            self._reported = now
            self.following_changed.emit(self.is_following)

    def _stay_at_tail(self) -> None:
        if self._is_held:
            return
        if self.is_following:
            self._bar.setValue(self._bar.maximum())
        self._report_following()

"""Announces what happens in the window through assistive technology. Source: behaviour.md 2.8.

The priority is polite: a screen reader finishes its current speech first.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.alerts.inbox import Announcements


class Announcer(QObject):
    """Follows the store while its window lives.

    Args:
        window: The window whose news is announced.
        store: All watched scans.
        ticker: Reports changes, and ticks every second.
        clock: Our monotonic clock.
        is_in_view: Whether the user is viewing a scan.
        is_own: Whether the user made a finding's changes here, since a reading of it.
    """

    said = Signal(str)
    """The announced text, for users who cannot hear it."""

    def __init__(
        self,
        window: QWidget,
        store: Store,
        ticker: Ticker,
        clock: Callable[[], float],
        is_in_view: Callable[[ScanId], bool],
        is_own: Callable[[Finding, Finding], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._news = Announcements(clock, store.whole.scan, store.name_of, is_in_view, store.mask)
        self._news.is_own = is_own
        ticker.changed.connect(self._take)
        ticker.second.connect(self._say_what_is_due)

    def _take(self, changes: list[Change]) -> None:
        self._news.take(changes)
        self._say_what_is_due()

    def _say_what_is_due(self) -> None:
        text = self._news.due()
        if text:
            say(self._window, text)
            self.said.emit(text)


def say(window: QWidget, text: str) -> None:
    """Have a screen reader announce a text."""
    news = QAccessibleAnnouncementEvent(window, text)
    news.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(news)

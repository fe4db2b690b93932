"""Says aloud, through assistive technology, what the window shows happen. Source: ux.md §2.8.

Politely: a screen reader says it when it has finished what it is saying.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from heimdall_desktop.application.store import Store
from heimdall_desktop.domain.facts.change import Change
from heimdall_desktop.domain.facts.finding import Finding, ScanId
from heimdall_desktop.models.ticker import Ticker
from heimdall_desktop.presentation.alerts.inbox import Announcements


class Announcer(QObject):
    """Follows the store as long as its window lives.

    Args:
        window: Whose news it is.
        store: All watched scans.
        ticker: Tells what has changed, beats the seconds.
        clock: Our monotonic clock.
        is_in_view: Whether a scan is looked at.
        is_own: Whether the user decided here what has changed of a finding since a reading of it.
    """

    said = Signal(str)
    """What was said; for those who cannot hear it."""

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
    """Have a text read aloud."""
    news = QAccessibleAnnouncementEvent(window, text)
    news.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(news)

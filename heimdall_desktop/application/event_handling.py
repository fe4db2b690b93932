"""Handles stream events: folds facts in and brings REST polls forward.

The stream is a hint (heimdall-api.md T-2, T-3), so it decides hardly anything. Notices of
dropped events come by the thousand and are handled as one (T-68).
"""

from msgspec.structs import replace

from heimdall_desktop.application.finding_sync import FindingSync
from heimdall_desktop.application.health import WatchContext
from heimdall_desktop.application.listener import Listener
from heimdall_desktop.application.poller import BURST_REST_S, CUT_S, LAG_GAP_S
from heimdall_desktop.application.source_selection import SourceSelection
from heimdall_desktop.domain.facts.listed_rows import FindingHinted
from heimdall_desktop.domain.facts.observation import (
    EndSeen,
    EventsSkipped,
    ScanSource,
    StageSeen,
    StatusSeen,
)
from heimdall_desktop.services.wire import StreamEvent


class EventHandling:
    """Handles the stream events of one scan.

    Attributes:
        has_received: an event arrived since this was set to False.
        has_completed: `completed` arrived, so the final bookkeeping is still to come.
    """

    def __init__(
        self,
        context: WatchContext,
        sync: FindingSync,
        listener: Listener,
        selection: SourceSelection,
    ) -> None:
        self._scan, self._health, self._sync = context.scan, context.health, sync
        self._listener, self._selection = listener, selection
        self._observe, self._clock = context.observe, context.clock
        self.has_received = self.has_completed = False
        self._lagging_since_s: float | None = None
        self._lagged_at_s = float("-inf")

    def handle_event(self, seen: StreamEvent, *, is_polled: bool) -> bool:
        """Fold one event in; return whether REST must be polled because of it.

        If `is_polled`, REST has reported the scan before, so this is no initial state.
        """
        scan, now_s = self._scan, self._clock()
        self.has_received = True
        match seen:
            case EventsSkipped(is_unreadable=False):
                self._lagged_at_s = now_s
                if self._lagging_since_s is not None:
                    return False  # they come by the thousand (T-68)
                self._lagging_since_s = now_s
            case EventsSkipped():
                self._sync.note_skip(now_s)
            case EndSeen():
                self._sync.want(now_s)
                if seen.stamped_at is None:
                    seen = replace(seen, stamped_at=scan.status_stamped_at)
            case StatusSeen(status="completed"):
                self.has_completed = is_polled
            case StatusSeen(status="cancelled"):
                self._listener.expect_cut(now_s + CUT_S)
            case FindingHinted(finding_id=finding_id):
                self._sync.hint(finding_id, now_s, is_known=finding_id in scan.findings)
            case _:
                pass
        is_news = not isinstance(seen, EndSeen)
        if isinstance(seen, StageSeen | StatusSeen):  # the initial state is none
            is_news = scan.newest_at is None or seen.stamped_at > scan.newest_at
        if is_news:
            self._health.news_at_s = now_s
        counts = scan.announced_counts
        if not isinstance(seen, FindingHinted):
            self._observe(seen)
        if scan.source is ScanSource.LISTING and scan.announced_counts != counts:
            self._sync.want(now_s)  # a hint, when `/live` does not count (D2)
        self._selection.handle_event(seen)
        return not scan.is_stream_only

    def tick(self, now_s: float) -> None:
        """Request a listing once the server stops dropping events, or after a while (T-68)."""
        since_s = self._lagging_since_s
        if since_s is not None and now_s >= min(
            self._lagged_at_s + BURST_REST_S, since_s + LAG_GAP_S
        ):
            self._lagging_since_s = None
            self._observe(EventsSkipped(self._scan.id, self._lagged_at_s))
            self._sync.note_skip(now_s)

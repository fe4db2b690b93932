"""Decides when a scan's end is believed, and checks whether the scan restarts after that.

Source: protocol.md 8.1 steps 6 and 7, T-10, T-26, T-38, T-59, T-61, 3.8 (retries and returns
under the same id; agents of an attempt that was stopped run on).
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Self

from msgspec import Struct

from heimdall_desktop.application.watching import poller
from heimdall_desktop.application.watching.health import WatchContext
from heimdall_desktop.application.watching.row_checks import EndChecked, RowChecks
from heimdall_desktop.domain.facts.observation import Counts, ListingEnded, ScanSource
from heimdall_desktop.domain.facts.scan import Scan

FINAL_LISTINGS = 3  # after this many, an end is believed even if rows are still missing


class Completion:
    """Follows one end of a scan at a time; another end, or the same one written again, restarts it.

    An end is believed when it has stayed for a while, and the rows were listed, or those of a
    completed scan checked (T-38), after that.

    Args:
        retry_limit_s: the time in which our own embedded server retries a failure; it never
            reverts another end. None for any other server.
    """

    def __init__(self, retry_limit_s: float | None = None) -> None:
        self._retry_limit_s = retry_limit_s
        self._end: tuple[str, datetime | None] | None = None
        self._believed_from_s = self._stays_from_s = float("inf")
        self._attempt = 0
        self._active_at_s = float("-inf")
        self._listings = 0
        self._listed_at_s: float | None = None

    def is_news(self, scan: Scan) -> bool:
        """Return whether the scan has an end that is not being doubted yet."""
        return not scan.is_live and self._end != end_of(scan)

    def doubt(self, scan: Scan, now_s: float, now: datetime) -> float:
        """Start to doubt the scan's end; return the moment it may be listed for the last time."""
        is_same = self._end is not None and self._end[0] == scan.status
        before_s = self._stays_from_s if is_same and self._attempt == scan.attempt else float("inf")
        self.forget()
        self._end, self._attempt = end_of(scan), scan.attempt
        if self._retry_limit_s is not None:
            self._believed_from_s = now_s + (self._retry_limit_s if scan.status == "failed" else 0)
            self._stays_from_s = min(before_s, self._believed_from_s)
            return self._believed_from_s
        self._believed_from_s = now_s + poller.doubt_s(scan, now)
        self._stays_from_s = min(before_s, self._believed_from_s)
        if scan.status != "completed":
            self._believed_from_s = max(self._believed_from_s, self._active_at_s + poller.STILL_S)
        return self._believed_from_s

    def note_activity(self, scan: Scan, now_s: float) -> float | None:
        """Record that rows have come, or work continued, after an end as well as before it.

        A stopped scan is believed only after a minute without such activity (T-59). So is a
        completed one that continues to work nevertheless (T-61).

        Returns:
            The moment the end may now be listed for the last time, if that has been put off.
        """
        self._active_at_s = now_s
        if self._end is None or self._retry_limit_s is not None:
            return None
        if scan.status == "completed" and not scan.is_still_active:
            return None
        self._believed_from_s = max(self._believed_from_s, now_s + poller.STILL_S)
        self._listings, self._listed_at_s = 0, None
        return self._believed_from_s

    def believe(self, scan: Scan, now_s: float) -> float:
        """Treat the scan's end as settled, as it was before: one more listing is enough."""
        self.forget()
        self._end = end_of(scan)
        self._believed_from_s = now_s
        return now_s

    def forget(self) -> None:
        """Forget the end, because the scan runs again."""
        self._end = self._listed_at_s = None
        self._believed_from_s = self._stays_from_s = float("inf")
        self._listings = 0

    def note_listing(self, ended: ListingEnded | EndChecked, now_s: float) -> bool:
        """Return whether this listing, or check, is the last one: one more poll may settle all."""
        if ended.asked_at_s < self._believed_from_s:
            return False
        self._listings += 1
        if ended.is_worth_repeating and self._listings < FINAL_LISTINGS:
            return False
        self._listed_at_s = now_s
        return True

    def has_stayed(self, asked_at_s: float) -> bool:
        """Return whether an answer requested at a moment is late enough to report the end."""
        return asked_at_s >= self._stays_from_s

    def settles(self, asked_at_s: float, *, is_list_old: bool) -> bool:
        """Return whether an answer with this end settles the scan.

        Args:
            asked_at_s: when that answer was requested.
            is_list_old: it reports rows the last listing cannot have; that puts the end off,
                though not for ever.
        """
        if self._listed_at_s is None or asked_at_s < self._listed_at_s:
            return False
        if is_list_old and self._listings < FINAL_LISTINGS:
            self._listed_at_s = None
            return False
        return True


def end_of(scan: Scan) -> tuple[str, datetime | None]:
    """Return the values that identify an end.

    A completed scan's row is written again while its books are closed.
    """
    return scan.status, None if scan.status == "completed" else scan.updated_at


class Marks(Struct, frozen=True):
    """The values of a scan whose change is news."""

    status: str
    ended_stages: frozenset[str]
    counts: Counts | None
    log_rows: int
    attempt: int
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, scan: Scan) -> Self:
        ended = frozenset(stage.name for stage in scan.stages if stage.state.has_ended)
        return cls(
            scan.status,
            ended,
            scan.reported_counts,
            len(scan.activities),
            scan.attempt,
            scan.started_at,
            scan.finished_at,
        )

    def is_of_other_run(self, known: Self) -> bool:
        """Return whether a run has begun, or one beside it has ended, since these were known."""
        moments = ((known.started_at, self.started_at), (known.finished_at, self.finished_at))
        has_moved = any(was not in (None, at) for was, at in moments)
        return has_moved or self.attempt != known.attempt


class EndedScanPolls:
    """Checks whether an ended scan restarts, or has more rows.

    It polls once a minute; for a while more often after a failure; and at once when a server that
    didn't respond returns, because its worker may restart a failed scan.

    Args:
        others: the other scans of the account.
    """

    def __init__(
        self, context: WatchContext, checks: RowChecks, others: Callable[[], Iterable[Scan]]
    ) -> None:
        self._scan, self._link, self._health = context.scan, context.link, context.health
        self._observe, self._clock = context.observe, context.clock
        self._now, self._random = context.now, context.random
        self._checks, self._others = checks, others
        self._has_more_rows = False
        self._settled_at_s = self._polled_at_s = self._next_at_s = float("-inf")

    def start(self) -> None:
        self._settled_at_s = self._clock()
        self.postpone()

    def postpone(self, least_s: float = 0.0) -> None:
        """Schedule the next poll after the usual time, but no sooner than `least_s` seconds."""
        now_s = self._polled_at_s = self._clock()
        settled_s = now_s - self._settled_at_s
        wait_s = poller.slow_poll_s(self._scan, self._others(), settled_s, self._random)
        self._next_at_s = now_s + max(wait_s, least_s)

    def is_due(self) -> bool:
        """Return whether to poll a scan that may restart; never if only streams report it."""
        now_s = self._clock()
        has_returned = (  # the server, whose worker may restart a failed scan
            self._scan.status == "failed"
            and self._link.clients.returned_at_s >= self._polled_at_s
            and now_s - self._polled_at_s >= poller.RETRY_POLL_S
        )
        if self._scan.is_stream_only or not (now_s >= self._next_at_s or has_returned):
            return False
        do_others_run = any(each.is_live for each in self._others())
        if poller.is_polled_slowly(self._scan, self._now(), do_others_run=do_others_run):
            return True
        self.postpone()
        return False

    async def poll(self) -> bool:
        """Poll once; list if rows have come (T-59); return whether the scan runs again (T-61).

        Raises:
            ServerError, WireError: as the API does.
        """
        self.postpone()
        known = Marks.of(self._scan)
        has_live = self._scan.source is not ScanSource.LISTING
        asked_at_s = self._clock()
        if has_live:
            self._observe(await self._link.api.live(self._scan.id))
        if not has_live or known.status == "failed":  # only its row reports a short attempt
            self._observe(await self._link.api.scan(self._scan.id))
        self._health.answered_at_s = self._clock()
        marks = Marks.of(self._scan)
        has_new_work = self._scan.is_still_active and marks.log_rows != known.log_rows
        has_restarted = (marks.status, marks.attempt) != (known.status, known.attempt)
        if self._scan.is_live or has_restarted or has_new_work:
            return True
        self._has_more_rows = self._has_more_rows or marks.counts != known.counts
        if not self._has_more_rows:
            differing = self._checks.sync.compare_counts(asked_at_s)
            if differing == 1:  # one answer proves nothing (T-67)
                self._next_at_s = self._clock()
            self._has_more_rows = differing > 1 or self._scan.recount_at_s is not None
        if self._has_more_rows:
            self._checks.sync.want(self._clock(), is_urgent=True)
            await self._checks.read()
            self._has_more_rows = False
        return False

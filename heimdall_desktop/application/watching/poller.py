"""Polls one scan's `/live` when that is due, one request at a time, and its row when needed.

If a server has no `/live`, the scan itself is polled. If it has neither, it is polled only now
and then, as the stream reports the scan. Source: protocol.md 8.1 steps 2 and 3, 13, T-45
(back-off), T-50 (intervals).
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from random import Random

from heimdall_desktop.application.watching.health import Failure, WatchContext
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.observation import ScanRead, ScanSource, SourceSeen
from heimdall_desktop.domain.facts.scan import Outcome, Scan
from heimdall_desktop.services.reconnect import Reconnect

# How often a scan is polled, how long an end is doubted, and how long the scan is checked after.
# Source: protocol.md T-50 (intervals), 8.1 steps 3 to 7 (hints, listings, settling).

IN_VIEW_S = 2.5
LIVE_S = 8.0
QUEUED_S = 30.0
LONG_QUEUED = timedelta(minutes=5)
DOUBTED_S = 3.0  # a failed or cancelled scan that may come back
JITTER = 0.05  # fraction of the interval, so that many watches do not poll in step

HINT_GAP_S = 0.1  # polls brought forward by events
BURST_REST_S = 0.3  # after the last finding event, T-2
LISTING_GAP_S = 5.0
LISTING_REST_LIMIT_S = 60.0
INCOMPLETE_RETRY_S = 4.0
RECOUNT_LIMIT_S = 60.0  # between two listings that don't agree with the server's counts
AWAY_S = 60.0  # after this long without a response, rows may have changed unnoticed
GONE_CHECK_S = 1.5  # how long a scan must stay unknown to the server before its rows are removed
ABSENT_S = 60.0  # poll interval of a server that offers nothing but streams
RESTING_RETRY_S = 30.0  # after rows of a finished scan could not be read again
FINAL_LISTING_S = 5.0  # after the first sight of `completed`, T-38

FAILED_DOUBT_S = 30.0  # T-26
CANCELLED_DOUBT_S = 60.0  # 3.8
STILL_S = 60.0  # how long counts must not change before a stopped scan is believed, T-59
OLD_END = timedelta(minutes=10)
SLOW_POLL_S = 60.0  # between two slow polls of a settled scan
RETRY_POLL_S = 10.0  # the same for one that has just failed, which may run again
RETRY_POLLS_S = 300.0  # for this long, after it has settled
RETRIES_POLLED = 10  # of a server: those that failed last
POLLED_FOR = timedelta(minutes=35)  # slow polls end at this age: runs restart until then
CANCELLED_POLLED_FOR = timedelta(hours=1)

LAG_GAP_S = 5.0  # least time between listings while the server drops events, T-68
CUT_S = 5.0  # how long after a cancel the server may end the stream of the next attempt, T-60


def poll_interval_s(
    scan: Scan, is_in_view: bool, now: datetime, random: Random, *, is_first: bool = False
) -> float:
    """Return the time to the next regular poll of a scan.

    The first one varies from nothing on, so that watches that start together spread out.
    """
    if not scan.is_live:
        interval_s = DOUBTED_S
    elif is_in_view:
        interval_s = IN_VIEW_S
    elif scan.status == "queued" and scan.created_at and now - scan.created_at > LONG_QUEUED:
        interval_s = QUEUED_S
    else:
        interval_s = LIVE_S
    jitter = random.uniform(1 - JITTER, 1 + JITTER)
    return interval_s * jitter * (random.random() if is_first else 1.0)


def doubt_s(scan: Scan, now: datetime) -> float:
    """Return how long an end must last before it is believed, in seconds.

    A completed scan is listed again after a while; an end that is already old is believed at once.
    """
    if scan.updated_at is not None and now - scan.updated_at > OLD_END:
        return 0.0
    if scan.status == "completed":
        return FINAL_LISTING_S
    return CANCELLED_DOUBT_S if scan.status == "cancelled" else FAILED_DOUBT_S


def slow_poll_s(scan: Scan, others: Iterable[Scan], settled_s: float, random: Random) -> float:
    """Return the time to the next slow poll of a scan that settled so many seconds ago.

    The `others` are the other scans of its server.
    """
    interval_s = SLOW_POLL_S
    if scan.outcome is Outcome.FAILED and settled_s < RETRY_POLLS_S:

        def failed_at(each: Scan) -> tuple[bool, datetime | None, str]:
            return each.updated_at is not None, each.updated_at, each.id

        failed = (each for each in others if each.outcome is Outcome.FAILED)
        newer = sum(failed_at(each) > failed_at(scan) for each in failed)
        interval_s = RETRY_POLL_S if newer < RETRIES_POLLED else SLOW_POLL_S
    return interval_s * random.uniform(1 - JITTER, 1 + JITTER)


def is_polled_slowly(scan: Scan, now: datetime, *, do_others_run: bool) -> bool:
    """Return whether a settled scan may still restart, so that it is worth slow polls.

    A cancelled one may wait for the places of other scans of the account that run or wait.
    """
    changed_at = scan.newest_at
    if scan.status == "cancelled" and do_others_run:
        return True
    limit = CANCELLED_POLLED_FOR if scan.status == "cancelled" else POLLED_FOR
    return changed_at is None or now - changed_at < limit


def listing_rest_s(took_s: float) -> float:
    """Return the pause after a listing: never more than half of the time is spent listing.

    A listing during which the machine slept, or a page hung, took less than the clock shows.
    """
    return min(max(LISTING_GAP_S - took_s, took_s), LISTING_REST_LIMIT_S)


NAME_TRIES = 4  # an end is not believed before the repository's name was tried this often

log = logging.getLogger("heimdall.api")


class Poller:
    """Knows when the next poll is due, and the result of the last one.

    Args:
        context: its health records whether polls succeed.
        on_answer: called after each good poll with the time of its request.
        on_absent: called with the error when neither the snapshot nor the scan exists.
        on_refused: receives an error; returns whether it concerns the whole watch.
    """

    def __init__(
        self,
        context: WatchContext,
        *,
        on_answer: Callable[[float], None],
        on_absent: Callable[[errors.HeimdallError], None],
        on_refused: Callable[[errors.HeimdallError], bool],
    ) -> None:
        self._scan, self._link, self._api = context.scan, context.link, context.link.api
        self._health, self._observe = context.health, context.observe
        self._clock, self._now, self._random = context.clock, context.now, context.random
        self._on_answer, self._on_absent, self._on_refused = on_answer, on_absent, on_refused
        self._policy = Reconnect(self._random)
        self._name_policy = Reconnect(self._random)
        self._name_at_s = float("-inf")
        self._name_tries = 0
        self._due = asyncio.Event()
        self._next_at_s = self._clock()
        self._asked_at_s = float("-inf")
        self._row_read_as: tuple[str, int] | None = None
        self._is_in_view = False
        self._has_answered = False
        self._is_live_missing = self._is_repo_missing = self._is_listing_missing = False
        self._live_missing_until_s = float("-inf")

    def poll_at(self, at_s: float) -> None:
        """Poll at a given time, or earlier if that was requested before."""
        self._next_at_s = min(self._next_at_s, at_s)

    def refresh(self) -> None:
        self._policy.reset()
        self.decide_again()
        self.poll_at(self._clock())

    def decide_again(self) -> None:
        """Detect again what the server offers: it may be another one now."""
        self._is_live_missing = self._is_repo_missing = self._is_listing_missing = False
        self._live_missing_until_s = float("-inf")

    def handle_missing_listing(self) -> None:
        """Handle a scan without a listing: its rows are the findings the stream announces."""
        self._is_listing_missing = True
        self.poll_at(self._clock())

    def set_in_view(self, is_in_view: bool) -> None:
        """Poll most often while the scan is in view."""
        if is_in_view and not self._is_in_view:
            self.poll_at(self._asked_at_s + IN_VIEW_S)
        self._is_in_view = is_in_view

    @property
    def owes_name(self) -> bool:
        """Whether the repository's name may still arrive: a recent read of it failed."""
        may_come = not (self._scan.repo_name or self._is_repo_missing)
        return may_come and 0 < self._name_tries < NAME_TRIES

    def forget_row(self) -> None:
        """Read the scan's own row again at the next poll."""
        self._row_read_as = None

    def tick(self, now_s: float) -> None:
        if now_s >= self._next_at_s:
            self._due.set()

    async def run(self) -> None:
        """Poll until cancelled. A request during a poll leads to another poll."""
        while True:
            await self._due.wait()
            self._due.clear()
            if self._health.is_busy(self._clock()):
                continue  # a wait was requested on the stream meanwhile; it stays due
            self._next_at_s = float("inf")
            self._asked_at_s = self._health.asking_since_s = self._clock()
            try:
                await self._poll()
            except (errors.ServerError, errors.WireError) as error:
                if not self._on_refused(error):
                    next_at_s = self._clock() + self._policy.delay_s(0.0)
                    failure = Failure(self._asked_at_s, next_at_s, error.kept())
                    self._health.polling = failure.after(self._health.polling)
                    self.poll_at(next_at_s)
            finally:
                self._health.asking_since_s = None
            await asyncio.sleep(max(HINT_GAP_S - (self._clock() - self._asked_at_s), 0.0))

    async def _poll(self) -> None:
        asked_at_s = self._clock()
        try:
            read = None if await self._read_live() else await self._api.scan(self._scan.id)
        except errors.ABSENT as error:
            if self._link.has_live:
                raise
            self._policy.reset()
            self.poll_at(self._clock() + ABSENT_S)
            self._on_absent(error)
            return
        self._link.prove()
        self._health.answered_at_s, self._health.polling = self._clock(), None
        self._policy.reset()
        if read is not None:
            source = ScanSource.STREAM if self._is_listing_missing else ScanSource.LISTING
            if self._scan.source is not source:
                log.info("source of scan %s: %s", self._scan.id, source)
                self._observe(SourceSeen(self._scan.id, asked_at_s, source))
            await self._take_row(read)
        elif self._row_read_as == (self._scan.status, self._scan.attempt):
            await self._try_name()
        else:  # only the row reports an attempt that started between two polls
            try:
                await self._take_row(await self._api.scan(self._scan.id))
            except (errors.SignedOut, errors.NotVisible, errors.ServerBusy):
                raise
            except (errors.ServerError, errors.WireError) as error:  # the next poll reads it
                log.info("the row of scan %s not loaded yet: %s", self._scan.id, error)
        self._on_answer(asked_at_s)
        is_first, self._has_answered = not self._has_answered, True
        next_s = poll_interval_s(
            self._scan, self._is_in_view, self._now(), self._random, is_first=is_first
        )
        self.poll_at(self._clock() + next_s)

    async def _read_live(self) -> bool:
        """Read the snapshot; return whether the server has one."""
        now_s = self._clock()
        if not self._link.has_live and now_s < self._live_missing_until_s:
            return False
        try:
            live = await self._api.live(self._scan.id)
        except errors.ABSENT:
            if self._link.has_live:
                raise
            # one odd response is soon corrected; a server without a snapshot is seldom polled
            self._live_missing_until_s = now_s + ABSENT_S if self._is_live_missing else now_s
            self._is_live_missing = True
            return False
        self._is_live_missing = False
        self._link.has_live = True
        self._observe(live)
        return True

    async def _take_row(self, read: ScanRead) -> None:
        self._observe(read)
        self._row_read_as = read.status, self._scan.attempt
        await self._try_name()

    async def _try_name(self) -> None:
        """Read the repository's name; if that fails, a later poll reads it."""
        repo_id, is_known = self._scan.repo_id, bool(self._scan.repo_name)
        if is_known or self._is_repo_missing or repo_id is None or self._clock() < self._name_at_s:
            return
        self._name_tries += 1
        try:
            self._observe(await self._api.repo(self._scan.id, repo_id))
        except (errors.SignedOut, errors.ServerBusy):
            raise
        except (errors.ServerError, errors.WireError) as error:
            if isinstance(error, errors.ABSENT):
                self._is_repo_missing = self._is_live_missing
            self._name_at_s = self._clock() + self._name_policy.delay_s(0.0)
            log.info("couldn't load the repository of scan %s: %s", self._scan.id, error)

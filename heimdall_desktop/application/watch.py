"""The life of one watch: ask, listen, list, lose the line, find it again, end.

The loop of heimdall-api.md 8.1. REST decides, the stream only says when to look. Three tasks live
and die together: the poller of `/live`, the reader of the stream and the lister of findings. None
of them waits for a point in time: `tick`, called a few times a second for all watches, sees what
is due. That leaves no timers behind and lets tests turn the clock by hand.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from random import Random

from heimdall_desktop.application.finding_sync import FindingSync
from heimdall_desktop.application.health import Health
from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.application.pace import (
    BURST_REST_S,
    HINT_GAP_S,
    doubt_s,
    poll_interval_s,
)
from heimdall_desktop.domain.errors import (
    HeimdallError,
    NotVisible,
    ServerBusy,
    ServerError,
    SignedOut,
    WireError,
)
from heimdall_desktop.domain.finding import FindingId
from heimdall_desktop.domain.observation import (
    EndSeen,
    EventsSkipped,
    FindingHinted,
    LiveRead,
    Observation,
    Settled,
)
from heimdall_desktop.domain.scan import TERMINAL_STATUSES, Scan
from heimdall_desktop.services.progress import Heartbeat
from heimdall_desktop.services.reconnect import Reconnect
from heimdall_desktop.services.wire import StreamObservation

log = logging.getLogger("heimdall.stream")

SINGLE_READS = 5  # hinted findings that are read one by one; more wait for a listing
YIELD_EVENTS = 10  # give the loop back that often while events flood in, style.md 4
ENDS_OR_STARTS = TERMINAL_STATUSES | {
    "queued",
    "ingesting",
}  # around these the scan's own row moves


class Watch:
    """Follows one scan of the store until its end has stayed.

    Args:
        scan: the scan as the store holds it; read here, written only through `observe`.
        observe: takes every fact in.
        clock: monotonic seconds.
        now: the wall clock, aware UTC; only compared with the server's own moments.
    """

    def __init__(
        self,
        scan: Scan,
        link: ServerLink,
        observe: Callable[[Observation], None],
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        random: Random,
    ) -> None:
        self.scan = scan
        self.is_in_view = False
        self._link = link
        self._api = link.api
        self._clock = clock
        self._now = now
        self._random = random
        self._observe = observe
        self._health = Health(scan.id, began_at_s=clock())
        self._sync = FindingSync(scan.id, link.api, observe, clock)
        self._stream_policy = Reconnect(random)
        self._poll_policy = Reconnect(random)
        self._poll_due = asyncio.Event()
        self._listing_due = asyncio.Event()
        self._over = asyncio.Event()
        self._next_poll_at_s = clock()
        self._next_connect_at_s = clock()
        self._must_read_scan = True
        self._hinted: set[FindingId] = set()
        self._believed_from_s: float | None = None
        self._has_asked_final = False
        self._group: asyncio.TaskGroup | None = None
        self._reader: asyncio.Task[None] | None = None

    # -- life --

    async def run(self) -> None:
        """Watch until the scan has settled, is gone, or the session has ended."""
        self._sync.want(self._clock())
        try:
            async with asyncio.TaskGroup() as self._group:
                tasks = [
                    self._group.create_task(self._poll_forever()),
                    self._group.create_task(self._list_forever()),
                ]
                self.tick()
                await self._over.wait()
                self._close_stream()
                for task in tasks:
                    task.cancel()
        finally:
            self._group = self._reader = None

    def tick(self) -> None:
        """Start whatever is due by now. To be called a few times a second."""
        now_s = self._clock()
        if self._group is None or self._over.is_set():
            return
        if now_s >= self._next_poll_at_s:
            self._poll_due.set()
        if self._is_final_due(now_s):
            self._has_asked_final = True
            self._sync.want(now_s, is_urgent=True)
        if self._sync.is_due(now_s):
            self._listing_due.set()
        self._tend_stream(now_s)
        self._show_health()

    def again(self) -> None:
        """Ask for everything at once: by hand, after a rest of the machine, on a new network."""
        now_s = self._clock()
        self._stream_policy.reset()
        self._poll_policy.reset()
        self._health.busy_until_s = None
        self._next_connect_at_s = self._next_poll_at_s = now_s
        self._sync.want(now_s, is_urgent=True)
        self.tick()

    def _show_health(self) -> None:
        self._observe(self._health.state(self._clock()))

    def _end(self) -> None:
        self._show_health()
        self._over.set()

    # -- polling --

    async def _poll_forever(self) -> None:
        while True:
            await self._poll_due.wait()
            self._poll_due.clear()
            self._next_poll_at_s = float("inf")
            asked_at_s = self._clock()
            try:
                await self._poll()
            except (ServerError, WireError) as error:
                self._meet(error)
            self._show_health()
            await asyncio.sleep(max(HINT_GAP_S - (self._clock() - asked_at_s), 0.0))

    async def _poll(self) -> None:
        if self._must_read_scan:
            await self._read_scan()
        known = self._marks()
        live = await self._api.live(self.scan.id)
        self._observe(live)
        self._note_answer()
        interval_s = poll_interval_s(self.scan, self.is_in_view, self._now(), self._random)
        self._next_poll_at_s = self._clock() + interval_s
        self._follow(known, live)

    async def _read_scan(self) -> None:
        read = await self._api.scan(self.scan.id)
        self._must_read_scan = False
        self._observe(read)
        if self.scan.repo_name:
            return
        try:
            self._observe(await self._api.repo(self.scan.id, read.repo_id))
        except NotVisible:
            log.info("the repository of scan %s is not visible", self.scan.id)

    def _marks(self) -> tuple[str, frozenset[str], object, int]:
        """What of the scan, if it moves, is news."""
        ended = frozenset(stage.name for stage in self.scan.stages if stage.state.has_ended)
        return self.scan.status, ended, self.scan.told_counts, len(self.scan.activities)

    def _follow(self, known: tuple[str, frozenset[str], object, int], live: LiveRead) -> None:
        """Draw the consequences of a poll: what to list, to re-read and to connect."""
        now_s = self._clock()
        status, ended, counts, activities = self._marks()
        if (status, ended, counts, activities) != known:
            self._health.news_at_s = now_s
        is_short = live.counts.total != len(self.scan.findings)
        if counts != known[2] or ended - known[1] or is_short:
            self._sync.want(now_s)
        if status != known[0]:
            self._must_read_scan = not self.scan.is_live or known[0] in ENDS_OR_STARTS
        if self.scan.is_live:
            self._revive()
        elif self._believed_from_s is None:
            self._doubt_end(now_s)
        self.tick()

    def _note_answer(self) -> None:
        self._health.answered_at_s = self._clock()
        self._health.busy_until_s = None
        self._poll_policy.reset()
        if self._health.stream_lost_at_s is None:
            self._health.reason, self._health.next_try_at_s = "", None

    def _meet(self, error: HeimdallError) -> None:
        """Take an expected trouble of a request: end, wait, or try later."""
        now_s = self._clock()
        self._health.reason = error.cause
        match error:
            case SignedOut():
                self._health.is_signed_out = True
                self._end()
            case NotVisible():
                self._health.is_gone = True
                self._end()
            case ServerBusy():
                self._health.busy_until_s = self._next_poll_at_s = now_s + error.wait_s
            case _:
                self._next_poll_at_s = now_s + self._poll_policy.delay_s(0.0)
                self._health.next_try_at_s = self._next_poll_at_s

    # -- the end, and its return --

    def _doubt_end(self, now_s: float) -> None:
        self._believed_from_s = now_s + doubt_s(self.scan, self._now())
        self._has_asked_final = False
        self._must_read_scan = True
        self._health.is_stream_wanted = False
        self._close_stream()
        self._sync.want(now_s, is_urgent=True)

    def _revive(self) -> None:
        self._believed_from_s = None
        if not self._health.is_stream_wanted:
            self._health.is_stream_wanted = True
            self._next_connect_at_s = self._clock()

    def _is_final_due(self, now_s: float) -> bool:
        believed = self._believed_from_s
        return believed is not None and now_s >= believed and not self._has_asked_final

    async def _settle(self) -> None:
        """Look once more; if the end has stayed, stop."""
        await self._read_scan()
        self._observe(await self._api.live(self.scan.id))
        if self.scan.is_live:
            self._poll_due.set()
            return
        self._observe(Settled(self.scan.id, is_settled=True))
        self._health.is_ended = True
        self._end()

    # -- findings --

    async def _list_forever(self) -> None:
        while True:
            await self._listing_due.wait()
            self._listing_due.clear()
            try:
                await self._read_findings()
            except (ServerError, WireError) as error:
                self._meet(error)

    async def _read_findings(self) -> None:
        hinted, self._hinted = self._hinted, set()
        if len(hinted) <= SINGLE_READS:
            await self._sync.read(hinted)
        if not self._sync.is_due(self._clock()):
            return
        listed = await self._sync.list_all()
        self._note_answer()
        believed = self._believed_from_s
        if believed is not None and listed.is_whole and listed.asked_at_s >= believed:
            await self._settle()

    # -- the stream --

    def _tend_stream(self, now_s: float) -> None:
        """Open the stream when it is due; drop it when it has been silent for too long."""
        if self._reader is not None:
            if self._health.is_silent(now_s):
                self._health.holds_back = not self._has_heard()
                self._reader.cancel()
                self._reader = None
                self._lose_stream("The stream was silent for too long.")
            return
        is_wanted = self._health.is_stream_wanted and self.scan.last_answer_at_s is not None
        if is_wanted and now_s >= self._next_connect_at_s and self._group is not None:
            self._reader = self._group.create_task(self._listen())

    def _close_stream(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
        self._reader = None
        self._health.stream_open_at_s = None

    def _has_heard(self) -> bool:
        heard, opened = self._health.last_byte_at_s, self._health.stream_open_at_s
        return heard is not None and opened is not None and heard >= opened

    async def _listen(self) -> None:
        self._health.stream_open_at_s = self._clock()
        try:
            await self._hear()
        except (SignedOut, NotVisible, ServerBusy) as error:
            self._meet(error)
            self._reader = None
        except (ServerError, WireError) as error:
            self._reader = None
            self._lose_stream(error.cause)
        else:
            self._reader = None
            self._lose_stream("The server closed the stream.")
            self._poll_due.set()  # an end says nothing by itself, T-21

    async def _hear(self) -> None:
        async with self._link.stream(self.scan.id) as stream:
            count = 0
            async for seen in stream:
                self._health.last_byte_at_s = stream.last_byte_at_s
                self._health.holds_back = False
                self._health.stream_lost_at_s = None
                if not isinstance(seen, Heartbeat):
                    self._take(seen)
                count += 1
                if count % YIELD_EVENTS == 0:
                    await asyncio.sleep(0)

    def _lose_stream(self, reason: str) -> None:
        now_s = self._clock()
        lived_s = now_s - (self._health.stream_open_at_s or now_s) if self._has_heard() else 0.0
        self._health.stream_open_at_s = None
        if self._health.stream_lost_at_s is None:
            self._health.stream_lost_at_s = now_s
        self._health.reason = reason
        self._next_connect_at_s = now_s + self._stream_policy.delay_s(lived_s)
        self._health.next_try_at_s = self._next_connect_at_s
        self._show_health()

    def _take(self, seen: StreamObservation | EventsSkipped) -> None:
        """Fold one thing the stream said, and look at REST sooner because of it."""
        now_s = self._clock()
        match seen:
            case EventsSkipped():
                self._sync.want(now_s, is_urgent=True)
            case EndSeen():
                self._sync.want(now_s)
            case FindingHinted():
                self._hint(seen.finding_id, now_s)
            case _:
                pass
        self._observe(seen)
        self._health.news_at_s = now_s
        self._poll_due.set()

    def _hint(self, finding_id: FindingId, now_s: float) -> None:
        self._sync.want(now_s + BURST_REST_S)
        if finding_id not in self.scan.findings:
            self._hinted.add(finding_id)
            self._listing_due.set()

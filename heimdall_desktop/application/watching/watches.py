"""Owns a task for each watched scan, and the one pulse that makes them check the clock.

A watch that breaks by a defect restarts after a while, each time a longer one: ending it would
miss everything that comes later.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Tasks, rest
from heimdall_desktop.application.memory.history_loader import HistoryLoader
from heimdall_desktop.application.servers.accounts import Accounts
from heimdall_desktop.application.servers.server_session import (
    LONG_REST_S,
    PULSE_S,
    RESTING_PULSE_S,
    ServerSession,
)
from heimdall_desktop.domain.facts import errors, observation
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.services.reconnect import HEALTHY_AFTER_S, Reconnect

if TYPE_CHECKING:
    from heimdall_desktop.application.watching.watch import Watch


log = logging.getLogger("heimdall.watches")

FACTS_LOGGED = 8  # the kinds of the newest before a defect


class _Break(Struct):
    """A watch that broke, until it has run well again.

    Attributes:
        since_s, newest_s: monotonic times of the first and the newest defect.
        back_at_s: monotonic time of its restart.
    """

    delays: Reconnect
    since_s: float
    newest_s: float
    back_at_s: float


class Watches:
    """Starts, replaces and stops watches; a failure of one never touches another."""

    def __init__(
        self,
        store: Store,
        tasks: Tasks,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        random: Random,
    ) -> None:
        self._store, self._tasks = store, tasks
        self._clock, self._now, self._random = clock, now, random
        self._watches: dict[ScanId, Watch] = {}
        self._running: dict[ScanId, asyncio.Task[None]] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._beating: asyncio.Task[None] | None = None
        self._has_news = asyncio.Event()
        self._in_view: ScanId | None = None
        self._settled: set[ScanId] = set()  # in this session: an end it has not seen is doubted
        self._breaks: dict[ScanId, _Break] = {}

    def start(self, scan: Scan, link: ServerSession) -> None:
        """Watch a scan; this ends a former watch of it. A scan already in the store continues."""
        from heimdall_desktop.application.watching.watch import Watch  # noqa: PLC0415 - main.LATE

        self._store.add(scan)
        facts: deque[str] = deque(maxlen=FACTS_LOGGED)

        def observe(seen: observation.Observation) -> None:
            if self._watches.get(scan.id) is not watch:
                return  # a cancelled watch no longer reports
            if not isinstance(seen, observation.ConnectionSeen):  # which comes at every pulse
                facts.append(type(seen).__name__)
            if isinstance(seen, observation.Settled):
                (self._settled.add if seen.is_settled else self._settled.discard)(scan.id)
            self._store.observe(seen)
            self._has_news.set()

        def others() -> list[Scan]:
            known = (each for each in self._store if each.id != scan.id)
            return [each for each in known if each.server == link.url]

        watch = Watch(
            self._store.scan(scan.id) or scan,
            link,
            observe,
            clock=self._clock,
            now=self._now,
            random=self._random,
            keeps_end=scan.id in self._settled,
            others=others,
        )
        self._cancel(scan.id)
        self._watches[scan.id] = watch
        log.info("scan %s is watched on server %d", scan.id, link.number)
        task = self._tasks.spawn(self._run(watch, facts), name="watch a scan")
        self._running[scan.id] = task
        task.add_done_callback(partial(self._ended, scan.id))
        self._update_in_view()
        if self._beating is None:
            self._beating = self._tasks.spawn(self._beat(), name="pulse of the watches")

    def stop(self, scan_id: ScanId) -> None:
        """End a watch and remove its scan."""
        self.pause(scan_id)
        self._settled.discard(scan_id)
        self._store.remove(scan_id)
        if self._in_view == scan_id:
            self._in_view = None
        self._update_in_view()

    def pause(self, scan_id: ScanId) -> None:
        """End a watch but keep its scan."""
        self._cancel(scan_id)
        self._breaks.pop(scan_id, None)

    def refresh(self, scan_id: ScanId | None = None) -> None:
        """Refresh at once: one scan, even if its watch has ended, or all.

        A refresh of all also follows a network change or a sleep: it cancels all hanging requests.
        A refresh of one scan leaves the reads of the others alone.
        """
        if scan_id is None:
            for link in {watch.link for watch in self._watches.values()}:
                link.clients.hang_up()
        for watch in list(self._watches.values()):
            if scan_id not in (None, watch.scan.id):
                continue
            if watch.scan.id in self._running and not watch.has_ended:
                watch.refresh()
            elif scan_id is not None or not watch.has_ended:
                self.start(watch.scan, watch.link)

    def set_in_view(self, scan_id: ScanId | None) -> None:
        """Poll the scan in view most often; None for the view of all scans."""
        self._in_view = scan_id
        self._update_in_view()

    def pulse(self) -> float:
        """Let every watch check the clock, and restart those that are due.

        Returns:
            Within how many seconds to do so again, unless there is news.
        """
        now_s, rest_s = self._clock(), RESTING_PULSE_S if self._breaks else LONG_REST_S
        for scan_id, watch in list(self._watches.items()):
            broken = self._breaks.get(scan_id)
            try:
                if scan_id in self._running:
                    rest_s = min(rest_s, watch.pulse())
                    if broken is not None and now_s - broken.back_at_s >= HEALTHY_AFTER_S:
                        del self._breaks[scan_id]
                elif broken is not None and now_s >= broken.back_at_s:
                    self.start(watch.scan, watch.link)
            except Exception as defect:  # noqa: BLE001 - it must not end the pulse of the others
                self._break(watch, defect)
                rest_s = min(rest_s, RESTING_PULSE_S)
        return rest_s

    def broken_for_s(self) -> float:
        """Return over how long a watch has broken repeatedly; 0 if it broke once or never."""
        return max((each.newest_s - each.since_s for each in self._breaks.values()), default=0.0)

    async def aclose(self) -> None:
        for scan_id in list(self._watches):
            self._cancel(scan_id)
        if self._beating is not None:
            self._beating.cancel()
            self._leaving.add(self._beating)
            self._beating = None
        if self._leaving:
            await asyncio.wait(self._leaving)

    def _update_in_view(self) -> None:
        """Set which scan is in view; a scan that is alone is in the view of all."""
        shown = next(iter(self._store)).id if len(self._store) == 1 else None
        in_view = self._in_view or shown
        for scan_id, watch in self._watches.items():
            watch.set_in_view(scan_id == in_view)
        self._has_news.set()

    def _cancel(self, scan_id: ScanId) -> None:
        self._watches.pop(scan_id, None)
        task = self._running.pop(scan_id, None)
        if task is not None:
            task.cancel()
            self._leaving.add(task)

    def _ended(self, scan_id: ScanId, task: asyncio.Task[None]) -> None:
        self._leaving.discard(task)
        if self._running.get(scan_id) is task:
            del self._running[scan_id]
            self._breaks.pop(scan_id, None)

    async def _run(self, watch: Watch, facts: Iterable[str]) -> None:
        try:
            await watch.run()
        except Exception as defect:  # noqa: BLE001 - whatever breaks a watch, it restarts
            self._break(watch, defect, facts)

    def _break(self, watch: Watch, defect: Exception, facts: Iterable[str] = ()) -> None:
        """Report that a watch has broken, and restart it after a while."""
        scan_id, now_s = watch.scan.id, self._clock()
        if self._watches.get(scan_id) is not watch:
            log.error("a previous watch of scan %s failed:\n%s", scan_id, errors.traces(defect))
            return
        task = self._running.pop(scan_id, None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            self._leaving.add(task)
        new = _Break(Reconnect(self._random), now_s, now_s, now_s)
        broken = self._breaks.setdefault(scan_id, new)
        broken.newest_s = now_s
        broken.back_at_s = now_s + broken.delays.delay_s(0.0)
        log.error(
            "the watch of scan %s failed, restarting in %.1f s; newest facts: %s\n%s",
            scan_id,
            broken.back_at_s - now_s,
            errors.LogText(", ".join(facts) or "not reported"),
            errors.traces(defect),
        )
        answered_s = watch.scan.last_answer_at_s
        since_s = now_s if answered_s is None else answered_s
        error = errors.HeimdallError(errors.Reason.WATCH_BROKE)
        seen = observation.ConnectionSeen(
            scan_id, observation.Connection.STALE, since_s, broken.back_at_s, error
        )
        try:
            self._store.observe(seen)
        except Exception as error:  # noqa: BLE001 - the same defect may block it
            log.error("error without a text:\n%s", errors.traces(error))  # noqa: TRY400 - no words

    async def _beat(self) -> None:
        rest_s = PULSE_S
        while True:
            if rest_s > PULSE_S:
                self._has_news.clear()
                await rest(rest_s, self._has_news)
            else:
                await asyncio.sleep(PULSE_S)
            rest_s = self.pulse()


# Puts scans on the board, with the connection state of each: watched at once, later, or not at all.


#: Measured by `tests/benchmarks/many_watches.py`, all scans running, on two cores that had other
#: work too: 200 are read within 15 s, and the window waits 0.26 s at most; of 300 most are not read
#: after 60 s, since their polls leave the server no time for listings, and it waits 0.6 s.
MOST_WATCHED = 200


class WatchStarter:
    """Watches scans whose server has a token here; the others wait on the board for one."""

    def __init__(
        self,
        store: Store,
        watches: Watches,
        accounts: Accounts,
        earlier: HistoryLoader,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._watches, self._accounts = store, watches, accounts
        self._earlier, self._clock = earlier, clock

    @property
    def is_full(self) -> bool:
        return len(self._store) >= MOST_WATCHED

    def require_room(self) -> None:
        """Refuse one more scan if the window could not follow it.

        Raises:
            TooManyScans: there is no room for one more.
        """
        if self.is_full:
            raise errors.TooManyScans(errors.Reason.TOO_MANY_SCANS, most=MOST_WATCHED)

    def add(self, link: ServerSession, scan_id: ScanId) -> ScanId:
        """Watch a scan of a server that may be new here, and return its id here.

        Raises:
            TooManyScans: it is not watched yet, and there is no room for one more.
        """
        if not self._store.watches(link.url, scan_id):
            self.require_room()
        return self.start_watch(link, scan_id)

    def start_watch(self, link: ServerSession, scan_id: ScanId) -> ScanId:
        """Watch a scan that is on the board, or was in the last session, however many are."""
        scan_id = self._store.identities.claim_scan(link.url, scan_id)
        scan = self._store.scan(scan_id) or Scan(scan_id, link.url, is_local=link.is_embedded)
        self._store.add(scan)
        if link.is_signed_in:
            seen = observation.ConnectionSeen(
                scan_id, observation.Connection.CONNECTING, self._clock()
            )
            self._store.observe(seen)  # restoring findings may take a while

            def start() -> None:
                if link.is_signed_in:
                    self._watches.start(scan, link)
                else:
                    self.sign_out(scan_id)

            self._earlier.when_restored(scan_id, start)
        else:
            self.sign_out(scan_id)
        return scan_id

    def leave_stale(self, scan: Scan) -> None:
        """Show the kept data of a scan whose server's address cannot be used at present."""
        since_s = self._clock() if scan.last_answer_at_s is None else scan.last_answer_at_s
        seen = observation.ConnectionSeen(
            scan.id,
            observation.Connection.STALE,
            since_s,
            error=errors.LinkError(errors.Reason.SCAN_SERVER_UNUSABLE),
        )
        self._store.observe(seen)

    def sign_out(self, scan_id: ScanId) -> None:
        """Stop updates of a scan, as we have no token for its server."""
        self._watches.pause(scan_id)
        scan = self._store.scan(scan_id)
        link = None if scan is None else self._accounts.known(scan.server)
        error = None if link is None else link.keyring_error
        before = None if scan is None else scan.connection
        seen = observation.ConnectionSeen(
            scan_id,
            observation.Connection.SIGNED_OUT,
            self._clock(),
            error=None if error is None else error.kept(),
            is_answered=before is not None and before.is_answered,
        )
        self._store.observe(seen)

    def resume(self, link: ServerSession) -> None:
        """Resume the scans of a server that has a token again."""
        for scan in list(self._store):
            has_ended = scan.connection_state is observation.Connection.ENDED
            if scan.server == link.url and not has_ended:
                self.start_watch(link, scan.id)

    def sign_out_all(self, server: ServerUrl) -> None:
        for scan in list(self._store):
            if scan.server == server:
                self.sign_out(scan.id)

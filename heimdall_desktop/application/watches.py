"""Owns a task for each watched scan, and the one pulse that tells them to look at the clock."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from random import Random

from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.application.watch import Watch
from heimdall_desktop.domain.facts.finding import ScanId
from heimdall_desktop.domain.facts.observation import (
    Connection,
    ConnectionSeen,
    Observation,
    Settled,
)
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.domain.words.wording import later, tr

PULSE_S = 0.25
BROKEN = later("Something in Heimdall Desktop broke while it watched this scan.")


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
        self._store = store
        self._tasks = tasks
        self._clock = clock
        self._now = now
        self._random = random
        self._watches: dict[ScanId, Watch] = {}
        self._running: dict[ScanId, asyncio.Task[None]] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._beating: asyncio.Task[None] | None = None
        self._in_view: ScanId | None = None
        self._settled: set[ScanId] = set()  # in this session: what it has not seen is doubted

    def start(self, scan: Scan, link: ServerLink) -> None:
        """Watch a scan; a former watch of it ends. One that the store has already goes on."""
        self._cancel(scan.id)
        self._store.add(scan)

        def observe(seen: Observation) -> None:
            if self._watches.get(scan.id) is not watch:
                return  # one that is called off has no say any more
            if isinstance(seen, Settled):
                (self._settled.add if seen.is_settled else self._settled.discard)(scan.id)
            self._store.observe(seen)

        watch = Watch(
            self._store.scan(scan.id) or scan,
            link,
            observe,
            clock=self._clock,
            now=self._now,
            random=self._random,
            keeps_end=scan.id in self._settled,
            do_others_run=partial(self._do_others_run, scan.id, link.url),
        )
        self._watches[scan.id] = watch
        task = self._tasks.spawn(watch.run(), name=f"watch {scan.id}")
        self._running[scan.id] = task
        task.add_done_callback(partial(self._ended, scan.id))
        self._tell_who_is_in_view()
        if self._beating is None:
            self._beating = self._tasks.spawn(self._beat(), name="pulse of the watches")

    def stop(self, scan_id: ScanId) -> None:
        """End a watch and let its scan go."""
        self._cancel(scan_id)
        self._settled.discard(scan_id)
        self._store.remove(scan_id)
        if self._in_view == scan_id:
            self._in_view = None
        self._tell_who_is_in_view()

    def pause(self, scan_id: ScanId) -> None:
        """End a watch but keep what is known of its scan."""
        self._cancel(scan_id)

    def again(self, scan_id: ScanId | None = None) -> None:
        """Ask the server anew at once: for one scan, even if its watch has ended, or for all."""
        for watch in list(self._watches.values()):
            if scan_id not in (None, watch.scan.id):
                continue
            if watch.scan.id in self._running and not watch.is_over:
                watch.again()
            elif scan_id is not None or not watch.is_over:
                self.start(watch.scan, watch.link)

    def look_at(self, scan_id: ScanId | None) -> None:
        """Ask most often for the scan in view; None for the view of all scans."""
        self._in_view = scan_id
        self._tell_who_is_in_view()

    def pulse(self) -> None:
        """Let every watch look at the clock."""
        for scan_id in self._running:
            self._watches[scan_id].pulse()

    async def aclose(self) -> None:
        """End all watches and wait for them."""
        for scan_id in list(self._watches):
            self._cancel(scan_id)
        if self._beating is not None:
            self._beating.cancel()
            self._leaving.add(self._beating)
            self._beating = None
        if self._leaving:
            await asyncio.wait(self._leaving)

    def _tell_who_is_in_view(self) -> None:
        """A scan that is alone is in view of all."""
        shown = next(iter(self._store)).id if len(self._store) == 1 else None
        in_view = self._in_view or shown
        for scan_id, watch in self._watches.items():
            watch.look_at(scan_id == in_view)

    def _do_others_run(self, scan_id: ScanId, server: ServerUrl) -> bool:
        """Whether another scan of the same server runs or waits."""
        others = (scan for scan in self._store if scan.id != scan_id and scan.server == server)
        return any(scan.is_live for scan in others)

    def _cancel(self, scan_id: ScanId) -> None:
        self._watches.pop(scan_id, None)
        task = self._running.pop(scan_id, None)
        if task is not None:
            task.cancel()
            self._leaving.add(task)

    def _ended(self, scan_id: ScanId, task: asyncio.Task[None]) -> None:
        """Let a watch go that has ended; one that broke must not look well for ever."""
        self._leaving.discard(task)
        if self._running.get(scan_id) is not task:
            return
        del self._running[scan_id]
        scan = self._store.scan(scan_id)
        if scan is None or task.cancelled() or task.exception() is None:
            return
        answered = self._clock() if scan.last_answer_at_s is None else scan.last_answer_at_s
        self._store.observe(ConnectionSeen(scan_id, Connection.STALE, answered, reason=tr(BROKEN)))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(PULSE_S)
            self.pulse()

"""Owns a task for each watched scan, and the one pulse that tells them what time it is."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from random import Random

from heimdall_desktop.application.link import ServerLink
from heimdall_desktop.application.store import Store
from heimdall_desktop.application.tasks import Tasks
from heimdall_desktop.application.watch import Watch
from heimdall_desktop.domain.finding import ScanId
from heimdall_desktop.domain.scan import Scan

PULSE_S = 0.25


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
        self._pulse: asyncio.Task[None] | None = None
        self._in_view: ScanId | None = None

    def start(self, scan: Scan, link: ServerLink) -> None:
        """Watch a scan; a former watch of it ends."""
        self._cancel(scan.id)
        self._store.add(scan)
        watch = Watch(
            scan,
            link,
            self._store.observe,
            clock=self._clock,
            now=self._now,
            random=self._random,
        )
        watch.is_in_view = self._is_in_view(scan.id)
        self._watches[scan.id] = watch
        self._running[scan.id] = self._tasks.spawn(watch.run(), name=f"watch {scan.id}")
        if self._pulse is None:
            self._pulse = self._tasks.spawn(self._beat(), name="pulse of the watches")

    def stop(self, scan_id: ScanId) -> None:
        """End a watch and let its scan go."""
        self._cancel(scan_id)
        self._store.remove(scan_id)

    def pause(self, scan_id: ScanId) -> None:
        """End a watch but keep what is known of its scan."""
        self._cancel(scan_id)

    def again(self, scan_id: ScanId | None = None) -> None:
        """Ask the server anew at once for one scan, or for all."""
        for watch in list(self._watches.values()):
            if scan_id in (None, watch.scan.id):
                watch.again()

    def look_at(self, scan_id: ScanId | None) -> None:
        """Ask most often for the scan in view."""
        self._in_view = scan_id
        for watch in self._watches.values():
            watch.is_in_view = self._is_in_view(watch.scan.id)

    async def aclose(self) -> None:
        """End all watches and wait for them."""
        running = [*self._running.values(), *([self._pulse] if self._pulse else [])]
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
        self._pulse = None
        self._watches.clear()
        self._running.clear()

    def _is_in_view(self, scan_id: ScanId) -> bool:
        return self._in_view == scan_id or (self._in_view is None and len(self._store) <= 1)

    def _cancel(self, scan_id: ScanId) -> None:
        self._watches.pop(scan_id, None)
        task = self._running.pop(scan_id, None)
        if task is not None:
            task.cancel()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(PULSE_S)
            for watch in list(self._watches.values()):
                watch.tick()

"""Runs queued scans, each in up to three attempts, with a limit on concurrent scans.

Source: heimdall-api.md §3.8 (retry, cancel), §4.9 (queue).
"""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Protocol

from heimdall_desktop.local import rows
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.connection import RowGone
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.journal import CancelSeen, Journal
from heimdall_desktop.local.pipeline import Attempt, Outcome
from heimdall_desktop.local.recording import ReplayClock
from heimdall_desktop.local.rows import RepoRow, ScanId, ScanRow
from heimdall_desktop.local.steps import Plan

# The interface between the routes and the worker that runs the scans.


class ScanWorker(Protocol):
    """Runs queued scans, some at once. Lives on the server's loop.

    `worker.Worker` is one; tests that script their scans use `IdleWorker`.
    """

    def enqueue(self, scan_id: ScanId) -> None:
        """Queue a scan; it starts when there is capacity. The scan's row exists already."""

    def cancel(self, scan_id: ScanId) -> None:
        """Signal the run of a scan, or remove a waiting one; an unknown scan is no error.

        The route has already written `cancelled` and an error message. It sends `status_change` and
        `error` right after this call and removes the channel 2 s later. The run responds with
        `stage_update` `cancelled` and its own `error`. Source: heimdall-api.md §3.8.
        """

    async def aclose(self) -> None:
        """Stop all runs and end their scanner processes; the loop stops afterwards."""


class IdleWorker:
    """A worker that never takes a scan: it stays `queued` until a script moves it."""

    def enqueue(self, scan_id: ScanId) -> None:
        """Leave the scan in the queue."""

    def cancel(self, scan_id: ScanId) -> None:
        """Do nothing: there is no run to signal."""

    async def aclose(self) -> None:
        """Do nothing."""


# Cancels a scan: its row, the signal to its run, and the events on its streams.
#
# Source: heimdall-api.md §3.8, 4.9.


CANCEL_MESSAGE = "Scan cancelled by user"
CANCELLED_CHANNEL_LINGERS_S = 2.0


def cancel_scan(
    database: Database, broadcaster: Broadcaster, worker: ScanWorker, scan_id: ScanId
) -> None:
    """Cancel a queued or running scan; call it on the server's loop.

    The streams end with an `error`; the run adds its own events afterwards.

    Raises:
        RowGone: the scan was deleted with its repository.
    """
    database.set_scan_status(scan_id, "cancelled", CANCEL_MESSAGE)
    worker.cancel(scan_id)
    stamp = {"scan_id": scan_id, "timestamp": rows.live_form()}
    broadcaster.send(scan_id, "status_change", stamp | {"status": "cancelled"})
    broadcaster.send(scan_id, "error", stamp | {"error": CANCEL_MESSAGE})
    broadcaster.close_later(scan_id, CANCELLED_CHANNEL_LINGERS_S)


SCANS_AT_ONCE = 3
"""For scans that keep the machine busy; a deployment sets this limit (heimdall-api.md §4.9)."""

ATTEMPTS = 3
LONGEST_RETRY_DELAY_S = 5.0

_log = logging.getLogger("heimdall.local.worker")


class Worker:
    """The queue and the running scans. Lives on the server's loop; no call blocks it.

    A scan that fails, hangs or breaks never affects another.

    Args:
        database: contains the scans.
        broadcaster: sends their events.
        plan_of: how a repository is scanned; may be slow.
        is_light: whether scanning a repository is so cheap that it need not queue.
        is_left_alone: whether scans of a repository stay queued, because a script moves them.
        pace: how long a pause takes.
        chance: random source of the delay of a retry.
        revives_cancelled: whether a cancelled scan starts again, as an attempt of three. With the
            newest queue of the real server it must not, with the others it does (§3.8).
    """

    def __init__(
        self,
        database: Database,
        broadcaster: Broadcaster,
        plan_of: Callable[[RepoRow], Plan],
        *,
        is_light: Callable[[RepoRow], bool] = lambda _repo: False,
        is_left_alone: Callable[[RepoRow], bool] = lambda _repo: False,
        pace: ReplayClock | None = None,
        chance: random.Random | None = None,
        revives_cancelled: bool = False,
    ) -> None:
        self._database = database
        self._broadcaster = broadcaster
        self._plan_of = plan_of
        self._pace = pace or ReplayClock()
        self._chance = chance or random.Random()  # noqa: S311 - spreads retries, keeps no secret
        self._is_light = is_light
        self._is_left_alone = is_left_alone
        self._seats = asyncio.Semaphore(SCANS_AT_ONCE)
        self._revives_cancelled = revives_cancelled
        self._tasks: dict[ScanId, asyncio.Task[None]] = {}
        self._attempts: dict[ScanId, asyncio.Task[Outcome]] = {}

    def enqueue(self, scan_id: ScanId) -> None:
        """Queue a scan; it starts when there is capacity. Its row exists already."""
        if scan_id not in self._tasks:
            task = asyncio.get_running_loop().create_task(
                self._take(scan_id), name=f"scan {scan_id}"
            )
            self._tasks[scan_id] = task
            task.add_done_callback(partial(self._ended, scan_id))

    def cancel(self, scan_id: ScanId) -> None:
        """Signal the run of a scan, or remove a waiting one; an unknown scan is no error.

        The scan's row says `cancelled` already. The run ends its stage and sends its own `error`.
        If cancelled scans are revived, only the attempt ends, and a waiting one stays in the queue.
        """
        tasks = self._attempts if self._revives_cancelled else self._tasks
        if task := tasks.get(scan_id):
            task.cancel()

    async def idle(self) -> None:
        """Wait until no scan is running or waiting."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def aclose(self) -> None:
        """Stop all runs without notification, and end their scanner processes."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, scan_id: ScanId, task: asyncio.Task[None]) -> None:
        del self._tasks[scan_id]
        if not task.cancelled() and (error := task.exception()):
            _log.error("scan %s ended with %s", scan_id, type(error).__name__)

    async def _take(self, scan_id: ScanId) -> None:
        """Run a scan as soon as a slot is free; slots are assigned in order of request."""
        scan = self._database.scan(scan_id)
        repo = self._database.repo(scan.repo_id) if scan else None
        if repo is None or self._is_left_alone(repo):
            return
        if self._is_light(repo):
            await self._run_scan(scan_id, repo)
            return
        async with self._seats:
            await self._run_scan(scan_id, repo)

    async def _run_scan(self, scan_id: ScanId, repo: RepoRow) -> None:
        scan = self._database.scan(scan_id)
        if scan is None or not (scan.is_live or self._revives_cancelled):
            return
        plan = await asyncio.to_thread(self._plan_of, repo)
        cancel = partial(cancel_scan, self._database, self._broadcaster, self, scan_id)
        for number in range(1, ATTEMPTS + 1):
            attempt = Attempt(
                self._database,
                self._broadcaster,
                self._pace,
                scan,
                cancel,
                overwrites_cancel=self._revives_cancelled,
            )
            outcome = await self._outcome(scan_id, attempt.run(plan, number))
            if outcome is not Outcome.FAILED and not self._returns(outcome):
                return
            if number < ATTEMPTS:
                await self._pace.wait(self._chance.uniform(0, LONGEST_RETRY_DELAY_S))
        self._fail_finally(scan)

    def _returns(self, outcome: Outcome) -> bool:
        return outcome is Outcome.CANCELLED and self._revives_cancelled

    async def _outcome(self, scan_id: ScanId, run: Coroutine[None, None, Outcome]) -> Outcome:
        """Run an attempt as a separate task, so that it can be cancelled alone."""
        task = asyncio.get_running_loop().create_task(run)
        self._attempts[scan_id] = task
        try:
            return await task
        except asyncio.CancelledError:
            worker_task = asyncio.current_task()
            if worker_task is None or worker_task.cancelling():
                raise
            return Outcome.CANCELLED
        finally:
            del self._attempts[scan_id]

    def _fail_finally(self, scan: ScanRow) -> None:
        try:
            stored = self._database.scan(scan.id)
            reason = (stored and stored.error_message) or "The scan failed."
            journal = Journal(self._database, self._broadcaster, scan)
            if self._revives_cancelled:
                journal.overwrite_cancel()
            journal.fail_finally(reason)
        except (RowGone, CancelSeen):
            return

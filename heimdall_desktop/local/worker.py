"""Runs queued scans, each in up to three attempts, with a limit on concurrent scans.

Source: protocol.md 3.8 (retry, cancel), 4.9 (queue).
"""

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Protocol

from heimdall_desktop.local import rows
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database, RowGone
from heimdall_desktop.local.folder_plan import FolderPlan
from heimdall_desktop.local.pipeline import Attempt, CancelSeen, Journal, Outcome
from heimdall_desktop.local.rows import RepoRow, ScanId, ScanRow
from heimdall_desktop.local.source_tree import folder_of, is_folder
from heimdall_desktop.local.steps import Failure, Plan, Recording, ReplayClock, recording

SCANS_AT_ONCE = 3
"""For scans that keep the machine busy; a deployment sets this limit (protocol.md 4.9)."""

ATTEMPTS = 3
LONGEST_RETRY_DELAY_S = 5.0
CANCEL_MESSAGE = "Scan cancelled by user"
CANCELLED_CHANNEL_LINGERS_S = 2.0
_RECORDING = "recording:"

_log = logging.getLogger("heimdall.local.worker")


class ScanWorker(Protocol):
    """Runs queued scans: what the routes need. Lives on the server's loop."""

    def enqueue(self, scan_id: ScanId) -> None:
        """Queue a scan; it starts when there is capacity. The scan's row exists already."""

    def cancel(self, scan_id: ScanId) -> None:
        """Signal the run of a scan, or remove a waiting one; an unknown scan is no error.

        The scan's row says `cancelled` already. The run responds with `stage_update` `cancelled`
        and its own `error`. Source: protocol.md 3.8.
        """

    async def aclose(self) -> None:
        """Stop all runs and end their scanner processes; the loop stops afterwards."""


def cancel_scan(
    database: Database, broadcaster: Broadcaster, worker: ScanWorker, scan_id: ScanId
) -> None:
    """Cancel a queued or running scan: its row, the signal to its run, the events on its streams.

    Call it on the server's loop. The streams end with an `error`; the run adds its own events
    afterwards. Source: protocol.md 3.8, 4.9.

    Raises:
        RowGone: the scan was deleted with its repository.
    """
    database.set_scan_status(scan_id, "cancelled", CANCEL_MESSAGE)
    worker.cancel(scan_id)
    stamp = {"scan_id": scan_id, "timestamp": rows.live_form()}
    broadcaster.send(scan_id, "status_change", stamp | {"status": "cancelled"})
    broadcaster.send(scan_id, "error", stamp | {"error": CANCEL_MESSAGE})
    broadcaster.close_later(scan_id, CANCELLED_CHANNEL_LINGERS_S)


def plan_of(repo: RepoRow) -> Plan:
    """Return how a repository is scanned, by the scheme of its address."""
    address = repo.remote_url or ""
    if is_folder(address):
        return FolderPlan(folder_of(address))
    reason = "Only local folders (file:///…) can be scanned here."
    if is_replay(repo):
        try:
            return recording(address.removeprefix(_RECORDING))
        except LookupError as error:
            reason = f"Nothing to replay: {error.args[0]}."
    return Recording("hopeless", repo.name, ({"ingest": (Failure(reason),)},))


def is_replay(repo: RepoRow) -> bool:
    """Return whether scanning a repository only replays a recording."""
    return (repo.remote_url or "").startswith(_RECORDING)


class Worker:
    """The queue and the running scans. Lives on the server's loop; no call blocks it.

    A scan that fails, hangs or breaks never affects another. Replays run at once, folders when
    there is capacity.

    Args:
        database: contains the scans.
        broadcaster: sends their events.
        plan_of: how a repository is scanned; may be slow.
        pace: how long a pause takes.
        chance: random source of the delay of a retry.
    """

    def __init__(
        self,
        database: Database,
        broadcaster: Broadcaster,
        plan_of: Callable[[RepoRow], Plan] = plan_of,
        *,
        pace: ReplayClock | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self._database = database
        self._broadcaster = broadcaster
        self._plan_of = plan_of
        self._pace = pace or ReplayClock()
        self._chance = chance or random.Random()  # noqa: S311 - spreads retries, keeps no secret
        self._seats = asyncio.Semaphore(SCANS_AT_ONCE)
        self._tasks: dict[ScanId, asyncio.Task[None]] = {}

    def enqueue(self, scan_id: ScanId) -> None:
        """Queue a scan; it starts when there is capacity, in order of request."""
        if scan_id not in self._tasks:
            task = asyncio.get_running_loop().create_task(
                self._run(scan_id), name=f"scan {scan_id}"
            )
            self._tasks[scan_id] = task
            task.add_done_callback(partial(self._ended, scan_id))

    def cancel(self, scan_id: ScanId) -> None:
        """Signal the run of a scan, or remove a waiting one; an unknown scan is no error."""
        if task := self._tasks.get(scan_id):
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

    async def _run(self, scan_id: ScanId) -> None:
        scan = self._database.scan(scan_id)
        repo = self._database.repo(scan.repo_id) if scan else None
        if repo is None:
            return
        async with nullcontext() if is_replay(repo) else self._seats:
            scan = self._database.scan(scan_id)
            if scan is None or not self._may_start(scan):
                return
            plan = await asyncio.to_thread(self._plan_of, repo)
            for number in range(1, ATTEMPTS + 1):
                if await self._attempt(scan, plan, number) is not Outcome.FAILED:
                    return
                if number < ATTEMPTS:
                    await self._pace.wait(self._chance.uniform(0, LONGEST_RETRY_DELAY_S))
            try:
                stored = self._database.scan(scan.id)
                reason = (stored and stored.error_message) or "The scan failed."
                self._journal(scan).fail_finally(reason)
            except (RowGone, CancelSeen):
                return

    def _may_start(self, scan: ScanRow) -> bool:
        return scan.is_live

    def _journal(self, scan: ScanRow) -> Journal:
        return Journal(self._database, self._broadcaster, scan)

    async def _attempt(self, scan: ScanRow, plan: Plan, number: int) -> Outcome:
        attempt = Attempt(
            self._journal(scan),
            self._pace,
            partial(self._broadcaster.close_later, scan.id),
            partial(cancel_scan, self._database, self._broadcaster, self, scan.id),
        )
        return await attempt.run(plan, number)

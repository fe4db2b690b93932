"""Workers of the laboratory: one that takes no scan, and one that may revive cancelled scans."""

import asyncio
from collections.abc import Callable
from typing import Any

from heimdall_desktop.local.pipeline import Journal, Outcome
from heimdall_desktop.local.rows import RepoRow, ScanId, ScanRow
from heimdall_desktop.local.steps import Plan
from heimdall_desktop.local.worker import Worker


class IdleWorker:
    """A worker that never takes a scan: it stays `queued` until a script moves it."""

    def enqueue(self, scan_id: ScanId) -> None:
        """Leave the scan in the queue."""

    def cancel(self, scan_id: ScanId) -> None:
        """Do nothing: there is no run to signal."""

    async def aclose(self) -> None:
        """Do nothing."""


class LabWorker(Worker):
    """The worker of the embedded server, with the older queue of the real one (§3.8) on request.

    Args:
        args: as for `Worker`.
        is_left_alone: whether scans of a repository stay queued, because a script moves them.
        revives_cancelled: whether a cancelled scan starts again, as an attempt of three.
        options: others of `Worker`.
    """

    def __init__(
        self,
        *args: Any,
        is_left_alone: Callable[[RepoRow], bool] = lambda _repo: False,
        revives_cancelled: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._is_left_alone = is_left_alone
        self._revives_cancelled = revives_cancelled
        self._attempts: dict[ScanId, asyncio.Task[Outcome]] = {}

    def enqueue(self, scan_id: ScanId) -> None:
        """Queue a scan, unless a script moves it."""
        scan = self._database.scan(scan_id)
        repo = self._database.repo(scan.repo_id) if scan else None
        if repo is None or not self._is_left_alone(repo):
            super().enqueue(scan_id)

    def cancel(self, scan_id: ScanId) -> None:
        """End only the attempt if cancelled scans are revived; a waiting one stays in the queue."""
        if not self._revives_cancelled:
            super().cancel(scan_id)
        elif task := self._attempts.get(scan_id):
            task.cancel()

    def _may_start(self, scan: ScanRow) -> bool:
        return self._revives_cancelled or super()._may_start(scan)

    def _journal(self, scan: ScanRow) -> Journal:
        journal = super()._journal(scan)
        journal.overwrites_cancel = self._revives_cancelled
        return journal

    async def _attempt(self, scan: ScanRow, plan: Plan, number: int) -> Outcome:
        """Run an attempt as a separate task, so that it can be cancelled alone."""
        if not self._revives_cancelled:
            return await super()._attempt(scan, plan, number)
        task = asyncio.get_running_loop().create_task(super()._attempt(scan, plan, number))
        self._attempts[scan.id] = task
        try:
            outcome = await task
        except asyncio.CancelledError:
            worker_task = asyncio.current_task()
            if worker_task is None or worker_task.cancelling():
                raise
            return Outcome.FAILED
        finally:
            del self._attempts[scan.id]
        return Outcome.FAILED if outcome is Outcome.CANCELLED else outcome

"""Runs one attempt of a scan: nine stages over a plan, the burst after hunt, and the slow end.

Source: heimdall-api.md §3.5 (order of events), §3.6 (burst), §3.7 (end), §3.8 (failure, cancel).
"""

import asyncio
import logging
import traceback
from collections.abc import Callable
from contextlib import aclosing
from enum import Enum, auto

from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.connection import RowGone
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.journal import CancelSeen, Journal
from heimdall_desktop.local.recording import ReplayClock
from heimdall_desktop.local.rows import STAGES, ScanRow
from heimdall_desktop.local.steps import (
    Activity,
    CancelAsked,
    Fact,
    Failure,
    Pause,
    Plan,
    Skipped,
    Step,
)

COMPLETION_WINDOW_S = 2.0
"""Recorded time between `completed` and `scan_complete`; upstream creates issues meanwhile."""

CHANNEL_LINGERS_S = 5.0
"""How long the channel stays after a successful run. Source: heimdall-api.md §3.7."""

RUNNING_STATUS = {
    "ingest": "ingesting",
    "tyr": "modeling",
    "static_analysis": "static_analysis",
    "taint_analysis": "taint_analyzing",
    "config_scan": "config_scanning",
    "hunt": "hunting",
    "vidarr": "verifying",
    "garmr": "validating",
    "report": "reporting",
}
DONE_STATUS = {
    "ingest": "ingested",
    "tyr": "modeled",
    "static_analysis": "static_analysis",
    "taint_analysis": "taint_analyzed",
    "config_scan": "config_scanned",
    "hunt": "hunted",
    "vidarr": "verified",
    "garmr": "validated",
    "report": "completed",
}

_log = logging.getLogger("heimdall.local.pipeline")


class Outcome(Enum):
    """The result of an attempt."""

    COMPLETED = auto()
    FAILED = auto()
    CANCELLED = auto()
    GONE = auto()
    """The scan was deleted with its repository."""


class Attempt:
    """One run of the pipeline for one scan. Lives on the server's loop.

    Stopping the server cancels the task that runs it: then nothing more is written or sent, as
    after a crash. A cancel through the API has written `cancelled` into the row before.

    Args:
        database: stores its rows.
        broadcaster: sends its events.
        pace: how long a pause takes.
        scan: the scan of the attempt.
        cancel: cancels the scan as its owner would, when the plan requires it at this point.
        overwrites_cancel: whether it starts although the scan was cancelled before.
    """

    def __init__(
        self,
        database: Database,
        broadcaster: Broadcaster,
        pace: ReplayClock,
        scan: ScanRow,
        cancel: Callable[[], None],
        *,
        overwrites_cancel: bool = False,
    ) -> None:
        self._broadcaster = broadcaster
        self._pace = pace
        self._scan = scan
        self._cancel = cancel
        self._journal = Journal(database, broadcaster, scan)
        self._overwrites_cancel = overwrites_cancel
        self._is_deleted = False

    async def run(self, plan: Plan, number: int) -> Outcome:
        """Carry out a plan from ingest to report.

        Args:
            plan: provides the steps.
            number: 1 for the first attempt of the scan.
        """
        try:
            return await self._run(plan, number)
        except RowGone:
            return Outcome.GONE
        except CancelSeen:
            self._journal.answer_cancel()
            return Outcome.CANCELLED
        except asyncio.CancelledError:
            if self._journal.is_cancelled():
                self._journal.answer_cancel()
            raise

    async def _run(self, plan: Plan, number: int) -> Outcome:
        self._journal.begin(number)
        if self._overwrites_cancel:
            self._journal.overwrite_cancel()
        for stage in STAGES:
            if not await self._run_stage(plan, stage, number):
                return Outcome.FAILED
        self._journal.close_books()
        await self._pace.wait(COMPLETION_WINDOW_S)
        self._journal.send_complete()
        self._broadcaster.close_later(self._scan.id, CHANNEL_LINGERS_S)
        self._journal.note_finished()
        return Outcome.COMPLETED

    async def _run_stage(self, plan: Plan, stage: str, number: int) -> bool:
        """Run one stage and return whether the next may start."""
        self._journal.start_stage(stage, RUNNING_STATUS[stage])
        ending = await self._carry_out(plan, stage, number)
        if isinstance(ending, Failure):
            self._journal.fail_stage(ending.reason)
            return False
        if stage == "report":
            self._journal.refresh_counters()
        self._journal.finish_stage(DONE_STATUS[stage], ending.reason if ending else None)
        if stage == "hunt":
            self._journal.announce(await asyncio.to_thread(self._journal.findings))
        return True

    async def _carry_out(self, plan: Plan, stage: str, number: int) -> Skipped | Failure | None:
        """Take all steps of a stage; return how it ends, None for a normal end."""
        skipped: Skipped | None = None
        try:
            async with aclosing(plan.steps(stage, number)) as steps:
                async for step in steps:
                    if isinstance(step, Failure):
                        return step
                    if isinstance(step, Skipped):
                        skipped = step
                    else:
                        await self._take(step, stage)
        except (RowGone, CancelSeen):
            raise
        except Exception as error:  # noqa: BLE001 - an error in a stage must not end the server
            _log_breakdown(stage, error)
            return Failure(f"The stage broke down: {type(error).__name__}.")
        return skipped

    async def _take(self, step: Step, stage: str) -> None:
        if isinstance(step, Pause):
            await self._pace.wait(step.duration_s)
            return
        if isinstance(step, Failure | Skipped):
            return
        if isinstance(step, CancelAsked):
            self._cancel()
        else:
            self._write(step)
        if stage == "ingest" and isinstance(step, Activity):
            self._journal.send_stage("running")
        await asyncio.sleep(0)

    def _write(self, step: Fact) -> None:
        """Record a step; the running stage continues if the scan is deleted (§3.7)."""
        if self._is_deleted:
            return
        try:
            self._journal.apply(step)
        except RowGone:
            self._is_deleted = True


def _log_breakdown(stage: str, error: Exception) -> None:
    """Log where it failed, without the message: it may quote the scanned source."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s failed with %s\n%s", stage, type(error).__name__, where)

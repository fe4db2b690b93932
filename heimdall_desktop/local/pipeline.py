"""Runs one attempt of a scan: nine stages over a plan, the burst after hunt, and the slow end.

The journal writes the rows of an attempt and sends its events, each row before its event. A status
never overwrites `cancelled`, which the API may have set at any moment.
Source: protocol.md 3.5 (order of events), 3.6 (burst), 3.7 (end), 3.8 (failure, cancel).
"""

import asyncio
import logging
import traceback
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from enum import Enum, auto
from typing import assert_never

from heimdall_desktop.local import rows, steps
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database, RowGone

COMPLETION_WINDOW_S = 2.0
"""Recorded time between `completed` and `scan_complete`; upstream creates issues meanwhile."""

CHANNEL_LINGERS_S = 5.0
"""How long the channel stays after a successful run. Source: protocol.md 3.7."""

LABELS = {stage: label for stage, (label, _, _) in rows.STAGE_WORDS.items()}
RUNNING_STATUS = {stage: running for stage, (_, running, _) in rows.STAGE_WORDS.items()}
DONE_STATUS = {stage: done for stage, (_, _, done) in rows.STAGE_WORDS.items()}
#: Only between two texts, as the server writes it. Source: protocol.md 4.5.
VIDARR_DIVIDER = "\n\n--- Víðarr Review ---\n"
CANCEL_TEXT = "The scan was cancelled while this stage ran."

_log = logging.getLogger("heimdall.local.pipeline")


class CancelSeen(Exception):
    """The scan's row says `cancelled`: the attempt must end."""


class Journal:
    """The rows and events of one attempt. Every call is short, so that the loop is not blocked.

    Any method may raise `RowGone` when the scan was deleted with its repository.

    Attributes:
        overwrites_cancel: whether the next status replaces `cancelled`: the scan is revived (3.8).
    """

    def __init__(self, database: Database, broadcaster: Broadcaster, scan: rows.ScanRow) -> None:
        self._database = database
        self._broadcaster = broadcaster
        self._scan = scan
        self._stage: str | None = None
        self._stage_row: rows.StageRowId | None = None
        self._ids: dict[str, rows.FindingId] = {}
        self.overwrites_cancel = False

    def start_attempt(self, attempt: int) -> None:
        """Record the start of an attempt; a retry overwrites the previous time."""
        detail = None if attempt == 1 else f"Attempt {attempt} under the same scan."
        self._note(
            steps.Activity("running", "scan-start", "Scan started", detail, event_type="system")
        )
        self._database.update_scan(self._scan.id, started_at=self._database.now())

    def start_stage(self, stage: str) -> None:
        """Start a stage: row, scan status, then both events."""
        self._stage = stage
        self._stage_row = self._database.add_stage(self._scan.id, stage)
        self._database.set_stage(self._stage_row, "running")
        self._set_status(RUNNING_STATUS[stage])
        self._note_stage("running", "started")
        self.send_stage("running")
        self.send("status_change", status=RUNNING_STATUS[stage])

    def finish_stage(self, skip_reason: str | None = None) -> None:
        """End the stage as completed, or as skipped if there is a reason for it.

        Its events are sent even if the scan was deleted meanwhile (contract 3.7).
        """
        scan_status = DONE_STATUS[self._stage or ""]
        stage_status = "skipped" if skip_reason else "completed"
        gone: RowGone | None = None
        try:
            self._note_stage(stage_status, stage_status, skip_reason)
            self._set_stage(stage_status)
            self._set_status(scan_status)
        except RowGone as error:
            gone = error
        self.send_stage(stage_status)
        self.send("status_change", status=scan_status)
        self._stage = self._stage_row = None
        if gone:
            raise gone

    def fail_stage(self, reason: str) -> None:
        self._note_stage("failed", "failed", reason)
        self._set_stage("failed", reason)
        self._set_status("failed", reason)
        self.send_stage("failed", error=reason)
        self.send("error", error=reason)

    def fail_finally(self, reason: str) -> None:
        """Record again that the scan failed: no attempt is left."""
        self._set_status("failed", reason)
        self.send("error", error=reason)

    def confirm_cancel(self) -> None:
        """End the open stage, if any, as cancelled; its row keeps no text (contract 3.8)."""
        if self._stage:
            self._note_stage("cancelled", "cancelled")
            self._set_stage("cancelled")
            self.send_stage("cancelled", error=CANCEL_TEXT)
        self.send("error", error=CANCEL_TEXT)

    def is_cancelled(self) -> bool:
        scan = self._database.scan(self._scan.id)
        return scan is not None and scan.status == "cancelled"

    def findings(self) -> list[rows.FindingRow]:
        """Return the scan's findings of all attempts, in list order. Slow; any thread."""
        return self._database.findings_of(self._scan.id)

    def announce(self, findings: list[rows.FindingRow]) -> None:
        """Send the burst: one `finding_added` for each row, back to back."""
        for finding in findings:
            data = {
                "scan_id": self._scan.id,
                "finding_id": finding.id,
                "title": finding.title,
                "severity": finding.severity,
            }
            self._broadcaster.send(self._scan.id, "finding_added", data)

    def refresh_counters(self) -> None:
        self._database.refresh_counters(self._scan.id)

    def complete(self) -> None:
        self._database.update_scan(self._scan.id, completed_at=self._database.now())
        self.refresh_counters()

    def send_complete(self) -> None:
        """Send the live `scan_complete`, which ends the streams, and write the very last line."""
        scan = self._database.scan(self._scan.id) or self._scan
        self.send(
            "scan_complete",
            finding_count=scan.finding_count,
            critical=scan.critical_count,
            high=scan.high_count,
            medium=scan.medium_count,
            low=scan.low_count,
        )
        counts = self._database.counts(self._scan.id)
        detail = f"{counts.total} findings, {counts.critical} of them critical."
        self._note(
            steps.Activity(
                "completed", "scan-finished", "Scan finished", detail, event_type="system"
            )
        )

    def apply(self, step: steps.Fact) -> None:
        database, scan = self._database, self._scan
        match step:
            case steps.Activity():
                self._note(step)
            case steps.AgentCall():
                database.add_agent_call(scan.id, self._stage or "", step)
            case steps.Found():
                ids = database.add_findings(scan.id, scan.repo_id, step.findings)
                fingerprints = (finding.fingerprint for finding in step.findings)
                self._ids.update(zip(fingerprints, ids, strict=True))
            case steps.Changed():
                self._change(step)
            case steps.Patched():
                self.patch(self._ids[step.fingerprint], step.diff)
            case steps.Answered():
                database.add_answers(self._ids[step.fingerprint], step.answers)
            case steps.ThreatModelDrawn():
                database.store_threat_model(scan, step)
            case steps.CommitSeen():
                database.update_scan(scan.id, commit_sha=step.sha)
            case steps.FilesSeen():
                database.set_files_seen(scan.id, step.not_scanned, step.not_taken)
            case _:
                assert_never(step)

    def patch(self, finding_id: rows.FindingId, diff: str) -> None:
        finding = self._database.finding(finding_id)
        self._database.update_finding(finding_id, suggested_patch=diff)
        self._database.add_patch(finding_id, (finding and finding.file_path) or "", diff)

    def send_stage(self, status: str, *, error: str | None = None) -> None:
        extra = {} if error is None else {"error": error}
        self.send("stage_update", stage=self._stage, status=status, **extra)

    def send(self, event_name: str, **fields: object) -> None:
        """Send an event of this scan, stamped with the current time."""
        data = {"scan_id": self._scan.id, **fields, "timestamp": rows.live_form()}
        self._broadcaster.send(self._scan.id, event_name, data)

    def _note(self, activity: steps.Activity) -> None:
        if activity.about:
            task_key = f"{activity.task_key}-{self._ids[activity.about]}"
            activity = replace(activity, task_key=task_key)
        self._database.add_activity(self._scan.id, self._stage, activity)

    def _note_stage(self, status: str, word: str, detail: str | None = None) -> None:
        title = f"{LABELS.get(self._stage or '', 'Stage')} {word}"
        self._note(
            steps.Activity(status, f"stage-{self._stage}", title, detail, event_type="stage")
        )

    def _change(self, change: steps.Changed) -> None:
        finding_id = self._ids[change.fingerprint]
        fields = dict(change.fields)
        if change.added_reasoning is not None:
            finding = self._database.finding(finding_id)
            before = finding.agent_reasoning if finding else None
            parts = (before, change.added_reasoning)
            fields["agent_reasoning"] = VIDARR_DIVIDER.join(part for part in parts if part)
        self._database.update_finding(finding_id, **fields)

    def _set_stage(self, status: str, error: str | None = None) -> None:
        if self._stage_row:
            self._database.set_stage(self._stage_row, status, error)

    def _set_status(self, status: str, error_message: str | None = None) -> None:
        if self.is_cancelled() and not self.overwrites_cancel:
            raise CancelSeen
        self.overwrites_cancel = False
        self._database.set_scan_status(self._scan.id, status, error_message)


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
        journal: stores its rows and sends its events.
        pace: how long a pause takes.
        close_later: removes the channel of the scan after some seconds.
        cancel: cancels the scan as its owner would, when the plan requires it at this point.
    """

    def __init__(
        self,
        journal: Journal,
        pace: steps.ReplayClock,
        close_later: Callable[[float], None],
        cancel: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._pace = pace
        self._close_later = close_later
        self._cancel = cancel
        self._is_deleted = False

    async def run(self, plan: steps.Plan, number: int) -> Outcome:
        """Carry out a plan from ingest to report.

        Args:
            plan: provides the steps.
            number: 1 for the first attempt of the scan.
        """
        try:
            self._journal.start_attempt(number)
            for stage in rows.STAGES:
                self._journal.start_stage(stage)
                end = await self._carry_out(plan, stage, number)
                if isinstance(end, steps.Failure):
                    self._journal.fail_stage(end.reason)
                    return Outcome.FAILED
                if stage == "report":
                    self._journal.refresh_counters()
                self._journal.finish_stage(end.reason if end else None)
                if stage == "hunt":
                    self._journal.announce(await asyncio.to_thread(self._journal.findings))
            self._journal.complete()
            await self._pace.wait(COMPLETION_WINDOW_S)
            self._journal.send_complete()
            self._close_later(CHANNEL_LINGERS_S)
        except RowGone:
            return Outcome.GONE
        except CancelSeen:
            self._journal.confirm_cancel()
            return Outcome.CANCELLED
        except asyncio.CancelledError:
            if self._journal.is_cancelled():
                self._journal.confirm_cancel()
            raise
        return Outcome.COMPLETED

    def _record(self, step: steps.Fact) -> None:
        if not self._is_deleted:
            try:
                self._journal.apply(step)
            except RowGone:  # the running stage continues (3.7)
                self._is_deleted = True

    async def _carry_out(
        self, plan: steps.Plan, stage: str, number: int
    ) -> steps.Skipped | steps.Failure | None:
        """Carry out all steps of a stage; return how it ends, None for a normal end."""
        skipped: steps.Skipped | None = None
        try:
            async with aclosing(plan.steps(stage, number)) as planned:
                async for step in planned:
                    match step:
                        case steps.Failure():
                            return step
                        case steps.Skipped():
                            skipped = step
                        case steps.Pause():
                            await self._pace.wait(step.duration_s)
                        case steps.CancelAsked():
                            self._cancel()
                            await asyncio.sleep(0)
                        case _:
                            self._record(step)
                            if stage == "ingest" and isinstance(step, steps.Activity):
                                self._journal.send_stage("running")
                            await asyncio.sleep(0)
        except (RowGone, CancelSeen):
            raise
        except Exception as error:  # noqa: BLE001 - an error in a stage must not end the server
            # without the message: it may quote the scanned source
            where = "".join(traceback.format_tb(error.__traceback__))
            _log.error("%s failed with %s\n%s", stage, type(error).__name__, where)
            return steps.Failure(f"The stage broke down: {type(error).__name__}.")
        return skipped

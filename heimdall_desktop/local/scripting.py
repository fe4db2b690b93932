"""A scan moved by hand, step by step, for tests: the pipeline's rows and events without its clock.

Every method runs on the server's loop and returns when its rows are written and its events sent.
"""

from collections.abc import Callable
from typing import Self, TypeVar

from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.cancelling import CANCEL_MESSAGE
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.journal import Journal
from heimdall_desktop.local.pipeline import DONE_STATUS, RUNNING_STATUS
from heimdall_desktop.local.rows import (
    STAGES,
    FindingId,
    NewFinding,
    RepoId,
    ScanId,
    ScanRow,
)
from heimdall_desktop.local.steps import Activity

T = TypeVar("T")


class ScriptedScan:
    """One scan whose next step is the caller's. Methods return the scan, so that they chain.

    An ordinary scan with findings of two stages:

        scan.run_until("hunt").add_findings(3, "critical")
        scan.finish_stage()             # ends hunt and sends the burst
        scan.run_until("report").complete()
    """

    def __init__(
        self,
        database: Database,
        broadcaster: Broadcaster,
        scan: ScanRow,
        call: Callable[[Callable[[], object]], object],
    ) -> None:
        self._database = database
        self._broadcaster = broadcaster
        self._scan = scan
        self._on_loop = call
        self._attempt = 0
        self._made = 0
        self._journal = Journal(database, broadcaster, scan)
        self._stage: str | None = None
        self.finding_ids: list[FindingId] = []
        """Ids of all findings added so far, oldest first."""

    @property
    def id(self) -> ScanId:
        """The scan's id."""
        return self._scan.id

    @property
    def repo_id(self) -> RepoId:
        """Its repository's id."""
        return self._scan.repo_id

    def start_stage(self, stage: str) -> Self:
        """Start a stage; ingest begins an attempt."""
        return self._do(lambda: self._start(stage))

    def repeat_stage(self) -> Self:
        """Send `stage_update running` once more, as ingest does for each note (§3.5)."""
        return self._do(lambda: self._journal.send_stage("running"))

    def finish_stage(self, *, skip_reason: str | None = None) -> Self:
        """Finish the running stage; after hunt comes the burst of `finding_added`."""
        return self._do(lambda: self._finish(skip_reason))

    def run_until(self, stage: str) -> Self:
        """Finish all stages before this one and start it."""
        return self._do(lambda: self._run_until(stage))

    def add_findings(self, count: int, severity: str = "high", **fields: object) -> Self:
        """Store findings, without an event; see `finding_ids`.

        Args:
            count: how many.
            severity: any word.
            fields: of `NewFinding`, the same for all of them.
        """
        return self._do(lambda: self._add(count, severity, fields))

    def change_finding(self, finding_id: FindingId, **fields: object) -> Self:
        """Overwrite fields of a finding, without an event, as Víðarr, Garmr and report do."""
        return self._do(lambda: self._database.update_finding(finding_id, **fields))

    def burst(self) -> Self:
        """Send `finding_added` for every finding of the scan, back to back (§3.6)."""
        return self._do(self._burst)

    def activity(self, title: str, status: str = "running", **fields: object) -> Self:
        """Append to the execution log, without an event.

        Args:
            title: what is shown.
            status: of the task.
            fields: of `steps.Activity`.
        """
        note = Activity(**{"task_key": "task", **fields, "status": status, "title": title})  # type: ignore[arg-type]
        return self._do(lambda: self._journal.apply(note))

    def complete(self) -> Self:
        """Finish what is left and end the scan well: `completed`, then `scan_complete`."""
        return self._do(lambda: (self._reach_completed(), self._announce_completed()))

    def reach_completed(self) -> Self:
        """Set `completed` and stop in the window before `scan_complete` (§3.5)."""
        return self._do(self._reach_completed)

    def announce_completed(self) -> Self:
        """Write the counters and send `scan_complete`, which ends the streams.

        The channel stays, for those who subscribe late, until `end_streams`; a real run removes it
        5 s later (§3.7).
        """
        return self._do(self._announce_completed)

    def fail(self, error: str = "The model did not answer") -> Self:
        """Fail in the running stage: `stage_update failed`, then `error`, which ends the streams.

        A retry is `start_stage("ingest")`.
        """
        return self._do(lambda: self._journal.fail_stage(error))

    def cancel(self, *, stage_first: bool = False) -> Self:
        """Cancel as the API and the run do together (§3.8), in either order of their race."""
        return self._do(lambda: self._cancel(stage_first=stage_first))

    def answer_cancel(self) -> Self:
        """Close the running stage as cancelled, after a cancel through the API."""
        return self._do(self._journal.answer_cancel)

    def revive(self) -> Self:
        """Put a cancelled scan back into the queue, as a worker's retry may (§3.8)."""
        return self._do(lambda: self._database.set_scan_status(self.id, "queued"))

    def send(self, event_name: str, **fields: object) -> Self:
        """Send any event: only the stream hears of it."""
        return self._do(lambda: self._journal.send(event_name, **fields))

    def end_streams(self) -> Self:
        """Remove the channel: streams end, without a terminal event if none was sent (§3.7)."""
        return self._do(lambda: self._broadcaster.close(self.id))

    def _do(self, step: Callable[[], object]) -> Self:
        self._on_loop(step)
        return self

    def _start(self, stage: str) -> None:
        if stage == STAGES[0]:
            self._attempt += 1
            self._journal.begin(self._attempt)
        self._stage = stage
        self._journal.start_stage(stage, RUNNING_STATUS[stage])

    def _finish(self, skip_reason: str | None = None) -> None:
        if self._stage is None:
            raise RuntimeError("no stage is running")
        stage, self._stage = self._stage, None
        self._journal.finish_stage(DONE_STATUS[stage], skip_reason)
        if stage == "hunt":
            self._burst()

    def _run_until(self, wanted: str) -> None:
        first = 0 if self._stage is None else STAGES.index(self._stage) + 1
        for stage in STAGES[first : STAGES.index(wanted) + 1]:
            if self._stage is not None:
                self._finish()
            self._start(stage)

    def _add(self, count: int, severity: str, fields: dict[str, object]) -> None:
        new = [self._finding(severity, fields) for _ in range(count)]
        self.finding_ids += self._database.add_findings(self.id, self.repo_id, new)

    def _finding(self, severity: str, fields: dict[str, object]) -> NewFinding:
        self._made += 1
        ordinary: dict[str, object] = {
            "source": "ai",
            "confidence": "medium",
            "title": f"Finding {self._made}",
            "fingerprint": f"{self._made:064x}",
            "file_path": f"src/module_{self._made}.py",
            "line_start": self._made,
        }
        return NewFinding(**{**ordinary, **fields, "severity": severity})  # type: ignore[arg-type]

    def _burst(self) -> None:
        self._journal.announce(self._journal.findings())

    def _reach_completed(self) -> None:
        self._run_until("report")
        self._finish()

    def _announce_completed(self) -> None:
        self._journal.close_books()
        self._journal.send_complete()

    def _cancel(self, *, stage_first: bool) -> None:
        self._database.set_scan_status(self.id, "cancelled", CANCEL_MESSAGE)
        if stage_first:
            self._journal.answer_cancel()
        self._journal.send("status_change", status="cancelled")
        self._journal.send("error", error=CANCEL_MESSAGE)
        if not stage_first:
            self._journal.answer_cancel()

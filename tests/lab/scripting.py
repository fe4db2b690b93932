"""A scan moved by hand, step by step, for tests: the pipeline's rows and events without its clock.

Every method runs on the server's loop and returns when its rows are written and its events sent.
What is meant to go wrong between server and client is in `faults`, not here.
"""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Self
from uuid import uuid4

from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.journal import Journal
from heimdall_desktop.local.pipeline import CHANNEL_LINGERS_S, DONE_STATUS, RUNNING_STATUS
from heimdall_desktop.local.rows import (
    STAGES,
    FindingId,
    Json,
    NewFinding,
    RepoId,
    ScanId,
    ScanRow,
)
from heimdall_desktop.local.steps import Activity
from heimdall_desktop.local.worker import CANCEL_MESSAGE
from tests.lab.generations import FALLBACK_EVENT
from tests.lab.recorded_hazards import recorded_hazards
from tests.lab.scan_age import age_scan


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
        self._reached = -1
        """Which of `STAGES` this attempt began last."""
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

    def prepare_stage(self, stage: str) -> Self:
        """Store a stage as pending, without an event, as it is for an instant (§3.4)."""
        return self._do(lambda: self._database.add_stage(self.id, stage))

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

    def add_duplicates(self) -> Self:
        """Store all findings again with new ids and the same fingerprints, as a retry does."""
        return self._do(self._duplicate)

    def add_hazards(self) -> Self:
        """Store findings whose texts and values are hard to show (§10 (8))."""
        return self._do(lambda: self._store([one.finding for one in recorded_hazards()]))

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

    def fall_back(self, provider: str, detail: str | None = None) -> Self:
        """Note that another AI provider had to help out; generation C tells of it in `/live`."""
        return self.activity(
            provider,
            "warning",
            detail=detail,
            event_type=FALLBACK_EVENT,
            task_key="provider-fallback",
        )

    def patch(self, finding_id: FindingId, diff: str) -> Self:
        """Store a patch for a finding, without an event, as report does."""
        return self._do(lambda: self._patch(finding_id, diff))

    def answer(self, finding_id: FindingId, action: str, body: Json | None) -> Self:
        """Let an action on a finding be answered: explain, verify, issue or remediate (§4.6)."""
        return self._do(lambda: self._database.add_answers(finding_id, {action: body}))

    def connect(self, source_type: str = "github") -> Self:
        """Connect the repository to a code host, which issues and fix requests need."""
        fields = {"source_type": source_type, "oauth_connection_id": str(uuid4())}
        return self._do(lambda: self._database.update_repo(self.repo_id, **fields))

    def note(self, finding_id: FindingId, event_type: str, **fields: Any) -> Self:
        """Write into the audit of a finding, as the server itself does."""
        return self._do(
            lambda: self._database.add_finding_event(finding_id, None, event_type, **fields)
        )

    def age(self, by: timedelta) -> Self:
        """Let all that happened so far lie further back: a scan that is stuck (§3.8)."""
        return self._do(lambda: age_scan(self._database, self.id, by))

    def complete(self) -> Self:
        """Finish what is left and end the scan well: `completed`, then `scan_complete`."""
        return self._do(lambda: (self._reach_completed(), self._announce_completed()))

    def reach_completed(self) -> Self:
        """Set `completed` and stop in the window before `scan_complete` (§3.5)."""
        return self._do(self._reach_completed)

    def announce_completed(self) -> Self:
        """Write the counters and send `scan_complete`, which ends the streams.

        The channel stays, for those who subscribe late, until `end_streams`; a real run removes it
        5 s later (§3.7), as `end_streams_later` does.
        """
        return self._do(self._announce_completed)

    def fail(self, error: str = "The model did not answer", *, is_stored: bool = True) -> Self:
        """Fail in the running stage: `stage_update failed`, then `error`, which ends the streams.

        Args:
            error: what the events say.
            is_stored: whether the scan keeps it; else a later `error` says null (§3.4).
        """
        return self._do(lambda: self._fail(error, is_stored=is_stored))

    def retry(self) -> Self:
        """Begin the next attempt under the same id (§3.8), also after a cancel."""
        return self._do(self._retry)

    def fail_finally(self, error: str = "The model did not answer") -> Self:
        """Say once more that it failed, as after the third attempt, without a look at a cancel.

        Of a queued scan it is what a worker says that has no AI provider (§3.8).
        """
        return self._do(lambda: self._fail_finally(error))

    def cancel(self, *, stage_first: bool = False) -> Self:
        """Cancel as the API and the run do together (§3.8), in either order of their race."""
        return self._do(lambda: self._cancel(stage_first=stage_first))

    def answer_cancel(self) -> Self:
        """Close the running stage as cancelled, after a cancel through the API."""
        return self._do(self._journal.answer_cancel)

    def ignore_cancel(self) -> Self:
        """Write the running status over a cancel, as a run in another process does (§3.9)."""
        return self._do(self._ignore_cancel)

    def revive(self) -> Self:
        """Put a cancelled scan back into the queue, as a worker's retry may (§3.8)."""
        return self._do(self._revive)

    def send(self, event_name: str, **fields: object) -> Self:
        """Send any event: only the stream hears of it."""
        return self._do(lambda: self._journal.send(event_name, **fields))

    def lag(self, times: int = 1) -> Self:
        """Send every subscriber notices of lag, though nothing was lost (§3.6)."""
        return self._do(lambda: self._broadcaster.lag(self.id, times))

    def end_streams(self) -> Self:
        """Remove the channel: streams end, without a terminal event if none was sent (§3.7)."""
        return self._do(lambda: self._broadcaster.close(self.id))

    def end_streams_later(self, delay_s: float = CHANNEL_LINGERS_S) -> Self:
        """Remove the channel after a while: who attaches until then sees a bare end (§3.7)."""
        return self._do(lambda: self._broadcaster.close_later(self.id, delay_s))

    def _do(self, step: Callable[[], object]) -> Self:
        self._on_loop(step)
        return self

    def _start(self, stage: str) -> None:
        if stage == STAGES[0]:
            self._attempt += 1
            self._journal.begin(self._attempt)
        self._stage, self._reached = stage, STAGES.index(stage)
        self._journal.start_stage(stage, RUNNING_STATUS[stage])

    def _finish(self, skip_reason: str | None = None) -> None:
        if self._stage is None:
            raise RuntimeError("no stage is running")
        stage, self._stage = self._stage, None
        self._journal.finish_stage(DONE_STATUS[stage], skip_reason)
        if stage == "hunt":
            self._burst()

    def _run_until(self, wanted: str) -> None:
        for stage in STAGES[self._reached + 1 : STAGES.index(wanted) + 1]:
            if self._stage is not None:
                self._finish()
            self._start(stage)

    def _add(self, count: int, severity: str, fields: dict[str, object]) -> None:
        self._store([self._finding(severity, fields) for _ in range(count)])

    def _store(self, findings: list[NewFinding]) -> None:
        self.finding_ids += self._database.add_findings(self.id, self.repo_id, findings)

    def _duplicate(self) -> None:
        rows = [self._database.finding(finding_id) for finding_id in self.finding_ids]
        names = [field.name for field in dataclasses.fields(NewFinding)]
        self._store(
            [NewFinding(**{name: getattr(row, name) for name in names}) for row in rows if row]
        )

    def _patch(self, finding_id: FindingId, diff: str) -> None:
        finding = self._database.finding(finding_id)
        self._database.add_patch(finding_id, (finding and finding.file_path) or "", diff)
        self._database.update_finding(finding_id, suggested_patch=diff)

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

    def _fail(self, error: str, *, is_stored: bool) -> None:
        self._journal.fail_stage(error)
        if not is_stored:
            self._database.set_scan_status(self.id, "failed")

    def _fail_finally(self, error: str) -> None:
        self._database.set_scan_status(self.id, "failed", error)
        self._journal.send("error", error=error)

    def _ignore_cancel(self) -> None:
        if self._stage is None:
            raise RuntimeError("no stage is running")
        self._database.set_scan_status(self.id, RUNNING_STATUS[self._stage])

    def _revive(self) -> None:
        self._database.set_scan_status(self.id, "queued")
        self._stage, self._reached = None, -1

    def _retry(self) -> None:
        self._revive()
        self._start(STAGES[0])

    def _reach_completed(self) -> None:
        self._run_until("report")
        self._finish()

    def _announce_completed(self) -> None:
        self._journal.close_books()
        self._journal.send_complete()
        self._journal.note_finished()

    def _cancel(self, *, stage_first: bool) -> None:
        self._database.set_scan_status(self.id, "cancelled", CANCEL_MESSAGE)
        if stage_first:
            self._journal.answer_cancel()
        self._journal.send("status_change", status="cancelled")
        self._journal.send("error", error=CANCEL_MESSAGE)
        if not stage_first:
            self._journal.answer_cancel()

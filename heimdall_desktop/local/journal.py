"""Records one attempt of a scan, and sends the subscribers the events the contract allows.

Every row is written before its event is sent. A status never overwrites `cancelled`, which the API
may have set at any moment. Source: heimdall-api.md §3.5, 3.6, 3.8.
"""

from typing import assert_never

from heimdall_desktop.local import rows
from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.connection import RowGone
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import Counts, FindingId, FindingRow, ScanRow, StageRowId
from heimdall_desktop.local.steps import (
    Activity,
    AgentCall,
    Answered,
    Changed,
    CommitSeen,
    Fact,
    FilesSeen,
    Found,
    Patched,
    ThreatModelDrawn,
)

LABELS = {
    "ingest": "Ingest",
    "tyr": "Tyr",
    "static_analysis": "Static Analysis",
    "taint_analysis": "Taint Analysis",
    "config_scan": "Config Scan",
    "hunt": "Hunt",
    "vidarr": "Víðarr",
    "garmr": "Garmr",
    "report": "Report",
}
#: Only between two texts, as the server writes it. Source: heimdall-api.md 4.5.
VIDARR_DIVIDER = "\n\n--- Víðarr Review ---\n"
CANCEL_TEXT = "The scan was cancelled while this stage ran."


class CancelSeen(Exception):
    """The scan's row says `cancelled`: the attempt must end."""


class Journal:
    """The rows and events of one attempt. Every call is short, so that the loop is not blocked.

    Any method may raise `RowGone` when the scan was deleted with its repository.
    """

    def __init__(self, database: Database, broadcaster: Broadcaster, scan: ScanRow) -> None:
        self._database = database
        self._broadcaster = broadcaster
        self._scan = scan
        self._stage: str | None = None
        self._stage_row: StageRowId | None = None
        self._ids: dict[str, FindingId] = {}
        self._overwrites_cancel = False

    def begin(self, attempt: int) -> None:
        """Record the start of an attempt; a retry overwrites the previous time."""
        detail = None if attempt == 1 else f"Attempt {attempt} under the same scan."
        self._note(Activity("running", "scan-start", "Scan started", detail, event_type="system"))
        self._database.set_scan_started(self._scan.id)

    def overwrite_cancel(self) -> None:
        """Allow the next status to replace `cancelled`: the scan is revived (§3.8)."""
        self._overwrites_cancel = True

    def start_stage(self, stage: str, scan_status: str) -> None:
        """Start a stage: row, scan status, then both events."""
        self._stage = stage
        self._stage_row = self._database.add_stage(self._scan.id, stage)
        self._database.set_stage(self._stage_row, "running")
        self._set_status(scan_status)
        self._note_stage("running", "started")
        self.send_stage("running")
        self.send("status_change", status=scan_status)

    def finish_stage(self, scan_status: str, skip_reason: str | None) -> None:
        """End a stage as completed, or as skipped if there is a reason for it.

        Its events are sent even if the scan was deleted meanwhile (contract §3.7).
        """
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
        """End a stage and with it the attempt as failed."""
        self._note_stage("failed", "failed", reason)
        self._set_stage("failed", reason)
        self._set_status("failed", reason)
        self.send_stage("failed", error=reason)
        self.send("error", error=reason)

    def fail_finally(self, reason: str) -> None:
        """Record again that the scan failed: no attempt is left."""
        self._set_status("failed", reason)
        self.send("error", error=reason)

    def answer_cancel(self) -> None:
        """End the open stage, if any, as cancelled; its row keeps no text (contract §3.8)."""
        if self._stage:
            self._note_stage("cancelled", "cancelled")
            self._set_stage("cancelled")
            self.send_stage("cancelled", error=CANCEL_TEXT)
        self.send("error", error=CANCEL_TEXT)

    def is_cancelled(self) -> bool:
        """Return whether the API has cancelled the scan."""
        scan = self._database.scan(self._scan.id)
        return scan is not None and scan.status == "cancelled"

    def findings(self) -> list[FindingRow]:
        """Return the scan's findings of all attempts, in list order. Slow; any thread."""
        return self._database.findings_of(self._scan.id)

    def announce(self, findings: list[FindingRow]) -> None:
        """Send the burst: one `finding_added` for each row, back to back."""
        for finding in findings:
            self._broadcaster.send(
                self._scan.id,
                "finding_added",
                {
                    "scan_id": self._scan.id,
                    "finding_id": finding.id,
                    "title": finding.title,
                    "severity": finding.severity,
                },
            )

    def refresh_counters(self) -> Counts:
        """Copy the counts into the scan's row."""
        return self._database.refresh_counters(self._scan.id)

    def close_books(self) -> None:
        """Write the data that follows `completed` in the database."""
        self._database.set_scan_completed_at(self._scan.id)
        self.refresh_counters()

    def note_finished(self) -> None:
        """Write the very last line of a successful run, after `scan_complete` (contract §3.5)."""
        counts = self._database.counts(self._scan.id)
        self._note(
            Activity(
                "completed",
                "scan-finished",
                "Scan finished",
                f"{counts.total} findings, {counts.critical} of them critical.",
                event_type="system",
            )
        )

    def send_complete(self) -> None:
        """Send the live `scan_complete`, with the stored counters; the streams end with it."""
        scan = self._database.scan(self._scan.id) or self._scan
        self.send(
            "scan_complete",
            finding_count=scan.finding_count,
            critical=scan.critical_count,
            high=scan.high_count,
            medium=scan.medium_count,
            low=scan.low_count,
        )

    def apply(self, step: Fact) -> None:
        """Record one step."""
        match step:
            case Activity():
                self._note(step)
            case AgentCall():
                self._note_agent_call(step)
            case Found():
                ids = self._database.add_findings(self._scan.id, self._scan.repo_id, step.findings)
                fingerprints = (finding.fingerprint for finding in step.findings)
                self._ids.update(zip(fingerprints, ids, strict=True))
            case Changed():
                self._change(step)
            case Patched():
                self._patch(step)
            case Answered():
                self._database.add_answers(self._ids[step.fingerprint], step.answers)
            case ThreatModelDrawn():
                self._database.add_threat_model(
                    self._scan,
                    summary=step.summary,
                    boundaries=step.boundaries,
                    surfaces=step.surfaces,
                    data_flows=step.data_flows,
                )
            case CommitSeen():
                self._database.set_scan_commit(self._scan.id, step.sha)
            case FilesSeen():
                self._database.set_files_seen(self._scan.id, step.unlooked, step.not_taken)
            case _:
                assert_never(step)

    def send_stage(self, status: str, *, error: str | None = None) -> None:
        """Send a `stage_update` of the open stage."""
        extra = {} if error is None else {"error": error}
        self.send("stage_update", stage=self._stage, status=status, **extra)

    def send(self, event_name: str, **fields: object) -> None:
        """Send an event of this scan, stamped with the current time."""
        data = {"scan_id": self._scan.id, **fields, "timestamp": rows.live_form()}
        self._broadcaster.send(self._scan.id, event_name, data)

    def _note(self, activity: Activity) -> None:
        task_key = activity.task_key
        if activity.about:
            task_key = f"{task_key}-{self._ids[activity.about]}"
        self._database.add_activity(
            self._scan.id,
            event_type=activity.event_type,
            status=activity.status,
            stage=self._stage,
            task_key=task_key,
            title=activity.title,
            detail=activity.detail,
            progress_pct=activity.progress_pct,
        )

    def _note_stage(self, status: str, word: str, detail: str | None = None) -> None:
        label = LABELS.get(self._stage or "", "Stage")
        self._note(
            Activity(status, f"stage-{self._stage}", f"{label} {word}", detail, event_type="stage")
        )

    def _note_agent_call(self, call: AgentCall) -> None:
        self._database.add_agent_call(
            self._scan.id,
            stage=self._stage or "",
            tool_name=call.tool_name,
            duration_ms=call.duration_ms,
            error=call.error,
        )

    def _change(self, change: Changed) -> None:
        finding_id = self._ids[change.fingerprint]
        fields = dict(change.fields)
        if change.added_reasoning is not None:
            finding = self._database.finding(finding_id)
            before = finding.agent_reasoning if finding else None
            parts = (before, change.added_reasoning)
            fields["agent_reasoning"] = VIDARR_DIVIDER.join(part for part in parts if part)
        self._database.update_finding(finding_id, **fields)

    def _patch(self, patch: Patched) -> None:
        finding_id = self._ids[patch.fingerprint]
        finding = self._database.finding(finding_id)
        self._database.update_finding(finding_id, suggested_patch=patch.diff)
        self._database.add_patch(finding_id, (finding and finding.file_path) or "", patch.diff)

    def _set_stage(self, status: str, error: str | None = None) -> None:
        if self._stage_row:
            self._database.set_stage(self._stage_row, status, error)

    def _set_status(self, status: str, error_message: str | None = None) -> None:
        if self.is_cancelled() and not self._overwrites_cancel:
            raise CancelSeen
        self._overwrites_cancel = False
        self._database.set_scan_status(self._scan.id, status, error_message)

"""A scan moved by hand, step by step, for tests: the pipeline's rows and events without its clock.

Every method runs on the server's loop and returns when its rows are written and its events sent.
What goes wrong between server and client is in `faults`, not here.

`take_step` does the same for a step as JSON: an object whose `do` names a method; the other keys
are its arguments. Where the method wants the id of a finding, `finding` gives it, or its number in
the order in which the scan's findings were added: 0 is the first, -1 the last. `age` takes the
arguments of `timedelta`, like `{"hours": 3}`.
"""

import dataclasses
import functools
import sqlite3
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec
from uuid import uuid4

from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.pipeline import CHANNEL_LINGERS_S, RUNNING_STATUS, CancelSeen, Journal
from heimdall_desktop.local.rows import (
    STAGES,
    FindingId,
    Json,
    NewFinding,
    RepoId,
    RepoRow,
    ScanId,
    ScanRow,
)
from heimdall_desktop.local.steps import Activity
from heimdall_desktop.local.worker import CANCEL_MESSAGE
from tests.lab.generations import FALLBACK_EVENT
from tests.lab.lab_database import age_scan
from tests.lab.recorded_hazards import recorded_hazards

P = ParamSpec("P")


def _on_loop(
    method: Callable[Concatenate["ScriptedScan", P], object],
) -> Callable[Concatenate["ScriptedScan", P], "ScriptedScan"]:
    """Run a method on the server's loop, and return the scan, so that calls chain."""

    def run(self: "ScriptedScan", /, *args: P.args, **kwargs: P.kwargs) -> "ScriptedScan":
        self._call(lambda: method(self, *args, **kwargs))
        return self

    functools.update_wrapper(run, method)
    return run


class ScriptedScan:
    """One scan whose next step is the caller's.

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
        self._call = call
        self._attempt = 0
        self._made = 0
        self._journal = Journal(database, broadcaster, scan)
        self._stage: str | None = None
        self._reached = -1
        """Which of `STAGES` this attempt started last."""
        self.finding_ids: list[FindingId] = []
        """Ids of all findings added so far, oldest first."""

    @property
    def id(self) -> ScanId:
        return self._scan.id

    @property
    def repo_id(self) -> RepoId:
        return self._scan.repo_id

    @_on_loop
    def start_stage(self, stage: str) -> None:
        """Start a stage; ingest starts an attempt."""
        if stage == STAGES[0]:
            self._attempt += 1
            self._journal.start_attempt(self._attempt)
        self._stage, self._reached = stage, STAGES.index(stage)
        self._journal.start_stage(stage)

    @_on_loop
    def prepare_stage(self, stage: str) -> None:
        """Store a stage as pending, without an event, as it is for an instant (§3.4)."""
        self._database.add_stage(self.id, stage)

    @_on_loop
    def repeat_stage(self) -> None:
        """Send `stage_update running` once more, as ingest does for each note (§3.5)."""
        self._journal.send_stage("running")

    @_on_loop
    def finish_stage(self, *, skip_reason: str | None = None) -> None:
        """Finish the running stage; after hunt comes the burst of `finding_added`."""
        if self._stage is None:
            raise RuntimeError("no stage is running")
        stage, self._stage = self._stage, None
        self._journal.finish_stage(skip_reason)
        if stage == "hunt":
            self.burst()

    @_on_loop
    def run_until(self, stage: str) -> None:
        """Finish all stages before this one and start it."""
        for each in STAGES[self._reached + 1 : STAGES.index(stage) + 1]:
            if self._stage is not None:
                self.finish_stage()
            self.start_stage(each)

    @_on_loop
    def add_findings(self, /, count: int, severity: str = "high", **fields: object) -> None:
        """Store findings, without an event; see `finding_ids`.

        Args:
            count: how many.
            severity: any word.
            fields: of `NewFinding`, the same for all of them.
        """
        made: list[NewFinding] = []
        for number in range(self._made + 1, self._made + count + 1):
            ordinary: dict[str, Any] = {
                "source": "ai",
                "confidence": "medium",
                "title": f"Finding {number}",
                "fingerprint": f"{number:064x}",
                "file_path": f"src/module_{number}.py",
                "line_start": number,
            }
            made.append(NewFinding(**{**ordinary, **fields, "severity": severity}))
        self._made += count
        self._store(made)

    def _store(self, findings: list[NewFinding]) -> None:
        self.finding_ids += self._database.add_findings(self.id, self.repo_id, findings)

    @_on_loop
    def add_duplicates(self) -> None:
        """Store all findings again with new ids and the same fingerprints, as a retry does."""
        rows = [self._database.finding(finding_id) for finding_id in self.finding_ids]
        names = [field.name for field in dataclasses.fields(NewFinding)]
        self._store(
            [NewFinding(**{name: getattr(row, name) for name in names}) for row in rows if row]
        )

    @_on_loop
    def add_hazards(self) -> None:
        """Store findings whose texts and values are hard to show (§10 (8))."""
        self._store([one.finding for one in recorded_hazards()])

    @_on_loop
    def change_finding(self, /, finding_id: FindingId, **fields: object) -> None:
        """Overwrite fields of a finding, without an event, as Víðarr, Garmr and report do."""
        self._database.update_finding(finding_id, **fields)

    @_on_loop
    def burst(self) -> None:
        """Send `finding_added` for every finding of the scan, back to back (§3.6)."""
        self._journal.announce(self._journal.findings())

    @_on_loop
    def activity(self, /, title: str, status: str = "running", **fields: Any) -> None:
        """Append to the execution log, without an event.

        Args:
            title: what is shown.
            status: of the task.
            fields: of `steps.Activity`.
        """
        note = {"task_key": "task", **fields, "status": status, "title": title}
        self._journal.apply(Activity(**note))

    @_on_loop
    def fall_back(self, provider: str, detail: str | None = None) -> None:
        """Note that another AI provider took over; generation C reports it in `/live`."""
        key = "provider-fallback"
        self.activity(provider, "warning", detail=detail, event_type=FALLBACK_EVENT, task_key=key)

    @_on_loop
    def patch(self, finding_id: FindingId, diff: str) -> None:
        """Store a patch for a finding, without an event, as report does."""
        self._journal.patch(finding_id, diff)

    @_on_loop
    def answer(self, finding_id: FindingId, action: str, body: Json | None) -> None:
        """Prepare the response to an action: explain, verify, issue or remediate (§4.6)."""
        self._database.add_answers(finding_id, {action: body})

    @_on_loop
    def connect(self, source_type: str = "github") -> None:
        """Connect the repository to a code host, which issues and fix requests need."""
        fields = {"source_type": source_type, "oauth_connection_id": str(uuid4())}
        self._database.update(RepoRow, self.repo_id, **fields)

    @_on_loop
    def note(self, /, finding_id: FindingId, event_type: str, **fields: Any) -> None:
        """Write into the audit of a finding, as the server itself does."""
        self._database.add_finding_event(finding_id, None, event_type, **fields)

    @_on_loop
    def age(self, by: timedelta) -> None:
        """Move everything so far into the past: a scan that is stuck (§3.8)."""
        age_scan(self._database, self.id, by)

    @_on_loop
    def complete(self) -> None:
        """Finish what is left and end the scan well: `completed`, then `scan_complete`."""
        self.reach_completed()
        self.announce_completed()

    @_on_loop
    def reach_completed(self) -> None:
        """Set `completed` and stop in the window before `scan_complete` (§3.5)."""
        self.run_until("report")
        self.finish_stage()

    @_on_loop
    def announce_completed(self) -> None:
        """Write the counters and send `scan_complete`, which ends the streams.

        The channel stays, for those who subscribe late, until `end_streams`; a real run removes it
        5 s later (§3.7), as `end_streams_later` does.
        """
        self._journal.complete()
        self._journal.send_complete()

    @_on_loop
    def fail(self, error: str = "The model did not answer", *, is_stored: bool = True) -> None:
        """Fail in the running stage: `stage_update failed`, then `error`, which ends the streams.

        Args:
            error: what the events say.
            is_stored: whether the scan keeps it; else a later `error` says null (§3.4).
        """
        self._journal.fail_stage(error)
        if not is_stored:
            self._database.set_scan_status(self.id, "failed")

    @_on_loop
    def retry(self) -> None:
        """Start the next attempt under the same id (§3.8), also after a cancel."""
        self.revive()
        self.start_stage(STAGES[0])

    @_on_loop
    def fail_finally(self, error: str = "The model did not answer") -> None:
        """Report once more that it failed, as after the third attempt, whether cancelled or not.

        Of a queued scan it is what a worker reports that has no AI provider (§3.8).
        """
        self._database.set_scan_status(self.id, "failed", error)
        self._journal.send("error", error=error)

    @_on_loop
    def cancel(self, *, stage_first: bool = False) -> None:
        """Cancel as the API and the run do together (§3.8), in either order of their race."""
        self._database.set_scan_status(self.id, "cancelled", CANCEL_MESSAGE)
        if stage_first:
            self.answer_cancel()
        self._journal.send("status_change", status="cancelled")
        self._journal.send("error", error=CANCEL_MESSAGE)
        if not stage_first:
            self.answer_cancel()

    @_on_loop
    def answer_cancel(self) -> None:
        """Close the running stage as cancelled, after a cancel through the API."""
        self._journal.confirm_cancel()

    @_on_loop
    def ignore_cancel(self) -> None:
        """Write the running status over a cancel, as a run in another process does (§3.9)."""
        if self._stage is None:
            raise RuntimeError("no stage is running")
        self._database.set_scan_status(self.id, RUNNING_STATUS[self._stage])

    @_on_loop
    def revive(self) -> None:
        """Put a cancelled scan back into the queue, as a worker's retry may (§3.8)."""
        self._database.set_scan_status(self.id, "queued")
        self._stage, self._reached = None, -1

    @_on_loop
    def send(self, /, event_name: str, **fields: object) -> None:
        """Send any event: only the stream receives it."""
        self._journal.send(event_name, **fields)

    @_on_loop
    def lag(self, times: int = 1) -> None:
        """Send every subscriber notices of lag, though nothing was lost (§3.6)."""
        for subscription in self._broadcaster.subscriptions(self.id):
            subscription.owed_notices += times
            subscription.news.set()

    @_on_loop
    def end_streams(self) -> None:
        """Remove the channel: streams end, without a terminal event if none was sent (§3.7)."""
        self._broadcaster.close(self.id)

    @_on_loop
    def end_streams_later(self, delay_s: float = CHANNEL_LINGERS_S) -> None:
        """Remove the channel after a while: late subscribers until then get only an end (§3.7)."""
        self._broadcaster.close_later(self.id, delay_s)


STEPS = {name for name, value in vars(ScriptedScan).items() if hasattr(value, "__wrapped__")}
"""What `do` may say."""

_MISTAKES = (TypeError, ValueError, LookupError, ArithmeticError, RuntimeError, sqlite3.Error)


class StepRefused(ValueError):
    """The step is none, its arguments are wrong, or the scan is not where it could be taken."""


def take_step(scan: ScriptedScan, step: Mapping[str, Any]) -> None:
    """Take one step; to be called on the server's loop.

    Raises:
        StepRefused: nothing was done, or only a part where an argument broke it half-way.
    """
    name = step.get("do")
    if not isinstance(name, str) or name not in STEPS:
        raise StepRefused(f"do: {name!r} is none of {', '.join(sorted(STEPS))}")
    arguments = {key: value for key, value in step.items() if key != "do"}
    try:
        if "finding" in arguments:
            finding = arguments.pop("finding")
            arguments["finding_id"] = (
                scan.finding_ids[finding] if isinstance(finding, int) else str(finding)
            )
        if name == "age":
            arguments = {"by": timedelta(**arguments)}
        getattr(scan, name)(**arguments)
    except CancelSeen:
        raise StepRefused(f"{name}: the scan is cancelled; retry or revive it") from None
    except _MISTAKES as error:
        raise StepRefused(f"{name}: {type(error).__name__}: {error}") from error

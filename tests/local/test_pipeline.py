"""One attempt of a scan: rows and events, their order, burst, failure, cancel."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

import pytest

from heimdall_desktop.local import pipeline, steps
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import STAGES, ScanId, ScanRow
from tests.fakes import scans

AT_ONCE = steps.ReplayClock(0)


class Desk:
    """A queued scan, its journal, and where it writes to."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.broadcaster = scans.KeepingBroadcaster()
        self.scan = scans.queue_scan(database)
        self.journal = pipeline.Journal(database, self.broadcaster, self.scan)

    def row(self) -> ScanRow:
        return scans.scan_row(self.database, self.scan.id)

    async def run(self, plan: steps.Plan, number: int = 1) -> pipeline.Outcome:
        def never() -> None:
            pytest.fail("the plan doesn't cancel")

        journal = pipeline.Journal(self.database, self.broadcaster, self.scan)
        close_later = partial(self.broadcaster.close_later, self.scan.id)
        return await pipeline.Attempt(journal, AT_ONCE, close_later, never).run(plan, number)

    async def stop_in(self, plan: scans.StuckPlan, act: Callable[[], object] = int) -> None:
        """Run a plan until it is stuck, do something, and cancel the run."""
        run = asyncio.get_running_loop().create_task(self.run(plan))
        await plan.reached.wait()
        act()
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        assert run.cancelled()

    def delete_scan(self) -> None:
        self.database.execute("DELETE FROM repos WHERE id = ?", (self.scan.repo_id,))


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_an_uneventful_run_sends_the_contracts_order(desk: Desk) -> None:
    assert await desk.run(scans.WrittenPlan()) is pipeline.Outcome.COMPLETED
    expected: list[str] = []
    for stage in STAGES:
        expected += [
            f"stage_update {stage} running",
            f"status_change {pipeline.RUNNING_STATUS[stage]}",
        ]
        expected += [
            f"stage_update {stage} completed",
            f"status_change {pipeline.DONE_STATUS[stage]}",
        ]
    assert desk.broadcaster.names == [*expected, "scan_complete"]
    stored = desk.row()
    assert (stored.status, stored.error_message) == ("completed", None)
    assert stored.started_at
    assert stored.completed_at


async def test_every_event_comes_after_its_row(desk: Desk) -> None:
    seen: list[tuple[object, object]] = []

    class Witness(scans.KeepingBroadcaster):
        def send(self, scan_id: ScanId, event_name: str, data: Mapping[str, object]) -> None:
            stored = desk.database.scan(desk.scan.id)
            if event_name == "status_change":
                seen.append((data["status"], stored and stored.status))
            if event_name == "stage_update":
                seen.append(
                    (
                        data["status"],
                        desk.database.latest_stages(desk.scan.id)[str(data["stage"])].status,
                    )
                )

    desk.broadcaster = Witness()
    await desk.run(scans.WrittenPlan())
    assert seen
    assert all(reported == stored for reported, stored in seen)


async def test_progress_of_ingest_repeats_its_running_event(desk: Desk) -> None:
    notes = [steps.Activity("running", "index-build", f"{n} files") for n in range(3)]
    await desk.run(scans.WrittenPlan({"ingest": notes, "tyr": notes}))
    assert desk.broadcaster.names.count("stage_update ingest running") == 4
    assert desk.broadcaster.names.count("stage_update tyr running") == 1


async def test_findings_are_rows_at_once_and_events_only_after_hunt(desk: Desk) -> None:
    found = steps.Found(
        (
            scans.a_new_finding("low", severity="low"),
            scans.a_new_finding("top", severity="critical"),
        )
    )
    plan = scans.StuckPlan("taint_analysis", {"static_analysis": [found]})
    await desk.stop_in(plan)
    assert len(desk.database.findings_of(desk.scan.id)) == 2
    assert not {"finding_added", "error", "scan_complete"} & set(desk.broadcaster.names)
    assert desk.row().status == pipeline.RUNNING_STATUS["taint_analysis"]


def test_live_events_have_the_fields_of_the_contract_and_no_more(desk: Desk) -> None:
    def last_event() -> dict[str, object]:
        data = dict(desk.broadcaster.events[-1].data)
        assert str(data.pop("timestamp")).endswith("+00:00")
        assert data.pop("scan_id") == desk.scan.id
        return data

    desk.journal.start_stage("hunt")
    assert last_event() == {"status": "hunting"}
    desk.journal.send_stage("running")
    assert last_event() == {"stage": "hunt", "status": "running"}
    desk.journal.send_stage("failed", error="no answer")
    assert last_event() == {"stage": "hunt", "status": "failed", "error": "no answer"}
    desk.journal.complete()
    desk.journal.send_complete()
    counts = dict.fromkeys(("critical", "high", "medium", "low"), 0)
    assert last_event() == {"finding_count": 0, **counts}


async def test_the_burst_follows_hunted_in_list_order(desk: Desk) -> None:
    found = steps.Found(
        tuple(
            scans.a_new_finding(word, severity=word)
            for word in ("low", "weird", "critical", "high")
        )
    )
    await desk.run(scans.WrittenPlan({"static_analysis": [found]}))
    names = desk.broadcaster.names
    burst = names.index("status_change hunted") + 1
    assert names[burst : burst + 4] == ["finding_added"] * 4
    assert names[burst + 4] == "stage_update vidarr running"
    data = [event.data for event in desk.broadcaster.events if event.name == "finding_added"]
    assert [one["severity"] for one in data] == ["critical", "high", "low", "weird"]
    assert "timestamp" in desk.broadcaster.events[0].data


async def test_later_changes_are_written_without_events(desk: Desk) -> None:
    plan = scans.WrittenPlan(
        {
            "hunt": [
                steps.Found((scans.a_new_finding("one", agent_reasoning="First look."),)),
                steps.AgentCall("read_file", 12),
            ],
            "vidarr": [
                steps.Changed(
                    "one", {"status": "false_positive", "confidence": "low"}, "Not reachable."
                )
            ],
            "report": [
                steps.Activity("running", "patch", "Writing a patch", about="one"),
                steps.Patched("one", "--- a\n+++ b\n"),
            ],
        }
    )
    await desk.run(plan)
    finding = desk.database.findings_of(desk.scan.id)[0]
    assert (finding.status, finding.confidence) == ("false_positive", "low")
    assert finding.agent_reasoning == "First look.\n\n--- Víðarr Review ---\nNot reachable."
    assert finding.suggested_patch == "--- a\n+++ b\n"
    assert [patch.finding_id for patch in desk.database.patches_of_scan(desk.scan.id)] == [
        finding.id
    ]
    assert desk.database.newest_agent_calls(desk.scan.id, 5)[0].tool_name == "read_file"
    keys = [row.task_key for row in desk.database.newest_activity(desk.scan.id, 80)]
    assert f"patch-{finding.id}" in keys
    assert desk.broadcaster.names.count("finding_added") == 1


async def test_counters_are_written_and_sent(desk: Desk) -> None:
    found = steps.Found(
        (scans.a_new_finding("a", severity="critical"), scans.a_new_finding("b", severity="odd"))
    )
    await desk.run(scans.WrittenPlan({"ingest": [steps.CommitSeen("ab" * 20), found]}))
    stored = desk.row()
    assert (stored.finding_count, stored.critical_count, stored.low_count) == (2, 1, 0)
    assert stored.commit_sha == "ab" * 20
    last = desk.broadcaster.events[-1]
    assert (last.name, last.data["finding_count"], last.data["critical"]) == ("scan_complete", 2, 1)


async def test_a_skipped_stage_has_a_reason(desk: Desk) -> None:
    await desk.run(scans.WrittenPlan({"tyr": [steps.Skipped("No provider.")]}))
    assert desk.database.latest_stages(desk.scan.id)["tyr"].status == "skipped"
    rows = [
        row for row in desk.database.newest_activity(desk.scan.id, 80) if row.status == "skipped"
    ]
    assert [(row.stage, row.detail) for row in rows] == [("tyr", "No provider.")]
    assert "stage_update tyr skipped" in desk.broadcaster.names
    assert "status_change modeled" in desk.broadcaster.names


async def test_a_failure_ends_the_attempt(desk: Desk) -> None:
    plan = scans.WrittenPlan(
        {"tyr": [steps.Failure("model request failed"), steps.Found((scans.a_new_finding(),))]}
    )
    assert await desk.run(plan) is pipeline.Outcome.FAILED
    assert desk.broadcaster.names[-2:] == ["stage_update tyr failed", "error"]
    assert desk.broadcaster.events[-1].data["error"] == "model request failed"
    assert desk.broadcaster.events[-2].data["error"] == "model request failed"
    stored = desk.row()
    assert (stored.status, stored.error_message) == ("failed", "model request failed")
    assert stored.completed_at is None
    assert desk.database.latest_stages(desk.scan.id)["tyr"].error == "model request failed"
    assert desk.database.findings_of(desk.scan.id) == []


async def test_a_mistake_in_a_plan_fails_the_scan_without_its_text(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    plan = scans.WrittenPlan({"config_scan": [steps.Changed("nobody " + "knows", {})]})
    assert await desk.run(plan) is pipeline.Outcome.FAILED
    stored = desk.row()
    assert stored.error_message == "The stage broke down: KeyError."
    assert "nobody knows" not in caplog.text


async def test_a_retry_starts_over_under_the_same_id(desk: Desk) -> None:
    failing = scans.WrittenPlan(
        {"ingest": [steps.Found((scans.a_new_finding(),))], "hunt": [steps.Failure("cut off")]}
    )
    await desk.run(failing)
    fine = scans.WrittenPlan({"ingest": [steps.Found((scans.a_new_finding(),))]})
    await desk.run(fine, 2)
    findings = desk.database.findings_of(desk.scan.id)
    assert [finding.fingerprint for finding in findings] == ["f1", "f1"]
    assert desk.broadcaster.names.count("finding_added") == 2
    stored = desk.row()
    assert (stored.status, stored.error_message) == ("completed", None)
    starts = [
        r for r in desk.database.newest_activity(desk.scan.id, 80) if r.task_key == "scan-start"
    ]
    assert [start.detail for start in starts] == ["Attempt 2 under the same scan.", None]


async def test_a_cancel_closes_the_stage_and_keeps_the_cancelled_row(desk: Desk) -> None:
    cancel = partial(desk.database.set_scan_status, desk.scan.id, "cancelled", "by mira")
    await desk.stop_in(scans.StuckPlan("hunt"), cancel)
    assert desk.broadcaster.names[-2:] == ["stage_update hunt cancelled", "error"]
    stage = desk.database.latest_stages(desk.scan.id)["hunt"]
    assert (stage.status, stage.error, stage.completed_at) == ("cancelled", None, None)
    assert stage.moment == stage.started_at
    stored = desk.row()
    assert (stored.status, stored.error_message) == ("cancelled", "by mira")


async def test_a_cancel_in_the_row_is_not_overwritten(desk: Desk) -> None:

    def cancel() -> None:
        desk.database.set_scan_status(desk.scan.id, "cancelled", "by hand")

    outcome = await desk.run(scans.WrittenPlan({"tyr": [cancel]}))
    assert outcome is pipeline.Outcome.CANCELLED
    stored = desk.row()
    assert stored.status == "cancelled"
    assert desk.database.latest_stages(desk.scan.id)["tyr"].status == "cancelled"


async def test_the_last_line_of_the_log_comes_after_scan_complete(desk: Desk) -> None:
    newest: dict[str, str] = {}

    class Witness(scans.KeepingBroadcaster):
        def send(self, scan_id: ScanId, event_name: str, data: Mapping[str, object]) -> None:
            newest[event_name] = desk.database.newest_activity(scan_id, 1)[0].task_key
            stored = desk.row()
            assert (event_name == "scan_complete") <= (stored.completed_at is not None)

    desk.broadcaster = Witness()
    await desk.run(scans.WrittenPlan())
    assert newest["scan_complete"] == "stage-report"
    assert desk.database.newest_activity(desk.scan.id, 1)[0].task_key == "scan-finished"


async def test_the_running_stage_sends_its_end_after_the_scan_was_deleted(desk: Desk) -> None:
    found = steps.Found((scans.a_new_finding(),))
    plan = scans.WrittenPlan(
        {
            "ingest": [
                desk.delete_scan,
                steps.Activity("running", "clone", "Cloning"),
                found,
                steps.Changed("f1", {}),
            ]
        }
    )
    assert await desk.run(plan) is pipeline.Outcome.GONE
    assert desk.broadcaster.names == [
        "stage_update ingest running",
        "status_change ingesting",
        "stage_update ingest running",
        "stage_update ingest completed",
        "status_change ingested",
    ]


def test_a_threat_model_is_stored_without_an_event(desk: Desk) -> None:
    desk.journal.apply(steps.ThreatModelDrawn("A shop.", ({"name": "b"},), ({"name": "s"},), ()))
    stored = desk.database.newest_threat_model(desk.scan.id)
    assert stored
    assert (stored.summary, stored.boundaries_json) == ("A shop.", ({"name": "b"},))
    assert (stored.surfaces_json, stored.data_flows_json) == (({"name": "s"},), ())
    assert desk.broadcaster.events == []


def test_a_retry_overwrites_the_threat_model_in_place(desk: Desk) -> None:
    desk.journal.apply(steps.ThreatModelDrawn("A shop.", ({"name": "b"},), (), ()))
    before = desk.database.newest_threat_model(desk.scan.id)
    desk.journal.apply(steps.ThreatModelDrawn("Two shops.", (), (), ({"name": "f"},)))
    after = desk.database.newest_threat_model(desk.scan.id)
    assert before
    assert after
    assert (after.id, after.created_at) == (before.id, before.created_at)
    assert (after.summary, after.boundaries_json) == ("Two shops.", ())
    assert after.updated_at > before.updated_at


def test_a_divider_separates_reasoning_only_if_there_was_some(desk: Desk) -> None:
    desk.journal.apply(steps.Found((scans.a_new_finding("f"),)))
    desk.journal.apply(steps.Changed("f", {}, "First."))
    desk.journal.apply(steps.Changed("f", {}, "Second."))
    reasoning = desk.journal.findings()[0].agent_reasoning
    assert reasoning == "First.\n\n--- Víðarr Review ---\nSecond."


def test_nothing_overwrites_a_cancel(desk: Desk) -> None:
    desk.journal.start_stage("hunt")
    desk.database.set_scan_status(desk.scan.id, "cancelled", "by hand")
    assert desk.journal.is_cancelled()
    with pytest.raises(pipeline.CancelSeen):
        desk.journal.finish_stage()
    with pytest.raises(pipeline.CancelSeen):
        desk.journal.fail_stage("x")
    with pytest.raises(pipeline.CancelSeen):
        desk.journal.fail_finally("x")
    stored = scans.scan_row(desk.database, desk.scan.id)
    assert (stored.status, stored.error_message) == ("cancelled", "by hand")


def test_an_attempt_starts_with_a_log_line(desk: Desk) -> None:
    desk.journal.start_attempt(1)
    (line,) = desk.database.newest_activity(desk.scan.id, 9)
    stored = desk.database.scan(desk.scan.id)
    assert line.task_key == "scan-start"
    assert stored
    assert stored.started_at
    assert line.created_at <= stored.started_at


def test_a_cancel_between_stages_sends_the_error_alone(desk: Desk) -> None:
    desk.journal.confirm_cancel()
    assert desk.broadcaster.names == ["error"]

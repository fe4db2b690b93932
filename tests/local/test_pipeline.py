"""One attempt of a scan: rows and events, their order, burst, failure, cancel."""

import asyncio
from collections.abc import Mapping
from functools import partial

import pytest

from heimdall_desktop.local import pipeline, steps
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.rows import STAGES, ScanId, ScanRow
from tests.fakes import scans

AT_ONCE = steps.ReplayClock(0)


@pytest.fixture
def broadcaster() -> scans.KeepingBroadcaster:
    return scans.KeepingBroadcaster()


async def _run(
    database: Database, broadcaster: scans.KeepingBroadcaster, plan: steps.Plan, number: int = 1
) -> pipeline.Outcome:
    scan = database.live_scans()[0]
    return await _attempt(database, broadcaster, scan).run(plan, number)


def _attempt(
    database: Database, broadcaster: scans.KeepingBroadcaster, scan: ScanRow
) -> pipeline.Attempt:
    def never() -> None:
        pytest.fail("the plan doesn't cancel")

    journal = pipeline.Journal(database, broadcaster, scan)
    return pipeline.Attempt(journal, AT_ONCE, partial(broadcaster.close_later, scan.id), never)


async def test_an_uneventful_run_sends_the_contracts_order(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)
    assert await _run(database, broadcaster, scans.WrittenPlan()) is pipeline.Outcome.COMPLETED
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
    assert broadcaster.names == [*expected, "scan_complete"]
    stored = scans.scan_row(database, scan.id)
    assert (stored.status, stored.error_message) == ("completed", None)
    assert stored.started_at
    assert stored.completed_at


async def test_every_event_comes_after_its_row(database: Database) -> None:
    scan = scans.queue_scan(database)
    seen: list[tuple[object, object]] = []

    class Witness(scans.KeepingBroadcaster):
        def send(self, scan_id: ScanId, event_name: str, data: Mapping[str, object]) -> None:
            stored = database.scan(scan.id)
            if event_name == "status_change":
                seen.append((data["status"], stored and stored.status))
            if event_name == "stage_update":
                seen.append(
                    (data["status"], database.latest_stages(scan.id)[str(data["stage"])].status)
                )

    await _run(database, Witness(), scans.WrittenPlan())
    assert seen
    assert all(reported == stored for reported, stored in seen)


async def test_progress_of_ingest_repeats_its_running_event(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scans.queue_scan(database)
    notes = [steps.Activity("running", "index-build", f"{n} files") for n in range(3)]
    await _run(database, broadcaster, scans.WrittenPlan({"ingest": notes, "tyr": notes}))
    assert broadcaster.names.count("stage_update ingest running") == 4
    assert broadcaster.names.count("stage_update tyr running") == 1


async def test_findings_are_rows_at_once_and_events_only_after_hunt(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)
    found = steps.Found(
        (
            scans.a_new_finding("low", severity="low"),
            scans.a_new_finding("top", severity="critical"),
        )
    )
    plan = scans.StuckPlan("taint_analysis", {"static_analysis": [found]})
    run = asyncio.get_running_loop().create_task(_run(database, broadcaster, plan))
    await plan.reached.wait()
    assert len(database.findings_of(scan.id)) == 2
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    assert "finding_added" not in broadcaster.names


async def test_the_burst_follows_hunted_in_list_order(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scans.queue_scan(database)
    found = steps.Found(
        tuple(
            scans.a_new_finding(word, severity=word)
            for word in ("low", "weird", "critical", "high")
        )
    )
    await _run(database, broadcaster, scans.WrittenPlan({"static_analysis": [found]}))
    names = broadcaster.names
    burst = names.index("status_change hunted") + 1
    assert names[burst : burst + 4] == ["finding_added"] * 4
    assert names[burst + 4] == "stage_update vidarr running"
    data = [event.data for event in broadcaster.events if event.name == "finding_added"]
    assert [one["severity"] for one in data] == ["critical", "high", "low", "weird"]
    assert "timestamp" in broadcaster.events[0].data


async def test_later_changes_are_written_without_events(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)
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
    await _run(database, broadcaster, plan)
    finding = database.findings_of(scan.id)[0]
    assert (finding.status, finding.confidence) == ("false_positive", "low")
    assert finding.agent_reasoning == "First look.\n\n--- Víðarr Review ---\nNot reachable."
    assert finding.suggested_patch == "--- a\n+++ b\n"
    assert [patch.finding_id for patch in database.patches_of_scan(scan.id)] == [finding.id]
    assert database.newest_agent_calls(scan.id, 5)[0].tool_name == "read_file"
    keys = [row.task_key for row in database.newest_activity(scan.id, 80)]
    assert f"patch-{finding.id}" in keys
    assert broadcaster.names.count("finding_added") == 1


async def test_counters_are_written_and_sent(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)
    found = steps.Found(
        (scans.a_new_finding("a", severity="critical"), scans.a_new_finding("b", severity="odd"))
    )
    await _run(
        database, broadcaster, scans.WrittenPlan({"ingest": [steps.CommitSeen("ab" * 20), found]})
    )
    stored = scans.scan_row(database, scan.id)
    assert (stored.finding_count, stored.critical_count, stored.low_count) == (2, 1, 0)
    assert stored.commit_sha == "ab" * 20
    last = broadcaster.events[-1]
    assert (last.name, last.data["finding_count"], last.data["critical"]) == ("scan_complete", 2, 1)


async def test_a_skipped_stage_has_a_reason(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)
    await _run(database, broadcaster, scans.WrittenPlan({"tyr": [steps.Skipped("No provider.")]}))
    assert database.latest_stages(scan.id)["tyr"].status == "skipped"
    rows = [row for row in database.newest_activity(scan.id, 80) if row.status == "skipped"]
    assert [(row.stage, row.detail) for row in rows] == [("tyr", "No provider.")]
    assert "stage_update tyr skipped" in broadcaster.names
    assert "status_change modeled" in broadcaster.names


async def test_a_failure_ends_the_attempt(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)
    plan = scans.WrittenPlan(
        {"tyr": [steps.Failure("model request failed"), steps.Found((scans.a_new_finding(),))]}
    )
    assert await _run(database, broadcaster, plan) is pipeline.Outcome.FAILED
    assert broadcaster.names[-2:] == ["stage_update tyr failed", "error"]
    assert broadcaster.events[-1].data["error"] == "model request failed"
    assert broadcaster.events[-2].data["error"] == "model request failed"
    stored = scans.scan_row(database, scan.id)
    assert (stored.status, stored.error_message) == ("failed", "model request failed")
    assert stored.completed_at is None
    assert database.latest_stages(scan.id)["tyr"].error == "model request failed"
    assert database.findings_of(scan.id) == []


async def test_a_mistake_in_a_plan_fails_the_scan_without_its_text(
    database: Database, broadcaster: scans.KeepingBroadcaster, caplog: pytest.LogCaptureFixture
) -> None:
    scan = scans.queue_scan(database)
    plan = scans.WrittenPlan({"config_scan": [steps.Changed("nobody " + "knows", {})]})
    assert await _run(database, broadcaster, plan) is pipeline.Outcome.FAILED
    stored = scans.scan_row(database, scan.id)
    assert stored.error_message == "The stage broke down: KeyError."
    assert "nobody knows" not in caplog.text


async def test_a_retry_starts_over_under_the_same_id(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)
    row = scans.scan_row(database, scan.id)
    failing = scans.WrittenPlan(
        {"ingest": [steps.Found((scans.a_new_finding(),))], "hunt": [steps.Failure("cut off")]}
    )
    await _attempt(database, broadcaster, row).run(failing, 1)
    fine = scans.WrittenPlan({"ingest": [steps.Found((scans.a_new_finding(),))]})
    await _attempt(database, broadcaster, row).run(fine, 2)
    findings = database.findings_of(scan.id)
    assert [finding.fingerprint for finding in findings] == ["f1", "f1"]
    assert broadcaster.names.count("finding_added") == 2
    stored = scans.scan_row(database, scan.id)
    assert (stored.status, stored.error_message) == ("completed", None)
    starts = [r for r in database.newest_activity(scan.id, 80) if r.task_key == "scan-start"]
    assert [start.detail for start in starts] == ["Attempt 2 under the same scan.", None]


async def test_a_cancel_closes_the_stage_and_keeps_the_cancelled_row(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)
    plan = scans.StuckPlan("hunt")
    run = asyncio.get_running_loop().create_task(_run(database, broadcaster, plan))
    await plan.reached.wait()
    database.set_scan_status(scan.id, "cancelled", "Cancelled by mira.")
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    assert run.cancelled()
    assert broadcaster.names[-2:] == ["stage_update hunt cancelled", "error"]
    stage = database.latest_stages(scan.id)["hunt"]
    assert (stage.status, stage.error) == ("cancelled", None)
    stored = scans.scan_row(database, scan.id)
    assert (stored.status, stored.error_message) == ("cancelled", "Cancelled by mira.")


async def test_a_cancel_in_the_row_is_not_overwritten(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)

    def cancel() -> None:
        database.set_scan_status(scan.id, "cancelled", "by hand")

    outcome = await _run(database, broadcaster, scans.WrittenPlan({"tyr": [cancel]}))
    assert outcome is pipeline.Outcome.CANCELLED
    stored = scans.scan_row(database, scan.id)
    assert stored.status == "cancelled"
    assert database.latest_stages(scan.id)["tyr"].status == "cancelled"


async def test_stopping_the_server_changes_nothing(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)
    plan = scans.StuckPlan("hunt")
    run = asyncio.get_running_loop().create_task(_run(database, broadcaster, plan))
    await plan.reached.wait()
    events = len(broadcaster.events)
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    stored = scans.scan_row(database, scan.id)
    assert stored.status == "hunting"
    assert len(broadcaster.events) == events


async def test_the_last_line_of_the_log_comes_after_scan_complete(database: Database) -> None:
    scan = scans.queue_scan(database)
    newest: dict[str, str] = {}

    class Witness(scans.KeepingBroadcaster):
        def send(self, scan_id: ScanId, event_name: str, data: Mapping[str, object]) -> None:
            newest[event_name] = database.newest_activity(scan_id, 1)[0].task_key
            stored = scans.scan_row(database, scan_id)
            assert (event_name == "scan_complete") <= (stored.completed_at is not None)

    await _run(database, Witness(), scans.WrittenPlan())
    assert newest["scan_complete"] == "stage-report"
    assert database.newest_activity(scan.id, 1)[0].task_key == "scan-finished"


async def test_the_running_stage_sends_its_end_after_the_scan_was_deleted(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)

    def delete() -> None:
        database.execute("DELETE FROM repos WHERE id = ?", (scan.repo_id,))

    found = steps.Found((scans.a_new_finding(),))
    plan = scans.WrittenPlan(
        {
            "ingest": [
                delete,
                steps.Activity("running", "clone", "Cloning"),
                found,
                steps.Changed("f1", {}),
            ]
        }
    )
    assert await _run(database, broadcaster, plan) is pipeline.Outcome.GONE
    assert broadcaster.names == [
        "stage_update ingest running",
        "status_change ingesting",
        "stage_update ingest running",
        "stage_update ingest completed",
        "status_change ingested",
    ]


async def test_a_deleted_scan_ends_its_run_without_error(
    database: Database, broadcaster: scans.KeepingBroadcaster
) -> None:
    scan = scans.queue_scan(database)

    def delete() -> None:
        database.execute("DELETE FROM repos WHERE id = ?", (scan.repo_id,))

    plan = scans.WrittenPlan(
        {"hunt": [steps.Pause(1), delete, steps.Found((scans.a_new_finding(),))]}
    )
    assert await _run(database, broadcaster, plan) is pipeline.Outcome.GONE
    assert broadcaster.names[-2:] == ["stage_update hunt completed", "status_change hunted"]


class Desk:
    """A journal and where it writes to."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.broadcaster = scans.KeepingBroadcaster()
        self.scan: ScanRow = scans.queue_scan(database)
        self.journal = pipeline.Journal(database, self.broadcaster, self.scan)

    def last_event(self) -> dict[str, object]:
        data = dict(self.broadcaster.events[-1].data)
        assert str(data.pop("timestamp")).endswith("+00:00")
        assert data.pop("scan_id") == self.scan.id
        return data


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_live_events_have_the_fields_of_the_contract_and_no_more(desk: Desk) -> None:
    desk.journal.start_stage("hunt")
    assert desk.last_event() == {"status": "hunting"}
    desk.journal.send_stage("running")
    assert desk.last_event() == {"stage": "hunt", "status": "running"}
    desk.journal.send_stage("failed", error="no answer")
    assert desk.last_event() == {"stage": "hunt", "status": "failed", "error": "no answer"}
    desk.journal.complete()
    desk.journal.send_complete()
    assert desk.last_event() == {
        "finding_count": 0,
        "critical": 0,
        "high": 0,
        "medium": 0,
        "low": 0,
    }


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


def test_an_announcement_has_no_timestamp(desk: Desk) -> None:
    desk.journal.apply(steps.Found((scans.a_new_finding(title="T", severity="odd"),)))
    findings = desk.journal.findings()
    desk.journal.announce(findings)
    assert desk.broadcaster.events[-1].data == {
        "scan_id": desk.scan.id,
        "finding_id": findings[0].id,
        "title": "T",
        "severity": "odd",
    }


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


def test_a_cancelled_stage_has_no_end(desk: Desk) -> None:
    desk.journal.start_stage("hunt")
    desk.journal.confirm_cancel()
    stage = desk.database.latest_stages(desk.scan.id)["hunt"]
    assert (stage.status, stage.error, stage.completed_at) == ("cancelled", None, None)
    assert stage.moment == stage.started_at


def test_a_cancel_between_stages_sends_the_error_alone(desk: Desk) -> None:
    desk.journal.confirm_cancel()
    assert desk.broadcaster.names == ["error"]

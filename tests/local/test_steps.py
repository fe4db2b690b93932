"""The recorded scans: what is in them, and that they replay through the pipeline."""

import math
from collections import Counter

import pytest
from unidiff.patch import PatchSet

from heimdall_desktop.local.database import Database
from heimdall_desktop.local.pipeline import VIDARR_DIVIDER
from heimdall_desktop.local.rows import STAGES, FindingRow, ScanRow
from heimdall_desktop.local.steps import (
    NAMES,
    Failure,
    Found,
    Pause,
    Recording,
    ReplayClock,
    Stages,
    Step,
    recording,
)
from heimdall_desktop.local.worker import CANCEL_MESSAGE, Worker
from tests.fakes.scans import KeepingBroadcaster, queue_scan, scan_row
from tests.lab.recorded_hazards import MARKUP, NO_DIFF, recorded_hazards
from tests.lab.recordings import HUNT_FAILURE, SILENCE_S

RECORDING = Recording("two", "shop", ({"hunt": (Failure("cut off"),)}, {"hunt": (Pause(1),)}))


async def _steps(stage: str, attempt: int) -> list[Step]:
    return [step async for step in RECORDING.steps(stage, attempt)]


async def test_each_attempt_has_its_steps_and_the_last_one_repeats() -> None:
    assert await _steps("hunt", 1) == [Failure("cut off")]
    assert await _steps("hunt", 2) == [Pause(1)]
    assert await _steps("hunt", 3) == [Pause(1)]


async def test_a_stage_may_have_no_steps() -> None:
    assert await _steps("tyr", 1) == []


@pytest.mark.parametrize(
    ("speed", "real_s"), [(1.0, 10.0), (20.0, 0.5), (0.0, 0.0), (-1.0, 0.0), (math.inf, 0.0)]
)
def test_speed_shortens_recorded_time(speed: float, real_s: float) -> None:
    assert ReplayClock(speed).real_s(10) == real_s


async def test_waiting_as_fast_as_possible_returns() -> None:
    await ReplayClock(0).wait(3600)


async def _replay(
    database: Database, name: str, broadcaster: KeepingBroadcaster, speed: float = 0
) -> tuple[ScanRow, list[FindingRow]]:
    scan = queue_scan(database, f"recording:{name}")
    worker = Worker(database, broadcaster, pace=ReplayClock(speed))
    worker.enqueue(scan.id)
    await worker.idle()
    stored = scan_row(database, scan.id)
    return stored, database.findings_of(scan.id)


def _duration_s(attempt: Stages) -> float:
    steps = (step for stage in attempt.values() for step in stage)
    return sum(step.duration_s for step in steps if isinstance(step, Pause))


def test_the_ordinary_one_finds_300_with_24_critical_in_eight_minutes() -> None:
    (attempt,) = recording("ordinary").attempts
    findings = [
        (stage, finding)
        for stage in STAGES
        for step in attempt[stage]
        if isinstance(step, Found)
        for finding in step.findings
    ]
    assert len(findings) == 300
    assert sum(finding.severity == "critical" for _, finding in findings) == 24
    assert {finding.source for _, finding in findings} == {"ai", "static", "dependencies", "config"}
    assert len({finding.fingerprint for _, finding in findings}) == 300
    assert set(Counter(stage for stage, _ in findings)) == {
        "static_analysis",
        "taint_analysis",
        "config_scan",
        "hunt",
    }
    assert 450 < _duration_s(attempt) < 510


@pytest.mark.parametrize("name", sorted({*NAMES} - {"cancelled"}))
def test_every_stage_has_steps_and_takes_time(name: str) -> None:
    last = recording(name).attempts[-1]
    for stage in STAGES:
        assert any(isinstance(step, Pause) for step in last[stage])
        assert not any(isinstance(step, Failure) for step in last[stage])


async def test_the_ordinary_one_replays_to_its_end(database: Database) -> None:
    broadcaster = KeepingBroadcaster()
    scan, findings = await _replay(database, "ordinary", broadcaster)
    assert (scan.status, scan.finding_count, len(findings)) == ("completed", 300, 300)
    assert {row.status for row in database.latest_stages(scan.id).values()} == {"completed"}
    assert broadcaster.names.count("finding_added") == 300
    assert broadcaster.names[-1] == "scan_complete"

    announced = [event.data for event in broadcaster.events if event.name == "finding_added"]
    criticals = {event["finding_id"] for event in announced if event["severity"] == "critical"}
    assert len(criticals) == 24
    withdrawn = {finding.id for finding in findings if finding.status == "false_positive"}
    assert len(criticals & withdrawn) == 5
    assert len(withdrawn) > 15
    by_id = {finding.id: finding for finding in findings}
    assert any(by_id[str(event["finding_id"])].severity != event["severity"] for event in announced)  # type: ignore[index]


async def test_vidarr_garmr_and_report_change_findings(database: Database) -> None:
    scan, findings = await _replay(database, "ordinary", KeepingBroadcaster())
    for finding in findings:
        if finding.status == "false_positive":
            assert (finding.confidence, finding.poc_exploit_json) == ("low", None)
            assert finding.agent_reasoning
        has_divider = VIDARR_DIVIDER in (finding.agent_reasoning or "")
        assert not has_divider or finding.source == "ai", "only hunt has a text before"
    reviewed = [one.source for one in findings if one.agent_reasoning and one.source != "ai"]
    assert set(reviewed) == {"static", "dependencies", "config"}
    proved = [finding for finding in findings if finding.poc_exploit_json]
    verdicts = Counter(str((finding.poc_exploit_json or {})["verdict"]) for finding in proved)
    assert set(verdicts) == {"confirmed", "unconfirmed", "inconclusive"}
    assert sum(finding.poc_validated for finding in findings) == verdicts["confirmed"]
    patches = database.patches_of_scan(scan.id)
    assert len(patches) > 50
    suggested = {finding.id: finding.suggested_patch for finding in findings}
    for patch in patches:
        assert suggested[patch.finding_id] == patch.diff_content
        (file,) = PatchSet(patch.diff_content)
        assert file.path == patch.file_path


async def test_every_field_has_a_value_somewhere(database: Database) -> None:
    _, findings = await _replay(database, "ordinary", KeepingBroadcaster())
    never_set = {"cve_id"}
    for name in FindingRow.__slots__:
        if name not in never_set:
            assert any(getattr(finding, name) not in (None, "") for finding in findings), name
    assert not any("<<n" in repr(finding).lower() for finding in findings)
    assert any(f.line_end is not None and f.line_end < f.line_start for f in findings)


async def test_the_retried_one_fails_in_hunt_and_comes_back(database: Database) -> None:
    broadcaster = KeepingBroadcaster()
    scan, findings = await _replay(database, "retried", broadcaster, speed=math.inf)
    assert (scan.status, scan.error_message, len(findings)) == ("completed", None, 122)
    names = broadcaster.names
    assert names.count("stage_update hunt failed") == 1
    assert names.index("error") < names.index("scan_complete")
    error = broadcaster.events[names.index("error")]
    assert error.data["error"] == HUNT_FAILURE
    copies = Counter(finding.fingerprint for finding in findings)
    assert Counter(copies.values()) == {2: 58, 1: 6}
    assert names.count("finding_added") == 122
    starts = [r for r in database.newest_activity(scan.id, 10_000) if r.task_key == "scan-start"]
    assert len(starts) == 2


async def test_the_modelled_one_has_60_findings_some_of_them_in_its_surfaces(
    database: Database,
) -> None:
    scan, findings = await _replay(database, "modelled", KeepingBroadcaster())
    assert (scan.status, len(findings)) == ("completed", 60)
    model = database.newest_threat_model(scan.id)
    assert model
    assert model.surfaces_json
    assert {one["file"] for one in model.surfaces_json} <= {one.file_path for one in findings}


async def test_the_cancelled_one_ends_in_vidarr_and_keeps_its_findings(database: Database) -> None:
    broadcaster = KeepingBroadcaster()
    scan, findings = await _replay(database, "cancelled", broadcaster)
    assert (scan.status, scan.error_message, scan.completed_at) == (
        "cancelled",
        CANCEL_MESSAGE,
        None,
    )
    assert broadcaster.names[-4:] == [
        "status_change cancelled",
        "error",
        "stage_update vidarr cancelled",
        "error",
    ]
    stages = database.latest_stages(scan.id)
    assert [stages[stage].status for stage in stages] == ["completed"] * 6 + ["cancelled"]
    assert len(findings) == 128
    challenged = [one for one in findings if VIDARR_DIVIDER in (one.agent_reasoning or "")]
    assert 10 < len(challenged) < 45


def test_the_quiet_one_is_silent_for_minutes_during_its_hunt() -> None:
    (attempt,) = recording("quiet").attempts
    hunt = attempt["hunt"]
    (silence,) = [n for n, step in enumerate(hunt) if step == Pause(SILENCE_S)]
    assert SILENCE_S >= 180
    for steps in (hunt[:silence], hunt[silence:]):
        assert sum(isinstance(step, Found) for step in steps) > 10


async def test_the_quiet_one_completes(database: Database) -> None:
    scan, findings = await _replay(database, "quiet", KeepingBroadcaster(), speed=math.inf)
    assert (scan.status, len(findings)) == ("completed", 128)


async def test_the_hostile_one_passes_the_database_unchanged(database: Database) -> None:
    scan, findings = await _replay(database, "hostile", KeepingBroadcaster())
    assert scan.status == "completed"
    stored = {one.fingerprint: one for one in findings}
    hazards = [one.finding for one in recorded_hazards()]
    assert len(stored) == len(hazards)
    for hazard in hazards:
        row = stored[hazard.fingerprint]
        assert (row.title, row.file_path) == (hazard.title, hazard.file_path)
        assert (row.code_snippet, row.cwe_id) == (hazard.code_snippet, hazard.cwe_id)
        assert row.references_json == hazard.references_json
    titles = {row.title for row in database.newest_activity(scan.id, 10_000)}
    assert f"Investigating {MARKUP}" in titles
    assert NO_DIFF in {patch.diff_content for patch in database.patches_of_scan(scan.id)}


async def test_an_unknown_recording_fails_with_the_names_of_the_others(database: Database) -> None:
    scan, _ = await _replay(database, "unheard", KeepingBroadcaster())
    assert scan.status == "failed"
    assert "ordinary, retried" in (scan.error_message or "")


@pytest.mark.parametrize("name", ["retried", "cancelled", "hostile"])
async def test_two_replays_are_alike(database: Database, name: str) -> None:
    first = await _replay(database, name, KeepingBroadcaster())
    second = await _replay(database, name, KeepingBroadcaster())

    def content(findings: list[FindingRow]) -> Counter[tuple[object, ...]]:
        return Counter((f.fingerprint, f.severity, f.status, f.suggested_patch) for f in findings)

    assert content(first[1]) == content(second[1])


async def test_prepared_answers_are_replayed_with_the_finding(database: Database) -> None:
    _, findings = await _replay(database, "modelled", KeepingBroadcaster())
    found = [finding for finding in findings if finding.source == "ai"]
    reported = [database.answer(finding.id, "explain") for finding in found]
    assert len([answer for answer in reported if answer]) > 10
    for finding, answer in zip(found, reported, strict=True):
        if answer is not None:
            assert answer.body_json is not None
            assert answer.body_json["summary"] == finding.description

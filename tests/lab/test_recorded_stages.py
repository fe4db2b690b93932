"""The stages of a recorded run."""

from heimdall_desktop.local.rows import STAGES
from heimdall_desktop.local.steps import Activity, AgentCall, Found, Step, ThreatModelDrawn
from tests.lab.recorded_findings import recorded_findings
from tests.lab.recorded_stages import RecordedRun

FINDINGS = recorded_findings(most_copies=1)


def _found(steps: tuple[Step, ...]) -> list[int]:
    return [len(step.findings) for step in steps if isinstance(step, Found)]


def test_all_stages_are_written_in_order_and_alike_every_time() -> None:
    stages = RecordedRun(FINDINGS, 1, "x").stages()
    assert tuple(stages) == STAGES
    assert stages == RecordedRun(FINDINGS, 1, "x").stages()
    assert stages != RecordedRun(FINDINGS, 1, "y").stages()


def test_hunt_finds_one_by_one_and_says_what_it_looks_at() -> None:
    hunt = RecordedRun(FINDINGS, 1, "x").stages()["hunt"]
    assert _found(hunt) == [1] * 18
    notes = [step for step in hunt if isinstance(step, Activity)]
    assert all(note.task_key.startswith("surface-") for note in notes)
    assert any(isinstance(step, AgentCall) for step in hunt)


def test_a_hunt_can_be_cut_short() -> None:
    assert _found(tuple(RecordedRun(FINDINGS, 1, "x").hunt(3))) == [1, 1, 1]


def test_tyr_draws_what_it_says() -> None:
    tyr = RecordedRun(FINDINGS, 1, "x").stages()["tyr"]
    (drawn,) = [step for step in tyr if isinstance(step, ThreatModelDrawn)]
    last = tyr[-1]
    assert isinstance(last, Activity)
    assert last.detail == f"{len(drawn.surfaces)} surfaces, {len(drawn.boundaries)} boundaries"


def test_every_task_ends_after_it_began() -> None:
    for steps in RecordedRun(FINDINGS, 1, "x").stages().values():
        running: set[tuple[str, str | None]] = set()
        for step in steps:
            if isinstance(step, Activity) and step.status == "running":
                running.add((step.task_key, step.about))
            elif isinstance(step, Activity):
                running.discard((step.task_key, step.about))
        assert not running

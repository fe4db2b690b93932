"""Steps of a scan as JSON."""

from typing import Any

import pytest

from tests.lab.scripting import STEPS, ScriptedScan, StepRefused, take_step
from tests.lab.server import LabServer

_QUERIES = {"id", "repo_id", "finding_ids"}


def test_every_method_of_a_script_is_a_step() -> None:
    methods = {name for name in vars(ScriptedScan) if not name.startswith("_")}
    assert methods - _QUERIES == STEPS


def test_steps_move_the_scan(server: LabServer, scan: ScriptedScan) -> None:
    for step in (
        {"do": "run_until", "stage": "hunt"},
        {"do": "add_findings", "count": 3, "severity": "critical", "cwe_id": "CWE-89"},
        {"do": "change_finding", "finding": -1, "severity": "low"},
        {"do": "change_finding", "finding": scan.id, "severity": "low"},
        {"do": "patch", "finding": 0, "diff": "--- a"},
        {"do": "age", "hours": 1},
        {"do": "fail", "error": "no model"},
    ):
        if step.get("finding") == scan.id:
            with pytest.raises(StepRefused, match="change_finding: RowGone"):
                take_step(scan, step)
        else:
            take_step(scan, step)
    rows = [server.database.finding(finding_id) for finding_id in scan.finding_ids]
    assert [row.severity for row in rows if row] == ["critical", "critical", "low"]
    assert rows[0]
    assert rows[0].suggested_patch == "--- a"
    row = server.database.scan(scan.id)
    assert row
    assert (row.status, row.error_message) == ("failed", "no model")


def test_a_finding_may_be_named_by_its_id(server: LabServer, scan: ScriptedScan) -> None:
    (finding_id,) = scan.add_findings(1).finding_ids
    take_step(scan, {"do": "change_finding", "finding": finding_id, "status": "fixed"})
    row = server.database.finding(finding_id)
    assert row
    assert row.status == "fixed"


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"do": None},
        {"do": ["fail"]},
        {"do": "delete_everything"},
        {"do": "_start", "stage": "ingest"},
        {"do": "id"},
        {"do": "start_stage"},
        {"do": "start_stage", "stage": "lunch"},
        {"do": "run_until", "stage": 7},
        {"do": "finish_stage"},
        {"do": "add_findings", "count": "many"},
        {"do": "add_findings", "count": 1, "colour": "red"},
        {"do": "add_findings", "count": 1, "title": None},
        {"do": "change_finding", "finding": 99, "severity": "low"},
        {"do": "change_finding", "severity": "low"},
        {"do": "age", "hours": 1e300},
        {"do": "age", "fortnights": 1},
    ],
)
def test_what_makes_no_sense_is_refused(scan: ScriptedScan, step: dict[str, Any]) -> None:
    with pytest.raises(StepRefused):
        take_step(scan, step)


def test_a_cancelled_scan_says_how_it_moves_again(scan: ScriptedScan) -> None:
    take_step(scan, {"do": "run_until", "stage": "hunt"})
    take_step(scan, {"do": "cancel", "stage_first": True})
    with pytest.raises(StepRefused, match="retry or revive"):
        take_step(scan, {"do": "finish_stage"})
    take_step(scan, {"do": "retry"})
    take_step(scan, {"do": "complete"})

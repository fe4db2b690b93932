"""An unattended comparison: which status it ends with, why, and what it prints."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from heimdall_desktop.application.runs.unattended import Exit, UnattendedComparison
from heimdall_desktop.domain.facts.finding import (
    Finding,
    FindingStatus,
    RepoId,
    ScanId,
    Severity,
)
from heimdall_desktop.domain.facts.observation import Connection, Counts, ScanRead
from tests.application.runs.test_unattended import FIRST, SECOND, Run, streamed
from tests.fakes.board_scans import leave_unlooked
from tests.fakes.findings import REPO_ID, finding_id, make_finding

AT = datetime(2026, 7, 4, tzinfo=UTC)


class Comparing(Run):
    """A comparison of two scans of one repository."""

    def __init__(self, timeout_s: float | None = None) -> None:
        super().__init__(timeout_s, kind=UnattendedComparison)

    def end(
        self,
        scan_id: ScanId,
        status: str = "completed",
        error: str | None = None,
        repo_id: RepoId = REPO_ID,
    ) -> None:
        self.now_s += 1
        read = ScanRead(scan_id, self.now_s, repo_id, status, None, error, AT, AT, AT, AT)
        self.store.observe(read)
        super().end(scan_id, status, error)

    def read_both(self, before: list[Finding], after: list[Finding]) -> None:
        for scan_id, rows in ((FIRST, before), (SECOND, after)):
            self.end(scan_id)
            self.read(scan_id, *rows)

    @property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.unattended.answer())
        return told


def old(number: int, **fields: Any) -> Finding:
    return make_finding(number, scan_id=FIRST, **fields)


def new(number: int, **fields: Any) -> Finding:
    """Return a finding of the later scan, which has the fingerprint of the number."""
    fingerprint = f"{number:064x}"
    return make_finding(100 + number, **{"scan_id": SECOND, "fingerprint": fingerprint} | fields)


@pytest.fixture
def run() -> Comparing:
    return Comparing()


def test_nothing_is_printed_before_both_have_ended(run: Comparing) -> None:
    run.end(FIRST)
    assert (run.status(), run.unattended.answer()) == (None, "")


def test_0_nothing_new_is_critical_or_high(run: Comparing) -> None:
    run.read_both([old(1), old(2)], [new(1), new(3, severity=Severity.MEDIUM, title="Other")])
    assert run.unattended.verdict() == (Exit.DONE, "")
    told = run.told
    assert list(told) == ["a", "b", "new", "fixed", "changed", "still"]
    assert (told["a"]["id"], told["b"]["id"]) == (FIRST, SECOND)
    assert told["b"]["findings"]["total"] == 2
    assert told["new"] == [
        {
            "id": finding_id(103),
            "fingerprint": f"{3:064x}",
            "severity_before": None,
            "severity_after": "medium",
            "verdict_before": None,
            "verdict_after": "unverified",
            "moved": False,
            "paired_by": None,
        }
    ]
    assert [row["id"] for row in told["fixed"]] == [finding_id(2)]
    assert [(row["id"], row["paired_by"]) for row in told["still"]] == [
        (finding_id(101), "fingerprint")
    ]


def test_1_something_new_is_critical_or_high(run: Comparing) -> None:
    run.read_both([], [new(1), new(2, severity=Severity.CRITICAL)])
    assert run.status() is Exit.WORSE
    assert run.line() == "2 findings are newly critical or high."


def test_1_a_rise_to_high_counts_as_new(run: Comparing) -> None:
    run.read_both([old(1, severity=Severity.MEDIUM)], [new(1, line_start=3)])
    assert run.status() is Exit.WORSE
    [row] = run.told["changed"]
    assert (row["severity_before"], row["severity_after"]) == ("medium", "high")
    assert row["moved"]


def test_0_what_is_withdrawn_alarms_no_script(run: Comparing) -> None:
    run.read_both([], [new(1, status=FindingStatus.DISMISSED)])
    assert run.status() is Exit.DONE
    assert [row["verdict_after"] for row in run.told["new"]] == ["withdrawn"]


def test_6_one_was_not_read_whole(run: Comparing) -> None:
    run.read_both([], [])
    run.now_s += 1
    run.read(FIRST, old(1), total=4)
    assert run.status() is Exit.NOT_ALL_SEEN
    assert "couldn't be loaded" in run.line()
    assert len(run.told["fixed"]) == 1


def test_6_a_file_was_not_looked_at(run: Comparing) -> None:
    run.read_both([], [])
    scan = run.store.scan(FIRST)
    assert scan is not None
    leave_unlooked(scan, 1)
    assert run.status() is Exit.NOT_ALL_SEEN


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_6_one_did_not_complete_so_that_what_it_lacks_may_be_there(
    run: Comparing, status: str
) -> None:
    run.read_both([old(1)], [])
    run.end(SECOND, status)
    assert run.status() is Exit.NOT_ALL_SEEN
    assert "didn't complete. The comparison uses its partial results." in run.line()


def test_1_is_said_in_place_of_6(run: Comparing) -> None:
    run.read_both([], [new(1)])
    run.end(FIRST, "failed")
    assert run.status() is Exit.WORSE


def test_2_scans_of_different_repositories(run: Comparing) -> None:
    run.end(FIRST)
    run.end(SECOND, repo_id=RepoId("another"))
    assert run.status() is Exit.ARGUMENTS
    assert "different repositories" in run.line()
    assert run.unattended.answer() == ""


def test_2_a_server_that_only_announces(run: Comparing) -> None:
    run.end(FIRST)
    streamed(run, SECOND, Counts())
    assert run.status() is Exit.ARGUMENTS
    assert "announces findings but doesn't list them" in run.line()
    assert run.unattended.answer() == ""


@pytest.mark.parametrize(
    ("connection", "status"),
    [(Connection.SIGNED_OUT, Exit.NO_SERVER), (Connection.GONE, Exit.NOT_VISIBLE)],
    ids=["3", "4"],
)
def test_3_and_4_one_of_them_cannot_be_read(
    run: Comparing, connection: Connection, status: Exit
) -> None:
    run.end(FIRST)
    run.hear(SECOND, connection)
    assert run.status() is status
    assert run.unattended.answer() == ""


def test_5_a_failure_before_the_time_is_over_is_no_result(run: Comparing) -> None:
    run = Comparing(timeout_s=60)
    run.end(FIRST, "failed")
    run.now_s = 1060.0
    assert run.status() is Exit.TIMEOUT
    assert run.unattended.answer() == ""


def test_one_scan_named_twice_has_not_changed() -> None:
    run = Comparing()
    run.read_both([], [])
    run.read(FIRST, old(1))
    itself = UnattendedComparison(
        run.store,
        [FIRST],
        run.unattended._limits,
        answered_at_s=lambda _server: None,
        clock=lambda: run.now_s,
    )
    verdict = itself.verdict()
    assert verdict == (Exit.DONE, "")
    assert [len(json.loads(itself.answer())[kind]) for kind in ("new", "still")] == [0, 1]

"""A scripted scan tells the store what a server would have told."""

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.facts.observation import Connection
from heimdall_desktop.domain.facts.stage import StageState
from tests.lab.scan_script import MISSING_ROWS, ScanScript, ScriptedTime


def test_stages_run_in_order() -> None:
    store = Store()
    scan = ScanScript(store, ScriptedTime(), "payments-api").run((30, 60), 20).scan
    states = [stage.state for stage in scan.stages[:4]]
    assert states == [StageState.COMPLETED] * 2 + [StageState.RUNNING, StageState.PENDING]
    assert list(store) == [scan]


def test_findings_are_listed_whole_or_not() -> None:
    scripted = ScanScript(Store(), ScriptedTime(), "payments-api").find(1, 2, 0, 3, 1)
    counted = [finding.severity for finding in scripted.scan.findings.values()]
    assert [counted.count(severity) for severity in Severity] == [1, 2, 0, 3, 1]
    assert scripted.scan.sync_status.is_whole
    scripted.find(1, is_whole=False)
    assert scripted.scan.sync_status.total == 8 + MISSING_ROWS


def test_ages_are_told_by_the_clock_of_the_script() -> None:
    time = ScriptedTime()
    scripted = ScanScript(Store(), time, "payments-api").hear(Connection.STALE, 60).age(90)
    seen = scripted.scan.connection
    assert seen is not None
    assert time.clock() - seen.since_s == 60
    before = time.now()
    time.pass_s(10)
    assert (time.now() - before).total_seconds() == 10
    assert scripted.scan.last_answer_at_s == time.clock() - 100


def test_what_is_old_was_also_listed_so_long_ago() -> None:
    scripted = ScanScript(Store(), ScriptedTime(), "payments-api").find(1).age(90)
    assert scripted.scan.sync_status.checked_at_s == scripted.time.clock() - 90

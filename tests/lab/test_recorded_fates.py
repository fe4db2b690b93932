"""What later stages make of recorded findings."""

import random

from tests.lab.recorded_findings import recorded_findings
from tests.lab.recorded_stages import Verdict, exploits, fates


def test_all_of_hunt_and_taint_and_whatever_is_grave_is_examined() -> None:
    findings = recorded_findings()
    examined = {fate.recorded.finding.fingerprint for fate in fates(findings, random.Random(1))}
    expected = {
        one.finding.fingerprint
        for one in findings
        if one.stage in {"hunt", "taint_analysis"} or one.finding.severity in {"critical", "high"}
    }
    assert examined == expected


def test_verdicts_change_what_the_contract_says() -> None:
    for fate in fates(recorded_findings(), random.Random(2)):
        if fate.verdict is Verdict.WITHDRAWN:
            assert fate.changes == {"status": "false_positive", "confidence": "low"}
        elif fate.verdict is Verdict.UNDECIDED:
            assert fate.changes == {}
        else:
            assert fate.changes["confidence"] == "high"
        assert fate.reasoning


def test_withdrawn_findings_are_not_exploited() -> None:
    decided = fates(recorded_findings(), random.Random(3))
    withdrawn = {f.recorded.finding.fingerprint for f in decided if f.verdict is Verdict.WITHDRAWN}
    proved = list(exploits(decided))
    assert proved
    assert not withdrawn & {exploit.recorded.finding.fingerprint for exploit in proved}
    for exploit in proved:
        assert exploit.is_confirmed is (exploit.result["exit_code"] == 0)

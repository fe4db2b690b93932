"""The recordings of the demo: made of the catalogue, step by step."""

import random
import unicodedata
from collections.abc import Callable

import pytest

from heimdall_desktop.local.rows import FINDING_STATUSES, SEVERITIES, STAGES
from heimdall_desktop.local.steps import (
    NAMES,
    Activity,
    AgentCall,
    Found,
    Step,
    ThreatModelDrawn,
    read_recording,
    recording,
)
from tests.lab.recorded_findings import (
    Recorded,
    read_cases,
    read_packages,
    recorded_findings,
    with_noun,
)
from tests.lab.recorded_hazards import (
    LONG_LINE_BYTES,
    LONG_TITLE_BYTES,
    recorded_hazards,
)
from tests.lab.recorded_stages import RecordedRun, Verdict, exploits, fates, recorded_threat_model
from tests.lab.recordings import PLACE, made, text_of

FINDINGS = recorded_findings(most_copies=1)
HAZARDS = recorded_hazards()
Property = Callable[[Recorded], bool]


def test_there_is_a_file_for_each_and_no_other() -> None:
    assert {file.name for file in PLACE.iterdir()} == {f"{name}.jsonl" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_up_to_date(name: str) -> None:
    assert (PLACE / f"{name}.jsonl").read_text("utf-8") == text_of(made(name))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_what_was_made(name: str) -> None:
    assert recording(name) == made(name)


def test_a_text_that_repeats_itself_is_short_and_comes_back_whole() -> None:
    longest = max(len(line) for line in (PLACE / "hostile.jsonl").read_text("utf-8").splitlines())
    assert longest < 10_000
    line = '{"failure": {"reason": {"before": "<", "again": "ab", "times": 3, "after": ">"}}}'
    text = f'{{"repository": "shop"}}\n{{"attempt": 1, "stage": "hunt"}}\n{line}\n'
    ((failure,),) = (each["hunt"] for each in read_recording("x", text).attempts)
    assert failure.reason == "<ababab>"  # type: ignore[union-attr]


def test_the_catalogue_makes_the_same_findings_every_time() -> None:
    assert recorded_findings() == recorded_findings()


def test_copies_and_packages_can_be_limited() -> None:
    few = recorded_findings(most_copies=1, most_packages=2)
    cases = sum(len(read_cases(name)) for name in ("ai", "static", "config"))
    assert len(few) == cases + 2


def test_other_nouns_make_another_repository_of_the_same_size() -> None:
    paths, others = (
        [one.finding.file_path for one in recorded_findings(most_copies=1, first_noun=first)]
        for first in (0, 4)
    )
    assert len(paths) == len(others)
    assert sum(map(str.__eq__, paths, others)) < len(paths) / 2


def test_the_words_of_a_case_are_those_of_the_contract() -> None:
    for recorded in recorded_findings():
        finding = recorded.finding
        assert finding.fix_type in {
            "code_change",
            "dependency_upgrade",
            "config_change",
            "manual_review",
        }
        assert finding.confidence in {"high", "medium", "low"}
        assert finding.references_json
        assert finding.description
        if finding.source == "dependencies":
            coordinates = finding.manifest_coordinates_json or {}
            assert str(coordinates["advisory_id"]) in finding.title
            assert bool(coordinates["fixed_versions"]) is (finding.fix_type != "manual_review")


def test_a_diff_starts_at_the_line_of_its_finding() -> None:
    recorded = next(one for one in recorded_findings() if one.diff and one.stage == "hunt")
    assert recorded.diff
    assert f"@@ -{recorded.finding.line_start}," in recorded.diff
    assert recorded.diff.startswith(f"--- a/{recorded.finding.file_path}\n+++ b/")
    assert recorded.diff.endswith("\n")


def test_nouns_are_inserted() -> None:
    assert with_noun("\n<<Noun>>s, <<nouns>>, <<noun>>\n", "order") == "Orders, orders, order"
    assert {package.ecosystem for package in read_packages()} == {"npm", "PyPI", "Go"}


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


def test_tyr_reports_the_size_of_its_model() -> None:
    tyr = RecordedRun(FINDINGS, 1, "x").stages()["tyr"]
    (drawn,) = [step for step in tyr if isinstance(step, ThreatModelDrawn)]
    last = tyr[-1]
    assert isinstance(last, Activity)
    assert last.detail == f"{len(drawn.surfaces)} surfaces, {len(drawn.boundaries)} boundaries"


def test_every_started_task_ends() -> None:
    for steps in RecordedRun(FINDINGS, 1, "x").stages().values():
        running: set[tuple[str, str | None]] = set()
        for step in steps:
            if isinstance(step, Activity) and step.status == "running":
                running.add((step.task_key, step.about))
            elif isinstance(step, Activity):
                running.discard((step.task_key, step.about))
        assert not running


def test_hunt_taint_and_severe_findings_are_examined() -> None:
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


def test_the_elements_have_the_keys_that_tyr_generates() -> None:
    drawn = recorded_threat_model(recorded_findings(most_copies=1))
    assert drawn.summary
    for elements, keys in (
        (drawn.boundaries, ["name", "description", "from_zone", "to_zone"]),
        (
            drawn.surfaces,
            ["name", "description", "endpoint", "file", "line", "risk_level"],
        ),
        (drawn.data_flows, ["name", "description", "source", "sink", "sensitive_data"]),
    ):
        assert 6 <= len(elements) <= 10
        assert [list(element) for element in elements] == [keys] * len(elements)
        assert all(element["name"] and element["description"] for element in elements)


def test_every_surface_is_where_a_finding_of_the_hunt_will_be() -> None:
    for findings in (recorded_findings(), recorded_findings(most_copies=1, first_noun=4)):
        drawn = recorded_threat_model(findings)
        places = {
            (one.finding.file_path, one.finding.line_start, one.task)
            for one in findings
            if one.stage == "hunt"
        }
        surfaces = [(one["file"], one["line"], one["name"]) for one in drawn.surfaces]
        assert set(surfaces) <= places
        assert len({name for _, _, name in surfaces}) == len(surfaces)
        assert "<<" not in repr(drawn)


def test_without_exposed_findings_there_are_no_surfaces() -> None:
    assert recorded_threat_model(()).surfaces == ()


def test_they_are_few_and_always_the_same() -> None:
    assert 15 <= len(HAZARDS) <= 25
    assert recorded_hazards() == HAZARDS
    assert len({one.finding.fingerprint for one in HAZARDS}) == len(HAZARDS)


@pytest.mark.parametrize(
    "has_it",
    [
        lambda one: "\u2028" in one.finding.title,
        lambda one: "\x85" in one.finding.title,
        lambda one: any(unicodedata.category(sign) == "So" for sign in one.finding.title),
        lambda one: "\u202e" in one.finding.title,
        lambda one: "<img src=x" in one.finding.title,
        lambda one: "\x1b[" in one.finding.title,
        lambda one: "\n" in one.finding.title,
        lambda one: len(one.finding.title) >= LONG_TITLE_BYTES,
        lambda one: not one.finding.title.strip(),
        lambda one: _longest_line(one.finding.code_snippet) >= LONG_LINE_BYTES,
        lambda one: one.finding.file_path == "",
        lambda one: ".." in one.finding.file_path,
        lambda one: one.finding.severity not in SEVERITIES,
        lambda one: one.finding.status not in FINDING_STATUSES,
        lambda one: one.finding.source not in {"ai", "static", "dependencies", "config"},
        lambda one: (one.finding.line_end or 0) < one.finding.line_start,
        lambda one: bool(one.diff) and "@@" not in (one.diff or ""),
        lambda one: (one.finding.cwe_id or "").startswith("CWE-89: "),
        lambda one: "see the wiki" in (one.finding.references_json or ()),
        lambda one: "javascript:alert(document.cookie)" in (one.finding.references_json or ()),
        lambda one: "<img src=x" in one.task and one.stage == "hunt",
        lambda one: "\x1b[" in one.task and one.stage == "hunt",
    ],
)
def test_some_hazard_has_the_property(has_it: Property) -> None:
    assert any(map(has_it, HAZARDS))


def _longest_line(text: str | None) -> int:
    return max(map(len, (text or "").split("\n")))

"""The recordings of the demo: made of the catalogue, step by step."""

import unicodedata
from collections.abc import Callable

import pytest

from heimdall_desktop.local.rows import FINDING_STATUSES, SEVERITIES
from heimdall_desktop.local.steps import NAMES, Activity, read_recording, recording
from tests.lab.recorded_findings import Recorded, recorded_findings
from tests.lab.recorded_hazards import LONG_LINE_BYTES, LONG_TITLE_BYTES, recorded_hazards
from tests.lab.recorded_stages import RecordedRun, recorded_threat_model
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


def test_every_started_task_ends() -> None:
    for steps in RecordedRun(FINDINGS, 1, "x").stages().values():
        running: set[tuple[str, str | None]] = set()
        for step in steps:
            if isinstance(step, Activity) and step.status == "running":
                running.add((step.task_key, step.about))
            elif isinstance(step, Activity):
                running.discard((step.task_key, step.about))
        assert not running


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

"""Flow steps: the ends of a taint finding, the places a description lists, and nothing else."""

from typing import Any

import pytest

from heimdall_desktop.presentation.detail.flow import FlowRole, FlowStep, flow_steps
from tests.fakes.findings import make_finding

LISTED = """The way:

1. `shop/routes.py:31` reads `q`
2) shop/search.py:71-73: passes it on
- and nothing here
* It ends in `shop/api/orders.py:88`.
"""


def taint(**fields: Any) -> tuple[FlowStep, ...]:
    ordinary: dict[str, Any] = {
        "title": "Taint flow: UserInput \u2192 Command in tools/run.py",
        "file_path": "tools/run.py",
        "fingerprint": "taint-tools/run.py-12-41",
        "line_start": 12,
        "line_end": 41,
    }
    return flow_steps(make_finding(1, **(ordinary | fields)))


def test_a_taint_finding_has_its_two_ends() -> None:
    source, sink = taint()
    assert source == FlowStep(FlowRole.SOURCE, "UserInput", "tools/run.py", 12)
    assert sink == FlowStep(FlowRole.SINK, "Command", "tools/run.py", 41)
    assert (source.place, sink.role.word) == ("run.py:12", "Sink")


def test_a_sink_above_its_source_stays_the_sink() -> None:
    assert [step.line for step in taint(line_start=41, line_end=12)] == [41, 12]


def test_a_title_that_names_nothing_leaves_the_names_out() -> None:
    assert [step.text for step in taint(title="Something else")] == ["", ""]


@pytest.mark.parametrize("fields", [{"line_end": None}, {"file_path": ""}])
def test_without_two_ends_there_is_no_flow(fields: dict[str, Any]) -> None:
    assert taint(**fields) == ()


def test_listed_places_are_steps_of_any_finding() -> None:
    assert flow_steps(make_finding(description=LISTED)) == (
        FlowStep(FlowRole.STEP, "reads q", "shop/routes.py", 31),
        FlowStep(FlowRole.STEP, "passes it on", "shop/search.py", 71),
        FlowStep(FlowRole.STEP, "It ends in .", "shop/api/orders.py", 88),
    )


def test_listed_places_are_between_the_ends_of_a_taint_finding() -> None:
    text = "- tools/run.py:12 reads\n- tools/lib.py:7 hands on\n- tools/run.py:41 runs"
    roles = [step.role for step in taint(description=text)]
    assert roles == [FlowRole.SOURCE, FlowRole.STEP, FlowRole.SINK]


@pytest.mark.parametrize(
    "text",
    [
        "See a/routes.py:31 and a/orders.py:88.",
        "- one\n- two",
        "- shop/routes.py:31 alone",
        "",
        "- https://host.example:80\n- http://other.example:81",
        "- 12:30 Uhr\n- a:1",
    ],
)
def test_other_texts_have_no_steps(text: str) -> None:
    assert flow_steps(make_finding(description=text)) == ()


def test_a_hostile_list_is_cut() -> None:
    text = "\n".join(f"- x.py:{n} {'y' * 300}\u202e" for n in range(500))
    steps = flow_steps(make_finding(description=text))
    assert len(steps) == 50
    assert max(len(step.text) for step in steps) == 200


def test_no_text_takes_long_to_search() -> None:
    text = "\n".join("- " + "a/." * 300 + ":" for _ in range(3000))
    assert flow_steps(make_finding(description=text)) == ()

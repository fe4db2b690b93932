"""The verdict in words: who, what it rests on, and when, as far as it is known."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from heimdall_desktop.domain.facts.finding import (
    Confidence,
    FindingEvent,
    FindingStatus,
    Severity,
    Source,
)
from heimdall_desktop.domain.facts.readings import SeenChange, Watched
from heimdall_desktop.local.pipeline import VIDARR_DIVIDER
from heimdall_desktop.presentation.detail import finding_text
from tests.fakes.findings import FOUND_AT, make_event, make_finding

AT, LATER = FOUND_AT + timedelta(minutes=1), FOUND_AT + timedelta(minutes=2)
ROSE = SeenChange(Watched.CONFIDENCE, "medium", "high", AT)
FELL = SeenChange(Watched.CONFIDENCE, "medium", "low", AT)
LEFT = SeenChange(Watched.STATUS, "open", "false_positive", AT)
WITHDRAWN: dict[str, Any] = {"status": FindingStatus.FALSE_POSITIVE}


def set_to(status: str, at: datetime = AT, *, is_own: bool = False) -> FindingEvent:
    fields: dict[str, Any] = {
        "event_type": "status_change",
        "old_value": "open",
        "new_value": status,
        "is_own": is_own,
    }
    return make_event(**fields, created_at=at)


HIGH, LOW = {"confidence": Confidence.HIGH}, WITHDRAWN | {"confidence": Confidence.LOW}
STATIC = HIGH | {"source": Source.STATIC}
FIXED, CONFIRMED = {"status": FindingStatus.FIXED}, {"status": FindingStatus.CONFIRMED}
DISMISSED = {"status": FindingStatus.DISMISSED}
PROVEN = SeenChange(Watched.PROOF, "", "yes", AT)
LOWERED = SeenChange(Watched.SEVERITY, "critical", "high", AT)
UNTOUCHED = "No check has confirmed or refuted it yet."
UNDECIDED = "Víðarr reviewed it but neither confirmed nor refuted it."
DERIVED = "Derived from its confidence, which is high; AI findings start lower."
UPHELD = "It reviewed the finding and left the confidence high. See its reasoning."


@pytest.mark.parametrize(
    ("fields", "changes", "events", "fact", "reason"),
    [
        # without seen changes it rests on the row
        ({}, (), None, "Unverified.", UNTOUCHED),
        (FIXED, (), None, "Unverified, marked as fixed.", ""),
        (CONFIRMED, (), None, "Confirmed by a person.", "According to its status."),
        ({"poc_validated": True}, (), None, "Confirmed by Garmr.",
         "The proof of concept succeeded."),
        (HIGH, (), None, "Confirmed by Víðarr.", DERIVED),
        (STATIC | {"has_risen": True}, (), None, "Confirmed by Víðarr.",
         "Confidence rose to high."),
        (STATIC | {"is_reviewed": True}, (), None, "Upheld by Víðarr.", UPHELD),
        ({"is_reviewed": True}, (), None, "Unverified.", UNDECIDED),
        (WITHDRAWN, (), None, "Withdrawn.", "Marked as a false positive. It was high."),
        (DISMISSED | {"severity": Severity.CRITICAL}, (), None, "Dismissed by a person.",
         "It was critical."),
        # seen and recorded changes have their moment
        (HIGH, (ROSE,), None, "Confirmed by Víðarr {at}.", "Confidence medium → high."),
        (LOW, (LEFT, FELL), (), "Withdrawn by Víðarr {at}.",
         "Confidence medium → low. It was high."),
        (LOW, (LEFT,), None, "Withdrawn {at}.", "Marked as a false positive. It was high."),
        (WITHDRAWN, (), (set_to("false_positive"),), "Withdrawn by a person {at}.",
         "Status open → false positive. It was high."),
        (WITHDRAWN, (), (set_to("false_positive", is_own=True),), "Withdrawn by you {at}.",
         "Status open → false positive. It was high."),
        (CONFIRMED, (), (set_to("confirmed"),), "Confirmed by a person {at}.",
         "Status open → confirmed."),
        (CONFIRMED, (), (set_to("confirmed", is_own=True),), "Confirmed by you {at}.",
         "Status open → confirmed."),
        (DISMISSED, (), (set_to("dismissed", is_own=True),), "Dismissed by you {at}.",
         "Status open → dismissed. It was high."),
        ({"poc_validated": True}, (PROVEN,), (), "Confirmed by Garmr {at}.",
         "The proof of concept succeeded."),
        ({}, (LOWERED,), (), "Unverified.", "Severity critical → high."),
        # an entry about an earlier status and a reverted change explain nothing
        ({}, (), (set_to("confirmed"), set_to("open", LATER)), "Unverified.", UNTOUCHED),
        ({}, (ROSE, SeenChange(Watched.CONFIDENCE, "high", "medium", LATER)), (), "Unverified.",
         UNTOUCHED),
    ],
)  # fmt: skip
def test_a_verdict_says_who_why_and_when(
    fields: dict[str, Any],
    changes: tuple[SeenChange, ...],
    events: tuple[FindingEvent, ...] | None,
    fact: str,
    reason: str,
) -> None:
    words = finding_text.verdict_text(make_finding(**fields), changes, events, has_reviewed=True)
    at = AT if "{at}" in fact else None
    assert words == finding_text.VerdictWords(fact, reason, at)


@pytest.mark.parametrize(
    ("fields", "changes", "fact"),
    [
        (HIGH, (), "High confidence."),
        (HIGH, (ROSE,), "High confidence."),
        (HIGH | {"poc_validated": True}, (), "Confirmed by Garmr."),
        (CONFIRMED, (), "Confirmed by a person."),
        (HIGH | {"is_reviewed": True}, (), "Confirmed by Víðarr."),
    ],
)
def test_vidarr_has_confirmed_only_where_it_is_known_to_have_run(
    fields: dict[str, Any], changes: tuple[SeenChange, ...], fact: str
) -> None:
    assert finding_text.verdict_text(make_finding(**fields), changes).fact == fact


def test_each_attempt_has_its_part() -> None:
    text = f"Found so.{VIDARR_DIVIDER}Checked.\n\nTwice.{VIDARR_DIVIDER}And again."
    assert finding_text.reasoning_parts(make_finding(agent_reasoning=text)) == (
        finding_text.ReasoningPart("Found so.", 0),
        finding_text.ReasoningPart("Checked.\n\nTwice.", 1),
        finding_text.ReasoningPart("And again.", 2),
    )


@pytest.mark.parametrize(
    ("line", "is_divider"),
    [
        *(("--- Víðarr ---", True), ("## Víðarr verification", True), ("=== VIDARR", True)),
        *(("**Víðarr's check:**", True), ("Víðarr should look at this.", False)),
        *(("- Víðarr disagrees", False), ("---", False), ("--- another ---", False)),
    ],
)
def test_a_divider_is_a_rule_that_names_him(line: str, is_divider: bool) -> None:
    text = f"a\n{line}\nb"
    parts = finding_text.reasoning_parts(make_finding(agent_reasoning=text))
    assert [part.text for part in parts] == (["a", "b"] if is_divider else [text])


def test_an_empty_reasoning_has_no_parts() -> None:
    blank = make_finding(agent_reasoning=" \n")
    assert finding_text.reasoning_parts(make_finding()) == finding_text.reasoning_parts(blank) == ()
    divided = make_finding(agent_reasoning=f"{VIDARR_DIVIDER}x")
    assert finding_text.reasoning_parts(divided) == (finding_text.ReasoningPart("x", 1),)


def test_where_the_finder_wrote_nothing_the_first_part_is_a_review() -> None:
    text = f"Checked.{VIDARR_DIVIDER}And again."
    finding = make_finding(agent_reasoning=text, is_reviewed=True, is_finder_silent=True)
    assert finding_text.reasoning_parts(finding) == (
        finding_text.ReasoningPart("Checked.", 1),
        finding_text.ReasoningPart("And again.", 2),
    )


def of(advisory: str, aliases: str = "") -> tuple[finding_text.Advisory, ...]:
    return finding_text.advisories(
        make_finding(manifest={"advisory_id": advisory, "aliases": aliases})
    )


def test_the_advisory_and_its_other_names_are_listed_once() -> None:
    assert of("GHSA-p6mc-m468-83gw", "CVE-2020-8203, GHSA-p6mc-m468-83gw, ") == (
        finding_text.Advisory(
            "GHSA-p6mc-m468-83gw", "https://github.com/advisories/GHSA-p6mc-m468-83gw"
        ),
        finding_text.Advisory("CVE-2020-8203", "https://nvd.nist.gov/vuln/detail/CVE-2020-8203"),
    )


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("ghsa-P6MC-m468-83gw", "https://github.com/advisories/GHSA-p6mc-m468-83gw"),
        ("cve-2026-00001", "https://nvd.nist.gov/vuln/detail/CVE-2026-00001"),
        ("PYSEC-2021-19", "https://osv.dev/vulnerability/PYSEC-2021-19"),
        ("GHSA-p6mc-m468-83gw/../../x", ""),
        ("CVE-2020-8203 https://evil.example", ""),
        ("https://evil.example/CVE-2020-8203", ""),
        ("SNYK-JS-LODASH-1", ""),
    ],
)
def test_only_a_known_form_has_a_page(name: str, page: str) -> None:
    assert of(name) == (finding_text.Advisory(name, page),)


def test_without_coordinates_there_is_none() -> None:
    assert finding_text.advisories(make_finding()) == ()
    assert of("") == ()
    assert len(of("", ", ".join(f"X-{n}" for n in range(500)))) <= finding_text.ADVISORY_LIMIT + 1


# -- The history of a finding: entries of persons, and what only watching shows. --


EARLY, LATE = FOUND_AT + timedelta(minutes=1), FOUND_AT + timedelta(minutes=2)
PERSON = "5f0c7f0e-6f5b-4f6b-9d53-0d3c2d7f7a11"


def test_entries_and_seen_changes_are_one_list_oldest_first() -> None:
    events = (make_event(created_at=LATE, user_id=PERSON),)
    changes = (SeenChange(Watched.CONFIDENCE, "medium", "high", EARLY),)
    assert finding_text.history_lines(events, changes) == (
        finding_text.HistoryLine(EARLY, "Confidence", "medium → high", "Víðarr", is_seen=True),
        finding_text.HistoryLine(LATE, "Severity", "high → medium", "User 5f0c7f0e"),
    )


def test_a_change_with_an_entry_is_listed_once() -> None:
    changes = (SeenChange(Watched.SEVERITY, "high", "medium", LATE),)
    assert [
        line.is_seen for line in finding_text.history_lines((make_event(created_at=LATE),), changes)
    ] == [False]
    assert [line.is_seen for line in finding_text.history_lines((), changes)] == [True]


@pytest.mark.parametrize(
    ("field", "new", "who"),
    [
        (Watched.STATUS, "false_positive", "Víðarr"),
        (Watched.STATUS, "fixed", "Unknown"),
        (Watched.SEVERITY, "low", "Víðarr"),
        (Watched.PROOF, "yes", "Garmr"),
    ],
)
def test_only_a_certain_author_is_named(field: Watched, new: str, who: str) -> None:
    (line,) = finding_text.history_lines((), (SeenChange(field, "", new, EARLY),))
    assert line.who == who


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"user_id": PERSON, "is_own": True}, ("Severity", "high → medium", "", "You")),
        (
            {"event_type": "comment", "comment": "Seen\nso", "old_value": None, "new_value": None},
            ("Comment", "", "Seen\nso", "The server"),
        ),
        ({"old_value": None, "new_value": "low"}, ("Severity", "none → low", "", "The server")),
        ({"event_type": "moon_phase_seen"}, ("Moon phase seen", "", "", "The server")),
        ({"event_type": " "}, ("Changed", "", "", "The server")),
    ],
)
def test_an_entry_has_a_heading_its_values_and_its_author(
    fields: dict[str, Any], shown: tuple[str, ...]
) -> None:
    (line,) = finding_text.history_lines((make_event(**fields),), ())
    assert (line.heading, line.change, line.comment, line.who) == shown


def test_t64_says_when_a_later_attempt_overrides_a_person() -> None:
    set_by_person = make_event(created_at=EARLY, user_id=PERSON)
    changes = (SeenChange(Watched.SEVERITY, "medium", "critical", LATE),)
    lines = finding_text.history_lines((set_by_person,), changes)
    assert [line.who for line in lines] == [
        "User 5f0c7f0e",
        "V\u00ed\u00f0arr, overriding a value set by a person",
    ]
    [_, by_server] = finding_text.history_lines((make_event(created_at=EARLY),), changes)
    assert by_server.who == "Víðarr"


# -- flow --


LISTED = """The way:

1. `shop/routes.py:31` reads `q`
2) shop/search.py:71-73: passes it on
- and nothing here
* It ends in `shop/api/orders.py:88`.
"""


def taint(**fields: Any) -> tuple[finding_text.FlowStep, ...]:
    ordinary: dict[str, Any] = {
        "title": "Taint flow: UserInput \u2192 Command in tools/run.py",
        "file_path": "tools/run.py",
        "fingerprint": "taint-tools/run.py-12-41",
        "line_start": 12,
        "line_end": 41,
    }
    return finding_text.flow_steps(make_finding(1, **(ordinary | fields)))


def test_a_taint_finding_has_its_two_ends() -> None:
    source, sink = taint()
    assert source == finding_text.FlowStep(
        finding_text.FlowRole.SOURCE, "UserInput", "tools/run.py", 12
    )
    assert sink == finding_text.FlowStep(finding_text.FlowRole.SINK, "Command", "tools/run.py", 41)
    assert (source.place, sink.role.word) == ("run.py:12", "Sink")


def test_ends_are_named_and_ordered_as_far_as_the_row_says() -> None:
    assert [step.line for step in taint(line_start=41, line_end=12)] == [41, 12]
    assert [step.text for step in taint(title="Something else")] == ["", ""]
    assert taint(line_end=None) == taint(file_path="") == ()


def test_listed_places_are_steps_of_any_finding() -> None:
    assert finding_text.flow_steps(make_finding(description=LISTED)) == (
        finding_text.FlowStep(finding_text.FlowRole.STEP, "reads q", "shop/routes.py", 31),
        finding_text.FlowStep(finding_text.FlowRole.STEP, "passes it on", "shop/search.py", 71),
        finding_text.FlowStep(finding_text.FlowRole.STEP, "It ends in .", "shop/api/orders.py", 88),
    )


def test_listed_places_are_between_the_ends_of_a_taint_finding() -> None:
    text = "- tools/run.py:12 reads\n- tools/lib.py:7 hands on\n- tools/run.py:41 runs"
    roles = [step.role for step in taint(description=text)]
    assert roles == [
        finding_text.FlowRole.SOURCE,
        finding_text.FlowRole.STEP,
        finding_text.FlowRole.SINK,
    ]


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
    assert finding_text.flow_steps(make_finding(description=text)) == ()


def test_a_hostile_list_is_cut() -> None:
    text = "\n".join(f"- x.py:{n} {'y' * 300}\u202e" for n in range(500))
    steps = finding_text.flow_steps(make_finding(description=text))
    assert len(steps) == 50
    assert max(len(step.text) for step in steps) == 200


def test_no_text_takes_long_to_search() -> None:
    text = "\n".join("- " + "a/." * 300 + ":" for _ in range(3000))
    assert finding_text.flow_steps(make_finding(description=text)) == ()

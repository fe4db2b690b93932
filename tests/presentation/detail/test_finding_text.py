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

AT = FOUND_AT + timedelta(minutes=1)
ROSE = SeenChange(Watched.CONFIDENCE, "medium", "high", AT)
FELL = SeenChange(Watched.CONFIDENCE, "medium", "low", AT)
LEFT = SeenChange(Watched.STATUS, "open", "false_positive", AT)
WITHDRAWN = {"status": FindingStatus.FALSE_POSITIVE}


def set_to(status: str, at: datetime = AT, *, is_own: bool = False) -> FindingEvent:
    fields: dict[str, Any] = {
        "event_type": "status_change",
        "old_value": "open",
        "new_value": status,
        "is_own": is_own,
    }
    return make_event(**fields, created_at=at)


@pytest.mark.parametrize(
    ("fields", "fact", "reason"),
    [
        ({}, "Unverified.", "No check has confirmed or refuted it yet."),
        ({"status": FindingStatus.FIXED}, "Unverified, marked as fixed.", ""),
        ({"status": FindingStatus.CONFIRMED}, "Confirmed by a person.", "According to its status."),
        ({"poc_validated": True}, "Confirmed by Garmr.", "The proof of concept succeeded."),
        (
            {"confidence": Confidence.HIGH},
            "Confirmed by Víðarr.",
            "Derived from its confidence, which is high; AI findings start lower.",
        ),
        (
            {"source": Source.STATIC, "confidence": Confidence.HIGH, "has_risen": True},
            "Confirmed by Víðarr.",
            "Confidence rose to high.",
        ),
        (
            {"source": Source.STATIC, "confidence": Confidence.HIGH, "is_reviewed": True},
            "Upheld by Víðarr.",
            "It reviewed the finding and left the confidence high. See its reasoning.",
        ),
        (
            {"is_reviewed": True},
            "Unverified.",
            "V\u00ed\u00f0arr reviewed it but neither confirmed nor refuted it.",
        ),
        (WITHDRAWN, "Withdrawn.", "Marked as a false positive. It was high."),
        (
            {"status": FindingStatus.DISMISSED, "severity": Severity.CRITICAL},
            "Dismissed by a person.",
            "It was critical.",
        ),
    ],
)
def test_without_seen_changes_the_verdict_rests_on_the_row(
    fields: dict[str, Any], fact: str, reason: str
) -> None:
    assert finding_text.verdict_text(
        make_finding(**fields), has_reviewed=True
    ) == finding_text.VerdictWords(fact, reason)


@pytest.mark.parametrize(
    ("fields", "changes", "fact"),
    [
        ({"confidence": Confidence.HIGH}, (), "High confidence."),
        ({"confidence": Confidence.HIGH}, (ROSE,), "High confidence."),
        ({"confidence": Confidence.HIGH, "poc_validated": True}, (), "Confirmed by Garmr."),
        ({"status": FindingStatus.CONFIRMED}, (), "Confirmed by a person."),
        ({"confidence": Confidence.HIGH, "is_reviewed": True}, (), "Confirmed by Víðarr."),
    ],
)
def test_vidarr_has_confirmed_only_where_it_is_known_to_have_run(
    fields: dict[str, Any], changes: tuple[SeenChange, ...], fact: str
) -> None:
    assert finding_text.verdict_text(make_finding(**fields), changes).fact == fact


@pytest.mark.parametrize(
    ("fields", "changes", "events", "expected"),
    [
        (
            {"confidence": Confidence.HIGH},
            (ROSE,),
            None,
            finding_text.VerdictWords("Confirmed by Víðarr {at}.", "Confidence medium → high.", AT),
        ),
        (
            WITHDRAWN | {"confidence": Confidence.LOW},
            (LEFT, FELL),
            (),
            finding_text.VerdictWords(
                "Withdrawn by Víðarr {at}.", "Confidence medium → low. It was high.", AT
            ),
        ),
        (
            WITHDRAWN | {"confidence": Confidence.LOW},
            (LEFT,),
            None,
            finding_text.VerdictWords(
                "Withdrawn {at}.", "Marked as a false positive. It was high.", AT
            ),
        ),
        (
            WITHDRAWN,
            (),
            (set_to("false_positive"),),
            finding_text.VerdictWords(
                "Withdrawn by a person {at}.", "Status open → false positive. It was high.", AT
            ),
        ),
        (
            {"status": FindingStatus.CONFIRMED},
            (),
            (set_to("confirmed"),),
            finding_text.VerdictWords(
                "Confirmed by a person {at}.", "Status open → confirmed.", AT
            ),
        ),
        (
            {"status": FindingStatus.CONFIRMED},
            (),
            (set_to("confirmed", is_own=True),),
            finding_text.VerdictWords("Confirmed by you {at}.", "Status open → confirmed.", AT),
        ),
        (
            {"status": FindingStatus.DISMISSED},
            (),
            (set_to("dismissed", is_own=True),),
            finding_text.VerdictWords(
                "Dismissed by you {at}.", "Status open → dismissed. It was high.", AT
            ),
        ),
        (
            WITHDRAWN,
            (),
            (set_to("false_positive", is_own=True),),
            finding_text.VerdictWords(
                "Withdrawn by you {at}.", "Status open → false positive. It was high.", AT
            ),
        ),
        (
            {"poc_validated": True},
            (SeenChange(Watched.PROOF, "", "yes", AT),),
            (),
            finding_text.VerdictWords(
                "Confirmed by Garmr {at}.", "The proof of concept succeeded.", AT
            ),
        ),
        (
            {},
            (SeenChange(Watched.SEVERITY, "critical", "high", AT),),
            (),
            finding_text.VerdictWords("Unverified.", "Severity critical → high."),
        ),
    ],
)
def test_seen_and_recorded_changes_have_their_moment(
    fields: dict[str, Any],
    changes: tuple[SeenChange, ...],
    events: tuple[FindingEvent, ...] | None,
    expected: finding_text.VerdictWords,
) -> None:
    words = finding_text.verdict_text(make_finding(**fields), changes, events, has_reviewed=True)
    assert words == expected


def test_an_entry_about_an_earlier_status_explains_nothing() -> None:
    events = (set_to("confirmed"), set_to("open", AT + timedelta(minutes=1)))
    assert finding_text.verdict_text(make_finding(), (), events).fact == "Unverified."


def test_a_reverted_change_is_ignored() -> None:
    back = SeenChange(Watched.CONFIDENCE, "high", "medium", AT + timedelta(minutes=1))
    words = finding_text.verdict_text(make_finding(), (ROSE, back), ())
    assert words.reason == "No check has confirmed or refuted it yet."


def test_each_attempt_has_its_part() -> None:
    text = f"Found so.{VIDARR_DIVIDER}Checked.\n\nTwice.{VIDARR_DIVIDER}And again."
    assert finding_text.reasoning_parts(make_finding(agent_reasoning=text)) == (
        finding_text.ReasoningPart("Found so.", 0),
        finding_text.ReasoningPart("Checked.\n\nTwice.", 1),
        finding_text.ReasoningPart("And again.", 2),
    )


@pytest.mark.parametrize(
    "divider", ["--- Víðarr ---", "## Víðarr verification", "=== VIDARR", "**Víðarr's check:**"]
)
def test_a_divider_is_a_rule_that_names_him(divider: str) -> None:
    finding = make_finding(agent_reasoning=f"a\n{divider}\nb")
    assert [part.text for part in finding_text.reasoning_parts(finding)] == ["a", "b"]


@pytest.mark.parametrize(
    "line", ["Víðarr should look at this.", "- Víðarr disagrees", "---", "--- somebody ---"]
)
def test_a_line_that_only_names_him_is_no_divider(line: str) -> None:
    assert len(finding_text.reasoning_parts(make_finding(agent_reasoning=f"a\n{line}\nb"))) == 1


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


def test_the_account_signed_in_is_called_you() -> None:
    (line,) = finding_text.history_lines((make_event(user_id=PERSON, is_own=True),), ())
    assert line.who == "You"


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


def test_a_comment_keeps_its_words_and_has_no_values() -> None:
    said = make_event(event_type="comment", comment="Seen\nso", old_value=None, new_value=None)
    (line,) = finding_text.history_lines((said,), ())
    assert (line.heading, line.change, line.comment) == ("Comment", "", "Seen\nso")
    assert line.who == "The server"


def test_a_missing_value_is_none() -> None:
    (line,) = finding_text.history_lines((make_event(old_value=None, new_value="low"),), ())
    assert line.change == "none → low"


def test_an_unknown_kind_of_entry_still_has_a_heading() -> None:
    assert finding_text.event_heading(make_event(event_type="moon_phase_seen")) == "Moon phase seen"
    assert finding_text.event_heading(make_event(event_type=" ")) == "Changed"


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


def test_a_sink_above_its_source_stays_the_sink() -> None:
    assert [step.line for step in taint(line_start=41, line_end=12)] == [41, 12]


def test_a_title_that_names_nothing_leaves_the_names_out() -> None:
    assert [step.text for step in taint(title="Something else")] == ["", ""]


@pytest.mark.parametrize("fields", [{"line_end": None}, {"file_path": ""}])
def test_without_two_ends_there_is_no_flow(fields: dict[str, Any]) -> None:
    assert taint(**fields) == ()


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

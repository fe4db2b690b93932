"""A kept fact is read back unchanged; what is unreadable is skipped and never an error."""

from types import MappingProxyType

import msgspec
import pytest
from msgspec.structs import fields, replace

from heimdall_desktop.domain.alerts.alert import Decision, InboxLine, Withdrawal
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts import finding as found
from heimdall_desktop.domain.facts import observation
from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.presentation.alerts.alert_text import outcome
from heimdall_desktop.services import fact_codec
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line

KEPT = [
    field
    for field in fields(Finding)
    if field.name not in found.DERIVED_FIELDS | found.SNOOZE_FIELDS
]
FULL = make_finding(
    severity=found.Severity.OTHER,
    severity_text="Catastrophic",
    confidence=found.Confidence.HIGH,
    title="<b>bold</b> \u202e \0 title",
    description="said",
    cwe_text="CWE-89",
    cve_id="CVE-1",
    code_snippet="x = 1",
    suggested_patch="+x",
    fix_type="patch",
    fix_summary="fix",
    references=("https://example.test/a",),
    manifest=MappingProxyType({"ecosystem": "pip"}),
    proof=found.Proof("confirmed", "python", "print()", 0, "out", "err", "said"),
    agent_reasoning="because",
    announced_in="hunt",
    cut_mark="00ff",
    **{field.name: True for field in KEPT if field.default is False},
)
LISTED = "FindingsListed"


def written(finding: Finding) -> dict[str, object]:
    """The fields of a finding in its written form."""
    form = fact_codec.fact_form(observation.FindingsListed(SCAN_ID, 1.0, (finding,)))
    [written] = msgspec.json.decode(fact_codec.encode(form))["findings"]
    return dict(written)


def read(written: dict[str, object], **more: object) -> Finding:
    form = {"scan_id": SCAN_ID, "asked_at_s": 1.0, "findings": [written], **more}
    fact = fact_codec.decode_fact(LISTED, fact_codec.encode(form))
    assert isinstance(fact, observation.FindingsListed)
    return fact.findings[0]


def tagged(*facts: fact_codec.Fact) -> bytes:
    return fact_codec.encode([(type(fact).__name__, fact_codec.fact_form(fact)) for fact in facts])


@pytest.mark.parametrize("finding", [FULL, make_finding()])
def test_a_finding_is_read_back_with_every_field(finding: Finding) -> None:
    back = read(written(finding))
    for field in fields(Finding):
        assert getattr(back, field.name) == getattr(finding, field.name), field.name


def test_the_full_finding_has_no_field_at_its_default() -> None:
    assert [f.name for f in KEPT if getattr(FULL, f.name) == f.default] == []


def test_a_manifest_that_was_read_cannot_be_changed() -> None:
    assert isinstance(read(written(FULL)).manifest, MappingProxyType)


def test_texts_shared_by_findings_are_one_object() -> None:
    first, second = (read(written(make_finding(number))) for number in (1, 2))
    assert first.file_path is second.file_path
    assert first.scan_id is second.scan_id


def test_unknown_fields_are_skipped_and_missing_ones_take_their_default() -> None:
    form = written(FULL)
    del form["has_risen"]
    back = read({**form, "mood": "new in a later version"})
    assert not back.has_risen
    assert back.title == FULL.title


@pytest.mark.parametrize("name", ["id", "severity", "created_at", "proof"])
def test_a_finding_with_a_wrong_type_is_unreadable(name: str) -> None:
    with pytest.raises(fact_codec.UNREADABLE):
        read({**written(FULL), name: 7})


@pytest.mark.parametrize("readings", [[1], [["2026-07-04T00:00:00", "a", "b", "c", True]]])
def test_readings_without_a_time_zone_or_shape_are_unreadable(readings: list[object]) -> None:
    with pytest.raises(fact_codec.UNREADABLE):
        read(written(FULL), seen_before=[["id", readings]])


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"{", b"[" * 99_999, b"[]", b"7", b'[["RepoRead"]]']
)
def test_any_bytes_are_only_unreadable(data: bytes) -> None:
    with pytest.raises(fact_codec.UNREADABLE):
        fact_codec.decode_fact(LISTED, data)
    assert fact_codec.decode_or_none(observation.Activity, data) is None
    assert fact_codec.decode_or_none(InboxLine, data) is None
    assert fact_codec.decode_facts(data) == ()


def test_a_text_that_cannot_be_written_gets_a_replacement_character() -> None:
    assert read(written(make_finding(title="half a pair: \ud800"))).title == "half a pair: ?"


def test_facts_are_read_back_in_their_order() -> None:
    moments = (FOUND_AT, FOUND_AT, None, FOUND_AT)
    stages = (observation.StageRow("hunt", "running", None, FOUND_AT),)
    line = ("k", "task", "neutral", "running", None, "t", "Reads", None, 3, FOUND_AT)
    log, counts = (observation.Activity(*line),), observation.Counts(3, 1, 2, 0, 0)
    readings = ((FOUND_AT, "open", "high", "low", False), (FOUND_AT, "open", "low", "low", True))
    facts = (
        observation.ScanRead(SCAN_ID, 1.5, REPO_ID, "hunting", "c0ffee", None, *moments),
        observation.RepoRead(SCAN_ID, "shop", None),
        observation.LiveRead(SCAN_ID, 2.5, "hunting", None, None, counts, stages, log, "slow"),
        observation.FindingsListed(SCAN_ID, 3.0, (FULL,), ((FULL.id, readings),), is_kept=True),
        observation.ListingEnded(SCAN_ID, 3.5, 3, 2, is_whole=False, unreadable=1),
        observation.Settled(SCAN_ID, is_settled=True),
        make_line(1, is_read=True),
    )
    assert fact_codec.decode_facts(tagged(*facts)) == facts


def test_facts_that_this_version_does_not_know_are_skipped() -> None:
    facts = [
        ("ScanDreamed", {"scan_id": SCAN_ID}),
        ("RepoRead", {"scan_id": SCAN_ID, "name": 7, "branch": None}),
        ("RepoRead", {"scan_id": SCAN_ID, "name": "shop", "branch": None, "colour": "red"}),
    ]
    [known] = fact_codec.decode_facts(fact_codec.encode(facts))
    assert known == observation.RepoRead(SCAN_ID, "shop", None)


def test_only_moments_of_the_monotonic_clock_are_moved() -> None:
    ended = observation.ListingEnded(SCAN_ID, 490.0, 3, 2, is_whole=False, retry_at_s=494.0)
    later = replace(ended, asked_at_s=590.0, retry_at_s=594.0)
    assert fact_codec.moved(ended, lambda at_s: at_s + 100.0) == later
    repo = observation.RepoRead(SCAN_ID, "shop", None)
    assert fact_codec.moved(repo, lambda at_s: at_s + 100.0) is repo


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_is_kept_by_its_value(decision: Decision) -> None:
    line = replace(make_line(), decision=decision, merged_into="4 new {title}")
    assert msgspec.json.decode(fact_codec.encode(line))["decision"] == decision.value
    assert fact_codec.decode(InboxLine, fact_codec.encode(line)) == line


@pytest.mark.parametrize("withdrawal", [None, *Withdrawal])
def test_a_line_keeps_its_event_decision_and_withdrawal(withdrawal: Withdrawal | None) -> None:
    line = replace(make_line(), event=Event.FAILED, decision=Decision.MERGED, withdrawal=withdrawal)
    assert fact_codec.decode(InboxLine, fact_codec.encode(line)) == line
    assert withdrawal is None or outcome(line).startswith("Withdrawn: ")


@pytest.mark.parametrize(
    "damaged",
    [
        {"decision": ["?"]},
        {"decision": "Shown on the desktop"},
        {"event": "of a later version"},
        {"withdrawal": "Withdrawn: dismissed"},
        {"title": 3},
        {"raised_at": "today"},
    ],
)
def test_a_line_with_a_wrong_value_is_skipped(damaged: dict[str, object]) -> None:
    form = msgspec.json.decode(fact_codec.encode(make_line())) | damaged
    assert fact_codec.decode_or_none(InboxLine, fact_codec.encode(form)) is None

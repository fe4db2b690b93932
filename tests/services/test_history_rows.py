"""What is kept comes back as it was; what makes no sense is skipped and never an error."""

from datetime import datetime
from types import MappingProxyType

import msgspec
import pytest
from msgspec.structs import fields, replace

from heimdall_desktop.domain.alerts.alert import Decision, Withdrawal
from heimdall_desktop.domain.alerts.rules import Event
from heimdall_desktop.domain.facts.finding import (
    DERIVED_FIELDS,
    SNOOZE_FIELDS,
    Confidence,
    Finding,
    Proof,
    Severity,
)
from heimdall_desktop.domain.facts.observation import (
    Activity,
    Counts,
    ListingEnded,
    LiveRead,
    RepoRead,
    ScanRead,
    Settled,
    StageRow,
)
from heimdall_desktop.presentation.alerts.alert_text import outcome
from heimdall_desktop.services import history_reading as rows
from tests.fakes.findings import FOUND_AT, REPO_ID, SCAN_ID, make_finding
from tests.fakes.inbox_lines import make_line

KEPT = [field for field in fields(Finding) if field.name not in DERIVED_FIELDS | SNOOZE_FIELDS]
FULL = make_finding(
    severity=Severity.OTHER,
    severity_text="Catastrophic",
    confidence=Confidence.HIGH,
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
    proof=Proof("confirmed", "python", "print()", 0, "out", "err", "said"),
    agent_reasoning="because",
    announced_in="hunt",
    **{field.name: True for field in KEPT if field.default is False},
)


def plain(blob: bytes | None) -> dict[str, object]:
    assert blob is not None
    told: dict[str, object] = msgspec.msgpack.decode(blob)
    return told


def packed(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


@pytest.mark.parametrize("finding", [FULL, make_finding()])
def test_a_finding_comes_back_with_every_field(finding: Finding) -> None:
    back = rows.decoded_finding(rows.encoded_finding(finding) or b"")
    assert back is not None
    for field in fields(Finding):
        assert getattr(back, field.name) == getattr(finding, field.name), field.name


def test_the_full_finding_leaves_no_field_at_its_default() -> None:
    left = [f.name for f in KEPT if getattr(FULL, f.name) == f.default]
    assert left == []


def test_a_manifest_cannot_be_changed_when_it_is_back() -> None:
    back = rows.decoded_finding(rows.encoded_finding(FULL) or b"")
    assert back is not None
    assert isinstance(back.manifest, MappingProxyType)


def test_texts_that_many_findings_share_are_there_once() -> None:
    blobs = [rows.encoded_finding(make_finding(number)) or b"" for number in (1, 2)]
    first, second = (rows.decoded_finding(blob) for blob in blobs)
    assert first is not None
    assert second is not None
    assert first.file_path is second.file_path
    assert first.scan_id is second.scan_id


def test_fields_of_another_version_are_skipped_or_take_their_default() -> None:
    told = plain(rows.encoded_finding(FULL))
    del told["has_risen"]
    told["mood"] = "new in a later version"
    back = rows.decoded_finding(packed(told))
    assert back is not None
    assert not back.has_risen
    assert back.title == FULL.title


@pytest.mark.parametrize("name", ["id", "severity", "created_at", "proof"])
def test_a_finding_that_makes_no_sense_is_skipped(name: str) -> None:
    told = plain(rows.encoded_finding(FULL)) | {name: 7}
    assert rows.decoded_finding(packed(told)) is None


@pytest.mark.parametrize("blob", [b"", b"\xc1", b"\x93\x01", b"[" * 9999, packed([]), packed(7)])
def test_any_bytes_at_all_are_only_skipped(blob: bytes) -> None:
    assert rows.decoded_finding(blob) is None
    assert rows.decoded_activity(blob) is None
    assert rows.decoded_line(blob) is None
    assert rows.decoded_head(blob) == ()


def test_a_text_that_cannot_be_written_costs_its_row_only() -> None:
    assert rows.encoded_finding(make_finding(title="half a pair: \ud800")) is None


def test_activities_and_lines_of_the_inbox_come_back() -> None:
    activity = Activity("k", "task", "neutral", "running", None, "t", "Reads", None, 3, FOUND_AT)
    assert rows.decoded_activity(rows.encoded(activity) or b"") == activity
    line = make_line(1, is_read=True)
    assert rows.decoded_line(rows.encoded(line) or b"") == line


def test_a_head_comes_back_in_its_order() -> None:
    moments = (FOUND_AT, FOUND_AT, None, FOUND_AT)
    stages = (StageRow("hunt", "running", None, FOUND_AT),)
    head = (
        ScanRead(SCAN_ID, 1.5, REPO_ID, "hunting", "c0ffee", None, *moments),
        RepoRead(SCAN_ID, "shop", None),
        LiveRead(SCAN_ID, 2.5, "hunting", None, None, Counts(3, 1, 2, 0, 0), stages, (), "slow"),
        ListingEnded(SCAN_ID, 3.5, 3, 2, is_whole=False, unreadable=1),
        Settled(SCAN_ID, is_settled=True),
    )
    assert rows.decoded_head(rows.encoded_head(head) or b"") == head


def test_of_a_head_what_this_version_does_not_know_is_skipped() -> None:
    told = [
        ("ScanDreamed", {"scan_id": SCAN_ID}),
        ("RepoRead", {"scan_id": SCAN_ID, "name": 7, "branch": None}),
        ("RepoRead", {"scan_id": SCAN_ID, "name": "shop", "branch": None, "colour": "red"}),
    ]
    assert rows.decoded_head(packed(told)) == (RepoRead(SCAN_ID, "shop", None),)


def test_what_was_seen_of_a_row_comes_back() -> None:
    readings = ((FOUND_AT, "open", "high", "low", False), (FOUND_AT, "open", "low", "low", True))
    assert rows.decoded_readings(rows.encoded_readings(readings)) == readings
    assert rows.encoded_readings(()) is None


@pytest.mark.parametrize(
    "blob", [None, b"", b"\xff", packed([1]), packed([[datetime(2026, 7, 4), "a", "b", "c", True]])]
)
def test_readings_that_make_no_sense_are_none(blob: bytes | None) -> None:
    assert rows.decoded_readings(blob) == ()


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_is_kept_by_its_value_not_by_its_words(decision: Decision) -> None:
    line = replace(make_line(), decision=decision, merged_into="4 new {title}")
    blob = rows.encoded(line)
    assert plain(blob)["decision"] == decision.value
    assert rows.decoded_line(blob or b"") == line


@pytest.mark.parametrize("withdrawal", [None, *Withdrawal])
def test_a_line_keeps_its_event_decision_and_withdrawal(withdrawal: Withdrawal | None) -> None:
    line = replace(make_line(), event=Event.FAILED, decision=Decision.MERGED, withdrawal=withdrawal)
    stored = rows.encoded(line)
    assert stored is not None
    assert rows.decoded_line(stored) == line
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
def test_a_line_that_makes_no_sense_is_skipped(damaged: dict[str, object]) -> None:
    told = plain(rows.encoded(make_line())) | damaged
    assert rows.decoded_line(packed(told)) is None

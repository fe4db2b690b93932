"""Finding rows of every producer and generation, and rows that are odd."""

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heimdall_desktop.domain.facts import finding as facts
from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.domain.facts.finding import Finding, FindingId, ScanId
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.services import finding_rows
from heimdall_desktop.services.envelope import LongAgo
from heimdall_desktop.services.finding_rows import patches
from tests.fakes.desk_parts import at_once, patient
from tests.fakes.raw_server import bent
from tests.services.test_wire import JSON, STAMP, envelope

SCAN = ScanId("8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21")
AT = datetime(2026, 7, 4, 8, 0, 9, 551020, UTC)


def row(**changes: object) -> dict[str, object]:
    reported: dict[str, object] = {
        "id": "c5b6a0c2-7d2e-4c0b-8f1a-90d1e2f3a4b5",
        "scan_id": SCAN,
        "repo_id": "2b9b8f7e",
        "source": "ai",
        "status": "open",
        "severity": "critical",
        "confidence": "medium",
        "title": "SQL built from request parameter",
        "description": "The `q` parameter.",
        "cwe_id": "CWE-89",
        "cve_id": None,
        "file_path": "shop/api/orders.py",
        "line_start": 88,
        "line_end": 93,
        "code_snippet": "cur.execute(q)",
        "suggested_patch": "--- a/x",
        "fix_type": "code_change",
        "fix_summary": "Bind it.",
        "references_json": ["https://cwe.test/89"],
        "manifest_coordinates_json": None,
        "poc_exploit_json": None,
        "poc_validated": False,
        "fingerprint": "3f1b",
        "agent_reasoning": "Traced.",
        "created_at": STAMP,
        "updated_at": STAMP,
    }
    return reported | changes


def page(*rows: object, **changes: object) -> bytes:
    reported = {"items": rows, "total": len(rows), "page": 1, "per_page": 100, "total_pages": 1}
    return envelope(reported | changes)


def read(*rows: object, **changes: object) -> finding_rows.FindingsPage:
    """Return the page with these rows."""
    return at_once(finding_rows.findings_page(page(*rows, **changes), SCAN))


def one(**changes: object) -> Finding:
    """Return the finding of a changed row."""
    return finding_rows.finding(envelope(row(**changes)))


def test_every_field_is_read() -> None:
    finding = one()
    assert (finding.source, finding.status) == (facts.Source.AI, facts.FindingStatus.OPEN)
    assert finding.severity is facts.Severity.CRITICAL
    assert finding.confidence is facts.Confidence.MEDIUM
    assert (finding.scan_id, finding.cwe, finding.lines) == (SCAN, "CWE-89", (88, 93))
    assert finding.references == ("https://cwe.test/89",)
    assert finding.created_at == finding.updated_at == AT


def test_row_of_the_oldest_generation_is_read() -> None:
    newer = ("fix_", "references", "manifest", "poc", "agent")
    old = {key: value for key, value in row().items() if not key.startswith(newer)}
    finding = finding_rows.finding(envelope(old))
    assert (finding.fix_type, finding.references) == (None, ())
    assert (finding.manifest, finding.proof) == (None, None)


def test_unknown_words_are_kept() -> None:
    finding = one(severity="blocker", status="parked", source="x")
    assert (finding.severity, finding.severity_text) == (facts.Severity.OTHER, "blocker")
    assert (finding.status, finding.status_text) == (facts.FindingStatus.OTHER, "parked")
    assert (finding.source, finding.source_text) == (facts.Source.OTHER, "x")


@pytest.mark.parametrize(
    "changes",
    [
        {"line_start": None},
        {"line_start": "88"},
        {"line_start": 2**63},
        {"title": None},
        {"file_path": None},
        {"references_json": "https://x"},
        {"poc_exploit_json": [1]},
        {"poc_validated": None},
        {"created_at": None},
        {"created_at": "yesterday", "updated_at": None},
        {"severity": 3},
    ],
)
def test_odd_field_hides_no_finding(changes: dict[str, object]) -> None:
    listed = read(row(**changes))
    assert [finding.description for finding in listed.findings] == ["The `q` parameter."]
    assert listed.bad_rows == 0


def test_row_without_an_id_is_counted() -> None:
    rows = [row(), {"title": "x"}, row(id=None), row(id=""), 5, None, row(id="other")]
    listed = read(*rows, total=300, page=2, per_page=50)
    assert [finding.id[:5] for finding in listed.findings] == ["c5b6a", "other"]
    assert (listed.bad_rows, listed.total, listed.page, listed.per_page) == (5, 300, 2, 50)


def test_rows_belong_to_the_scan_that_was_asked_and_a_single_one_must_name_it() -> None:
    listed = read(row(scan_id="elsewhere"), row(scan_id=None))
    assert {finding.scan_id for finding in listed.findings} == {SCAN}
    with pytest.raises(WireError):
        one(scan_id=None)


@pytest.mark.parametrize("bad", [b"\\ud800", b"\xff", b"\\ud83d\\ude00 \\udead"])
def test_ill_formed_unicode_hides_no_finding(bad: bytes) -> None:
    body = page(row(title="a@@b"), row(id="other")).replace(b"@@", bad)
    first, second = at_once(finding_rows.findings_page(body, SCAN)).findings
    assert first.title.startswith("a")
    assert second.id == "other"
    first.title.encode()


def test_moment_left_out_is_long_ago() -> None:
    assert one(created_at=None, updated_at=None).created_at == LongAgo
    assert one(created_at=None).created_at == AT


def test_only_texts_are_references() -> None:
    reported = ["https://a", 5, None, {"url": "x"}, "https://b"]
    assert one(references_json=reported).references == ("https://a", "https://b")


def test_manifest_becomes_texts() -> None:
    reported = {
        "name": "leftpadder",
        "recommended_version": None,
        "fixed_versions": ["1.2.9", "2.0.1"],
        "aliases": [],
        "depth": 2,
        "more": {"a": [1]},
    }
    assert one(manifest_coordinates_json=reported).manifest == {
        "name": "leftpadder",
        "fixed_versions": "1.2.9, 2.0.1",
        "depth": "2",
        "more": '{"a": [1]}',
    }


@pytest.mark.parametrize("depth", [1, 100, 320, 620, 920])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_what_is_nested_deep_costs_no_other_row(depth: int, opening: str, closing: str) -> None:
    deep = f"{opening * depth}1{closing * depth}"
    reported = json.dumps(row(id="deep", manifest_coordinates_json={"name": "x", "more": 0}))
    rows = [reported.replace('"more": 0', f'"more": {deep}'), json.dumps(row(id="sound"))]
    body = f'{{"data": {{"items": [{",".join(rows)}], "total": 2}}}}'
    page = at_once(finding_rows.findings_page(body.encode(), SCAN))
    assert len(page.findings) + page.bad_rows == 2
    assert page.findings[-1].id == "sound"
    manifest = page.findings[0].manifest
    assert manifest is None or manifest["name"] == "x"


def test_deep_nesting_is_read_up_to_its_limit() -> None:
    reported = {"more": [[["a"]], "b"], "deep": json.loads("[" * 50 + "]" * 50)}
    assert one(manifest_coordinates_json=reported).manifest == {"more": "a, b", "deep": "…"}


def test_proof_is_read_as_far_as_it_goes() -> None:
    reported = {"script": "print()", "language": "python", "exit_code": True, "stdout": None}
    proof = facts.Proof("", "python", "print()", None, "", "", "")
    assert one(poc_exploit_json=reported).proof == proof


def test_words_and_paths_are_kept_once() -> None:
    rows = read(row(), row(id="b")).findings
    assert rows[0].file_path is rows[1].file_path
    assert rows[0].severity_text is rows[1].severity_text


@pytest.mark.parametrize(("source", "is_once"), [("static", True), ("config", True), ("ai", False)])
def test_titles_of_rules_are_kept_once(source: str, is_once: bool) -> None:
    reported = [row(id=each, source=source, title="[CWE-78] Shell command") for each in ("a", "b")]
    first, second = read(*reported).findings
    assert first.title == second.title == "[CWE-78] Shell command"
    assert (first.title is second.title) == is_once


@pytest.mark.parametrize(
    "body", [envelope("x"), envelope({"items": [], "total": -1}), envelope({"items": 5}), b"x"]
)
def test_no_page_is_a_wire_error(body: bytes) -> None:
    with pytest.raises(WireError):
        at_once(finding_rows.findings_page(body, SCAN))


def test_history_is_read() -> None:
    kind = {"event_type": "severity_change", "old_value": "high"}
    entry = {"id": "77d0", "created_at": STAMP, **kind}
    body = envelope([entry, {"id": "x"}, 5, {**entry, "comment": 7}])
    events = at_once(finding_rows.finding_events(body, FindingId("f")))
    seen = [(event.event_type, event.old_value, event.comment) for event in events]
    assert seen == [("severity_change", "high", None)] * 2
    assert events[0].created_at == AT


@given(st.sampled_from(sorted(row())), JSON)
def test_any_value_in_a_row_is_read_or_counted(key: str, value: object) -> None:
    listed = read(row(**{key: value}))
    assert len(listed.findings) + listed.bad_rows == 1
    assert key == "id" or listed.bad_rows == 0


@given(JSON)
def test_any_data_is_read_or_a_wire_error(data: object) -> None:
    body = json.dumps({"data": data}).encode()
    with contextlib.suppress(WireError):
        finding_rows.finding(body)
    with contextlib.suppress(WireError):
        at_once(finding_rows.findings_page(body, SCAN))
    with contextlib.suppress(WireError):
        at_once(finding_rows.finding_events(body, FindingId("f")))


ROW = {
    "id": "p",
    "finding_id": "f",
    "file_path": "x.py",
    "diff_content": "@@ -1 +1 @@",
    "applied": True,
    "created_at": "2026-07-04T09:02:11.310020Z",
}


def test_a_row_is_read_and_odd_ones_are_left_out() -> None:
    rows = [ROW, ROW | {"id": 7}, {}, None, ROW | {"created_at": "soon"}]
    (patch,) = at_once(patches(envelope(rows)))
    assert (patch.id, patch.finding_id) == ("p", "f")
    assert (patch.diff, patch.is_applied) == ("@@ -1 +1 @@", True)
    assert patch.created_at is not None


def test_no_list_is_an_error() -> None:
    with pytest.raises(WireError):
        at_once(patches(envelope({})))


LATER = "2026-07-04T08:06:10.220981Z"
PROOF = {"script": "print(1)", "exit_code": 1, "stdout": "", "verdict": "inconclusive"}
MANIFEST = {"ecosystem": "npm", "fixed_versions": ["1.2.9", "2.0.1"], "aliases": []}
ROWS = [row(), row(id="2", poc_exploit_json=PROOF, manifest_coordinates_json=MANIFEST)]
PAGE = {"items": ROWS, "total": 2, "page": 1, "per_page": 100, "total_pages": 1}
HISTORY = [{"id": "77d0", "event_type": "comment", "created_at": LATER, "comment": "Seen"}]


@patient
@given(bent(PAGE))
def test_a_bent_page_can_be_folded_or_is_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        page = at_once(finding_rows.findings_page(body, SCAN))
        scan = Scan(SCAN, server_url("http://h.test"))
        scan.observe(FindingsListed(SCAN, 1.0, page.findings))
        assert len(scan.findings) <= len(page.findings)
        assert page.total is None or page.total >= 0
        for finding in page.findings:
            assert finding.id
            assert finding.title_line.isprintable() or "\u200d" in finding.title_line
            assert finding.created_at.tzinfo is not None
            assert finding.lines[0] <= finding.lines[1]
            assert finding.cwe is not None


@patient
@given(bent(row()))
def test_a_bent_finding_is_read_or_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        assert finding_rows.finding(body).scan_id


@patient
@given(bent(HISTORY))
def test_a_bent_history_is_read_or_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        for event in at_once(finding_rows.finding_events(body, FindingId("f"))):
            assert event.created_at.utcoffset() == AT.utcoffset()

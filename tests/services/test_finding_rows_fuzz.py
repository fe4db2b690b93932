"""Bent pages of findings: each row is read or counted, and can be kept, shown and compared."""

import contextlib

from hypothesis import given

from heimdall_desktop.domain.facts.errors import WireError
from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.observation import FindingsListed
from heimdall_desktop.domain.facts.scan import Scan
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.services import finding_rows
from tests.fakes.bent_answers import bent
from tests.fakes.patience import patient
from tests.fakes.slices import at_once
from tests.services.test_finding_rows import AT, SCAN, row

STAMP = "2026-07-04T08:06:10.220981Z"
PROOF = {"script": "print(1)", "exit_code": 1, "stdout": "", "verdict": "inconclusive"}
MANIFEST = {"ecosystem": "npm", "fixed_versions": ["1.2.9", "2.0.1"], "aliases": []}
ROWS = [row(), row(id="2", poc_exploit_json=PROOF, manifest_coordinates_json=MANIFEST)]
PAGE = {"items": ROWS, "total": 2, "page": 1, "per_page": 100, "total_pages": 1}
HISTORY = [{"id": "77d0", "event_type": "comment", "created_at": STAMP, "comment": "Seen"}]


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

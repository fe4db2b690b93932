"""SARIF over the wire. Source: heimdall-api.md §4.8."""

import httpx

from heimdall_desktop.local.scripting import ScriptedScan
from heimdall_desktop.local.server import EmbeddedServer
from tests.local.test_errors import assert_page


def test_what_still_counts_as_a_file(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("hunt").add_findings(1, "critical", title="A\u2028<b>", cwe_id="CWE-89")
    scan.add_findings(1, "Severe", file_path="", line_start=88, line_end=12, status="confirmed")
    for status in ("dismissed", "false_positive", "fixed"):
        scan.add_findings(1, "high", status=status)
    answer = client.get(f"/api/scans/{scan.id}/sarif")
    assert answer.headers["content-type"] == "application/sarif+json; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text.startswith('{\n  "version": "2.1.0"')
    first, second = answer.json()["runs"][0]["results"]
    assert (first["ruleId"], first["level"]) == ("CWE-89", "error")
    assert first["message"]["text"] == "A\u2028<b>"
    assert second["level"] == "none"
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 88}


def test_it_is_unknown_to_generation_a(
    server: EmbeddedServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    server.generation = "A"
    assert_page(client.get(f"/api/scans/{scan.id}/sarif"))
    server.generation = "C"
    assert client.get(f"/api/scans/{scan.id}/sarif").json()["runs"][0]["results"] == []

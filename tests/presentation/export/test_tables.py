"""Findings as tables: CSV, text and Markdown read again are the rows of the table."""

import csv
import io
from typing import Literal

import pytest

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.domain.table.order import COLUMNS, Column
from heimdall_desktop.presentation.export.contents import Format, LeaveOut
from heimdall_desktop.presentation.export.tables import (
    copied_csv,
    copied_markdown,
)
from heimdall_desktop.presentation.table.table_text import cell_text, column_title
from tests.fakes.exported import (
    EXPORTED_AT,
    SERVER,
    csv_rows,
    hostile_findings,
    make_contents,
    make_scan,
    markdown_cells,
    written,
)
from tests.fakes.findings import SCAN_ID, finding_id, make_finding

SHOWN = (Column.SEVERITY, Column.FINDING, Column.LOCATION, Column.STATUS, Column.FIRST_SEEN)
NAMES = {SCAN_ID: "payments-api"}


def test_csv_holds_the_shown_columns_in_their_order_and_then_what_tells_rows_apart() -> None:
    order = (Column.SEVERITY, Column.STATUS, Column.FINDING)
    rows = [make_finding(number, title=f"no {number}") for number in (3, 1, 2)]
    data = written(make_contents(rows, columns=order), Format.CSV)
    assert data.startswith(b"\xef\xbb\xbfSeverity,Status,Finding,id,scan,fingerprint,link\r\n")
    read = csv_rows(data)
    assert [row["Finding"] for row in read] == ["no 3", "no 1", "no 2"]
    assert [row["id"] for row in read] == [finding_id(number) for number in (3, 1, 2)]
    assert {row["scan"] for row in read} == {SCAN_ID}
    assert read[0]["link"] == f"{SERVER}/findings/{finding_id(3)}"
    assert read[0]["fingerprint"] == f"{3:064x}"


def test_csv_read_again_says_what_the_cells_say() -> None:
    rows = [make_finding(1), *hostile_findings()]
    read = csv_rows(written(make_contents(rows), Format.CSV))
    for row, told in zip(rows, read, strict=True):
        for column in COLUMNS:
            if column is not Column.FIRST_SEEN:
                assert told[column_title(column)] == cell_text(column, row, NAMES, EXPORTED_AT)
        assert "2026-07-04" in told["First seen"]
        assert told["First seen"].endswith("+00:00") or told["First seen"][-6] in "+-"


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


def test_what_is_only_announced_is_unknown_and_never_blank() -> None:
    row = make_finding(1, is_announced=True, fingerprint="", file_path="")
    [told] = csv_rows(written(make_contents([row]), Format.CSV))
    assert (told["Location"], told["Status"], told["fingerprint"]) == (
        "location unknown",
        "unknown",
        "unknown",
    )
    assert told["link"] == ""


def test_names_that_are_left_out_are_nowhere() -> None:
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
        trouble=f"{SERVER} is gone.",
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
def test_code_that_is_left_out_is_said_to_be_or_is_not_there(form: Format) -> None:
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
    table = "".join(copied_markdown(contents)).splitlines()
    assert table[:2] == ["| Severity | Finding |", "| --- | --- |"]
    assert [line.split("[")[1][:3] for line in table[2:]] == ["two", "=on"]

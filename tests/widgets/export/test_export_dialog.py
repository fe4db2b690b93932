"""The export dialog over a whole window: what is on screen is what is in the file."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QProgressBar, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from heimdall_desktop.application.output.exporting import ExportUnderWay, ExportWanted
from heimdall_desktop.domain.comparison import ScanComparison, compare
from heimdall_desktop.domain.facts.finding import FindingId, ScanId, Severity
from heimdall_desktop.domain.filters.filter_language import parse_filter
from heimdall_desktop.domain.table.group import GroupBy
from heimdall_desktop.domain.table.order import COLUMNS, Column, Order
from heimdall_desktop.presentation.export.contents import Contents, Format, LeaveOut
from heimdall_desktop.presentation.export.formats import IDENTIFIERS, csv_pieces, writing_words
from heimdall_desktop.services.regular_file import Writing
from heimdall_desktop.widgets.controls.buttons import GhostIconButton
from heimdall_desktop.widgets.controls.text_labels import Label
from heimdall_desktop.widgets.export.export_dialog import ExportDialog, Offer, Wanted
from heimdall_desktop.widgets.export.exporter import ExportOutcome
from heimdall_desktop.widgets.export.pdf_report import pdf_pieces
from heimdall_desktop.widgets.look.theme import Theme
from heimdall_desktop.widgets.window.workspace import shown_dialog
from tests.fakes.exported import csv_rows, hostile_findings, json_findings, make_contents
from tests.fakes.findings import make_finding
from tests.fakes.hands import click, part
from tests.fakes.requests import exports_of
from tests.fakes.shown_window import ShownWindow, export_outcome, web_shop_window
from tests.fakes.waiting import until

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
T = TypeVar("T")


@pytest.fixture
def shown(theme: Theme) -> Iterator[ShownWindow]:
    with web_shop_window(40) as shown:
        yield shown


def ask(shown: ShownWindow) -> ExportDialog:
    """Open the dialog by its key."""
    shown.press(KEY.Key_E, CTRL)
    dialog = shown_dialog(shown.window, ExportDialog)
    assert dialog is not None
    return dialog


def write_to(dialog: ExportDialog, path: Path) -> None:
    part(dialog, QLineEdit, "export-place").setText(str(path))
    click(part(dialog, QPushButton, "export-do"))


async def exported(shown: ShownWindow, path: Path, offer: int = 0) -> bytes:
    dialog = ask(shown)
    part(dialog, QRadioButton, f"export-offer-{offer}").click()
    form = Format.of(path)
    assert form is not None
    part(dialog, QRadioButton, f"export-form-{form.name.lower()}").click()
    write_to(dialog, path)
    outcome = await export_outcome(shown.window)
    outcome.reject()
    return path.read_bytes()  # noqa: ASYNC240 - a small file of this test


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def on_screen(shown: ShownWindow) -> list[str]:
    """The ids of the rows in their order."""
    model = shown.findings.model
    rows = (model.finding_at(row) for row in range(model.rowCount()))
    return [row.id for row in rows if row is not None]


async def test_the_file_has_the_rows_in_their_order(shown: ShownWindow, tmp_path: Path) -> None:
    shown.findings.filter_state.set_text("sev>=medium")
    shown.findings.model.set_order(Order(Column.FINDING, is_descending=True))
    rows = csv_rows(await exported(shown, tmp_path / "a.csv"))
    assert [row["id"] for row in rows] == on_screen(shown)
    titles = [row["Finding"].casefold() for row in rows]
    assert titles == sorted(titles, reverse=True)
    assert 0 < len(rows) < 40


async def test_only_findings_new_since_a_scan_are_saved(shown: ShownWindow, tmp_path: Path) -> None:
    scan_id = shown.id("web-shop")
    scan = shown.store.scan(scan_id)
    assert scan is not None
    rows = list(scan.findings.values())
    found = compare(rows[5:], rows)
    shown.store.keep_comparison(ScanComparison(ScanId("before"), scan_id, found, True, True))
    shown.ticker.flush()
    shown.findings.filter_state.set_text("change:new")
    read = json_findings(await exported(shown, tmp_path / "a.json"))
    assert {row["id"] for row in read} == {row.id for row in rows[:5]}
    assert [row["id"] for row in read] == on_screen(shown)
    assert {row["change"] for row in read} == {"new"}


@pytest.mark.parametrize("width_px", [640, 1024, 1440])
async def test_the_file_has_the_columns_of_the_command_line_at_any_width(
    shown: ShownWindow, tmp_path: Path, width_px: int
) -> None:
    """Columns without room, and those the window leaves out by itself, are in the file."""
    shown.window.resize(width_px, 768)
    shown.show()
    assert len(shown.findings.table.columns.shown) < len(COLUMNS)
    wanted = ExportWanted(tmp_path / "b.csv", Format.CSV, parse_filter(""), "", LeaveOut.NOTHING)
    exports = exports_of(shown.store, shown.time.now)
    assert await exports.write_wanted(wanted, [shown.id("web-shop")], "", csv_pieces) is None

    ours = csv_rows(await exported(shown, tmp_path / "a.csv"))
    theirs = csv_rows(wanted.path.read_bytes())
    assert list(ours[0]) == list(theirs[0])
    by_id = {row["id"]: row for row in theirs}
    for column in theirs[0]:
        cells = [row[column] for row in ours]
        assert cells == [by_id[row["id"]][column] for row in ours], column
    assert len(ours) == len(theirs) == 40


@pytest.mark.parametrize("suffix", ["csv", "md"])
async def test_columns_that_were_switched_off_are_not_in_the_file(
    shown: ShownWindow, tmp_path: Path, suffix: str
) -> None:
    state = shown.findings.table_state
    state.change(lambda layout: layout.with_column(Column.STATUS, is_on=False))
    state.change(lambda layout: layout.moved(Column.CWE, -1))
    data = (await exported(shown, tmp_path / f"a.{suffix}")).decode("utf-8-sig")
    head = next(line for line in data.splitlines() if "Severity" in line)
    titles = head.replace(" | ", ",").strip("| ").split(",")
    columns = ["Severity", "Finding", "Location", "Scan", "CWE", "Source", "Confidence"]
    columns.append("First seen")
    assert titles == (columns if suffix == "md" else [*columns, *IDENTIFIERS])


def test_the_dialog_names_the_columns_of_a_table(shown: ShownWindow) -> None:
    state = shown.findings.table_state
    state.change(lambda layout: layout.with_column(Column.STATUS, is_on=False))
    dialog = ask(shown)
    columns = part(dialog, Label, "export-columns")
    titles = "Severity, Finding, Location, Scan, Source, CWE, Confidence, First seen"
    known = "The reason is known for 0 of 4 dismissed or false-positive findings."
    assert columns.text() == f"Columns: {titles}, id, scan, fingerprint, link, reason\n{known}"
    part(dialog, QRadioButton, "export-form-markdown").click()
    assert columns.text() == f"Columns: {titles}\n{known}"
    part(dialog, QRadioButton, "export-form-json").click()
    assert columns.text() == known
    dialog.reject()


async def test_frozen_and_closed_rows_are_in_the_file(shown: ShownWindow, tmp_path: Path) -> None:
    model, rows = shown.findings.model, on_screen(shown)
    model.set_frozen(is_frozen=True)
    shown.read("web-shop", 55)
    found = json_findings(await exported(shown, tmp_path / "frozen.json"))
    assert [row["id"] for row in found] == rows
    model.group_by(GroupBy.CWE)
    expected = on_screen(shown)
    model.set_groups_open(are_open=False)
    assert on_screen(shown) == []
    shown.show()  # a window that was blocked by a dialog has no keyboard at once
    found = json_findings(await exported(shown, tmp_path / "a.json"))
    assert [row["id"] for row in found] == expected
    assert (len(rows), len(expected)) == (40, 55)


async def test_a_selection_is_offered_and_written_alone(shown: ShownWindow, tmp_path: Path) -> None:
    """Three rows are selected from the third upwards; then the filter hides some of them."""
    rows = on_screen(shown)
    shown.findings.table.show_finding(FindingId(rows[2]))
    for _ in range(2):
        shown.press(KEY.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    data = await exported(shown, tmp_path / "a.json", offer=1)
    assert [row["id"] for row in json_findings(data)] == rows[:3]
    content = json.loads(data)
    assert (content["is_selection"], content["not_included"]) == (True, 37)
    first = shown.findings.model.finding_at(0)
    assert first is not None
    shown.findings.filter_state.set_text(f"-id:{first.id}")
    shown.show()  # a window that was blocked by a dialog has no keyboard at once
    dialog = ask(shown)
    box = part(dialog, QRadioButton, "export-offer-1")
    assert box.accessibleName() == "Selection, 2"
    assert box.accessibleDescription() == "1 more hidden by the filter"
    dialog.reject()


async def test_the_result_names_all_that_is_left_out(shown: ShownWindow, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    dialog = ask(shown)
    part(dialog, QRadioButton, "export-form-pdf").click()
    assert part(dialog, QPushButton, "export-do").accessibleName() == "Export 40 findings"
    write_to(dialog, path)
    outcome = await export_outcome(shown.window)
    assert part(outcome, Label, "export-outcome-title").text() == "40 findings exported"
    assert part(outcome, Label, "export-outcome-note").text().endswith(" KB, code left out")
    assert path.read_bytes().startswith(b"%PDF")
    click(part(outcome, QPushButton, "export-outcome-copy"))
    close = part(outcome, QPushButton, "export-outcome-close")
    assert close.accessibleName() == "Close"
    click(close)
    assert shown_dialog(shown.window, ExportOutcome) is None


@pytest.mark.parametrize(("folder", "copied"), [("a  b", "a  b"), ("a\x1b[2J", "a\ufffd[2J")])
async def test_the_path_is_copied_as_one_line_without_control_characters(
    shown: ShownWindow, tmp_path: Path, folder: str, copied: str
) -> None:
    (tmp_path / folder).mkdir()
    write_to(ask(shown), tmp_path / folder / "found.csv")
    outcome = await export_outcome(shown.window)
    click(part(outcome, QPushButton, "export-outcome-copy"))
    assert QGuiApplication.clipboard().text() == f"{tmp_path}/{copied}/found.csv"
    outcome.reject()


def test_progress_shows_size_and_time_once_they_are_known() -> None:
    def note(done: int, passed_s: float) -> str:
        return writing_words(Format.JSON, done * 620, done, 100_000, passed_s)[1]

    assert note(0, 2.0) == "JSON"
    assert note(61_200, 0.5) == "JSON, 37.9 MB"
    assert note(61_200, 6.3) == "JSON, 37.9 MB of about 62.0 MB, 4 s left"


def test_a_long_export_can_be_cancelled(shown: ShownWindow, tmp_path: Path, qtbot: QtBot) -> None:
    contents, cancelled = make_contents([make_finding(number) for number in range(5)]), []
    outcome = ExportOutcome(Wanted(tmp_path / "a.json", Format.JSON, contents), shown.window)
    contents.progress.done = 2
    outcome.follow(ExportUnderWay(contents, lambda: cancelled.append(True), Writing(38_000)))
    assert not outcome.isVisible()
    qtbot.waitUntil(outcome.isVisible)
    assert part(outcome, Label, "export-outcome-title").text() == "Writing 2 of 5 findings"
    bar = part(outcome, QProgressBar, "")
    assert (bar.value(), bar.maximum()) == (2, 5)
    click(part(outcome, QPushButton, "export-outcome-cancel"))
    assert cancelled == [True]


async def test_a_failure_offers_another_location(shown: ShownWindow, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    dialog = ask(shown)
    part(dialog, QLineEdit, "export-place").setText(str(folder / "a.csv"))
    folder.rmdir()
    click(part(dialog, QPushButton, "export-do"))
    outcome = await export_outcome(shown.window)
    title = part(outcome, Label, "export-outcome-title").text()
    assert title == "Export failed: No such file or directory"
    assert "No partial file was left behind." in part(outcome, Label, "export-outcome-note").text()
    click(part(outcome, QPushButton, "export-outcome-elsewhere"))
    again = shown_dialog(shown.window, ExportDialog)
    assert again is not None
    again.reject()


async def test_a_cancelled_export_leaves_nothing(shown: ShownWindow, tmp_path: Path) -> None:
    shown.read("web-shop", 3000)
    dialog = ask(shown)
    part(dialog, QRadioButton, "export-form-html").click()
    write_to(dialog, tmp_path / "a.html")
    outcome = part(shown.window, ExportOutcome, "export-outcome")
    await until(lambda: bool(names(tmp_path)))
    assert outcome.is_writing
    begun = names(tmp_path)
    outcome.reject()
    await until(lambda: names(tmp_path) != begun)
    assert names(tmp_path) == []


def test_an_impossible_file_is_named_before_the_export(shown: ShownWindow, tmp_path: Path) -> None:
    dialog = ask(shown)
    place, remark = part(dialog, QLineEdit, "export-place"), part(dialog, Label, "export-remark")
    do = part(dialog, QPushButton, "export-do")
    assert do.isEnabled()
    for text, words in (
        ("", "Enter a file name."),
        (str(tmp_path), "Enter a file name."),
        ("a.csv", "This folder doesn't exist."),
        (str(tmp_path / "none" / "a.csv"), "This folder doesn't exist."),
        (str(tmp_path / ("x" * 5000)), "This isn't a valid file name."),
        ("/\x00", "This isn't a valid file name."),
    ):
        place.setText(text)
        assert words in remark.text(), text
        assert not do.isEnabled()
    (tmp_path / "a.csv").touch()
    place.setText(str(tmp_path / "a.csv"))
    assert remark.text() == "a.csv already exists and will be replaced."
    assert do.isEnabled()
    dialog.reject()


def test_the_suffix_follows_and_reports_have_no_code(shown: ShownWindow, tmp_path: Path) -> None:
    dialog = ask(shown)
    place = part(dialog, QLineEdit, "export-place")
    assert place.text().endswith(".csv")
    part(dialog, QRadioButton, "export-form-html").click()
    assert place.text().endswith(".html")
    place.setText(str(tmp_path / "mine.html"))
    part(dialog, QRadioButton, "export-form-sarif").click()
    assert place.text() == str(tmp_path / "mine.sarif")
    sentence = part(dialog, Label, "export-leaving")
    assert sentence.text() == "Descriptions, advice, code and paths are included."
    part(dialog, QRadioButton, "export-form-pdf").click()
    assert sentence.text() == "Code and patches are left out; descriptions and advice are included."
    dialog.reject()


def test_typing_a_place_makes_no_sample_of_the_file(shown: ShownWindow, tmp_path: Path) -> None:
    made: list[Contents] = []

    def writer(contents: Contents) -> Iterator[str]:
        made.append(contents)
        yield from csv_pieces(contents)

    offer = Offer("Shown rows", "", make_contents([make_finding()]))
    dialog = ExportDialog([offer], {Format.CSV: writer}, tmp_path, Format.CSV, shown.window)
    assert made
    made.clear()
    part(dialog, QLineEdit, "export-place").setText(str(tmp_path / "b.csv"))
    assert made == []


def test_the_button_of_the_table_opens_it_and_every_choice_has_a_name(shown: ShownWindow) -> None:
    click(part(shown.window, GhostIconButton, "export_button"))
    dialog = shown_dialog(shown.window, ExportDialog)
    assert dialog is not None
    names = [each.accessibleName() for each in dialog.findChildren(QRadioButton)]
    assert names[:2] == ["Shown rows, 40", "CSV"]
    assert all(names)
    assert isinstance(dialog.focusWidget(), QRadioButton)
    dialog.reject()


def test_many_rows_are_copied_after_some_turns(shown: ShownWindow, qtbot: QtBot) -> None:
    shown.read("web-shop", 700)
    shown.findings.table.setFocus()
    shown.press(KEY.Key_A, CTRL)
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    with qtbot.waitSignal(clipboard.dataChanged):
        shown.window.exporter().copy_csv()
        assert clipboard.text() == ""
    assert clipboard.text().count("\n") == 701


@pytest.mark.parametrize(
    ("command", "begins"), [("copy-csv", "Severity,"), ("copy-markdown", "| Severity |")]
)
def test_a_selection_is_copied_by_columns(shown: ShownWindow, command: str, begins: str) -> None:
    listed = {each.id: each for each in shown.window.commands.commands()}
    assert listed[command].obstacle() == "Select a finding first."
    shown.press(KEY.Key_J)
    assert not listed[command].obstacle()
    clipboard = QGuiApplication.clipboard()
    listed[command].act()
    assert clipboard.text().startswith(begins)
    row = shown.findings.table.selected_row
    assert row is not None
    finding = shown.findings.model.finding_at(row)
    assert finding is not None
    assert finding.file_line in clipboard.text()


pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here")


def pages(contents: Contents, folder: Path) -> list[str]:
    """Return the text of each page, painted in another thread as when it is written."""
    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.extend(pdf_pieces(contents)))
    thread.start()
    thread.join()
    file = folder / "report.pdf"
    file.write_bytes(b"".join(made))
    command = ("pdftotext", "-layout", file, "-")
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    *found, rest = text.split("\f")
    assert rest == ""
    return found


def test_every_row_is_on_a_page_with_its_number(qapp: QApplication, tmp_path: Path) -> None:
    severities = list(Severity)
    rows = [make_finding(n, title=f"finding no {n}", severity=severities[n % 5]) for n in range(60)]
    contents = make_contents(rows, leave_out=LeaveOut.CODE, hidden=3, filter_text="sev>=low")
    found = pages(contents, tmp_path)
    text = "".join(found)
    for number in range(60):
        assert f"finding no {number} " in text or f"finding no {number}\n" in text
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert "Source: heimdall.corp.example" in page
        assert "Location" in page
    assert "payments-api: 60 findings" in found[0]
    assert "3 of 63 findings aren't in this report." in found[0]
    assert "By severity" in found[0]
    assert "By folder" in found[0]
    assert contents.progress.done == 60
    command = ("pdfimages", "-list", tmp_path / "report.pdf")
    listed = subprocess.run(command, capture_output=True, check=True).stdout.splitlines()
    assert len(listed) == 2, "heads alone: charts and icons are drawn as vectors"


def test_a_location_longer_than_its_column_is_wrapped(qapp: QApplication, tmp_path: Path) -> None:
    name = f"{'long_' * 12}name.py"
    found = pages(make_contents([make_finding(1, file_path=f"shop/{name}")]), tmp_path)
    text = "".join("".join(found).split())
    assert "…" not in text
    assert ":88" in text
    assert "name.py" in text


def test_code_is_included_only_on_request(qapp: QApplication, tmp_path: Path) -> None:
    texts = {"description": "three", "fix_summary": "four"}
    rows = [make_finding(1, code_snippet="one()\n\ttwo()\n", **texts)]
    shown = "".join(pages(make_contents(rows), tmp_path))
    assert all(word in shown for word in ("one()", "two()", "three", "four"))
    hidden = "".join(pages(make_contents(rows, leave_out=LeaveOut.CODE), tmp_path))
    assert not any(word in hidden for word in ("one()", "two()"))
    assert all(word in hidden for word in ("three", "four"))


def test_hostile_texts_stay_within_their_pages(qapp: QApplication, tmp_path: Path) -> None:
    found = pages(make_contents(hostile_findings(), leave_out=LeaveOut.CODE), tmp_path)
    text = "".join(found)
    assert "=cmd|' /C calc'!A0" in text
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert pages(make_contents([]), tmp_path)[0].strip().endswith(".")

"""The report as PDF: its pages contain every row as text."""

import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.export.contents import Contents, LeaveOut
from heimdall_desktop.widgets.export.pdf_report import pdf_pieces
from tests.fakes.exported import hostile_findings, make_contents
from tests.fakes.findings import make_finding

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
    rows = [
        make_finding(number, title=f"finding no {number}", severity=(*Severity,)[number % 5])
        for number in range(1, 61)
    ]
    contents = make_contents(rows, leave_out=LeaveOut.CODE, hidden=3, filter_text="sev>=low")
    found = pages(contents, tmp_path)
    text = "".join(found)
    for number in range(1, 61):
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
    listed = subprocess.run(
        ("pdfimages", "-list", tmp_path / "report.pdf"), capture_output=True, check=True
    )
    assert len(listed.stdout.splitlines()) == 2, (
        "heads alone: charts and icons are drawn as vectors"
    )


def test_a_location_longer_than_its_column_is_wrapped(qapp: QApplication, tmp_path: Path) -> None:
    name = f"{'long_' * 12}name.py"
    found = pages(make_contents([make_finding(1, file_path=f"shop/{name}")]), tmp_path)
    text = "".join("".join(found).split())
    assert "…" not in text
    assert ":88" in text
    assert "name.py" in text


def test_code_is_included_only_on_request(qapp: QApplication, tmp_path: Path) -> None:
    rows = [
        make_finding(1, code_snippet="one()\n\ttwo()\n", description="three", fix_summary="four")
    ]
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

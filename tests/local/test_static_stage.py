"""The static stage: which files go where, and what it says about its progress."""

from pathlib import Path

from heimdall_desktop.local.quoted_source import QuotedSource
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.source_tree import SourceFile
from heimdall_desktop.local.static_stage import FINDINGS_AT_ONCE, StaticStage, in_portions
from heimdall_desktop.local.steps import Activity, Found
from tests.fakes.scanners import BABBLING, picky_scanner
from tests.fakes.scans import a_new_finding


def _files(root: Path) -> list[SourceFile]:
    return [SourceFile(path.name, path.stat().st_size) for path in sorted(root.iterdir())]


async def _notes(root: Path, stage: StaticStage) -> list[Activity]:
    steps = [step async for step in stage.steps(_files(root))]
    return [step for step in steps if isinstance(step, Activity)]


async def test_text_goes_to_the_secret_scan_and_python_to_bandit(tmp_path: Path) -> None:
    for name, content in {
        "a.py": b"x",
        "b.txt": b"x",
        "c.png": b"x",
        "d": b"x\0",
        "e.pyi": b"x",
        "empty.py": b"",
    }.items():
        (tmp_path / name).write_bytes(content)
    fake = picky_scanner()
    notes = await _notes(tmp_path, StaticStage(tmp_path, QuotedSource(tmp_path), fake, fake))
    first = {note.task_key: note.detail for note in reversed(notes)}
    assert first["secret-scan"] == "0 of 3 files, 0 findings (fake scanner)"
    assert first["pattern-scan"] == "0 of 1 files, 0 findings (fake scanner)"
    assert [note.status for note in notes].count("completed") == 2


async def test_a_report_that_is_none_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x")
    stage = StaticStage(tmp_path, QuotedSource(tmp_path), BABBLING, picky_scanner())
    notes = [n for n in await _notes(tmp_path, stage) if n.task_key == "pattern-scan"]
    assert [note.status for note in notes] == ["running", *["completed_with_errors"] * 2]
    assert "its report cannot be read; not scanned: a.py" in (notes[1].detail or "")
    assert stage.flows == []


def test_many_findings_are_stored_in_portions() -> None:
    findings: list[NewFinding] = [a_new_finding()] * (FINDINGS_AT_ONCE + 1)
    portions = list(in_portions(findings))
    assert [len(portion.findings) for portion in portions] == [FINDINGS_AT_ONCE, 1]
    assert all(isinstance(portion, Found) for portion in portions)

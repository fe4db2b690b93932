"""The static stage: which files go where, and what it says about its progress."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from heimdall_desktop.local import source_tree, static_stage
from heimdall_desktop.local.quoted_source import QuotedSource
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.scanners import (
    BANDIT,
    DETECT_SECRETS,
    MEMORY_LIMIT_BYTES,
    Scanner,
    Scanners,
)
from heimdall_desktop.local.steps import Activity, Found
from tests.fakes import no_namespaces
from tests.fakes.no_namespaces import UNSHARE
from tests.fakes.scanners import BABBLING, CRASHING, may_have_a_network_of_its_own, picky_scanner
from tests.fakes.scans import a_new_finding

NARROW_BANDIT = replace(
    BANDIT,
    command=tuple(part.replace(str(MEMORY_LIMIT_BYTES), "400000000") for part in BANDIT.command),
)


def _tree(root: Path) -> source_tree.SourceTree:
    tree = source_tree.SourceTree()
    for _ in source_tree.walk(source_tree.SourceFolder(root), tree):
        pass
    return tree


def _stage(
    root: Path, tree: source_tree.SourceTree, bandit: Scanner, secrets: Scanner
) -> static_stage.StaticStage:
    folder = source_tree.SourceFolder(root)
    return static_stage.StaticStage(folder, QuotedSource(folder), tree, Scanners(bandit, secrets))


async def _notes(stage: static_stage.StaticStage) -> list[Activity]:
    return [step async for step in stage.steps() if isinstance(step, Activity)]


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
    fake, tree = picky_scanner(), _tree(tmp_path)
    notes = await _notes(_stage(tmp_path, tree, fake, fake))
    first = {note.task_key: note.detail for note in reversed(notes)}
    assert first["secret-scan"] == "0 of 3 files, 0 findings (fake scanner)"
    assert first["pattern-scan"] == "0 of 1 files, 0 findings (fake scanner)"
    assert [note.status for note in notes].count("completed") == 3
    assert (tree.not_scanned, tree.not_taken) == ({}, 2)
    assert first["not-taken"] == "2 files are binary, or of a kind that no scanner takes."


async def test_an_unreadable_report_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x")
    tree = _tree(tmp_path)
    stage = _stage(tmp_path, tree, BABBLING, picky_scanner())
    notes = [n for n in await _notes(stage) if n.task_key == "pattern-scan"]
    assert [note.status for note in notes] == ["running", *["completed_with_errors"] * 2]
    assert "wrote a report that cannot be read; not scanned: a.py" in (notes[1].detail or "")
    assert tree.not_scanned == {"a.py": "fake scanner wrote a report that cannot be read"}
    assert stage.flows == []


async def test_files_that_no_scanner_finishes_are_not_scanned(tmp_path: Path) -> None:
    """Each file hides `exec(input())` from bandit in another way."""
    code = b"exec(input())\n"
    hidden = {
        "broken.py": code + b"def (\n",
        "coding.py": b"# coding: no-such-coding\n" + code,
        "large.py": code + b"#" * source_tree.MAX_SCANNED_BYTES,
        "memory.py": b"x = [" + b"1," * 600_000 + b"]\n" + code,
        "tool": b"#!/usr/bin/env python3\n" + code + b"def (\n",
    }
    for name, content in (hidden | {"seen.py": b"x = 1\n", "data.bin": b"\0"}).items():
        (tmp_path / name).write_bytes(content)
    tree = _tree(tmp_path)
    (tmp_path / "seen.py").write_bytes(code)  # after the walk
    notes = await _notes(_stage(tmp_path, tree, NARROW_BANDIT, picky_scanner()))
    assert tree.not_scanned == {
        "broken.py": "bandit cannot parse it",
        "coding.py": "bandit cannot parse it",
        "large.py": "larger than 2 MB",
        "memory.py": "bandit gave up: exception while scanning file",
        "seen.py": source_tree.CHANGED,
        "tool": "bandit cannot parse it",
    }
    assert tree.not_taken == 1
    assert (notes[-1].detail or "").endswith("; not scanned: 4")


@pytest.mark.skipif(UNSHARE is None, reason="the number of the system call is not known here")
async def test_a_network_that_cannot_be_cut_off_is_noted_once_and_is_no_error(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    bandit, secrets = (
        replace(scanner, command=(sys.executable, no_namespaces.__file__, *scanner.command))
        for scanner in (BANDIT, DETECT_SECRETS)
    )
    tree = _tree(tmp_path)
    notes = await _notes(_stage(tmp_path, tree, bandit, secrets))
    [reported] = [note for note in notes if note.task_key == "network"]
    assert reported.status == "skipped"
    assert "so the scanners ran with it" in (reported.detail or "")
    assert tree.not_scanned == {}
    assert {note.status for note in notes} == {"running", "completed", "skipped"}


@pytest.mark.skipif(not may_have_a_network_of_its_own(), reason="forbidden on this system")
async def test_nothing_is_noted_if_the_network_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    notes = await _notes(_stage(tmp_path, _tree(tmp_path), BANDIT, DETECT_SECRETS))
    assert {note.task_key for note in notes} == {"secret-scan", "pattern-scan"}


async def test_a_dead_scanner_leaves_all_files_unscanned_in_few_lines(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number}.py").write_text("x")
    tree = _tree(tmp_path)
    notes = await _notes(_stage(tmp_path, tree, CRASHING, picky_scanner()))
    assert set(tree.not_scanned.values()) == {"fake scanner ended with code 7"}
    assert len(tree.not_scanned) == 1000
    assert [note.status for note in notes].count(
        "completed_with_errors"
    ) == static_stage.PROBLEMS_SHOWN + 1


def test_many_findings_are_stored_in_portions() -> None:
    findings: list[NewFinding] = [a_new_finding()] * (static_stage.FINDINGS_AT_ONCE + 1)
    portions = list(static_stage.in_portions(findings))
    assert [len(portion.findings) for portion in portions] == [static_stage.FINDINGS_AT_ONCE, 1]
    assert all(isinstance(portion, Found) for portion in portions)


async def test_a_file_on_which_a_bandit_test_breaks_is_not_scanned(tmp_path: Path) -> None:
    """Deep nesting leaves no room for the tests of the innermost call, and bandit continues."""
    (tmp_path / "a.py").write_text("x = 1\n")
    report = '{"results": [], "errors": [], "metrics": {"./0000.py": {}}}'
    complaint = "Bandit internal error running: exec_used on file ././0000.py at line 1: deep"
    code = f"import sys; print({report!r}); print({complaint!r}, file=sys.stderr)"
    broken = Scanner("bandit", (sys.executable, "-c", code), suffix=".py")
    tree = _tree(tmp_path)
    await _notes(_stage(tmp_path, tree, broken, picky_scanner()))
    assert tree.not_scanned == {"a.py": "a test of bandit broke on it"}

"""Batches, crashes, hangs, and the two real scanners."""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from heimdall_desktop.local.scanner_findings import read_bandit, read_secrets
from heimdall_desktop.local.scanners import (
    BANDIT,
    BATCH_BYTES,
    BATCH_FILES,
    DETECT_SECRETS,
    Batch,
    BatchDone,
    BatchScan,
    Scanner,
    batches_of,
)
from heimdall_desktop.local.source_tree import SourceFile, SourceFolder
from tests.fakes.scanners import CRASHING, HANGING, picky_scanner


def _files(*names: str, size_bytes: int = 10) -> list[SourceFile]:
    return [SourceFile(name, size_bytes) for name in names]


async def _scan(scanner: Scanner, root: Path, batches: Iterable[Batch]) -> list[BatchDone]:
    return [outcome async for outcome in BatchScan(scanner, SourceFolder(root)).run(batches)]


def _write(root: Path, **texts: str) -> list[SourceFile]:
    for name, text in texts.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return [SourceFile(name.replace("__", "/"), len(text)) for name, text in texts.items()]


def test_batches_are_limited_in_number_size_and_command_line() -> None:
    many = _files(*(f"{n}.py" for n in range(BATCH_FILES + 1)))
    assert [len(batch) for batch in batches_of(many)] == [BATCH_FILES, 1]
    large = _files("a", "b", "c", size_bytes=BATCH_BYTES // 2)
    assert [len(batch) for batch in batches_of(large)] == [2, 1]
    long = _files(*(f"{n}" + "x" * 4000 for n in range(7)))
    assert [len(batch) for batch in batches_of(long)] == [5, 2]
    assert list(batches_of([])) == []


async def test_a_crash_is_narrowed_down_to_its_file(tmp_path: Path) -> None:
    batch = tuple(_write(tmp_path, **{name: name for name in "abcdefgh"}))
    outcomes = await _scan(picky_scanner(refuses="f"), tmp_path, [batch])
    lost = [outcome for outcome in outcomes if outcome.problem]
    assert [[file.path for file in outcome.batch] for outcome in lost] == [["f"]]
    assert lost[0].problem == "ended with code 9"
    assert sum(len(outcome.batch) for outcome in outcomes if outcome.report) == 7


async def test_a_broken_scanner_is_not_asked_about_every_file(tmp_path: Path) -> None:
    batches = list(batches_of(_write(tmp_path, **{f"{n}.py": "x" for n in range(600)})))
    outcomes = await _scan(CRASHING, tmp_path, batches)
    assert all(outcome.problem for outcome in outcomes)
    assert sum(len(outcome.batch) for outcome in outcomes) == 600
    assert len(outcomes) < 40


async def test_a_hanging_scanner_loses_its_batch_only(tmp_path: Path) -> None:
    outcomes = await _scan(HANGING, tmp_path, [tuple(_write(tmp_path, a="x", b="x"))])
    assert [outcome.problem for outcome in outcomes] == ["took longer than 0.3 s and was stopped"]


async def test_closing_early_stops_what_runs(tmp_path: Path) -> None:
    files = _write(tmp_path, a="x", b="x", c="x", d="x")
    scan = BatchScan(picky_scanner(), SourceFolder(tmp_path)).run([(file,) for file in files])
    await anext(scan)
    await scan.aclose()


async def test_bandit_scans_what_it_is_given_and_nothing_it_finds(tmp_path: Path) -> None:
    files = _write(
        tmp_path,
        **{
            "a.egg__x.py": "import os\nos.system(command)\n",
            "-x.py": "eval(text)\n",
            "broken.py": "def (",
            "bandit.py": "raise SystemExit('imported from the scanned folder')\n",
            "json__init__.py": "",
        },
    )
    outcomes = await _scan(BANDIT, tmp_path, [tuple(files)])
    assert outcomes[0].report
    report = read_bandit(outcomes[0].report)
    names = outcomes[0].names
    assert {(names[issue.path].path, issue.test_id) for issue in report.issues} == {
        ("-x.py", "B307"),
        ("a.egg/x.py", "B605"),
    }
    assert [names[name].path for name in report.gave_up] == ["broken.py"]


async def test_detect_secrets_names_lines_and_no_values(tmp_path: Path) -> None:
    secret = "hunter2" + "S3cretValue"
    files = _write(
        tmp_path,
        **{
            "app.env": f"X=1\nDB_PASSWORD={secret}\n",
            "key.pem": "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n",
            "json__init__.py": "raise SystemExit('imported from the scanned folder')\n",
        },
    )
    outcomes = await _scan(DETECT_SECRETS, tmp_path, [tuple(files)])
    assert outcomes[0].report
    assert secret.encode() not in outcomes[0].report
    hits = read_secrets(outcomes[0].report)
    paths = {name: file.path for name, file in outcomes[0].names.items()}
    found = [(paths[hit.path], hit.line, hit.kinds) for hit in hits]
    assert ("key.pem", 1, ("Private Key",)) in found
    assert "app.env" in {path for path, _, _ in found}


@pytest.mark.parametrize("scanner", [BANDIT, DETECT_SECRETS])
def test_the_scanners_run_in_this_python_and_ask_nobody(scanner: Scanner) -> None:
    assert scanner.command[:2] == (sys.executable, "-I")
    assert scanner is BANDIT or "--no-verify" in scanner.command


async def test_lines_that_silence_themselves_are_scanned(tmp_path: Path) -> None:
    files = _write(tmp_path, **{"a.py": "exec(input())  # nosec\n"})
    outcomes = await _scan(BANDIT, tmp_path, [tuple(files)])
    assert [issue.test_id for issue in read_bandit(outcomes[0].report or b"").issues] == ["B102"]
    text = "password = 'hunter2" + "S3cret'  # pragma: allowlist secret\n"
    outcomes = await _scan(DETECT_SECRETS, tmp_path, [tuple(_write(tmp_path, **{"b.txt": text}))])
    assert [hit.line for hit in read_secrets(outcomes[0].report or b"")] == [1]


async def test_text_is_scanned_whatever_its_name_and_coding(tmp_path: Path) -> None:
    """By itself detect-secrets leaves out what is no UTF-8, style sheets and all of Swagger."""
    text = "# café\npassword = 'hunter2" + "S3cret'\n"
    for coding in ("utf-16", "latin-1"):
        (tmp_path / coding).write_bytes(text.encode(coding))
    _write(tmp_path, **{"a.css": text, "swagger__b.yaml": text})
    names = ("utf-16", "latin-1", "a.css", "swagger/b.yaml")
    outcomes = await _scan(DETECT_SECRETS, tmp_path, [tuple(_files(*names))])
    hits = read_secrets(outcomes[0].report or b"")
    assert {outcomes[0].names[hit.path].path for hit in hits} == set(names)


async def test_a_file_that_cannot_be_copied_is_told_and_others_are_scanned(tmp_path: Path) -> None:
    files = [*_write(tmp_path, a="x"), SourceFile("gone", 1)]
    [outcome] = await _scan(picky_scanner(), tmp_path, [tuple(files)])
    assert [file.path for file in outcome.names.values()] == ["a"]
    assert outcome.unread == {"gone": "cannot be read: No such file or directory"}
    [outcome] = await _scan(picky_scanner(), tmp_path, [tuple(files[1:])])
    assert (outcome.report, outcome.problem, list(outcome.unread)) == (None, None, ["gone"])


async def test_no_copy_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, root = tmp_path / "place", tmp_path / "root"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    files = tuple(_write(root, a="x"))
    for scanner in (picky_scanner(), CRASHING, HANGING):
        await _scan(scanner, root, [files])
        assert list(place.iterdir()) == []
    scan = BatchScan(picky_scanner(), SourceFolder(root)).run([files] * 4)
    await anext(scan)
    await scan.aclose()
    assert list(place.iterdir()) == []

"""Batches, crashes, hangs, and the two real scanners."""

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from heimdall_desktop.local.reports import read_bandit, read_secrets
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
from heimdall_desktop.local.source_tree import SourceFile
from tests.fakes.scanners import CRASHING, HANGING, picky_scanner


def _files(*names: str, size_bytes: int = 10) -> list[SourceFile]:
    return [SourceFile(name, size_bytes) for name in names]


async def _scan(scanner: Scanner, root: Path, batches: Iterable[Batch]) -> list[BatchDone]:
    return [outcome async for outcome in BatchScan(scanner, root).run(batches)]


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
    batch = tuple(_files(*"abcdefgh"))
    outcomes = await _scan(picky_scanner(refuses="f"), tmp_path, [batch])
    lost = [outcome for outcome in outcomes if outcome.problem]
    assert [[file.path for file in outcome.batch] for outcome in lost] == [["f"]]
    assert lost[0].problem == "ended with code 9"
    assert sum(len(outcome.batch) for outcome in outcomes if outcome.report) == 7


async def test_a_broken_scanner_is_not_asked_about_every_file(tmp_path: Path) -> None:
    batches = list(batches_of(_files(*(f"{n}.py" for n in range(600)))))
    outcomes = await _scan(CRASHING, tmp_path, batches)
    assert all(outcome.problem for outcome in outcomes)
    assert sum(len(outcome.batch) for outcome in outcomes) == 600
    assert len(outcomes) < 40


async def test_a_hanging_scanner_loses_its_batch_only(tmp_path: Path) -> None:
    outcomes = await _scan(HANGING, tmp_path, [tuple(_files("a", "b"))])
    assert [outcome.problem for outcome in outcomes] == ["took longer than 0.3 s and was stopped"]


async def test_closing_early_stops_what_runs(tmp_path: Path) -> None:
    scan = BatchScan(picky_scanner(), tmp_path).run([tuple(_files(name)) for name in "abcd"])
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
    assert {(issue.path, issue.test_id) for issue in report.issues} == {
        ("-x.py", "B307"),
        ("a.egg/x.py", "B605"),
    }
    assert report.unparsed == ("broken.py",)


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
    assert ("key.pem", 1, ("Private Key",)) in [(hit.path, hit.line, hit.kinds) for hit in hits]
    assert "app.env" in {hit.path for hit in hits}


@pytest.mark.parametrize("scanner", [BANDIT, DETECT_SECRETS])
def test_the_scanners_run_in_this_python_and_ask_nobody(scanner: Scanner) -> None:
    assert scanner.command[:2] == (sys.executable, "-P")
    assert scanner is BANDIT or "--no-verify" in scanner.command

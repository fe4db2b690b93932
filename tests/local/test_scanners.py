"""Scanners in separate processes: batches, limits, what they inherit, what their filter drops."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from heimdall_desktop.local import scanners
from heimdall_desktop.local.scanner_findings import read_bandit, read_secrets
from heimdall_desktop.local.secret_candidates import has_no_candidate
from heimdall_desktop.local.source_tree import SourceFile, SourceFolder
from tests.fakes.scanners import CRASHING, HANGING, may_have_a_network_of_its_own, picky_scanner

_GRANDCHILD = """
import subprocess, sys, time
with open("pipe", "w") as pipe:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=pipe)
    print("ready", file=pipe, flush=True)
    time.sleep(60)
"""
PROGRAM = """
import ctypes, resource
from heimdall_desktop.local.contained import hide_memory
resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
hide_memory()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def _files(*names: str, size_bytes: int = 10) -> list[SourceFile]:
    return [SourceFile(name, size_bytes) for name in names]


async def _scan(
    scanner: scanners.Scanner, root: Path, batches: Iterable[scanners.Batch]
) -> list[scanners.BatchDone]:
    return [
        outcome async for outcome in scanners.BatchScan(scanner, SourceFolder(root)).run(batches)
    ]


def _write(root: Path, **texts: str) -> list[SourceFile]:
    for name, text in texts.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return [SourceFile(name.replace("__", "/"), len(text)) for name, text in texts.items()]


def test_batches_are_limited_in_number_size_and_command_line() -> None:
    many = _files(*(f"{n}.py" for n in range(scanners.BATCH_FILES + 1)))
    assert [len(batch) for batch in scanners.batches_of(many)] == [scanners.BATCH_FILES, 1]
    large = _files("a", "b", "c", size_bytes=scanners.BATCH_BYTES // 2)
    assert [len(batch) for batch in scanners.batches_of(large)] == [2, 1]
    long = _files(*(f"{n}" + "x" * 4000 for n in range(7)))
    assert [len(batch) for batch in scanners.batches_of(long)] == [5, 2]
    assert list(scanners.batches_of([])) == []


async def test_a_crash_is_narrowed_down_to_its_file(tmp_path: Path) -> None:
    batch = tuple(_write(tmp_path, **{name: name for name in "abcdefgh"}))
    outcomes = await _scan(picky_scanner(refuses="f"), tmp_path, [batch])
    lost = [outcome for outcome in outcomes if outcome.problem]
    assert [[file.path for file in outcome.batch] for outcome in lost] == [["f"]]
    assert lost[0].problem == "ended with code 9"
    assert sum(len(outcome.batch) for outcome in outcomes if outcome.report) == 7


async def test_a_broken_scanner_is_not_tried_on_every_file(tmp_path: Path) -> None:
    batches = list(scanners.batches_of(_write(tmp_path, **{f"{n}.py": "x" for n in range(600)})))
    outcomes = await _scan(CRASHING, tmp_path, batches)
    assert all(outcome.problem for outcome in outcomes)
    assert sum(len(outcome.batch) for outcome in outcomes) == 600
    assert len(outcomes) < 40


async def test_a_hanging_scanner_loses_its_batch_only(tmp_path: Path) -> None:
    outcomes = await _scan(HANGING, tmp_path, [tuple(_write(tmp_path, a="x", b="x"))])
    assert [outcome.problem for outcome in outcomes] == ["took longer than 0.3 s and was stopped"]


async def test_closing_early_stops_the_scanners(tmp_path: Path) -> None:
    files = _write(tmp_path, a="x", b="x", c="x", d="x")
    scan = scanners.BatchScan(picky_scanner(), SourceFolder(tmp_path)).run(
        [(file,) for file in files]
    )
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
    outcomes = await _scan(scanners.BANDIT, tmp_path, [tuple(files)])
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
    outcomes = await _scan(scanners.DETECT_SECRETS, tmp_path, [tuple(files)])
    assert outcomes[0].report
    assert secret.encode() not in outcomes[0].report
    hits = read_secrets(outcomes[0].report)
    paths = {name: file.path for name, file in outcomes[0].names.items()}
    found = [(paths[hit.path], hit.line, hit.kinds) for hit in hits]
    assert ("key.pem", 1, ("Private Key",)) in found
    assert "app.env" in {path for path, _, _ in found}


@pytest.mark.parametrize("scanner", [scanners.BANDIT, scanners.DETECT_SECRETS])
def test_the_scanners_run_in_this_python_and_verify_nothing_online(
    scanner: scanners.Scanner,
) -> None:
    assert scanner.command[:2] == (sys.executable, "-I")
    assert scanner is scanners.BANDIT or "--no-verify" in scanner.command


async def test_silenced_lines_are_scanned(tmp_path: Path) -> None:
    files = _write(tmp_path, **{"a.py": "exec(input())  # nosec\n"})
    outcomes = await _scan(scanners.BANDIT, tmp_path, [tuple(files)])
    assert [issue.test_id for issue in read_bandit(outcomes[0].report or b"").issues] == ["B102"]
    text = "password = 'hunter2" + "S3cret'  # pragma: allowlist secret\n"
    outcomes = await _scan(
        scanners.DETECT_SECRETS, tmp_path, [tuple(_write(tmp_path, **{"b.txt": text}))]
    )
    assert [hit.line for hit in read_secrets(outcomes[0].report or b"")] == [1]


async def test_text_is_scanned_whatever_its_name_and_coding(tmp_path: Path) -> None:
    """By itself detect-secrets leaves out what is no UTF-8, style sheets and all of Swagger."""
    text = "# café\npassword = 'hunter2" + "S3cret'\n"
    for coding in ("utf-16", "latin-1"):
        (tmp_path / coding).write_bytes(text.encode(coding))
    _write(tmp_path, **{"a.css": text, "swagger__b.yaml": text})
    names = ("utf-16", "latin-1", "a.css", "swagger/b.yaml")
    outcomes = await _scan(scanners.DETECT_SECRETS, tmp_path, [tuple(_files(*names))])
    hits = read_secrets(outcomes[0].report or b"")
    assert {outcomes[0].names[hit.path].path for hit in hits} == set(names)


async def test_a_file_that_cannot_be_copied_is_reported_and_others_are_scanned(
    tmp_path: Path,
) -> None:
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
    scan = scanners.BatchScan(picky_scanner(), SourceFolder(root)).run([files] * 4)
    await anext(scan)
    await scan.aclose()
    assert list(place.iterdir()) == []


async def _run(code: str, folder: Path, *, limit_s: float = 20.0, limit_bytes: int = 1000) -> bytes:
    command = [sys.executable, "-c", code]
    output = await scanners.run_child(
        command, folder, time_limit_s=limit_s, output_limit_bytes=limit_bytes
    )
    return output.output


async def test_output_comes_back(tmp_path: Path) -> None:
    code = "import os, sys; print(os.getcwd()); print('noise', file=sys.stderr)"
    command = [sys.executable, "-c", code]
    output = await scanners.run_child(command, tmp_path, time_limit_s=20, output_limit_bytes=1000)
    assert output == scanners.ChildOutput(
        f"{tmp_path}{os.linesep}".encode(), f"noise{os.linesep}".encode()
    )


async def test_an_error_code_and_a_signal_are_named(tmp_path: Path) -> None:
    with pytest.raises(scanners.ChildFailed, match="ended with code 3"):
        await _run("print('half'); raise SystemExit(3)", tmp_path)
    with pytest.raises(scanners.ChildFailed, match=r"signal 11|code"):
        await _run("import os; os.kill(os.getpid(), 11)", tmp_path)


async def test_a_program_that_does_not_exist_fails(tmp_path: Path) -> None:
    with pytest.raises(scanners.ChildFailed, match="could not be started"):
        await scanners.run_child(
            ["/no/such/program"], tmp_path, time_limit_s=1, output_limit_bytes=1
        )
    with pytest.raises(scanners.ChildFailed, match="could not be started"):
        await scanners.run_child(
            [sys.executable, "-c", ""], tmp_path / "gone", time_limit_s=1, output_limit_bytes=1
        )


async def test_a_hanging_program_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(scanners.ChildHung, match=r"longer than 0\.3 s"):
        await _run("import time; time.sleep(60)", tmp_path, limit_s=0.3)


async def test_endless_output_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(scanners.ChildFailed, match="wrote more than 0 MB"):
        await _run("while True: print('x' * 1000)", tmp_path)
    with pytest.raises(scanners.ChildFailed, match="wrote more than 0 MB"):
        await _run("import sys\nwhile True: print('x' * 1000, file=sys.stderr)", tmp_path)


async def test_nothing_of_our_environment_reaches_a_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HEIMDALL_TOKEN", "PYTHONSTARTUP", "PYTHONPATH", "PYTHONHOME", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("LD_LIBRARY_PATH", os.pathsep.join(("", "canary", str(tmp_path))))
    reported = await _run("import os; print(os.environ)", tmp_path, limit_bytes=99_999)
    assert b"canary" not in reported
    assert f"'LD_LIBRARY_PATH': '{tmp_path}'".encode() in reported


@pytest.mark.parametrize("python_path", ["", ".", os.pathsep, f"{os.pathsep}/nowhere"])
async def test_a_folder_cannot_make_a_contained_program_run_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python_path: str
) -> None:
    """An empty or relative part of PYTHONPATH is the folder that a program starts in."""
    place, folder = tmp_path / "place", tmp_path / "folder"
    place.mkdir()
    folder.mkdir()
    for name in ("sitecustomize", "usercustomize", "json", "ctypes", "runpy"):
        (folder / f"{name}.py").write_text(f"open({str(place / name)!r}, 'w')")
    monkeypatch.setenv("PYTHONPATH", python_path)
    monkeypatch.setenv("PYTHONSTARTUP", str(folder / "json.py"))
    monkeypatch.chdir(folder)
    command = scanners.contained("-m", "json.tool", "--help", memory_bytes=400_000_000)
    reported = await scanners.run_child(command, folder, time_limit_s=60, output_limit_bytes=9999)
    assert b"usage" in reported.output
    assert list(place.iterdir()) == []


async def _run_contained(tmp_path: Path, code: str) -> str:
    (tmp_path / "probe.py").write_text(code)
    command = scanners.contained(str(tmp_path / "probe.py"), "--argument", memory_bytes=400_000_000)
    output = await scanners.run_child(command, tmp_path, time_limit_s=60, output_limit_bytes=999)
    return output.output.decode()


async def test_a_contained_program_gets_its_arguments(tmp_path: Path) -> None:
    reported = await _run_contained(tmp_path, "import sys; print(sys.argv[1:], sys.flags.isolated)")
    assert reported == "['--argument'] 1\n"


@pytest.mark.skipif(sys.platform != "linux", reason="no such bound elsewhere")
async def test_memory_is_bounded_and_hidden_and_no_core_is_dumped(tmp_path: Path) -> None:
    code = """
import ctypes, resource
try:
    bytearray(500_000_000)
except MemoryError:
    print("no more")
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
    assert await _run_contained(tmp_path, code) == "no more\n(0, 0) 0\n"


@pytest.mark.skipif(not may_have_a_network_of_its_own(), reason="forbidden on this system")
async def test_a_contained_program_has_no_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"""
import socket
try:
    socket.create_connection({server.getsockname()!r})
except OSError as error:
    print(type(error).__name__)
"""
        assert await _run_contained(tmp_path, code) == "OSError\n"


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")
async def test_a_cancel_ends_the_program_and_its_children(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    run = asyncio.get_running_loop().create_task(_run(_GRANDCHILD, tmp_path))
    with await asyncio.to_thread((tmp_path / "pipe").open) as pipe:
        assert await asyncio.to_thread(pipe.readline) == "ready\n"
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        assert await asyncio.to_thread(pipe.read) == ""  # the end: the pipe is closed everywhere


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_memory_is_not_dumped_and_not_readable_by_others() -> None:
    reported = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True)
    assert reported.stdout == b"(0, 0) 0\n"


@pytest.mark.parametrize(
    "line",
    [
        'x = "0123abcd"',
        "x = 'c3VwZXIgbG9uZyBzdHJpbmcgc2hvdWxk'",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ABIA" + "QWERTYUIOPASDFGH",
        "curl -u x:AKCabcdefghijk",
        "x=AP5abcdefgh",
        "https://mira:pw@host",
        "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345",
        "glpat-" + "0123456789abcdefghij",
        "xox" + "b-1234-abcd",
        "sk_live_" + "abcdefghijklmnopqrstuvwx",
        "eyJhbGciOiJub25lIn0.e30.",
        "AC" + "0123456789abcdef0123456789abcdef",
        "-----BEGIN EC PRIVATE KEY-----",
        "PuTTY-User-Key-File-2: ssh-rsa",
        "DB_PASSWD=x",
        "contraseña = 'x'",
        "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        "//registry.example/:_authToken=npm_x",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.abcdefghijklmnopqrstuvwxyza",
        "0123456789abcdef0123456789abcdef-us5",
    ],
)
def test_a_line_that_a_detector_may_match_stays(line: str) -> None:
    assert not has_no_candidate(line)


@pytest.mark.parametrize(
    "line", ["", "import os", "for number in range(10):", "def read_the_configuration_file(path):"]
)
def test_plain_lines_are_dropped(line: str) -> None:
    assert has_no_candidate(line)

"""Programs are bounded in time and output, and leave nothing behind."""

import asyncio
import os
import socket
import sys
from pathlib import Path

import pytest

from heimdall_desktop.local.scanners import (
    ChildFailed,
    ChildHung,
    ChildOutput,
    contained,
    run_child,
)
from tests.fakes.scanners import may_have_a_network_of_its_own

_GRANDCHILD = """
import subprocess, sys, time
with open("pipe", "w") as pipe:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=pipe)
    print("ready", file=pipe, flush=True)
    time.sleep(60)
"""


async def _run(code: str, folder: Path, *, limit_s: float = 20.0, limit_bytes: int = 1000) -> bytes:
    command = [sys.executable, "-c", code]
    said = await run_child(command, folder, time_limit_s=limit_s, output_limit_bytes=limit_bytes)
    return said.output


async def test_output_comes_back(tmp_path: Path) -> None:
    code = "import os, sys; print(os.getcwd()); print('noise', file=sys.stderr)"
    command = [sys.executable, "-c", code]
    said = await run_child(command, tmp_path, time_limit_s=20, output_limit_bytes=1000)
    assert said == ChildOutput(f"{tmp_path}{os.linesep}".encode(), f"noise{os.linesep}".encode())


async def test_an_error_code_and_a_signal_are_named(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="ended with code 3"):
        await _run("print('half'); raise SystemExit(3)", tmp_path)
    with pytest.raises(ChildFailed, match=r"signal 11|code"):
        await _run("import os; os.kill(os.getpid(), 11)", tmp_path)


async def test_a_program_that_does_not_exist_fails(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="could not be started"):
        await run_child(["/no/such/program"], tmp_path, time_limit_s=1, output_limit_bytes=1)
    with pytest.raises(ChildFailed, match="could not be started"):
        await run_child(
            [sys.executable, "-c", ""], tmp_path / "gone", time_limit_s=1, output_limit_bytes=1
        )


async def test_a_hanging_program_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(ChildHung, match=r"longer than 0\.3 s"):
        await _run("import time; time.sleep(60)", tmp_path, limit_s=0.3)


async def test_endless_output_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="wrote more than 0 MB"):
        await _run("while True: print('x' * 1000)", tmp_path)
    with pytest.raises(ChildFailed, match="wrote more than 0 MB"):
        await _run("import sys\nwhile True: print('x' * 1000, file=sys.stderr)", tmp_path)


async def test_nothing_of_our_environment_reaches_a_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HEIMDALL_TOKEN", "PYTHONSTARTUP", "PYTHONPATH", "PYTHONHOME", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("LD_LIBRARY_PATH", os.pathsep.join(("", "canary", str(tmp_path))))
    told = await _run("import os; print(os.environ)", tmp_path, limit_bytes=99_999)
    assert b"canary" not in told
    assert f"'LD_LIBRARY_PATH': '{tmp_path}'".encode() in told


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
    command = contained("-m", "json.tool", "--help", memory_bytes=400_000_000)
    told = await run_child(command, folder, time_limit_s=60, output_limit_bytes=9999)
    assert b"usage" in told.output
    assert list(place.iterdir()) == []


def _contained(tmp_path: Path, code: str) -> tuple[str, ...]:
    (tmp_path / "probe.py").write_text(code)
    return contained(str(tmp_path / "probe.py"), "--argument", memory_bytes=400_000_000)


async def _run_contained(tmp_path: Path, code: str) -> str:
    command = _contained(tmp_path, code)
    said = await run_child(command, tmp_path, time_limit_s=60, output_limit_bytes=999)
    return said.output.decode()


async def test_a_contained_program_gets_its_arguments(tmp_path: Path) -> None:
    told = await _run_contained(tmp_path, "import sys; print(sys.argv[1:], sys.flags.isolated)")
    assert told == "['--argument'] 1\n"


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
        assert await asyncio.to_thread(pipe.read) == ""  # the end: nobody holds the pipe any more

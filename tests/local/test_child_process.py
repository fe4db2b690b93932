"""Programs are bounded in time and output, and leave nothing behind."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from heimdall_desktop.local.child_process import ChildFailed, ChildHung, run_child

_GRANDCHILD = """
import subprocess, sys, time
with open("pipe", "w") as pipe:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=pipe)
    print("ready", file=pipe, flush=True)
    time.sleep(60)
"""


async def _run(code: str, folder: Path, *, limit_s: float = 20.0, limit_bytes: int = 1000) -> bytes:
    command = [sys.executable, "-c", code]
    return await run_child(command, folder, time_limit_s=limit_s, output_limit_bytes=limit_bytes)


async def test_output_comes_back(tmp_path: Path) -> None:
    code = "import os, sys; print(os.getcwd()); print('noise', file=sys.stderr)"
    assert await _run(code, tmp_path) == f"{tmp_path}{os.linesep}".encode()


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


async def test_the_token_reaches_no_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEIMDALL_TOKEN", "canary")
    assert b"canary" not in await _run("import os; print(os.environ)", tmp_path, limit_bytes=99_999)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")
async def test_a_cancel_ends_the_program_and_its_children(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    run = asyncio.get_running_loop().create_task(_run(_GRANDCHILD, tmp_path))
    with await asyncio.to_thread((tmp_path / "pipe").open) as pipe:
        assert await asyncio.to_thread(pipe.readline) == "ready\n"
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        assert await asyncio.to_thread(pipe.read) == ""  # the end: nobody holds the pipe any more

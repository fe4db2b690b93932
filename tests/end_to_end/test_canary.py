"""Secrets of a session are in one place and nowhere else (behaviour.md 2.9)."""

import asyncio
import hashlib
import html
import json
import secrets
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Bench, Start
from tests.fakes.accessibility import AccessibleWindow
from tests.fakes.hand_server import AT, SCAN_ID, hand_server
from tests.fakes.program import Program, environs
from tests.fakes.raw_server import PASSWORD, AttendedServer, echoing_server

#: Each Python process of a run copies here how it was started, before it does anything else.
SPY = """
import os, pathlib
for name in ("cmdline", "environ"):
    copy = pathlib.Path({folder!r}, f"{{os.getpid()}}.{{name}}")
    copy.write_bytes(pathlib.Path("/proc/self", name).read_bytes())
"""

#: Makes what should be random known to the test, without holding it, and notes who asked for it.
KNOWN = """
import hashlib, secrets
def known(nbytes=None):
    pathlib.Path({folder!r}, f"{{os.getpid()}}.secret").touch()
    return hashlib.sha256(b"known").hexdigest()
secrets.token_hex = known
"""


@pytest.fixture
def spied(tmp_path: Path) -> Path:
    """The folder of the copies; its parent is for PYTHONPATH."""
    folder = tmp_path / "spied"
    folder.mkdir()
    (tmp_path / "sitecustomize.py").write_text(SPY.format(folder=str(folder)))
    return folder


@pytest.fixture
def code(spied: Path) -> Path:
    """A folder with something to find."""
    folder = spied.parent / "code"
    folder.mkdir()
    (folder / "run.py").write_text("import pickle\n")
    return folder


def test_a_token_of_the_environment_reaches_no_file_no_argument_and_no_child(
    bench: Bench, spied: Path, code: Path
) -> None:
    scan, canary = bench.scan().add_findings(1), bench.token
    bench.server.age(scan.fail(f"Refused Bearer {canary}, that is {canary}"))
    profile = ("--profile-dir", code.parent / "profile")
    program = bench.watch(
        scan,
        also=("--local", code, "--debug", "--quit-when-done", *profile),
        environment={"PYTHONPATH": str(spied.parent)},
        is_temporary=False,
    )
    ended = program.ended()

    assert ended.status == 1
    assert "Refused" in ended.err
    assert canary not in ended.out + ended.err
    assert files_with(canary, program.folder, code.parent) == [], "it has begun again without it"
    children = {copy.stem for copy in spied.iterdir()} - {str(program.pid)}
    assert children, "the server; its scanners read no environment of ours"


def test_the_secret_of_the_embedded_server_reaches_no_file_no_argument_and_no_child(
    start: Start, spied: Path, code: Path
) -> None:
    canary = hashlib.sha256(b"known").hexdigest()
    customized = spied.parent / "sitecustomize.py"
    customized.write_text(customized.read_text() + KNOWN.format(folder=str(spied)))

    program = start(
        *("--local", code, "--debug", "--quit-when-done"),
        *("--profile-dir", code.parent / "profile"),
        environment={"PYTHONPATH": str(spied.parent)},
        is_temporary=False,
    )
    ended = program.ended()

    assert ended.scans[0]["status"] == "completed"
    assert (spied / f"{program.pid}.secret").exists()
    assert canary not in ended.out + ended.err
    assert files_with(canary, program.folder, code.parent) == []


def test_a_token_stays_secret_when_every_request_fails(start: Start, tmp_path: Path) -> None:
    canary = f"canary-{secrets.token_urlsafe()}"
    with echoing_server() as url:
        program = start(
            *("--server", url, "--watch", "8c0e6f52-2f0e-4a0c-9a77-6a3c1b0d4e21"),
            *("--debug", "--quit-when-done", "--timeout", "6", "--profile-dir", tmp_path),
            token=canary,
            is_temporary=False,
        )
        ended = program.ended()

    assert ended.status == 5
    assert canary not in ended.out + ended.err
    assert files_with(canary, program.folder, tmp_path) == []


@pytest.mark.parametrize("form", ["csv", "json", "sarif", "md", "html", "pdf"])
async def test_a_token_that_a_server_repeats_is_in_no_export_history_log_or_answer(
    start: Start, tmp_path: Path, form: str
) -> None:
    canary = f"canary-{secrets.token_hex()}&<i>/=+"
    text = f"before {canary} after `{canary}`\n\n- {canary}"
    fields = ("title", "description", "file_path", "code_snippet", "poc_exploit", "fix_diff",
              "cwe_id", "category", "source", "reasoning", "agent_reasoning", "fingerprint",
              "commit_sha", "language")  # fmt: skip
    async with hand_server(status="failed") as hand:
        hand.add_rows("8c0e6f52-0000-4a0c-9a77-6a3c1b0d4e21", **dict.fromkeys(fields, text))
        hand.activity = [{"id": "1", "message": text, "stage": "hunt", "timestamp": AT}]
        file = tmp_path / "out" / f"findings.{form}"
        file.parent.mkdir()
        program = start(
            *("--server", hand.url, "--watch", SCAN_ID, "--quit-when-done", "--debug"),
            *("--export", file, "--leave-out", "nothing", "--profile-dir", tmp_path / "profile"),
            token=canary,
            is_temporary=False,
        )
        ended = await asyncio.to_thread(program.ended)

    assert len(ended.scans) == 1
    assert file.stat().st_size
    assert form == "pdf" or "before *******" in file.read_text()
    for spelling in (canary, canary[:40], html.escape(canary), json.dumps(canary)[1:-1]):
        assert spelling not in ended.out + ended.err
        assert files_with(spelling, program.folder, tmp_path) == []


def test_the_token_of_a_sign_in_is_in_the_keyring_until_the_sign_out(
    server: AttendedServer, start: Start, tmp_path: Path, real_window: dict[str, str]
) -> None:
    email, _ = server.new_account()
    host = server.url.removeprefix("http://")

    program = start("--debug", "--profile-dir", tmp_path, desktop=real_window, is_temporary=False)
    window = AccessibleWindow(program.pid)
    window.type(server.url, "Server")
    window.type(email, "Email")
    window.type(PASSWORD, "Password")
    window.press("Getting started", "Sign in")
    window.shows(f"Account: {email} at {host}")

    canary = kept_token(f"{server.url} {email}")
    assert len(canary) == 64
    assert processes_with(canary) == processes_with(PASSWORD) == []
    stop(program)
    assert files_with(canary, program.folder, tmp_path) == []
    assert files_with(PASSWORD, program.folder, tmp_path) == []

    program = start("--debug", "--profile-dir", tmp_path, desktop=real_window, is_temporary=False)
    window = AccessibleWindow(program.pid)
    window.press(f"Account: {email} at {host}")
    window.keys("Up", "Return")  # the last line of the menu: sign out
    window.shows(f"Signed out of {host}.")

    assert kept_token(f"{server.url} {email}") == ""
    assert not server.knows(canary)
    stop(program)
    assert files_with(canary, program.folder, tmp_path) == []


def stop(program: Program) -> None:
    """End the program, which has said nothing that is not in its log."""
    program.terminate()
    assert program.ended().status == 0


def kept_token(username: str) -> str:
    """What the keyring of the desktop has under our name for a server and an account."""
    command = ("secret-tool", "lookup", "service", "heimdall-desktop", "username", username)
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def files_with(secret: str, *folders: Path) -> list[Path]:
    """The files that hold a secret, or have it in their name."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if secret.encode() in file.read_bytes() + bytes(file)]


def processes_with(secret: str) -> list[int]:
    """The processes that have a secret in their arguments or their environment."""
    return [pid for pid, reported in environs() if secret.encode() in reported + arguments(pid)]


def arguments(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended
        return b""

"""What other processes can read of the program and of all that it starts."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Bench, Start
from tests.fakes.accessibility import AccessibleWindow
from tests.fakes.portals import AS_USERS_ARE
from tests.fakes.program import Program
from tests.fakes.waiting import block_until

ROOT = Path(__file__).parents[2]
SCRIPT = Path(sys.executable).with_name("heimdall-desktop")
#: A display, though none is shown, so that it does not make one of its own.
SOURCE_TREE = {"DISPLAY": ":0"} | {n: v for n, v in os.environ.items() if n == "PYTHON"}
#: Opens what the portals of a desktop open, to see who calls them.
CALLER = "import os, sys; os.close(os.open(f'/proc/{sys.argv[1]}/root', os.O_PATH))"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")


def until_scanning(program: Program) -> dict[str, int]:
    """Wait until the embedded server listens; return the processes by what they are."""

    def found() -> dict[str, int]:
        server = [pid for pid in kin(program.pid) if b"heimdall_desktop.local" in words(pid)]
        if server and any(program.temporary.rglob("*.sqlite3")):
            return {"program": program.pid, "server": server[0]}
        return {}

    return block_until(found)


def kin(pid: int) -> list[int]:
    """A process and all that it and its children have started; of any of them all may read that."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                reported = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            children.setdefault(int(reported[1]), []).append(int(entry.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended
        return b""


@pytest.mark.parametrize(
    ("command", "environment"),
    [
        ((sys.executable, "-W", "error", "-m", "heimdall_desktop"), {}),
        ((str(SCRIPT),), {}),
        ((str(ROOT / "packaging" / "dev.sh"), "run"), SOURCE_TREE),
    ],
    ids=["module", "script", "source tree"],
)
def test_a_token_stands_in_no_environment_of_any_process(
    start: Start, command: tuple[str, ...], environment: dict[str, str]
) -> None:
    canary = "canary-of-the-environment"
    program = start(
        "--demo",
        "--server",
        "http://127.0.0.1:9",
        token=canary,
        command=command,
        environment=environment,
    )
    found = until_scanning(program)

    environments = {pid: Path(f"/proc/{pid}/environ").read_bytes() for pid in kin(program.pid)}
    assert set(found.values()) <= environments.keys()
    assert all(
        f"TMPDIR={program.temporary}".encode() in environments[pid] for pid in found.values()
    )
    reported = b"".join(environments.values())
    assert canary.encode() not in reported
    assert b"HEIMDALL_TOKEN=" not in reported
    for pid in environments:
        assert limit_of_core_dumps(pid) == b"0"

    program.send(signal.SIGTERM)
    ended = program.ended()
    assert (ended.status, ended.out) == (0, "")


#: Passes on what it receives, once.
STAND_IN = f"""#!{sys.executable}
import json, os, sys
from tests.fakes.waiting import block_until
with open(os.path.join(os.path.dirname(__file__), "seen"), "w") as pipe:
    json.dump({{"arguments": sys.argv[1:], "environment": dict(os.environ)}}, pipe)
"""


def test_an_editor_opens_at_the_line_and_receives_no_token(
    bench: Bench, real_window: dict[str, str], tmp_path: Path
) -> None:
    scan = bench.scan().add_findings(1, "high", file_path="shop/a.py", line_start=7)
    folder, editor = tmp_path / "source", tmp_path / "bin" / "code"
    for file, text in ((folder / "shop" / "a.py", "a\n" * 9), (editor, STAND_IN)):
        file.parent.mkdir(parents=True)
        file.write_text(text)
    editor.chmod(0o755)
    os.mkfifo(editor.with_name("seen"))
    search = os.pathsep.join((str(editor.parent), os.environ["PATH"]))
    copy = {"PATH": search, "COPY_OF_THE_TOKEN": bench.token}
    running = bench.attend(scan, desktop=real_window, environment=copy)
    window = AccessibleWindow(running.pid)
    window.rows(1, "Findings")
    window.focus("Findings")
    window.keys("Home", "e")
    window.shows("Source folder of shop")
    window.hand("type", folder)
    window.shows(str(folder))
    window.press("Choose")
    seen = json.loads(editor.with_name("seen").read_text())
    assert seen["arguments"] == ["--goto", f"{folder / 'shop' / 'a.py'}:7"]
    assert bench.token not in json.dumps(seen)
    assert not [name for name in seen["environment"] if name.startswith("HEIMDALL")]
    assert seen["environment"]["PATH"] == search
    running.terminate()
    assert running.ended().status == 0


def limit_of_core_dumps(pid: int) -> bytes:
    limits = Path(f"/proc/{pid}/limits").read_bytes().splitlines()
    [line] = [line for line in limits if line.startswith(b"Max core file size")]
    return line.split()[4]


def test_portals_are_answered_by_the_program_and_the_server_hides(start: Start) -> None:
    """Both are seen by a process of the same user, as a portal is one.

    Source: xdg-desktop-portal, "xdp-app-info.c": it opens /proc/PID/root of who calls.
    """
    program = start("--demo", inside=AS_USERS_ARE)
    look = (*AS_USERS_ARE, sys.executable, "-I", "-c", CALLER)
    answers = {
        name: subprocess.run([*look, str(pid)], capture_output=True, text=True, check=False)
        for name, pid in until_scanning(program).items()
    }
    program.terminate()

    assert answers["program"].returncode == 0, answers["program"].stderr
    assert "PermissionError" in answers["server"].stderr
    assert program.ended().status == 0

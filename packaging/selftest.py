"""Test an installed or unpacked program by its command line, from outside.

    packaging/desktop_session.sh python3 packaging/selftest.py [--only STEP,...] COMMAND...

COMMAND starts the program: `heimdall-desktop`, `./heimdall-desktop`, or one that runs it in a bare
root, as in packaging/matrix.sh; it must see the same folder for temporary files. Prints a line for
each step and ends with status 1 if one fails. Needs only Python's standard library; the steps that
need a display or a keyring (`window`, `keyring`) use xdotool and secret-tool.
"""

# ruff: noqa: S603, S607, T201 - a command that starts other programs of the system by name

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECRET_FILE = 'aws_secret_access_key = "' + "wJalrXUtnFEMI" + '/K7MDENG/bPxRfiCYzEXAMPLEKEY"\n'
FOLDER = {
    "run.py": "import subprocess\nsubprocess.call(input(), shell=True)\neval(input())\n",
    "settings.py": SECRET_FILE,
    "Dockerfile": "FROM base:latest\nUSER root\n",
}
DEMO = [300, 122, 60, 128, 22, 128, 305]
"""How many findings the scans of the demo have."""

DEMO_FINGERPRINTS = "ccd823c7ca5d1a6b"
"""The start of the hash of all their fingerprints; their IDs are new in each run."""

WINDOW_LIMIT_S = 3.0
"""Until the window is on the screen. Where others want the processors too (more than `BUSY` for
each), the limit is for the processor time of the program, and the line says so."""

BUSY = 2.0


class Failed(Exception):
    """A step failed; the text says why."""


class Program:
    """The program under test, with a new folder that is its only place for files.

    Attributes:
        folder: for profiles and outputs; also its folder for temporary files.
        token: the value of HEIMDALL_TOKEN; "" for none.
    """

    def __init__(self, command: list[str], folder: Path) -> None:
        self._command = command
        self.folder = folder
        self.token = ""
        (folder / "temporary").mkdir()
        self._environment = {
            name: text for name, text in os.environ.items() if name != "HEIMDALL_TOKEN"
        }
        self._environment["TMPDIR"] = str(folder / "temporary")

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        token = {"HEIMDALL_TOKEN": self.token} if self.token else {}
        return subprocess.Popen(
            [*self._command, *arguments], env=self._environment | token, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *arguments: str, limit_s: float = 120.0, status: int = 0) -> str:
        """Run to the end and return standard output; it must end cleanly.

        Raises:
            Failed: another status, output on standard error, or files left behind.
        """
        process = self.start(*arguments)
        try:
            output, complaints = process.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failed(f"still running after {limit_s:g} s") from None
        if process.returncode != status or complaints:
            raise Failed(f"status {process.returncode}, standard error: {complaints.strip()!r}")
        self.check_left_nothing()
        return output

    def check_left_nothing(self) -> None:
        left = [place.name for place in (self.folder / "temporary").iterdir()]
        if left:
            raise Failed(f"left temporary files behind: {', '.join(left)}")


def version(program: Program) -> str:
    output = program.run("--version").strip()
    source = (ROOT / "heimdall_desktop" / "__init__.py").read_text()
    wanted = re.search(r'__version__ = "(.+?)"', source)
    if wanted is None or output != f"heimdall-desktop {wanted[1]}":
        raise Failed(f"printed {output!r}")
    return output


def local(program: Program) -> str:
    """Scan a folder with all scanners of the embedded server."""
    folder = program.folder / "scanned"
    folder.mkdir()
    for name, text in FOLDER.items():
        (folder / name).write_text(text)
    export = program.folder / "findings.json"
    program.run(
        "--local", str(folder), "--quit-when-done", "--headless", "--temp-profile",
        "--export", str(export),
    )  # fmt: skip
    found = json.loads(export.read_text())
    files = {Path(str(each.get("file_path"))).name for each in found["findings"]}
    if not found["is_complete"] or files != set(FOLDER):
        raise Failed(f"findings in {sorted(files)}, complete: {found['is_complete']}")
    return f"{len(found['findings'])} findings"


def demo(program: Program) -> str:
    """Play the demo; its findings are known."""
    export = program.folder / "demo.json"
    line = program.run(
        "--demo", "--speed", "200", "--headless", "--quit-when-done", "--temp-profile",
        "--export", str(export), limit_s=300.0,
    )  # fmt: skip
    counts = [each["findings"]["total"] for each in json.loads(line)["scans"]]
    prints = sorted(each["fingerprint"] for each in json.loads(export.read_text())["findings"])
    digest = hashlib.sha256("\n".join(prints).encode()).hexdigest()
    if counts != DEMO or not digest.startswith(DEMO_FINGERPRINTS):
        raise Failed(f"other findings than known: {counts}, {digest[:16]}")
    return f"{sum(counts)} findings of {len(counts)} scans"


def keyring(program: Program) -> str:
    """Use a token that is in the keyring: it must arrive at the server of its account."""
    if shutil.which("secret-tool") is None:
        raise Failed("secret-tool is not installed")

    def keep(url: str) -> list[str]:
        owner = ["service", "heimdall-desktop", "username", f"{url} selftest@example.org"]
        subprocess.run(
            ["secret-tool", "store", "--label=Heimdall selftest", *owner],
            input="token-of-selftest", text=True, check=True, timeout=30,
        )  # fmt: skip
        profile = program.folder / "profile"
        profile.mkdir(mode=0o700)
        (profile / "settings.toml").write_text(
            f'[[servers]]\nurl = "{url}"\naccount = "selftest@example.org"\n'
        )
        return ["--profile-dir", str(profile)]

    return _sends_token(program, "token-of-selftest", keep)


def token(program: Program) -> str:
    """Pass a token in the environment: the program restarts itself without the variable."""
    program.token = "token-of-variable"  # noqa: S105 - made up
    return _sends_token(program, program.token, lambda _: ["--temp-profile"])


def _sends_token(program: Program, token: str, prepare: Callable[[str], list[str]]) -> str:
    arrived: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            arrived.append(self.headers.get("Authorization", ""))
            self.send_response(404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        process = program.start(
            "--server", url, "--watch", "11111111-2222-4333-8444-555555555555", "--headless",
            "--quit-when-done", "--timeout", "20", *prepare(url),
        )  # fmt: skip
        _, complaints = process.communicate(timeout=60)
    finally:
        program.token = ""
        server.shutdown()
        server.server_close()
    if not any(token in each for each in arrived):
        raise Failed(f"the token didn't arrive in {len(arrived)} requests: {complaints.strip()!r}")
    return f"status {process.returncode} for a scan that doesn't exist"


def window(program: Program) -> str:
    """Open the window, close it with Ctrl+Q, and take a screenshot of a second one."""
    if shutil.which("xdotool") is None:
        raise Failed("xdotool is not installed")
    times: list[tuple[float, float]] = []
    while not times or (times[-1][0] > WINDOW_LIMIT_S and len(times) < 3):
        times.append(_opened_and_closed_s(program))
    picture = program.folder / "window.png"
    program.run(
        "--local", str(program.folder / "scanned"), "--quit-when-done", "--temp-profile",
        "--screenshot", str(picture),
    )  # fmt: skip
    content = picture.read_bytes()
    if not content.startswith(b"\x89PNG") or len(content) < 20_000:
        raise Failed(f"the screenshot has {len(content)} bytes")
    if keep := os.environ.get("SELFTEST_PICTURE"):
        shutil.copy(picture, keep)
    opened = ", ".join(f"{passed_s:.2f}" for passed_s, _ in times)
    passed_s, used_s = times[-1]
    load = os.getloadavg()[0]
    if passed_s > WINDOW_LIMIT_S:
        opened = f"{opened} s beside a load of {load:.0f}, {used_s:.2f} s of processor time"
        if load <= BUSY * (os.cpu_count() or 1) or used_s > WINDOW_LIMIT_S:
            raise Failed(f"the window took {opened}, the limit is {WINDOW_LIMIT_S:g} s")
    else:
        opened += f" s, {used_s:.2f} s of processor time"
    return f"opened after {opened}, closed, screenshot of {len(content) // 1000} kB"


def _processor_s(pid: int) -> float:
    """Return the processor time that a process and its running children have used. Linux only."""
    ticks = 0
    children: dict[int, list[int]] = {}
    used: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        own = int(place.parent.name)
        children.setdefault(int(fields[1]), []).append(own)
        used[own] = int(fields[11]) + int(fields[12])
    wanted = [pid]
    while wanted:
        each = wanted.pop()
        ticks += used.get(each, 0)
        wanted += children.get(each, [])
    return ticks / float(os.sysconf("SC_CLK_TCK"))


def _opened_and_closed_s(program: Program) -> tuple[float, float]:
    """Open the window and close it with Ctrl+Q.

    Returns the seconds until it was on the screen, and those of processor time.
    """
    started = time.monotonic()
    process = program.start("--profile-dir", str(program.folder / "window"))
    search = ["xdotool", "search", "--onlyvisible", "--class", "heimdall-desktop"]
    while not (
        found := subprocess.run(search, capture_output=True, text=True, check=False).stdout.split()
    ):
        if process.poll() is not None or time.monotonic() - started > 30:
            process.kill()
            raise Failed(f"no window: {process.communicate()[1].strip()!r}")
        time.sleep(0.02)
    opened_s, used_s = time.monotonic() - started, _processor_s(process.pid)
    subprocess.run(["xdotool", "windowfocus", "--sync", found[0]], check=False, timeout=10)
    ending = threading.Thread(target=process.communicate, daemon=True)
    ending.start()
    for _ in range(20):  # until the window takes keys
        subprocess.run(["xdotool", "key", "ctrl+q"], check=False)
        ending.join(0.5)
        if not ending.is_alive():
            break
    else:
        process.kill()
        raise Failed("Ctrl+Q doesn't end the program")
    if process.returncode != 0:
        raise Failed(f"Ctrl+Q ended it with status {process.returncode}")
    program.check_left_nothing()
    return opened_s, used_s


STEPS: dict[str, Callable[[Program], str]] = {
    each.__name__: each for each in (version, local, window, keyring, token, demo)
}


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default=",".join(STEPS), help="steps, separated by commas")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if not given.command:
        parser.error("the command that starts the program is missing")
    failures = 0
    with tempfile.TemporaryDirectory(prefix="selftest-") as folder:
        program = Program(given.command, Path(folder))
        for name in given.only.split(","):
            started = time.monotonic()
            try:
                result = f"ok   {name}: {STEPS[name](program)}"
            except (Failed, OSError, ValueError, subprocess.SubprocessError) as failure:
                result = f"FAIL {name}: {failure}"
                failures += 1
            print(f"{result} ({time.monotonic() - started:.1f} s)", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(_main())

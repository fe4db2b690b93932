"""The whole program as a process with a home of its own, and what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.fakes.waiting import WAIT_LIMIT_S

#: What a program needs of the machine. The rest stays out: proxies, other tokens, a real desktop.
_KEPT = ("PATH", "LANG", "LC_ALL", "FONTCONFIG_PATH")
_DESKTOP = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
_CHECKOUT = Path(__file__).parents[2]
_REAL_WINDOW = {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}


@dataclass(frozen=True)
class Ended:
    """How a run ended.

    Attributes:
        status: exit status; negative for a signal.
    """

    status: int
    out: str
    err: str

    @property
    def scans(self) -> list[dict[str, Any]]:
        """What the one line of JSON says of the scans, in its order."""
        assert self.out.count("\n") == 1
        assert self.out.endswith("\n")
        answer = json.loads(self.out)
        assert answer.keys() == {"scans"}
        scans: list[dict[str, Any]] = answer["scans"]
        return scans

    @property
    def line(self) -> str:
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("heimdall-desktop: ")
        return self.err.strip()


class Program:
    """One run, started when made. Everything it writes lands below one folder.

    Args:
        folder: holds its home, its temporary folder and the folder it runs in; made if need be.
        arguments: of the command line.
        token: for HEIMDALL_TOKEN; None for none.
        desktop: the environment it finds its display and its bus in; None for no desktop at all,
            and a window nobody can see.
        environment: more variables.
        interpreter: options of Python.
        inside: a command that runs the one it is given.
        command: what starts the program; None for Python with its module.

    Raises:
        RuntimeError: this would run the code of another checkout.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str | Path,
        token: str | None = None,
        desktop: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
        interpreter: Sequence[str] = ("-W", "error"),
        inside: Sequence[str] = (),
        command: Sequence[str] | None = None,
    ) -> None:
        self.folder = folder
        self.home, self.temporary = folder / "home", folder / "tmp"
        for place in (self.home, self.temporary, folder / "run"):
            place.mkdir(parents=True, exist_ok=True)
        variables = {name: os.environ[name] for name in _KEPT if name in os.environ}
        variables |= {"HOME": str(self.home), "TMPDIR": str(self.temporary)}
        if desktop is None:
            variables["QT_QPA_PLATFORM"] = "offscreen"
        else:
            variables |= {name: desktop[name] for name in _DESKTOP if name in desktop}
            variables |= _REAL_WINDOW
        if token is not None:
            variables["HEIMDALL_TOKEN"] = token
        variables |= environment or {}
        require_own_code(variables.get("PYTHONPATH", ""))
        usual = (sys.executable, *interpreter, "-m", "heimdall_desktop")
        self._process = subprocess.Popen(
            [*inside, *(command or usual), *map(str, arguments)],
            env=variables,
            cwd=folder / "run",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait(self, limit_s: float) -> None:
        """Wait for its end.

        Raises:
            subprocess.TimeoutExpired: it still runs.
        """
        self._process.wait(limit_s)

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def terminate(self) -> None:
        self.send(signal.SIGTERM)

    def ended(self, limit_s: float = WAIT_LIMIT_S) -> Ended:
        """Wait for its end, and see that it has left no process and no temporary file."""
        out, err = self._process.communicate(timeout=limit_s)
        assert self.processes() == []
        assert list(self.temporary.iterdir()) == []
        return Ended(self._process.returncode, out, err)

    def kill(self) -> None:
        """End it, and all it started, by force, if it still runs."""
        if self._process.poll() is None:
            for pid in self.processes():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._process.communicate()

    def processes(self) -> list[int]:
        """The ids of all processes that were started with its temporary folder: it, its kin."""
        mark = f"\0TMPDIR={self.temporary}\0".encode()
        return [pid for pid, environ in environs() if mark in b"\0" + environ]


@cache
def require_own_code(python_path: str = "") -> None:
    """See that a program of this environment runs the code of the checkout that tests it.

    Raises:
        RuntimeError: it would run that of another, as in an environment that was borrowed.
    """
    found = subprocess.run(
        (sys.executable, "-c", "import heimdall_desktop; print(heimdall_desktop.__file__)"),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": python_path},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    place = Path(found.stdout.strip())
    if place.parent != _CHECKOUT / "heimdall_desktop":
        reported = "{} would run {}, and not the code of {}; packaging/dev.sh test makes its own"
        where = place if found.returncode == 0 else found.stderr.strip()
        raise RuntimeError(reported.format(sys.executable, where, _CHECKOUT))


def environs() -> Iterator[tuple[int, bytes]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                yield int(entry.name), (entry / "environ").read_bytes()
            except OSError:  # it has ended, or is of somebody else
                continue

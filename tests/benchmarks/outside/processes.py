"""Processes that are measured, and what the system says of them from outside.

Each measured process has a display of its own, so that several can be measured at once and each
has the focus. Servers, bare processes and the observer come from this checkout; the program comes
from any checkout (`Tree`).
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import json as msgspec_json

from tests.benchmarks.outside.server import Settings
from tests.benchmarks.outside.x_client import Screen

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[2]
LIMIT_S = 900.0
END_LIMIT_S = 120.0
_KEPT = ("PATH", "LANG", "LC_ALL", "FONTCONFIG_PATH", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")


T = TypeVar("T")


class Tree(NamedTuple):
    """A checkout of the program, and what it is called in the tables."""

    name: str
    path: Path


class WrongResultError(AssertionError):
    """A measured process did something else than it was measured for."""


def require_tree(tree: Tree) -> None:
    """See that a program started with this path is the one of the tree; compiles it, too.

    Raises:
        WrongResultError: it would be another one, as in an environment that was borrowed.
    """
    command = "import heimdall_desktop as package; print(package.__file__)"
    subprocess.run(
        (sys.executable, "-m", "compileall", "-qq", tree.path / "heimdall_desktop"), check=False
    )
    found = subprocess.run(
        (sys.executable, "-P", "-c", command),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tree.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    if Path(found.stdout.strip()).parent != tree.path / "heimdall_desktop":
        raise WrongResultError(f"{tree} would run {found.stdout or found.stderr}")


class Process:
    """A process on a display, talked to by lines of JSON; ends with its `with` block."""

    def __init__(self, command: Sequence[object], environment: dict[str, str]) -> None:
        self.began_s = time.monotonic()
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed at the end
        self._process = subprocess.Popen(
            [str(part) for part in command],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self.pid = self._process.pid
        self._name = " ".join(map(str, command))[:200]

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def ask(self, **wanted: object) -> dict[str, Any]:
        """Send a line and return the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        return self.answer()

    def answer(self) -> dict[str, Any]:
        """Return the next line."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise WrongResultError(f"{self._name} ended: {self.errors()[-2000:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        """End it as a session that ends does, and wait until everything is saved."""
        self._process.send_signal(signal.SIGTERM)
        if self._process.wait(END_LIMIT_S) not in (0, 5, -signal.SIGTERM):
            raise WrongResultError(f"status {self._process.returncode}: {self.errors()[-2000:]}")

    def errors(self) -> str:
        """Return what it has written on its standard error."""
        self._errors.seek(0)
        return self._errors.read()

    # -- what the system counts --

    @property
    def processor_s(self) -> float:
        """Processor time of all its threads so far, the ended ones included."""
        return time.clock_gettime(~self.pid << 3 | 2)  # as clock_getcpuclockid(3) makes it

    @property
    def wakeups(self) -> int:
        """How often its threads have gone to sleep so far."""
        statuses = Path(f"/proc/{self.pid}/task").glob("*/status")
        return sum(_number(status, "voluntary_ctxt_switches") for status in statuses)

    def memory_mib(self, name: str) -> float:
        """Return one of the kinds of memory of `/proc/PID/status`."""
        return _number(Path(f"/proc/{self.pid}/status"), name) / 1024


def _number(status: Path, name: str) -> int:
    lines = status.read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


class Desk:
    """A display and a folder for one measured process at a time."""

    def __init__(self, display: str, folder: Path) -> None:
        self.display, self.folder = display, folder
        self.profile = folder / "profile"
        self.screen = Screen(display)

    def environment(self, **more: str) -> dict[str, str]:
        for name in ("home", "tmp"):
            (self.folder / name).mkdir(exist_ok=True)
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        places = {"HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp")}
        return {**kept, **places, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", **more}

    def bare(self, *arguments: str) -> Process:
        return Process((sys.executable, "-P", HERE / "bare.py", *arguments), self.environment())

    def bare_window(self, options: Sequence[str] = ()) -> Process:
        command = [sys.executable, *options, "-P", HERE / "bare_window.py"]
        return Process(command, self.environment())

    def program(
        self,
        tree: Tree,
        *arguments: str,
        server: "Server | None" = None,
        is_observed: bool = False,
        options: Sequence[str] = (),
    ) -> Process:
        """Start the program of a tree, watching all scans of the server, if there is one.

        Args:
            is_observed: whether it can be asked about its table.
            options: of Python.
        """
        watched = [part for scan in server.scans for part in ("--watch", scan)] if server else []
        target = (str(HERE / "observer.py"),) if is_observed else ("-m", "heimdall_desktop")
        token = {"HEIMDALL_TOKEN": "t" * 64} if server else {}
        command = [sys.executable, *options, "-P", *target, "--profile-dir", self.profile]
        command += ["--server", server.url] if server else []
        environment = self.environment(PYTHONPATH=str(tree.path), **token)
        return Process([*command, *watched, *arguments], environment)

    def kept_ids(self) -> list[str]:
        """Return the ids of the findings in the history of the profile."""
        uri = f"{(self.profile / 'heimdall.sqlite3').as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            query = "SELECT key FROM facts WHERE kind = 'finding'"
            return sorted(row for (row,) in connection.execute(query))

    def require_ids(self, server: "Server") -> None:
        """See that an ended run has kept exactly the findings the server has.

        Raises:
            WrongResultError: it has others, or lacks some.
        """
        kept, served = set(self.kept_ids()), set(server.ask(do="ids")["ids"])
        if kept != served:
            raise WrongResultError(
                f"{len(kept & served)} of {len(served)} findings, and {len(kept - served)} others"
            )

    def window(self, limit_s: float = 60.0) -> int:
        """Wait for a window and return it."""
        windows: list[int] = until(self.screen.windows, "no window", limit_s)
        return windows[0]

    def press(self, *keys: str) -> None:
        self._xdotool("key", "--delay", "30", *keys)

    def type(self, text: str, delay_ms: int = 30) -> None:
        self._xdotool("type", "--delay", str(delay_ms), text)

    def minimise(self, window: int) -> None:
        self._xdotool("windowminimize", "--sync", str(window))

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(("xdotool", *arguments), env=self.environment(), check=True)


class Server(Process):
    """A server of `server.py`."""

    def __init__(self, settings: Settings) -> None:
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT)}
        module = "tests.benchmarks.outside.server"
        said = msgspec_json.encode(settings).decode()
        super().__init__((sys.executable, "-m", module, said), environment)
        reported = self.answer()
        self.url: str = reported["url"]
        self.scans: list[str] = reported["scans"]

    def __enter__(self) -> "Server":
        return self

    def until_listed(self, pages: int, rest_s: float = 0.7) -> None:
        """Wait until so many pages were requested, and none for a while.

        A page in view is read again every 2.5 s, so a longer rest may never come.
        """

        def is_over() -> bool:
            report = self.ask(do="report")
            last_s = report["last_page_s"]
            is_quiet = last_s is not None and report["now_s"] - last_s > rest_s
            return is_quiet and report["asked"].get("page", 0) >= pages

        until(is_over, f"{pages} pages were not requested", LIMIT_S, every_s=0.05)


def until(condition: Callable[[], Any], problem: str, limit_s: float, every_s: float = 0.02) -> Any:
    """Wait for a condition and return its result.

    Raises:
        WrongResultError: it did not come true.
    """
    gives_up_s = time.monotonic() + limit_s
    while not (result := condition()):
        if time.monotonic() > gives_up_s:
            raise WrongResultError(f"{problem} within {limit_s:g} s")
        time.sleep(every_s)
    return result


@contextmanager
def desk() -> Iterator[Desk]:
    """A new display with a window manager, and a new folder."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="heimdall-bench-")))
        size = ("-screen", "0", "1440x900x24", "-noreset", "-nolisten", "tcp")
        screen = opened.enter_context(
            Process(("Xvfb", "-displayfd", "1", *size), {"PATH": os.environ["PATH"]})
        )
        display = f":{screen.answer()}"
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "DISPLAY": display}
        opened.enter_context(Process(("openbox",), environment))
        made = Desk(display, folder)
        opened.callback(made.screen.close)
        until(lambda: made.screen.is_managed, "no window manager", 60.0)
        yield made

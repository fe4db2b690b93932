"""Runs the embedded Heimdall as a separate process, for as long as we need it.

It receives its account and the secret of each request by stdin, reports its address by stdout, and
ends when stdin does, so that it never outlives us. Password and secret are created here for this
run and are stored nowhere else. The folders that it may scan are announced by stdin too.
"""

import asyncio
import itertools
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from sysconfig import get_path

import msgspec
from msgspec import Struct, field

from heimdall_desktop import __version__
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.finding import RepoId, ScanId, one_line
from heimdall_desktop.domain.facts.server import ServerUrl, is_loopback, server_url
from heimdall_desktop.services.recording import read_head
from heimdall_desktop.services.regular_file import problem_of
from heimdall_desktop.services.worker_thread import in_daemon_thread

SCANNERS = ("bandit>=1.8,<2", "detect-secrets>=1.5,<2")  # the extra `local` of pyproject.toml
DISTRIBUTION = "heimdall-desktop"
START_LIMIT_S = 60.0  # a cold start on a slow disc takes seconds
END_LIMIT_S = 10.0  # it may be stopping its scanners
ANNOUNCE_LIMIT_S = 30.0  # for a folder on a sleeping network drive
LINE_LIMIT_BYTES = 1 << 20
_KEPT_FROM_SERVER = frozenset({"HEIMDALL_TOKEN", "PYTHONSTARTUP", "PYTHONHOME"})
ACCOUNT = "desktop@localhost.test"


class RecordingRepo(Struct, frozen=True):
    """A recording the server replays, as a repository that can be scanned.

    Attributes:
        scan_id: the scan, if it has ended already; None if one is to be started.
    """

    name: str
    repo_id: RepoId
    scan_id: ScanId | None = None


class _Ready(Struct):
    url: str
    recordings: list[RecordingRepo] = []


class _Announced(Struct):
    """The answer to an announcement: the folder's address, or the reason for none."""

    number: int
    address: str = ""
    problem: str = ""


class _Version(Struct):
    vcs: str
    commit_id: str
    requested_revision: str = ""


class _Origin(Struct):
    url: str
    vcs_info: _Version | None = None


class LocalServerOrder(Struct, frozen=True):
    """The options of the server.

    Attributes:
        recordings: names of the recordings it offers.
        speed: the replay speed, as a multiple of the recorded one.
        folder: the folder of its database; None for a temporary one.
        command: starts it, without these options. Python's -P prevents imports from the current
            folder, which may be one to scan.
    """

    recordings: Sequence[str] = ()
    speed: float = 1.0
    folder: Path | None = None
    command: Sequence[str] = field(
        default_factory=lambda: (sys.executable, "-P", "-m", "heimdall_desktop.local")
    )


class LocalServer:
    """The running server; created by `start_local_server`, ended by `aclose`.

    Attributes:
        url: where it listens.
        account: the e-mail of the account created for us.
        password: its password; only in memory.
        recordings: in the requested order.
    """

    def __init__(
        self, process: asyncio.subprocess.Process, password: str, secret: str, ready: _Ready
    ) -> None:
        self.url: ServerUrl = server_url(ready.url)
        self.account = ACCOUNT
        self.password = password
        self.recordings = tuple(ready.recordings)
        self._secret = secret
        self._process = process
        self._is_closing = False
        self._announced: dict[int, asyncio.Future[_Announced]] = {}
        self._numbers = itertools.count(1)

    @property
    def is_running(self) -> bool:
        return self._process.returncode is None

    def secret(self) -> str:
        """Return the secret that each request must carry.

        Raises:
            ServerUnreachable: the process has ended; another program may listen there already.
        """
        if not self.is_running:
            raise errors.ServerUnreachable(errors.Reason.LOCAL_SERVER_GONE)
        return self._secret

    async def announce(self, folder: Path) -> str:
        """Let the server scan a folder until the server ends; needs a running `watch`.

        Args:
            folder: its absolute path.

        Returns:
            The address under which the server accepts the folder: that of its path without links.

        Raises:
            LocalServerError: the server has ended, or knows no such folder.
        """
        if not self.is_running:
            raise errors.LocalServerError(errors.Reason.LOCAL_SERVER_GONE)
        number = next(self._numbers)
        answer: asyncio.Future[_Announced] = asyncio.get_running_loop().create_future()
        self._announced[number] = answer
        try:
            _write(self._process, {"number": number, "folder": folder.as_uri()})
            async with asyncio.timeout(ANNOUNCE_LIMIT_S):
                announced = await answer
        except TimeoutError:
            raise errors.LocalServerError(
                errors.Reason.FOLDER_TIMED_OUT, limit_s=ANNOUNCE_LIMIT_S
            ) from None
        finally:
            del self._announced[number]
        if announced.problem:
            problem = one_line(announced.problem)[:200]
            raise errors.LocalServerError(errors.Reason.FOLDER_REFUSED, problem=problem)
        return announced.address

    async def watch(self, on_death: Callable[[errors.LocalServerError], None]) -> None:
        """Wait until the process ends; run it as a task from the start.

        Drains the process's output, so that the process never has to wait for us. If the process
        ends without a request, `on_death` is called once.
        """
        last_words = ""  # the last line that answers no announcement
        while line := await _line(self._process):
            try:
                announced = msgspec.json.decode(line, type=_Announced)
            except (msgspec.DecodeError, ValueError):
                last_words = _shown(line) or last_words
                continue
            answer = self._announced.get(announced.number)
            if answer is not None and not answer.done():
                answer.set_result(announced)
        death = _death(await self._process.wait(), last_words)
        for answer in self._announced.values():
            if not answer.done():
                answer.set_exception(death)
        if not self._is_closing:
            on_death(death)

    async def aclose(self) -> None:
        """End the process: with a request first, by force after `END_LIMIT_S`."""
        self._is_closing = True
        await _end(self._process)


async def start_local_server(order: LocalServerOrder) -> LocalServer:
    """Start the embedded server and wait until it listens.

    Raises:
        LocalServerError: the server did not start.
    """
    import secrets  # noqa: PLC0415 - loads OpenSSL, which most starts do not need

    password, secret = secrets.token_urlsafe(24), secrets.token_hex(32)
    process = await _process(order)
    try:
        async with asyncio.timeout(START_LIMIT_S):
            account = {"email": ACCOUNT, "password": password, "secret": secret}
            _write(process, account | {"recordings": list(order.recordings)})
            return LocalServer(process, password, secret, await _ready(process))
    except BaseException as error:
        await _end(process)
        if isinstance(error, TimeoutError):
            raise errors.LocalServerError(
                errors.Reason.LOCAL_START_TIMED_OUT, limit_s=START_LIMIT_S
            ) from None
        raise


def require_scanners() -> None:
    """Check that the scanners of local folders are installed.

    Raises:
        LocalServerError: one is missing; it names the command that installs it here.
    """
    names = {re.split("[<>=]", wanted)[0]: wanted for wanted in SCANNERS}
    missing = [name for name in names if find_spec(name.replace("-", "_")) is None]
    if missing:
        raise errors.LocalServerError(
            errors.Reason.SCANNERS_MISSING,
            scanners=", ".join(missing),
            command=install_command([names[name] for name in missing]),
        )


def install_command(packages: Sequence[str]) -> str:
    """Return the command that adds packages to this installation of the program.

    Args:
        packages: names with the accepted versions, as pip takes them.

    Returns:
        A line for the user's shell; "" for a bundle that no package manager installed: nothing
        can be added to it.
    """
    prefix, program = Path(sys.prefix), Path(sys.executable)
    if getattr(sys, "frozen", False):
        if not program.is_relative_to("/usr"):
            return ""
        package = f"./{DISTRIBUTION}_{__version__}_amd64.deb"
        command = ["sudo", "apt-get", "install", "--reinstall", package]
    elif (prefix / "pipx_metadata.json").exists():
        command = ["pipx", "inject", prefix.name, *packages]  # its environments may have a suffix
    elif (prefix / "uv-receipt.toml").exists():  # what uv adds otherwise, its next upgrade removes
        command = ["uv", "tool", "install", f"{DISTRIBUTION}[local]{_origin()}"]
    elif find_spec("pip") is None:  # as in environments that uv makes
        command = ["uv", "pip", "install", "--python", str(program), *packages]
    else:
        command = [str(program), "-m", "pip", "install", *packages]
        is_of_system = prefix == Path(sys.base_prefix)
        if is_of_system and (Path(get_path("stdlib")) / "EXTERNALLY-MANAGED").exists():
            command[4:4] = ["--user", "--break-system-packages"]  # as the program itself was
    if sys.platform == "win32":
        return " ".join(f'"{part}"' if re.search(r"[ <>]", part) else part for part in command)
    return shlex.join(command)


def _origin() -> str:
    """Return what the program was installed from, as a requirement ends; "" for its index.

    Source: PEP 610, "Direct URL of installed distributions".
    """
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - slow to load

    try:
        recorded = distribution(DISTRIBUTION).read_text("direct_url.json")
        origin = msgspec.json.decode(recorded or "", type=_Origin)
    except (PackageNotFoundError, OSError, msgspec.DecodeError):
        return ""
    version = origin.vcs_info
    if version is None:
        return f" @ {origin.url}"
    return f" @ {version.vcs}+{origin.url}@{version.requested_revision or version.commit_id}"


async def _process(order: LocalServerOrder) -> asyncio.subprocess.Process:
    # The current folder may be one to scan, and a relative part of PYTHONPATH leads into it.
    places = filter(os.path.isabs, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    kept = {name: text for name, text in os.environ.items() if name not in _KEPT_FROM_SERVER}
    folder = [] if order.folder is None else ["--folder", str(order.folder)]
    try:
        return await asyncio.create_subprocess_exec(
            *order.command,
            "--speed",
            f"{order.speed:g}",
            *folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            limit=LINE_LIMIT_BYTES,
            env=kept | {"PYTHONPATH": os.pathsep.join(places)},
            start_new_session=True,  # Ctrl-C is for us; we then end it in order
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        problem = problem_of(error)
        raise errors.LocalServerError(errors.Reason.LOCAL_NOT_STARTED, problem=problem) from None


def _write(process: asyncio.subprocess.Process, reported: Mapping[str, object]) -> None:
    """Write a line; the silence of an ended process reveals its end."""
    if process.stdin is not None:
        process.stdin.write(json.dumps(reported).encode() + b"\n")


async def _ready(process: asyncio.subprocess.Process) -> _Ready:
    """Return the line that reports the address, skipping all other output.

    Raises:
        LocalServerError: it ended, or wrote something else.
    """
    last_line = ""
    while line := await _line(process):
        with suppress(msgspec.DecodeError, errors.LinkError, ValueError):
            ready = msgspec.json.decode(line, type=_Ready)
            if is_loopback(server_url(ready.url)):  # the secret never leaves this machine
                return ready
        last_line = _shown(line) or last_line
    raise _death(await process.wait(), last_line)


async def _line(process: asyncio.subprocess.Process) -> bytes:
    """Return the next line, empty at the end; a blank one in place of an overlong line."""
    if process.stdout is None:
        return b""
    try:
        return await process.stdout.readline()
    except ValueError:
        return b"\n"


def _shown(line: bytes) -> str:
    return one_line(line.decode("utf-8", "replace"))[:200]


def _death(code: int, last_words: str) -> errors.LocalServerError:
    if not last_words:
        return errors.LocalServerError(errors.Reason.LOCAL_ENDED, code=code)
    return errors.LocalServerError(
        errors.Reason.LOCAL_ENDED_SAYING, code=code, last_words=last_words
    )


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(END_LIMIT_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


# Opens the window that plays a recording: a separate program, which outlives this one.
#
# A replay has its own clocks, profile and sums, and contacts nothing, so it cannot share a window
# with watched scans.


LONGEST_WORDS = 300
REPLAY_LINE_LIMIT_BYTES = 1 << 16


async def open_replay(command: Sequence[str], file: Path) -> "ReplayProcess":
    """Start the program that plays a recording, after a check of the file.

    Args:
        command: starts this program.
        file: the recording; its path is absolute.

    Raises:
        RecordingError: the file cannot be played, or the program does not start.
    """
    await in_daemon_thread(partial(read_head, file), name="look at a recording")

    def start() -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 - ourselves
            [*command, "--replay", str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in our terminal is only for us
        )

    try:
        return ReplayProcess(await in_daemon_thread(start, name="open a replay"), file)
    except OSError as error:
        raise _not_opened(file, problem_of(error)) from None


class ReplayProcess:
    """The program that plays a recording."""

    def __init__(self, process: "subprocess.Popen[bytes]", file: Path) -> None:
        self._process, self._file = process, file

    async def until_closed(self) -> None:
        """Wait until it has ended.

        Raises:
            RecordingError: it could not play the recording.
        """

        def last_line() -> bytes:
            last = b""
            with self._process as process:
                while process.stderr and (line := process.stderr.readline(REPLAY_LINE_LIMIT_BYTES)):
                    last = line.strip() or last
            return last

        said = await in_daemon_thread(last_line, name="wait for a replay")
        if (status := self._process.returncode) > 0:  # below 0 it was ended from outside
            words = said.decode("utf-8", "replace").removeprefix("heimdall-desktop: ")
            problem = one_line(words)[:LONGEST_WORDS].rstrip(".") or f"status {status}"
            raise _not_opened(self._file, problem)


def _not_opened(file: Path, problem: str) -> errors.RecordingError:
    return errors.RecordingError(
        errors.Reason.RECORDING_NOT_OPENED, file=file.name, problem=problem
    )

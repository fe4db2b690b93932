"""Runs the embedded Heimdall as a process of its own, for as long as we want it.

It gets its account by stdin, tells its address by stdout, and ends when stdin does, so that it
never outlives us. The password is made here for this run and stands nowhere else.
"""

import asyncio
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import msgspec

from heimdall_desktop.domain.facts.errors import LinkError, LocalServerError
from heimdall_desktop.domain.facts.finding import RepoId, one_line
from heimdall_desktop.domain.facts.server import ServerUrl, server_url
from heimdall_desktop.domain.words.wording import later, tr

EXTRA_MODULES = ("starlette", "uvicorn", "bandit", "detect_secrets")
START_LIMIT_S = 60.0  # a cold start on a slow disc takes seconds
END_LIMIT_S = 10.0  # it may be stopping its scanners
LINE_LIMIT_BYTES = 1 << 20
ACCOUNT = "desktop@localhost.test"


class RecordingRepo(msgspec.Struct, frozen=True):
    """A recording the server replays, as a repository that can be scanned."""

    name: str
    repo_id: RepoId


class _Ready(msgspec.Struct):
    url: str
    recordings: list[RecordingRepo] = []


@dataclass(frozen=True, slots=True)
class LocalServerOrder:
    """What the server is to be.

    Attributes:
        recordings: names of the recordings it offers.
        speed: how much faster than recorded it replays them.
        folder: where its database stands; None for a temporary one.
        command: how it is started, without these options. Python's -P keeps it from importing out
            of the current folder, which may be one that is to be scanned.
    """

    recordings: Sequence[str] = ()
    speed: float = 1.0
    folder: Path | None = None
    command: Sequence[str] = field(
        default_factory=lambda: (sys.executable, "-P", "-m", "heimdall_desktop.local")
    )

    @property
    def arguments(self) -> list[str]:
        """The whole command line."""
        place = [] if self.folder is None else ["--folder", str(self.folder)]
        return [*self.command, "--speed", f"{self.speed:g}", *place]


class LocalServer:
    """The running server; made by `start_local_server`, ended by `aclose`.

    Attributes:
        url: where it listens.
        account: the e-mail of the account made for us.
        password: its password; only in memory.
        recordings: in the order asked for.
    """

    def __init__(self, process: asyncio.subprocess.Process, password: str, ready: _Ready) -> None:
        self.url: ServerUrl = server_url(ready.url)
        self.account = ACCOUNT
        self.password = password
        self.recordings = tuple(ready.recordings)
        self._process = process
        self._is_closing = False

    @property
    def is_running(self) -> bool:
        """Whether the process is alive."""
        return self._process.returncode is None

    async def watch(self, on_death: Callable[[LocalServerError], None]) -> None:
        """Stay until the process ends; to be run as a task from the start on.

        Reads away what it writes, so that it never has to wait for us. If it ends without having
        been asked to, `on_death` is called once.
        """
        last_words = await _last_words(self._process)
        code = await self._process.wait()
        if not self._is_closing:
            on_death(_death(code, last_words))

    async def aclose(self) -> None:
        """End the process: kindly first, by force after `END_LIMIT_S`."""
        self._is_closing = True
        await _end(self._process)


async def start_local_server(order: LocalServerOrder) -> LocalServer:
    """Start the embedded server and wait until it listens.

    Raises:
        LocalServerError: the extra `local` is not installed, or the server did not start.
    """
    require_local_extra()
    password = secrets.token_urlsafe(24)
    process = await _process(order)
    try:
        async with asyncio.timeout(START_LIMIT_S):
            _tell(process, password, order.recordings)
            return LocalServer(process, password, await _ready(process))
    except TimeoutError:
        await _end(process)
        raise LocalServerError(
            tr("The embedded server did not start within {limit_s:.0f} s.").format(
                limit_s=START_LIMIT_S
            ),
            tr(_TRY_AGAIN),
        ) from None
    except BaseException:
        await _end(process)
        raise


_TRY_AGAIN = later("Play the demo or scan a folder, and it starts again.")


def require_local_extra() -> None:
    """See that the embedded server is installed.

    Raises:
        LocalServerError: the extra `local` is missing, or a part of it.
    """
    missing = [name for name in EXTRA_MODULES if find_spec(name) is None]
    if missing:
        raise LocalServerError(
            tr("The embedded server needs {modules}.").format(modules=", ".join(missing)),
            tr("Install it in the source folder of Heimdall Desktop: pip install '.[local]'"),
        )


async def _process(order: LocalServerOrder) -> asyncio.subprocess.Process:
    environment = {name: text for name, text in os.environ.items() if name != "HEIMDALL_TOKEN"}
    try:
        return await asyncio.create_subprocess_exec(
            *order.arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            limit=LINE_LIMIT_BYTES,
            env=environment,
            start_new_session=True,  # Ctrl-C is for us; we then end it in order
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        cause = tr("The embedded server cannot be started: {reason}.").format(reason=error.strerror)
        raise LocalServerError(cause, tr(_TRY_AGAIN)) from None


def _tell(process: asyncio.subprocess.Process, password: str, recordings: Sequence[str]) -> None:
    """Hand over the account; a process that is gone already is found out by its silence."""
    if process.stdin is not None:
        told = {"email": ACCOUNT, "password": password, "recordings": list(recordings)}
        process.stdin.write(json.dumps(told).encode() + b"\n")


async def _ready(process: asyncio.subprocess.Process) -> _Ready:
    """The line that says it listens, past whatever else it writes.

    Raises:
        LocalServerError: it ended, or says something else.
    """
    last_line = ""
    while line := await _line(process):
        try:
            ready = msgspec.json.decode(line, type=_Ready)
            server_url(ready.url)
        except (msgspec.DecodeError, LinkError, ValueError):
            last_line = _shown(line) or last_line
        else:
            return ready
    raise _death(await process.wait(), last_line)


async def _last_words(process: asyncio.subprocess.Process) -> str:
    last_line = ""
    while line := await _line(process):
        last_line = _shown(line) or last_line
    return last_line


async def _line(process: asyncio.subprocess.Process) -> bytes:
    """The next line, empty at the end; of a line beyond all measure, a line that says nothing."""
    if process.stdout is None:
        return b""
    try:
        return await process.stdout.readline()
    except ValueError:
        return b"\n"


def _shown(line: bytes) -> str:
    return one_line(line.decode("utf-8", "replace"))[:200]


def _death(code: int, last_words: str) -> LocalServerError:
    cause = (
        tr("The embedded server ended ({code}): {last_words}.")
        if last_words
        else tr("The embedded server ended ({code}).")
    )
    return LocalServerError(cause.format(code=code, last_words=last_words), tr(_TRY_AGAIN))


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(END_LIMIT_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()

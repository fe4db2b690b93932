"""Runs bandit and detect-secrets over batches of files, in separate processes.

A scanner gets copies in a separate folder, under our names. So it gets neither links nor odd names,
sees one state of a file, and finds nothing beside them to import or to read settings from. If a
scanner crashes on a batch, the batch is halved until the cause is isolated. If it hangs, it is
stopped and its batch is abandoned. Source: architecture.md "Scanners".

Its process has limited time, output and priority, and leaves nothing behind: its group is killed
when the call that started it ends, fails or is cancelled. Its environment has only what is needed
to find the system's libraries: no token, nothing that makes Python run or import something.
`contained` limits what a Python program may do.
"""

import asyncio
import contextlib
import os
import signal
import site
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from heimdall_desktop.local import secret_candidates
from heimdall_desktop.local.secret_candidates import KEPT_EXTENSIONS
from heimdall_desktop.local.source_tree import SourceFile, SourceFolder, as_utf8, unread

OUTPUT_LIMIT_BYTES = 12_000_000
MEMORY_LIMIT_BYTES = 1_000_000_000
"""Bandit takes 540 MB for 2 MB of ordinary Python, and 1.8 GB for one long list of numbers."""

BATCH_TIME_LIMIT_S = 180.0
"""Bandit takes 40 s for 2 MB of Python, if it has a core to itself."""

BATCH_FILES = 200
BATCH_BYTES = 1_000_000
"""Some seconds of bandit: small enough for findings to appear steadily."""

_ARGUMENTS_BYTES = 24_000
"""Windows accepts no more than 32,767 characters of command line."""

_CRASHES_EXAMINED = 5
"""If more single files crash a scanner, the scanner itself is broken."""

_CHUNK_BYTES = 65_536
_CLEAN_UP_S = 5.0
_NICENESS = 10
_KEPT_VARIABLES = frozenset({"COMSPEC", "PATHEXT", "SYSTEMDRIVE", "SYSTEMROOT", "WINDIR"})
_LIBRARY_VARIABLES = frozenset({"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"})
_CONTAINER = Path(__file__).with_name("contained.py")

Batch = tuple[SourceFile, ...]


class ChildFailed(Exception):
    """The program gave no usable output; the text says why, without any of its output."""


class ChildHung(ChildFailed):
    """The program was killed at its time limit."""


@dataclass(frozen=True, slots=True)
class ChildOutput:
    """The output of a program.

    Attributes:
        output: its standard output.
        complaints: its standard error; hostile, as it may quote what it reads.
    """

    output: bytes
    complaints: bytes = b""


def contained(*arguments: str, memory_bytes: int) -> tuple[str, ...]:
    """Return the command that runs a Python program with the restrictions of `contained.py`.

    Args:
        arguments: `-m` and a module, or a file; then its arguments.
        memory_bytes: the limit on its memory, if the system supports one (not on Windows).
    """
    user_site = site.getusersitepackages() if site.ENABLE_USER_SITE else ""
    container = (str(_CONTAINER), str(memory_bytes), user_site)
    return (sys.executable, "-I", "-X", "utf8", *container, *arguments)


async def run_child(
    command: Sequence[str], folder: Path, *, time_limit_s: float, output_limit_bytes: int
) -> ChildOutput:
    """Run a program in a folder and return its outputs, each up to the limit.

    Raises:
        ChildFailed: it cannot be started, ended with an error, or wrote too much.
        ChildHung: it took too long.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=_environment(os.environ, folder),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
    except (OSError, ValueError) as error:
        raise ChildFailed(f"could not be started: {type(error).__name__}") from error
    try:
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PGRP, process.pid, _NICENESS)
        async with asyncio.timeout(time_limit_s):
            said = await _read_both(process, output_limit_bytes)
            code = await process.wait()
    except TimeoutError as error:
        raise ChildHung(f"took longer than {time_limit_s:g} s and was stopped") from error
    finally:
        await _clean_up(process)
    if code != 0:
        raise ChildFailed(f"was ended by signal {-code}" if code < 0 else f"ended with code {code}")
    return said


async def _read_both(process: asyncio.subprocess.Process, limit_bytes: int) -> ChildOutput:
    try:
        async with asyncio.TaskGroup() as group:
            output = group.create_task(_read_all(process.stdout, limit_bytes))
            complaints = group.create_task(_read_all(process.stderr, limit_bytes))
    except ExceptionGroup as failed:  # with `except*` some versions of Python raise a group again
        known = failed.subgroup(ChildFailed)
        if known is None:
            raise
        raise next(iter(known.exceptions)) from None
    return ChildOutput(output.result(), complaints.result())


async def _read_all(stream: asyncio.StreamReader | None, limit_bytes: int) -> bytes:
    output = bytearray()
    while stream is not None and (chunk := await stream.read(_CHUNK_BYTES)):
        output += chunk
        if len(output) > limit_bytes:
            raise ChildFailed(f"wrote more than {limit_bytes // 1_000_000} MB")
    return bytes(output)


async def _clean_up(process: asyncio.subprocess.Process) -> None:
    """Kill the program and its remaining children, and wait until it is gone.

    The end of a process is reported only after its pipes have ended too, and an unread pipe does
    not end. A child that has left the group may keep one open, and is not waited for.
    """

    async def discard(stream: asyncio.StreamReader | None) -> None:
        while stream is not None and await stream.read(_CHUNK_BYTES):
            pass

    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_CLEAN_UP_S), asyncio.TaskGroup() as group:
            group.create_task(discard(process.stdout))
            group.create_task(discard(process.stderr))
            await process.wait()


def _environment(inherited: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment of a child; relative paths would refer to its working folder."""
    kept = {name: value for name, value in inherited.items() if name.upper() in _KEPT_VARIABLES}
    for name in _LIBRARY_VARIABLES & inherited.keys():
        kept[name] = os.pathsep.join(filter(os.path.isabs, inherited[name].split(os.pathsep)))
    own = {name: str(folder) for name in ("HOME", "TMPDIR", "TEMP", "TMP")}
    return kept | own | {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Scanner:
    """A program that takes paths and writes one JSON report.

    Attributes:
        suffix: the end of all copies' names; "" keeps some extensions of the files.
        is_of_text: it reads UTF-8, so that copies of other text are converted.
    """

    name: str
    command: tuple[str, ...]
    time_limit_s: float = BATCH_TIME_LIMIT_S
    at_once: int = 2
    suffix: str = ""
    is_of_text: bool = False


BANDIT = Scanner(
    "bandit",
    contained(
        *("-m", "bandit", "-f", "json", "-q", "--exit-zero", "--ignore-nosec", "-x", ""),
        memory_bytes=MEMORY_LIMIT_BYTES,
    ),
    suffix=".py",
)
DETECT_SECRETS = Scanner(
    secret_candidates.NAME,
    contained(*secret_candidates.ARGUMENTS, memory_bytes=MEMORY_LIMIT_BYTES),
    is_of_text=True,
)


@dataclass(frozen=True, slots=True)
class Scanners:
    """The scanner programs; tests replace them by programs that crash or hang."""

    bandit: Scanner = BANDIT
    secrets: Scanner = DETECT_SECRETS


@dataclass(frozen=True, slots=True)
class BatchDone:
    """The result of a batch, or of a part of one: a report or a problem.

    Attributes:
        complaints: the scanner's output besides the report.
        names: the files by the names of their copies, as in the report.
        unread: files that could not be copied, with the reason.
    """

    batch: Batch
    report: bytes | None = None
    complaints: bytes = b""
    problem: str | None = None
    names: Mapping[str, SourceFile] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


def batches_of(files: Iterable[SourceFile]) -> Iterator[Batch]:
    """Split files into batches of limited number, size and length of command line."""
    batch: list[SourceFile] = []
    size_bytes = argument_bytes = 0
    for file in files:
        size_bytes += file.size_bytes
        argument_bytes += len(os.fsencode(file.path)) + 3
        if batch and (
            len(batch) == BATCH_FILES
            or size_bytes > BATCH_BYTES
            or argument_bytes > _ARGUMENTS_BYTES
        ):
            yield tuple(batch)
            batch = []
            size_bytes, argument_bytes = file.size_bytes, len(os.fsencode(file.path)) + 3
        batch.append(file)
    if batch:
        yield tuple(batch)


class BatchScan:
    """One scanner that works on one folder."""

    def __init__(self, scanner: Scanner, root: SourceFolder) -> None:
        self._scanner = scanner
        self._root = root
        self._crashes = 0

    async def run(self, batches: Iterable[Batch]) -> AsyncGenerator[BatchDone, None]:
        """Scan batches, a few at once, and yield their results as they end.

        Closing the generator stops the running scanners.
        """
        waiting = iter(batches)
        running: set[asyncio.Task[list[BatchDone]]] = set()
        loop = asyncio.get_running_loop()
        try:
            while True:
                while len(running) < self._scanner.at_once and (batch := next(waiting, None)):
                    running.add(loop.create_task(self._scan(batch)))
                if not running:
                    return
                ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in ended:
                    for outcome in task.result():
                        yield outcome
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _scan(self, batch: Batch) -> list[BatchDone]:
        try:
            return [await self._report(batch)]
        except ChildHung as error:
            return [BatchDone(batch, problem=str(error))]
        except ChildFailed as error:
            if len(batch) > 1 and self._crashes < _CRASHES_EXAMINED:
                middle = len(batch) // 2
                return [*await self._scan(batch[:middle]), *await self._scan(batch[middle:])]
            self._crashes += 1
            return [BatchDone(batch, problem=str(error))]
        except OSError as error:
            return [BatchDone(batch, problem=f"got no copies: {error.strerror}")]

    async def _report(self, batch: Batch) -> BatchDone:
        with tempfile.TemporaryDirectory(prefix="heimdall-scan-") as place:
            folder = Path(place)
            copying = asyncio.get_running_loop().run_in_executor(None, self._copy, batch, folder)
            try:
                names, unread_files = await asyncio.shield(copying)
            except asyncio.CancelledError:
                await asyncio.wait([copying])  # only then the folder may be removed
                raise
            if not names:
                return BatchDone(batch, unread=unread_files)
            said = await run_child(
                [*self._scanner.command, *(f".{os.sep}{name}" for name in names)],
                folder,
                time_limit_s=self._scanner.time_limit_s,
                output_limit_bytes=OUTPUT_LIMIT_BYTES,
            )
        return BatchDone(batch, said.output, said.complaints, names=names, unread=unread_files)

    def _copy(self, batch: Batch, folder: Path) -> tuple[dict[str, SourceFile], dict[str, str]]:
        """Copy a batch; return the files by the names of their copies, and those not copied."""
        names: dict[str, SourceFile] = {}
        unread_files: dict[str, str] = {}
        for number, file in enumerate(batch):
            try:
                content = self._root.read(file.path, stamp=file.stamp)
            except OSError as error:
                unread_files[file.path] = unread(error)
                continue
            extension = file.extension if file.extension in KEPT_EXTENSIONS else ".txt"
            name = f"{number:04}{self._scanner.suffix or extension}"
            content = as_utf8(content) if self._scanner.is_of_text else content
            (folder / name).write_bytes(content)
            names[name] = file
        return names, unread_files

"""Runs a program with limited time, output and priority, and leaves nothing behind.

Its process group is killed when the call that started it ends, fails or is cancelled. Its
environment has only what is needed to find the system's libraries: no token, nothing that makes
Python run or import something. `contained` limits what a Python program may do.
"""

import asyncio
import contextlib
import os
import signal
import site
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_CHUNK_BYTES = 65_536
_BURY_S = 5.0
_NICENESS = 10
_GIVEN = frozenset({"COMSPEC", "PATHEXT", "SYSTEMDRIVE", "SYSTEMROOT", "WINDIR"})
_LIBRARIES = frozenset({"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"})
_CONTAINER = Path(__file__).with_name("contained.py")


class ChildFailed(Exception):
    """The program gave no usable output; the text says why, without any of its output."""


@dataclass(frozen=True, slots=True)
class Said:
    """The output of a program.

    Attributes:
        output: its standard output.
        complaints: its standard error; hostile, as it may quote what it reads.
    """

    output: bytes
    complaints: bytes = b""


class ChildHung(ChildFailed):
    """The program was killed at its time limit."""


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
) -> Said:
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
            creationflags=_creation_flags(),
        )
    except (OSError, ValueError) as error:
        raise ChildFailed(f"could not be started: {type(error).__name__}") from error
    try:
        _lower_priority(process.pid)
        async with asyncio.timeout(time_limit_s):
            said = await _read_both(process, output_limit_bytes)
            code = await process.wait()
    except TimeoutError as error:
        raise ChildHung(f"took longer than {time_limit_s:g} s and was stopped") from error
    finally:
        await _bury(process)
    if code != 0:
        raise ChildFailed(_ending(code))
    return said


async def _read_both(process: asyncio.subprocess.Process, limit_bytes: int) -> Said:
    try:
        async with asyncio.TaskGroup() as group:
            output = group.create_task(_read_all(process.stdout, limit_bytes))
            complaints = group.create_task(_read_all(process.stderr, limit_bytes))
    except ExceptionGroup as failed:  # with `except*` some versions of Python raise a group again
        known = failed.subgroup(ChildFailed)
        if known is None:
            raise
        raise next(iter(known.exceptions)) from None
    return Said(output.result(), complaints.result())


async def _read_all(stream: asyncio.StreamReader | None, limit_bytes: int) -> bytes:
    output = bytearray()
    while stream is not None and (chunk := await stream.read(_CHUNK_BYTES)):
        output += chunk
        if len(output) > limit_bytes:
            raise ChildFailed(f"wrote more than {limit_bytes // 1_000_000} MB")
    return bytes(output)


async def _bury(process: asyncio.subprocess.Process) -> None:
    """Kill the program and its remaining children, and wait until it is gone.

    The end of a process is reported only after its pipes have ended too, and an unread pipe does
    not end. A child that has left the group may keep one open, and is not waited for.
    """
    _kill_group(process)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_BURY_S), asyncio.TaskGroup() as group:
            group.create_task(_read_away(process.stdout))
            group.create_task(_read_away(process.stderr))
            await process.wait()


async def _read_away(stream: asyncio.StreamReader | None) -> None:
    while stream is not None and await stream.read(_CHUNK_BYTES):
        pass


def _kill_group(process: asyncio.subprocess.Process) -> None:
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _lower_priority(pid: int) -> None:
    if sys.platform != "win32":
        try:
            os.setpriority(os.PRIO_PGRP, pid, _NICENESS)
        except OSError:
            return


def _creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0


def _environment(inherited: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment of a child; relative paths would refer to its working folder."""
    kept = {name: value for name, value in inherited.items() if name.upper() in _GIVEN}
    for name in _LIBRARIES & inherited.keys():
        kept[name] = os.pathsep.join(filter(os.path.isabs, inherited[name].split(os.pathsep)))
    own = {name: str(folder) for name in ("HOME", "TMPDIR", "TEMP", "TMP")}
    return kept | own | {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def _ending(code: int) -> str:
    return f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"

"""Keeps the token out of what others can read of this process: its environment, its core dumps.

The initial environment of a process is in `/proc/PID/environ` for as long as it runs, whatever it
does to its variables. So if it holds a token, the program restarts itself in the same process, and
receives the token by a pipe. This module is loaded first, and imports next to nothing.
"""

import contextlib
import os
import sys

TOKEN_VARIABLE = "HEIMDALL_TOKEN"  # noqa: S105 - the name of a variable
_PIPE_VARIABLE = "HEIMDALL_TOKEN_PIPE"
LONGEST_TOKEN = 4096  # any pipe takes this much without a reader; no server takes a longer header


def is_sendable(token: str) -> bool:
    """Return whether a header can carry a token."""
    is_text = token.isascii() and token.isprintable() and " " not in token
    return is_text and len(token) <= LONGEST_TOKEN


def forbid_core_dumps() -> None:
    """Keep a crash from writing memory to the disk; child processes inherit that.

    Other processes of the user can still inspect this one (`PR_SET_DUMPABLE`): the portals of
    a desktop refuse to open files for callers that hide.
    """
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has no such module

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def token_of_own_start() -> str | None:
    """Return the token of the environment once it is no longer there; None if there is none.

    With a token in the environment, the program restarts from its first line, as the same process.
    Where that is impossible, as on Windows, the variable stays for the command line to take.
    """
    handed_over = os.environ.pop(_PIPE_VARIABLE, "")
    token = _received(handed_over) if handed_over else None
    if token is None and os.environ.get(TOKEN_VARIABLE) and sys.platform != "win32":
        _begin_again(os.fsencode(os.environ[TOKEN_VARIABLE]))
    return token


def _received(handed_over: str) -> str | None:
    """Return the token in the pipe; None if it was meant for another process with our variables."""
    try:
        descriptor, process_id = map(int, handed_over.split(" "))
    except ValueError:
        return None
    if process_id != os.getpid():
        return None
    try:
        os.set_inheritable(descriptor, False)
        with open(descriptor, "rb") as pipe:
            return os.fsdecode(pipe.read())
    except OSError:
        return None


def _begin_again(token: bytes) -> None:
    """Run the same command in place of this one; return only if that is impossible."""
    if len(token) > LONGEST_TOKEN:
        return
    reading, writing = os.pipe()
    with open(writing, "wb") as pipe:
        pipe.write(token)
    os.set_inheritable(reading, True)
    environment = {name: text for name, text in os.environ.items() if name != TOKEN_VARIABLE}
    environment[_PIPE_VARIABLE] = f"{reading} {os.getpid()}"
    command = [sys.executable, *sys.orig_argv[1:]]
    with contextlib.suppress(OSError):
        os.execve(sys.executable, command, environment)  # noqa: S606 - ourselves
    os.close(reading)

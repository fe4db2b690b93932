"""Runs a Python program with bounded memory and, where the system lets anyone say so, no network.

It is started by its path in an isolated interpreter, so it imports nothing of ours:
`python -I contained.py MEMORY_BYTES USER_SITE (-m MODULE | FILE) ARGUMENT…`, with the folder of the
user's own packages or nothing for USER_SITE. What it sets cannot be taken back by what it runs.

- Memory: a bound on the address space. Windows has none to set, and macOS does not heed it.
- Network: on Linux a network of its own, without any interface, where user namespaces are allowed.
  Many containers and some distributions forbid them; then the program could still reach the
  network, though neither scanner has a reason to, and its standard error begins with UNCUT.
- No core dump, and on Linux no other process of the user may look into its memory. The embedded
  server does that much to itself.
"""

import contextlib
import ctypes
import runpy
import sys

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_DUMPABLE = 4

UNCUT = b"heimdall: the network could not be cut off\n"
"""What a program begins to complain with that runs with the network of the system."""


def hide_memory() -> None:
    """Let a crash write no memory to the disk, and on Linux no process of the user look into it.

    There the files below `/proc/PID` are the administrator's then. What is started from here
    inherits the first and not the second.
    """
    _bound("RLIMIT_CORE", 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _run(memory_bytes: int, user_site: str, arguments: list[str]) -> None:
    if sys.platform != "linux" or ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
        sys.stderr.buffer.write(UNCUT)
        sys.stderr.flush()
    _bound("RLIMIT_AS", memory_bytes)
    hide_memory()
    if user_site:
        sys.path.append(user_site)
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")


def _bound(limit: str, most: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has no such module

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(getattr(resource, limit), (most, most))


if __name__ == "__main__":
    _run(int(sys.argv[1]), sys.argv[2], sys.argv[3:])

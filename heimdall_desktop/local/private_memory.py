"""Keeps the memory of the embedded server from other processes and from the disk."""

import contextlib
import ctypes
import sys

_PR_SET_DUMPABLE = 4


def hide_memory() -> None:
    """Let a crash write no memory to the disk, and on Linux no process of the user look into it.

    There the files below `/proc/PID` are the administrator's then. What is started from here
    inherits the first and not the second.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has no such module

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

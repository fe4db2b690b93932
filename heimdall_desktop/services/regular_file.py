"""Opens files that must be regular ones: what else stands at a place is refused at once.

To open a FIFO may take for ever, a device has effects, and a socket cannot be opened at all.
"""

import errno
import itertools
import os
import stat
from pathlib import Path

PRIVATE = 0o600
_CAREFULLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def require_regular(path: Path) -> None:
    """See that a file stands there, or a link to one.

    Raises:
        FileNotFoundError: nothing stands there.
        OSError: it is something else, or cannot be looked at.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "not a regular file")


def open_regular(path: Path, flags: int) -> int:
    """Open a file and return its descriptor; one that is made is the user's alone.

    Raises:
        OSError: it cannot be opened, or is none.
    """
    try:
        require_regular(path)
    except FileNotFoundError:
        if not flags & os.O_CREAT:
            raise
    handle = os.open(path, flags | _CAREFULLY, PRIVATE)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)  # it has changed since
    raise OSError(errno.EINVAL, "not a regular file")


def problem_of(error: OSError) -> str:
    """Return what the system says of a file that cannot be used; its kind of error where nothing.

    It names no path, as the text of an error does.
    """
    return error.strerror or type(error).__name__


def lacks_space(error: OSError) -> bool:
    """Whether something could not be written because the disk, or the user's share, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def free_place(path: Path) -> Path:
    """Return where a damaged file can be set aside: beside it, by a name that none has yet."""
    places = (path.with_name(f"{path.name}.damaged-{n}") for n in itertools.count(1))
    return next(place for place in places if not os.path.lexists(place))

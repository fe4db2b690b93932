"""Files of the user: only regular files are opened, and they are written whole or not at all.

Opening a FIFO may take forever, a device has effects, and a socket cannot be opened at all.
"""

import asyncio
import contextlib
import errno
import glob
import itertools
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO, TypeVar

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import FileNotWritten, NoSpaceForFile, Reason

NOT_REGULAR = "not a regular file"
PRIVATE = 0o600
LINKS_LIMIT = 40  # in one path, as on Linux
OTHERS_LINK = "behind a symbolic link of another user"
_CAREFULLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def require_regular(path: Path) -> None:
    """Check that a path is a file, or a link to one.

    Raises:
        FileNotFoundError: the path does not exist.
        OSError: it is something else, or cannot be checked.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, NOT_REGULAR)


def followed(path: Path, links: int = LINKS_LIMIT) -> Path:
    """Return the target of a path: follow links of this user and of root, no others.

    In a folder that all may write, as /tmp, another user can put a link in a file's path.

    Raises:
        OSError: a link of another user, a circle of links, or a folder that cannot be read.
    """
    for part in (*reversed(path.parents), path):
        if not part.is_symlink():
            continue
        if hasattr(os, "getuid") and part.lstat().st_uid not in (0, os.getuid()):
            raise OSError(errno.EPERM, OTHERS_LINK)
        if not links:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        return followed(part.parent / os.readlink(part) / path.relative_to(part), links - 1)
    return path


def place_for(path: Path) -> Path:
    """Return where to write a file that may exist already: a link to it stays.

    Raises:
        OSError: the existing path is not a file, or must not be followed.
    """
    place = followed(path)
    with contextlib.suppress(FileNotFoundError):
        require_regular(place)
    return place


def open_regular(path: Path, flags: int) -> int:
    """Open a file and return its descriptor; a new one is private to the user.

    Raises:
        OSError: it cannot be opened, or is not a regular file.
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
    raise OSError(errno.EINVAL, NOT_REGULAR)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, in place of an existing one; only the user can read it.

    Raises:
        OSError: it cannot be written; the old file is unchanged.
    """
    with replacing(path) as file:
        file.write(content)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside another one, and replace that one when the new file is whole.

    Only the user can read it. After any error, nothing of it is left.

    Raises:
        OSError: it cannot be written; the old file is unchanged.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def remove_parts(path: Path) -> None:
    """Remove files that `replacing` left beside a file because the program was killed."""
    with contextlib.suppress(OSError):
        for part in path.parent.glob(f".{glob.escape(path.name)}.{'[a-z0-9_]' * 8}"):
            if part.is_file():
                part.unlink()


def write_text(path: Path, text: str) -> None:
    """Write a text the user wants to keep, with its line ends unchanged.

    Raises:
        FileNotWritten: it cannot be written; the old file is unchanged.
    """
    try:
        replace_file(path, text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        problem = problem_of(error)
        raise FileNotWritten(Reason.FILE_NOT_WRITTEN, file=path.name, problem=problem) from None


def not_written(path: Path, error: OSError) -> FileNotWritten:
    """Return the error of a file that cannot be written, because the disk is full or otherwise."""
    if lacks_space(error) or error.errno in _LIMITS:
        return NoSpaceForFile(Reason.FILE_NO_SPACE, file=path.name)
    return FileNotWritten(Reason.FILE_NOT_WRITTEN, file=path.name, problem=problem_of(error))


def problem_of(error: OSError) -> str:
    """Return the system's description of an unusable file, or the error's type without one.

    It names no path, unlike the text of an error.
    """
    return error.strerror or type(error).__name__


def lacks_space(error: OSError) -> bool:
    """Return whether a write failed because the disk, or the user's quota, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def free_place(path: Path) -> Path:
    """Return an unused path beside a damaged file, for setting it aside."""
    places = (path.with_name(f"{path.name}.damaged-{n}") for n in itertools.count(1))
    return next(place for place in places if not os.path.lexists(place))


# Writes a large file piece by piece, while the loop continues: whole, or not at all.


SLICE_S = 0.02  # how long one turn of the loop may create pieces
CHUNK_BYTES = 1 << 20  # written to the disk at once
_LIMITS = (errno.EFBIG,)  # more than this process or file system allows in one file

T = TypeVar("T")


class Writing(Struct):
    """The progress of a file."""

    written_bytes: int = 0


async def write_file(
    path: Path, pieces: Iterable[str | bytes], writing: Writing, *, is_waiting: bool = False
) -> None:
    """Write a file without blocking the loop; a cancelled call leaves nothing of it.

    Another thread waits only for the disk. Pieces are created in turns of the loop: a thread that
    creates them would take the interpreter lock from the window again and again while it paints,
    and painting would take three times as long.

    Args:
        path: the file's path; an existing file is replaced.
        pieces: the content, each piece created in some milliseconds.
        writing: receives the progress.
        is_waiting: creating a piece waits for the loop itself, so another thread has to do it.

    Raises:
        NoSpaceForFile: the disk is full, or the file larger than allowed.
        FileNotWritten: it cannot be written; the old file is unchanged.
    """
    try:
        with ExitStack() as opened:
            file = await _in_thread(partial(_open, opened, path))
            await _write(file, pieces, writing, is_waiting=is_waiting)
            await _in_thread(opened.close)
    except OSError as error:
        raise not_written(path, error) from None


def _open(opened: ExitStack, path: Path) -> IO[bytes]:
    return opened.enter_context(replacing(place_for(path)))


async def _write(
    file: IO[bytes], pieces: Iterable[str | bytes], writing: Writing, *, is_waiting: bool
) -> None:
    """Write all pieces; create the next chunk while the disk writes one.

    A lone surrogate, which JSON may contain but no file, becomes its JSON escape;
    all other formats have replaced it before.
    """
    make, chunk, since_s = partial(next, iter(pieces), None), bytearray(), time.monotonic()
    under_way = _start(int)  # nothing, so 0 bytes
    try:
        while (piece := await _in_thread(make) if is_waiting else make()) is not None:
            is_bytes = isinstance(piece, bytes)
            chunk += piece if is_bytes else piece.encode("utf-8", "backslashreplace")
            if len(chunk) >= CHUNK_BYTES:
                writing.written_bytes += await asyncio.shield(under_way)
                under_way, chunk = _start(partial(file.write, chunk)), bytearray()
            if time.monotonic() - since_s > SLICE_S:
                await asyncio.sleep(0)
                since_s = time.monotonic()
        writing.written_bytes += await asyncio.shield(under_way)
        writing.written_bytes += await _in_thread(partial(file.write, chunk))
    finally:
        await _settled(under_way)


async def _in_thread(work: Callable[[], T]) -> T:
    """Do something in another thread; wait for it even if the result is not needed."""
    doing = _start(work)
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await _settled(doing)
        raise


def _start(work: Callable[[], T]) -> "asyncio.Future[T]":
    return asyncio.ensure_future(asyncio.to_thread(work))  # noqa: TID251 - a thread, no task


async def _settled(doing: "asyncio.Future[T]") -> None:
    """Wait until a thread is done, with any result."""
    await asyncio.gather(asyncio.shield(doing), return_exceptions=True)

"""Writes a large file piece by piece in a thread of its own: whole, or not at all."""

import asyncio
import errno
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import FileNotWritten, NoSpaceForFile, Reason
from heimdall_desktop.services.regular_file import (
    lacks_space,
    problem_of,
    replacing,
    require_regular,
)

_LIMITS = (errno.EFBIG,)  # more than this process or file system takes in one file


class Writing(Struct):
    """How far a file is; the thread that writes it counts, others may read and call it off."""

    written_bytes: int = 0
    is_called_off: bool = False


class _CalledOff(Exception):
    pass


async def write_file(path: Path, pieces: Iterable[str | bytes], writing: Writing) -> None:
    """Write a file without holding up the loop; to cancel this leaves nothing of it behind.

    Args:
        path: where it is to stand, in place of a file that is there.
        pieces: what is in it; made in another thread.
        writing: is told how far it is.

    Raises:
        NoSpaceForFile: the disk is full, or the file larger than it may get.
        FileNotWritten: the place does not take it; what was there is as it was.
    """
    work = asyncio.ensure_future(  # noqa: TID251 - no task: a thread, which is waited for below
        asyncio.to_thread(_write, path, pieces, writing)
    )
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        writing.is_called_off = True
        await asyncio.wait([work])
        if not work.cancelled():
            work.exception()  # it is of no interest any more
        raise


def _write(path: Path, pieces: Iterable[str | bytes], writing: Writing) -> None:
    try:
        place = Path(os.path.realpath(path))  # a link stays, and leads to what is written
        with suppress(FileNotFoundError):
            require_regular(place)
        with replacing(place) as file:
            for piece in _counted(pieces, writing):
                file.write(piece)
    except _CalledOff:
        return
    except OSError as error:
        if lacks_space(error) or error.errno in _LIMITS:
            raise NoSpaceForFile(Reason.FILE_NO_SPACE, file=path.name) from None
        problem = problem_of(error)
        raise FileNotWritten(Reason.FILE_NOT_WRITTEN, file=path.name, problem=problem) from None


def _counted(pieces: Iterable[str | bytes], writing: Writing) -> Iterator[bytes]:
    """Yield pieces as bytes, and give the window its turn after each.

    A lone surrogate, which JSON may hold and no file, becomes the escape that means it in JSON;
    all other forms have replaced it before.
    """
    for piece in pieces:
        if writing.is_called_off:
            raise _CalledOff
        data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace")
        yield data
        writing.written_bytes += len(data)
        time.sleep(0)
    if writing.is_called_off:
        raise _CalledOff

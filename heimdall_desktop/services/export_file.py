"""Writes a large file piece by piece, while the loop goes on: whole, or not at all."""

import asyncio
import errno
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO, TypeVar

from msgspec import Struct

from heimdall_desktop.domain.facts.errors import FileNotWritten, NoSpaceForFile, Reason
from heimdall_desktop.services.regular_file import (
    lacks_space,
    place_for,
    problem_of,
    replacing,
)

SLICE_S = 0.02  # so long pieces are made in one turn of the loop
CHUNK_BYTES = 1 << 20  # that go to the disk at once
_LIMITS = (errno.EFBIG,)  # more than this process or file system takes in one file

T = TypeVar("T")


class Writing(Struct):
    """How far a file is."""

    written_bytes: int = 0


async def write_file(
    path: Path, pieces: Iterable[str | bytes], writing: Writing, *, is_waiting: bool = False
) -> None:
    """Write a file without holding up the loop; to cancel this leaves nothing of it behind.

    Only the disk is waited for in another thread. Pieces are made in turns of the loop: a thread
    that makes them takes Python from the window again and again while it paints, which then takes
    three times as long.

    Args:
        path: where it is to stand, in place of a file that is there.
        pieces: what is in it, each made in some milliseconds.
        writing: is told how far it is.
        is_waiting: to make a piece waits for the loop itself, so it has to be done elsewhere.

    Raises:
        NoSpaceForFile: the disk is full, or the file larger than it may get.
        FileNotWritten: the place does not take it; what was there is as it was.
    """
    try:
        with ExitStack() as opened:
            file = await _in_thread(partial(_open, opened, path))
            await _write(file, pieces, writing, is_waiting=is_waiting)
            await _in_thread(opened.close)
    except OSError as error:
        if lacks_space(error) or error.errno in _LIMITS:
            raise NoSpaceForFile(Reason.FILE_NO_SPACE, file=path.name) from None
        problem = problem_of(error)
        raise FileNotWritten(Reason.FILE_NOT_WRITTEN, file=path.name, problem=problem) from None


def _open(opened: ExitStack, path: Path) -> IO[bytes]:
    return opened.enter_context(replacing(place_for(path)))


async def _write(
    file: IO[bytes], pieces: Iterable[str | bytes], writing: Writing, *, is_waiting: bool
) -> None:
    """Write all pieces; while the disk takes a chunk the next one is made.

    A lone surrogate, which JSON may hold and no file, becomes the escape that means it in JSON;
    all other forms have replaced it before.
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
    """Do something in another thread; it is waited for also where the result is not wanted."""
    doing = _start(work)
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await _settled(doing)
        raise


def _start(work: Callable[[], T]) -> "asyncio.Future[T]":
    return asyncio.ensure_future(asyncio.to_thread(work))  # noqa: TID251 - a thread, no task


async def _settled(doing: "asyncio.Future[T]") -> None:
    """Wait until a thread is done, whatever comes of it."""
    await asyncio.gather(asyncio.shield(doing), return_exceptions=True)

"""Only regular files are opened, and nothing is ever waited for."""

import asyncio
import errno
import os
import stat
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.errors import FileNotWritten, NoSpace, NoSpaceForFile
from heimdall_desktop.services import regular_file
from tests.fakes.desk_parts import raises_saying, small_files

APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT


def test_a_file_is_made_for_the_user_alone_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "file"
    before = os.umask(0)
    try:
        for text in (b"one ", b"two"):
            with os.fdopen(regular_file.open_regular(path, APPEND), "ab") as file:
                file.write(text)
    finally:
        os.umask(before)
    assert path.read_bytes() == b"one two"
    regular_file.require_regular(path)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        regular_file.require_regular(tmp_path / "none")
    with pytest.raises(FileNotFoundError):
        regular_file.open_regular(tmp_path / "none", os.O_RDONLY)


@pytest.mark.skipif(sys.platform == "win32", reason="files are of one kind there")
@pytest.mark.parametrize("flags", [os.O_RDONLY, APPEND])
@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/null")])
def test_anything_else_is_refused_at_once(tmp_path: Path, flags: int, make: object) -> None:
    assert callable(make)
    make(tmp_path / "odd")
    with pytest.raises(OSError, match="not a regular file"):
        regular_file.open_regular(tmp_path / "odd", flags)


def test_a_problem_is_named_without_the_path(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere") as refused:
        regular_file.open_regular(tmp_path / "nowhere", os.O_RDONLY)
    assert regular_file.problem_of(refused.value) == os.strerror(errno.ENOENT)
    assert regular_file.problem_of(TimeoutError()) == "TimeoutError"


def test_a_damaged_file_gets_a_name_that_nothing_has(tmp_path: Path) -> None:
    path = tmp_path / "file"
    (tmp_path / "file.damaged-1").mkdir()
    (tmp_path / "file.damaged-2").touch()
    assert regular_file.free_place(path) == tmp_path / "file.damaged-3"


def test_the_text_replaces_what_was_there_for_the_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "fix.patch"
    path.write_text("before", "utf-8")
    regular_file.write_text(path, "a\r\n\u00e9\n")
    assert path.read_bytes() == "a\r\n\u00e9\n".encode()
    assert list(tmp_path.iterdir()) == [path]
    assert sys.platform == "win32" or path.stat().st_mode & 0o077 == 0


def test_an_unwritable_place_is_an_error_and_keeps_its_file(tmp_path: Path) -> None:
    with raises_saying(FileNotWritten, match=r"Couldn't save fix\.patch"):
        regular_file.write_text(tmp_path / "none" / "fix.patch", "a")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileNotWritten):
        regular_file.write_text(tmp_path / "folder", "a")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


PIECE = "x" * 10_000
CHUNKS = [f"{number} ".encode() * regular_file.CHUNK_BYTES for number in range(3)]


def names(folder: Path) -> list[str]:
    """What is in a folder, hidden files as well."""
    return [path.name for path in folder.iterdir()]


async def write(path: Path, *pieces: str | bytes) -> None:
    await regular_file.write_file(path, pieces, regular_file.Writing())


@pytest.mark.parametrize(
    ("pieces", "written"),
    [
        (
            [PIECE, b"\x00\xff", "\u00e9\ud800"],
            PIECE.encode() + b"\x00\xff" + "\u00e9\\ud800".encode(),
        ),
        (CHUNKS, b"".join(CHUNKS)),
    ],
    ids=["odd texts", "many chunks"],
)
async def test_a_file_is_written_whole_in_place_of_the_one_before(
    tmp_path: Path, pieces: list[str | bytes], written: bytes
) -> None:
    path, writing = tmp_path / "a.csv", regular_file.Writing()
    path.write_text("before", "utf-8")
    await regular_file.write_file(path, pieces, writing)
    assert path.read_bytes() == written
    assert writing.written_bytes == path.stat().st_size
    assert names(tmp_path) == [path.name]


async def test_the_loop_continues_between_pieces(tmp_path: Path) -> None:
    """Each piece sees what a task has done since the one before."""
    turns: list[int] = []

    async def turn() -> None:
        while True:
            turns.append(len(turns))
            await asyncio.sleep(0)

    def pieces() -> Iterator[str]:
        for _ in range(10):
            began_s = time.monotonic()
            while time.monotonic() - began_s <= regular_file.SLICE_S:
                pass  # a piece that takes its time
            yield f"{len(turns)} "

    turning = asyncio.ensure_future(turn())  # noqa: TID251
    await regular_file.write_file(tmp_path / "a", pieces(), regular_file.Writing())
    turning.cancel()
    seen = list(map(int, (tmp_path / "a").read_text("utf-8").split()))
    assert len(set(seen)) == len(seen)


async def test_pieces_that_wait_for_the_loop_are_made_elsewhere(tmp_path: Path) -> None:
    loop, threads = asyncio.get_running_loop(), []

    async def answer() -> str:
        return "a"

    def pieces() -> Iterator[str]:
        threads.append(threading.current_thread())
        yield asyncio.run_coroutine_threadsafe(answer(), loop).result()

    await regular_file.write_file(tmp_path / "a", pieces(), regular_file.Writing(), is_waiting=True)
    assert (tmp_path / "a").read_text("utf-8") == "a"
    assert threads != [threading.current_thread()]


async def test_a_full_disk_leaves_what_was_there_and_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before", "utf-8")
    words = r"Couldn't save a\.csv: no space left"
    with small_files(50_000), raises_saying(NoSpaceForFile, match=words) as caught:
        await write(path, *[PIECE] * 100)
    assert isinstance(caught.value, NoSpace)
    assert path.read_text("utf-8") == "before"
    assert names(tmp_path) == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="devices are another matter there")
@pytest.mark.parametrize("place", ["/dev/full", "/dev/null"])
async def test_a_device_is_no_place_for_a_file(place: str) -> None:
    with raises_saying(FileNotWritten, match=r": not a regular file"):
        await write(Path(place), "a")
    assert not os.path.isfile(place)  # noqa: ASYNC240 - of a device


async def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with raises_saying(FileNotWritten, match=r"Couldn't save a: No such file or directory"):
        await write(tmp_path / "none" / "a", "a")
    assert names(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
async def test_a_link_stays_and_leads_to_what_is_written(tmp_path: Path) -> None:
    link, path = tmp_path / "link", tmp_path / "a"
    os.symlink(path, link)
    await write(link, "a")
    assert link.is_symlink()
    assert path.read_text("utf-8") == "a"


@pytest.mark.skipif(
    sys.platform == "win32" or os.getuid() != 0, reason="only root makes others' links"
)
@pytest.mark.parametrize("is_folder", [False, True])
async def test_a_link_of_another_user_is_not_followed(tmp_path: Path, is_folder: bool) -> None:
    """Where all may write, as in /tmp, another user can put a link in our way."""
    (tmp_path / "ours").mkdir()
    link, path = tmp_path / "link", tmp_path / "ours" / "a"
    path.write_text("before", "utf-8")
    os.symlink(path.parent if is_folder else path, link)
    os.lchown(link, 65534, 65534)
    with raises_saying(FileNotWritten, match=r"behind a symbolic link of another user"):
        await write(link / "a" if is_folder else link, "a")
    assert path.read_text("utf-8") == "before"
    assert names(path.parent) == ["a"]


async def test_links_in_a_circle_are_no_place(tmp_path: Path) -> None:
    os.symlink(tmp_path / "b", tmp_path / "a")
    os.symlink(tmp_path / "a", tmp_path / "b")
    with raises_saying(FileNotWritten, match=r"Too many levels of symbolic links"):
        await write(tmp_path / "a", "a")


async def test_what_is_called_off_leaves_nothing(tmp_path: Path) -> None:
    path, begun = tmp_path / "a", asyncio.Event()

    def endless() -> Iterator[str]:
        while True:
            begun.set()
            yield PIECE

    writing = asyncio.ensure_future(  # noqa: TID251
        regular_file.write_file(path, endless(), regular_file.Writing())
    )
    await begun.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert names(tmp_path) == []


async def test_a_defect_of_a_writer_leaves_nothing_and_is_not_hidden(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise LookupError

    with pytest.raises(LookupError):
        await regular_file.write_file(tmp_path / "a", broken(), regular_file.Writing())
    assert names(tmp_path) == []

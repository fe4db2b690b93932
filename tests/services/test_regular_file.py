"""Only regular files are opened, and nothing is ever waited for."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from heimdall_desktop.services.regular_file import (
    free_place,
    open_regular,
    problem_of,
    require_regular,
)

APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT


def test_a_file_is_made_for_the_user_alone_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "file"
    before = os.umask(0)
    try:
        for text in (b"one ", b"two"):
            with os.fdopen(open_regular(path, APPEND), "ab") as file:
                file.write(text)
    finally:
        os.umask(before)
    assert path.read_bytes() == b"one two"
    require_regular(path)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        require_regular(tmp_path / "none")
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "none", os.O_RDONLY)


@pytest.mark.skipif(sys.platform == "win32", reason="files are of one kind there")
@pytest.mark.parametrize("flags", [os.O_RDONLY, APPEND])
@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/null")])
def test_anything_else_is_refused_at_once(tmp_path: Path, flags: int, make: object) -> None:
    assert callable(make)
    make(tmp_path / "odd")
    with pytest.raises(OSError, match="not a regular file"):
        open_regular(tmp_path / "odd", flags)


def test_a_problem_is_told_without_the_path(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere") as refused:
        open_regular(tmp_path / "nowhere", os.O_RDONLY)
    assert problem_of(refused.value) == os.strerror(errno.ENOENT)
    assert problem_of(TimeoutError()) == "TimeoutError"


def test_a_damaged_file_gets_a_name_that_nothing_has(tmp_path: Path) -> None:
    path = tmp_path / "file"
    (tmp_path / "file.damaged-1").mkdir()
    (tmp_path / "file.damaged-2").touch()
    assert free_place(path) == tmp_path / "file.damaged-3"

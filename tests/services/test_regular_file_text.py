"""Files the user wants: whole, with their line ends, or not at all."""

import sys
from pathlib import Path

import pytest

from heimdall_desktop.domain.facts.errors import FileNotWritten
from heimdall_desktop.services.regular_file import write_text
from tests.fakes.errors import raises_saying


def test_the_text_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "fix.patch"
    path.write_text("before", "utf-8")
    write_text(path, "a\r\n\u00e9\n")
    assert path.read_bytes() == "a\r\n\u00e9\n".encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are another matter there")
def test_only_the_user_can_read_it(tmp_path: Path) -> None:
    write_text(tmp_path / "fix.patch", "a")
    assert (tmp_path / "fix.patch").stat().st_mode & 0o077 == 0


def test_a_place_that_takes_nothing_is_told_and_keeps_what_it_had(tmp_path: Path) -> None:
    with raises_saying(FileNotWritten, match=r"Couldn't save fix\.patch"):
        write_text(tmp_path / "none" / "fix.patch", "a")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileNotWritten):
        write_text(tmp_path / "folder", "a")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]

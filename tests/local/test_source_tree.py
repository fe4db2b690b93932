"""Walking a folder: what is counted, what is left alone, what cannot be read."""

import os
import sys
from pathlib import Path

import pytest

from heimdall_desktop.local.source_tree import (
    MAX_SCANNED_BYTES,
    SourceTree,
    read_bytes,
    shown_path,
    walk,
)

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file names")


def _walked(root: Path) -> SourceTree:
    tree = SourceTree()
    for _ in walk(root, tree):
        pass
    return tree


def test_files_and_languages_are_counted_in_order_of_name(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    for name in ("b.py", "a.ts", "src/z.py", "Dockerfile", "notes"):
        (tmp_path / name).write_text("x")
    tree = _walked(tmp_path)
    assert [file.path for file in tree.files] == ["Dockerfile", "a.ts", "b.py", "notes", "src/z.py"]
    assert tree.languages == {"Python": 2, "TypeScript": 1, "Dockerfile": 1}
    assert tree.total_bytes == 5


def test_only_the_git_folder_is_left_out(tmp_path: Path) -> None:
    for folder in (".git", ".tox", "node_modules", "sub/.git"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.py").write_text("x")
    assert [file.path for file in _walked(tmp_path).files] == [".tox/x.py", "node_modules/x.py"]


@posix_only
def test_links_and_special_files_are_never_followed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "out.py").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.py")
    tree = _walked(tmp_path)
    assert [file.path for file in tree.files] == ["a.py"]
    assert (tree.links, tree.special) == (2, 1)
    with pytest.raises(OSError, match="regular"):
        read_bytes(tmp_path, "pipe.py")
    with pytest.raises(OSError, match="out"):
        read_bytes(tmp_path, "out.py")


def test_a_huge_file_is_counted_and_not_scanned(tmp_path: Path) -> None:
    with (tmp_path / "dump.sql").open("wb") as file:
        file.truncate(100_000_000)
    (tmp_path / "empty.py").touch()
    tree = _walked(tmp_path)
    assert [(file.size_bytes, file.is_scanned) for file in tree.files] == [
        (100_000_000, False),
        (0, False),
    ]
    assert [file.path for file in tree.too_large] == ["dump.sql"]
    assert len(read_bytes(tmp_path, "dump.sql")) == MAX_SCANNED_BYTES


@posix_only
def test_odd_bytes_in_names_become_valid_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"odd\xff\n.py")).write_text("x")
    path = _walked(tmp_path).files[0].path
    assert read_bytes(tmp_path, path) == b"x"
    assert shown_path(path) == "odd\\xff\n.py"


def test_a_folder_that_vanishes_is_a_problem_and_a_root_that_vanishes_an_error(
    tmp_path: Path,
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    tree = SourceTree()
    steps = walk(gone, tree)
    (gone / "a").mkdir()
    gone.rename(tmp_path / "other")
    with pytest.raises(FileNotFoundError):
        next(steps)
    tree.note_problem("x", PermissionError(13, "Permission denied"))
    assert (tree.problem_count, tree.problems) == (1, ["x: Permission denied"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_an_unreadable_folder_is_noted(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "a.py").write_text("x")
    tree = _walked(tmp_path)
    assert len(tree.files) == 1
    assert tree.problems == ["closed: Permission denied"]


def test_the_walk_gives_way_now_and_then(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"folder{number}").mkdir()
    assert len(list(walk(tmp_path, SourceTree(), slice_s=0))) == 6

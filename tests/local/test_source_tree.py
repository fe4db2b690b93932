"""Walking a folder: what is counted, what is left alone, what cannot be read."""

import os
import sys
from pathlib import Path

import pytest

from heimdall_desktop.local.source_tree import (
    CHANGED,
    MAX_SCANNED_BYTES,
    OUTSIDE,
    REST_OF_FOLDER,
    SPECIAL,
    Changed,
    SourceFolder,
    SourceTree,
    as_utf8,
    is_text,
    shown_path,
    unread,
    walk,
)

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file names")


def _walked(root: Path) -> SourceTree:
    tree = SourceTree()
    for _ in walk(SourceFolder(root), tree):
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
    assert tree.not_scanned == {"out.py": OUTSIDE, "pipe.py": SPECIAL}
    folder = SourceFolder(tmp_path)
    with pytest.raises(OSError, match="regular"):
        folder.read("pipe.py")
    with pytest.raises(OSError, match="out"):
        folder.read("out.py")


@posix_only
def test_links_are_unlooked_where_they_stand_for_source_that_is_not_met(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    (root / ".git").mkdir(parents=True)
    (outside / "b.py").write_text("x")
    (root / ".git" / "c.py").write_text("x")
    (root / "a.py").write_text("x")
    for name, target in {
        "met.py": root / "a.py",
        "itself": root,
        "gone.py": root / "gone",
        "program": outside / "b.py",
        "up.py": outside / "b.py",
        "folder": outside,
        "hidden.py": root / ".git" / "c.py",
    }.items():
        (root / name).symlink_to(target)
    assert _walked(root).not_scanned == dict.fromkeys(("folder", "hidden.py", "up.py"), OUTSIDE)


@posix_only
def test_a_folder_swapped_for_a_link_leads_nowhere(tmp_path: Path) -> None:
    """The link is put there after the walk: only a check at the moment of opening sees it."""
    outside, root = tmp_path / "outside", tmp_path / "root"
    for place in (outside, root / "sub"):
        place.mkdir(parents=True)
        (place / "a.py").write_text(place.name)
    folder = SourceFolder(root)
    assert folder.read("sub/a.py") == b"sub"
    (root / "sub").rename(root / "was")
    (root / "sub").symlink_to(outside)
    with pytest.raises(NotADirectoryError):
        folder.read("sub/a.py")
    with pytest.raises(OSError, match="sub"):
        folder.open_folder("sub")
    for path in ("../outside/a.py", "was/../../outside/a.py", "/etc/hostname", "was//a.py"):
        with pytest.raises(OSError, match="inside"):
            folder.read(path)
    root.rename(tmp_path / "other")
    root.symlink_to(outside)
    with pytest.raises(Changed):
        folder.read("a.py")


def test_a_file_that_changed_since_the_walk_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x")
    file = _walked(tmp_path).files[0]
    assert SourceFolder(tmp_path).read("a.py", stamp=file.stamp) == b"x"
    path.write_text("another")
    with pytest.raises(Changed) as raised:
        SourceFolder(tmp_path).read("a.py", stamp=file.stamp)
    assert unread(raised.value) == CHANGED
    assert SourceFolder(tmp_path).read("a.py") == b"another"


def test_the_rest_of_an_endless_folder_is_unlooked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heimdall_desktop.local.source_tree.MAX_FILES", 2)
    for name in "abc":
        (tmp_path / name).write_text("x")
    tree = _walked(tmp_path)
    assert tree.not_scanned == {REST_OF_FOLDER: "reading ended at 2 files"}


def test_text_becomes_utf_8_whatever_it_was() -> None:
    for coding in ("utf-8", "utf-8-sig", "utf-16", "latin-1"):
        content = "café\n".encode(coding)
        assert is_text(content)
        assert as_utf8(content) == "café\n".encode()
    assert not is_text(b"\x7fELF\0")


def test_a_huge_file_is_counted_and_not_scanned(tmp_path: Path) -> None:
    with (tmp_path / "dump.sql").open("wb") as file:
        file.truncate(100_000_000)
    (tmp_path / "empty.py").touch()
    tree = _walked(tmp_path)
    assert [(file.size_bytes, file.is_too_large, file.is_empty) for file in tree.files] == [
        (100_000_000, True, False),
        (0, False, True),
    ]
    assert len(SourceFolder(tmp_path).read("dump.sql")) == MAX_SCANNED_BYTES


@posix_only
def test_odd_bytes_in_names_become_valid_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"odd\xff\n.py")).write_text("x")
    path = _walked(tmp_path).files[0].path
    assert SourceFolder(tmp_path).read(path) == b"x"
    assert shown_path(path) == "odd\\xff\n.py"


def test_a_root_that_vanishes_is_an_error(
    tmp_path: Path,
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    tree = SourceTree()
    steps = walk(SourceFolder(gone), tree)
    (gone / "a").mkdir()
    gone.rename(tmp_path / "other")
    with pytest.raises(FileNotFoundError):
        next(steps)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_an_unreadable_folder_is_noted(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "a.py").write_text("x")
    tree = _walked(tmp_path)
    assert len(tree.files) == 1
    assert tree.not_scanned == {"closed": "cannot be read: Permission denied"}


def test_the_walk_gives_way_now_and_then(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"folder{number}").mkdir()
    assert len(list(walk(SourceFolder(tmp_path), SourceTree(), slice_s=0))) == 6

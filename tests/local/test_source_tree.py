"""Folders to be scanned: the walk, the commit, announced folders, slices of work."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from heimdall_desktop.local import source_tree
from tests.lab.server import LabServer
from tests.lab.workers import IdleWorker
from tests.local.conftest import EMAIL, PASSWORD

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file names")
SHA = "4f2d9c0b7a61e5d3c8b2a1908f7e6d5c4b3a2910"
SECRET = "f" * 64


def _walked(root: Path) -> source_tree.SourceTree:
    tree = source_tree.SourceTree()
    for _ in source_tree.walk(source_tree.SourceFolder(root), tree):
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
    assert tree.not_scanned == {"out.py": source_tree.OUTSIDE, "pipe.py": source_tree.SPECIAL}
    folder = source_tree.SourceFolder(tmp_path)
    with pytest.raises(OSError, match="regular"):
        folder.read("pipe.py")
    with pytest.raises(OSError, match="out"):
        folder.read("out.py")


@posix_only
def test_links_to_source_outside_the_walk_are_not_scanned(tmp_path: Path) -> None:
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
    assert _walked(root).not_scanned == dict.fromkeys(
        ("folder", "hidden.py", "up.py"), source_tree.OUTSIDE
    )


@posix_only
def test_a_folder_swapped_for_a_link_leads_nowhere(tmp_path: Path) -> None:
    """The link is put there after the walk: only a check at the moment of opening sees it."""
    outside, root = tmp_path / "outside", tmp_path / "root"
    for place in (outside, root / "sub"):
        place.mkdir(parents=True)
        (place / "a.py").write_text(place.name)
    folder = source_tree.SourceFolder(root)
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
    with pytest.raises(source_tree.Changed):
        folder.read("a.py")


def test_a_file_that_changed_since_the_walk_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x")
    file = _walked(tmp_path).files[0]
    assert source_tree.SourceFolder(tmp_path).read("a.py", stamp=file.stamp) == b"x"
    path.write_text("another")
    with pytest.raises(source_tree.Changed) as raised:
        source_tree.SourceFolder(tmp_path).read("a.py", stamp=file.stamp)
    assert source_tree.unread(raised.value) == source_tree.CHANGED
    assert source_tree.SourceFolder(tmp_path).read("a.py") == b"another"


def test_the_rest_of_an_endless_folder_is_not_scanned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heimdall_desktop.local.source_tree.MAX_FILES", 2)
    for name in "abc":
        (tmp_path / name).write_text("x")
    tree = _walked(tmp_path)
    assert tree.not_scanned == {source_tree.REST_OF_FOLDER: "reading ended at 2 files"}


def test_text_is_converted_to_utf_8() -> None:
    for coding in ("utf-8", "utf-8-sig", "utf-16", "latin-1"):
        content = "café\n".encode(coding)
        assert source_tree.is_text(content)
        assert source_tree.as_utf8(content) == "café\n".encode()
    assert not source_tree.is_text(b"\x7fELF\0")


def test_a_huge_file_is_counted_and_not_scanned(tmp_path: Path) -> None:
    with (tmp_path / "dump.sql").open("wb") as file:
        file.truncate(100_000_000)
    (tmp_path / "empty.py").touch()
    tree = _walked(tmp_path)
    assert [(file.size_bytes, file.is_too_large) for file in tree.files] == [
        (100_000_000, True),
        (0, False),
    ]
    assert len(source_tree.SourceFolder(tmp_path).read("dump.sql")) == source_tree.MAX_SCANNED_BYTES


@posix_only
def test_odd_bytes_in_names_become_valid_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"odd\xff\n.py")).write_text("x")
    path = _walked(tmp_path).files[0].path
    assert source_tree.SourceFolder(tmp_path).read(path) == b"x"
    assert source_tree.shown_path(path) == "odd\\xff\n.py"


def test_a_vanished_root_is_an_error(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    tree = source_tree.SourceTree()
    steps = source_tree.walk(source_tree.SourceFolder(gone), tree)
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


def test_the_walk_yields_regularly(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"folder{number}").mkdir()
    folder, tree = source_tree.SourceFolder(tmp_path), source_tree.SourceTree()
    assert len(list(source_tree.walk(folder, tree, slice_s=0))) == 6


def _git(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / ".git" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


PACKED = f"# pack-refs\n{'0' * 40} refs/heads/other\n{SHA} refs/heads/main\n"


@pytest.mark.parametrize(
    ("files", "sha"),
    [
        ({"HEAD": "ref: refs/heads/main\n", "refs__heads__main": SHA + "\n"}, SHA),
        ({"HEAD": SHA + "\n"}, SHA),
        ({"HEAD": "ref: refs/heads/main\n", "packed-refs": PACKED}, SHA),
        ({"HEAD": ""}, None),
        ({"HEAD": "ref: refs/heads/unborn"}, None),
        ({"HEAD": "ref: refs/../../../etc/passwd"}, None),
        ({"HEAD": "ref: /etc/passwd"}, None),
        ({"HEAD": "xyz"}, None),
        ({"HEAD": "\0"}, None),
        ({}, None),
    ],
)
def test_the_commit_of_the_head_is_found(
    tmp_path: Path, files: dict[str, str], sha: str | None
) -> None:
    assert source_tree.commit_sha(_git(tmp_path, **files)) == sha


def test_a_linked_work_tree_shares_the_branches(tmp_path: Path) -> None:
    main, linked = tmp_path / "main", tmp_path / "linked"
    _git(
        main,
        worktrees__linked__HEAD="ref: refs/heads/topic\n",
        worktrees__linked__commondir="../..\n",
        refs__heads__topic=SHA,
    )
    linked.mkdir()
    (linked / ".git").write_text(f"gitdir: {main}/.git/worktrees/linked\n")
    assert source_tree.commit_sha(linked) == SHA


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
def test_a_link_leads_to_no_commit_of_another_folder(tmp_path: Path) -> None:
    other, root = tmp_path / "other", tmp_path / "root"
    _git(other, HEAD=SHA)
    root.mkdir()
    (root / ".git").symlink_to(other / ".git")
    assert source_tree.commit_sha(other) == SHA
    assert source_tree.commit_sha(root) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "code"
    made.mkdir()
    return made


def test_a_link_is_followed_when_it_is_announced_and_never_again(
    folder: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    folders = source_tree.AnnouncedFolders()
    assert folders.announce(link.as_uri()) == folder.as_uri()
    link.unlink()
    link.symlink_to("/etc")
    assert folders.refusal(folder.as_uri()) is None
    assert folders.refusal(link.as_uri())
    assert folders.refusal("file:///etc")


def test_a_link_on_the_way_is_refused_wherever_it_is(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    folders = source_tree.AnnouncedFolders()
    address = folders.announce(deep.as_uri())
    assert folders.refusal(address) is None
    (tmp_path / "a").rename(tmp_path / "c")
    (tmp_path / "a").symlink_to(tmp_path / "c")
    assert "become a link" in (folders.refusal(address) or "")


def test_a_folder_made_again_at_its_place_is_the_same(folder: Path) -> None:
    folders = source_tree.AnnouncedFolders()
    address = folders.announce(folder.as_uri())
    folder.rmdir()
    assert folders.refusal(address) is None  # ingest says that it is not there
    folder.mkdir()
    assert folders.refusal(address) is None


def test_announcing_a_folder_announces_neither_its_parent_nor_its_children(folder: Path) -> None:
    folders = source_tree.AnnouncedFolders()
    address = folders.announce(folder.as_uri())
    for other in (
        f"{address}/..",
        f"{address}/sub",
        f"{address}/../code/..",
        folder.parent.as_uri(),
    ):
        assert folders.refusal(other), other
    for same in (f"{address}/", f"{address}/.", address.replace("file:///", "FILE://localhost/")):
        assert folders.refusal(same) is None, same


def test_odd_bytes_in_a_name_come_through(tmp_path: Path) -> None:
    address = f"{tmp_path.as_uri()}/%FF%0A%20x"
    folders = source_tree.AnnouncedFolders()
    assert folders.announce(address) == address
    assert folders.refusal(address) is None


@pytest.mark.parametrize("address", ["", "/srv", "file:srv", "https://x.test/srv", "file:///a%00b"])
def test_only_folders_can_be_announced(address: str) -> None:
    with pytest.raises(ValueError, match=r"absolute|null"):
        source_tree.AnnouncedFolders().announce(address)


def test_a_repository_of_an_earlier_run_is_not_scanned_until_it_is_announced(
    folder: Path, tmp_path: Path
) -> None:
    with LabServer(tmp_path / "data", secret=SECRET, worker=lambda *_: IdleWorker()) as server:
        server.add_account(EMAIL, PASSWORD)
        address = server.announce_folder(folder.as_uri())
        with client_of(server) as client:
            made = client.post("/api/repos", json={"name": "x", "remote_url": address})
            path = f"/api/repos/{made.json()['data']['id']}/scan"
            assert client.post(path).status_code == 202
    again = LabServer(tmp_path / "data", secret=SECRET, worker=lambda *_: IdleWorker())
    with again as server, client_of(server) as client:
        refused = client.post(path)
        assert refused.status_code == 403
        assert "not announced" in refused.json()["error"]["message"]
        server.announce_folder(folder.as_uri())
        assert client.post(path).status_code == 202


def client_of(server: LabServer) -> httpx.Client:
    headers = {
        "authorization": f"Bearer {server.new_session(EMAIL)}",
        "x-heimdall-run-secret": SECRET,
    }
    return httpx.Client(base_url=server.url, headers=headers, trust_env=False)


async def test_all_items_come_in_order_from_another_thread() -> None:
    threads = set()

    def items() -> Iterator[int]:
        for number in range(1000):
            threads.add(threading.current_thread())
            yield number

    seen = [item async for some in source_tree.in_slices(items()) for item in some]
    assert seen == list(range(1000))
    assert threading.current_thread() not in threads


async def test_long_work_is_cut_into_slices() -> None:
    def items() -> Iterator[int]:
        for number in range(3):
            time.sleep(0.25)
            yield number

    assert [some async for some in source_tree.in_slices(items())] == [[0], [1], [2]]


async def test_an_empty_iterator_yields_nothing_and_errors_pass() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    assert [some async for some in source_tree.in_slices(iter(()))] == []
    with pytest.raises(ValueError, match="broken"):
        async for _ in source_tree.in_slices(broken()):
            pass

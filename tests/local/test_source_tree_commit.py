"""Reading the commit of a working copy from its files."""

import sys
from pathlib import Path

import pytest

from heimdall_desktop.local.source_tree import commit_sha

SHA = "4f2d9c0b7a61e5d3c8b2a1908f7e6d5c4b3a2910"


def _git(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / ".git" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_a_branch_is_followed_to_its_commit(tmp_path: Path) -> None:
    _git(tmp_path, HEAD="ref: refs/heads/main\n", refs__heads__main=SHA + "\n")
    assert commit_sha(tmp_path) == SHA


def test_a_detached_head_is_the_commit(tmp_path: Path) -> None:
    assert commit_sha(_git(tmp_path, HEAD=SHA + "\n")) == SHA


def test_a_packed_branch_is_found(tmp_path: Path) -> None:
    packed = f"# pack-refs\n{'0' * 40} refs/heads/other\n{SHA} refs/heads/main\n"
    _git(tmp_path, HEAD="ref: refs/heads/main\n", **{"packed-refs": packed})
    assert commit_sha(tmp_path) == SHA


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
    assert commit_sha(linked) == SHA


@pytest.mark.parametrize(
    "head",
    [
        "",
        "ref: refs/heads/unborn",
        "ref: refs/../../../etc/passwd",
        "ref: /etc/passwd",
        "xyz",
        "\0",
    ],
)
def test_anything_else_is_no_commit(tmp_path: Path, head: str) -> None:
    assert commit_sha(_git(tmp_path, HEAD=head)) is None


def test_a_plain_folder_has_none(tmp_path: Path) -> None:
    assert commit_sha(tmp_path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
def test_a_link_leads_to_no_commit_of_another_folder(tmp_path: Path) -> None:
    other, root = tmp_path / "other", tmp_path / "root"
    _git(other, HEAD=SHA)
    root.mkdir()
    (root / ".git").symlink_to(other / ".git")
    assert commit_sha(other) == SHA
    assert commit_sha(root) is None

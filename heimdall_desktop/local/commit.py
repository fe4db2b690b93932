"""Reads which commit a working copy stands on, from the files of git and without running git."""

import re
from pathlib import Path

from heimdall_desktop.local.source_tree import SourceFolder

_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_REF = re.compile(r"ref: (refs/[^\s\\]+)\Z")
_LIMIT_BYTES = 10_000_000


def commit_sha(root: Path) -> str | None:
    """Return the commit of the folder's HEAD; None if it is no working copy or has none yet."""
    git = _git_folder(root)
    head = _line(git, "HEAD") if git else None
    if git is None or head is None or _SHA.match(head):
        return head if head and _SHA.match(head) else None
    ref = _REF.match(head)
    if ref is None or ".." in ref[1]:
        return None
    shared = _shared_folder(git)
    return _sha_of(git, ref[1]) or _sha_of(shared, ref[1]) or _packed_sha(shared, ref[1])


def _git_folder(root: Path) -> Path | None:
    """Return `.git`, or the folder that a file of this name points to in a linked work tree.

    A link of this name is not followed.
    """
    git = root / ".git"
    if git.is_symlink():
        return None
    if git.is_dir():
        return git
    line = _line(root, ".git")
    if line and line.startswith("gitdir: "):
        return root / line.removeprefix("gitdir: ")
    return None


def _shared_folder(git: Path) -> Path:
    common = _line(git, "commondir")
    return git / common if common else git


def _sha_of(git: Path, ref: str) -> str | None:
    line = _line(git, ref)
    return line if line and _SHA.match(line) else None


def _packed_sha(git: Path, ref: str) -> str | None:
    for line in _text(git, "packed-refs").splitlines():
        sha, _, name = line.partition(" ")
        if name == ref and _SHA.match(sha):
            return sha
    return None


def _line(folder: Path, name: str) -> str | None:
    return next(iter(_text(folder, name).splitlines()), None)


def _text(folder: Path, name: str) -> str:
    try:
        return SourceFolder(folder).read(name, _LIMIT_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""

"""Folders to be scanned: which may be, and what they contain: sizes, languages, unreadable files.

Only `.git` is left out. Symbolic links are never followed, so a link can lead neither in circles
nor out of the folder; pipes and devices are not opened. A file that no scanner finished is recorded
as not scanned, with the reason: it is never considered clean.
"""

import asyncio
import codecs
import errno
import os
import re
import stat
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import url2pathname

MAX_FILES = 1_000_000
"""The walk ends here, so that a folder of any size needs a limited amount of memory."""

MAX_SCANNED_BYTES = 2_000_000
"""Larger files are not scanned: source files of that size are not written by hand."""

REST_OF_FOLDER = "(the rest of the folder)"
OUTSIDE = "a link out of the folder"
SPECIAL = "not a regular file"
CHANGED = "changed while it was scanned"

T = TypeVar("T")
_SKIPPED_FOLDER = ".git"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

_EXTENSIONS = {
    "Python": ".py .pyi .pyw",
    "JavaScript": ".js .jsx .mjs .cjs",
    "TypeScript": ".ts .tsx",
    "Go": ".go",
    "Rust": ".rs",
    "Java": ".java",
    "Kotlin": ".kt",
    "Swift": ".swift",
    "C": ".c .h",
    "C++": ".cc .cpp .hpp",
    "C#": ".cs",
    "Ruby": ".rb",
    "PHP": ".php",
    "Shell": ".sh .bash",
    "PowerShell": ".ps1",
    "SQL": ".sql",
    "Terraform": ".tf",
    "HTML": ".html",
    "CSS": ".css .scss",
    "QML": ".qml",
    "Lua": ".lua",
    "YAML": ".yml .yaml",
    "JSON": ".json",
    "TOML": ".toml",
    "XML": ".xml",
    "Markdown": ".md",
    "reStructuredText": ".rst",
}
LANGUAGES = {
    extension: language
    for language, extensions in _EXTENSIONS.items()
    for extension in extensions.split()
}
_LANGUAGES_BY_NAME = {"Dockerfile": "Dockerfile", "Makefile": "Make", "Jenkinsfile": "Groovy"}


class Stamp(NamedTuple):
    """File attributes that change with the content of a file."""

    inode: int
    size_bytes: int
    written_at_ns: int
    changed_at_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Stamp":
        if sys.platform == "win32":
            return cls(0, status.st_size, status.st_mtime_ns, 0)
        return cls(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A regular file below the root."""

    path: str
    """Relative to the root, with `/`; odd bytes are surrogates, as the file system gives them."""
    size_bytes: int
    stamp: Stamp | None = None
    """As found by the walk; None if the file may be read in any state."""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def extension(self) -> str:
        return os.path.splitext(self.name)[1].lower()

    @property
    def is_too_large(self) -> bool:
        return self.size_bytes > MAX_SCANNED_BYTES

    @property
    def language(self) -> str | None:
        return LANGUAGES.get(self.extension) or _LANGUAGES_BY_NAME.get(self.name)


@dataclass(slots=True)
class SourceTree:
    """The results of a walk so far; complete when the walk has ended."""

    files: list[SourceFile] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    total_bytes: int = 0
    links: int = 0
    special: int = 0
    """Pipes, sockets and devices."""
    is_cut_off: bool = False
    """Whether the walk ended at `MAX_FILES`."""
    not_scanned: dict[str, str] = field(default_factory=dict)
    """By path: why a scanner that accepts such files did not finish this one."""
    not_taken: int = 0
    """Binary files and kinds that no scanner accepts."""

    def miss(self, path: str, reason: str) -> None:
        """Record a file as not scanned; the first reason counts."""
        self.not_scanned.setdefault(path, reason)

    def add(self, file: SourceFile) -> None:
        self.files.append(file)
        self.total_bytes += file.size_bytes
        if language := file.language:
            self.languages[language] += 1


class Changed(OSError):
    """A file is not the one that was found, or was written to while it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.ESTALE, CHANGED, path)


def unread(error: OSError) -> str:
    if isinstance(error, Changed):
        return CHANGED
    return f"cannot be read: {error.strerror or type(error).__name__}"


class SourceFolder:
    """A folder whose files are opened without following any link out of it.

    Each part of a path is opened inside its parent folder, so it is checked at that moment:
    replacing it earlier or later leads nowhere else. Only the folder itself may be named by a link.
    Windows does not support this; there a path is checked once it is open.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._identity: tuple[int, int] | None = None

    def read(
        self, path: str, limit_bytes: int = MAX_SCANNED_BYTES, stamp: Stamp | None = None
    ) -> bytes:
        """Read the beginning of a regular file.

        Args:
            path: relative to the folder, with `/`.
            limit_bytes: no more is read.
            stamp: the expected stamp of the file; None for any.

        Raises:
            Changed: it has another stamp, or got one while it was read.
            OSError: it is gone, unreadable, a link, or not a regular file.
        """
        descriptor = self._open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, SPECIAL, path)
            found = Stamp.of(status)
            content = file.read(limit_bytes)
            if Stamp.of(os.fstat(descriptor)) != found or stamp not in (None, found):
                raise Changed(path)
        return content

    def open_folder(self, path: str = "") -> int:
        """Open a folder in it, or itself, and return the descriptor (not on Windows).

        Raises:
            OSError: it is gone, unreadable, a link, or not or no longer a folder.
        """
        return self._open(path, _FOLDER) if path else self._open_root()

    def _open(self, path: str, flags: int) -> int:
        parts = path.split("/")
        if not {"", ".", ".."}.isdisjoint(parts):
            raise OSError(errno.EINVAL, "not a path inside the folder", path)
        if sys.platform == "win32":
            descriptor = os.open(self.path / path, flags)
            real = os.path.realpath(self.path / path)
            inside = os.path.join(os.path.realpath(self.path), *parts)
            if os.path.normcase(real) != os.path.normcase(inside):
                os.close(descriptor)
                raise OSError(errno.ELOOP, OUTSIDE, path)
            return descriptor
        folder = self._open_root()
        try:
            for part in parts[:-1]:
                outer, folder = folder, os.open(part, _FOLDER | _NO_LINK, dir_fd=folder)
                os.close(outer)
            return os.open(parts[-1], flags | _NO_LINK, dir_fd=folder)
        finally:
            os.close(folder)

    def _open_root(self) -> int:
        descriptor = os.open(self.path, _FOLDER)
        status = os.fstat(descriptor)
        identity = (status.st_dev, status.st_ino)
        self._identity = self._identity or identity
        if identity != self._identity:
            os.close(descriptor)
            raise Changed(str(self.path))
        return descriptor


def walk(root: SourceFolder, tree: SourceTree, slice_s: float = 0.2) -> Iterator[int]:
    """Fill a tree, yielding the number of files now and then.

    Args:
        root: the folder.
        tree: an empty one.
        slice_s: how long to work before yielding, so that a thread can be left in time.

    Raises:
        OSError: the root itself cannot be read.
    """
    os.scandir(root.path).close()
    folders = [""]
    yield_at = time.monotonic() + slice_s
    while folders and not tree.is_cut_off:
        folder = folders.pop()
        folders.extend(reversed(_read_folder(root, folder, tree)))
        if time.monotonic() >= yield_at:
            yield len(tree.files)
            yield_at = time.monotonic() + slice_s
    if tree.is_cut_off:
        tree.miss(REST_OF_FOLDER, f"reading ended at {len(tree.files):,} files")


def _read_folder(root: SourceFolder, folder: str, tree: SourceTree) -> list[str]:
    """Add the files of one folder to the tree and return its folders, both in order of name."""
    folders = []
    descriptor: int | None = None
    try:
        descriptor = None if sys.platform == "win32" else root.open_folder(folder)
        with os.scandir(root.path / folder if descriptor is None else descriptor) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if tree.is_cut_off:
                    break
                path = f"{folder}/{entry.name}" if folder else entry.name
                if _is_folder(root, entry, path, tree):
                    folders.append(path)
    except OSError as error:
        tree.miss(folder or ".", unread(error))
    finally:
        if descriptor is not None:
            os.close(descriptor)
    return folders


def _is_folder(root: SourceFolder, entry: os.DirEntry[str], path: str, tree: SourceTree) -> bool:
    """Count an entry, unless it is a folder to be walked."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        tree.miss(path, unread(error))
        return False
    if stat.S_ISDIR(status.st_mode):
        return entry.name != _SKIPPED_FOLDER
    if stat.S_ISLNK(status.st_mode):
        tree.links += 1
        # a link to a folder or to source, unless its target is walked anyway; only names are read
        top, target = Path(os.path.realpath(root.path)), Path(os.path.realpath(root.path / path))
        inner = target.relative_to(top).parts if target.is_relative_to(top) else (_SKIPPED_FOLDER,)
        is_source = SourceFile(path, 0).language is not None or os.path.isdir(target)
        if is_source and _SKIPPED_FOLDER in inner and os.path.exists(target):
            tree.miss(path, OUTSIDE)
    elif not stat.S_ISREG(status.st_mode):
        tree.special += 1
        if SourceFile(path, 0).language:
            tree.miss(path, SPECIAL)
    elif entry.name != _SKIPPED_FOLDER:
        tree.add(SourceFile(path, status.st_size, Stamp.of(status)))
        tree.is_cut_off = len(tree.files) >= MAX_FILES
    return False


def shown_path(path: str) -> str:
    r"""Return a path as valid text: an odd byte becomes `\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def is_text(head: bytes) -> bool:
    """Return whether a file that begins so is text: no NUL byte in it, or two-byte characters."""
    return b"\0" not in head or head.startswith(_UTF_16)


def as_utf8(content: bytes) -> bytes:
    """Return text as UTF-8 without a byte order mark, whatever its encoding."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace").encode("utf-8", "replace")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1").encode()
    return content.removeprefix(codecs.BOM_UTF8)


_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_REF = re.compile(r"ref: (refs/[^\s\\]+)\Z")
_GIT_LIMIT_BYTES = 10_000_000


def commit_sha(root: Path) -> str | None:
    """Return the commit of the folder's HEAD, read from git's files without running git.

    None if it is no working copy or has no commit. A link named `.git` is not followed; a file of
    this name leads to the folder of a linked work tree.
    """
    git = root / ".git"
    if git.is_symlink():
        return None
    if not git.is_dir():
        if not (line := _line(root, ".git")).startswith("gitdir: "):
            return None
        git = root / line.removeprefix("gitdir: ")
    head = _line(git, "HEAD")
    if _SHA.match(head):
        return head
    ref = _REF.match(head)
    if ref is None or ".." in ref[1]:
        return None
    shared = git / _line(git, "commondir")
    for folder in (git, shared):
        if _SHA.match(sha := _line(folder, ref[1])):
            return sha
    for line in _text(shared, "packed-refs").splitlines():
        sha, _, name = line.partition(" ")
        if name == ref[1] and _SHA.match(sha):
            return sha
    return None


def _line(folder: Path, name: str) -> str:
    """Return the first line of a file; nothing if it cannot be read."""
    return next(iter(_text(folder, name).splitlines()), "")


def _text(folder: Path, name: str) -> str:
    try:
        return SourceFolder(folder).read(name, _GIT_LIMIT_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def is_folder(address: str) -> bool:
    return address.lower().startswith("file:")


def folder_of(address: str) -> Path:
    """Return the folder of a `file:` address, with odd bytes unchanged."""
    path = urlsplit(address).path
    if sys.platform == "win32":
        return Path(url2pathname(path))
    return Path(os.fsdecode(unquote_to_bytes(path)))


class AnnouncedFolders:
    """The folders that may be scanned: those announced by the program that started us.

    A folder is identified by its path at the announcement, with all links resolved then and never
    again. A path of which a part has become a link since leads elsewhere, and is refused. Any
    thread may call.
    """

    def __init__(self) -> None:
        self._paths: frozenset[Path] = frozenset()

    def announce(self, address: str) -> str:
        """Allow a folder to be scanned; its existence is checked during the scan.

        Args:
            address: `file:///absolute/path`.

        Returns:
            The address under which it may be scanned, without links.

        Raises:
            ValueError: it is not the address of a folder.
        """
        if not is_folder(address) or not folder_of(address).is_absolute():
            raise ValueError("a local folder is file:///absolute/path")
        path = Path(os.path.realpath(folder_of(address)))
        self._paths |= {path}
        return path.as_uri()

    def refusal(self, address: str) -> str | None:
        """Return why the folder of an address may not be scanned; None if it may."""
        path = folder_of(address)
        if path not in self._paths:
            return "This folder was not announced by the program that started this server"
        if os.path.realpath(path) != str(path):
            return "A part of this folder's path has become a link since the folder was announced"
        return None


SLICE_S = 0.2


async def in_slices(items: Iterator[T]) -> AsyncGenerator[list[T], None]:
    """Run an iterator in a thread, and yield the items that it produces within a slice of time.

    An iterator that works long on one item should yield something in between. Only one slice runs
    at a time. Closing the generator waits for no thread: a running slice ends on its own.
    """
    has_ended = False
    while not has_ended:
        taken, has_ended = await asyncio.to_thread(_next_slice, items)
        if taken:
            yield taken


def _next_slice(items: Iterator[T]) -> tuple[list[T], bool]:
    leave_at = time.monotonic() + SLICE_S
    taken: list[T] = []
    for item in items:
        taken.append(item)
        if time.monotonic() >= leave_at:
            return taken, False
    return taken, True

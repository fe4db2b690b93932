"""Walks a folder to be scanned and notes what lies in it: sizes, languages, what cannot be read.

Nothing but `.git` is left out. Symbolic links are counted and never followed, so a link can neither
lead in circles nor out of the folder; pipes and devices are not opened.
"""

import os
import stat
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MAX_FILES = 1_000_000
"""Walking ends here, so that a folder of any size needs a bounded amount of memory."""

MAX_SCANNED_BYTES = 2_000_000
"""Larger files are counted and not scanned: nobody writes source files of that size by hand."""

_SKIPPED_FOLDER = ".git"
_NOTED_PROBLEMS = 20

LANGUAGES = {
    ".py": "Python",
    ".pyi": "Python",
    ".pyw": "Python",
    ".js": "JavaScript",
    ".jsx": "JavaScript",
    ".mjs": "JavaScript",
    ".cjs": "JavaScript",
    ".ts": "TypeScript",
    ".tsx": "TypeScript",
    ".go": "Go",
    ".rs": "Rust",
    ".java": "Java",
    ".kt": "Kotlin",
    ".swift": "Swift",
    ".c": "C",
    ".h": "C",
    ".cc": "C++",
    ".cpp": "C++",
    ".hpp": "C++",
    ".cs": "C#",
    ".rb": "Ruby",
    ".php": "PHP",
    ".sh": "Shell",
    ".bash": "Shell",
    ".ps1": "PowerShell",
    ".sql": "SQL",
    ".tf": "Terraform",
    ".html": "HTML",
    ".css": "CSS",
    ".scss": "CSS",
    ".qml": "QML",
    ".lua": "Lua",
    ".yml": "YAML",
    ".yaml": "YAML",
    ".json": "JSON",
    ".toml": "TOML",
    ".xml": "XML",
    ".md": "Markdown",
    ".rst": "reStructuredText",
}
_LANGUAGES_BY_NAME = {"Dockerfile": "Dockerfile", "Makefile": "Make", "Jenkinsfile": "Groovy"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A regular file below the root."""

    path: str
    """Relative to the root, with `/`; odd bytes are surrogates, as the file system gives them."""
    size_bytes: int

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def extension(self) -> str:
        """The lower-case extension with its dot, or nothing."""
        return os.path.splitext(self.name)[1].lower()

    @property
    def is_scanned(self) -> bool:
        """Whether the scanners get to see it."""
        return 0 < self.size_bytes <= MAX_SCANNED_BYTES


@dataclass(slots=True)
class SourceTree:
    """What a walk has seen so far; complete when the walk has ended."""

    files: list[SourceFile] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    total_bytes: int = 0
    links: int = 0
    special: int = 0
    """Pipes, sockets and devices."""
    problems: list[str] = field(default_factory=list)
    """The first few places that could not be read, with the reason."""
    problem_count: int = 0
    is_cut_off: bool = False
    """Whether the walk ended at `MAX_FILES`."""
    too_large: list[SourceFile] = field(default_factory=list)
    """Files that are counted and not scanned for their size."""

    def note_problem(self, path: str, error: OSError) -> None:
        """Count a place that cannot be read."""
        self.problem_count += 1
        if len(self.problems) < _NOTED_PROBLEMS:
            self.problems.append(f"{shown_path(path)}: {error.strerror or type(error).__name__}")

    def add(self, file: SourceFile) -> None:
        """Count a file."""
        self.files.append(file)
        self.total_bytes += file.size_bytes
        if file.size_bytes > MAX_SCANNED_BYTES:
            self.too_large.append(file)
        language = LANGUAGES.get(file.extension) or _LANGUAGES_BY_NAME.get(file.name)
        if language:
            self.languages[language] += 1


def walk(root: Path, tree: SourceTree, slice_s: float = 0.2) -> Iterator[int]:
    """Fill a tree, yielding the number of files now and then.

    Args:
        root: the folder.
        tree: an empty one.
        slice_s: how long to work before yielding, so that a thread can be left in time.

    Raises:
        OSError: the root itself cannot be read.
    """
    os.scandir(root).close()
    folders = [""]
    yield_at = time.monotonic() + slice_s
    while folders and not tree.is_cut_off:
        folder = folders.pop()
        folders.extend(reversed(_read_folder(root, folder, tree)))
        if time.monotonic() >= yield_at:
            yield len(tree.files)
            yield_at = time.monotonic() + slice_s


def _read_folder(root: Path, folder: str, tree: SourceTree) -> list[str]:
    """Add the files of one folder to the tree and return its folders, both in order of name."""
    folders = []
    try:
        with os.scandir(root / folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if tree.is_cut_off:
                    break
                path = f"{folder}/{entry.name}" if folder else entry.name
                if _is_folder(entry, path, tree):
                    folders.append(path)
    except OSError as error:
        tree.note_problem(folder, error)
    return folders


def _is_folder(entry: os.DirEntry[str], path: str, tree: SourceTree) -> bool:
    """Count an entry, unless it is a folder to be walked."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        tree.note_problem(path, error)
        return False
    if stat.S_ISDIR(status.st_mode):
        return entry.name != _SKIPPED_FOLDER
    if stat.S_ISLNK(status.st_mode):
        tree.links += 1
    elif not stat.S_ISREG(status.st_mode):
        tree.special += 1
    elif entry.name != _SKIPPED_FOLDER:
        tree.add(SourceFile(path, status.st_size))
        tree.is_cut_off = len(tree.files) >= MAX_FILES
    return False


def shown_path(path: str) -> str:
    r"""Write a path as valid text: an odd byte becomes `\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_bytes(root: Path, path: str, limit_bytes: int = MAX_SCANNED_BYTES) -> bytes:
    """Read the beginning of a regular file.

    Raises:
        OSError: it is gone, unreadable, or not a regular file (any more).
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(root / path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "not a regular file", path)
        return file.read(limit_bytes)


def is_text(head: bytes) -> bool:
    """Whether a file that begins so is text: no NUL byte in it."""
    return b"\0" not in head

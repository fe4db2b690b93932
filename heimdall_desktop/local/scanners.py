"""Runs bandit and detect-secrets over batches of files, in separate processes.

A scanner gets copies in a separate folder, under our names. So it gets neither links nor odd names,
sees one state of a file, and finds nothing beside them to import or to read settings from. If a
scanner crashes on a batch, the batch is halved until the cause is isolated. If it hangs, it is
stopped and its batch is abandoned. Source: dependencies.md §3.17.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from heimdall_desktop.local.child_process import ChildFailed, ChildHung, contained, run_child
from heimdall_desktop.local.source_tree import SourceFile, SourceFolder, as_utf8, unread

OUTPUT_LIMIT_BYTES = 12_000_000
MEMORY_LIMIT_BYTES = 1_000_000_000
"""Bandit takes 540 MB for 2 MB of ordinary Python, and 1.8 GB for one long list of numbers."""

BATCH_TIME_LIMIT_S = 180.0
"""Bandit takes 40 s for 2 MB of Python, if it has a core to itself."""

BATCH_FILES = 200
BATCH_BYTES = 1_000_000
"""Some seconds of bandit: small enough for findings to appear steadily."""

_ARGUMENTS_BYTES = 24_000
"""Windows accepts no more than 32,767 characters of command line."""

_CRASHES_LOOKED_INTO = 5
"""If more single files crash a scanner, the scanner itself is broken."""

_FILTER = Path(__file__).with_name("secret_candidates.py")
_TOLD_APART = frozenset(
    {".cls", ".example", ".eyaml", ".go", ".java", ".js", ".m", ".php", ".py", ".pyi", ".swift"}
    | {".tf", ".yaml", ".yml", ".cs", ".c", ".cpp", ".cnf", ".conf", ".cfg", ".cf", ".ini"}
    | {".properties", ".toml"}
)
"""Names that change how detect-secrets reads a file; it skips some others, such as `.css`."""

Batch = tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class Scanner:
    """A program that takes paths and writes one JSON report.

    Attributes:
        suffix: the end of all copies' names; "" for an extension that detect-secrets needs.
        is_of_text: it reads UTF-8, so that copies of other text are converted.
    """

    name: str
    command: tuple[str, ...]
    time_limit_s: float = BATCH_TIME_LIMIT_S
    at_once: int = 2
    suffix: str = ""
    is_of_text: bool = False

    def name_of(self, number: int, file: SourceFile) -> str:
        """Return the name of the copy of a file."""
        extension = file.extension if file.extension in _TOLD_APART else ".txt"
        return f"{number:04}{self.suffix or extension}"

    def copy_of(self, content: bytes) -> bytes:
        """Return the content of the copy of a file."""
        return as_utf8(content) if self.is_of_text else content


BANDIT = Scanner(
    "bandit",
    contained(
        *("-m", "bandit", "-f", "json", "-q", "--exit-zero", "--ignore-nosec", "-x", ""),
        memory_bytes=MEMORY_LIMIT_BYTES,
    ),
    suffix=".py",
)
DETECT_SECRETS = Scanner(
    "detect-secrets",
    contained(
        *("-m", "detect_secrets", "-c", "1", "scan", "--no-verify"),
        *("--disable-filter", "detect_secrets.filters.allowlist.is_line_allowlisted"),
        *("--filter", f"file://{_FILTER}::has_no_candidate"),
        memory_bytes=MEMORY_LIMIT_BYTES,
    ),
    is_of_text=True,
)


@dataclass(frozen=True, slots=True)
class BatchDone:
    """The result of a batch, or of a part of one: a report or a problem.

    Attributes:
        complaints: the scanner's output besides the report.
        names: the files by the names of their copies, as in the report.
        unread: files that could not be copied, with the reason.
    """

    batch: Batch
    report: bytes | None = None
    complaints: bytes = b""
    problem: str | None = None
    names: Mapping[str, SourceFile] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


def batches_of(files: Iterable[SourceFile]) -> Iterator[Batch]:
    """Split files into batches of limited number, size and length of command line."""
    batch: list[SourceFile] = []
    size_bytes = argument_bytes = 0
    for file in files:
        size_bytes += file.size_bytes
        argument_bytes += len(os.fsencode(file.path)) + 3
        if batch and (
            len(batch) == BATCH_FILES
            or size_bytes > BATCH_BYTES
            or argument_bytes > _ARGUMENTS_BYTES
        ):
            yield tuple(batch)
            batch = []
            size_bytes, argument_bytes = file.size_bytes, len(os.fsencode(file.path)) + 3
        batch.append(file)
    if batch:
        yield tuple(batch)


class BatchScan:
    """One scanner that works on one folder."""

    def __init__(self, scanner: Scanner, root: SourceFolder) -> None:
        self._scanner = scanner
        self._root = root
        self._crashes = 0

    async def run(self, batches: Iterable[Batch]) -> AsyncGenerator[BatchDone, None]:
        """Scan batches, a few at once, and yield their results as they end.

        Closing the generator stops the running scanners.
        """
        waiting = iter(batches)
        running: set[asyncio.Task[list[BatchDone]]] = set()
        loop = asyncio.get_running_loop()
        try:
            while True:
                while len(running) < self._scanner.at_once and (batch := next(waiting, None)):
                    running.add(loop.create_task(self._scan(batch)))
                if not running:
                    return
                ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in ended:
                    for outcome in task.result():
                        yield outcome
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _scan(self, batch: Batch) -> list[BatchDone]:
        try:
            return [await self._report(batch)]
        except ChildHung as error:
            return [BatchDone(batch, problem=str(error))]
        except ChildFailed as error:
            if len(batch) > 1 and self._crashes < _CRASHES_LOOKED_INTO:
                middle = len(batch) // 2
                return [*await self._scan(batch[:middle]), *await self._scan(batch[middle:])]
            self._crashes += 1
            return [BatchDone(batch, problem=str(error))]
        except OSError as error:
            return [BatchDone(batch, problem=f"got no copies: {error.strerror}")]

    async def _report(self, batch: Batch) -> BatchDone:
        with tempfile.TemporaryDirectory(prefix="heimdall-scan-") as place:
            folder = Path(place)
            names, unread_files = await self._copied(batch, folder)
            if not names:
                return BatchDone(batch, unread=unread_files)
            said = await run_child(
                [*self._scanner.command, *(f".{os.sep}{name}" for name in names)],
                folder,
                time_limit_s=self._scanner.time_limit_s,
                output_limit_bytes=OUTPUT_LIMIT_BYTES,
            )
        return BatchDone(batch, said.output, said.complaints, names=names, unread=unread_files)

    async def _copied(
        self, batch: Batch, folder: Path
    ) -> tuple[dict[str, SourceFile], dict[str, str]]:
        """Copy in a thread, and wait for its end before the folder may be removed."""
        copying = asyncio.get_running_loop().run_in_executor(None, self._copy, batch, folder)
        try:
            return await asyncio.shield(copying)
        except asyncio.CancelledError:
            await asyncio.wait([copying])
            raise

    def _copy(self, batch: Batch, folder: Path) -> tuple[dict[str, SourceFile], dict[str, str]]:
        """Copy a batch; return the files by the names of their copies, and those not copied."""
        names: dict[str, SourceFile] = {}
        unread_files: dict[str, str] = {}
        for number, file in enumerate(batch):
            try:
                content = self._root.read(file.path, stamp=file.stamp)
            except OSError as error:
                unread_files[file.path] = unread(error)
                continue
            name = self._scanner.name_of(number, file)
            (folder / name).write_bytes(self._scanner.copy_of(content))
            names[name] = file
        return names, unread_files

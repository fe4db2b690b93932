"""Drives bandit and detect-secrets over batches of files, as processes of their own.

They run in the scanned folder but never import from it (`-P`). A scanner that crashes on a batch
gets it again in halves until the culprit is alone; one that hangs is stopped and its batch is given
up. Source: dependencies.md §3.17.
"""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from heimdall_desktop.local.child_process import ChildFailed, ChildHung, run_child
from heimdall_desktop.local.source_tree import SourceFile

OUTPUT_LIMIT_BYTES = 12_000_000
BATCH_TIME_LIMIT_S = 60.0
BATCH_FILES = 200
BATCH_BYTES = 1_000_000
"""About two seconds of bandit: small enough for findings to appear steadily."""

_ARGUMENTS_BYTES = 24_000
"""Windows takes no more than 32,767 characters of command line."""

_CRASHES_LOOKED_INTO = 5
"""With more single files that crash a scanner, the scanner itself is broken."""

_FILTER = Path(__file__).with_name("secret_candidates.py")

Batch = tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class Scanner:
    """A program that takes paths and writes one JSON report."""

    name: str
    command: tuple[str, ...]
    time_limit_s: float = BATCH_TIME_LIMIT_S
    at_once: int = 2


BANDIT = Scanner(
    "bandit",
    (sys.executable, "-P", "-m", "bandit", "-f", "json", "-q", "--exit-zero", "-x", ""),
)
DETECT_SECRETS = Scanner(
    "detect-secrets",
    (
        *(sys.executable, "-P", "-m", "detect_secrets", "-c", "1"),
        *("scan", "--no-verify", "--filter", f"file://{_FILTER}::has_no_candidate"),
    ),
)


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What became of a batch, or of a part of one: a report or a problem."""

    batch: Batch
    report: bytes | None = None
    problem: str | None = None


def batches_of(files: Iterable[SourceFile]) -> Iterator[Batch]:
    """Cut files into batches of limited number, size and length of command line."""
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
    """One scanner at work on one folder."""

    def __init__(self, scanner: Scanner, root: Path) -> None:
        self._scanner = scanner
        self._root = root
        self._crashes = 0

    async def run(self, batches: Iterable[Batch]) -> AsyncGenerator[BatchDone, None]:
        """Scan batches, a few at once, and yield what became of them as they end.

        Closing the generator stops the scanners that still run.
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
            return [BatchDone(batch, report=await self._report(batch))]
        except ChildHung as error:
            return [BatchDone(batch, problem=str(error))]
        except ChildFailed as error:
            if len(batch) > 1 and self._crashes < _CRASHES_LOOKED_INTO:
                middle = len(batch) // 2
                return [*await self._scan(batch[:middle]), *await self._scan(batch[middle:])]
            self._crashes += 1
            return [BatchDone(batch, problem=str(error))]

    async def _report(self, batch: Batch) -> bytes:
        paths = (f".{os.sep}{file.path.replace('/', os.sep)}" for file in batch)
        return await run_child(
            [*self._scanner.command, *paths],
            self._root,
            time_limit_s=self._scanner.time_limit_s,
            output_limit_bytes=OUTPUT_LIMIT_BYTES,
        )

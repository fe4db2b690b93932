"""The static stage of a real scan: secrets in all text files, then bandit on the Python files.

Secrets come first, so that what bandit quotes afterwards can be masked where a secret was found.
Bandit's results about dangerous sinks are kept for the taint stage.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from pathlib import Path

from heimdall_desktop.local.bandit_findings import PASSWORD_TESTS, TAINT_TESTS, static_finding
from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.reports import (
    Issue,
    ReportUnreadable,
    read_bandit,
    read_secrets,
)
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.scanners import BatchDone, BatchScan, Scanner, batches_of
from heimdall_desktop.local.secret_findings import secret_finding
from heimdall_desktop.local.slices import in_slices
from heimdall_desktop.local.source_tree import SourceFile, is_text, read_bytes, shown_path
from heimdall_desktop.local.steps import Activity, Found, Step

FINDINGS_AT_ONCE = 200
"""Stored in one go: some ten milliseconds on the loop."""

_HEAD_BYTES = 1024
_PYTHON = frozenset({".py", ".pyw"})
_NEVER_TEXT = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".pdf", ".mp3", ".mp4", ".wav"}
    | {".zip", ".gz", ".xz", ".bz2", ".zst", ".7z", ".tar", ".whl", ".jar", ".class"}
    | {".so", ".dll", ".dylib", ".a", ".o", ".exe", ".bin", ".pyc", ".pyd", ".pyo", ".qm"}
    | {".woff", ".woff2", ".ttf", ".otf", ".sqlite", ".db"}
)


class StaticStage:
    """Both scans of one attempt; afterwards `flows` holds what the taint stage tells."""

    def __init__(self, root: Path, source: QuotedSource, bandit: Scanner, secrets: Scanner) -> None:
        self._root = root
        self._source = source
        self._fingerprints = Fingerprints()
        self._bandit = bandit
        self._secrets = secrets
        self._unparsed = 0
        self.flows: list[Issue] = []

    async def steps(self, files: list[SourceFile]) -> AsyncGenerator[Step, None]:
        """Scan all files that are neither empty nor too large."""
        text_files: list[SourceFile] = []
        python_files: list[SourceFile] = []
        async with aclosing(in_slices(self._sorted_out(files))) as slices:
            async for some in slices:
                text_files += [file for file, is_text in some if is_text]
                python_files += [file for file, _ in some if file.extension in _PYTHON]
        secrets = _Task("secret-scan", "Looking for secrets", self._secrets, text_files)
        async with aclosing(self._scan(secrets, self._read_secrets)) as steps:
            async for step in steps:
                yield step
        patterns = _Task("pattern-scan", "Looking for patterns", self._bandit, python_files)
        async with aclosing(self._scan(patterns, self._read_bandit)) as steps:
            async for step in steps:
                yield step

    async def _scan(
        self, task: "_Task", read: Callable[[BatchDone], list[NewFinding]]
    ) -> AsyncGenerator[Step, None]:
        await asyncio.to_thread(task.weigh)
        if not task.files:
            yield task.note("skipped", "No files for it.")
            return
        yield task.note("running", task.progress)
        batches = BatchScan(task.scanner, self._root).run(batches_of(task.files))
        async with aclosing(batches) as outcomes:
            async for report in outcomes:
                outcome, findings = await asyncio.to_thread(_read_safely, read, report)
                for step in in_portions(findings):
                    yield step
                task.count(outcome, len(findings))
                if outcome.problem:
                    yield task.note_problem(outcome)
                elif task.has_moved():
                    yield task.note("running", task.progress)
        yield task.conclusion(self._unparsed if task.scanner is self._bandit else 0)

    def _read_secrets(self, outcome: BatchDone) -> list[NewFinding]:
        hits = read_secrets(outcome.report) if outcome.report is not None else ()
        return [secret_finding(hit, self._source, self._fingerprints) for hit in hits]

    def _read_bandit(self, outcome: BatchDone) -> list[NewFinding]:
        if outcome.report is None:
            return []
        report = read_bandit(outcome.report)
        self._unparsed += len(report.unparsed)
        for issue in report.issues:
            if issue.test_id in PASSWORD_TESTS:
                self._source.note_secret(issue.path, issue.line_start)
        self.flows += [issue for issue in report.issues if issue.test_id in TAINT_TESTS]
        return [
            static_finding(issue, self._source, self._fingerprints)
            for issue in report.issues
            if issue.test_id not in TAINT_TESTS
        ]

    def _sorted_out(self, files: list[SourceFile]) -> Iterator[tuple[SourceFile, bool]]:
        """Yield the files that are scanned at all, and whether each one is text."""
        for file in files:
            if file.is_scanned:
                yield file, self._is_text(file)

    def _is_text(self, file: SourceFile) -> bool:
        if file.extension in _PYTHON or file.extension in _NEVER_TEXT:
            return file.extension in _PYTHON
        try:
            return is_text(read_bytes(self._root, file.path, _HEAD_BYTES))
        except OSError:
            return False


def _read_safely(
    read: Callable[[BatchDone], list[NewFinding]], outcome: BatchDone
) -> tuple[BatchDone, list[NewFinding]]:
    """Make findings of a report; an unreadable one is a problem like a crash."""
    try:
        return outcome, read(outcome)
    except ReportUnreadable as error:
        return BatchDone(outcome.batch, problem=str(error)), []


class _Task:
    """One scanner's progress over its files, and the lines it writes about it."""

    def __init__(self, key: str, title: str, scanner: Scanner, files: list[SourceFile]) -> None:
        self._key = key
        self._title = title
        self.scanner = scanner
        self.files = files
        self._bytes = 1
        self._done_files = self._done_bytes = self._lost_files = self._findings = 0
        self._noted_pct = 0

    @property
    def progress(self) -> str:
        """How far it is, in words."""
        return (
            f"{self._done_files:,} of {len(self.files):,} files, {self._findings:,} findings"
            f" ({self.scanner.name})"
        )

    @property
    def _pct(self) -> int:
        return min(99, 100 * self._done_bytes // self._bytes)

    def weigh(self) -> None:
        """Add up the sizes, before anything is done. Slow; any thread."""
        self._bytes = sum(file.size_bytes for file in self.files) or 1

    def count(self, outcome: BatchDone, findings: int) -> None:
        """Take note of a batch that is done."""
        self._done_files += len(outcome.batch)
        self._done_bytes += sum(file.size_bytes for file in outcome.batch)
        self._lost_files += len(outcome.batch) if outcome.problem else 0
        self._findings += findings

    def has_moved(self) -> bool:
        """Whether the percentage is another one than when it was last asked for here."""
        moved = self._pct != self._noted_pct
        self._noted_pct = self._pct
        return moved

    def note(self, status: str, detail: str, pct: int | None = None) -> Activity:
        """Write a line about the whole task."""
        if status == "running":
            pct = self._pct
        return Activity(status, self._key, self._title, detail, pct)

    def note_problem(self, outcome: BatchDone) -> Activity:
        """Write a line about files that were lost; the scan goes on."""
        first = shown_path(outcome.batch[0].path)
        others = len(outcome.batch) - 1
        files = f"{first} and {others} more files" if others else first
        return self.note(
            "completed_with_errors", f"{self.scanner.name} {outcome.problem}; not scanned: {files}"
        )

    def conclusion(self, unparsed: int) -> Activity:
        """Write the last line: what was found, and what was not looked at."""
        detail = self.progress
        if self._lost_files:
            detail += f"; not scanned: {self._lost_files:,}"
        if unparsed:
            detail += f"; not parsed: {unparsed:,}"
        status = "completed_with_errors" if self._lost_files else "completed"
        return self.note(status, detail, 100)


def in_portions(findings: list[NewFinding]) -> Iterator[Found]:
    """Cut findings into portions that are stored quickly."""
    for start in range(0, len(findings), FINDINGS_AT_ONCE):
        yield Found(tuple(findings[start : start + FINDINGS_AT_ONCE]))

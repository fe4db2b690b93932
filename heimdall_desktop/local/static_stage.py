"""The static stage of a real scan: secrets in all text files, then bandit on the Python files.

Secrets come first, so that lines quoted by bandit can be masked where a secret was found.
Bandit's results about dangerous sinks are kept for the taint stage.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from heimdall_desktop.local import scanner_findings, source_tree
from heimdall_desktop.local.contained import UNCUT
from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.scanners import BatchDone, BatchScan, Scanner, Scanners, batches_of
from heimdall_desktop.local.secret_candidates import SKIPPED_NAMES
from heimdall_desktop.local.steps import Activity, Found, Step

FINDINGS_AT_ONCE = 200
"""Stored at once: some ten milliseconds on the loop."""

PROBLEMS_SHOWN = 3
"""For each scanner, in order; all files are named at the end anyway."""

_UNCUT = (
    "This system does not let an ordinary program do that, so the scanners ran with it."
    " They have no use for it."
)
_HEAD_BYTES = 1024
_PYTHON = frozenset({".py", ".pyw"})
_NEVER_TEXT = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".pdf", ".mp3", ".mp4", ".wav"}
    | {".zip", ".gz", ".xz", ".bz2", ".zst", ".7z", ".tar", ".whl", ".jar", ".class"}
    | {".so", ".dll", ".dylib", ".a", ".o", ".exe", ".bin", ".pyc", ".pyd", ".pyo", ".qm"}
    | {".woff", ".woff2", ".ttf", ".otf", ".sqlite", ".db"}
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The results of one report: findings, and why some files were not scanned."""

    findings: list[NewFinding] = field(default_factory=list)
    missed: dict[str, str] = field(default_factory=dict)
    problem: str | None = None


class StaticStage:
    """Both scans of one attempt; afterwards `flows` has the results for the taint stage.

    Args:
        root: the folder.
        source: quotes its files.
        tree: the files in it; files that were not scanned are recorded there.
        scanners: scan Python and text.
    """

    def __init__(
        self,
        root: source_tree.SourceFolder,
        source: QuotedSource,
        tree: source_tree.SourceTree,
        scanners: Scanners,
    ) -> None:
        self._root = root
        self._source = source
        self._tree = tree
        self._fingerprints = Fingerprints()
        self._scanners = scanners
        self._is_uncut_noted = False
        self.flows: list[scanner_findings.Issue] = []

    async def steps(self) -> AsyncGenerator[Step, None]:
        """Scan all files that are not empty."""
        text_files: list[source_tree.SourceFile] = []
        python_files: list[source_tree.SourceFile] = []
        kinds = ((file, self._is_python(file)) for file in self._tree.files)
        async with aclosing(source_tree.in_slices(kinds)) as slices:
            async for some in slices:
                text_files += [file for file, is_python in some if is_python is not None]
                python_files += [file for file, is_python in some if is_python]
        if count := self._tree.not_taken:
            counted = "1 file is" if count == 1 else f"{count:,} files are"
            detail = f"{counted} binary, or of a kind that no scanner takes."
            yield Activity("completed", "not-taken", "Left alone", detail)
        secrets = _Task("secret-scan", "Looking for secrets", self._scanners.secrets, text_files)
        patterns = _Task(
            "pattern-scan", "Looking for patterns", self._scanners.bandit, python_files
        )
        for task, read in ((secrets, self._read_secrets), (patterns, self._read_bandit)):
            async with aclosing(self._scan(task, read)) as steps:
                async for step in steps:
                    yield step

    def _is_python(self, file: source_tree.SourceFile) -> bool | None:
        """Return whether a file is Python; None if it is empty or not scanned (recorded)."""
        tree = self._tree
        if not file.size_bytes:
            return None
        is_python = file.extension in _PYTHON
        if not is_python and (file.extension in _NEVER_TEXT or file.name in SKIPPED_NAMES):
            tree.not_taken += 1
            return None
        try:
            head = self._root.read(file.path, _HEAD_BYTES, file.stamp)
        except OSError as error:
            tree.miss(file.path, source_tree.unread(error))
            return None
        first, _, _ = head.partition(b"\n")
        is_python = is_python or (first.startswith(b"#!") and b"python" in first)
        if not is_python and not source_tree.is_text(head):
            tree.not_taken += 1
            return None
        if file.is_too_large:
            tree.miss(file.path, f"larger than {source_tree.MAX_SCANNED_BYTES / 1_000_000:g} MB")
            return None
        return is_python

    async def _scan(
        self, task: "_Task", read: Callable[[BatchDone, _Reading], None]
    ) -> AsyncGenerator[Step, None]:
        await asyncio.to_thread(task.weigh)
        if not task.files:
            yield task.note("skipped", "No files for it.")
            return
        yield task.note("running", task.progress)
        batches = BatchScan(task.scanner, self._root).run(batches_of(task.files))
        async with aclosing(batches) as outcomes:
            async for outcome in outcomes:
                reading = await asyncio.to_thread(_read_safely, read, outcome, task.scanner.name)
                for step in in_portions(reading.findings):
                    yield step
                for path, reason in reading.missed.items():
                    self._tree.miss(path, reason)
                if outcome.complaints.startswith(UNCUT) and not self._is_uncut_noted:
                    self._is_uncut_noted = True
                    yield Activity("skipped", "network", "Cutting off the network", _UNCUT)
                task.count(outcome, reading)
                if reading.problem and task.problems <= PROBLEMS_SHOWN:
                    files = source_tree.shown_path(outcome.batch[0].path)
                    if others := len(outcome.batch) - 1:
                        files = f"{files} and {others} more files"
                    detail = f"{task.scanner.name} {reading.problem}; not scanned: {files}"
                    yield task.note("completed_with_errors", detail)
                elif task.has_moved():
                    yield task.note("running", task.progress)
        detail, status = task.progress, "completed"
        if task.missed_files:
            detail += f"; not scanned: {task.missed_files:,}"
            status = "completed_with_errors" if task.problems else status
        yield task.note(status, detail, 100)

    def _read_secrets(self, outcome: BatchDone, reading: _Reading) -> None:
        for hit in scanner_findings.read_secrets(outcome.report or b""):
            file = outcome.names[hit.path]
            self._check_unchanged(file, reading)
            there = replace(hit, path=file.path)
            reading.findings.append(
                scanner_findings.secret_finding(there, self._source, self._fingerprints)
            )

    def _read_bandit(self, outcome: BatchDone, reading: _Reading) -> None:
        report, names = scanner_findings.read_bandit(outcome.report or b""), outcome.names
        for name, reason in report.gave_up.items():
            said = "cannot parse it" if "syntax error" in reason else f"gave up: {reason}"
            reading.missed[names[name].path] = f"bandit {said}"
        for name in scanner_findings.files_of_broken_tests(outcome.complaints) & names.keys():
            reading.missed[names[name].path] = "a test of bandit broke on it"
        for name in names.keys() - report.started - report.gave_up.keys():
            reading.missed[names[name].path] = "bandit did not come to it"
        issues = [replace(issue, path=names[issue.path].path) for issue in report.issues]
        for issue, reported in zip(issues, report.issues, strict=True):
            self._check_unchanged(names[reported.path], reading)
            if issue.test_id in scanner_findings.PASSWORD_TESTS:
                self._source.note_secret(issue.path, issue.line_start)
        self.flows += [issue for issue in issues if issue.test_id in scanner_findings.SINKS]
        reading.findings.extend(
            scanner_findings.static_finding(issue, self._source, self._fingerprints)
            for issue in issues
            if issue.test_id not in scanner_findings.SINKS
        )

    def _check_unchanged(self, file: source_tree.SourceFile, reading: _Reading) -> None:
        """Check that a file is unchanged since the scan, before it is quoted."""
        self._source.note_scanned(file)
        if not self._source.lines(file.path) and (why := self._source.why_unread(file.path)):
            reading.missed[file.path] = why


def _read_safely(
    read: Callable[[BatchDone, _Reading], None], outcome: BatchDone, scanner: str
) -> _Reading:
    """Create the findings of a report; an unreadable one is a problem like a crash."""
    reading, problem = _Reading(), outcome.problem
    if outcome.report is not None:
        try:
            read(outcome, reading)
        except (scanner_findings.ReportUnreadable, KeyError):  # the name is not one of ours
            reading, problem = _Reading(), "wrote a report that cannot be read"
    reading.missed.update(outcome.unread)
    if problem:
        reading.missed.update((file.path, f"{scanner} {problem}") for file in outcome.batch)
    return replace(reading, problem=problem)


class _Task:
    """One scanner's progress over its files, and its log lines."""

    def __init__(
        self, key: str, title: str, scanner: Scanner, files: list[source_tree.SourceFile]
    ) -> None:
        self._key = key
        self._title = title
        self.scanner = scanner
        self.files = files
        self._bytes = 1
        self._done_files = self._done_bytes = self._findings = self._noted_pct = 0
        self.missed_files = self.problems = 0

    @property
    def progress(self) -> str:
        return (
            f"{self._done_files:,} of {len(self.files):,} files, {self._findings:,} findings"
            f" ({self.scanner.name})"
        )

    @property
    def _pct(self) -> int:
        return min(99, 100 * self._done_bytes // self._bytes)

    def weigh(self) -> None:
        """Add up the sizes before the scan. Slow; any thread."""
        self._bytes = sum(file.size_bytes for file in self.files) or 1

    def count(self, outcome: BatchDone, reading: _Reading) -> None:
        self._done_files += len(outcome.batch)
        self._done_bytes += sum(file.size_bytes for file in outcome.batch)
        self.missed_files += len(reading.missed)
        self._findings += len(reading.findings)
        self.problems += reading.problem is not None

    def has_moved(self) -> bool:
        """Return whether the percentage has changed since the last call."""
        before, self._noted_pct = self._noted_pct, self._pct
        return before != self._noted_pct

    def note(self, status: str, detail: str, pct: int | None = None) -> Activity:
        pct = self._pct if status == "running" else pct
        return Activity(status, self._key, self._title, detail, pct)


def in_portions(findings: list[NewFinding]) -> Iterator[Found]:
    """Split findings into portions that are stored quickly."""
    for start in range(0, len(findings), FINDINGS_AT_ONCE):
        yield Found(tuple(findings[start : start + FINDINGS_AT_ONCE]))

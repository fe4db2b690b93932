"""The plan of a real scan: walks a local folder and scans it with bandit and detect-secrets.

The stages that need an AI provider are skipped and say so. Slow work runs in scanner processes or,
a fifth of a second at a time, in threads, so that the server's loop is not blocked.
Each stage names the files that it should have scanned but did not.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from itertools import islice
from pathlib import Path

from heimdall_desktop.local import config_rules, source_tree
from heimdall_desktop.local.quoted_source import Fingerprints, QuotedSource
from heimdall_desktop.local.rows import NewFinding
from heimdall_desktop.local.scanner_findings import taint_finding
from heimdall_desktop.local.scanners import Scanners
from heimdall_desktop.local.static_stage import StaticStage, in_portions
from heimdall_desktop.local.steps import (
    Activity,
    CommitSeen,
    Fact,
    Failure,
    FilesSeen,
    Skipped,
    Step,
)

NO_PROVIDER = "No AI provider is configured on this server, so this stage has nothing to do."
_PROGRESS_EVERY_S = 1.0
LINES_AT_MOST = 40
NAMES_IN_LINE = 50
_LONGEST_NAME = 240
_LONGEST_LINE = 4000


class FolderPlan:
    """Scans the folder again in each attempt."""

    def __init__(self, root: Path, scanners: Scanners | None = None) -> None:
        self._root = root
        self._scanners = scanners or Scanners()
        self._start_over()

    def _start_over(self) -> None:
        self._folder = folder = source_tree.SourceFolder(self._root)
        self._tree = source_tree.SourceTree()
        self._named = 0
        """How many of the files that were not scanned are in the log."""
        self._source = QuotedSource(folder)
        self._static = StaticStage(folder, self._source, self._tree, self._scanners)

    async def steps(self, stage: str, attempt: int) -> AsyncGenerator[Step, None]:
        """Yield the steps of a stage; the stages of an attempt depend on each other."""
        match stage:
            case "ingest":
                steps = self._ingest()
            case "static_analysis":
                steps = self._static.steps()
            case "taint_analysis":
                flows = (taint_finding(issue, self._source) for issue in self._static.flows)
                steps = _collect("taint-scan", "Following data into sinks", flows)
            case "config_scan":
                steps = _collect("config-scan", "Reading configuration", self._configuration())
            case "report":
                yield Activity("completed", "report", "Counters written", None, 100)
                return
            case _:
                yield Skipped(NO_PROVIDER)
                return
        async with aclosing(steps):
            async for step in steps:
                yield step
        if stage in ("static_analysis", "config_scan"):
            for fact in self._not_scanned():
                yield fact

    async def _ingest(self) -> AsyncGenerator[Step, None]:
        self._start_over()
        shown = source_tree.shown_path(str(self._root))
        yield Activity("running", "source-acquisition", "Opening the folder", str(self._root))
        problem = await asyncio.to_thread(_problem_of, self._root)
        if problem:
            yield Failure(problem)
            return
        yield Activity("completed", "source-acquisition", "Folder opened", shown)
        async with aclosing(self._walk()) as steps:
            async for step in steps:
                yield step
        for fact in self._not_scanned():
            yield fact
        if not self._tree.files:
            yield Failure(f"{shown} contains no files to scan.")
            return
        sha = await asyncio.to_thread(source_tree.commit_sha, self._root)
        yield CommitSeen(sha)
        detail = sha or "Not a git working copy."
        yield Activity("completed", "commit-detection", "Commit detection", detail)

    async def _walk(self) -> AsyncGenerator[Step, None]:
        tree, title = self._tree, "Reading the folder"
        yield Activity("running", "index-build", title)
        note_at = time.monotonic() + _PROGRESS_EVERY_S
        async with aclosing(source_tree.in_slices(source_tree.walk(self._folder, tree))) as slices:
            async for _ in slices:
                if time.monotonic() >= note_at:
                    yield Activity("running", "index-build", title, f"{len(tree.files):,} files")
                    note_at = time.monotonic() + _PROGRESS_EVERY_S
        if tree.links or tree.special:
            detail = f"Left alone: symbolic links {tree.links:,}, special files {tree.special:,}"
            yield Activity("completed", "index-links", title, detail)
        languages = ", ".join(f"{name} {count:,}" for name, count in tree.languages.most_common(6))
        detail = f"{len(tree.files):,} files, {tree.total_bytes / 1_000_000:,.1f} MB"
        detail += f": {languages}" if languages else ""
        yield Activity("completed", "index-build", "Folder read", detail, 100)

    def _configuration(self) -> Iterator[NewFinding]:
        fingerprints = Fingerprints()
        for file in self._tree.files:
            kind = config_rules.kind_of(file.path)
            if kind is None or file.size_bytes == 0 or file.is_too_large:
                continue
            self._source.note_scanned(file)
            lines = self._source.lines(file.path)
            if any(len(line) > config_rules.LONGEST_LINE for line in lines):
                why = f"a line is longer than {config_rules.LONGEST_LINE:,} characters"
                self._tree.miss(file.path, why)
            elif not lines and (why := self._source.why_unread(file.path)):
                self._tree.miss(file.path, why)
            yield from config_rules.config_findings(file, kind, self._source, fingerprints)

    def _not_scanned(self) -> Iterator[Fact]:
        """Yield the facts about files that were newly found not to be scanned."""
        tree = self._tree
        yield from not_scanned_lines(dict(islice(tree.not_scanned.items(), self._named, None)))
        self._named = len(tree.not_scanned)
        yield FilesSeen(len(tree.not_scanned), tree.not_taken)


async def _collect(
    key: str, title: str, findings: Iterator[NewFinding]
) -> AsyncGenerator[Step, None]:
    yield Activity("running", key, title)
    count = 0
    async with aclosing(source_tree.in_slices(findings)) as slices:
        async for some in slices:
            count += len(some)
            for step in in_portions(some):
                yield step
    yield Activity("completed", key, title, f"{count:,} findings", 100)


def _problem_of(root: Path) -> str | None:
    shown = source_tree.shown_path(str(root))
    try:
        with_entries = next(root.iterdir(), None)
    except FileNotFoundError:
        return f"{shown} does not exist."
    except NotADirectoryError:
        return f"{shown} is not a folder."
    except (OSError, ValueError) as error:
        return f"{shown} cannot be read: {getattr(error, 'strerror', None) or 'not a valid path'}."
    return None if with_entries else f"{shown} contains no files to scan."


def not_scanned_lines(missed: Mapping[str, str]) -> Iterator[Activity]:
    """Name the files that were not scanned, as lines of the execution log.

    First the count, then the names with the reason in front. A few files get one line each, many
    files share lines: `/live` returns only the newest eighty lines, and these must not displace the
    lines after them.

    Args:
        missed: the reason by path.
    """
    if not missed:
        return
    count = len(missed)
    said = "1 file was not scanned." if count == 1 else f"{count:,} files were not scanned."
    yield Activity("warning", "unlooked", "Not scanned", said)
    named = 0
    for number, (reason, paths) in enumerate(_lines(missed)):
        if number == LINES_AT_MOST:
            break
        names: list[str] = []
        for path in paths:
            shown = source_tree.shown_path(path)
            names.append(shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 1]}…")
            if sum(map(len, names)) + 2 * len(names) > _LONGEST_LINE:
                names.pop()
                break
        named += len(names)
        detail = f"{reason}: {', '.join(names)}"
        yield Activity("warning", f"unlooked-{number + 1}", "Not scanned", detail)
    if named < count:
        rest = f"{count - named:,} more, which are not named here."
        yield Activity("warning", "unlooked-rest", "Not scanned", rest)


def _lines(missed: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    by_reason: dict[str, list[str]] = {}
    for path, reason in missed.items():
        by_reason.setdefault(reason, []).append(path)
    in_line = min(-(-len(missed) // LINES_AT_MOST), NAMES_IN_LINE)
    for reason, paths in by_reason.items():
        for start in range(0, len(paths), in_line):
            yield reason, paths[start : start + in_line]

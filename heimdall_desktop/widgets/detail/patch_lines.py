"""Reads a suggested patch as a unified diff, line by line, with the words that changed.

Servers send diffs with file headers, bare hunks, or just code. What cannot be read as a diff is no
error: it is shown as plain text. Source: dependencies.md row 11 (unidiff is strict).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace
from unidiff.errors import UnidiffParseError
from unidiff.patch import Hunk, PatchedFile, PatchSet

from heimdall_desktop.presentation.i18n import tr

LINES_LIMIT = 1_500  # read, compared and laid out in about 80 ms, ux.md 2.10
WORDS_LINE_LIMIT = 400  # longer lines are not compared by words
MATCHES_LIMIT = 1_000  # pairs of equal words in two lines; comparing takes longer than in step
LOOK_AHEAD = 3  # added lines among which the one is looked for that a removed one has become
LEAST_SIMILARITY = 0.4  # lines that share less are other lines, not changed ones
_WORDS = re.compile(r"\w+|\s+|.")
_BARE_HEADER = "--- a/file\n+++ b/file\n"


class PatchKind(Enum):
    """What a line of a diff is."""

    CONTEXT = " "
    ADDED = "+"
    REMOVED = "-"
    HEADING = "@"


class PatchLine(Struct, frozen=True):
    """One line of a diff.

    Attributes:
        kind: What it is.
        text: Its code, or the words of a heading.
        old_number: Its number before the change, None where it is new.
        new_number: Its number after the change, None where it goes.
        words: Ranges of `text` that differ from the line it replaces or that replaces it.
    """

    kind: PatchKind
    text: str
    old_number: int | None = None
    new_number: int | None = None
    words: tuple[tuple[int, int], ...] = ()


def patch_lines(patch: str) -> tuple[PatchLine, ...]:
    """Return the lines of a unified diff; none if it is no diff, or one of a kind not read here."""
    if patch.count("\n") > LINES_LIMIT:
        return ()
    ended = patch if patch.endswith("\n") else patch + "\n"
    for text in (ended, _BARE_HEADER + ended):
        try:
            files = PatchSet(text)
        except (UnidiffParseError, ValueError):
            continue
        if any(len(file) for file in files):
            return tuple(_lines(files))
    return ()


def side_by_side(lines: Sequence[PatchLine]) -> Iterator[tuple[int | None, int | None]]:
    """Yield the places of an old and a new line that stand beside each other; None for a gap."""
    place = 0
    while place < len(lines):
        removed = len(_run(lines, place, PatchKind.REMOVED))
        added = len(_run(lines, place + removed, PatchKind.ADDED))
        if not removed and not added:
            yield place, place
        for step in range(max(removed, added)):
            old = place + step if step < removed else None
            yield old, place + removed + step if step < added else None
        place += max(1, removed + added)


def _lines(files: PatchSet) -> Iterator[PatchLine]:
    for file in files:
        if len(files) > 1:
            yield PatchLine(PatchKind.HEADING, file.path)
        yield from _file_lines(file)


def _file_lines(file: PatchedFile) -> Iterator[PatchLine]:
    for hunk in file:
        if len(file) > 1:
            yield PatchLine(PatchKind.HEADING, _heading(hunk))
        yield from _with_words([*_hunk_lines(hunk)])


def _heading(hunk: Hunk) -> str:
    where = tr("Line {line}").format(line=hunk.target_start)
    return f"{where}: {hunk.section_header}" if hunk.section_header else where


def _hunk_lines(hunk: Hunk) -> Iterator[PatchLine]:
    for line in hunk:
        if line.line_type in (" ", "+", "-"):
            kind, text = PatchKind(line.line_type), line.value.rstrip("\r\n")
            yield PatchLine(kind, text, line.source_line_no, line.target_line_no)


def _with_words(lines: Sequence[PatchLine]) -> Iterator[PatchLine]:
    """Mark the words where a block of removed lines meets a block of added ones."""
    position = 0
    while position < len(lines):
        removed = _run(lines, position, PatchKind.REMOVED)
        added = _run(lines, position + len(removed), PatchKind.ADDED)
        if removed or added:
            yield from _paired(removed, added)
        else:
            yield lines[position]
        position += max(1, len(removed) + len(added))


def _paired(removed: list[PatchLine], added: list[PatchLine]) -> list[PatchLine]:
    """Mark the words in each removed line and the next added one that is like it."""
    first = 0
    for old_place, old in enumerate(removed):
        for new_place in range(first, min(first + LOOK_AHEAD, len(added))):
            compared = _compared(old, added[new_place])
            if compared is not None:
                removed[old_place], added[new_place] = compared
                first = new_place + 1
                break
    return [*removed, *added]


def _run(lines: Sequence[PatchLine], start: int, kind: PatchKind) -> list[PatchLine]:
    end = start
    while end < len(lines) and lines[end].kind is kind:
        end += 1
    return list(lines[start:end])


def _compared(old: PatchLine, new: PatchLine) -> tuple[PatchLine, PatchLine] | None:
    """Return both with their words marked; None if they are too long or not alike."""
    if max(len(old.text), len(new.text)) > WORDS_LINE_LIMIT:
        return None
    old_words, new_words = _WORDS.findall(old.text), _WORDS.findall(new.text)
    counts = Counter(new_words)
    if sum(counts[word] for word in old_words) > MATCHES_LIMIT:
        return None
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    if matcher.quick_ratio() < LEAST_SIMILARITY or matcher.ratio() < LEAST_SIMILARITY:
        return None
    old_parts: list[tuple[int, int]] = []
    new_parts: list[tuple[int, int]] = []
    for tag, old_first, old_last, new_first, new_last in matcher.get_opcodes():
        is_between_changes = old_parts and old_last < len(old_words)
        is_island = is_between_changes and len("".join(old_words[old_first:old_last])) == 1
        if tag != "equal" or (is_island and not old_words[old_first].isspace()):
            old_parts.append((old_first, old_last))
            new_parts.append((new_first, new_last))
    old_ranges, new_ranges = _ranges(old_words, old_parts), _ranges(new_words, new_parts)
    return replace(old, words=old_ranges), replace(new, words=new_ranges)


def _ranges(words: Sequence[str], parts: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Turn ranges of words into ranges of characters; those that touch become one."""
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    found: list[tuple[int, int]] = []
    for first, last in parts:
        start, end = starts[first], starts[last]
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        elif end > start:
            found.append((start, end))
    return tuple(found)

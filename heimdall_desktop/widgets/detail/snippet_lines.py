"""Which lines of its file a snippet holds, as far as that can be told.

The server gives the first and last line of a finding and a piece of code that may hold lines around
it, but never says how many. Scanners that print numbers before their lines give it away, and so
does a patch that quotes the same lines, if both hold the lines the finding is about.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.presentation.detail.flow import is_taint

NAME_LIMIT = 200  # characters of a path's end that tell its language; a hostile path has any length
LINES_COMPARED = 400  # of a snippet with its patch
_NUMBERED = re.compile(r"^\s*(\d{1,7})(?:[ \t:|]|$)(.*)$")
_HUNK = re.compile(r"^@@ -(\d{1,7})(?:,\d+)? \+\d+(?:,\d+)? @@")
_GAPS = ("\u2026", "...")


class Snippet(Struct, frozen=True):
    """A piece of code with the number of each of its lines; None where it is not known."""

    code: str
    numbers: tuple[int | None, ...]

    @property
    def known(self) -> list[int]:
        """The numbers that are known, in order."""
        return [number for number in self.numbers if number is not None]


def language_name(finding: Finding) -> str:
    """Return the end of the finding's path, by which the language of its code is known."""
    return finding.file_path[-NAME_LIMIT:]


def numbered_snippet(finding: Finding) -> Snippet:
    """Return the snippet, without numbers of its own, and the numbers of its lines."""
    code = finding.code_snippet or ""
    lines = code.replace("\r\n", "\n").rstrip("\n").split("\n")
    first, last = finding.lines
    own = _own_numbers(lines, first, last)
    if own is not None:
        return own
    start = _start_by_patch(lines, finding.suggested_patch or "", first, last)
    if start is not None:
        return Snippet(code, tuple(range(start, start + len(lines))))
    gaps = [place for place, line in enumerate(lines) if line.strip() in _GAPS]
    if is_taint(finding) and len(gaps) == 1 and 0 < gaps[0] < len(lines) - 1:
        return Snippet(code, _both_ends(finding, gaps[0], len(lines)))
    start = max(1, first)
    return Snippet(code, tuple(range(start, start + len(lines))))


def _own_numbers(lines: list[str], first: int, last: int) -> Snippet | None:
    found = [_NUMBERED.match(line) for line in lines]
    numbers = [int(match[1]) for match in found if match]
    runs_on = numbers == list(range(numbers[0], numbers[0] + len(lines))) if numbers else False
    if not runs_on or numbers[0] > first or last > numbers[-1]:
        return None
    return Snippet("\n".join(match[2] for match in found if match), tuple(numbers))


def _both_ends(finding: Finding, gap: int, count: int) -> tuple[int | None, ...]:
    """The source stands before the gap, the sink begins behind it."""
    source, sink = finding.line_start, finding.line_end or finding.line_start
    before = range(source, source + gap)
    return (*before, None, *range(sink, sink + count - gap - 1))


def _start_by_patch(lines: list[str], patch: str, first: int, last: int) -> int | None:
    """Return where the snippet begins if the patch's old lines say so, and only one way fits."""
    if "@@" not in patch or len(lines) > LINES_COMPARED:
        return None
    old = dict(_old_lines(patch))
    starts = range(max(1, last - len(lines) + 1), first + 1)
    fitting = [start for start in starts if _agree(lines, old, start)]
    return fitting[0] if len(fitting) == 1 else None


def _agree(lines: list[str], old: dict[int, str], start: int) -> bool:
    pairs = [
        (line.rstrip(), old[start + place].rstrip())
        for place, line in enumerate(lines)
        if start + place in old
    ]
    same = [ours for ours, theirs in pairs if ours == theirs]
    return len(same) == len(pairs) and len([line for line in same if line]) >= 2


def _old_lines(patch: str) -> Iterator[tuple[int, str]]:
    number = 0
    for line in patch.split("\n"):
        head = _HUNK.match(line)
        if head:
            number = int(head[1])
        elif number and line[:1] in (" ", "-") and not line.startswith("--- "):
            yield number, line[1:]
            number += 1

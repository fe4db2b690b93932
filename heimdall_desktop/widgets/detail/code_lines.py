"""Turns scanned code into lines that are safe to read, numbered and with a colour for each word.

Tabs become blanks, characters that hide or reorder text become visible, long lines are cut, and
the indentation all lines share is removed. Each shown character is mapped to the original, so that
copying returns what the server sent. Colours are found line by line, so that the caller can do
something else in between; the name of the file selects the lexer. Source: look.md 5 (Code view);
behaviour.md 2.9; architecture.md "Highlighting and diffs" (about 120 ms for 2,000 lines).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding
from heimdall_desktop.presentation.detail.finding_text import is_taint
from heimdall_desktop.presentation.i18n import tr

TAB_WIDTH = 4
LINES_LIMIT = 1500  # lines laid out, in about 30 ms; more is not readable in a pane
CHARACTERS_LIMIT = 35_000  # of all lines together; signs for control characters take longest
LINE_LIMIT = 2000  # characters shown of one line, behaviour.md 2.9
DELETE = 0x7F
CONTROL_PICTURES = 0x2400  # Unicode has a picture for each control character
DELETE_PICTURE = "\u2421"
NAME_LIMIT = 200  # characters of a path's end that determine its language; paths may be very long
LINES_COMPARED = 400  # of a snippet with its patch
_NUMBERED = re.compile(r"^\s*(\d{1,7})(?:[ \t:|]|$)(.*)$")
_HUNK = re.compile(r"^@@ -(\d{1,7})(?:,\d+)? \+\d+(?:,\d+)? @@")
_GAPS = ("\u2026", "...")


class ShownLine(Struct, frozen=True):
    """One line as it is shown.

    Attributes:
        text: What is shown.
        original: What the server sent, without the end of the line.
        offsets: For each shown character, and for the end, its place in `original`.
        hidden: Ranges of `text` that represent characters that would be invisible.
    """

    text: str
    original: str
    offsets: tuple[int, ...]
    hidden: tuple[tuple[int, int], ...] = ()

    def original_part(self, start: int, end: int) -> str:
        """Return the original of a range of shown characters; indentation belongs to the start."""
        first = 0 if start == 0 else self.offsets[start]
        return self.original[first : self.offsets[end]]

    def columns(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of shown characters for a range of the original."""
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)


def shown_lines(code: str) -> tuple[ShownLine, ...]:
    texts = code.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    lines: list[ShownLine] = []
    room = CHARACTERS_LIMIT
    for text in texts[:LINES_LIMIT]:
        if room <= 0:
            break
        lines.append(shown_line(text))
        room -= len(lines[-1].text)
    shown = tuple(without_common_indent(lines))
    rest = texts[len(lines) :]
    if not rest:
        return shown
    note = tr("… %n more lines", "", len(rest), one="… %n more line")
    original = "\n".join(rest)  # this line represents all of them, also for copying
    offsets = (*(0,) * len(note), len(original))
    return (*shown, ShownLine(note, original, offsets, ((0, len(note)),)))


def without_common_indent(lines: Sequence[ShownLine]) -> Iterator[ShownLine]:
    """Yield the lines without the leading blanks that all non-empty ones share."""
    common = min((_indent(line.text) for line in lines if line.text.strip()), default=0)
    for line in lines:
        cut = min(common, _indent(line.text))
        hidden = tuple((start - cut, end - cut) for start, end in line.hidden)
        yield ShownLine(line.text[cut:], line.original, line.offsets[cut:], hidden)


def shown_line(original: str) -> ShownLine:
    """Return a line that hides nothing and shows at most `LINE_LIMIT` characters."""
    head = original[:LINE_LIMIT]
    if len(head) == len(original) and head.isprintable():
        return ShownLine(original, original, tuple(range(len(original) + 1)))
    pieces: list[str] = []
    offsets: list[int] = []
    hidden: list[tuple[int, int]] = []
    taken = 0
    for place, character in enumerate(head):
        if len(offsets) >= LINE_LIMIT:
            break
        column, code = len(offsets), ord(character)
        if character == "\t":
            piece = " " * (TAB_WIDTH - column % TAB_WIDTH)
        elif character.isprintable():
            piece = character
        else:
            piece = DELETE_PICTURE if code == DELETE else f"<U+{code:04X}>"
            if code < ord(" "):
                piece = chr(CONTROL_PICTURES + code)
            _hide(hidden, column, column + len(piece))
        pieces.append(piece)
        offsets += [place] * len(piece)
        taken = place + 1
    rest = len(original) - taken
    if rest:
        note = tr(" … %n more characters", "", rest, one=" … %n more character")
        _hide(hidden, len(offsets), len(offsets) + len(note))
        pieces.append(note)
        offsets += [taken] * len(note)
    offsets.append(len(original))
    return ShownLine("".join(pieces), original, tuple(offsets), tuple(hidden))


def _hide(hidden: list[tuple[int, int]], start: int, end: int) -> None:
    first = hidden.pop()[0] if hidden and hidden[-1][1] == start else start
    hidden.append((first, end))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


class Snippet(Struct, frozen=True):
    """A piece of code with the number of each of its lines; None if unknown."""

    code: str
    numbers: tuple[int | None, ...]

    @property
    def known(self) -> list[int]:
        return [number for number in self.numbers if number is not None]


def lines_text(snippet: Snippet) -> str:
    first, last = min(snippet.known), max(snippet.known)
    if first == last:
        return tr("line {line}").format(line=first)
    return tr("lines {first} to {last}").format(first=first, last=last)


def language_name(finding: Finding) -> str:
    """Return the end of the finding's path, which identifies the language of its code."""
    return finding.file_path[-NAME_LIMIT:]


def numbered_snippet(finding: Finding) -> Snippet:
    """Return the snippet, without numbers of its own, and the numbers of its lines.

    The server sends the first and last line of a finding and code that may have more lines around
    it, but never how many. Scanners that print numbers before their lines show it, and so does a
    patch that quotes the same lines, if both have the lines the finding is about.
    """
    code = finding.code_snippet or ""
    lines = code.replace("\r\n", "\n").rstrip("\n").split("\n")
    first, last = finding.lines
    found = [_NUMBERED.match(line) for line in lines]
    numbers = [int(match[1]) for match in found if match]
    runs_on = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(lines)))
    if runs_on and numbers[0] <= first and last <= numbers[-1]:
        return Snippet("\n".join(match[2] for match in found if match), tuple(numbers))
    start = _start_by_patch(lines, finding.suggested_patch or "", first, last)
    gaps = [place for place, line in enumerate(lines) if line.strip() in _GAPS]
    if start is None and is_taint(finding) and len(gaps) == 1 and 0 < gaps[0] < len(lines) - 1:
        # the source of a flow ends before the gap, its sink starts after it
        source, sink = finding.line_start, finding.line_end or finding.line_start
        below = range(sink, sink + len(lines) - gaps[0] - 1)
        return Snippet(code, (*range(source, source + gaps[0]), None, *below))
    start = max(1, first) if start is None else start
    return Snippet(code, tuple(range(start, start + len(lines))))


def _start_by_patch(lines: list[str], patch: str, first: int, last: int) -> int | None:
    """Return the number of the snippet's first line if the patch's old lines fit at one only."""
    if "@@" not in patch or len(lines) > LINES_COMPARED:
        return None
    old: dict[int, str] = {}
    number = 0
    for line in patch.split("\n"):
        head = _HUNK.match(line)
        if head:
            number = int(head[1])
        elif number and line[:1] in (" ", "-") and not line.startswith("--- "):
            old[number] = line[1:]
            number += 1
    starts = range(max(1, last - len(lines) + 1), first + 1)
    fitting = []
    for start in starts:
        pairs = [
            (line.rstrip(), old[number].rstrip())
            for number, line in enumerate(lines, start)
            if number in old
        ]
        if all(ours == theirs for ours, theirs in pairs) and sum(bool(p[0]) for p in pairs) >= 2:
            fitting.append(start)
    return fitting[0] if len(fitting) == 1 else None


if TYPE_CHECKING:  # no window waits for it, see `prepare`
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

COLOURED_LINES_LIMIT = 1000
COLOURED_CHARACTERS_LIMIT = 40_000  # a hostile snippet may have few, long lines


class Syntax(Enum):
    """The kind of a part of code; the value is the name of its ink among the code colours."""

    KEYWORD = "keyword"
    STRING = "string"
    NUMBER = "number"
    NAME = "name"
    COMMENT = "comment"


class Span(Struct, frozen=True):
    """A part of one line, from `start` up to but without `end`."""

    start: int
    end: int
    syntax: Syntax


_KINDS = {  # by the name of the token type
    "Token.Comment": Syntax.COMMENT,
    "Token.Literal.String": Syntax.STRING,
    "Token.Literal.Number": Syntax.NUMBER,
    "Token.Keyword": Syntax.KEYWORD,
    "Token.Operator.Word": Syntax.KEYWORD,
    "Token.Name.Function": Syntax.NAME,
    "Token.Name.Class": Syntax.NAME,
    "Token.Name.Decorator": Syntax.NAME,
    "Token.Name.Builtin": Syntax.NAME,
    "Token.Name.Tag": Syntax.NAME,
    "Token.Name.Attribute": Syntax.NAME,
    "Token.Name.Namespace": Syntax.NAME,
}


def highlight(lines: Sequence[str], file_name: str) -> Iterator[tuple[Span, ...]]:
    """Yield the spans of one line after the other.

    Yield nothing if the language is unknown or the code too long.
    """
    lexer = _lexer(file_name.rpartition("/")[2])
    if lexer is None or len(lines) > COLOURED_LINES_LIMIT:
        return
    code = "\n".join(lines)
    if len(code) > COLOURED_CHARACTERS_LIMIT:
        return
    found: list[Span] = []
    column = 0
    called: Span | None = None  # a chain of names up to here: a call if a bracket follows
    for token, text in lexer.get_tokens(code):
        syntax = _syntax(token)
        if called and text.startswith("("):
            found.append(called)
        is_plain_name = syntax is None and token[:1] == ("Name",)
        if is_plain_name or (called and text == "."):
            start = called.start if called else column
            called = Span(start, column + len(text), Syntax.NAME)
        else:
            called = None
        for index, part in enumerate(text.split("\n")):
            if index:
                yield tuple(found)
                found, column = [], 0
            if syntax and part:
                found.append(Span(column, column + len(part), syntax))
            column += len(part)
    yield tuple(found)


def prepare_highlighting() -> None:
    """Do the setup for the first highlighting, in any thread; it takes some 60 ms."""
    list(highlight(("prepared = True",), "prepared.py"))


@lru_cache(maxsize=64)
def _lexer(file_name: str) -> Lexer | None:
    from pygments.lexers import get_lexer_for_filename  # noqa: PLC0415 - see above
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_for_filename(file_name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=256)
def _syntax(token: _TokenType) -> Syntax | None:
    name = f"{token}."
    return next((syntax for kind, syntax in _KINDS.items() if name.startswith(f"{kind}.")), None)

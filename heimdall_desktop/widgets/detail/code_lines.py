"""Turns scanned code into lines that can be looked at without being deceived.

Tabs become blanks, characters that hide or reorder what is read become visible, endless lines are
folded, and the indentation all lines share is taken away. Each shown character knows its place in
the original, so that copying gives back what the server sent. Source: design.md §5 (Code view);
ux.md §2.9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from heimdall_desktop.presentation.i18n import tr

TAB_WIDTH = 4
LINES_LIMIT = 1500  # lines laid out, in about 30 ms; more is not readable in a pane
CHARACTERS_LIMIT = 35_000  # of all lines together; signs for control characters take longest
LINE_LIMIT = 2000  # characters shown of one line, ux.md 2.9
DELETE = 0x7F
CONTROL_PICTURES = 0x2400  # Unicode has a picture for each control character
DELETE_PICTURE = "\u2421"


class ShownLine(Struct, frozen=True):
    """One line as it is shown.

    Attributes:
        text: What is shown.
        original: What the server sent, without the end of the line.
        offsets: For each shown character, and for the end, its place in `original`.
        hidden: Ranges of `text` that stand for characters one would not see.
    """

    text: str
    original: str
    offsets: tuple[int, ...]
    hidden: tuple[tuple[int, int], ...] = ()

    def original_part(self, start: int, end: int) -> str:
        """Return the original of a range of shown characters; indentation belongs to the start."""
        first = 0 if start == 0 else self.offsets[start]
        return self.original[first : self.offsets[end]]


def shown_lines(code: str) -> tuple[ShownLine, ...]:
    """Return the lines of a piece of code, ready to be shown."""
    texts = code.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    lines: list[ShownLine] = []
    room = CHARACTERS_LIMIT
    for text in texts[:LINES_LIMIT]:
        if room <= 0:
            break
        lines.append(shown_line(text))
        room -= len(lines[-1].text)
    rest = texts[len(lines) :]
    return (*without_common_indent(lines), *([_more_lines(rest)] if rest else ()))


def without_common_indent(lines: Sequence[ShownLine]) -> Iterator[ShownLine]:
    """Yield the lines without the blanks that all but the empty ones begin with."""
    indents = [_indent(line.text) for line in lines if line.text.strip()]
    indent = min(indents, default=0)
    for line in lines:
        yield _cut_front(line, min(indent, _indent(line.text))) if indent else line


def shown_line(original: str) -> ShownLine:
    """Return one line with nothing in it hidden and at most `LINE_LIMIT` characters shown."""
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
        piece = _visible(character, len(offsets))
        if piece != character and character != "\t":
            _hide(hidden, len(offsets), len(offsets) + len(piece))
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
    """Add a range, or make the one it touches longer."""
    first = hidden.pop()[0] if hidden and hidden[-1][1] == start else start
    hidden.append((first, end))


def _more_lines(texts: Sequence[str]) -> ShownLine:
    """Return a line that stands for all of these, also when it is copied."""
    note = tr("… %n more lines", "", len(texts), one="… %n more line")
    original = "\n".join(texts)
    offsets = (0,) * len(note)
    return ShownLine(note, original, (*offsets, len(original)), ((0, len(note)),))


def _visible(character: str, column: int) -> str:
    if character == "\t":
        return " " * (TAB_WIDTH - column % TAB_WIDTH)
    if character.isprintable():
        return character
    code = ord(character)
    if code < ord(" "):
        return chr(CONTROL_PICTURES + code)
    return DELETE_PICTURE if code == DELETE else f"<U+{code:04X}>"


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _cut_front(line: ShownLine, count: int) -> ShownLine:
    hidden = tuple((start - count, end - count) for start, end in line.hidden)
    return ShownLine(line.text[count:], line.original, line.offsets[count:], hidden)

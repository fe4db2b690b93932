"""Prepares a suggested patch for `git apply`, as far as its mistakes can be proven.

Models write hunks without file headers, paths without `a/` and `b/`, wrong counts, and fences
around it all. Each of these has one possible meaning or is left alone: a line that is neither
context nor change ends the attempt, and then there is no ready patch.
A hunk without context after its changes is no mistake, but git takes it for the end of the file and
refuses it elsewhere. No context can be added, since the file itself is not available.
Source: git-apply(1); POSIX diff -u; protocol.md 4.5, T-16, T-39.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from heimdall_desktop.presentation.i18n import tr

_NUMBER = r"(\d{1,9})"  # Python refuses to read one of thousands of digits, git one beyond 2**31
_HUNK = re.compile(rf"^@@ -{_NUMBER}(?:,{_NUMBER})? \+{_NUMBER}(?:,{_NUMBER})? @@(.*)$")
_EXTENDED = re.compile(r"^(?:(?:old|new|deleted file|new file) mode|index|similarity|rename|copy) ")
_NO_FILE = "/dev/null"
_BODY = frozenset(" +-\\")
_EMPTY = ("", "\r")
PATCH_FUZZ = 2  # lines of context which `patch` can do without by default
UNIDIFF_ZERO = "git apply --unidiff-zero"


class ReadyPatch(Struct, frozen=True):
    """A patch that `git apply` can read.

    Attributes:
        text: the whole patch, with a final line feed.
        adjustments: a sentence for each difference from the text of the server.
        lacks_context: a hunk ends with a change: plain `git apply` takes it only at the file's end.
    """

    text: str
    adjustments: tuple[str, ...] = ()
    lacks_context: bool = False

    @property
    def unidiff_zero_text(self) -> str:
        """The patch for `git apply --unidiff-zero`; a first line, which git skips, says so."""
        return f"# {UNIDIFF_ZERO}\n{self.text}"


class _NoPatch(Exception):
    """The text cannot be read as a patch."""


def ready_patch(text: str, file_path: str = "") -> ReadyPatch | None:
    """Return a patch ready to be applied; None if that would require guessing.

    Args:
        text: as the server sent it.
        file_path: the file of the finding, used for a patch that names none.
    """
    try:
        return _Reader(_lines(text), file_path).read()
    except _NoPatch:
        return None


def _lines(text: str) -> list[str]:
    """Split at line feeds; carriage returns are removed only if the headers have them too.

    There is no line after the last line feed: a hunk whose head counts one more has lost it.
    """
    lines = text.removesuffix("\n").split("\n")
    hunks = [line for line in lines if line.startswith("@@ ")]
    is_crlf = bool(hunks) and all(line.endswith("\r") for line in hunks)
    return [line.removesuffix("\r") for line in lines] if is_crlf else lines


class _Reader:
    """Reads a patch from top to bottom and writes it in order."""

    def __init__(self, lines: Sequence[str], file_path: str) -> None:
        self._lines, self._file_path = lines, file_path
        self._place = 0
        self._adjustments: dict[str, None] = {}
        self._lacks_context = False
        self._is_whole_file = False  # created or deleted, so no lines are around its hunk

    def read(self) -> ReadyPatch:
        out: list[str] = []
        is_file_open = False
        while self._place < len(self._lines):
            if self._starts_file(self._place):
                old, new = (line[4:] for line in self._lines[self._place : self._place + 2])
                self._place += 2
                self._is_whole_file = _NO_FILE in (_path_of(old), _path_of(new))
                out += [f"--- {self._prefixed(old, 'a/')}", f"+++ {self._prefixed(new, 'b/')}"]
                is_file_open = True
            elif self._lines[self._place].startswith("@@"):
                if not is_file_open:
                    path = self._file_path
                    parts = path.split("/")
                    is_odd = not path.isprintable() or "\\" in path or {".", ".."} & set(parts)
                    if is_odd or not all(parts):
                        raise _NoPatch
                    self._adjustments[tr("Copies have a file header added.")] = None
                    self._is_whole_file = False
                    out += [f"--- a/{path}", f"+++ b/{path}"]
                    is_file_open = True
                out += self._hunk()
            elif self._lines[self._place].startswith("diff --git a/"):
                # git's lines about modes and names; other lines before the hunks are commentary
                start = self._place
                self._place += 1
                while self._place < len(self._lines) and _EXTENDED.match(self._lines[self._place]):
                    self._place += 1
                out += self._lines[start : self._place]
                is_file_open = False
            else:
                self._place += 1
        if not any(line.startswith("@@") for line in out):
            raise _NoPatch
        return ReadyPatch("\n".join(out) + "\n", tuple(self._adjustments), self._lacks_context)

    def _prefixed(self, name: str, prefix: str) -> str:
        path = _path_of(name)
        if path == _NO_FILE or path.startswith(prefix):
            return name.rstrip("\r")
        if path != self._file_path:
            raise _NoPatch  # `-p1` would remove a folder from an unknown path
        self._adjustments[tr("Copies have a/ and b/ prefixes added.")] = None
        return prefix + path

    def _hunk(self) -> Iterator[str]:
        head = _HUNK.match(self._lines[self._place].rstrip("\r"))
        if head is None:
            raise _NoPatch
        self._place += 1
        text = (int(head[2] or 1), int(head[4] or 1))
        # an empty line of a hunk is a context line that lost its blank
        body = [f" {line}" if line in _EMPTY else line for line in self._body(text)]
        sides = [_sides(line) for line in body]
        counted = sum(old for old, _ in sides), sum(new for _, new in sides)
        if not any(line[:1] in ("+", "-") for line in body) or _are_names(body[-2:]):
            raise _NoPatch
        if body[-1][0] in "+-" and not self._is_whole_file:
            self._lacks_context = True
        if counted != text:
            self._adjustments[tr("Copies have corrected line counts.")] = None
        is_change = [line[0] in "+-" for line in body]
        before, after = is_change.index(True), is_change[::-1].index(True)
        spare = max(0, before - after - PATCH_FUZZ)
        spare = 0 if any(line[0] == "\\" for line in body[:spare]) else spare
        if spare:
            self._adjustments[tr("Copies have shortened leading context.")] = None
        if counted == text and not spare:
            yield head[0]
        else:
            old, new = (
                f"{int(start) + spare},{count - spare}"
                for start, count in zip((head[1], head[3]), counted, strict=True)
            )
            yield f"@@ -{old} +{new} @@{head[5]}"
        yield from body[spare:]

    def _body(self, reported: tuple[int, int]) -> Sequence[str]:
        """Take the lines of a hunk: as many as its head says, else all that can belong to it."""
        start, end, old, new = self._place, self._place, 0, 0
        while end < len(self._lines) and self._can_be_body(end):
            in_old, in_new = _sides(self._lines[end])
            end, old, new = end + 1, old + in_old, new + in_new
            # the next line may still belong to the hunk: a change, or a note on its end
            following = self._lines[end] if end < len(self._lines) else ""
            continues = following[:1] in _BODY and self._can_be_body(end)
            if (old, new) == reported and not continues:
                self._place = end
                return self._lines[start:end]
        rest = self._lines[end] if end < len(self._lines) else ""
        if rest.strip() and not rest.startswith(("@@", "--- ", "diff ", "```", "Index: ")):
            raise _NoPatch
        self._place = end
        body = list(self._lines[start:end])
        while body and body[-1] in _EMPTY:
            body.pop()  # empty lines at the end belong to no hunk: context starts with a blank
        return body

    def _can_be_body(self, place: int) -> bool:
        line = self._lines[place]
        return not self._starts_file(place) and (line in _EMPTY or line[:1] in _BODY)

    def _starts_file(self, place: int) -> bool:
        """Return whether two names are here, followed by hunks, possibly after blank lines."""
        lines, following = self._lines, place + 2
        if not _are_names(lines[place:following]):
            return False
        while following < len(lines) and lines[following] in _EMPTY:
            following += 1
        return following < len(lines) and lines[following].startswith("@@")


def _path_of(name: str) -> str:
    """Return the path in a file's head; a moment may follow it."""
    return name.split("\t", maxsplit=1)[0].rstrip()


def _are_names(lines: Sequence[str]) -> bool:
    """Return whether two lines may name a file; they may also be a removed and an added line."""
    return [line[:4] for line in lines] == ["--- ", "+++ "]


def _sides(line: str) -> tuple[bool, bool]:
    """Return whether a line of a hunk counts as one of the old file, and as one of the new."""
    is_context = line[:1] in ("", " ", "\r")
    return is_context or line[0] == "-", is_context or line[0] == "+"

"""Quotes source lines in findings, without the secrets in them, and gives findings fingerprints."""

import hashlib
from collections import Counter

from heimdall_desktop.local.masking import mask_line, mask_secret_line
from heimdall_desktop.local.source_tree import (
    SourceFile,
    SourceFolder,
    as_utf8,
    shown_path,
    unread,
)

CONTEXT_LINES = 2
_MOST_LINES = 14
_LONGEST_LINE = 240


class QuotedSource:
    """The lines of the scanned files, read when they are needed. One thread at a time.

    Lines that a scanner named as holding a secret are remembered, so that no later finding beside
    them quotes them in clear. A file that has changed since it was scanned is not quoted: other
    lines may hold the secrets by now.
    """

    def __init__(self, root: SourceFolder) -> None:
        self._root = root
        self._secret_lines: dict[str, set[int]] = {}
        self._scanned: dict[str, SourceFile] = {}
        self._open_path: str | None = None
        self._open_lines: list[str] = []

    def note_secret(self, path: str, line: int) -> None:
        """Remember a line that must not be quoted in clear."""
        self._secret_lines.setdefault(path, set()).add(line)

    def note_scanned(self, file: SourceFile) -> None:
        """Remember which state of a file the scanners saw."""
        self._scanned[file.path] = file

    def lines(self, path: str) -> list[str]:
        """Return the lines of a file in clear; none if it cannot be read (any more)."""
        if path != self._open_path:
            self._open_path, self._open_lines = path, self._read(path)
        return self._open_lines

    def why_unread(self, path: str) -> str:
        """Say why `lines` returns none of a file; "" if it can be read."""
        try:
            self._content(path)
        except OSError as error:
            return unread(error)
        return ""

    def line(self, path: str, number: int) -> str:
        """Return one line, masked."""
        return self.snippet(path, number, number, context=0) or ""

    def snippet(self, path: str, first: int, last: int, context: int = CONTEXT_LINES) -> str | None:
        """Return masked lines of a file with some behind them, cut to a readable size.

        None come before them: a finding tells its first line, but not how many its snippet adds.

        Args:
            path: relative to the root.
            first: number of the first line, from 1.
            last: number of the last line.
            context: how many lines to add behind them.
        """
        lines = self.lines(path)
        start = max(1, first)
        end = min(len(lines), max(first, last) + context, start + _MOST_LINES - 1)
        quoted = [self._masked(path, number, lines[number - 1]) for number in range(start, end + 1)]
        return "\n".join(quoted) or None

    def _masked(self, path: str, number: int, line: str) -> str:
        if number in self._secret_lines.get(path, ()):
            return mask_secret_line(line)[:_LONGEST_LINE]
        masked = mask_line(line[: 4 * _LONGEST_LINE])
        return masked if len(masked) <= _LONGEST_LINE else masked[:_LONGEST_LINE] + "…"

    def _read(self, path: str) -> list[str]:
        try:
            content = self._content(path)
        except OSError:
            return []
        return [line.decode() for line in as_utf8(content).splitlines()]

    def _content(self, path: str) -> bytes:
        scanned = self._scanned.get(path)
        return self._root.read(path, stamp=scanned.stamp if scanned else None)


class Fingerprints:
    """Makes fingerprints that are the same in the next scan of the same source.

    They depend on the rule, the path, the masked line and how many such lines came before it in the
    file, so that lines may move without becoming other findings.
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def of(self, rule: str, path: str, line: str) -> str:
        """Return 64 hex digits; called in order of lines for each file."""
        key = (rule, path, " ".join(line.split()))
        index = self._seen[key]
        self._seen[key] += 1
        text = "\0".join((*key[:1], shown_path(path), key[2], str(index)))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

"""Quotes source lines in findings, without their secrets, and computes fingerprints.

A line that a scanner reported as a secret is masked from its first sign on. In all other quoted
lines, apparent credentials are masked, because lines near a finding may contain one as well.
"""

import hashlib
import re
from collections import Counter

from heimdall_desktop.local.source_tree import SourceFile, SourceFolder, as_utf8, shown_path, unread

MASK = "********"

_NAME_BEFORE_SECRET = re.compile(
    r"\s*(?:(?:export|const|let|var|-)\s+)?"
    r"(?:[\w.-]{1,60}(?:\[[\"']?\w{1,40}[\"']?\])?|[\"'][\w.-]{1,60}[\"'](?=\s*:))"
    r"\s*(?::=|[:(]|=(?!=))\s*"
)
_RANDOM_RUN = re.compile(r"(?=[A-Za-z+/=_-]*\d)[A-Za-z0-9+/=_-]{16,}")
_WORDS = (
    r"pass(?:wor[dt]|wd|phrase|code)?|pwd|secret|token|credential|api_?key|access_?key|auth_?key"
    r"|private_?key|encryption_?key|signing_?key|client_?secret|dsn"
)
_ASSIGNED = re.compile(
    rf"(?i)((?:{_WORDS})[\w\]\"'.-]*\s*(?::=|=>|[:=!]=?|\()\s*[rbuf@]{{0,2}})"
    r"(\"[^\"]*\"?|'[^']*'?|`[^`]*`?|(?=\S*\d)[^\s\"'`,;()\[\]{}]{6,})"
)
_COMPARED = re.compile(rf"(?i)(\"[^\"]+\"|'[^']+')(\s*[!=]=+\s*[\w.]*(?:{_WORDS}))")
_KNOWN = re.compile(
    r"(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[0-9A-Z]{16}"
    r"|gh[pousr]_[A-Za-z0-9_]{20,}|github_pat_\w{20,}|gl[a-z]{2,5}-[\w-]{16,}"
    r"|xox[abposr]-[\w-]+|sk-[\w-]{16,}|[rs]k_(?:live|test)_\w+|eyJ[\w=-]+\.[\w.=+/-]+"
    r"|SG\.[\w-]{16,}\.[\w-]{16,}|pypi-[\w-]{32,}|npm_\w{20,}"
    r"|hooks\.slack\.com/services/\S+"
)
_IN_URL = re.compile(r"(://[^\s:/@]*:)[^\s@/]+(@)")
_LONG_RANDOM_RUN = re.compile(r"(?=[A-Za-z+=]*\d)(?=[\d+=]*[A-Za-z])[A-Za-z0-9+=]{32,}")
_BASE64_LINE = re.compile(r"^\W*[A-Za-z0-9+/=]{40,}\W*$")


def mask_secret_line(line: str) -> str:
    """Keep the name of the variable and hide the rest of a line that contains a secret."""
    name = _NAME_BEFORE_SECRET.match(line)
    if name and not _RANDOM_RUN.search(name[0]):
        return name[0] + MASK
    return line[: len(line) - len(line.lstrip())] + MASK


def mask_line(line: str) -> str:
    """Hide apparent credentials in an ordinary line."""
    if _BASE64_LINE.match(line):
        return MASK
    line = _IN_URL.sub(rf"\1{MASK}\2", line)
    line = _KNOWN.sub(MASK, line)
    line = _ASSIGNED.sub(_masked_value, line)
    line = _COMPARED.sub(rf'"{MASK}"\2', line)
    return _LONG_RANDOM_RUN.sub(MASK, line)


def _masked_value(match: re.Match[str]) -> str:
    value = match[2]
    quote = value[0] if value[0] in "\"'`" else ""
    return f"{match[1]}{quote}{MASK}{quote}" if len(value) > 4 else match[0]


CONTEXT_LINES = 2
_MOST_LINES = 14
_LONGEST_LINE = 240


class QuotedSource:
    """The lines of the scanned files, read on demand. One thread at a time.

    Lines that a scanner reported as secrets are remembered, so that no later finding near them
    quotes them unmasked. A file that has changed since it was scanned is not quoted: other lines
    may contain the secrets now.
    """

    def __init__(self, root: SourceFolder) -> None:
        self._root = root
        self._secret_lines: dict[str, set[int]] = {}
        self._scanned: dict[str, SourceFile] = {}
        self._open_path: str | None = None
        self._open_lines: list[str] = []
        self._why_unread = ""

    def note_secret(self, path: str, line: int) -> None:
        self._secret_lines.setdefault(path, set()).add(line)

    def note_scanned(self, file: SourceFile) -> None:
        """Remember which state of a file the scanners saw."""
        self._scanned[file.path] = file

    def lines(self, path: str) -> list[str]:
        """Return the unmasked lines of a file; none if it cannot be read or no longer can."""
        if path != self._open_path:
            scanned = self._scanned.get(path)
            self._open_path, self._open_lines, self._why_unread = path, [], ""
            try:
                content = self._root.read(path, stamp=scanned.stamp if scanned else None)
            except OSError as error:
                self._why_unread = unread(error)
            else:
                self._open_lines = [line.decode() for line in as_utf8(content).splitlines()]
        return self._open_lines

    def why_unread(self, path: str) -> str:
        """Return why `lines` is empty for a file; "" if it can be read."""
        self.lines(path)
        return self._why_unread

    def line(self, path: str, number: int) -> str:
        return self.snippet(path, number, number, context=0) or ""

    def snippet(self, path: str, first: int, last: int, context: int = CONTEXT_LINES) -> str | None:
        """Return masked lines of a file with some after them, cut to a readable size.

        None are added before them: a finding has its first line, but not how many its snippet adds.

        Args:
            path: relative to the root.
            first: number of the first line, from 1.
            last: number of the last line.
            context: how many lines to add after them.
        """
        lines = self.lines(path)
        start = max(1, first)
        end = min(len(lines), max(first, last) + context, start + _MOST_LINES - 1)
        secrets, quoted = self._secret_lines.get(path, ()), []
        for number, line in enumerate(lines[start - 1 : end], start):
            if number in secrets:
                masked = mask_secret_line(line)[:_LONGEST_LINE]
            elif len(masked := mask_line(line[: 4 * _LONGEST_LINE])) > _LONGEST_LINE:
                masked = masked[:_LONGEST_LINE] + "…"
            quoted.append(masked)
        return "\n".join(quoted) or None


class Fingerprints:
    """Computes fingerprints that are the same in the next scan of the same source.

    They depend on the rule, the path, the masked line and the number of such lines before it in the
    file, so that lines may move without becoming other findings.
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def of(self, rule: str, path: str, line: str) -> str:
        """Return 64 hex digits; call it in order of lines for each file."""
        key = (rule, path, " ".join(line.split()))
        index = self._seen[key]
        self._seen[key] += 1
        text = "\0".join((*key[:1], shown_path(path), key[2], str(index)))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

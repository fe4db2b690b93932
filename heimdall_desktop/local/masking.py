"""Hides secrets in the source lines that a finding quotes.

A line that a scanner named as holding a secret is masked from its first sign on. All other quoted
lines lose what looks like a credential, because a neighbour of a finding may hold one as well.
"""

import re

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
    """Keep the name of the thing and hide the rest of a line that holds a secret."""
    name = _NAME_BEFORE_SECRET.match(line)
    if name and not _RANDOM_RUN.search(name[0]):
        return name[0] + MASK
    return line[: len(line) - len(line.lstrip())] + MASK


def mask_line(line: str) -> str:
    """Hide what looks like a credential in an ordinary line."""
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

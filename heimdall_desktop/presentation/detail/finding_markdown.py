"""What is copied of a finding: it as Markdown, for an issue or a chat, and where it is found.

What the server sent is made inert on the way: a title stays a title, code stays in its fence, and a
description brings no HTML and no pictures along. Source: ux.md 2.2 (copy), 2.9.
"""

import re
import shlex
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from heimdall_desktop.domain.facts.finding import Finding, FindingId, cwe_number, has_text, one_line
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.labels import (
    confidence_word,
    description_text,
    severity_word,
    source_word,
    status_word,
    title_text,
    word_of,
)
from heimdall_desktop.presentation.shown_text import harmless

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_TICKS = re.compile(r"`+")
_LANGUAGE = re.compile(r"\.([A-Za-z0-9]{1,10})$")
_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@", re.MULTILINE)
_NO_ADDRESS = re.compile(r"[<>\s\ufffd]")
_MANIFEST = {
    "name": tr_noop("Package"),
    "installed_version": tr_noop("Installed"),
    "recommended_version": tr_noop("Recommended"),
    "advisory_id": tr_noop("Advisory"),
    "aliases": tr_noop("Also known as"),
}


def finding_markdown(finding: Finding, address: str = "") -> str:
    """Return a finding as a section of Markdown.

    Args:
        finding: the row.
        address: where its page is; "" leaves the link out.
    """
    return "\n\n".join((*_head(finding, address), *_evidence(finding), *_fix(finding))) + "\n"


def _head(finding: Finding, address: str) -> Iterator[str]:
    yield f"### {escaped(severity_word(finding))}: {escaped(title_text(finding))}"
    yield "\n".join(f"- **{name}:** {value}" for name, value in _facts(finding, address))
    if has_text(description := description_text(finding)):
        yield inert_markdown(description)


def _evidence(finding: Finding) -> Iterator[str]:
    if has_text(finding.code_snippet):
        yield "#### " + tr("Code")
        yield _fenced(finding.code_snippet or "", _language(finding.file_path))
    references = [_reference(line) for text in finding.references if (line := one_line(text))]
    if references:
        yield "#### " + tr("References")
        yield "\n".join(references)


def _fix(finding: Finding) -> Iterator[str]:
    summary, patch = finding.fix_summary or "", finding.suggested_patch or ""
    if has_text(summary) or has_text(patch):
        yield "#### " + tr("Suggested fix")
    if has_text(summary):
        yield inert_markdown(summary)
    if has_text(patch):
        yield _fenced(patch, "diff" if _HUNK.search(patch) else _language(finding.file_path))


def _facts(finding: Finding, address: str) -> Iterator[tuple[str, str]]:
    if finding.file_path:
        first, last = finding.lines
        lines = str(first) if first == last else f"{first}-{last}"
        yield tr("Where"), _code(f"{one_line(finding.file_path)}:{lines}")
    yield tr("Verdict"), word_of(finding.verdict)
    yield tr("Status"), escaped(status_word(finding))
    yield tr("Confidence"), escaped(confidence_word(finding))
    yield tr("Source"), escaped(source_word(finding))
    number = cwe_number(finding.cwe_text)
    if number is not None:
        yield tr("Weakness"), f"[CWE-{number}]({weakness_page(number)})"
    for key, label in _MANIFEST.items():
        if value := one_line((finding.manifest or {}).get(key, "")):
            yield tr(label), _code(value)
    moment = tr("Announced (stream only)") if finding.is_announced else tr("First seen")
    yield moment, finding.created_at.astimezone().isoformat(sep=" ", timespec="seconds")
    if address:
        yield tr("Link"), f"<{address}>"


def _reference(line: str) -> str:
    """A web address becomes a link, anything else stays the text it is."""
    try:
        is_address = urlsplit(line).scheme.lower() in ("http", "https")
    except ValueError:
        is_address = False
    is_link = is_address and not _NO_ADDRESS.search(line)
    return f"- <{line}>" if is_link else f"- {_code(line)}"


def escaped(text: str) -> str:
    """Return a text as one line of Markdown that says no more than the text does."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def _code(line: str) -> str:
    ticks = "`" * (_longest_run(line) + 1)
    pad = " " if len(ticks) > 1 else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def _fenced(code: str, language: str) -> str:
    fence = "`" * max(3, _longest_run(code) + 1)
    text = harmless(code.replace("\r\n", "\n").replace("\r", "\n")).removesuffix("\n")
    return f"{fence}{language}\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)


def _language(path: str) -> str:
    found = _LANGUAGE.search(path)
    return found[1].lower() if found else ""


# -- a server's Markdown made inert --


_OPENING = re.compile(r"^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$")
_CLOSING = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*$")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def inert_markdown(text: str) -> str:
    """Return the text without its outer blank lines; a fence it leaves open is closed."""
    shown: list[str] = []
    fence = ""
    for line in harmless(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"):
        shown.append(line if fence else _without_tags(line))
        if fence:
            closing = _CLOSING.match(line)
            fence = "" if closing and closing[1].startswith(fence) else fence
        elif opening := _OPENING.match(line):
            shown[-1] = line
            fence = opening[1] or opening[2]
    return "\n".join([*shown, fence]).strip("\n") if fence else "\n".join(shown).strip("\n")


def _without_tags(line: str) -> str:
    return _TAG.sub(r"\\<", line.replace("![", "\\!\\["))


# -- where a finding is found again --


TOKEN_PLACEHOLDER = "$HEIMDALL_TOKEN"  # noqa: S105 - stands where the shell puts the token


def finding_page(server: ServerUrl, finding_id: FindingId) -> str:
    """Return the address of the page that shows a finding in a browser."""
    return f"{server}/findings/{_in_a_path(finding_id)}"


def weakness_page(number: int) -> str:
    """Return the address of the page that tells of a CWE."""
    return f"https://cwe.mitre.org/data/definitions/{number}.html"


def finding_curl(server: ServerUrl, finding_id: FindingId) -> str:
    """Return the command that reads a finding as JSON, for a POSIX shell."""
    address = shlex.quote(f"{server}/api/findings/{_in_a_path(finding_id)}")
    return f'curl --header "Authorization: Bearer {TOKEN_PLACEHOLDER}" {address}'


def _in_a_path(finding_id: FindingId) -> str:
    """Ids come from servers: whatever one holds, it stays one part of a path."""
    return quote(id_on_server(finding_id), safe="")
